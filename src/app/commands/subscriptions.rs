//! `SuspendSubscription`, `ResumeSubscription` and `CancelSubscription`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::OperationId;
use tenantry_domain::role::Role;
use tenantry_domain::subscription::{
    CancelSubscription, ResumeSubscription, Subscription, SubscriptionCommand, SuspendSubscription,
};

use super::UseCase;
use crate::app::execute::Prepared;
use crate::app::{App, Rejection, Request};

/// Who keeps subscriptions.
const KEEPERS: &[Role] = &[Role::PartnerAdmin, Role::Service];

#[async_trait]
impl UseCase for SuspendSubscription {
    const NAME: &'static str = "SuspendSubscription";
    const SUMMARY: &'static str = "Suspends a subscription, and the licenses of its packages.";
    const ROLES: &'static [Role] = KEEPERS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        _: bool,
    ) -> Result<Prepared<Subscription>, Rejection> {
        let command = SubscriptionCommand::Suspend { reason: self.reason.clone() };
        let partner_id = request.caller.partner()?;
        Ok(Prepared::new(app, self.subscription_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for ResumeSubscription {
    const NAME: &'static str = "ResumeSubscription";
    const SUMMARY: &'static str = "Resumes a suspended subscription, and the licenses of its packages.";
    const ROLES: &'static [Role] = KEEPERS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        _: bool,
    ) -> Result<Prepared<Subscription>, Rejection> {
        let partner_id = request.caller.partner()?;
        let command = SubscriptionCommand::Resume;
        Ok(Prepared::new(app, self.subscription_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for CancelSubscription {
    const NAME: &'static str = "CancelSubscription";
    const SUMMARY: &'static str =
        "Ends a subscription, with a reason; the packages that no other one orders are removed.";
    const ROLES: &'static [Role] = KEEPERS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        _: bool,
    ) -> Result<Prepared<Subscription>, Rejection> {
        let partner_id = request.caller.partner()?;
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let command = SubscriptionCommand::Cancel { operation_id, reason: self.reason.clone() };
        let id = self.subscription_id.to_string();
        let mut prepared = Prepared::new(app, id, partner_id, false, command);
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}

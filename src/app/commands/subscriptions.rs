//! `SuspendSubscription`, `ResumeSubscription` and `CancelSubscription`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{OperationId, SubscriptionId};
use tenantry_domain::subscription::{
    CancelSubscription, ResumeSubscription, Subscription, SubscriptionCommand, SuspendSubscription,
};
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};

impl App {
    /// Prepares a command to a subscription: of the caller's partner, or of any for an operator.
    async fn prepare_subscription(
        &self,
        request: &Request,
        id: SubscriptionId,
        command: SubscriptionCommand,
    ) -> Preparation<Subscription> {
        let wanted = request.caller.partner().ok().map(TenantId::from);
        let id = id.to_string();
        let subscription = self.streams.state::<Subscription>(wanted, &id, false).await?;
        let tenant_id = subscription.tenant_id.ok_or(Rejection::NotFound)?;
        Ok(Prepared::new(self, id, tenant_id, false, command))
    }
}

#[async_trait]
impl UseCase for SuspendSubscription {
    const NAME: &'static str = "SuspendSubscription";
    const SUMMARY: &'static str = "Suspends a subscription, and the licenses of its packages.";
    const ROLES: Roles = roles::SUBSCRIPTIONS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Subscription> {
        let command = SubscriptionCommand::Suspend { reason: self.reason.clone() };
        app.prepare_subscription(request, self.subscription_id, command).await
    }
}

#[async_trait]
impl UseCase for ResumeSubscription {
    const NAME: &'static str = "ResumeSubscription";
    const SUMMARY: &'static str = "Resumes a suspended subscription, and the licenses of its packages.";
    const ROLES: Roles = roles::SUBSCRIPTIONS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Subscription> {
        app.prepare_subscription(request, self.subscription_id, SubscriptionCommand::Resume).await
    }
}

#[async_trait]
impl UseCase for CancelSubscription {
    const NAME: &'static str = "CancelSubscription";
    const SUMMARY: &'static str =
        "Ends a subscription, with a reason; the packages that no other one orders are removed.";
    const ROLES: Roles = roles::SUBSCRIPTIONS;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("subscriptionId");
    type Aggregate = Subscription;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Subscription> {
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let command = SubscriptionCommand::Cancel { operation_id, reason: self.reason.clone() };
        let mut prepared = app.prepare_subscription(request, self.subscription_id, command).await?;
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}

//! `SendConsentMove` and `AcceptMigration`: somebody of another organization moves to a customer's.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::personal::Slot;
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::subscriber::{
    AcceptMigration, Added, SendConsentMove, Subscriber, SubscriberCommand, SubscriberRefusal,
};

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::rejection::Refused;
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, MoveToken, Rejection, Request, license_claim};
use crate::ports::NewClaim;

#[async_trait]
impl UseCase for SendConsentMove {
    const NAME: &'static str = "SendConsentMove";
    const SUMMARY: &'static str = "Asks a person again whether to move; the link sent before is void.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R67", "R103"];
    const TARGET: Option<&'static str> = Some("subscriberId");
    type Aggregate = Subscriber;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Subscriber> {
        let (partner_id, _, added) = app.own_subscriber(request, self.subscriber_id, fresh).await?;
        let names = (partner_id, added.customer_id);
        let (customer, _) = app.subscriber_facts(&request.caller, names, fresh).await?;
        let command = SubscriberCommand::SendConsentMove { customer: customer.map(Box::new) };
        Ok(Prepared::new(app, added.id.to_string(), partner_id, false, command))
    }
}

impl App {
    /// Finds the subscriber that a token names.
    async fn moving(&self, request: &AcceptMigration, fresh: bool) -> Result<(MoveToken, Added), Rejection> {
        let token =
            MoveToken::from_text(self.persons.ring(), request.token.as_str()).ok_or_else(invalid_token)?;
        let id = token.subscriber_id.to_string();
        let loaded = self.streams.state::<Subscriber>(None, &id, fresh).await?;
        Ok((token, loaded.state.added.clone().ok_or_else(invalid_token)?))
    }
}

#[async_trait]
impl UseCase for AcceptMigration {
    const NAME: &'static str = "AcceptMigration";
    const SUMMARY: &'static str =
        "Agrees to move to the customer's organization. The link's token is enough, no key is needed.";
    const ROLES: Roles = roles::BY_TOKEN;
    const RULES: &'static [&'static str] = &["R67"];
    const BY_TOKEN: bool = true;
    type Aggregate = Subscriber;

    async fn token_holder(&self, app: &App) -> Result<Option<Caller>, Rejection> {
        let (_, added) = app.moving(self, false).await?;
        Ok(Some(Caller {
            tenant_id: added.partner_id.into(),
            actor: added.id.to_string(),
            role: Role::OrgUser,
            channel: Channel::Hub,
            session: None,
            parent: None,
        }))
    }

    async fn prepare(&self, app: &App, _: &Request, fresh: bool) -> Preparation<Subscriber> {
        let (token, added) = app.moving(self, fresh).await?;
        // Another server may have erased the person a moment ago.
        let person = added.email.subject().ok_or_else(invalid_token)?;
        if !app.persons.has_key(added.partner_id.into(), person).await? {
            return Err(invalid_token());
        }
        let licensed = app.is_licensed(&added.email_hash).await?;
        let command = SubscriberCommand::AcceptMigration { mailing: token.mailing, licensed };
        let mut prepared = Prepared::new(app, added.id.to_string(), added.partner_id, false, command);
        let (key, holder) = (license_claim(&added.email_hash), added.id.to_string());
        prepared.claims.push(NewClaim { key, holder });
        prepared.answer.insert("organizationId".to_owned(), json!(added.organization_id));
        Ok(prepared)
    }
}

fn invalid_token() -> Rejection {
    Rejection::Refused(Refused::from(&SubscriberRefusal::InvalidToken))
}

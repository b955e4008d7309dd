//! What a caller may do with an object now, and why not: its commands, each with what the object's own guards say.

use serde::Serialize;
use serde_json::Value;
use tenantry_domain::access_key::AccessKey;
use tenantry_domain::billing_report::BillingReport;
use tenantry_domain::case::{Case, CaseStatus, Opened};
use tenantry_domain::customer::{Customer, CustomerRefusal};
use tenantry_domain::ids::{LocationId, OrganizationId};
use tenantry_domain::invitation::Invitation;
use tenantry_domain::organization::{AttachRef, Manager, Organization};
use tenantry_domain::partner::Partner;
use tenantry_domain::quote::Quote;
use tenantry_domain::refusal::{Actions, Refusal};
use tenantry_domain::subscriber::Subscriber;
use tenantry_domain::subscription::Subscription;
use tenantry_domain::template::Template;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::PhoneNumber;
use utoipa::ToSchema;

use super::rejection::Refused;
use super::{App, Caller, Rejection, get_command, open_quote_claim};
use crate::limits::LOG;
use crate::ports::StoreFault;

/// A command to an object that is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct Action {
    /// Its name.
    command: &'static str,
    /// Whether it would go through as things stand; what else its data says is for the command itself.
    allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
}

/// Why something may not be done.
#[derive(Debug, Serialize, ToSchema)]
struct Reason {
    /// The code that the command would be refused with.
    code: &'static str,
    /// The same for people.
    text: String,
}

/// Commands, and how each would be refused.
type Found = Vec<(&'static str, Option<Refused>)>;

fn found<R: Refusal>(actions: Actions<R>) -> Found {
    actions.into_iter().map(|(name, may)| (name, may.err().map(|refusal| Refused::from(&refusal)))).collect()
}

impl App {
    /// Tells what a caller may do with an object that a view has shown it, by the names of the commands; `None` where
    /// the objects of the view are only looked at.
    pub async fn actions(
        &self,
        caller: &Caller,
        view: &str,
        key: &str,
        row: &Value,
    ) -> Result<Option<Vec<Action>>, Rejection> {
        let Some(mut found) = self.guarded(caller, view, key, row).await? else { return Ok(None) };
        found.sort_by_key(|(name, _)| *name);
        found.retain(|(name, _)| get_command(name).is_ok_and(|spec| spec.roles.contains(&caller.role)));
        let acting = self.check_not_suspended(caller.tenant_id).await;
        let suspended = match acting.and(self.check_not_suspended(caller.home()).await) {
            Ok(()) => None,
            Err(Rejection::Refused(refused)) => Some(refused),
            Err(rejection) => return Err(rejection),
        };
        let action = |(command, refused): (&'static str, Option<Refused>)| {
            let goes_on = get_command(command).is_ok_and(|spec| spec.when_suspended);
            let refused = suspended.clone().filter(|_| !goes_on).or(refused);
            let allowed = refused.is_none();
            Action { command, allowed, reason: refused.map(|it| Reason { code: it.code, text: it.detail }) }
        };
        Ok(Some(found.into_iter().map(action).collect()))
    }

    /// Asks the guards of the object.
    async fn guarded(
        &self,
        caller: &Caller,
        view: &str,
        key: &str,
        row: &Value,
    ) -> Result<Option<Found>, Rejection> {
        let now_us = self.clock.now_us();
        let partner_id = caller.partner().ok();
        let partner_active = match partner_id {
            Some(id) => self.partner_active(id, false).await?,
            None => true,
        };
        Ok(Some(match view {
            "cases" => {
                let case = self.streams.state::<Case>(None, key, false).await?;
                let mut actions = found(case.state.actions(partner_active));
                if let Some(opened) = &case.state.opened {
                    let drafted = self.footing(caller, opened.partner_id, opened.id, false).await?.check();
                    actions.extend(found(vec![("DraftQuote", drafted.map(drop))]));
                    self.without_open_quote(opened, &mut actions).await?;
                }
                actions
            }
            "quotes" => {
                let quote = self.streams.state::<Quote>(None, key, false).await?;
                let Some(drafted) = &quote.state.drafted else { return Ok(Some(vec![])) };
                let footing = self.footing(caller, drafted.partner_id, drafted.case_id, false).await?;
                found(quote.state.actions(&footing))
            }
            "subscribers" => {
                let subscriber = self.streams.state::<Subscriber>(None, key, false).await?;
                let Some(added) = &subscriber.state.added else { return Ok(Some(vec![])) };
                let names = (added.partner_id, added.customer_id);
                let (change, removal) = self.subscriber_facts(caller, names, false).await?;
                found(subscriber.state.actions(&change, &removal))
            }
            "subscriptions" => {
                found(self.streams.state::<Subscription>(None, key, false).await?.state.actions())
            }
            "reports" => found(self.streams.state::<BillingReport>(None, key, false).await?.state.actions()),
            "consents" => {
                let attach: AttachRef = attach_of(row)?;
                let organization = self.organization_of(attach.organization_id).await?;
                found(organization.consent_actions(attach, now_us))
            }
            "customers" | "provisioning" => found(self.customer_actions(caller, key).await?),
            "locations" | "numbers" => found(self.place_actions(caller, view, row).await?),
            "screenings" => {
                let customer = row["customerId"].as_str().unwrap_or_default();
                let mut actions = self.customer_actions(caller, customer).await?;
                actions.retain(|(name, _)| name.ends_with("Screening"));
                found(actions)
            }
            "invitations" => {
                found(self.streams.state::<Invitation>(None, key, false).await?.state.actions(partner_id))
            }
            "keys" => found(self.streams.state::<AccessKey>(None, key, false).await?.state.actions()),
            "organizations" => {
                let organization = self.streams.state::<Organization>(None, key, false).await?;
                let customer_id = partner_id
                    .zip(organization.state.created.as_ref())
                    .and_then(|(partner_id, created)| created.customer_of(partner_id));
                let by = match partner_id {
                    Some(partner_id) => {
                        let console_access = self.console_access(partner_id, customer_id, false).await?;
                        Manager::Partner { partner_id, console_access }
                    }
                    None => Manager::Own,
                };
                found(organization.state.actions(by))
            }
            "partners" => found(self.streams.state::<Partner>(None, key, false).await?.state.actions()),
            "templates" => {
                found(self.streams.state::<Template>(None, key, false).await?.state.actions(partner_active))
            }
            _ => return Ok(None),
        }))
    }

    /// A case is not closed while a quote of it is open, which holds a claim, and gets no other quote.
    async fn without_open_quote(&self, opened: &Opened, actions: &mut Found) -> Result<(), Rejection> {
        let claim = open_quote_claim(opened.partner_id, opened.id);
        let holder = self.keys.find_claim(LOG, &claim).await?.filter(|_| opened.status != CaseStatus::Lost);
        let Some(Rejection::Refused(taken)) = holder.map(|holder| Rejection::taken(claim.kind, &holder))
        else {
            return Ok(());
        };
        for (_, refused) in actions.iter_mut().filter(|(name, _)| ["CloseCase", "DraftQuote"].contains(name))
        {
            *refused = refused.take().or_else(|| Some(taken.clone()));
        }
        Ok(())
    }

    /// Asks a customer on behalf of its partner, whoever looks at it.
    async fn customer_actions(
        &self,
        caller: &Caller,
        key: &str,
    ) -> Result<Actions<CustomerRefusal>, Rejection> {
        let customer = self.streams.state::<Customer>(None, key, false).await?;
        let Some(requested) = &customer.state.requested else { return Ok(vec![]) };
        let asker = self.asker(caller, requested.partner_id, false).await?;
        let retry = self.retry_facts(caller, (requested.partner_id, requested.id), false).await?;
        let organization = self.organization_of(requested.organization_id).await?;
        Ok(customer.state.actions(asker, &retry, &organization))
    }

    /// Asks a customer about one of its locations or numbers.
    async fn place_actions(
        &self,
        caller: &Caller,
        view: &str,
        row: &Value,
    ) -> Result<Actions<CustomerRefusal>, Rejection> {
        let text = |field: &str| row[field].as_str().unwrap_or_default();
        let customer = self.streams.state::<Customer>(None, text("customerId"), false).await?;
        let Some(requested) = &customer.state.requested else { return Ok(vec![]) };
        let asker = self.asker(caller, requested.partner_id, false).await?;
        let corrupt = || StoreFault::Corrupt(format!("a row of {view}"));
        if view == "locations" {
            let id = text("id").parse::<LocationId>().map_err(|_| corrupt())?;
            return Ok(customer.state.location_actions(id, asker));
        }
        let number = text("number").parse::<PhoneNumber>().map_err(|_| corrupt())?;
        Ok(customer.state.number_actions(&number, asker))
    }

    async fn organization_of(&self, id: OrganizationId) -> Result<Organization, Rejection> {
        let tenant_id = Some(TenantId::from(id));
        Ok(self.streams.state::<Organization>(tenant_id, &id.to_string(), false).await?.state.clone())
    }
}

/// Reads which attach a row of the consents is about.
fn attach_of(row: &Value) -> Result<AttachRef, StoreFault> {
    let id = |field: &str| row[field].as_str().unwrap_or_default();
    let read = || {
        Some(AttachRef {
            organization_id: id("organizationId").parse().ok()?,
            customer_id: id("customerId").parse().ok()?,
            partner_id: id("partnerId").parse().ok()?,
            operation_id: id("id").parse().ok()?,
        })
    };
    read().ok_or_else(|| StoreFault::Corrupt(format!("row {} of consents", id("id"))))
}

//! `RecordUsage` and `CorrectUsage`.

use async_trait::async_trait;
use jiff::Timestamp;
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, stream_id};
use tenantry_domain::values::MeterName;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Request};

#[async_trait]
impl UseCase for RecordUsage {
    const NAME: &'static str = "RecordUsage";
    const SUMMARY: &'static str = "Records what an organization used; the same source and ID count once.";
    const ROLES: Roles = roles::METERING;
    const RULES: &'static [&'static str] = &["R5", "R27", "R29"];
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Usage;

    /// Length first: no source and ID read as another pair.
    fn natural_key(&self) -> Option<String> {
        let source = self.source.as_str();
        Some(format!("{}:{source}:{}", source.len(), self.id.as_str()))
    }

    /// An operator's record is the partner's own: it counts once, whoever hands it in.
    fn natural_tenant(&self, caller: &Caller) -> TenantId {
        match (caller.role, self.partner_id) {
            (Role::Operator, Some(partner_id)) => partner_id.into(),
            (_, _) => caller.tenant_id,
        }
    }

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Usage> {
        let partner_id = app.partner_named(&request.caller, self.partner_id).await?;
        let metered = app.metered(partner_id, &self.into(), fresh).await?;
        let stream = stream(&metered, &self.meter, self.time);
        let command = UsageCommand::Record(metered, self.clone());
        Ok(prepared(app, partner_id, stream, self.organization_id, command))
    }
}

#[async_trait]
impl UseCase for CorrectUsage {
    const NAME: &'static str = "CorrectUsage";
    const SUMMARY: &'static str = "Adds a difference to recorded usage; the records stay as they are.";
    const ROLES: Roles = roles::METERING;
    const RULES: &'static [&'static str] = &["R5"];
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Usage;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Usage> {
        let partner_id = app.partner_named(&request.caller, self.partner_id).await?;
        let metered = app.metered(partner_id, &self.into(), fresh).await?;
        let stream = stream(&metered, &self.meter, self.time);
        let command = UsageCommand::Correct(metered, self.clone());
        Ok(prepared(app, partner_id, stream, self.organization_id, command))
    }
}

/// Names the stream; without a customer the command is refused, and nothing is written under this name.
fn stream(metered: &MeteredCustomer, meter: &MeterName, time: Timestamp) -> String {
    metered.customer_id.map(|customer| stream_id(customer, meter, time)).unwrap_or_default()
}

fn prepared(
    app: &App,
    partner_id: PartnerId,
    stream: String,
    organization_id: OrganizationId,
    command: UsageCommand,
) -> Prepared<Usage> {
    let mut prepared = Prepared::new(app, stream, partner_id, false, command);
    prepared.answer.insert("organizationId".to_owned(), organization_id.to_string().into());
    prepared
}

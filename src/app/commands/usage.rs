//! `RecordUsage` and `CorrectUsage`.

use async_trait::async_trait;
use jiff::Timestamp;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::usage::{CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, stream_id};
use tenantry_domain::values::MeterName;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request};

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

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Usage> {
        let place = (self.organization_id, &self.meter, self.time);
        let command = |customer| UsageCommand::Record(customer, self.clone());
        app.prepare_usage(request, place, fresh, command).await
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
        let place = (self.organization_id, &self.meter, self.time);
        let command = |customer| UsageCommand::Correct(customer, self.clone());
        app.prepare_usage(request, place, fresh, command).await
    }
}

impl App {
    async fn prepare_usage(
        &self,
        request: &Request,
        (organization_id, meter, time): (OrganizationId, &MeterName, Timestamp),
        fresh: bool,
        command: impl FnOnce(MeteredCustomer) -> UsageCommand,
    ) -> Preparation<Usage> {
        let partner_id = request.caller.partner()?;
        let customer_id = self.customer_of(partner_id, organization_id, fresh).await?;
        let command = command(MeteredCustomer { customer_id, now_us: self.clock.now_us() });
        // Without a customer the command is refused, and nothing is written under this name.
        let stream = customer_id.map(|customer| stream_id(customer, meter, time)).unwrap_or_default();
        let mut prepared = Prepared::new(self, stream, partner_id, false, command);
        prepared.answer.insert("organizationId".to_owned(), organization_id.to_string().into());
        Ok(prepared)
    }
}

//! What a stream of usage knows: how much it has seen.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{
    CorrectUsage, MeteredCustomer, RecordUsage, UsageCommand, UsageCorrected, UsageEvent, UsageRecorded,
    UsageRefusal,
};
use crate::ids::{CustomerId, OrganizationId};
use crate::limits::USAGE_AHEAD_US_MAX;
use crate::meter::MeterKind;
use crate::stream::{self, Decide};
use crate::values::MeterName;

/// A stream of usage; the default is one without records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// How many records it holds.
    pub records: u64,
    /// How many corrections it holds.
    pub corrections: u64,
}

/// Names the stream of a customer's usage in the month of a time, in UTC.
pub fn stream_id(customer_id: CustomerId, meter: &MeterName, time: Timestamp) -> String {
    format!("{customer_id}.{}.{}", meter.as_str(), time.to_zoned(TimeZone::UTC).strftime("%Y-%m"))
}

/// Checks what holds for records and corrections alike.
fn admit(
    facts: &MeteredCustomer,
    organization_id: OrganizationId,
    time: Timestamp,
) -> Result<CustomerId, UsageRefusal> {
    if time.as_microsecond() > facts.now_us.saturating_add(USAGE_AHEAD_US_MAX) {
        return Err(UsageRefusal::InTheFuture);
    }
    let customer_id = facts.customer_id.ok_or(UsageRefusal::NotACustomer(organization_id))?;
    match &facts.unknown {
        Some(named) => Err(UsageRefusal::NotOfOrganization(named.clone(), organization_id)),
        None => Ok(customer_id),
    }
}

fn record(facts: MeteredCustomer, data: RecordUsage) -> Result<UsageRecorded, UsageRefusal> {
    if data.value.decimal().is_sign_negative() && !data.value.decimal().is_zero() {
        return Err(UsageRefusal::Negative);
    }
    Ok(UsageRecorded {
        customer_id: admit(&facts, data.organization_id, data.time)?,
        organization_id: data.organization_id,
        meter: data.meter,
        source: data.source,
        record_id: data.id,
        time: data.time,
        value: data.value,
        package: data.package,
        project_id: data.project_id,
        app_id: data.app_id,
        subscription_id: facts.subscription_id,
        subscriber_id: data.subscriber_id,
        key_hash: facts.key_hash,
    })
}

fn correct(facts: &MeteredCustomer, data: CorrectUsage) -> Result<UsageCorrected, UsageRefusal> {
    let customer_id = admit(facts, data.organization_id, data.time)?;
    if facts.kind.is_some_and(|kind| kind != MeterKind::Sum) {
        return Err(UsageRefusal::NotASum(data.meter));
    }
    Ok(UsageCorrected {
        customer_id,
        organization_id: data.organization_id,
        meter: data.meter,
        time: data.time,
        value: data.value,
        package: data.package,
        project_id: data.project_id,
        app_id: data.app_id,
        subscription_id: facts.subscription_id,
        subscriber_id: data.subscriber_id,
        reason: data.reason,
    })
}

impl Decide for Usage {
    fn decide(&self, command: UsageCommand) -> Result<Vec<UsageEvent>, UsageRefusal> {
        match command {
            UsageCommand::Record(facts, data) => Ok(vec![record(facts, data)?.into()]),
            UsageCommand::Correct(facts, data) => Ok(vec![correct(&facts, data)?.into()]),
        }
    }
}

impl Aggregate for Usage {
    const TYPE: &'static str = "usage";
    type Command = UsageCommand;
    type Event = UsageEvent;
    type Error = UsageRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: UsageCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), UsageRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: UsageEvent) {
        match event {
            UsageEvent::Recorded(_) => self.records += 1,
            UsageEvent::Corrected(_) => self.corrections += 1,
        }
    }
}

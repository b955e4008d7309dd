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
    MeteredCustomer { customer_id, now_us }: MeteredCustomer,
    organization_id: OrganizationId,
    time: Timestamp,
) -> Result<CustomerId, UsageRefusal> {
    if time.as_microsecond() > now_us.saturating_add(USAGE_AHEAD_US_MAX) {
        return Err(UsageRefusal::InTheFuture);
    }
    customer_id.ok_or(UsageRefusal::NotACustomer(organization_id))
}

impl Decide for Usage {
    fn decide(&self, command: UsageCommand) -> Result<Vec<UsageEvent>, UsageRefusal> {
        match command {
            UsageCommand::Record(customer, data) => {
                let RecordUsage { source, id, organization_id, meter, time, value, package } = data;
                if value.decimal().is_sign_negative() && !value.decimal().is_zero() {
                    return Err(UsageRefusal::Negative);
                }
                let customer_id = admit(customer, organization_id, time)?;
                let record_id = id;
                let recorded = UsageRecorded {
                    customer_id,
                    organization_id,
                    meter,
                    source,
                    record_id,
                    time,
                    value,
                    package,
                };
                Ok(vec![recorded.into()])
            }
            UsageCommand::Correct(customer, data) => {
                let CorrectUsage { organization_id, meter, time, value, reason } = data;
                let customer_id = admit(customer, organization_id, time)?;
                Ok(vec![UsageCorrected { customer_id, organization_id, meter, time, value, reason }.into()])
            }
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

//! A domain name on the platform: it belongs to one organization at most (R75, R76).
//!
//! An organization reserves a name, records it as verified on its own stream, and the name is confirmed. A
//! reservation that is never confirmed lapses, so that a request that broke off half-way holds nothing up.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::OrganizationId;
use crate::limits::DOMAIN_RESERVED_US;
use crate::personal::PersonalSlots;
use crate::refusal::{Refusal, RefusalKind};
use crate::stream::{self, Decide};
use crate::values::DomainName;

/// A domain name; the default is one that belongs to nobody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DomainHolder {
    /// Who has it.
    pub held: Option<Held>,
}

/// A domain name that is reserved or confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// The organization.
    pub organization_id: OrganizationId,
    /// When the reservation lapses; `None` once it is confirmed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub reserved_until: Option<Timestamp>,
}

/// A command to a domain name. All come from use cases and processes: the same again changes nothing.
#[derive(Debug, Clone)]
pub enum DomainCommand {
    /// Reserves it for an organization.
    Reserve {
        /// The name.
        domain: DomainName,
        /// The organization.
        organization_id: OrganizationId,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Confirms that it belongs to the organization.
    Confirm {
        /// The organization.
        organization_id: OrganizationId,
    },
}

/// A domain name was reserved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainReserved {
    /// The name.
    pub domain: DomainName,
    /// The organization.
    pub organization_id: OrganizationId,
    /// When the reservation lapses.
    #[schema(value_type = String, format = DateTime)]
    pub reserved_until: Timestamp,
}

/// A domain name was confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainConfirmed {
    /// The organization.
    pub organization_id: OrganizationId,
}

impl PersonalSlots for DomainReserved {}
impl PersonalSlots for DomainConfirmed {}

crate::events! {
    /// The events of a domain name.
    pub enum DomainEvent {
        /// See [`DomainReserved`].
        Reserved(DomainReserved) = "domain.reserved", "1";
        /// See [`DomainConfirmed`].
        Confirmed(DomainConfirmed) = "domain.confirmed", "1";
    }
}

/// Why a command to a domain name is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainRefusal {
    /// It belongs to another organization.
    #[error("domain {} belongs to another organization", .0.as_str())]
    Taken(DomainName),
}

impl Refusal for DomainRefusal {
    fn code(&self) -> &'static str {
        "domain_taken"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    fn rules(&self) -> &'static [&'static str] {
        &["R75"]
    }

    fn remedies(&self) -> &'static [&'static str] {
        &["use a domain that no other organization has verified"]
    }
}

impl DomainHolder {
    fn reserve(
        &self,
        domain: DomainName,
        organization_id: OrganizationId,
        now_us: i64,
    ) -> Result<Vec<DomainEvent>, DomainRefusal> {
        let reserved_until =
            Timestamp::from_microsecond(now_us.saturating_add(DOMAIN_RESERVED_US)).unwrap_or(Timestamp::MAX);
        match &self.held {
            Some(held) if held.organization_id == organization_id && held.reserved_until.is_none() => {
                Ok(vec![])
            }
            Some(held)
                if held.organization_id != organization_id
                    && held.reserved_until.is_none_or(|until| until.as_microsecond() > now_us) =>
            {
                Err(DomainRefusal::Taken(domain))
            }
            _ => Ok(vec![DomainReserved { domain, organization_id, reserved_until }.into()]),
        }
    }
}

impl Decide for DomainHolder {
    fn decide(&self, command: DomainCommand) -> Result<Vec<DomainEvent>, DomainRefusal> {
        match command {
            DomainCommand::Reserve { domain, organization_id, now_us } => {
                self.reserve(domain, organization_id, now_us)
            }
            DomainCommand::Confirm { organization_id } => {
                let reserved = self.held.as_ref().is_some_and(|held| {
                    held.organization_id == organization_id && held.reserved_until.is_some()
                });
                Ok(reserved.then(|| DomainConfirmed { organization_id }.into()).into_iter().collect())
            }
        }
    }
}

impl Aggregate for DomainHolder {
    const TYPE: &'static str = "domain_name";
    type Command = DomainCommand;
    type Event = DomainEvent;
    type Error = DomainRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: DomainCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), DomainRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: DomainEvent) {
        self.held = match event {
            DomainEvent::Reserved(event) => Some(Held {
                organization_id: event.organization_id,
                reserved_until: Some(event.reserved_until),
            }),
            DomainEvent::Confirmed(event) => {
                Some(Held { organization_id: event.organization_id, reserved_until: None })
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;
    use uuid::Uuid;

    use super::*;

    fn organization(n: u128) -> OrganizationId {
        OrganizationId::from_uuid(Uuid::from_u128(n))
    }

    fn name() -> DomainName {
        "customer.example".parse().expect("is a domain")
    }

    fn reserve(n: u128, now_us: i64) -> DomainCommand {
        DomainCommand::Reserve { domain: name(), organization_id: organization(n), now_us }
    }

    fn reserved(n: u128) -> DomainEvent {
        let reserved_until = Timestamp::from_microsecond(DOMAIN_RESERVED_US).expect("is a time");
        DomainReserved { domain: name(), organization_id: organization(n), reserved_until }.into()
    }

    fn confirmed(n: u128) -> DomainEvent {
        DomainConfirmed { organization_id: organization(n) }.into()
    }

    #[test]
    fn a_domain_belongs_to_one_organization() {
        let given = || TestFramework::<DomainHolder>::with(()).given(vec![reserved(1), confirmed(1)]);
        given().when(reserve(2, i64::MAX / 2)).then_expect_error(DomainRefusal::Taken(name()));
        given().when(reserve(1, 0)).then_expect_events(vec![]);
    }

    #[test]
    fn a_reservation_that_nobody_confirms_lapses() {
        let given = || TestFramework::<DomainHolder>::with(()).given(vec![reserved(1)]);
        given().when(reserve(2, DOMAIN_RESERVED_US - 1)).then_expect_error(DomainRefusal::Taken(name()));
        let now_us = DOMAIN_RESERVED_US;
        let until = Timestamp::from_microsecond(2 * DOMAIN_RESERVED_US).expect("is a time");
        given().when(reserve(2, now_us)).then_expect_events(vec![
            DomainReserved { domain: name(), organization_id: organization(2), reserved_until: until }.into(),
        ]);
        given().when(DomainCommand::Confirm { organization_id: organization(2) }).then_expect_events(vec![]);
    }
}

//! What a partner is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{PartnerCommand, PartnerEvent, PartnerRefusal, PartnerRegistered, RegisterPartner};
use crate::ids::PartnerId;
use crate::stream::{self, Decide};
use crate::values::{Country, Name};

/// A partner; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// `None` until it is registered.
    pub registered: Option<Registered>,
}

/// A partner that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// Its ID.
    pub id: PartnerId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its data lives.
    pub region: Name,
    /// The partner above it.
    pub parent_id: Option<PartnerId>,
}

impl Partner {
    /// Tells whether it exists and may act.
    pub fn is_active(&self) -> bool {
        self.registered.is_some()
    }
}

impl Decide for Partner {
    fn decide(&self, command: PartnerCommand) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        let PartnerCommand::Register { id, data, parent_active } = command;
        if self.registered.is_some() {
            return Err(PartnerRefusal::AlreadyRegistered(id));
        }
        if let (Some(parent_id), Some(false) | None) = (data.parent_id, parent_active) {
            return Err(PartnerRefusal::ParentUnavailable(parent_id));
        }
        let RegisterPartner { name, country, region, parent_id } = data;
        Ok(vec![PartnerRegistered { partner_id: id, name, country, region, parent_id }.into()])
    }
}

impl Aggregate for Partner {
    const TYPE: &'static str = "partner";
    type Command = PartnerCommand;
    type Event = PartnerEvent;
    type Error = PartnerRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: PartnerCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PartnerRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: PartnerEvent) {
        let PartnerEvent::Registered(PartnerRegistered { partner_id, name, country, region, parent_id }) =
            event;
        self.registered = Some(Registered { id: partner_id, name, country, region, parent_id });
    }
}

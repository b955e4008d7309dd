//! What a subscription is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SubscriptionCommand, SubscriptionEvent, SubscriptionRefusal, SubscriptionStarted};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId};
use crate::quote::Line;
use crate::stream;

/// A subscription; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// `None` until it starts.
    pub started: Option<Started>,
}

/// A subscription that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// Its ID.
    pub id: SubscriptionId,
    /// Whose subscription it is.
    pub partner_id: PartnerId,
    /// The quote that was accepted.
    pub quote_id: QuoteId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The last work on it.
    pub operation_id: OperationId,
    /// How far it is.
    pub state: SubscriptionState,
    /// Whether its licenses are suspended, or were when it ended.
    pub suspended: bool,
    /// The work that ended without a change of the customer.
    pub dropped: Vec<OperationId>,
    /// What it orders.
    pub lines: Vec<Line>,
    /// Until when.
    pub ends_at: Timestamp,
}

/// How far a subscription is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// The customer uses it.
    Active,
    /// The customer cannot use it for now.
    Suspended,
    /// It was ended.
    Cancelled,
    /// Its longest term ended.
    Expired,
}

impl SubscriptionState {
    /// Tells whether it goes on.
    pub fn is_open(self) -> bool {
        match self {
            Self::Active | Self::Suspended => true,
            Self::Cancelled | Self::Expired => false,
        }
    }

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl Started {
    /// Returns how many units it orders of each package.
    pub fn units(&self) -> BTreeMap<Package, u32> {
        self.lines.iter().map(|line| (line.package, line.quantity)).collect()
    }

    /// Returns the packages that it orders.
    pub fn packages(&self) -> Vec<Package> {
        self.lines.iter().map(|line| line.package).collect()
    }

    fn new(event: SubscriptionStarted) -> Self {
        Self {
            id: event.subscription_id,
            partner_id: event.partner_id,
            quote_id: event.quote_id,
            customer_id: event.customer_id,
            organization_id: event.organization_id,
            operation_id: event.operation_id,
            state: SubscriptionState::Active,
            suspended: false,
            dropped: vec![],
            lines: event.lines,
            ends_at: event.ends_at,
        }
    }

    fn apply(&mut self, event: SubscriptionEvent) {
        match event {
            SubscriptionEvent::Started(_) => {}
            SubscriptionEvent::Suspended(_) => {
                self.state = SubscriptionState::Suspended;
                self.suspended = true;
            }
            SubscriptionEvent::Resumed(_) => {
                self.state = SubscriptionState::Active;
                self.suspended = false;
            }
            SubscriptionEvent::Cancelled(event) => {
                self.state = SubscriptionState::Cancelled;
                self.operation_id = event.operation_id.unwrap_or(self.operation_id);
            }
            SubscriptionEvent::Expired(event) => {
                self.state = SubscriptionState::Expired;
                self.operation_id = event.operation_id;
            }
            SubscriptionEvent::WorkDropped(event) => self.dropped.push(event.operation_id),
        }
    }
}

impl Aggregate for Subscription {
    const TYPE: &'static str = "subscription";
    type Command = SubscriptionCommand;
    type Event = SubscriptionEvent;
    type Error = SubscriptionRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: SubscriptionCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubscriptionRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: SubscriptionEvent) {
        if let SubscriptionEvent::Started(started) = event {
            self.started = Some(Started::new(*started));
        } else if let Some(started) = &mut self.started {
            started.apply(event);
        }
    }
}

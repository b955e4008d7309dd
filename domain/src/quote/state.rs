//! What a quote is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Line, QuoteCommand, QuoteDrafted, QuoteEvent, QuoteRefusal};
use crate::ids::{CaseId, CustomerId, OrganizationId, PartnerId, QuoteId, SubscriptionId};
use crate::stream;

/// A quote; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// `None` until it is drafted.
    pub drafted: Option<Drafted>,
}

/// A quote that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drafted {
    /// Its ID.
    pub id: QuoteId,
    /// Whose quote it is.
    pub partner_id: PartnerId,
    /// The case.
    pub case_id: CaseId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub state: QuoteState,
    /// What is offered.
    pub lines: Vec<Line>,
    /// Until when it can be accepted.
    pub valid_until: Timestamp,
    /// The subscription that it started.
    pub subscription_id: Option<SubscriptionId>,
    /// Whether what it brings is under way.
    pub fulfilled: bool,
}

/// How far a quote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteState {
    /// Being written.
    Draft,
    /// Before the operator, and frozen.
    Submitted,
    /// Before the customer.
    Approved,
    /// The customer took it.
    Accepted,
    /// The customer did not take it.
    Declined,
    /// Nobody took it in time.
    Expired,
}

impl QuoteState {
    /// Tells whether something can still become of it.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Submitted | Self::Approved => true,
            Self::Accepted | Self::Declined | Self::Expired => false,
        }
    }

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }
}

impl Aggregate for Quote {
    const TYPE: &'static str = "quote";
    type Command = QuoteCommand;
    type Event = QuoteEvent;
    type Error = QuoteRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: QuoteCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), QuoteRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: QuoteEvent) {
        if let QuoteEvent::Drafted(drafted) = event {
            self.drafted = Some(Drafted::new(*drafted));
        } else if let Some(drafted) = &mut self.drafted {
            drafted.apply(event);
        }
    }
}

impl Drafted {
    fn new(event: QuoteDrafted) -> Self {
        Self {
            id: event.quote_id,
            partner_id: event.partner_id,
            case_id: event.case_id,
            customer_id: event.customer_id,
            organization_id: event.organization_id,
            state: QuoteState::Draft,
            lines: event.lines,
            valid_until: event.valid_until,
            subscription_id: None,
            fulfilled: false,
        }
    }

    fn apply(&mut self, event: QuoteEvent) {
        match event {
            QuoteEvent::Drafted(_) => {}
            QuoteEvent::Edited(event) => {
                self.lines = event.lines;
                self.valid_until = event.valid_until;
            }
            QuoteEvent::Submitted(_) => self.state = QuoteState::Submitted,
            QuoteEvent::Approved(_) => self.state = QuoteState::Approved,
            QuoteEvent::Rejected(_) => self.state = QuoteState::Draft,
            QuoteEvent::Accepted(event) => {
                self.state = QuoteState::Accepted;
                self.subscription_id = Some(event.subscription_id);
            }
            QuoteEvent::Fulfilled(_) => self.fulfilled = true,
            QuoteEvent::Declined(_) => self.state = QuoteState::Declined,
            QuoteEvent::Expired(_) => self.state = QuoteState::Expired,
        }
    }
}

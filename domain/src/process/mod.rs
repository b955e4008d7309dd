//! Processes: what an event makes necessary elsewhere.
//!
//! A process is a pure function from its state and an event to the next state and tasks. Running tasks, and handing
//! their outcomes back as commands, is for the root package.

pub mod attach_organization;
pub mod build_report;
pub mod case_onboarding;
pub mod change_customer;
pub mod end_invitations;
pub mod end_subscribers;
pub mod end_subscriptions;
pub mod erase_person;
pub mod fulfil_quote;
pub mod invite_member;
pub mod invite_person;
pub mod provision_customer;
pub mod run_subscription;
pub mod settle_subscriber;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use attach_organization::{AttachOrganization, AttachTask};
pub use build_report::{BuildReport, ReportTask};
pub use case_onboarding::{CaseOnboarding, CaseTask};
pub use change_customer::ChangeCustomer;
pub use end_invitations::{EndInvitations, EndInvitationsTask};
pub use end_subscribers::{EndSubscribers, LastTask};
pub use end_subscriptions::{EndSubscriptions, EndTask};
pub use erase_person::{ErasePerson, ErasureTask};
pub use fulfil_quote::{FulfilQuote, QuoteTask};
pub use invite_member::{InviteMember, MemberTask};
pub use invite_person::{InvitationTask, InvitePerson};
pub use provision_customer::{ProvisionCustomer, ProvisionTask};
pub use run_subscription::{RunSubscription, SubscriptionTask};
pub use settle_subscriber::{SettleSubscriber, SubscriberTask};

use crate::event::EventSet;

/// A process; it has one state for each aggregate whose events it reads, under that aggregate's ID.
pub trait Process {
    /// Its name in the store; never changes.
    const NAME: &'static str;
    /// The stored names of the events that it reads.
    const EVENTS: &'static [&'static str];

    /// What it remembers between events; the default is that of a process that has not begun.
    type State: Default + Clone + Serialize + DeserializeOwned;
    /// The events that it reads.
    type Event: EventSet;
    /// What it asks for.
    type Task: Serialize + DeserializeOwned;

    /// Answers an event. The tasks are in a fixed order, so that their keys can be derived from the event.
    fn react(state: Self::State, event: &Self::Event) -> Reaction<Self::State, Self::Task>;
}

/// What a process makes of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Reaction<S, T> {
    /// What it remembers; `None` once it has finished.
    pub state: Option<S>,
    /// What is to be done.
    pub tasks: Vec<T>,
}

impl<S, T> Reaction<S, T> {
    /// Remembers a state and asks for tasks.
    pub fn next(state: S, tasks: Vec<T>) -> Self {
        Self { state: Some(state), tasks }
    }

    /// Ends the process.
    pub fn finished() -> Self {
        Self { state: None, tasks: vec![] }
    }
}

//! Prepares the organization of a case: the organization itself, the customer and the invitation (R15–R18).
//!
//! The case hears of it when the invitation's mail has been handed over; see [`invite_person`](super::invite_person).

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::case::{CaseEvent, CaseOrgRequested};
use crate::event::EventSet;

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct CaseOnboarding;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CaseTask {
    /// Create the organization on the platform, its customer and its invitation.
    OpenOrganization {
        /// All that the case knows.
        request: Box<CaseOrgRequested>,
    },
}

impl CaseTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OpenOrganization { .. } => "open_organization",
        }
    }
}

impl Process for CaseOnboarding {
    const NAME: &'static str = "case_onboarding";
    const EVENTS: &'static [&'static str] = CaseEvent::NAMES;

    type State = ();
    type Event = CaseEvent;
    type Task = CaseTask;

    fn react((): (), event: &CaseEvent) -> Reaction<(), CaseTask> {
        match event {
            CaseEvent::OrgRequested(request) => {
                Reaction { state: None, tasks: vec![CaseTask::OpenOrganization { request: request.clone() }] }
            }
            CaseEvent::Created(_)
            | CaseEvent::OrgReady(_)
            | CaseEvent::OrgFailed(_)
            | CaseEvent::Linked(_) => Reaction::finished(),
        }
    }
}

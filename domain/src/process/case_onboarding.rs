//! Prepares the organization of a case: the organization itself, the customer and the invitation (R15–R18).
//!
//! The case hears of it when the invitation's mail has been handed over; see [`invite_person`](super::invite_person). The
//! invitation of a case that is deactivated is taken back; one that is reopened invites again.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::case::{CaseDeactivated, CaseEvent, CaseOrgRequested};
use crate::event::EventSet;
use crate::ids::{CaseId, InvitationId, OrganizationId, PartnerId};

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
    /// Take the invitation back.
    WithdrawInvitation {
        /// The case.
        case_id: CaseId,
        /// Whose case it is.
        partner_id: PartnerId,
        /// The organization.
        organization_id: OrganizationId,
        /// The invitation.
        invitation_id: InvitationId,
    },
    /// Invite the primary contact again.
    InviteAgain {
        /// The case.
        case_id: CaseId,
        /// Whose case it is.
        partner_id: PartnerId,
        /// The ID that the invitation will have.
        invitation_id: InvitationId,
    },
}

impl CaseTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OpenOrganization { .. } => "open_organization",
            Self::WithdrawInvitation { .. } => "withdraw_invitation",
            Self::InviteAgain { .. } => "invite_again",
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
        let task = match event {
            CaseEvent::OrgRequested(request) => Some(CaseTask::OpenOrganization { request: request.clone() }),
            CaseEvent::Deactivated(body) => withdraw(body),
            CaseEvent::Reopened(body) => {
                let (case_id, partner_id) = (body.case_id, body.partner_id);
                body.invitation_id.map(|invitation_id| CaseTask::InviteAgain {
                    case_id,
                    partner_id,
                    invitation_id,
                })
            }
            CaseEvent::Created(_)
            | CaseEvent::OrgReady(_)
            | CaseEvent::OrgFailed(_)
            | CaseEvent::Linked(_)
            | CaseEvent::QuotingStarted(_)
            | CaseEvent::Won(_)
            | CaseEvent::Lost(_) => None,
        };
        Reaction { state: None, tasks: task.into_iter().collect() }
    }
}

fn withdraw(deactivated: &CaseDeactivated) -> Option<CaseTask> {
    let CaseDeactivated { case_id, partner_id, .. } = *deactivated;
    let (organization_id, invitation_id) = deactivated.organization_id.zip(deactivated.invitation_id)?;
    Some(CaseTask::WithdrawInvitation { case_id, partner_id, organization_id, invitation_id })
}

//! Issues the invitation of a person whom an organization, or a partner with full access to it, invites (R24).
//!
//! The invitation then goes its own way; see [`invite_person`](super::invite_person).

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::organization::{OrganizationEvent, UserInvited};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct InviteMember;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum MemberTask {
    /// Issue the invitation.
    IssueInvitation {
        /// Who is invited, to what.
        invited: Box<UserInvited>,
    },
}

impl MemberTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::IssueInvitation { .. } => "issue_invitation",
        }
    }
}

impl Process for InviteMember {
    const NAME: &'static str = "invite_member";
    const EVENTS: &'static [&'static str] = &["organization.user_invited"];

    type State = ();
    type Event = OrganizationEvent;
    type Task = MemberTask;

    fn react((): (), event: &OrganizationEvent) -> Reaction<(), MemberTask> {
        let OrganizationEvent::UserInvited(invited) = event else { return Reaction::finished() };
        Reaction { state: None, tasks: vec![MemberTask::IssueInvitation { invited: invited.clone() }] }
    }
}

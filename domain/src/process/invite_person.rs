//! Carries an invitation to its end: sends it, lets it expire, and makes the person who accepts a member (R16–R23).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::event::EventSet;
use crate::ids::{CaseId, InvitationId, OrganizationId, PartnerId};
use crate::invitation::{InvitationAccepted, InvitationEvent, InvitationIssued};
use crate::notification::Notification;
use crate::organization::MemberRole;
use crate::personal::Personal;
use crate::values::{EmailAddress, Language, Name};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct InvitePerson;

/// The mail of an invitation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvitationMail {
    /// What it is for; orders of older servers did not say it.
    #[serde(default = "unsaid")]
    pub notification: Notification,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// Name of the person, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal<Name>>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Which of the invitation's mails.
    pub generation: u32,
    /// When the invitation expires.
    pub expires_at: Timestamp,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
}

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum InvitationTask {
    /// Send the mail.
    SendInvitation {
        /// The mail.
        mail: Box<InvitationMail>,
    },
    /// End the invitation when nobody has accepted it.
    ExpireInvitation {
        /// The invitation.
        invitation_id: InvitationId,
        /// The mail after which the time runs.
        generation: u32,
        /// When.
        due_at: Timestamp,
    },
    /// Tell the case that its invitation is sent.
    TellCase {
        /// The case.
        case_id: CaseId,
        /// Whose case it is.
        partner_id: PartnerId,
    },
    /// Make the person a member.
    AddMember {
        /// The acceptance.
        accepted: Box<InvitationAccepted>,
    },
}

impl InvitationTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SendInvitation { .. } => "send_invitation",
            Self::ExpireInvitation { .. } => "expire_invitation",
            Self::TellCase { .. } => "tell_case",
            Self::AddMember { .. } => "add_member",
        }
    }

    /// Returns the moment before which it is not begun.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::ExpireInvitation { due_at, .. } => Some(*due_at),
            Self::SendInvitation { .. } | Self::TellCase { .. } | Self::AddMember { .. } => None,
        }
    }
}

impl Process for InvitePerson {
    const NAME: &'static str = "invite_person";
    const EVENTS: &'static [&'static str] = InvitationEvent::NAMES;

    type State = Option<Box<InvitationIssued>>;
    type Event = InvitationEvent;
    type Task = InvitationTask;

    fn react(state: Self::State, event: &InvitationEvent) -> Reaction<Self::State, InvitationTask> {
        let mut issued = match (state, event) {
            (None, InvitationEvent::Issued(issued)) => {
                let tasks = mailed(issued);
                return Reaction::next(Some(issued.clone()), tasks);
            }
            (None, _) => return Reaction::finished(),
            (Some(issued), _) => issued,
        };
        let tasks = match event {
            InvitationEvent::Issued(_) | InvitationEvent::TermsAccepted(_) => vec![],
            InvitationEvent::Resent(resent) => {
                issued.generation = resent.generation;
                issued.expires_at = resent.expires_at;
                mailed(&issued)
            }
            InvitationEvent::Redirected(redirected) => {
                issued.generation = redirected.generation;
                issued.expires_at = redirected.expires_at;
                issued.name = Some(redirected.name.clone());
                issued.email = redirected.email.clone();
                mailed(&issued)
            }
            // However it goes on, the organization is there: the case does not wait for a mail that comes too late.
            // One that has expired can be sent again.
            InvitationEvent::Sent(_) | InvitationEvent::Expired(_) => {
                tell_case(&issued).into_iter().collect()
            }
            InvitationEvent::Revoked(_) => {
                return Reaction { state: None, tasks: tell_case(&issued).into_iter().collect() };
            }
            InvitationEvent::Accepted(accepted) => {
                let task = InvitationTask::AddMember { accepted: accepted.clone() };
                let tasks = tell_case(&issued).into_iter().chain([task]).collect();
                return Reaction { state: None, tasks };
            }
        };
        Reaction::next(Some(issued), tasks)
    }
}

fn unsaid() -> Notification {
    Notification::CustomerReady
}

fn notification(issued: &InvitationIssued) -> Notification {
    if let Some(notification) = issued.notification {
        return notification;
    }
    match (issued.case_id, issued.customer_id, issued.role) {
        (Some(_), _, _) => Notification::CaseReady,
        (None, Some(_), MemberRole::OrgAdmin) => Notification::CustomerReady,
        (None, Some(_) | None, MemberRole::OrgUser) | (None, None, MemberRole::OrgAdmin) => {
            Notification::UserInvited
        }
    }
}

fn mailed(issued: &InvitationIssued) -> Vec<InvitationTask> {
    let mail = InvitationMail {
        notification: notification(issued),
        invitation_id: issued.invitation_id,
        organization_id: issued.organization_id,
        organization_name: issued.organization_name.clone(),
        name: issued.name.clone(),
        email: issued.email.clone(),
        generation: issued.generation,
        expires_at: issued.expires_at,
        brand_name: issued.brand_name.clone(),
        language: issued.language.clone(),
    };
    let (invitation_id, generation, due_at) = (issued.invitation_id, issued.generation, issued.expires_at);
    vec![
        InvitationTask::SendInvitation { mail: Box::new(mail) },
        InvitationTask::ExpireInvitation { invitation_id, generation, due_at },
    ]
}

fn tell_case(issued: &InvitationIssued) -> Option<InvitationTask> {
    let case = issued.case_id.zip(issued.partner_id);
    case.map(|(case_id, partner_id)| InvitationTask::TellCase { case_id, partner_id })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::PersonId;

    /// The invitation of an administrator of a customer's organization.
    fn issued(notification: Option<Notification>) -> InvitationEvent {
        let uuid = Uuid::from_u128;
        let email = "ann@works.example".parse().expect("is an address");
        Box::new(InvitationIssued {
            invitation_id: InvitationId::from_uuid(uuid(1)),
            organization_id: OrganizationId::from_uuid(uuid(2)),
            organization_name: "Example Works".parse().expect("is a name"),
            partner_id: Some(PartnerId::from_uuid(uuid(3))),
            customer_id: Some(crate::ids::CustomerId::from_uuid(uuid(4))),
            case_id: None,
            name: None,
            email: Personal::open(PersonId::from_uuid(uuid(5)), email),
            role: MemberRole::OrgAdmin,
            notification,
            brand_name: "Example Voice".parse().expect("is a name"),
            language: "de".parse().expect("is a language"),
            generation: 1,
            expires_at: Timestamp::UNIX_EPOCH,
        })
        .into()
    }

    fn mail_of(event: &InvitationEvent) -> Notification {
        let Reaction { tasks, .. } = InvitePerson::react(None, event);
        let Some(InvitationTask::SendInvitation { mail }) = tasks.first() else { panic!("it is mailed") };
        mail.notification
    }

    #[test]
    fn an_administrator_whom_a_partner_invites_is_an_invited_user_and_no_new_customers() {
        assert_eq!(mail_of(&issued(None)), Notification::CustomerReady);
        assert_eq!(mail_of(&issued(Some(Notification::UserInvited))), Notification::UserInvited);
    }
}

//! The list of mails: what there is a mail for, who gets it, and who never does. There is no other mail.
//!
//! What a mail says is for the root package.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::personal::Personal;
use crate::process::attach_organization::AdministratorMail;
use crate::process::invite_person::InvitationMail;
use crate::process::settle_subscriber::MoveMail;
use crate::values::EmailAddress;

/// What there is a mail for. An automatic attach is not among it: nobody hears of one (R78).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notification {
    /// The organization of a case is ready: its ID and the link (R16–R18).
    CaseReady,
    /// The organization of a new customer is ready: an invitation.
    CustomerReady,
    /// A person is invited to an organization (R24).
    UserInvited,
    /// An attach needs consent; also the reminders of it, and each time it is sent again (R73, R85).
    ConsentNeeded,
    /// A partner asks for full access (R82).
    FullAccessAsked,
    /// A subscriber belongs to another organization and must move.
    MoveAsked,
}

/// Who gets a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The partner's user who opened the case, or to whom the invitation was redirected (R16).
    PrimaryContact,
    /// The administrator whom the partner named for a new customer.
    CustomerAdministrator,
    /// Who is invited.
    InvitedPerson,
    /// Each administrator of the organization.
    OrganizationAdministrators,
    /// The person behind a subscriber.
    SubscribedPerson,
}

/// Somebody who is near, and gets no mail of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bystander {
    /// The contact in the details of a case (R14).
    IndicativeContact,
    /// The users of the organization who do not administer it (R78).
    OrganizationUsers,
}

impl Notification {
    /// The whole list.
    pub const ALL: [Self; 6] = [
        Self::CaseReady,
        Self::CustomerReady,
        Self::UserInvited,
        Self::ConsentNeeded,
        Self::FullAccessAsked,
        Self::MoveAsked,
    ];

    /// Returns the name of its mails on the wire and in the outbox; invitations share one.
    pub fn kind(self) -> &'static str {
        match self {
            Self::CaseReady | Self::CustomerReady | Self::UserInvited => "invitation",
            Self::ConsentNeeded => "consent",
            Self::FullAccessAsked => "full_access",
            Self::MoveAsked => "consent_move",
        }
    }

    /// Returns who gets it.
    pub fn recipient(self) -> Recipient {
        match self {
            Self::CaseReady => Recipient::PrimaryContact,
            Self::CustomerReady => Recipient::CustomerAdministrator,
            Self::UserInvited => Recipient::InvitedPerson,
            Self::ConsentNeeded | Self::FullAccessAsked => Recipient::OrganizationAdministrators,
            Self::MoveAsked => Recipient::SubscribedPerson,
        }
    }

    /// Returns who never gets it, though near.
    pub fn never_to(self) -> &'static [Bystander] {
        match self {
            Self::CaseReady => &[Bystander::IndicativeContact],
            Self::CustomerReady | Self::UserInvited | Self::MoveAsked => &[],
            Self::ConsentNeeded | Self::FullAccessAsked => &[Bystander::OrganizationUsers],
        }
    }
}

/// A mail that is to be sent: one of the list, with whom it is for. The outside takes mails in this form only.
#[derive(Debug, Clone, Copy)]
pub enum Notice<'a> {
    /// An invitation to an organization.
    Invitation(&'a InvitationMail),
    /// The question whether a partner may attach the organization.
    Consent(&'a AdministratorMail),
    /// The request of a partner for full access.
    FullAccess(&'a AdministratorMail),
    /// The question whether a person moves.
    Move(&'a MoveMail),
}

impl Notice<'_> {
    /// Returns its place in the list.
    pub fn notification(&self) -> Notification {
        match self {
            Self::Invitation(mail) => mail.notification,
            Self::Consent(_) => Notification::ConsentNeeded,
            Self::FullAccess(_) => Notification::FullAccessAsked,
            Self::Move(_) => Notification::MoveAsked,
        }
    }

    /// Returns the address of the one person whom it is for.
    pub fn recipient(&self) -> &Personal<EmailAddress> {
        match self {
            Self::Invitation(mail) => &mail.email,
            Self::Consent(mail) | Self::FullAccess(mail) => &mail.email,
            Self::Move(mail) => &mail.email,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_indicative_contact_of_a_case_is_on_no_list() {
        for notification in Notification::ALL {
            let to_contact = notification.recipient() == Recipient::PrimaryContact;
            let never = notification.never_to().contains(&Bystander::IndicativeContact);
            assert_eq!(to_contact, never, "R14: {notification:?}");
        }
    }
}

//! What an invitation can be asked.

use crate::ids::{CaseId, CredentialId, CustomerId, InvitationId, OrganizationId, PartnerId, PersonId};
use crate::notification::Notification;
use crate::organization::MemberRole;
use crate::personal::Personal;
use crate::values::{EmailAddress, Language, Name};

/// An invitation to be issued, by a process.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The ID of the new invitation.
    pub id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// The partner for whom; `None` where the organization invites.
    pub partner_id: Option<PartnerId>,
    /// The customer that has the organization, of that partner.
    pub customer_id: Option<CustomerId>,
    /// The case that asked for the organization, if one did.
    pub case_id: Option<CaseId>,
    /// Name of the invited person, where it is known.
    pub name: Option<Personal<Name>>,
    /// E-mail address of the invited person.
    pub email: Personal<EmailAddress>,
    /// What the person becomes.
    pub role: MemberRole,
    /// Which mail of the list it is, where that does not follow from the rest.
    pub notification: Option<Notification>,
    /// The name that the mail carries (R48).
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// An acceptance, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Accept {
    /// The token's generation; its signature is checked before.
    pub generation: u32,
    /// The invited person.
    pub person: PersonId,
    /// Given name of the person.
    pub given_name: Name,
    /// Family name of the person.
    pub family_name: Name,
    /// The IDs of the terms that the person accepts.
    pub accepted_terms: Vec<String>,
    /// Under which the password is kept.
    pub credential_id: CredentialId,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// A command to an invitation. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum InvitationCommand {
    /// Issues it.
    Issue(Box<Issue>),
    /// Reports that its mail was handed over.
    RecordSent {
        /// Which of its mails.
        generation: u32,
    },
    /// See [`ResendInvitation`](super::ResendInvitation).
    Resend {
        /// Who asks; `None` for somebody of the organization itself.
        partner_id: Option<PartnerId>,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// See [`RevokeInvitation`](super::RevokeInvitation).
    Revoke {
        /// Who asks; `None` for somebody of the organization itself.
        partner_id: Option<PartnerId>,
    },
    /// Takes it back for a process, if anybody could still accept it: a case that was deactivated, a customer that is
    /// gone, a person who is erased.
    Withdraw,
    /// See [`RedirectInvitation`](super::RedirectInvitation).
    Redirect {
        /// Who asks.
        partner_id: PartnerId,
        /// Name of the new person.
        name: Personal<Name>,
        /// E-mail address of the new person.
        email: Personal<EmailAddress>,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Ends it, once it is due.
    Expire {
        /// Which of its mails was due.
        generation: u32,
    },
    /// See [`AcceptInvitation`](super::AcceptInvitation).
    Accept(Box<Accept>),
}

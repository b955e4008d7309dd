//! What happened to an invitation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CaseId, CredentialId, CustomerId, InvitationId, OrganizationId, PartnerId};
use crate::notification::Notification;
use crate::organization::MemberRole;
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::terms::AcceptedTerms;
use crate::values::{EmailAddress, Language, Name};

/// An invitation was issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationIssued {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// The partner for whom; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The customer that has the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The case that asked for the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// Name of the invited person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal<Name>>,
    /// E-mail address of the invited person.
    pub email: Personal<EmailAddress>,
    /// What the person becomes.
    pub role: MemberRole,
    /// Which mail of the list it is, where that does not follow from the rest: somebody of the partner invites a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification>,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
    /// Which of its mails this is about; only the last one's token is valid.
    pub generation: u32,
    /// When it expires.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// The mail of an invitation was handed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationSent {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// Which of its mails.
    pub generation: u32,
}

/// An invitation is sent again; the token sent before is void.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationResent {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// Which of its mails.
    pub generation: u32,
    /// When it expires now.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// An invitation goes to another person; the token sent before is void.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationRedirected {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// Name of the new person.
    pub name: Personal<Name>,
    /// E-mail address of the new person.
    pub email: Personal<EmailAddress>,
    /// Which of its mails.
    pub generation: u32,
    /// When it expires now.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// An invitation was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationRevoked {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
}

/// An invitation expired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationExpired {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// Which of its mails was the last.
    pub generation: u32,
}

/// The invited person accepted the terms (R21).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermsAccepted {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The documents, each in the version that was accepted.
    pub accepted: Vec<AcceptedTerms>,
}

/// The invited person accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationAccepted {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The customer that has the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The partner for whom it was issued; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// Given name of the person.
    pub given_name: Personal<Name>,
    /// Family name of the person.
    pub family_name: Personal<Name>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// What the person becomes.
    pub role: MemberRole,
    /// Under which the password is kept.
    pub credential_id: CredentialId,
}

impl PersonalSlots for InvitationIssued {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(name) = &mut self.name {
            visit(name);
        }
        visit(&mut self.email);
    }
}

impl PersonalSlots for InvitationRedirected {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.name);
        visit(&mut self.email);
    }
}

impl PersonalSlots for InvitationAccepted {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.given_name);
        visit(&mut self.family_name);
        visit(&mut self.email);
    }
}

impl PersonalSlots for InvitationSent {}
impl PersonalSlots for InvitationResent {}
impl PersonalSlots for InvitationRevoked {}
impl PersonalSlots for InvitationExpired {}
impl PersonalSlots for TermsAccepted {}

crate::events! {
    /// The events of an invitation.
    pub enum InvitationEvent {
        /// See [`InvitationIssued`].
        Issued(Box<InvitationIssued>) = "invitation.issued", "1";
        /// See [`InvitationSent`].
        Sent(InvitationSent) = "invitation.sent", "1";
        /// See [`InvitationResent`].
        Resent(InvitationResent) = "invitation.resent", "1";
        /// See [`InvitationRedirected`].
        Redirected(InvitationRedirected) = "invitation.redirected", "1";
        /// See [`InvitationRevoked`].
        Revoked(InvitationRevoked) = "invitation.revoked", "1";
        /// See [`InvitationExpired`].
        Expired(InvitationExpired) = "invitation.expired", "1";
        /// See [`TermsAccepted`].
        TermsAccepted(TermsAccepted) = "invitation.terms_accepted", "2";
        /// See [`InvitationAccepted`].
        Accepted(Box<InvitationAccepted>) = "invitation.accepted", "1";
    }
}

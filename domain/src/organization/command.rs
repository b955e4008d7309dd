//! What an organization can be asked.

use super::{License, LicenseState, Manage, MemberRole, OrganizationRegistered};
use crate::catalogue::Package;
use crate::ids::{
    CredentialId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, SubscriberId, UserId,
};
use crate::personal::Personal;
use crate::template::Authentication;
use crate::values::{Country, DomainName, EmailAddress, Language, Name};

/// An organization that the platform created.
#[derive(Debug, Clone)]
pub struct Create {
    /// The ID of the new organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails.
    pub language: Option<Language>,
    /// The partner for which it was created.
    pub created_by: PartnerId,
    /// The customer for which it was created.
    pub customer_id: CustomerId,
    /// How its users sign in.
    pub authentication: Option<Authentication>,
}

/// A person to become a member.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// The member.
    pub user_id: UserId,
    /// What the member may be.
    pub role: MemberRole,
    /// E-mail address.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address.
    pub email_hash: String,
    /// Given name.
    pub given_name: Option<Personal<Name>>,
    /// Family name.
    pub family_name: Option<Personal<Name>>,
    /// Under which the password is kept.
    pub credential_id: Option<CredentialId>,
}

/// A partner's attempt to attach the organization.
#[derive(Debug, Clone)]
pub struct Reserve {
    /// The customer that the partner asked for.
    pub customer_id: CustomerId,
    /// The partner.
    pub partner_id: PartnerId,
    /// Name of the partner.
    pub partner_name: Name,
    /// The work.
    pub operation_id: OperationId,
    /// Whether the template lets administrators be asked.
    pub may_ask: bool,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Language of mails.
    pub language: Language,
    /// Now, in microseconds.
    pub now_us: i64,
    /// How long a request for consent waits for an answer, in microseconds (D5).
    pub valid_us: i64,
}

/// A command to an organization. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum OrganizationCommand {
    /// Records that the platform created the organization.
    Create(Box<Create>),
    /// Enters an organization that exists already.
    Register(Box<OrganizationRegistered>),
    /// Records a license (R80).
    SetLicense(License),
    /// Suspends or resumes the licenses that a customer brought, of some packages; those that were cancelled stay so.
    SetLicenseState {
        /// The customer.
        customer_id: CustomerId,
        /// The packages.
        packages: Vec<Package>,
        /// Whether they can be used.
        state: LicenseState,
    },
    /// Records that the platform provisioned a license; one that is suspended stays so.
    ProvisionLicense(License),
    /// Cancels the license that a customer brought; again, or without one, changes nothing.
    CancelLicense {
        /// The customer.
        customer_id: CustomerId,
        /// The package.
        package: Package,
        /// Only this license.
        license_id: Option<String>,
    },
    /// Ends what the organization is to a partner through a customer; again changes nothing.
    Release {
        /// The customer.
        customer_id: CustomerId,
        /// The partner.
        partner_id: PartnerId,
    },
    /// Records that a domain, which is reserved for the organization, is verified (R75).
    VerifyDomain {
        /// The domain.
        domain: DomainName,
    },
    /// Claims a verified domain (R76).
    ClaimDomain {
        /// The domain.
        domain: DomainName,
    },
    /// Adds members.
    AddMembers {
        /// The members.
        members: Vec<NewMember>,
        /// How many users there are in all, where it is known.
        user_count: Option<u32>,
        /// The invitation that they accepted, if they did.
        invitation_id: Option<InvitationId>,
    },
    /// Makes a subscriber of a customer a member, with its provisioning; whoever is one stays as before.
    Settle {
        /// The subscriber.
        subscriber_id: SubscriberId,
        /// The member.
        member: Box<NewMember>,
    },
    /// Ends the membership that a subscriber brought, with its removal; without one changes nothing.
    Unsettle {
        /// The subscriber.
        subscriber_id: SubscriberId,
    },
    /// Lets a member go who has moved to another organization; its last administrator stays.
    Depart {
        /// Keyed hash of the member's address.
        email_hash: String,
    },
    /// Something about its people, its projects and app IDs, or its settings.
    Manage(Box<Manage>),
    /// Something about an attach or a partner's access.
    Attach(AttachCommand),
}

/// A command about an attach or a partner's access.
#[derive(Debug, Clone)]
pub enum AttachCommand {
    /// Reserves the organization, assesses it, and goes as far as that allows.
    Reserve(Box<Reserve>),
    /// Records that a mail about the request was handed over.
    RecordMailed {
        /// The work.
        operation_id: OperationId,
        /// Who gets it.
        administrator: UserId,
        /// Which round of mails.
        mailing: u32,
    },
    /// Reminds the administrators, by a timer.
    Remind {
        /// The work.
        operation_id: OperationId,
        /// Which reminder, from 1.
        reminder: u32,
        /// Now, in microseconds: nobody is reminded of a request that is past its end.
        now_us: i64,
    },
    /// Ends the request without an answer, by a timer.
    Expire {
        /// The work.
        operation_id: OperationId,
    },
    /// Sends the request again, for the partner.
    Resend {
        /// The customer.
        customer_id: CustomerId,
        /// The partner.
        partner_id: PartnerId,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Takes the request back, for the partner.
    Withdraw {
        /// The customer.
        customer_id: CustomerId,
        /// The partner.
        partner_id: PartnerId,
    },
    /// Consents or declines, for an administrator.
    Answer {
        /// The customer.
        customer_id: CustomerId,
        /// The request's work, where the answer came by a mail's token.
        operation_id: Option<OperationId>,
        /// The administrator, where it is a person.
        administrator: Option<UserId>,
        /// Whether the administrator consents.
        consents: bool,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Makes a partner an external administrator with full rights (R83).
    AddExternalAdmin {
        /// The partner.
        partner_id: PartnerId,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Takes a partner's access back.
    RevokeGrant {
        /// The partner.
        partner_id: PartnerId,
    },
    /// Asks for full access, for a partner (R82).
    RequestFullAccess {
        /// The partner.
        partner_id: PartnerId,
        /// Name of the partner.
        partner_name: Name,
        /// The name that mails carry.
        brand_name: Name,
        /// Language of mails.
        language: Language,
        /// Now, in microseconds.
        now_us: i64,
    },
}

impl From<AttachCommand> for OrganizationCommand {
    fn from(command: AttachCommand) -> Self {
        Self::Attach(command)
    }
}

impl From<Manage> for OrganizationCommand {
    fn from(command: Manage) -> Self {
        Self::Manage(Box::new(command))
    }
}

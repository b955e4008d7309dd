//! What happened to an organization on its way to become a partner's customer.
//!
//! Each names the attach that it belongs to by customer, partner and operation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Assessment, Criterion, Grant};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, UserId};
use crate::personal::PersonalSlots;
use crate::template::Authentication;
use crate::values::{Language, Name};

/// Which attach an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttachRef {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The customer that the partner asked for.
    pub customer_id: CustomerId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The work.
    pub operation_id: OperationId,
}

macro_rules! attach_events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// The attach.
            #[serde(flatten)]
            pub attach: AttachRef,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl PersonalSlots for $name {}
    )*};
}

attach_events! {
    /// The organization is reserved for one attach at a time.
    AttachReserved {
        /// Name of the partner, for its administrators.
        partner_name: Name,
        /// Whether the template lets administrators be asked (R85).
        may_ask: bool,
        /// The name that mails carry (R48).
        brand_name: Name,
        /// Language of mails.
        language: Language,
    }

    /// The attach was assessed on the organization's own state; all criteria are recorded (D2).
    AttachAssessed {
        /// What was found.
        assessment: Assessment,
    }

    /// The attach may go on.
    AttachApproved {}

    /// The attach may not go on.
    AttachRefused {
        /// The stable code of the reason.
        code: String,
        /// The reason.
        reason: String,
    }

    /// The organization's administrators are asked (R73).
    ConsentRequested {
        /// Why.
        criteria: Vec<Criterion>,
        /// Who is asked.
        administrators: Vec<UserId>,
        /// Which round of mails this is, from 1; tokens of earlier rounds stay valid.
        mailing: u32,
        /// When the request was made.
        #[schema(value_type = String, format = DateTime)]
        requested_at: Timestamp,
        /// When the request ends without an answer (D5).
        #[schema(value_type = String, format = DateTime)]
        expires_at: Timestamp,
    }

    /// A mail about the request was handed over.
    ConsentMailed {
        /// Who gets it.
        administrator: UserId,
        /// Which round of mails.
        mailing: u32,
    }

    /// The administrators are reminded.
    ConsentReminded {
        /// Which reminder, from 1.
        reminder: u32,
        /// Who is asked.
        administrators: Vec<UserId>,
        /// Which round of mails.
        mailing: u32,
    }

    /// The partner had the request sent again.
    ConsentResent {
        /// Who is asked.
        administrators: Vec<UserId>,
        /// Which round of mails.
        mailing: u32,
    }

    /// An administrator consented.
    ConsentGranted {
        /// Who.
        administrator: Option<UserId>,
    }

    /// An administrator declined.
    ConsentDeclined {
        /// Who.
        administrator: Option<UserId>,
        /// When, for the pause before the next request (D5).
        #[schema(value_type = String, format = DateTime)]
        declined_at: Timestamp,
    }

    /// Nobody answered in time.
    ConsentExpired {}

    /// The partner was given full access meanwhile, so nobody needs to answer.
    ConsentSuperseded {}

    /// The partner took its request back.
    AttachWithdrawn {}

    /// The organization is the partner's customer; nothing of what it had changed (R107–R109, R112).
    OrganizationAttached {
        /// Its name, as before.
        name: Name,
        /// How many licenses it had, and keeps.
        licenses: u32,
        /// How its users sign in, as before.
        authentication: Option<Authentication>,
        /// Whether it has branding of its own (R110).
        basic_branding: bool,
    }
}

/// A partner was given access.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantGiven {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The access that it has from now on.
    pub grant: Grant,
    /// The customer whose attach brings it, with which it goes; absent where an administrator gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
}

/// The organization is not a partner's customer any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerReleased {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The customer that it was.
    pub customer_id: CustomerId,
}

/// A partner's access was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantRevoked {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner.
    pub partner_id: PartnerId,
}

/// Administrators are no longer restricted by a partner (R113).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestrictedModeDisabled {
    /// The organization.
    pub organization_id: OrganizationId,
}

/// A partner asks for full access (R82).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FullAccessRequested {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner.
    pub partner_id: PartnerId,
    /// Name of the partner.
    pub partner_name: Name,
    /// Who is asked.
    pub administrators: Vec<UserId>,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Language of mails.
    pub language: Language,
    /// When, for the pause before the next request.
    #[schema(value_type = String, format = DateTime)]
    pub requested_at: Timestamp,
}

impl PersonalSlots for GrantGiven {}
impl PersonalSlots for GrantRevoked {}
impl PersonalSlots for CustomerReleased {}
impl PersonalSlots for RestrictedModeDisabled {}
impl PersonalSlots for FullAccessRequested {}

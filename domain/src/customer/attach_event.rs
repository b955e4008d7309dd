//! What happened to a customer on its way to an organization that exists already.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CallingLocation;
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, TemplateId};
use crate::organization::Assessment;
use crate::personal::PersonalSlots;
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, ExternalId, Name, TimeZone};

/// A customer with an organization that exists already was asked for (R86).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerAttachRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Name of the partner, for the organization's administrators.
    pub partner_name: Name,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The partner's own ID of the customer.
    pub external_id: ExternalId,
    /// Name of the organization (R112).
    pub name: Name,
    /// The partner's own name for the customer (D17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// Address of the head office.
    pub address: Address,
    /// Its packages, base packages before add-ons.
    pub packages: Vec<Package>,
    /// How often each package may be assigned at most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Package, u32>,
    /// The place to call from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<CallingLocation>,
    /// The time zone of the meeting site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_timezone: Option<TimeZone>,
    /// The partner's word on the head office; absent when it was not given (R101, D14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<bool>,
    /// The template.
    pub template_id: TemplateId,
    /// The template's provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The template's settings at that moment.
    pub settings: Settings,
    /// What was found before the request was taken; the organization's own stream decides bindingly.
    pub assessment: Assessment,
}

/// The organization answered the request to attach it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttachAnswered {
    /// The customer.
    pub customer_id: CustomerId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
    /// The answer.
    pub answer: AttachAnswer,
}

/// What became of a request to attach an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "result", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AttachAnswer {
    /// It is attached.
    Approved {
        /// What the organization's own stream found; what it found when it was asked, where it consented.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<Assessment>,
    },
    /// Its administrators are asked.
    ConsentRequested {
        /// What the organization's own stream found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<Assessment>,
        /// When the request ends without an answer.
        #[serde(rename = "expiresAt")]
        #[schema(value_type = String, format = DateTime)]
        expires_at: Timestamp,
    },
    /// It may not be attached.
    Refused {
        /// The stable code of the reason.
        code: String,
        /// The reason.
        reason: String,
    },
    /// An administrator declined.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The partner took the request back; the customer is gone.
    Withdrawn,
}

impl PersonalSlots for CustomerAttachRequested {}
impl PersonalSlots for AttachAnswered {}

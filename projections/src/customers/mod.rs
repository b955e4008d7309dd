//! The customers of a partner.

mod fold;
mod status;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{AttachAnswer, CustomerEvent, Origin, PackageStatus, StepError};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CaseId, CustomerId, OrganizationId, PartnerId};
use tenantry_domain::organization::Assessment;
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::template::ProvisioningId;
use tenantry_domain::values::{Address, EmailAddress, ExternalId, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

pub use status::ShownStatus;
pub(crate) use status::{attach_error, errors_at_end};

/// The view; its key is the customer's ID.
#[derive(Debug)]
pub struct Customers;

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// Its ID.
    pub id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// The partner's own ID of it; absent for one from a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Name of the company.
    pub name: Name,
    /// The partner's own name for it, where it gave one (D17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// The ID of its organization, which exists once the platform has created it.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub status: ShownStatus,
    /// Its packages.
    pub packages: Vec<PackageRow>,
    /// How often each package may be assigned at most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Package, u32>,
    /// Address of the head office.
    pub address: Address,
    /// E-mail address of its administrator; absent where the organization was there before or comes from a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub primary_email: Option<Personal<EmailAddress>>,
    /// The case that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// Whether the organization keeps its basic branding under the partner's advanced one (R111).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub branding_override: bool,
    /// Whether the organization has access to its console, and the partner helps to administer it (D16).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub console_access: bool,
    /// How many subscribers have each package.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_use: BTreeMap<Package, u32>,
    /// When help with setting it up was asked for (R72).
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub setup_assist_requested_at: Option<i64>,
    /// How an attach was assessed (R74–R80): early at first, then bindingly by the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// What went wrong in the last work.
    pub errors: Vec<StepError>,
    /// How it came to be.
    pub origin: Origin,
    /// The provisioning ID of the template that it was created with.
    pub provisioning_id: ProvisioningId,
    /// When it was asked for.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

/// A package of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageRow {
    /// Its name.
    pub name: Package,
    /// How far it is.
    pub status: PackageStatus,
    /// The platform's names of its licenses.
    pub license_ids: Vec<String>,
    /// How often it may be assigned at most, as it was provisioned last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What the platform warned of.
    pub warnings: Vec<StepError>,
    /// Why it failed.
    pub errors: Vec<StepError>,
}

impl PersonalSlots for CustomerRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(email) = &mut self.primary_email {
            visit(email);
        }
    }
}

impl View for Customers {
    const NAME: &'static str = "customers";
    const VERSION: i32 = 2;
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;
    const SOURCE: Source = Source::Stream("customer");
    type Row = CustomerRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<CustomerRow>,
        recorded: &Recorded,
    ) -> Result<Option<CustomerRow>, FoldError> {
        let event = recorded.event::<CustomerEvent>()?;
        let mut row = match (row, &event) {
            (None, CustomerEvent::OrgRequested(body)) => {
                CustomerRow::created((**body).clone(), recorded.recorded_at)
            }
            (None, CustomerEvent::AttachRequested(body)) => {
                CustomerRow::attached((**body).clone(), recorded.recorded_at)
            }
            (None, CustomerEvent::Created(body)) => {
                CustomerRow::from_case((**body).clone(), recorded.recorded_at)
            }
            (Some(row), _) => row,
            (None, _) => return Err(recorded.row_missing()),
        };
        if is_gone(&event) {
            return Ok(None);
        }
        row.status = ShownStatus::after(&event).unwrap_or(row.status);
        if let Some(errors) = errors_at_end(&event) {
            row.errors = errors;
        }
        if let CustomerEvent::SetupAssistRequested(_) = event {
            row.setup_assist_requested_at = Some(recorded.recorded_at);
        }
        row.updated_at = recorded.recorded_at;
        row.sequence = recorded.sequence;
        row.fold_packages(event);
        Ok(Some(row))
    }
}

/// Tells whether there is no customer any more after the event; its history stays.
pub(crate) fn is_gone(event: &CustomerEvent) -> bool {
    matches!(event, CustomerEvent::Removed(_))
        || matches!(event, CustomerEvent::AttachAnswered(body) if body.answer == AttachAnswer::Withdrawn)
}

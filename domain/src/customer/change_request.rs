//! The requests to change a customer that exists, as callers write them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallingParameters, MeetingsParameters, Step};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId};
use crate::values::{Address, ExternalId, Name, Reason};

/// Changes a customer; what is left out stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCustomerOrg {
    /// The customer.
    pub customer_id: CustomerId,
    /// All packages that it is to have, each once: one that is left out is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 50)]
    pub packages: Option<Vec<Package>>,
    /// The partner's own ID of the customer, unique within the partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Address of the head office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// How often packages may be assigned at most; those that are not named stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<BTreeMap<Package, u32>>,
    /// The partner's own name for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// For calling packages; required with the first of them (R89).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<CallingParameters>,
    /// For meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<MeetingsParameters>,
}

/// Removes a customer: its packages and the partner's access go, the organization stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveCustomerOrg {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whether its subscribers go with it; without, a customer that has any is not removed.
    #[serde(default)]
    pub cascade: bool,
}

/// Does one failed step again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetryStep {
    /// The customer.
    pub customer_id: CustomerId,
    /// The step, as its operation names it.
    #[schema(value_type = String, max_length = 100, example = "provision_package:webex_calling")]
    pub step: Step,
}

/// Leaves out a step that failed or is still tried.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkipStep {
    /// The customer.
    pub customer_id: CustomerId,
    /// The step, as its operation names it.
    #[schema(value_type = String, max_length = 100, example = "provision_package:webex_calling")]
    pub step: Step,
    /// Why it is left out.
    pub reason: Reason,
}

/// Ends work on a customer before it is done; what is done stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelOperation {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work, which must be the one under way.
    pub operation_id: OperationId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Finds nothing against a customer that is like an entry of the screening list (D9).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClearScreening {
    /// The customer.
    pub customer_id: CustomerId,
}

/// Refuses a customer that is on the screening list, for good (D9).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefuseScreening {
    /// The customer.
    pub customer_id: CustomerId,
    /// Why; the partner sees it.
    pub reason: Reason,
}

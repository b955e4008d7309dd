//! What happened to a customer after it was made: screening, updates, removal, and what people did about steps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallingLocation, CustomerStatus, Step, StepError};
use crate::catalogue::Package;
use crate::ids::{
    CustomerId, LocationId, OperationId, OrganizationId, PartnerId, SubscriberId, SubscriptionId,
};
use crate::personal::PersonalSlots;
use crate::values::{Address, Country, ExternalId, Name, PhoneNumber, Reason, TimeZone};

/// The customer is on the screening list, and an operator has to look at it (D9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreeningStarted {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// The work that waits.
    pub operation_id: OperationId,
    /// Name of the customer.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The name on the list that it is like.
    pub listed_name: Name,
}

/// An operator found nothing against the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreeningCleared {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work that goes on.
    pub operation_id: OperationId,
}

/// An operator refused the customer; only removal is left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreeningRefused {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work that ends.
    pub operation_id: OperationId,
    /// Why.
    pub reason: Reason,
}

/// A change of the customer was asked for. What needs no platform holds at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerUpdateRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The partner's own ID of the customer from now on; absent where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The partner's own name for the customer from now on; absent where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// Address of the head office from now on; absent where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// All packages that it is to have, base packages before add-ons; where one step is done again, without those that
    /// failed and are left as they are.
    pub packages: Vec<Package>,
    /// How often each of them may be assigned at most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Package, u32>,
    /// The place to call from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<CallingLocation>,
    /// The time zone of the meeting site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_timezone: Option<TimeZone>,
    /// The packages that are provisioned: new ones, failed ones and those with another limit.
    pub provision: Vec<Package>,
    /// The packages that are removed.
    pub remove: Vec<Package>,
    /// The licenses of packages that change and are there already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub license_ids: BTreeMap<Package, Vec<String>>,
    /// The subscription that brought it about, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<SubscriptionChange>,
}

/// How a subscription changed what a customer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionChange {
    /// The subscription.
    pub id: SubscriptionId,
    /// How often each package is subscribed to; empty once it has ended.
    pub lines: BTreeMap<Package, u32>,
}

/// The customer does not have a package any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageRemoved {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The package.
    pub package: Package,
}

/// A package could not be removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageRemovalFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The package.
    pub package: Package,
    /// Why.
    pub error: StepError,
}

/// The customer is as the change asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerUpdated {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
}

/// Some of the change is done, some failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerUpdatedWithErrors {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
    /// Why some failed, in the order of the packages.
    pub errors: Vec<StepError>,
}

/// Nothing of the change that needed the platform is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerUpdateFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The status before the change, which the customer is back in.
    pub status: CustomerStatus,
    /// Why.
    pub errors: Vec<StepError>,
}

/// The removal of the customer was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRemovalRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Its organization, which stays.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The partner's own ID of the customer, which will be free again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Whether its subscribers go with it.
    pub cascade: bool,
    /// The packages that are removed first.
    pub remove: Vec<Package>,
    /// The licenses of those that are there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub license_ids: BTreeMap<Package, Vec<String>>,
}

/// The customer is gone; the organization stays, and so do the usage and the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRemoved {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
    /// The subscriptions that end with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subscription_ids: Vec<SubscriptionId>,
    /// The subscribers whose seats it takes with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subscriber_ids: Vec<SubscriberId>,
    /// The locations that are gone with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub location_ids: Vec<LocationId>,
    /// The numbers that are free again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<PhoneNumber>,
}

/// The customer could not be removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRemovalFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The status before, which the customer is back in.
    pub status: CustomerStatus,
    /// Why.
    pub errors: Vec<StepError>,
}

/// A step was left out by the partner. A package that the customer never had is not one of its packages any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepSkipped {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work that the step was part of.
    pub operation_id: OperationId,
    /// The step.
    pub step: Step,
    /// The licenses that the package had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub license_ids: Vec<String>,
    /// Why.
    pub reason: Reason,
}

/// The work was ended by the partner before it was done; how each step ended follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OperationCancelled {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl PersonalSlots for ScreeningStarted {}
impl PersonalSlots for ScreeningCleared {}
impl PersonalSlots for ScreeningRefused {}
impl PersonalSlots for CustomerUpdateRequested {}
impl PersonalSlots for PackageRemoved {}
impl PersonalSlots for PackageRemovalFailed {}
impl PersonalSlots for CustomerUpdated {}
impl PersonalSlots for CustomerUpdatedWithErrors {}
impl PersonalSlots for CustomerUpdateFailed {}
impl PersonalSlots for CustomerRemovalRequested {}
impl PersonalSlots for CustomerRemoved {}
impl PersonalSlots for CustomerRemovalFailed {}
impl PersonalSlots for StepSkipped {}
impl PersonalSlots for OperationCancelled {}

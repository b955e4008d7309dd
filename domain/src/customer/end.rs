//! How work on a customer ends.

use std::collections::BTreeSet;

use super::intervene::OWN_CODE;
use super::{
    CustomerEvent, CustomerProvisioned, CustomerProvisionedWithErrors, CustomerRemovalFailed, CustomerStatus,
    CustomerUpdateFailed, CustomerUpdated, CustomerUpdatedWithErrors, PackageFailed, PackageState,
    PackageStatus, ProvisioningFailed, Requested, StepError,
};
use crate::catalogue::Package;

/// The packages that subscribers have and that a removal which has failed has taken already: to be provisioned again.
pub(super) fn lost(requested: &Requested) -> Vec<CustomerEvent> {
    let over = !requested.packages.iter().any(PackageState::is_under_way);
    let failed =
        over && requested.status == CustomerStatus::Removing && !requested.package_errors().is_empty();
    let Some(operation_id) = requested.operation_id.filter(|_| failed) else { return vec![] };
    let held: BTreeSet<Package> =
        requested.places.seats.values().flat_map(|seat| seat.packages.iter().copied()).collect();
    let lost = held.into_iter().filter(|package| requested.package(*package).is_none());
    let error = StepError::new(OWN_CODE, "it was removed before the removal of the customer failed");
    let customer_id = requested.id;
    lost.map(|package| PackageFailed { customer_id, operation_id, package, error: error.clone() }.into())
        .collect()
}

/// The event that ends the work, once no package is under way any more (R93).
///
/// A removal without errors goes on: the organization is released next.
pub(super) fn end(requested: &Requested) -> Option<CustomerEvent> {
    let Requested { id: customer_id, organization_id, .. } = *requested;
    let operation_id = requested.operation_id?;
    if requested.packages.iter().any(PackageState::is_under_way) {
        return None;
    }
    let errors = requested.package_errors();
    let status = requested.before.unwrap_or(CustomerStatus::ProvisionedWithErrors);
    match requested.status {
        CustomerStatus::Updating => Some(match (errors.is_empty(), requested.worked) {
            (true, _) => CustomerUpdated { customer_id, organization_id, operation_id }.into(),
            (false, true) => {
                CustomerUpdatedWithErrors { customer_id, organization_id, operation_id, errors }.into()
            }
            (false, false) => CustomerUpdateFailed { customer_id, operation_id, status, errors }.into(),
        }),
        CustomerStatus::Removing => {
            // Nothing is wanted of what is being removed, but what was lost with it.
            let has_lost = requested.packages.iter().any(|state| state.wanted);
            let status = if has_lost { CustomerStatus::ProvisionedWithErrors } else { status };
            let failed =
                || CustomerRemovalFailed { customer_id, operation_id, status, errors: errors.clone() };
            (!errors.is_empty()).then(|| failed().into())
        }
        CustomerStatus::Requested
        | CustomerStatus::Screening
        | CustomerStatus::Assessing
        | CustomerStatus::AwaitingConsent
        | CustomerStatus::Provisioning
        | CustomerStatus::Provisioned
        | CustomerStatus::ProvisionedWithErrors
        | CustomerStatus::Failed
        | CustomerStatus::Removed => {
            let has_any = requested.packages.iter().any(|state| state.status == PackageStatus::Provisioned);
            Some(match (has_any, errors.is_empty()) {
                (_, true) if requested.organization_there => {
                    CustomerProvisioned { customer_id, organization_id, operation_id }.into()
                }
                (true, _) => {
                    CustomerProvisionedWithErrors { customer_id, organization_id, operation_id, errors }
                        .into()
                }
                (false, _) => ProvisioningFailed { customer_id, operation_id, errors }.into(),
            })
        }
    }
}

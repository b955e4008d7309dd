//! How work on a customer ends.

use super::{
    CustomerEvent, CustomerProvisioned, CustomerProvisionedWithErrors, CustomerRemovalFailed, CustomerStatus,
    CustomerUpdateFailed, CustomerUpdated, CustomerUpdatedWithErrors, PackageState, PackageStatus,
    ProvisioningFailed, Requested,
};

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

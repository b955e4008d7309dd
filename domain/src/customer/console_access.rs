//! Whether a partner gives a customer's organization access to its console, and so helps to administer it (R69, D16).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decide::Decision;
use super::{Customer, CustomerRefusal, Origin, Requested};
use crate::ids::{CustomerId, OrganizationId};
use crate::organization::ManageRefusal;
use crate::personal::PersonalSlots;

/// Says whether a customer's organization has access to its console; with it the partner may invite its users and
/// assign their roles.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetConsoleAccess {
    /// The customer; its organization was created for the partner.
    pub customer_id: CustomerId,
    /// Whether the organization has the access.
    pub console_access: bool,
}

/// Whether a customer's organization has access to its console was decided by the partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleAccessSet {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whether the organization has the access.
    pub console_access: bool,
}

impl PersonalSlots for ConsoleAccessSet {}

impl Customer {
    /// The customer, if its console is the partner's to give: what an organization that was there has not granted, no
    /// setting of the partner gives (R79, R81).
    pub(super) fn may_have_console(&self) -> Result<&Requested, CustomerRefusal> {
        let requested = self.existing()?;
        if requested.origin == Origin::Attached {
            return Err(CustomerRefusal::Organization(ManageRefusal::NoFullAccess.into()));
        }
        Ok(requested)
    }

    pub(super) fn set_console_access(&self, console_access: bool) -> Decision {
        let requested = self.may_have_console()?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        let changed = requested.console_access != console_access;
        let event = || ConsoleAccessSet { customer_id, organization_id, console_access }.into();
        Ok(changed.then(event).into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::Aggregate;

    use super::*;
    use crate::catalogue::Package;
    use crate::customer::CustomerCommand;
    use crate::customer::tests::create;
    use crate::refusal::Refusal;
    use crate::stream::Decide;

    fn created() -> Customer {
        let mut customer = Customer::default();
        let events = customer.decide(create(&[Package::WebexMeetings])).expect("is allowed");
        for event in events {
            customer.apply(event);
        }
        customer
    }

    #[test]
    fn r69_a_partner_gives_an_organization_that_was_made_for_it_the_console_once() {
        let mut customer = created();
        let set = CustomerCommand::SetConsoleAccess { console_access: true };
        let events = customer.decide(set.clone()).expect("is allowed");
        assert_eq!(events.len(), 1);
        for event in events {
            customer.apply(event);
        }
        assert_eq!(customer.decide(set), Ok(vec![]));
    }

    #[test]
    fn r79_the_console_of_an_attached_organization_is_not_the_partners_to_give() {
        let mut customer = created();
        customer.requested.as_mut().expect("it is there").origin = Origin::Attached;
        let refused = customer.set_console_access(true).expect_err("is refused");
        assert_eq!(refused.code(), "full_access_missing");
    }
}

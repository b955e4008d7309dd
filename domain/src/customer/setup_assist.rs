//! Help with setting a customer up (R72).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decide::Decision;
use super::{Asker, Customer, CustomerRefusal, Requested};
use crate::ids::{CustomerId, OrganizationId, PartnerId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::values::{EmailAddress, Name, Note};

/// Asks for help with setting a customer up, once for each customer; a second request changes nothing (R72).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestSetupAssist {
    /// The customer.
    pub customer_id: CustomerId,
    /// Who is to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<Name>,
    /// Where that person is written to.
    pub contact_email: EmailAddress,
    /// What whoever helps needs to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Note>,
}

/// A request for help, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Assist {
    /// Who is to be called.
    pub contact_name: Option<Personal<Name>>,
    /// Where that person is written to.
    pub contact_email: Personal<EmailAddress>,
    /// What whoever helps needs to know; people write names into it, so it is kept like one.
    pub notes: Option<Personal<Note>>,
    /// Who asks, and how.
    pub asker: Asker,
}

/// Help with setting a customer up was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetupAssistRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Who is to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<Personal<Name>>,
    /// Where that person is written to.
    pub contact_email: Personal<EmailAddress>,
    /// What whoever helps needs to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Personal<Note>>,
}

impl PersonalSlots for SetupAssistRequested {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(name) = &mut self.contact_name {
            visit(name);
        }
        visit(&mut self.contact_email);
        if let Some(notes) = &mut self.notes {
            visit(notes);
        }
    }
}

impl Customer {
    /// The customer, if help can be asked for now: the last step comes after the others.
    pub(super) fn may_be_assisted(&self, asker: Asker) -> Result<&Requested, CustomerRefusal> {
        self.may_have_places(asker)
    }

    pub(super) fn request_setup_assist(&self, request: Assist) -> Decision {
        let requested = self.may_be_assisted(request.asker)?;
        if requested.setup_assist_requested {
            return Ok(vec![]);
        }
        let Assist { contact_name, contact_email, notes, .. } = request;
        let assist = SetupAssistRequested {
            customer_id: requested.id,
            organization_id: requested.organization_id,
            partner_id: requested.partner_id,
            contact_name,
            contact_email,
            notes,
        };
        Ok(vec![Box::new(assist).into()])
    }
}

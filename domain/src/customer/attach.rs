//! What a customer decides on its way to an organization that exists already (R73–R105).

use super::decide::{Decision, active_template, check_equipment};
use super::{
    Attach, AttachAnswer, AttachAnswered, CreateFromCase, Customer, CustomerActivated,
    CustomerAttachRequested, CustomerCreated, CustomerEvent, CustomerRefusal, CustomerStatus, Equipment,
    Requested,
};
use crate::catalogue;
use crate::ids::OperationId;
use crate::organization::{Created, OrganizationRefusal};
use crate::role::Channel;

impl Requested {
    /// Tells early whether an attach that failed may be tried again, before the organization hears of it.
    pub(super) fn assess(&self, organization: Option<&Created>, now_us: i64) -> Result<(), CustomerRefusal> {
        let organization = organization.ok_or(OrganizationRefusal::NotFound)?;
        let may_ask = self.settings.allow_admin_invite_on_attach;
        organization.assess_for(self.partner_id, may_ask, now_us).map_err(OrganizationRefusal::from)?;
        Ok(())
    }
}

impl Customer {
    pub(super) fn attach(&self, request: Attach) -> Decision {
        if let Some(requested) = &self.requested {
            return Err(CustomerRefusal::AlreadyExists(requested.id));
        }
        let partner_name =
            request.partner_name.clone().ok_or(CustomerRefusal::PartnerSuspended(request.partner_id))?;
        let template = active_template(request.data.provisioning_id, request.template.as_ref())?.clone();
        check_equipment(&Equipment {
            packages: &request.data.packages,
            parameters: request.data.provisioning_parameters.as_ref(),
            address: &request.data.address,
            offered: &request.offered,
        })?;
        // R101, D14
        if request.channel == Channel::Hub && request.data.attestation != Some(true) {
            return Err(CustomerRefusal::AttestationMissing);
        }
        let organization = request.organization.as_ref().ok_or(OrganizationRefusal::NotFound)?;
        // R105 and the rest of the table, before anything is made (R74–R77).
        let assessment = organization
            .assess_for(request.partner_id, template.settings.allow_admin_invite_on_attach, request.now_us)
            .map_err(OrganizationRefusal::from)?;
        let name = organization.name.clone();
        let data = request.data;
        let parameters = data.provisioning_parameters.unwrap_or_default();
        Ok(vec![
            Box::new(CustomerAttachRequested {
                customer_id: request.id,
                partner_id: request.partner_id,
                partner_name,
                organization_id: data.organization_id,
                operation_id: request.operation_id,
                external_id: data.external_id,
                name,
                label: data.label,
                address: data.address,
                packages: catalogue::in_order(&data.packages),
                limits: parameters.packages.unwrap_or_default().limits,
                location: parameters.calling.map(|calling| calling.location),
                meetings_timezone: parameters.meetings.map(|meetings| meetings.timezone),
                attestation: data.attestation,
                template_id: template.template_id,
                provisioning_id: template.provisioning_id,
                settings: template.settings,
                assessment,
            })
            .into(),
        ])
    }

    /// An answer counts once: the request, and then the consent, if one is asked for.
    pub(super) fn record_attach(
        &self,
        operation_id: OperationId,
        answer: AttachAnswer,
    ) -> Vec<CustomerEvent> {
        let awaits = |status| match status {
            CustomerStatus::Assessing => true,
            CustomerStatus::AwaitingConsent => !matches!(answer, AttachAnswer::ConsentRequested { .. }),
            CustomerStatus::Requested
            | CustomerStatus::Screening
            | CustomerStatus::Provisioning
            | CustomerStatus::Provisioned
            | CustomerStatus::ProvisionedWithErrors
            | CustomerStatus::Updating
            | CustomerStatus::Failed
            | CustomerStatus::Removing
            | CustomerStatus::Removed => false,
        };
        let requested = self
            .requested
            .as_ref()
            .filter(|requested| requested.operation_id == Some(operation_id) && awaits(requested.status));
        let Some(requested) = requested else { return vec![] };
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        vec![AttachAnswered { customer_id, organization_id, operation_id, answer }.into()]
    }

    pub(super) fn create_from_case(&self, request: CreateFromCase) -> Decision {
        match &self.requested {
            Some(requested) if requested.organization_id == request.organization_id => return Ok(vec![]),
            Some(requested) => return Err(CustomerRefusal::AlreadyExists(requested.id)),
            None => {}
        }
        Ok(vec![
            Box::new(CustomerCreated {
                customer_id: request.id,
                partner_id: request.partner_id,
                organization_id: request.organization_id,
                case_id: request.case_id,
                name: request.name,
                address: request.address,
                template_id: request.template_id,
                provisioning_id: request.provisioning_id,
                settings: request.settings,
            })
            .into(),
        ])
    }

    /// D10; a customer that was created or attached is provisioned by its packages instead.
    pub(super) fn activate(&self) -> Vec<CustomerEvent> {
        let waits = self.requested.as_ref().filter(|requested| {
            requested.operation_id.is_none() && requested.status == CustomerStatus::Requested
        });
        let activated = waits.map(|requested| {
            let (customer_id, organization_id) = (requested.id, requested.organization_id);
            CustomerActivated { customer_id, organization_id }.into()
        });
        activated.into_iter().collect()
    }
}

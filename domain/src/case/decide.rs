//! What a case decides.

use super::{
    Case, CaseCommand, CaseCreated, CaseEvent, CaseLinked, CaseOrgFailed, CaseOrgReady, CaseOrgRequested,
    CaseRefusal, CaseStatus, Contact, Link, Open, Opened,
};
use crate::customer::{StepError, TemplateFacts, bounded_errors};
use crate::personal::Personal;
use crate::stream::Decide;

impl Decide for Case {
    fn decide(&self, command: CaseCommand) -> Result<Vec<CaseEvent>, CaseRefusal> {
        match command {
            CaseCommand::Open(request) => self.open(&request),
            CaseCommand::Link(link) => self.link(&link),
            CaseCommand::RecordOrgReady => Ok(self.awaiting().and_then(org_ready).into_iter().collect()),
            CaseCommand::RecordOrgFailed { operation_id, errors } => {
                let awaiting = self.awaiting().filter(|opened| opened.operation_id == Some(operation_id));
                Ok(awaiting.and_then(|opened| org_failed(opened, &errors)).into_iter().collect())
            }
            CaseCommand::Retry { operation_id } => self.existing()?.retry(operation_id),
            CaseCommand::Deactivate { reason } => self.existing()?.deactivate(reason),
            CaseCommand::Reopen { invitation_id, organization_active } => {
                self.existing()?.reopen(invitation_id, organization_active)
            }
            CaseCommand::Close { reason } => self.existing()?.close(reason),
            CaseCommand::RecordQuoting => {
                Ok(self.opened.as_ref().map(Opened::record_quoting).unwrap_or_default())
            }
            CaseCommand::RecordWon { quote_id } => {
                Ok(self.opened.as_ref().map(|opened| opened.record_won(quote_id)).unwrap_or_default())
            }
        }
    }
}

impl Case {
    fn open(&self, request: &Open) -> Result<Vec<CaseEvent>, CaseRefusal> {
        if let Some(opened) = &self.opened {
            return Err(CaseRefusal::AlreadyExists(opened.id));
        }
        if !request.partner_active {
            return Err(CaseRefusal::PartnerSuspended(request.partner_id));
        }
        if request.data.create_customer_org && request.data.customer.company_name.as_str().contains('%') {
            return Err(CaseRefusal::CompanyName);
        }
        let primary_contact = request.primary_contact.clone().ok_or(CaseRefusal::PrimaryContactMissing)?;
        let mut events = vec![CaseEvent::from(Box::new(created(request, &primary_contact)))];
        if request.data.create_customer_org {
            let template = active_template(request)?;
            events.push(Box::new(org_requested(request, template, primary_contact)).into());
        } else if request.data.provisioning_id.is_some() {
            return Err(CaseRefusal::TemplateWithoutOrg);
        }
        Ok(events)
    }

    fn existing(&self) -> Result<&Opened, CaseRefusal> {
        self.opened.as_ref().ok_or(CaseRefusal::NotFound)
    }

    fn link(&self, link: &Link) -> Result<Vec<CaseEvent>, CaseRefusal> {
        let linked = |opened: &Opened| {
            opened.organization_id == Some(link.organization_id) && opened.status == CaseStatus::OrgReady
        };
        if link.partner_active && self.opened.as_ref().is_some_and(linked) {
            return Ok(vec![]);
        }
        let opened = self.linkable(link.partner_active)?;
        let customer_id = link.customer_id.ok_or(CaseRefusal::NotACustomer(link.organization_id))?;
        let organization_id = link.organization_id;
        Ok(vec![CaseLinked { case_id: opened.id, organization_id, customer_id }.into()])
    }

    /// The case, if a report about its organization is awaited; repeated and late ones find none.
    fn awaiting(&self) -> Option<&Opened> {
        self.opened.as_ref().filter(|opened| opened.place() == CaseStatus::OrgRequested)
    }
}

fn org_ready(opened: &Opened) -> Option<CaseEvent> {
    let Opened { id: case_id, operation_id, organization_id, customer_id, .. } = *opened;
    Some(
        CaseOrgReady {
            case_id,
            operation_id: operation_id?,
            organization_id: organization_id?,
            customer_id: customer_id?,
        }
        .into(),
    )
}

fn org_failed(opened: &Opened, errors: &[StepError]) -> Option<CaseEvent> {
    let errors = bounded_errors(errors);
    Some(CaseOrgFailed { case_id: opened.id, operation_id: opened.operation_id?, errors }.into())
}

/// R34, D11: a new organization needs a template that is not retired.
fn active_template(request: &Open) -> Result<&TemplateFacts, CaseRefusal> {
    let named = request.data.provisioning_id;
    let fits = |template: &&TemplateFacts| named.is_none_or(|id| id == template.provisioning_id);
    let template = request.template.as_ref().filter(fits);
    let template = template.ok_or(CaseRefusal::Template { named, retired: false })?;
    if template.active { Ok(template) } else { Err(CaseRefusal::Template { named, retired: true }) }
}

fn created(request: &Open, primary_contact: &Contact) -> CaseCreated {
    let customer = &request.data.customer;
    let person = request.indicative;
    CaseCreated {
        case_id: request.id,
        partner_id: request.partner_id,
        company_name: customer.company_name.clone(),
        country: customer.country.clone(),
        address: customer.address.clone(),
        indicative_contact: Contact {
            name: Personal::open(person, customer.contact_name.clone()),
            email: Personal::open(person, customer.contact_email.clone()),
        },
        phone: customer.phone.clone().map(|phone| Personal::open(person, phone)),
        primary_contact: primary_contact.clone(),
    }
}

fn org_requested(request: &Open, template: &TemplateFacts, primary_contact: Contact) -> CaseOrgRequested {
    let customer = &request.data.customer;
    CaseOrgRequested {
        case_id: request.id,
        partner_id: request.partner_id,
        operation_id: request.operation_id,
        organization_id: request.organization_id,
        customer_id: request.customer_id,
        invitation_id: request.invitation_id,
        company_name: customer.company_name.clone(),
        address: customer.address.clone(),
        primary_contact,
        template_id: template.template_id,
        provisioning_id: template.provisioning_id,
        settings: template.settings.clone(),
    }
}

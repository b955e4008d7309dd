//! What a customer decides.

use cqrs_es::Aggregate;
use jiff::Timestamp;

use super::{
    CreateCustomerOrg, CreateOrg, Customer, CustomerCommand, CustomerEvent, CustomerInfo,
    CustomerOrgRequested, CustomerProvisioned, CustomerProvisionedWithErrors, CustomerRefusal, PackageFailed,
    PackageOutcome, PackageProvisioned, PackageStatus, PackageWarned, ProvisioningFailed,
    ProvisioningStarted, Requested, Step, StepError, StepOutcome, StepRetried, TemplateFacts, packages, step,
};
use crate::catalogue::{self, Package};
use crate::personal::Personal;
use crate::role::Channel;
use crate::stream::Decide;

impl Decide for Customer {
    fn decide(&self, command: CustomerCommand) -> Result<Vec<CustomerEvent>, CustomerRefusal> {
        match command {
            CustomerCommand::CreateOrg(request) => self.create_org(*request),
            CustomerCommand::RecordOrganization { outcome } => Ok(self.record_organization(outcome)),
            CustomerCommand::RecordPackage { package, outcome } => Ok(self.record_package(package, &outcome)),
            CustomerCommand::RecordAttempt { step, error, attempt, retry_at } => {
                Ok(self.record_attempt(step, &error, attempt, retry_at))
            }
        }
    }
}

impl Customer {
    fn create_org(&self, request: CreateOrg) -> Result<Vec<CustomerEvent>, CustomerRefusal> {
        if let Some(requested) = &self.requested {
            return Err(CustomerRefusal::AlreadyExists(requested.id));
        }
        check(&request)?;
        let template = active_template(&request)?.clone();
        Ok(vec![Box::new(org_requested(request, template)).into()])
    }

    /// The customer, if a report about the step is awaited; repeated and late ones find none.
    fn awaiting(&self, step: Step) -> Option<&Requested> {
        self.requested.as_ref().filter(|requested| requested.awaits(step))
    }

    fn record_organization(&self, outcome: StepOutcome) -> Vec<CustomerEvent> {
        let Some(requested) = self.awaiting(Step::CreateOrganization) else { return vec![] };
        let (customer_id, operation_id) = (requested.id, requested.operation_id);
        vec![match outcome {
            StepOutcome::Done { reference } => {
                let reference = step::bounded_reference(&reference);
                ProvisioningStarted { customer_id, operation_id, reference }.into()
            }
            StepOutcome::Failed { errors } => {
                let errors = step::bounded_errors(&errors);
                ProvisioningFailed { customer_id, operation_id, errors }.into()
            }
        }]
    }

    fn record_package(&self, package: Package, outcome: &PackageOutcome) -> Vec<CustomerEvent> {
        let Some(requested) = self.awaiting(Step::ProvisionPackage(package)) else { return vec![] };
        let mut events = package_events(requested, package, outcome);
        let mut after = self.clone();
        for event in &events {
            after.apply(event.clone());
        }
        events.extend(after.requested.as_ref().and_then(end));
        events
    }

    fn record_attempt(
        &self,
        step: Step,
        error: &StepError,
        attempt: u32,
        retry_at: i64,
    ) -> Vec<CustomerEvent> {
        let Some(requested) = self.awaiting(step) else { return vec![] };
        if attempt <= requested.attempts.get(&step).copied().unwrap_or(0) {
            return vec![];
        }
        let retried = StepRetried {
            customer_id: requested.id,
            operation_id: requested.operation_id,
            step,
            error: error.bounded(),
            attempt,
            // A moment beyond the calendar is as good as its end: a report is never refused.
            retry_at: Timestamp::from_microsecond(retry_at).unwrap_or(Timestamp::MAX),
        };
        vec![retried.into()]
    }
}

fn check(request: &CreateOrg) -> Result<(), CustomerRefusal> {
    let data = &request.data;
    if !request.partner_active {
        return Err(CustomerRefusal::PartnerSuspended(request.partner_id));
    }
    active_template(request)?;
    if data.customer_info.name.as_str().contains('%') {
        return Err(CustomerRefusal::CompanyName);
    }
    let parameters = data.provisioning_parameters.as_ref();
    let limits = parameters.and_then(|parameters| parameters.packages.as_ref());
    packages::check(&data.packages, &limits.map(|packages| packages.limits.clone()).unwrap_or_default())?;
    // R89
    if let Some(package) = data.packages.iter().find(|package| package.is_calling())
        && parameters.is_none_or(|parameters| parameters.calling.is_none())
    {
        return Err(CustomerRefusal::LocationMissing(*package));
    }
    // R64: where the head office is counts, not where the partner is.
    if !request.offered.includes(&data.address.country) {
        return Err(CustomerRefusal::CountryNotOffered(data.address.country.clone()));
    }
    // R59: a person sees the box; other channels may leave it out (D14).
    if request.channel == Channel::Hub && data.attestation != Some(true) {
        return Err(CustomerRefusal::AttestationMissing);
    }
    Ok(())
}

/// R34: a template must exist, and not be retired.
fn active_template(request: &CreateOrg) -> Result<&TemplateFacts, CustomerRefusal> {
    let id = request.data.provisioning_id;
    let template = request.template.as_ref().filter(|template| template.provisioning_id == id);
    let template = template.ok_or(CustomerRefusal::Template { id, retired: false })?;
    if template.active { Ok(template) } else { Err(CustomerRefusal::Template { id, retired: true }) }
}

fn org_requested(request: CreateOrg, template: TemplateFacts) -> CustomerOrgRequested {
    let CreateCustomerOrg { external_id, packages, address, customer_info, attestation, .. } = request.data;
    let CustomerInfo { name, primary_email, language } = customer_info;
    let parameters = request.data.provisioning_parameters.unwrap_or_default();
    CustomerOrgRequested {
        customer_id: request.id,
        partner_id: request.partner_id,
        organization_id: request.organization_id,
        operation_id: request.operation_id,
        external_id,
        name,
        address,
        primary_email: Personal::open(request.administrator, primary_email),
        language: language.unwrap_or_else(|| template.settings.language.clone()),
        packages: catalogue::in_order(&packages),
        limits: parameters.packages.unwrap_or_default().limits,
        location: parameters.calling.map(|calling| calling.location),
        meetings_timezone: parameters.meetings.map(|meetings| meetings.timezone),
        attestation,
        template_id: template.template_id,
        provisioning_id: template.provisioning_id,
        settings: template.settings,
    }
}

fn package_events(requested: &Requested, package: Package, outcome: &PackageOutcome) -> Vec<CustomerEvent> {
    let (customer_id, operation_id) = (requested.id, requested.operation_id);
    match outcome {
        PackageOutcome::Failed(error) => {
            vec![PackageFailed { customer_id, operation_id, package, error: error.bounded() }.into()]
        }
        PackageOutcome::Provisioned { license_ids, warnings } => {
            let license_ids = step::bounded_references(license_ids);
            let mut events =
                vec![PackageProvisioned { customer_id, operation_id, package, license_ids }.into()];
            if !warnings.is_empty() {
                let warnings = step::bounded_errors(warnings);
                events.push(PackageWarned { customer_id, operation_id, package, warnings }.into());
            }
            events
        }
    }
}

/// The event that ends the work, once no package is outstanding (R93).
fn end(requested: &Requested) -> Option<CustomerEvent> {
    let Requested { id: customer_id, organization_id, operation_id, .. } = *requested;
    let has = |status| requested.packages.iter().any(|state| state.status == status);
    if has(PackageStatus::Provisioning) {
        return None;
    }
    let errors: Vec<_> = requested.packages.iter().filter_map(|state| state.error.clone()).collect();
    Some(match (has(PackageStatus::Provisioned), errors.is_empty()) {
        (true, true) => CustomerProvisioned { customer_id, organization_id, operation_id }.into(),
        (true, false) => {
            CustomerProvisionedWithErrors { customer_id, organization_id, operation_id, errors }.into()
        }
        (false, _) => ProvisioningFailed { customer_id, operation_id, errors }.into(),
    })
}

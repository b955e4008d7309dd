//! What a customer decides.

use cqrs_es::Aggregate;
use jiff::Timestamp;

use super::{
    BrandingOverrideSet, CreateCustomerOrg, CreateOrg, Customer, CustomerCommand, CustomerEvent,
    CustomerInfo, CustomerOrgRequested, CustomerRefusal, OfferedCountries, PackageFailed, PackageOutcome,
    PackageProvisioned, PackageWarned, ProvisioningFailed, ProvisioningParameters, ProvisioningStarted,
    Requested, Step, StepError, StepOutcome, StepRetried, TemplateFacts, end, is_company_name, packages,
    step,
};
use crate::catalogue::{self, Package};
use crate::ids::{CustomerId, OperationId};
use crate::personal::Personal;
use crate::role::Channel;
use crate::stream::Decide;
use crate::template::ProvisioningId;
use crate::values::Address;

pub(super) type Decision = Result<Vec<CustomerEvent>, CustomerRefusal>;

impl Decide for Customer {
    fn decide(&self, command: CustomerCommand) -> Decision {
        match command {
            CustomerCommand::CreateOrg(request) => self.create_org(*request),
            CustomerCommand::Attach(request) => self.attach(*request),
            CustomerCommand::Retry(request) => self.retry(&request),
            CustomerCommand::SetBrandingOverride { overridden } => self.set_branding_override(overridden),
            CustomerCommand::SetConsoleAccess { console_access } => self.set_console_access(console_access),
            CustomerCommand::CreateFromCase(request) => self.create_from_case(*request),
            CustomerCommand::Activate => Ok(self.activate()),
            CustomerCommand::RecordAttach { operation_id, answer } => {
                Ok(self.record_attach(operation_id, answer))
            }
            CustomerCommand::RecordOrganization { operation_id, outcome } => {
                Ok(self.record_organization(operation_id, outcome))
            }
            CustomerCommand::RecordPackage { operation_id, package, outcome } => {
                Ok(self.record_package(operation_id, package, &outcome))
            }
            CustomerCommand::RecordAttempt { operation_id, step, error, attempt, retry_at } => {
                Ok(self.record_attempt(operation_id, step, &error, attempt, retry_at))
            }
            CustomerCommand::RecordScreening { operation_id, name, listed_name } => {
                Ok(self.record_screening(operation_id, name, listed_name))
            }
            CustomerCommand::RecordRemoval { operation_id, package, outcome } => {
                Ok(self.record_removal(operation_id, package, &outcome))
            }
            CustomerCommand::RecordReleased { operation_id } => Ok(self.record_released(operation_id)),
            CustomerCommand::Update(request) => self.update(*request),
            CustomerCommand::ApplySubscription(order) => self.apply_subscription(*order),
            CustomerCommand::EndSubscription { subscription_id, operation_id } => {
                self.end_subscription(subscription_id, operation_id)
            }
            CustomerCommand::Remove(request) => self.remove(&request),
            CustomerCommand::RetryStep { step, retry } => self.retry_step(step, &retry),
            CustomerCommand::SkipStep { step, reason, asker } => self.skip_step(step, reason, asker),
            CustomerCommand::Cancel { operation_id, reason, asker } => {
                self.cancel(operation_id, reason, asker)
            }
            CustomerCommand::ClearScreening => self.clear_screening(),
            CustomerCommand::RefuseScreening { reason } => self.refuse_screening(reason),
            CustomerCommand::AddLocation(request) => self.add_location(*request),
            CustomerCommand::RemoveLocation { location_id, asker } => {
                self.remove_location(location_id, asker)
            }
            CustomerCommand::AddNumbers(request) => self.add_numbers(&request),
            CustomerCommand::RemoveNumbers { numbers, asker } => self.remove_numbers(numbers, asker),
            CustomerCommand::RequestSetupAssist(request) => self.request_setup_assist(*request),
            CustomerCommand::TakeSeat(seat) => self.take_seat(*seat),
            CustomerCommand::ChangeSeat(seat) => self.change_seat(*seat),
            CustomerCommand::ReleaseSeat { subscriber_id } => Ok(self.release_seat(subscriber_id)),
        }
    }

    fn empties(command: &CustomerCommand) -> bool {
        matches!(
            command,
            CustomerCommand::Remove(_)
                | CustomerCommand::RemoveLocation { .. }
                | CustomerCommand::RemoveNumbers { .. }
                | CustomerCommand::ReleaseSeat { .. }
                | CustomerCommand::Cancel { .. }
                | CustomerCommand::RecordOrganization { .. }
                | CustomerCommand::RecordPackage { .. }
                | CustomerCommand::RecordAttempt { .. }
                | CustomerCommand::RecordRemoval { .. }
                | CustomerCommand::RecordReleased { .. }
        )
    }
}

impl Customer {
    fn create_org(&self, request: CreateOrg) -> Decision {
        if let Some(requested) = &self.requested {
            return Err(CustomerRefusal::AlreadyExists(requested.id));
        }
        check(&request)?;
        let template = active_template(request.data.provisioning_id, request.template.as_ref())?.clone();
        Ok(vec![Box::new(org_requested(request, template)).into()])
    }

    /// R111
    fn set_branding_override(&self, overridden: bool) -> Decision {
        let requested = self.existing()?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        let changed = requested.branding_override != overridden;
        let event = || BrandingOverrideSet { customer_id, organization_id, overridden }.into();
        Ok(changed.then(event).into_iter().collect())
    }

    /// The customer, if a report about a step of some work is awaited; repeated and late ones find none.
    fn awaiting(&self, operation_id: OperationId, step: Step) -> Option<&Requested> {
        self.requested.as_ref().filter(|requested| requested.awaits(operation_id, step))
    }

    /// Appends to events that end steps the one that ends the work, once nothing is under way any more.
    pub(super) fn ended(&self, mut events: Vec<CustomerEvent>) -> Vec<CustomerEvent> {
        let mut after = self.clone();
        for event in &events {
            after.apply(event.clone());
        }
        for event in after.requested.as_ref().map(end::lost).unwrap_or_default() {
            after.apply(event.clone());
            events.push(event);
        }
        events.extend(after.requested.as_ref().and_then(end::end));
        events
    }

    fn record_organization(&self, operation_id: OperationId, outcome: StepOutcome) -> Vec<CustomerEvent> {
        let Some(requested) = self.awaiting(operation_id, Step::CreateOrganization) else { return vec![] };
        let customer_id = requested.id;
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

    fn record_package(
        &self,
        operation_id: OperationId,
        package: Package,
        outcome: &PackageOutcome,
    ) -> Vec<CustomerEvent> {
        let awaiting = self.awaiting(operation_id, Step::ProvisionPackage(package));
        let Some(requested) = awaiting else { return vec![] };
        self.ended(package_events(requested.id, operation_id, package, outcome))
    }

    fn record_attempt(
        &self,
        operation_id: OperationId,
        step: Step,
        error: &StepError,
        attempt: u32,
        retry_at: i64,
    ) -> Vec<CustomerEvent> {
        let Some(requested) = self.awaiting(operation_id, step) else { return vec![] };
        if attempt <= requested.attempts.get(&step).copied().unwrap_or(0) {
            return vec![];
        }
        let retried = StepRetried {
            customer_id: requested.id,
            operation_id,
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
    active_template(data.provisioning_id, request.template.as_ref())?;
    if !is_company_name(&data.customer_info.name) {
        return Err(CustomerRefusal::CompanyName);
    }
    check_equipment(&Equipment {
        packages: &data.packages,
        parameters: data.provisioning_parameters.as_ref(),
        address: &data.address,
        offered: &request.offered,
    })?;
    // R59: a person sees the box; other channels may leave it out (D14).
    if request.channel == Channel::Hub && data.attestation != Some(true) {
        return Err(CustomerRefusal::AttestationMissing);
    }
    Ok(())
}

/// What a customer gets, and where.
pub(super) struct Equipment<'a> {
    pub(super) packages: &'a [Package],
    pub(super) parameters: Option<&'a ProvisioningParameters>,
    pub(super) address: &'a Address,
    pub(super) offered: &'a OfferedCountries,
}

pub(super) fn check_equipment(equipment: &Equipment<'_>) -> Result<(), CustomerRefusal> {
    let Equipment { packages, parameters, address, offered } = *equipment;
    let limits = parameters.and_then(|parameters| parameters.packages.as_ref());
    packages::check(packages, &limits.map(|packages| packages.limits.clone()).unwrap_or_default())?;
    // R89
    if let Some(package) = packages.iter().find(|package| package.is_calling())
        && parameters.is_none_or(|parameters| parameters.calling.is_none())
    {
        return Err(CustomerRefusal::LocationMissing(*package));
    }
    // R64: where the head office is counts, not where the partner is.
    let calling = parameters.and_then(|parameters| parameters.calling.as_ref());
    Ok(offered.check(Some(address), calling.map(|calling| &calling.location))?)
}

/// R34: a template must exist, and not be retired.
pub(super) fn active_template(
    id: ProvisioningId,
    template: Option<&TemplateFacts>,
) -> Result<&TemplateFacts, CustomerRefusal> {
    let template = template.filter(|template| template.provisioning_id == id);
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

fn package_events(
    customer_id: CustomerId,
    operation_id: OperationId,
    package: Package,
    outcome: &PackageOutcome,
) -> Vec<CustomerEvent> {
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

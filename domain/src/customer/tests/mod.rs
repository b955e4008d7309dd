mod change;
mod in_use;
mod peopling;
mod places;
mod seats;

use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Asker, CountryNotOffered, CreateCustomerOrg, CreateOrg, Customer, CustomerCommand, CustomerEvent,
    CustomerOrgRequested, CustomerProvisioned, CustomerProvisionedWithErrors, CustomerRefusal,
    CustomerStatus, OfferedCountries, PackageFailed, PackageFault, PackageOutcome, PackageProvisioned,
    PackageStatus, PackageWarned, ProvisioningFailed, ProvisioningParameters, ProvisioningStarted, Step,
    StepError, StepOutcome, StepRetried, TemplateFacts, Update,
};
use crate::catalogue::{self, Package};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, PersonId, TemplateId};
use crate::limits::ERROR_TEXT_CHARS_MAX;
use crate::personal::Personal;
use crate::role::Channel;
use crate::stream::Decide;
use crate::template::{
    Authentication, Created, ProvisioningId, Settings, SignInMethod, Template, TemplateKind,
};

pub(crate) fn id() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(1))
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(2))
}

fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(3))
}

fn organization() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(4))
}

fn operation() -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(5))
}

fn template_id() -> TemplateId {
    TemplateId::from_uuid(Uuid::from_u128(6))
}

fn settings() -> Settings {
    Settings {
        name: "Standard".parse().expect("is a name"),
        kind: TemplateKind::Wholesale,
        country: "DE".parse().expect("is a country"),
        language: "de-DE".parse().expect("is a language"),
        brand_name: "Example Voice".parse().expect("is a name"),
        subscription: "S-100".parse().expect("is a name"),
        authentication: Authentication { method: SignInMethod::Builtin, entity_id: None },
        pstn_provider: None,
        allow_admin_invite_on_attach: false,
        allow_internal_calls: Some(false),
        default: false,
    }
}

fn facts() -> TemplateFacts {
    TemplateFacts {
        template_id: template_id(),
        provisioning_id: ProvisioningId::from_template(template_id()),
        settings: settings(),
        active: true,
    }
}

fn data(packages: &[Package]) -> CreateCustomerOrg {
    let address = serde_json::json!({"addressLine1": "1 Example Street", "city": "Berlin", "country": "DE"});
    serde_json::from_value(serde_json::json!({
        "provisioningId": ProvisioningId::from_template(template_id()),
        "externalId": "customer-17",
        "packages": packages,
        "address": address,
        "customerInfo": {"name": "Example Retail", "primaryEmail": "admin@customer.example"},
        "provisioningParameters": {"calling": {"location": {
            "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
        }}},
    }))
    .expect("is a request")
}

fn request(data: CreateCustomerOrg) -> CreateOrg {
    CreateOrg {
        id: id(),
        organization_id: organization(),
        operation_id: operation(),
        partner_id: partner(),
        data,
        administrator: person(),
        template: Some(facts()),
        partner_active: true,
        channel: Channel::Api,
        offered: OfferedCountries::All,
    }
}

pub(crate) fn create(packages: &[Package]) -> CustomerCommand {
    command(request(data(packages)))
}

pub(crate) fn asker() -> Asker {
    Asker { partner_active: true, home_organization: None, channel: Channel::Api }
}

pub(crate) fn update(operation_id: OperationId, packages: &[Package]) -> CustomerCommand {
    let data = serde_json::from_value(serde_json::json!({"customerId": id(), "packages": packages}));
    let (data, offered) = (data.expect("is a request"), OfferedCountries::All);
    let known_external_id = Some("customer-17".parse().expect("is an external ID"));
    CustomerCommand::Update(Box::new(Update {
        operation_id,
        data,
        known_external_id,
        asker: asker(),
        offered,
    }))
}

fn command(request: CreateOrg) -> CustomerCommand {
    CustomerCommand::CreateOrg(Box::new(request))
}

fn requested(packages: &[Package]) -> CustomerOrgRequested {
    let data = data(packages);
    let parameters = data.provisioning_parameters.expect("has parameters");
    CustomerOrgRequested {
        customer_id: id(),
        partner_id: partner(),
        organization_id: organization(),
        operation_id: operation(),
        external_id: data.external_id,
        name: data.customer_info.name,
        address: data.address,
        primary_email: Personal::open(person(), data.customer_info.primary_email),
        language: settings().language,
        packages: catalogue::in_order(packages),
        limits: [].into(),
        location: parameters.calling.map(|calling| calling.location),
        meetings_timezone: None,
        attestation: None,
        template_id: template_id(),
        provisioning_id: ProvisioningId::from_template(template_id()),
        settings: settings(),
    }
}

fn org_requested(packages: &[Package]) -> CustomerEvent {
    Box::new(requested(packages)).into()
}

fn started() -> CustomerEvent {
    let reference = "platform-1".to_owned();
    ProvisioningStarted { customer_id: id(), operation_id: operation(), reference }.into()
}

fn provisioned(package: Package) -> CustomerEvent {
    let license_ids = vec!["lic-1".to_owned()];
    PackageProvisioned { customer_id: id(), operation_id: operation(), package, license_ids }.into()
}

fn failed(package: Package) -> CustomerEvent {
    PackageFailed { customer_id: id(), operation_id: operation(), package, error: error() }.into()
}

fn error() -> StepError {
    StepError::new(4001, "no numbers left")
}

fn report(package: Package, ok: bool) -> CustomerCommand {
    let outcome = if ok {
        PackageOutcome::Provisioned { license_ids: vec!["lic-1".to_owned()], warnings: vec![] }
    } else {
        PackageOutcome::Failed(error())
    };
    CustomerCommand::RecordPackage { operation_id: operation(), package, outcome }
}

fn organization_done() -> CustomerCommand {
    let outcome = StepOutcome::Done { reference: "platform-1".to_owned() };
    CustomerCommand::RecordOrganization { operation_id: operation(), outcome }
}

fn attempt(step: Step, attempt: u32) -> CustomerCommand {
    let (operation_id, retry_at) = (operation(), 1_700_000_000_000_000);
    CustomerCommand::RecordAttempt { operation_id, step, error: error(), attempt, retry_at }
}

fn retried(step: Step, attempt: u32) -> CustomerEvent {
    let retry_at = Timestamp::from_microsecond(1_700_000_000_000_000).expect("is a moment");
    StepRetried { customer_id: id(), operation_id: operation(), step, error: error(), attempt, retry_at }
        .into()
}

fn decides(given: Vec<CustomerEvent>, when: CustomerCommand, then: Vec<CustomerEvent>) {
    TestFramework::<Customer>::with(()).given(given).when(when).then_expect_events(then);
}

fn refuses(request: CreateOrg, refusal: CustomerRefusal) {
    TestFramework::<Customer>::with(())
        .given_no_previous_events()
        .when(command(request))
        .then_expect_error(refusal);
}

fn refuses_packages(packages: &[Package], fault: PackageFault) {
    refuses(request(data(packages)), fault.into());
}

fn limited(packages: &[Package], limits: &[(Package, u32)]) -> CreateOrg {
    let mut data = data(packages);
    let limits = limits.iter().copied().collect();
    let parameters = data.provisioning_parameters.as_mut().expect("has parameters");
    parameters.packages = Some(super::PackagesParameters { limits });
    request(data)
}

const CALLING: &[Package] = &[Package::WebexCalling];
const TWO: &[Package] = &[Package::WebexCalling, Package::WebexMeetings];

#[test]
fn r58_r60_r61_a_customer_is_asked_for_with_the_settings_of_its_template() {
    decides(vec![], create(CALLING), vec![org_requested(CALLING)]);
}

#[test]
fn base_packages_are_asked_for_before_add_ons() {
    let packages = [Package::AttendantConsole, Package::WebexSuite];
    assert_eq!(requested(&packages).packages, [Package::WebexSuite, Package::AttendantConsole]);
    decides(vec![], create(&packages), vec![org_requested(&packages)]);
}

#[test]
fn a_customer_speaks_the_language_of_the_request() {
    let mut data = data(CALLING);
    data.customer_info.language = Some("fr".parse().expect("is a language"));
    let language = "fr".parse().expect("is a language");
    let expected = CustomerOrgRequested { language, ..requested(CALLING) };
    decides(vec![], command(request(data)), vec![Box::new(expected).into()]);
}

#[test]
fn a_customer_is_asked_for_once() {
    TestFramework::<Customer>::with(())
        .given(vec![org_requested(CALLING)])
        .when(create(CALLING))
        .then_expect_error(CustomerRefusal::AlreadyExists(id()));
}

#[test]
fn a_suspended_partner_asks_for_no_customer() {
    refuses(
        CreateOrg { partner_active: false, ..request(data(CALLING)) },
        CustomerRefusal::PartnerSuspended(partner()),
    );
}

#[test]
fn r34_a_customer_needs_a_template() {
    let missing = facts().provisioning_id;
    refuses(
        CreateOrg { template: None, ..request(data(CALLING)) },
        CustomerRefusal::Template { id: missing, retired: false },
    );
}

#[test]
fn r34_a_retired_template_makes_no_customer() {
    let template = Some(TemplateFacts { active: false, ..facts() });
    refuses(
        CreateOrg { template, ..request(data(CALLING)) },
        CustomerRefusal::Template { id: facts().provisioning_id, retired: true },
    );
}

#[test]
fn r34_a_template_of_another_partner_is_none() {
    let provisioning_id = ProvisioningId::from_template(template_id());
    let (settings, retired) = (settings(), false);
    let created = Created { id: template_id(), partner_id: partner(), provisioning_id, settings, retired };
    let template = Template { created: Some(created) };
    assert_eq!(TemplateFacts::of(&template, partner()), Some(facts()));
    assert_eq!(TemplateFacts::of(&template, PartnerId::from_uuid(Uuid::from_u128(9))), None);
    assert_eq!(TemplateFacts::of(&Template::default(), partner()), None);
}

#[test]
fn r58_a_company_name_holds_no_percent_sign() {
    let mut data = data(CALLING);
    data.customer_info.name = "100 % Retail".parse().expect("is a name");
    refuses(request(data), CustomerRefusal::CompanyName);
}

#[test]
fn r60_packages_are_named_each_once() {
    refuses_packages(&[], PackageFault::Empty);
    let twice = [Package::WebexCalling, Package::WebexMeetings, Package::WebexCalling];
    refuses_packages(&twice, PackageFault::Duplicate(Package::WebexCalling));
}

#[test]
fn r60_an_add_on_needs_one_of_its_base_packages() {
    for add_on in [Package::AttendantConsole, Package::CiscoCallingPlan] {
        refuses_packages(&[add_on], PackageFault::BaseMissing(add_on));
        refuses_packages(&[Package::WebexMeetings, add_on], PackageFault::BaseMissing(add_on));
        for base in add_on.requires_any() {
            assert!(Customer::default().decide(create(&[add_on, *base])).is_ok());
        }
    }
    let console = Package::AttendantConsole;
    refuses_packages(&[Package::WebexVoice, console], PackageFault::BaseMissing(console));
}

#[test]
fn a_limit_is_for_a_named_package_that_has_one() {
    let limits = [(Package::WebexCalling, 25)];
    let expected = CustomerOrgRequested { limits: limits.into(), ..requested(CALLING) };
    decides(vec![], command(limited(CALLING, &limits)), vec![Box::new(expected).into()]);
    refuses(
        limited(CALLING, &[(Package::WebexMeetings, 1)]),
        PackageFault::LimitWithoutPackage(Package::WebexMeetings).into(),
    );
    refuses(
        limited(&[Package::CxVoicePorts], &[(Package::CxVoicePorts, 1)]),
        PackageFault::LimitNotAllowed(Package::CxVoicePorts).into(),
    );
}

#[test]
fn r89_each_calling_package_needs_a_location() {
    for package in Package::ALL.into_iter().filter(|package| !package.is_add_on()) {
        for provisioning_parameters in [None, Some(ProvisioningParameters::default())] {
            let request = request(CreateCustomerOrg { provisioning_parameters, ..data(&[package]) });
            if package.is_calling() {
                refuses(request, CustomerRefusal::LocationMissing(package));
            } else {
                assert!(Customer::default().decide(command(request)).is_ok());
            }
        }
    }
}

#[test]
fn r64_the_service_is_offered_in_listed_countries() {
    let only = |text: &str| OfferedCountries::Only([text.parse().expect("is a country")].into());
    refuses(
        CreateOrg { offered: only("SE"), ..request(data(CALLING)) },
        CountryNotOffered("DE".parse().expect("is a country")).into(),
    );
    let offered = CreateOrg { offered: only("DE"), ..request(data(CALLING)) };
    decides(vec![], command(offered), vec![org_requested(CALLING)]);
    let mut abroad = request(data(CALLING));
    let parameters = abroad.data.provisioning_parameters.as_mut();
    let calling = parameters.and_then(|it| it.calling.as_mut()).expect("calls from a place");
    calling.location.address.country = "NO".parse().expect("is a country");
    let place = CountryNotOffered("NO".parse().expect("is a country"));
    refuses(CreateOrg { offered: only("DE"), ..abroad }, place.into());
}

#[test]
fn r59_a_signed_in_person_attests_the_location() {
    for attestation in [None, Some(false)] {
        let data = CreateCustomerOrg { attestation, ..data(CALLING) };
        refuses(CreateOrg { channel: Channel::Hub, ..request(data) }, CustomerRefusal::AttestationMissing);
    }
    let data = CreateCustomerOrg { attestation: Some(true), ..data(CALLING) };
    let expected = CustomerOrgRequested { attestation: Some(true), ..requested(CALLING) };
    let attested = CreateOrg { channel: Channel::Hub, ..request(data) };
    decides(vec![], command(attested), vec![Box::new(expected).into()]);
}

#[test]
fn provisioning_starts_once_the_organization_is_there() {
    decides(vec![org_requested(TWO)], organization_done(), vec![started()]);
}

#[test]
fn without_an_organization_provisioning_fails_with_every_package() {
    let errors = vec![error()];
    let failed = ProvisioningFailed { customer_id: id(), operation_id: operation(), errors: errors.clone() };
    let command = CustomerCommand::RecordOrganization {
        operation_id: operation(),
        outcome: StepOutcome::Failed { errors },
    };
    decides(vec![org_requested(TWO)], command, vec![failed.clone().into()]);

    let customer = folded([org_requested(TWO), failed.into()]);
    let requested = customer.requested.expect("exists");
    assert_eq!(requested.status, CustomerStatus::Failed);
    assert!(requested.packages.iter().all(|state| state.status == PackageStatus::Error));
}

#[test]
fn r93_the_last_package_ends_provisioning() {
    let (calling, meetings) = (Package::WebexCalling, Package::WebexMeetings);
    let given = vec![org_requested(TWO), started()];
    decides(given.clone(), report(calling, true), vec![provisioned(calling)]);

    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    let errors = vec![error()];
    for (first, second, end) in [
        (true, true, CustomerProvisioned { customer_id, organization_id, operation_id }.into()),
        (
            true,
            false,
            CustomerProvisionedWithErrors {
                customer_id,
                organization_id,
                operation_id,
                errors: errors.clone(),
            }
            .into(),
        ),
        (
            false,
            true,
            CustomerProvisionedWithErrors { customer_id, organization_id, operation_id, errors }.into(),
        ),
        (
            false,
            false,
            ProvisioningFailed { customer_id, operation_id, errors: vec![error(), error()] }.into(),
        ),
    ] {
        let settled = |package, ok| if ok { provisioned(package) } else { failed(package) };
        let given = [given.clone(), vec![settled(calling, first)]].concat();
        decides(given, report(meetings, second), vec![settled(meetings, second), end]);
    }
}

#[test]
fn a_warning_is_kept_and_changes_no_status() {
    let package = Package::WebexCalling;
    let warnings = vec![error()];
    let outcome =
        PackageOutcome::Provisioned { license_ids: vec!["lic-1".to_owned()], warnings: warnings.clone() };
    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    decides(
        vec![org_requested(CALLING), started()],
        CustomerCommand::RecordPackage { operation_id: operation(), package, outcome },
        vec![
            provisioned(package),
            PackageWarned { customer_id, operation_id, package, warnings }.into(),
            CustomerProvisioned { customer_id, organization_id, operation_id }.into(),
        ],
    );
}

#[test]
fn a_repeated_or_late_report_changes_nothing() {
    let package = Package::WebexCalling;
    let end =
        CustomerProvisioned { customer_id: id(), organization_id: organization(), operation_id: operation() };
    let under_way = vec![org_requested(TWO), started(), provisioned(package)];
    let over = vec![org_requested(CALLING), started(), provisioned(package), end.into()];
    for (given, when) in [
        (vec![], organization_done()),
        (vec![], report(package, true)),
        (vec![org_requested(TWO)], report(package, true)),
        (under_way.clone(), organization_done()),
        (under_way.clone(), report(package, false)),
        (under_way.clone(), report(Package::WebexSuite, true)),
        (under_way, attempt(Step::ProvisionPackage(package), 1)),
        (over.clone(), report(package, false)),
        (over, attempt(Step::CreateOrganization, 1)),
    ] {
        decides(given, when, vec![]);
    }
}

#[test]
fn a_retried_step_is_recorded_once_for_each_attempt() {
    let step = Step::CreateOrganization;
    let given = vec![org_requested(TWO)];
    decides(given.clone(), attempt(step, 1), vec![retried(step, 1)]);
    let given = [given, vec![retried(step, 1)]].concat();
    decides(given.clone(), attempt(step, 1), vec![]);
    decides(given, attempt(step, 2), vec![retried(step, 2)]);
}

#[test]
fn a_package_is_retried_while_it_is_outstanding() {
    let step = Step::ProvisionPackage(Package::WebexCalling);
    decides(vec![org_requested(TWO)], attempt(step, 1), vec![]);
    decides(vec![org_requested(TWO), started()], attempt(step, 1), vec![retried(step, 1)]);
}

#[test]
fn a_long_error_text_is_cut() {
    let text = "é".repeat(ERROR_TEXT_CHARS_MAX + 1);
    assert_eq!(StepError::new(1, &text).description.chars().count(), ERROR_TEXT_CHARS_MAX);
    let errors = vec![StepError { code: 1, description: text }];
    let command = CustomerCommand::RecordOrganization {
        operation_id: operation(),
        outcome: StepOutcome::Failed { errors },
    };
    let events = folded([org_requested(TWO)]).decide(command).expect("is a report");
    let [CustomerEvent::ProvisioningFailed(body)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(body.errors[0].description.chars().count(), ERROR_TEXT_CHARS_MAX);
}

#[test]
fn a_step_reads_back_from_its_text() {
    let packages = Package::ALL.into_iter().map(Step::ProvisionPackage);
    let removals = Package::ALL.into_iter().map(Step::RemovePackage);
    let single = [Step::AttachOrganization, Step::CreateOrganization, Step::ReleaseOrganization];
    for step in packages.chain(removals).chain(single) {
        assert_eq!(step.to_string().parse(), Ok(step));
    }
    for text in ["", "provision_package", "provision_package:", "create_organization:webex_calling"] {
        assert!(text.parse::<Step>().is_err());
    }
}

pub(crate) fn folded(events: impl IntoIterator<Item = CustomerEvent>) -> Customer {
    let mut customer = Customer::default();
    for event in events {
        customer.apply(event);
    }
    customer
}

fn any_event() -> impl Strategy<Value = CustomerEvent> {
    let package = || proptest::sample::select(&Package::ALL[..]);
    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    let errors = vec![error()];
    prop_oneof![
        Just(org_requested(TWO)),
        Just(started()),
        package().prop_map(provisioned),
        package().prop_map(failed),
        (package(), 1..9u32).prop_map(|(package, attempt)| retried(Step::ProvisionPackage(package), attempt)),
        Just(CustomerProvisioned { customer_id, organization_id, operation_id }.into()),
        Just(
            CustomerProvisionedWithErrors {
                customer_id,
                organization_id,
                operation_id,
                errors: errors.clone()
            }
            .into()
        ),
        Just(ProvisioningFailed { customer_id, operation_id, errors }.into()),
    ]
}

fn any_command() -> impl Strategy<Value = CustomerCommand> {
    let package = || proptest::sample::select(&Package::ALL[..]);
    prop_oneof![
        proptest::sample::subsequence(&Package::ALL[..], 0..14).prop_map(|packages| create(&packages)),
        Just(organization_done()),
        (package(), any::<bool>()).prop_map(|(package, ok)| report(package, ok)),
        (package(), any::<u32>()).prop_map(|(package, n)| attempt(Step::ProvisionPackage(package), n)),
        any::<i64>().prop_map(|retry_at| CustomerCommand::RecordAttempt {
            operation_id: operation(),
            step: Step::CreateOrganization,
            error: error(),
            attempt: 1,
            retry_at,
        }),
    ]
}

proptest! {
    #[test]
    fn any_order_of_events_folds_and_decides_the_same_twice(
        events in proptest::collection::vec(any_event(), 0..20),
        command in any_command(),
    ) {
        let customer = folded(events);
        let state = serde_json::to_string(&customer).expect("holds nothing personal");
        prop_assert_eq!(&serde_json::from_str::<Customer>(&state).expect("reads back"), &customer);
        prop_assert_eq!(customer.decide(command.clone()), customer.decide(command));
    }
}

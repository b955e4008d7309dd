use std::collections::BTreeMap;

use proptest::prelude::*;
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand, IssueKey};
use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{PackageStatus, Step};
use tenantry_domain::ids::AccessKeyId;
use tenantry_domain::organization::{Create, License, LicenseState, Organization, OrganizationCommand};
use tenantry_domain::partner::{Partner, PartnerCommand, RegisterPartner};
use tenantry_domain::role::Role;
use tenantry_domain::template::TemplateWarning;
use tenantry_domain::tenant::TenantId;
use uuid::Uuid;

use super::samples::{
    self, Log, Story, at, customer, error, fold_into, organization, partner, row, rows, warning,
};
use crate::customers::{Customers, ShownStatus};
use crate::history::History;
use crate::keys::Keys;
use crate::operations::{OperationState, Operations, WaitingFor};
use crate::organizations::Organizations;
use crate::partners::Partners;
use crate::provisioning::Provisioning;
use crate::recorded::Recorded;
use crate::steps::{StepRow, StepState};
use crate::templates::Templates;
use crate::view::{RowKey, View};

const CALLING: Package = Package::WebexCalling;
const MEETINGS: Package = Package::WebexMeetings;
const CONSOLE: Package = Package::AttendantConsole;

fn states(steps: &[StepRow]) -> Vec<(String, StepState, u32)> {
    steps.iter().map(|step| (step.name.to_string(), step.state, step.attempts)).collect()
}

#[test]
fn r93_a_customer_shows_how_each_package_ended() {
    let mut story = Story::with(&[CALLING, MEETINGS]);
    assert_eq!(story.row::<Customers>().status, ShownStatus::Provisioning);
    story.organization(true);
    story.package(CALLING, true);
    story.package(MEETINGS, false);

    let row = story.row::<Customers>();
    assert_eq!(row.status, ShownStatus::ProvisionedWithErrors);
    assert_eq!(row.errors, [error()]);
    assert_eq!(row.packages[0].status, PackageStatus::Provisioned);
    assert_eq!(row.packages[0].license_ids, ["lic-1"]);
    assert_eq!(row.packages[0].warnings, [warning()]);
    assert_eq!(row.packages[1].status, PackageStatus::Error);
    assert_eq!(row.packages[1].errors, [error()]);
    let events = story.log.events.len() as i64;
    assert_eq!((row.created_at, row.updated_at, row.sequence), (at(1), at(events), events));
}

#[test]
fn a_customer_row_holds_the_address_of_its_administrator_sealed_and_moments_as_text() {
    let json = serde_json::to_value(Story::with(&[CALLING]).row::<Customers>()).expect("is JSON");
    assert_eq!(json["primaryEmail"]["sealed"], format!("none.{}.1.AAAA", samples::person()));
    assert_eq!(json["createdAt"], "2023-11-14T22:13:20.000001Z");
    assert_eq!(json["origin"], "created");
}

#[test]
fn a_customer_without_an_organization_has_no_package_under_way() {
    let mut story = Story::with(&[CALLING, MEETINGS]);
    story.organization(false);
    let row = story.row::<Customers>();
    assert_eq!(row.status, ShownStatus::Error);
    assert!(row.packages.iter().all(|package| package.status == PackageStatus::Error));
    let steps = story.row::<Provisioning>().steps;
    assert!(steps.iter().all(|step| step.state == StepState::Failed));
    assert_eq!(steps[0].error, Some(error()));
}

#[test]
fn r92_the_provisioning_status_follows_each_step() {
    use StepState::{Done, Failed, Pending, Retrying, Running};
    let mut story = Story::with(&[CALLING, CONSOLE]);
    let names =
        ["create_organization", "provision_package:webex_calling", "provision_package:attendant_console"];
    let expect = |story: &Story, expected: [(StepState, u32); 3]| {
        let expected: Vec<_> =
            names.iter().zip(expected).map(|(name, (state, n))| ((*name).to_owned(), state, n)).collect();
        assert_eq!(states(&story.row::<Provisioning>().steps), expected);
    };
    expect(&story, [(Running, 1), (Pending, 0), (Pending, 0)]);
    story.organization(true);
    expect(&story, [(Done, 1), (Running, 1), (Pending, 0)]);
    story.attempt(Step::ProvisionPackage(CALLING), 1);
    expect(&story, [(Done, 1), (Retrying, 1), (Pending, 0)]);
    story.package(CALLING, true);
    expect(&story, [(Done, 1), (Done, 2), (Running, 1)]);
    story.package(CONSOLE, false);
    expect(&story, [(Done, 1), (Done, 2), (Failed, 1)]);

    let row = story.row::<Provisioning>();
    assert_eq!(row.status, ShownStatus::ProvisionedWithErrors);
    assert_eq!(row.finished_at, Some(at(story.log.events.len() as i64)));
    assert_eq!(row.steps[1].error, None);
    assert_eq!(row.steps[2].error, Some(error()));
}

#[test]
fn an_operation_waits_while_a_step_backs_off_and_ends_with_its_result() {
    let mut story = Story::with(&[CALLING]);
    story.attempt(Step::CreateOrganization, 1);
    let row = story.row::<Operations>();
    assert_eq!((row.state, row.waiting_for), (OperationState::Waiting, Some(WaitingFor::Retry)));
    story.organization(true);
    let row = story.row::<Operations>();
    assert_eq!((row.state, row.waiting_for), (OperationState::Running, None));
    story.package(CALLING, true);

    let row = story.row::<Operations>();
    assert_eq!(row.state, OperationState::Succeeded);
    assert_eq!(row.result.map(|result| result.organization_id), Some(organization()));
    assert!(row.finished_at.is_some());
    assert_eq!(row.subject.id, samples::customer().to_string());
    let keys: Vec<_> = rows::<Operations>(&story.log.events).into_keys().collect();
    let key = samples::operation().to_string();
    assert_eq!(keys, [RowKey { tenant_id: partner().into(), key }]);
}

#[test]
fn an_operation_without_any_package_failed() {
    let mut story = Story::with(&[CALLING]);
    story.organization(true);
    story.package(CALLING, false);
    let row = story.row::<Operations>();
    assert_eq!((row.state, row.result), (OperationState::Failed, None));
    assert_eq!(row.errors, [error()]);
}

fn issue_key(log: &mut Log) -> (AccessKeyId, AccessKey) {
    let id = AccessKeyId::from_uuid(Uuid::from_u128(7));
    let mut key = AccessKey::default();
    let data: IssueKey = serde_json::from_value(serde_json::json!({
        "role": "service", "name": "Billing export", "expiresAt": "2030-01-01T00:00:00Z",
    }))
    .expect("is a request");
    let command = AccessKeyCommand::Issue {
        id,
        tenant: partner().into(),
        data: Box::new(data),
        verifier: "c2VjcmV0".to_owned(),
        person: None,
        stay: 0,
        now_us: at(0),
    };
    log.execute(partner().into(), &id, &mut key, command);
    (id, key)
}

#[test]
fn a_key_is_listed_without_its_verifier() {
    let mut log = Log::default();
    let (id, mut key) = issue_key(&mut log);
    let before = row::<Keys>(&log.events);
    log.execute(partner().into(), &id, &mut key, AccessKeyCommand::Revoke);
    let after = row::<Keys>(&log.events);
    assert_eq!((before.role, before.revoked_at), (Role::Service, None));
    assert_eq!((after.created_at, after.revoked_at), (at(1), Some(at(2))));
    let json = serde_json::to_value(after).expect("is JSON");
    assert_eq!(json["expiresAt"], "2030-01-01T00:00:00Z");
    assert!(json.get("verifier").is_none());
}

#[test]
fn r54_a_template_shows_its_provisioning_id_and_warnings() {
    let mut log = Log::default();
    let created = samples::create_template(&mut log).created.expect("exists");
    let row = row::<Templates>(&log.events);
    assert_eq!(row.provisioning_id, created.provisioning_id);
    assert_eq!(row.warnings, [TemplateWarning::PstnProviderInTemplate]);
    assert_eq!(row.created_at, at(1));
}

fn register_partner(log: &mut Log) {
    let data = RegisterPartner {
        name: "Example Resale".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        region: "eu".parse().expect("is a name"),
        parent_id: None,
        home_organization_id: None,
    };
    let command = PartnerCommand::Register { id: partner(), data, parent_active: None };
    log.execute(partner().into(), &partner(), &mut Partner::default(), command);
}

#[test]
fn a_partner_is_listed_by_the_platform() {
    let mut log = Log::default();
    register_partner(&mut log);
    let rows = rows::<Partners>(&log.events);
    let (key, row) = rows.first_key_value().expect("is one row");
    assert_eq!(key.tenant_id, TenantId::Platform);
    assert_eq!((row.id, row.region.as_str()), (partner(), "eu"));
}

fn equip_organization(log: &mut Log) {
    let mut aggregate = Organization::default();
    let create = OrganizationCommand::Create(Box::new(Create {
        id: organization(),
        name: "Example Retail".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        language: None,
        created_by: partner(),
        customer_id: customer(),
        authentication: None,
    }));
    let set = |package, customer_id, state| {
        let license_id = "lic-1".to_owned();
        OrganizationCommand::SetLicense(License { package, customer_id, state, quantity: None, license_id })
    };
    for command in [
        create,
        set(MEETINGS, None, LicenseState::Active),
        set(CALLING, None, LicenseState::Active),
        set(MEETINGS, Some(customer()), LicenseState::Active),
        set(MEETINGS, None, LicenseState::Suspended),
    ] {
        log.execute(organization().into(), &organization(), &mut aggregate, command);
    }
}

#[test]
fn an_organization_shows_its_own_licenses_beside_those_of_its_customers() {
    let mut log = Log::default();
    equip_organization(&mut log);
    let row = row::<Organizations>(&log.events);
    let licenses: Vec<_> = row.licenses.iter().map(|it| (it.package, it.customer_id, it.state)).collect();
    let expected = [
        (CALLING, None, LicenseState::Active),
        (MEETINGS, None, LicenseState::Suspended),
        (MEETINGS, Some(customer()), LicenseState::Active),
    ];
    assert_eq!(licenses, expected);
}

#[test]
fn history_has_one_row_for_each_event_in_the_order_of_positions() {
    let mut story = Story::with(&[CALLING]);
    story.organization(true);
    let rows = rows::<History>(&story.log.events);
    let types: Vec<_> = rows.values().map(|row| row.event_type.as_str()).collect();
    assert_eq!(types, ["customer.org_requested", "customer.provisioning_started"]);
    let (key, row) = rows.first_key_value().expect("has rows");
    assert_eq!(key.key, "0000000000000000001");
    assert_eq!((row.actor.as_deref(), row.tracking_id.as_deref()), (Some("key_1"), Some("track-1")));
}

#[test]
fn an_event_whose_row_is_missing_is_an_error_that_names_its_position() {
    let mut story = Story::with(&[CALLING]);
    story.organization(true);
    let late = &story.log.events[1];
    let key = Customers::keys(late).expect("names its row").remove(0);
    assert_eq!(Customers::fold(&key, None, late).expect_err("has no row").position, 2);
}

#[test]
fn a_payload_of_another_event_is_an_error() {
    let mut event = Story::with(&[CALLING]).log.events.remove(0);
    event.payload =
        serde_json::value::to_raw_value(&serde_json::json!({"case.created": {}})).expect("is JSON");
    assert!(Operations::keys(&event).is_err());
    assert!(Customers::fold(&Customers::keys(&event).expect("names its row")[0], None, &event).is_err());
}

/// Folding up to a split, storing the rows, and going on gives what folding in one go gives.
fn splits_agree<V: View<Row: std::fmt::Debug>>(events: &[Recorded], split: usize) {
    let mut before = BTreeMap::new();
    fold_into::<V>(&mut before, &events[..split]);
    let mut stored: BTreeMap<RowKey, V::Row> = before
        .into_iter()
        .map(|(key, row)| {
            let text = serde_json::to_string(&row).expect("is sealed");
            (key, serde_json::from_str(&text).expect("reads back"))
        })
        .collect();
    fold_into::<V>(&mut stored, &events[split..]);
    assert_eq!(stored, rows::<V>(events), "{}", V::NAME);
}

#[derive(Debug, Clone)]
enum Report {
    Organization(bool),
    Package(Package, bool),
    Attempt(Option<Package>, u32),
}

fn any_report() -> impl Strategy<Value = Report> {
    let package = || proptest::sample::select(vec![CALLING, MEETINGS, CONSOLE]);
    prop_oneof![
        1 => prop::bool::weighted(0.9).prop_map(Report::Organization),
        3 => (package(), any::<bool>()).prop_map(|(package, ok)| Report::Package(package, ok)),
        2 => (proptest::option::of(package()), 1..5u32).prop_map(|(package, n)| Report::Attempt(package, n)),
    ]
}

proptest! {
    #[test]
    fn folding_in_one_go_equals_folding_in_any_split(
        reports in proptest::collection::vec(any_report(), 0..20),
        split in any::<prop::sample::Index>(),
    ) {
        let mut story = Story::with(&[CALLING, MEETINGS, CONSOLE]);
        samples::create_template(&mut story.log);
        register_partner(&mut story.log);
        equip_organization(&mut story.log);
        let (id, mut key) = issue_key(&mut story.log);
        for report in reports {
            match report {
                Report::Organization(ok) => story.organization(ok),
                Report::Package(package, ok) => story.package(package, ok),
                Report::Attempt(None, n) => story.attempt(Step::CreateOrganization, n),
                Report::Attempt(Some(package), n) => story.attempt(Step::ProvisionPackage(package), n),
            }
        }
        story.log.execute(partner().into(), &id, &mut key, AccessKeyCommand::Revoke);

        let events = &story.log.events;
        let split = split.index(events.len() + 1);
        splits_agree::<Customers>(events, split);
        splits_agree::<Provisioning>(events, split);
        splits_agree::<Operations>(events, split);
        splits_agree::<Keys>(events, split);
        splits_agree::<Templates>(events, split);
        splits_agree::<Partners>(events, split);
        splits_agree::<Organizations>(events, split);
        splits_agree::<History>(events, split);
    }
}

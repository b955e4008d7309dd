//! One event of every type, with every field that it can have.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tenantry_domain::access_key::{AccessKeyEvent, KeyIssued, KeyRevoked};
use tenantry_domain::billing_report::{
    BillingReportAdvanced, BillingReportCompleted, BillingReportDeleted, BillingReportEvent,
    BillingReportFailed, BillingReportRequested, ReportCategory, ReportType,
};
use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{
    CustomerEvent, CustomerOrgRequested, CustomerProvisioned, CustomerProvisionedWithErrors, PackageFailed,
    PackageProvisioned, PackageWarned, ProvisioningFailed, ProvisioningStarted, Step, StepError, StepRetried,
};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{
    AccessKeyId, CustomerId, OperationId, OrganizationId, PartnerId, PersonId, ReportId, TemplateId,
};
use tenantry_domain::meter::{MeterDefined, MeterEvent, MeterKind};
use tenantry_domain::organization::{LicenseSet, LicenseState, OrganizationCreated, OrganizationEvent};
use tenantry_domain::partner::{PartnerEvent, PartnerRegistered};
use tenantry_domain::personal::{Personal, Sealed};
use tenantry_domain::role::Role;
use tenantry_domain::template::{ProvisioningId, TemplateCreated, TemplateEvent, TemplateWarning};
use tenantry_domain::usage::{UsageCorrected, UsageEvent, UsageRecorded};
use uuid::Uuid;

use super::{changes, journeys, people};

/// An event as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// Its stored name.
    pub(super) event_type: String,
    /// The version of its shape.
    pub(super) event_version: String,
    /// What it says.
    pub(super) payload: Value,
}

impl Sample {
    /// Returns the name of the file that holds it.
    pub(super) fn file(&self) -> String {
        format!("{}.{}.json", self.event_type, self.event_version)
    }

    pub(super) fn of<E: EventSet>(event: &E) -> Self {
        Self {
            event_type: event.type_name().to_owned(),
            event_version: event.event_version(),
            payload: serde_json::to_value(event).expect("its personal values are sealed"),
        }
    }
}

/// Returns one event of every type, in the order of `tenantry::ledger::stream_types`.
pub(super) fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = vec![Sample::of(&partner_registered()), Sample::of(&template_created())];
    samples.extend(organization_events().iter().map(Sample::of));
    samples.extend(customer_events().iter().map(Sample::of));
    samples.extend(access_key_events().iter().map(Sample::of));
    samples.push(Sample::of(&meter_defined()));
    samples.extend(usage_events().iter().map(Sample::of));
    samples.extend(billing_report_events().iter().map(Sample::of));
    samples.extend(journeys::samples());
    samples.extend(people::samples());
    samples.extend(changes::samples());
    let types = tenantry::ledger::stream_types();
    let names: Vec<&str> =
        types.iter().flat_map(|(_, events)| events.iter().map(|(name, _)| *name)).collect();
    samples.sort_by_key(|sample| names.iter().position(|name| *name == sample.event_type));
    samples
}

fn number(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn value<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("the sample is valid")
}

fn sealed<T>() -> Personal<T> {
    Personal::Sealed(Sealed {
        subject: PersonId::from_uuid(number(1)),
        generation: 1,
        algorithm: "XC20P".to_owned(),
        body: "bm90IGEgcmVhbCBjaXBoZXJ0ZXh0".to_owned(),
    })
}

fn partner_registered() -> PartnerEvent {
    PartnerRegistered {
        partner_id: PartnerId::from_uuid(number(2)),
        name: value(json!("Example Resale")),
        country: value(json!("DE")),
        region: value(json!("eu")),
        parent_id: Some(PartnerId::from_uuid(number(3))),
        home_organization_id: None,
    }
    .into()
}

pub(super) fn settings() -> Value {
    json!({
        "name": "Standard", "kind": "wholesale", "country": "DE", "language": "de-DE",
        "brandName": "Example Voice", "subscription": "S-100",
        "authentication": { "method": "saml", "entityId": "https://idp.resale.example/metadata" },
        "pstnProvider": "Example Telecom", "allowAdminInviteOnAttach": true, "allowInternalCalls": true,
        "default": true,
    })
}

fn template_created() -> TemplateEvent {
    let template_id = TemplateId::from_uuid(number(4));
    TemplateCreated {
        template_id,
        partner_id: PartnerId::from_uuid(number(2)),
        provisioning_id: ProvisioningId::from_template(template_id),
        service_provider_admin: sealed(),
        settings: value(settings()),
        warnings: vec![TemplateWarning::PstnProviderInTemplate],
    }
    .into()
}

fn organization_events() -> [OrganizationEvent; 2] {
    let organization_id = OrganizationId::from_uuid(number(5));
    [
        OrganizationCreated {
            organization_id,
            name: value(json!("Example Retail")),
            country: value(json!("DE")),
            language: Some(value(json!("de-DE"))),
            created_by: PartnerId::from_uuid(number(2)),
            customer_id: Some(CustomerId::from_uuid(number(6))),
            authentication: Some(value(json!({ "method": "builtin" }))),
        }
        .into(),
        LicenseSet {
            organization_id,
            package: Package::WebexCalling,
            customer_id: Some(CustomerId::from_uuid(number(6))),
            state: LicenseState::Active,
            quantity: Some(25),
            license_id: "lic_1".to_owned(),
        }
        .into(),
    ]
}

pub(super) fn address() -> Value {
    json!({
        "addressLine1": "1 Example Street", "addressLine2": "Floor 2", "city": "Berlin",
        "stateOrProvince": "Berlin", "zipOrPostalCode": "10115", "country": "DE",
    })
}

fn org_requested(customer_id: CustomerId, operation_id: OperationId) -> CustomerEvent {
    let template_id = TemplateId::from_uuid(number(4));
    Box::new(CustomerOrgRequested {
        customer_id,
        partner_id: PartnerId::from_uuid(number(2)),
        organization_id: OrganizationId::from_uuid(number(5)),
        operation_id,
        external_id: value(json!("customer-17")),
        name: value(json!("Example Retail")),
        address: value(address()),
        primary_email: sealed(),
        language: value(json!("de-DE")),
        packages: vec![Package::WebexCalling, Package::AttendantConsole],
        limits: [(Package::WebexCalling, 25)].into(),
        location: Some(value(json!({
            "name": "Head Office", "address": address(), "timezone": "Europe/Berlin", "language": "de_de",
            "emergencyLocationIdentifier": "ELIN-1",
        }))),
        meetings_timezone: Some(value(json!("Europe/Berlin"))),
        attestation: Some(true),
        template_id,
        provisioning_id: ProvisioningId::from_template(template_id),
        settings: value(settings()),
    })
    .into()
}

fn customer_events() -> [CustomerEvent; 9] {
    let customer_id = CustomerId::from_uuid(number(6));
    let operation_id = OperationId::from_uuid(number(7));
    let organization_id = OrganizationId::from_uuid(number(5));
    let package = Package::WebexCalling;
    let error = || StepError::new(4001, "no numbers left");
    let (warnings, license_ids) = (vec![StepError::new(2001, "few numbers left")], vec!["lic_1".to_owned()]);
    [
        org_requested(customer_id, operation_id),
        ProvisioningStarted { customer_id, operation_id, reference: "org-1".to_owned() }.into(),
        StepRetried {
            customer_id,
            operation_id,
            step: Step::ProvisionPackage(package),
            error: error(),
            attempt: 1,
            retry_at: value(json!("2026-01-31T12:00:00.25Z")),
        }
        .into(),
        PackageProvisioned { customer_id, operation_id, package, license_ids }.into(),
        PackageWarned { customer_id, operation_id, package, warnings }.into(),
        PackageFailed { customer_id, operation_id, package, error: error() }.into(),
        CustomerProvisioned { customer_id, organization_id, operation_id }.into(),
        CustomerProvisionedWithErrors { customer_id, organization_id, operation_id, errors: vec![error()] }
            .into(),
        ProvisioningFailed { customer_id, operation_id, errors: vec![error()] }.into(),
    ]
}

fn access_key_events() -> [AccessKeyEvent; 2] {
    let key_id = AccessKeyId::from_uuid(number(8));
    [
        Box::new(KeyIssued {
            key_id,
            tenant: PartnerId::from_uuid(number(2)).into(),
            role: Role::Service,
            name: value(json!("A key")),
            email: Some(sealed()),
            stay: 0,
            expires_at: Some(value(json!("2027-01-31T12:00:00Z"))),
            verifier: "bm90IGEgcmVhbCB2ZXJpZmllcg".to_owned(),
        })
        .into(),
        KeyRevoked { key_id }.into(),
    ]
}

fn billing_report_events() -> [BillingReportEvent; 5] {
    let (report_id, operation_id) = (ReportId::from_uuid(number(20)), OperationId::from_uuid(number(21)));
    let partner_id = PartnerId::from_uuid(number(2));
    let (report_type, category) = (ReportType::Customer, ReportCategory::Reconciliation);
    let billing_end_date = value(json!("2026-01-31"));
    let billing_start_date = value(json!("2026-01-01"));
    [
        BillingReportRequested {
            report_id,
            operation_id,
            partner_id,
            billing_start_date,
            billing_end_date,
            report_type,
            category,
        }
        .into(),
        BillingReportAdvanced { report_id, operation_id, percent: 40 }.into(),
        Box::new(BillingReportCompleted {
            report_id,
            operation_id,
            billing_end_date,
            report_type,
            category,
            position: 4711,
            rows: 12,
            bytes: 2048,
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
            totals: value(json!({
                "records": 17, "corrections": 1, "rawQuantity": "120.5", "billableQuantity": "118",
            })),
        })
        .into(),
        BillingReportFailed {
            report_id,
            operation_id,
            errors: vec![StepError { code: 5001, description: "the report has too many lines".to_owned() }],
        }
        .into(),
        BillingReportDeleted { report_id, partner_id }.into(),
    ]
}

fn meter_defined() -> MeterEvent {
    MeterDefined { meter: value(json!("calls.minutes")), kind: MeterKind::Sum, unit: value(json!("minutes")) }
        .into()
}

fn usage_events() -> [UsageEvent; 2] {
    let customer_id = CustomerId::from_uuid(number(6));
    let organization_id = OrganizationId::from_uuid(number(5));
    [
        UsageRecorded {
            customer_id,
            organization_id,
            meter: value(json!("calls.minutes")),
            source: value(json!("switch-1")),
            record_id: value(json!("record-17")),
            time: value(json!("2026-01-31T12:00:00Z")),
            value: value(json!("12.5")),
            package: Some(Package::WebexCalling),
            project_id: None,
            app_id: None,
            subscription_id: None,
            subscriber_id: None,
            key_hash: None,
        }
        .into(),
        UsageCorrected {
            customer_id,
            organization_id,
            meter: value(json!("calls.minutes")),
            time: value(json!("2026-01-31T12:00:00Z")),
            value: value(json!("-2.5")),
            package: None,
            project_id: None,
            app_id: None,
            subscription_id: None,
            subscriber_id: None,
            reason: value(json!("counted twice")),
        }
        .into(),
    ]
}

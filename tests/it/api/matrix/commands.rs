//! Who may give which command, and on whose objects.

use serde_json::{Value, json};

use super::{CALLERS, Cells, Column, Kind, Stage, Strangers, cells, difference};
use crate::harness::Store;
use crate::journey::attach::attach;
use crate::journey::bodies;
use crate::journey::cases::{acceptance, case};
use crate::journey::client::send;
use crate::journey::places::{head_office, location};
use crate::journey::reports::days_ago;
use crate::journey::subscribers::person;

on_both_databases!(every_command_is_for_its_roles_and_its_objects);

/// A command, what its body names, which objects are tried, and a cell for each caller.
type Row = (&'static str, Kind, &'static str, Cells);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //                                               operator  admin    user     service  suspend. org_adm. org_user auditor
    ("AcceptInvitation",      Kind::None,         "o",     ["t",     "t",     "t",     "t",     "t",     "t",     "t",     "t"]),
    ("AcceptMigration",       Kind::None,         "o",     ["t",     "t",     "t",     "t",     "t",     "t",     "t",     "t"]),
    ("AcceptQuote",           Kind::Quote,        "ofn",   ["-",     "+00",   "+00",   "+00",   "x",     "-",     "-",     "-"]),
    ("AddExternalAdmin",      Kind::Partner,      "ofn",   ["-",     "-",     "-",     "-",     "-",     "++0",   "-",     "-"]),
    ("AddLocation",           Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("AddNumbers",            Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("AddPartnerUser",        Kind::None,         "o",     ["-",     "+",     "-",     "-",     "x",     "-",     "-",     "-"]),
    ("ApproveQuote",          Kind::Quote,        "ofn",   ["++0",   "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("AssignNumber",          Kind::Subscriber,   "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("AssignRole",             Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "m000", "-", "-"]),
    ("AttachExistingOrg",     Kind::Provisioning, "ofn",   ["-",     "+22",   "+22",   "+22",   "x",     "-",     "-",     "-"]),
    ("CancelOperation",        Kind::Customer,     "osfgn", ["-", "++000", "++000", "++000", "x", "-", "-", "-"]),
    ("CancelSubscription",    Kind::Subscription, "ofn",   ["++0",   "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("ChangePartnerUserRole", Kind::User,         "ofn",   ["-",     "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("ChangeSubscriberPackages", Kind::Subscriber, "osfn", ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("ClaimDomain",           Kind::Organization, "osfn",  ["+++0",  "-",     "-",     "-",     "-",     "+000",  "-",     "-"]),
    ("ClearScreening",         Kind::Customer,     "osfgn", ["+++00", "-", "-", "-", "-", "-", "-", "-"]),
    ("CloseCase",             Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("CorrectUsage",          Kind::Organization, "osfn",  ["++22",  "++22",  "-",     "++22",  "++22",  "-",     "-",     "-"]),
    ("CreateAppId",            Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "+000", "+000", "-"]),
    ("CreateBillingReport",   Kind::None,         "o",     ["+",     "+",     "-",     "-",     "+",     "-",     "-",     "-"]),
    ("CreateCase",            Kind::Provisioning, "ofn",   ["-",     "+22",   "+22",   "+22",   "x",     "-",     "-",     "-"]),
    ("CreateCustomerOrg",     Kind::Provisioning, "ofn",   ["-",     "+22",   "+22",   "+22",   "x",     "-",     "-",     "-"]),
    ("CreateProject",          Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "+000", "+000", "-"]),
    ("CreateTemplate",        Kind::None,         "o",     ["-",     "+",     "-",     "+",     "x",     "-",     "-",     "-"]),
    ("DeactivateCase",        Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("DeclineConsent",        Kind::Waiting,      "osfn",  ["-",     "-",     "-",     "-",     "-",     "+999",  "-",     "-"]),
    ("DeclineQuote",          Kind::Quote,        "ofn",   ["-",     "+00",   "+00",   "+00",   "x",     "-",     "-",     "-"]),
    ("DefineMeter",           Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("DeleteBillingReport",   Kind::Report,       "ofn",   ["++0",   "+00",   "-",     "-",     "+00",   "-",     "-",     "-"]),
    ("DraftQuote",            Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("EditQuote",             Kind::Quote,        "ofn",   ["-",     "+00",   "+00",   "+00",   "x",     "-",     "-",     "-"]),
    ("EditTemplate",          Kind::Provisioning, "ofn",   ["-",     "+00",   "-",     "+00",   "x",     "-",     "-",     "-"]),
    ("ErasePerson",           Kind::Person,       "ofn",   ["++0",   "-",     "-",     "-",     "-",     "+00",   "-",     "-"]),
    ("GrantConsent",          Kind::Waiting,      "osfn",  ["-",     "-",     "-",     "-",     "-",     "+999",  "-",     "-"]),
    ("ImportMembers",         Kind::Organization, "osfn",  ["+++0",  "-",     "-",     "-",     "-",     "+000",  "-",     "-"]),
    ("InviteUser",             Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "+000", "-", "-"]),
    ("IssueKey",              Kind::Partner,      "ofn",   ["++0",   "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("LinkCaseToOrg",         Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("ProvisionSubscriber",   Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("ReactivatePartner",     Kind::Partner,      "ofn",   ["++0",   "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("RecordUsage",           Kind::Organization, "osfn",  ["++22",  "++22",  "-",     "++22",  "++22",  "-",     "-",     "-"]),
    ("RedirectInvitation",    Kind::Invitation,   "osfn",  ["-",     "++00",  "++00",  "-",     "x",     "-",     "-",     "-"]),
    ("RefuseScreening",        Kind::Customer,     "osfgn", ["+++00", "-", "-", "-", "-", "-", "-", "-"]),
    ("RegisterOrganization",  Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("RegisterPartner",       Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("RejectQuote",           Kind::Quote,        "ofn",   ["++0",   "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("RemoveCustomerOrg",      Kind::Customer,     "osfgn", ["-", "++000", "-", "++000", "++000", "-", "-", "-"]),
    ("RemoveLocation",        Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("RemoveMember",           Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "m000", "-", "-"]),
    ("RemoveNumbers",         Kind::Customer,     "osfgn", ["-",     "++000", "-",     "++000", "++000", "-",     "-",     "-"]),
    ("RemovePartnerUser",     Kind::User,         "ofn",   ["-",     "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("RemoveSubscriber",      Kind::Subscriber,   "osfn",  ["-",     "++00",  "-",     "++00",  "++00",  "-",     "-",     "-"]),
    ("ReopenCase",            Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("RequestFullAccess",     Kind::Customer,     "osfgn", ["-",     "++0+0", "++0+0", "++0+0", "x",     "-",     "-",     "-"]),
    ("RequestSetupAssist",    Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("ResendConsent",         Kind::Waiting,      "osfgn", ["-",     "++0+0", "++0+0", "++0+0", "x",     "-",     "-",     "-"]),
    ("ResendInvitation",      Kind::Invitation,   "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "+000",  "-",     "-"]),
    ("ResumeSubscription",    Kind::Subscription, "ofn",   ["++0",   "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("RetireTemplate",        Kind::Provisioning, "ofn",   ["-",     "+00",   "-",     "+00",   "x",     "-",     "-",     "-"]),
    ("RetryCase",             Kind::Case,         "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("RetryProvisioning",     Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "x",     "-",     "-",     "-"]),
    ("RetryStep",              Kind::Customer,     "osfgn", ["-", "++000", "++000", "++000", "x", "-", "-", "-"]),
    ("RevokeGrant",           Kind::Partner,      "ofn",   ["-",     "-",     "-",     "-",     "-",     "+++",   "-",     "-"]),
    ("RevokeInvitation",      Kind::Invitation,   "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "+000",  "-",     "-"]),
    ("RevokeKey",             Kind::Key,          "ofn",   ["++0",   "+00",   "-",     "-",     "+00",   "-",     "-",     "-"]),
    ("RevokeRole",             Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "m000", "-", "-"]),
    ("SendConsentMove",       Kind::Moving,       "osfn",  ["-",     "++00",  "++00",  "++00",  "x",     "-",     "-",     "-"]),
    ("SetBranding",           Kind::None,         "o",     ["-",     "+",     "-",     "-",     "x",     "-",     "-",     "-"]),
    ("SetBrandingOverride",   Kind::Customer,     "osfgn", ["-",     "++000", "-",     "-",     "x",     "-",     "-",     "-"]),
    ("SetConsoleAccess",       Kind::Customer,     "osfgn", ["-", "++000", "-", "++000", "x", "-", "-", "-"]),
    ("SetLicense",            Kind::Organization, "osfn",  ["+++0",  "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("SetOrganizationSettings", Kind::Organization, "osfn",  ["-", "aa00", "aa00", "-", "x", "+000", "-", "-"]),
    ("SetScreeningList",       Kind::None,         "o",     ["+", "-", "-", "-", "-", "-", "-", "-"]),
    ("SkipStep",               Kind::Customer,     "osfgn", ["-", "++000", "++000", "++000", "x", "-", "-", "-"]),
    ("SubmitQuote",           Kind::Quote,        "ofn",   ["-",     "+00",   "+00",   "+00",   "x",     "-",     "-",     "-"]),
    ("SuspendPartner",        Kind::Partner,      "ofn",   ["++0",   "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("SuspendSubscription",   Kind::Subscription, "ofn",   ["++0",   "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("UpdateCustomerOrg",      Kind::Customer,     "osfgn", ["-", "++000", "++000", "++000", "x", "-", "-", "-"]),
    ("VerifyDomain",          Kind::Organization, "osfn",  ["+++0",  "-",     "-",     "-",     "-",     "+000",  "-",     "-"]),
    ("WithdrawAttach",        Kind::Waiting,      "osfgn", ["-",     "++0+0", "-",     "++0+0", "++0+0", "-",     "-",     "-"]),
];

/// A line of a quote.
fn line() -> Value {
    json!({ "package": "webex_meetings", "quantity": 1, "unitPrice": "1", "currency": "EUR", "termMonths": 1 })
}

/// The field of a command whose data names an object, and says no more.
fn only_field(command: &str) -> &'static str {
    match command {
        "AddExternalAdmin" | "ReactivatePartner" | "RevokeGrant" | "SuspendPartner" => "partnerId",
        "DeactivateCase" | "ReopenCase" | "RetryCase" => "caseId",
        "ClearScreening" | "DeclineConsent" | "GrantConsent" | "RemoveCustomerOrg" | "RequestFullAccess"
        | "ResendConsent" | "RetryProvisioning" | "WithdrawAttach" => "customerId",
        "ResendInvitation" | "RevokeInvitation" => "invitationId",
        "RevokeKey" => "keyId",
        "ErasePerson" => "personId",
        "RetireTemplate" => "provisioningId",
        "AcceptQuote" | "ApproveQuote" | "DeclineQuote" | "SubmitQuote" => "quoteId",
        "DeleteBillingReport" => "reportId",
        "RemoveSubscriber" | "SendConsentMove" => "subscriberId",
        "ResumeSubscription" | "SuspendSubscription" => "subscriptionId",
        "RemovePartnerUser" => "userId",
        other => panic!("{other} has no body in the matrix yet"),
    }
}

/// A body that is complete and valid, and names an object.
fn body(stage: &Stage, caller: usize, command: &str, id: &str) -> Value {
    let named = |field: &str| json!({ field: id });
    let with = |field: &str, more: Value| {
        let mut body = named(field);
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
        body
    };
    let partners_user = stage.object(caller, Kind::User, Column::Own);
    // An operator names whose usage or report it is.
    let partner = (CALLERS[caller] == "operator").then(|| stage.object(caller, Kind::Partner, Column::Own));
    let of_partner = |mut body: Value| {
        if let Some(partner) = &partner {
            body["partnerId"] = json!(partner);
        }
        body
    };
    match command {
        "AcceptInvitation" => acceptance("altered"),
        "AcceptMigration" => json!({ "token": "altered" }),
        "AssignNumber" => with("subscriberId", json!({ "extension": "177" })),
        "ChangeSubscriberPackages" => with("subscriberId", json!({ "packages": ["webex_meetings"] })),
        "ProvisionSubscriber" => person(id, "kim@matrix.example"),
        "AddLocation" => with("customerId", location("Matrix")),
        "AddNumbers" => with("customerId", json!({ "numbers": ["+4930123400"] })),
        "RemoveLocation" => with("customerId", json!({ "locationId": head_office(id) })),
        "RemoveNumbers" => with("customerId", json!({ "numbers": [stage.number_of(id)] })),
        "RequestSetupAssist" => with("customerId", json!({ "contactEmail": "help@matrix.example" })),
        "AddPartnerUser" => {
            json!({ "name": "Kim Seller", "email": "kim@resale.example", "role": "partner_user" })
        }
        "AttachExistingOrg" => attach(id, &stage.free, "matrix"),
        "ChangePartnerUserRole" => with("userId", json!({ "role": "partner_admin" })),
        "CancelOperation" => {
            let own = stage.object(caller, Kind::Operation, Column::Own);
            with("customerId", json!({ "operationId": own }))
        }
        "ClaimDomain" | "VerifyDomain" => with("organizationId", json!({ "domain": "matrix.example" })),
        "CreateBillingReport" => {
            of_partner(json!({ "billingStartDate": days_ago(2), "billingEndDate": days_ago(2) }))
        }
        "CreateCase" => case(Some(id)),
        "CreateCustomerOrg" => bodies::customer(id, "matrix"),
        "CreateTemplate" => bodies::template(),
        "DefineMeter" => json!({ "name": "calls", "kind": "sum", "unit": "calls" }),
        "EditTemplate" => {
            let mut body = bodies::template();
            body.as_object_mut().expect("is an object").remove("kind");
            with("provisioningId", body)
        }
        "ErasePerson" if CALLERS[caller] == "operator" => {
            let foreign = id == stage.object(caller, Kind::Person, Column::Foreign);
            let column = if foreign { Column::Foreign } else { Column::Own };
            with("personId", json!({ "tenantId": stage.object(caller, Kind::Partner, column) }))
        }
        "ImportMembers" => with(
            "organizationId",
            json!({ "members": [{ "email": "a@matrix.example", "role": "org_user" }] }),
        ),
        "IssueKey" => with("partnerId", json!({ "role": "auditor", "name": "Another" })),
        "LinkCaseToOrg" => with("caseId", json!({ "organizationId": stage.customers_organization })),
        "RecordUsage" => with(
            "organizationId",
            of_partner(json!({
                "source": "matrix", "id": "1", "meter": "calls", "value": "1", "time": "2026-01-01T00:00:00Z",
            })),
        ),
        "CorrectUsage" => with(
            "organizationId",
            of_partner(json!({
                "meter": "calls", "value": "-1", "time": "2026-01-01T00:00:00Z", "reason": "counted twice",
            })),
        ),
        "RedirectInvitation" => with("invitationId", json!({ "userId": partners_user })),
        "RefuseScreening" => with("customerId", json!({ "reason": "on the list" })),
        "RegisterOrganization" => {
            json!({ "name": "Matrix", "country": "SE", "userCount": 5, "adminEmails": ["a@matrix.example"] })
        }
        "RegisterPartner" => bodies::partner("Matrix Resale"),
        "RetryStep" => with("customerId", json!({ "step": "provision_package:webex_calling" })),
        "SetBranding" => json!({ "branding": { "brandName": "Matrix" } }),
        "SetBrandingOverride" => with("customerId", json!({ "override": true })),
        "SetLicense" => with("organizationId", json!({ "package": "webex_meetings", "state": "active" })),
        "SetScreeningList" => json!({ "entries": [{ "country": "DE", "name": "Denied Party" }] }),
        "SkipStep" => {
            with("customerId", json!({ "step": "provision_package:webex_calling", "reason": "not needed" }))
        }
        "UpdateCustomerOrg" => with("customerId", json!({ "label": "Matrix" })),
        "InviteUser" => with("organizationId", json!({ "email": "b@matrix.example", "role": "org_user" })),
        "AssignRole" | "RevokeRole" => {
            with("organizationId", json!({ "userId": Kind::User.missing(), "role": "org_admin" }))
        }
        "RemoveMember" => with("organizationId", json!({ "userId": Kind::User.missing() })),
        "CreateProject" | "CreateAppId" => with("organizationId", json!({ "name": "Matrix" })),
        "SetOrganizationSettings" => with("organizationId", json!({ "language": "sv" })),
        "CancelSubscription" => with("subscriptionId", json!({ "reason": "moved" })),
        "CloseCase" => with("caseId", json!({ "reason": "lost" })),
        "DraftQuote" => with("caseId", json!({ "lines": [line()] })),
        "EditQuote" => with("quoteId", json!({ "lines": [line()] })),
        "RejectQuote" => with("quoteId", json!({ "reason": "too dear" })),
        "SetConsoleAccess" => with("customerId", json!({ "consoleAccess": true })),
        other => named(only_field(other)),
    }
}

#[test]
fn every_command_has_its_row() {
    let rows: Vec<&str> = ROWS.iter().map(|(command, ..)| *command).collect();
    let catalogue: Vec<&str> = tenantry::app::catalogue().iter().map(|spec| spec.name).collect();
    assert_eq!(rows, catalogue, "one row for each command, by name");
}

#[test]
fn the_rows_say_the_same_as_the_table_of_roles() {
    for ((command, _, _, cells), spec) in ROWS.iter().zip(tenantry::app::catalogue()) {
        let may: Vec<&str> = spec.roles.iter().map(|role| role.as_str()).collect();
        for (caller, cell) in CALLERS.iter().zip(cells) {
            let role = if *caller == "suspended" { "partner_admin" } else { caller };
            assert_eq!(*cell != "-", may.contains(&role) || *cell == "t", "{command}, {caller}");
        }
    }
}

/// What is refused is refused in earnest; what may be done is tried with a dry run, so that each cell finds all as it was.
async fn every_command_is_for_its_roles_and_its_objects(store: &Store) {
    let stage = Stage::set(store).await;
    let before = stage.program.head().await;
    let mut flaws = Vec::new();
    for (command, kind, columns, row) in ROWS {
        let mut strangers = Strangers::default();
        for cell in cells(columns, row) {
            let id = if *kind == Kind::None {
                String::new()
            } else {
                stage.object(cell.caller, *kind, cell.column)
            };
            let body = body(&stage, cell.caller, command, &id);
            let dry = if cell.expected == '+' { "?dryRun=true" } else { "" };
            let path = format!("/api/v1/commands/{command}{dry}");
            let key = format!("{command}-{:?}", cell.column);
            let reply =
                send(stage.caller(cell.caller).post(&path, &body).header("idempotency-key", key)).await;
            if let Some(said) = difference(cell.expected, &reply, true) {
                let caller = CALLERS[cell.caller];
                flaws.push(format!(
                    "{command}, {caller}, {:?}: expected {}, was {said}",
                    cell.column, cell.expected
                ));
            }
            strangers.note(&cell, &reply, &id);
        }
        flaws.extend(strangers.flaws(command));
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
    assert_eq!(stage.program.head().await, before, "nothing was stored");
}

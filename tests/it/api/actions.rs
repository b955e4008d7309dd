//! What may be done with an object now: as each object says it, and as a dry run of the command says it.

use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, send, text};
use crate::journey::places::location;
use crate::journey::program::{Home, Program};
use crate::journey::quotes::lines;

on_both_databases!(within std::time::Duration::from_mins(5) =>
    every_object_of_the_sample_says_what_a_dry_run_says,
    an_object_says_why_something_cannot_be_done,
);

/// Every command, and the lists whose objects it is an action of; a command that makes something is one of none.
const ACTIONS: &[(&str, &[&str])] = &[
    ("AcceptInvitation", &[]),
    ("AcceptMigration", &[]),
    ("AcceptQuote", &["quotes"]),
    ("AddExternalAdmin", &["organizations"]),
    ("AddLocation", &["customers", "provisioning"]),
    ("AddNumbers", &["customers", "provisioning"]),
    ("AddPartnerUser", &[]),
    ("ApproveQuote", &["quotes"]),
    ("AssignNumber", &["subscribers"]),
    ("AssignRole", &["organizations"]),
    ("AttachExistingOrg", &[]),
    ("CancelOperation", &["customers", "provisioning"]),
    ("CancelSubscription", &["subscriptions"]),
    ("ChangePartnerUserRole", &[]),
    ("ChangeSubscriberPackages", &["subscribers"]),
    ("ClaimDomain", &["organizations"]),
    ("ClearScreening", &["customers", "provisioning", "screenings"]),
    ("CloseCase", &["cases"]),
    ("CorrectUsage", &[]),
    ("CreateAppId", &["organizations"]),
    ("CreateBillingReport", &[]),
    ("CreateCase", &[]),
    ("CreateCustomerOrg", &[]),
    ("CreateProject", &["organizations"]),
    ("CreateTemplate", &[]),
    ("DeactivateCase", &["cases"]),
    ("DeclineConsent", &["consents"]),
    ("DeclineQuote", &["quotes"]),
    ("DefineMeter", &[]),
    ("DeleteBillingReport", &["reports"]),
    ("DraftQuote", &["cases"]),
    ("EditQuote", &["quotes"]),
    ("EditTemplate", &["templates"]),
    ("ErasePerson", &[]),
    ("GrantConsent", &["consents"]),
    ("ImportMembers", &["organizations"]),
    ("InviteUser", &["organizations"]),
    ("IssueKey", &[]),
    ("LinkCaseToOrg", &["cases"]),
    ("ProvisionSubscriber", &[]),
    ("ReactivatePartner", &["partners"]),
    ("RecordUsage", &[]),
    ("RedirectInvitation", &["invitations"]),
    ("RefuseScreening", &["customers", "provisioning", "screenings"]),
    ("RegisterOrganization", &[]),
    ("RegisterPartner", &[]),
    ("RejectQuote", &["quotes"]),
    ("RemoveCustomerOrg", &["customers", "provisioning"]),
    ("RemoveLocation", &["locations"]),
    ("RemoveMember", &["organizations"]),
    ("RemoveNumbers", &["numbers"]),
    ("RemovePartnerUser", &[]),
    ("RemoveSubscriber", &["subscribers"]),
    ("ReopenCase", &["cases"]),
    ("RequestFullAccess", &["customers", "provisioning"]),
    ("RequestSetupAssist", &["customers", "provisioning"]),
    ("ResendConsent", &["consents", "customers", "provisioning"]),
    ("ResendInvitation", &["invitations"]),
    ("ResumeSubscription", &["subscriptions"]),
    ("RetireTemplate", &["templates"]),
    ("RetryCase", &["cases"]),
    ("RetryProvisioning", &["customers", "provisioning"]),
    ("RetryStep", &["customers", "provisioning"]),
    ("RevokeGrant", &["organizations"]),
    ("RevokeInvitation", &["invitations"]),
    ("RevokeKey", &["keys"]),
    ("RevokeRole", &["organizations"]),
    ("SendConsentMove", &["subscribers"]),
    ("SetBranding", &[]),
    ("SetBrandingOverride", &["customers", "provisioning"]),
    ("SetConsoleAccess", &["customers", "provisioning"]),
    ("SetLicense", &["organizations"]),
    ("SetOrganizationSettings", &["organizations"]),
    ("SetScreeningList", &[]),
    ("SkipStep", &["customers", "provisioning"]),
    ("SubmitQuote", &["quotes"]),
    ("SuspendPartner", &["partners"]),
    ("SuspendSubscription", &["subscriptions"]),
    ("UpdateCustomerOrg", &["customers", "provisioning"]),
    ("VerifyDomain", &["organizations"]),
    ("WithdrawAttach", &["consents", "customers", "provisioning"]),
];

/// The lists whose objects are shown one by one, and the field that names one.
const LISTS: [(&str, &str); 16] = [
    ("cases", "id"),
    ("consents", "id"),
    ("customers", "id"),
    ("invitations", "id"),
    ("keys", "id"),
    ("locations", "id"),
    ("numbers", "number"),
    ("organizations", "id"),
    ("partners", "id"),
    ("provisioning", "customerId"),
    ("quotes", "id"),
    ("reports", "id"),
    ("screenings", "id"),
    ("subscribers", "id"),
    ("subscriptions", "id"),
    ("templates", "id"),
];

/// What a command is refused with for its own data, whatever the object is like.
const OF_THE_BODY: [(&str, &str); 8] = [
    ("AcceptQuote", "calling_location_missing"),
    ("AssignRole", "member_not_found"),
    ("RemoveMember", "member_not_found"),
    ("RevokeRole", "member_not_found"),
    ("SetOrganizationSettings", "settings_missing"),
    ("ClaimDomain", "domain_not_verified"),
    ("EditTemplate", "template_name_taken"),
    ("LinkCaseToOrg", "not_a_customer"),
];

/// A user of no organization.
const NOBODY: &str = "usr_01kpm6f1aqfd7v61bznxez3w6q";

/// An organization that nobody has.
const NOBODYS: &str = "org_01kpm6f1aqfd7v61bznxez3w6q";

/// A body for a command to an object; what it needs besides is there.
fn body(command: &str, row: &Value, besides: &Besides) -> Value {
    let id = &row["id"];
    let customer = if row["customerId"].is_null() { id } else { &row["customerId"] };
    match command {
        "AddExternalAdmin" | "RevokeGrant" => json!({ "partnerId": besides.partner }),
        "AssignNumber" => json!({ "subscriberId": id, "extension": "17777" }),
        "ChangeSubscriberPackages" => json!({ "subscriberId": id, "packages": row["packages"] }),
        "RemoveSubscriber" | "SendConsentMove" => json!({ "subscriberId": id }),
        "AddLocation" => given(customer, location("Actions")),
        "AddNumbers" => json!({ "customerId": customer, "numbers": ["+4930123400"] }),
        "RemoveLocation" => json!({ "customerId": customer, "locationId": id }),
        "RemoveNumbers" => json!({ "customerId": customer, "numbers": [row["number"]] }),
        "RequestSetupAssist" => json!({ "customerId": customer, "contactEmail": "help@actions.example" }),
        "ClaimDomain" | "VerifyDomain" => json!({ "organizationId": id, "domain": "actions.example" }),
        "EditTemplate" => {
            let mut body = bodies::template();
            let fields = body.as_object_mut().expect("is an object");
            fields.remove("kind");
            fields.insert("provisioningId".to_owned(), row["provisioningId"].clone());
            fields.insert("name".to_owned(), json!("Actions"));
            body
        }
        "ImportMembers" => {
            json!({ "organizationId": id, "members": [{ "email": "a@actions.example", "role": "org_user" }] })
        }
        "AcceptQuote" | "ApproveQuote" | "DeclineQuote" | "SubmitQuote" => json!({ "quoteId": id }),
        "CancelSubscription" => json!({ "subscriptionId": id, "reason": "moved" }),
        "CloseCase" => json!({ "caseId": id, "reason": "lost" }),
        "DeleteBillingReport" => json!({ "reportId": id }),
        "DeactivateCase" | "ReopenCase" | "RetryCase" => json!({ "caseId": id }),
        "DraftQuote" => json!({ "caseId": id, "lines": lines() }),
        "EditQuote" => json!({ "quoteId": id, "lines": lines() }),
        "RejectQuote" => json!({ "quoteId": id, "reason": "too dear" }),
        "ResumeSubscription" | "SuspendSubscription" => json!({ "subscriptionId": id }),
        "LinkCaseToOrg" => {
            let free = besides.organizations.iter().find(|free| row["organizationId"] != **free);
            json!({ "caseId": id, "organizationId": free.map_or(NOBODYS, String::as_str) })
        }
        "ReactivatePartner" | "SuspendPartner" => json!({ "partnerId": id }),
        "RedirectInvitation" => json!({ "invitationId": id, "userId": besides.user }),
        "ResendInvitation" | "RevokeInvitation" => json!({ "invitationId": id }),
        "RetireTemplate" => json!({ "provisioningId": row["provisioningId"] }),
        "RevokeKey" => json!({ "keyId": id }),
        "SetBrandingOverride" => json!({ "customerId": customer, "override": true }),
        "SetLicense" => json!({ "organizationId": id, "package": "webex_meetings", "state": "active" }),
        "RefuseScreening" => json!({ "customerId": customer, "reason": "on the list" }),
        "UpdateCustomerOrg" => json!({ "customerId": customer, "label": "Actions" }),
        "ClearScreening" | "DeclineConsent" | "GrantConsent" | "RemoveCustomerOrg" | "RequestFullAccess"
        | "ResendConsent" | "RetryProvisioning" | "WithdrawAttach" => json!({ "customerId": customer }),
        "InviteUser" => json!({ "organizationId": id, "email": "b@actions.example", "role": "org_user" }),
        "AssignRole" | "RevokeRole" => {
            json!({ "organizationId": id, "userId": NOBODY, "role": "org_admin" })
        }
        "RemoveMember" => json!({ "organizationId": id, "userId": NOBODY }),
        "CreateProject" | "CreateAppId" => json!({ "organizationId": id, "name": "Actions" }),
        "SetOrganizationSettings" => json!({ "organizationId": id, "language": "sv" }),
        "SetConsoleAccess" => json!({ "customerId": customer, "consoleAccess": true }),
        other => panic!("{other} has no body as an action yet"),
    }
}

/// Puts the customer to what a command says of it.
fn given(customer: &Value, mut more: Value) -> Value {
    more["customerId"] = customer.clone();
    more
}

/// What bodies name besides the object itself.
#[derive(Default)]
pub(crate) struct Besides {
    /// A partner.
    pub(crate) partner: String,
    /// A user of the partner that asks.
    pub(crate) user: String,
    /// Organizations of customers of the partner that asks.
    pub(crate) organizations: Vec<String>,
}

/// Asserts of every object that a caller sees: its actions are those of the caller's role, and each is allowed just if
/// a dry run of it goes through, else refused with the same code. Returns how many were compared.
pub(crate) async fn assert_actions_are_true(client: &Client, role: &str, besides: &Besides) -> usize {
    let mut compared = 0;
    for (list, id) in LISTS {
        let reply = client.get(&format!("/api/v1/{list}?limit=500")).await;
        let rows = if reply.status == 403 {
            vec![]
        } else {
            reply.expect(200)["items"].as_array().cloned().unwrap_or_default()
        };
        for row in &rows {
            let shown = client.read(&format!("/api/v1/{list}/{}", text(row, id))).await;
            let actions = shown["actions"].as_array().expect("a single object has actions");
            let names: Vec<String> = actions.iter().map(|action| text(action, "command")).collect();
            assert_eq!(names, expected(list, role), "{role} {list}");
            for action in actions {
                let command = text(action, "command");
                if list == "consents" && asked_again(&rows, row) {
                    continue;
                }
                let bodies = if OF_WORK.contains(&command.as_str()) {
                    of_work(client, &command, row).await
                } else {
                    vec![body(&command, row, besides)]
                };
                assert_agree(action, &tried(client, &command, &bodies).await, &shown);
                compared += 1;
            }
        }
    }
    compared
}

/// The commands that name a step or the work itself: they may be given if they go through for any.
const OF_WORK: [&str; 3] = ["CancelOperation", "RetryStep", "SkipStep"];

/// The bodies of such a command: one for each step that the customer shows, or for its last work.
async fn of_work(client: &Client, command: &str, row: &Value) -> Vec<Value> {
    let customer = if row["customerId"].is_null() { &row["id"] } else { &row["customerId"] };
    let path = format!("/api/v1/provisioning/{}", customer.as_str().expect("a customer has an ID"));
    let shown = client.read(&path).await;
    let steps = shown["steps"].as_array().cloned().unwrap_or_default();
    let named = |step: &Value| match command {
        "SkipStep" => json!({ "customerId": customer, "step": step["name"], "reason": "not needed" }),
        _ => json!({ "customerId": customer, "step": step["name"] }),
    };
    match (command, &shown["operationId"]) {
        ("CancelOperation", Value::Null) => vec![],
        ("CancelOperation", operation) => vec![json!({ "customerId": customer, "operationId": operation })],
        _ => steps.iter().map(named).collect(),
    }
}

/// Tries a command on each body; one that goes through counts.
async fn tried(client: &Client, command: &str, bodies: &[Value]) -> Vec<Reply> {
    let path = format!("/api/v1/commands/{command}?dryRun=true");
    let mut replies = Vec::new();
    for body in bodies {
        replies.push(send(client.post(&path, body)).await);
    }
    replies.sort_by_key(|reply| reply.status);
    replies
}

/// Returns the actions of a role on the objects of a list, by the table.
fn expected(list: &str, role: &str) -> Vec<String> {
    let may = |name: &str| {
        let spec = tenantry::app::catalogue().iter().find(|spec| spec.name == name).expect("is a command");
        spec.roles.iter().any(|known| known.as_str() == role)
    };
    let of_list = ACTIONS.iter().filter(|(name, lists)| lists.contains(&list) && may(name));
    of_list.map(|(name, _)| (*name).to_owned()).collect()
}

/// Tells whether a row of the consents has ended, and the customer waits for another one.
fn asked_again(rows: &[Value], row: &Value) -> bool {
    let waits = |other: &Value| {
        other["customerId"] == row["customerId"] && other["status"] == "requested" && other["id"] != row["id"]
    };
    row["status"] != "requested" && rows.iter().any(waits)
}

fn assert_agree(action: &Value, tried: &[Reply], shown: &Value) {
    let command = text(action, "command");
    let Some(tried) = tried.first() else {
        assert_eq!(action["allowed"], false, "{action} without anything to try, of {shown}");
        return;
    };
    let code = (tried.status != 200).then(|| text(&tried.json(), "code"));
    let of_the_body = code.as_deref().is_some_and(|code| OF_THE_BODY.contains(&(command.as_str(), code)));
    let refused = code.filter(|_| !of_the_body);
    assert_eq!(action["allowed"] == true, refused.is_none(), "{action}, tried: {}, of {shown}", tried.text);
    // Each step may be refused for a reason of its own.
    if !OF_WORK.contains(&command.as_str()) {
        assert_eq!(action["reason"]["code"].as_str(), refused.as_deref(), "{action}, tried: {}", tried.text);
    }
}

#[test]
fn every_command_has_its_line_among_the_actions() {
    let lines: Vec<&str> = ACTIONS.iter().map(|(command, _)| *command).collect();
    let catalogue: Vec<&str> = tenantry::app::catalogue().iter().map(|spec| spec.name).collect();
    assert_eq!(lines, catalogue, "one line for each command, by name");
}

async fn every_object_of_the_sample_says_what_a_dry_run_says(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let operator = program.operator();
    let (partner, service, org_admin) = (
        operator.with_key(&program.printed("partner_admin").await),
        operator.with_key(&program.printed("service").await),
        operator.with_key(&program.printed("org_admin").await),
    );
    let user = json!({ "name": "Kim Seller", "email": "kim@actions.example", "role": "partner_user" });
    let user = send(partner.command("AddPartnerUser", &user)).await.expect(200);
    let customers = partner.list("/api/v1/customers?status=provisioned&limit=2").await;
    let besides = Besides {
        partner: program.printed("partner").await,
        user: text(&user, "userId"),
        organizations: customers.iter().map(|row| text(row, "organizationId")).collect(),
    };
    // What is done last is seen by all.
    operator.read(&format!("/api/v1/users?minPosition={}", program.head().await)).await;

    let mut compared = 0;
    for (client, role) in [
        (&operator, "operator"),
        (&partner, "partner_admin"),
        (&service, "service"),
        (&org_admin, "org_admin"),
    ] {
        compared += assert_actions_are_true(client, role, &besides).await;
    }
    assert!(compared > 500, "only {compared} actions");

    let named = json!({ "partnerId": besides.partner });
    send(operator.command("SuspendPartner", &named)).await.expect(200);
    assert!(assert_actions_are_true(&partner, "partner_admin", &besides).await > 200);
}

async fn an_object_says_why_something_cannot_be_done(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let asked = partner.provisioned(&partner.template().await, "customer-17").await;

    let customer = partner.admin.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;

    let actions = customer["actions"].as_array().expect("it has actions");
    let retry = actions.iter().find(|action| action["command"] == "RetryProvisioning").expect("is there");
    let text = format!("the work on customer {} has not failed", text(&asked, "id"));
    let expected = json!({
        "command": "RetryProvisioning", "allowed": false, "reason": { "code": "not_failed", "text": text },
    });
    assert_eq!(*retry, expected);
    let branding = actions.iter().find(|action| action["command"] == "SetBrandingOverride");
    assert_eq!(branding, Some(&json!({ "command": "SetBrandingOverride", "allowed": true })));
    let auditor =
        partner.auditor.read(&format!("/api/v1/customers/{}", asked["id"].as_str().expect("is there"))).await;
    assert_eq!(auditor["actions"], json!([]), "an auditor gives no command");
    let list = partner.admin.list("/api/v1/customers").await;
    assert_eq!(list[0].get("actions"), None, "a list has none");
}

//! Who may do what.

use serde_json::json;

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::program::{Home, Program};

on_both_databases!(
    an_auditor_reads_the_history_and_gives_no_command,
    each_command_is_for_its_roles,
    each_list_is_for_its_roles,
    a_suspended_partner_reads_and_hands_in_usage_and_does_nothing_else,
    the_catalogue_tells_the_roles_of_each_command,
);

async fn an_auditor_reads_the_history_and_gives_no_command(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let customer = bodies::customer(&template, "customer-17");

    let history = partner.auditor.lines("/api/v1/events").await;

    assert!(!history.is_empty());
    for (command, body) in [
        ("CreateTemplate", bodies::template()),
        ("CreateCustomerOrg", customer),
        ("RegisterPartner", bodies::partner("Another Resale")),
        ("IssueKey", json!({ "role": "auditor", "name": "Another auditor" })),
        ("RevokeKey", json!({ "keyId": "key_01m7yp5x7veej9eg2805wyf7ws" })),
    ] {
        let given = send(partner.auditor.command(command, &body)).await;
        assert_eq!(given.code(403), "role_forbidden", "{command}");
        let rehearsed = partner.auditor.post(&format!("/api/v1/commands/{command}?dryRun=true"), &body);
        assert_eq!(send(rehearsed).await.code(403), "role_forbidden", "{command}");
    }
    assert_eq!(partner.auditor.lines("/api/v1/events").await, history);
}

async fn each_command_is_for_its_roles(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let refused = async |client: &Client, command: &str, body: &serde_json::Value| {
        assert_eq!(send(client.keyed(command, "key", body)).await.code(403), "role_forbidden", "{command}");
    };

    refused(&partner.service, "RegisterPartner", &bodies::partner("Another Resale")).await;
    refused(&partner.admin, "RegisterPartner", &bodies::partner("Another Resale")).await;
    refused(&partner.service, "IssueKey", &json!({ "role": "service", "name": "Another service" })).await;
    refused(&operator, "CreateTemplate", &bodies::template()).await;

    // An administrator issues keys of its own partner, and none of the platform or of another tenant.
    let own = json!({ "role": "service", "name": "Another service" });
    let issued = send(partner.admin.command("IssueKey", &own)).await.expect(200);
    let events = partner.admin.list(&format!("/api/v1/events?aggregate={}", text(&issued, "id"))).await;
    assert_eq!(events[0]["tenantId"], json!(partner.id));
    let operators =
        send(partner.admin.command("IssueKey", &json!({ "role": "operator", "name": "Mine" }))).await;
    assert_ne!(operators.status, 200, "{}", operators.text);
}

async fn each_list_is_for_its_roles(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let readers = [
        ("operator", &operator),
        ("partner_admin", &partner.admin),
        ("service", &partner.service),
        ("auditor", &partner.auditor),
    ];
    let everybody = &["operator", "partner_admin", "service", "auditor"][..];
    for (path, allowed) in [
        ("customers", everybody),
        ("provisioning", everybody),
        ("operations", everybody),
        ("templates", everybody),
        ("commands", everybody),
        ("keys", &["operator", "partner_admin"]),
        ("events", &["operator", "partner_admin", "auditor"]),
        ("partners", &["operator"]),
        ("organizations", everybody),
        ("users", everybody),
        ("cases", everybody),
        ("quotes", everybody),
        ("subscriptions", &["operator", "partner_admin", "auditor"]),
        ("consents", everybody),
        ("invitations", everybody),
        ("activity", everybody),
        ("outbox", &["operator"]),
        ("projections", &["operator"]),
        ("tasks", &["operator"]),
    ] {
        for (role, reader) in readers {
            let reply = reader.get(&format!("/api/v1/{path}")).await;
            if allowed.contains(&role) {
                assert_eq!(reply.status, 200, "{role} {path}: {}", reply.text);
            } else {
                assert_eq!(reply.code(403), "role_forbidden", "{role} {path}");
            }
        }
    }
    let verify = send(partner.admin.post("/api/v1/projections/customers/verify", &json!({}))).await;
    assert_eq!(verify.code(403), "role_forbidden");
}

async fn a_suspended_partner_reads_and_hands_in_usage_and_does_nothing_else(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let customer = partner.provisioned(&template, "customer-17").await;
    let path = format!("/api/v1/customers/{}", text(&customer, "id"));
    let organization = partner.service.read(&path).await["organizationId"].clone();
    let named = json!({ "partnerId": partner.id });
    let asked = async |key: &str| {
        send(partner.service.keyed("CreateCustomerOrg", key, &bodies::customer(&template, key))).await
    };

    send(operator.command("SuspendPartner", &named)).await.expect(200);

    assert_eq!(asked("suspended").await.code(403), "partner_suspended");
    let user = json!({ "name": "Sam Seller", "email": "sam@resale.example", "role": "partner_user" });
    let refused = send(partner.admin.command("AddPartnerUser", &user)).await;
    assert_eq!(refused.code(403), "partner_suspended");
    assert_eq!(partner.service.get(&path).await.status, 200);
    let usage = json!({
        "source": "switch", "id": "1", "organizationId": organization, "meter": "calls", "value": "1",
        "time": "2026-01-01T00:00:00Z",
    });
    send(partner.service.keyed("RecordUsage", "usage", &usage)).await.expect(200);
    let row = &operator.list(&format!("/api/v1/partners?minPosition={}", program.head().await)).await[0];
    assert_eq!(row["suspended"], true);

    send(operator.command("ReactivatePartner", &named)).await.expect(200);

    assert_eq!(asked("again").await.status, 202);
    let missing = json!({ "partnerId": "ptr_01kpm6f1aqfd7v61bznxez3w6q" });
    assert_eq!(send(operator.command("SuspendPartner", &missing)).await.status, 404);
    assert_eq!(send(partner.admin.command("SuspendPartner", &named)).await.code(403), "role_forbidden");
}

async fn the_catalogue_tells_the_roles_of_each_command(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;

    let catalogue = program.operator().list("/api/v1/commands").await;

    let names: Vec<String> = catalogue.iter().map(|command| text(command, "name")).collect();
    assert!(names.is_sorted());
    let expected: Vec<&str> = tenantry::app::catalogue().iter().map(|spec| spec.name).collect();
    assert_eq!(names, expected);
    for command in catalogue {
        let by_role = command["roles"].as_array().is_some_and(|roles| !roles.is_empty());
        assert!(by_role || command["byToken"] == true, "{command}");
        assert_eq!(command["schema"]["additionalProperties"], false, "{command}");
    }
}

#[test]
fn r25_r26_an_organization_gives_no_command_of_sales_and_sees_no_invoices() {
    use tenantry_domain::role::Role;

    let of_organizations = |role: &Role| matches!(role, Role::OrgAdmin | Role::OrgUser);
    let sales =
        ["Case", "Quote", "Subscription", "Invoice", "BillingReport", "Customer", "Template", "Usage"];
    for spec in tenantry::app::catalogue() {
        let is_sales = sales.iter().any(|word| spec.name.contains(word));
        assert!(!(is_sales && spec.roles.iter().any(of_organizations)), "{}", spec.name);
    }
}

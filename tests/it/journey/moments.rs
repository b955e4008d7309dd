//! Reads of earlier moments: pages that stay where they are, what a partner was shown of an organization, and what has
//! changed between two moments.

use std::sync::Arc;

use serde_json::{Value, json};
use tenantry::app::App;
use tenantry::connectors::Simulation;
use tenantry::limits::LOG;
use tenantry::ports::{PageQuery, Past};
use tenantry::projector::{MomentFault, Moments, Sources, view_named};
use tenantry::store::postgres::PostgresStore;
use tenantry::store::sqlite::{SqliteStore, TemporaryFiles};

use super::attach::{attach, register};
use super::cast::Partner;
use super::client::{Client, Reply, items, send, text};
use super::in_process::InProcess;
use super::program::{Home, Program};
use super::verbs::{Where, answered};
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(
    pages_of_a_moment_stay_at_it_whatever_comes,
    before_its_first_event_nothing_was_there,
    a_moment_that_lies_ahead_is_refused,
    an_organization_that_is_no_customer_any_more_is_shown_as_it_was,
    a_request_for_consent_is_shown_to_both_sides_as_it_was,
    what_has_changed_of_an_aggregate_is_told_field_by_field,
    a_list_of_a_moment_counts_what_its_view_folds_and_nothing_else,
);

/// Returns the names of the items of an answer.
fn ids(page: &Value) -> Vec<String> {
    items(page).iter().map(|row| text(row, "id")).collect()
}

fn number(position: &str) -> i64 {
    position.parse().expect("a position is a number")
}

async fn pages_of_a_moment_stay_at_it_whatever_comes(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    for n in 0..5 {
        partner.provisioned(&template, &format!("customer-{n}")).await;
    }
    let head = program.head().await;
    let all = ids(&partner.admin.read(&format!("/api/v1/customers?minPosition={head}")).await);
    let events = program.operator().lines("/api/v1/events").await;
    let time = text(events.last().expect("there are events"), "recordedAt");
    for reader in [&partner.admin, &program.operator()] {
        for moment in [&head, &time] {
            let first = reader.get(&format!("/api/v1/customers?limit=2&at={moment}")).await;
            let (mut found, mut next) = (ids(&first.expect(200)), first.next_page());
            partner.provisioned(&template, &format!("later-{}", program.head().await)).await;

            while let Some(path) = next {
                assert!(path.contains(&format!("at={head}")), "{path}");
                let page = reader.get(&path).await;
                assert_eq!(page.header("tenantry-position"), Some(head.as_str()));
                found.extend(ids(&page.expect(200)));
                next = page.next_page();
            }

            assert_eq!(found, all, "{moment}");
        }
    }
    let first = partner.admin.get(&format!("/api/v1/customers?limit=2&at={head}")).await;
    let next = first.next_page().expect("there are more");
    let (_, cursor) = next.split_once("cursor=").expect("a cursor names the next page");
    let cursor = cursor.split('&').next().expect("it has an end");
    for path in ["limit=2".to_owned(), format!("at={}", number(&head) - 1)] {
        let reply = partner.admin.get(&format!("/api/v1/customers?{path}&cursor={cursor}")).await;
        assert_eq!(reply.code(400), "malformed", "a cursor belongs to its moment");
    }
    assert_eq!(
        partner.admin.get(&format!("/api/v1/customers?at={head}&limit=2&cursor={cursor}")).await.status,
        200
    );
}

async fn before_its_first_event_nothing_was_there(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let stranger = Partner::register(&program.operator(), "Another Resale").await;
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-17").await;
    let (id, position) = (text(&asked, "id"), number(&text(&asked, "position")));
    let path = format!("/api/v1/customers/{id}");

    let then = partner.admin.get(&format!("{path}?at={position}")).await;

    assert_eq!(then.header("tenantry-position"), Some(position.to_string().as_str()));
    let row = then.expect(200);
    assert_eq!((&row["status"], &row["sequence"]), (&json!("provisioning"), &json!(1)));
    assert!(row.get("actions").is_none(), "with what was nothing can be done: {row}");
    let now = partner.admin.read(&path).await;
    assert_eq!((&now["status"], row["primaryEmail"].is_string()), (&json!("provisioned"), true));
    for moment in ["0", "-1", &(position - 1).to_string(), "1999-12-31T00:00:00Z"] {
        let page = partner.admin.read(&format!("/api/v1/customers?at={moment}")).await;
        assert_eq!(items(&page), [] as [Value; 0], "{moment}");
        let early = partner.admin.get(&format!("{path}?at={moment}")).await;
        let foreign = stranger.admin.get(&format!("{path}?at={moment}")).await;
        assert_eq!(
            (early.code(404), early.json()["detail"].clone()),
            (foreign.code(404), foreign.json()["detail"].clone())
        );
    }
    let head = program.head().await;
    let foreign = stranger.admin.get(&format!("{path}?at={head}")).await;
    assert_eq!(foreign.code(404), "not_found", "what is somebody else's was never there");
    let unknown = "cust_00000000000000000000000000";
    let missing = stranger.admin.get(&format!("/api/v1/customers/{unknown}?at={head}")).await;
    let same = |text: &str, id: &str| text.replace(id, "ID");
    let said = |reply: &Reply| text(&reply.json(), "detail");
    assert_eq!(same(&said(&foreign), &id), same(&said(&missing), unknown));
}

async fn a_moment_that_lies_ahead_is_refused(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let ahead = number(&program.head().await) + 1;
    for moment in [ahead.to_string(), "2999-01-01T00:00:00Z".to_owned()] {
        for path in ["customers", "customers/cust_00000000000000000000000000", "organizations", "consents"] {
            let reply = partner.admin.get(&format!("/api/v1/{path}?at={moment}")).await;
            let fault = reply.expect(400)["errors"][0].clone();
            assert_eq!((&fault["pointer"], &fault["code"]), (&json!("at"), &json!("out_of_range")), "{path}");
        }
    }
    let both = partner.admin.get("/api/v1/customers?at=1&minPosition=1").await.expect(400);
    let pointers: Vec<String> =
        both["errors"].as_array().expect("faults").iter().map(|it| text(it, "pointer")).collect();
    assert_eq!(pointers, ["at", "minPosition"]);
}

async fn an_organization_that_is_no_customer_any_more_is_shown_as_it_was(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let other = Partner::register(&program.operator(), "Another Resale").await;
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-17").await;
    let customer = partner.admin.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
    let path = format!("/api/v1/organizations/{}", text(&customer, "organizationId"));
    let head = program.head().await;
    let mut before = partner.admin.read(&path).await;
    before.as_object_mut().expect("an object").remove("actions");
    let list = partner.admin.read("/api/v1/organizations").await;

    let body = json!({ "customerId": asked["id"] });
    let removed = send(partner.service.keyed("RemoveCustomerOrg", "remove", &body)).await.expect(202);
    partner.service.ended(&text(&removed["operation"], "id")).await;

    assert_eq!(partner.admin.get(&path).await.code(404), "not_found");
    assert_eq!(partner.admin.read(&format!("{path}?at={head}")).await, before);
    let then = partner.admin.read(&format!("/api/v1/organizations?at={head}")).await;
    assert_eq!((&then["items"], &then["position"]), (&list["items"], &json!(head)));
    assert_eq!(other.admin.get(&format!("{path}?at={head}")).await.code(404), "not_found");
    let now = program.head().await;
    assert_eq!(partner.admin.get(&format!("{path}?at={now}")).await.code(404), "not_found");
}

async fn a_request_for_consent_is_shown_to_both_sides_as_it_was(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let asking = partner.template_that_asks().await;
    let organization = register(&operator, "works", &json!({ "userCount": 150 })).await;
    let body = attach(&asking, &organization, "works");
    let answer = send(partner.service.keyed("AttachExistingOrg", "works", &body)).await.expect(202);
    let key = json!({ "role": "org_admin", "organizationId": organization, "name": "Administrator" });
    let issued = send(operator.command("IssueKey", &key)).await.expect(200);
    let administrator = operator.with_key(&text(&issued, "key"));
    let readers = [&partner.admin, &partner.auditor, &operator];
    let path = format!("/api/v1/consents/{}", text(&answer["operation"], "id"));
    until("the request", async || {
        let row = partner.admin.get(&path).await;
        (row.status == 200 && row.json()["mails"] == 1).then_some(())
    })
    .await;
    let head = program.head().await;
    let mut shown = Vec::new();
    for reader in readers {
        shown.push((of(reader, &path).await, of(reader, "/api/v1/consents").await["items"].clone()));
    }

    let body = json!({ "customerId": answer["id"] });
    send(administrator.command("GrantConsent", &body)).await.expect(200);

    for (reader, (row, rows)) in readers.iter().zip(&shown) {
        assert_eq!(row["status"], "requested");
        assert_eq!(of(reader, &format!("{path}?at={head}")).await, *row);
        let then = reader.read(&format!("/api/v1/consents?at={head}")).await;
        assert_eq!(then["items"], *rows);
    }
    let theirs = operator.read(&format!("/api/v1/consents?tenant={organization}&at={head}")).await;
    assert_eq!(items(&theirs).len(), 1);
    for path in [path, "/api/v1/consents".to_owned()] {
        let closed = administrator.get(&format!("{path}?at={head}")).await;
        assert_eq!(closed.code(403), "role_forbidden", "an organization's people have no history");
    }
}

/// Reads what is shown, without what can be done with it.
async fn of(reader: &Client, path: &str) -> Value {
    let mut shown = reader.read(path).await;
    shown.as_object_mut().expect("an object").remove("actions");
    shown
}

async fn what_has_changed_of_an_aggregate_is_told_field_by_field(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let stranger = Partner::register(&program.operator(), "Another Resale").await;
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-17").await;
    let (id, from) = (text(&asked, "id"), number(&text(&asked, "position")));
    let path = format!("/api/v1/aggregates/customer/{id}/diff");

    let found = partner.auditor.read(&format!("{path}?from={from}")).await;

    assert_eq!(found["from"], json!({ "position": from.to_string(), "sequence": 1 }));
    let status =
        found["changes"].as_array().expect("changes").iter().find(|it| it["path"] == "/requested/status");
    let expected = json!({ "path": "/requested/status", "before": "requested", "after": "provisioned" });
    assert_eq!(status, Some(&expected), "{found}");
    assert_eq!(partner.auditor.read(&format!("{path}?from={from}&to={from}")).await["changes"], json!([]));
    // Before its first event there was nothing, so all of it came; people's data as the role sees it.
    let came = partner.admin.read(&format!("{path}?from=0&to={from}")).await;
    assert_eq!(came["from"], json!({ "position": "0", "sequence": 0 }));
    assert!(came["changes"].as_array().expect("changes").iter().all(|it| it.get("before").is_none()));
    let user = json!({ "name": "Robin Seller", "email": "robin@resale.example", "role": "partner_user" });
    send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
    let of_partner = format!("/api/v1/aggregates/partner/{}/diff?from={from}", partner.id);
    let (told, withheld) = (partner.admin.read(&of_partner).await, partner.auditor.read(&of_partner).await);
    assert!(told.to_string().contains("robin@resale.example"), "{told}");
    assert!(!withheld.to_string().contains("robin@resale.example"), "{withheld}");
    let cli = ["state", "customer", &id, "--diff", &from.to_string()];
    assert_eq!(answered(&home, &Where::Server(&partner.auditor), &cli)["changes"], found["changes"]);

    assert_eq!(stranger.auditor.get(&format!("{path}?from={from}")).await.code(404), "not_found");
    let missing = format!("{path}?from=0&to={}", from - 1);
    assert_eq!(partner.auditor.get(&missing).await.code(404), "not_found");
    for query in [String::new(), format!("from={from}&to={}", from - 1), "from=1000000".to_owned()] {
        assert_eq!(partner.auditor.get(&format!("{path}?{query}")).await.code(400), "malformed", "{query}");
    }
}

async fn a_list_of_a_moment_counts_what_its_view_folds_and_nothing_else(store: &Store) {
    let home = Home::new();
    let server = InProcess::start(store, &home, Simulation::default()).await;
    let (operator, app) = (server.operator(), &server.http().app);
    let partner = Partner::register(&operator, "Example Resale").await;
    partner.provisioned(&partner.template().await, "customer-17").await;
    let organization = register(&operator, "works", &json!({ "userCount": 150 })).await;
    let body = attach(&partner.template_that_asks().await, &organization, "works");
    let answer = send(partner.service.keyed("AttachExistingOrg", "works", &body)).await.expect(202);
    let path = format!("/api/v1/consents/{}", text(&answer["operation"], "id"));
    until("the request", async || {
        let row = partner.service.get(&path).await;
        (row.status == 200 && row.json()["mails"] == 1).then_some(())
    })
    .await;
    let events = operator.lines("/api/v1/events").await;
    let head = number(&text(events.last().expect("there are events"), "position"));

    for (name, tenant) in [
        ("customers", Some(&partner.id)),
        ("customers", None),
        ("provisioning", Some(&partner.id)),
        ("organizations", Some(&organization)),
        ("consents", Some(&partner.id)),
        ("consents", Some(&organization)),
        ("invitations", Some(&partner.id)),
    ] {
        let view = view_named(name).expect("there is such a view");
        let tenant_id = tenant.map(|id| id.parse().expect("is a tenant"));
        // What a partner is shown of consents and invitations follows from the events of organizations.
        let of_others = tenant_id.is_some_and(|tenant_id| !view.stands_alone(tenant_id));
        let folded = events.iter().filter(|event| view.wants(&text(event, "type")));
        let folded = folded.filter(|event| of_others || tenant.is_none_or(|id| event["tenantId"] == **id));
        let folded = folded.count();
        assert!((1..events.len() / 2).contains(&folded), "{name}: {folded} of {}", events.len());
        let query = PageQuery { tenant_id, limit: 500, ..PageQuery::default() };

        let enough = folding_at_most(folded, store, app).await.page(&view, head, &query).await;
        let fewer = folding_at_most(folded - 1, store, app).await.page(&view, head, &query).await;

        let live = app.progress.live(view.name()).await.expect("the store answers");
        let (_, rows) = app.views.page(LOG, live, &query).await.expect("the store answers");
        assert_eq!(enough.expect("it folds no more"), rows, "{name} of {tenant:?}");
        assert!(!rows.is_empty(), "{name} of {tenant:?}");
        assert!(matches!(fewer, Err(MomentFault::TooMany)), "{name} of {tenant:?}");
    }
    server.stop().await;
}

/// Earlier moments of a server, folded from few events.
async fn folding_at_most(events: usize, store: &Store, app: &App) -> Moments {
    let past: Arc<dyn Past> = match store {
        Store::Sqlite(_) => Arc::new(SqliteStore::open_read_only(&store.url()).expect("the store is there")),
        Store::Postgres { .. } => {
            Arc::new(PostgresStore::connect(&store.url()).await.expect("the store answers"))
        }
    };
    let (ledger, views) = (app.ledger.clone(), app.views.clone());
    let sources = Sources { ledger, past, views, scratch: Arc::new(TemporaryFiles) };
    Moments::new(sources, app.progress.clone()).folding_at_most(events as i64)
}

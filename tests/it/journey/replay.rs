//! Whoever has the events can prove the views: the same SHA-256 live, on the store, over the interface and from a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::cast::Partner;
use super::client::{Client, items, send, text};
use super::program::{Home, Program};
use super::rebuild::at_the_head;
use super::verbs::{Where, answered, printed, refused};
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(
    live_views_and_replays_from_every_place_have_the_same_digests,
    every_tenants_digests_follow_from_its_own_events,
    an_earlier_moment_is_replayed_as_it_was,
    a_replay_shows_its_rows_and_nobody_of_them,
    an_altered_export_has_another_digest_and_one_with_a_gap_is_refused,
    digests_are_for_operators_and_auditors_of_the_tenant,
);

/// The views that a partner meets nothing of that works with customers alone.
pub(super) const NOT_MET: [&str; 13] = [
    "administrators",
    "app_ids",
    "cases",
    "consents",
    "memberships",
    "numbers",
    "projects",
    "quotes",
    "reports",
    "screenings",
    "subscribers",
    "subscriptions",
    "users",
];

/// Rows and SHA-256 of each view.
pub(super) type Digests = BTreeMap<String, (u64, String)>;

async fn live_views_and_replays_from_every_place_have_the_same_digests(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let operator = program.operator();

    let live = live(&operator, "").await;
    let of_partner = of_partner(&partner.auditor).await;

    assert!(live.iter().all(|(view, (rows, _))| *rows > 0 || NOT_MET.contains(&view.as_str())), "{live:?}");
    assert_eq!(replayed(&home, &Where::Store(store), &[]), live);
    assert_eq!(replayed(&home, &Where::Server(&operator), &[]), live);
    let file = export(&home, &Where::Server(&operator), "all", &[]);
    assert_eq!(replayed(&home, &Where::Nowhere, &["--from-file", &file]), live);
    // With the file of all, one tenant's rows can be told apart too.
    let one = ["--from-file", &file, "--partner", &partner.id];
    assert_eq!(alone(replayed(&home, &Where::Nowhere, &one)), of_partner);

    assert_ne!(of_partner, live);
    assert_eq!(replayed(&home, &Where::Server(&partner.auditor), &[]), of_partner);
    let file = export(&home, &Where::Server(&partner.auditor), "own", &[]);
    assert_eq!(replayed(&home, &Where::Nowhere, &["--from-file", &file]), of_partner);
    let digests = answered(&home, &Where::Server(&partner.auditor), &["projections", "digest"]);
    assert_eq!(alone(by_view(&digests)), of_partner);
}

/// Rows and SHA-256 of the views of a partner that follow from its own events.
pub(super) async fn of_partner(auditor: &Client) -> Digests {
    alone(live(auditor, "").await)
}

/// Leaves out the views whose rows of a partner need events of organizations too.
fn alone(mut digests: Digests) -> Digests {
    digests.retain(|view, _| view != "consents" && view != "invitations");
    digests
}

async fn every_tenants_digests_follow_from_its_own_events(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    two_partners_at_work(&program).await;
    let operator = program.operator();
    let mut tenants: Vec<String> =
        operator.lines("/api/v1/events").await.iter().map(|event| text(event, "tenantId")).collect();
    tenants.sort_unstable();
    tenants.dedup();
    assert!(tenants.len() > 4, "{tenants:?}");
    let mut left_out = Vec::new();
    for tenant in tenants {
        let live = live(&operator, &format!("?tenantId={tenant}")).await;

        let replayed = replayed(&home, &Where::Server(&operator), &["--partner", &tenant]);

        left_out.extend(live.keys().filter(|view| !replayed.contains_key(*view)).cloned());
        for (view, digest) in replayed {
            assert_eq!(live[&view], digest, "{view} of {tenant}");
        }
    }
    // A view whose rows need events of another tenant must say so, or its digests differ here.
    left_out.sort_unstable();
    left_out.dedup();
    assert_eq!(left_out, ["administrators", "consents", "invitations", "memberships", "partners", "usage"]);
}

async fn an_earlier_moment_is_replayed_as_it_was(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, template) = two_partners_at_work(&program).await;
    let operator = program.operator();
    let then = live(&operator, "").await;
    let own_then = of_partner(&partner.auditor).await;
    let head = program.head().await;
    partner.provisioned(&template, "customer-later").await;
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    assert_ne!(live(&operator, "").await, then);
    let at = ["--at", head.as_str()];

    assert_eq!(replayed(&home, &Where::Store(store), &at), then);
    assert_eq!(replayed(&home, &Where::Server(&operator), &at), then);
    assert_eq!(replayed(&home, &Where::Server(&partner.auditor), &at), own_then);
    let file = export(&home, &Where::Server(&partner.auditor), "own", &[]);
    assert_eq!(replayed(&home, &Where::Nowhere, &["--from-file", &file, "--at", &head]), own_then);
    let last = operator.list(&format!("/api/v1/events?from={head}&to={head}")).await;
    let time = text(&last[0], "recordedAt");
    assert_eq!(replayed(&home, &Where::Server(&operator), &["--at", &time]), then);
    assert_eq!(replayed(&home, &Where::Nowhere, &["--from-file", &file, "--at", &time]), own_then);
}

async fn a_replay_shows_its_rows_and_nobody_of_them(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let place = Where::Server(&partner.auditor);
    let rows = partner.auditor.list("/api/v1/customers").await;

    let shown = answered(&home, &place, &["replay", "--view", "customers"]);
    let lines = printed(&home, &place, &["replay", "--view", "customers", "-o", "ndjson"]);
    let table = printed(&home, &place, &["replay", "--view", "customers", "-o", "table"]);

    let view = &items(&shown)[0];
    let replayed: Vec<&Value> = items(view).iter().map(|row| &row["row"]).collect();
    assert_eq!(replayed, rows.iter().collect::<Vec<_>>());
    assert_eq!(rows[0]["primaryEmail"], json!({ "personal": "withheld" }));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    assert_eq!(lines[..rows.len()], *items(view));
    assert_eq!(lines[rows.len()]["sha256"], view["sha256"]);
    assert!(table.contains(view["sha256"].as_str().expect("is a text")), "{table}");
    assert!(table.contains(rows[0]["id"].as_str().expect("is a text")), "{table}");
}

async fn an_altered_export_has_another_digest_and_one_with_a_gap_is_refused(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    for (name, reader) in [("all", &program.operator()), ("own", &partner.auditor)] {
        let file = export(&home, &Where::Server(reader), name, &[]);
        let whole = std::fs::read_to_string(&file).expect("it was written");
        let lines: Vec<&str> = whole.lines().collect();
        let from = |text: String| {
            std::fs::write(&file, text).expect("it can be written");
            ["replay", "--digests", "--from-file", file.as_str()]
        };
        let honest = by_view(&answered(&home, &Where::Nowhere, &from(whole.clone())));

        let altered = whole.replacen("Example Retail", "Example Rival", 1);
        let altered = by_view(&answered(&home, &Where::Nowhere, &from(altered)));

        assert_ne!(altered["customers"], honest["customers"]);
        assert_eq!(altered["templates"], honest["templates"]);
        // Without one event of a customer that has others after it.
        let gap =
            lines.iter().position(|line| line.contains("customer.provisioning_started")).expect("is there");
        let text = [&lines[..gap], &lines[gap + 1..]].concat().join("\n");
        let (code, said) = refused(&home, &Where::Nowhere, &from(text));
        assert_eq!(code, 1);
        assert!(said.contains(" line ") && said.contains("events are missing"), "{said}");
        if name == "all" {
            assert!(
                said.contains(&format!("line {}: position {} follows position {gap}", gap + 1, gap + 2)),
                "{said}"
            );
        }
        let (code, said) =
            refused(&home, &Where::Nowhere, &from(whole.replacen("key.issued", "key.lost", 1)));
        assert!(code == 1 && said.contains("key.lost is of a newer program"), "{said}");
        let (code, said) = refused(&home, &Where::Nowhere, &from(format!("{}\nnothing\n", lines[0])));
        assert!(code == 1 && said.contains("line 2: this is not an exported event"), "{said}");
        let (code, said) = refused(&home, &Where::Nowhere, &from(format!("{}\n{}\n", lines[1], lines[0])));
        assert!(code == 1 && said.contains("line 2: position"), "{said}");
    }
}

async fn digests_are_for_operators_and_auditors_of_the_tenant(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let other = Partner::register(&program.operator(), "Third Resale").await;
    let path = "/api/v1/projections/customers/digest";

    let own = partner.auditor.read(path).await;

    assert_eq!(own["tenantId"], json!(partner.id));
    assert_eq!(
        partner.auditor.read(&format!("{path}?tenantId={}", partner.id)).await["sha256"],
        own["sha256"]
    );
    for refused in [&partner.admin, &partner.service] {
        assert_eq!(refused.get(path).await.code(403), "role_forbidden");
    }
    let foreign = format!("{path}?tenantId={}", partner.id);
    assert_eq!(other.auditor.get(&foreign).await.code(404), "not_found");
    assert_eq!(other.auditor.read(path).await["rows"], 0);
    assert_eq!(partner.auditor.get("/api/v1/projections/nothing/digest").await.code(404), "not_found");
    let (code, _) = super::verbs::refused(
        &home,
        &Where::Server(&other.auditor),
        &["replay", "--partner", &partner.id, "--digests"],
    );
    assert_eq!(code, 4);
}

/// Registers two partners with customers, usage and keys, and waits until nothing moves; returns one with its template.
pub(crate) async fn two_partners_at_work(program: &Program) -> (Partner, String) {
    let operator = program.operator();
    let meter = json!({ "name": "calls.minutes", "kind": "sum", "unit": "minutes" });
    send(operator.command("DefineMeter", &meter)).await.expect(200);
    let mut partners = Vec::new();
    for name in ["Example Resale", "Another Resale"] {
        let partner = Partner::register(&operator, name).await;
        let template = partner.template().await;
        for external_id in ["customer-17", "customer-18"] {
            partner.customer(&template, external_id).await;
        }
        partners.push((partner, template));
    }
    until("all views", async || settled(program).await.then_some(())).await;
    for (partner, _) in &partners {
        for row in partner.service.list("/api/v1/customers").await {
            let record = json!({
                "source": "switch-1", "id": row["id"], "organizationId": row["organizationId"],
                "meter": "calls.minutes", "time": "2026-01-31T10:00:00Z", "value": "12.5",
            });
            let key = text(&row, "id");
            send(partner.service.keyed("RecordUsage", &key, &record)).await.expect(200);
        }
    }
    until("all views", async || settled(program).await.then_some(())).await;
    partners.swap_remove(0)
}

/// Tells whether all work has ended and every view shows it.
pub(crate) async fn settled(program: &Program) -> bool {
    let operator = program.operator();
    for state in ["running", "waiting"] {
        let path = format!("/api/v1/operations?state={state}&minPosition={}", program.head().await);
        let Some(open) = operator.get(&path).await.unless_too_early() else { return false };
        if !items(&open).is_empty() {
            return false;
        }
    }
    at_the_head(program).await
}

pub(super) async fn live(reader: &Client, query: &str) -> Digests {
    let mut digests = Vec::new();
    for view in tenantry::projector::registered_views() {
        digests.push(reader.read(&format!("/api/v1/projections/{}/digest{query}", view.name())).await);
    }
    by_view(&json!({ "items": digests }))
}

#[track_caller]
pub(super) fn replayed(home: &Home, place: &Where<'_>, options: &[&str]) -> Digests {
    by_view(&answered(home, place, &[&["replay", "--digests"], options].concat()))
}

fn by_view(digests: &Value) -> Digests {
    let digest = |item: &Value| {
        (text(item, "view"), (item["rows"].as_u64().expect("is a number"), text(item, "sha256")))
    };
    items(digests).iter().map(digest).collect()
}

#[track_caller]
pub(super) fn export(home: &Home, place: &Where<'_>, name: &str, options: &[&str]) -> String {
    let file: PathBuf = home.path().join(format!("{name}.ndjson"));
    let lines = printed(home, place, &[&["events", "export"], options].concat());
    std::fs::write(&file, lines).expect("it can be written");
    file.to_str().expect("is a text").to_owned()
}

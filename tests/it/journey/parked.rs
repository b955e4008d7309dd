//! A view that cannot fold an event goes on without its tenant, until somebody settles it.

use serde_json::{Value, json};

use super::bodies;
use super::cast::Partner;
use super::client::{Client, send, text};
use super::first_run::verdicts;
use super::program::{Home, Program};
use super::rebuild::at_the_head;
use super::replay::{export, of_partner, replayed, settled, two_partners_at_work};
use super::verbs::{Where, answered, refused, run};
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(
    a_tenant_is_parked_and_the_others_go_on_until_it_is_tried_again,
    what_was_missed_is_caught_up_with_by_whichever_server_lives,
    a_skipped_event_is_left_out_of_the_view_its_rebuild_and_its_replays,
    where_rows_take_in_several_tenants_a_rebuild_settles_what_was_parked,
    what_is_parked_is_settled_by_operators,
);

mod two_servers {
    use super::a_server_that_does_not_move_the_view_is_asked_to_try_again;

    on_one_database!(postgres: a_server_that_does_not_move_the_view_is_asked_to_try_again);
}

async fn a_tenant_is_parked_and_the_others_go_on_until_it_is_tried_again(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (spoilt, other, operator) = parked_for_keys(store, &program).await;
    let parked = operator.list("/api/v1/projections/keys/parked").await;
    assert_eq!((parked.len(), &parked[0]["tenantId"]), (1, &json!(spoilt.partner.id)), "{parked:?}");
    assert_eq!(parked[0]["state"], "parked");
    assert!(text(&parked[0], "error").contains("cannot be read"), "{parked:?}");

    // The others go on; what is parked answers with what there is.
    let fresh = issue(&other, "Fresh").await;
    let missed = issue(&spoilt.partner, "Missed").await;
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    assert!(key_names(&other).await.contains(&"Fresh".to_owned()));
    assert!(!key_names(&spoilt.partner).await.contains(&"Missed".to_owned()));
    assert_eq!(other.admin.read(&format!("/api/v1/keys/{fresh}")).await["name"], "Fresh");
    let metrics = operator.get("/metrics").await.text;
    assert!(metrics.contains("tenantry_view_parked_tenants{view=\"keys\"} 1"), "{metrics}");
    assert!(metrics.contains("tenantry_view_parked_tenants{view=\"customers\"} 0"), "{metrics}");

    let doctor = run(&home, &Where::Store(store), &["doctor", "-o", "table"]);
    let found = String::from_utf8_lossy(&doctor.stdout);
    assert!(!doctor.status.success() && found.contains("1 parked, the first"), "{found}");

    // A try that fails again leaves it parked where it was.
    let place = Where::Server(&operator);
    let (code, said) = refused(&home, &place, &["projections", "retry", "keys", "--reason", "first"]);
    assert!(code == 1 && said.contains("1 tenants are still parked"), "{said}");
    assert_eq!(operator.list("/api/v1/projections/keys/parked").await[0]["position"], parked[0]["position"]);

    spoilt.mend(store).await;
    let options = ["projections", "retry", "keys", "--partner", spoilt.partner.id.as_str()];
    assert_eq!(answered(&home, &place, &options)["items"], json!([]));
    assert!(key_names(&spoilt.partner).await.contains(&"Missed".to_owned()));
    let row = spoilt.partner.admin.read(&format!("/api/v1/keys/{}", spoilt.key)).await;
    assert!(row["revokedAt"].is_string(), "{row}");
    issue(&spoilt.partner, "After").await;
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    assert_honest(&program).await;
    assert!(key_names(&spoilt.partner).await.contains(&"After".to_owned()));
    assert_ne!(missed, fresh);
    let told = store
        .raw()
        .await
        .number("select count(*) from parked where settled_at is not null and asked = 2")
        .await;
    assert_eq!(told, 1, "what was asked stays recorded");
}

async fn what_was_missed_is_caught_up_with_by_whichever_server_lives(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (spoilt, other, operator) = parked_for_keys(store, &program).await;
    for partner in [&spoilt.partner, &other] {
        let data = |n: usize| json!({ "role": "service", "name": format!("Key {n}") });
        let line = |n: usize| json!({ "command": "IssueKey", "data": data(n) }).to_string();
        let lines = (0..1200).map(line).collect::<Vec<_>>().join("\n");
        let many = partner.admin.request(reqwest::Method::POST, "/api/v1/commands");
        let reply = send(many.header("content-type", "application/x-ndjson").body(lines)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    spoilt.mend(store).await;

    send(operator.post("/api/v1/projections/keys/retry", &json!({}))).await.expect(202);
    // Wherever the try stands now, another server takes it up.
    program.kill();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    until("the end of the try", async || {
        operator.list("/api/v1/projections/keys/parked").await.is_empty().then_some(())
    })
    .await;

    until("all views", async || at_the_head(&program).await.then_some(())).await;
    let verdict = send(operator.post("/api/v1/projections/keys/verify", &json!({}))).await.expect(200);
    assert_eq!(verdict["differences"], json!([]), "{verdict}");
    assert!(verdict["rows"].as_u64().is_some_and(|rows| rows > 2400), "{verdict}");
}

async fn a_skipped_event_is_left_out_of_the_view_its_rebuild_and_its_replays(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    program.terminate().await;
    append_unreadable_template(store, &partner.id).await;
    let program = Program::start(store, &home, &[]).await;
    let (partner, operator) = (partner.at(&program), program.operator());
    until("all views", async || settled(&program).await.then_some(())).await;
    let mut body = bodies::template();
    body["name"] = json!("After the unreadable one");
    send(partner.admin.command("CreateTemplate", &body)).await.expect(200);
    until("all views", async || settled(&program).await.then_some(())).await;
    assert_eq!(partner.admin.list("/api/v1/templates").await.len(), 1);
    // Parked alike, live and replay are equal too.
    assert_honest(&program).await;

    let parked = operator.list("/api/v1/projections/templates/parked").await;
    let position = text(&parked[0], "position");
    let place = Where::Server(&operator);
    let skip = ["projections", "skip", "templates", "--reason", "made by hand", "--position"];
    let (code, said) = refused(&home, &place, &[&skip[..], &["1"]].concat());
    assert!(code == 3 && said.contains("not_parked"), "{said}");
    assert_eq!(answered(&home, &place, &[&skip[..], &[&position]].concat())["items"], json!([]));
    let of_activity =
        ["projections", "skip", "activity", "--reason", "made by hand", "--position", &position];
    assert_eq!(answered(&home, &place, &of_activity)["items"], json!([]));

    assert_eq!(partner.admin.list("/api/v1/templates").await.len(), 2);
    assert_honest(&program).await;
    // A moment leaves out what the view leaves out.
    let head = program.head().await;
    let then = partner.admin.list(&format!("/api/v1/templates?at={head}")).await;
    assert_eq!(then, partner.admin.list("/api/v1/templates").await);
    let told = operator.read("/api/v1/projections/templates/parked").await;
    assert_eq!((&told["items"], &told["skips"][0]["reason"]), (&json!([]), &json!("made by hand")));
    assert_eq!(told["skips"][0]["tenantId"], json!(partner.id));
    let live = of_partner(&partner.auditor).await;
    assert_eq!(replayed(&home, &Where::Server(&partner.auditor), &[]), live);
    let file = export(&home, &Where::Server(&partner.auditor), "own", &[]);
    let of_file = ["replay", "--digests", "--view", "templates", "--from-file", &file];
    let (code, said) = refused(&home, &Where::Nowhere, &of_file);
    assert!(code == 1 && said.contains(&format!("event at position {position} cannot be folded")), "{said}");
    let (skip, also) = (format!("templates:{position}"), format!("activity:{position}"));
    let both = ["--from-file", &file, "--skip", &skip, "--skip", &also];
    assert_eq!(replayed(&home, &Where::Nowhere, &both), live);

    send(operator.post("/api/v1/projections/templates/rebuild", &json!({}))).await.expect(202);
    until("the rebuilt view", async || {
        let readers = operator.list("/api/v1/projections").await;
        let rebuilt = |reader: &&Value| reader["name"] == "templates";
        (readers.iter().find(rebuilt)?["generation"] == 2).then_some(())
    })
    .await;
    assert_eq!(operator.list("/api/v1/projections/templates/parked").await, Vec::<Value>::new());
    assert_eq!(partner.admin.list("/api/v1/templates").await.len(), 2);
    assert_honest(&program).await;
}

async fn where_rows_take_in_several_tenants_a_rebuild_settles_what_was_parked(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let operator = program.operator();
    let spoil = format!("update view_usage_1 set doc = '{{}}' where tenant_id = '{}'", partner.id);
    store.raw().await.execute(&spoil).await.expect("the rows are there");
    let row = &partner.service.list("/api/v1/customers").await[0];
    let record = json!({
        "source": "switch-1", "id": "again", "organizationId": row["organizationId"], "meter": "calls.minutes",
        "time": "2026-01-31T10:00:00Z", "value": "1",
    });
    send(partner.service.keyed("RecordUsage", "again", &record)).await.expect(200);
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    assert_eq!(operator.list("/api/v1/projections/usage/parked").await.len(), 1);

    let left = answered(&home, &Where::Server(&operator), &["projections", "retry", "usage"]);

    assert_eq!(left["items"], json!([]));
    let readers = operator.list("/api/v1/projections").await;
    assert!(
        readers.iter().any(|reader| reader["name"] == "usage" && reader["generation"] == 2),
        "{readers:?}"
    );
    assert_honest(&program).await;
}

async fn what_is_parked_is_settled_by_operators(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (spoilt, other, operator) = parked_for_keys(store, &program).await;
    let path = "/api/v1/projections/keys";
    let skip = json!({ "position": "1", "reason": "because" });

    for reader in [&other.admin, &other.auditor, &other.service] {
        assert_eq!(send(reader.post(&format!("{path}/retry"), &json!({}))).await.code(403), "role_forbidden");
        assert_eq!(send(reader.post(&format!("{path}/skip"), &skip)).await.code(403), "role_forbidden");
    }
    assert_eq!(other.admin.get(&format!("{path}/parked")).await.code(403), "role_forbidden");
    assert_eq!(other.auditor.list(&format!("{path}/parked")).await, Vec::<Value>::new());
    assert_eq!(spoilt.partner.auditor.list(&format!("{path}/parked")).await.len(), 1);

    let unreasoned = json!({ "position": "1", "reason": "" });
    assert_eq!(send(operator.post(&format!("{path}/skip"), &unreasoned)).await.code(400), "malformed");
    assert_eq!(send(operator.post(&format!("{path}/skip"), &skip)).await.code(409), "not_parked");
    for verb in ["retry", "skip"] {
        let unknown = operator.post(&format!("/api/v1/projections/nothing/{verb}"), &skip);
        assert_eq!(send(unknown).await.status, if verb == "skip" { 404 } else { 400 });
    }
    let nobody = json!({ "tenantId": other.id });
    assert_eq!(send(operator.post(&format!("{path}/retry"), &nobody)).await.expect(202)["tenants"], 0);
}

async fn a_server_that_does_not_move_the_view_is_asked_to_try_again(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let second = Program::start(store, &home, &[]).await;
    let (spoilt, _, operator) = parked_for_keys(store, &program).await;
    spoilt.mend(store).await;

    for asked in [&second, &program] {
        send(asked.operator().post("/api/v1/projections/keys/retry", &json!({}))).await.expect(202);
    }

    until("the end of the try", async || {
        operator.list("/api/v1/projections/keys/parked").await.is_empty().then_some(())
    })
    .await;
    assert_honest(&second).await;
}

/// A partner whose key cannot be folded any more, because its row is spoilt.
pub(crate) struct Spoilt {
    pub(crate) partner: Partner,
    pub(crate) key: String,
    row: String,
}

impl Spoilt {
    async fn mend(&self, store: &Store) {
        let mend = format!("update view_keys_1 set doc = '{}' where row_key = '{}'", self.row, self.key);
        store.raw().await.execute(&mend).await.expect("the row is there");
    }
}

/// Registers two partners, spoils the row of a key of the first and revokes it.
pub(crate) async fn parked_for_keys(store: &Store, program: &Program) -> (Spoilt, Partner, Client) {
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let other = Partner::register(&operator, "Another Resale").await;
    let key = issue(&partner, "Spoilt").await;
    until("all views", async || at_the_head(program).await.then_some(())).await;
    let row = format!("select cast(doc as text) from view_keys_1 where row_key = '{key}'");
    let row = store.raw().await.texts(&row).await.remove(0);
    let spoil = format!("update view_keys_1 set doc = '{{}}' where row_key = '{key}'");
    store.raw().await.execute(&spoil).await.expect("the row is there");
    send(partner.admin.command("RevokeKey", &json!({ "keyId": key }))).await.expect(200);
    until("all views", async || at_the_head(program).await.then_some(())).await;
    (Spoilt { partner, key, row }, other, operator)
}

async fn issue(partner: &Partner, name: &str) -> String {
    let issued = send(partner.admin.command("IssueKey", &json!({ "role": "service", "name": name }))).await;
    text(&issued.expect(200), "id")
}

async fn key_names(partner: &Partner) -> Vec<String> {
    let keys = partner.admin.list("/api/v1/keys?limit=500").await;
    keys.iter().filter_map(|key| key["name"].as_str().map(str::to_owned)).collect()
}

async fn assert_honest(program: &Program) {
    for verdict in verdicts(program).await {
        assert_eq!(verdict["differences"], json!([]), "{verdict}");
    }
}

/// Appends an event that no version could have written, behind the back of the program.
async fn append_unreadable_template(store: &Store, tenant: &str) {
    let append = format!(
        "update logs set head = head + 1;
         insert into events (log, position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
             payload, metadata, recorded_at)
         select 0, head, '{tenant}', 'onboarding_template', 'tmpl_by_hand', 1, 'template.created', '1',
             '{{\"template.created\":{{}}}}', '{{\"id\":\"evt_by_hand\",\"actor\":\"nobody\"}}', recorded_at from logs"
    );
    store.raw().await.execute(&append).await.expect("it is appended");
}

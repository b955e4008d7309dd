//! A command that writes two streams of a tenant writes both or none.

use tenantry::ledger::{Envelope, ExecuteError, Outcome};
use tenantry::ports::NewClaim;
use tenantry_domain::directory_search::{DirectorySearch, RecordSearch};
use tenantry_domain::ids::DirectorySearchId;
use tenantry_domain::organization::{Organization, OrganizationRefusal};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::harness::{
    Fault, Server, Store, assert_whole, claim, create_organization, organization, set_license, tenant,
};

on_both_databases!(
    two_streams_are_written_in_one_commit,
    a_repeat_of_a_command_to_two_streams_has_the_first_answer,
    a_refusal_of_either_stream_leaves_both_as_they_were,
    a_taken_claim_leaves_both_streams_as_they_were,
    what_was_decided_beside_old_state_is_decided_again,
    many_commands_beside_one_stream_go_through_on_every_server,
);

fn search(number: u128) -> DirectorySearchId {
    DirectorySearchId::from_uuid(Uuid::from_u128(number))
}

/// Records a search, and sets a license beside it.
async fn both(
    server: &Server,
    number: u128,
    quantity: u32,
    fresh: bool,
    claims: Vec<NewClaim>,
) -> Result<Outcome, String> {
    let (id, name) = (search(number).to_string(), format!("search {number}"));
    let second = Envelope { claims, ..server.envelope(tenant(), &format!("{name} beside")) };
    let beside = server
        .streams
        .decide_beside::<DirectorySearch, Organization>(
            &id,
            &organization(1).to_string(),
            set_license(quantity),
            (second, fresh),
        )
        .await;
    let beside = match beside {
        Ok(beside) => Some(beside),
        Err(ExecuteError::OldState) => return Err("old".to_owned()),
        Err(error) => return Err(error.to_string()),
    };
    let envelope = Envelope { beside, creates: true, ..server.envelope(tenant(), &name) };
    let command = RecordSearch { search_id: search(number), found: Vec::new() };
    match server.streams.execute::<DirectorySearch>(&id, command, envelope, fresh).await {
        Err(ExecuteError::OldState) => Err("old".to_owned()),
        other => other.map_err(|error| error.to_string()),
    }
}

async fn with_organization(store: &Store) -> Server {
    let server = store.server().await;
    create(&server).await;
    server
}

async fn create(server: &Server) {
    let id = organization(1);
    server
        .execute::<Organization>(&id.to_string(), create_organization(id), || {
            server.envelope(tenant(), "create")
        })
        .await
        .expect("is carried out");
}

async fn sequences(server: &Server, number: u128) -> (i64, i64) {
    let first = server.streams.state::<DirectorySearch>(None, &search(number).to_string(), true).await;
    let second = server.streams.state::<Organization>(None, &organization(1).to_string(), true).await;
    (first.expect("the store answers").sequence, second.expect("the store answers").sequence)
}

async fn two_streams_are_written_in_one_commit(store: &Store) {
    let server = with_organization(store).await;

    let outcome = both(&server, 1, 5, false, Vec::new()).await;

    let Ok(Outcome::Committed { position: 3, answer }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(answer, r#"{"command":"search 1","sequence":1}"#);
    assert_eq!(sequences(&server, 1).await, (1, 2));
    let sizes: Vec<usize> = server.probe.attempts().iter().map(|attempt| attempt.commands.len()).collect();
    assert_eq!(sizes, [1, 2], "one batch has both");
    let kept = server.streams.state::<Organization>(None, &organization(1).to_string(), false).await;
    assert_eq!(kept.expect("the store answers").sequence, 2, "the state in memory has moved on");
    assert_whole(store).await;
}

async fn a_repeat_of_a_command_to_two_streams_has_the_first_answer(store: &Store) {
    let server = with_organization(store).await;
    server.probe.break_off([Some(Fault::After)]);

    let first = both(&server, 1, 5, false, Vec::new()).await;
    let again = both(&server, 1, 6, false, Vec::new()).await;
    let elsewhere = both(&server.without_memory().await, 1, 7, true, Vec::new()).await;

    let record = server.record("search 1").await.expect("it was written before it broke off");
    assert_eq!(record.last_position, 3);
    for outcome in [first, again] {
        let Ok(Outcome::Replayed(found)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(found, record);
    }
    assert!(elsewhere.is_err(), "its own stream knows the search: {elsewhere:?}");
    assert_eq!(sequences(&server, 1).await, (1, 2));
    assert_whole(store).await;
}

async fn a_refusal_of_either_stream_leaves_both_as_they_were(store: &Store) {
    let server = with_organization(store).await;
    both(&server, 1, 5, false, Vec::new()).await.expect("is carried out");
    let known = search(1).to_string();
    let second = || server.envelope(tenant(), "refused beside");
    let (org, missing) = (organization(1).to_string(), organization(9).to_string());

    let refused = server
        .streams
        .decide_beside::<DirectorySearch, Organization>(&known, &missing, set_license(6), (second(), true))
        .await;
    let beside = server
        .streams
        .decide_beside::<DirectorySearch, Organization>(&known, &org, set_license(6), (second(), true))
        .await
        .ok();
    let envelope = Envelope { beside, ..server.envelope(tenant(), "refused") };
    let command = RecordSearch { search_id: search(1), found: Vec::new() };
    let first = server.streams.execute::<DirectorySearch>(&known, command, envelope, true).await;

    assert!(
        matches!(refused, Err(ExecuteError::Refused(OrganizationRefusal::NotFound))),
        "{:?}",
        refused.err()
    );
    assert!(matches!(first, Err(ExecuteError::Refused(_))), "{first:?}");
    assert_eq!(sequences(&server, 1).await, (1, 2));
    assert_eq!(server.record("refused beside").await, None);
    assert_whole(store).await;
}

async fn a_taken_claim_leaves_both_streams_as_they_were(store: &Store) {
    let server = with_organization(store).await;
    both(&server, 1, 5, false, vec![claim("x", "one")]).await.expect("is carried out");

    let taken = both(&server, 2, 6, false, vec![claim("x", "two")]).await;

    assert_eq!(taken.expect_err("is refused"), "name is taken by one");
    assert_eq!(sequences(&server, 2).await, (0, 2));
    assert_eq!(server.record("search 2").await, None);
    both(&server, 2, 6, false, Vec::new()).await.expect("the turns were given back");
    assert_whole(store).await;
}

async fn what_was_decided_beside_old_state_is_decided_again(store: &Store) {
    let server = with_organization(store).await;
    let other = server.without_memory().await;
    let id = organization(1).to_string();
    other
        .execute::<Organization>(&id, set_license(9), || other.envelope(tenant(), "faster"))
        .await
        .expect("is carried out");

    let late = both(&server, 1, 5, false, Vec::new()).await;
    let again = both(&server, 1, 5, true, Vec::new()).await;

    assert_eq!(late.expect_err("the organization has moved on"), "old");
    assert!(matches!(again, Ok(Outcome::Committed { position: 4, .. })), "{again:?}");
    assert_eq!(sequences(&server, 1).await, (1, 3));
    assert_whole(store).await;
}

async fn many_commands_beside_one_stream_go_through_on_every_server(store: &Store) {
    let servers = store.servers().await;
    create(&servers[0]).await;
    let mut commands = JoinSet::new();
    for n in 1..=64u32 {
        let server = servers[n as usize % servers.len()].clone();
        commands.spawn(async move {
            let mut fresh = false;
            loop {
                match both(&server, u128::from(n), n, fresh, Vec::new()).await {
                    Err(old) if old == "old" => fresh = true,
                    outcome => return outcome.expect("nobody refuses"),
                }
            }
        });
    }

    let outcomes = commands.join_all().await;

    assert_eq!(outcomes.len(), 64);
    for n in 1..=64 {
        assert_eq!(sequences(&servers[0], n).await, (1, 65));
    }
    assert_whole(store).await;
}

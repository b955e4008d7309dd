//! One address is one person of a tenant, with one key, however many commands meet it first.

use std::collections::BTreeSet;

use tenantry::ledger::Outcome;
use tenantry::limits::LOG;
use tenantry::ports::Ledger;
use tenantry_domain::access_key::AccessKeyEvent;
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;
use tokio::task::JoinSet;

use crate::harness::{Store, assert_whole, email, partner, tenant};

on_both_databases!(
    many_commands_that_meet_a_person_at_once_make_one_key,
    an_address_in_two_tenants_is_two_persons,
);

async fn many_commands_that_meet_a_person_at_once_make_one_key(store: &Store) {
    let servers = store.servers().await;
    let mut callers = JoinSet::new();
    for number in 0..64_u128 {
        let server = servers[usize::try_from(number).expect("is small") % servers.len()].clone();
        let address = if number % 2 == 0 { "someone@customer.example" } else { "SomeOne@Customer.example" };
        callers.spawn(async move { server.issue_key(tenant(), number + 1, &email(address)).await });
    }

    let outcomes = callers.join_all().await;

    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Committed { .. })));
    let mut raw = store.raw().await;
    assert_eq!(raw.number("select count(*) from person_keys").await, 1);
    assert_eq!(raw.number("select count(*) from claims where kind = 'person'").await, 1);
    let mut events: Vec<AccessKeyEvent> = servers[0]
        .probe
        .read_after(LOG, 0, 100)
        .await
        .expect("the store answers")
        .iter()
        .map(|event| event.event().expect("it decodes"))
        .collect();
    assert_eq!(events.len(), 64);
    let keys = servers[0].persons.keys_of(tenant(), &mut events).await.expect("the store answers");
    let mut subjects = BTreeSet::new();
    for mut event in events {
        keys.unseal(&mut event).expect("the one key opens it");
        let AccessKeyEvent::Issued(issued) = event else { panic!("all were issued") };
        match issued.email.expect("it has an address") {
            Personal::Open { subject, value } => {
                subjects.insert(subject);
                assert_eq!(value.normalized(), "someone@customer.example");
            }
            other => panic!("it opens: {other:?}"),
        }
    }
    assert_eq!(subjects.len(), 1);
    assert_whole(store).await;
}

async fn an_address_in_two_tenants_is_two_persons(store: &Store) {
    let server = store.server().await;
    let tenants: [TenantId; 2] = [partner(1).into(), partner(2).into()];
    for (number, tenant) in (1..).zip(tenants) {
        server.issue_key(tenant, number, &email("someone@customer.example")).await;
    }

    let mut raw = store.raw().await;

    assert_eq!(raw.number("select count(distinct subject) from person_keys").await, 2);
    let hashes = "select count(distinct value) from claims where kind = 'person'";
    assert_eq!(raw.number(hashes).await, 2, "nor can the two be seen to be one");
}

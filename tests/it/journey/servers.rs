//! Two servers on one database under load: one is killed, or stands still and wakes up, and the other takes over.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tenantry::limits::{LEASE_MS, LEASE_RENEWAL};

use super::asked::Asked;
use super::bodies;
use super::cast::Partner;
use super::client::{Client, send, text};
use super::load::Load;
use super::once::{assert_all_work_succeeds, assert_each_is_there_once};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Acknowledged, Raw, Store, assert_sound};

on_one_database!(
    postgres: the_other_server_takes_over_from_one_that_was_killed,
    a_server_that_wakes_up_after_its_leases_is_fenced_off,
    a_server_that_stands_still_within_a_transaction_holds_up_nobody,
    a_server_that_is_slow_keeps_its_leases,
);

/// How long the platform takes: so long that tasks are under way whenever something happens.
const SLOW_MS: i64 = 400;

/// How long it takes where a server is to be stopped while it waits for it; less than it takes to renew a lease.
const VERY_SLOW_MS: i64 = 1_800;

/// Callers of each server.
const CALLERS: usize = 4;

/// Processes that a load sets to work.
const PROCESSES: i64 = 4;

/// What a busy machine may take besides the lease and a look for it.
const SLACK: Duration = Duration::from_secs(6);

/// Two servers; the first one leads all views and processes, because it was alone at first.
struct Pair {
    homes: (Home, Home),
    first: Program,
    second: Program,
    partner: Partner,
    template: String,
    /// The name under which the first one holds its leases.
    leader: String,
}

impl Pair {
    /// Starts both with a platform that takes so long.
    async fn start(store: &Store, platform_ms: i64) -> Self {
        let homes = (Home::new(), Home::new());
        let delay = platform_ms.to_string();
        let slow = ["--platform", "simulated", "--simulated-delay-ms", &delay];
        let first = Program::start(store, &homes.0, &slow).await;
        let partner = Partner::register(&first.operator(), "Example Resale").await;
        let mut body = bodies::template();
        body["allowAdminInviteOnAttach"] = json!(true);
        let template = send(partner.service.keyed("CreateTemplate", "asking", &body)).await.expect(200);
        let template = text(&template, "provisioningId");
        let leaders = "select distinct lease_owner from projections";
        let leader = until("one leader of all", async || {
            let leaders = store.raw().await.texts(leaders).await;
            (leaders.len() == 1 && !leaders[0].is_empty()).then(|| leaders[0].clone())
        })
        .await;
        let second = Program::start(store, &homes.1, &slow).await;
        Self { homes, first, second, partner, template, leader }
    }

    /// Starts callers of both servers, and waits until both have answered, all processes have work that is not done, and
    /// the first server has tasks of those under way that ask the platform.
    async fn load(&self, raw: &mut Raw) -> (Load, Load) {
        let of = |program: &Program, name| {
            let (service, operator) = (self.partner.at(program).service, program.operator());
            Load::of_everything(&service, &operator, &self.template, name, CALLERS)
        };
        let loads = (of(&self.first, "first"), of(&self.second, "second"));
        loads.0.answered(5).await;
        loads.1.answered(5).await;
        let at_work = "select count(distinct process) from tasks";
        let of_first = format!("{at_work} where lease_owner = '{}'", self.leader);
        until("work of all processes", async || {
            (raw.number(at_work).await == PROCESSES && raw.number(&of_first).await > 1).then_some(())
        })
        .await;
        loads
    }

    /// Asserts that the first server still leads the view and the process in the midst of which it is to be stopped.
    async fn assert_it_leads(&self, raw: &mut Raw) {
        let led =
            "select distinct lease_owner from projections where name in ('customers', 'provision_customer')";
        assert_eq!(raw.texts(led).await, std::slice::from_ref(&self.leader));
    }

    /// Waits until the second server leads all that the first one led; returns how long that took.
    async fn taken_over(&self, raw: &mut Raw) -> Duration {
        let begun = Instant::now();
        let led = format!("select count(*) from projections where lease_owner = '{}'", self.leader);
        until("the take-over", async || (raw.number(&led).await == 0).then_some(())).await;
        begun.elapsed()
    }
}

/// The longest time in which a lease ends and another server notices.
fn take_over_max() -> Duration {
    Duration::from_millis(LEASE_MS.unsigned_abs()) + LEASE_RENEWAL + SLACK
}

/// Asks again what was not answered, and asserts that all succeeds and is there once.
async fn assert_nothing_is_lost(store: &Store, operator: &Client, partner: &Partner, asked: Vec<Asked>) {
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for mut asked in asked {
        if asked.reply.is_none() {
            asked.ask_again(operator).await;
        }
        acknowledged.push(asked.acknowledged());
    }
    assert_all_work_succeeds(operator, partner, &acknowledged).await;
    assert_sound(store, Some(operator), &acknowledged).await;
    assert_each_is_there_once(operator, partner, &acknowledged).await;
}

async fn the_other_server_takes_over_from_one_that_was_killed(store: &Store) {
    let pair = Pair::start(store, SLOW_MS).await;
    let mut raw = store.raw().await;
    let loads = pair.load(&mut raw).await;

    pair.first.signal("KILL");
    let mut asked = loads.0.stop().await;
    loads.1.answered(5).await;
    asked.extend(loads.1.stop().await);

    let elapsed = pair.taken_over(&mut raw).await;
    assert!(elapsed < take_over_max(), "the take-over took {elapsed:?}");
    let partner = pair.partner.at(&pair.second);
    assert_nothing_is_lost(store, &pair.second.operator(), &partner, asked).await;
}

async fn a_server_that_wakes_up_after_its_leases_is_fenced_off(store: &Store) {
    let pair = Pair::start(store, VERY_SLOW_MS).await;
    let mut raw = store.raw().await;
    let loads = pair.load(&mut raw).await;

    // It is stopped between what it reads for a step and what it writes, and while it waits for the platform: for a task
    // that is not half done.
    let asking = format!(
        "select count(*) from tasks where lease_owner = '{}' and process = 'provision_customer'
            and lease_until > (extract(epoch from clock_timestamp()) * 1000)::bigint + {}",
        pair.leader,
        LEASE_MS - VERY_SLOW_MS / 2,
    );
    let lock = until("tasks that have just begun", async || {
        let reads =
            [("view_customers_1", "select v.tenant_id"), ("process_state", "select process_id, state")];
        let lock = locked(store, "access exclusive", &reads).await;
        (raw.number(&asking).await > 0).then_some(lock)
    })
    .await;
    pair.assert_it_leads(&mut raw).await;
    pair.first.signal("STOP");
    drop(lock);
    pair.taken_over(&mut raw).await;
    let held = format!("select count(*) from tasks where lease_owner = '{}'", pair.leader);
    until("tasks that were taken over", async || (raw.number(&held).await == 0).then_some(())).await;
    let fences =
        "select name || ' ' || fence || ' ' || lease_owner from projections order by name, generation";
    let before = raw.texts(fences).await;
    assert!(!loads.1.was_away(), "the second server answers all the time");
    pair.first.signal("CONT");

    for of in ["views", "process", "task"] {
        let refused = format!("tenantry_leases_lost_total{{of=\"{of}\"}}");
        until(&refused, async || {
            let metrics = pair.first.operator().stranger(Method::GET, "/metrics");
            send(metrics).await.text.contains(&refused).then_some(())
        })
        .await;
    }
    let mut asked = loads.0.stop().await;
    asked.extend(loads.1.stop().await);
    assert_nothing_is_lost(store, &pair.second.operator(), &pair.partner, asked).await;
    assert_eq!(raw.texts(fences).await, before, "it has got nothing back");
    // It goes on as the one that follows.
    assert_sound(store, Some(&pair.first.operator()), &[]).await;
    drop(pair.homes);
}

async fn a_server_that_stands_still_within_a_transaction_holds_up_nobody(store: &Store) {
    let pair = Pair::start(store, SLOW_MS).await;
    let mut raw = store.raw().await;
    let loads = pair.load(&mut raw).await;

    // It is stopped when it has moved a checkpoint and not yet committed: it holds the row that must be taken over.
    let lock = locked(store, "share", &[("view_customers_1", "insert")]).await;
    pair.assert_it_leads(&mut raw).await;
    pair.first.signal("STOP");
    drop(lock);

    let elapsed = pair.taken_over(&mut raw).await;
    assert!(elapsed < take_over_max(), "the take-over took {elapsed:?}");
    assert!(!loads.1.was_away(), "the second server answers all the time");
    pair.first.signal("CONT");
    let mut asked = loads.0.stop().await;
    asked.extend(loads.1.stop().await);
    assert_nothing_is_lost(store, &pair.second.operator(), &pair.partner, asked).await;
}

async fn a_server_that_is_slow_keeps_its_leases(store: &Store) {
    let pair = Pair::start(store, SLOW_MS).await;
    let mut raw = store.raw().await;
    let loads = pair.load(&mut raw).await;

    // A step of the views waits for what it reads, for longer than a lease lasts.
    let lock = locked(store, "access exclusive", &[("view_customers_1", "select v.tenant_id")]).await;
    tokio::time::sleep(take_over_max()).await;
    pair.assert_it_leads(&mut raw).await;
    drop(lock);

    let mut asked = loads.0.stop().await;
    asked.extend(loads.1.stop().await);
    assert_nothing_is_lost(store, &pair.second.operator(), &pair.partner, asked).await;
}

/// Locks tables until a server waits for each of them with a statement that begins so; dropping the connection ends the
/// lock.
async fn locked(store: &Store, mode: &str, statements: &[(&str, &str)]) -> Raw {
    let mut raw = store.raw().await;
    let tables: Vec<&str> = statements.iter().map(|(table, _)| *table).collect();
    let begin = format!("begin; lock table {} in {mode} mode", tables.join(", "));
    let each = statements.iter().map(|(table, statement)| {
        format!(
            "exists (select from pg_locks join pg_stat_activity using (pid)
            where not granted and relation = '{table}'::regclass
                and ltrim(query, E' \\n') like '{statement}%')"
        )
    });
    let all_wait = format!("select count(*) where {}", each.collect::<Vec<_>>().join(" and "));
    // Where a server happens to be when the lock comes is a matter of chance: it is tried again, and all can work and renew
    // their leases in between.
    until("a server that waits where it is wanted", async || {
        tokio::time::sleep(LEASE_RENEWAL / 4).await;
        let mut lock = store.raw().await;
        lock.execute(&begin).await.expect("the role owns the tables");
        let since = Instant::now();
        while since.elapsed() < LEASE_RENEWAL / 4 {
            if raw.number(&all_wait).await == 1 {
                return Some(lock);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    })
    .await
}

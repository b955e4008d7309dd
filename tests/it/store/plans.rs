//! The plans of every statement: no table that grows is read from end to end.

use sqlx::{Connection, Executor, PgConnection, Row, SqliteConnection};
use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::moving::TABLES;
use tenantry::ports::Generation;
use tenantry::store::{postgres, sqlite};
use tenantry_domain::customer::OfferedCountries;

use crate::harness::Store;

mod sqlite_only {
    use super::{copies_on_sqlite_page_along_the_keys, no_statement_on_sqlite_scans_a_growing_table};

    on_one_database!(
        sqlite: no_statement_on_sqlite_scans_a_growing_table, copies_on_sqlite_page_along_the_keys
    );
}

mod postgres_only {
    use super::{copies_on_postgres_page_along_the_keys, no_statement_on_postgres_scans_a_growing_table};

    on_one_database!(
        postgres: no_statement_on_postgres_scans_a_growing_table, copies_on_postgres_page_along_the_keys
    );
}

/// The view whose tables the statements are planned on.
const VIEW: Generation = Generation { view: "customers", number: 1 };

/// Tables that grow with use.
const GROWING: [&str; 7] =
    ["events", "commands", "claims", "person_keys", "tenants", "process_state", "view_customers_1"];

/// Fills the tables that grow: small ones are scanned whatever their indexes.
const FILL: &str = "
insert into tenants select 'ptr_' || n, 'partner', 0 from generate_series(1, 20000) n;
insert into events
select 0, n, 'ptr_' || n % 100, 'customer', 'cust_' || n / 5, n % 5 + 1, 'type', '1', '{}', '{}', n
from generate_series(1, 20000) n;
insert into commands
select 'ptr_' || n % 100, 'scope', 'command ' || n, '', 'type', '{}', n, n, 0, n from generate_series(1, 20000) n;
insert into claims select 'ptr_' || n % 100, 'kind', 'value ' || n, 'holder', 0 from generate_series(1, 20000) n;
insert into person_keys select 'ptr_' || n % 100, 'per_' || n, 1, 'x', 'x', 0 from generate_series(1, 20000) n;
insert into process_state (process, process_id, log, state, position)
select 'process', 'id ' || n, 0, '{}', n from generate_series(1, 20000) n;
insert into view_customers_1
select 'ptr_' || n % 100, 'cust_' || n, '{}' from generate_series(1, 20000) n;
insert into tasks (task_id, log, tenant_id, process, kind, payload, origin, attempts, not_before, lease_until, fence)
select 'task_' || n, 0, 'ptr_1', 'process', 'kind', '{}', '{}', 0,
    (extract(epoch from now()) * 1000)::bigint + n * 1000, 0, 0 from generate_series(1, 20000) n;
analyze";

/// Makes every table, as the first start of a server does.
async fn prepare(store: &Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let settings = Settings {
        store: store.url(),
        data_dir: folder.path().to_owned(),
        wrapping_key: Some("A".repeat(43)),
        simulation: None,
        offered: OfferedCountries::All,
        public_url: "http://tenantry.example".to_owned(),
        movable_clock: false,
        consent_days: 30,
    };
    let server = Server::open(&settings, Access::Write).await.expect("the store opens");
    server.committing.stop().await;
}

async fn no_statement_on_sqlite_scans_a_growing_table(store: &Store) {
    prepare(store).await;
    let mut connection = SqliteConnection::connect(&store.url()).await.expect("the file opens");
    let mut plans = Vec::new();
    for (name, statement) in sqlite::statements(VIEW) {
        for part in statement.split(';').filter(|part| is_planned(part)) {
            let rows = connection.fetch_all(format!("explain query plan {part}").as_str()).await;
            let rows = rows.unwrap_or_else(|error| panic!("{name}: {error}"));
            plans.extend(rows.iter().map(|row| format!("{name}: {}", row.get::<String, _>("detail"))));
        }
    }

    let found: Vec<&String> = plans.iter().filter(|line| scans_on_sqlite(line)).collect();
    assert!(found.is_empty(), "{found:#?}\nof\n{plans:#?}");
    let control = "explain query plan select payload from events as e where event_type = ''";
    let row = connection.fetch_one(control).await.expect("is planned");
    assert!(scans_on_sqlite(&row.get::<String, _>("detail")), "a scan must be seen as one");
}

/// Tells whether a line of a plan reads a growing table, under its name or an alias, from end to end.
///
/// Virtual tables are the batches themselves, and `v LEFT-JOIN` is the one page that a list has read by then.
fn scans_on_sqlite(line: &str) -> bool {
    const ALIASES: [&str; 6] = ["e", "c", "v", "t", "k", "s"];
    let scanned = line.split_once("SCAN ").and_then(|(_, rest)| rest.split_whitespace().next());
    !line.contains("VIRTUAL TABLE")
        && !line.ends_with("SCAN v LEFT-JOIN")
        && scanned.is_some_and(|table| GROWING.contains(&table) || ALIASES.contains(&table))
}

async fn no_statement_on_postgres_scans_a_growing_table(store: &Store) {
    prepare(store).await;
    let mut connection = PgConnection::connect(&store.url()).await.expect("the database answers");
    connection.execute(FILL).await.expect("the tables are there");
    connection.execute("set plan_cache_mode = force_generic_plan").await.expect("is a setting");
    for (n, (name, statement)) in postgres::statements(VIEW).into_iter().enumerate() {
        if !is_planned(&statement) {
            continue;
        }
        let prepared = connection.execute(format!("prepare s{n} as {statement}").as_str()).await;
        prepared.unwrap_or_else(|error| panic!("{name}: {error}"));
        let parameters = (1..100).take_while(|k| statement.contains(&format!("${k}"))).count();
        let nulls = vec!["null"; parameters].join(", ");
        let arguments = if parameters == 0 { String::new() } else { format!("({nulls})") };
        let rows = connection.fetch_all(format!("explain execute s{n}{arguments}").as_str()).await;
        let rows = rows.unwrap_or_else(|error| panic!("{name}: {error}"));

        let plan: Vec<String> = rows.iter().map(|row| row.get::<String, _>(0)).collect();
        assert!(!scans_on_postgres(&plan), "{name}\n{}", plan.join("\n"));
    }
    for control in
        ["select payload from events where event_type = ''", "select position from events order by position"]
    {
        let rows = connection.fetch_all(format!("explain {control}").as_str()).await.expect("is planned");
        let plan: Vec<String> = rows.iter().map(|row| row.get::<String, _>(0)).collect();
        assert!(scans_on_postgres(&plan), "a scan must be seen as one: {plan:#?}");
    }
}

/// Tells whether a plan reads a growing table from end to end: as it lies, or along an index without a condition.
fn scans_on_postgres(plan: &[String]) -> bool {
    plan.iter().enumerate().any(|(n, line)| {
        let on_growing = GROWING.iter().any(|table| line.contains(&format!(" on {table} ")));
        let bounded = plan.get(n + 1).is_some_and(|next| {
            // There is one log: a condition on it alone bounds nothing.
            next.split_once("Index Cond: ").is_some_and(|(_, condition)| !condition.starts_with("(log = "))
        });
        let along_an_index =
            line.contains("Bitmap Index Scan") || (on_growing && line.contains("Scan using"));
        (on_growing && line.contains("Seq Scan")) || (along_an_index && !bounded)
    })
}

async fn copies_on_sqlite_page_along_the_keys(store: &Store) {
    prepare(store).await;
    let mut connection = SqliteConnection::connect(&store.url()).await.expect("the file opens");
    for table in TABLES {
        let rows =
            connection.fetch_all(format!("explain query plan {}", sqlite::paging(table)).as_str()).await;
        let rows = rows.unwrap_or_else(|error| panic!("{}: {error}", table.name));
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        assert!(plan.len() == 1 && plan[0].starts_with("SEARCH"), "paging through {}: {plan:?}", table.name);
    }
}

async fn copies_on_postgres_page_along_the_keys(store: &Store) {
    prepare(store).await;
    let mut connection = PgConnection::connect(&store.url()).await.expect("the database answers");
    connection.execute("set plan_cache_mode = force_generic_plan").await.expect("is a setting");
    // Small tables are scanned and sorted whatever their indexes.
    connection.execute("set enable_sort = off; set enable_seqscan = off").await.expect("are settings");
    for table in TABLES {
        let name = format!("paging_{}", table.name);
        connection
            .execute(format!("prepare {name} as {}", postgres::paging(table)).as_str())
            .await
            .expect(&name);
        let nulls = vec!["null"; table.key.len() + 1].join(", ");
        let rows = connection.fetch_all(format!("explain execute {name}({nulls})").as_str()).await;
        let plan: Vec<String> = rows.expect(&name).iter().map(|row| row.get::<String, _>(0)).collect();
        let along_the_key = plan.iter().any(|line| line.contains("Index Cond: ("));
        let sorted = plan.iter().any(|line| line.contains("Sort"));
        assert!(along_the_key && !sorted, "{name}\n{}", plan.join("\n"));
    }
}

fn is_planned(statement: &str) -> bool {
    let first = statement.split_whitespace().next().unwrap_or_default();
    matches!(first, "select" | "with" | "insert" | "update" | "delete")
}

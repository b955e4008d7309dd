//! The plan of every statement of the adapters, on a store as it is.

use sqlx::{Connection, Executor, PgConnection, Row, SqliteConnection};
use tenantry::ports::Generation;
use tenantry::store::{postgres, sqlite};

/// The view whose tables the statements are planned on.
const VIEW: Generation = Generation { view: "customers", number: 1 };

/// Prints the plans for a store that a server has made.
pub(crate) async fn run(store: &str) -> anyhow::Result<()> {
    if store.starts_with("sqlite:") { on_sqlite(store).await } else { on_postgres(store).await }
}

async fn on_sqlite(store: &str) -> anyhow::Result<()> {
    let mut connection = SqliteConnection::connect(store).await?;
    for (name, statement) in sqlite::statements(VIEW) {
        for part in statement.split(';').filter(|part| is_planned(part)) {
            println!("{name}");
            for row in connection.fetch_all(format!("explain query plan {part}").as_str()).await? {
                println!("    {}", row.get::<String, _>("detail"));
            }
        }
    }
    Ok(())
}

/// The plans are those that hold for any parameters, as a connection settles on after some uses.
async fn on_postgres(store: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(store).await?;
    connection.execute("analyze").await?;
    connection.execute("set plan_cache_mode = force_generic_plan").await?;
    for (name, statement) in postgres::statements(VIEW).into_iter().filter(|(_, text)| is_planned(text)) {
        let parameters = (1..100).take_while(|n| statement.contains(&format!("${n}"))).count();
        let arguments = vec!["null"; parameters].join(", ");
        let execute = if parameters == 0 { name.to_owned() } else { format!("{name} ({arguments})") };
        connection.execute(format!("prepare {name} as {statement}").as_str()).await?;
        println!("{name}");
        for row in connection.fetch_all(format!("explain execute {execute}").as_str()).await? {
            println!("    {}", row.get::<String, _>(0));
        }
    }
    Ok(())
}

fn is_planned(statement: &str) -> bool {
    let first = statement.split_whitespace().next().unwrap_or_default();
    matches!(first, "select" | "with" | "insert" | "update" | "delete")
}

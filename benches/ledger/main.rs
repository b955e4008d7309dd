//! Measures the ledger: commands a second beside stock postgres-es, and size and rate as the log grows.
//!
//! `scripts/postgres with cargo bench --bench ledger -- throughput`
//! `scripts/postgres with cargo bench --bench ledger -- layout 10000000 postgres|sqlite`
//! `cargo bench --bench ledger -- plans STORE`
//!
//! Figures are printed, never asserted: machines are shared and noisy, so only the ratios within one run say much.

mod layout;
mod plans;
mod stock;
mod throughput;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo bench` and `cargo test` add flags of their own.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["layout", events, database] => layout::run(events.parse()?, database).await,
        ["plans", store] => plans::run(store).await,
        ["throughput", seconds] => throughput::run(seconds.parse()?).await,
        ["throughput"] => throughput::run(5).await,
        [] if std::env::args().any(|argument| argument == "--bench") => throughput::run(5).await,
        // `cargo test --benches` only wants to see that it starts.
        _ => Ok(()),
    }
}

/// Makes a fresh database beside the one that `scripts/postgres` named, and returns its URL.
pub async fn fresh_database(name: &str) -> anyhow::Result<String> {
    use anyhow::Context;
    use sqlx::{ConnectOptions, Executor};
    let url = std::env::var("TENANTRY_TEST_POSTGRES_URL")
        .context("PostgreSQL is needed: run scripts/postgres with cargo bench --bench ledger")?;
    let options: sqlx::postgres::PgConnectOptions = url.parse()?;
    let mut connection = options.connect().await?;
    connection.execute(format!("drop database if exists {name}").as_str()).await?;
    connection.execute(format!("create database {name}").as_str()).await?;
    let (base, _) = url.rsplit_once('/').context("the URL names a database")?;
    Ok(format!("{base}/{name}"))
}

/// What a server of the benchmark is put together from.
pub fn settings(store: String, folder: &std::path::Path) -> tenantry::cli::compose::Settings {
    tenantry::cli::compose::Settings {
        store,
        data_dir: folder.to_owned(),
        wrapping_key: Some("A".repeat(43)),
        simulation: None,
        offered: tenantry_domain::customer::OfferedCountries::All,
        public_url: "http://tenantry.example".to_owned(),
        movable_clock: false,
        consent_days: 30,
    }
}

//! Commands a second through the in-process command path, beside stock postgres-es on the same PostgreSQL.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use serde_json::{Value, json};
use tenantry::app::{App, Caller, Request, get_command};
use tenantry::cli::compose::{Access, Server};
use tenantry_domain::ids::PartnerId;

use crate::stock::Stock;
use crate::{fresh_database, settings};

/// Rounds of each pair; the median counts.
const ROUNDS: usize = 3;

/// How many commands are on the way at once.
const IN_FLIGHT: [usize; 3] = [1, 32, 256];

struct Measured {
    per_second: f64,
    p50_us: u64,
    p99_us: u64,
}

pub(crate) async fn run(seconds: u64) -> anyhow::Result<()> {
    let window = Duration::from_secs(seconds);
    let folder = tempfile::tempdir()?;
    let stock = Arc::new(Stock::open(&fresh_database("bench_stock").await?).await?);
    let ours =
        Server::open(&settings(fresh_database("bench_ours").await?, folder.path()), Access::Write).await?;
    let file = format!("sqlite:{}", folder.path().join("ledger.db").display());
    let embedded = Server::open(&settings(file, folder.path()), Access::Write).await?;
    println!(
        "commands/s (p50 ms / p99 ms), median of {ROUNDS} rounds of {seconds} s each; one event a command"
    );
    println!(
        "in flight | stock postgres-es | tenantry, PostgreSQL | ratio | tenantry, SQLite | with 1 % repeats"
    );
    for in_flight in IN_FLIGHT {
        let mut rounds: [Vec<Measured>; 4] = Default::default();
        for round in 0..ROUNDS {
            rounds[0].push(
                load(in_flight, window, |n| register_stock(stock.clone(), ours.http.app.clone(), n)).await?,
            );
            rounds[1].push(load(in_flight, window, |n| register(ours.http.app.clone(), n, None)).await?);
            rounds[2].push(load(in_flight, window, |n| register(embedded.http.app.clone(), n, None)).await?);
            let keys = format!("{}-{in_flight}-{round}", std::process::id());
            let repeating = |n| register(ours.http.app.clone(), n, Some(keys.clone()));
            rounds[3].push(load(in_flight, window, repeating).await?);
        }
        let [stock, ours, embedded, repeats] = rounds.map(median);
        let shown = |m: &Measured| {
            format!("{:.0} ({:.2} / {:.2})", m.per_second, m.p50_us as f64 / 1e3, m.p99_us as f64 / 1e3)
        };
        println!(
            "{in_flight} | {} | {} | {:.2}x | {} | {}",
            shown(&stock),
            shown(&ours),
            ours.per_second / stock.per_second,
            shown(&embedded),
            shown(&repeats)
        );
    }
    Ok(())
}

fn median(mut rounds: Vec<Measured>) -> Measured {
    rounds.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    rounds.swap_remove(rounds.len() / 2)
}

fn body() -> Value {
    json!({ "name": "Example Resale", "country": "DE", "region": "eu" })
}

/// One command through the whole path but HTTP: schema, decision, commit, answer.
///
/// With keys, every hundredth command repeats one that was given when the round was half as old.
async fn register(app: Arc<App>, n: u64, keys: Option<String>) -> anyhow::Result<()> {
    let spec = get_command("RegisterPartner").expect("the command is in the catalogue");
    let n = if n.is_multiple_of(100) { n / 2 + 1 } else { n };
    let request = Request {
        caller: Caller::local_operator(),
        tracking_id: "bench".to_owned(),
        idempotency_key: keys.map(|keys| format!("{keys}-{n}")),
        expected_sequence: None,
    };
    spec.run(&app, &request, body()).await.map_err(|rejection| anyhow::anyhow!("{rejection:?}"))?;
    Ok(())
}

async fn register_stock(stock: Arc<Stock>, app: Arc<App>, _: u64) -> anyhow::Result<()> {
    let data = serde_json::from_value(body())?;
    stock.register(PartnerId::from_uuid(app.ids.uuid()), data).await
}

/// Keeps a number of commands on the way for a while.
async fn load<F, R>(in_flight: usize, window: Duration, command: F) -> anyhow::Result<Measured>
where
    F: Fn(u64) -> R,
    R: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let number = AtomicU64::new(1);
    let begun = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    let mut latencies = Histogram::<u64>::new(3)?;
    let start = |running: &mut tokio::task::JoinSet<anyhow::Result<u64>>| {
        let work = command(number.fetch_add(1, Ordering::Relaxed));
        running.spawn(async move {
            let begun = Instant::now();
            work.await?;
            Ok(u64::try_from(begun.elapsed().as_micros())?)
        });
    };
    for _ in 0..in_flight {
        start(&mut running);
    }
    while let Some(done) = running.join_next().await {
        latencies.record(done??)?;
        if begun.elapsed() < window {
            start(&mut running);
        }
    }
    Ok(Measured {
        per_second: latencies.len() as f64 / begun.elapsed().as_secs_f64(),
        p50_us: latencies.value_at_quantile(0.5),
        p99_us: latencies.value_at_quantile(0.99),
    })
}

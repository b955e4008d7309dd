//! Size per event and append rate as the log grows, written by the real committer.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::ledger::{CommitError, Committed, Committer, Feed};
use tenantry::limits::LOG;
use tenantry::ports::{AggregateKey, ClaimKey, Clock, CommandKey, Ids, NewClaim, NewCommand, NewEvent};
use tenantry::shutdown::Tasks;
use tenantry_domain::ids::{CustomerId, OrganizationId, PartnerId};
use tenantry_projections::Recorded;

use crate::{fresh_database, settings};

/// Customers that are provisioned side by side.
const CUSTOMERS_IN_FLIGHT: usize = 512;

/// Events at which size and rate are read for the first time.
const FIRST_READING: i64 = 100_000;

/// Partners among whom the customers are spread.
const PARTNERS: usize = 1000;

pub(crate) async fn run(events: i64, database: &str) -> anyhow::Result<()> {
    let folder =
        tempfile::tempdir_in(std::env::var("TENANTRY_BENCH_DIR").unwrap_or_else(|_| "/tmp".to_owned()))?;
    let store = match database {
        "postgres" => fresh_database("bench_layout").await?,
        "sqlite" => format!("sqlite:{}", folder.path().join("ledger.db").display()),
        other => bail!("postgres or sqlite, not {other}"),
    };
    let settings = settings(store, folder.path());
    let sample = provisioned_sample(&settings).await?;
    let server = Server::open(&settings, Access::Write).await?;
    let app = server.http.app.clone();
    let tasks = Tasks::default();
    let feed = Arc::new(Feed::open(app.ledger.clone()).await?);
    let committer = Committer::start(app.ledger.clone(), app.clock.clone(), feed, &tasks);
    let writer = Arc::new(Writer { committer, sample, ids: app.ids.clone(), clock: app.clock.clone() });
    println!(
        "events | events/s since the reading before | bytes per event, indexes and command records included"
    );
    let (mut written, mut reading) = (app.ledger.head(LOG).await?.position, FIRST_READING);
    while written < events {
        let until = reading.min(events);
        let (begun, before) = (Instant::now(), written);
        written = writer.clone().grow(written, until).await?;
        let rate = (written - before) as f64 / begun.elapsed().as_secs_f64();
        println!("{written} | {rate:.0} | {:.0}", size(&settings).await? as f64 / written as f64);
        reading = if reading < 1_000_000 { 1_000_000 } else { reading + 1_000_000 };
    }
    println!("kept: {}, with the folder {}", settings.store, folder.keep().display());
    Ok(())
}

/// Provisions one customer for real and returns the events of its streams, one list for each command.
async fn provisioned_sample(settings: &Settings) -> anyhow::Result<Vec<Vec<Recorded>>> {
    let server = Server::open(settings, Access::Write).await?;
    server.start().await?;
    tenantry::cli::make_sample(&server.http.app).await?;
    let app = &server.http.app;
    loop {
        let events = app.ledger.read_after(LOG, 0, 1000).await?;
        let of = |name: &str| events.iter().filter(|event| event.event_type == name).count();
        if of("customer.provisioned") < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            continue;
        }
        server.tasks.stop().await;
        server.committing.stop().await;
        let requested = events.iter().find(|event| event.event_type == "customer.org_requested");
        let requested = requested.context("the sample has a customer")?;
        let organization: serde_json::Value = serde_json::from_str(requested.data()?.get())?;
        let organization =
            organization["organizationId"].as_str().context("the event names its organization")?;
        let of_customer: Vec<Recorded> = events
            .iter()
            .filter(|event| {
                event.aggregate_id == requested.aggregate_id || event.aggregate_id == organization
            })
            .cloned()
            .collect();
        // Events of one command stand together in the log and share their cause.
        let same = |one: &Recorded, other: &Recorded| {
            one.aggregate_id == other.aggregate_id
                && other.position == one.position + 1
                && one.meta("causation") == other.meta("causation")
        };
        return Ok(of_customer.chunk_by(same).map(<[Recorded]>::to_vec).collect());
    }
}

struct Writer {
    committer: Committer,
    sample: Vec<Vec<Recorded>>,
    ids: Arc<dyn Ids>,
    clock: Arc<dyn Clock>,
}

impl Writer {
    /// Writes customers until the log has about so many events; returns how many it has.
    async fn grow(self: Arc<Self>, mut written: i64, until: i64) -> anyhow::Result<i64> {
        let mut running = tokio::task::JoinSet::new();
        let of_customer = self.sample.iter().map(Vec::len).sum::<usize>() as i64;
        let mut started = written;
        loop {
            while started < until && running.len() < CUSTOMERS_IN_FLIGHT {
                started += of_customer;
                running.spawn(self.clone().customer());
            }
            match running.join_next().await {
                Some(done) => written += done??,
                None => return Ok(written),
            }
        }
    }

    /// Writes the commands of one customer, one after the other.
    async fn customer(self: Arc<Self>) -> anyhow::Result<i64> {
        let requested =
            self.sample.iter().flatten().find(|event| event.event_type == "customer.org_requested");
        let requested = requested.context("the sample has a customer")?;
        let organization: serde_json::Value = serde_json::from_str(requested.data()?.get())?;
        let old_organization =
            organization["organizationId"].as_str().context("the event names it")?.to_owned();
        let customer = CustomerId::from_uuid(self.ids.uuid()).to_string();
        let organization = OrganizationId::from_uuid(self.ids.uuid());
        let partner =
            PartnerId::from_uuid(uuid::Uuid::from_u128(self.ids.uuid().as_u128() % PARTNERS as u128));
        let renamed = |text: &str| {
            text.replace(&requested.aggregate_id, &customer)
                .replace(&old_organization, &organization.to_string())
                .replace(&requested.tenant_id.to_string(), &partner.to_string())
        };
        let (mut written, mut sequences) = (0, std::collections::HashMap::new());
        for events in &self.sample {
            let aggregate_id = renamed(&events[0].aggregate_id);
            let of_customer = aggregate_id == customer;
            let tenant_id = if of_customer { partner.into() } else { organization.into() };
            let sequence = sequences.entry(aggregate_id.clone()).or_insert(0);
            let command = NewCommand {
                key: CommandKey {
                    tenant_id,
                    scope: "bench".to_owned(),
                    command_id: self.ids.uuid().to_string(),
                },
                fingerprint: self.ids.secret(),
                command_type: if of_customer { "CreateCustomerOrg" } else { "CreateOrganization" },
                answer: format!(r#"{{"id":"{aggregate_id}","sequence":{}}}"#, *sequence + 1),
                stream: AggregateKey {
                    aggregate_type: if of_customer { "customer" } else { "organization" },
                    aggregate_id: aggregate_id.clone(),
                },
                tenant_id,
                events: events.iter().map(|event| self.renewed(event, &renamed)).collect::<Result<_, _>>()?,
                sequence: *sequence,
                claims: self.claims(of_customer && *sequence == 0, tenant_id, &customer),
                releases: Vec::new(),
                person_keys: Vec::new(),
                erased: Vec::new(),
                tenant: None,
            };
            *sequence += events.len() as i64;
            match self.committer.commit(command).await {
                Ok(Committed::Appended { .. }) => written += events.len() as i64,
                Ok(Committed::Recorded(_)) => bail!("a fresh key was recorded before"),
                Err(CommitError::Fault(fault)) => return Err(fault.into()),
                Err(error) => bail!("{error:?}"),
            }
        }
        Ok(written)
    }

    fn claims(
        &self,
        first: bool,
        tenant_id: tenantry_domain::tenant::TenantId,
        customer: &str,
    ) -> Vec<NewClaim> {
        let value = self.ids.uuid().to_string();
        let claim =
            NewClaim { key: ClaimKey { tenant_id, kind: "external_id", value }, holder: customer.to_owned() };
        first.then_some(claim).into_iter().collect()
    }

    fn renewed(&self, event: &Recorded, renamed: &impl Fn(&str) -> String) -> anyhow::Result<NewEvent> {
        let mut metadata = event.metadata.clone();
        metadata.insert("id".into(), format!("evt_{}", self.ids.uuid().simple()));
        metadata.insert("occurredAt".into(), self.clock.now_us().to_string());
        let event_type = tenantry::ledger::stream_types()
            .into_iter()
            .flat_map(|(_, types)| types)
            .find(|(name, _)| *name == event.event_type)
            .map(|(name, _)| *name);
        Ok(NewEvent {
            event_type: event_type.context("the event's type exists")?,
            event_version: event.event_version.clone(),
            payload: serde_json::value::RawValue::from_string(renamed(event.payload.get()))?,
            metadata_text: serde_json::to_string(&metadata)?,
            metadata,
        })
    }
}

/// Bytes that the store takes on disk.
async fn size(settings: &Settings) -> anyhow::Result<i64> {
    if let Some(file) = settings.store.strip_prefix("sqlite:") {
        let of = |suffix: &str| std::fs::metadata(format!("{file}{suffix}")).map_or(0, |file| file.len());
        return Ok(i64::try_from(of("") + of("-wal"))?);
    }
    let pool = sqlx::PgPool::connect(&settings.store).await?;
    Ok(sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(&pool).await?)
}

//! Puts a server together: store, keys, streams, views, processes, HTTP.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tenantry_domain::customer::OfferedCountries;
use tenantry_domain::process::{Process, ProvisionCustomer};
use tokio::sync::{Notify, Semaphore};

use crate::app::App;
use crate::connectors::{EmbeddedPlatform, SimulatedPlatform, Simulation, SystemClock, SystemIds};
use crate::http::Http;
use crate::ledger::{Committer, Feed, Streams};
use crate::limits::{LOG, METRICS_UPKEEP, STREAMS_MAX};
use crate::ports::{Clock, Hints, Ids, KeyStore, Ledger, Platform, ReadStore, TaskStore};
use crate::process::{ProcessRunner, Worker};
use crate::projector::{Progress, Projector};
use crate::sealing::{KeyRing, Persons, WrappingKey};
use crate::shutdown::Tasks;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::{NoOtherServers, SqliteStore, TemporaryFiles};

/// The name of the file that holds the wrapping key of an embedded store.
const KEY_FILE: &str = "wrapping.key";

/// What a server is put together from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// URL of the store: `sqlite:FILE` or `postgres://…`.
    pub store: String,
    /// Folder of keys and lock files.
    pub data_dir: PathBuf,
    /// The wrapping key; an embedded store makes one of its own in the data folder.
    pub wrapping_key: Option<String>,
    /// How the platform behaves; `None` for the embedded one.
    pub simulation: Option<Simulation>,
    /// Countries on offer.
    pub offered: OfferedCountries,
}

/// The ports of a store, whichever database it is on.
struct Ports {
    ledger: Arc<dyn Ledger>,
    keys: Arc<dyn KeyStore>,
    views: Arc<dyn ReadStore>,
    tasks: Arc<dyn TaskStore>,
    hints: Arc<dyn Hints>,
    /// Whether other servers can be at work on the same store.
    shared: bool,
    /// Versions of the schema that were applied just now.
    migrated: Vec<i64>,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// For reading and writing; migrates it first.
    Write,
    /// For reading what is there.
    Read,
}

/// A server that is put together and not yet at work.
pub struct Server {
    /// What HTTP works with.
    pub http: Http,
    /// The background tasks.
    pub tasks: Tasks,
    /// The committer, which stops when nothing can need it any more.
    pub committing: Tasks,
    /// Versions of the schema that were applied.
    pub migrated: Vec<i64>,
    hints: Arc<dyn Hints>,
    platform: Arc<dyn Platform>,
    owner: String,
    shared: bool,
}

impl Server {
    /// Opens the store and puts a server on top of it; nothing runs yet but the committer.
    pub async fn open(settings: &Settings, access: Access) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(clock.clone()));
        let ports = open_store(&settings.store, access).await?;
        let ring = open_ring(settings, ports.keys.as_ref(), ids.as_ref()).await?;
        let tasks = Tasks::default();
        let persons = Arc::new(Persons::new(ring, ports.keys.clone(), ids.clone()));
        let feed = Arc::new(Feed::open(ports.ledger.clone()).await?);
        let committing = Tasks::default();
        let committer = Committer::start(ports.ledger.clone(), clock.clone(), feed.clone(), &committing);
        let streams = Streams::new(ports.ledger.clone(), persons.clone(), ids.clone(), committer);
        let progress = Arc::new(Progress::new(ports.views.clone()));
        let owner = ids.uuid().to_string();
        let projector = Projector::new(ports.views.clone(), feed.clone(), progress.clone(), owner.clone());
        let platform: Arc<dyn Platform> = match &settings.simulation {
            None => Arc::new(EmbeddedPlatform),
            Some(simulation) => Arc::new(SimulatedPlatform::new(simulation.clone(), ids.clone())),
        };
        if access == Access::Write {
            projector.prepare().await?;
            ports.tasks.prepare_process(LOG, ProvisionCustomer::NAME).await?;
        }
        let app = App {
            streams,
            ledger: ports.ledger,
            keys: ports.keys,
            views: ports.views,
            tasks: ports.tasks,
            feed,
            progress,
            persons,
            clock,
            ids,
            offered: settings.offered.clone(),
        };
        let http = Http {
            app: Arc::new(app),
            projector: Arc::new(projector),
            scratch: Arc::new(TemporaryFiles),
            metrics: metrics_handle()?,
            tasks: tasks.clone(),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
        };
        let Ports { hints, shared, migrated, .. } = ports;
        Ok(Self { http, tasks, committing, migrated, hints, platform, owner, shared })
    }

    /// Starts projector, processes and worker.
    pub async fn start(&self) -> anyhow::Result<()> {
        let app = &self.http.app;
        app.feed.follow(self.hints.clone(), &self.tasks);
        if !self.shared {
            // Whoever held leases on this file is gone: the lock file proves it.
            app.tasks.free_leases(LOG).await?;
        }
        let (metrics, stop) = (self.http.metrics.clone(), self.tasks.clone());
        self.tasks.spawn(async move {
            while !stop.is_stopping() {
                metrics.run_upkeep();
                tokio::select! {
                    () = stop.stopping() => {}
                    () = tokio::time::sleep(METRICS_UPKEEP) => {}
                }
            }
        });
        self.tasks.spawn(app.clone().forget_old_states(self.tasks.clone()));
        self.tasks.spawn(self.http.projector.clone().run(self.tasks.clone()));
        let ordered = Arc::new(Notify::new());
        let process = ProcessRunner::<ProvisionCustomer>::new(
            app.tasks.clone(),
            app.views.clone(),
            app.feed.clone(),
            self.owner.clone(),
            ordered.clone(),
        );
        self.tasks.spawn(process.run(self.tasks.clone()));
        let worker = Worker::new(app.clone(), self.platform.clone(), self.owner.clone(), ordered);
        self.tasks.spawn(Arc::new(worker).run(self.tasks.clone()));
        Ok(())
    }
}

async fn open_store(url: &str, access: Access) -> anyhow::Result<Ports> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let store = Arc::new(PostgresStore::connect(url).await?);
        let migrated = if access == Access::Write { store.migrate().await? } else { Vec::new() };
        let hints = Arc::new(store.hints());
        return Ok(Ports {
            ledger: store.clone(),
            keys: store.clone(),
            views: store.clone(),
            tasks: store,
            hints,
            shared: true,
            migrated,
        });
    }
    if !url.starts_with("sqlite:") {
        bail!("the store must be sqlite:FILE or postgres://…, not {url}");
    }
    let store = match access {
        Access::Write => SqliteStore::open(url).await?,
        Access::Read => SqliteStore::open_read_only(url).await?,
    };
    let migrated = if access == Access::Write { store.migrate().await? } else { Vec::new() };
    let store = Arc::new(store);
    let hints = Arc::new(NoOtherServers);
    Ok(Ports {
        ledger: store.clone(),
        keys: store.clone(),
        views: store.clone(),
        tasks: store,
        hints,
        shared: false,
        migrated,
    })
}

/// Opens the keys of a store; fails when it was made with another wrapping key.
async fn open_ring(settings: &Settings, keys: &dyn KeyStore, ids: &dyn Ids) -> anyhow::Result<KeyRing> {
    let wrapping = match &settings.wrapping_key {
        Some(text) => WrappingKey::from_text(text)?,
        None if settings.store.starts_with("sqlite:") => own_key(&settings.data_dir, ids)?,
        None => bail!(
            "a store on PostgreSQL needs a wrapping key, the same for all its servers: set TENANTRY_WRAPPING_KEY to \
             32 random bytes in base64url, for example from: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='"
        ),
    };
    let wrapped = keys.wrapped_hash_key(&KeyRing::propose(&wrapping, ids)).await?;
    KeyRing::open(wrapping, &wrapped).context("the personal data of this store cannot be opened")
}

/// Reads the wrapping key from the data folder, making it on the first start.
fn own_key(data_dir: &Path, ids: &dyn Ids) -> anyhow::Result<WrappingKey> {
    let path = data_dir.join(KEY_FILE);
    if let Ok(text) = std::fs::read_to_string(&path) {
        return WrappingKey::from_text(&text).with_context(|| format!("the key in {}", path.display()));
    }
    std::fs::create_dir_all(data_dir).with_context(|| format!("make the folder {}", data_dir.display()))?;
    let key = WrappingKey::new(ids.secret());
    write_secret(&path, &key.to_text()).with_context(|| format!("write the key to {}", path.display()))?;
    Ok(key)
}

/// Writes a file that only its owner can read, whole or not at all; it is on the disk when this returns.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let unfinished = path.with_extension("unfinished");
    let mut file =
        std::fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    for folder in path.ancestors().skip(1).take(2) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The recorder of this process; there can be one only.
fn metrics_handle() -> anyhow::Result<PrometheusHandle> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = HANDLE.get_or_init(|| recorder.handle()).clone();
    // A second server in one process shares the first one's recorder.
    drop(metrics::set_global_recorder(recorder));
    Ok(handle)
}

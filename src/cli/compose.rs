//! Puts a server together: store, keys, streams, views, processes, HTTP.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use anyhow::bail;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use quick_cache::sync::Cache;
use tenantry_domain::customer::OfferedCountries;
use tenantry_domain::process::{
    AttachOrganization, BuildReport, CaseOnboarding, ChangeCustomer, EndInvitations, EndSubscribers,
    EndSubscriptions, ErasePerson, FulfilQuote, InviteMember, InvitePerson, Process, ProvisionCustomer,
    RunSubscription, SettleSubscriber,
};
use tokio::sync::{Notify, Semaphore};

use super::upkeep::keep_up_metrics;
use super::wrapping::{open_ring, refuse_without_key};
use crate::app::{App, Overwriting, Rates};
use crate::connectors::{
    DemoClock, DemoPlatform, EmbeddedPlatform, OutboxMailer, SimulatedPlatform, Simulation, SystemClock,
    SystemIds,
};
use crate::http::Http;
use crate::ledger::{Committer, Feed, Streams};
use crate::limits::{AUDITS_RUNNING_MAX, BATCHES_RUNNING_MAX, CUSTOMERS_CACHED_MAX, LOG, STREAMS_MAX};
use crate::ports::{
    Clock, Erasing, Hints, Ids, KeyStore, Ledger, MovableClock, Outbox, Platform, ReadStore, ReportFiles,
    SignIns, StoreFault, TaskStore, Vitals,
};
use crate::process::{Ordered, Outside, ProcessRunner, Worker};
use crate::projector::{Moments, Progress, Projector, Replays};
use crate::sealing::Persons;
use crate::shutdown::Tasks;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::{NoOtherServers, SqliteStore, TemporaryFiles};

/// What a server is put together from; holds a secret, so it cannot be printed.
#[derive(Clone)]
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
    /// How many days a request for consent waits for an answer (D5).
    pub consent_days: u8,
    /// Where people find the pages behind links in mails, without a slash at its end.
    pub public_url: String,
    /// Whether the clock can be moved ahead, for a demonstration.
    pub movable_clock: bool,
}

/// The ports of a store, whichever database it is on.
struct Ports {
    ledger: Arc<dyn Ledger>,
    keys: Arc<dyn KeyStore>,
    views: Arc<dyn ReadStore>,
    tasks: Arc<dyn TaskStore>,
    sign_ins: Arc<dyn SignIns>,
    outbox: Arc<dyn Outbox>,
    erasing: Arc<dyn Erasing>,
    report_files: Arc<dyn ReportFiles>,
    hints: Arc<dyn Hints>,
    vitals: Arc<dyn Vitals>,
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
    outside: Outside,
    vitals: Arc<dyn Vitals>,
    owner: String,
    shared: bool,
}

impl Server {
    /// Opens the store and puts a server on top of it; nothing runs yet but the committer.
    pub async fn open(settings: &Settings, access: Access) -> anyhow::Result<Self> {
        refuse_without_key(settings)?;
        let ports = open_store(&settings.store, access).await?;
        let (clock, movable) = clock(settings, ports.ledger.as_ref()).await?;
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(clock.clone()));
        let ring = open_ring(settings, access, ports.keys.as_ref(), ids.as_ref()).await?;
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
            None if settings.movable_clock => Arc::new(DemoPlatform),
            None => Arc::new(EmbeddedPlatform),
            Some(simulation) => Arc::new(SimulatedPlatform::new(simulation.clone(), ids.clone())),
        };
        if access == Access::Write {
            projector.prepare().await?;
            for process in PROCESSES {
                ports.tasks.prepare_process(LOG, process).await?;
            }
        }
        let mailer = OutboxMailer::new(ports.outbox.clone(), persons.clone(), clock.clone());
        let outside = Outside { platform, mailer: Arc::new(mailer), public_url: settings.public_url.clone() };
        let scratch = Arc::new(TemporaryFiles);
        let moments =
            Moments::new(ports.ledger.clone(), ports.views.clone(), progress.clone(), scratch.clone());
        let app = App {
            streams,
            sign_ins: ports.sign_ins,
            outbox: ports.outbox,
            erasing: ports.erasing,
            overwriting: Overwriting::default(),
            report_files: ports.report_files,
            ledger: ports.ledger,
            keys: ports.keys,
            views: ports.views,
            tasks: ports.tasks,
            feed,
            progress,
            moments: Arc::new(moments),
            persons,
            clock,
            ids,
            offered: settings.offered.clone(),
            consent_days: settings.consent_days,
            customers: Cache::new(CUSTOMERS_CACHED_MAX),
            rates: Rates::default(),
        };
        let replays = Replays::new(
            app.ledger.clone(),
            app.views.clone(),
            app.progress.clone(),
            scratch.clone(),
            app.clock.clone(),
        );
        let http = Http {
            app: Arc::new(app),
            projector: Arc::new(projector),
            scratch,
            replays: Arc::new(replays),
            metrics: metrics_handle(),
            clock: movable,
            tasks: tasks.clone(),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            batches: Arc::new(Semaphore::new(BATCHES_RUNNING_MAX)),
            audits: Arc::new(Semaphore::new(AUDITS_RUNNING_MAX)),
        };
        let Ports { hints, vitals, shared, migrated, .. } = ports;
        Ok(Self { http, tasks, committing, migrated, hints, outside, vitals, owner, shared })
    }

    /// Starts the projector alone: views move, and no work is done for anybody.
    pub async fn start_projector(&self) -> Result<(), StoreFault> {
        let app = &self.http.app;
        self.follow_others();
        if !self.shared {
            // Whoever held leases on this file is gone: the lock file proves it.
            app.tasks.free_leases(LOG).await?;
        }
        self.tasks.spawn(self.http.projector.clone().run(self.tasks.clone()));
        Ok(())
    }

    /// Tells whether other servers can be at work on the same store.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// Keeps up with what other processes write; nothing else runs.
    pub fn follow_others(&self) {
        self.http.app.feed.follow(self.hints.clone(), &self.tasks);
    }

    /// Starts projector, processes and worker.
    pub async fn start(&self) -> anyhow::Result<()> {
        self.start_projector().await?;
        let app = &self.http.app;
        let (metrics, vitals) = (self.http.metrics.clone(), self.vitals.clone());
        self.tasks.spawn(keep_up_metrics(metrics, app.clone(), vitals, self.tasks.clone()));
        self.tasks.spawn(app.clone().forget_old_states(self.tasks.clone()));
        let ordered = Arc::new(Notify::new());
        self.run_process::<ProvisionCustomer>(&ordered);
        self.run_process::<ChangeCustomer>(&ordered);
        self.run_process::<CaseOnboarding>(&ordered);
        self.run_process::<InviteMember>(&ordered);
        self.run_process::<InvitePerson>(&ordered);
        self.run_process::<AttachOrganization>(&ordered);
        self.run_process::<FulfilQuote>(&ordered);
        self.run_process::<RunSubscription>(&ordered);
        self.run_process::<EndSubscriptions>(&ordered);
        self.run_process::<SettleSubscriber>(&ordered);
        self.run_process::<EndSubscribers>(&ordered);
        self.run_process::<EndInvitations>(&ordered);
        self.run_process::<ErasePerson>(&ordered);
        self.run_process::<BuildReport>(&ordered);
        let worker = Worker::new(app.clone(), self.outside.clone(), self.owner.clone(), ordered);
        self.tasks.spawn(Arc::new(worker).run(self.tasks.clone()));
        Ok(())
    }
}

/// The names of all processes.
pub(super) const PROCESSES: [&str; 14] = [
    ProvisionCustomer::NAME,
    ChangeCustomer::NAME,
    CaseOnboarding::NAME,
    InviteMember::NAME,
    InvitePerson::NAME,
    AttachOrganization::NAME,
    FulfilQuote::NAME,
    RunSubscription::NAME,
    EndSubscriptions::NAME,
    SettleSubscriber::NAME,
    EndSubscribers::NAME,
    EndInvitations::NAME,
    ErasePerson::NAME,
    BuildReport::NAME,
];

impl Server {
    fn run_process<P>(&self, ordered: &Arc<Notify>)
    where
        P: Process<Task: Ordered + Send, State: Send> + 'static,
    {
        let app = &self.http.app;
        let process = ProcessRunner::<P>::new(
            app.tasks.clone(),
            app.views.clone(),
            app.feed.clone(),
            self.owner.clone(),
            ordered.clone(),
        );
        self.tasks.spawn(process.run(self.tasks.clone()));
    }
}

/// The machine's clock; for a demonstration one that can be moved ahead, and goes on where its history ends.
async fn clock(
    settings: &Settings,
    ledger: &dyn Ledger,
) -> Result<(Arc<dyn Clock>, Option<Arc<dyn MovableClock>>), StoreFault> {
    if !settings.movable_clock {
        return Ok((Arc::new(SystemClock), None));
    }
    let clock = Arc::new(DemoClock::after(ledger.head(LOG).await?.recorded_at));
    Ok((clock.clone(), Some(clock)))
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
            tasks: store.clone(),
            sign_ins: store.clone(),
            outbox: store.clone(),
            erasing: store.clone(),
            report_files: store.clone(),
            hints,
            vitals: store,
            shared: true,
            migrated,
        });
    }
    if !url.starts_with("sqlite:") {
        bail!("the store must be sqlite:FILE or postgres://…, not {url}");
    }
    let store = match access {
        Access::Write => SqliteStore::open(url).await?,
        Access::Read => SqliteStore::open_read_only(url)?,
    };
    let migrated = if access == Access::Write { store.migrate().await? } else { Vec::new() };
    let store = Arc::new(store);
    let hints = Arc::new(NoOtherServers);
    Ok(Ports {
        ledger: store.clone(),
        keys: store.clone(),
        views: store.clone(),
        tasks: store.clone(),
        sign_ins: store.clone(),
        outbox: store.clone(),
        erasing: store.clone(),
        report_files: store.clone(),
        hints,
        vitals: store,
        shared: false,
        migrated,
    })
}

/// The recorder of this process; there can be one only.
fn metrics_handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return handle.clone();
    }
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = HANDLE.get_or_init(|| recorder.handle()).clone();
    // A second server in one process shares the first one's recorder.
    drop(metrics::set_global_recorder(recorder));
    handle
}

//! One server over a store: everything between the adapter and the use cases.

use std::sync::Arc;

use tenantry::app::{App, Overwriting, Rates};
use tenantry::connectors::SystemIds;
use tenantry::ledger::{Committer, Envelope, ExecuteError, Feed, Outcome, Streams};
use tenantry::limits::LOG;
use tenantry::ports::{
    Clock, CommandRecord, Erasing, Hints, Ids, KeyStore, Ledger, Outbox, ReadStore, ReportFiles, SignIns,
    TaskStore,
};
use tenantry::projector::{Moments, Progress};
use tenantry::sealing::{KeyRing, NewPersons, Persons, WrappingKey};
use tenantry::shutdown::Tasks;
use tenantry::store::sqlite::TemporaryFiles;
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand, IssueKey};
use tenantry_domain::customer::OfferedCountries;
use tenantry_domain::ids::AccessKeyId;
use tenantry_domain::role::Role;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;
use uuid::Uuid;

use super::commands::{key, metadata};
use super::{Probe, SteppingClock};

/// What a server is opened with.
pub(crate) struct Opening {
    /// The configured wrapping key.
    pub(crate) wrapping: WrappingKey,
    /// The server's time.
    pub(crate) clock: Arc<dyn Clock>,
}

impl Default for Opening {
    fn default() -> Self {
        Self { wrapping: WrappingKey::new([7; 32]), clock: Arc::new(SteppingClock::forwards()) }
    }
}

/// One server.
#[derive(Clone)]
pub(crate) struct Server {
    /// The ledger that the server sees, with a probe in between.
    pub(crate) probe: Arc<Probe>,
    /// Claims and keys.
    pub(crate) keys: Arc<dyn KeyStore>,
    /// Persons.
    pub(crate) persons: Arc<Persons>,
    /// What was committed.
    pub(crate) feed: Arc<Feed>,
    /// The committer of the one log.
    pub(crate) committer: Committer,
    /// The streams.
    pub(crate) streams: Arc<Streams>,
    readers: Readers,
    ids: Arc<dyn Ids>,
    clock: Arc<dyn Clock>,
    tasks: Tasks,
}

/// What reads the ledger, for the use cases.
#[derive(Clone)]
struct Readers {
    views: Arc<dyn ReadStore>,
    tasks: Arc<dyn TaskStore>,
    sign_ins: Arc<dyn SignIns>,
    outbox: Arc<dyn Outbox>,
    erasing: Arc<dyn Erasing>,
    report_files: Arc<dyn ReportFiles>,
}

impl Server {
    pub(super) async fn over<
        S: Ledger + KeyStore + ReadStore + TaskStore + SignIns + Outbox + Erasing + ReportFiles + 'static,
    >(
        store: Arc<S>,
        hints: Arc<dyn Hints>,
        opening: Opening,
    ) -> anyhow::Result<Self> {
        let Opening { wrapping, clock } = opening;
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(clock.clone()));
        let wrapped = store.wrapped_hash_key(Some(&KeyRing::propose(&wrapping, ids.as_ref()))).await?;
        let ring = KeyRing::open(wrapping, &wrapped)?;
        let persons = Arc::new(Persons::new(ring, store.clone(), ids.clone()));
        let probe = Arc::new(Probe::around(store.clone()));
        let readers = Readers {
            views: store.clone(),
            tasks: store.clone(),
            sign_ins: store.clone(),
            outbox: store.clone(),
            erasing: store.clone(),
            report_files: store.clone(),
        };
        let server = Self::start(probe, store, persons, readers, (ids, clock)).await?;
        server.feed.follow(hints, &server.tasks);
        Ok(server)
    }

    async fn start(
        probe: Arc<Probe>,
        keys: Arc<dyn KeyStore>,
        persons: Arc<Persons>,
        readers: Readers,
        (ids, clock): (Arc<dyn Ids>, Arc<dyn Clock>),
    ) -> anyhow::Result<Self> {
        let feed = Arc::new(Feed::open(probe.clone()).await?);
        let tasks = Tasks::default();
        let committer = Committer::start(probe.clone(), clock.clone(), feed.clone(), &tasks);
        let streams = Arc::new(Streams::new(probe.clone(), persons.clone(), ids.clone(), committer.clone()));
        Ok(Self { probe, keys, persons, feed, committer, streams, readers, ids, clock, tasks })
    }

    /// Starts over on the same adapter: nothing that this server keeps in memory is known to the other.
    pub(crate) async fn without_memory(&self) -> Self {
        let Self { probe, keys, persons, readers, ids, clock, .. } = self.clone();
        Self::start(probe, keys, persons, readers, (ids, clock)).await.expect("the store answers")
    }

    /// Puts the use cases on top of the server, with the probe underneath.
    pub(crate) fn app(&self) -> App {
        let Self { probe, keys, persons, feed, committer, readers, ids, clock, .. } = self.clone();
        let progress = Arc::new(Progress::new(readers.views.clone()));
        let scratch = Arc::new(TemporaryFiles);
        let moments = Moments::new(probe.clone(), readers.views.clone(), progress.clone(), scratch);
        App {
            streams: Streams::new(probe.clone(), persons.clone(), ids.clone(), committer),
            ledger: probe,
            keys,
            progress,
            moments: Arc::new(moments),
            views: readers.views,
            tasks: readers.tasks,
            sign_ins: readers.sign_ins,
            outbox: readers.outbox,
            erasing: readers.erasing,
            overwriting: Overwriting::default(),
            report_files: readers.report_files,
            feed,
            persons,
            customers: quick_cache::sync::Cache::new(1),
            rates: Rates::default(),
            clock,
            ids,
            offered: OfferedCountries::default(),
            consent_days: 30,
        }
    }

    /// Stops the server, waiting for all that it has spawned.
    pub(crate) async fn stop(self) {
        let tasks = self.tasks.clone();
        // The committer ends when the last handle of it is gone.
        drop(self);
        tasks.stop().await;
    }

    /// Returns what is recorded under a key.
    pub(crate) async fn record(&self, name: &str) -> Option<CommandRecord> {
        self.keys.find_record(LOG, &key(name)).await.expect("the store answers")
    }

    /// Returns the envelope of a command that takes nothing and names nobody.
    pub(crate) fn envelope(&self, tenant_id: TenantId, name: &str) -> Envelope {
        let mut answer = serde_json::Map::new();
        answer.insert("command".to_owned(), name.into());
        Envelope {
            key: key(name),
            fingerprint: self.persons.ring().fingerprint("test", name.as_bytes()),
            command_type: "test",
            tenant_id,
            creates: false,
            expected_sequence: None,
            metadata: metadata(tenant_id, name),
            answer,
            claims: Vec::new(),
            releases: Vec::new(),
            new_persons: NewPersons::default(),
            keys: self.persons.no_keys(),
            tenant: None,
            beside: None,
        }
    }

    /// Executes a command, deciding again on fresh state as long as the state was old.
    pub(crate) async fn execute<A: Decide>(
        &self,
        aggregate_id: &str,
        command: A::Command,
        envelope: impl Fn() -> Envelope + Send + Sync,
    ) -> Result<Outcome, ExecuteError<A::Error>>
    where
        A::Command: Clone,
    {
        let mut fresh = false;
        loop {
            match self.streams.execute::<A>(aggregate_id, command.clone(), envelope(), fresh).await {
                Err(ExecuteError::OldState) => fresh = true,
                result => return result,
            }
        }
    }

    /// Issues an access key to the person behind an address; decides again when somebody else met the person first.
    pub(crate) async fn issue_key(&self, tenant_id: TenantId, number: u128, email: &EmailAddress) -> Outcome {
        let id = AccessKeyId::from_uuid(Uuid::from_u128(number));
        loop {
            let mut new = (NewPersons::default(), self.persons.no_keys());
            let person = self.persons.person(tenant_id, email, &mut new).await.expect("the store answers");
            let data = Box::new(IssueKey {
                role: Role::Service,
                partner_id: None,
                organization_id: None,
                name: "Key in the open".parse().expect("is a name"),
                email: Some(email.clone()),
                expires_at: None,
            });
            let verifier = "c2VjcmV0".to_owned();
            let command = AccessKeyCommand::Issue {
                id,
                tenant: tenant_id,
                data,
                verifier,
                person: Some(person),
                stay: 0,
                now_us: 1,
            };
            let envelope = || Envelope {
                new_persons: new.0.clone(),
                keys: new.1.clone(),
                ..self.envelope(tenant_id, &format!("issue-{number}"))
            };
            match self.execute::<AccessKey>(&id.to_string(), command, envelope).await {
                Err(ExecuteError::Taken(taken)) if taken.kind == "person" => {}
                result => return result.expect("the key is issued"),
            }
        }
    }
}

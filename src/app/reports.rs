//! Commands that processes give: a task's report, under the task's own ID, so that it counts once.

use serde_json::Map;
use tenantry_domain::event::{Metadata, metadata};
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::execute::rejection_of;
use super::{App, Rejection};
use crate::ledger::{Envelope, ExecuteError, Outcome};
use crate::limits::{DECISIONS_MAX, LOG};
use crate::ports::{ClaimKey, CommandKey, NewClaim, NewTenant};
use crate::sealing::{NewPersons, PERSON, PersonKeys};

/// Where a task comes from: what its commands carry on.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The process.
    pub process: String,
    /// The event that ordered the task.
    pub causation: String,
    /// Tracking ID of the first request.
    pub tracking: String,
    /// The same tracking ID, as every event of the story keeps it to be found by.
    pub correlation: String,
    /// The sub-partner for which the first request was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
}

/// A command that a process gives.
pub struct Report<A: Decide> {
    /// Its ID: the task's, or derived from it.
    pub command_id: String,
    /// Its name.
    pub name: &'static str,
    /// Whose stream it writes.
    pub tenant_id: TenantId,
    /// The stream.
    pub aggregate_id: String,
    /// The command.
    pub command: A::Command,
    /// What tells two bodies of it apart, as JSON.
    pub body: String,
    /// The tenant that it brings into being.
    pub tenant: Option<NewTenant>,
    /// Values that it takes.
    pub claims: Vec<NewClaim>,
    /// Values that it gives up.
    pub releases: Vec<ClaimKey>,
    /// Persons first met by it, and the keys of all that it names.
    pub persons: (NewPersons, PersonKeys),
}

impl App {
    /// Returns no persons and no keys: what a command starts with.
    pub fn no_persons(&self) -> (NewPersons, PersonKeys) {
        (NewPersons::default(), self.persons.no_keys())
    }

    /// Tells whether a process's command is recorded already.
    pub async fn is_reported(
        &self,
        origin: &Origin,
        tenant_id: TenantId,
        command_id: &str,
    ) -> Result<bool, Rejection> {
        let key = report_key(origin, tenant_id, command_id);
        Ok(self.keys.find_record(LOG, &key).await?.is_some())
    }

    /// Carries out a process's command; again with the same ID it changes nothing.
    pub async fn report<A: Decide>(&self, origin: &Origin, report: Report<A>) -> Result<(), Rejection> {
        let fingerprint = self.persons.ring().fingerprint(report.name, report.body.as_bytes());
        let key = report_key(origin, report.tenant_id, &report.command_id);
        for decision in 0..DECISIONS_MAX {
            let envelope = Envelope {
                key: key.clone(),
                fingerprint,
                command_type: report.name,
                tenant_id: report.tenant_id,
                creates: false,
                expected_sequence: None,
                metadata: self.report_metadata(origin, report.tenant_id),
                answer: Map::new(),
                claims: report.claims.clone(),
                releases: report.releases.clone(),
                new_persons: report.persons.0.clone(),
                keys: report.persons.1.clone(),
                tenant: report.tenant.clone(),
                empties: false,
                beside: None,
            };
            let command = report.command.clone();
            match self.streams.execute::<A>(&report.aggregate_id, command, envelope, decision > 0).await {
                Ok(Outcome::Committed { .. }) => return Ok(()),
                Ok(Outcome::Replayed(record)) => {
                    if record.fingerprint != fingerprint {
                        metrics::counter!("tenantry_reports_dropped_total").increment(1);
                        tracing::warn!(
                            command_id = report.command_id,
                            "a report with another outcome was dropped"
                        );
                    }
                    return Ok(());
                }
                Err(ExecuteError::OldState) => {}
                // Somebody else met the person first; the task is done again, and finds it.
                Err(ExecuteError::Taken(taken)) if taken.kind == PERSON => break,
                Err(error) => {
                    if self.keys.find_record(LOG, &key).await?.is_some() {
                        return Ok(());
                    }
                    return Err(rejection_of(error));
                }
            }
        }
        Err(Rejection::Unavailable("too many commands change this object at once".to_owned()))
    }

    fn report_metadata(&self, origin: &Origin, tenant_id: TenantId) -> Metadata {
        let now = jiff::Timestamp::from_microsecond(self.clock.now_us()).expect("the clock is within range");
        let mut metadata: Metadata = [
            (metadata::TENANT, tenant_id.to_string()),
            (metadata::ACTOR, origin.process.clone()),
            (metadata::ROLE, Role::Service.as_str().to_owned()),
            (metadata::CHANNEL, Channel::System.as_str().to_owned()),
            (metadata::TRACKING, origin.tracking.clone()),
            (metadata::CAUSATION, origin.causation.clone()),
            (metadata::CORRELATION, origin.correlation.clone()),
            (metadata::OCCURRED_AT, now.to_string()),
        ]
        .map(|(name, value)| (name.into(), value))
        .into();
        if let Some(sub) = &origin.on_behalf_of {
            metadata.insert(metadata::ON_BEHALF_OF.into(), sub.clone());
        }
        metadata
    }
}

fn report_key(origin: &Origin, tenant_id: TenantId, command_id: &str) -> CommandKey {
    CommandKey { tenant_id, scope: origin.process.clone(), command_id: command_id.to_owned() }
}

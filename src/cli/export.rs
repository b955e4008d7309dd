//! Files of exported events: checked for what is missing in them, then read in pages.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};

use super::failure::Failure;
use crate::app::{Moment, read_exported};
use crate::ledger::stream_types;

/// Whose events an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Those of all tenants: every position from the first on.
    Everybody,
    /// Those of one tenant.
    Tenant(TenantId),
}

/// A file of exported events in which nothing is missing that could be seen.
#[derive(Debug)]
pub(crate) struct Export {
    path: PathBuf,
    /// Whose events it holds.
    pub(crate) extent: Extent,
    /// How many events it holds up to the moment.
    pub(crate) events: u64,
    /// Position of the last of them.
    pub(crate) position: i64,
}

/// What is checked of each event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    position: String,
    #[serde(rename = "type")]
    event_type: String,
    tenant_id: TenantId,
    aggregate_type: String,
    aggregate_id: String,
    sequence: i64,
    recorded_at: jiff::Timestamp,
}

/// Finds the places where events are missing.
#[derive(Default)]
struct Gaps {
    position: i64,
    tenant_id: Option<TenantId>,
    /// Whether there are events of several tenants.
    mixed: bool,
    /// Where a position is missing first; right in the export of one tenant only.
    hole: Option<String>,
    events: u64,
    sequences: HashMap<(String, String), i64>,
}

impl Export {
    /// Checks a file up to a moment; refuses one in which an event is missing, with its place.
    pub(crate) async fn check(path: &Path, at: Option<Moment>) -> Result<Self, Failure> {
        let known: HashSet<&str> =
            stream_types().into_iter().flat_map(|(_, types)| types).map(|(name, _)| *name).collect();
        let (mut gaps, mut lines) = (Gaps::default(), open(path).await?);
        while let Some(line) = lines.next_line().await? {
            let n = gaps.events + 1;
            let fault = |fault: String| Failure::found(format!("{}: {fault}", path.display()));
            let place = |what: String| fault(format!("line {n}: {what}"));
            let event: Place = serde_json::from_str(&line)
                .map_err(|error| place(format!("this is not an exported event: {error}")))?;
            let position =
                event.position.parse().map_err(|_| place("the position is no number".to_owned()))?;
            if is_after(at, position, event.recorded_at.as_microsecond()) {
                break;
            }
            if !known.contains(event.event_type.as_str()) {
                return Err(place(format!("{} is of a newer program; replay with that", event.event_type)));
            }
            gaps.take(position, event).map_err(fault)?;
        }
        // One tenant's events can be those of a store that has no other: nothing tells, so nothing is taken for granted.
        let extent = gaps.tenant_id.filter(|_| !gaps.mixed).map_or(Extent::Everybody, Extent::Tenant);
        Ok(Self { path: path.to_owned(), extent, events: gaps.events, position: gaps.position })
    }

    /// Reads its events from the first on.
    pub(crate) async fn read(&self) -> Result<ExportReader, Failure> {
        Ok(ExportReader { lines: open(&self.path).await?, events: self.events, left: self.events })
    }
}

/// Reads the events of an export.
pub(crate) struct ExportReader {
    lines: Lines<BufReader<File>>,
    events: u64,
    left: u64,
}

impl ExportReader {
    /// Returns the next events, at most a page; none at the end.
    pub(crate) async fn page(&mut self, limit: i64) -> Result<Vec<Recorded>, Failure> {
        let mut events = Vec::new();
        while self.left > 0 && (events.len() as i64) < limit {
            let Some(line) = self.lines.next_line().await? else { break };
            let n = self.events - self.left + 1;
            let unreadable = |error| Failure::found(format!("line {n}: the event cannot be read: {error}"));
            events.push(read_exported(&line).map_err(unreadable)?);
            self.left -= 1;
        }
        Ok(events)
    }
}

impl Gaps {
    /// Takes in the next event; refuses with the place of what is missing.
    fn take(&mut self, position: i64, event: Place) -> Result<(), String> {
        self.events += 1;
        let (n, before) = (self.events, self.position);
        if position <= before {
            return Err(format!("line {n}: position {position} comes after position {before}"));
        }
        if position != before + 1 && self.hole.is_none() {
            self.hole = Some(format!("line {n}: position {position} follows position {before}"));
        }
        self.position = position;
        self.mixed |= self.tenant_id.is_some_and(|tenant_id| tenant_id != event.tenant_id);
        self.tenant_id = Some(event.tenant_id);
        if let Some(hole) = self.hole.as_ref().filter(|_| self.mixed) {
            return Err(format!("{hole}: events are missing; export all of them, or all of one tenant"));
        }
        let Place { aggregate_type, aggregate_id, sequence, .. } = event;
        let stream = format!("{aggregate_type} {aggregate_id}");
        let last = self.sequences.insert((aggregate_type, aggregate_id), sequence).unwrap_or(0);
        if sequence != last + 1 {
            return Err(format!(
                "line {n}: event {sequence} of {stream} follows event {last}: events are missing"
            ));
        }
        Ok(())
    }
}

/// Tells whether an event is after a moment.
fn is_after(at: Option<Moment>, position: i64, recorded_at: i64) -> bool {
    match at {
        None => false,
        Some(Moment::Position(end)) => position > end,
        Some(Moment::Time(end)) => recorded_at > end,
    }
}

async fn open(path: &Path) -> Result<Lines<BufReader<File>>, Failure> {
    let file = File::open(path).await;
    let file = file.map_err(|error| Failure::Usage(format!("the export {}: {error}", path.display())))?;
    Ok(BufReader::new(file).lines())
}

//! What was found, and the judgement of it; nothing here asks anybody.

use serde::Serialize;

use crate::ports::{Checkpoint, Parked, ReaderState};
use crate::store::SchemaStep;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    /// As it should be.
    Ok,
    /// Worth a look; work goes on.
    Warn,
    /// Work does not go on, or cannot be trusted.
    Fail,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub(super) level: Level,
    name: &'static str,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Check {
    /// All is well.
    pub(super) fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { level: Level::Ok, name, found: found.into(), remedy: None }
    }

    /// Something is odd.
    pub(super) fn warn(name: &'static str, found: impl Into<String>, remedy: &str) -> Self {
        Self { level: Level::Warn, remedy: Some(remedy.to_owned()), ..Self::ok(name, found) }
    }

    /// Something is wrong.
    pub(super) fn fail(name: &'static str, found: impl Into<String>, remedy: &str) -> Self {
        Self { level: Level::Fail, remedy: Some(remedy.to_owned()), ..Self::ok(name, found) }
    }
}

/// How far the log's time may be ahead of this machine's before the clock is in question, in microseconds.
const AHEAD_US_MAX: i64 = 2_000_000;

/// Judges this machine's clock by the time of the last event.
pub(super) fn clock(now_us: i64, log_us: i64) -> Check {
    let ahead = log_us - now_us;
    if ahead > AHEAD_US_MAX {
        let found = format!("the last event is {} s later than this machine's clock", ahead / 1_000_000);
        return Check::warn(
            "clock",
            found,
            "set the clock, for example by NTP; new events carry the later time",
        );
    }
    Check::ok("clock", "not behind the last event")
}

/// Judges the steps of a schema that were applied by those that this program has.
pub(super) fn schema(applied: &[SchemaStep], known: &[SchemaStep]) -> Check {
    const ANOTHER: &str = "use the version of the program that the store was migrated with";
    let without = |all: &[SchemaStep], some: &[SchemaStep]| {
        let left = all.iter().filter(|(version, _)| some.iter().all(|(other, _)| other != version));
        left.map(|(version, _)| format!("{version:04}")).collect::<Vec<_>>().join(", ")
    };
    let (newer, missing) = (without(applied, known), without(known, applied));
    if !newer.is_empty() {
        return Check::fail("schema", format!("{newer} is not known to this program"), ANOTHER);
    }
    if !missing.is_empty() {
        let remedy = "run `tenantry migrate`; `tenantry serve` does so too";
        return Check::fail("schema", format!("{missing} is not applied"), remedy);
    }
    if applied != known {
        return Check::fail("schema", "a step was applied in another form than this program has", ANOTHER);
    }
    let last = applied.last().map_or(0, |(version, _)| *version);
    Check::ok("schema", format!("up to date at {last:04}"))
}

/// Judges how the readers of a log stand that ends at a position: views and processes.
pub(super) fn readers(known: &[Checkpoint], head: i64) -> Vec<Check> {
    let failed = known.iter().filter(|reader| reader.state == ReaderState::Failed).map(|reader| {
        let found = format!("{} has stopped: {}", reader.name, reader.error.as_deref().unwrap_or("unknown"));
        Check::fail("views", found, "upgrade to a version that reads the event, then rebuild the view")
    });
    let live = || known.iter().filter(|reader| reader.state == ReaderState::Live);
    let lag = live().map(|reader| head - reader.position).max().unwrap_or(0);
    let behind = live().filter(|reader| reader.position < head).count();
    let standing = if behind == 0 {
        Check::ok("views", format!("all {} that are live are at position {head}", live().count()))
    } else {
        let found = format!("{behind} of {} are behind, by up to {lag} events", known.len());
        Check::warn("views", found, "start a server, or wait for the one that runs")
    };
    failed.chain([standing]).collect()
}

/// Judges what views cannot fold.
pub(super) fn parked(parked: &[Parked]) -> Option<Check> {
    let first = parked.first()?;
    let Parked { view, tenant_id, position, error, .. } = first;
    let found = format!("{} parked, the first {tenant_id} for {view} at {position}: {error}", parked.len());
    Some(Check::fail("views", found, "see `tenantry projections parked`; docs/operations.md says what to do"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_the_log_is_in_question() {
        assert_eq!(clock(10_000_000, 11_000_000).level, Level::Ok);
        assert_eq!(clock(10_000_000, 1).level, Level::Ok);
        assert_eq!(clock(10_000_000, 13_000_000).level, Level::Warn);
    }

    #[test]
    fn a_schema_must_be_the_one_that_the_program_has() {
        let steps = |versions: &[i64]| -> Vec<SchemaStep> {
            versions.iter().map(|version| (*version, vec![7])).collect()
        };
        let known = steps(&[1, 2]);
        assert_eq!(schema(&known, &known).level, Level::Ok);
        assert!(schema(&steps(&[1]), &known).remedy.is_some_and(|remedy| remedy.contains("migrate")));
        assert!(schema(&steps(&[1, 2, 3]), &known).found.contains("0003"));
        assert_eq!(schema(&[(1, vec![7]), (2, vec![8])], &known).level, Level::Fail);
    }

    #[test]
    fn a_view_that_has_stopped_is_worse_than_one_that_is_behind() {
        let at = |position: i64, state: ReaderState| Checkpoint {
            version: 1,
            name: "customers".to_owned(),
            generation: 1,
            position,
            fence: 0,
            state,
            error: None,
        };
        let levels = |known: &[Checkpoint]| -> Vec<Level> {
            readers(known, 9).into_iter().map(|check| check.level).collect()
        };
        assert_eq!(levels(&[at(9, ReaderState::Live), at(1, ReaderState::Building)]), [Level::Ok]);
        assert_eq!(levels(&[at(9, ReaderState::Live), at(8, ReaderState::Live)]), [Level::Warn]);
        assert_eq!(levels(&[at(1, ReaderState::Failed), at(9, ReaderState::Live)]), [Level::Fail, Level::Ok]);
    }
}

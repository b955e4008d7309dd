//! Reads the rows of usage of a span of time, organization by organization, without those in between.

use jiff::Timestamp;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::MeterName;
use tenantry_projections::RowKey;
use tenantry_projections::usage::{UsageRow, rows_from};

use crate::app::{App, Rejection};
use crate::limits::{USAGE_JUMPS_MAX, USAGE_ROWS_AFTER_JUMP, USAGE_ROWS_PAGE, USAGE_ROWS_READ_MAX};
use crate::ports::{PageQuery, StoreFault, StoredRow};

/// What comes after every time in a key.
const AFTER_ALL_TIMES: &str = "~";

/// Which rows are wanted.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Whose rows.
    pub(super) tenant_id: TenantId,
    /// Only those of this organization.
    pub(super) organization_id: Option<OrganizationId>,
    /// Only those of this meter.
    pub(super) meter: Option<MeterName>,
    /// Only those from this time on.
    pub(super) from: Option<Timestamp>,
    /// Only those before this time.
    pub(super) to: Option<Timestamp>,
}

/// A reading that is under way.
pub(super) struct Scan<'a> {
    app: &'a App,
    wanted: Wanted,
    after: String,
    /// The position that the first rows showed.
    pub(super) position: Option<i64>,
    taken: usize,
    jumps: usize,
    jumped: bool,
    done: bool,
}

impl<'a> Scan<'a> {
    /// Begins at the first row, or after a key.
    pub(super) fn new(app: &'a App, wanted: Wanted, after: Option<String>) -> Self {
        let text = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
        let first = wanted.organization_id.map(|id| rows_from(id, &text(wanted.from))).unwrap_or_default();
        let after = after.unwrap_or_default().max(first);
        Self { app, wanted, after, position: None, taken: 0, jumps: 0, jumped: false, done: false }
    }

    /// Tells whether as many rows were taken as one request may take.
    pub(super) fn is_exhausted(&self) -> bool {
        self.taken >= USAGE_ROWS_READ_MAX
    }

    /// Tells whether rows were jumped over as often as one request may, and there may be more behind them.
    pub(super) fn is_tired(&self) -> bool {
        self.jumps >= USAGE_JUMPS_MAX && !self.done
    }

    /// Tells whether rows were jumped over after the last ones that were taken: their window is whole.
    pub(super) fn has_jumped(&self) -> bool {
        self.jumped
    }

    /// Returns after which key it goes on.
    pub(super) fn after(&self) -> &str {
        &self.after
    }

    /// Reads some more rows, in the order of organizations and times; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<UsageRow>>, Rejection> {
        if self.done {
            return Ok(None);
        }
        let tenant_id = self.wanted.tenant_id;
        let meter = self.wanted.meter.iter().map(|meter| ("meter".to_owned(), meter.as_str().to_owned()));
        let after = RowKey { tenant_id, key: self.after.clone() };
        // What lies behind a jump is often jumped over again.
        let limit = if self.jumped { USAGE_ROWS_AFTER_JUMP } else { USAGE_ROWS_PAGE };
        self.jumped = false;
        let filters = meter.collect();
        let query = PageQuery { tenant_id: Some(tenant_id), filters, after: Some(after), limit };
        let (position, stored) = self.app.page("usage", &query).await?;
        self.position.get_or_insert(position);
        self.done = (stored.len() as i64) < limit;
        let mut rows = Vec::with_capacity(stored.len());
        for StoredRow { key, doc } in stored {
            let corrupt = |_| StoreFault::Corrupt(format!("row {} of usage", key.key));
            let row: UsageRow = serde_json::from_str(&doc).map_err(corrupt)?;
            if let Some(elsewhere) = self.elsewhere(&row) {
                self.done = elsewhere.is_none();
                self.after = elsewhere.unwrap_or_default();
                self.jumps += 1;
                self.jumped = true;
                break;
            }
            self.after = key.key;
            rows.push(row);
        }
        self.taken += rows.len();
        Ok(Some(rows))
    }

    /// Says after which key to go on where a row is not wanted; `Some(None)` where nothing else is.
    #[expect(clippy::option_option, reason = "whether to leave, and where to")]
    fn elsewhere(&self, row: &UsageRow) -> Option<Option<String>> {
        let id = row.organization_id;
        if self.wanted.organization_id.is_some_and(|wanted| wanted != id) {
            return Some(None);
        }
        if self.wanted.to.is_some_and(|to| row.start >= to) {
            let alone = self.wanted.organization_id.is_some();
            return Some((!alone).then(|| rows_from(id, AFTER_ALL_TIMES)));
        }
        let early = self.wanted.from.filter(|from| row.start < *from);
        early.map(|from| Some(rows_from(id, &from.to_string())))
    }
}

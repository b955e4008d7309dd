//! Queries: pages and single rows of views, as far as the caller may see them.

use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use tenantry_domain::ids::TaskId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;
use tokio::time::Instant;

use super::{App, Caller, Rejection};
use crate::limits::{LOG, PAGE_ROWS, PAGE_ROWS_MAX, READ_WAIT};
use crate::ports::{PageQuery, StoreFault, StoredRow, TaskSummary};

/// What a list request asks for.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// The tenant whose rows an operator wants.
    pub tenant_id: Option<TenantId>,
    /// Fields and the values they must have.
    pub filters: Vec<(String, String)>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// The most rows.
    pub limit: Option<i64>,
    /// The position that the view must have reached.
    pub min_position: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows.
    pub items: Vec<Value>,
    /// Position of the log that the page shows.
    pub position: i64,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// Views that hold a row for the organization and one for the partner; who reads all tenants reads the first.
const OF_TWO_TENANTS: [&str; 2] = ["consents", "invitations"];

impl App {
    /// Returns a page of a view.
    pub async fn list(
        &self,
        view: &'static str,
        caller: &Caller,
        request: PageRequest,
    ) -> Result<Page, Rejection> {
        let tenant_id = caller.sees(request.tenant_id)?;
        let limit = page_limit(request.limit)?;
        if let Some(position) = request.min_position {
            self.wait_for(view, position, READ_WAIT).await?;
        }
        let after = request.cursor.as_deref().map(read_cursor).transpose()?;
        let mut filters = request.filters;
        if tenant_id.is_none() && OF_TWO_TENANTS.contains(&view) {
            filters.push(("side".to_owned(), "organization".to_owned()));
        }
        let query = PageQuery { tenant_id, filters, after, limit: limit + 1 };
        let (position, mut rows) = self.page(view, &query).await?;
        let more = rows.len() as i64 > limit;
        rows.truncate(usize::try_from(limit).expect("a limit is small"));
        let next = rows.last().filter(|_| more).map(|row| write_cursor(&row.key));
        let items = self.shown(caller, rows).await?;
        Ok(Page { items, position, next })
    }

    /// Returns one row; one that is missing is waited for up to the end of the log at arrival.
    pub async fn get(
        &self,
        view: &'static str,
        caller: &Caller,
        key: &str,
        min_position: Option<i64>,
    ) -> Result<(Value, i64), Rejection> {
        if let Some(position) = min_position {
            self.wait_for(view, position, READ_WAIT).await?;
        }
        let mut found = self.find_row(view, caller, key).await?;
        if found.is_none() {
            let arrival = self.feed.refresh().await?;
            self.wait_for(view, arrival, READ_WAIT).await?;
            found = self.find_row(view, caller, key).await?;
        }
        let (row, position) = found.ok_or(Rejection::NotFound)?;
        let item = self.shown(caller, vec![row]).await?.pop().ok_or(Rejection::NotFound)?;
        Ok((item, position))
    }

    /// Returns a page of the tasks that are to be done, and where the next one begins, if there is one.
    pub async fn open_tasks(
        &self,
        cursor: Option<&str>,
        limit: Option<i64>,
    ) -> Result<(Vec<TaskSummary>, Option<String>), Rejection> {
        let limit = page_limit(limit)?;
        let after = cursor.map(str::parse::<TaskId>).transpose().map_err(|_| no_cursor())?;
        let mut tasks = self.tasks.open_tasks(LOG, after, limit + 1).await?;
        let more = tasks.len() as i64 > limit;
        tasks.truncate(usize::try_from(limit).expect("a limit is small"));
        let next = tasks.last().filter(|_| more).map(|task| task.id.clone());
        Ok((tasks, next))
    }

    /// Waits until a view has taken in a position.
    pub async fn wait_for(
        &self,
        view: &'static str,
        position: i64,
        patience: Duration,
    ) -> Result<(), Rejection> {
        if self.progress.wait(view, position, Instant::now() + patience).await? {
            Ok(())
        } else {
            Err(Rejection::NotYet)
        }
    }

    async fn find_row(
        &self,
        view: &'static str,
        caller: &Caller,
        key: &str,
    ) -> Result<Option<(StoredRow, i64)>, Rejection> {
        let tenant_id = caller.sees(None)?;
        if let Ok(found) = self.read_row(view, tenant_id, key).await {
            return Ok(found);
        }
        // The generation was replaced meanwhile.
        self.progress.refresh().await?;
        Ok(self.read_row(view, tenant_id, key).await?)
    }

    async fn read_row(
        &self,
        view: &'static str,
        tenant_id: Option<TenantId>,
        key: &str,
    ) -> Result<Option<(StoredRow, i64)>, StoreFault> {
        let generation = self.progress.live(view).await?;
        // Read first: the row may be newer than the position that stands beside it, never older.
        let position = self.progress.position(view);
        let row = match tenant_id {
            Some(tenant_id) => {
                self.views.rows(generation, &[RowKey { tenant_id, key: key.to_owned() }]).await?.pop()
            }
            None => self.views.find_row(generation, key).await?,
        };
        Ok(row.map(|row| (row, position)))
    }

    /// Reads a page of the live generation; one that was replaced meanwhile is looked up again.
    pub(super) async fn page(
        &self,
        view: &'static str,
        query: &PageQuery,
    ) -> Result<(i64, Vec<StoredRow>), Rejection> {
        let generation = self.progress.live(view).await?;
        if let Ok(page) = self.views.page(LOG, generation, query).await {
            return Ok(page);
        }
        self.progress.refresh().await?;
        let generation = self.progress.live(view).await?;
        Ok(self.views.page(LOG, generation, query).await?)
    }

    pub(super) async fn shown(&self, caller: &Caller, rows: Vec<StoredRow>) -> Result<Vec<Value>, Rejection> {
        let mut items = Vec::with_capacity(rows.len());
        let mut tenants = Vec::with_capacity(rows.len());
        for row in rows {
            let item = serde_json::from_str(&row.doc)
                .map_err(|_| StoreFault::Corrupt(format!("row {}", row.key.key)))?;
            items.push(item);
            tenants.push(row.key.tenant_id);
        }
        let mut start = 0;
        for run in tenants.chunk_by(|one, other| one == other) {
            self.disclose(caller, run[0], &mut items[start..start + run.len()]).await?;
            start += run.len();
        }
        Ok(items)
    }
}

/// Checks how many rows a page may have.
pub fn page_limit(asked: Option<i64>) -> Result<i64, Rejection> {
    let limit = asked.unwrap_or(PAGE_ROWS);
    if (1..=PAGE_ROWS_MAX).contains(&limit) {
        Ok(limit)
    } else {
        Err(Rejection::malformed("limit", "out_of_range", format!("limit must be from 1 to {PAGE_ROWS_MAX}")))
    }
}

/// Writes the cursor of the page after a row.
pub fn write_cursor(key: &RowKey) -> String {
    Cursor(key.clone()).to_string()
}

/// Reads a cursor.
pub fn read_cursor(text: &str) -> Result<RowKey, Rejection> {
    text.parse::<Cursor>().map(|cursor| cursor.0)
}

/// The last row of a page; opaque to callers.
struct Cursor(RowKey);

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{} {}", self.0.tenant_id, self.0.key)))
    }
}

impl FromStr for Cursor {
    type Err = Rejection;

    fn from_str(text: &str) -> Result<Self, Rejection> {
        let read = || {
            let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            let (tenant, key) = plain.split_once(' ').filter(|(_, key)| !key.contains('\0'))?;
            Some(Self(RowKey { tenant_id: tenant.parse().ok()?, key: key.to_owned() }))
        };
        read().ok_or_else(no_cursor)
    }
}

fn no_cursor() -> Rejection {
    Rejection::malformed("cursor", "invalid", "not a cursor of this list; leave it out")
}

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

use super::moments::{MinPosition, When};
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
    /// Which moment is shown.
    pub when: When,
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
        if let Some(moment) = request.when.at {
            self.may_look_back(caller, request.when).await?;
            return self.list_then(view, caller, request, moment).await;
        }
        let limit = page_limit(request.limit)?;
        self.reach(view, request.when.min_position).await?;
        let after = request.cursor.as_deref().map(read_cursor).transpose()?;
        let query = list_query(view, caller, request, after, limit)?;
        let (position, rows) = self.page(view, &query).await?;
        let (rows, last) = page_of(rows, limit);
        let next = last.map(|key| write_cursor(&key));
        let items = self.shown(caller, rows).await?;
        Ok(Page { items, position, next })
    }

    /// Returns one row; one that is missing now is waited for up to the end of the log at arrival.
    pub async fn get(
        &self,
        view: &'static str,
        caller: &Caller,
        key: &str,
        when: When,
    ) -> Result<(Value, i64), Rejection> {
        if let Some(moment) = when.at {
            self.may_look_back(caller, when).await?;
            let at = self.past_position("at", moment).await?;
            return self.get_then(view, caller, key, at).await;
        }
        self.reach(view, when.min_position).await?;
        let mut found = self.find_row(view, caller, key).await?;
        if found.is_none() {
            self.reach(view, Some(MinPosition::End)).await?;
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
        let after = cursor.map(str::parse::<TaskId>).transpose().map_err(|_| Cursor::of_another_list())?;
        let mut tasks = self.tasks.open_tasks(LOG, after, limit + 1).await?;
        let more = tasks.len() as i64 > limit;
        tasks.truncate(usize::try_from(limit).expect("a limit is small"));
        let next = tasks.last().filter(|_| more).map(|task| task.id.clone());
        Ok((tasks, next))
    }

    /// Makes a task due that has failed and waits to be tried again.
    pub async fn hasten_task(&self, id: &str) -> Result<TaskSummary, Rejection> {
        let missing = || Rejection::NotFound.naming("task that has failed,", id);
        let task_id: TaskId = id.parse().map_err(|_| missing())?;
        self.tasks.hasten_task(LOG, task_id).await?.ok_or_else(missing)
    }

    /// Waits until a view has reached what a read asks for.
    pub async fn reach(
        &self,
        view: &'static str,
        min_position: Option<MinPosition>,
    ) -> Result<(), Rejection> {
        let position = match min_position {
            None => return Ok(()),
            Some(MinPosition::Given(position)) => position,
            Some(MinPosition::End) => self.feed.refresh().await?,
        };
        self.wait_for(view, position, READ_WAIT).await
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

/// Makes the query of a page and one row more, by which it is seen whether there is another page.
pub(super) fn list_query(
    view: &str,
    caller: &Caller,
    request: PageRequest,
    after: Option<RowKey>,
    limit: i64,
) -> Result<PageQuery, Rejection> {
    let tenant_id = caller.sees(request.tenant_id)?;
    let mut filters = request.filters;
    if tenant_id.is_none() && OF_TWO_TENANTS.contains(&view) {
        filters.push(("side".to_owned(), "organization".to_owned()));
    }
    Ok(PageQuery { tenant_id, filters, after, limit: limit + 1 })
}

/// Cuts the rows of such a query to the page; where there is another, its last key comes too.
pub(super) fn page_of(mut rows: Vec<StoredRow>, limit: i64) -> (Vec<StoredRow>, Option<RowKey>) {
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).expect("a limit is small"));
    let last = rows.last().filter(|_| more).map(|row| row.key.clone());
    (rows, last)
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
    Cursor { row: key.clone(), at: None }.to_string()
}

/// Reads the cursor of a list of now.
pub fn read_cursor(text: &str) -> Result<RowKey, Rejection> {
    match text.parse()? {
        Cursor { row, at: None } => Ok(row),
        Cursor { at: Some(_), .. } => Err(Cursor::of_another_list()),
    }
}

/// The last row of a page, and where the list is of an earlier moment, its position; opaque to callers.
pub(super) struct Cursor {
    pub(super) row: RowKey,
    pub(super) at: Option<i64>,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { row: RowKey { tenant_id, key }, at } = self;
        let at = at.map(|at| format!("{at} ")).unwrap_or_default();
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{at}{tenant_id} {key}")))
    }
}

impl FromStr for Cursor {
    type Err = Rejection;

    fn from_str(text: &str) -> Result<Self, Rejection> {
        let read = || {
            let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            // No tenant is a number.
            let at = plain.split_once(' ').and_then(|(at, rest)| Some((at.parse().ok()?, rest)));
            let (at, plain) = at.map_or((None, plain.as_str()), |(at, rest): (i64, &str)| (Some(at), rest));
            let (tenant, key) = plain.split_once(' ').filter(|(_, key)| !key.contains('\0'))?;
            let row = RowKey { tenant_id: tenant.parse().ok()?, key: key.to_owned() };
            Some(Self { row, at })
        };
        read().ok_or_else(Self::of_another_list)
    }
}

impl Cursor {
    pub(super) fn of_another_list() -> Rejection {
        Rejection::malformed("cursor", "invalid", "not a cursor of this list; leave it out")
    }
}

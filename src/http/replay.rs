//! How a replay is shown: an operation, its result, and pages of its rows.

use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::Event;
use futures::stream::{self, Stream};
use serde::Serialize;
use serde_json::{Value, json};
use tenantry_domain::ids::OperationId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;
use tenantry_projections::operations::Subject;
use tokio::sync::{OwnedSemaphorePermit, watch};
use utoipa::ToSchema;

use super::Http;
use crate::app::{Page, Rejection, Request, write_cursor};
use crate::limits::{PAGE_ROWS_MAX, STREAM_CHECK};
use crate::ports::StoreFault;
use crate::projector::{Comparison, Digest, Replay, ReplayState, Replayed, canonical};

/// A replay as an operation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReplayOperation {
    /// Its ID.
    #[schema(value_type = String)]
    id: OperationId,
    /// `replay`.
    kind: &'static str,
    /// `running`, `succeeded` or `failed`.
    state: &'static str,
    /// The view.
    subject: Subject,
    /// A replay has none.
    #[schema(value_type = Vec<Value>)]
    steps: [(); 0],
    /// Why it failed.
    errors: Vec<ReplayError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<ReplayResult>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
}

/// Why a replay failed.
#[derive(Debug, Serialize, ToSchema)]
struct ReplayError {
    /// A code of problems.
    code: &'static str,
    /// What went wrong, for people.
    description: String,
}

/// What a replay found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReplayResult {
    view: &'static str,
    /// Whose rows they are; all tenants' where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    tenant_id: Option<TenantId>,
    /// The position that was replayed to.
    position: String,
    #[serde(flatten)]
    digest: Digest,
    difference: Difference,
    /// Tenants of which an event could not be folded: their rows stand still from there on.
    parked: Vec<ParkedAt>,
    /// The first 500 rows.
    #[schema(value_type = Vec<ReplayedRow>)]
    items: Vec<Value>,
    /// Where the others are.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

/// Where a tenant's events could not be folded any further.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ParkedAt {
    #[schema(value_type = String)]
    tenant_id: TenantId,
    position: String,
}

/// How the live view differs from the rows of a replay.
#[derive(Debug, Serialize, ToSchema)]
struct Difference {
    /// Position of the live view.
    position: String,
    /// Rows that differ, are missing or are too many.
    count: usize,
    /// The first of them, as tenant and key.
    keys: Vec<String>,
}

/// A row, values about people withheld.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReplayedRow {
    #[schema(value_type = String)]
    tenant_id: TenantId,
    key: String,
    row: Value,
}

/// Reads a page of a replay's rows.
pub(super) async fn rows(found: &Replayed, after: Option<RowKey>, limit: i64) -> Result<Page, Rejection> {
    let mut page = found.copy.rows_after(after, limit + 1).await?;
    let more = page.len() as i64 > limit;
    page.truncate(usize::try_from(limit).expect("a limit is small"));
    let next = page.last().filter(|_| more).map(|row| write_cursor(&row.key));
    let shown = page.into_iter().map(|row| {
        let item = ReplayedRow { row: canonical(&row)?, tenant_id: row.key.tenant_id, key: row.key.key };
        Ok::<_, StoreFault>(json!(item))
    });
    Ok(Page { items: shown.collect::<Result<_, _>>()?, position: found.copy.position(), next })
}

/// Shows a replay as it began.
pub(super) fn begun(replay: &Replay) -> ReplayOperation {
    ReplayOperation {
        id: replay.request.id,
        kind: "replay",
        state: "running",
        subject: Subject { subject_type: "view".to_owned(), id: replay.request.view.name().to_owned() },
        steps: [],
        errors: Vec::new(),
        result: None,
        created_at: time(replay.created_at),
        finished_at: None,
    }
}

/// Shows a replay as it is now.
pub(super) async fn shown(replay: &Replay) -> Result<ReplayOperation, Rejection> {
    let state = replay.watch().borrow().clone();
    let operation = begun(replay);
    Ok(match state {
        ReplayState::Running => operation,
        ReplayState::Failed { finished_at, fault } => ReplayOperation {
            state: "failed",
            errors: vec![ReplayError::of(&fault)],
            finished_at: Some(time(finished_at)),
            ..operation
        },
        ReplayState::Done(found) => ReplayOperation {
            state: "succeeded",
            result: Some(result(replay, &found).await?),
            finished_at: Some(time(found.finished_at)),
            ..operation
        },
    })
}

async fn result(replay: &Replay, found: &Replayed) -> Result<ReplayResult, Rejection> {
    let Page { items, next, .. } = rows(found, None, PAGE_ROWS_MAX).await?;
    let more =
        |cursor| format!("/api/v1/replays/{}/rows?limit={PAGE_ROWS_MAX}&cursor={cursor}", replay.request.id);
    let parked = found
        .copy
        .failures()
        .iter()
        .map(|(tenant_id, error)| ParkedAt { tenant_id: *tenant_id, position: error.position.to_string() });
    let Comparison { position, count, keys, .. } = found.difference.clone();
    Ok(ReplayResult {
        view: replay.request.view.name(),
        tenant_id: replay.request.tenant_id,
        position: found.copy.position().to_string(),
        digest: found.digest.clone(),
        difference: Difference { position: position.to_string(), count, keys },
        parked: parked.collect(),
        items,
        more: next.map(more),
    })
}

/// Yields a replay as it is, and once more when it has ended.
pub(super) fn changes(
    http: Http,
    request: Request,
    replay: Arc<Replay>,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut watch = replay.watch();
    // The first look shows the replay as it is.
    watch.mark_changed();
    stream::unfold(Some((watch, http, request, replay, place)), |watched| async move {
        let (mut watch, http, request, replay, place) = watched?;
        if !changed(&mut watch, &http, &request).await {
            return None;
        }
        let operation = shown(&replay).await.ok()?;
        let event = Event::default().id(operation.state).event("operation");
        let event = event.data(json!(operation).to_string());
        let goes_on = operation.state == "running";
        Some((Ok(event), goes_on.then_some((watch, http, request, replay, place))))
    })
}

/// Waits for the next change; `false` if there will be none, or the caller may not see it any more.
async fn changed(watch: &mut watch::Receiver<ReplayState>, http: &Http, request: &Request) -> bool {
    loop {
        tokio::select! {
            () = http.tasks.stopping() => return false,
            changed = watch.changed() => return changed.is_ok(),
            () = tokio::time::sleep(STREAM_CHECK) => {}
        }
        if !http.app.is_still_valid(&request.caller).await {
            return false;
        }
    }
}

impl ReplayError {
    fn of(fault: &StoreFault) -> Self {
        let (code, description) = match fault {
            StoreFault::Unavailable { .. } | StoreFault::InUse(_) => ("unavailable", fault.to_string()),
            StoreFault::Exists(_) | StoreFault::Corrupt(_) | StoreFault::Unsafe(_) => {
                ("broken", "the server met a fault that it does not understand; its log has it".to_owned())
            }
        };
        Self { code, description }
    }
}

fn time(us: i64) -> String {
    jiff::Timestamp::from_microsecond(us).unwrap_or_default().to_string()
}

//! Reads of an earlier moment: what a view showed then, folded from the events.
//!
//! Those may ask who may read the history, by their present role. What an organization was to a partner at that moment
//! decides what the partner is shown of it.

use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::Arc;

use cqrs_es::Aggregate;
use serde_json::Value;
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::organization::{Created, Organization};
use tenantry_projections::RowKey;

use super::organizations::visible_grant;
use super::reads::{Cursor, list_query, page_limit, page_of};
use super::roles::READ_HISTORY;
use super::{App, Caller, Moment, Page, PageRequest, Rejection};
use crate::ledger::fold_sealed;
use crate::limits::{LOG, MOMENT_EVENTS_MAX, MOMENT_STREAMS_READ};
use crate::ports::{AggregateKey, StoreFault, StoredRow};
use crate::projector::{AnyView, MomentFault, view_named};

/// What a view must have reached before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MinPosition {
    /// A position of the log.
    Given(i64),
    /// The end of the log, as it is when the read arrives.
    End,
}

impl FromStr for MinPosition {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "end" { Ok(Self::End) } else { text.parse().map(Self::Given) }
    }
}

/// Which moment a read shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct When {
    /// What the view must have reached.
    pub min_position: Option<MinPosition>,
    /// The moment; now without.
    pub at: Option<Moment>,
}

impl From<i64> for When {
    /// Now, from a position on.
    fn from(position: i64) -> Self {
        Self { min_position: Some(MinPosition::Given(position)), at: None }
    }
}

impl App {
    /// Returns the last position that belongs to a moment; refuses one that is ahead, naming the parameter.
    pub async fn past_position(&self, name: &str, moment: Moment) -> Result<i64, Rejection> {
        let head = self.ledger.head(LOG).await?;
        let ahead = || {
            let detail = format!("{name} lies ahead of the end of the log; nothing is known of it yet");
            Err(Rejection::malformed(name, "out_of_range", detail))
        };
        match moment {
            Moment::Position(position) if position > head.position => ahead(),
            Moment::Position(position) => Ok(position.max(0)),
            Moment::Time(time) if time > head.recorded_at.max(self.clock.now_us()) => ahead(),
            Moment::Time(time) => self.position_at_time(time, head.position).await,
        }
    }

    /// Returns a page of a view as it was. The cursor of the next page names the position, so that all pages are of one
    /// moment.
    pub(super) async fn list_then(
        &self,
        view: &'static str,
        caller: &Caller,
        request: PageRequest,
        moment: Moment,
    ) -> Result<Page, Rejection> {
        let limit = page_limit(request.limit)?;
        let cursor = request.cursor.as_deref().map(str::parse::<Cursor>).transpose()?;
        let (at, after) = match cursor {
            None => (self.past_position("at", moment).await?, None),
            Some(Cursor { row, at: Some(at) }) if moment.may_be(at) => {
                (self.past_position("cursor", Moment::Position(at)).await?, Some(row))
            }
            Some(_) => return Err(Cursor::of_another_list()),
        };
        let query = list_query(view, caller, request, after, limit)?;
        let rows = self.moments.page(&known(view)?, at, &query).await?;
        let (rows, last) = page_of(rows, limit);
        let next = last.map(|row| Cursor { row, at: Some(at) }.to_string());
        Ok(Page { items: self.shown(caller, rows).await?, position: at, next })
    }

    /// Returns one row as it was.
    pub(super) async fn get_then(
        &self,
        view: &'static str,
        caller: &Caller,
        key: &str,
        at: i64,
    ) -> Result<(Value, i64), Rejection> {
        let tenant_id = caller.sees(None)?;
        let row = self.moments.row(&known(view)?, tenant_id, at, key).await?.ok_or(Rejection::NotFound)?;
        let item = self.shown(caller, vec![row]).await?.pop().ok_or(Rejection::NotFound)?;
        Ok((item, at))
    }

    /// Refuses a read of an earlier moment to those who may not read the history either.
    pub(super) async fn may_look_back(&self, caller: &Caller, when: When) -> Result<(), Rejection> {
        if when.at.is_none() {
            return Ok(());
        }
        if !READ_HISTORY.contains(&caller.role) {
            return Err(Rejection::forbidden_but_to(caller.role, READ_HISTORY));
        }
        self.check_not_suspended(caller.tenant_id).await?;
        self.check_not_suspended(caller.home()).await
    }

    /// Returns the rows of organizations as they were, in the given order; those that were nothing to the partner are
    /// left out.
    pub(super) async fn organizations_then(
        &self,
        partner_id: PartnerId,
        ids: &[OrganizationId],
        at: i64,
    ) -> Result<Vec<StoredRow>, Rejection> {
        let looking = self.moments.look(&known("organizations")?, at).await?;
        let mut rows = Vec::with_capacity(ids.len());
        for ids in ids.chunks(MOMENT_STREAMS_READ) {
            let names: Vec<String> = ids.iter().map(OrganizationId::to_string).collect();
            let mut streams = looking.streams(Organization::TYPE, &names).await?;
            for (id, key) in ids.iter().zip(names) {
                let Some(events) = streams.remove(&key) else { continue };
                let row = looking.row(&RowKey { tenant_id: (*id).into(), key }, &events)?;
                let created = fold_sealed::<Organization>(events)?.created;
                rows.extend(
                    row.filter(|_| created.is_some_and(|it| visible_grant(&it, partner_id).is_some())),
                );
            }
        }
        Ok(rows)
    }

    /// Returns an organization as it was.
    pub(super) async fn organization_then(
        &self,
        id: OrganizationId,
        at: i64,
    ) -> Result<Option<Created>, Rejection> {
        let stream = AggregateKey { aggregate_type: Organization::TYPE, aggregate_id: id.to_string() };
        let mut events = self.ledger.read_stream(LOG, &stream).await?;
        events.retain(|event| event.position <= at);
        Ok(fold_sealed::<Organization>(events)?.created)
    }

    /// Settles which position a moment is, so that several reads of one request show the same.
    pub(super) async fn settled(&self, when: When) -> Result<When, Rejection> {
        let Some(moment) = when.at else { return Ok(when) };
        let at = self.past_position("at", moment).await?;
        Ok(When { at: Some(Moment::Position(at)), ..when })
    }
}

impl Moment {
    /// Tells whether a position can be what it meant when a first page was asked for.
    fn may_be(self, at: i64) -> bool {
        match self {
            Self::Position(position) => position.max(0) == at,
            Self::Time(_) => true,
        }
    }
}

fn known(view: &'static str) -> Result<Arc<dyn AnyView>, StoreFault> {
    view_named(view).ok_or_else(|| StoreFault::Corrupt(format!("there is no view {view}")))
}

impl From<MomentFault> for Rejection {
    fn from(fault: MomentFault) -> Self {
        match fault {
            MomentFault::TooMany => Self::malformed(
                "at",
                "out_of_range",
                format!(
                    "more than {MOMENT_EVENTS_MAX} events of this list come before this moment, or too long a log; \
                     ask for it with POST /api/v1/replays"
                ),
            ),
            MomentFault::Full => {
                Self::Unavailable("too many moments are looked at; try again later".to_owned())
            }
            MomentFault::NotYet => Self::NotYet,
            MomentFault::Store(fault) => fault.into(),
        }
    }
}

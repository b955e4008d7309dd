//! The event history, and the state of a stream at a moment.

use serde_json::{Value, json};
use tenantry_domain::event::metadata;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::{Recorded, RowKey};

use super::reads::page_limit;
use super::{App, Caller, Rejection};
use crate::ledger::{fold_json, stream_types};
use crate::limits::{FEED_PAGE_EVENTS_MAX, HISTORY_SCAN_PAGES_MAX, LOG, READ_WAIT};
use crate::ports::{AggregateKey, PageQuery, StoreFault};

/// A moment of the log: a position, or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// After the event at this position.
    Position(i64),
    /// After the last event recorded up to this time, in microseconds.
    Time(i64),
}

impl Moment {
    /// Reads a moment that is given under a name.
    pub fn named(name: &str, text: &str) -> Result<Self, Rejection> {
        if let Ok(position) = text.parse() {
            return Ok(Self::Position(position));
        }
        text.parse::<jiff::Timestamp>().map(|time| Self::Time(time.as_microsecond())).map_err(|_| {
            Rejection::malformed(
                name,
                "invalid",
                "neither a position nor a time; use 17 or 2026-01-31T12:00:00Z",
            )
        })
    }
}

impl std::str::FromStr for Moment {
    type Err = Rejection;

    fn from_str(text: &str) -> Result<Self, Rejection> {
        Self::named("at", text)
    }
}

/// Which events are wanted.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// The tenant whose events an operator wants.
    pub tenant_id: Option<TenantId>,
    /// Stored name of the event.
    pub event_type: Option<String>,
    /// ID of the stream.
    pub aggregate_id: Option<String>,
    /// Who acted.
    pub actor: Option<String>,
    /// Tracking ID.
    pub tracking_id: Option<String>,
    /// Only events after this position.
    pub after: i64,
    /// Only events up to this moment.
    pub until: Option<Moment>,
    /// Only events from this time on, in microseconds.
    pub since: Option<i64>,
}

/// A page of events.
#[derive(Debug, Clone)]
pub struct EventPage {
    /// The events, in order.
    pub items: Vec<Value>,
    /// Where the page ends; the next one is after it.
    pub position: i64,
    /// Whether there may be more now.
    pub more: bool,
}

/// A stream that a caller may see.
pub(super) struct VisibleStream {
    pub(super) aggregate_type: &'static str,
    pub(super) tenant_id: TenantId,
    pub(super) events: Vec<Recorded>,
}

impl VisibleStream {
    /// Returns the last event up to a position.
    pub(super) fn last_up_to(&self, end: i64) -> Option<&Recorded> {
        self.events.iter().rev().find(|event| event.position <= end)
    }
}

impl App {
    /// Returns a page of the history that a caller may see.
    pub async fn events(
        &self,
        caller: &Caller,
        filter: &EventFilter,
        limit: Option<i64>,
    ) -> Result<EventPage, Rejection> {
        let tenant_id = caller.sees(filter.tenant_id)?;
        let limit = page_limit(limit)?;
        let end = match filter.until {
            Some(moment) => self.position_at(moment).await?,
            None => self.feed.head(),
        };
        let mut filter = filter.clone();
        if let Some(since) = filter.since {
            filter.after = filter.after.max(self.position_at(Moment::Time(since - 1)).await?);
        }
        let (events, position) = match tenant_id {
            Some(tenant_id) => self.tenants_events(tenant_id, &filter, end, limit).await?,
            None => self.all_events(&filter, end, limit).await?,
        };
        let mut items = Vec::with_capacity(events.len());
        for event in &events {
            items.push(self.shown_event(caller, event).await?);
        }
        Ok(EventPage { items, position, more: position < end })
    }

    /// Returns the state of a stream, now or at a moment, with its sequence.
    pub async fn state_at(
        &self,
        caller: &Caller,
        aggregate_type: &str,
        aggregate_id: &str,
        at: Option<Moment>,
    ) -> Result<Value, Rejection> {
        let found = self.find_state(caller, aggregate_type, aggregate_id, at).await;
        found.map_err(|rejection| rejection.naming(aggregate_type, aggregate_id))
    }

    async fn find_state(
        &self,
        caller: &Caller,
        aggregate_type: &str,
        aggregate_id: &str,
        at: Option<Moment>,
    ) -> Result<Value, Rejection> {
        let stream = self.visible_stream(caller, aggregate_type, aggregate_id).await?;
        let end = match at {
            Some(moment) => self.past_position("at", moment).await?,
            None => i64::MAX,
        };
        let last = stream.last_up_to(end).ok_or(Rejection::NotFound)?;
        let (sequence, position) = (last.sequence, last.position);
        let state = self.state_up_to(caller, &stream, end).await?;
        Ok(json!({
            "aggregateType": stream.aggregate_type, "aggregateId": aggregate_id, "tenantId": stream.tenant_id,
            "sequence": sequence, "position": position.to_string(), "state": state,
        }))
    }

    /// Reads a stream that the caller may see.
    pub(super) async fn visible_stream(
        &self,
        caller: &Caller,
        aggregate_type: &str,
        aggregate_id: &str,
    ) -> Result<VisibleStream, Rejection> {
        let (aggregate_type, _) = stream_types()
            .into_iter()
            .find(|(name, _)| *name == aggregate_type)
            .ok_or_else(|| no_type(aggregate_type))?;
        let stream = AggregateKey { aggregate_type, aggregate_id: aggregate_id.to_owned() };
        let events = self.ledger.read_stream(LOG, &stream).await?;
        let tenant_id = events.first().ok_or(Rejection::NotFound)?.tenant_id;
        caller.sees(Some(tenant_id)).map_err(|_| Rejection::NotFound)?;
        Ok(VisibleStream { aggregate_type, tenant_id, events })
    }

    /// Returns the state of a stream after its events up to a position, people's data as far as the caller may see it.
    pub(super) async fn state_up_to(
        &self,
        caller: &Caller,
        stream: &VisibleStream,
        end: i64,
    ) -> Result<Value, Rejection> {
        let events = stream.events.iter().filter(|event| event.position <= end).cloned().collect();
        let state = fold_json(stream.aggregate_type, events)
            .ok_or_else(|| StoreFault::Corrupt(format!("type of stream {}", stream.aggregate_type)))??;
        let mut states = [without_verifier(state)];
        self.disclose(caller, stream.tenant_id, &mut states).await?;
        let [state] = states;
        Ok(state)
    }

    /// Returns the last position that belongs to a moment; one that is ahead belongs to the end of the log.
    pub async fn position_at(&self, moment: Moment) -> Result<i64, Rejection> {
        let head = self.feed.head();
        match moment {
            Moment::Position(position) => Ok(position.clamp(0, head)),
            Moment::Time(time) => self.position_at_time(time, head).await,
        }
    }

    /// Returns the last position up to `head` that was recorded up to a time.
    pub(super) async fn position_at_time(&self, time: i64, head: i64) -> Result<i64, Rejection> {
        // Recorded times never go back along the log, so the place is found by halving.
        let (mut low, mut high) = (0, head);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            let event = self.ledger.read_at(LOG, &[middle]).await?.pop();
            let recorded_at = event.map(|event| event.recorded_at);
            let recorded_at = recorded_at
                .ok_or_else(|| StoreFault::Corrupt(format!("there is no event at position {middle}")))?;
            if recorded_at <= time {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(low)
    }

    /// Reads the events of one tenant by the positions that the view `history` keeps.
    async fn tenants_events(
        &self,
        tenant_id: TenantId,
        filter: &EventFilter,
        end: i64,
        limit: i64,
    ) -> Result<(Vec<Recorded>, i64), Rejection> {
        const VIEW: &str = "history";
        self.wait_for(VIEW, end, READ_WAIT).await?;
        let wanted = [
            ("type", &filter.event_type),
            ("aggregateId", &filter.aggregate_id),
            ("actor", &filter.actor),
            ("trackingId", &filter.tracking_id),
        ];
        let filters =
            wanted.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect();
        let after = RowKey { tenant_id, key: format!("{:019}", filter.after) };
        let query = PageQuery { tenant_id: Some(tenant_id), filters, after: Some(after), limit };
        let (_, rows) = self.page(VIEW, &query).await?;
        let full = rows.len() as i64 == limit;
        let positions: Vec<i64> = rows
            .iter()
            .filter_map(|row| row.key.key.parse().ok())
            .filter(|position| *position <= end)
            .collect();
        let reached = positions.last().copied().filter(|_| full).unwrap_or(end.max(filter.after));
        Ok((self.ledger.read_at(LOG, &positions).await?, reached))
    }

    /// Reads the log itself, as operators may, up to a bounded number of pages.
    async fn all_events(
        &self,
        filter: &EventFilter,
        end: i64,
        limit: i64,
    ) -> Result<(Vec<Recorded>, i64), Rejection> {
        let (mut found, mut position) = (Vec::new(), filter.after);
        for _ in 0..HISTORY_SCAN_PAGES_MAX {
            for event in self.ledger.read_after(LOG, position, FEED_PAGE_EVENTS_MAX).await? {
                if event.position > end {
                    return Ok((found, end.max(filter.after)));
                }
                position = event.position;
                if filter.takes(&event) {
                    found.push(event);
                }
                if found.len() as i64 == limit {
                    return Ok((found, position));
                }
            }
            if position >= end {
                return Ok((found, end.max(filter.after)));
            }
        }
        Ok((found, position))
    }

    /// Shows an event in its one form, people's data as far as the caller may see it.
    async fn shown_event(&self, caller: &Caller, event: &Recorded) -> Result<Value, Rejection> {
        let unreadable =
            |reason: String| StoreFault::Corrupt(format!("event at position {}: {reason}", event.position));
        let data = event.data().map_err(|error| unreadable(error.to_string()))?;
        let data = serde_json::from_str(data.get()).map_err(|error| unreadable(error.to_string()))?;
        let mut shown = [without_verifier(data)];
        self.disclose(caller, event.tenant_id, &mut shown).await?;
        let [data] = shown;
        let meta = |name| event.meta(name).unwrap_or_default();
        let recorded_at = jiff::Timestamp::from_microsecond(event.recorded_at).unwrap_or_default();
        let mut shown = json!({
            "position": event.position.to_string(),
            "id": meta(metadata::ID),
            "type": event.event_type,
            "version": event.version(),
            "tenantId": event.tenant_id,
            "aggregateType": event.aggregate_type,
            "aggregateId": event.aggregate_id,
            "sequence": event.sequence,
            "occurredAt": meta(metadata::OCCURRED_AT),
            "recordedAt": recorded_at.to_string(),
            "actor": { "id": meta(metadata::ACTOR), "role": meta(metadata::ROLE) },
            "channel": meta(metadata::CHANNEL),
            "trackingId": meta(metadata::TRACKING),
            "causationId": meta(metadata::CAUSATION),
            "correlationId": meta(metadata::CORRELATION),
            "data": data,
        });
        if let Some(partner) = event.meta(metadata::ON_BEHALF_OF) {
            shown["onBehalfOf"] = json!(partner);
        }
        Ok(shown)
    }
}

impl EventFilter {
    /// Returns the last position that is wanted, where one is named.
    pub fn end(&self) -> Option<i64> {
        match self.until {
            Some(Moment::Position(position)) => Some(position),
            Some(Moment::Time(_)) | None => None,
        }
    }

    fn takes(&self, event: &Recorded) -> bool {
        let is =
            |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        is(&self.event_type, &event.event_type)
            && is(&self.aggregate_id, &event.aggregate_id)
            && is(&self.actor, event.meta(metadata::ACTOR).unwrap_or_default())
            && is(&self.tracking_id, event.meta(metadata::TRACKING).unwrap_or_default())
    }
}

/// Leaves out what a key is checked with; it is of no use to a reader.
pub(super) fn without_verifier(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.remove("verifier");
            for field in fields.values_mut() {
                *field = without_verifier(field.take());
            }
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

fn no_type(aggregate_type: &str) -> Rejection {
    let types: Vec<&str> = stream_types().into_iter().map(|(name, _)| name).collect();
    Rejection::Missing(format!("aggregate type {aggregate_type}; there are {}", types.join(", ")))
}

//! The activity of a tenant: one sentence for each event, for people who do not read JSON.

mod erased;
mod organizations;
mod people;
mod places;
mod quotes;
mod reports;
mod sales;

use serde::{Deserialize, Serialize};
use tenantry_domain::access_key::AccessKeyEvent;
use tenantry_domain::billing_report::BillingReportEvent;
use tenantry_domain::case::CaseEvent;
use tenantry_domain::customer::CustomerEvent;
use tenantry_domain::directory_search::DirectorySearchEvent;
use tenantry_domain::domain_name::DomainEvent;
use tenantry_domain::event::{EventSet, metadata};
use tenantry_domain::invitation::InvitationEvent;
use tenantry_domain::meter::MeterEvent;
use tenantry_domain::organization::OrganizationEvent;
use tenantry_domain::partner::PartnerEvent;
use tenantry_domain::person::PersonEvent;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::quote::QuoteEvent;
use tenantry_domain::screening_list::ScreeningListEvent;
use tenantry_domain::subscriber::SubscriberEvent;
use tenantry_domain::subscription::SubscriptionEvent;
use tenantry_domain::template::TemplateEvent;
use tenantry_domain::usage::UsageEvent;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key counts down from the greatest position, so that lists begin with the newest.
#[derive(Debug)]
pub struct Activity;

/// What happened, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRow {
    /// Its name among the activity of its tenant, by which it is read alone.
    #[serde(default)]
    pub id: String,
    /// Position of the event.
    pub position: String,
    /// When it was recorded.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub at: i64,
    /// The sentence; without people's data.
    pub sentence: String,
    /// The event's stored name.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The kind of thing that it is about.
    pub aggregate_type: String,
    /// The thing.
    pub aggregate_id: String,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
}

impl PersonalSlots for ActivityRow {}

/// Reads an event as one of an aggregate's and says it; `None` if it is none of them.
fn said<E: EventSet>(event: &Recorded, say: fn(E) -> String) -> Option<Result<String, FoldError>> {
    E::NAMES.contains(&event.event_type.as_str()).then(|| event.event().map(say))
}

/// Says what an event means.
fn sentence(event: &Recorded) -> Result<String, FoldError> {
    let sentences = [
        said::<CustomerEvent>(event, sales::customer),
        said::<CaseEvent>(event, sales::case),
        said::<InvitationEvent>(event, sales::invitation),
        said::<OrganizationEvent>(event, organizations::organization),
        said::<DomainEvent>(event, organizations::domain),
        said::<DirectorySearchEvent>(event, organizations::directory_search),
        said::<ScreeningListEvent>(event, sales::screening_list),
        said::<PartnerEvent>(event, sales::partner),
        said::<TemplateEvent>(event, sales::template),
        said::<PersonEvent>(event, erased::person),
        said::<AccessKeyEvent>(event, sales::access_key),
        said::<MeterEvent>(event, sales::meter),
        said::<UsageEvent>(event, sales::usage),
        said::<QuoteEvent>(event, quotes::quote),
        said::<SubscriptionEvent>(event, quotes::subscription),
        said::<SubscriberEvent>(event, people::subscriber),
        said::<BillingReportEvent>(event, reports::billing_report),
    ];
    let unknown = || Err(event.error(format!("there is no sentence for {}", event.event_type)));
    sentences.into_iter().flatten().next().unwrap_or_else(unknown)
}

impl View for Activity {
    const NAME: &'static str = "activity";
    const VERSION: i32 = 2;
    const EVENTS: &'static [&'static str] = &[];
    const PERSONAL: bool = false;
    type Row = ActivityRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: format!("{:019}", i64::MAX - event.position) }])
    }

    fn fold(
        key: &RowKey,
        _: Option<ActivityRow>,
        event: &Recorded,
    ) -> Result<Option<ActivityRow>, FoldError> {
        Ok(Some(ActivityRow {
            id: key.key.clone(),
            position: event.position.to_string(),
            at: event.recorded_at,
            sentence: sentence(event)?,
            event_type: event.event_type.clone(),
            aggregate_type: event.aggregate_type.clone(),
            aggregate_id: event.aggregate_id.clone(),
            actor: event.meta(metadata::ACTOR).map(str::to_owned),
        }))
    }
}

//! Usage records as they come in: CloudEvents 1.0.

use std::collections::HashMap;
use std::sync::LazyLock;

use futures::stream::{self, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenantry_domain::catalogue::Package;
use tenantry_domain::ids::{AppId, OrganizationId, PartnerId, ProjectId, SubscriberId};
use tenantry_domain::usage::RecordUsage;
use tenantry_domain::values::{ExternalId, MeterName, Quantity};
use utoipa::ToSchema;

use super::answer::Answer;
use super::body::{BodyFault, BodySchema};
use super::{App, Rejection, Request, get_command};
use crate::limits::{USAGE_RECORDS_MAX, USAGE_RECORDS_RUNNING_MAX};

/// A usage record: an event of CloudEvents 1.0 whose type is the meter and whose subject is the organization. Other
/// attributes are allowed and not kept.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CloudEvent {
    /// `1.0`.
    #[schema(pattern = "^1\\.0$")]
    specversion: String,
    /// The source's own ID of the record.
    id: ExternalId,
    /// Who measured.
    source: ExternalId,
    /// The meter.
    #[serde(rename = "type")]
    meter: MeterName,
    /// The organization.
    subject: OrganizationId,
    /// When it was used.
    #[schema(value_type = String, format = DateTime)]
    time: jiff::Timestamp,
    /// The partner, where an operator hands the record in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    partnerid: Option<PartnerId>,
    /// How much.
    data: UsageData,
}

/// How much was used.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct UsageData {
    /// The quantity.
    value: Quantity,
    /// The package that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    package: Option<Package>,
    /// The project of the organization in which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    project_id: Option<ProjectId>,
    /// The app ID of the organization by which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_id: Option<AppId>,
    /// The subscriber who used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subscriber_id: Option<SubscriberId>,
    /// What a unique count counts: the source's name of a user, a device or a session. Only its keyed hash is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<ExternalId>,
}

/// The fields of a record's data that its command has under the same names, where they are given.
const OPTIONAL: [&str; 5] = ["package", "projectId", "appId", "subscriberId", "key"];

/// What became of a record.
pub type UsageOutcome = Result<Answer, Rejection>;

impl App {
    /// Takes usage records, each on its own merits; the outcomes are in their order.
    pub async fn take_usage(
        &self,
        request: &Request,
        records: Vec<Value>,
    ) -> Result<Vec<UsageOutcome>, Rejection> {
        if records.len() > USAGE_RECORDS_MAX {
            let detail =
                format!("a body has at most {USAGE_RECORDS_MAX} records; send the others in another one");
            return Err(Rejection::malformed("", "too_long", detail));
        }
        let command = get_command("RecordUsage")?;
        if !command.roles.contains(&request.caller.role) {
            return Err(Rejection::forbidden(request.caller.role));
        }
        let bodies: Vec<Result<Value, Rejection>> = records.iter().map(body_of).collect();
        let mut together = self.take_together(request, &bodies).await?;
        let taken = bodies.into_iter().enumerate().map(|(place, body)| {
            let answered = together.remove(&place);
            async move {
                match answered {
                    Some(answer) => Ok(answer),
                    None => command.run(self, request, body?).await,
                }
            }
        });
        Ok(stream::iter(taken).buffered(USAGE_RECORDS_RUNNING_MAX).collect().await)
    }

    /// Takes what can be taken together; returns the answers by their places.
    async fn take_together(
        &self,
        request: &Request,
        bodies: &[Result<Value, Rejection>],
    ) -> Result<HashMap<usize, Answer>, Rejection> {
        let read = |body: &Result<Value, Rejection>| RecordUsage::deserialize(body.as_ref().ok()?).ok();
        let (places, records): (Vec<usize>, Vec<RecordUsage>) =
            bodies.iter().enumerate().filter_map(|(place, body)| Some((place, read(body)?))).unzip();
        self.recall(request, &records).await?;
        let answers = self.execute_together(request, records).await?;
        Ok(places.into_iter().zip(answers).filter_map(|(place, answer)| Some((place, answer?))).collect())
    }
}

/// Turns a record into the body of its command.
fn body_of(record: &Value) -> Result<Value, Rejection> {
    static SCHEMA: LazyLock<BodySchema> = LazyLock::new(BodySchema::of::<CloudEvent>);
    let faults: Vec<BodyFault> = SCHEMA.faults(record);
    if !faults.is_empty() {
        return Err(Rejection::Malformed(faults));
    }
    let mut body = json!({
        "source": record["source"],
        "id": record["id"],
        "organizationId": record["subject"],
        "meter": record["type"],
        "time": record["time"],
        "value": record["data"]["value"],
    });
    for (name, field) in OPTIONAL.iter().filter_map(|name| Some((name, record["data"].get(name)?))) {
        body[name] = field.clone();
    }
    if let Some(partner) = record.get("partnerid") {
        body["partnerId"] = partner.clone();
    }
    Ok(body)
}

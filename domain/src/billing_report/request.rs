//! The requests about billing reports, as callers write them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{PartnerId, ReportId};

/// What a report has lines of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportType {
    /// Of packages and meters.
    #[default]
    Partner,
    /// Of customers and subscriptions besides.
    Customer,
    /// Of subscribers besides.
    User,
}

impl ReportType {
    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Customer => "customer",
            Self::User => "user",
        }
    }
}

/// What a report counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportCategory {
    /// What no earlier reconciliation of its type has counted, up to its last day.
    #[default]
    Reconciliation,
    /// All of its days, whatever other reports have counted.
    PointInTime,
}

/// Builds a billing report.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateBillingReport {
    /// The partner, where an operator asks; who else does has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The first day, in UTC.
    #[schema(value_type = String, format = Date, example = "2026-01-01", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    pub billing_start_date: Date,
    /// The last day, in UTC: before today.
    #[schema(value_type = String, format = Date, example = "2026-01-31", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    pub billing_end_date: Date,
    /// What it has lines of; `partner` without.
    #[serde(default, rename = "type")]
    pub report_type: ReportType,
    /// What it counts; `reconciliation` without.
    #[serde(default)]
    pub category: ReportCategory,
}

/// Deletes a billing report that has ended, with its file; what it counted stays counted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteBillingReport {
    /// The report.
    pub report_id: ReportId,
}

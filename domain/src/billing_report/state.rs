//! What a billing report is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    BillingReportCommand, BillingReportEvent, BillingReportRefusal, BillingReportRequested, ReportCategory,
    ReportType,
};
use crate::ids::{OperationId, PartnerId, ReportId};
use crate::stream;

/// A billing report; the default is one that does not exist, or not any more.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BillingReport {
    /// `None` until it is asked for.
    pub requested: Option<Requested>,
}

/// A billing report that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requested {
    /// Its ID.
    pub id: ReportId,
    /// The work on it.
    pub operation_id: OperationId,
    /// Whose report it is.
    pub partner_id: PartnerId,
    /// The first day.
    pub billing_start_date: Date,
    /// The last day.
    pub billing_end_date: Date,
    /// What it has lines of.
    #[serde(rename = "type")]
    pub report_type: ReportType,
    /// What it counts.
    pub category: ReportCategory,
    /// How far it is.
    pub status: ReportStatus,
    /// How much of it is counted, in percent.
    pub percent: u8,
    /// Whether it was deleted.
    pub deleted: bool,
    /// The SHA-256 of its file.
    pub sha256: Option<String>,
}

/// How far a billing report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportStatus {
    /// It is being built.
    InProgress,
    /// Its file is there.
    Completed,
    /// There will be no file.
    Failed,
}

impl BillingReport {
    /// Returns the report, unless it was deleted.
    pub fn there(&self) -> Option<&Requested> {
        self.requested.as_ref().filter(|requested| !requested.deleted)
    }
}

impl From<BillingReportRequested> for Requested {
    fn from(event: BillingReportRequested) -> Self {
        Self {
            id: event.report_id,
            operation_id: event.operation_id,
            partner_id: event.partner_id,
            billing_start_date: event.billing_start_date,
            billing_end_date: event.billing_end_date,
            report_type: event.report_type,
            category: event.category,
            status: ReportStatus::InProgress,
            percent: 0,
            deleted: false,
            sha256: None,
        }
    }
}

impl Requested {
    fn apply(&mut self, event: BillingReportEvent) {
        match event {
            BillingReportEvent::Requested(_) => {}
            BillingReportEvent::Advanced(body) => self.percent = body.percent,
            BillingReportEvent::Completed(body) => {
                self.percent = 100;
                self.status = ReportStatus::Completed;
                self.sha256 = Some(body.sha256);
            }
            BillingReportEvent::Failed(_) => self.status = ReportStatus::Failed,
            BillingReportEvent::Deleted(_) => self.deleted = true,
        }
    }
}

impl Aggregate for BillingReport {
    const TYPE: &'static str = "billing_report";
    type Command = BillingReportCommand;
    type Event = BillingReportEvent;
    type Error = BillingReportRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: BillingReportCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), BillingReportRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: BillingReportEvent) {
        if let BillingReportEvent::Requested(requested) = event {
            self.requested = Some(requested.into());
        } else if let Some(requested) = &mut self.requested {
            requested.apply(event);
        }
    }
}

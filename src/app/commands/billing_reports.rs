//! `CreateBillingReport` and `DeleteBillingReport`.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use tenantry_domain::billing_report::{
    BillingReport, BillingReportCommand, Create, CreateBillingReport, DeleteBillingReport,
};
use tenantry_domain::ids::{OperationId, ReportId};
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request, open_report_claim};
use crate::ports::NewClaim;

#[async_trait]
impl UseCase for CreateBillingReport {
    const NAME: &'static str = "CreateBillingReport";
    const SUMMARY: &'static str = "Builds a report of what customers used, in a file that stays as it is; a reconciliation counts each record once.";
    const ROLES: Roles = roles::BILLING;
    const RULES: &'static [&'static str] = &["R5", "R26"];
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = BillingReport;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<BillingReport> {
        let partner_id = app.partner_named(&request.caller, self.partner_id).await?;
        let id = ReportId::from_uuid(app.ids.uuid());
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let now = Timestamp::from_microsecond(app.clock.now_us()).expect("the clock is within range");
        let today = now.to_zoned(TimeZone::UTC).date();
        let create = Create { id, operation_id, partner_id, data: self.clone(), today };
        let command = BillingReportCommand::Create(Box::new(create));
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        // What a reconciliation counts depends on all that were before it; and no partner's reports keep others waiting.
        prepared.claims.push(NewClaim { key: open_report_claim(partner_id), holder: id.to_string() });
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for DeleteBillingReport {
    const NAME: &'static str = "DeleteBillingReport";
    const SUMMARY: &'static str =
        "Deletes a billing report that has ended, with its file; what it counted stays counted.";
    const ROLES: Roles = roles::BILLING;
    const RULES: &'static [&'static str] = &["R26"];
    const TARGET: Option<&'static str> = Some("reportId");
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = BillingReport;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<BillingReport> {
        let wanted = request.caller.partner().ok().map(TenantId::from);
        let id = self.report_id.to_string();
        let report = app.streams.state::<BillingReport>(wanted, &id, fresh).await?;
        let tenant_id = report.state.there().and(report.tenant_id).ok_or(Rejection::NotFound)?;
        Ok(Prepared::new(app, id, tenant_id, false, BillingReportCommand::Delete))
    }
}

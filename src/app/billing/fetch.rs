//! The file of a billing report, for whoever holds a link to it that has not expired.

use serde_json::{Value, json};
use tenantry_domain::billing_report::{BillingReport, ReportStatus, Requested};
use tenantry_domain::ids::{PartnerId, ReportId};
use tenantry_domain::refusal::RefusalKind;

use crate::app::rejection::Refused;
use crate::app::{App, Rejection, ReportToken};
use crate::limits::{LOG, REPORT_LINK_US};

/// Whatever is wrong with a link, it says no more than that.
fn invalid_link() -> Rejection {
    Rejection::Refused(Refused {
        code: "invalid_token",
        kind: RefusalKind::Unauthenticated,
        detail: "the link is not valid, or not any more".to_owned(),
        rules: &[],
        faults: Vec::new(),
        remedies: &["read the report again: it has a fresh downloadUrl"],
    })
}

impl App {
    /// Adds to a report whose file is there the link by which it is fetched.
    pub fn link_report(&self, row: &mut Value) {
        let id = row["id"].as_str().and_then(|id| id.parse::<ReportId>().ok());
        let Some(report_id) = id.filter(|_| row["status"] == "completed") else { return };
        let expires_at_us = self.clock.now_us().saturating_add(REPORT_LINK_US);
        let token = ReportToken { report_id, expires_at_us }.to_text(self.persons.ring());
        row["downloadUrl"] = json!(format!("/api/v1/reports/{report_id}/file?token={token}"));
        let expires_at = jiff::Timestamp::from_microsecond(expires_at_us).unwrap_or_default();
        row["downloadExpiresAt"] = json!(expires_at);
    }

    /// Finds the report whose file a link names.
    pub async fn linked_report(&self, id: &str, token: &str) -> Result<Requested, Rejection> {
        let token = ReportToken::from_text(self.persons.ring(), token).ok_or_else(invalid_link)?;
        if token.report_id.to_string() != id || token.expires_at_us <= self.clock.now_us() {
            return Err(invalid_link());
        }
        // Fresh: another server may have deleted it.
        let report = self.streams.state::<BillingReport>(None, id, true).await?;
        let there = report.state.there().filter(|report| report.status == ReportStatus::Completed);
        there.cloned().ok_or_else(invalid_link)
    }

    /// Keeps the file of a report; tells whether it is kept: that of a report that was deleted is not.
    ///
    /// A server may be so late that another one has built the report, and has deleted it since.
    pub async fn keep_report(
        &self,
        partner_id: PartnerId,
        report_id: ReportId,
        parts: &[String],
    ) -> Result<bool, Rejection> {
        self.report_files.put_file(LOG, partner_id, report_id, parts).await?;
        // Afterwards, and fresh: whoever deletes it later removes this file too.
        let (tenant_id, id) = (Some(partner_id.into()), report_id.to_string());
        let report = self.streams.state::<BillingReport>(tenant_id, &id, true).await?;
        let there = report.state.there().is_some();
        if !there {
            self.report_files.remove_file(LOG, partner_id, report_id).await?;
        }
        Ok(there)
    }

    /// Finds a part of a report's file, counted from 0; `None` after the last.
    pub async fn report_part(&self, report: &Requested, part: i64) -> Result<Option<String>, Rejection> {
        Ok(self.report_files.find_part(LOG, report.partner_id, report.id, part).await?)
    }
}

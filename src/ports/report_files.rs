//! The files of billing reports.

use async_trait::async_trait;
use tenantry_domain::ids::{PartnerId, ReportId};

use super::StoreFault;

/// Keeps the files of billing reports, in parts.
#[async_trait]
pub trait ReportFiles: Send + Sync {
    /// Keeps a file: all parts or none, durable when this returns. What was kept under its name is replaced.
    async fn put_file(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
        parts: &[String],
    ) -> Result<(), StoreFault>;

    /// Finds a part of a file, counted from 0.
    async fn find_part(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
        part: i64,
    ) -> Result<Option<String>, StoreFault>;

    /// Removes a file, if there is one.
    async fn remove_file(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
    ) -> Result<(), StoreFault>;
}

//! The port `ReportFiles`.

use async_trait::async_trait;
use sqlx::Connection;
use tenantry_domain::ids::{PartnerId, ReportId};

use super::connect::SqliteStore;
use super::{report_sql as sql, view_sql};
use crate::ports::{ReportFiles, StoreFault};
use crate::store::rows::fault;

#[async_trait]
impl ReportFiles for SqliteStore {
    async fn put_file(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
        parts: &[String],
    ) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        let mut transaction = writer.begin_with(view_sql::BEGIN).await.map_err(fault("keep a report"))?;
        sqlx::query(sql::REMOVE_FILE)
            .bind(report_id.to_string())
            .bind(log)
            .bind(partner_id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(fault("keep a report"))?;
        for (part, content) in (0_i64..).zip(parts) {
            sqlx::query(sql::PUT_PART)
                .bind(report_id.to_string())
                .bind(partner_id.to_string())
                .bind(part)
                .bind(content)
                .bind(log)
                .execute(&mut *transaction)
                .await
                .map_err(fault("keep a report"))?;
        }
        transaction.commit().await.map_err(fault("keep a report"))
    }

    async fn find_part(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
        part: i64,
    ) -> Result<Option<String>, StoreFault> {
        sqlx::query_scalar(sql::FIND_PART)
            .bind(report_id.to_string())
            .bind(part)
            .bind(log)
            .bind(partner_id.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(fault("read a report"))
    }

    async fn remove_file(
        &self,
        log: i32,
        partner_id: PartnerId,
        report_id: ReportId,
    ) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::REMOVE_FILE)
            .bind(report_id.to_string())
            .bind(log)
            .bind(partner_id.to_string())
            .execute(&mut *writer)
            .await
            .map_err(fault("remove a report"))?;
        Ok(())
    }
}

//! The port `Erasing`.

use async_trait::async_trait;
use sqlx::Connection;
use tenantry_domain::ids::{PersonId, UserId};
use tenantry_domain::tenant::TenantId;

use super::connect::SqliteStore;
use super::erasing_sql as sql;
use super::view_sql::BEGIN;
use crate::ports::{ClaimKey, Erasing, StoreFault};
use crate::store::erasing::{sealed_for, tenants};
use crate::store::rows::fault;

#[async_trait]
impl Erasing for SqliteStore {
    async fn tenants_after(
        &self,
        log: i32,
        after: Option<TenantId>,
        limit: i64,
    ) -> Result<Vec<TenantId>, StoreFault> {
        let rows: Vec<String> = sqlx::query_scalar(sql::TENANTS_AFTER)
            .bind(after.map(|tenant| tenant.to_string()).unwrap_or_default())
            .bind(log)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("list tenants"))?;
        tenants(rows)
    }

    async fn find_claims(&self, log: i32, claims: &[ClaimKey]) -> Result<Vec<(usize, String)>, StoreFault> {
        let named: Vec<_> = claims.iter().map(|claim| (claim.tenant_id, claim.kind, &claim.value)).collect();
        let rows: Vec<(i64, String)> = sqlx::query_as(sql::FIND_CLAIMS)
            .bind(serde_json::json!(named).to_string())
            .bind(log)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("look up claims"))?;
        let place = |n: i64| usize::try_from(n).expect("a place in a list");
        Ok(rows.into_iter().map(|(n, holder)| (place(n), holder)).collect())
    }

    async fn claims_held(
        &self,
        log: i32,
        tenant_id: TenantId,
        kind: &str,
        holder: &str,
    ) -> Result<Vec<String>, StoreFault> {
        sqlx::query_scalar(sql::CLAIMS_HELD)
            .bind(tenant_id.to_string())
            .bind(kind)
            .bind(holder)
            .bind(log)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("look up a holder's claims"))
    }

    async fn forget_person(
        &self,
        log: i32,
        tenant_id: TenantId,
        person_id: PersonId,
    ) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        let mut transaction = writer.begin_with(BEGIN).await.map_err(fault("forget a person"))?;
        for (statement, named) in [
            (sql::FORGET_CREDENTIALS, person_id.to_string()),
            (sql::FORGET_SESSIONS, UserId::from(person_id).to_string()),
            (sql::FORGET_MAILS, sealed_for(person_id)),
        ] {
            sqlx::query(statement)
                .bind(tenant_id.to_string())
                .bind(named)
                .bind(log)
                .execute(&mut *transaction)
                .await
                .map_err(fault("forget a person"))?;
        }
        transaction.commit().await.map_err(fault("forget a person"))
    }

    async fn overwrite_deleted(&self) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as(sql::OVERWRITE)
            .fetch_one(&mut *writer)
            .await
            .map_err(fault("overwrite what was deleted"))?;
        if busy == 0 {
            return Ok(());
        }
        let source = "somebody reads what the log of writes holds".into();
        Err(StoreFault::Unavailable { doing: "overwrite what was deleted", source })
    }
}

//! The port `Erasing`.

use async_trait::async_trait;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection};
use tenantry_domain::ids::{PersonId, UserId};
use tenantry_domain::tenant::TenantId;

use super::connect::PostgresStore;
use super::erasing_sql as sql;
use crate::ports::{ClaimKey, Erasing, StoreFault};
use crate::store::erasing::{sealed_for, tenants};
use crate::store::rows::fault;

#[async_trait]
impl Erasing for PostgresStore {
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
            .fetch_all(&self.pool)
            .await
            .map_err(fault("list tenants"))?;
        tenants(rows)
    }

    async fn find_claims(&self, log: i32, claims: &[ClaimKey]) -> Result<Vec<(usize, String)>, StoreFault> {
        let rows: Vec<(i64, String)> = sqlx::query_as(sql::FIND_CLAIMS)
            .bind(claims.iter().map(|claim| claim.tenant_id.to_string()).collect::<Vec<_>>())
            .bind(log)
            .bind(claims.iter().map(|claim| claim.kind).collect::<Vec<_>>())
            .bind(claims.iter().map(|claim| claim.value.as_str()).collect::<Vec<_>>())
            .fetch_all(&self.pool)
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
            .fetch_all(&self.pool)
            .await
            .map_err(fault("look up a holder's claims"))
    }

    async fn forget_person(
        &self,
        log: i32,
        tenant_id: TenantId,
        person_id: PersonId,
    ) -> Result<(), StoreFault> {
        let mut transaction = self.pool.begin().await.map_err(fault("forget a person"))?;
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
        let overwritten = overwrite(&self.options).await;
        overwritten.map_err(fault("overwrite what was deleted"))
    }
}

/// On a connection of its own, with which the impatience ends.
async fn overwrite(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute(sql::IMPATIENTLY).await?;
    connection.execute(sql::OVERWRITE).await?;
    connection.close().await
}

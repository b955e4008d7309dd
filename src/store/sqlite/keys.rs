//! The port `KeyStore`.

use async_trait::async_trait;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;

use super::connect::SqliteStore;
use super::sql;
use crate::ports::{ClaimKey, CommandKey, CommandRecord, KeyStore, StoreFault, WrappedKey};
use crate::store::rows::{RecordRow, WrappedKeyRow, checked_meta, fault, records};
use crate::store::{FORMAT, READER_VERSION};

#[async_trait]
impl KeyStore for SqliteStore {
    async fn wrapped_hash_key(&self, proposed: Option<&str>) -> Result<String, StoreFault> {
        if let Some(proposed) = proposed {
            let mut writer = self.write().await?;
            sqlx::query(sql::PROPOSE_HASH_KEY)
                .bind(FORMAT)
                .bind(READER_VERSION)
                .bind(proposed)
                .execute(&mut *writer)
                .await
                .map_err(fault("write the store's format"))?;
        }
        let meta = sqlx::query_as(sql::META)
            .fetch_one(&self.readers)
            .await
            .map_err(fault("read the store's format"))?;
        let wrapped = checked_meta(meta)?;
        if proposed.is_some() {
            let mut writer = self.write().await?;
            sqlx::query(sql::RAISE_READER)
                .bind(READER_VERSION)
                .execute(&mut *writer)
                .await
                .map_err(fault("raise the lowest reader"))?;
        }
        Ok(wrapped)
    }

    async fn find_records(
        &self,
        log: i32,
        keys: &[CommandKey],
    ) -> Result<Vec<(CommandKey, CommandRecord)>, StoreFault> {
        let named: Vec<_> = keys.iter().map(|key| (key.tenant_id, &key.scope, &key.command_id)).collect();
        let rows: Vec<RecordRow> = sqlx::query_as(sql::FIND_RECORDS)
            .bind(log)
            .bind(serde_json::json!(named).to_string())
            .fetch_all(&self.readers)
            .await
            .map_err(fault("look up commands"))?;
        Ok(records(keys, rows))
    }

    async fn find_claim(&self, log: i32, claim: &ClaimKey) -> Result<Option<String>, StoreFault> {
        sqlx::query_scalar(sql::FIND_CLAIM)
            .bind(claim.tenant_id.to_string())
            .bind(claim.kind)
            .bind(&claim.value)
            .bind(log)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault("look up a claim"))
    }

    async fn person_keys(
        &self,
        log: i32,
        persons: &[(TenantId, PersonId)],
    ) -> Result<Vec<WrappedKey>, StoreFault> {
        let rows: Vec<WrappedKeyRow> = sqlx::query_as(sql::PERSON_KEYS)
            .bind(log)
            .bind(serde_json::json!(persons).to_string())
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read keys of persons"))?;
        rows.into_iter().map(WrappedKey::try_from).collect()
    }
}

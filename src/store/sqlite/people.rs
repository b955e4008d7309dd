//! The ports `SignIns` and `Outbox`.

use async_trait::async_trait;
use tenantry_domain::ids::CredentialId;
use tenantry_domain::tenant::TenantId;

use super::connect::SqliteStore;
use super::people_sql as sql;
use crate::ports::{Credential, Outbox, Session, SignIns, StoreFault, StoredMail};
use crate::store::rows::{MailRow, SessionRow, fault};

#[async_trait]
impl SignIns for SqliteStore {
    async fn put_credential(&self, log: i32, credential: &Credential) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::PUT_CREDENTIAL)
            .bind(credential.id.to_string())
            .bind(credential.tenant_id.to_string())
            .bind(credential.subject.to_string())
            .bind(&credential.password_hash)
            .bind(log)
            .execute(&mut *writer)
            .await
            .map_err(fault("keep a password"))?;
        Ok(())
    }

    async fn find_credential(
        &self,
        log: i32,
        tenant_id: TenantId,
        id: CredentialId,
    ) -> Result<Option<String>, StoreFault> {
        sqlx::query_scalar(sql::FIND_CREDENTIAL)
            .bind(id.to_string())
            .bind(tenant_id.to_string())
            .bind(log)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault("look up a password"))
    }

    async fn put_session(&self, log: i32, session: &Session, now_us: i64) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::FORGET_SESSIONS)
            .bind(log)
            .bind(now_us)
            .execute(&mut *writer)
            .await
            .map_err(fault("forget sessions"))?;
        sqlx::query(sql::PUT_SESSION)
            .bind(&session.id)
            .bind(session.tenant_id.to_string())
            .bind(&session.holder)
            .bind(session.expires_at)
            .bind(log)
            .execute(&mut *writer)
            .await
            .map_err(fault("keep a session"))?;
        Ok(())
    }

    async fn find_session(&self, log: i32, id: &str) -> Result<Option<Session>, StoreFault> {
        let row: Option<SessionRow> = sqlx::query_as(sql::FIND_SESSION)
            .bind(id)
            .bind(log)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault("look up a session"))?;
        row.map(Session::try_from).transpose()
    }

    async fn end_session(&self, log: i32, id: &str) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::END_SESSION)
            .bind(id)
            .bind(log)
            .execute(&mut *writer)
            .await
            .map_err(fault("end a session"))?;
        Ok(())
    }
}

#[async_trait]
impl Outbox for SqliteStore {
    async fn put_mail(&self, log: i32, mail: &StoredMail) -> Result<(), StoreFault> {
        let mut writer = self.write().await?;
        sqlx::query(sql::PUT_MAIL)
            .bind(&mail.message_id)
            .bind(mail.tenant_id.to_string())
            .bind(&mail.kind)
            .bind(&mail.sealed)
            .bind(mail.created_at)
            .bind(log)
            .execute(&mut *writer)
            .await
            .map_err(fault("keep a mail"))?;
        Ok(())
    }

    async fn mails_before(
        &self,
        log: i32,
        before: Option<(i64, String)>,
        limit: i64,
    ) -> Result<Vec<StoredMail>, StoreFault> {
        let (created_at, message_id) = before.unwrap_or((i64::MAX, String::new()));
        let rows: Vec<MailRow> = sqlx::query_as(sql::MAILS_BEFORE)
            .bind(log)
            .bind(created_at)
            .bind(message_id)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read the outbox"))?;
        rows.into_iter().map(StoredMail::try_from).collect()
    }
}

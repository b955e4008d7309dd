//! The mailer of a server without a mail server: mails stay in the outbox, where operators read them.

use std::sync::Arc;

use async_trait::async_trait;
use tenantry_domain::personal::Personal;

use crate::limits::LOG;
use crate::ports::{Clock, Mail, MailError, Mailer, Outbox, StoreFault, StoredMail};
use crate::sealing::Persons;

/// Keeps mails, sealed under the keys of those whom they are for.
pub struct OutboxMailer {
    outbox: Arc<dyn Outbox>,
    persons: Arc<Persons>,
    clock: Arc<dyn Clock>,
}

impl OutboxMailer {
    /// Makes a mailer over an outbox.
    pub fn new(outbox: Arc<dyn Outbox>, persons: Arc<Persons>, clock: Arc<dyn Clock>) -> Self {
        Self { outbox, persons, clock }
    }
}

#[async_trait]
impl Mailer for OutboxMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let keys = self.persons.keys_for(&[(mail.tenant_id, mail.person())]).await?;
        // Whoever was erased gets no mail.
        if !keys.has(mail.person()) {
            return Ok(());
        }
        let mut content = Personal::open(mail.person(), mail.content().clone());
        let unsealed = |error: tenantry_domain::personal::SealError| StoreFault::Corrupt(error.to_string());
        keys.seal(&mut content).map_err(unsealed)?;
        let stored = StoredMail {
            message_id: mail.message_id.clone(),
            tenant_id: mail.tenant_id,
            kind: mail.notification().kind().to_owned(),
            sealed: serde_json::to_string(&content).expect("a sealed value is JSON"),
            created_at: self.clock.now_us(),
        };
        Ok(self.outbox.put_mail(LOG, &stored).await?)
    }
}

//! The outbox: the mails of a server without a mail server, the newest first.

use serde::Serialize;
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;

use super::{App, Rejection, page_limit};
use crate::limits::LOG;
use crate::ports::{MailContent, StoreFault};

/// A mail that was handed over.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboxMail {
    /// Its message ID.
    pub message_id: String,
    /// The tenant that knows the recipient.
    #[schema(value_type = String)]
    pub tenant_id: TenantId,
    /// What it is about, for example `invitation`.
    pub kind: String,
    /// When it was handed over.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: jiff::Timestamp,
    /// What it says; absent once the recipient is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<MailContent>,
}

impl App {
    /// Lists mails, with the cursor of the next page.
    ///
    /// An operator, for whom alone they are, reads them whole: without a mail server there is no other way to their links.
    pub async fn list_mails(
        &self,
        cursor: Option<&str>,
        limit: Option<i64>,
    ) -> Result<(Vec<OutboxMail>, Option<String>), Rejection> {
        let limit = page_limit(limit)?;
        let before = cursor.map(read_cursor).transpose()?;
        let mut stored = self.outbox.mails_before(LOG, before, limit + 1).await?;
        let more = stored.len() as i64 > limit;
        stored.truncate(usize::try_from(limit).expect("a limit is small"));
        let last = stored.last().filter(|_| more);
        let next = last.map(|mail| format!("{}.{}", mail.created_at, mail.message_id));
        let mut mails = Vec::with_capacity(stored.len());
        for mail in stored {
            let unreadable = |_| StoreFault::Corrupt(format!("mail {}", mail.message_id));
            let mut content: Personal<MailContent> =
                serde_json::from_str(&mail.sealed).map_err(unreadable)?;
            self.persons.open(mail.tenant_id, &mut content).await?;
            mails.push(OutboxMail {
                message_id: mail.message_id,
                tenant_id: mail.tenant_id,
                kind: mail.kind,
                created_at: jiff::Timestamp::from_microsecond(mail.created_at)
                    .unwrap_or(jiff::Timestamp::MAX),
                content: content.value().cloned(),
            });
        }
        Ok((mails, next))
    }
}

fn read_cursor(text: &str) -> Result<(i64, String), Rejection> {
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    parts.ok_or_else(|| Rejection::malformed("cursor", "invalid", "not a cursor of this list; leave it out"))
}

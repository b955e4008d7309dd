//! Gives the sample's commands in somebody's name, and waits for what follows from them.

use anyhow::{Context, anyhow};
use serde_json::Value;

use crate::app::{App, Caller, PageRequest, Request, When, get_command};
use crate::limits::{PAGE_ROWS_MAX, SAMPLE_PATIENCE};

/// Somebody in whose name the sample is made.
pub(super) struct Hand<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// Who that is.
    pub(super) caller: Caller,
}

impl Hand<'_> {
    /// Gives a command under a fixed key: it happens once, in whichever start.
    pub(super) async fn give(&self, name: &str, key: &str, body: Value) -> anyhow::Result<Value> {
        self.ask(name, Some(key), body).await.with_context(|| format!("the command of the key {key}"))
    }

    /// Gives a command.
    pub(super) async fn ask(&self, name: &str, key: Option<&str>, body: Value) -> anyhow::Result<Value> {
        let spec = get_command(name).map_err(|rejection| anyhow!("{rejection}"))?;
        let request = self.request(key);
        let answer = spec.run(self.app, &request, body).await;
        let answer = answer.map_err(|rejection| anyhow!("{name}: {rejection:?}"))?;
        Ok(Value::Object(answer.into_body()))
    }

    /// Makes a request of its own.
    pub(super) fn request(&self, key: Option<&str>) -> Request {
        Request {
            caller: self.caller.clone(),
            tracking_id: "demo".to_owned(),
            idempotency_key: key.map(str::to_owned),
            expected_sequence: None,
        }
    }

    /// Waits until the work that an answer names has ended or waits for somebody; returns the operation.
    pub(super) async fn settled(&self, answer: &Value) -> anyhow::Result<Value> {
        let id = text(&answer["operation"], "id")?;
        self.until(&format!("the end of {id}"), async || {
            let row = self.get("operations", &id).await?;
            Ok((row["state"] != "running").then_some(row))
        })
        .await
    }

    /// Waits until the mails of all invitations of these customers were handed over; returns the invitations.
    pub(super) async fn invited(&self, customers: &[String]) -> anyhow::Result<Vec<Value>> {
        self.until("the invitations", async || {
            let mut rows = self.list("invitations").await?;
            rows.retain(|row| row["status"] != "issued");
            let is_invited =
                |customer: &String| rows.iter().any(|row| row["customerId"] == customer.as_str());
            Ok(customers.iter().all(is_invited).then_some(rows))
        })
        .await
    }

    /// Returns a row of a view, once the view shows all that there is.
    pub(super) async fn get(&self, view: &'static str, id: &str) -> anyhow::Result<Value> {
        self.app.wait_for(view, self.app.feed.head(), SAMPLE_PATIENCE).await.map_err(refused)?;
        Ok(self.app.get(view, &self.caller, id, When::default()).await.map_err(refused)?.0)
    }

    /// Returns the rows of a view, which are fewer than a page holds.
    pub(super) async fn list(&self, view: &'static str) -> anyhow::Result<Vec<Value>> {
        self.app.wait_for(view, self.app.feed.head(), SAMPLE_PATIENCE).await.map_err(refused)?;
        let request = PageRequest { limit: Some(PAGE_ROWS_MAX), ..PageRequest::default() };
        Ok(self.app.list(view, &self.caller, request).await.map_err(refused)?.items)
    }

    /// Looks each time the log has grown, until there is something to see.
    pub(super) async fn until<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
    ) -> anyhow::Result<T> {
        let mut head = self.app.feed.watch_head();
        let seen = async {
            loop {
                let position = *head.borrow_and_update();
                self.app.wait_for("operations", position, SAMPLE_PATIENCE).await.map_err(refused)?;
                if let Some(seen) = look().await? {
                    return Ok(seen);
                }
                head.changed().await.context("the feed has ended")?;
            }
        };
        let seen = tokio::time::timeout(SAMPLE_PATIENCE, seen).await;
        seen.unwrap_or_else(|_| Err(anyhow!("waited in vain"))).with_context(|| format!("wait for {what}"))
    }
}

/// Turns a rejection into a reason to stop.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err takes")]
pub(super) fn refused(rejection: crate::app::Rejection) -> anyhow::Error {
    anyhow!("{rejection:?}")
}

/// Returns a field of an answer that is a text.
pub(super) fn text(answer: &Value, field: &str) -> anyhow::Result<String> {
    answer[field].as_str().map(str::to_owned).with_context(|| format!("the answer has no {field}"))
}

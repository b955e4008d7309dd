//! What partners and operators do with cases, quotes and subscriptions.

use serde_json::{Value, json};

use super::walk::{Side, Walk};
use crate::journey::client::text;
use crate::journey::quotes::{calling, lines};

impl Walk {
    /// Takes a case further, or aside.
    pub(super) async fn case_course(&mut self, side: &Side) {
        let service = &side.partner.service;
        let (command, statuses) = self.chance.one_of([
            ("RetryCase", &["org_failed"][..]),
            ("DeactivateCase", &["open", "org_requested", "org_ready", "quoting"]),
            ("ReopenCase", &["deactivated"]),
            ("ReopenCase", &["deactivated"]),
            ("CloseCase", &["open", "quoting"]),
        ]);
        let fits = |row: &Value| statuses.iter().any(|status| row["status"] == *status);
        let Some(case) = self.any_row_that(service, "cases?limit=500", fits).await else { return };
        let mut body = json!({ "caseId": case["id"] });
        if command == "CloseCase" {
            body["reason"] = json!("Bought elsewhere");
        }
        self.give(service, command, body).await;
    }

    /// Drafts a quote, or takes one a step further.
    pub(super) async fn quote(&mut self, side: &Side) {
        let service = &side.partner.service;
        let open =
            |row: &Value| ["draft", "submitted", "approved"].iter().any(|state| row["state"] == *state);
        let known = self.any_row_that(service, "quotes?limit=500", open).await;
        match known {
            Some(quote) if !self.chance.once_in(4) => self.quote_further(side, &quote).await,
            _ => {
                let fits =
                    |row: &Value| ["org_ready", "quoting", "won"].iter().any(|it| row["status"] == *it);
                let Some(case) = self.any_row_that(service, "cases?limit=500", fits).await else { return };
                let mut offered = lines();
                if self.chance.once_in(2) {
                    offered.as_array_mut().expect("a list").truncate(1);
                }
                self.give(service, "DraftQuote", json!({ "caseId": case["id"], "lines": offered })).await;
            }
        }
    }

    async fn quote_further(&mut self, side: &Side, quote: &Value) {
        let (service, operator) = (side.partner.service.clone(), self.operator.clone());
        let mut body = json!({ "quoteId": quote["id"] });
        let chance = self.chance.below(8);
        let (client, command) = match (text(quote, "state").as_str(), chance) {
            (_, 0) => (service, "DeclineQuote"),
            ("draft", 1) => {
                body["lines"] = json!([lines()[0]]);
                (service, "EditQuote")
            }
            ("draft", _) => (service, "SubmitQuote"),
            ("submitted", 1) => {
                body["reason"] = json!("Too dear");
                (operator, "RejectQuote")
            }
            ("submitted", _) => (operator, "ApproveQuote"),
            _ => {
                body["calling"] = calling();
                (service, "AcceptQuote")
            }
        };
        self.give(&client, command, body).await;
    }

    /// Suspends, resumes or ends a subscription.
    pub(super) async fn subscription(&mut self, side: &Side) {
        let admin = &side.partner.admin;
        let open = |row: &Value| ["active", "suspended"].iter().any(|state| row["state"] == *state);
        let Some(known) = self.any_row_that(admin, "subscriptions?limit=500", open).await else { return };
        let mut body = json!({ "subscriptionId": known["id"] });
        let command = self.chance.one_of(["SuspendSubscription", "ResumeSubscription", "CancelSubscription"]);
        if command == "CancelSubscription" {
            body["reason"] = json!("Moved");
        }
        self.give(admin, command, body).await;
    }
}

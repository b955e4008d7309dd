//! The tasks of `fulfil_quote`: the word to the case, the expiry, and the start of the subscription.

use tenantry_domain::case::{Case, CaseCommand};
use tenantry_domain::process::QuoteTask;
use tenantry_domain::quote::{Quote, QuoteCommand};
use tenantry_domain::subscription::{Subscription, SubscriptionCommand};

use super::run::{Done, Run};
use crate::app::{Rejection, open_quote_claim};

/// Performs a task of `fulfil_quote` up to its report.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    match run.order()? {
        QuoteTask::BeginQuoting { case_id, partner_id } => {
            let command = CaseCommand::RecordQuoting;
            run.end(run.command::<Case>("", "ReportQuoting", partner_id, case_id, command)).await
        }
        QuoteTask::ExpireQuote { quote_id, case_id, partner_id, due_at } => {
            let command = QuoteCommand::Expire { valid_until: due_at };
            let mut report = run.command::<Quote>("", "ExpireQuote", partner_id, quote_id, command);
            report.releases.push(open_quote_claim(partner_id, case_id));
            run.end(report).await
        }
        QuoteTask::StartSubscription { accepted } => {
            let (partner_id, id) = (accepted.partner_id, accepted.subscription_id);
            let command = SubscriptionCommand::Start(accepted);
            run.end(run.command::<Subscription>("", "StartSubscription", partner_id, id, command)).await
        }
        QuoteTask::WinCase { case_id, partner_id, quote_id } => {
            let command = CaseCommand::RecordWon { quote_id };
            let mut report = run.command::<Case>("", "ReportWon", partner_id, case_id, command);
            // Of the first quote alone: a later one has given the claim back with its acceptance.
            report.releases.push(open_quote_claim(partner_id, case_id));
            run.end(report).await
        }
    }
}

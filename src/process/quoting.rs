//! The tasks of `fulfil_quote`: the word to the case, the expiry, and the start of the subscription.

use tenantry_domain::case::{Case, CaseCommand};
use tenantry_domain::process::QuoteTask;
use tenantry_domain::quote::{Quote, QuoteAccepted, QuoteCommand};
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
        QuoteTask::FulfilQuote { accepted } => fulfil(run, accepted).await,
    }
}

async fn fulfil(run: &Run<'_>, accepted: Box<QuoteAccepted>) -> Result<Done, Rejection> {
    let QuoteAccepted { quote_id, case_id, partner_id, subscription_id, .. } = *accepted;
    let command = SubscriptionCommand::Start(accepted);
    let (suffix, name) = ("subscription", "StartSubscription");
    run.give(run.command::<Subscription>(suffix, name, partner_id, subscription_id, command)).await?;
    let command = CaseCommand::RecordWon { quote_id };
    run.give(run.command::<Case>("case", "ReportWon", partner_id, case_id, command)).await?;
    let command = QuoteCommand::RecordFulfilled;
    let mut report = run.command::<Quote>("", "ReportFulfilled", partner_id, quote_id, command);
    // From here on nobody can close the case: another quote may be drafted.
    report.releases.push(open_quote_claim(partner_id, case_id));
    run.end(report).await
}

//! Sentences about quotes and subscriptions.

use tenantry_domain::quote::{Line, QuoteEvent, currency_of, total_of};
use tenantry_domain::subscription::SubscriptionEvent;

use super::sales::because;

/// Says what lines cost together.
fn price(lines: &[Line]) -> String {
    let currency = currency_of(lines).map_or("", |currency| currency.as_str());
    format!("{} {currency}", total_of(lines).normalize())
}

pub(super) fn quote(event: QuoteEvent) -> String {
    match event {
        QuoteEvent::Drafted(body) => {
            format!("A quote over {} was drafted, valid until {}.", price(&body.lines), body.valid_until)
        }
        QuoteEvent::Edited(body) => {
            format!(
                "The quote was edited; it is over {}, valid until {}.",
                price(&body.lines),
                body.valid_until
            )
        }
        QuoteEvent::Submitted(_) => "The quote was submitted.".to_owned(),
        QuoteEvent::Approved(_) => "The quote was approved.".to_owned(),
        QuoteEvent::Rejected(body) => because("The quote was rejected", Some(&body.reason)),
        QuoteEvent::Accepted(body) => format!("The customer accepted the quote over {}.", price(&body.lines)),
        QuoteEvent::Fulfilled(_) => "The subscription of the quote started, and its case is won.".to_owned(),
        QuoteEvent::Declined(body) => because("The quote was declined", body.reason.as_ref()),
        QuoteEvent::Expired(_) => "Nobody accepted the quote in time.".to_owned(),
    }
}

pub(super) fn subscription(event: SubscriptionEvent) -> String {
    match event {
        SubscriptionEvent::Started(body) => {
            format!("A subscription over {} started, until {}.", price(&body.lines), body.ends_at)
        }
        SubscriptionEvent::Suspended(body) => because("The subscription was suspended", body.reason.as_ref()),
        SubscriptionEvent::Resumed(_) => "The subscription goes on.".to_owned(),
        SubscriptionEvent::Cancelled(body) if body.operation_id.is_none() => {
            "The subscription ended with its customer.".to_owned()
        }
        SubscriptionEvent::Cancelled(body) => because("The subscription was cancelled", body.reason.as_ref()),
        SubscriptionEvent::WorkDropped(_) => {
            "The customer had nothing to change for the subscription.".to_owned()
        }
        SubscriptionEvent::Expired(_) => "The term of the subscription ended.".to_owned(),
    }
}

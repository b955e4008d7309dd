//! Sentences about billing reports.

use tenantry_domain::billing_report::BillingReportEvent;

pub(super) fn billing_report(event: BillingReportEvent) -> String {
    match event {
        BillingReportEvent::Requested(body) => format!(
            "A billing report from {} to {} was asked for.",
            body.billing_start_date, body.billing_end_date
        ),
        BillingReportEvent::Advanced(body) => {
            format!("{} % of what the billing report reads is counted.", body.percent)
        }
        BillingReportEvent::Completed(body) => {
            format!("The billing report is there; it has {} lines.", body.rows)
        }
        BillingReportEvent::Failed(_) => "The billing report could not be built.".to_owned(),
        BillingReportEvent::Deleted(_) => "The billing report was deleted.".to_owned(),
    }
}

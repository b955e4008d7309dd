//! Cases, quotes and subscriptions, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::Value;

use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Named, Noun};
use super::write::{BecauseOptions, CreateOptions, OneOptions, WhyOptions, json_option};

const CASES: Noun = Noun {
    path: "cases",
    columns: &[
        ("ID", "/id"),
        ("COMPANY", "/companyName"),
        ("STATUS", "/status"),
        ("ORGANIZATION", "/organizationId"),
        ("CREATED", "/createdAt"),
    ],
};

const QUOTES: Noun = Noun {
    path: "quotes",
    columns: &[
        ("ID", "/id"),
        ("CASE", "/caseId"),
        ("STATE", "/state"),
        ("TOTAL", "/total"),
        ("CURRENCY", "/currency"),
        ("VALID UNTIL", "/validUntil"),
    ],
};

const SUBSCRIPTIONS: Noun = Noun {
    path: "subscriptions",
    columns: &[
        ("ID", "/id"),
        ("CUSTOMER", "/customerId"),
        ("STATE", "/state"),
        ("TOTAL", "/total"),
        ("CURRENCY", "/currency"),
        ("ENDS", "/endsAt"),
    ],
};

/// What can be done with cases.
#[derive(Debug, Subcommand)]
pub(crate) enum CaseVerb {
    /// List cases
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those in this status, for example org_ready
        #[arg(long)]
        status: Option<String>,
    },
    /// Show a case
    Show(Named),
    /// Create a case (CreateCase)
    Create(CreateOptions),
    /// Give a case an organization of the partner's customers (LinkCaseToOrg)
    Link {
        #[command(flatten)]
        one: OneOptions,
        /// The organization
        #[arg(long, value_name = "ID")]
        org: String,
    },
    /// Take up again the work on its organization, where it failed (RetryCase)
    Retry(OneOptions),
    /// Put a case aside (DeactivateCase)
    Deactivate(WhyOptions),
    /// Go on with a case that was put aside (ReopenCase)
    Reopen(OneOptions),
    /// Close a case that was lost (CloseCase)
    Close(BecauseOptions),
}

/// Which quotes or subscriptions are wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct SoldFilters {
    /// Only those in this state, for example submitted or active
    #[arg(long)]
    state: Option<String>,
    /// Only those of this case
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Only those of this customer
    #[arg(long, value_name = "ID")]
    customer: Option<String>,
}

impl SoldFilters {
    fn named(&self) -> [(&str, Option<&str>); 3] {
        [
            ("state", self.state.as_deref()),
            ("caseId", self.case.as_deref()),
            ("customerId", self.customer.as_deref()),
        ]
    }
}

/// What can be done with quotes.
#[derive(Debug, Subcommand)]
pub(crate) enum QuoteVerb {
    /// List quotes
    List {
        #[command(flatten)]
        options: ListOptions,
        #[command(flatten)]
        filters: SoldFilters,
    },
    /// Show a quote
    Show(Named),
    /// Draft a quote (DraftQuote)
    Create(CreateOptions),
    /// Set the lines of a draft anew (EditQuote)
    Edit(CreateOptions),
    /// Submit a draft to the operator (SubmitQuote)
    Submit(OneOptions),
    /// Approve a submitted quote, as the operator (ApproveQuote)
    Approve(OneOptions),
    /// Reject a submitted quote, as the operator (RejectQuote)
    Reject(BecauseOptions),
    /// Accept an approved quote on the customer's word (AcceptQuote)
    Accept(AcceptOptions),
    /// End an open quote that the customer does not take (DeclineQuote)
    Decline(WhyOptions),
}

/// Options of the acceptance of a quote.
#[derive(Debug, Clone, Args)]
pub(crate) struct AcceptOptions {
    #[command(flatten)]
    one: OneOptions,
    /// Where calls are made from, for the first calling package: JSON with a location, @FILE, or @- for standard input
    #[arg(long, value_name = "JSON|@FILE|@-")]
    calling: Option<String>,
}

impl AcceptOptions {
    async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let calling = self.calling.map(|calling| json_option("calling", calling)).transpose()?;
        let calling = calling.map(|calling| ("calling", calling));
        self.one.with(configuration, "AcceptQuote", "quoteId", calling).await
    }
}

/// What can be done with subscriptions.
#[derive(Debug, Subcommand)]
pub(crate) enum SubscriptionVerb {
    /// List subscriptions
    List {
        #[command(flatten)]
        options: ListOptions,
        #[command(flatten)]
        filters: SoldFilters,
    },
    /// Show a subscription
    Show(Named),
    /// Suspend a subscription (SuspendSubscription)
    Suspend(WhyOptions),
    /// Resume a suspended subscription (ResumeSubscription)
    Resume(OneOptions),
    /// End a subscription (CancelSubscription)
    Cancel(BecauseOptions),
}

impl CaseVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        const ID: &str = "caseId";
        match self {
            Self::List { options, status } => {
                CASES.list(configuration, &options, [("status", status.as_deref())]).await
            }
            Self::Show(named) => CASES.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateCase").await,
            Self::Link { one, org } => {
                let org = Some(("organizationId", Value::String(org)));
                one.with(configuration, "LinkCaseToOrg", ID, org).await
            }
            Self::Retry(options) => options.run(configuration, "RetryCase", ID).await,
            Self::Deactivate(options) => options.run(configuration, "DeactivateCase", ID).await,
            Self::Reopen(options) => options.run(configuration, "ReopenCase", ID).await,
            Self::Close(options) => options.run(configuration, "CloseCase", ID).await,
        }
    }
}

impl QuoteVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        const ID: &str = "quoteId";
        match self {
            Self::List { options, filters } => QUOTES.list(configuration, &options, filters.named()).await,
            Self::Show(named) => QUOTES.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "DraftQuote").await,
            Self::Edit(options) => options.run(configuration, "EditQuote").await,
            Self::Submit(options) => options.run(configuration, "SubmitQuote", ID).await,
            Self::Approve(options) => options.run(configuration, "ApproveQuote", ID).await,
            Self::Reject(options) => options.run(configuration, "RejectQuote", ID).await,
            Self::Accept(options) => options.run(configuration).await,
            Self::Decline(options) => options.run(configuration, "DeclineQuote", ID).await,
        }
    }
}

impl SubscriptionVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        const ID: &str = "subscriptionId";
        match self {
            Self::List { options, filters } => {
                SUBSCRIPTIONS.list(configuration, &options, filters.named()).await
            }
            Self::Show(named) => SUBSCRIPTIONS.show(configuration, &named).await,
            Self::Suspend(options) => options.run(configuration, "SuspendSubscription", ID).await,
            Self::Resume(options) => options.run(configuration, "ResumeSubscription", ID).await,
            Self::Cancel(options) => options.run(configuration, "CancelSubscription", ID).await,
        }
    }
}

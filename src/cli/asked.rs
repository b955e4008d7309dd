//! What somebody has to answer: consents, invitations and screenings, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::Value;

use super::client::Call;
use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Named, Noun, RowOptions};
use super::write::{CreateOptions, OfCustomer, OneOptions};

const OUTBOX: Noun = Noun {
    path: "outbox",
    columns: &[
        ("MESSAGE", "/messageId"),
        ("KIND", "/kind"),
        ("TO", "/content/to"),
        ("SUBJECT", "/content/subject"),
        ("CREATED", "/createdAt"),
    ],
};

/// The field that names a customer.
const CUSTOMER_ID: &str = "customerId";

/// Requests for consent.
const CONSENTS: Noun = Noun {
    path: "consents",
    columns: &[
        ("ID", "/id"),
        ("ORGANIZATION", "/organizationId"),
        ("CUSTOMER", "/customerId"),
        ("STATUS", "/status"),
        ("EXPIRES", "/expiresAt"),
    ],
};

/// Invitations.
const INVITATIONS: Noun = Noun {
    path: "invitations",
    columns: &[
        ("ID", "/id"),
        ("ORGANIZATION", "/organizationId"),
        ("CASE", "/caseId"),
        ("STATUS", "/status"),
        ("EXPIRES", "/expiresAt"),
    ],
};

/// Screenings of customers that are like a denied party.
const SCREENINGS: Noun = Noun {
    path: "screenings",
    columns: &[
        ("ID", "/id"),
        ("CUSTOMER", "/customerId"),
        ("NAME", "/name"),
        ("COUNTRY", "/country"),
        ("LISTED", "/listedName"),
        ("STATUS", "/status"),
    ],
};

/// Which ones are wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct Listed {
    #[command(flatten)]
    options: ListOptions,
    /// Only those in this status, for example sent, requested or waiting
    #[arg(long)]
    status: Option<String>,
}

impl Listed {
    async fn run(self, configuration: &Configuration, noun: &Noun) -> Result<(), Failure> {
        noun.list(configuration, &self.options, [("status", self.status.as_deref())]).await
    }
}

impl OfCustomer {
    /// Gives a command about the customer; shows its answer.
    async fn run(self, configuration: &Configuration, name: &str) -> Result<(), Failure> {
        OneOptions::from(self).run(configuration, name, CUSTOMER_ID).await
    }
}

/// What can be done with requests for consent.
#[derive(Debug, Subcommand)]
pub(crate) enum ConsentVerb {
    /// List requests
    List(Listed),
    /// Show a request
    Show(Named),
    /// Consent to the attach of a customer, for the organization (GrantConsent)
    Grant(OfCustomer),
    /// Decline the attach of a customer, for the organization (DeclineConsent)
    Decline(OfCustomer),
    /// Send the request about a customer again (ResendConsent)
    Resend(OfCustomer),
    /// Take the request about a customer back (WithdrawAttach)
    Withdraw(OfCustomer),
    /// Ask the organization of a customer for full access (RequestFullAccess)
    FullAccess(OfCustomer),
}

/// What can be done with invitations.
#[derive(Debug, Subcommand)]
pub(crate) enum InvitationVerb {
    /// List invitations
    List(Listed),
    /// Show an invitation
    Show(Named),
    /// Send an invitation again (ResendInvitation)
    Resend(OneOptions),
    /// Take an invitation back (RevokeInvitation)
    Revoke(OneOptions),
    /// Send an invitation that is not accepted yet to another user of the partner (RedirectInvitation)
    Redirect {
        #[command(flatten)]
        one: OneOptions,
        /// The user
        #[arg(long, value_name = "ID")]
        user: String,
    },
}

/// What can be done with the outbox.
#[derive(Debug, Subcommand)]
pub(crate) enum OutboxVerb {
    /// List mails, the newest first
    List(RowOptions),
}

/// What can be done with customers that are like a denied party.
#[derive(Debug, Subcommand)]
pub(crate) enum ScreeningVerb {
    /// List screenings
    List(Listed),
    /// Show a screening
    Show(Named),
    /// Set the list of denied parties, as the operator (SetScreeningList)
    Set(CreateOptions),
    /// Let a customer go on, as the operator (ClearScreening)
    Clear(OfCustomer),
    /// Refuse a customer, as the operator (RefuseScreening)
    Refuse {
        #[command(flatten)]
        of: OfCustomer,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl ConsentVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(listed) => listed.run(configuration, &CONSENTS).await,
            Self::Show(named) => CONSENTS.show(configuration, &named).await,
            Self::Grant(options) => options.run(configuration, "GrantConsent").await,
            Self::Decline(options) => options.run(configuration, "DeclineConsent").await,
            Self::Resend(options) => options.run(configuration, "ResendConsent").await,
            Self::Withdraw(options) => options.run(configuration, "WithdrawAttach").await,
            Self::FullAccess(options) => options.run(configuration, "RequestFullAccess").await,
        }
    }
}

impl InvitationVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        const ID: &str = "invitationId";
        match self {
            Self::List(listed) => listed.run(configuration, &INVITATIONS).await,
            Self::Show(named) => INVITATIONS.show(configuration, &named).await,
            Self::Resend(options) => options.run(configuration, "ResendInvitation", ID).await,
            Self::Revoke(options) => options.run(configuration, "RevokeInvitation", ID).await,
            Self::Redirect { one, user } => {
                let user = Some(("userId", Value::String(user)));
                one.with(configuration, "RedirectInvitation", ID, user).await
            }
        }
    }
}

impl OutboxVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let Self::List(options) = self;
        OUTBOX.list_pages(configuration, &options, Call::get(&[OUTBOX.path])).await
    }
}

impl ScreeningVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(listed) => listed.run(configuration, &SCREENINGS).await,
            Self::Show(named) => SCREENINGS.show(configuration, &named).await,
            Self::Set(options) => options.run(configuration, "SetScreeningList").await,
            Self::Clear(options) => options.run(configuration, "ClearScreening").await,
            Self::Refuse { of, reason } => {
                let reason = Some(("reason", Value::String(reason)));
                OneOptions::from(of).with(configuration, "RefuseScreening", CUSTOMER_ID, reason).await
            }
        }
    }
}

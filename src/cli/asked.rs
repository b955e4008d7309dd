//! What somebody has to answer: consents, invitations and screenings, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::json;

use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Named, Noun};
use super::write::{CreateOptions, Mode, OneOptions};

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

/// The customer that an answer is about.
#[derive(Debug, Clone, Args)]
pub(crate) struct OfCustomer {
    /// The customer, as the list names it in its column CUSTOMER
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    mode: Mode,
}

impl OfCustomer {
    async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        let mut body = json!({ CUSTOMER_ID: self.customer });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        self.mode.run(configuration, name, body.to_string().into_bytes()).await
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
            Self::Grant(options) => options.run(configuration, "GrantConsent", None).await,
            Self::Decline(options) => options.run(configuration, "DeclineConsent", None).await,
            Self::Resend(options) => options.run(configuration, "ResendConsent", None).await,
            Self::Withdraw(options) => options.run(configuration, "WithdrawAttach", None).await,
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
        }
    }
}

impl ScreeningVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(listed) => listed.run(configuration, &SCREENINGS).await,
            Self::Show(named) => SCREENINGS.show(configuration, &named).await,
            Self::Set(options) => options.run(configuration, "SetScreeningList").await,
            Self::Clear(options) => options.run(configuration, "ClearScreening", None).await,
            Self::Refuse { of, reason } => of.run(configuration, "RefuseScreening", Some(reason)).await,
        }
    }
}

//! The nouns with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};

use super::configuration::Configuration;
use super::failure::Failure;
use super::operations::{WaitOptions, wait_for_customer, wait_for_operation};
use super::people::PeopleVerb;
use super::read::{ListOptions, Named, Noun};
use super::write::CreateOptions;

const CUSTOMERS: Noun = Noun {
    path: "customers",
    columns: &[
        ("ID", "/id"),
        ("EXTERNAL ID", "/externalId"),
        ("NAME", "/name"),
        ("STATUS", "/status"),
        ("PACKAGES", "/packages"),
        ("CREATED", "/createdAt"),
    ],
};

const TEMPLATES: Noun = Noun {
    path: "templates",
    columns: &[
        ("ID", "/id"),
        ("PROVISIONING ID", "/provisioningId"),
        ("NAME", "/name"),
        ("KIND", "/kind"),
        ("COUNTRY", "/country"),
        ("DEFAULT", "/default"),
    ],
};

const PARTNERS: Noun = Noun {
    path: "partners",
    columns: &[
        ("ID", "/id"),
        ("NAME", "/name"),
        ("COUNTRY", "/country"),
        ("REGION", "/region"),
        ("CREATED", "/createdAt"),
    ],
};

const ORGANIZATIONS: Noun = Noun {
    path: "organizations",
    columns: &[
        ("ID", "/id"),
        ("NAME", "/name"),
        ("COUNTRY", "/country"),
        ("LICENSES", "/licenses"),
        ("CREATED", "/createdAt"),
    ],
};

const OPERATIONS: Noun = Noun {
    path: "operations",
    columns: &[
        ("ID", "/id"),
        ("KIND", "/kind"),
        ("STATE", "/state"),
        ("SUBJECT", "/subject/id"),
        ("STEPS", "/steps"),
        ("CREATED", "/createdAt"),
        ("FINISHED", "/finishedAt"),
    ],
};

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

/// Requests for consent.
pub(crate) const CONSENTS: Noun = Noun {
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
pub(crate) const INVITATIONS: Noun = Noun {
    path: "invitations",
    columns: &[
        ("ID", "/id"),
        ("ORGANIZATION", "/organizationId"),
        ("CASE", "/caseId"),
        ("STATUS", "/status"),
        ("EXPIRES", "/expiresAt"),
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
}

/// What can be done with things that are only read here.
#[derive(Debug, Subcommand)]
pub(crate) enum ReadVerb {
    /// List them
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those in this status, for example sent or requested
        #[arg(long)]
        status: Option<String>,
    },
    /// Show one of them
    Show(Named),
}

/// Which customers are wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct CustomerFilters {
    /// Only those in this status, for example provisioned
    #[arg(long)]
    status: Option<String>,
    /// Only the one with this ID of the partner's own
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
}

/// What can be done with customers.
#[derive(Debug, Subcommand)]
pub(crate) enum CustomerVerb {
    /// List customers
    List {
        #[command(flatten)]
        options: ListOptions,
        #[command(flatten)]
        filters: CustomerFilters,
    },
    /// Show a customer
    Show(Named),
    /// Create a customer with a new organization (CreateCustomerOrg)
    Create(CreateOptions),
    /// Wait until the work on a customer has ended
    Wait(WaitOptions),
}

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplateVerb {
    /// List templates
    List(ListOptions),
    /// Show a template
    Show(Named),
    /// Create a template (CreateTemplate)
    Create(CreateOptions),
}

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub(crate) enum PartnerVerb {
    /// List partners
    List(ListOptions),
    /// Show a partner
    Show(Named),
    /// Register a partner (RegisterPartner)
    Create(CreateOptions),
}

/// What can be done with organizations.
#[derive(Debug, Subcommand)]
pub(crate) enum OrgVerb {
    /// List organizations
    List(ListOptions),
    /// Show an organization
    Show(Named),
    #[command(flatten)]
    People(PeopleVerb),
}

/// What can be done with operations.
#[derive(Debug, Subcommand)]
pub(crate) enum OperationVerb {
    /// List operations
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those in this state: running, waiting, succeeded or failed
        #[arg(long)]
        state: Option<String>,
    },
    /// Show an operation
    Show(Named),
    /// Wait until an operation has ended
    Wait(WaitOptions),
}

impl CustomerVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, filters: CustomerFilters { status, external_id } } => {
                let filters = [("status", status.as_deref()), ("externalId", external_id.as_deref())];
                CUSTOMERS.list(configuration, &options, filters).await
            }
            Self::Show(named) => CUSTOMERS.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateCustomerOrg").await,
            Self::Wait(options) => wait_for_customer(configuration, &options).await,
        }
    }
}

impl CaseVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, status } => {
                CASES.list(configuration, &options, [("status", status.as_deref())]).await
            }
            Self::Show(named) => CASES.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateCase").await,
        }
    }
}

impl ReadVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration, noun: &Noun) -> Result<(), Failure> {
        match self {
            Self::List { options, status } => {
                noun.list(configuration, &options, [("status", status.as_deref())]).await
            }
            Self::Show(named) => noun.show(configuration, &named).await,
        }
    }
}

impl TemplateVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(options) => TEMPLATES.list(configuration, &options, []).await,
            Self::Show(named) => TEMPLATES.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateTemplate").await,
        }
    }
}

impl PartnerVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(options) => PARTNERS.list(configuration, &options, []).await,
            Self::Show(named) => PARTNERS.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "RegisterPartner").await,
        }
    }
}

impl OrgVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(options) => ORGANIZATIONS.list(configuration, &options, []).await,
            Self::Show(named) => ORGANIZATIONS.show(configuration, &named).await,
            Self::People(verb) => verb.run(configuration).await,
        }
    }
}

impl OperationVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, state } => {
                OPERATIONS.list(configuration, &options, [("state", state.as_deref())]).await
            }
            Self::Show(named) => OPERATIONS.show(configuration, &named).await,
            Self::Wait(options) => wait_for_operation(configuration, &options).await,
        }
    }
}

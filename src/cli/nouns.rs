//! The nouns with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::Subcommand;

use super::configuration::Configuration;
use super::failure::Failure;
use super::people::PeopleVerb;
use super::read::{ListOptions, Named, Noun};
use super::write::{CreateOptions, OneOptions};

/// The field that names a partner.
const PARTNER_ID: &str = "partnerId";

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

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplateVerb {
    /// List templates
    List(ListOptions),
    /// Show a template
    Show(Named),
    /// Create a template (CreateTemplate)
    Create(CreateOptions),
    /// Set all settings of a template anew (EditTemplate)
    Edit(CreateOptions),
    /// Retire a template, by its provisioning ID (RetireTemplate)
    Retire(OneOptions),
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
    /// Suspend a partner (SuspendPartner)
    Suspend(OneOptions),
    /// Let a suspended partner act again (ReactivatePartner)
    Reactivate(OneOptions),
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

impl TemplateVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List(options) => TEMPLATES.list(configuration, &options, []).await,
            Self::Show(named) => TEMPLATES.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateTemplate").await,
            Self::Edit(options) => options.run(configuration, "EditTemplate").await,
            Self::Retire(options) => options.run(configuration, "RetireTemplate", "provisioningId").await,
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
            Self::Suspend(options) => options.run(configuration, "SuspendPartner", PARTNER_ID).await,
            Self::Reactivate(options) => options.run(configuration, "ReactivatePartner", PARTNER_ID).await,
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

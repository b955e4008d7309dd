//! What a person types about the people of an organization and what it has.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};
use tenantry_domain::ids::{OrganizationId, ProjectId, UserId};

use super::client::Call;
use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{Noun, RowOptions};
use super::write::Mode;

const MEMBERS: Noun = Noun {
    path: "users",
    columns: &[("ID", "/id"), ("ROLE", "/role"), ("E-MAIL", "/email"), ("CREATED", "/createdAt")],
};

const PROJECTS: Noun =
    Noun { path: "projects", columns: &[("ID", "/id"), ("NAME", "/name"), ("CREATED", "/createdAt")] };

const APP_IDS: Noun = Noun {
    path: "app-ids",
    columns: &[("ID", "/id"), ("NAME", "/name"), ("PROJECT", "/projectId"), ("CREATED", "/createdAt")],
};

/// What a member may be.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum MemberRole {
    /// Administers the organization
    OrgAdmin,
    /// Uses it
    OrgUser,
}

impl MemberRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::OrgAdmin => "org_admin",
            Self::OrgUser => "org_user",
        }
    }
}

/// A list of what an organization has.
#[derive(Debug, Clone, Args)]
pub(crate) struct OfOrganization {
    /// The organization [default: the key's own]
    #[arg(long, value_name = "ID")]
    org: Option<OrganizationId>,
    #[command(flatten)]
    rows: RowOptions,
}

/// A command to an organization.
#[derive(Debug, Clone, Args)]
pub(crate) struct ToOrganization {
    /// The organization [default: the key's own]
    #[arg(long, value_name = "ID")]
    org: Option<OrganizationId>,
    #[command(flatten)]
    mode: Mode,
}

/// What can be done with the people of an organization and what it has.
#[derive(Debug, Subcommand)]
pub(crate) enum PeopleVerb {
    /// List the members of an organization
    Members(OfOrganization),
    /// List the projects of an organization
    Projects(OfOrganization),
    /// List the app IDs of an organization
    AppIds(OfOrganization),
    /// Invite a person to an organization (InviteUser)
    Invite {
        /// E-mail address of the person
        email: String,
        /// What the person becomes
        #[arg(long, value_enum, default_value = "org_user")]
        role: MemberRole,
        /// Given name of the person
        #[arg(long, value_name = "NAME")]
        given_name: Option<String>,
        /// Family name of the person
        #[arg(long, value_name = "NAME")]
        family_name: Option<String>,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Take a member out of an organization (RemoveMember)
    RemoveMember {
        /// The member
        user: UserId,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Erase a person whom an organization knows, or as operator without --org a person in all tenants (ErasePerson)
    Erase {
        /// E-mail address of the person
        email: String,
        /// The organization [default: the key's own; all tenants for an operator]
        #[arg(long, value_name = "ID")]
        org: Option<OrganizationId>,
        #[command(flatten)]
        mode: Mode,
    },
    /// Give a member a role (AssignRole)
    AssignRole {
        /// The member
        user: UserId,
        /// The role
        #[arg(value_enum)]
        role: MemberRole,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Take the administration away from a member (RevokeRole)
    RevokeRole {
        /// The member
        user: UserId,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Create a project (CreateProject)
    CreateProject {
        /// Its name
        name: String,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Create an app ID (CreateAppId)
    CreateAppId {
        /// Its name
        name: String,
        /// The project that it belongs to
        #[arg(long, value_name = "ID")]
        project: Option<ProjectId>,
        #[command(flatten)]
        to: ToOrganization,
    },
    /// Change settings of an organization (SetOrganizationSettings)
    Set {
        /// The language of its mails, for example de
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
        /// Whether it has branding of its own
        #[arg(long, value_name = "true|false")]
        basic_branding: Option<bool>,
        #[command(flatten)]
        to: ToOrganization,
    },
}

impl PeopleVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::Members(of) => of.list(configuration, &MEMBERS).await,
            Self::Projects(of) => of.list(configuration, &PROJECTS).await,
            Self::AppIds(of) => of.list(configuration, &APP_IDS).await,
            Self::Invite { email, role, given_name, family_name, to } => {
                let body = json!({
                    "email": email, "role": role.as_str(), "givenName": given_name, "familyName": family_name,
                });
                to.give(configuration, "InviteUser", body).await
            }
            Self::RemoveMember { user, to } => {
                to.give(configuration, "RemoveMember", json!({ "userId": user })).await
            }
            Self::Erase { email, org, mode } => {
                let mut body = json!({ "email": email });
                if let Some(org) = org {
                    body["tenantId"] = json!(org);
                }
                mode.run(configuration, "ErasePerson", body.to_string().into_bytes()).await
            }
            Self::AssignRole { user, role, to } => {
                let body = json!({ "userId": user, "role": role.as_str() });
                to.give(configuration, "AssignRole", body).await
            }
            Self::RevokeRole { user, to } => {
                to.give(configuration, "RevokeRole", json!({ "userId": user })).await
            }
            Self::CreateProject { name, to } => {
                to.give(configuration, "CreateProject", json!({ "name": name })).await
            }
            Self::CreateAppId { name, project, to } => {
                let body = json!({ "name": name, "projectId": project });
                to.give(configuration, "CreateAppId", body).await
            }
            Self::Set { language, basic_branding, to } => {
                let body = json!({ "language": language, "basicBranding": basic_branding });
                to.give(configuration, "SetOrganizationSettings", body).await
            }
        }
    }
}

impl OfOrganization {
    async fn list(self, configuration: &Configuration, noun: &Noun) -> Result<(), Failure> {
        let org = self.org.map(|org| org.to_string());
        let first = Call::get(&[noun.path]).query([("organizationId", org.as_deref())]);
        noun.list_pages(configuration, &self.rows, first).await
    }
}

impl ToOrganization {
    /// Gives a command; what was not said is left out of its data.
    async fn give(self, configuration: &Configuration, name: &str, mut body: Value) -> Result<(), Failure> {
        body["organizationId"] = json!(self.org);
        if let Some(fields) = body.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        self.mode.run(configuration, name, body.to_string().into_bytes()).await
    }
}

//! Every command that a caller can give: its name, who may give it, and what it makes of its data.

mod create_customer_org;
mod create_template;
mod issue_key;
mod register_partner;
mod revoke_key;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tenantry_domain::access_key::IssueKey;
use tenantry_domain::customer::CreateCustomerOrg;
use tenantry_domain::partner::RegisterPartner;
use tenantry_domain::role::Role;
use tenantry_domain::stream::Decide;
use tenantry_domain::template::CreateTemplate;
use utoipa::ToSchema;

use super::body::BodySchema;
use super::execute::{Answer, Prepared};
use super::{App, Rejection, Request};

pub(super) use revoke_key::RevokeKey;

/// A command as callers give it.
#[async_trait]
pub(super) trait UseCase: Serialize + DeserializeOwned + ToSchema + Send + Sync + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it does, in a sentence.
    const SUMMARY: &'static str;
    /// Who may give it.
    const ROLES: &'static [Role];
    /// The rules it carries out.
    const RULES: &'static [&'static str];
    /// The stream it writes.
    type Aggregate: Decide;

    /// Gathers the facts of its decision; from the store itself where `fresh`.
    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        fresh: bool,
    ) -> Result<Prepared<Self::Aggregate>, Rejection>;
}

type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Rejection>> + Send + 'a>>;

/// A command in the catalogue.
pub struct CommandSpec {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Who may give it.
    pub roles: &'static [Role],
    /// The rules it carries out.
    pub rules: &'static [&'static str],
    /// What its body must be.
    pub body: BodySchema,
    run: for<'a> fn(&'a App, &'a Request, Value) -> Running<'a, Answer>,
    rehearse: for<'a> fn(&'a App, &'a Request, Value) -> Running<'a, Value>,
}

impl CommandSpec {
    fn of<U: UseCase>() -> Self {
        Self {
            name: U::NAME,
            summary: U::SUMMARY,
            roles: U::ROLES,
            rules: U::RULES,
            body: BodySchema::of::<U>(),
            run: |app, request, body| Box::pin(async move { app.execute::<U>(request, read(body)?).await }),
            rehearse: |app, request, body| {
                Box::pin(async move { app.rehearse::<U>(request, read(body)?).await })
            },
        }
    }

    /// Checks a body and carries the command out.
    pub async fn run(&self, app: &App, request: &Request, body: Value) -> Result<Answer, Rejection> {
        self.check(request, &body)?;
        (self.run)(app, request, body).await
    }

    /// Checks a body and tells what would follow.
    pub async fn rehearse(&self, app: &App, request: &Request, body: Value) -> Result<Value, Rejection> {
        self.check(request, &body)?;
        (self.rehearse)(app, request, body).await
    }

    fn check(&self, request: &Request, body: &Value) -> Result<(), Rejection> {
        if !self.roles.contains(&request.caller.role) {
            return Err(Rejection::forbidden(request.caller.role));
        }
        let faults = self.body.faults(body);
        if faults.is_empty() { Ok(()) } else { Err(Rejection::Malformed(faults)) }
    }
}

/// Reads a body that has passed its schema.
fn read<U: UseCase>(body: Value) -> Result<U, Rejection> {
    serde_json::from_value(body).map_err(|error| Rejection::malformed("", "invalid", error.to_string()))
}

static CATALOGUE: LazyLock<Vec<CommandSpec>> = LazyLock::new(|| {
    vec![
        CommandSpec::of::<CreateCustomerOrg>(),
        CommandSpec::of::<CreateTemplate>(),
        CommandSpec::of::<IssueKey>(),
        CommandSpec::of::<RegisterPartner>(),
        CommandSpec::of::<RevokeKey>(),
    ]
});

/// Returns every command, by name.
pub fn catalogue() -> &'static [CommandSpec] {
    &CATALOGUE
}

/// Finds a command by its name.
pub fn find_command(name: &str) -> Option<&'static CommandSpec> {
    CATALOGUE.iter().find(|spec| spec.name == name)
}

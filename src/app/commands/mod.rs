//! Every command that a caller can give: its name, who may give it, and what it makes of its data.

mod attach_existing_org;
mod belongings;
mod billing_reports;
mod branding;
mod case_course;
mod cases;
mod change_customer;
mod consents;
mod create_customer_org;
mod define_meter;
mod directory;
mod erase_person;
mod invitations;
mod issue_key;
mod members;
mod migrations;
mod partner_users;
mod partners;
mod places;
mod quotes;
mod revoke_key;
mod screening;
mod subscribers;
mod subscriptions;
mod templates;
mod usage;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tenantry_domain::access_key::IssueKey;
use tenantry_domain::billing_report::{CreateBillingReport, DeleteBillingReport};
use tenantry_domain::case::{CloseCase, CreateCase, DeactivateCase, LinkCaseToOrg, ReopenCase, RetryCase};
use tenantry_domain::customer::{
    AddLocation, AddNumbers, AttachExistingOrg, CancelOperation, ClearScreening, CreateCustomerOrg,
    RefuseScreening, RemoveCustomerOrg, RemoveLocation, RemoveNumbers, RequestSetupAssist, RetryProvisioning,
    RetryStep, SetBrandingOverride, SetConsoleAccess, SkipStep, UpdateCustomerOrg,
};
use tenantry_domain::invitation::{AcceptInvitation, RedirectInvitation, ResendInvitation, RevokeInvitation};
use tenantry_domain::meter::DefineMeter;
use tenantry_domain::organization::{
    AddExternalAdmin, AssignRole, ClaimDomain, CreateAppId, CreateProject, DeclineConsent, GrantConsent,
    ImportMembers, InviteUser, RegisterOrganization, RemoveMember, RequestFullAccess, ResendConsent,
    RevokeGrant, RevokeRole, SetLicense, SetOrganizationSettings, VerifyDomain, WithdrawAttach,
};
use tenantry_domain::partner::{
    AddPartnerUser, ChangePartnerUserRole, ReactivatePartner, RegisterPartner, RemovePartnerUser,
    SetBranding, SuspendPartner,
};
use tenantry_domain::person::ErasePerson;
use tenantry_domain::quote::{
    AcceptQuote, ApproveQuote, DeclineQuote, DraftQuote, EditQuote, RejectQuote, SubmitQuote,
};
use tenantry_domain::refusal::RefusalKind;
use tenantry_domain::screening_list::SetScreeningList;
use tenantry_domain::stream::Decide;
use tenantry_domain::subscriber::{
    AcceptMigration, AssignNumber, ChangeSubscriberPackages, ProvisionSubscriber, RemoveSubscriber,
    SendConsentMove,
};
use tenantry_domain::subscription::{CancelSubscription, ResumeSubscription, SuspendSubscription};
use tenantry_domain::template::{CreateTemplate, EditTemplate, RetireTemplate};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{CorrectUsage, RecordUsage};
use utoipa::ToSchema;

use super::answer::Answer;
use super::body::BodySchema;
use super::execute::Preparation;
use super::rejection::Refused;
use super::roles::Roles;
use super::{App, Caller, Rejection, Request};

pub(super) use revoke_key::RevokeKey;

/// A command as callers give it.
#[async_trait]
pub(super) trait UseCase: Serialize + DeserializeOwned + ToSchema + Send + Sync + 'static {
    /// Its name.
    const NAME: &'static str;
    /// What it does, in a sentence.
    const SUMMARY: &'static str;
    /// Who may give it, from the table of roles.
    const ROLES: Roles;
    /// The rules it carries out.
    const RULES: &'static [&'static str];
    /// The field of its data that names the aggregate it is for; none if it makes one.
    const TARGET: Option<&'static str> = None;
    /// Whether the token of a mail is enough to give it, without a key.
    const BY_TOKEN: bool = false;
    /// Whether a suspended partner may give it.
    const WHEN_SUSPENDED: bool = false;
    /// The stream it writes.
    type Aggregate: Decide;

    /// The key under which its data counts once, whoever of the tenant gives it.
    fn natural_key(&self) -> Option<String> {
        None
    }

    /// The tenant whose natural keys these are.
    fn natural_tenant(&self, caller: &Caller) -> TenantId {
        caller.tenant_id
    }

    /// Returns who holds the token that its data carries, if it carries one; its signature is checked.
    async fn token_holder(&self, _: &App) -> Result<Option<Caller>, Rejection> {
        Ok(None)
    }

    /// Waits, but not for ever, for what the caller expects to find done once it is answered; also when it is sent again.
    async fn settle(&self, _: &App, _: &Request, _: &Answer) -> Result<(), Rejection> {
        Ok(())
    }

    /// Gathers the facts of its decision; from the store itself where `fresh`.
    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Self::Aggregate>;
}

type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, Rejection>> + Send + 'a>>;

/// A command in the catalogue.
pub struct CommandSpec {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Who may give it.
    pub roles: Roles,
    /// The rules it carries out.
    pub rules: &'static [&'static str],
    /// The field of its data that names the aggregate it is for; none if it makes one.
    pub target: Option<&'static str>,
    /// Whether the token of a mail is enough to give it, without a key.
    pub by_token: bool,
    /// Whether a suspended partner may give it.
    pub when_suspended: bool,
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
            target: U::TARGET,
            by_token: U::BY_TOKEN,
            when_suspended: U::WHEN_SUSPENDED,
            body: BodySchema::of::<U>(),
            run: |app, request, body| Box::pin(async move { app.execute::<U>(request, read(&body)?).await }),
            rehearse: |app, request, body| {
                Box::pin(async move { app.rehearse::<U>(request, read(&body)?).await })
            },
        }
    }

    /// Returns its entry in the catalogue.
    pub fn json(&self) -> Value {
        json!({
            "name": self.name,
            "summary": self.summary,
            "roles": self.roles,
            "rules": self.rules,
            "target": self.target,
            "byToken": self.by_token,
            "schema": self.body.json(),
        })
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
        if !self.by_token && !self.roles.contains(&request.caller.role) {
            return Err(Rejection::forbidden_but_to(request.caller.role, self.roles));
        }
        let faults = self.body.faults(body);
        if faults.is_empty() { Ok(()) } else { Err(Rejection::Malformed(faults)) }
    }
}

/// Reads a body that has passed its schema; what a schema cannot say is told here, with its place.
fn read<U: UseCase>(body: &Value) -> Result<U, Rejection> {
    serde_path_to_error::deserialize(body).map_err(|error| {
        let pointer = format!("/{}", error.path().to_string().replace(['.', '['], "/").replace(']', ""));
        // The reader does not know the name of a field that is a value itself, such as a package.
        let pointer = pointer.trim_end_matches("/?");
        // The reader's own words may repeat the value, which may be personal.
        match body.pointer(pointer) {
            Some(Value::Number(_) | Value::Object(_)) => {
                let detail = "a number here is too large, too small, or written with a point";
                Rejection::malformed(pointer, "out_of_range", detail)
            }
            _ => Rejection::malformed(
                pointer,
                "invalid",
                "not a value of this field; copy it from the answer that gave it",
            ),
        }
    })
}

static CATALOGUE: LazyLock<Vec<CommandSpec>> = LazyLock::new(|| {
    vec![
        CommandSpec::of::<AcceptInvitation>(),
        CommandSpec::of::<AcceptMigration>(),
        CommandSpec::of::<AcceptQuote>(),
        CommandSpec::of::<AddExternalAdmin>(),
        CommandSpec::of::<AddLocation>(),
        CommandSpec::of::<AddNumbers>(),
        CommandSpec::of::<AddPartnerUser>(),
        CommandSpec::of::<ApproveQuote>(),
        CommandSpec::of::<AssignNumber>(),
        CommandSpec::of::<AssignRole>(),
        CommandSpec::of::<AttachExistingOrg>(),
        CommandSpec::of::<CancelOperation>(),
        CommandSpec::of::<CancelSubscription>(),
        CommandSpec::of::<ChangePartnerUserRole>(),
        CommandSpec::of::<ChangeSubscriberPackages>(),
        CommandSpec::of::<ClaimDomain>(),
        CommandSpec::of::<ClearScreening>(),
        CommandSpec::of::<CloseCase>(),
        CommandSpec::of::<CorrectUsage>(),
        CommandSpec::of::<CreateAppId>(),
        CommandSpec::of::<CreateBillingReport>(),
        CommandSpec::of::<CreateCase>(),
        CommandSpec::of::<CreateCustomerOrg>(),
        CommandSpec::of::<CreateProject>(),
        CommandSpec::of::<CreateTemplate>(),
        CommandSpec::of::<DeactivateCase>(),
        CommandSpec::of::<DeclineConsent>(),
        CommandSpec::of::<DeclineQuote>(),
        CommandSpec::of::<DefineMeter>(),
        CommandSpec::of::<DeleteBillingReport>(),
        CommandSpec::of::<DraftQuote>(),
        CommandSpec::of::<EditQuote>(),
        CommandSpec::of::<EditTemplate>(),
        CommandSpec::of::<ErasePerson>(),
        CommandSpec::of::<GrantConsent>(),
        CommandSpec::of::<ImportMembers>(),
        CommandSpec::of::<InviteUser>(),
        CommandSpec::of::<IssueKey>(),
        CommandSpec::of::<LinkCaseToOrg>(),
        CommandSpec::of::<ProvisionSubscriber>(),
        CommandSpec::of::<ReactivatePartner>(),
        CommandSpec::of::<RecordUsage>(),
        CommandSpec::of::<RedirectInvitation>(),
        CommandSpec::of::<RefuseScreening>(),
        CommandSpec::of::<RegisterOrganization>(),
        CommandSpec::of::<RegisterPartner>(),
        CommandSpec::of::<RejectQuote>(),
        CommandSpec::of::<RemoveCustomerOrg>(),
        CommandSpec::of::<RemoveLocation>(),
        CommandSpec::of::<RemoveMember>(),
        CommandSpec::of::<RemoveNumbers>(),
        CommandSpec::of::<RemovePartnerUser>(),
        CommandSpec::of::<RemoveSubscriber>(),
        CommandSpec::of::<ReopenCase>(),
        CommandSpec::of::<RequestFullAccess>(),
        CommandSpec::of::<RequestSetupAssist>(),
        CommandSpec::of::<ResendConsent>(),
        CommandSpec::of::<ResendInvitation>(),
        CommandSpec::of::<ResumeSubscription>(),
        CommandSpec::of::<RetireTemplate>(),
        CommandSpec::of::<RetryCase>(),
        CommandSpec::of::<RetryProvisioning>(),
        CommandSpec::of::<RetryStep>(),
        CommandSpec::of::<RevokeGrant>(),
        CommandSpec::of::<RevokeInvitation>(),
        CommandSpec::of::<RevokeKey>(),
        CommandSpec::of::<RevokeRole>(),
        CommandSpec::of::<SendConsentMove>(),
        CommandSpec::of::<SetBranding>(),
        CommandSpec::of::<SetBrandingOverride>(),
        CommandSpec::of::<SetConsoleAccess>(),
        CommandSpec::of::<SetLicense>(),
        CommandSpec::of::<SetOrganizationSettings>(),
        CommandSpec::of::<SetScreeningList>(),
        CommandSpec::of::<SkipStep>(),
        CommandSpec::of::<SubmitQuote>(),
        CommandSpec::of::<SuspendPartner>(),
        CommandSpec::of::<SuspendSubscription>(),
        CommandSpec::of::<UpdateCustomerOrg>(),
        CommandSpec::of::<VerifyDomain>(),
        CommandSpec::of::<WithdrawAttach>(),
    ]
});

/// Returns every command, by name.
pub fn catalogue() -> &'static [CommandSpec] {
    &CATALOGUE
}

/// Gets a command by its name; a name that is not known is refused with the nearest one.
pub fn get_command(name: &str) -> Result<&'static CommandSpec, Rejection> {
    let found = CATALOGUE.iter().find(|spec| spec.name == name);
    found.ok_or_else(|| {
        let likeness = |spec: &CommandSpec| strsim::jaro_winkler(spec.name, name);
        let nearest = CATALOGUE.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        let hint = nearest.map(|spec| format!("; the nearest is {}", spec.name)).unwrap_or_default();
        Rejection::Refused(Refused {
            faults: Vec::new(),
            code: "unknown_command",
            kind: RefusalKind::NotFound,
            detail: format!("there is no command {name}{hint}"),
            rules: &[],
            remedies: &["GET /api/v1/commands lists every command"],
        })
    })
}

//! `RetryCase`, `DeactivateCase`, `ReopenCase` and `CloseCase`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::case::{
    Case, CaseCommand, CaseStatus, CloseCase, DeactivateCase, Opened, ReopenCase, RetryCase,
};
use tenantry_domain::ids::{CaseId, InvitationId, OperationId, OrganizationId, PartnerId};
use tenantry_domain::organization::{Created, Organization};
use tenantry_domain::personal::Slot;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request, open_quote_claim};
use crate::ports::NewClaim;

impl App {
    /// Loads a case of a partner, if it has one of that ID.
    pub(super) async fn case(
        &self,
        partner_id: PartnerId,
        case_id: CaseId,
        fresh: bool,
    ) -> Result<Option<Opened>, Rejection> {
        let id = case_id.to_string();
        let case = self.streams.state::<Case>(Some(partner_id.into()), &id, fresh).await?;
        Ok(case.state.opened.clone())
    }

    /// Tells whether an organization has its first administrator (D10).
    pub(super) async fn organization_active(
        &self,
        id: OrganizationId,
        fresh: bool,
    ) -> Result<bool, Rejection> {
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), fresh).await?;
        Ok(loaded.state.created.as_ref().is_some_and(Created::is_active))
    }
}

#[async_trait]
impl UseCase for RetryCase {
    const NAME: &'static str = "RetryCase";
    const SUMMARY: &'static str = "Takes up again the work on the organization of a case, where it failed.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R15"];
    const TARGET: Option<&'static str> = Some("caseId");
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let tenant_id = TenantId::from(partner_id);
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let command = CaseCommand::Retry { operation_id };
        let mut prepared = Prepared::new(app, self.case_id.to_string(), partner_id, false, command);
        let case = app.case(partner_id, self.case_id, fresh).await?;
        // The request that is made again names whom to invite.
        if let Some(contact) = case.and_then(|case| case.request).map(|request| request.primary_contact) {
            let mut persons = Vec::new();
            persons.extend([contact.name.subject(), contact.email.subject()].into_iter().flatten());
            let persons: Vec<_> = persons.into_iter().map(|person| (tenant_id, person)).collect();
            prepared.persons.1 = app.persons.keys_for(&persons).await?;
        }
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for DeactivateCase {
    const NAME: &'static str = "DeactivateCase";
    const SUMMARY: &'static str =
        "Puts a case aside: its open invitation is taken back, no quote goes on, its organization stays.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("caseId");
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let command = CaseCommand::Deactivate { reason: self.reason.clone() };
        Ok(Prepared::new(app, self.case_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for ReopenCase {
    const NAME: &'static str = "ReopenCase";
    const SUMMARY: &'static str =
        "Goes on with a deactivated case where it was; an invitation that was taken back is sent anew.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R17"];
    const TARGET: Option<&'static str> = Some("caseId");
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let case = app.case(partner_id, self.case_id, fresh).await?;
        let organization_active = match case.and_then(|case| case.organization_id) {
            Some(organization_id) => app.organization_active(organization_id, fresh).await?,
            None => false,
        };
        let invitation_id = InvitationId::from_uuid(app.ids.uuid());
        let command = CaseCommand::Reopen { invitation_id, organization_active };
        Ok(Prepared::new(app, self.case_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for CloseCase {
    const NAME: &'static str = "CloseCase";
    const SUMMARY: &'static str = "Closes a case that was lost; an open quote is ended before.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("caseId");
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let case = app.case(partner_id, self.case_id, fresh).await?;
        let command = CaseCommand::Close { reason: self.reason.clone() };
        let mut prepared = Prepared::new(app, self.case_id.to_string(), partner_id, false, command);
        // Whoever drafts or accepts a quote at the same moment holds this; a case that is lost keeps it.
        if case.is_none_or(|case| case.status != CaseStatus::Lost) {
            let key = open_quote_claim(partner_id, self.case_id);
            prepared.claims.push(NewClaim { key, holder: self.case_id.to_string() });
        }
        Ok(prepared)
    }
}

//! `DraftQuote`, `EditQuote`, `SubmitQuote`, `ApproveQuote`, `RejectQuote`, `AcceptQuote` and `DeclineQuote`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{Customer, CustomerStatus, Requested};
use tenantry_domain::ids::{CaseId, CustomerId, OperationId, PartnerId, QuoteId, SubscriptionId};
use tenantry_domain::quote::{
    AcceptFacts, AcceptQuote, ApproveQuote, DeclineQuote, Draft, DraftQuote, Drafted, EditQuote, Footing,
    Quote, QuoteCommand, RejectQuote, SubmitQuote,
};
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Rejection, Request, open_quote_claim};
use crate::ports::NewClaim;

impl App {
    /// Loads a quote that the caller may work with: its own partner's, or as an operator any.
    async fn quote(&self, request: &Request, id: QuoteId, fresh: bool) -> Result<Drafted, Rejection> {
        let tenant_id = match request.caller.role {
            Role::Operator => None,
            Role::PartnerAdmin
            | Role::PartnerUser
            | Role::Service
            | Role::OrgAdmin
            | Role::OrgUser
            | Role::Auditor => Some(TenantId::from(request.caller.partner()?)),
        };
        let quote = self.streams.state::<Quote>(tenant_id, &id.to_string(), fresh).await?;
        quote.state.drafted.clone().ok_or(Rejection::NotFound)
    }

    /// Gathers what a quote stands on.
    pub(in crate::app) async fn footing(
        &self,
        caller: &Caller,
        partner_id: PartnerId,
        case_id: CaseId,
        fresh: bool,
    ) -> Result<Footing, Rejection> {
        let case = self.case(partner_id, case_id, fresh).await?;
        let organization_active = match case.as_ref().and_then(|case| case.organization_id) {
            Some(organization_id) => self.organization_active(organization_id, fresh).await?,
            None => false,
        };
        let customer = match case.as_ref().and_then(|case| case.customer_id) {
            Some(customer_id) => self.customer_there(partner_id, customer_id, fresh).await?,
            None => None,
        };
        let asker = self.asker(caller, partner_id, fresh).await?;
        let packages = |requested: &Requested| requested.packages.iter().map(|state| state.package).collect();
        Ok(Footing {
            case: case.map(Box::new),
            organization_active,
            packages: customer.as_ref().map(packages),
            has_location: customer.as_ref().is_some_and(|requested| requested.location.is_some()),
            closed: customer.is_some_and(|requested| requested.is_closed_to(asker)),
            now_us: self.clock.now_us(),
        })
    }

    /// Returns a customer that has its organization: none that waits for consent, none that failed, and none that is gone.
    async fn customer_there(
        &self,
        partner_id: PartnerId,
        id: CustomerId,
        fresh: bool,
    ) -> Result<Option<Requested>, Rejection> {
        let customer =
            self.streams.state::<Customer>(Some(partner_id.into()), &id.to_string(), fresh).await?;
        let sellable = |requested: &Requested| {
            requested.has_organization() && requested.status != CustomerStatus::Failed
        };
        Ok(customer.state.requested.clone().filter(sellable))
    }
}

fn prepared(app: &App, quote: &Drafted, command: QuoteCommand) -> Prepared<Quote> {
    Prepared::new(app, quote.id.to_string(), quote.partner_id, false, command)
}

#[async_trait]
impl UseCase for DraftQuote {
    const NAME: &'static str = "DraftQuote";
    const SUMMARY: &'static str = "Drafts a quote under a case whose organization is active; one at a time.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R28"];
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let partner_id = request.caller.partner()?;
        let id = QuoteId::from_uuid(app.ids.uuid());
        let footing = app.footing(&request.caller, partner_id, self.case_id, fresh).await?;
        let command = QuoteCommand::Draft(Box::new(Draft { id, partner_id, data: self.clone(), footing }));
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        let key = open_quote_claim(partner_id, self.case_id);
        prepared.claims.push(NewClaim { key, holder: id.to_string() });
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for EditQuote {
    const NAME: &'static str = "EditQuote";
    const SUMMARY: &'static str = "Sets the lines of a draft anew.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R28"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        let footing = Box::new(app.footing(&request.caller, quote.partner_id, quote.case_id, fresh).await?);
        let (lines, valid_until) = (self.lines.clone(), self.valid_until);
        Ok(prepared(app, &quote, QuoteCommand::Edit { lines, valid_until, footing }))
    }
}

#[async_trait]
impl UseCase for SubmitQuote {
    const NAME: &'static str = "SubmitQuote";
    const SUMMARY: &'static str = "Submits a draft to the operator; from then on it is frozen.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R28"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        let footing = app.footing(&request.caller, quote.partner_id, quote.case_id, fresh).await?;
        Ok(prepared(app, &quote, QuoteCommand::Submit(Box::new(footing))))
    }
}

#[async_trait]
impl UseCase for ApproveQuote {
    const NAME: &'static str = "ApproveQuote";
    const SUMMARY: &'static str = "Approves a submitted quote.";
    const ROLES: Roles = roles::APPROVAL;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        let footing = app.footing(&request.caller, quote.partner_id, quote.case_id, fresh).await?;
        Ok(prepared(app, &quote, QuoteCommand::Approve(Box::new(footing))))
    }
}

#[async_trait]
impl UseCase for RejectQuote {
    const NAME: &'static str = "RejectQuote";
    const SUMMARY: &'static str = "Rejects a submitted quote, with a reason; it is a draft again.";
    const ROLES: Roles = roles::APPROVAL;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        Ok(prepared(app, &quote, QuoteCommand::Reject { reason: self.reason.clone() }))
    }
}

#[async_trait]
impl UseCase for AcceptQuote {
    const NAME: &'static str = "AcceptQuote";
    const SUMMARY: &'static str = "Accepts an approved quote on the customer's word: a subscription starts.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R28", "R64"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        let footing = app.footing(&request.caller, quote.partner_id, quote.case_id, fresh).await?;
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let subscription_id = SubscriptionId::from_uuid(app.ids.uuid());
        let location = self.calling.clone().map(|calling| calling.location);
        let offered = app.offered.clone();
        let facts = AcceptFacts { operation_id, subscription_id, location, offered, footing };
        let mut prepared = prepared(app, &quote, QuoteCommand::Accept(Box::new(facts)));
        prepared.answer.insert("subscriptionId".to_owned(), json!(subscription_id));
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for DeclineQuote {
    const NAME: &'static str = "DeclineQuote";
    const SUMMARY: &'static str = "Ends an open quote that the customer does not take.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6"];
    const TARGET: Option<&'static str> = Some("quoteId");
    type Aggregate = Quote;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Quote> {
        let quote = app.quote(request, self.quote_id, fresh).await?;
        let mut prepared = prepared(app, &quote, QuoteCommand::Decline { reason: self.reason.clone() });
        prepared.releases.push(open_quote_claim(quote.partner_id, quote.case_id));
        Ok(prepared)
    }
}

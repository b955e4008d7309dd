//! `AddPartnerUser`, `ChangePartnerUserRole` and `RemovePartnerUser`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::UserId;
use tenantry_domain::partner::{
    AddPartnerUser, ChangePartnerUserRole, Partner, PartnerCommand, RemovePartnerUser,
};

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request};

#[async_trait]
impl UseCase for AddPartnerUser {
    const NAME: &'static str = "AddPartnerUser";
    const SUMMARY: &'static str = "Adds a person to the users of the partner.";
    const ROLES: Roles = roles::PARTNER;
    const RULES: &'static [&'static str] = &["R8", "R16"];
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Partner> {
        let partner_id = request.caller.partner()?;
        let mut persons = app.no_persons();
        let person = app.persons.person(partner_id.into(), &self.email, &mut persons).await?;
        let user_id = UserId::from(person);
        let command = PartnerCommand::AddUser { user_id, data: self.clone() };
        let mut prepared = Prepared::new(app, partner_id.to_string(), partner_id, false, command);
        prepared.persons = persons;
        prepared.answer.insert("userId".to_owned(), json!(user_id));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for ChangePartnerUserRole {
    const NAME: &'static str = "ChangePartnerUserRole";
    const SUMMARY: &'static str = "Changes what a user of the partner may do.";
    const ROLES: Roles = roles::PARTNER;
    const RULES: &'static [&'static str] = &[];
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Partner> {
        let partner_id = request.caller.partner()?;
        let command = PartnerCommand::ChangeUserRole(self.clone());
        Ok(Prepared::new(app, partner_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for RemovePartnerUser {
    const NAME: &'static str = "RemovePartnerUser";
    const SUMMARY: &'static str = "Takes a person out of the users of the partner.";
    const ROLES: Roles = roles::PARTNER;
    const RULES: &'static [&'static str] = &[];
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Partner> {
        let partner_id = request.caller.partner()?;
        let command = PartnerCommand::RemoveUser(self.clone());
        Ok(Prepared::new(app, partner_id.to_string(), partner_id, false, command))
    }
}

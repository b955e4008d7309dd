//! `DefineMeter`.

use async_trait::async_trait;
use tenantry_domain::meter::{DefineMeter, Meter, MeterCommand};
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request};

#[async_trait]
impl UseCase for DefineMeter {
    const NAME: &'static str = "DefineMeter";
    const SUMMARY: &'static str =
        "Defines a meter: what is counted, and how; records that came before count from then on.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R5"];
    const TARGET: Option<&'static str> = Some("name");
    type Aggregate = Meter;

    async fn prepare(&self, app: &App, _: &Request, _: bool) -> Preparation<Meter> {
        let command = MeterCommand::Define(self.clone());
        Ok(Prepared::new(app, self.name.as_str(), TenantId::Platform, false, command))
    }
}

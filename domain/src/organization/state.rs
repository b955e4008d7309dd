//! What an organization is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    LicenseSet, LicenseState, OrganizationCommand, OrganizationCreated, OrganizationEvent,
    OrganizationRefusal,
};
use crate::catalogue::Package;
use crate::ids::{OrganizationId, PartnerId};
use crate::stream::{self, Decide};
use crate::values::{Country, Language, Name};

/// An organization; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// `None` until it is created.
    pub created: Option<Created>,
}

/// An organization that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// Its ID.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails.
    pub language: Option<Language>,
    /// The partner for which it was created.
    pub created_by: PartnerId,
    /// Its licenses, one for each package.
    pub licenses: BTreeMap<Package, License>,
}

/// The right to use a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    /// Whether it can be used.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    pub quantity: Option<u32>,
    /// The platform's name of it.
    pub license_id: String,
}

impl Organization {
    fn create(&self, event: OrganizationCreated) -> Result<Vec<OrganizationEvent>, OrganizationRefusal> {
        match &self.created {
            None => Ok(vec![event.into()]),
            Some(created) if created.is_as(&event) => Ok(vec![]),
            Some(created) => Err(OrganizationRefusal::AlreadyExists(created.id)),
        }
    }

    fn set_license(
        &self,
        package: Package,
        license: License,
    ) -> Result<Vec<OrganizationEvent>, OrganizationRefusal> {
        let created = self.created.as_ref().ok_or(OrganizationRefusal::NotFound(package))?;
        if created.licenses.get(&package) == Some(&license) {
            return Ok(vec![]);
        }
        let License { state, quantity, license_id } = license;
        let organization_id = created.id;
        Ok(vec![LicenseSet { organization_id, package, state, quantity, license_id }.into()])
    }
}

impl Created {
    fn is_as(&self, event: &OrganizationCreated) -> bool {
        self.id == event.organization_id
            && self.name == event.name
            && self.country == event.country
            && self.language == event.language
            && self.created_by == event.created_by
    }
}

impl Decide for Organization {
    fn decide(&self, command: OrganizationCommand) -> Result<Vec<OrganizationEvent>, OrganizationRefusal> {
        match command {
            OrganizationCommand::Create { id, name, country, language, created_by } => {
                self.create(OrganizationCreated { organization_id: id, name, country, language, created_by })
            }
            OrganizationCommand::SetLicense { package, state, quantity, license_id } => {
                self.set_license(package, License { state, quantity, license_id })
            }
        }
    }
}

impl Aggregate for Organization {
    const TYPE: &'static str = "organization";
    type Command = OrganizationCommand;
    type Event = OrganizationEvent;
    type Error = OrganizationRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: OrganizationCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), OrganizationRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: OrganizationEvent) {
        match event {
            OrganizationEvent::Created(created) => {
                let OrganizationCreated { organization_id, name, country, language, created_by } = created;
                let licenses = BTreeMap::new();
                self.created =
                    Some(Created { id: organization_id, name, country, language, created_by, licenses });
            }
            OrganizationEvent::LicenseSet(LicenseSet { package, state, quantity, license_id, .. }) => {
                if let Some(created) = &mut self.created {
                    created.licenses.insert(package, License { state, quantity, license_id });
                }
            }
        }
    }
}

//! What a decision about a customer must know of other streams and of the configuration.

use std::sync::Arc;

use super::CallingLocation;
use crate::ids::{PartnerId, TemplateId};
use crate::refusal::{Refusal, RefusalKind};
use crate::template::{ProvisioningId, Settings, Template};
use crate::values::{Address, Country, Name};

/// The template that a request names, as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateFacts {
    /// The template.
    pub template_id: TemplateId,
    /// Its provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// Its settings, which the customer keeps.
    pub settings: Settings,
    /// Whether customers can be created with it.
    pub active: bool,
}

impl TemplateFacts {
    /// Returns the facts of a partner's template; `None` if there is none or it is another partner's.
    pub fn of(template: &Template, partner_id: PartnerId) -> Option<Self> {
        let created = template.created.as_ref().filter(|created| created.partner_id == partner_id)?;
        Some(Self {
            template_id: created.id,
            provisioning_id: created.provisioning_id,
            settings: created.settings.clone(),
            active: template.is_active(),
        })
    }
}

/// The countries in which organizations can be created (R64, D15); configuration, cheap to clone.
#[derive(Debug, Clone, Default)]
pub enum OfferedCountries {
    /// Everywhere.
    #[default]
    All,
    /// In these.
    Only(Arc<[Country]>),
}

impl OfferedCountries {
    /// Refuses the address of a head office, and a place to call from, in a country where the service is not offered.
    pub(crate) fn check(
        &self,
        address: Option<&Address>,
        location: Option<&CallingLocation>,
    ) -> Result<(), CountryNotOffered> {
        let Self::Only(countries) = self else { return Ok(()) };
        let named = address.into_iter().chain(location.map(|location| &location.address));
        match named.map(|address| &address.country).find(|country| !countries.contains(country)) {
            Some(country) => Err(CountryNotOffered(country.clone())),
            None => Ok(()),
        }
    }
}

/// The service is not offered in a country (R64).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the service is not offered in country {}", .0.as_str())]
pub struct CountryNotOffered(pub Country);

impl Refusal for CountryNotOffered {
    fn code(&self) -> &'static str {
        "country_not_offered"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Rule
    }

    fn rules(&self) -> &'static [&'static str] {
        &["R64"]
    }

    fn remedies(&self) -> &'static [&'static str] {
        &["ask the operator in which countries the service is offered"]
    }
}

/// Tells whether a name can be that of a customer's company: it has no percent sign (R58).
pub(crate) fn is_company_name(name: &Name) -> bool {
    !name.as_str().contains('%')
}

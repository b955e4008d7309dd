//! What a decision about a customer must know of other streams and of the configuration.

use std::sync::Arc;

use crate::ids::{PartnerId, TemplateId};
use crate::template::{ProvisioningId, Settings, Template};
use crate::values::{Country, Name};

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
    /// Tells whether the service is offered in a country.
    pub fn includes(&self, country: &Country) -> bool {
        match self {
            Self::All => true,
            Self::Only(countries) => countries.contains(country),
        }
    }
}

/// Tells whether a name can be that of a customer's company: it has no percent sign (R58).
pub(crate) fn is_company_name(name: &Name) -> bool {
    !name.as_str().contains('%')
}

//! The ID by which callers name a template when they create a customer (R54, R88).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use uuid::Uuid;

use crate::ids::TemplateId;

/// A provisioning ID: the template's UUID, written in base64.
///
/// It says which template is meant and nothing else, so it is found without a lookup table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProvisioningId(TemplateId);

/// The error of a text that is not a provisioning ID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a provisioning ID: {0:?}")]
pub struct InvalidProvisioningId(String);

impl ProvisioningId {
    /// What every text form matches, as the published schema says.
    pub const PATTERN: &str = "^[A-Za-z0-9+/]{48}$";

    /// Returns the provisioning ID of a template.
    pub fn from_template(id: TemplateId) -> Self {
        Self(id)
    }

    /// Returns the template that it names.
    pub fn template_id(&self) -> TemplateId {
        self.0
    }
}

impl fmt::Display for ProvisioningId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD_NO_PAD.encode(self.0.uuid().to_string()))
    }
}

impl fmt::Debug for ProvisioningId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ProvisioningId {
    type Err = InvalidProvisioningId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = STANDARD_NO_PAD.decode(text).ok();
        let uuid = bytes.and_then(|bytes| Uuid::try_parse_ascii(&bytes).ok());
        uuid.map(|uuid| Self(TemplateId::from_uuid(uuid)))
            // One template has one spelling: a UUID in capitals or braces is another text.
            .filter(|id| id.to_string() == text)
            .ok_or_else(|| InvalidProvisioningId(text.to_owned()))
    }
}

impl TryFrom<String> for ProvisioningId {
    type Error = InvalidProvisioningId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProvisioningId> for String {
    fn from(id: ProvisioningId) -> Self {
        id.to_string()
    }
}

impl utoipa::PartialSchema for ProvisioningId {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom("provisioning-id".to_owned())))
            .pattern(Some(Self::PATTERN))
            .into()
    }
}

impl utoipa::ToSchema for ProvisioningId {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ProvisioningId")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r54_a_provisioning_id_leads_back_to_its_template() {
        let template = TemplateId::from_uuid(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0007));
        let text = ProvisioningId::from_template(template).to_string();
        assert_eq!(text, STANDARD_NO_PAD.encode("01930000-0000-7000-8000-000000000007"));
        assert_eq!(text.parse::<ProvisioningId>().map(|id| id.template_id()), Ok(template));
    }

    #[test]
    fn r54_another_spelling_is_not_a_provisioning_id() {
        for uuid in ["01930000000070008000000000000007", "0193000A-0000-7000-8000-000000000007", "nonsense"] {
            assert!(STANDARD_NO_PAD.encode(uuid).parse::<ProvisioningId>().is_err());
        }
        assert!("S-100".parse::<ProvisioningId>().is_err());
    }
}

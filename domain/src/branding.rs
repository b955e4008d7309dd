//! Branding: what the people of a customer see, the partner's or the organization's own (R110, R111).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::values::{Color, HttpsUrl, Name};

/// The advanced branding of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Branding {
    /// The name of the offer.
    pub brand_name: Name,
    /// Where its logo is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_url: Option<HttpsUrl>,
    /// Its color.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_color: Option<Color>,
}

/// Whose branding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BrandingSource {
    /// The partner's advanced branding.
    Advanced,
    /// The organization's basic branding.
    Basic,
    /// Nobody's.
    None,
}

impl BrandingSource {
    /// Chooses: advanced branding takes precedence (R110) unless the partner overrides it for the customer (R111).
    pub fn of(advanced: bool, basic: bool, overridden: bool) -> Self {
        if advanced && !overridden {
            Self::Advanced
        } else if basic {
            Self::Basic
        } else {
            Self::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BrandingSource::{self, Advanced, Basic, None};

    #[test]
    fn r110_r111_advanced_branding_wins_unless_it_is_overridden() {
        let chosen = [
            ((true, true, false), Advanced),
            ((true, true, true), Basic),
            ((true, false, false), Advanced),
            ((true, false, true), None),
            ((false, true, false), Basic),
            ((false, true, true), Basic),
            ((false, false, false), None),
            ((false, false, true), None),
        ];
        for ((advanced, basic, overridden), expected) in chosen {
            let chosen = BrandingSource::of(advanced, basic, overridden);
            assert_eq!(chosen, expected, "{advanced} {basic} {overridden}");
        }
    }
}

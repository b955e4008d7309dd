//! Values that hold no nonsense: countries, languages, e-mail addresses, postal addresses.
//!
//! Each has one check, which serde and the published schema (through its `format`) share.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

use crate::limits::{
    EXTENSION_DIGITS_MIN, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, PRICE_MAX, PRICE_SCALE_MAX, QUANTITY_MAX,
    QUANTITY_SCALE_MAX, TOKEN_CHARS_MAX,
};

/// A text was not a value of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidValue(pub &'static str);

macro_rules! text_values {
    ($($(#[$doc:meta])* $name:ident format $format:literal max $max:literal example $example:literal check $check:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(try_from = "String", into = "String")]
            pub struct $name(String);

            impl $name {
                /// Returns the text.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl TryFrom<String> for $name {
                type Error = InvalidValue;

                fn try_from(text: String) -> Result<Self, Self::Error> {
                    let check: fn(&str) -> Result<(), InvalidValue> = $check;
                    check(&text)?;
                    if text.chars().count() > $max {
                        return Err(InvalidValue(concat!("longer than ", $max, " characters")));
                    }
                    Ok(Self(text))
                }
            }

            impl std::str::FromStr for $name {
                type Err = InvalidValue;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    text.to_owned().try_into()
                }
            }

            impl From<$name> for String {
                fn from(value: $name) -> Self {
                    value.0
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!(stringify!($name), "({})"), self.0)
                }
            }

            impl utoipa::PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .format(Some(SchemaFormat::Custom($format.to_owned())))
                        .min_length(Some(1))
                        .max_length(Some($max))
                        .examples([$example])
                        .into()
                }
            }

            impl ToSchema for $name {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($name))
                }
            }
        )*

        /// The checks behind the `format` of published schemas, by its name.
        pub fn formats() -> Vec<(&'static str, fn(&str) -> Result<(), InvalidValue>)> {
            vec![$(($format, $check)),*]
        }
    };
}

text_values! {
    /// A country, ISO 3166-1 alpha-2 in capitals.
    Country format "country" max 2 example "DE" check |text| match rust_iso3166::from_alpha2(text) {
        Some(_) => Ok(()),
        None => Err(InvalidValue("not a country of ISO 3166-1; use its two capital letters, for example DE")),
    };
    /// A language, BCP 47 (`de`, `de-DE`); an underscore is taken for the hyphen.
    Language format "language" max 35 example "de-DE" check |text| {
        match oxilangtag::LanguageTag::parse(text.replace('_', "-")) {
            Ok(_) => Ok(()),
            Err(_) => Err(InvalidValue("not a language tag of BCP 47; use for example de or de-DE")),
        }
    };
    /// An e-mail address, RFC 5321.
    EmailAddress format "email" max 254 example "admin@customer.example" check |text| {
        match text.parse::<email_address::EmailAddress>() {
            Ok(_) => Ok(()),
            Err(_) => Err(InvalidValue("not an e-mail address; use for example admin@customer.example")),
        }
    };
    /// A time zone of the IANA database.
    TimeZone format "time-zone" max 64 example "Europe/Berlin" check |text| match jiff::tz::TimeZone::get(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(InvalidValue("not a time zone of the IANA database; use for example Europe/Berlin")),
    };
    /// A name that people read: not blank, without control characters.
    Name format "name" max 200 example "Example Retail" check |text| {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            Err(InvalidValue("a name has at least one visible character and no control characters"))
        } else {
            Ok(())
        }
    };
    /// A reason that people read: not blank, without control characters.
    Reason format "reason" max 500 example "the customer asked for it" check |text| {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            Err(InvalidValue("a reason has at least one visible character and no control characters"))
        } else {
            Ok(())
        }
    };
    /// A note to somebody: not blank, without control characters but line feeds.
    Note format "note" max 1000 example "please call in the morning" check |text| {
        if text.trim().is_empty() || text.chars().any(|c| c.is_control() && c != '\n') {
            Err(InvalidValue("a note has at least one visible character and no control characters but line feeds"))
        } else {
            Ok(())
        }
    };
    /// A telephone number, E.164: a plus sign and the digits, without spaces.
    PhoneNumber format "phone" max 16 example "+4930123456" check |text| match phonenumber::parse(None, text) {
        Ok(number) if number.is_valid() && number.format().mode(phonenumber::Mode::E164).to_string() == text => Ok(()),
        _ => Err(InvalidValue("not a telephone number of E.164; use for example +4930123456")),
    };
    /// A short number inside a customer: two to ten digits.
    Extension format "extension" max 10 example "1001" check |text| {
        if text.len() >= EXTENSION_DIGITS_MIN && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(())
        } else {
            Err(InvalidValue("an extension has two to ten digits; use for example 1001"))
        }
    };
    /// A URL of `https`, without a user.
    HttpsUrl format "https-url" max 2000 example "https://resale.example/logo.svg" check |text| match url::Url::parse(text) {
        Ok(url) if url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none() => Ok(()),
        _ => Err(InvalidValue("not a URL of https; use for example https://resale.example/logo.svg")),
    };
    /// A color, as in CSS: a hash and six hexadecimal digits.
    Color format "color" max 7 example "#1a6b3c" check |text| match text.strip_prefix('#') {
        Some(digits) if digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()) => Ok(()),
        _ => Err(InvalidValue("not a color; use a hash and six hexadecimal digits, for example #1a6b3c")),
    };
    /// The name of an e-mail domain, in small letters.
    DomainName format "domain" max 253 example "customer.example" check |text| {
        let is_small = !text.chars().any(char::is_uppercase);
        if is_small && text.contains('.') && email_address::EmailAddress::is_valid(&format!("a@{text}")) {
            Ok(())
        } else {
            Err(InvalidValue("not a domain name in small letters; use for example customer.example"))
        }
    };
    /// A line of an address.
    AddressLine format "address-line" max 50 example "1 Example Street" check |text| {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            Err(InvalidValue("an address line has at least one visible character and no control characters"))
        } else {
            Ok(())
        }
    };
    /// An identifier that a partner chose, for example its own customer number.
    ExternalId format "external-id" max 128 example "customer-17" check |text| {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            Err(InvalidValue("an external ID has at least one visible character and no control characters"))
        } else {
            Ok(())
        }
    };
    /// The name of a meter: small letters, digits, points, hyphens and underscores.
    MeterName format "meter" max 64 example "calls.minutes" check |text| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(allowed) {
            Ok(())
        } else {
            Err(InvalidValue(
                "a meter begins with a small letter and has small letters, digits, points, hyphens and underscores",
            ))
        }
    };
    /// A decimal number as text, without an exponent.
    Quantity format "quantity" max 32 example "12.5" check |text| match text.parse::<Decimal>() {
        Ok(number)
            if text.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte))
                && number.scale() <= QUANTITY_SCALE_MAX
                && number.abs() <= Decimal::from(QUANTITY_MAX) => Ok(()),
        _ => Err(InvalidValue(
            "a quantity is a decimal number in a text, for example \"12.5\", with at most 6 digits after the point and \
             up to a million million",
        )),
    };
    /// A price as decimal text, without a sign and an exponent.
    Price format "price" max 20 example "12.50" check |text| match text.parse::<Decimal>() {
        Ok(number)
            if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && number.scale() <= PRICE_SCALE_MAX
                && number <= Decimal::from(PRICE_MAX) => Ok(()),
        _ => Err(InvalidValue(
            "a price is a decimal number in a text, for example \"12.50\", not negative, with at most 4 digits after the \
             point and up to a thousand million",
        )),
    };
    /// A currency, ISO 4217 in capitals.
    Currency format "currency" max 3 example "EUR" check |text| match iso_currency::Currency::from_code(text) {
        Some(_) => Ok(()),
        None => Err(InvalidValue("not a currency of ISO 4217; use its three capital letters, for example EUR")),
    };
    /// The name of an identity provider: a SAML entity ID or the name of an `OpenID` Connect provider.
    EntityId format "entity-id" max 1024 example "https://idp.resale.example/metadata" check |text| {
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            Err(InvalidValue("an entity ID has at least one visible character and no control characters"))
        } else {
            Ok(())
        }
    };
}

/// A password that a person chose; never printed, never written.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(String);

impl Password {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Password {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if (PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&text.chars().count()) {
            Ok(Self(text))
        } else {
            Err(InvalidValue("a password has 12 to 128 characters"))
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Serialize for Password {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// A text that authorizes whoever shows it; never printed, never written.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Written as what it names, without the signature: that tells two apart, and authorizes nobody.
impl Serialize for Token {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.rsplit_once('.').map_or("", |(named, _)| named))
    }
}

impl utoipa::PartialSchema for Token {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(TOKEN_CHARS_MAX))
            .into()
    }
}

impl ToSchema for Token {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Token")
    }
}

impl utoipa::PartialSchema for Password {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::Custom("password".to_owned())))
            .min_length(Some(PASSWORD_CHARS_MIN))
            .max_length(Some(PASSWORD_CHARS_MAX))
            .into()
    }
}

impl ToSchema for Password {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Password")
    }
}

impl Quantity {
    /// Returns the number.
    pub fn decimal(&self) -> Decimal {
        self.0.parse().expect("it was checked when it was made")
    }
}

impl Price {
    /// Returns the number.
    pub fn decimal(&self) -> Decimal {
        self.0.parse().expect("it was checked when it was made")
    }
}

impl EmailAddress {
    /// Returns the form under which a person is found: lower case.
    ///
    /// The local part is case-sensitive by RFC 5321 alone; no provider in use keeps two mailboxes apart by case.
    pub fn normalized(&self) -> String {
        self.0.to_lowercase()
    }

    /// Returns the domain, in small letters.
    pub fn domain(&self) -> String {
        self.0.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default()
    }
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    pub address_line1: AddressLine,
    /// Building, floor, department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<AddressLine>,
    /// City.
    pub city: AddressLine,
    /// State or province, where the country has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_or_province: Option<AddressLine>,
    /// Postal code, where the country has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip_or_postal_code: Option<AddressLine>,
    /// Country.
    pub country: Country,
}

#[cfg(test)]
mod tests;

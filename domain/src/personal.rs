//! Values about a person: the only way one enters an event.
//!
//! A value is open while rules work on it, sealed wherever it is stored, and erased once the person's key is gone.
//! The sealing itself is a port; this module keeps the states apart (INV-PERSONAL).

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use crate::ids::PersonId;

/// A value about a person.
///
/// Serializing an open value is an error, so that none reaches a store by accident.
#[derive(Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// Readable, with the person it is about.
    Open {
        /// The person.
        subject: PersonId,
        /// The value.
        value: T,
    },
    /// Encrypted under the person's key.
    Sealed(Sealed),
    /// The person's key is gone, and with it the value.
    Erased,
    /// Left out of what a reader was given who may not see it.
    Withheld,
}

impl<T> Personal<T> {
    /// Makes an open value.
    pub fn open(subject: PersonId, value: T) -> Self {
        Self::Open { subject, value }
    }

    /// Returns the value if it is readable.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Open { value, .. } => Some(value),
            Self::Sealed(_) | Self::Erased | Self::Withheld => None,
        }
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { subject, .. } => write!(f, "Personal(open, {subject})"),
            Self::Sealed(sealed) => write!(f, "Personal(sealed, {})", sealed.subject),
            Self::Erased => f.write_str("Personal(erased)"),
            Self::Withheld => f.write_str("Personal(withheld)"),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Stored {
    Sealed(Sealed),
    Erased(bool),
    /// As a reader is shown it.
    Personal(Shown),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Shown {
    Withheld,
    Erased,
}

impl<T> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Open { subject, .. } => {
                Err(S::Error::custom(format!("a personal value of {subject} is not sealed")))
            }
            Self::Sealed(sealed) => Stored::Sealed(sealed.clone()).serialize(serializer),
            Self::Erased => Stored::Erased(true).serialize(serializer),
            Self::Withheld => Stored::Personal(Shown::Withheld).serialize(serializer),
        }
    }
}

impl<'de, T> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Sealed(sealed) => Self::Sealed(sealed),
            Stored::Erased(_) | Stored::Personal(Shown::Erased) => Self::Erased,
            Stored::Personal(Shown::Withheld) => Self::Withheld,
        })
    }
}

/// One schema whatever the value is: what derives write for types with parameters, which have no other way.
impl<T> utoipa::__dev::ComposeSchema for Personal<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let sealed = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "algorithm, person, generation of the key, and base64url of nonce and ciphertext",
            ))
            .pattern(Some(SEALED_PATTERN));
        let erased =
            ObjectBuilder::new().schema_type(Type::Boolean).description(Some("the person's key is gone"));
        ObjectBuilder::new()
            .description(Some("a value about a person, sealed under the person's key"))
            .property("sealed", sealed)
            .property("erased", erased)
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .into()
    }
}

impl<T> ToSchema for Personal<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Personal")
    }
}

/// What a sealed value looks like.
const SEALED_PATTERN: &str = r"^[A-Z0-9]+\.per_[0-7][0-9a-z]{25}\.[0-9]+\.[A-Za-z0-9_-]+$";

/// An encrypted value, written `algorithm.subject.generation.base64url(nonce and ciphertext)`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sealed {
    /// The person whose key opens it.
    pub subject: PersonId,
    /// Which of the person's keys.
    pub generation: u32,
    /// The name of the algorithm, for example `XC20P`.
    pub algorithm: String,
    /// Nonce and ciphertext in base64url, without padding.
    pub body: String,
}

/// The error of a text that is not a sealed value.
#[derive(Debug, thiserror::Error)]
#[error("not a sealed value of the form algorithm.subject.generation.body")]
pub struct InvalidSealed;

impl TryFrom<String> for Sealed {
    type Error = InvalidSealed;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.splitn(4, '.');
        let mut next = || parts.next().ok_or(InvalidSealed);
        let algorithm = next()?.to_owned();
        let subject = next()?.parse().map_err(|_| InvalidSealed)?;
        let generation = next()?.parse().map_err(|_| InvalidSealed)?;
        let body = next()?.to_owned();
        Ok(Self { subject, generation, algorithm, body })
    }
}

impl From<Sealed> for String {
    fn from(sealed: Sealed) -> Self {
        format!("{}.{}.{}.{}", sealed.algorithm, sealed.subject, sealed.generation, sealed.body)
    }
}

/// The error of sealing or opening a value: its text names no content.
#[derive(Debug, Clone, thiserror::Error)]
#[error("personal value of {subject}: {reason}")]
pub struct SealError {
    /// The person.
    pub subject: PersonId,
    /// What went wrong.
    pub reason: String,
}

/// Seals and opens bytes under the keys of persons, which it already holds.
pub trait Sealer {
    /// Encrypts bytes under the current key of a person.
    fn seal(&self, subject: PersonId, plain: &[u8]) -> Result<Sealed, SealError>;

    /// Decrypts a value; `None` when the person's key is gone.
    fn unseal(&self, sealed: &Sealed) -> Result<Option<Vec<u8>>, SealError>;
}

/// One place of an event or row that holds a personal value, whatever its type.
pub trait Slot {
    /// Returns the person that the value is about; `None` where it is erased or withheld.
    fn subject(&self) -> Option<PersonId>;

    /// Seals the value if it is open.
    fn seal(&mut self, sealer: &dyn Sealer) -> Result<(), SealError>;

    /// Opens the value if it is sealed; a missing key leaves it erased.
    fn unseal(&mut self, sealer: &dyn Sealer) -> Result<(), SealError>;

    /// Erases the value if it is about the person.
    fn erase(&mut self, person: PersonId);
}

impl<T: Serialize + DeserializeOwned> Slot for Personal<T> {
    fn subject(&self) -> Option<PersonId> {
        match self {
            Self::Open { subject, .. } => Some(*subject),
            Self::Sealed(sealed) => Some(sealed.subject),
            Self::Erased | Self::Withheld => None,
        }
    }

    fn seal(&mut self, sealer: &dyn Sealer) -> Result<(), SealError> {
        if let Self::Open { subject, value } = self {
            let plain = serde_json::to_vec(value)
                .map_err(|e| SealError { subject: *subject, reason: format!("cannot be written: {e}") })?;
            *self = Self::Sealed(sealer.seal(*subject, &plain)?);
        }
        Ok(())
    }

    fn unseal(&mut self, sealer: &dyn Sealer) -> Result<(), SealError> {
        if let Self::Sealed(sealed) = self {
            let subject = sealed.subject;
            *self = match sealer.unseal(sealed)? {
                None => Self::Erased,
                Some(plain) => {
                    let value = serde_json::from_slice(&plain)
                        .map_err(|_| SealError { subject, reason: "holds another type".to_owned() })?;
                    Self::Open { subject, value }
                }
            };
        }
        Ok(())
    }

    fn erase(&mut self, person: PersonId) {
        if Slot::subject(self) == Some(person) {
            *self = Self::Erased;
        }
    }
}

/// Lists the personal values of an event or row.
pub trait PersonalSlots {
    /// Calls `visit` with each slot, in the order of the fields.
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        let _ = visit;
    }
}

impl<T: Serialize + DeserializeOwned> PersonalSlots for Personal<T> {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(self);
    }
}

impl<T: PersonalSlots + ?Sized> PersonalSlots for Box<T> {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        (**self).visit_slots(visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_open_value_cannot_be_written() {
        let open = Personal::open(PersonId::from_uuid(Uuid::nil()), "secret".to_owned());
        let error = serde_json::to_string(&open).expect_err("must not be written").to_string();
        assert!(error.contains("is not sealed"));
        assert!(!format!("{open:?} {error}").contains("secret"));
    }

    #[test]
    fn a_sealed_value_keeps_its_text() {
        let text = format!(r#"{{"sealed":"XC20P.{}.1.AAAA"}}"#, PersonId::from_uuid(Uuid::nil()));
        let value: Personal<String> = serde_json::from_str(&text).expect("is a sealed value");
        assert_eq!(serde_json::to_string(&value).expect("is sealed"), text);
    }

    #[test]
    fn a_value_is_read_as_a_reader_was_shown_it() {
        let read = |text: &str| serde_json::from_str::<Personal<String>>(text);
        let withheld = read(r#"{"personal":"withheld"}"#).expect("was withheld");
        assert_eq!(withheld, Personal::Withheld);
        assert_eq!(serde_json::to_string(&withheld).expect("holds nothing"), r#"{"personal":"withheld"}"#);
        assert_eq!(read(r#"{"personal":"erased"}"#).expect("was erased"), Personal::Erased);
        assert!(read(r#"{"personal":"someone@customer.example"}"#).is_err());
    }

    #[test]
    fn a_value_is_erased_for_its_person_alone() {
        let person = |number| PersonId::from_uuid(Uuid::from_u128(number));
        let mut value = Personal::open(person(1), "value".to_owned());
        Slot::erase(&mut value, person(2));
        assert_eq!(value.value().map(String::as_str), Some("value"));
        Slot::erase(&mut value, person(1));
        assert_eq!(value, Personal::Erased);
        assert_eq!(serde_json::to_string(&value).expect("holds nothing"), r#"{"erased":true}"#);
    }
}

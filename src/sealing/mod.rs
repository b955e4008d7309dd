//! Keeps personal data unreadable at rest (INV-PERSONAL): one key for each person, wrapped by the configured key.
//!
//! Values are sealed with XChaCha20-Poly1305, whose nonces may be drawn at random for ever. Claims and fingerprints
//! are HMAC-SHA-256 under a key that belongs to the store, so that the wrapping key can be changed without touching
//! history.

mod persons;
mod ring;

pub use persons::{NewPersons, PERSON, PersonKeys, Persons};
pub use ring::{KeyRing, WrappingKey, WrongKey};

#[cfg(test)]
mod tests;

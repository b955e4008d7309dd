//! A person whom a tenant knows, from the moment on that nothing about the person may be kept.
//!
//! A person has no stream before: what is known stands in the events of others, sealed under the person's key. The
//! key, and the claim by which the person is found, go in the same commit as the event; that is for the root package.

mod actions;
mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{ErasePerson, PersonCommand};
pub use event::{ErasureOrdered, KnownPerson, PersonErased, PersonEvent};
pub use refusal::PersonRefusal;
pub use state::Person;

//! What a rule says when it says no.

use std::error::Error;

/// How a refusal stands to the request, and so which HTTP status it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The state of a thing does not allow it, now: 409.
    Conflict,
    /// A rule does not allow it: 422.
    Rule,
    /// The caller may not do it: 403.
    Forbidden,
    /// What the caller showed does not authorize: 401.
    Unauthenticated,
    /// The thing does not exist for the caller: 404.
    NotFound,
}

/// What can be done about a thing that is not there.
pub(crate) const LOOK_AGAIN: &[&str] = &["check the ID, and that the access key is one of its tenant"];

/// What can be done about a fresh ID that is taken.
pub(crate) const SEND_AGAIN: &[&str] = &["send the command again: it gets another fresh ID"];

/// Commands by their names, and whether they would be refused as things stand, whatever else their data says.
pub type Actions<R> = Vec<(&'static str, Result<(), R>)>;

/// One of several faults of what a caller sent, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedFault {
    /// Where in the data, as a JSON pointer.
    pub pointer: String,
    /// Stable code in snake case.
    pub code: &'static str,
    /// What is wrong.
    pub detail: String,
}

/// A rule's no, with what the caller needs to go on.
pub trait Refusal: Error {
    /// Returns the stable code in snake case, listed in `docs/api.md`.
    fn code(&self) -> &'static str;

    /// Returns how the refusal stands to the request.
    fn kind(&self) -> RefusalKind;

    /// Returns the rules that refused, for example `R34`.
    fn rules(&self) -> &'static [&'static str] {
        &[]
    }

    /// Returns every fault with its place, where the refusal is about several.
    fn faults(&self) -> Vec<PlacedFault> {
        Vec::new()
    }

    /// Returns what the caller can do about it: something, always.
    fn remedies(&self) -> &'static [&'static str];
}

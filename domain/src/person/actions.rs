//! What may be done with a person now; the same guard decides.

use super::{Person, PersonRefusal};
use crate::refusal::Actions;

impl Person {
    /// Tells which commands about the person would be refused; who is erased already can be erased again.
    pub fn actions(&self, known: bool) -> Actions<PersonRefusal> {
        vec![("ErasePerson", self.erasable(known))]
    }

    pub(super) fn erasable(&self, known: bool) -> Result<(), PersonRefusal> {
        if known || self.erased { Ok(()) } else { Err(PersonRefusal::NotFound) }
    }
}

//! What may be done with an access key now; the same guard decides.

use super::{AccessKey, AccessKeyRefusal, Issued};
use crate::refusal::Actions;

impl AccessKey {
    /// Tells which commands to it would be refused; one that is revoked already can be revoked again.
    pub fn actions(&self) -> Actions<AccessKeyRefusal> {
        vec![("RevokeKey", self.existing().map(drop))]
    }

    pub(super) fn existing(&self) -> Result<&Issued, AccessKeyRefusal> {
        self.issued.as_ref().ok_or(AccessKeyRefusal::NotFound)
    }
}

//! Why nobody is erased.

use crate::refusal::{Refusal, RefusalKind};

/// Why a command about a person is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonRefusal {
    /// Nobody by that ID or address is known where the caller may erase.
    #[error("nobody is known by that ID or address")]
    NotFound,
}

impl Refusal for PersonRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "person_not_found",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::NotFound => &[
                "check the ID or address, and that tenantId names the tenant that knows the person",
                "somebody who was erased is not found by the address any more",
            ],
        }
    }
}

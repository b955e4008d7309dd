//! Why a meter says no.

use crate::refusal::{Refusal, RefusalKind};
use crate::values::MeterName;

/// Why a command to a meter is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeterRefusal {
    /// Usage was counted by the definition that there is.
    #[error("meter {} is defined otherwise already", .0.as_str())]
    DefinedOtherwise(MeterName),
}

impl Refusal for MeterRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::DefinedOtherwise(_) => "meter_defined_otherwise",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::DefinedOtherwise(_) => RefusalKind::Conflict,
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::DefinedOtherwise(_) => &["define a meter of another name"],
        }
    }
}

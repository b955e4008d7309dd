//! The lines of a quote: what is offered, how much of it, for which price and how long.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::refusal::PlacedFault;
use crate::values::{Currency, Price};

/// A line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Line {
    /// The package.
    pub package: Package,
    /// How many units of it; where the package can be limited, the most that the customer may assign.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub quantity: u32,
    /// The price of one unit for the whole term.
    pub unit_price: Price,
    /// The currency of the price; one for all lines.
    pub currency: Currency,
    /// How long, in months.
    #[schema(minimum = 1, maximum = 120)]
    pub term_months: u32,
}

impl Line {
    /// Returns the price of all its units.
    pub fn amount(&self) -> Decimal {
        self.unit_price.decimal() * Decimal::from(self.quantity)
    }
}

/// Returns the price of all lines.
pub fn total_of(lines: &[Line]) -> Decimal {
    lines.iter().map(Line::amount).sum()
}

/// Returns the one currency of the lines.
pub fn currency_of(lines: &[Line]) -> Option<&Currency> {
    lines.first().map(|line| &line.currency)
}

/// What is wrong with the lines of a quote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// There is none.
    #[error("the quote has no line")]
    None,
    /// A package stands twice.
    #[error("line {0}: package {1} stands in an earlier line")]
    Duplicate(usize, Package),
    /// Another currency than that of the first line.
    #[error("line {0}: the currency is not {1}, that of the first line")]
    Currency(usize, String),
    /// No unit, or too many.
    #[error("line {0}: the quantity is out of range")]
    Quantity(usize),
    /// No month, or too many.
    #[error("line {0}: the term is out of range")]
    Term(usize),
    /// An add-on without any package that it works with, here or at the customer.
    #[error("line {0}: add-on {1} needs a base package, in another line or at the customer")]
    BaseMissing(usize, Package),
}

impl LineFault {
    /// Returns the fault with its place in the data.
    pub(super) fn placed(&self) -> PlacedFault {
        let (number, field, code) = match self {
            Self::None => (None, "", "empty"),
            Self::Duplicate(number, _) => (Some(number), "/package", "duplicate"),
            Self::Currency(number, _) => (Some(number), "/currency", "another_currency"),
            Self::Quantity(number) => (Some(number), "/quantity", "out_of_range"),
            Self::Term(number) => (Some(number), "/termMonths", "out_of_range"),
            Self::BaseMissing(number, _) => (Some(number), "/package", "base_package_missing"),
        };
        let line = number.map(|number| format!("/{}", number - 1)).unwrap_or_default();
        PlacedFault { pointer: format!("/lines{line}{field}"), code, detail: self.to_string() }
    }
}

/// All that is wrong with the lines of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFaults(pub Vec<LineFault>);

impl fmt::Display for LineFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&faults.join("; "))
    }
}

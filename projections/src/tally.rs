//! What usage comes to by each kind of meter.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use tenantry_domain::meter::MeterKind;

use crate::usage::{LastRecord, UsageRow};

/// All that any kind of meter counts by, over any rows: of a window, a group, a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// How many records there are.
    pub records: u64,
    /// How many corrections there are.
    pub corrections: u64,
    /// The sum of records and corrections.
    pub sum: Decimal,
    /// The greatest record.
    pub maximum: Option<Decimal>,
    /// The record of the latest time.
    pub last: Option<LastRecord>,
    /// The hashes of different keys.
    pub keys: BTreeSet<String>,
}

impl Tally {
    /// Takes in a row.
    pub fn take(&mut self, row: &UsageRow) {
        self.records += row.records;
        self.corrections += row.corrections;
        self.sum += row.sum;
        self.maximum = self.maximum.max(row.maximum);
        if let Some(later) = &row.last {
            let last = self.last.take().unwrap_or_else(|| later.clone());
            self.last = Some(last.later(later.clone()));
        }
        if let Some(hash) = &row.key_hash
            && !self.keys.contains(hash)
        {
            self.keys.insert(hash.clone());
        }
    }

    /// Returns what it comes to; none where there is no record that could be the greatest or last.
    pub fn value(&self, kind: MeterKind) -> Option<Decimal> {
        match kind {
            MeterKind::Sum => Some(self.sum.normalize()),
            MeterKind::Count => Some(Decimal::from(self.records)),
            MeterKind::UniqueCount => Some(Decimal::from(self.keys.len())),
            MeterKind::Maximum => self.maximum.map(|value| value.normalize()),
            MeterKind::Last => self.last.as_ref().map(|last| last.value.normalize()),
        }
    }
}

//! The adapters: plain SQL for each database, and nothing that both would have to say twice.

/// Declares statements, and lists them by name so that their plans can be looked at.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: &str = $sql;)*

        /// Every statement of this module, by name.
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $sql)),*];
    };
}

pub mod postgres;
pub mod sqlite;

mod copied;
mod erasing;
mod inspection;
mod rows;
mod view_sql;

pub use inspection::{Inspection, SchemaStep};

use tenantry_domain::evolution::STEPS;

/// The format of the stores that this version makes and reads.
const FORMAT: i32 = 1;

/// The format of a store that is being made as a copy of another: no version reads it before it is whole. Each attempt
/// lowers it by one, so that it is the attempt's fence as well.
const BEING_COPIED: i32 = 0;

/// What this version can read; a store names the lowest version that may read it. Each new version of an event raises
/// it: programs before cannot read that.
const READER_VERSION: i32 = 1 + STEPS.len() as i32;

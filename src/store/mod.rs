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

mod erasing;
mod inspection;
mod rows;
mod view_sql;

pub use inspection::{Inspection, SchemaStep};

/// The format of the stores that this version makes and reads.
const FORMAT: i32 = 1;

/// What this version can read; a store names the lowest version that may read it.
const READER_VERSION: i32 = 1;

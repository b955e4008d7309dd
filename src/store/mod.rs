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

/// The format of the stores that this version makes and reads.
const FORMAT: i32 = 1;

/// The format of a store that is being made as a copy of another: no version reads it before it is whole. Each attempt
/// lowers it by one, so that it is the attempt's fence as well.
const BEING_COPIED: i32 = 0;

/// What this version can read; a store names the lowest version that may read it. Each new version of an event raises
/// it: programs before cannot read that.
const READER_VERSION: i32 = 4;

#[cfg(test)]
mod tests {
    use tenantry_domain::evolution::STEPS;

    use super::READER_VERSION;

    #[test]
    fn each_new_version_of_an_event_raises_what_a_reader_must_know() {
        assert_eq!(usize::try_from(READER_VERSION), Ok(1 + STEPS.len()));
    }
}

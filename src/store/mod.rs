//! The adapters: plain SQL for each database, and nothing that both would have to say twice.

pub mod postgres;
pub mod sqlite;

mod rows;
mod view_sql;

/// The format of the stores that this version makes and reads.
const FORMAT: i32 = 1;

/// What this version can read; a store names the lowest version that may read it.
const READER_VERSION: i32 = 1;

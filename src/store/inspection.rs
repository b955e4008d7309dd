//! What a store says of itself before anything trusts it: for `tenantry doctor`.

use sqlx::migrate::Migrator;

/// A step of the schema: its version, and the checksum of its text.
pub type SchemaStep = (i64, Vec<u8>);

/// What a store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The database and its version.
    pub database: String,
    /// The settings that matter, as they are.
    pub settings: String,
    /// Whether a commit is durable under them.
    pub durable: bool,
    /// Whether it is a copy of another store that is not whole yet.
    pub being_copied: bool,
    /// The steps of the schema that were applied.
    pub applied: Vec<SchemaStep>,
    /// Those that this program has.
    pub known: Vec<SchemaStep>,
}

/// Lists the steps that this program has.
pub(super) fn known(migrations: &Migrator) -> Vec<SchemaStep> {
    migrations.iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect()
}

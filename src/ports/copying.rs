//! The rows of a store as they lie there, for carrying them into another store.
//!
//! What the rows mean, and which of them are carried, is for the one that carries them.

use async_trait::async_trait;

use crate::ports::StoreFault;

/// How the values of a column are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Number,
    /// A text.
    Text,
    /// JSON, of which the exact text is kept.
    Json,
    /// Bytes.
    Bytes,
}

/// A table that both databases have, under the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
    /// The columns by which rows are told apart and ordered.
    pub key: &'static [&'static str],
    /// Whether rows are only ever added.
    pub history: bool,
    /// Rows that are read and carried at a time.
    pub page: i64,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number.
    Number(i64),
    /// A text, or the text of JSON.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The values of a row, in the order of the table's columns.
pub type Row = Vec<Cell>;

/// What makes a store this one: its sealed hash key is drawn once, and goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The lowest version of a reader that may read it.
    pub reader_version_min: i32,
    /// The store's hash key, sealed under the wrapping key.
    pub wrapped_hash_key: String,
}

/// Which of the attempts to make a copy may write to it: the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence(pub i32);

/// How a store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// There is nothing yet.
    Empty,
    /// It is being made as a copy of another store.
    BeingCopied(Identity),
    /// It is a store that can be opened.
    Whole(Identity),
}

impl Table {
    /// Returns a key that is before those of all rows.
    pub fn beginning(&self) -> Row {
        let least = |(_, kind): &(&str, Kind)| match kind {
            Kind::Number => Cell::Number(i64::MIN),
            Kind::Text | Kind::Json => Cell::Text(String::new()),
            Kind::Bytes => Cell::Bytes(Vec::new()),
        };
        self.key_columns().map(|(_, column)| least(column)).collect()
    }

    /// Returns the key of a row.
    pub fn key_of(&self, row: &Row) -> Row {
        self.key_columns().map(|(place, _)| row[place].clone()).collect()
    }

    /// Lists the columns of the key with their places.
    pub fn key_columns(&self) -> impl Iterator<Item = (usize, &(&'static str, Kind))> {
        self.key.iter().map(|name| {
            let column = self.columns.iter().enumerate().find(|(_, (column, _))| column == name);
            column.expect("a key is made of columns")
        })
    }
}

/// Reads a store to carry its rows elsewhere.
#[async_trait]
pub trait CopySource: Send + Sync {
    /// Tells how the store stands.
    async fn standing(&self) -> Result<Standing, StoreFault>;

    /// Tells whether a server is at work on it.
    async fn is_in_use(&self) -> Result<bool, StoreFault>;

    /// Counts the rows of a table.
    async fn count(&self, table: &Table) -> Result<i64, StoreFault>;

    /// Reads at most `limit` rows after a key, in the order of their keys.
    async fn rows_after(&self, table: &Table, key: &Row, limit: i64) -> Result<Vec<Row>, StoreFault>;
}

/// Takes rows in. A writer names its fence, and is refused when another copy has taken over or has finished.
#[async_trait]
pub trait CopyTarget: CopySource {
    /// Marks a store in which there is nothing as a copy of another, which keeps servers from it.
    async fn begin(&self, identity: &Identity) -> Result<(), StoreFault>;

    /// Shuts out whoever wrote to the copy before; returns the fence of the new writer.
    async fn take_over(&self) -> Result<Fence, StoreFault>;

    /// Finds the last key of a table.
    async fn last_key(&self, table: &Table) -> Result<Option<Row>, StoreFault>;

    /// Removes all rows of a table that is no history.
    async fn clear(&self, fence: Fence, table: &Table) -> Result<(), StoreFault>;

    /// Adds rows in one transaction.
    async fn put(&self, fence: Fence, table: &Table, rows: &[Row]) -> Result<(), StoreFault>;

    /// Makes it a store that can be opened.
    async fn finish(&self, fence: Fence) -> Result<(), StoreFault>;
}

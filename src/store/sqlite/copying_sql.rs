//! The statements of copies. The names of tables and columns are constants of the program, never input.

use crate::ports::Table;
use crate::store::copied::columns;

pub(super) const META_TABLE: &str =
    "select count(*) from sqlite_schema where type = 'table' and name = 'meta'";

pub(super) const META: &str = "select format, reader_version_min, wrapped_hash_key from meta";

pub(super) const FORMAT_NOW: &str = "select format from meta";

pub(super) const BEGIN_COPY: &str = "
insert into meta (singleton, format, reader_version_min, wrapped_hash_key) values (1, ?1, ?2, ?3)";

pub(super) const TAKE_OVER: &str = "update meta set format = format - 1 where format <= ?1 returning format";

pub(super) const FINISH_COPY: &str = "update meta set format = ?1 where format = ?2";

/// Returns the statement that reads a page of a table: the values of the key before it, and how many rows.
pub(super) fn rows_after(table: &Table) -> String {
    let (columns, key, marks) = (columns(table), table.key.join(", "), marks(table.key.len()));
    format!("select {columns} from {} where ({key}) > {marks} order by {key} limit ?", table.name)
}

/// Returns the statement that finds the last key of a table.
pub(super) fn last_key(table: &Table) -> String {
    let (key, backwards) = (table.key.join(", "), format!("{} desc", table.key.join(" desc, ")));
    format!("select {key} from {} order by {backwards} limit 1", table.name)
}

/// Returns the statement that writes some rows: their values, one after the other.
pub(super) fn put(table: &Table, rows: usize) -> String {
    let rows = vec![marks(table.columns.len()); rows].join(", ");
    format!("insert into {} ({}) values {rows}", table.name, columns(table))
}

fn marks(count: usize) -> String {
    format!("({})", vec!["?"; count].join(", "))
}

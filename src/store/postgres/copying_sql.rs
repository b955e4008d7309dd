//! The statements of copies. The names of tables and columns are constants of the program, never input.

use crate::ports::{Kind, Table};
use crate::store::copied::columns;

pub(super) const META_TABLE: &str = "select to_regclass('meta')::text";

pub(super) const META: &str = "select format, reader_version_min, wrapped_hash_key from meta";

pub(super) const FORMAT_NOW: &str = "select format from meta";

/// Held until the end of the transaction: a copy cannot be finished while another writes to it.
pub(super) const HOLD_FORMAT: &str = "select format from meta for update";

pub(super) const BEGIN_COPY: &str = "
insert into meta (format, reader_version_min, wrapped_hash_key) values ($1, $2, $3)";

pub(super) const TAKE_OVER: &str = "update meta set format = format - 1 where format <= $1 returning format";

pub(super) const FINISH_COPY: &str = "update meta set format = $1 where format = $2";

/// Whether a lease has not ended: a server that stops gives back its own.
pub(super) const LEASED: &str = "
select exists (
    select 1 from projections where lease_until > (extract(epoch from clock_timestamp()) * 1000)::bigint
    union all
    select 1 from tasks where lease_until > (extract(epoch from clock_timestamp()) * 1000)::bigint)";

/// Returns the statement that reads a page of a table: the values of the key before it, and how many rows.
///
/// Rows are ordered by the columns themselves, which an index has, and not by what is made of them for the wire.
pub(super) fn rows_after(table: &Table) -> String {
    let read = table.columns.iter().map(|(name, kind)| match kind {
        Kind::Number => format!("t.{name}::bigint"),
        Kind::Json => format!("t.{name}::text"),
        Kind::Text | Kind::Bytes => format!("t.{name}"),
    });
    let read = read.collect::<Vec<_>>().join(", ");
    let before = table.key_columns().zip(1..).map(|((_, (_, kind)), n)| format!("${n}::{}", sent(*kind)));
    let (key, before) = (key(table, ""), before.collect::<Vec<_>>().join(", "));
    let limit = table.key.len() + 1;
    format!("select {read} from {} t where ({key}) > ({before}) order by {key} limit ${limit}", table.name)
}

/// Returns the statement that finds the last key of a table.
pub(super) fn last_key(table: &Table) -> String {
    let read = table.key_columns().map(|(_, (name, kind))| format!("t.{name}::{}", sent(*kind)));
    let read = read.collect::<Vec<_>>().join(", ");
    format!("select {read} from {} t order by {} limit 1", table.name, key(table, " desc"))
}

/// Lists the columns of the key, each with what follows it.
fn key(table: &Table, with: &str) -> String {
    table.key.iter().map(|name| format!("t.{name}{with}")).collect::<Vec<_>>().join(", ")
}

/// Returns the statement that writes rows, given as an array for each column.
pub(super) fn put(table: &Table) -> String {
    let (names, name) = (columns(table), table.name);
    let written = table.columns.iter().map(|(name, kind)| match kind {
        Kind::Json => format!("r.{name}::json"),
        Kind::Number | Kind::Text | Kind::Bytes => format!("r.{name}"),
    });
    let arrays = table.columns.iter().zip(1..).map(|((_, kind), n)| format!("${n}::{}[]", sent(*kind)));
    let (written, arrays) = (written.collect::<Vec<_>>().join(", "), arrays.collect::<Vec<_>>().join(", "));
    format!("insert into {name} ({names}) select {written} from unnest({arrays}) as r ({names})")
}

/// The type under which values of a kind go over the wire.
fn sent(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "bigint",
        Kind::Text | Kind::Json => "text",
        Kind::Bytes => "bytea",
    }
}

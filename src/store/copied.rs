//! What both adapters say and make of rows that are carried.

use super::BEING_COPIED;
use super::rows::checked_meta;
use crate::ports::{Fence, Identity, Standing, StoreFault, Table};

/// Says how a store stands by its format, its lowest reader and its sealed hash key.
pub(super) fn standing(meta: Option<(i32, i32, String)>) -> Result<Standing, StoreFault> {
    let Some((format, reader_version_min, wrapped_hash_key)) = meta else { return Ok(Standing::Empty) };
    if is_half(format) {
        return Ok(Standing::BeingCopied(Identity { reader_version_min, wrapped_hash_key }));
    }
    let wrapped_hash_key = checked_meta((format, reader_version_min, wrapped_hash_key))?;
    Ok(Standing::Whole(Identity { reader_version_min, wrapped_hash_key }))
}

/// Tells whether there may be a half of a store only.
pub(super) fn is_half(format: i32) -> bool {
    format <= BEING_COPIED
}

/// Refuses to open a store of which there may be a half only.
pub(super) fn refuse_half(format: i32) -> Result<(), StoreFault> {
    if !is_half(format) {
        return Ok(());
    }
    Err(StoreFault::Unsafe(
        "it is being copied from another store and not whole yet; give the same `tenantry store copy` again, which goes \
         on where it broke off"
            .to_owned(),
    ))
}

/// Refuses to write to a store that another copy has taken over, or has finished: a server may be at work on it.
pub(super) fn refuse_other(format: Option<i32>, fence: Fence) -> Result<(), StoreFault> {
    match format {
        Some(format) if format == fence.0 => Ok(()),
        Some(format) if is_half(format) => {
            Err(StoreFault::InUse("another `tenantry store copy` has taken the copy over".to_owned()))
        }
        Some(_) | None => {
            Err(StoreFault::InUse("another `tenantry store copy` has finished the copy".to_owned()))
        }
    }
}

/// Lists the columns of a table as they are named in a statement.
pub(super) fn columns(table: &Table) -> String {
    table.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The statement that counts the rows of a table.
pub(super) fn count(table: &Table) -> String {
    format!("select count(*) from {}", table.name)
}

/// The statement that empties a table.
pub(super) fn clear(table: &Table) -> String {
    format!("delete from {}", table.name)
}

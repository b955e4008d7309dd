//! Puts the name of a generation's table into a statement.

use crate::ports::Generation;

/// Replaces `{table}`; the name is a view's constant name and a number, never input.
pub(super) fn with_table(statement: &str, generation: Generation) -> String {
    statement.replace("{table}", &format!("view_{}_{}", generation.view, generation.number))
}

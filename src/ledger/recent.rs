//! The records of the latest commands, in memory.
//!
//! A repeated key is mostly a retry of a moment ago; answering it from here spares the batch it would be in a conflict.
//! What is no longer here is found in the store.

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, UnitWeighter};

use crate::limits::RECENT_COMMANDS_MAX;
use crate::ports::{CommandKey, CommandRecord};

/// Records by their keys.
pub(super) type Recent = Cache<CommandKey, CommandRecord>;

/// Makes room for records. What counts is how late one came, not how often it was asked for.
pub(super) fn recent_commands() -> Recent {
    let options = OptionsBuilder::new()
        .estimated_items_capacity(RECENT_COMMANDS_MAX)
        .weight_capacity(RECENT_COMMANDS_MAX as u64)
        .hot_allocation(0.0)
        .ghost_allocation(0.0)
        .build()
        .expect("both capacities are given");
    Recent::with_options(options, UnitWeighter, DefaultHashBuilder::default(), DefaultLifecycle::default())
}

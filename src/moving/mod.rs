//! Carries a whole store into another one, of the same or the other kind of database, and proves that nothing is lost.
//!
//! Knows tables and the order in which they go; what can be read and written is behind ports.

mod copy;
mod digest;
mod tables;

pub use copy::{Copy, CopyFault, Stage, may_take};
pub use digest::Compared;
pub use tables::{LEFT, TABLES};

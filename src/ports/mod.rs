//! What the application asks of the world; adapters in `store` and `connectors` answer.

mod clock;
mod ledger;

pub use clock::{Clock, Ids};
pub use ledger::{
    AggregateKey, Appended, Batch, ClaimKey, ClaimTaken, CommandKey, CommandRecord, Head, Hints, KeyStore,
    Ledger, NewClaim, NewCommand, NewEvent, NewTenant, Settled, StoreFault, WrappedKey,
};

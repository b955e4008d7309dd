//! What the tests stand on: a fresh store for each test on either database, servers over it, and ways to reach under
//! them.

mod audit;
mod clock;
mod commands;
mod database;
mod probe;
mod raw;
mod server;

use std::time::Duration;

pub(crate) use audit::{Acknowledged, assert_sound, assert_whole, dump};
pub(crate) use clock::SteppingClock;
pub(crate) use commands::{
    claim, claim_key, command, create_organization, email, organization, partner, person, set_license,
    tenant, with_body,
};
pub(crate) use database::Store;
pub(crate) use probe::{Fault, Probe};
pub(crate) use raw::Raw;
pub(crate) use server::{Opening, Server};

/// How long a test may wait before something is taken to wait for ever; machines are shared, and some are slow.
pub(crate) const TEST_PATIENCE: Duration = Duration::from_mins(3);

/// Runs each contract test, an `async fn(&Store)`, on a fresh store of either database.
macro_rules! on_both_databases {
    (@on $database:ident: $($name:ident),+) => {
        on_both_databases!(@on $database within $crate::harness::TEST_PATIENCE => $($name),+);
    };
    (@on $database:ident within $patience:expr => $($name:ident),+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let store = $crate::harness::Store::$database().await;
            tokio::time::timeout($patience, super::$name(&store))
                .await
                .expect("nothing waits for ever");
            store.close().await;
        }
    )+};
    (within $patience:expr => $($name:ident),+ $(,)?) => {
        mod sqlite {
            on_both_databases!(@on sqlite within $patience => $($name),+);
        }
        mod postgres {
            on_both_databases!(@on postgres within $patience => $($name),+);
        }
    };
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            on_both_databases!(@on sqlite: $($name),+);
        }
        mod postgres {
            on_both_databases!(@on postgres: $($name),+);
        }
    };
}

/// Runs each test, an `async fn(&Store)`, on a fresh store of one database.
macro_rules! on_one_database {
    ($database:ident: $($name:ident),+ $(,)?) => {
        mod $database {
            on_both_databases!(@on $database: $($name),+);
        }
    };
}

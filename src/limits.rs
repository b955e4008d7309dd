//! The bounds of the server, each with its unit and reason (INV-BOUND).

use std::time::Duration;

/// The one log of a store for now; see `docs/adr/0002-one-log-many-later.md`.
pub const LOG: i32 = 0;

/// Commands in one commit: beyond it a batch costs latency and brings no more throughput.
pub const COMMIT_BATCH_COMMANDS_MAX: usize = 512;

/// Bytes of payload and metadata in one commit: keeps one statement well below a database's packet limits.
pub const COMMIT_BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Commands that wait for a committer; a full queue answers 503.
pub const COMMIT_QUEUE_COMMANDS_MAX: usize = 4096;

/// Rounds of settling a batch after conflicts before its commands go one by one.
pub const COMMIT_SETTLE_ROUNDS: usize = 3;

/// How long a committer tries to learn the outcome of a commit whose connection was lost.
pub const COMMIT_RECOVERY: Duration = Duration::from_secs(5);

/// The pause between two attempts to reach a store that is away.
pub const STORE_RETRY_PAUSE: Duration = Duration::from_millis(100);

/// Decisions of one command before it is given up as contended.
pub const DECISIONS_MAX: usize = 16;

/// Turns of aggregates; two aggregates that share one wait for each other, which costs latency and nothing else.
pub const TURN_STRIPES: usize = 16 * 1024;

/// Bytes of cached aggregates, counted by the events they were folded from.
pub const AGGREGATE_CACHE_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Persons whose keys are kept in memory.
pub const PERSON_CACHE_ITEMS_MAX: usize = 50_000;

/// Committed batches kept in memory for readers; a reader further behind reads pages.
pub const FEED_BATCHES_MAX: usize = 1024;

/// Events in one page of the log.
pub const FEED_PAGE_EVENTS_MAX: i64 = 1000;

/// How often a server on a shared store looks for events of other servers when nothing woke it.
pub const FEED_POLL: Duration = Duration::from_millis(500);

/// Connections of a server to PostgreSQL for reading, besides the committer's.
pub const READ_CONNECTIONS_MAX: u32 = 16;

/// How long a request waits for a free connection.
pub const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// Connections that read a SQLite file; more only compete for the same page cache.
pub const SQLITE_READERS_MAX: u32 = 4;

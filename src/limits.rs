//! The bounds of the server, each with its unit and reason (INV-BOUND).

use std::time::Duration;

/// The one log of a store for now; see `docs/adr/0002-one-log-many-later.md`.
pub const LOG: i32 = 0;

/// Commands in one commit: beyond it a batch costs latency and brings no more throughput.
pub const COMMIT_BATCH_COMMANDS_MAX: usize = 512;

/// Bytes of payload and metadata in one commit: keeps one statement well below a database's packet limits.
pub const COMMIT_BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Requests that wait for a committer, mostly of one command each; a full queue answers 503.
pub const COMMIT_QUEUE_COMMANDS_MAX: usize = 4096;

/// Commands to one stream that are written together: half a commit, so that others have their place in it.
pub const COMMANDS_TOGETHER_MAX: usize = COMMIT_BATCH_COMMANDS_MAX / 2;

/// Rounds of settling a batch after conflicts before its commands go one by one.
pub const COMMIT_SETTLE_ROUNDS: usize = 3;

/// Batches that are settled before they are written, after one met a key that was used before.
pub const COMMIT_WARY_BATCHES: usize = 64;

/// How long a batch may take with all its attempts, before what is left of it is given up.
pub const COMMIT_DEADLINE: Duration = Duration::from_secs(30);

/// How long a committer tries to learn the outcome of a commit whose connection was lost.
pub const COMMIT_RECOVERY: Duration = Duration::from_secs(5);

/// The pause between two attempts to reach a store that is away.
pub const STORE_RETRY_PAUSE: Duration = Duration::from_millis(100);

/// Records of the latest commands that a committer keeps in memory: seconds of the highest rate, some 30 MB.
pub const RECENT_COMMANDS_MAX: usize = 64 * 1024;

/// Decisions of one command before it is given up as contended.
pub const DECISIONS_MAX: usize = 16;

/// Turns of aggregates; two aggregates that share one wait for each other, which costs latency and nothing else.
pub const TURN_STRIPES: usize = 16 * 1024;

/// Bytes of cached aggregates, counted by the events they were folded from.
pub const AGGREGATE_CACHE_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Tenants that are asked about at once for somebody who is to be erased in all of them.
pub const TENANTS_PAGE: i64 = 1000;

/// Objects of a tenant that are listed at once for a process.
pub const OBJECTS_PAGE: i64 = 500;

/// Persons whose keys are kept in memory.
pub const PERSON_CACHE_ITEMS_MAX: usize = 50_000;

/// Bytes of committed events kept in memory for readers; a reader further behind reads pages.
pub const FEED_BYTES_MAX: usize = 32 * 1024 * 1024;

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

/// KiB of pages that the connection which writes a SQLite file keeps: the inner pages of the indexes of tens of millions
/// of events.
pub const SQLITE_WRITER_CACHE_KIB: u32 = 64 * 1024;

/// Pages in the WAL of a SQLite file before they are copied into it: the more, the less often a page is copied.
pub const SQLITE_WAL_PAGES: u32 = 8 * 1024;

/// How long a server holds a view, process or task without renewing its lease: so long is nobody at work after a crash.
/// One that is slower than that is fenced off, which costs it a step and nothing else.
pub const LEASE_MS: i64 = 6_000;

/// How often leases are renewed or tried for; two renewals may be late before one is lost.
pub const LEASE_RENEWAL: Duration = Duration::from_secs(2);

/// Effects that a server performs side by side.
pub const TASKS_RUNNING_MAX: usize = 32;

/// How often a worker looks for due tasks when nothing woke it.
pub const TASK_POLL: Duration = Duration::from_millis(250);

/// How long one effect may take; its lease is renewed meanwhile.
pub const EFFECT_TIMEOUT: Duration = Duration::from_millis(7_500);

/// Attempts of a task before its failure becomes an event.
pub const TASK_ATTEMPTS_MAX: i32 = 8;

/// The first pause before a task is tried again; it doubles each time.
pub const TASK_BACKOFF_MS: i64 = 200;

/// The longest pause before a task is tried again.
pub const TASK_BACKOFF_MS_MAX: i64 = 60_000;

/// How long a decision waits for the view that says where a person is known: longer than a read, because the caller has
/// to send the command again otherwise.
pub const WHEREABOUTS_WAIT: Duration = Duration::from_secs(20);

/// How long a read waits for its view to reach `minPosition`.
pub const READ_WAIT: Duration = Duration::from_secs(5);

/// How often a server that does not run the projector looks how far views have come.
pub const READ_POLL: Duration = Duration::from_millis(50);

/// Rows in one page of a list, unless the caller asks for fewer or more.
pub const PAGE_ROWS: i64 = 50;

/// The most rows in one page of a list.
pub const PAGE_ROWS_MAX: i64 = 500;

/// Rows compared at a time when a view is verified.
pub const VERIFY_ROWS: i64 = 500;

/// Differences that are named when a view is compared; more only repeat the finding.
pub const DIFFERENCES_MAX: usize = 20;

/// Rows of a view that are read at a time to be hashed: a tenant of this size or less is read in one moment.
pub const DIGEST_ROWS: i64 = 2000;

/// How often a view that moves is read again to find it at rest.
pub const DIGEST_PASSES_MAX: usize = 5;

/// Digests and replays that run at once on a server: each reads a whole view, a replay the log too.
pub const AUDITS_RUNNING_MAX: usize = 4;

/// Replays that a server keeps, with their rows in temporary files; one more drops the oldest that has ended.
pub const REPLAYS_KEPT_MAX: usize = 16;

/// How long a replay is kept after its end.
pub const REPLAY_KEPT: Duration = Duration::from_mins(10);

/// Lists of moments that are folded at once on a server: each reads events of a tenant, or of all.
pub const MOMENTS_FOLDED_MAX: usize = 4;

/// Copies of views at a moment that a server keeps, in temporary files, for the next pages of their lists.
pub const MOMENT_COPIES_MAX: usize = 8;

/// Events that a list at a moment may fold: some seconds of work; beyond them a replay does it in the background.
pub const MOMENT_EVENTS_MAX: i64 = 500_000;

/// Positions of the log that a list over all tenants may look through for the events that it folds: some ten seconds.
pub const MOMENT_POSITIONS_MAX: i64 = 10_000_000;

/// Positions that are looked through at a time: should all of them be wanted, some megabytes.
pub const MOMENT_POSITIONS_READ: i64 = 10_000;

/// Streams that are read at a time for rows of a moment: organizations with thousands of members stay some megabytes.
pub const MOMENT_STREAMS_READ: usize = 20;

/// The pause before a reader of the log tries again after a fault.
pub const READER_RETRY_PAUSE: Duration = Duration::from_millis(500);

/// Pages of the log that one request of an operator looks through for matching events.
pub const HISTORY_SCAN_PAGES_MAX: usize = 20;

/// Bytes of a request's body.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of a body of many commands: some thousands of full-grown ones.
pub const BATCH_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Commands in one body: with their answers they stay in memory until the last is done.
pub const BATCH_LINES_MAX: usize = 10_000;

/// Commands of one body that run side by side: enough to fill commits, and few enough to leave others their turn.
pub const BATCH_LINES_RUNNING_MAX: usize = 256;

/// Bodies of many commands that are read and carried out at once; each may hold its bytes several times over, and all of
/// them together leave room in the queue of commits.
pub const BATCHES_RUNNING_MAX: usize = 8;

/// Usage records in one body.
pub const USAGE_RECORDS_MAX: usize = 1000;

/// Rows of usage that are read at a time: large enough that a month is few reads.
pub const USAGE_ROWS_PAGE: i64 = 2_000;

/// The most rows of usage that one request counts: some seconds of work.
pub const USAGE_ROWS_READ_MAX: usize = 400_000;

/// How often one request about usage leaves out rows that are not wanted, twice for each organization at most: some
/// seconds of work.
pub const USAGE_JUMPS_MAX: usize = 5_000;

/// Rows of usage that are read first after others were left out: few, because the next ones may be unwanted too.
pub const USAGE_ROWS_AFTER_JUMP: i64 = 32;

/// The most lines of one table of usage; a table of all is read page by page.
pub const SHEET_LINES_MAX: i64 = 10_000;

/// The most that a billing report keeps in memory: cells that have something new to say, and keys of unique counts in
/// them; each is some hundred bytes.
pub const REPORT_ROOM_MAX: usize = 500_000;

/// How many events a billing report reads before it tells how far it is.
pub const REPORT_ADVANCE_EVENTS: i64 = 25_000;

/// How much further it is then at least, in percent: so it tells at most twenty times.
pub const REPORT_ADVANCE_PERCENT: u8 = 5;

/// The longest file of a billing report, in bytes.
pub const REPORT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The longest part of a file that is kept in one row, in bytes.
pub const REPORT_PART_BYTES: usize = 256 * 1024;

/// After how many lines the writing of a report lets others work.
pub const REPORT_PAUSE_LINES: usize = 1_000;

/// How long the link to a report's file is valid, in microseconds: 15 minutes, enough to follow it and too short to pass
/// it on.
pub const REPORT_LINK_US: i64 = 15 * 60 * 1_000_000;

/// Usage records of one body that are taken side by side.
pub const USAGE_RECORDS_RUNNING_MAX: usize = 256;

/// Customers that are remembered by their organization.
pub const CUSTOMERS_CACHED_MAX: usize = 50_000;

/// How long work in flight may take to finish once the server is told to stop.
pub const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(10);

/// Event streams that are open at once; each holds a connection and reads its own pages.
pub const STREAMS_MAX: usize = 1000;

/// How long an open stream may go on under a key before the key is looked at again.
pub const STREAM_CHECK: Duration = Duration::from_secs(5);

/// How often samples of histograms are summed up.
pub const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// How long one commit may take before its connection is given up and its outcome read back.
pub const COMMIT_PATIENCE: Duration = Duration::from_secs(10);

/// How long the command line waits for a server to take its connection.
pub const CLIENT_CONNECT: Duration = Duration::from_secs(5);

/// How long a stream of events may be silent before the command line takes its connection for broken: a server says
/// something every 15 s.
pub const CLIENT_SILENCE: Duration = Duration::from_secs(45);

/// The first pause before the command line takes up a broken stream again; it doubles each time.
pub const CLIENT_RESUME_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause before the command line takes up a broken stream again: what a person waits for without a doubt.
pub const CLIENT_RESUME_PAUSE_MAX: Duration = Duration::from_secs(30);

/// How often the command line looks whether a rebuilt view is live.
pub const CLIENT_POLL: Duration = Duration::from_millis(200);

/// How long a session of a person lasts, in microseconds: a working day.
pub const SESSION_US: i64 = 12 * 60 * 60 * 1_000_000;

/// Organizations that are found by one address: nobody administers more of them by hand.
pub const FOUND_ORGANIZATIONS_MAX: i64 = 50;

/// Searches of the directory by an address, of one tenant in a minute on one server: more than a person makes, and too
/// few to try addresses out.
pub const SEARCHES_A_MINUTE_MAX: u32 = 30;

/// Attempts to sign in under one address of one organization, in a minute on one server: more than somebody mistypes.
pub const SIGN_INS_A_MINUTE_MAX: u32 = 10;

/// Passwords that are hashed at once to sign in, and as many to be kept: each takes some 20 MB and tens of milliseconds
/// of a core.
pub const PASSWORDS_HASHED_MAX: usize = 4;

/// How long a password waits for its turn to be hashed: some hundred are ahead of it by then.
pub const PASSWORD_WAIT: Duration = Duration::from_secs(5);

/// How far the clock of a demonstration can be moved ahead in all, in microseconds: ten years.
pub const DEMO_CLOCK_AHEAD_US_MAX: i64 = 10 * 366 * 24 * 60 * 60 * 1_000_000;

/// How long one part of the sample may take to come about before the start is given up: machines can be slow.
pub const SAMPLE_PATIENCE: Duration = Duration::from_mins(1);

/// Rows of a table that are carried to another store in one transaction: enough to make a sync cheap, and where rows are
/// at most some kilobytes, few enough that two pages of them are some megabytes.
pub const COPY_ROWS: i64 = 2000;

/// The same where a row is a part of a file: two pages are at most 8 MiB.
pub const COPY_PARTS: i64 = 16;

/// Values in one statement of SQLite that carries rows: well below its bound of 32,766.
pub const SQLITE_VALUES_MAX: usize = 3000;

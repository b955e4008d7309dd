-- What readers of the ledger keep: how far each view and process has come, the processes' state and their tasks.
--
-- A view's rows are in tables of their own, one set for each generation, made by the server when it needs them.

create table projections (
    name text not null,
    generation integer not null,
    log integer not null,
    position integer not null,
    -- raised by each new holder of the lease; a write under an older fence is refused
    fence integer not null,
    lease_owner text not null,
    lease_until integer not null,
    -- live, building or failed
    state text not null,
    error text,
    primary key (name, generation, log)
) strict;

create table process_state (
    process text not null,
    process_id text not null,
    log integer not null,
    state text not null,
    position integer not null,
    primary key (process, process_id, log)
) strict;

-- What is to be done; what is done is deleted, because its report is in the ledger.
create table tasks (
    task_id text not null,
    log integer not null,
    tenant_id text not null,
    process text not null,
    kind text not null,
    payload text not null,
    -- metadata of the event that caused it: correlation, tracking ID
    origin text not null,
    attempts integer not null,
    not_before integer not null,
    lease_owner text,
    lease_until integer not null,
    fence integer not null,
    last_error text,
    primary key (task_id, log)
) strict;

create index tasks_due on tasks (log, not_before);

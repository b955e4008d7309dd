-- What readers of the ledger keep: how far each view and process has come, the processes' state and their tasks.
--
-- A view's rows are in tables of their own, one set for each generation, made by the server when it needs them.

create table projections (
    name text collate "C" not null,
    generation integer not null,
    log integer not null,
    position bigint not null,
    -- raised by each new holder of the lease; a write under an older fence is refused
    fence bigint not null,
    lease_owner text collate "C" not null,
    lease_until bigint not null,
    -- live, building or failed
    state text collate "C" not null,
    error text collate "C",
    primary key (name, generation, log)
);

create table process_state (
    process text collate "C" not null,
    process_id text collate "C" not null,
    log integer not null,
    state json not null,
    position bigint not null,
    primary key (process, process_id, log)
);

-- What is to be done; what is done is deleted, because its report is in the ledger.
create table tasks (
    task_id text collate "C" not null,
    log integer not null,
    tenant_id text collate "C" not null,
    process text collate "C" not null,
    kind text collate "C" not null,
    payload json not null,
    -- metadata of the event that caused it: correlation, tracking ID
    origin json not null,
    attempts integer not null,
    not_before bigint not null,
    lease_owner text collate "C",
    lease_until bigint not null,
    fence bigint not null,
    last_error text collate "C",
    primary key (task_id, log)
);

create index tasks_due on tasks (log, not_before);

-- The ledger: what was decided, in one gapless order for each log.
--
-- `log` is part of every key because a key cannot be changed later: on a distributed database a log is the unit of
-- placement. Text is compared byte by byte ("C"), so that both databases order alike. Payloads are json, not jsonb:
-- the exact text is kept.

create table meta (
    singleton boolean primary key default true check (singleton),
    format integer not null,
    reader_version_min integer not null,
    -- the store's hash key, sealed under the configured wrapping key: only the right key opens it
    wrapped_hash_key text collate "C" not null
);

create table tenants (
    tenant_id text collate "C" primary key,
    kind text collate "C" not null,
    log integer not null
);

-- One row per log, updated by every batch: room on the page keeps those updates heap-only.
create table logs (
    log integer primary key,
    head bigint not null,
    recorded_at bigint not null
) with (fillfactor = 10);

create table events (
    log integer not null,
    position bigint not null,
    tenant_id text collate "C" not null,
    aggregate_type text collate "C" not null,
    aggregate_id text collate "C" not null,
    sequence bigint not null check (sequence > 0),
    event_type text collate "C" not null,
    event_version text collate "C" not null,
    payload json not null,
    metadata json not null,
    recorded_at bigint not null,
    primary key (aggregate_type, aggregate_id, sequence, log),
    unique (log, position)
);

create table commands (
    tenant_id text collate "C" not null,
    scope text collate "C" not null,
    command_id text collate "C" not null,
    fingerprint bytea not null,
    command_type text collate "C" not null,
    answer json not null,
    -- null when the command found everything so already
    first_position bigint,
    last_position bigint not null,
    log integer not null,
    recorded_at bigint not null,
    primary key (tenant_id, scope, command_id, log)
);

create table claims (
    tenant_id text collate "C" not null,
    kind text collate "C" not null,
    value text collate "C" not null,
    aggregate_id text collate "C" not null,
    log integer not null,
    primary key (tenant_id, kind, value, log)
);

create table person_keys (
    tenant_id text collate "C" not null,
    subject text collate "C" not null,
    generation integer not null,
    algorithm text collate "C" not null,
    wrapped_key text collate "C" not null,
    log integer not null,
    primary key (tenant_id, subject, generation, log)
);

-- INV-IMMUTABLE: history is refused to everybody, by rights and by triggers.
create function refuse_rewrite() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;

create trigger events_are_immutable before update or delete on events
    for each row execute function refuse_rewrite();
create trigger events_are_not_truncated before truncate on events
    for each statement execute function refuse_rewrite();
create trigger commands_are_immutable before update or delete on commands
    for each row execute function refuse_rewrite();
create trigger commands_are_not_truncated before truncate on commands
    for each statement execute function refuse_rewrite();

revoke update, delete, truncate on events, commands from current_user, public;

insert into logs (log, head, recorded_at) values (0, 0, 0);
insert into tenants (tenant_id, kind, log) values ('platform', 'platform', 0);

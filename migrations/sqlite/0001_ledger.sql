-- The ledger: what was decided, in one gapless order for each log.
--
-- The same tables and keys as on PostgreSQL; `log` is part of every key because a key cannot be changed later.
-- Payloads are text: the exact text is kept.

create table meta (
    singleton integer primary key default 1 check (singleton = 1),
    format integer not null,
    reader_version_min integer not null,
    -- the store's hash key, sealed under the configured wrapping key: only the right key opens it
    wrapped_hash_key text not null
) strict;

create table tenants (
    tenant_id text primary key,
    kind text not null,
    log integer not null
) strict;

create table logs (
    log integer primary key,
    head integer not null,
    recorded_at integer not null
) strict;

create table events (
    log integer not null,
    position integer not null,
    tenant_id text not null,
    aggregate_type text not null,
    aggregate_id text not null,
    sequence integer not null check (sequence > 0),
    event_type text not null,
    event_version text not null,
    payload text not null,
    metadata text not null,
    recorded_at integer not null,
    primary key (aggregate_type, aggregate_id, sequence, log),
    unique (log, position)
) strict;

create table commands (
    tenant_id text not null,
    scope text not null,
    command_id text not null,
    fingerprint blob not null,
    command_type text not null,
    answer text not null,
    -- null when the command found everything so already
    first_position integer,
    last_position integer not null,
    log integer not null,
    recorded_at integer not null,
    primary key (tenant_id, scope, command_id, log)
) strict;

create table claims (
    tenant_id text not null,
    kind text not null,
    value text not null,
    aggregate_id text not null,
    log integer not null,
    primary key (tenant_id, kind, value, log)
) strict;

create table person_keys (
    tenant_id text not null,
    subject text not null,
    generation integer not null,
    algorithm text not null,
    wrapped_key text not null,
    log integer not null,
    primary key (tenant_id, subject, generation, log)
) strict;

-- INV-IMMUTABLE: history is refused to everybody. `insert or replace` fires delete triggers only where
-- recursive_triggers is on, which a foreign connection may not have set: so an insert over an existing row is
-- refused before it replaces anything.
create trigger events_are_not_updated before update on events
begin select raise(abort, 'events is append-only: update is refused'); end;
create trigger events_are_not_deleted before delete on events
begin select raise(abort, 'events is append-only: delete is refused'); end;
create trigger events_are_not_replaced before insert on events
when exists (select 1 from events where log = new.log and position = new.position)
  or exists (
    select 1 from events
    where aggregate_type = new.aggregate_type and aggregate_id = new.aggregate_id
      and sequence = new.sequence and log = new.log)
begin select raise(abort, 'UNIQUE: events is append-only: this event exists'); end;
create trigger commands_are_not_updated before update on commands
begin select raise(abort, 'commands is append-only: update is refused'); end;
create trigger commands_are_not_deleted before delete on commands
begin select raise(abort, 'commands is append-only: delete is refused'); end;
create trigger commands_are_not_replaced before insert on commands
when exists (
    select 1 from commands
    where tenant_id = new.tenant_id and scope = new.scope and command_id = new.command_id and log = new.log)
begin select raise(abort, 'UNIQUE: commands is append-only: this command exists'); end;

insert into logs (log, head, recorded_at) values (0, 0, 0);
insert into tenants (tenant_id, kind, log) values ('platform', 'platform', 0);

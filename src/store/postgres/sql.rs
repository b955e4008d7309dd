//! The statements of the ledger, one for each purpose.

/// A stream as the repository of cqrs-es reads it.
pub(super) const STREAMS: &str = "(select * from events where log = 0) as events";

pub(super) const CHANNEL: &str = "tenantry_appended";

statements! {
    MIGRATIONS_TABLE = "select to_regclass('_sqlx_migrations')::text";

    MIGRATIONS_APPLIED = "select version from _sqlx_migrations where success order by version";

    /// Of sessions that the role may look at: its own, unless it may read all statistics.
    OLDEST_TRANSACTION = "
select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
    and (backend_xmin is not null or backend_xid is not null or state like 'idle in transaction%')";

    SCHEMA_STEPS = "select version, checksum from _sqlx_migrations where success order by version";

    SETTINGS = "
select current_setting('server_version_num')::int, current_setting('fsync'), current_setting('full_page_writes'),
    current_setting('synchronous_commit'), pg_is_in_recovery()";

    /// Writes a batch: everything else reads from the update of the head, so nothing is written before the log is held.
    APPEND = "
with head as (
    update logs set head = head + $2, recorded_at = greatest(recorded_at, $3)
    where log = $1
    returning head - $2 as base, recorded_at
), appended as (
    insert into events (log, position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
        payload, metadata, recorded_at)
    select $1, head.base + e.n, e.tenant_id, e.aggregate_type, e.aggregate_id, e.sequence, e.event_type,
        e.event_version, e.payload::json, e.metadata::json, head.recorded_at
    from head cross join unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[],
        $10::text[], $11::text[]) with ordinality
        as e (tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, n)
), recorded as (
    insert into commands (tenant_id, scope, command_id, fingerprint, command_type, answer, first_position,
        last_position, log, recorded_at)
    select c.tenant_id, c.scope, c.command_id, c.fingerprint, c.command_type, c.answer::json,
        case when c.events > 0 then head.base + c.before + 1 end, head.base + c.before + c.events, $1,
        head.recorded_at
    from head cross join unnest($12::text[], $13::text[], $14::text[], $15::bytea[], $16::text[], $17::text[],
        $18::bigint[], $19::bigint[])
        as c (tenant_id, scope, command_id, fingerprint, command_type, answer, before, events)
), released as (
    delete from claims using head cross join unnest($20::text[], $21::text[], $22::text[], $23::text[])
        as r (tenant_id, kind, value, aggregate_id)
    where claims.tenant_id = r.tenant_id and claims.kind = r.kind and claims.value = r.value and claims.log = $1
        and claims.aggregate_id = r.aggregate_id
), claimed as (
    insert into claims (tenant_id, kind, value, aggregate_id, log)
    select c.tenant_id, c.kind, c.value, c.aggregate_id, $1
    from head cross join unnest($24::text[], $25::text[], $26::text[], $27::text[])
        as c (tenant_id, kind, value, aggregate_id)
), keyed as (
    insert into person_keys (tenant_id, subject, generation, algorithm, wrapped_key, log)
    select k.tenant_id, k.subject, k.generation, k.algorithm, k.wrapped_key, $1
    from head cross join unnest($28::text[], $29::text[], $30::int[], $31::text[], $32::text[])
        as k (tenant_id, subject, generation, algorithm, wrapped_key)
), unkeyed as (
    delete from person_keys using head cross join unnest($35::text[], $36::text[]) as k (tenant_id, subject)
    where person_keys.tenant_id = k.tenant_id and person_keys.subject = k.subject and person_keys.log = $1
), entered as (
    insert into tenants (tenant_id, kind, log)
    select t.tenant_id, t.kind, $1 from head cross join unnest($33::text[], $34::text[]) as t (tenant_id, kind)
)
select base, recorded_at from head";

    /// Tells what of a batch exists already; every branch is a look-up by a whole primary key.
    SETTLE = "
select p.n, 'command' as what, c.fingerprint, c.answer::text as answer, c.last_position,
    null as kind, null as value, null as holder
from unnest($2::text[], $3::text[], $4::text[]) with ordinality as p (tenant_id, scope, command_id, n)
cross join lateral (
    select fingerprint, answer, last_position from commands
    where tenant_id = p.tenant_id and scope = p.scope and command_id = p.command_id and log = $1) as c
union all
select p.n, 'event', null, null, null, null, null, null
from unnest($5::bigint[], $6::text[], $7::text[], $8::bigint[]) as p (n, aggregate_type, aggregate_id, sequence)
cross join lateral (
    select 1 from events
    where aggregate_type = p.aggregate_type and aggregate_id = p.aggregate_id and sequence = p.sequence
        and log = $1) as e
union all
select p.n, 'claim', null, null, null, p.kind, p.value, c.aggregate_id
from unnest($9::bigint[], $10::text[], $11::text[], $12::text[]) as p (n, tenant_id, kind, value)
cross join lateral (
    select aggregate_id from claims
    where tenant_id = p.tenant_id and kind = p.kind and value = p.value and log = $1) as c
union all
select p.n, 'person_key', null, null, null, null, null, null
from unnest($13::bigint[], $14::text[], $15::text[], $16::int[]) as p (n, tenant_id, subject, generation)
cross join lateral (
    select 1 from person_keys
    where tenant_id = p.tenant_id and subject = p.subject and generation = p.generation and log = $1) as k
union all
select p.n, 'tenant', null, null, null, null, null, null
from unnest($17::bigint[], $18::text[]) as p (n, tenant_id)
cross join lateral (select 1 from tenants where tenant_id = p.tenant_id) as t";

    FIND_RECORDS = "
select p.n, c.fingerprint, c.answer::text as answer, c.last_position
from unnest($2::text[], $3::text[], $4::text[]) with ordinality as p (tenant_id, scope, command_id, n)
cross join lateral (
    select fingerprint, answer, last_position from commands
    where tenant_id = p.tenant_id and scope = p.scope and command_id = p.command_id and log = $1) as c";

    READ_STREAM = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload::text as payload, metadata::text as metadata, recorded_at
from events where aggregate_type = $1 and aggregate_id = $2 and log = $3 order by sequence";

    READ_AFTER = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload::text as payload, metadata::text as metadata, recorded_at
from events where log = $1 and position > $2 order by position limit $3";

    READ_AT = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload::text as payload, metadata::text as metadata, recorded_at
from events where log = $1 and position = any($2) order by position";

    HEAD = "select head, recorded_at from logs where log = $1";

    NOTIFY = "select pg_notify('tenantry_appended', '')";

    PROPOSE_HASH_KEY = "
insert into meta (format, reader_version_min, wrapped_hash_key) values ($1, $2, $3) on conflict do nothing";

    /// What this program writes no earlier one may read; never lowered.
    RAISE_READER = "
update meta set reader_version_min = $1 where reader_version_min < $1";

    META = "select format, reader_version_min, wrapped_hash_key from meta";

    FIND_CLAIM = "
select aggregate_id from claims where tenant_id = $1 and kind = $2 and value = $3 and log = $4";

    PERSON_KEYS = "
select k.tenant_id, k.subject, k.generation, k.algorithm, k.wrapped_key
from unnest($2::text[], $3::text[]) as p (tenant_id, subject)
join person_keys k on k.tenant_id = p.tenant_id and k.subject = p.subject and k.log = $1
order by k.tenant_id, k.subject, k.generation";
}

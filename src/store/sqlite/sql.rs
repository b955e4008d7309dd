//! The statements of the ledger, one for each purpose.

/// A stream as the repository of cqrs-es reads it.
pub(super) const STREAMS: &str = "(select * from events where log = 0) as events";

pub(super) const ROLLBACK_IF_OPEN: &str = "rollback";

/// What is deleted is overwritten with zeros.
pub(super) const ERASE_WHAT_IS_DELETED: &str = "pragma secure_delete = on";

/// Pages that become free as a whole keep their bytes: right for the rows of a view, which are sealed, and which an old
/// generation has by the million.
pub(super) const ERASE_WITHIN_PAGES: &str = "pragma secure_delete = fast";

/// Writes what the store holds to a new file.
pub(super) const VACUUM_INTO: &str = "vacuum into ?";

pub(super) const QUICK_CHECK: &str = "pragma quick_check(1)";

statements! {
    MIGRATIONS_TABLE = "select count(*) from sqlite_schema where name = '_sqlx_migrations'";

    MIGRATIONS_APPLIED = "select version from _sqlx_migrations where success order by version";

    SCHEMA_STEPS = "select version, checksum from _sqlx_migrations where success order by version";

    VERSION = "select sqlite_version(), journal_mode from pragma_journal_mode";

    SETTINGS = "
select journal_mode, synchronous, recursive_triggers
from pragma_journal_mode, pragma_synchronous, pragma_recursive_triggers";

    /// Writes a batch, given as one JSON text: one statement for each table, one transaction, one call.
    APPEND = "
begin immediate;
update logs set head = head + json_array_length(?1, '$.events'), recorded_at = max(recorded_at, ?3) where log = ?2;
with l as materialized (
    select log, head - json_array_length(?1, '$.events') as base, recorded_at from logs where log = ?2
)
insert into events (log, position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload, metadata, recorded_at)
select l.log, l.base + e.key + 1, e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4,
    e.value ->> 5, e.value ->> 6, e.value ->> 7, l.recorded_at
from l cross join json_each(?1, '$.events') e;
with l as materialized (
    select log, head - json_array_length(?1, '$.events') as base, recorded_at from logs where log = ?2
)
insert into commands (tenant_id, scope, command_id, fingerprint, command_type, answer, first_position, last_position,
    log, recorded_at)
select c.value ->> 0, c.value ->> 1, c.value ->> 2, unhex(c.value ->> 3), c.value ->> 4, c.value ->> 5,
    case when c.value ->> 7 > 0 then l.base + (c.value ->> 6) + 1 end, l.base + (c.value ->> 6) + (c.value ->> 7),
    l.log, l.recorded_at
from l cross join json_each(?1, '$.commands') c;
delete from claims where log = ?2 and (tenant_id, kind, value, aggregate_id) in (
    select r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3 from json_each(?1, '$.releases') r);
insert into claims (tenant_id, kind, value, aggregate_id, log)
select c.value ->> 0, c.value ->> 1, c.value ->> 2, c.value ->> 3, ?2 from json_each(?1, '$.claims') c;
delete from person_keys where log = ?2 and (tenant_id, subject) in (
    select k.value ->> 0, k.value ->> 1 from json_each(?1, '$.erased') k);
insert into person_keys (tenant_id, subject, generation, algorithm, wrapped_key, log)
select k.value ->> 0, k.value ->> 1, k.value ->> 2, k.value ->> 3, k.value ->> 4, ?2
from json_each(?1, '$.personKeys') k;
insert into tenants (tenant_id, kind, log)
select t.value ->> 0, t.value ->> 1, ?2 from json_each(?1, '$.tenants') t;
select head - json_array_length(?1, '$.events'), recorded_at from logs where log = ?2;
commit";

    /// Tells what of a batch exists already; every branch is a look-up by a whole primary key.
    SETTLE = "
select p.key + 1 as n, 'command' as what, c.fingerprint, c.answer, c.last_position,
    null as kind, null as value, null as holder
from json_each(?1, '$.commands') p cross join commands c
    on c.tenant_id = p.value ->> 0 and c.scope = p.value ->> 1 and c.command_id = p.value ->> 2 and c.log = ?2
union all
select p.value ->> 0, 'event', null, null, null, null, null, null
from json_each(?1, '$.firsts') p cross join events e
    on e.aggregate_type = p.value ->> 1 and e.aggregate_id = p.value ->> 2 and e.sequence = p.value ->> 3
    and e.log = ?2
union all
select p.value ->> 4, 'claim', null, null, null, c.kind, c.value, c.aggregate_id
from json_each(?1, '$.claims') p cross join claims c
    on c.tenant_id = p.value ->> 0 and c.kind = p.value ->> 1 and c.value = p.value ->> 2 and c.log = ?2
union all
select p.value ->> 5, 'person_key', null, null, null, null, null, null
from json_each(?1, '$.personKeys') p cross join person_keys k
    on k.tenant_id = p.value ->> 0 and k.subject = p.value ->> 1 and k.generation = p.value ->> 2 and k.log = ?2
union all
select p.value ->> 2, 'tenant', null, null, null, null, null, null
from json_each(?1, '$.tenants') p cross join tenants t on t.tenant_id = p.value ->> 0";

    FIND_RECORDS = "
select p.key + 1 as n, c.fingerprint, c.answer, c.last_position
from json_each(?2) p cross join commands c
    on c.tenant_id = p.value ->> 0 and c.scope = p.value ->> 1 and c.command_id = p.value ->> 2 and c.log = ?1";

    READ_STREAM = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
    recorded_at
from events where aggregate_type = ? and aggregate_id = ? and log = ? order by sequence";

    READ_AFTER = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
    recorded_at
from events where log = ? and position > ? order by position limit ?";

    READ_AT = "
select e.position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
    recorded_at
from json_each(?2) p cross join events e on e.log = ?1 and e.position = p.value order by e.position";

    HEAD = "select head, recorded_at from logs where log = ?";

    PROPOSE_HASH_KEY = "
insert into meta (singleton, format, reader_version_min, wrapped_hash_key) values (1, ?, ?, ?)
on conflict do nothing";

    /// What this program writes no earlier one may read; never lowered.
    RAISE_READER = "
update meta set reader_version_min = ?1 where reader_version_min < ?1";

    META = "select format, reader_version_min, wrapped_hash_key from meta";

    FIND_CLAIM = "
select aggregate_id from claims where tenant_id = ? and kind = ? and value = ? and log = ?";

    PERSON_KEYS = "
select k.tenant_id, k.subject, k.generation, k.algorithm, k.wrapped_key
from json_each(?2) p cross join person_keys k
    on k.tenant_id = p.value ->> 0 and k.subject = p.value ->> 1 and k.log = ?1
order by k.tenant_id, k.subject, k.generation";
}

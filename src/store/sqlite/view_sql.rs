//! The statements of views, processes and tasks, one for each purpose. Lists go in as one JSON text.

pub(super) const CREATE_TABLE: &str = "
create table if not exists {table} (
    tenant_id text not null,
    row_key text not null,
    doc text not null,
    primary key (tenant_id, row_key)
) strict";

pub(super) const DROP_TABLE: &str = "drop table if exists {table}";

pub(super) const BEGIN: &str = "begin immediate";

/// By the key alone: for operators, who name no tenant.
pub(super) const CREATE_KEY_INDEX: &str = "create index if not exists {table}_by_key on {table} (row_key)";

statements! {
    CHECKPOINTS = "
select name, generation, version, position, fence, state, error from projections where log = ? order by name, generation";

    CREATE_CHECKPOINT = "
insert into projections (name, generation, log, position, fence, lease_owner, lease_until, state, version)
values (?, ?, ?, 0, 0, '', 0, ?, ?) on conflict do nothing";

    /// A new owner raises the fence; the owner itself only extends its lease.
    LEASE = "
update projections
set fence = fence + (lease_owner <> ?3), lease_owner = ?3, lease_until = cast(unixepoch('subsec') * 1000 as integer) + ?4
where log = ?1 and (name, generation) in (select value ->> 0, value ->> 1 from json_each(?2))
    and (lease_owner = ?3 or lease_until < cast(unixepoch('subsec') * 1000 as integer))
returning name, generation, version, position, fence, state, error";

    ROWS = "
select v.tenant_id, v.row_key, v.doc
from json_each(?1) k cross join {table} v on v.tenant_id = k.value ->> 0 and v.row_key = k.value ->> 1";

    /// Rows of a tenant with a sealed value of a person; the text of one names its person between points.
    ROWS_ABOUT = "
select tenant_id, row_key, doc from {table}
where tenant_id = ?1 and row_key > ?2 and instr(doc, ?3) > 0 order by row_key limit ?4";

    FIND_ROW = "select tenant_id, row_key, doc from {table} where row_key = ? order by tenant_id limit 1";

    ADVANCE = "
update projections set position = ?5
where log = ?1 and name = ?2 and generation = ?3 and position = ?4 and fence = ?6";

    UPSERT = "
insert into {table} (tenant_id, row_key, doc)
select r.value ->> 0, r.value ->> 1, r.value ->> 2 from json_each(?1) r where true
on conflict (tenant_id, row_key) do update set doc = excluded.doc";

    DELETE = "
delete from {table} where (tenant_id, row_key) in (select k.value ->> 0, k.value ->> 1 from json_each(?1) k)";

    /// A page of one tenant, with the checkpoint in the same snapshot.
    PAGE_OF_TENANT = "
select p.position, v.tenant_id, v.row_key, v.doc
from projections p left join (
    select tenant_id, row_key, doc from {table} t
    where tenant_id = ?4 and row_key > ?5 and not exists (
        select 1 from json_each(?6) f where t.doc ->> (f.value ->> 0) is not f.value ->> 1)
    order by row_key limit ?7) v on true
where p.log = ?1 and p.name = ?2 and p.generation = ?3
order by v.row_key";

    /// A page of all tenants, for operators.
    PAGE_OF_ALL = "
select p.position, v.tenant_id, v.row_key, v.doc
from projections p left join (
    select tenant_id, row_key, doc from {table} t
    where (tenant_id, row_key) > (?4, ?5) and not exists (
        select 1 from json_each(?6) f where t.doc ->> (f.value ->> 0) is not f.value ->> 1)
    order by tenant_id, row_key limit ?7) v on true
where p.log = ?1 and p.name = ?2 and p.generation = ?3
order by v.tenant_id, v.row_key";

    /// The live generations that are no further than the new one.
    RETIRE = "
delete from projections
where log = ?1 and name = ?2 and generation < ?3 and position <= (
    select position from projections new where new.log = ?1 and new.name = ?2 and new.generation = ?3)
returning generation";

    OLDER = "
select count(*) from projections where log = ? and name = ? and generation < ?";

    MAKE_LIVE = "
update projections set state = 'live' where log = ? and name = ? and generation = ? and state = 'building'";

    RELEASE = "update projections set lease_until = 0 where log = ?1 and lease_owner = ?2";

    /// A tenant that was parked before keeps what was asked for.
    PARK = "
insert into parked (name, generation, log, tenant_id, position, error, parked_at, asked, tried)
values (?1, ?2, ?3, ?4, ?5, ?6, cast(unixepoch('subsec') * 1000 as integer), 0, coalesce(?7, 0))
on conflict (name, generation, log, tenant_id) do update set position = excluded.position, error = excluded.error,
    parked_at = case when parked.settled_at is null then parked.parked_at else excluded.parked_at end,
    tried = coalesce(?7, parked.asked), settled_at = null";

    PARK_FURTHER = "
update parked set position = ?5 where name = ?1 and generation = ?2 and log = ?3 and tenant_id = ?4";

    SETTLE_PARKED = "
update parked set tried = asked, settled_at = cast(unixepoch('subsec') * 1000 as integer)
where name = ?1 and generation = ?2 and log = ?3 and tenant_id = ?4";

    PARKED = "
select d.name, d.generation, d.tenant_id, d.position, d.error, d.parked_at, d.asked, d.tried, d.asked_by, d.reason
from parked d join projections p on p.name = d.name and p.generation = d.generation and p.log = d.log
where d.log = ?1 and d.settled_at is null order by d.name, d.generation, d.tenant_id";

    LAST_GENERATION_PARKED = "
select coalesce(max(generation), 0) from parked where log = ?1 and name = ?2";

    SKIPS = "
select name, position, tenant_id, asked_by, reason, skipped_at from skips where log = ?1 order by name, position";

    ASK_RETRY = "
update parked set asked = asked + 1, asked_by = ?3, reason = ?4
where log = ?1 and name = ?2 and settled_at is null and (?5 is null or tenant_id = ?5)";

    SKIP = "
insert into skips (name, log, position, tenant_id, asked_by, reason, skipped_at)
select distinct name, log, position, tenant_id, ?4, ?5, cast(unixepoch('subsec') * 1000 as integer) from parked
where log = ?1 and name = ?2 and position = ?3 and asked = tried and settled_at is null
on conflict (name, log, position) do nothing";

    ASK_AFTER_SKIP = "
update parked set asked = asked + 1, asked_by = ?4, reason = ?5
where log = ?1 and name = ?2 and position = ?3 and asked = tried and settled_at is null";

    PROCESS_STATES = "
select s.process_id, s.state
from json_each(?3) i cross join process_state s on s.log = ?1 and s.process = ?2 and s.process_id = i.value";

    PUT_STATES = "
insert into process_state (process, process_id, log, state, position)
select ?2, s.value ->> 0, ?1, s.value ->> 1, ?3 from json_each(?4) s where true
on conflict (process, process_id, log) do update set state = excluded.state, position = excluded.position";

    END_STATES = "
delete from process_state where log = ?1 and process = ?2 and process_id in (select value from json_each(?3))";

    PUT_TASKS = "
insert into tasks (task_id, log, tenant_id, process, kind, payload, origin, attempts, not_before, lease_until,
    fence)
select t.value ->> 0, ?1, t.value ->> 1, ?2, t.value ->> 2, t.value ->> 3, t.value ->> 4, 0,
    coalesce(t.value ->> 5, cast(unixepoch('subsec') * 1000 as integer)), 0, 0
from json_each(?3) t where true
on conflict (task_id, log) do nothing";

    LEASE_TASKS = "
update tasks set lease_owner = ?2, attempts = attempts + 1, fence = fence + 1,
    lease_until = cast(unixepoch('subsec') * 1000 as integer) + ?3
where log = ?1 and task_id in (
    select task_id from tasks
    where log = ?1 and not_before <= cast(unixepoch('subsec') * 1000 as integer) + ?5
        and lease_until <= cast(unixepoch('subsec') * 1000 as integer)
    order by not_before limit ?4)
returning task_id, tenant_id, process, kind, payload, origin, attempts, fence";

    /// Whether anything is due: asked on a reader, so that an idle worker does not write.
    ANY_DUE = "
select exists (
    select 1 from tasks where log = ?1 and not_before <= cast(unixepoch('subsec') * 1000 as integer) + ?2
        and lease_until <= cast(unixepoch('subsec') * 1000 as integer))";

    FINISH_TASK = "delete from tasks where log = ? and task_id = ? and fence = ?";

    RETRY_TASK = "
update tasks set last_error = ?4, lease_until = 0, lease_owner = null,
    not_before = cast(unixepoch('subsec') * 1000 as integer) + ?5
where log = ?1 and task_id = ?2 and fence = ?3";

    HASTEN_TASK = "
update tasks set not_before = min(not_before, cast(unixepoch('subsec') * 1000 as integer))
where log = ?1 and task_id = ?2 and last_error is not null
returning task_id as id, tenant_id, process, kind, attempts, not_before, last_error";

    HOLD_TASK = "
update tasks set lease_until = cast(unixepoch('subsec') * 1000 as integer) + ?4
where log = ?1 and task_id = ?2 and fence = ?3";

    OPEN_TASKS = "
select task_id as id, tenant_id, process, kind, attempts, not_before, last_error from tasks
where log = ? and task_id > ? order by task_id limit ?";

    FREE_TASKS = "update tasks set lease_until = 0 where log = ? and lease_until > 0";

    FREE_READERS = "update projections set lease_until = 0 where log = ?";
}

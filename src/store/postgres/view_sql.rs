//! The statements of views, processes and tasks, one for each purpose.

pub(super) const CREATE_TABLE: &str = r#"
create table if not exists {table} (
    tenant_id text collate "C" not null,
    row_key text collate "C" not null,
    doc json not null,
    primary key (tenant_id, row_key)
)"#;

pub(super) const DROP_TABLE: &str = "drop table if exists {table}";

/// By the key alone: for operators, who name no tenant.
pub(super) const CREATE_KEY_INDEX: &str = "create index if not exists {table}_by_key on {table} (row_key)";

statements! {
    CHECKPOINTS = "
select name, generation, version, position, fence, state, error from projections where log = $1 order by name, generation";

    CREATE_CHECKPOINT = "
insert into projections (name, generation, log, position, fence, lease_owner, lease_until, state, version)
values ($1, $2, $3, 0, 0, '', 0, $4, $5) on conflict do nothing";

    /// A new owner raises the fence; the owner itself only extends its lease. The rows are locked in the order in which a
    /// step moves them, so that none waits for the other in a circle.
    LEASE = "
with free as materialized (
    select p.name, p.generation
    from projections p join unnest($2::text[], $3::int[]) as r (name, generation) using (name, generation)
    where p.log = $1
        and (p.lease_owner = $4 or p.lease_until < (extract(epoch from clock_timestamp()) * 1000)::bigint)
    order by p.name, p.generation
    for update of p
)
update projections p
set fence = fence + (lease_owner <> $4)::int, lease_owner = $4,
    lease_until = (extract(epoch from clock_timestamp()) * 1000)::bigint + $5
from free
where p.log = $1 and p.name = free.name and p.generation = free.generation
returning p.name, p.generation, p.version, p.position, p.fence, p.state, p.error";

    ROWS = "
select v.tenant_id, v.row_key, v.doc::text as doc
from unnest($1::text[], $2::text[]) as k (tenant_id, row_key)
join {table} v on v.tenant_id = k.tenant_id and v.row_key = k.row_key";

    /// Rows of a tenant with a sealed value of a person; the text of one names its person between points.
    ROWS_ABOUT = "
select tenant_id, row_key, doc::text as doc from {table}
where tenant_id = $1 and row_key > $2 and strpos(doc::text, $3) > 0 order by row_key limit $4";

    FIND_ROW = "select tenant_id, row_key, doc::text as doc from {table} where row_key = $1 order by tenant_id limit 1";

    ADVANCE = "
update projections set position = $5
where log = $1 and name = $2 and generation = $3 and position = $4 and fence = $6";

    UPSERT = "
insert into {table} (tenant_id, row_key, doc)
select r.tenant_id, r.row_key, r.doc::json from unnest($1::text[], $2::text[], $3::text[]) as r (tenant_id, row_key, doc)
on conflict (tenant_id, row_key) do update set doc = excluded.doc";

    DELETE = "
delete from {table} v using unnest($1::text[], $2::text[]) as k (tenant_id, row_key)
where v.tenant_id = k.tenant_id and v.row_key = k.row_key";

    /// A page of one tenant, with the checkpoint in the same snapshot.
    PAGE_OF_TENANT = "
select p.position, v.tenant_id, v.row_key, v.doc
from projections p left join lateral (
    select tenant_id, row_key, doc::text as doc from {table}
    where tenant_id = $4 and row_key > $5 and not exists (
        select 1 from unnest($6::text[], $7::text[]) as f (name, value) where doc ->> f.name is distinct from f.value)
    order by row_key limit $8) v on true
where p.log = $1 and p.name = $2 and p.generation = $3
order by v.row_key";

    /// A page of all tenants, for operators.
    PAGE_OF_ALL = "
select p.position, v.tenant_id, v.row_key, v.doc
from projections p left join lateral (
    select tenant_id, row_key, doc::text as doc from {table}
    where (tenant_id, row_key) > ($4, $5) and not exists (
        select 1 from unnest($6::text[], $7::text[]) as f (name, value) where doc ->> f.name is distinct from f.value)
    order by tenant_id, row_key limit $8) v on true
where p.log = $1 and p.name = $2 and p.generation = $3
order by v.tenant_id, v.row_key";

    /// The live generations that are no further than the new one.
    RETIRE = "
delete from projections old using projections new
where old.log = $1 and old.name = $2 and old.generation < $3 and new.log = $1 and new.name = $2
    and new.generation = $3 and old.position <= new.position
returning old.generation";

    OLDER = "
select count(*) from projections where log = $1 and name = $2 and generation < $3";

    MAKE_LIVE = "
update projections set state = 'live' where log = $1 and name = $2 and generation = $3 and state = 'building'";

    RELEASE = "update projections set lease_until = 0 where log = $1 and lease_owner = $2";

    /// A tenant that was parked before keeps what was asked for.
    PARK = "
insert into parked (name, generation, log, tenant_id, position, error, parked_at, asked, tried)
values ($1, $2, $3, $4, $5, $6, (extract(epoch from clock_timestamp()) * 1000)::bigint, 0, coalesce($7::bigint, 0))
on conflict (name, generation, log, tenant_id) do update set position = excluded.position, error = excluded.error,
    parked_at = case when parked.settled_at is null then parked.parked_at else excluded.parked_at end,
    tried = coalesce($7::bigint, parked.asked), settled_at = null";

    PARK_FURTHER = "
update parked set position = $5 where name = $1 and generation = $2 and log = $3 and tenant_id = $4";

    SETTLE_PARKED = "
update parked set tried = asked, settled_at = (extract(epoch from clock_timestamp()) * 1000)::bigint
where name = $1 and generation = $2 and log = $3 and tenant_id = $4";

    PARKED = "
select d.name, d.generation, d.tenant_id, d.position, d.error, d.parked_at, d.asked, d.tried, d.asked_by, d.reason
from parked d join projections p on p.name = d.name and p.generation = d.generation and p.log = d.log
where d.log = $1 and d.settled_at is null order by d.name, d.generation, d.tenant_id";

    LAST_GENERATION_PARKED = "
select coalesce(max(generation), 0) from parked where log = $1 and name = $2";

    SKIPS = "
select name, position, tenant_id, asked_by, reason, skipped_at from skips where log = $1 order by name, position";

    ASK_RETRY = "
update parked set asked = asked + 1, asked_by = $3, reason = $4
where log = $1 and name = $2 and settled_at is null and ($5::text is null or tenant_id = $5)";

    SKIP = "
insert into skips (name, log, position, tenant_id, asked_by, reason, skipped_at)
select distinct name, log, position, tenant_id, $4, $5, (extract(epoch from clock_timestamp()) * 1000)::bigint from parked
where log = $1 and name = $2 and position = $3 and asked = tried and settled_at is null
on conflict (name, log, position) do nothing";

    ASK_AFTER_SKIP = "
update parked set asked = asked + 1, asked_by = $4, reason = $5
where log = $1 and name = $2 and position = $3 and asked = tried and settled_at is null";

    PROCESS_STATES = "
select process_id, state::text from process_state where log = $1 and process = $2 and process_id = any($3)";

    PUT_STATES = "
insert into process_state (process, process_id, log, state, position)
select $2, s.process_id, $1, s.state::json, $3 from unnest($4::text[], $5::text[]) as s (process_id, state)
on conflict (process, process_id, log) do update set state = excluded.state, position = excluded.position";

    END_STATES = "
delete from process_state where log = $1 and process = $2 and process_id = any($3)";

    PUT_TASKS = "
insert into tasks (task_id, log, tenant_id, process, kind, payload, origin, attempts, not_before, lease_until,
    fence)
select t.task_id, $1, t.tenant_id, $2, t.kind, t.payload::json, t.origin::json, 0,
    coalesce(t.not_before, (extract(epoch from clock_timestamp()) * 1000)::bigint), 0, 0
from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
    as t (task_id, tenant_id, kind, payload, origin, not_before)
on conflict (task_id, log) do nothing";

    /// The time of the statement bounds the walk along the index; a clock that moves within it would not.
    LEASE_TASKS = "
with due as (
    select task_id from tasks
    where log = $1 and not_before <= (extract(epoch from statement_timestamp()) * 1000)::bigint + $5
        and lease_until <= (extract(epoch from statement_timestamp()) * 1000)::bigint
    order by not_before limit $4 for update skip locked)
update tasks t set lease_owner = $2, attempts = attempts + 1, fence = fence + 1,
    lease_until = (extract(epoch from clock_timestamp()) * 1000)::bigint + $3
from due where t.task_id = due.task_id and t.log = $1
returning t.task_id, t.tenant_id, t.process, t.kind, t.payload::text as payload, t.origin::text as origin,
    t.attempts, t.fence";

    FINISH_TASK = "delete from tasks where log = $1 and task_id = $2 and fence = $3";

    RETRY_TASK = "
update tasks set last_error = $4, lease_until = 0, lease_owner = null,
    not_before = (extract(epoch from clock_timestamp()) * 1000)::bigint + $5
where log = $1 and task_id = $2 and fence = $3";

    HASTEN_TASK = "
update tasks set not_before = least(not_before, (extract(epoch from clock_timestamp()) * 1000)::bigint)
where log = $1 and task_id = $2 and last_error is not null
returning task_id as id, tenant_id, process, kind, attempts, not_before, last_error";

    HOLD_TASK = "
update tasks set lease_until = (extract(epoch from clock_timestamp()) * 1000)::bigint + $4
where log = $1 and task_id = $2 and fence = $3";

    OPEN_TASKS = "
select task_id as id, tenant_id, process, kind, attempts, not_before, last_error from tasks
where log = $1 and task_id > $2 order by task_id limit $3";
}

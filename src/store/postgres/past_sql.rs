//! The statements about what happened up to a moment, one for each purpose.

statements! {
    KEYS_OF_PAST = "
select row_key from {table}
where tenant_id = $1 and row_key > $2 and row_key <= $3 and ($4::text[] is null or doc ->> 'type' = any($4::text[]))
order by row_key limit $5";

    READ_STREAMS = "
select e.position, e.tenant_id, e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload,
    e.metadata, e.recorded_at
from unnest($3::text[]) as p (id)
cross join lateral (
    select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
        payload::text as payload, metadata::text as metadata, recorded_at
    from events where aggregate_type = $2 and aggregate_id = p.id and log = $1) as e
where e.position <= $4 order by e.position";

    READ_TYPES = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload::text as payload, metadata::text as metadata, recorded_at
from events where log = $1 and position > $2 and position <= $3 and event_type = any($4::text[]) order by position";
}

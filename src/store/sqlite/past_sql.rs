//! The statements about what happened up to a moment, one for each purpose. Lists go in as one JSON text.

statements! {
    KEYS_OF_PAST = "
select row_key from {table}
where tenant_id = ?1 and row_key > ?2 and row_key <= ?3
    and (?4 is null or doc ->> 'type' in (select value from json_each(?4)))
order by row_key limit ?5";

    READ_STREAMS = "
select e.position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
    recorded_at
from json_each(?3) p cross join events e on e.aggregate_type = ?2 and e.aggregate_id = p.value and e.log = ?1
where e.position <= ?4 order by e.position";

    READ_TYPES = "
select position, tenant_id, aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata,
    recorded_at
from events where log = ?1 and position > ?2 and position <= ?3 and event_type in (select value from json_each(?4))
order by position";
}

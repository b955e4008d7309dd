//! What is wrong in no store, at any time, whatever it was used for.

/// Queries that count what is wrong; each finds nothing in a whole store.
pub(super) const FLAWS: &[(&str, &str)] = &[
    (
        "the positions are not 1, 2, 3 … up to the head",
        "select count(*) from logs l where l.head <> (select count(*) from events e where e.log = l.log)
            or l.head <> (select coalesce(max(position), 0) from events e where e.log = l.log)
            or 1 > (select coalesce(min(position), 1) from events e where e.log = l.log)",
    ),
    (
        "the sequences of a stream are not 1, 2, 3 …",
        "select count(*) from (select aggregate_id from events group by aggregate_type, aggregate_id
            having min(sequence) <> 1 or max(sequence) <> count(*)) as s",
    ),
    (
        "a stream is not in the order of its positions",
        "select count(*) from events a join events b on a.aggregate_type = b.aggregate_type
            and a.aggregate_id = b.aggregate_id and b.sequence = a.sequence + 1 where b.position <= a.position",
    ),
    (
        "the recorded time goes back",
        "select count(*) from events a join events b on a.log = b.log and b.position = a.position + 1
            where b.recorded_at < a.recorded_at",
    ),
    (
        "an event belongs to no command, or to two",
        "select count(*) from events e where 1 <> (select count(*) from commands c
            where e.position between c.first_position and c.last_position)",
    ),
    (
        "a command names positions beyond the head",
        "select count(*) from commands c, logs l where l.log = c.log and c.last_position > l.head",
    ),
    (
        "a person is claimed without a key, or has a key without a claim",
        "select abs((select count(*) from claims where kind = 'person')
            - (select count(*) from person_keys where generation = 1))",
    ),
];

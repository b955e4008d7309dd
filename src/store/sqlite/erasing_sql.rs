//! The statements of erasures, one for each purpose.

/// Moves what the log of writes holds into the file, where deleted content is overwritten, and empties it.
pub(super) const OVERWRITE: &str = "pragma wal_checkpoint(truncate)";

statements! {
    TENANTS_AFTER = "
select tenant_id from tenants where tenant_id > ?1 and log = ?2 order by tenant_id limit ?3";

    FIND_CLAIMS = "
select p.key, c.aggregate_id
from json_each(?1) p cross join claims c
    on c.tenant_id = p.value ->> 0 and c.kind = p.value ->> 1 and c.value = p.value ->> 2 and c.log = ?2";

    CLAIMS_HELD = "
select value from claims where tenant_id = ?1 and kind = ?2 and aggregate_id = ?3 and log = ?4
order by value";

    FORGET_CREDENTIALS = "
delete from credentials where tenant_id = ?1 and subject = ?2 and log = ?3";

    /// The sessions of every stay: a later one has a point and its number behind the user.
    FORGET_SESSIONS = "
delete from sessions where tenant_id = ?1 and holder >= ?2 and holder < ?2 || '/' and log = ?3";

    FORGET_MAILS = "
delete from outbox where tenant_id = ?1 and instr(sealed, ?2) > 0 and log = ?3";
}

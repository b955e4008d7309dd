//! The statements of erasures, one for each purpose.

/// A commit waits behind a lock that is waited for, so this one is not waited for long.
pub(super) const IMPATIENTLY: &str = "set lock_timeout = '1s'";

/// A plain vacuum leaves the bytes of deleted rows in free space; this one writes tables and indexes anew.
pub(super) const OVERWRITE: &str = "vacuum (full) person_keys, claims, credentials, sessions, outbox";

statements! {
    TENANTS_AFTER = "
select tenant_id from tenants where tenant_id > $1 and log = $2 order by tenant_id limit $3";

    FIND_CLAIMS = "
select p.n - 1, c.aggregate_id
from unnest($1::text[], $3::text[], $4::text[]) with ordinality as p (tenant_id, kind, value, n)
cross join lateral (
    select aggregate_id from claims
    where tenant_id = p.tenant_id and kind = p.kind and value = p.value and log = $2) as c";

    CLAIMS_HELD = "
select value from claims where tenant_id = $1 and kind = $2 and aggregate_id = $3 and log = $4
order by value";

    FORGET_CREDENTIALS = "
delete from credentials where tenant_id = $1 and subject = $2 and log = $3";

    /// The sessions of every stay: a later one has a point and its number behind the user.
    FORGET_SESSIONS = "
delete from sessions where tenant_id = $1 and holder >= $2 and holder < $2 || '/' and log = $3";

    FORGET_MAILS = "
delete from outbox where tenant_id = $1 and strpos(sealed, $2) > 0 and log = $3";
}

-- What people need besides the ledger: passwords, sessions, and the mails of a server without a mail server.
--
-- None of it is history: a password or session that is gone must be gone, and a mail's text is sealed under the key
-- of the person whom it is for.

create table credentials (
    credential_id text not null,
    tenant_id text not null,
    -- the person, so that erasing one finds it
    subject text not null,
    -- argon2id in the PHC string format
    password_hash text not null,
    log integer not null,
    primary key (credential_id, log)
) strict;

create table sessions (
    -- a hash of the session's text
    session_id text not null,
    tenant_id text not null,
    -- a member of the organization, or an access key
    holder text not null,
    expires_at integer not null,
    log integer not null,
    primary key (session_id, log)
) strict;

create index sessions_expired on sessions (log, expires_at);

create table outbox (
    -- derived from the event that caused the mail: handed over twice, it is here once
    message_id text not null,
    tenant_id text not null,
    kind text not null,
    -- address, subject and text, sealed
    sealed text not null,
    created_at integer not null,
    log integer not null,
    primary key (message_id, log)
) strict;

create index outbox_in_order on outbox (log, created_at, message_id);

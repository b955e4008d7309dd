-- What people need besides the ledger: passwords, sessions, and the mails of a server without a mail server.
--
-- None of it is history: a password or session that is gone must be gone, and a mail's text is sealed under the key
-- of the person whom it is for.

create table credentials (
    credential_id text collate "C" not null,
    tenant_id text collate "C" not null,
    -- the person, so that erasing one finds it
    subject text collate "C" not null,
    -- argon2id in the PHC string format
    password_hash text collate "C" not null,
    log integer not null,
    primary key (credential_id, log)
);

create table sessions (
    -- a hash of the session's text
    session_id text collate "C" not null,
    tenant_id text collate "C" not null,
    -- a member of the organization, or an access key
    holder text collate "C" not null,
    expires_at bigint not null,
    log integer not null,
    primary key (session_id, log)
);

create index sessions_expired on sessions (log, expires_at);

create table outbox (
    -- derived from the event that caused the mail: handed over twice, it is here once
    message_id text collate "C" not null,
    tenant_id text collate "C" not null,
    kind text collate "C" not null,
    -- address, subject and text, sealed
    sealed text not null,
    created_at bigint not null,
    log integer not null,
    primary key (message_id, log)
);

create index outbox_in_order on outbox (log, created_at, message_id);

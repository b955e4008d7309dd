//! The statements about people, one for each purpose.

statements! {
    PUT_CREDENTIAL = "
insert into credentials (credential_id, tenant_id, subject, password_hash, log) values (?1, ?2, ?3, ?4, ?5)";

    FIND_CREDENTIAL = "
select password_hash from credentials where credential_id = ?1 and tenant_id = ?2 and log = ?3";

    PUT_SESSION = "
insert into sessions (session_id, tenant_id, holder, expires_at, log) values (?1, ?2, ?3, ?4, ?5)";

    FORGET_SESSIONS = "delete from sessions where log = ?1 and expires_at <= ?2";

    FIND_SESSION = "
select session_id, tenant_id, holder, expires_at from sessions where session_id = ?1 and log = ?2";

    END_SESSION = "delete from sessions where session_id = ?1 and log = ?2";

    PUT_MAIL = "
insert into outbox (message_id, tenant_id, kind, sealed, created_at, log)
values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (message_id, log) do nothing";

    MAILS_BEFORE = "
select message_id, tenant_id, kind, sealed, created_at from outbox
where log = ?1 and (created_at, message_id) < (?2, ?3)
order by created_at desc, message_id desc limit ?4";
}

-- What is deleted when a person is erased is found by the person.

create index credentials_of_person on credentials (tenant_id, subject, log);

create index sessions_of_holder on sessions (tenant_id, holder, log);

create index outbox_of_tenant on outbox (tenant_id, log);

-- The planner's statistics hold values as they are: of these columns there are none, so that nothing outlives its row.
-- To name a column's type anew forgets those that were gathered before.
alter table person_keys alter column wrapped_key type text collate "C", alter column wrapped_key set statistics 0;

alter table claims alter column value type text collate "C", alter column value set statistics 0;

alter table credentials alter column password_hash type text collate "C",
    alter column password_hash set statistics 0;

alter table outbox alter column sealed type text, alter column sealed set statistics 0;

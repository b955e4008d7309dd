-- What is deleted when a person is erased is found by the person.

create index credentials_of_person on credentials (tenant_id, subject, log);

create index sessions_of_holder on sessions (tenant_id, holder, log);

create index outbox_of_tenant on outbox (tenant_id, log);

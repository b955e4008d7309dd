-- Events that a view cannot fold, and those that it leaves out for good.
--
-- A tenant whose event cannot be folded is parked for that view, and the others go on.

create table parked (
    name text collate "C" not null,
    generation integer not null,
    log integer not null,
    tenant_id text collate "C" not null,
    -- the tenant's next event to be folded: the one that failed, or while it is caught up the one after the last page
    position bigint not null,
    error text collate "C" not null,
    parked_at bigint not null,
    -- raised by each request to try again, and how many of them were tried
    asked bigint not null,
    tried bigint not null,
    -- who asked last, and why
    asked_by text collate "C",
    reason text collate "C",
    -- when it was folded after all; the row stays, as the record of it
    settled_at bigint,
    primary key (name, generation, log, tenant_id)
);

create table skips (
    name text collate "C" not null,
    log integer not null,
    position bigint not null,
    tenant_id text collate "C" not null,
    asked_by text collate "C" not null,
    reason text collate "C" not null,
    skipped_at bigint not null,
    primary key (name, log, position)
);

-- Events that a view cannot fold, and those that it leaves out for good.
--
-- A tenant whose event cannot be folded is parked for that view, and the others go on.

create table parked (
    name text not null,
    generation integer not null,
    log integer not null,
    tenant_id text not null,
    -- the tenant's next event to be folded: the one that failed, or while it is caught up the one after the last page
    position integer not null,
    error text not null,
    parked_at integer not null,
    -- raised by each request to try again, and how many of them were tried
    asked integer not null,
    tried integer not null,
    -- who asked last, and why
    asked_by text,
    reason text,
    -- when it was folded after all; the row stays, as the record of it
    settled_at integer,
    primary key (name, generation, log, tenant_id)
) strict;

create table skips (
    name text not null,
    log integer not null,
    position integer not null,
    tenant_id text not null,
    asked_by text not null,
    reason text not null,
    skipped_at integer not null,
    primary key (name, log, position)
) strict;

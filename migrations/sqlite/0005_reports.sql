-- The files of billing reports: what the ledger says of them, line by line.
--
-- A file follows from the events up to a position, so it is not history itself; it is kept so that it stays as it is,
-- and goes with its report.

create table report_files (
    report_id text not null,
    tenant_id text not null,
    -- a part of the file, from 0
    part integer not null,
    content text not null,
    log integer not null,
    primary key (report_id, part, log)
) strict;

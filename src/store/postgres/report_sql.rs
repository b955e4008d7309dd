//! The statements about the files of reports, one for each purpose.

statements! {
    PUT_PART = "
insert into report_files (report_id, tenant_id, part, content, log) values ($1, $2, $3, $4, $5)";

    FIND_PART = "
select content from report_files where report_id = $1 and part = $2 and log = $3 and tenant_id = $4";

    REMOVE_FILE = "delete from report_files where report_id = $1 and log = $2 and tenant_id = $3";
}

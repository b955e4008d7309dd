//! What a copy carries is all that there is.

use std::collections::BTreeSet;

use tenantry::moving::{LEFT, TABLES};

use crate::harness::Store;

on_both_databases!(every_column_of_every_table_is_carried_or_left_by_name);

async fn every_column_of_every_table_is_carried_or_left_by_name(store: &Store) {
    store.server().await.stop().await;
    let query = match store {
        Store::Sqlite(_) => {
            "select t.name || '.' || c.name from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'"
        }
        Store::Postgres { .. } => {
            "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'"
        }
    };

    let mut there: BTreeSet<String> = store.raw().await.texts(query).await.into_iter().collect();

    there.retain(|column| LEFT.iter().all(|table| !column.starts_with(&format!("{table}."))));
    let carried: BTreeSet<String> = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(move |(column, _)| format!("{}.{column}", table.name)))
        .collect();
    assert_eq!(there, carried, "a new table or column must be told to src/moving/tables.rs");
}

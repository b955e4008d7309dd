//! The ports `CopySource` and `CopyTarget`: rows as they lie there, by the names of their columns.

use async_trait::async_trait;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::{Postgres, Row as _};

use super::connect::PostgresStore;
use super::copying_sql as sql;
use crate::ports::{Cell, CopySource, CopyTarget, Fence, Identity, Kind, Row, Standing, StoreFault, Table};
use crate::store::copied::{clear, count, refuse_other, standing};
use crate::store::rows::fault;
use crate::store::{BEING_COPIED, FORMAT};

#[async_trait]
impl CopySource for PostgresStore {
    async fn standing(&self) -> Result<Standing, StoreFault> {
        let doing = "see what the store is";
        let table: Option<String> =
            sqlx::query_scalar(sql::META_TABLE).fetch_one(&self.pool).await.map_err(fault(doing))?;
        if table.is_none() {
            return Ok(Standing::Empty);
        }
        standing(sqlx::query_as(sql::META).fetch_optional(&self.pool).await.map_err(fault(doing))?)
    }

    async fn is_in_use(&self) -> Result<bool, StoreFault> {
        sqlx::query_scalar(sql::LEASED).fetch_one(&self.pool).await.map_err(fault("look at the leases"))
    }

    async fn count(&self, table: &Table) -> Result<i64, StoreFault> {
        sqlx::query_scalar(&count(table)).fetch_one(&self.pool).await.map_err(fault("count rows"))
    }

    async fn rows_after(&self, table: &Table, key: &Row, limit: i64) -> Result<Vec<Row>, StoreFault> {
        let statement = sql::rows_after(table);
        let query = key.iter().fold(sqlx::query(&statement), bind).bind(limit);
        let rows = query.fetch_all(&self.pool).await.map_err(fault("read rows"))?;
        rows.iter().map(|row| cells(table.columns.iter(), row)).collect()
    }
}

#[async_trait]
impl CopyTarget for PostgresStore {
    async fn begin(&self, identity: &Identity) -> Result<(), StoreFault> {
        sqlx::query(sql::BEGIN_COPY)
            .bind(BEING_COPIED)
            .bind(identity.reader_version_min)
            .bind(&identity.wrapped_hash_key)
            .execute(&self.pool)
            .await
            .map_err(fault("begin a copy"))?;
        Ok(())
    }

    async fn take_over(&self) -> Result<Fence, StoreFault> {
        let doing = "take over a copy";
        let fence = sqlx::query_scalar(sql::TAKE_OVER).bind(BEING_COPIED).fetch_optional(&self.pool).await;
        let fence: Option<i32> = fence.map_err(fault(doing))?;
        fence.map(Fence).ok_or_else(|| StoreFault::InUse("the copy was finished meanwhile".to_owned()))
    }

    async fn last_key(&self, table: &Table) -> Result<Option<Row>, StoreFault> {
        let row = sqlx::query(&sql::last_key(table)).fetch_optional(&self.pool).await;
        let row = row.map_err(fault("find the last row"))?;
        row.map(|row| cells(table.key_columns().map(|(_, column)| column), &row)).transpose()
    }

    async fn clear(&self, fence: Fence, table: &Table) -> Result<(), StoreFault> {
        let doing = "clear a table";
        let mut transaction = self.pool.begin().await.map_err(fault(doing))?;
        refuse_others(&mut transaction, fence).await?;
        sqlx::query(&clear(table)).execute(&mut *transaction).await.map_err(fault(doing))?;
        transaction.commit().await.map_err(fault(doing))
    }

    async fn put(&self, fence: Fence, table: &Table, rows: &[Row]) -> Result<(), StoreFault> {
        let doing = "write rows";
        let mut transaction = self.pool.begin().await.map_err(fault(doing))?;
        refuse_others(&mut transaction, fence).await?;
        let statement = sql::put(table);
        let columns = table.columns.iter().enumerate();
        let query = columns.fold(sqlx::query(&statement), |query, (place, (_, kind))| {
            bind_column(query, *kind, rows.iter().map(|row| &row[place]))
        });
        query.execute(&mut *transaction).await.map_err(fault(doing))?;
        transaction.commit().await.map_err(fault(doing))
    }

    async fn finish(&self, fence: Fence) -> Result<(), StoreFault> {
        let done = sqlx::query(sql::FINISH_COPY).bind(FORMAT).bind(fence.0).execute(&self.pool).await;
        let done = done.map_err(fault("finish a copy"))?;
        refuse_other((done.rows_affected() == 1).then_some(fence.0), fence)
    }
}

async fn refuse_others(connection: &mut PgConnection, fence: Fence) -> Result<(), StoreFault> {
    let format = sqlx::query_scalar(sql::HOLD_FORMAT).fetch_optional(connection).await;
    refuse_other(format.map_err(fault("see who writes to the copy"))?, fence)
}

type Query<'q> = sqlx::query::Query<'q, Postgres, PgArguments>;

fn bind<'q>(query: Query<'q>, cell: &'q Cell) -> Query<'q> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Number(number) => query.bind(number),
        Cell::Text(text) => query.bind(text.as_str()),
        Cell::Bytes(bytes) => query.bind(bytes.as_slice()),
    }
}

/// Binds the values of a column as one array.
fn bind_column<'q>(query: Query<'q>, kind: Kind, cells: impl Iterator<Item = &'q Cell>) -> Query<'q> {
    match kind {
        Kind::Number => query.bind(
            cells
                .map(|cell| if let Cell::Number(number) = cell { Some(*number) } else { None })
                .collect::<Vec<_>>(),
        ),
        Kind::Text | Kind::Json => query.bind(
            cells
                .map(|cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None })
                .collect::<Vec<_>>(),
        ),
        Kind::Bytes => query.bind(
            cells
                .map(|cell| if let Cell::Bytes(bytes) = cell { Some(bytes.as_slice()) } else { None })
                .collect::<Vec<_>>(),
        ),
    }
}

fn cells<'a>(
    columns: impl Iterator<Item = &'a (&'static str, Kind)>,
    row: &PgRow,
) -> Result<Row, StoreFault> {
    let cell = |(place, (_, kind)): (usize, &(&'static str, Kind))| {
        Ok(match kind {
            Kind::Number => row.try_get::<Option<i64>, _>(place)?.map(Cell::Number),
            Kind::Text | Kind::Json => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
        }
        .unwrap_or(Cell::Null))
    };
    columns.enumerate().map(cell).collect::<Result<_, _>>().map_err(fault("read rows"))
}

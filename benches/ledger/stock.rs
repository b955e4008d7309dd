//! Stock postgres-es, as its own documentation sets it up: one transaction for each command.

use anyhow::Context;
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlx::Executor;
use sqlx::postgres::PgPoolOptions;
use tenantry_domain::ids::PartnerId;
use tenantry_domain::partner::{Partner, PartnerCommand, RegisterPartner};

/// Connections of the pool: more than two cores can use.
const CONNECTIONS: u32 = 32;

/// The table that postgres-es documents.
const EVENTS: &str = "
create table events (
    aggregate_type text not null,
    aggregate_id text not null,
    sequence bigint check (sequence >= 0) not null,
    event_type text not null,
    event_version text not null,
    payload json not null,
    metadata json not null,
    primary key (aggregate_type, aggregate_id, sequence)
)";

pub(crate) struct Stock(PostgresCqrs<Partner>);

impl Stock {
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        let pool =
            PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false).connect(url).await?;
        pool.execute(EVENTS).await?;
        Ok(Self(postgres_cqrs(pool, Vec::new(), ())))
    }

    pub(crate) async fn register(&self, id: PartnerId, data: RegisterPartner) -> anyhow::Result<()> {
        let command = PartnerCommand::Register { id, data, parent_active: None };
        let metadata = [
            ("tenant", id.to_string()),
            ("actor", "bench".to_owned()),
            ("role", "operator".to_owned()),
            ("channel", "system".to_owned()),
            ("tracking", "bench".to_owned()),
            ("causation", id.to_string()),
            ("correlation", "bench".to_owned()),
            ("occurredAt", "2026-01-01T00:00:00Z".to_owned()),
        ];
        let metadata = metadata.map(|(name, value)| (name.to_owned(), value)).into();
        self.0
            .execute_with_metadata(&id.to_string(), command, metadata)
            .await
            .context("register with postgres-es")
    }
}

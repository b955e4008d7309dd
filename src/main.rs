//! The program `tenantry`.

use std::net::SocketAddr;
use tenantry::cli::{ServeOptions, compose::Settings, serve};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings {
        store: std::env::var("TENANTRY_STORE").unwrap_or("sqlite:tenantry-data/ledger.db".into()),
        data_dir: "tenantry-data".into(),
        wrapping_key: std::env::var("TENANTRY_WRAPPING_KEY").ok(),
        simulation: None,
        offered: Default::default(),
    };
    let listen: SocketAddr = "127.0.0.1:7480".parse()?;
    serve(ServeOptions { listen, operator_key: None, settings, demo: true }).await
}

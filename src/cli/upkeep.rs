//! What is measured from time to time, and not whenever something happens.

use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;

use crate::app::App;
use crate::limits::METRICS_UPKEEP;
use crate::ports::{StoreFault, Vitals};
use crate::projector::sample_lags;
use crate::shutdown::Tasks;

/// Sums up the samples of histograms and takes new ones of what lags, until the server stops.
pub(super) async fn keep_up_metrics(
    metrics: PrometheusHandle,
    app: Arc<App>,
    vitals: Arc<dyn Vitals>,
    tasks: Tasks,
) {
    while !tasks.is_stopping() {
        metrics.run_upkeep();
        if let Err(fault) = sample(&app, vitals.as_ref()).await {
            tracing::warn!(%fault, "cannot measure how far readers are behind");
        }
        tokio::select! {
            () = tasks.stopping() => {}
            () = tokio::time::sleep(METRICS_UPKEEP) => {}
        }
    }
}

async fn sample(app: &App, vitals: &dyn Vitals) -> Result<(), StoreFault> {
    sample_lags(app.ledger.as_ref(), app.views.as_ref(), app.clock.as_ref()).await?;
    if let Some(seconds) = vitals.oldest_transaction_seconds().await? {
        metrics::gauge!("tenantry_store_oldest_transaction_seconds").set(seconds);
    }
    Ok(())
}

//! How far views and processes are behind, in seconds.

use crate::limits::LOG;
use crate::ports::{Clock, Ledger, ReadStore, ReaderState, StoreFault};
use crate::projector::view_named;

/// Samples for every view and process the age of the oldest event that it has not taken in; 0 where there is none.
///
/// From the store, so that a reader which nobody moves is seen too.
pub async fn sample_lags(
    ledger: &dyn Ledger,
    views: &dyn ReadStore,
    clock: &dyn Clock,
) -> Result<(), StoreFault> {
    let mut readers = views.checkpoints(LOG).await?;
    readers.retain(|reader| reader.state != ReaderState::Building);
    let next: Vec<i64> = readers.iter().map(|reader| reader.position + 1).collect();
    let waiting = ledger.read_at(LOG, &next).await?;
    let now = clock.now_us();
    for reader in readers {
        let oldest = waiting.iter().find(|event| event.position == reader.position + 1);
        let age = oldest.map_or(0, |event| (now - event.recorded_at).max(0)) as f64 / 1e6;
        match view_named(&reader.name) {
            Some(view) => metrics::gauge!("tenantry_view_lag_seconds", "view" => view.name()).set(age),
            None => metrics::gauge!("tenantry_process_lag_seconds", "process" => reader.name).set(age),
        }
    }
    Ok(())
}

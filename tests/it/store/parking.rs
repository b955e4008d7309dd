//! What is parked moves with the rows and the checkpoint of its view, under the fence.

use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::limits::LOG;
use tenantry::ports::{Asked, Generation, ParkStep, ViewStep};
use tenantry_domain::customer::OfferedCountries;

use crate::harness::{Store, tenant};

on_both_databases!(
    a_step_under_an_old_fence_parks_nobody,
    an_event_is_skipped_only_where_a_tenant_is_parked_and_at_rest,
);

const VIEW: Generation = Generation { view: "customers", number: 1 };

async fn server(store: &Store) -> Server {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let settings = Settings {
        store: store.url(),
        data_dir: folder.path().to_owned(),
        wrapping_key: Some("A".repeat(43)),
        simulation: None,
        offered: OfferedCountries::All,
        public_url: "http://tenantry.example".to_owned(),
        movable_clock: false,
        consent_days: 30,
    };
    Server::open(&settings, Access::Write).await.expect("the store opens")
}

fn parking(fence: i64, to: i64, park: ParkStep) -> ViewStep {
    ViewStep { generation: VIEW, from: 0, to, fence, upserts: vec![], deletes: vec![], parks: vec![park] }
}

fn park(tried: Option<i64>) -> ParkStep {
    ParkStep::Park { tenant_id: tenant(), position: 7, error: "it says nothing".to_owned(), tried }
}

async fn a_step_under_an_old_fence_parks_nobody(store: &Store) {
    let server = server(store).await;
    let views = &server.http.app.views;
    let old = views.lease(LOG, VIEW.view, 1, "one").await.expect("the store answers").expect("it is free");
    views.release(LOG, "one").await.expect("the store answers");
    let new = views.lease(LOG, VIEW.view, 1, "two").await.expect("the store answers").expect("it is free");

    let late = views.advance(LOG, &[parking(old.fence, 9, park(None))]).await.expect("the store answers");

    assert!(!late);
    assert_eq!(views.parked(LOG).await.expect("the store answers"), vec![]);
    assert!(views.advance(LOG, &[parking(new.fence, 9, park(None))]).await.expect("the store answers"));
    let parked = views.parked(LOG).await.expect("the store answers");
    assert_eq!((parked.len(), parked[0].position, parked[0].is_retried()), (1, 7, false));
    server.committing.stop().await;
}

async fn an_event_is_skipped_only_where_a_tenant_is_parked_and_at_rest(store: &Store) {
    let server = server(store).await;
    let views = &server.http.app.views;
    let held = views.lease(LOG, VIEW.view, 1, "one").await.expect("the store answers").expect("it is free");
    let asked = Asked { by: "somebody".to_owned(), reason: Some("because".to_owned()) };
    views.advance(LOG, &[parking(held.fence, 0, park(None))]).await.expect("the store answers");

    let elsewhere = views.skip(LOG, VIEW.view, 8, &asked).await.expect("the store answers");
    let of_another = views.skip(LOG, "templates", 7, &asked).await.expect("the store answers");
    let there = views.skip(LOG, VIEW.view, 7, &asked).await.expect("the store answers");
    let again = views.skip(LOG, VIEW.view, 7, &asked).await.expect("the store answers");

    assert_eq!((elsewhere, of_another, there, again), (false, false, true, false));
    let skips = views.skips(LOG).await.expect("the store answers");
    assert_eq!((skips.len(), skips[0].position, skips[0].tenant_id), (1, 7, tenant()));
    assert_eq!((skips[0].asked_by.as_str(), skips[0].reason.as_str()), ("somebody", "because"));
    // Asked for while it is tried, another try is not lost when that one fails.
    assert_eq!(views.ask_retry(LOG, VIEW.view, None, &asked).await.expect("the store answers"), 1);
    views.advance(LOG, &[parking(held.fence, 0, park(Some(1)))]).await.expect("the store answers");
    assert!(views.parked(LOG).await.expect("the store answers")[0].is_retried());
    let settle = ParkStep::Settle { tenant_id: tenant() };
    views.advance(LOG, &[parking(held.fence, 0, settle)]).await.expect("the store answers");
    assert_eq!(views.parked(LOG).await.expect("the store answers"), vec![]);
    server.committing.stop().await;
}

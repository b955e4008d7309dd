//! Views are filled anew where their folds have changed: by programs that know the fold, beside what answers.

use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::limits::LOG;
use tenantry::ports::{Generation, ReaderState};
use tenantry::projector::{Progress, Projector, view_named};
use tenantry_domain::customer::OfferedCountries;

use crate::harness::Store;
use crate::journey::waiting::until;

on_both_databases!(
    a_generation_of_a_later_version_is_left_to_the_programs_that_know_it,
    servers_that_start_at_once_fill_one_generation_while_the_old_one_answers,
);

const VIEW: &str = "customers";

/// The view that is leased last.
const LAST: &str = "users";

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

/// The generations of the view, each with its version, its state and its fence.
async fn generations(server: &Server) -> Vec<(i32, i32, ReaderState, i64)> {
    let known = server.http.app.views.checkpoints(LOG).await.expect("the store answers");
    let of_view = known.into_iter().filter(|checkpoint| checkpoint.name == VIEW);
    of_view.map(|it| (it.generation, it.version, it.state, it.fence)).collect()
}

/// Moves the views until each was leased once.
async fn all_leased(server: &Server) {
    let projector = server.http.projector.clone();
    server.tasks.spawn(projector.run(server.tasks.clone()));
    until("a lease on every view", async || {
        let known = server.http.app.views.checkpoints(LOG).await.expect("the store answers");
        known.iter().any(|checkpoint| checkpoint.name == LAST && checkpoint.fence > 0).then_some(())
    })
    .await;
}

async fn a_generation_of_a_later_version_is_left_to_the_programs_that_know_it(store: &Store) {
    let server = server(store).await;
    let version = view_named(VIEW).expect("there is such a view").version();
    let later = Generation { view: VIEW, number: 2 };
    let views = &server.http.app.views;
    views.prepare(LOG, later, version + 1, ReaderState::Building).await.expect("the store answers");

    all_leased(&server).await;

    let (first, second) = ((1, version, ReaderState::Live, 1), (2, version + 1, ReaderState::Building, 0));
    assert_eq!(generations(&server).await, [first, second]);
    server.http.projector.prepare().await.expect("the store answers");
    assert_eq!(generations(&server).await.len(), 2, "it begins no other one either");
    server.tasks.stop().await;
    server.committing.stop().await;
}

async fn servers_that_start_at_once_fill_one_generation_while_the_old_one_answers(store: &Store) {
    let server = server(store).await;
    let version = view_named(VIEW).expect("there is such a view").version();
    let earlier = format!("update projections set version = version - 1 where name = '{VIEW}'");
    store.raw().await.execute(&earlier).await.expect("the view is there");
    let (views, feed) = (server.http.app.views.clone(), server.http.app.feed.clone());
    let other = |owner: &str| {
        let progress = std::sync::Arc::new(Progress::new(views.clone()));
        Projector::new(views.clone(), feed.clone(), progress, owner.to_owned())
    };
    let (one, two) = (other("one"), other("two"));

    let (first, second) = tokio::join!(one.prepare(), two.prepare());

    first.and(second).expect("the store answers");
    let (old, new) = ((1, version - 1, ReaderState::Live, 0), (2, version, ReaderState::Building, 0));
    assert_eq!(generations(&server).await, [old, new]);
    let progress = &server.http.app.progress;
    assert_eq!(progress.live(VIEW).await.expect("the store answers").number, 1);
    all_leased(&server).await;
    until("the new generation", async || {
        let found = generations(&server).await;
        let answering = progress.live(VIEW).await.expect("the store answers").number;
        (found.len() == 1 && found[0].0 == 2 && found[0].2 == ReaderState::Live && answering == 2)
            .then_some(())
    })
    .await;
    server.http.projector.prepare().await.expect("the store answers");
    assert_eq!(generations(&server).await.len(), 1, "it is filled once");
    server.tasks.stop().await;
    server.committing.stop().await;
}

//! Random journeys: whatever partners, operators, administrators and holders of tokens ask for, in whatever order, the
//! views are what the events say.

pub(super) mod chance;
mod directory;
mod moments;
mod partners;
mod people;
mod sales;
mod server;
mod walk;

use tenantry_domain::catalogue::Package;

use self::chance::Chance;
use self::server::Movable;
use self::walk::Walk;
use super::client::text;
use super::program::Home;
use super::replay::{export, live, of_partner, replayed};
use super::verbs::Where;
use crate::api::actions::{Besides, assert_actions_are_true};
use crate::harness::{Store, assert_sound};

on_both_databases!(whatever_is_asked_the_views_are_what_the_events_say);

/// Commands of one journey, refused ones among them.
const COMMANDS: usize = 120;

/// What the platform sells to nobody.
const NOT_SOLD: Package = Package::WebexVoice;

async fn whatever_is_asked_the_views_are_what_the_events_say(store: &Store) {
    let home = Home::new();
    let server = Movable::start(store, &home).await;
    let operator = server.operator();
    let mut walk = Walk::begin(&operator, Chance::any()).await;

    while walk.given() < COMMANDS {
        walk.step().await;
    }
    server.at_rest(store).await;

    // A journey of refusals would show nothing.
    assert!(walk.told.len() * 3 > walk.given() * 2, "most commands were refused: {:?}", walk.refused);
    let all = live(&operator, "").await;
    assert_eq!(replayed(&home, &Where::Store(store), &[]), all);
    assert_eq!(replayed(&home, &Where::Server(&operator), &[]), all);
    let file = export(&home, &Where::Server(&operator), "all", &[]);
    assert_eq!(replayed(&home, &Where::Nowhere, &["--from-file", &file]), all);
    assert_actions_are_true(&operator, "operator", &Besides::default()).await;
    for side in &walk.sides {
        let customers = side.partner.admin.list("/api/v1/customers?status=provisioned&limit=2").await;
        let organizations = customers.iter().map(|row| text(row, "organizationId")).collect();
        let besides = Besides { partner: side.other.clone(), user: side.user.clone(), organizations };
        assert_actions_are_true(&side.partner.admin, "partner_admin", &besides).await;
        let own = of_partner(&side.partner.auditor).await;
        assert_eq!(replayed(&home, &Where::Server(&side.partner.auditor), &[]), own);
        assert_eq!(replayed(&home, &Where::Store(store), &["--partner", &side.partner.id]), own);
    }
    assert_sound(store, Some(&operator), &walk.told).await;
    server.stop().await;
}

//! What live views answered on the way is answered again for that moment once the journey is over.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::chance::Chance;
use super::server::Movable;
use super::walk::Walk;
use crate::harness::Store;
use crate::journey::client::{Client, Reply, items, text};
use crate::journey::program::Home;

on_both_databases!(within super::PATIENCE => every_earlier_moment_is_shown_as_it_was);

/// A thousand moments are folded, each from the first event on.
const PATIENCE: Duration = Duration::from_mins(15);

/// Commands of the journey.
const COMMANDS: usize = 120;

/// Commands from one look at the views to the next.
const BETWEEN_LOOKS: usize = 4;

/// Moments that are asked for afterwards.
const MOMENTS: usize = 1000;

/// The lists that are looked at, and the field that names a row of each.
const LISTS: [(&str, &str); 5] = [
    ("customers", "id"),
    ("provisioning", "customerId"),
    ("cases", "id"),
    ("organizations", "id"),
    ("consents", "id"),
];

/// What somebody was shown at a position.
struct Seen {
    reader: Client,
    path: String,
    position: i64,
    shown: Value,
}

async fn every_earlier_moment_is_shown_as_it_was(store: &Store) {
    let home = Home::new();
    let server = Movable::start(store, &home).await;
    let operator = server.operator();
    let mut walk = Walk::begin(&operator, Chance::any()).await;
    let mut seen = Vec::new();
    let mut looked = 0;
    while walk.given() < COMMANDS {
        walk.step().await;
        if walk.given() >= looked + BETWEEN_LOOKS {
            looked = walk.given();
            server.at_rest(store).await;
            look(&mut walk, &mut seen).await;
        }
    }
    server.at_rest(store).await;
    let recorded = times(&operator).await;

    assert!(seen.len() > MOMENTS / 4, "only {} answers were noted", seen.len());
    for _ in 0..MOMENTS {
        let Seen { reader, path, position, shown } = &seen[walk.chance.below(seen.len())];
        let moment = moment(&mut walk.chance, &recorded, *position);
        let joint = if path.contains('?') { '&' } else { '?' };
        let then = reader.get(&format!("{path}{joint}at={moment}")).await;
        assert_eq!(
            then.header("tenantry-position"),
            Some(position.to_string().as_str()),
            "{path} at {moment}"
        );
        assert_eq!(comparable(&then), *shown, "{path} at {moment}");
    }
    server.stop().await;
}

/// Notes what lists and single rows show while nothing moves.
async fn look(walk: &mut Walk, seen: &mut Vec<Seen>) {
    let mut readers = vec![walk.operator.clone()];
    readers.extend(walk.sides.iter().map(|side| side.partner.service.clone()));
    readers.extend(walk.sides.iter().map(|side| side.partner.auditor.clone()));
    for reader in readers {
        let (view, key) = walk.chance.one_of(LISTS);
        let filter = match (view, walk.chance.below(3)) {
            ("customers", 0) => "&status=provisioned",
            ("cases", 0) => "&status=org_ready",
            ("consents", 0) => "&status=requested",
            _ => "",
        };
        note(seen, &reader, format!("/api/v1/{view}?limit=500{filter}")).await;
        let rows = reader.list(&format!("/api/v1/{view}?limit=500")).await;
        for _ in 0..3 {
            if let Some(row) = walk.chance.pick(&rows) {
                note(seen, &reader, format!("/api/v1/{view}/{}", text(&row, key))).await;
            }
        }
    }
}

async fn note(seen: &mut Vec<Seen>, reader: &Client, path: String) {
    let reply = reader.get(&path).await;
    let position = reply.header("tenantry-position").and_then(|text| text.parse().ok());
    let position = position.unwrap_or_else(|| panic!("{path} names no position: {}", reply.text));
    seen.push(Seen { reader: reader.clone(), path, position, shown: comparable(&reply) });
}

/// What of an answer is the same now and then: what can be done is not told of what was, and a partner's organizations
/// have no order of their own.
fn comparable(reply: &Reply) -> Value {
    let mut shown = reply.expect(200);
    shown.as_object_mut().expect("it is an object").remove("actions");
    if shown.get("items").is_some() {
        let mut sorted = items(&shown).to_vec();
        sorted.sort_by_key(Value::to_string);
        shown["items"] = Value::Array(sorted);
    }
    shown
}

/// Returns when each event was recorded, in the order of positions.
async fn times(operator: &Client) -> Vec<Timestamp> {
    let events = operator.lines("/api/v1/events").await;
    events.iter().map(|event| text(event, "recordedAt").parse().expect("it is a time")).collect()
}

/// Names a position by itself, or by a time at which it was the last.
fn moment(chance: &mut Chance, recorded: &[Timestamp], position: i64) -> String {
    let place = usize::try_from(position).expect("a position is positive");
    let (this, next) = (recorded[place - 1], recorded.get(place));
    if next.is_some_and(|next| *next <= this) || chance.once_in(2) {
        return position.to_string();
    }
    // Half of the way to the next event, or its own moment.
    let gap = next.map_or(0, |next| (next.as_microsecond() - this.as_microsecond()) / 2);
    let time = this.as_microsecond() + if chance.once_in(2) { gap } else { 0 };
    Timestamp::from_microsecond(time).expect("it lies between two times").to_string()
}

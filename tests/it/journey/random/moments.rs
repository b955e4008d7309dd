//! What live views answered on the way is answered again for that moment once the journey is over.

use std::collections::{BTreeMap, BTreeSet};
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

/// Hundreds of moments are folded, each from the first event on.
const PATIENCE: Duration = Duration::from_mins(15);

/// Commands of the journey; after each the views are looked at.
const COMMANDS: usize = 320;

/// Positions of the log at which something was noted, at least: what is refused adds none.
const POSITIONS_MIN: usize = 200;

/// Answers that are asked for afterwards, each of another position or of another read.
const MOMENTS: usize = 1000;

/// The lists that are looked at, and the field that names a row of each.
const LISTS: [(&str, &str); 7] = [
    ("customers", "id"),
    ("provisioning", "customerId"),
    ("cases", "id"),
    ("organizations", "id"),
    ("consents", "id"),
    ("invitations", "id"),
    ("activity", "id"),
];

/// Lists that are looked at after a command, each with one of its rows.
const LOOKS: usize = 3;

/// What was shown: at which position, to which of the readers, under which path.
type Seen = BTreeMap<(i64, usize, String), (Client, Value)>;

async fn every_earlier_moment_is_shown_as_it_was(store: &Store) {
    let home = Home::new();
    let server = Movable::start(store, &home).await;
    let operator = server.operator();
    let mut walk = Walk::begin(&operator, Chance::any()).await;
    let mut seen = BTreeMap::new();
    while walk.given() < COMMANDS {
        let given = walk.given();
        walk.step().await;
        if walk.given() > given {
            server.at_rest(store).await;
            look(&mut walk, &mut seen).await;
        }
    }
    server.at_rest(store).await;
    let recorded = times(&operator).await;
    let positions: BTreeSet<i64> = seen.keys().map(|(position, ..)| *position).collect();
    assert!(positions.len() >= POSITIONS_MIN, "only {} positions were looked at", positions.len());
    assert!(seen.len() >= MOMENTS, "only {} answers were noted", seen.len());

    let mut moments: Vec<_> = seen.into_iter().collect();
    while moments.len() > MOMENTS {
        let one = walk.chance.below(moments.len());
        moments.swap_remove(one);
    }
    for ((position, key, path), (reader, shown)) in moments {
        let moment = moment(&mut walk.chance, &recorded, position);
        let joint = if path.contains('?') { '&' } else { '?' };
        let then = reader.get(&format!("{path}{joint}at={moment}")).await;
        let place = format!("{path} at {moment} with {key}");
        assert_eq!(then.header("tenantry-position"), Some(position.to_string().as_str()), "{place}");
        assert_eq!(comparable(&then), shown, "{place}");
    }
    server.stop().await;
}

/// Notes what lists and single rows show while nothing moves: to one of those who may look back, of its own or, to the
/// operator, of an organization.
async fn look(walk: &mut Walk, seen: &mut Seen) {
    let mut readers = vec![walk.operator.clone()];
    for side in &walk.sides {
        readers.extend([side.partner.admin.clone(), side.partner.auditor.clone()]);
    }
    for _ in 0..LOOKS {
        let number = walk.chance.below(readers.len());
        let reader = (number, &readers[number]);
        let (view, key) = walk.chance.one_of(LISTS);
        let filter = match (view, walk.chance.below(3)) {
            ("customers", 0) => "&status=provisioned".to_owned(),
            ("cases", 0) => "&status=org_ready".to_owned(),
            ("consents", 0) => "&status=requested".to_owned(),
            ("consents" | "invitations" | "activity", 1) if number == 0 => of_organization(walk),
            _ => String::new(),
        };
        note(seen, reader, format!("/api/v1/{view}?limit=500{filter}")).await;
        let rows = reader.1.list(&format!("/api/v1/{view}?limit=500")).await;
        if let Some(row) = walk.chance.pick(&rows) {
            note(seen, reader, format!("/api/v1/{view}/{}", text(&row, key))).await;
        }
    }
}

/// Asks for the rows of an organization that was there before.
fn of_organization(walk: &mut Walk) -> String {
    let organization = walk.chance.pick(&walk.organizations);
    organization.map(|id| format!("&tenant={id}")).unwrap_or_default()
}

async fn note(seen: &mut Seen, (number, reader): (usize, &Client), path: String) {
    let reply = reader.get(&path).await;
    let position = reply.header("tenantry-position").and_then(|text| text.parse().ok());
    let position = position.unwrap_or_else(|| panic!("{path} names no position: {}", reply.text));
    seen.insert((position, number, path), (reader.clone(), comparable(&reply)));
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

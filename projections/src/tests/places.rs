use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{
    AddPlace, AddToPool, Asker, Assist, CallingLocation, CustomerCommand, OfferedCountries, RemovalOutcome,
    Remove, Seat,
};
use tenantry_domain::ids::{LocationId, OperationId, SubscriberId};
use tenantry_domain::personal::Personal;
use tenantry_domain::role::Channel;
use tenantry_domain::values::PhoneNumber;
use uuid::Uuid;

use super::samples::{Story, at, customer, person, rows};
use crate::activity::Activity;
use crate::customers::Customers;
use crate::locations::{LocationRow, Locations};
use crate::numbers::{NumberRow, NumberState, Numbers};

fn asker() -> Asker {
    Asker { partner_active: true, home_organization: None, channel: Channel::Api }
}

fn works() -> LocationId {
    LocationId::from_uuid(Uuid::from_u128(40))
}

fn subscriber(n: u128) -> SubscriberId {
    SubscriberId::from_uuid(Uuid::from_u128(50 + n))
}

fn number(n: u32) -> PhoneNumber {
    format!("+493012340{n}").parse().expect("is a number")
}

fn seat(n: u128, number: Option<PhoneNumber>) -> Seat {
    Seat {
        subscriber_id: subscriber(n),
        packages: [Package::WebexCalling].into(),
        location_id: Some(LocationId::of_head_office(customer())),
        phone_number: number,
        extension: Some(format!("{}", 10 + n).parse().expect("is an extension")),
    }
}

/// A customer with a second place, two numbers and a subscriber who has the first.
fn equipped() -> Story {
    let mut story = Story::with(&[Package::WebexCalling]);
    story.organization(true);
    story.package(Package::WebexCalling, true);
    let location: CallingLocation = serde_json::from_value(serde_json::json!({
        "name": "Works", "address": { "addressLine1": "2 Other Street", "city": "Lund", "country": "SE" },
        "timezone": "Europe/Stockholm", "language": "sv",
    }))
    .expect("is a place");
    let (location_id, offered) = (works(), OfferedCountries::All);
    let place = AddPlace { location_id, location, asker: asker(), offered };
    story.execute(CustomerCommand::AddLocation(Box::new(place)));
    let numbers = vec![number(1), number(2)];
    let claimed = numbers.clone();
    let pool = AddToPool { numbers, location_id: None, claimed, taken: vec![], asker: asker() };
    story.execute(CustomerCommand::AddNumbers(Box::new(pool)));
    story.execute(CustomerCommand::TakeSeat(Box::new(seat(1, Some(number(1))))));
    story
}

fn locations(story: &Story) -> Vec<LocationRow> {
    rows::<Locations>(&story.log.events).into_values().collect()
}

fn numbers(story: &Story) -> Vec<(NumberState, Option<SubscriberId>)> {
    let rows = rows::<Numbers>(&story.log.events).into_values();
    rows.map(|row: NumberRow| (row.state, row.subscriber_id)).collect()
}

const FREE: (NumberState, Option<SubscriberId>) = (NumberState::Free, None);

fn assigned(n: u128) -> (NumberState, Option<SubscriberId>) {
    (NumberState::Assigned, Some(subscriber(n)))
}

#[test]
fn r61_the_head_office_is_the_first_of_the_locations() {
    let mut story = equipped();
    let head = LocationId::of_head_office(customer());
    let shown = locations(&story);
    let found = shown.iter().find(|row| row.id == head).expect("is there");
    assert_eq!((found.name.as_str(), found.head_office, found.created_at), ("Head Office", true, at(1)));
    let found = shown.iter().find(|row| row.id == works()).expect("is there");
    assert_eq!((found.name.as_str(), found.head_office), ("Works", false));
    story.execute(CustomerCommand::RemoveLocation { location_id: works(), asker: asker() });
    assert_eq!(locations(&story).len(), 1);
}

#[test]
fn r68_a_number_shows_who_has_it() {
    let mut story = equipped();
    assert_eq!(numbers(&story), [assigned(1), FREE]);
    story.execute(CustomerCommand::ChangeSeat(Box::new(seat(1, Some(number(2))))));
    assert_eq!(numbers(&story), [FREE, assigned(1)]);
    // The same number, another extension: the number stays with its holder.
    let mut moved = seat(1, Some(number(2)));
    moved.extension = Some("99".parse().expect("is an extension"));
    story.execute(CustomerCommand::ChangeSeat(Box::new(moved)));
    assert_eq!(numbers(&story), [FREE, assigned(1)]);
    story.execute(CustomerCommand::ReleaseSeat { subscriber_id: subscriber(1) });
    assert_eq!(numbers(&story), [FREE, FREE]);
    story.execute(CustomerCommand::RemoveNumbers { numbers: vec![number(1)], asker: asker() });
    assert_eq!(numbers(&story), [FREE]);
}

#[test]
fn a_customer_shows_how_many_have_each_package_and_when_help_was_asked_for() {
    let mut story = equipped();
    story.execute(CustomerCommand::TakeSeat(Box::new(seat(2, None))));
    assert_eq!(story.row::<Customers>().in_use, [(Package::WebexCalling, 2)].into());
    for n in [1, 2] {
        story.execute(CustomerCommand::ReleaseSeat { subscriber_id: subscriber(n) });
    }
    assert!(story.row::<Customers>().in_use.is_empty());
    assert_eq!(story.row::<Customers>().setup_assist_requested_at, None);
    let contact_email = Personal::open(person(), "kim@customer.example".parse().expect("is an address"));
    let assist = Assist { contact_name: None, contact_email, notes: None, asker: asker() };
    story.execute(CustomerCommand::RequestSetupAssist(Box::new(assist)));
    let events = story.log.events.len() as i64;
    assert_eq!(story.row::<Customers>().setup_assist_requested_at, Some(at(events)));
}

#[test]
fn nothing_is_left_of_the_places_of_a_customer_that_is_removed() {
    let mut story = equipped();
    let operation_id = OperationId::from_uuid(Uuid::from_u128(60));
    let remove = Remove { operation_id, cascade: true, asker: asker() };
    story.execute(CustomerCommand::Remove(remove));
    let (package, outcome) = (Package::WebexCalling, RemovalOutcome::Removed);
    story.execute(CustomerCommand::RecordRemoval { operation_id, package, outcome });
    story.execute(CustomerCommand::RecordReleased { operation_id });
    assert_eq!(locations(&story), []);
    assert_eq!(numbers(&story), []);
    let said = rows::<Activity>(&story.log.events);
    assert_eq!(said.len(), story.log.events.len(), "each event has its sentence");
}

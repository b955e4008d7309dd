//! What is asked of the places and numbers of customers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::customers::may_change;
use super::plain::Customer;
use super::rules::No;
use super::walk::Walk;
use crate::journey::bodies;
use crate::journey::client::text;
use crate::journey::places::{head_office, location};

/// The row of a place.
fn row(customer: &str, id: &str, place: &Value) -> Value {
    let mut row = place.clone();
    (row["id"], row["customerId"]) = (json!(id), json!(customer));
    row["headOffice"] = json!(id == head_office(customer));
    row
}

/// The place to call from that bodies have.
fn usual() -> Value {
    bodies::customer("", "")["provisioningParameters"]["calling"]["location"].clone()
}

/// The places of a customer that is asked for, with a place to call from or without.
pub(super) fn first(customer: &str, has_place: bool) -> BTreeMap<String, Value> {
    let id = head_office(customer);
    has_place.then(|| (id.clone(), row(customer, &id, &usual()))).into_iter().collect()
}

impl Customer {
    /// Whether it has a place to call from.
    pub(super) fn has_place(&self) -> bool {
        self.places.contains_key(&head_office(&self.id))
    }

    /// Sets its head office where an update says.
    pub(super) fn move_head_office(&mut self) {
        self.places.extend(first(&self.id, true));
    }
}

impl Walk {
    /// Asks for something about a place or a number.
    pub(super) async fn place(&mut self) {
        let any = self.chance.once_in(8);
        let Some(id) = self.any_customer(|it| any || it.is_ready()) else { return };
        match self.chance.below(5) {
            0 => self.add_location(&id).await,
            1 => self.remove_location(&id).await,
            2 => self.remove_number(&id).await,
            _ => self.add_number(&id).await,
        }
    }

    async fn add_location(&mut self, id: &str) {
        let mut body = location(&format!("Place {}", self.chance.below(4)));
        body["customerId"] = json!(id);
        let customer = self.customer(id);
        let taken = customer.places.values().any(|place| place["name"] == body["name"]);
        let foreseen = may_change(customer).and(unless(taken, (409, "location_name_taken")));
        let Some(answer) = self.give("AddLocation", body.clone(), foreseen).await else { return };
        let (location_id, customer) = (text(&answer, "locationId"), self.customer(id));
        assert_eq!(location_id == head_office(id), !customer.has_place(), "{answer}");
        let row = row(id, &location_id, &body);
        customer.places.insert(location_id, row);
    }

    async fn remove_location(&mut self, id: &str) {
        let known: Vec<String> = self.customer(id).places.keys().cloned().collect();
        let nowhere = || "loc_01kpm6f1aqfd7v61bznxez3w6q".to_owned();
        let location_id = self.chance.pick(&known).unwrap_or_else(nowhere);
        let customer = self.customer(id);
        let used = customer.numbers.values().any(|lies_at| lies_at.as_ref() == Some(&location_id));
        let foreseen = may_change(customer)
            .and(unless(known.is_empty(), (404, "location_not_found")))
            .and(unless(location_id == head_office(id), (422, "location_is_head_office")))
            .and(unless(used, (409, "location_in_use")));
        let body = json!({ "customerId": id, "locationId": location_id });
        if self.give("RemoveLocation", body, foreseen).await.is_some() {
            self.customer(id).places.remove(&location_id);
        }
    }

    /// Asks for a number: mostly a new one, now and then one that a customer of the partner has.
    async fn add_number(&mut self, id: &str) {
        let of_partner: u32 = self.book.name.chars().filter_map(|digit| digit.to_digit(10)).sum();
        let fresh = format!("+49301{of_partner}{:04}", self.given);
        let other =
            if self.chance.once_in(6) { self.any_customer(|it| !it.numbers.is_empty()) } else { None };
        let known = other.and_then(|other| {
            self.customer(&other).numbers.first_key_value().map(|(number, _)| (other.clone(), number.clone()))
        });
        let (holder, number) = known.map_or((None, fresh), |(holder, number)| (Some(holder), number));
        let places: Vec<String> = self.customer(id).places.keys().cloned().collect();
        let lies_at = if self.chance.once_in(2) { self.chance.pick(&places) } else { None };
        let customer = self.customer(id);
        let elsewhere = customer.numbers.get(&number).is_some_and(|known| *known != lies_at);
        let taken = holder.is_some_and(|holder| holder != id);
        let foreseen = may_change(customer)
            .and(unless(elsewhere, (409, "number_elsewhere")))
            .and(unless(taken, (409, "number_taken")));
        let mut body = json!({ "customerId": id, "numbers": [number] });
        if let Some(lies_at) = &lies_at {
            body["locationId"] = json!(lies_at);
        }
        if self.give("AddNumbers", body, foreseen).await.is_some() {
            self.customer(id).numbers.insert(number, lies_at);
        }
    }

    async fn remove_number(&mut self, id: &str) {
        let known: Vec<String> = self.customer(id).numbers.keys().cloned().collect();
        let known = if self.chance.once_in(4) { None } else { self.chance.pick(&known) };
        let number = known.clone().unwrap_or_else(|| "+4930123499".to_owned());
        let missing = unless(known.is_none(), (404, "number_not_found"));
        let foreseen = may_change(self.customer(id)).and(missing);
        let body = json!({ "customerId": id, "numbers": [number] });
        if self.give("RemoveNumbers", body, foreseen).await.is_some() {
            self.customer(id).numbers.remove(&number);
        }
    }
}

fn unless(refused: bool, no: No) -> Result<(), No> {
    if refused { Err(no) } else { Ok(()) }
}

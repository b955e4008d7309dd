//! Holds what the server shows against the books, row by row.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::others::METERS;
use super::plain::{Book, Customer, Used, decimal};
use super::walk::Walk;
use crate::journey::client::{Client, items};

/// Differences that are told at most.
const TOLD_MAX: usize = 40;

/// Rows by their keys.
type Rows = BTreeMap<String, Value>;

/// Fields that the server makes up, and those that follow from the time.
const UNKNOWN: [&str; 9] = [
    "createdAt",
    "updatedAt",
    "sequence",
    "startedAt",
    "finishedAt",
    "requestedAt",
    "expiresAt",
    "answeredAt",
    "mails",
];

/// Collects what is shown otherwise than the books say.
#[derive(Default)]
pub(super) struct Differences {
    found: Vec<String>,
    rows: usize,
}

impl Differences {
    /// Panics with what was found, if anything was; returns how many rows were compared.
    pub(super) fn none(self) -> usize {
        let told: Vec<&str> = self.found.iter().map(String::as_str).take(TOLD_MAX).collect();
        assert!(told.is_empty(), "{} differences:\n{}", self.found.len(), told.join("\n"));
        self.rows
    }

    /// Compares all rows of a view.
    fn rows(&mut self, view: &str, shown: &Rows, wanted: &Rows) {
        self.rows += wanted.len();
        let keys: BTreeSet<&String> = shown.keys().chain(wanted.keys()).collect();
        for key in keys {
            match (shown.get(key), wanted.get(key)) {
                (Some(shown), Some(wanted)) => self.fields(view, key, shown, wanted),
                (Some(shown), None) => self.found.push(format!("{view} {key}: should not be there: {shown}")),
                (None, Some(wanted)) => self.found.push(format!("{view} {key}: is missing: {wanted}")),
                (None, None) => {}
            }
        }
    }

    fn fields(&mut self, view: &str, key: &str, shown: &Value, wanted: &Value) {
        let (shown, wanted) = (whole(shown), whole(wanted));
        let names: BTreeSet<&String> = shown.keys().chain(wanted.keys()).collect();
        for name in names.into_iter().filter(|name| shown.get(*name) != wanted.get(*name)) {
            let (is, should) = (shown.get(name), wanted.get(name));
            let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            self.found.push(format!("{view} {key}: {name} is {}, should be {}", text(is), text(should)));
        }
    }

    /// Compares all that a partner sees.
    pub(super) async fn of(&mut self, walk: &Walk) {
        let (book, reader) = (&walk.book, &walk.partner.service);
        let customers = book.customers.iter().map(|(id, it)| (id.clone(), it.row(&book.partner))).collect();
        self.rows("customers", &list(reader, "customers?", "id", customer).await, &customers);
        let provisioning = book.customers.iter().map(|(id, it)| (id.clone(), it.provisioning())).collect();
        let shown = list(reader, "provisioning?", "customerId", provisioned).await;
        self.rows("provisioning", &shown, &provisioning);
        let operations = book.operations.iter().map(|(id, it)| {
            let subject = json!({ "type": it.subject.0, "id": it.subject.1 });
            (id.clone(), json!({ "id": id, "state": it.state, "subject": subject }))
        });
        let shown = list(reader, "operations?", "id", only(&["id", "state", "subject"])).await;
        self.rows("operations", &shown, &operations.collect());
        let kept = |row: Value| row;
        self.rows("templates", &list(reader, "templates?", "provisioningId", kept).await, &book.templates);
        self.rows("cases", &list(reader, "cases?", "id", kept).await, &book.cases);
        self.rows("consents", &list(reader, "consents?", "id", kept).await, &book.consents);
        let of_place = |it: &Customer| it.places.clone();
        let locations = book.customers.values().flat_map(of_place).collect();
        self.rows("locations", &list(reader, "locations?", "id", kept).await, &locations);
        let numbers = book.customers.values().flat_map(numbers).collect();
        self.rows("numbers", &list(reader, "numbers?", "number", kept).await, &numbers);
        self.rows("users", &list(reader, "users?", "id", kept).await, &book.users);
        self.usage(walk).await;
    }

    async fn usage(&mut self, walk: &Walk) {
        for (window, length) in [("day", 10), ("month", 7)] {
            let of_window = |(_, _, start): &&(String, String, String)| start.len() == length;
            let keys = walk.book.usage.keys().filter(of_window);
            let wanted: Rows = keys.map(|key| used(key, &walk.book.usage[key], window)).collect();
            let path = format!("usage?window={window}&");
            self.rows("usage", &list(&walk.partner.service, &path, "", |row| row).await, &wanted);
        }
        // The organization itself sees the same: it has no other partner.
        let organizations: BTreeSet<&String> = walk.book.usage.keys().map(|(id, _, _)| id).collect();
        for organization in organizations {
            let keys = walk.book.usage.keys().filter(|(id, _, start)| id == organization && start.len() == 7);
            let wanted: Rows = keys.map(|key| used(key, &walk.book.usage[key], "month")).collect();
            let path = format!("usage?window=month&organizationId={organization}&");
            self.rows("usage of an organization", &list(&walk.operator, &path, "", |row| row).await, &wanted);
        }
    }

    /// Compares what operators see of all partners.
    pub(super) async fn of_all(&mut self, operator: &Client, books: &[&Book], others: &[(String, &str)]) {
        let mut wanted = Rows::new();
        for book in books {
            let own = book.organizations.iter().map(|(id, it)| (id.clone(), it.row(id, &book.partner)));
            wanted.extend(own);
        }
        self.rows("organizations", &list(operator, "organizations?", "id", organization).await, &wanted);
        let books = books.iter().map(|book| (book.partner.clone(), book.name.as_str()));
        let partners = books.chain(others.iter().cloned()).map(|(id, name)| {
            let row = json!({ "id": id, "name": name, "country": "DE", "region": "eu", "suspended": false });
            (id, row)
        });
        self.rows("partners", &list(operator, "partners?", "id", |row| row).await, &partners.collect());
    }
}

/// Reads all pages of a list; rows of usage go by their place.
async fn list(reader: &Client, path: &str, key: &str, shape: impl Fn(Value) -> Value) -> Rows {
    let mut rows = Rows::new();
    let mut next = Some(format!("/api/v1/{path}limit=500"));
    while let Some(place) = next {
        let page = reader.get(&place).await;
        for row in items(&page.expect(200)) {
            let key = match key {
                "" => format!("{} {} {}", row["organizationId"], row["meter"], row["start"]),
                key => row[key].as_str().expect("a key is a text").to_owned(),
            };
            let before = rows.insert(key, shape(row.clone()));
            assert!(before.is_none(), "a row twice: {row}");
        }
        next = page.next_page();
    }
    rows
}

/// The fields of a row that a book can know, without those that say nothing.
fn whole(row: &Value) -> Map<String, Value> {
    let fields = row.as_object().expect("a row is an object").clone();
    let known = |(name, value): &(String, Value)| !UNKNOWN.contains(&name.as_str()) && !value.is_null();
    fields.into_iter().filter(known).map(|(name, value)| (name, sorted(value))).collect()
}

/// Arrays whose order means nothing, in an order of their own; what is empty within a row is left out.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(sorted).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(fields) => {
            let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(fields.map(|(name, value)| (name, sorted(value))).collect())
        }
        other => other,
    }
}

fn only(names: &'static [&'static str]) -> impl Fn(Value) -> Value {
    |row| names.iter().map(|name| ((*name).to_owned(), row[*name].clone())).collect()
}

/// A customer's row; what licenses are called is for the platform to say.
fn customer(mut row: Value) -> Value {
    for package in row["packages"].as_array_mut().expect("there are packages") {
        let fields = package.as_object_mut().expect("a package is an object");
        let licenses = fields.remove("licenseIds").expect("there are licenses");
        fields.insert("licensed".to_owned(), json!(licenses != json!([])));
    }
    row
}

fn provisioned(mut row: Value) -> Value {
    let ended = row.get("finishedAt").is_some();
    row["ended"] = json!(ended);
    let steps = row["steps"].as_array().expect("there are steps").clone();
    row["steps"] = steps.into_iter().map(only(&["name", "state"])).collect();
    row
}

/// The rows of a customer's numbers.
fn numbers(customer: &Customer) -> Vec<(String, Value)> {
    let row = |(number, lies_at): (&String, &Option<String>)| {
        let row = json!({
            "number": number, "customerId": customer.id, "locationId": lies_at, "state": "free",
        });
        (number.clone(), row)
    };
    customer.numbers.iter().map(row).collect()
}

fn organization(mut row: Value) -> Value {
    for license in row["licenses"].as_array_mut().expect("there are licenses") {
        license.as_object_mut().expect("a license is an object").remove("id");
    }
    row
}

/// A row of usage with its place.
fn used(
    (organization, meter, start): &(String, String, String),
    used: &Used,
    window: &str,
) -> (String, Value) {
    let (begin, end) = if window == "day" {
        let day: u32 = start[8..].parse().expect("a day is a number");
        (format!("{start}T00:00:00Z"), format!("{}-{:02}T00:00:00Z", &start[..7], day + 1))
    } else {
        let month: u32 = start[5..].parse().expect("a month is a number");
        (format!("{start}-01T00:00:00Z"), format!("2026-{:02}-01T00:00:00Z", month + 1))
    };
    let (maximum, sum) = (used.maximum.map(decimal), decimal(used.sum));
    let last = used.last.as_ref().map(|(time, value)| json!({ "time": time, "value": decimal(*value) }));
    let kind = METERS.iter().find(|(name, _)| name == meter).map(|(_, kind)| *kind).expect("it is a meter");
    let mut row = json!({
        "organizationId": organization, "meter": meter, "window": window, "start": begin, "end": end,
        "records": used.records, "corrections": used.corrections, "sum": sum, "maximum": maximum, "last": last,
        "counted": !kind.is_empty(),
    });
    match kind {
        "" => row["reason"] = json!("meter_not_defined"),
        "sum" => row["value"] = json!(sum),
        "maximum" => row["value"] = json!(maximum),
        "count" => row["value"] = json!(used.records.to_string()),
        _ => row["value"] = row["last"]["value"].clone(),
    }
    if !kind.is_empty() {
        (row["kind"], row["unit"]) = (json!(kind), json!("units"));
    }
    (format!("{} {} {}", row["organizationId"], row["meter"], row["start"]), row)
}

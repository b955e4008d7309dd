//! Where customers call from, and by which numbers: each number is one customer's on the whole platform.

use serde_json::{Value, json};

use super::cast::Partner;
use super::client::{Client, Reply, send, text};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r61_r68_a_customer_has_its_head_office_and_other_places,
    r68_numbers_are_a_pool_that_the_removal_of_the_customer_empties,
    a_number_that_two_partners_want_at_once_is_one_of_theirs,
    all_faults_of_a_list_of_numbers_are_told_at_once,
    r72_help_with_setting_up_is_asked_for_once,
);

/// Returns the ID of a customer's head office, which follows from the customer's.
pub(crate) fn head_office(customer: &str) -> String {
    customer.replacen("cust_", "loc_", 1)
}

/// A place to call from.
pub(crate) fn location(name: &str) -> Value {
    json!({
        "name": name, "timezone": "Europe/Stockholm", "language": "sv",
        "address": { "addressLine1": "2 Other Street", "city": "Lund", "country": "SE" },
    })
}

/// A program with two partners, and a customer of each.
struct Cast {
    program: Program,
    operator: Client,
    partners: [Partner; 2],
    customers: [String; 2],
}

impl Cast {
    async fn on(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let operator = program.operator();
        let partners = [
            Partner::register(&operator, "Example Resale").await,
            Partner::register(&operator, "Another Resale").await,
        ];
        let mut customers = [String::new(), String::new()];
        for (partner, customer) in partners.iter().zip(&mut customers) {
            let template = partner.template().await;
            *customer = text(&partner.provisioned(&template, "customer-17").await, "id");
        }
        Self { program, operator, partners, customers }
    }

    /// Gives a command about the customer of one of the partners.
    async fn give(&self, whose: usize, command: &str, more: &Value) -> Reply {
        let mut body = json!({ "customerId": self.customers[whose] });
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is one").clone());
        send(self.partners[whose].admin.command(command, &body)).await
    }

    /// The rows of a list once it shows what a command did.
    async fn rows(&self, whose: usize, list: &str, answer: &Value) -> Vec<Value> {
        let (list, position) = (list.to_owned(), text(answer, "position"));
        let mark = if list.contains('?') { '&' } else { '?' };
        self.partners[whose].service.list(&format!("/api/v1/{list}{mark}minPosition={position}")).await
    }
}

fn texts(rows: &[Value], field: &str) -> Vec<String> {
    rows.iter().map(|row| text(row, field)).collect()
}

async fn r61_r68_a_customer_has_its_head_office_and_other_places(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let customer = &cast.customers[0];

    let added = cast.give(0, "AddLocation", &location("Works")).await.expect(200);

    let works = text(&added, "locationId");
    let rows = cast.rows(0, &format!("locations?customerId={customer}"), &added).await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    let main = rows.iter().find(|row| row["headOffice"] == true).expect("there is a head office");
    assert_eq!((&main["id"], &main["name"]), (&json!(head_office(customer)), &json!("Head Office")));
    let row = cast.partners[0].service.read(&format!("/api/v1/locations/{works}")).await;
    assert_eq!((&row["name"], &row["customerId"]), (&json!("Works"), &json!(customer)));
    assert_eq!(row["actions"], json!([{ "command": "RemoveLocation", "allowed": true }]));
    let others = cast.partners[1].service.get(&format!("/api/v1/locations/{works}")).await;
    assert_eq!(others.code(404), "not_found");

    let again = cast.give(0, "AddLocation", &location("Works")).await;
    assert_eq!(again.code(409), "location_name_taken");
    let renamed = json!({ "calling": { "location": location("Works") } });
    assert_eq!(cast.give(0, "UpdateCustomerOrg", &renamed).await.code(409), "location_name_taken");
    let main = json!({ "locationId": head_office(customer) });
    assert_eq!(cast.give(0, "RemoveLocation", &main).await.code(422), "location_is_head_office");

    let numbers = json!({ "numbers": ["+46462220000"], "locationId": works });
    cast.give(0, "AddNumbers", &numbers).await.expect(200);
    let named = json!({ "locationId": works });
    let problem = cast.give(0, "RemoveLocation", &named).await.expect(409);
    assert_eq!(problem["code"], "location_in_use");
    assert!(text(&problem, "detail").ends_with("subscribers: 0, numbers: 1"), "{problem}");
    cast.give(0, "RemoveNumbers", &json!({ "numbers": ["+46462220000"] })).await.expect(200);
    let removed = cast.give(0, "RemoveLocation", &named).await.expect(200);
    assert_eq!(texts(&cast.rows(0, "locations", &removed).await, "name"), ["Head Office"]);
    assert_eq!(cast.give(0, "RemoveLocation", &named).await.code(404), "location_not_found");

    // The head office is where an update says, from then on.
    let moved = json!({ "calling": { "location": location("Other House") } });
    let updated = cast.give(0, "UpdateCustomerOrg", &moved).await.expect(202);
    assert_eq!(texts(&cast.rows(0, "locations", &updated).await, "name"), ["Other House"]);
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn r68_numbers_are_a_pool_that_the_removal_of_the_customer_empties(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let pool = json!({ "numbers": ["+4930123401", "+4930123402"] });

    let added = cast.give(0, "AddNumbers", &pool).await.expect(200);

    let rows = cast.rows(0, "numbers?state=free", &added).await;
    assert_eq!(texts(&rows, "number"), ["+4930123401", "+4930123402"]);
    assert_eq!(texts(&rows, "customerId"), [cast.customers[0].clone(), cast.customers[0].clone()]);
    assert_eq!(cast.rows(0, "numbers?state=assigned", &added).await, Vec::<Value>::new());
    let head = cast.program.head().await;
    cast.give(0, "AddNumbers", &pool).await.expect(200);
    assert_eq!(cast.program.head().await, head, "what is so already is not stored again");

    // What another customer has is refused, and whose it is, is not said.
    let both = json!({ "numbers": ["+4930123402", "+4930123403", "+4930123401"] });
    let problem = cast.give(1, "AddNumbers", &both).await.expect(409);
    assert_eq!(problem["code"], "number_taken");
    let detail = "number +4930123402 is another customer's; number +4930123401 is another customer's";
    assert_eq!(problem["detail"], detail);
    assert!(!problem.to_string().contains(&cast.customers[0]), "{problem}");
    assert_eq!(
        cast.give(1, "RemoveNumbers", &json!({ "numbers": ["+4930123401"] })).await.code(404),
        "number_not_found"
    );

    // What is given up is free for others, in the same commit.
    cast.give(0, "RemoveNumbers", &json!({ "numbers": ["+4930123402"] })).await.expect(200);
    let one = json!({ "numbers": ["+4930123402"] });
    cast.give(1, "AddNumbers", &one).await.expect(200);

    let removal = cast.give(0, "RemoveCustomerOrg", &json!({})).await.expect(202);
    cast.partners[0].service.ended(&text(&removal["operation"], "id")).await;
    let left = cast.give(1, "AddNumbers", &json!({ "numbers": ["+4930123401"] })).await.expect(200);
    assert_eq!(texts(&cast.rows(1, "numbers", &left).await, "number"), ["+4930123401", "+4930123402"]);
    assert_eq!(cast.rows(0, "numbers", &left).await, Vec::<Value>::new());
    assert_eq!(cast.rows(0, "locations", &left).await, Vec::<Value>::new());
    assert_sound(store, Some(&cast.operator), &[]).await;
}

/// How often two partners race for the same numbers.
const RACES: usize = 8;

async fn a_number_that_two_partners_want_at_once_is_one_of_theirs(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let mut held = [0, 0];
    for race in 0..RACES {
        let wanted = json!({ "numbers": [format!("+49301234{race}1"), format!("+49301234{race}2")] });
        let (ours, theirs) =
            tokio::join!(cast.give(0, "AddNumbers", &wanted), cast.give(1, "AddNumbers", &wanted));
        let winners = [ours.status, theirs.status].map(|status| usize::from(status == 200));
        assert_eq!(winners[0] + winners[1], 1, "{} {}", ours.text, theirs.text);
        let loser = if winners[0] == 1 { theirs } else { ours };
        let problem = loser.expect(409);
        assert_eq!(problem["code"], "number_taken");
        assert_eq!(text(&problem, "detail").matches("is another customer's").count(), 2, "{problem}");
        held = [held[0] + 2 * winners[0], held[1] + 2 * winners[1]];
    }
    for (whose, count) in held.into_iter().enumerate() {
        let position = cast.program.head().await;
        let path = format!("/api/v1/numbers?minPosition={position}");
        assert_eq!(cast.partners[whose].service.list(&path).await.len(), count);
    }
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn all_faults_of_a_list_of_numbers_are_told_at_once(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let malformed = json!({ "numbers": ["030 123456", "+4930123401", "+49"] });
    let problem = cast.give(0, "AddNumbers", &malformed).await.expect(400);
    let pointers: Vec<&str> = problem["errors"]
        .as_array()
        .expect("has faults")
        .iter()
        .filter_map(|it| it["pointer"].as_str())
        .collect();
    assert_eq!(pointers, ["/numbers/0", "/numbers/2"]);

    let nowhere = json!({ "numbers": ["+4930123401"], "locationId": head_office(&cast.customers[1]) });
    assert_eq!(cast.give(0, "AddNumbers", &nowhere).await.code(404), "location_not_found");
    cast.give(0, "AddNumbers", &json!({ "numbers": ["+4930123401"] })).await.expect(200);
    let twice = json!({
        "numbers": ["+4930123402", "+4930123401", "+4930123402"],
        "locationId": head_office(&cast.customers[0]),
    });
    let problem = cast.give(0, "AddNumbers", &twice).await.expect(422);
    assert_eq!(problem["code"], "number_duplicate");
    let detail = "number +4930123402 is named twice; \
                  number +4930123401 is the customer's already, not at this location";
    assert_eq!(problem["detail"], detail);
    let placed: Vec<&str> = problem["errors"]
        .as_array()
        .expect("has faults")
        .iter()
        .filter_map(|fault| fault["pointer"].as_str())
        .collect();
    assert_eq!(placed, ["/numbers/2", "/numbers/1"]);

    // Nothing is taken by a command that is refused.
    cast.give(1, "AddNumbers", &json!({ "numbers": ["+4930123402"] })).await.expect(200);
}

async fn r72_help_with_setting_up_is_asked_for_once(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let form =
        json!({ "contactName": "Kim Lund", "contactEmail": "kim@customer.example", "notes": "call first" });

    let asked = cast.give(0, "RequestSetupAssist", &form).await.expect(200);

    let path = format!("/api/v1/customers/{}?minPosition={}", cast.customers[0], text(&asked, "position"));
    let row = cast.partners[0].service.read(&path).await;
    assert!(row["setupAssistRequestedAt"].is_string(), "{row}");
    let head = cast.program.head().await;
    cast.give(0, "RequestSetupAssist", &form).await.expect(200);
    assert_eq!(cast.program.head().await, head, "once is enough");
    let events = until("the history", async || {
        let events =
            cast.partners[0].admin.lines("/api/v1/events?type=customer.setup_assist_requested").await;
        (!events.is_empty()).then_some(events)
    })
    .await;
    assert_eq!(events[0]["data"]["contactEmail"], "kim@customer.example");
    let kept = cast.partners[0].auditor.lines("/api/v1/events?type=customer.setup_assist_requested").await;
    assert!(!kept[0].to_string().contains("Lund"), "an auditor sees nobody's name");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

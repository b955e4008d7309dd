//! Faults of moves of a demonstration's clock.

use serde_json::{Value, json};

use super::{Case, case};
use crate::journey::client::Client;

const PATH: &str = "/api/v1/demo/clock";

/// What is wrong with a move of the clock in a demonstration.
pub(super) fn cases(operator: &Client, partner: &Client) -> Vec<Case> {
    let bodies: [(&str, Value); 12] = [
        ("no duration", json!({})),
        ("a duration that is a number", json!({ "advance": 7 })),
        ("a duration in words", json!({ "advance": "a week" })),
        ("an empty duration", json!({ "advance": "" })),
        ("a duration without its sign", json!({ "advance": "7D" })),
        ("a duration back in time", json!({ "advance": "-P7D" })),
        ("a duration of more than a year", json!({ "advance": "P367D" })),
        ("a duration of months, which differ", json!({ "advance": "P1M" })),
        ("a duration beyond all times", json!({ "advance": "P999999999999D" })),
        ("a duration under another name", json!({ "by": "P7D" })),
        ("a duration beside an unknown field", json!({ "advance": "P7D", "to": "2027-01-01" })),
        ("a list of durations", json!(["P7D"])),
    ];
    let mut cases: Vec<Case> =
        bodies.into_iter().map(|(name, body)| case(name, 400, operator.post(PATH, &body))).collect();
    let week = json!({ "advance": "P7D" });
    cases.push(case("a clock moved by a partner", 403, partner.post(PATH, &week)));
    cases
}

/// A move of the clock of a server that is no demonstration.
pub(super) fn outside(operator: &Client) -> Case {
    case("a clock outside a demonstration", 404, operator.post(PATH, &json!({ "advance": "P7D" })))
}

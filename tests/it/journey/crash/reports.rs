//! The program is killed while billing reports are built: each is there once, whole, and counts everything once.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Moment, Mortal};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::reports::{fetched, lines, report, shown};

on_both_databases!(a_report_is_built_once_wherever_the_program_is_killed);

/// When the program is killed, once each, and how many days it has used something for by then.
const KILLS: [Moment; 4] = [Moment::Events(1), Moment::Answered, Moment::Events(2), Moment::Events(1)];

async fn a_report_is_built_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &[]).await;
    let operator = mortal.program.operator();
    let mut partner = Partner::register(&operator, "Example Resale").await;
    let asked = partner.provisioned(&partner.template().await, "customer-1").await;
    let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
    let organization = text(&row, "organizationId");
    let meter = json!({ "name": "calls", "kind": "sum", "unit": "calls" });
    send(operator.command("DefineMeter", &meter)).await.expect(200);
    let (mut acknowledged, mut reported): (Vec<Acknowledged>, Vec<Value>) = (Vec::new(), Vec::new());

    for (n, moment) in KILLS.into_iter().enumerate() {
        let used = json!({
            "source": "switch-1", "id": n.to_string(), "organizationId": organization, "meter": "calls",
            "time": format!("2026-01-{:02}T12:00:00Z", n + 1), "value": "1.5",
        });
        send(partner.service.keyed("RecordUsage", "any", &used)).await.expect(200);
        let request = (format!("report-{n}"), report("2026-01-01", "2026-01-31", "customer"));
        let (next, asked) = mortal.struck(moment, &partner.admin, "CreateBillingReport", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let answer = asked.reply.json();
        let ended = partner.admin.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed at {moment:?}: {ended}");
        let id = text(&answer, "id");
        let file = fetched(&partner.admin, &id).await;
        let digest = format!("{:x}", Sha256::digest(&file));
        assert_eq!(shown(&partner.admin, &id).await["file"]["sha256"], json!(digest));
        reported.extend(lines(&file));
        acknowledged.push(asked);
    }

    let counted: Decimal =
        reported.iter().map(|line| text(line, "rawQuantity").parse::<Decimal>().expect("is a number")).sum();
    assert_eq!(counted, Decimal::new(60, 1), "everything is counted once: {reported:?}");
    assert_sound(store, Some(&mortal.program.operator()), &acknowledged).await;
}

//! The sample of `serve --demo`: made by commands, like everything else.

use anyhow::{Context, anyhow};
use serde_json::{Value, json};

use crate::app::{App, Caller, Request, get_command};

/// What each start prints: names, and keys or IDs.
type Sample = Vec<(&'static str, String)>;

/// Makes the sample unless it is there, and issues keys to work with it.
///
/// Every command has a fixed key, so a second start finds the first one's sample; only the access keys are new.
pub async fn make_sample(app: &App) -> anyhow::Result<Sample> {
    let operator = Caller::local_operator();
    let partner = json!({ "name": "Example Resale", "country": "DE", "region": "eu" });
    let partner = give(app, &operator, "RegisterPartner", Some("demo-partner"), partner).await?;
    let partner_id = text(&partner, "id")?;
    let mut keys = Vec::new();
    for (name, role) in [("partner_admin", "partner_admin"), ("service", "service"), ("auditor", "auditor")] {
        let body = json!({ "role": role, "partnerId": partner_id, "name": format!("sample {role}") });
        let issued = give(app, &operator, "IssueKey", None, body).await?;
        keys.push((name, text(&issued, "key")?));
    }
    let issued =
        give(app, &operator, "IssueKey", None, json!({ "role": "operator", "name": "sample operator" }))
            .await?;
    keys.push(("operator", text(&issued, "key")?));
    let service = app.authenticate(&keys[1].1).await.map_err(|rejection| anyhow!("{rejection}"))?;
    let sampler = Caller { actor: "demo".to_owned(), ..service };
    let template = give(app, &sampler, "CreateTemplate", Some("demo-template"), template()).await?;
    let provisioning_id = text(&template, "provisioningId")?;
    for (n, name) in ["Example Retail", "Example Logistics", "Example Clinic"].into_iter().enumerate() {
        let key = format!("demo-customer-{n}");
        give(app, &sampler, "CreateCustomerOrg", Some(&key), customer(n, name, &provisioning_id)).await?;
    }
    let mut sample = vec![("partner", partner_id), ("provisioning_id", provisioning_id)];
    sample.extend(keys);
    Ok(sample)
}

async fn give(
    app: &App,
    caller: &Caller,
    name: &str,
    key: Option<&str>,
    body: Value,
) -> anyhow::Result<Value> {
    let spec = get_command(name).map_err(|rejection| anyhow!("{rejection}"))?;
    let request = Request {
        caller: caller.clone(),
        tracking_id: "demo".to_owned(),
        idempotency_key: key.map(str::to_owned),
        expected_sequence: None,
    };
    let answer = spec.run(app, &request, body).await.map_err(|rejection| anyhow!("{name}: {rejection:?}"))?;
    Ok(Value::Object(answer.into_body()))
}

fn text(answer: &Value, field: &str) -> anyhow::Result<String> {
    answer[field].as_str().map(str::to_owned).with_context(|| format!("the answer has no {field}"))
}

fn template() -> Value {
    json!({
        "name": "Standard", "kind": "wholesale", "serviceProviderAdmin": "admin@resale.example", "country": "DE",
        "language": "de-DE", "subscription": "S-100", "authentication": { "method": "builtin" },
        "brandName": "Example Voice", "default": true,
    })
}

fn customer(n: usize, name: &str, provisioning_id: &str) -> Value {
    let address = json!({
        "addressLine1": format!("{} Example Street", n + 1), "city": "Berlin", "zipOrPostalCode": "10115", "country": "DE",
    });
    json!({
        "provisioningId": provisioning_id, "externalId": format!("sample-{n}"), "packages": ["webex_calling"],
        "address": address, "customerInfo": { "name": name, "primaryEmail": format!("admin@customer{n}.example") },
        "provisioningParameters": { "calling": { "location": {
            "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
        } } },
    })
}

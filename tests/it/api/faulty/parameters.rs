//! Faults of parameters, on every path that is read.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Case, World, case};
use crate::journey::bodies;

/// The lists of the API, and one filter that has no meaning for each.
const LISTS: [(&str, &str); 14] = [
    ("customers", "state=running"),
    ("provisioning", "state=running"),
    ("operations", "status=provisioned"),
    ("templates", "status=active"),
    ("partners", "externalId=customer-17"),
    ("organizations", "state=active"),
    ("keys", "externalId=customer-17"),
    ("cases", "state=open"),
    ("consents", "externalId=customer-17"),
    ("invitations", "state=sent"),
    ("activity", "status=done"),
    ("users", "status=active"),
    ("outbox", "status=sent"),
    ("meters", "status=defined"),
];

pub(super) fn cases(world: &World) -> Vec<Case> {
    [lists(world), finding(world), single(world), history(world), usage(world), replays(world), others(world)]
        .into_iter()
        .flatten()
        .collect()
}

fn all(world: &World, path: &str, queries: &[&str]) -> Vec<Case> {
    let of = |query: &&str| {
        let place = format!("{path}?{query}");
        case(place.clone(), 400, world.get(&format!("/api/v1/{place}")))
    };
    queries.iter().map(of).collect()
}

fn lists(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for (list, filter) in LISTS {
        cases.extend(all(world, list, &[filter, "nonsense=1", "limit=0", "minPosition=soon"]));
    }
    cases.extend(all(
        world,
        "customers",
        &[
            "limit=501",
            "limit=-1",
            "limit=many",
            "limit=",
            "limit=1.5",
            "limit=99999999999999999999",
            "limit=1&limit=2",
            "cursor=nonsense",
            "cursor=",
            "cursor=cGxhdGZvcm0gAA",
            "minPosition=1.5",
            "at=",
            "at=yesterday",
            "at=1.5",
            "at=99999999999999999999",
            "at=1000000",
            "at=2999-01-01T00:00:00Z",
            "at=1&minPosition=1",
            "at=1&at=2",
            "at=1&cursor=nonsense",
            "minPosition=99999999999999999999",
            "tenant=nonsense",
            "tenant=cust_01m7yp5x7veej9eg2805wyf7ws",
            "status=nonsense",
            "externalid=customer-17",
            "externalId=%00",
            "externalId=%ff",
            "status=nonsense&state=running",
        ],
    ));
    cases.extend(all(world, "operations", &["state=nonsense"]));
    for (list, status) in [("cases", "closed"), ("consents", "asked"), ("invitations", "late")] {
        cases.extend(all(world, list, &[&format!("status={status}"), "cursor=nonsense", "limit=501"]));
    }
    for list in ["activity", "users", "outbox", "organizations"] {
        cases.extend(all(world, list, &["cursor=nonsense", "limit=many"]));
    }
    cases
}

fn finding(world: &World) -> Vec<Case> {
    let mut cases = all(
        world,
        "organizations",
        &[
            "adminEmail=",
            "adminEmail=admin",
            "adminEmail=admin@",
            "adminEmail=a@b.example,c@d.example",
            "adminEmail=%00",
            "adminemail=admin@lonely.example",
            "adminEmail=admin@lonely.example&adminEmail=admin@asked.example",
            "adminEmail=admin@lonely.example&at=1",
        ],
    );
    cases.extend(all(world, "users", &["organizationId=nonsense", "organizationId=", "organizationid=1"]));
    for (name, reader) in [("auditor", &world.partner.auditor), ("org_admin", &world.deals.administrator)] {
        let request = reader.request(Method::GET, "/api/v1/organizations?adminEmail=admin@lonely.example");
        cases.push(case(format!("organizations found by the role {name}"), 403, request));
    }
    cases
}

fn replays(world: &World) -> Vec<Case> {
    let replay = |body: Value| world.operator.post("/api/v1/replays", &body);
    let customers = |at: Value| replay(json!({ "view": "customers", "at": at }));
    let mut cases = vec![
        case("a replay of nothing", 400, replay(json!({}))),
        case("a replay of an unknown view", 400, replay(json!({ "view": "customer" }))),
        case("a replay of a number", 400, replay(json!({ "view": 5 }))),
        case("a replay with an unknown field", 400, replay(json!({ "view": "customers", "until": "1" }))),
        case("a replay at no moment", 400, customers(json!("yesterday"))),
        case("a replay at an empty moment", 400, customers(json!(""))),
        case("a replay at a day", 400, customers(json!("2026-01-31"))),
        case("a replay at a half", 400, customers(json!(1.5))),
        case("a replay at a switch", 400, customers(json!(true))),
        case("a replay at a list", 400, customers(json!([1, 2]))),
        case("a replay by a partner", 403, {
            world.partner.admin.post("/api/v1/replays", &json!({ "view": "customers" }))
        }),
        case("a replay of another tenant", 404, {
            let path = format!("/api/v1/replays?tenantId={}", world.partner.id);
            world.stranger.auditor.post(&path, &json!({ "view": "customers" }))
        }),
        case("a replay of what is no tenant", 400, {
            world.operator.post("/api/v1/replays?tenantId=nobody", &json!({ "view": "customers" }))
        }),
        case("rows of no replay", 404, world.get(&format!("/api/v1/replays/{}/rows", world.operation))),
        super::clock::outside(&world.operator),
    ];
    cases.extend(all(world, "projections/customers/digest", &["tenantId=nobody", "minPosition=soon"]));
    cases
}

fn single(world: &World) -> Vec<Case> {
    let customer = format!("customers/{}", world.customer);
    let mut cases = all(world, &customer, &["minPosition=soon", "nonsense=1", "limit=5"]);
    cases.extend(all(
        world,
        &format!("operations/{}", world.operation),
        &["minPosition=-x", "state=running"],
    ));
    cases.extend(all(
        world,
        &format!("aggregates/customer/{}", world.customer),
        &["at=noon", "at=", "nonsense=1"],
    ));
    for path in ["customers/%00", "customers/%ff", "aggregates/customer/a%00b"] {
        cases.push(case(path, 400, world.get(&format!("/api/v1/{path}"))));
    }
    for path in
        ["customers/nonsense", "operations/nonsense", "aggregates/customer/nonsense", "aggregates/nonsense/1"]
    {
        cases.push(case(path, 404, world.get(&format!("/api/v1/{path}"))));
    }
    cases
}

fn history(world: &World) -> Vec<Case> {
    all(
        world,
        "events",
        &[
            "limit=501",
            "limit=many",
            "from=start",
            "to=end",
            "cursor=nonsense",
            "since=yesterday",
            "until=2026-02-30T00:00:00Z",
            "since=2026-01-31",
            "partner=nonsense",
            "nonsense=1",
            "aggregate=a%00b",
            "type=%fe",
        ],
    )
}

fn usage(world: &World) -> Vec<Case> {
    let of = format!("organizationId={}", world.organization);
    let own = |query: &str| format!("{of}&{query}");
    let mut cases = all(world, "usage", &["", "organizationId=nonsense", "window=day"]);
    for query in [
        "window=week",
        "meter=Calls!",
        "from=yesterday",
        "to=2026-01-31",
        "limit=501",
        "cursor=nonsense",
        "minPosition=soon",
        "nonsense=1",
        "timeZone=Mars/Olympus",
        "groupBy=person",
        "compare=next",
        "compare=previous",
        "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&compareFrom=2026-01-01T00:00:00Z",
        "compareTo=2026-01-01T00:00:00Z",
        "compare=previous&compareFrom=2026-01-01T00:00:00Z&compareTo=2026-01-02T00:00:00Z",
    ] {
        cases.push(case(
            format!("usage?…&{query}"),
            400,
            world.get(&format!("/api/v1/usage?{}", own(query))),
        ));
    }
    cases
}

fn others(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for path in ["commands", "projections", "tasks"] {
        cases.extend(all(world, path, &["nonsense=1"]));
    }
    let template = bodies::template();
    for query in ["dryRun=perhaps", "dryrun=true", "dryRun=true&dryRun=false"] {
        let path = format!("/api/v1/commands/CreateTemplate?{query}");
        cases.push(case(format!("CreateTemplate?{query}"), 400, world.partner.admin.post(&path, &template)));
    }
    for path in [
        "commands?dryRun=true",
        "usage?dryRun=true",
        "projections/customers/verify?at=1",
        "projections/customers/rebuild?now=1",
    ] {
        let media_type = match path.split('?').next() {
            Some("commands") => "application/x-ndjson",
            Some("usage") => "application/cloudevents+json",
            _ => "application/json",
        };
        let giver = if path.starts_with("projections") { &world.operator } else { &world.partner.admin };
        let request = giver.request(Method::POST, &format!("/api/v1/{path}"));
        cases.push(case(format!("POST {path}"), 400, request.header("content-type", media_type).body("{}")));
    }
    cases
}

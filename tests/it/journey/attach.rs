//! An organization that was there becomes a partner's customer: at once, by consent, or not at all.

use serde_json::{Value, json};
use tenantry::limits::SEARCHES_A_MINUTE_MAX;

use super::cases::{by_token, mails, token};
use super::cast::Partner;
use super::client::{Client, Reply, send, text};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    an_organization_that_meets_no_criterion_is_attached_and_nobody_hears_of_it,
    an_attach_that_needs_consent_waits_for_an_administrator,
    every_other_end_of_a_consent_ends_the_attach,
    a_request_for_consent_ends_after_the_configured_days,
    an_attach_that_cannot_be_is_refused_before_anything_is_made,
    an_organization_is_found_by_its_administrators_address,
    the_directory_is_searched_a_few_times_a_minute,
    basic_branding_stays_where_the_partner_overrides_its_own,
    a_domain_belongs_to_one_organization,
);

/// A partner, a template that lets administrators be asked, and one that does not.
struct Cast {
    program: Program,
    operator: Client,
    partner: Partner,
    asking: String,
    silent: String,
}

impl Cast {
    async fn on(store: &Store, home: &Home) -> Self {
        Self::with(store, home, &[]).await
    }

    async fn with(store: &Store, home: &Home, options: &[&str]) -> Self {
        let program = Program::start(store, home, options).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Trade").await;
        let silent = partner.template().await;
        let asking = partner.template_that_asks().await;
        Self { program, operator, partner, asking, silent }
    }

    async fn organization(&self, name: &str, more: &Value) -> String {
        register(&self.operator, name, more).await
    }

    /// Asks for an attach; returns the answer.
    async fn attach(&self, template: &str, organization: &str, external_id: &str) -> super::client::Reply {
        let body = attach(template, organization, external_id);
        send(self.partner.service.keyed("AttachExistingOrg", external_id, &body)).await
    }

    /// Waits until an operation is in a state.
    async fn operation(&self, answer: &Value, state: &str) -> Value {
        let path = format!("/api/v1/operations/{}", text(&answer["operation"], "id"));
        until(state, async || {
            let row = self.partner.service.get(&path).await.unless_too_early()?;
            (row["state"] == state).then_some(row)
        })
        .await
    }

    /// Waits until the mail that asks the administrator of an organization for consent is there.
    async fn consent_mail(&self, organization: &str) -> Value {
        until("the mail", async || {
            let sent = mails(&self.operator, "consent").await;
            sent.into_iter().find(|mail| mail["tenantId"] == organization)
        })
        .await
    }
}

pub(crate) async fn register(operator: &Client, name: &str, more: &Value) -> String {
    let mut body = json!({
        "name": name, "country": "SE", "userCount": 5, "adminEmails": [format!("admin@{name}.example")],
        "licenses": [{ "package": "webex_meetings", "state": "active" }],
    });
    body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
    let registered = send(operator.keyed("RegisterOrganization", &format!("register-{name}"), &body)).await;
    text(&registered.expect(200), "id")
}

pub(crate) fn attach(template: &str, organization: &str, external_id: &str) -> Value {
    json!({
        "provisioningId": template, "organizationId": organization, "externalId": external_id,
        "packages": ["webex_meetings"], "label": "Our name of it",
        "address": { "addressLine1": "1 Example Street", "city": "Lund", "country": "SE" },
    })
}

async fn an_organization_that_meets_no_criterion_is_attached_and_nobody_hears_of_it(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let organization = cast.organization("works", &json!({ "licenses": [], "restrictedMode": true })).await;
    let before = cast.operator.list("/api/v1/outbox").await.len();

    let answer = cast.attach(&cast.silent, &organization, "works").await.expect(202);

    let expected = json!({ "way": "automatic", "criteria": [], "grant": "full_admin" });
    assert_eq!(answer["assessment"], expected, "R77, R80");
    let operation = cast.operation(&answer, "succeeded").await;
    assert_eq!(operation["kind"], "attach_existing_org");
    let customer = cast.partner.service.read(&format!("/api/v1/customers/{}", text(&answer, "id"))).await;
    assert_eq!(customer["status"], "provisioned");
    assert_eq!((&customer["name"], &customer["label"]), (&json!("works"), &json!("Our name of it")), "R112");
    let seen = cast.partner.service.read(&format!("/api/v1/organizations/{organization}")).await;
    assert_eq!(seen["restrictedMode"], false, "R113");
    let relation =
        json!([{ "partnerId": cast.partner.id, "customerId": answer["id"], "grant": "full_admin" }]);
    assert_eq!(seen["partners"], relation, "R80");
    assert_eq!(cast.operator.list("/api/v1/outbox").await.len(), before, "R78: not one mail");
    let members = cast.partner.service.list(&format!("/api/v1/users?organizationId={organization}")).await;
    assert_eq!(members[0]["email"], "admin@works.example", "full access sees people");
    let again = cast.attach(&cast.silent, &organization, "again").await;
    assert_eq!(again.code(409), "already_customer");
    assert!(again.text.contains(&text(&answer, "id")), "{}", again.text);
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn an_attach_that_needs_consent_waits_for_an_administrator(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let organization = cast.organization("large", &json!({ "userCount": 100 })).await;

    let answer = cast.attach(&cast.asking, &organization, "large").await.expect(202);

    assert_eq!(answer["assessment"]["criteria"], json!(["many_users"]), "R74");
    let waiting = cast.operation(&answer, "waiting").await;
    assert_eq!(waiting["waitingFor"], "consent");
    let consents = cast.partner.service.list("/api/v1/consents?status=requested").await;
    assert_eq!(consents[0]["customerId"], answer["id"]);
    let mail = cast.consent_mail(&organization).await;
    assert_eq!(mail["content"]["to"], "admin@large.example");
    let usage = json!({
        "source": "switch", "id": "1", "organizationId": organization, "meter": "calls", "value": "1",
        "time": "2026-01-01T00:00:00Z",
    });
    let early = send(cast.partner.service.keyed("RecordUsage", "early", &usage)).await;
    assert_eq!(early.code(422), "not_a_customer", "what is only asked for is no customer yet");

    let granted = by_token(&cast.partner.service, "GrantConsent", &json!({ "token": token(&mail) })).await;
    granted.expect(200);

    cast.operation(&answer, "succeeded").await;
    let again = by_token(&cast.partner.service, "GrantConsent", &json!({ "token": token(&mail) })).await;
    assert_eq!(again.code(401), "invalid_token");
    let seen = cast.partner.service.read(&format!("/api/v1/organizations/{organization}")).await;
    assert_eq!(seen["partners"][0]["grant"], "provisioning_admin", "R79");
    let licenses = seen["licenses"].as_array().expect("it has licenses");
    let holders: Vec<_> = licenses.iter().map(|license| license.get("customerId")).collect();
    assert_eq!(holders, [None, Some(&answer["id"])], "R107: its own license stays beside the new one");
    let members = cast.partner.service.list(&format!("/api/v1/users?organizationId={organization}")).await;
    assert_eq!(members[0].get("email"), None, "R81");
    let rival = Partner::register(&cast.operator, "Example Rival").await;
    let template = rival.template_that_asks().await;
    let body = attach(&template, &organization, "shared");
    let asked = send(rival.service.keyed("AttachExistingOrg", "shared", &body)).await.expect(202);
    let path = format!("/api/v1/customers/{}/branding", text(&asked, "id"));
    assert_eq!(rival.service.get(&path).await.status, 404, "nothing is shown before consent");
    let mail = until("the rival's mail", async || {
        let sent = mails(&cast.operator, "consent").await;
        sent.into_iter().find(|mail| mail["content"]["text"].to_string().contains("Example Rival"))
    })
    .await;
    by_token(&rival.service, "GrantConsent", &json!({ "token": token(&mail) })).await.expect(200);
    rival.service.ended(&text(&asked["operation"], "id")).await;
    let seen = rival.service.read(&format!("/api/v1/organizations/{organization}")).await;
    let licenses = seen["licenses"].as_array().expect("it has licenses");
    let holders: Vec<_> = licenses.iter().map(|license| license.get("customerId")).collect();
    assert_eq!(holders, [None, Some(&asked["id"])], "what other partners sell is not shown");
    assert_eq!(cast.operator.list("/api/v1/consents").await.len(), 2, "each request once");
    let ask = json!({ "customerId": answer["id"] });
    send(cast.partner.service.keyed("RequestFullAccess", "full", &ask)).await.expect(200);
    until("the mail", async || (!mails(&cast.operator, "full_access").await.is_empty()).then_some(())).await;
    let early = send(cast.partner.service.keyed("RequestFullAccess", "again", &ask)).await;
    assert_eq!(early.code(409), "full_access_asked_recently");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn every_other_end_of_a_consent_ends_the_attach(store: &Store) {
    let home = Home::new();
    let cast = Cast::with(store, &home, &["--demo"]).await;
    let many = json!({ "userCount": 101 });
    let mut asked = Vec::new();
    for name in ["declined", "expired", "withdrawn", "superseded"] {
        let organization = cast.organization(name, &many).await;
        let answer = cast.attach(&cast.asking, &organization, name).await.expect(202);
        cast.operation(&answer, "waiting").await;
        let issued = json!({ "role": "org_admin", "organizationId": organization, "name": name });
        let issued = send(cast.operator.command("IssueKey", &issued)).await.expect(200);
        asked.push((organization, answer, cast.operator.with_key(&text(&issued, "key"))));
    }
    let [declined, expired, withdrawn, superseded] = &asked[..] else { panic!("four were asked") };

    let decline = json!({ "customerId": declined.1["id"] });
    send(declined.2.command("DeclineConsent", &decline)).await.expect(200);
    let ended = cast.operation(&declined.1, "failed").await;
    assert!(ended["errors"][0]["description"].as_str().is_some_and(|said| said.contains("declined")));
    let customer = json!({ "customerId": declined.1["id"] });
    let early = send(cast.partner.service.keyed("RetryProvisioning", "retry", &customer)).await;
    assert_eq!(early.code(409), "consent_declined_recently");
    assert!(early.text.contains("7 days"), "{}", early.text);

    let withdraw = json!({ "customerId": withdrawn.1["id"] });
    send(cast.partner.service.keyed("WithdrawAttach", "withdraw", &withdraw)).await.expect(200);
    cast.operation(&withdrawn.1, "cancelled").await;
    let gone = cast.partner.service.get(&format!("/api/v1/customers/{}", text(&withdrawn.1, "id"))).await;
    assert_eq!(gone.status, 404);
    let anew = send(cast.partner.service.keyed(
        "AttachExistingOrg",
        "anew",
        &attach(&cast.asking, &withdrawn.0, "withdrawn"),
    ))
    .await
    .expect(202);
    cast.operation(&anew, "waiting").await;

    let external = json!({ "partnerId": cast.partner.id });
    send(superseded.2.command("AddExternalAdmin", &external)).await.expect(200);
    cast.operation(&superseded.1, "succeeded").await;
    let row = cast.partner.service.read(&format!("/api/v1/organizations/{}", superseded.0)).await;
    assert_eq!(row["partners"][0]["grant"], "full_admin", "R83");

    let resend = json!({ "customerId": expired.1["id"] });
    send(cast.partner.service.keyed("ResendConsent", "resend", &resend)).await.expect(200);
    send(cast.operator.post("/api/v1/demo/clock", &json!({ "advance": "P7D" }))).await.expect(200);
    let consent = async |wanted: &str, mailings: u64| {
        let path = format!("/api/v1/consents/{}", text(&expired.1["operation"], "id"));
        until(wanted, async || {
            let row = cast.partner.service.get(&path).await.expect(200);
            (row["status"] == wanted && row["mailings"] == mailings).then_some(row)
        })
        .await
    };
    consent("requested", 3).await;
    send(cast.operator.post("/api/v1/demo/clock", &json!({ "advance": "P14D" }))).await.expect(200);
    consent("requested", 4).await;
    send(cast.operator.post("/api/v1/demo/clock", &json!({ "advance": "P9D" }))).await.expect(200);
    consent("expired", 4).await;
    let late = send(expired.2.command("GrantConsent", &resend)).await;
    assert_eq!(late.code(409), "no_open_consent");
    cast.operation(&expired.1, "failed").await;
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn a_request_for_consent_ends_after_the_configured_days(store: &Store) {
    let home = Home::new();
    let cast = Cast::with(store, &home, &["--demo", "--consent-days", "5"]).await;
    let organization = cast.organization("large", &json!({ "userCount": 100 })).await;
    let answer = cast.attach(&cast.asking, &organization, "large").await.expect(202);
    cast.operation(&answer, "waiting").await;
    cast.consent_mail(&organization).await;

    send(cast.operator.post("/api/v1/demo/clock", &json!({ "advance": "P5D" }))).await.expect(200);

    cast.operation(&answer, "failed").await;
    let row =
        cast.partner.service.read(&format!("/api/v1/consents/{}", text(&answer["operation"], "id"))).await;
    assert_eq!(
        (&row["status"], &row["mailings"]),
        (&json!("expired"), &json!(1)),
        "no reminder is due by then"
    );
}

async fn an_attach_that_cannot_be_is_refused_before_anything_is_made(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let trial = cast.organization("trial", &json!({ "trial": true })).await;
    let large = cast.organization("large", &json!({ "userCount": 100 })).await;
    let orphan = cast.organization("orphan", &json!({ "userCount": 100, "adminEmails": [] })).await;
    let head = cast.program.head().await;

    for (organization, template, status, code, rule) in [
        (&trial, &cast.asking, 422, "trial_organization", Some("R105")),
        (&large, &cast.silent, 422, "consent_not_allowed", Some("R85")),
        (&orphan, &cast.asking, 422, "no_administrator", Some("R73")),
    ] {
        let refused = cast.attach(template, organization, "refused").await;
        assert_eq!(refused.code(status), code);
        let rules = refused.expect(status)["rules"].clone();
        assert!(rule.is_none_or(|rule| rules.as_array().is_some_and(|rules| rules.contains(&json!(rule)))));
    }
    let missing = cast.attach(&cast.asking, "org_01kpm6f1aqfd7v61bznxez3w6q", "refused").await;
    assert_eq!(missing.status, 404);

    assert_eq!(cast.program.head().await, head, "nothing was made");
    let free = cast.attach(&cast.asking, &large, "refused").await;
    assert_eq!(free.status, 202, "the external ID is free: {}", free.text);
}

async fn an_organization_is_found_by_its_administrators_address(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let shared = json!({ "adminEmails": ["Boss@shared.example"], "userCount": 50 });
    let first = cast.organization("first", &shared).await;
    let more = json!({ "adminEmails": ["boss@shared.example"], "verifiedDomains": ["shared.example"] });
    let second = cast.organization("second", &more).await;

    let head = cast.program.head().await;
    let path = format!("/api/v1/organizations?adminEmail=boss@shared.example&minPosition={head}");
    let found = cast.partner.service.list(&path).await;

    assert_eq!((&found[0]["id"], &found[0]["suggested"]), (&json!(second), &json!(true)), "R96");
    assert_eq!(found[1]["suggested"], false);
    assert_eq!(found[0].as_object().map(serde_json::Map::len), Some(4), "few fields: {}", found[0]);
    assert_eq!(cast.partner.service.get(&format!("/api/v1/organizations/{second}")).await.status, 404);
    assert_eq!(cast.partner.auditor.get(&path).await.code(403), "role_forbidden");
    let searches = cast.partner.auditor.lines("/api/v1/events?type=directory.searched").await;
    assert_eq!(searches.len(), 1, "who asked is on record, and what was found; not the address");
    assert_eq!(searches[0]["data"]["found"], json!([second, first]));
    assert_eq!(searches[0]["actor"]["role"], "service");
}

async fn the_directory_is_searched_a_few_times_a_minute(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let path = "/api/v1/organizations?adminEmail=nobody@works.example";
    let mut answers = Vec::new();
    while answers.last().is_none_or(|answer: &Reply| answer.status == 200) {
        assert!(answers.len() < 10 * SEARCHES_A_MINUTE_MAX as usize, "it never ends");
        answers.push(cast.partner.service.get(path).await);
    }
    let refused = answers.pop().expect("the last one is refused");

    assert!(answers.len() >= SEARCHES_A_MINUTE_MAX as usize, "{}", answers.len());
    assert_eq!(refused.code(429), "too_many_requests");
    let wait: u64 = refused.header("retry-after").expect("it says when").parse().expect("it is seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    let other = Partner::register(&cast.operator, "Example Resale").await;
    assert_eq!(other.service.get(path).await.status, 200, "other tenants go on");
}

async fn basic_branding_stays_where_the_partner_overrides_its_own(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let organization = cast.organization("works", &json!({ "basicBranding": true })).await;
    let answer = cast.attach(&cast.silent, &organization, "works").await.expect(202);
    cast.operation(&answer, "succeeded").await;
    let path = format!("/api/v1/customers/{}/branding", text(&answer, "id"));
    let source = async || cast.partner.service.read(&path).await["source"].clone();
    let branding = json!({ "brandName": "Example Voice", "logoUrl": "https://resale.example/logo.svg" });
    let over = |wanted: bool| json!({ "customerId": answer["id"], "override": wanted });

    assert_eq!(source().await, "basic", "the partner has none");
    send(cast.partner.admin.command("SetBranding", &json!({ "branding": branding }))).await.expect(200);
    let shown = cast.partner.service.read(&path).await;
    assert_eq!((&shown["source"], &shown["branding"]), (&json!("advanced"), &branding), "R110");
    send(cast.partner.admin.command("SetBrandingOverride", &over(true))).await.expect(200);
    let shown = cast.partner.service.read(&path).await;
    assert_eq!((&shown["source"], shown.get("branding")), (&json!("basic"), None), "R111");
    send(cast.partner.admin.command("SetBrandingOverride", &over(false))).await.expect(200);
    assert_eq!(source().await, "advanced");
    send(cast.partner.admin.command("SetBranding", &json!({}))).await.expect(200);
    assert_eq!(source().await, "basic");

    let refused = send(cast.partner.service.keyed("SetBranding", "branding", &json!({}))).await;
    assert_eq!(refused.code(403), "role_forbidden");
    let other = Partner::register(&cast.operator, "Example Resale").await;
    assert_eq!(other.admin.get(&path).await.code(404), "not_found");
    let foreign = send(other.admin.command("SetBrandingOverride", &over(true))).await;
    assert_eq!(foreign.status, 404);
    let bad = json!({ "branding": { "brandName": " ", "logoUrl": "http://resale.example", "primaryColor": "green" } });
    let faults = send(cast.partner.admin.command("SetBranding", &bad)).await.expect(400);
    assert_eq!(faults["errors"].as_array().map(Vec::len), Some(3), "{faults}");
}

async fn a_domain_belongs_to_one_organization(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let first = cast.organization("first", &json!({})).await;
    let second = cast.organization("second", &json!({})).await;
    let verify = |id: &str| json!({ "organizationId": id, "domain": "shared.example" });

    send(cast.operator.command("VerifyDomain", &verify(&first))).await.expect(200);

    let taken = send(cast.operator.command("VerifyDomain", &verify(&second))).await;
    assert_eq!(taken.code(409), "domain_taken");
    let path = "/api/v1/commands/VerifyDomain?dryRun=true";
    let rehearsed = send(cast.operator.post(path, &verify(&second))).await;
    assert_eq!(rehearsed.code(409), "domain_taken");
    until("the confirmed domain", async || {
        let confirmed = cast.operator.lines("/api/v1/events?type=domain.confirmed").await;
        (confirmed.len() == 1).then_some(())
    })
    .await;
    let head = cast.program.head().await;
    let mut refused = json!({
        "name": "third", "country": "SE", "userCount": 1, "adminEmails": ["admin@third.example"],
        "verifiedDomains": ["third.example"], "claimedDomains": ["other.example"],
    });
    let claim = send(cast.operator.command("RegisterOrganization", &refused)).await;
    assert_eq!(claim.code(422), "domain_not_verified");
    refused["claimedDomains"] = json!([]);
    refused["verifiedDomains"] = json!(["third.example", "shared.example"]);
    let taken = send(cast.operator.command("RegisterOrganization", &refused)).await;
    assert_eq!(taken.code(409), "domain_taken");
    assert_eq!(cast.program.head().await, head, "what is refused reserves nothing");
    send(cast.operator.command("VerifyDomain", &verify(&first))).await.expect(200);
    let claim = send(cast.operator.command("ClaimDomain", &verify(&second))).await;
    assert_eq!(claim.code(422), "domain_not_verified");
    send(cast.operator.command("ClaimDomain", &verify(&first))).await.expect(200);
    let head = cast.program.head().await;
    let row = cast.operator.read(&format!("/api/v1/organizations/{first}?minPosition={head}")).await;
    assert_eq!(row["domains"].as_array().map(Vec::len), Some(1));
}

//! A case's way: from the case to an organization whose first administrator signs in.

use reqwest::Method;
use serde_json::{Value, json};
use tenantry::limits::SIGN_INS_A_MINUTE_MAX;

use super::cast::Partner;
use super::client::{Client, Reply, send, text};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_case_leads_to_an_organization_whose_administrator_signs_in,
    an_invitation_is_sent_again_redirected_revoked_and_expires,
    a_case_is_linked_to_a_customer_of_the_partner,
    a_password_and_a_token_stand_nowhere,
    a_password_is_tried_a_few_times_a_minute,
    whoever_is_no_user_of_the_partner_any_more_has_no_key,
);

/// The password that people of the tests choose.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

pub(crate) fn case(provisioning_id: Option<&str>) -> Value {
    let mut case = json!({
        "customer": {
            "companyName": "Example Harbour", "contactName": "Kim Example", "contactEmail": "kim@harbour.example",
            "phone": "+4930123456", "country": "DE",
            "address": { "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" },
        },
        "createCustomerOrg": provisioning_id.is_some(),
        "primaryContact": { "name": "Sam Seller", "email": "sam@resale.example" },
    });
    if let Some(provisioning_id) = provisioning_id {
        case["provisioningId"] = json!(provisioning_id);
    }
    case
}

/// Opens a case with an organization and waits until the invitation is sent; returns the case.
async fn opened(partner: &Partner, template: &str) -> Value {
    let asked = send(partner.service.keyed("CreateCase", "case", &case(Some(template)))).await.expect(202);
    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    partner.service.read(&format!("/api/v1/cases/{}", text(&asked, "id"))).await
}

/// Returns the mails of a kind, the newest first.
pub(crate) async fn mails(operator: &Client, kind: &str) -> Vec<Value> {
    let mut mails = operator.list("/api/v1/outbox").await;
    mails.retain(|mail| mail["kind"] == kind);
    mails
}

/// Returns the token in a mail's link.
pub(crate) fn token(mail: &Value) -> String {
    let said = text(&mail["content"], "text");
    let (_, after) = said.split_once("token=").expect("the mail has a link");
    after.split_whitespace().next().expect("the link has an end").to_owned()
}

pub(crate) fn acceptance(token: &str) -> Value {
    json!({
        "token": token, "givenName": "Sam", "familyName": "Seller", "password": PASSWORD,
        "acceptedTerms": ["terms-of-service@2026-01-01", "privacy-policy@2026-01-01"],
    })
}

/// Gives a command that its token alone authorizes.
pub(crate) async fn by_token(client: &Client, name: &str, body: &Value) -> super::client::Reply {
    let request = client.stranger(Method::POST, &format!("/api/v1/commands/{name}"));
    send(request.header("content-type", "application/json").body(body.to_string())).await
}

pub(crate) async fn sign_in(client: &Client, body: &Value) -> super::client::Reply {
    let request = client.stranger(Method::POST, "/api/v1/sessions");
    send(request.header("content-type", "application/json").body(body.to_string())).await
}

async fn a_case_leads_to_an_organization_whose_administrator_signs_in(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = opened(&partner, &partner.template().await).await;
    let organization = text(&case, "organizationId");
    assert_eq!(case["status"], "org_ready");

    // R14, R16–R18: one mail, to the primary contact, with the organization's ID.
    let sent = mails(&operator, "invitation").await;
    assert_eq!(sent.len(), 1);
    assert_eq!(operator.list("/api/v1/outbox").await.len(), 1);
    let content = &sent[0]["content"];
    assert_eq!(content["to"], "sam@resale.example");
    assert_eq!(content["subject"], "Welcome to Example Voice");
    assert!(text(content, "text").contains(&organization));

    // R21: without all terms nothing goes on.
    let token = token(&sent[0]);
    let mut hasty = acceptance(&token);
    hasty["acceptedTerms"] = json!([]);
    assert_eq!(by_token(&partner.service, "AcceptInvitation", &hasty).await.code(422), "terms_not_accepted");
    let customer = partner.service.read(&format!("/api/v1/customers/{}", text(&case, "customerId"))).await;
    assert_eq!((&customer["status"], &customer["origin"]), (&json!("provisioning"), &json!("case")));

    // R20–R23
    let accepted = by_token(&partner.service, "AcceptInvitation", &acceptance(&token)).await.expect(200);
    assert_eq!(text(&accepted, "organizationId"), organization);
    let again = by_token(&partner.service, "AcceptInvitation", &acceptance(&token)).await;
    assert_eq!(again.code(401), "invalid_token");
    let credentials =
        json!({ "organizationId": organization, "email": "sam@resale.example", "password": PASSWORD });
    let session = sign_in(&partner.service, &credentials).await.expect(200);
    assert_eq!(session["role"], "org_admin");
    let admin = partner.service.with_key(&text(&session, "token"));
    let head = program.head().await;
    let own = admin.list(&format!("/api/v1/organizations?minPosition={head}")).await;
    assert_eq!((own.len(), &own[0]["id"], &own[0]["active"]), (1, &json!(organization), &json!(true)));
    let members = admin.list(&format!("/api/v1/users?minPosition={head}")).await;
    assert_eq!((&members[0]["givenName"], &members[0]["role"]), (&json!("Sam"), &json!("org_admin")));
    // R25
    assert_eq!(admin.get("/api/v1/cases").await.code(403), "role_forbidden");
    let customer = until("the active customer", async || {
        let row = partner
            .service
            .get(&format!("/api/v1/customers/{}", text(&case, "customerId")))
            .await
            .expect(200);
        (row["status"] == "provisioned").then_some(row)
    })
    .await;
    assert_eq!(customer["packages"], json!([]));

    let wrong = json!({ "organizationId": organization, "email": "sam@resale.example", "password": "wrong" });
    assert_eq!(sign_in(&partner.service, &wrong).await.code(401), "wrong_credentials");
    let out = admin.request(Method::DELETE, "/api/v1/sessions");
    assert_eq!(send(out).await.status, 204);
    assert_eq!(admin.get("/api/v1/organizations").await.status, 401);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn an_invitation_is_sent_again_redirected_revoked_and_expires(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Trade").await;
    let case = opened(&partner, &partner.template().await).await;
    let organization = text(&case, "organizationId");
    let invitation = json!({ "invitationId": case["invitationId"] });
    let ours = async |count: usize| {
        until("the mail", async || {
            let mut sent = mails(&operator, "invitation").await;
            sent.retain(|mail| mail["tenantId"] == json!(organization));
            (sent.len() == count).then_some(sent)
        })
        .await
    };
    let first = token(&ours(1).await[0]);

    send(partner.service.keyed("ResendInvitation", "resend", &invitation)).await.expect(200);
    let second = token(&ours(2).await[0]);
    assert_eq!(
        by_token(&partner.service, "AcceptInvitation", &acceptance(&first)).await.code(401),
        "invalid_token"
    );

    let user = json!({ "name": "Robin Seller", "email": "robin@resale.example", "role": "partner_user" });
    let added = send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
    let mut redirect = invitation.clone();
    redirect["userId"] = added["userId"].clone();
    send(partner.admin.command("RedirectInvitation", &redirect)).await.expect(200);
    let third = ours(3).await;
    assert_eq!(third[0]["content"]["to"], "robin@resale.example");
    assert_eq!(
        by_token(&partner.service, "AcceptInvitation", &acceptance(&second)).await.code(401),
        "invalid_token"
    );

    let clock = operator.post("/api/v1/demo/clock", &json!({ "advance": "P14D" }));
    send(clock).await.expect(200);
    let path = format!("/api/v1/invitations/{}", text(&case, "invitationId"));
    let status = async |wanted: &str| {
        until(wanted, async || {
            let row = partner.service.get(&path).await.expect(200);
            (row["status"] == wanted).then_some(row)
        })
        .await
    };
    assert_eq!(status("expired").await.get("email"), None, "a member's address is the organization's");
    let late = token(&third[0]);
    assert_eq!(
        by_token(&partner.service, "AcceptInvitation", &acceptance(&late)).await.code(401),
        "invalid_token"
    );
    send(partner.service.keyed("ResendInvitation", "again", &invitation)).await.expect(200);
    status("sent").await;
    send(partner.service.keyed("RevokeInvitation", "revoke", &invitation)).await.expect(200);
    status("revoked").await;
    let fourth = token(&ours(4).await[0]);
    assert_eq!(
        by_token(&partner.service, "AcceptInvitation", &acceptance(&fourth)).await.code(401),
        "invalid_token"
    );
    let stranger = Partner::register(&operator, "Example Other").await;
    let foreign = send(stranger.service.keyed("RevokeInvitation", "foreign", &invitation)).await;
    assert_eq!(foreign.status, 404, "{}", foreign.text);
}

async fn a_case_is_linked_to_a_customer_of_the_partner(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let customer = partner.provisioned(&template, "customer-17").await;
    let row = partner.service.read(&format!("/api/v1/customers/{}", text(&customer, "id"))).await;
    let case = send(partner.service.keyed("CreateCase", "case", &case(None))).await.expect(200);
    let link = json!({ "caseId": case["id"], "organizationId": row["organizationId"] });

    send(partner.service.keyed("LinkCaseToOrg", "link", &link)).await.expect(200);

    let row = partner.service.read(&format!("/api/v1/cases/{}?minPosition=1", text(&case, "id"))).await;
    assert_eq!(row["indicativeContact"]["email"], "kim@harbour.example");
    let stranger = json!({ "caseId": case["id"], "organizationId": "org_01kpm6f1aqfd7v61bznxez3w6q" });
    let refused = send(partner.service.keyed("LinkCaseToOrg", "stranger", &stranger)).await;
    assert_eq!(refused.code(409), "case_has_organization");
    let mut nobody = self::case(Some(&template));
    nobody.as_object_mut().expect("is an object").remove("primaryContact");
    let refused = send(partner.service.keyed("CreateCase", "nobody", &nobody)).await;
    assert_eq!(refused.code(422), "primary_contact_missing");
}

async fn a_password_and_a_token_stand_nowhere(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    opened(&partner, &partner.template().await).await;
    let token = token(&mails(&operator, "invitation").await[0]);

    by_token(&partner.service, "AcceptInvitation", &acceptance(&token)).await.expect(200);

    for line in operator.lines("/api/v1/events").await {
        let line = line.to_string();
        for secret in [PASSWORD, token.as_str(), "sam@resale.example", "kim@harbour.example", "argon2"] {
            assert!(!line.contains(secret), "{secret} in {line}");
        }
    }
}

async fn a_password_is_tried_a_few_times_a_minute(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let guess = |email: &str| {
        json!({
            "organizationId": "org_01kpm6f1aqfd7v61bznxez3w6q", "email": email, "password": "a guess of somebody",
        })
    };
    let mut answers = Vec::new();
    while answers.last().is_none_or(|answer: &Reply| answer.status == 401) {
        assert!(answers.len() < 10 * SIGN_INS_A_MINUTE_MAX as usize, "it never ends");
        answers.push(sign_in(&program.operator(), &guess("sam@resale.example")).await);
    }
    let refused = answers.pop().expect("the last one is refused");

    assert!(answers.len() >= SIGN_INS_A_MINUTE_MAX as usize, "{}", answers.len());
    assert_eq!(refused.code(429), "too_many_requests");
    let other = sign_in(&program.operator(), &guess("kim@resale.example")).await;
    assert_eq!(other.code(401), "wrong_credentials", "others go on");
}

async fn whoever_is_no_user_of_the_partner_any_more_has_no_key(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let user = json!({ "name": "Sam Seller", "email": "sam@resale.example", "role": "partner_admin" });
    let user = send(partner.admin.command("AddPartnerUser", &user)).await.expect(200)["userId"].clone();
    let key = json!({ "role": "partner_admin", "name": "Sam's key", "email": "sam@resale.example" });
    let key = send(partner.admin.command("IssueKey", &key)).await.expect(200);
    let sam = partner.admin.with_key(&text(&key, "key"));
    let issue = |name: &str| json!({ "name": name, "role": "service" });
    send(sam.command("IssueKey", &issue("First"))).await.expect(200);

    let lower = json!({ "userId": user, "role": "partner_user" });
    send(partner.admin.command("ChangePartnerUserRole", &lower)).await.expect(200);

    let refused = send(sam.command("IssueKey", &issue("Second"))).await;
    assert_eq!(refused.code(403), "role_forbidden");
    assert_eq!(sam.get("/api/v1/customers").await.status, 200);
    let session = sign_in(&sam, &json!({ "key": text(&key, "key") })).await.expect(200);
    assert_eq!(session["role"], "partner_user");
    let session = sam.with_key(&text(&session, "token"));

    send(partner.admin.command("RemovePartnerUser", &json!({ "userId": user }))).await.expect(200);

    for client in [&sam, &session] {
        assert_eq!(client.get("/api/v1/customers").await.code(401), "unauthenticated");
    }
}

//! Faults of cases, invitations, sessions and users.

use serde_json::{Value, json};

use super::bodies::{with, without};
use super::deals::{altered, post_without_key, without_key};
use super::{Case, World, case};
use crate::journey::cases::{self, acceptance};

pub(super) fn cases(world: &World) -> Vec<Case> {
    [values_of_cases(world), refused_cases(world), acceptances(world), sessions(world), others(world)]
        .into_iter()
        .flatten()
        .collect()
}

fn values_of_cases(world: &World) -> Vec<Case> {
    let body = || cases::case(Some(&world.provisioning_id));
    let mut wrong: Vec<(&str, Value)> = [
        ("a telephone number without a country", "/customer/phone", json!("030 123456")),
        ("a telephone number with letters", "/customer/phone", json!("+49 CALL ME")),
        ("a telephone number of no country", "/customer/phone", json!("+999123456789")),
        ("a telephone number as a number", "/customer/phone", json!(4_930_123_456_u64)),
        ("a case in an unknown country", "/customer/country", json!("XX")),
        ("a case in a country of three letters", "/customer/country", json!("DEU")),
        ("an address in an unknown country", "/customer/address/country", json!("Germany")),
        ("a contact without a domain", "/customer/contactEmail", json!("kim@")),
        ("a blank contact", "/customer/contactName", json!("  ")),
        ("a company of 201 characters", "/customer/companyName", json!("x".repeat(201))),
        ("a city of 51 characters", "/customer/address/city", json!("x".repeat(51))),
        ("a text for the box", "/createCustomerOrg", json!("yes")),
        ("a number for the box", "/createCustomerOrg", json!(1)),
        ("a customer that is a text", "/customer", json!("Example Harbour")),
        ("no provisioning ID of a case", "/provisioningId", json!("Standard")),
        ("a primary contact that is a text", "/primaryContact", json!("sam@resale.example")),
        ("a primary contact without an address", "/primaryContact", json!({ "name": "Sam Seller" })),
        (
            "a primary contact with an address of two",
            "/primaryContact/email",
            json!("a@b.example,c@d.example"),
        ),
        ("an unknown field of a case", "/companyName", json!("Example Harbour")),
        ("an unknown field of a contact", "/customer/contactMail", json!("kim@harbour.example")),
    ]
    .into_iter()
    .map(|(name, pointer, value)| (name, with(body(), pointer, value)))
    .collect();
    wrong.push(("a case without anything", json!({})));
    wrong.push(("a case without the box", without(body(), "createCustomerOrg")));
    let mut several = with(body(), "/customer/phone", json!("no"));
    several["customer"]["country"] = json!("de");
    several["primaryContact"]["email"] = json!("sam");
    wrong.push(("several faults of a case", several));
    wrong.into_iter().map(|(name, body)| case(name, 400, world.command("CreateCase", &body))).collect()
}

fn refused_cases(world: &World) -> Vec<Case> {
    let deals = &world.deals;
    let open = |body: &Value| world.command("CreateCase", body);
    let link = |case: &str, organization: &str| {
        world.command("LinkCaseToOrg", &json!({ "caseId": case, "organizationId": organization }))
    };
    let boxed = cases::case(Some(&world.provisioning_id));
    let nobody = "org_01m7yp5x7veej9eg2805wyf7ws";
    vec![
        case("a case whose template is nobody's", 422, {
            open(&with(
                boxed.clone(),
                "/provisioningId",
                json!("MDE5ZTAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw"),
            ))
        }),
        case("a case without a template or a default", 422, open(&without(boxed.clone(), "provisioningId"))),
        case(
            "a template without the box",
            422,
            open(&with(boxed.clone(), "/createCustomerOrg", json!(false))),
        ),
        case(
            "a service's case without a primary contact",
            422,
            open(&without(boxed.clone(), "primaryContact")),
        ),
        case("a case of an auditor", 403, world.partner.auditor.command("CreateCase", &boxed)),
        case("a case of an operator", 403, world.operator.command("CreateCase", &boxed)),
        case("a link to what is no ID", 400, link(&deals.case, "Example Harbour")),
        case("a link of what is no case", 400, link(&world.customer, &world.organization)),
        case("a link without anything", 400, world.command("LinkCaseToOrg", &json!({}))),
        case("a link to nobody", 422, link(&deals.case, nobody)),
        case("a link to an organization of nobody's", 422, link(&deals.case, &deals.lonely)),
        case("a link to an organization that is only asked", 422, link(&deals.case, &deals.asked)),
        case("a link of a case that has one", 409, link(&deals.ready, &world.organization)),
        case("a link of a missing case", 404, link("case_01m7yp5x7veej9eg2805wyf7ws", &world.organization)),
        case("a link of another partner's case", 404, {
            let body = json!({ "caseId": deals.case, "organizationId": world.organization });
            world.stranger.service.keyed("LinkCaseToOrg", "faulty", &body)
        }),
    ]
}

fn acceptances(world: &World) -> Vec<Case> {
    let token = &world.deals.invitation_token;
    let body = |pointer: &str, value: Value| with(acceptance(token), pointer, value);
    let accept = |body: &Value| without_key(&world.operator, "AcceptInvitation", body);
    let mut cases: Vec<Case> = [
        ("a password of 11 characters", "/password", json!("x".repeat(11))),
        ("a password of 129 characters", "/password", json!("x".repeat(129))),
        ("a password that is a number", "/password", json!(123_456_789_012_u64)),
        ("no terms, but a text", "/acceptedTerms", json!("all")),
        ("terms that are numbers", "/acceptedTerms", json!([1, 2])),
        ("51 terms", "/acceptedTerms", json!(vec!["terms"; 51])),
        ("a blank given name", "/givenName", json!(" ")),
        ("a family name of 201 characters", "/familyName", json!("x".repeat(201))),
        ("an empty token", "/token", json!("")),
        ("a token of 201 characters", "/token", json!("x".repeat(201))),
        ("an unknown field of an acceptance", "/email", json!("sam@resale.example")),
    ]
    .into_iter()
    .map(|(name, pointer, value)| case(name, 400, accept(&body(pointer, value))))
    .collect();
    let wrong_terms = json!(["terms-of-service@2026-01-01", "privacy-policy@2025-01-01"]);
    cases.extend([
        case("an acceptance without anything", 400, accept(&json!({}))),
        case("no terms", 422, accept(&body("/acceptedTerms", json!([])))),
        case("terms of another version", 422, accept(&body("/acceptedTerms", wrong_terms))),
        case("a token that is none", 401, accept(&body("/token", json!("nonsense")))),
        case("a token with another name", 401, accept(&body("/token", json!(altered(token, false))))),
        case("a token with another signature", 401, accept(&body("/token", json!(altered(token, true))))),
        case("a token that is cut short", 401, accept(&body("/token", json!(&token[..token.len() - 4])))),
        case("the token of another mail", 401, accept(&body("/token", json!(world.deals.consent_token)))),
        case("an altered token beside a key", 401, {
            world.partner.admin.command("AcceptInvitation", &body("/token", json!(altered(token, true))))
        }),
    ]);
    cases
}

fn sessions(world: &World) -> Vec<Case> {
    let sign_in = |body: &Value| post_without_key(&world.operator, "/api/v1/sessions", body);
    let organization = &world.deals.invited_to;
    let (email, password) = ("sam@resale.example", "correct horse battery staple");
    let member = json!({ "organizationId": organization, "email": email, "password": password });
    let by_key = json!({ "key": "tnt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" });
    let mut both = member.clone();
    both["key"] = by_key["key"].clone();
    vec![
        case("a session without anything", 400, sign_in(&json!({}))),
        case("a session without a password", 400, sign_in(&without(member.clone(), "password"))),
        case("a session without an organization", 400, sign_in(&without(member.clone(), "organizationId"))),
        case("a session in both forms", 400, sign_in(&both)),
        case("a session that is a text", 400, sign_in(&json!("key"))),
        case("a session whose key is a number", 400, sign_in(&json!({ "key": 5 }))),
        case("a session with an unknown field", 400, sign_in(&with(member.clone(), "/mail", json!(email)))),
        case("a session of what is no address", 400, sign_in(&with(member.clone(), "/email", json!("sam")))),
        case("a session in what is no organization", 400, {
            sign_in(&with(member.clone(), "/organizationId", json!(world.customer)))
        }),
        case("a session with several faults", 400, {
            sign_in(&json!({ "organizationId": "nowhere", "email": "sam", "password": 5 }))
        }),
        case("a session before the acceptance", 401, sign_in(&member)),
        case("a session in a missing organization", 401, {
            sign_in(&with(member.clone(), "/organizationId", json!("org_01m7yp5x7veej9eg2805wyf7ws")))
        }),
        case(
            "a session of a stranger",
            401,
            sign_in(&with(member.clone(), "/email", json!("no@body.example"))),
        ),
        case("a session with a password that is too long", 401, {
            sign_in(&with(member, "/password", json!("x".repeat(1000))))
        }),
        case("a session by an unknown key", 401, sign_in(&by_key)),
        case("a session by a revoked key", 401, sign_in(&json!({ "key": world.revoked.place().1 }))),
        case("an end of no session", 404, {
            world.partner.admin.request(reqwest::Method::DELETE, "/api/v1/sessions")
        }),
        case("an end of a session of nobody", 401, {
            world.operator.stranger(reqwest::Method::DELETE, "/api/v1/sessions")
        }),
    ]
}

fn others(world: &World) -> Vec<Case> {
    let user = json!({ "name": "Robin Seller", "email": "robin@resale.example", "role": "partner_user" });
    let add = |pointer: &str, value: Value| {
        world.partner.admin.command("AddPartnerUser", &with(user.clone(), pointer, value))
    };
    let nobody = "usr_01m7yp5x7veej9eg2805wyf7ws";
    let invitation = json!({ "invitationId": world.deals.invitation });
    let of_stranger = |name: &str, body: &Value| world.stranger.admin.command(name, body);
    let mut redirect = invitation.clone();
    redirect["userId"] = json!(nobody);
    vec![
        case("a user without a domain", 400, add("/email", json!("robin@"))),
        case("a user with a blank name", 400, add("/name", json!(""))),
        case("a user who is an operator", 400, add("/role", json!("operator"))),
        case("a user with an unknown field", 400, add("/mail", json!("robin@resale.example"))),
        case("a user without anything", 400, world.partner.admin.command("AddPartnerUser", &json!({}))),
        case("a user of a service", 403, world.command("AddPartnerUser", &user)),
        case("another role for nobody", 404, {
            let body = json!({ "userId": nobody, "role": "partner_admin" });
            world.partner.admin.command("ChangePartnerUserRole", &body)
        }),
        case("a removal of nobody", 404, {
            world.partner.admin.command("RemovePartnerUser", &json!({ "userId": nobody }))
        }),
        case("an invitation that is none", 400, {
            world.command("ResendInvitation", &json!({ "invitationId": world.deals.case }))
        }),
        case("a missing invitation", 404, {
            world.command("ResendInvitation", &json!({ "invitationId": "inv_01m7yp5x7veej9eg2805wyf7ws" }))
        }),
        case("another partner's invitation, again", 404, of_stranger("ResendInvitation", &invitation)),
        case("another partner's invitation, taken back", 404, of_stranger("RevokeInvitation", &invitation)),
        case("another partner's invitation, redirected", 404, of_stranger("RedirectInvitation", &redirect)),
        case("an invitation redirected to nobody", 404, {
            world.partner.admin.command("RedirectInvitation", &redirect)
        }),
        case("an invitation of another organization", 404, {
            world.deals.administrator.command("RevokeInvitation", &invitation)
        }),
        case("the outbox for a partner", 403, {
            world.partner.admin.request(reqwest::Method::GET, "/api/v1/outbox")
        }),
        case("the outbox for an auditor", 403, {
            world.partner.auditor.request(reqwest::Method::GET, "/api/v1/outbox")
        }),
        case("the outbox for an administrator", 403, {
            world.deals.administrator.request(reqwest::Method::GET, "/api/v1/outbox")
        }),
    ]
}

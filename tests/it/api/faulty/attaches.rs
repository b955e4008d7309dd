//! Faults of attaches, of answers to a request for consent, and of the directory of organizations.

use serde_json::{Value, json};

use super::bodies::{with, without};
use super::deals::{altered, without_key};
use super::{Case, World, case};
use crate::journey::attach::attach;

/// IDs that nobody has.
const NO_ORGANIZATION: &str = "org_01m7yp5x7veej9eg2805wyf7ws";
const NO_CUSTOMER: &str = "cust_01m7yp5x7veej9eg2805wyf7ws";
const NO_PARTNER: &str = "ptr_01m7yp5x7veej9eg2805wyf7ws";

pub(super) fn cases(world: &World) -> Vec<Case> {
    [attaches(world), answers(world), partners_side(world), registrations(world), directory(world)]
        .into_iter()
        .flatten()
        .collect()
}

fn attaches(world: &World) -> Vec<Case> {
    let body = attach(&world.deals.asking, &world.deals.lonely, "faulty");
    let changed =
        |pointer: &str, value: Value| world.command("AttachExistingOrg", &with(body.clone(), pointer, value));
    let packages = |packages: Value| changed("/packages", packages);
    let own = json!("MDE5ZTAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw");
    vec![
        case("an organization that is none", 400, changed("/organizationId", json!("Example Harbour"))),
        case(
            "an organization that is a customer's ID",
            400,
            changed("/organizationId", json!(world.customer)),
        ),
        case("a label of 201 characters", 400, changed("/label", json!("x".repeat(201)))),
        case("an attach with somebody's name", 400, changed("/customerInfo", json!({ "name": "Ours" }))),
        case("an attach to an unknown package", 400, packages(json!(["webex_telepathy"]))),
        case("an attach without packages", 400, packages(json!([]))),
        case(
            "an attach to an external ID of 129 characters",
            400,
            changed("/externalId", json!("x".repeat(129))),
        ),
        case("an attach without anything", 400, world.command("AttachExistingOrg", &json!({}))),
        case("a location that is a text", 400, {
            changed("/provisioningParameters", json!({ "calling": { "location": "Head Office" } }))
        }),
        case("an attach of a missing organization", 404, changed("/organizationId", json!(NO_ORGANIZATION))),
        case("an attach with a package twice", 422, packages(json!(["webex_meetings", "webex_meetings"]))),
        case("an attach to calling without a location", 422, packages(json!(["webex_calling"]))),
        case("an attach to an add-on alone", 422, packages(json!(["attendant_console"]))),
        case("an attach with a template of nobody's", 422, changed("/provisioningId", own)),
        case("an attach with another partner's template", 422, {
            world.stranger.service.keyed("AttachExistingOrg", "faulty", &body)
        }),
        case("an attach of one's own customer, which is not active", 422, {
            changed("/organizationId", json!(world.organization))
        }),
        case("an attach that is under way", 409, changed("/organizationId", json!(world.deals.asked))),
        case(
            "an attach under an external ID that is taken",
            409,
            changed("/externalId", json!("customer-17")),
        ),
        case("an attach of an organization without an administrator", 422, {
            changed("/organizationId", json!(world.deals.invited_to))
        }),
        case(
            "an attach by its organization",
            403,
            world.deals.administrator.command("AttachExistingOrg", &body),
        ),
    ]
}

fn answers(world: &World) -> Vec<Case> {
    let deals = &world.deals;
    let token = &deals.consent_token;
    let mut cases = Vec::new();
    for name in ["GrantConsent", "DeclineConsent"] {
        let keyless = |body: Value| without_key(&world.operator, name, &body);
        let signed_in = |body: Value| deals.administrator.command(name, &body);
        cases.extend([
            case(format!("{name} by a customer and a token"), 400, {
                keyless(json!({ "customerId": deals.waiting, "token": token }))
            }),
            case(format!("{name} by a customer and a token, signed in"), 400, {
                signed_in(json!({ "customerId": deals.waiting, "token": token }))
            }),
            case(format!("{name} of nothing, signed in"), 400, signed_in(json!({}))),
            case(format!("{name} of nothing by nobody"), 401, keyless(json!({}))),
            case(
                format!("{name} of a customer by nobody"),
                401,
                keyless(json!({ "customerId": deals.waiting })),
            ),
            case(format!("{name} by a token with another name"), 401, {
                keyless(json!({ "token": altered(token, false) }))
            }),
            case(format!("{name} by a token with another signature"), 401, {
                keyless(json!({ "token": altered(token, true) }))
            }),
            case(format!("{name} by the token of another mail"), 401, {
                keyless(json!({ "token": deals.invitation_token }))
            }),
            case(format!("{name} by a number"), 400, keyless(json!({ "token": 5 }))),
            case(format!("{name} with an unknown field"), 400, keyless(json!({ "tokens": token }))),
            case(
                format!("{name} of what is no customer"),
                400,
                signed_in(json!({ "customerId": deals.asked })),
            ),
            case(
                format!("{name} of a missing customer"),
                409,
                signed_in(json!({ "customerId": NO_CUSTOMER })),
            ),
            case(format!("{name} of another organization's customer"), 409, {
                signed_in(json!({ "customerId": world.customer }))
            }),
            case(format!("{name} by the partner itself"), 403, {
                world.partner.admin.command(name, &json!({ "customerId": deals.waiting }))
            }),
        ]);
    }
    cases
}

fn partners_side(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for name in ["ResendConsent", "WithdrawAttach", "RequestFullAccess", "RetryProvisioning"] {
        let of = |customer: &str| world.command(name, &json!({ "customerId": customer }));
        let body = json!({ "customerId": world.deals.waiting });
        cases.extend([
            case(format!("{name} without a customer"), 400, world.command(name, &json!({}))),
            case(format!("{name} of what is no customer"), 400, of(&world.organization)),
            case(format!("{name} of a missing customer"), 404, of(NO_CUSTOMER)),
            case(format!("{name} of another partner's customer"), 404, {
                world.stranger.service.keyed(name, "faulty", &body)
            }),
            case(format!("{name} by an auditor"), 403, world.partner.auditor.command(name, &body)),
        ]);
    }
    for name in ["ResendConsent", "WithdrawAttach", "RetryProvisioning"] {
        let body = json!({ "customerId": world.customer });
        cases.push(case(format!("{name} where nothing waits"), 409, world.command(name, &body)));
    }
    let body = json!({ "customerId": world.deals.waiting });
    cases.push(case("RequestFullAccess before the consent", 422, world.command("RequestFullAccess", &body)));
    for name in ["AddExternalAdmin", "RevokeGrant"] {
        let of = |partner: &str| world.deals.administrator.command(name, &json!({ "partnerId": partner }));
        cases.push(case(format!("{name} of what is no partner"), 400, of("Example Resale")));
        cases.push(case(format!("{name} by a partner"), 403, {
            world.partner.admin.command(name, &json!({ "partnerId": world.partner.id }))
        }));
    }
    let missing = json!({ "partnerId": NO_PARTNER });
    cases.push(case("a missing external administrator", 404, {
        world.deals.administrator.command("AddExternalAdmin", &missing)
    }));
    cases
}

fn registrations(world: &World) -> Vec<Case> {
    let body = json!({ "name": "Example Works", "country": "SE", "userCount": 5, "adminEmails": [] });
    let changed = |pointer: &str, value: Value| {
        world.operator.command("RegisterOrganization", &with(body.clone(), pointer, value))
    };
    let license = |license: Value| changed("/licenses", json!([license]));
    vec![
        case("users below zero", 400, changed("/userCount", json!(-1))),
        case("half a user", 400, changed("/userCount", json!(1.5))),
        case("users beyond all numbers", 400, changed("/userCount", json!(99_999_999_999_u64))),
        case("a text for users", 400, changed("/userCount", json!("5"))),
        case("no number of users", 400, {
            world.operator.command("RegisterOrganization", &without(body.clone(), "userCount"))
        }),
        case("a domain with capitals", 400, changed("/verifiedDomains", json!(["Works.example"]))),
        case("a domain that is an address", 400, changed("/verifiedDomains", json!(["a@works.example"]))),
        case(
            "a domain that is no text",
            400,
            changed("/verifiedDomains", json!([{ "name": "works.example" }])),
        ),
        case("a claimed domain that is none", 400, changed("/claimedDomains", json!(["works"]))),
        case("101 domains", 400, changed("/claimedDomains", json!(vec!["works.example"; 101]))),
        case(
            "a claimed domain that is not verified",
            422,
            changed("/claimedDomains", json!(["works.example"])),
        ),
        case(
            "an administrator who is no address",
            400,
            changed("/adminEmails", json!(["a@b.example", "boss"])),
        ),
        case(
            "a license in no state",
            400,
            license(json!({ "package": "webex_meetings", "state": "expired" })),
        ),
        case(
            "a license of no package",
            400,
            license(json!({ "package": "webex_telepathy", "state": "active" })),
        ),
        case("a license without a state", 400, license(json!({ "package": "webex_meetings" }))),
        case("a manager that is no partner", 400, changed("/managedBy", json!(["Example Resale"]))),
        case("a manager that is missing", 404, changed("/managedBy", json!([world.partner.id, NO_PARTNER]))),
        case("an unknown field of an organization", 400, changed("/adminEmail", json!("boss@works.example"))),
        case("a registration by a partner", 403, world.command("RegisterOrganization", &body)),
    ]
}

fn directory(world: &World) -> Vec<Case> {
    let (operator, own) = (&world.operator, &world.deals.administrator);
    let organization = &world.deals.lonely;
    let domain =
        |organization: &str, domain: &str| json!({ "organizationId": organization, "domain": domain });
    let license = |organization: &str, state: &str| {
        let body = json!({ "organizationId": organization, "package": "webex_meetings", "state": state });
        operator.command("SetLicense", &body)
    };
    let members = |body: Value| operator.command("ImportMembers", &body);
    let member = |email: &str, role: &str| json!([{ "email": email, "role": role }]);
    let mut cases = Vec::new();
    for name in ["VerifyDomain", "ClaimDomain"] {
        cases.extend([
            case(format!("{name} of no domain"), 400, operator.command(name, &domain(organization, "works"))),
            case(format!("{name} without an organization"), 400, {
                operator.command(name, &json!({ "domain": "works.example" }))
            }),
            case(format!("{name} in a missing organization"), 404, {
                operator.command(name, &domain(NO_ORGANIZATION, "works.example"))
            }),
            case(format!("{name} in another organization"), 404, {
                own.command(name, &domain(organization, "works.example"))
            }),
            case(
                format!("{name} by a partner"),
                403,
                world.command(name, &domain(organization, "works.example")),
            ),
        ]);
    }
    cases.extend([
        case("a claim before the domain is verified", 422, {
            operator.command("ClaimDomain", &domain(organization, "works.example"))
        }),
        case("a state that no license has", 400, license(organization, "expired")),
        case("a license in a missing organization", 404, license(NO_ORGANIZATION, "active")),
        case("a license in what is no organization", 400, license(&world.customer, "active")),
        case("members that are a text", 400, {
            members(json!({ "organizationId": organization, "members": "boss@works.example" }))
        }),
        case("a member who is no address", 400, {
            members(json!({ "organizationId": organization, "members": member("boss", "org_admin") }))
        }),
        case("a member with a partner's role", 400, {
            members(
                json!({ "organizationId": organization, "members": member("a@b.example", "partner_admin") }),
            )
        }),
        case("a count of members below zero", 400, {
            members(json!({ "organizationId": organization, "members": [], "userCount": -5 }))
        }),
        case("members of a missing organization", 404, {
            members(
                json!({ "organizationId": NO_ORGANIZATION, "members": member("a@b.example", "org_user") }),
            )
        }),
        case("members of no organization", 400, members(json!({ "members": [] }))),
        case("the last administrator as a user", 422, {
            let body = json!({
                "organizationId": organization, "members": member("admin@lonely.example", "org_user"),
            });
            members(body)
        }),
        case("members of another organization", 404, {
            own.command("ImportMembers", &json!({ "organizationId": organization, "members": [] }))
        }),
    ]);
    cases
}

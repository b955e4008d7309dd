//! The people of an organization: invited, given roles, taken out; and what they create.

use serde_json::{Value, json};

use super::attach::{attach, register};
use super::cases::{PASSWORD, acceptance, by_token, mails, sign_in, token};
use super::cast::Partner;
use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::verbs::{Where, answered, refused};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r24_a_person_is_invited_signs_in_is_given_a_role_and_is_taken_out,
    r69_a_partner_manages_people_with_full_access_or_the_console_and_not_without,
    r3_an_organization_creates_projects_and_app_ids,
    the_people_of_one_organization_are_nothing_to_another,
    of_two_removals_at_once_one_leaves_an_administrator,
    a_key_that_names_a_member_does_what_the_member_may,
    an_administrator_manages_people_from_the_command_line,
);

/// The accepted invitation of a person.
pub(super) struct Joined {
    /// The person's ID.
    pub(super) user: String,
    /// A client that carries the person's session.
    pub(super) session: Client,
}

/// Issues a key of an organization.
pub(super) async fn key_of(operator: &Client, organization: &str, role: &str, more: &Value) -> Client {
    let mut body = json!({ "role": role, "organizationId": organization, "name": "A key of it" });
    body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
    let issued = send(operator.command("IssueKey", &body)).await.expect(200);
    operator.with_key(&text(&issued, "key"))
}

/// Waits for the mail to an address, which is the only one of its kind to it.
pub(super) async fn mail_to(operator: &Client, address: &str) -> Value {
    until("the invitation's mail", async || {
        let mut sent = mails(operator, "invitation").await;
        sent.retain(|mail| mail["content"]["to"] == address);
        assert!(sent.len() < 2, "one mail for one invitation");
        sent.pop()
    })
    .await
}

/// Invites a person, accepts for the person and signs the person in.
pub(super) async fn joined(operator: &Client, by: &Client, body: &Value) -> Joined {
    let invited = send(by.command("InviteUser", body)).await.expect(200);
    let email = text(body, "email");
    let mail = mail_to(operator, &email).await;
    let accepted = by_token(by, "AcceptInvitation", &acceptance(&token(&mail))).await.expect(200);
    assert_eq!(accepted["userId"], invited["userId"]);
    let credentials =
        json!({ "organizationId": accepted["organizationId"], "email": email, "password": PASSWORD });
    let session = sign_in(by, &credentials).await.expect(200);
    assert_eq!(session["role"], body["role"]);
    Joined { user: text(&accepted, "userId"), session: operator.with_key(&text(&session, "token")) }
}

async fn r24_a_person_is_invited_signs_in_is_given_a_role_and_is_taken_out(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let organization = register(&operator, "works", &json!({})).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let ann = json!({ "email": "ann@works.example", "givenName": "Ann", "role": "org_user" });

    // R24: nobody hears of it but the person.
    let Joined { user, session } = joined(&operator, &admin, &ann).await;
    assert_eq!(operator.list("/api/v1/outbox").await.len(), 1);
    let again = send(admin.command("InviteUser", &ann)).await;
    assert_eq!(again.code(409), "member_exists");
    let bob = json!({ "organizationId": organization, "email": "bob@works.example", "role": "org_user" });
    let invited = send(admin.command("InviteUser", &bob)).await.expect(200);
    assert_eq!(send(admin.command("InviteUser", &bob)).await.code(409), "already_invited");
    mail_to(&operator, "bob@works.example").await;
    let revoke = json!({ "invitationId": invited["invitationId"] });
    send(admin.command("RevokeInvitation", &revoke)).await.expect(200);
    let anew = send(admin.command("InviteUser", &bob)).await.expect(200);
    assert_ne!(anew["invitationId"], invited["invitationId"]);

    // An org user manages nobody, and sees people in a limited form.
    assert_eq!(send(session.command("InviteUser", &bob)).await.code(403), "role_forbidden");
    let head = program.head().await;
    let seen = session.list(&format!("/api/v1/users?minPosition={head}")).await;
    assert_eq!(seen[0]["email"], json!({ "personal": "withheld" }));

    let promoted = json!({ "userId": user, "role": "org_admin" });
    send(admin.command("AssignRole", &promoted)).await.expect(200);
    send(session.command("CreateProject", &json!({ "name": "Telemetry" }))).await.expect(200);
    let head = program.head().await;
    let seen = session.list(&format!("/api/v1/users?minPosition={head}")).await;
    let row = seen.iter().find(|row| row["id"] == user.as_str()).expect("Ann is there");
    assert_eq!((&row["role"], &row["email"]), (&json!("org_admin"), &json!("ann@works.example")));
    let path = format!("/api/v1/organizations?adminEmail=ann@works.example&minPosition={head}");
    assert_eq!(operator.read(&path).await["items"][0]["id"], organization.as_str());

    // R25, R26: no case, no quote, no invoice.
    let case = super::cases::case(None);
    assert_eq!(send(session.command("CreateCase", &case)).await.code(403), "role_forbidden");
    assert_eq!(session.get("/api/v1/cases").await.code(403), "role_forbidden");
    // R27
    assert_eq!(session.get("/api/v1/usage").await.status, 200);

    let member = json!({ "userId": user });
    send(admin.command("RevokeRole", &member)).await.expect(200);
    assert_eq!(send(session.command("RevokeRole", &member)).await.code(403), "role_forbidden");
    send(admin.command("RemoveMember", &member)).await.expect(200);
    assert_eq!(session.get("/api/v1/users").await.code(401), "unauthenticated", "at once");
    let credentials =
        json!({ "organizationId": organization, "email": "ann@works.example", "password": PASSWORD });
    assert_eq!(sign_in(&admin, &credentials).await.code(401), "wrong_credentials");
    assert_eq!(send(admin.command("RemoveMember", &member)).await.code(404), "member_not_found");
    let head = program.head().await;
    let left = admin.list(&format!("/api/v1/users?minPosition={head}")).await;
    assert_eq!(left.len(), 1);
    let row = admin.read(&format!("/api/v1/organizations/{organization}?minPosition={head}")).await;
    assert_eq!(row["userCount"], 5);
    let path = format!("/api/v1/organizations?adminEmail=ann@works.example&minPosition={head}");
    assert_eq!(operator.read(&path).await["items"], json!([]));
    let last = json!({ "userId": left[0]["id"] });
    assert_eq!(send(admin.command("RemoveMember", &last)).await.code(422), "last_administrator");
    // Whoever was taken out can be invited again.
    send(admin.command("InviteUser", &ann)).await.expect(200);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn r69_a_partner_manages_people_with_full_access_or_the_console_and_not_without(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let active = json!({ "licenses": [{ "package": "webex_calling", "state": "active" }] });
    let limited = register(&operator, "limited", &active).await;
    let body = attach(&template, &limited, "limited");
    let attached = send(partner.service.keyed("AttachExistingOrg", "limited", &body)).await.expect(202);
    partner.service.ended(&text(&attached["operation"], "id")).await;
    let invite = |organization: &str, email: &str| json!({ "organizationId": organization, "email": email, "role": "org_user" });

    // R79, R81: provisioning rights are not enough, and no setting of the partner's own makes them so.
    let refused = send(partner.admin.command("InviteUser", &invite(&limited, "cat@works.example"))).await;
    assert_eq!(refused.code(403), "full_access_missing");
    assert_eq!(refused.json()["rules"], json!(["R69", "R79", "R81", "R82"]));
    assert!(refused.text.contains("RequestFullAccess"), "{}", refused.text);
    let console = json!({ "customerId": attached["id"], "consoleAccess": true });
    let refused = send(partner.admin.command("SetConsoleAccess", &console)).await;
    assert_eq!(refused.code(403), "full_access_missing");
    let hidden = partner.admin.get(&format!("/api/v1/projects?organizationId={limited}")).await;
    assert_eq!(hidden.code(403), "full_access_missing");

    let admin = key_of(&operator, &limited, "org_admin", &json!({})).await;
    send(admin.command("AddExternalAdmin", &json!({ "partnerId": partner.id }))).await.expect(200);
    let cat = invite(&limited, "cat@works.example");
    assert_eq!(send(partner.service.keyed("InviteUser", "x", &cat)).await.code(403), "role_forbidden");
    let Joined { user, .. } = joined(&operator, &partner.admin, &cat).await;
    assert_eq!(
        mail_to(&operator, "cat@works.example").await["content"]["subject"],
        "Welcome to Example Voice"
    );
    let promote = json!({ "organizationId": limited, "userId": user, "role": "org_admin" });
    send(partner.admin.command("AssignRole", &promote)).await.expect(200);
    let head = program.head().await;
    let own = partner.admin.list(&format!("/api/v1/invitations?minPosition={head}")).await;
    let row = own.iter().find(|row| row["organizationId"] == limited.as_str()).expect("it is the partner's");
    assert_eq!((row.get("email"), &row["customerId"]), (None, &attached["id"]));
    let gus = invite(&limited, "gus@works.example");
    let gus = send(partner.admin.command("InviteUser", &gus)).await.expect(200);
    mail_to(&operator, "gus@works.example").await;
    send(admin.command("RevokeGrant", &json!({ "partnerId": partner.id }))).await.expect(200);
    let resend = json!({ "invitationId": gus["invitationId"] });
    let refused = send(partner.admin.command("ResendInvitation", &resend)).await;
    assert_eq!(refused.code(403), "full_access_missing");
    send(admin.command("ResendInvitation", &resend)).await.expect(200);
    let remove = json!({ "organizationId": limited, "userId": user });
    assert_eq!(send(partner.admin.command("RemoveMember", &remove)).await.code(403), "full_access_missing");

    // R69, D16: an organization that was made for the partner.
    let made = partner.provisioned(&template, "retail").await;
    let row = partner.service.read(&format!("/api/v1/customers/{}", text(&made, "id"))).await;
    let retail = text(&row, "organizationId");
    let mail = mail_to(&operator, "admin@retail.example").await;
    by_token(&operator, "AcceptInvitation", &acceptance(&token(&mail))).await.expect(200);
    let dan = invite(&retail, "dan@retail.example");
    assert_eq!(send(partner.admin.command("InviteUser", &dan)).await.code(403), "full_access_missing");
    let console = json!({ "customerId": made["id"], "consoleAccess": true });
    send(partner.admin.command("SetConsoleAccess", &console)).await.expect(200);
    joined(&operator, &partner.admin, &dan).await;
    let head = program.head().await;
    let people =
        partner.admin.list(&format!("/api/v1/users?organizationId={retail}&minPosition={head}")).await;
    assert!(people.iter().any(|row| row["email"] == "dan@retail.example"), "{people:?}");
    let row =
        partner.admin.read(&format!("/api/v1/customers/{}?minPosition={head}", text(&made, "id"))).await;
    assert_eq!(row["consoleAccess"], true);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn r3_an_organization_creates_projects_and_app_ids(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let organization = register(&operator, "works", &json!({})).await;
    let user = key_of(&operator, &organization, "org_user", &json!({})).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;

    let project = json!({ "name": "Telemetry" });
    let first = send(user.keyed("CreateProject", "once", &project)).await.expect(200);
    let again = send(user.keyed("CreateProject", "once", &project)).await.expect(200);
    assert_eq!(first, again, "R3: created once");
    assert_eq!(send(user.command("CreateProject", &project)).await.code(409), "project_name_taken");
    let app = json!({ "name": "Collector", "projectId": first["projectId"] });
    let created = send(user.command("CreateAppId", &app)).await.expect(200);
    send(user.command("CreateAppId", &json!({ "name": "Collector" }))).await.expect(200);
    assert_eq!(send(user.command("CreateAppId", &app)).await.code(409), "app_id_name_taken");
    let rehearsed = user.post("/api/v1/commands/CreateProject?dryRun=true", &json!({ "name": "Another" }));
    let rehearsed = send(rehearsed).await.expect(200);
    assert_eq!(rehearsed["events"][0]["type"], "organization.project_created");

    let head = program.head().await;
    let projects = user.list(&format!("/api/v1/projects?minPosition={head}")).await;
    assert_eq!((projects.len(), &projects[0]["id"]), (1, &first["projectId"]));
    let apps = user.list(&format!("/api/v1/app-ids?minPosition={head}")).await;
    assert_eq!((apps.len(), &apps[0]["id"]), (2, &created["appId"]));
    assert_eq!(apps[0]["projectId"], first["projectId"]);

    let language = json!({ "language": "sv" });
    assert_eq!(send(user.command("SetOrganizationSettings", &language)).await.code(403), "role_forbidden");
    send(admin.command("SetOrganizationSettings", &language)).await.expect(200);
    let head = program.head().await;
    let row = user.read(&format!("/api/v1/organizations/{organization}?minPosition={head}")).await;
    assert_eq!(row["language"], "sv");
}

async fn the_people_of_one_organization_are_nothing_to_another(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let own = register(&operator, "own", &json!({})).await;
    let other = register(&operator, "other", &json!({})).await;
    let missing = "org_01kpm6f1aqfd7v61bznxez3w6q";
    let admin = key_of(&operator, &own, "org_admin", &json!({})).await;
    let stranger = key_of(&operator, &other, "org_admin", &json!({})).await;
    let head = program.head().await;
    let member = admin.list(&format!("/api/v1/users?minPosition={head}")).await[0]["id"].clone();
    for client in [&stranger, &partner.admin] {
        for organization in [own.as_str(), missing] {
            let invite =
                json!({ "organizationId": organization, "email": "x@own.example", "role": "org_user" });
            assert_eq!(send(client.command("InviteUser", &invite)).await.code(404), "not_found");
            let remove = json!({ "organizationId": organization, "userId": member });
            assert_eq!(send(client.command("RemoveMember", &remove)).await.code(404), "not_found");
            let project = json!({ "organizationId": organization, "name": "Mine" });
            assert_eq!(send(client.command("CreateProject", &project)).await.code(404), "not_found");
            let path = format!("/api/v1/projects?organizationId={organization}");
            assert_eq!(client.get(&path).await.code(404), "not_found");
        }
    }
    let remove = json!({ "userId": member });
    assert_eq!(send(stranger.command("RemoveMember", &remove)).await.code(404), "member_not_found");
    let unnamed = json!({ "email": "x@own.example", "role": "org_user" });
    assert_eq!(send(partner.admin.command("InviteUser", &unnamed)).await.code(400), "malformed");
    assert_eq!(send(operator.command("InviteUser", &unnamed)).await.code(403), "role_forbidden");
    assert_eq!(operator.list("/api/v1/outbox").await, Vec::<Value>::new());
}

async fn of_two_removals_at_once_one_leaves_an_administrator(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let emails = json!({ "adminEmails": ["one@works.example", "two@works.example"] });
    let organization = register(&operator, "works", &emails).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let head = program.head().await;
    let members = admin.list(&format!("/api/v1/users?minPosition={head}")).await;
    let remove =
        async |row: &Value| send(admin.command("RemoveMember", &json!({ "userId": row["id"] }))).await;

    let (one, two) = tokio::join!(remove(&members[0]), remove(&members[1]));

    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
}

async fn a_key_that_names_a_member_does_what_the_member_may(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let organization = register(&operator, "works", &json!({})).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let eve = json!({ "email": "eve@works.example", "role": "org_admin" });
    let Joined { user, session } = joined(&operator, &admin, &eve).await;
    let key = key_of(&operator, &organization, "org_admin", &json!({ "email": "eve@works.example" })).await;
    send(key.command("CreateProject", &json!({ "name": "One" }))).await.expect(200);

    send(admin.command("RevokeRole", &json!({ "userId": user }))).await.expect(200);
    let invite = json!({ "email": "x@works.example", "role": "org_user" });
    for client in [&key, &session] {
        assert_eq!(send(client.command("InviteUser", &invite)).await.code(403), "role_forbidden");
    }
    send(admin.command("RemoveMember", &json!({ "userId": user }))).await.expect(200);

    for client in [&key, &session] {
        let project = json!({ "name": "Two" });
        assert_eq!(send(client.command("CreateProject", &project)).await.code(401), "unauthenticated");
        assert_eq!(client.get("/api/v1/organizations").await.code(401), "unauthenticated");
    }
}

async fn an_administrator_manages_people_from_the_command_line(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let organization = register(&operator, "works", &json!({})).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let (own, of_partner) = (Where::Server(&admin), Where::Server(&partner.admin));

    answered(&home, &own, &["org", "invite", "finn@works.example", "--given-name", "Finn"]);
    let mail = mail_to(&operator, "finn@works.example").await;
    let accepted = by_token(&admin, "AcceptInvitation", &acceptance(&token(&mail))).await.expect(200);
    let user = text(&accepted, "userId");
    answered(&home, &own, &["org", "assign-role", &user, "org_admin"]);
    answered(&home, &own, &["org", "revoke-role", &user]);
    let project = answered(&home, &own, &["org", "create-project", "Telemetry"]);
    let app = [
        "org",
        "create-app-id",
        "Collector",
        "--project",
        &text(&project, "projectId"),
        "--org",
        &organization,
    ];
    answered(&home, &own, &app);
    answered(&home, &own, &["org", "set", "--language", "sv", "--basic-branding", "true"]);
    until("the views", async || {
        let count =
            |verb: &str| answered(&home, &own, &["org", verb])["items"].as_array().map_or(0, Vec::len);
        (["members", "projects", "app-ids"].map(count) == [2, 1, 1]).then_some(())
    })
    .await;
    let (code, said) = refused(&home, &of_partner, &["org", "remove-member", &user, "--org", &organization]);
    assert_eq!(code, 4, "{said}");
    answered(&home, &own, &["org", "remove-member", &user]);
}

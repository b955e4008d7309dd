//! The first run of a new user: from the keys that a demonstration prints to a history that is proven.

use reqwest::Method;
use serde_json::{Value, json};

use super::attach::attach;
use super::bodies;
use super::cases::{PASSWORD, acceptance, by_token, mails, sign_in, token};
use super::client::{Client, Reply, send, text};
use super::first_run::states_of_steps;
use super::program::{Home, Program};
use super::replay::{export, of_partner, replayed};
use super::verbs::{Where, answered, printed};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(a_newcomer_gets_from_printed_keys_to_a_proven_history);

async fn a_newcomer_gets_from_printed_keys_to_a_proven_history(store: &Store) {
    let home = Home::new();
    let newcomer = Newcomer::start(store, &home).await;

    let template = newcomer.template().await;
    let (organization, welcome) = newcomer.case(&template).await;
    newcomer.first_administrator(&organization, &welcome).await;
    newcomer.customer(&template).await;
    let active = newcomer.attached_at_once(&template).await;
    newcomer.attached_by_consent(&template).await;
    newcomer.not_attached(&template).await;
    newcomer.usage_counts_once(&active).await;
    newcomer.reads(&active).await;

    newcomer.history_is_proven(&home).await;
    assert_sound(store, Some(&newcomer.operator), &[]).await;
}

/// Somebody who has what the program printed, and nothing else.
struct Newcomer {
    program: Program,
    admin: Client,
    service: Client,
    auditor: Client,
    operator: Client,
}

impl Newcomer {
    async fn start(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &["--demo"]).await;
        let mut keys = Vec::new();
        for role in ["partner_admin", "service", "auditor", "operator"] {
            keys.push(Client::new(&program.url, &program.printed(role).await));
        }
        let [admin, service, auditor, operator] = <[Client; 4]>::try_from(keys).ok().expect("there are four");
        let own = Client::new(&program.url, &program.printed("org_admin").await);
        assert_eq!(own.list("/api/v1/organizations").await[0]["id"], program.printed("organization").await);
        Self { program, admin, service, auditor, operator }
    }

    /// Creates a template that lets administrators be asked; returns its provisioning ID.
    async fn template(&self) -> String {
        let mut body = bodies::template();
        body["name"] = json!("Starter");
        body["allowAdminInviteOnAttach"] = json!(true);
        let created = send(self.admin.command("CreateTemplate", &body)).await.expect(200);
        text(&created, "provisioningId")
    }

    /// Opens a case with the box checked; returns its organization and the welcome mail.
    async fn case(&self, template: &str) -> (String, Value) {
        let body = json!({
            "createCustomerOrg": true, "provisioningId": template,
            "customer": {
                "companyName": "Example Inn", "contactName": "Kim Example", "contactEmail": "kim@inn.example",
                "country": "DE",
                "address": { "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" },
            },
        });
        let case = send(self.admin.command("CreateCase", &body)).await.expect(202);
        self.succeeded(&case).await;

        let case = self.admin.read(&format!("/api/v1/cases/{}", text(&case, "id"))).await;
        assert_eq!(case["status"], "org_ready");
        let organization = text(&case, "organizationId");
        let mut sent = mails(&self.operator, "invitation").await;
        sent.retain(|mail| mail["tenantId"] == organization.as_str());
        assert_eq!(sent.len(), 1, "{sent:?}");
        let content = &sent[0]["content"];
        assert_eq!(content["to"], "pat@resale.example", "R16: whoever opened the case");
        assert_eq!(content["subject"], "Welcome to Example Voice", "R14");
        assert!(text(content, "text").contains(&organization), "R17: {content}");
        (organization, sent.remove(0))
    }

    /// Follows the link of the welcome mail, and signs in.
    async fn first_administrator(&self, organization: &str, welcome: &Value) {
        let acceptance = acceptance(&token(welcome));
        let accepted = by_token(&self.admin, "AcceptInvitation", &acceptance).await.expect(200);
        assert_eq!(accepted["organizationId"], organization);

        let credentials = json!({
            "organizationId": organization, "email": "pat@resale.example", "password": PASSWORD,
        });
        let session = sign_in(&self.admin, &credentials).await.expect(200);

        assert_eq!(session["role"], "org_admin");
        let signed_in = self.admin.with_key(&text(&session, "token"));
        let head = self.program.head().await;
        let own = signed_in.list(&format!("/api/v1/organizations?minPosition={head}")).await;
        assert_eq!((own.len(), &own[0]["id"], &own[0]["active"]), (1, &json!(organization), &json!(true)));
    }

    /// Creates a customer without a case and looks at the steps of its provisioning.
    async fn customer(&self, template: &str) {
        let body = bodies::customer(template, "customer-17");
        let asked = send(self.service.keyed("CreateCustomerOrg", "first-run", &body)).await;
        let customer = asked.expect(202);
        self.succeeded(&customer).await;

        let path = format!("/api/v1/provisioning/{}", text(&customer, "id"));
        let steps = states_of_steps(&self.service.read(&path).await);
        assert_eq!(steps[0], "create_organization done");
        assert!(steps.len() == 4 && steps.iter().all(|step| step.ends_with(" done")), "{steps:?}");
        let again = send(self.service.keyed("CreateCustomerOrg", "first-run", &body)).await;
        assert_eq!(again.repeatable(), asked.repeatable());
    }

    /// Attaches an organization that meets no criterion; returns its ID.
    async fn attached_at_once(&self, template: &str) -> String {
        let organization = self.found("active").await;
        let attach = self.attach(template, &organization, "active").await.expect(202);
        assert_eq!(attach["assessment"]["way"], "automatic");
        self.succeeded(&attach).await;
        organization
    }

    /// Attaches one organization by the token of the mail, another by its signed-in administrator.
    async fn attached_by_consent(&self, template: &str) {
        let large = self.found("large").await;
        let attach = self.attach(template, &large, "large").await.expect(202);
        assert_eq!(attach["assessment"]["way"], "consent");
        let mail = until("the mail", async || {
            let sent = mails(&self.operator, "consent").await;
            sent.into_iter().find(|mail| mail["tenantId"] == large.as_str())
        })
        .await;
        by_token(&self.admin, "GrantConsent", &json!({ "token": token(&mail) })).await.expect(200);
        self.succeeded(&attach).await;

        let verified = self.found("verified").await;
        let attach = self.attach(template, &verified, "verified").await.expect(202);
        let key = json!({ "role": "org_admin", "organizationId": verified, "name": "Its administrator" });
        let issued = send(self.operator.command("IssueKey", &key)).await.expect(200);
        let administrator = self.operator.with_key(&text(&issued, "key"));
        let asked = until("the request", async || administrator.list("/api/v1/consents").await.pop()).await;
        let consent = json!({ "customerId": asked["customerId"] });
        send(administrator.command("GrantConsent", &consent)).await.expect(200);
        self.succeeded(&attach).await;
    }

    /// Is told by which rule an attach cannot be, and what to do.
    async fn not_attached(&self, template: &str) {
        let silent = self.program.printed("provisioning_id").await;
        for (name, template, code, rule, remedy) in [
            ("trial", template, "trial_organization", "R105", "buy the service"),
            ("claimed", &silent, "consent_not_allowed", "R85", "allowAdminInviteOnAttach"),
        ] {
            let refused = self.attach(template, &self.found(name).await, name).await.expect(422);
            assert_eq!(refused["code"], code);
            assert!(refused["rules"].as_array().is_some_and(|rules| rules.contains(&json!(rule))));
            assert!(refused["remedies"].to_string().contains(remedy), "{refused}");
        }
    }

    /// Hands in a record of usage twice.
    async fn usage_counts_once(&self, organization: &str) {
        let record = json!({
            "specversion": "1.0", "id": "1", "source": "first-run", "type": "calls.minutes",
            "subject": organization, "time": "2026-01-31T10:00:00Z", "data": { "value": "12" },
        });
        for (accepted, duplicates) in [(1, 0), (0, 1)] {
            let request = self.service.request(Method::POST, "/api/v1/usage");
            let request = request.header("content-type", "application/cloudevents+json");
            let answer = send(request.body(record.to_string())).await.expect(200);
            assert_eq!((&answer["accepted"], &answer["duplicates"]), (&json!(accepted), &json!(duplicates)));
        }
    }

    /// Finds all of it in the three read models.
    async fn reads(&self, organization: &str) {
        let head = self.program.head().await;
        for external_id in ["customer-17", "active", "large", "verified"] {
            let filter = format!("externalId={external_id}&minPosition={head}");
            let customers = self.admin.list(&format!("/api/v1/customers?{filter}")).await;
            assert_eq!((customers.len(), &customers[0]["status"]), (1, &json!("provisioned")));
            let shown = self.admin.list(&format!("/api/v1/provisioning?{filter}")).await;
            assert_eq!(shown[0]["customerId"], customers[0]["id"]);
        }
        let usage = format!("/api/v1/usage?organizationId={organization}&window=hour&minPosition={head}");
        let usage = self.service.list(&usage).await;
        assert_eq!((usage.len(), &usage[0]["sum"], &usage[0]["records"]), (1, &json!("12"), &json!(1)));
    }

    /// Reads the history, and folds it again: the auditor from the interface and from a file, the operator on the server.
    async fn history_is_proven(&self, home: &Home) {
        let (auditor, head) = (Where::Server(&self.auditor), self.program.head().await);
        let live = of_partner(&self.auditor).await;
        let file = export(home, &auditor, "export", &[]);
        let tail = printed(home, &auditor, &["events", "tail", "--to", &head]);
        let exported = std::fs::read_to_string(&file).expect("it was written");
        assert_eq!(tail, exported, "what is followed is what is exported");

        let one = answered(home, &auditor, &["replay", "--view", "customers"]);
        assert_eq!(one["items"][0]["sha256"], json!(live["customers"].1));
        let mut replayed = replayed(home, &Where::Nowhere, &["--from-file", &file]);
        replayed.retain(|view, _| live.contains_key(view));
        assert_eq!(replayed, live);

        for view in ["customers", "provisioning", "usage"] {
            let operator = Where::Server(&self.operator);
            let verified = answered(home, &operator, &["projections", "verify", view]);
            assert_eq!(verified["items"][0]["differences"], json!([]), "{verified}");
        }
    }

    /// Finds an organization of the sample by the address of its administrator.
    async fn found(&self, name: &str) -> String {
        let found = self.admin.list(&format!("/api/v1/organizations?adminEmail=admin@{name}.example")).await;
        assert_eq!((found.len(), &found[0]["suggested"]), (1, &json!(true)));
        text(&found[0], "id")
    }

    async fn attach(&self, template: &str, organization: &str, external_id: &str) -> Reply {
        let body = attach(template, organization, external_id);
        send(self.service.keyed("AttachExistingOrg", external_id, &body)).await
    }

    /// Waits until the work that an answer names has ended well.
    async fn succeeded(&self, answer: &Value) {
        let operation = self.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(operation["state"], "succeeded", "{operation}");
    }
}

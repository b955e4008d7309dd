//! A journey: who takes part, which command comes next, and what was answered.

use std::rc::Rc;

use serde_json::{Value, json};

use super::chance::Chance;
use crate::harness::Acknowledged;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};

/// A partner with what its commands need.
pub(super) struct Side {
    pub(super) partner: Partner,
    /// The ID of the other partner.
    pub(super) other: String,
    /// A user to whom invitations can be redirected.
    pub(super) user: String,
    /// The provisioning ID of a template that asks nobody.
    pub(super) silent: String,
    /// That of a template that lets administrators be asked.
    pub(super) asking: String,
}

/// A journey under way.
pub(super) struct Walk {
    pub(super) operator: Client,
    pub(super) sides: Vec<Rc<Side>>,
    pub(super) chance: Chance,
    /// The accepted commands with their answers.
    pub(super) told: Vec<Acknowledged>,
    /// The refused commands with the codes of their refusals.
    pub(super) refused: Vec<String>,
    /// Organizations that were there before their partners asked for them.
    pub(super) organizations: Vec<String>,
    /// Usage records that were handed in, with who did.
    pub(super) used: Vec<(Client, Value)>,
    /// Keys that nobody uses, with who issued them.
    pub(super) spare_keys: Vec<(Client, String)>,
    /// Users of partners besides the first, with their partners' administrators.
    pub(super) users: Vec<(Client, String)>,
}

impl Walk {
    /// Begins with two partners that have templates.
    pub(super) async fn begin(operator: &Client, chance: Chance) -> Self {
        let mut partners = Vec::new();
        for name in ["Example Resale", "Example Trade"] {
            partners.push(Partner::register(operator, name).await);
        }
        let ids: Vec<String> = partners.iter().map(|partner| partner.id.clone()).collect();
        let mut sides = Vec::new();
        for (partner, other) in partners.into_iter().zip(ids.into_iter().rev()) {
            let silent = partner.template().await;
            let mut body = bodies::template();
            body["name"] = json!("Asking");
            body["allowAdminInviteOnAttach"] = json!(true);
            let asking = send(partner.admin.command("CreateTemplate", &body)).await.expect(200);
            let asking = text(&asking, "provisioningId");
            let body =
                json!({ "name": "Robin Seller", "email": "robin@resale.example", "role": "partner_user" });
            let user = send(partner.admin.command("AddPartnerUser", &body)).await.expect(200);
            let user = text(&user, "userId");
            sides.push(Rc::new(Side { partner, other, user, silent, asking }));
        }
        Self {
            operator: operator.clone(),
            sides,
            chance,
            told: Vec::new(),
            refused: Vec::new(),
            organizations: Vec::new(),
            used: Vec::new(),
            spare_keys: Vec::new(),
            users: Vec::new(),
        }
    }

    /// Returns how many commands were given.
    pub(super) fn given(&self) -> usize {
        self.told.len() + self.refused.len()
    }

    /// Gives the next command, or none where there is nothing yet that it could be about.
    pub(super) async fn step(&mut self) {
        let side = self.chance.pick(&self.sides).expect("there are partners");
        match self.chance.below(120) {
            0..12 => self.create_customer(&side).await,
            12..20 => self.create_case(&side).await,
            20..23 => self.link_case(&side).await,
            23..37 => self.attach(&side).await,
            37..40 => self.retry(&side).await,
            40..56 => self.answer_consent(&side).await,
            56..60 => self.change_access(&side).await,
            60..72 => self.invitation(&side).await,
            72..75 => self.brand(&side).await,
            75..83 => self.use_something(&side).await,
            83..86 => self.correct_usage(&side).await,
            86..88 => self.template(&side).await,
            88..91 => self.keys(&side).await,
            91..94 => self.partner_users(&side).await,
            94..98 => self.directory().await,
            100..113 => self.quote(&side).await,
            113..117 => self.subscription(&side).await,
            117..120 => self.case_course(&side).await,
            _ => self.move_clock().await,
        }
    }

    /// Gives a command whose body is valid; returns the answer unless it is refused.
    pub(super) async fn give(
        &mut self,
        client: &Client,
        command: &'static str,
        body: Value,
    ) -> Option<Value> {
        let key = format!("step-{}", self.given());
        self.give_under(key, client, command, body).await
    }

    /// Gives a command under a key that says what it is about.
    pub(super) async fn give_under(
        &mut self,
        key: String,
        client: &Client,
        command: &'static str,
        body: Value,
    ) -> Option<Value> {
        let reply = send(client.keyed(command, &key, &body)).await;
        match reply.status {
            200 | 202 => {
                let answer = reply.json();
                self.told.push(Acknowledged { client: client.clone(), command, key, body, reply });
                Some(answer)
            }
            401 | 404 | 409 | 422 => {
                self.refused.push(format!("{command} {}", text(&reply.json(), "code")));
                None
            }
            status => panic!("{command} of {body} was answered with {status}: {}", reply.text),
        }
    }

    /// Picks any row of a list; `None` if there are none.
    pub(super) async fn any_row(&mut self, reader: &Client, list: &str) -> Option<Value> {
        self.any_row_that(reader, list, |_| true).await
    }

    /// Picks any row of a list that fits.
    pub(super) async fn any_row_that(
        &mut self,
        reader: &Client,
        list: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let mut rows = reader.list(&format!("/api/v1/{list}")).await;
        rows.retain(fits);
        self.chance.pick(&rows)
    }

    /// Returns an administrator of an organization, under a key of its own.
    pub(super) async fn administrator(&mut self, organization: &str) -> Client {
        let body = json!({ "role": "org_admin", "organizationId": organization, "name": "Administrator" });
        let operator = self.operator.clone();
        let issued = self.give(&operator, "IssueKey", body).await.expect("the organization is there");
        operator.with_key(&text(&issued, "key"))
    }

    /// Moves the clock ahead by days, in which reminders and ends fall due.
    async fn move_clock(&mut self) {
        let advance = self.chance.one_of(["PT1H", "P1D", "P7D", "P15D"]);
        send(self.operator.post("/api/v1/demo/clock", &json!({ "advance": advance }))).await.expect(200);
    }
}

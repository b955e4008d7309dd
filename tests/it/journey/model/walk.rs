//! The way of one partner: which command comes next, what must be answered, and what has to be awaited meanwhile.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::plain::{Book, Customer, Operation};
use super::rules::No;
use crate::harness::Acknowledged;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::random::chance::Chance;
use crate::journey::waiting::until;

/// Pieces of work of one partner that may be under way before the first of them is awaited.
const UNDER_WAY_MAX: usize = 6;

/// One in so many accepted commands is sent twice.
const SENT_TWICE: usize = 25;

/// One in so many accepted commands is kept, to be asked again at the end.
const KEPT: usize = 20;

/// What a suspended partner may still do.
const WHEN_SUSPENDED: [&str; 5] =
    ["RemoveCustomerOrg", "RemoveNumbers", "WithdrawAttach", "RecordUsage", "CorrectUsage"];

/// A partner with its clients, its book, and what is under way.
pub(super) struct Walk {
    pub(super) operator: Client,
    pub(super) partner: Partner,
    /// Another partner: it manages some organizations, and knocks at doors that are not its own.
    pub(super) rival: (String, Client),
    pub(super) chance: Chance,
    pub(super) book: Book,
    /// Commands that were given, repetitions apart.
    pub(super) given: usize,
    /// How often each command was accepted, and refused with which code.
    pub(super) answers: BTreeMap<String, usize>,
    /// Some of the accepted commands.
    pub(super) told: Vec<Acknowledged>,
    /// Administrators of organizations.
    pub(super) administrators: BTreeMap<String, Client>,
    /// Usage records that were handed in.
    pub(super) records: Vec<Value>,
    /// Customers that were removed.
    pub(super) gone: Vec<String>,
    /// How many organizations were asked for.
    pub(super) organizations: usize,
    under_way: VecDeque<UnderWay>,
}

/// Work that has not been awaited yet.
struct UnderWay {
    operation: String,
    /// The customer or case, and the organization: nothing else is asked of them meanwhile.
    of: [String; 2],
}

impl Walk {
    /// Begins with a partner that has two templates.
    pub(super) async fn begin(operator: Client, rival: (String, Client), chance: Chance, name: &str) -> Self {
        let partner = Partner::register(&operator, name).await;
        let book = Book { partner: partner.id.clone(), name: name.to_owned(), ..Book::default() };
        let mut walk = Self {
            operator,
            partner,
            rival,
            chance,
            book,
            given: 4,
            answers: BTreeMap::new(),
            told: Vec::new(),
            administrators: BTreeMap::new(),
            records: Vec::new(),
            gone: Vec::new(),
            organizations: 0,
            under_way: VecDeque::new(),
        };
        for (name, asks) in [("Silent", false), ("Asking", true)] {
            let body = json!({ "name": name, "allowAdminInviteOnAttach": asks, "default": asks });
            walk.create_template(body).await;
        }
        walk
    }

    /// Gives so many commands.
    pub(super) async fn go(mut self, commands: usize) -> Self {
        while self.given < commands {
            match self.chance.below(1000) {
                0..60 => self.create_customer().await,
                60..80 => self.create_case().await,
                80..130 => self.attach().await,
                130..160 => self.answer().await,
                160..170 => self.change_access().await,
                170..215 => self.update_packages().await,
                215..255 => self.update_names().await,
                255..290 => self.retry().await,
                290..298 => self.remove().await,
                298..303 => self.cancel().await,
                303..313 => self.link_case().await,
                313..318 => self.knock().await,
                318..420 => self.override_branding().await,
                420..450 => self.template().await,
                450..550 => self.user().await,
                550..580 => self.set_license().await,
                580..660 => self.correct_usage().await,
                660..666 => self.suspension().await,
                666..706 => self.place().await,
                _ => self.record_usage().await,
            }
        }
        self.suspend(false).await;
        while self.settle_oldest().await {}
        self
    }

    /// Gives a command of the partner; returns the answer if it is accepted, which must be as foreseen.
    pub(super) async fn give(
        &mut self,
        command: &'static str,
        body: Value,
        foreseen: Result<(), No>,
    ) -> Option<Value> {
        let by_admin =
            ["SetBrandingOverride", "AddPartnerUser", "ChangePartnerUserRole", "RemovePartnerUser"];
        let client = if by_admin.contains(&command) || self.chance.once_in(3) {
            self.partner.admin.clone()
        } else {
            self.partner.service.clone()
        };
        let stopped = self.book.suspended && !WHEN_SUSPENDED.contains(&command);
        let foreseen = if stopped { Err((403, "partner_suspended")) } else { foreseen };
        self.give_as(&client, command, body, foreseen).await
    }

    /// Gives a command of anybody.
    pub(super) async fn give_as(
        &mut self,
        client: &Client,
        command: &'static str,
        body: Value,
        foreseen: Result<(), No>,
    ) -> Option<Value> {
        let key = match command {
            // It goes by the ID that its source gave it, whatever the key of the request.
            "RecordUsage" => {
                format!("{}:{}:{}", text(&body, "source").len(), text(&body, "source"), text(&body, "id"))
            }
            _ => format!("{}-{}", self.book.name, self.given),
        };
        self.given += 1;
        let reply = send(client.keyed(command, &key, &body)).await;
        if let Err((status, code)) = foreseen {
            assert_eq!(reply.status, status, "{command} of {body} ({code}): {}", reply.text);
            assert_eq!(text(&reply.json(), "code"), code, "{command} of {body}: {}", reply.text);
            *self.answers.entry(format!("{command} {code}")).or_default() += 1;
            return None;
        }
        assert!([200, 202].contains(&reply.status), "{command} of {body}: {}", reply.text);
        *self.answers.entry(command.to_owned()).or_default() += 1;
        if self.chance.once_in(SENT_TWICE) {
            let again = send(client.keyed(command, &key, &body)).await;
            if command != "IssueKey" {
                assert_eq!(again.repeatable(), reply.repeatable(), "{command} under {key}");
            }
        }
        let answer = reply.json();
        if self.chance.once_in(KEPT) {
            self.told.push(Acknowledged { client: client.clone(), command, key, body, reply });
        }
        Some(answer)
    }

    /// Notes that work has begun whose end or rest is known already; what was begun long before is awaited.
    pub(super) async fn begun(
        &mut self,
        answer: &Value,
        subject: (&'static str, &str),
        organization: &str,
        state: &'static str,
    ) -> String {
        let operation = text(&answer["operation"], "id");
        let known = Operation { subject: (subject.0, subject.1.to_owned()), state };
        self.book.operations.insert(operation.clone(), known);
        self.go_on(&operation, subject.1, organization, state).await;
        operation
    }

    /// The same of work that was begun before and has waited for somebody.
    pub(super) async fn go_on(&mut self, operation: &str, of: &str, organization: &str, state: &'static str) {
        self.book.operations.get_mut(operation).expect("it is known").state = state;
        let of = [of.to_owned(), organization.to_owned()];
        self.under_way.push_back(UnderWay { operation: operation.to_owned(), of });
        if self.under_way.len() > UNDER_WAY_MAX {
            self.settle_oldest().await;
        }
    }

    /// Waits for the rest of what was begun first; tells whether there was any.
    async fn settle_oldest(&mut self) -> bool {
        let Some(oldest) = self.under_way.pop_front() else { return false };
        let path = format!("/api/v1/operations/{}", oldest.operation);
        let reader = self.partner.service.clone();
        let wanted = self.book.operations[&oldest.operation].state;
        let row = until("the rest of an operation", async || {
            // The view may be behind: what has waited goes on soon.
            let row = reader.get(&path).await.unless_too_early()?;
            let ended = ["succeeded", "failed", "cancelled"].iter().any(|state| row["state"] == *state);
            let waits = wanted == "waiting" && row["state"] == wanted && row["waitingFor"] != "retry";
            (ended || waits).then_some(row)
        })
        .await;
        assert_eq!(row["state"], wanted, "{row}");
        if row["kind"] == "create_case" && wanted == "succeeded" {
            Box::pin(self.accept_invitation(&oldest.of[1])).await;
        }
        true
    }

    pub(super) fn is_busy(&self, of: &str) -> bool {
        self.under_way.iter().any(|it| it.of.iter().any(|busy| busy == of))
    }

    /// Picks a customer that fits and on which nothing is under way.
    pub(super) fn any_customer(&mut self, fits: impl Fn(&Customer) -> bool) -> Option<String> {
        let idle = |it: &&Customer| !self.is_busy(&it.id) && !self.is_busy(&it.organization) && fits(it);
        let idle: Vec<String> = self.book.customers.values().filter(idle).map(|it| it.id.clone()).collect();
        self.chance.pick(&idle)
    }

    pub(super) fn customer(&mut self, id: &str) -> &mut Customer {
        self.book.customers.get_mut(id).expect("the customer is in the book")
    }

    /// Tells whether another customer holds an external ID.
    pub(super) fn is_taken(&self, external_id: &str, but: Option<&str>) -> bool {
        let mut others = self.book.customers.values().filter(|it| Some(it.id.as_str()) != but);
        others.any(|it| it.external_id.as_deref() == Some(external_id))
    }

    /// Picks an external ID: mostly a new one, now and then one that somebody has.
    pub(super) fn external_id(&mut self) -> String {
        let known: Vec<String> =
            self.book.customers.values().filter_map(|it| it.external_id.clone()).collect();
        let known = if self.chance.once_in(12) { self.chance.pick(&known) } else { None };
        known.unwrap_or_else(|| format!("external-{}", self.given))
    }

    /// Suspends the partner and asks for a few things that it may do then or not.
    async fn suspension(&mut self) {
        self.suspend(true).await;
        for _ in 0..3 {
            match self.chance.below(6) {
                0 => self.create_customer().await,
                1 => self.update_names().await,
                2 => self.user().await,
                3 => self.template().await,
                4 => self.override_branding().await,
                _ => self.record_usage().await,
            }
        }
        self.suspend(false).await;
    }

    async fn suspend(&mut self, suspended: bool) {
        let command = if suspended { "SuspendPartner" } else { "ReactivatePartner" };
        let (operator, body) = (self.operator.clone(), json!({ "partnerId": self.book.partner }));
        self.give_as(&operator, command, body, Ok(())).await;
        self.book.suspended = suspended;
    }

    /// A stranger asks for something of the partner, which is not there for it.
    async fn knock(&mut self) {
        let Some(id) = self.any_customer(|_| true) else { return };
        let stranger = self.rival.1.clone();
        let mut body = json!({ "customerId": id });
        let command = self.chance.one_of([
            "UpdateCustomerOrg",
            "RemoveCustomerOrg",
            "RetryProvisioning",
            "SetBrandingOverride",
        ]);
        match command {
            "UpdateCustomerOrg" => body["label"] = json!("Mine"),
            "SetBrandingOverride" => body["override"] = json!(true),
            _ => {}
        }
        self.give_as(&stranger, command, body, Err((404, "customer_not_found"))).await;
    }

    /// A template's settings that are the same in all journeys, and those that are given.
    pub(super) fn settings(more: &Value) -> Value {
        let mut body = bodies::template();
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
        body
    }
}

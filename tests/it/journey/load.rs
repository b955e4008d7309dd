//! Callers that ask side by side, until they have enough, are told to stop, or their server takes no more: for customers,
//! or for everything that sets a process to work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tenantry_domain::limits::CONSENT_USERS_MIN;
use tokio::task::JoinSet;

use super::asked::Asked;
use super::attach::attach;
use super::bodies;
use super::cases::{case, token};
use super::client::{Client, Reply, answer, items, text};
use super::waiting::until;

/// What one caller that asks for customers asks at most: what it leaves to be done is done within the patience of a test.
const ASKED_MAX: usize = 20;

/// Callers at work.
pub(crate) struct Load {
    callers: JoinSet<Vec<Asked>>,
    acknowledged: Arc<AtomicUsize>,
    away: Arc<AtomicBool>,
    stopping: Arc<AtomicBool>,
}

impl Load {
    /// Starts so many callers that ask for customers; their names begin alike.
    pub(crate) fn start(service: &Client, template: &str, name: &str, callers: usize) -> Self {
        Self::with(service, None, template, name, callers)
    }

    /// Starts so many callers that ask for customers, cases and attaches in turn; the template lets administrators be
    /// asked, and the callers answer for them.
    pub(crate) fn of_everything(
        service: &Client,
        operator: &Client,
        template: &str,
        name: &str,
        callers: usize,
    ) -> Self {
        Self::with(service, Some(operator), template, name, callers)
    }

    fn with(service: &Client, operator: Option<&Client>, template: &str, name: &str, callers: usize) -> Self {
        let mut load = Self {
            callers: JoinSet::new(),
            acknowledged: Arc::default(),
            away: Arc::default(),
            stopping: Arc::default(),
        };
        for n in 0..callers {
            let caller = Caller {
                service: service.clone(),
                operator: operator.cloned(),
                template: template.to_owned(),
                name: format!("{name}-{n}"),
                acknowledged: load.acknowledged.clone(),
                away: load.away.clone(),
                asked: Vec::new(),
                unanswered: Vec::new(),
            };
            load.callers.spawn(caller.run(n, load.stopping.clone()));
        }
        load
    }

    /// Waits until so many more commands were answered than now.
    pub(crate) async fn answered(&self, more: usize) {
        let enough = self.acknowledged.load(Ordering::Relaxed) + more;
        until("answers", async || (self.acknowledged.load(Ordering::Relaxed) >= enough).then_some(())).await;
    }

    /// Tells whether the server has left a caller without an answer.
    pub(crate) fn was_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// Lets every caller finish what it asks now, and returns all that was asked.
    pub(crate) async fn stop(self) -> Vec<Asked> {
        self.stopping.store(true, Ordering::Relaxed);
        self.callers.join_all().await.into_iter().flatten().collect()
    }
}

/// One caller.
struct Caller {
    service: Client,
    /// Enters organizations and reads mails; without one there are customers only.
    operator: Option<Client>,
    template: String,
    name: String,
    acknowledged: Arc<AtomicUsize>,
    away: Arc<AtomicBool>,
    asked: Vec<Asked>,
    /// Organizations whose administrators must consent.
    unanswered: Vec<String>,
}

impl Caller {
    /// Asks for one thing after the other; callers begin with different ones.
    async fn run(mut self, first: usize, stopping: Arc<AtomicBool>) -> Vec<Asked> {
        for n in 0.. {
            let enough = self.operator.is_none() && self.asked.len() >= ASKED_MAX;
            if enough || stopping.load(Ordering::Relaxed) {
                break;
            }
            if let Some(operator) = self.operator.clone()
                && self.consent(&operator).await.is_none()
            {
                break;
            }
            let key = format!("{}-{n}", self.name);
            let answered = match (self.operator.clone(), (first + n) % 4) {
                (Some(_), 1) => {
                    let service = self.service.clone();
                    self.ask(&service, "CreateCase", key, case(Some(&self.template))).await
                }
                (Some(operator), 2) => self.attach(&operator, key, 5).await,
                (Some(operator), 3) => self.attach(&operator, key, CONSENT_USERS_MIN).await,
                _ => {
                    let (service, body) = (self.service.clone(), bodies::customer(&self.template, &key));
                    self.ask(&service, "CreateCustomerOrg", key, body).await
                }
            };
            let Some(answer) = answered else { break };
            if self.operator.is_some() {
                self.rested(text(&answer["operation"], "id")).await;
            }
        }
        self.asked
    }

    /// Gives a command; returns the answer if it was acknowledged.
    async fn ask(
        &mut self,
        client: &Client,
        command: &'static str,
        key: String,
        body: Value,
    ) -> Option<Value> {
        let asked = Asked::ask(client.clone(), command, key, body).await;
        self.away.fetch_or(asked.reply.is_none(), Ordering::Relaxed);
        let answer = asked.reply.as_ref().filter(|_| asked.is_acknowledged()).map(Reply::json);
        self.asked.push(asked);
        self.acknowledged.fetch_add(usize::from(answer.is_some()), Ordering::Relaxed);
        answer
    }

    /// Enters an organization with so many users and asks for its attach.
    async fn attach(&mut self, operator: &Client, key: String, users: u32) -> Option<Value> {
        let body = json!({
            "name": key, "country": "SE", "userCount": users, "adminEmails": [format!("admin@{key}.example")],
        });
        let registered = self.ask(operator, "RegisterOrganization", format!("register-{key}"), body).await?;
        let body = attach(&self.template, &text(&registered, "id"), &key);
        let service = self.service.clone();
        let answer = self.ask(&service, "AttachExistingOrg", key, body).await?;
        if users == CONSENT_USERS_MIN {
            self.unanswered.push(text(&registered, "id"));
        }
        Some(answer)
    }

    /// Waits until work goes on no more, or its server has gone: whoever waits for it can ask for ever.
    async fn rested(&self, operation: String) {
        let (service, place) = (self.service.clone(), format!("/api/v1/operations/{operation}"));
        let away = self.away.clone();
        until("the rest of an operation", move || {
            let asked = answer_of(&away, service.request(Method::GET, &place));
            async {
                let Some(row) = asked.await else { return Some(()) };
                (row.unless_too_early()?["state"] != "running").then_some(())
            }
        })
        .await;
    }

    /// Consents to one of the attaches that were asked for before, where the administrator has the mail by now.
    async fn consent(&mut self, operator: &Client) -> Option<()> {
        if self.unanswered.is_empty() {
            return Some(());
        }
        // A server that has gone shows nobody anything.
        let mails = answer_of(&self.away, operator.request(Method::GET, "/api/v1/outbox?limit=500"))
            .await?
            .expect(200);
        let token_of = |organization: &String| consent_token(items(&mails), organization);
        let Some(n) = self.unanswered.iter().position(|of| token_of(of).is_some()) else { return Some(()) };
        let organization = self.unanswered.swap_remove(n);
        let body = json!({ "token": token_of(&organization) });
        let service = self.service.clone();
        self.ask(&service, "GrantConsent", format!("grant-{organization}"), body).await.map(drop)
    }
}

/// Reads from a server; notes if it does not answer.
fn answer_of(away: &Arc<AtomicBool>, request: RequestBuilder) -> impl Future<Output = Option<Reply>> + use<> {
    let away = away.clone();
    async move {
        let reply = answer(request).await;
        away.fetch_or(reply.is_none(), Ordering::Relaxed);
        reply
    }
}

/// Returns the token with which the administrator of an organization can consent, if the mail is there.
pub(crate) fn consent_token(mails: &[Value], organization: &str) -> Option<String> {
    let asks = |mail: &&Value| mail["kind"] == "consent" && mail["tenantId"] == organization;
    mails.iter().find(asks).map(token)
}

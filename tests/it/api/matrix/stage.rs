//! The stage: three partners with one of everything, and callers of every role.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::attach::{attach, register};
use crate::journey::bodies;
use crate::journey::cases::{acceptance, by_token, case, mails, token};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::places::head_office;
use crate::journey::program::{Home, Program};
use crate::journey::quotes::{approved, draft, quotable};
use crate::journey::reports::{built, days_ago};
use crate::journey::subscribers::{caller, person};
use crate::journey::subscriptions;
use crate::journey::waiting::until;

/// Who asks. All but the operator and the suspended one belong to one partner, or to an organization of its customer.
pub(super) const CALLERS: [&str; 8] =
    ["operator", "partner_admin", "partner_user", "service", "suspended", "org_admin", "org_user", "auditor"];

/// Whose object it is that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The caller's own.
    Own,
    /// Of another customer of the same partner.
    Sibling,
    /// Of another partner.
    Foreign,
    /// The caller's own once, and removed.
    Gone,
    /// There never was one.
    Nothing,
}

impl Column {
    /// Reads a letter: own, sibling, foreign, gone, none.
    pub(super) fn of(letter: char) -> Self {
        match letter {
            'o' => Self::Own,
            's' => Self::Sibling,
            'f' => Self::Foreign,
            'g' => Self::Gone,
            'n' => Self::Nothing,
            other => panic!("{other} is no object of the matrix"),
        }
    }
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A path or command that names none.
    None,
    Activity,
    Case,
    /// A request for consent, which has the ID of its operation.
    Consent,
    Customer,
    Invitation,
    Key,
    Location,
    Number,
    Operation,
    Organization,
    Partner,
    /// Somebody of the partner or organization.
    Person,
    Provisioning,
    Quote,
    Replay,
    Subscriber,
    /// A subscriber whose person is asked to move.
    Moving,
    Report,
    Subscription,
    Template,
    User,
    /// A customer that waits for consent.
    Waiting,
}

impl Kind {
    /// An ID of the kind that nothing has.
    pub(super) fn missing(self) -> String {
        let prefix = match self {
            Self::None | Self::Activity => return "999999".to_owned(),
            Self::Case => "case",
            Self::Customer | Self::Waiting => "cust",
            Self::Consent | Self::Operation | Self::Replay => "op",
            Self::Invitation => "inv",
            Self::Key => "key",
            Self::Location => "loc",
            Self::Number => return "+4930123499".to_owned(),
            Self::Organization => "org",
            Self::Partner => "ptr",
            Self::Person => "per",
            Self::Provisioning => return nobodys_template(),
            Self::Quote => "quo",
            Self::Subscriber | Self::Moving => "sbr",
            Self::Report => "rep",
            Self::Subscription => "sbn",
            Self::Template => "tmpl",
            Self::User => "usr",
        };
        format!("{prefix}_01kpm6f1aqfd7v61bznxez3w6q")
    }
}

/// A provisioning ID that names no template.
fn nobodys_template() -> String {
    use tenantry_domain::template::ProvisioningId;
    let template = "tmpl_01kpm6f1aqfd7v61bznxez3w6q".parse().expect("is an ID of a template");
    ProvisioningId::from_template(template).to_string()
}

/// The objects of one tenant.
type Objects = BTreeMap<(Kind, Column), String>;

/// The partners, what they have, and the callers.
pub(super) struct Stage {
    _home: Home,
    pub(super) program: Program,
    callers: Vec<Client>,
    partner: Objects,
    organization: Objects,
    suspended: Objects,
    /// An organization that nobody has.
    pub(super) free: String,
    /// The organization of our first customer.
    pub(super) customers_organization: String,
}

impl Stage {
    /// Returns a caller.
    pub(super) fn caller(&self, caller: usize) -> &Client {
        &self.callers[caller]
    }

    /// Returns the ID of an object as a caller has it in hand.
    pub(super) fn object(&self, caller: usize, kind: Kind, column: Column) -> String {
        if column == Column::Nothing {
            return kind.missing();
        }
        let objects = match CALLERS[caller] {
            "suspended" => &self.suspended,
            "org_admin" | "org_user" => &self.organization,
            _ => &self.partner,
        };
        let found = objects.get(&(kind, column)).or_else(|| self.partner.get(&(kind, column)));
        found.unwrap_or_else(|| panic!("{} has no {kind:?} {column:?}", CALLERS[caller])).clone()
    }

    /// Returns the number of a customer; one that nobody has for others.
    pub(super) fn number_of(&self, customer: &str) -> String {
        let tenants = [&self.partner, &self.suspended];
        let columns = [Column::Own, Column::Sibling, Column::Foreign];
        let pairs = tenants.into_iter().flat_map(|objects| columns.map(|column| (objects, column)));
        let of_customer = |(objects, column): (&Objects, Column)| {
            let known = objects.get(&(Kind::Customer, column))?;
            (known == customer).then(|| objects[&(Kind::Number, column)].clone())
        };
        pairs.into_iter().find_map(of_customer).unwrap_or_else(|| Kind::Number.missing())
    }

    /// Makes everything.
    pub(super) async fn set(store: &Store) -> Self {
        let home = Home::new();
        let program = Program::start(store, &home, &[]).await;
        let operator = program.operator();
        let (ours, theirs) = (
            Partner::register(&operator, "Example Resale").await,
            Partner::register(&operator, "Another Resale").await,
        );
        let below = sub_partner(&operator, &ours.id).await;
        let mut partner = belongings(&operator, &ours, "ours").await;
        let others = belongings(&operator, &theirs, "theirs").await;
        let mut suspended = belongings(&operator, &below, "below").await;
        for ((kind, column), id) in others.clone() {
            if column == Column::Own {
                partner.insert((kind, Column::Foreign), id.clone());
                suspended.insert((kind, Column::Foreign), id);
            }
        }
        let (organization, own) = accepted(&operator, &ours, &theirs, &partner, &others).await;
        let callers = callers(&operator, &ours, &below, &own).await;
        let mut organization = organization;
        let activity = callers[5].list("/api/v1/activity").await;
        organization.insert((Kind::Activity, Column::Own), text(&activity[0], "id"));
        let free = register(&operator, "free", &json!({})).await;
        send(operator.command("SuspendPartner", &json!({ "partnerId": below.id }))).await.expect(200);
        let customers_organization = partner[&(Kind::Organization, Column::Own)].clone();
        Self { _home: home, program, callers, partner, organization, suspended, free, customers_organization }
    }
}

async fn sub_partner(operator: &Client, parent: &str) -> Partner {
    let mut body = bodies::partner("Example Below");
    body["parentId"] = json!(parent);
    let id = text(&send(operator.command("RegisterPartner", &body)).await.expect(200), "id");
    let issue = async |role: &str| {
        let body = json!({ "role": role, "partnerId": id, "name": format!("{role} of below") });
        operator.with_key(&text(&send(operator.command("IssueKey", &body)).await.expect(200), "key"))
    };
    let (service, admin, auditor) =
        (issue("service").await, issue("partner_admin").await, issue("auditor").await);
    Partner { id: id.clone(), service, admin, auditor }
}

/// Makes one of everything for a partner, and of what belongs to a customer another one.
async fn belongings(operator: &Client, partner: &Partner, name: &str) -> Objects {
    let mut objects = Objects::new();
    let provisioning = partner.template_that_asks().await;
    objects.insert((Kind::Partner, Column::Own), partner.id.clone());
    for (column, number) in [(Column::Own, 1), (Column::Sibling, 2)] {
        let external = format!("{name}-{number}");
        let asked = partner.provisioned(&provisioning, &external).await;
        objects.insert((Kind::Customer, column), text(&asked, "id"));
        objects.insert((Kind::Operation, column), text(&asked["operation"], "id"));
        objects.insert((Kind::Location, column), head_office(&text(&asked, "id")));
        objects.insert((Kind::Number, column), numbered(partner, &asked, name, number).await);
        let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
        objects.insert((Kind::Organization, column), text(&row, "organizationId"));
        let invitations = partner.service.list("/api/v1/invitations").await;
        let ours = invitations.iter().find(|row| row["customerId"] == asked["id"]).expect("is invited");
        objects.insert((Kind::Invitation, column), text(ours, "id"));
        let opened = send(partner.service.keyed("CreateCase", &format!("case-{external}"), &case(None)))
            .await
            .expect(200);
        objects.insert((Kind::Case, column), text(&opened, "id"));
        let waiting = waiting(operator, partner, &provisioning, &format!("{name}-waiting-{number}")).await;
        objects.insert((Kind::Waiting, column), text(&waiting, "id"));
        objects.insert((Kind::Consent, column), text(&waiting["operation"], "id"));
        let (subscriber, moving) =
            peopled(partner, &text(&asked, "id"), &format!("{name}-waiting-{number}")).await;
        objects.insert((Kind::Subscriber, column), subscriber);
        objects.insert((Kind::Moving, column), moving);
    }
    let gone = waiting(operator, partner, &provisioning, &format!("{name}-gone")).await;
    let withdrawn = json!({ "customerId": gone["id"] });
    send(partner.service.keyed("WithdrawAttach", "gone", &withdrawn)).await.expect(200);
    until("the removed customer", async || {
        let row = partner.service.get(&format!("/api/v1/customers/{}", text(&gone, "id"))).await;
        (row.status == 404).then_some(())
    })
    .await;
    objects.insert((Kind::Customer, Column::Gone), text(&gone, "id"));
    objects.insert((Kind::Waiting, Column::Gone), text(&gone, "id"));
    let (quote, subscription) = sold(operator, partner, name).await;
    objects.insert((Kind::Quote, Column::Own), quote);
    objects.insert((Kind::Subscription, Column::Own), subscription);
    objects.insert((Kind::Report, Column::Own), built(partner, &days_ago(2), &days_ago(2), "partner").await);
    let templates = partner.service.list("/api/v1/templates").await;
    objects.insert((Kind::Template, Column::Own), text(&templates[0], "id"));
    objects.insert((Kind::Provisioning, Column::Own), provisioning);
    let user =
        json!({ "name": "Robin Seller", "email": format!("robin@{name}.example"), "role": "partner_user" });
    let user = send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
    objects.insert((Kind::User, Column::Own), text(&user, "userId"));
    objects.insert((Kind::Person, Column::Own), person_of(&user));
    let key = json!({ "role": "auditor", "name": "Spare" });
    let key = send(partner.admin.command("IssueKey", &key)).await.expect(200);
    objects.insert((Kind::Key, Column::Own), text(&key, "id"));
    let activity = partner.service.list("/api/v1/activity").await;
    objects.insert((Kind::Activity, Column::Own), text(&activity[0], "id"));
    objects
}

/// Gives a customer somebody who calls, and somebody of another organization who is asked to move.
async fn peopled(partner: &Partner, customer: &str, other: &str) -> (String, String) {
    let give = async |body: &Value, status: u16| {
        let given = send(partner.service.keyed("ProvisionSubscriber", &text(body, "email"), body)).await;
        text(&given.expect(status), "id")
    };
    let calls = caller(customer, &format!("kim@{other}.example"), "101");
    let moves = person(customer, &format!("admin@{other}.example"));
    (give(&calls, 200).await, give(&moves, 202).await)
}

/// Gives a customer a number of its own.
async fn numbered(partner: &Partner, customer: &Value, name: &str, place: usize) -> String {
    let of_name =
        ["ours", "theirs", "below"].iter().position(|known| *known == name).expect("is one of three");
    let number = format!("+49301234{}{place}", of_name + 1);
    let body = json!({ "customerId": customer["id"], "numbers": [number] });
    send(partner.service.keyed("AddNumbers", &format!("numbers-{name}-{place}"), &body)).await.expect(200);
    number
}

/// Sells something under a case; returns an open quote and a subscription.
async fn sold(operator: &Client, partner: &Partner, name: &str) -> (String, String) {
    let template = text(&partner.service.list("/api/v1/templates").await[0], "provisioningId");
    let case = quotable(operator, partner, &template, &format!("sold-{name}")).await;
    let quote = approved(operator, partner, &case, &format!("quote-{name}")).await;
    let subscription = subscriptions::accepted(partner, &quote, &format!("accept-{name}")).await;
    until("the end of the first quote", async || {
        let next = draft(partner, &case, &format!("next-{name}")).await;
        (next.status == 200).then(|| (text(&next.json(), "id"), subscription.clone()))
    })
    .await
}

/// The person behind a user or member.
fn person_of(answer: &Value) -> String {
    text(answer, "userId").replace("usr_", "per_")
}

/// Asks for an attach that waits for consent; returns the answer.
async fn waiting(operator: &Client, partner: &Partner, provisioning: &str, name: &str) -> Value {
    let organization = register(operator, name, &json!({ "userCount": 100 })).await;
    ask(partner, &attach(provisioning, &organization, name)).await
}

async fn ask(partner: &Partner, body: &Value) -> Value {
    let key = text(body, "externalId");
    let asked = send(partner.service.keyed("AttachExistingOrg", &key, body)).await.expect(202);
    let path = format!("/api/v1/operations/{}", text(&asked["operation"], "id"));
    until("the question for consent", async || {
        let row = partner.service.get(&path).await.unless_too_early()?;
        (row["state"] == "waiting").then_some(())
    })
    .await;
    asked
}

/// Lets the administrator of our first customer accept, and another partner ask for the organization; returns what the
/// organization has in hand, and its ID.
async fn accepted(
    operator: &Client,
    ours: &Partner,
    theirs: &Partner,
    partner: &Objects,
    others: &Objects,
) -> (Objects, String) {
    let own = partner[&(Kind::Organization, Column::Own)].clone();
    let sent = mails(operator, "invitation").await;
    let mail = sent.iter().find(|mail| mail["tenantId"] == json!(own)).expect("the administrator is invited");
    let member = by_token(&ours.service, "AcceptInvitation", &acceptance(&token(mail))).await.expect(200);
    let body = attach(&others[&(Kind::Provisioning, Column::Own)], &own, "theirs-of-ours");
    let asked = ask(theirs, &body).await;
    let objects = Objects::from([
        ((Kind::Person, Column::Own), person_of(&member)),
        ((Kind::Waiting, Column::Own), text(&asked, "id")),
        ((Kind::Consent, Column::Own), text(&asked["operation"], "id")),
    ]);
    (objects, own)
}

async fn callers(operator: &Client, ours: &Partner, below: &Partner, organization: &str) -> Vec<Client> {
    let issue = async |role: &str, tenant: (&str, &str)| {
        let body = json!({ "role": role, tenant.0: tenant.1, "name": format!("{role} of the matrix") });
        operator.with_key(&text(&send(operator.command("IssueKey", &body)).await.expect(200), "key"))
    };
    vec![
        operator.clone(),
        ours.admin.clone(),
        issue("partner_user", ("partnerId", &ours.id)).await,
        ours.service.clone(),
        below.admin.clone(),
        issue("org_admin", ("organizationId", organization)).await,
        issue("org_user", ("organizationId", organization)).await,
        ours.auditor.clone(),
    ]
}

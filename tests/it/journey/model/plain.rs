//! What one partner's views must show, kept in the plainest way: from what was asked and answered, never from events.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The packages that the journeys order; the add-on comes last.
pub(super) const PACKAGES: [&str; 5] =
    ["webex_calling", "webex_meetings", "webex_suite", "cx_essentials", ADD_ON];

/// The one package that needs another.
pub(super) const ADD_ON: &str = "attendant_console";

/// The packages that the add-on works with; they are those that need a place to call from as well (R89).
pub(super) const BASES: [&str; 3] = ["webex_calling", "webex_suite", "cx_essentials"];

/// A partner, and all that is its own.
#[derive(Default)]
pub(super) struct Book {
    /// Its ID.
    pub(super) partner: String,
    /// Its name.
    pub(super) name: String,
    /// Whether it is suspended.
    pub(super) suspended: bool,
    /// Its customers; one that was removed is gone.
    pub(super) customers: BTreeMap<String, Customer>,
    /// The organizations that were made for it or that it asked for.
    pub(super) organizations: BTreeMap<String, Organization>,
    /// The state of each piece of work.
    pub(super) operations: BTreeMap<String, Operation>,
    /// Its templates by their provisioning IDs.
    pub(super) templates: BTreeMap<String, Value>,
    /// Its cases.
    pub(super) cases: BTreeMap<String, Value>,
    /// Its requests for consent by the work that waited for them.
    pub(super) consents: BTreeMap<String, Value>,
    /// Its users.
    pub(super) users: BTreeMap<String, Value>,
    /// Usage by organization, meter and day or month.
    pub(super) usage: BTreeMap<(String, String, String), Used>,
}

/// A piece of work.
pub(super) struct Operation {
    /// On what: a customer or a case.
    pub(super) subject: (&'static str, String),
    /// How it ended, or that it waits.
    pub(super) state: &'static str,
}

/// A customer.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) origin: &'static str,
    pub(super) external_id: Option<String>,
    pub(super) name: String,
    pub(super) label: Option<String>,
    pub(super) organization: String,
    pub(super) status: &'static str,
    pub(super) packages: Vec<Package>,
    pub(super) limits: BTreeMap<&'static str, u32>,
    pub(super) address: Value,
    pub(super) email: Option<String>,
    pub(super) case: Option<String>,
    pub(super) overridden: bool,
    pub(super) assessment: Option<Value>,
    pub(super) errors: Vec<Value>,
    pub(super) template: String,
    /// Whether its template lets administrators be asked.
    pub(super) may_ask: bool,
    /// Whether it has its organization.
    pub(super) there: bool,
    /// Whether an operator has refused it.
    pub(super) refused: bool,
    /// Its places to call from, by their IDs.
    pub(super) places: BTreeMap<String, Value>,
    /// Its numbers, with the place that each lies at.
    pub(super) numbers: BTreeMap<String, Option<String>>,
    /// The last work.
    pub(super) operation: Option<String>,
    /// The steps of the last work.
    pub(super) steps: Vec<(String, &'static str)>,
    /// The errors of that work that are left since a step of it was left out.
    pub(super) left: Option<Vec<Value>>,
}

/// A package of a customer.
pub(super) struct Package {
    pub(super) name: &'static str,
    /// Whether the last that was tried with it failed; else it is provisioned.
    pub(super) failed: bool,
    pub(super) licensed: bool,
    pub(super) limit: Option<u32>,
    pub(super) wanted: bool,
    pub(super) error: Option<Value>,
}

/// An organization.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
pub(super) struct Organization {
    pub(super) name: String,
    pub(super) country: &'static str,
    pub(super) active: bool,
    pub(super) trial: bool,
    pub(super) users: u64,
    pub(super) domain: Option<String>,
    /// Whether it has an administrator.
    pub(super) administered: bool,
    /// State and quantity by package and the customer that brought it.
    pub(super) licenses: BTreeMap<Licensed, License>,
    /// Another partner that manages it.
    pub(super) manager: Option<String>,
    /// What it is to the partner; none before it is anything.
    pub(super) relation: Option<Relation>,
    pub(super) restricted: bool,
    /// Whether it was made on the platform, with the sign-in of its template.
    pub(super) made: bool,
    /// Whether it has declined a request of the partner lately.
    pub(super) declined: bool,
}

/// A package, and the customer that brought it.
type Licensed = (&'static str, Option<String>);

/// The state of a license, and for how many it is.
type License = (&'static str, Option<u32>);

/// What an organization is to the partner.
#[derive(Default)]
pub(super) struct Relation {
    pub(super) customer: Option<String>,
    /// 0 for none, 1 for what is needed to provision, 2 for all.
    pub(super) grant: usize,
    /// The customer with which the access goes.
    pub(super) grant_of: Option<String>,
}

/// The names of grants.
pub(super) const GRANTS: [&str; 3] = ["none", "provisioning_admin", "full_admin"];

/// What was used in a window; values in tenths.
#[derive(Default)]
pub(super) struct Used {
    pub(super) records: u64,
    pub(super) corrections: u64,
    pub(super) sum: i64,
    pub(super) maximum: Option<i64>,
    pub(super) last: Option<(String, i64)>,
}

impl Package {
    /// A package that is asked for and not there yet.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, failed: true, licensed: false, limit: None, wanted: true, error: None }
    }

    /// The step that it failed with, or would.
    pub(super) fn step(&self) -> String {
        format!("{}:{}", if self.wanted { "provision_package" } else { "remove_package" }, self.name)
    }
}

impl Customer {
    /// Whether it has an organization or is about to get one: then it can use something.
    pub(super) fn can_use(&self) -> bool {
        self.there || self.origin != "attached" && self.status != "error"
    }

    /// Whether it is provisioned, at least in part.
    pub(super) fn is_ready(&self) -> bool {
        self.status == "provisioned" || self.status == "provisioned_with_errors"
    }

    /// Whether it waits for somebody's answer.
    pub(super) fn waits(&self) -> bool {
        self.status == "awaiting_consent" || self.status == "screening"
    }

    pub(super) fn package(&mut self, name: &str) -> Option<&mut Package> {
        self.packages.iter_mut().find(|package| package.name == name)
    }

    pub(super) fn has_failed_package(&self) -> bool {
        self.packages.iter().any(|package| package.failed)
    }

    /// The errors of its packages.
    pub(super) fn package_errors(&self) -> Vec<Value> {
        self.packages.iter().filter_map(|package| package.error.clone()).collect()
    }

    /// Its row, without what only the server knows.
    pub(super) fn row(&self, partner: &str) -> Value {
        let waits = self.waits();
        let package = |it: &Package| {
            let status = if waits {
                "provisioning"
            } else if it.failed {
                "error"
            } else {
                "provisioned"
            };
            let errors: Vec<&Value> = it.error.iter().collect();
            json!({
                "name": it.name, "status": status, "limit": it.limit,
                "licensed": it.licensed, "warnings": [], "errors": errors,
            })
        };
        json!({
            "id": self.id, "partnerId": partner, "externalId": self.external_id, "name": self.name,
            "label": self.label, "organizationId": self.organization, "status": self.status,
            "packages": self.packages.iter().map(package).collect::<Vec<_>>(),
            "limits": if self.limits.is_empty() { Value::Null } else { json!(self.limits) },
            "address": self.address, "primaryEmail": self.email, "caseId": self.case,
            "brandingOverride": if self.overridden { json!(true) } else { Value::Null },
            "assessment": self.assessment, "errors": self.errors, "origin": self.origin,
            "provisioningId": self.template,
        })
    }

    /// Its row in the provisioning status.
    pub(super) fn provisioning(&self) -> Value {
        let ended = !self.waits() && (self.operation.is_some() || self.status == "provisioned");
        let step = |(name, state): &(String, &str)| json!({ "name": name, "state": state });
        json!({
            "customerId": self.id, "operationId": self.operation, "name": self.name,
            "externalId": self.external_id, "status": self.status,
            "errors": self.left.as_ref().unwrap_or(&self.errors),
            "steps": self.steps.iter().map(step).collect::<Vec<_>>(), "ended": ended,
        })
    }
}

impl Organization {
    pub(super) fn relation(&mut self) -> &mut Relation {
        self.relation.get_or_insert_default()
    }

    /// Its row as the operator sees it.
    pub(super) fn row(&self, id: &str, partner: &str) -> Value {
        let license = |((package, customer), (state, quantity)): (&Licensed, &License)| json!({ "package": package, "customerId": customer, "state": state, "quantity": quantity });
        let manager = |it: &String| json!({ "partnerId": it, "grant": GRANTS[2] });
        let own = |it: &Relation| json!({ "partnerId": partner, "customerId": it.customer, "grant": GRANTS[it.grant] });
        let partners = self.manager.iter().map(manager).chain(self.relation.iter().map(own));
        let domains = self.domain.iter().map(|name| json!({ "name": name, "claimed": false }));
        json!({
            "id": id, "name": self.name, "country": self.country, "active": self.active, "trial": self.trial,
            "userCount": self.users, "domains": domains.collect::<Vec<_>>(),
            "licenses": self.licenses.iter().map(license).collect::<Vec<_>>(),
            "partners": partners.collect::<Vec<_>>(),
            "authentication": if self.made { json!({ "method": "builtin" }) } else { Value::Null },
            "language": if self.made { json!("de-DE") } else { Value::Null },
            "restrictedMode": self.restricted, "basicBranding": false,
        })
    }
}

impl Used {
    pub(super) fn record(&mut self, time: &str, value: i64) {
        self.records += 1;
        self.sum += value;
        self.maximum = self.maximum.max(Some(value));
        if self.last.as_ref().is_none_or(|(last, _)| last.as_str() <= time) {
            self.last = Some((time.to_owned(), value));
        }
    }

    pub(super) fn correct(&mut self, value: i64) {
        self.corrections += 1;
        self.sum += value;
    }
}

/// Writes tenths as a decimal number.
pub(super) fn decimal(tenths: i64) -> String {
    let (sign, whole, rest) = (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

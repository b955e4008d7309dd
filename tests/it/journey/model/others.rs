//! What is asked of templates, users and usage.

use serde_json::{Value, json};

use super::plain::decimal;
use super::walk::Walk;
use crate::journey::client::text;

/// The meters, how they count, and in what unit; the last one is never defined.
pub(super) const METERS: [(&str, &str); 5] = [
    ("calls.minutes", "sum"),
    ("meetings.participants", "maximum"),
    ("rooms.temperature", "last"),
    ("faxes.sent", "count"),
    ("pigeons.flown", ""),
];

impl Walk {
    /// Creates a template from what is given and the usual.
    pub(super) async fn create_template(&mut self, more: Value) {
        let body = Self::settings(&more);
        let foreseen = self.may_be_called(&body, None);
        let Some(answer) = self.give("CreateTemplate", body.clone(), foreseen).await else { return };
        let id = text(&answer, "provisioningId");
        let mut row = body;
        (row["id"], row["provisioningId"], row["retired"]) = (answer["id"].clone(), json!(id), json!(false));
        self.book.templates.insert(id, filled(row));
    }

    /// Creates, edits or retires a template.
    pub(super) async fn template(&mut self) {
        let known: Vec<String> = self.book.templates.keys().cloned().collect();
        let (create, retire) = (self.chance.once_in(3), self.chance.once_in(5));
        let id = self.chance.pick(&known).filter(|_| !create);
        let mut more = json!({
            "name": format!("Template {}", self.given), "default": self.chance.once_in(4),
            "brandName": self.chance.one_of(["Example Voice", "Voice of Examples"]),
        });
        if self.chance.once_in(8) {
            more["name"] = json!(self.chance.one_of(["SILENT", "Asking"]));
        }
        if self.chance.once_in(3) {
            more["pstnProvider"] = json!("Example Telecom");
        }
        let Some(id) = id else {
            more["kind"] = json!(self.chance.one_of(["wholesale", "broadworks", "sub_realm"]));
            more["allowAdminInviteOnAttach"] = json!(self.chance.once_in(2));
            return self.create_template(more).await;
        };
        let is_first = ["Silent", "Asking"].iter().any(|name| self.book.templates[&id]["name"] == *name);
        if retire && !is_first {
            let body = json!({ "provisioningId": id });
            if self.give("RetireTemplate", body, Ok(())).await.is_some() {
                let row = self.book.templates.get_mut(&id).expect("it is known");
                (row["retired"], row["default"]) = (json!(true), json!(false));
            }
        } else {
            self.edit_template(&id, more, is_first).await;
        }
    }

    async fn edit_template(&mut self, id: &str, mut more: Value, is_first: bool) {
        let known = self.book.templates[id].clone();
        if is_first {
            more["name"] = known["name"].clone();
        }
        more["allowAdminInviteOnAttach"] = known["allowAdminInviteOnAttach"].clone();
        let mut body = Self::settings(&more);
        body.as_object_mut().expect("is an object").remove("kind");
        body["provisioningId"] = json!(id);
        let foreseen = if known["retired"] == true {
            Err((422, "template_retired"))
        } else {
            self.may_be_called(&body, Some(id))
        };
        if self.give("EditTemplate", body.clone(), foreseen).await.is_none() {
            return;
        }
        let mut row = body;
        for field in ["id", "kind", "retired"] {
            row[field] = known[field].clone();
        }
        self.book.templates.insert(id.to_owned(), filled(row));
    }

    /// Names are unique among templates that are not retired, capitals aside, and there is one default.
    fn may_be_called(&self, body: &Value, but: Option<&str>) -> Result<(), (u16, &'static str)> {
        let others = self
            .book
            .templates
            .iter()
            .filter(|(id, row)| Some(id.as_str()) != but && row["retired"] == false);
        let name = |row: &Value| text(row, "name").to_lowercase();
        let (mut same_name, mut default) = (false, false);
        for (_, other) in others {
            same_name |= name(other) == name(body);
            default |= other["default"] == true;
        }
        match (same_name, default && body["default"] == true) {
            (true, _) => Err((409, "template_name_taken")),
            (false, true) => Err((409, "default_template_exists")),
            (false, false) => Ok(()),
        }
    }

    /// Adds, changes or removes a user of the partner.
    pub(super) async fn user(&mut self) {
        let known: Vec<String> = self.book.users.keys().cloned().collect();
        let known = self.chance.pick(&known);
        let role = self.chance.one_of(["partner_admin", "partner_user"]);
        match (self.chance.below(8), known) {
            (0..3, Some(id)) => {
                let body = json!({ "userId": id, "role": role });
                if self.give("ChangePartnerUserRole", body, Ok(())).await.is_some() {
                    self.book.users.get_mut(&id).expect("is known")["role"] = json!(role);
                }
            }
            (3, Some(id)) => {
                if self.give("RemovePartnerUser", json!({ "userId": id }), Ok(())).await.is_some() {
                    self.book.users.remove(&id);
                    self.give("RemovePartnerUser", json!({ "userId": id }), Err((404, "user_not_found")))
                        .await;
                }
            }
            _ => {
                // The addresses are few, so some people come back, and some are there.
                let email = format!("user-{}@resale.example", self.chance.below(60));
                let name = format!("Seller {}", self.given);
                let there = self.book.users.values().any(|user| user["email"] == *email);
                let foreseen = if there { Err((409, "user_exists")) } else { Ok(()) };
                let body = json!({ "name": name, "email": email, "role": role });
                if let Some(added) = self.give("AddPartnerUser", body.clone(), foreseen).await {
                    let id = text(&added, "userId");
                    let mut row = body;
                    row["id"] = json!(id);
                    self.book.users.insert(id, row);
                }
            }
        }
    }

    /// Hands in a usage record: a new one, one that was handed in before, another under its ID, or a wrong one.
    pub(super) async fn record_usage(&mut self) {
        match (self.chance.below(24), self.chance.pick(&self.records)) {
            (0, Some(record)) => _ = self.give("RecordUsage", record, Ok(())).await,
            (1, Some(mut record)) => {
                record["value"] = json!("1000");
                self.give("RecordUsage", record, Err((422, "idempotency_key_reused"))).await;
            }
            (wrong, _) => {
                let Some((organization, can_use)) = self.any_used() else { return };
                let tenths = i64::try_from(self.chance.below(2000)).expect("is small");
                let mut record = json!({
                    "source": format!("switch-{}", self.book.name.len()), "id": format!("{}-{}", self.book.name, self.given),
                    "meter": self.chance.one_of(METERS).0, "organizationId": organization,
                    "value": decimal(tenths), "time": self.time(),
                });
                let foreseen = match wrong {
                    2 => {
                        record["value"] = json!("-1");
                        Err((422, "usage_negative"))
                    }
                    3 => {
                        record["time"] = json!("2200-01-01T00:00:00Z");
                        Err((422, "usage_in_the_future"))
                    }
                    _ if can_use => Ok(()),
                    _ => Err((422, "not_a_customer")),
                };
                if self.give("RecordUsage", record.clone(), foreseen).await.is_some() {
                    let time = text(&record, "time");
                    self.count(&record, |used| used.record(&time, tenths));
                    self.records.push(record);
                }
            }
        }
    }

    /// Corrects what an organization used.
    pub(super) async fn correct_usage(&mut self) {
        let Some((organization, can_use)) = self.any_used() else { return };
        let tenths = i64::try_from(self.chance.below(100)).expect("is small") - 50;
        let (meter, kind) = self.chance.one_of(METERS);
        let body = json!({
            "meter": meter, "organizationId": organization, "value": decimal(tenths),
            "time": self.time(), "reason": "Counted twice",
        });
        let foreseen = match kind {
            _ if !can_use => Err((422, "not_a_customer")),
            "sum" | "" => Ok(()),
            _ => Err((422, "correction_without_effect")),
        };
        if self.give("CorrectUsage", body.clone(), foreseen).await.is_some() {
            self.count(&body, |used| used.correct(tenths));
        }
    }

    /// Picks the organization of a customer, or now and then one that is none's; tells whether it can use anything.
    fn any_used(&mut self) -> Option<(String, bool)> {
        if self.chance.once_in(20) {
            let customers = self.book.customers.values();
            let used: Vec<&String> = customers.map(|it| &it.organization).collect();
            let free = |id: &&String| !used.contains(id) && !self.is_busy(id);
            let free: Vec<String> = self.book.organizations.keys().filter(free).cloned().collect();
            if let Some(organization) = self.chance.pick(&free) {
                return Some((organization, false));
            }
        }
        let id = self.any_customer(|_| true)?;
        let customer = self.customer(&id);
        Some((customer.organization.clone(), customer.can_use()))
    }

    /// An hour of the first days of some months.
    fn time(&mut self) -> String {
        let (month, day, hour) = (self.chance.below(2) + 1, self.chance.below(5) + 1, self.chance.below(24));
        format!("2026-{month:02}-{day:02}T{hour:02}:00:00Z")
    }

    fn count(&mut self, body: &Value, change: impl Fn(&mut super::plain::Used)) {
        let (organization, meter, time) =
            (text(body, "organizationId"), text(body, "meter"), text(body, "time"));
        for window in [&time[..10], &time[..7]] {
            let place = (organization.clone(), meter.clone(), window.to_owned());
            change(self.book.usage.entry(place).or_default());
        }
    }
}

/// A template's row with what follows from its settings.
fn filled(mut row: Value) -> Value {
    let warned = row.get("pstnProvider").is_some();
    row["warnings"] = if warned { json!(["pstn_provider_in_template"]) } else { json!([]) };
    // R51
    if row["kind"] != "sub_realm" {
        row["allowInternalCalls"] = json!(false);
    }
    row
}

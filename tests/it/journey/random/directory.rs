//! Organizations that exist already: what operators keep of them, and attaches of every outcome.

use serde_json::{Value, json};

use super::partners::METERS;
use super::walk::{Side, Walk};
use crate::journey::attach::attach;
use crate::journey::client::text;

impl Walk {
    /// Asks for the attach of an organization: of one that was just entered, or of one that somebody knows.
    pub(super) async fn attach(&mut self, side: &Side) {
        let known = if self.chance.once_in(6) { self.chance.pick(&self.organizations) } else { None };
        let organization = match known {
            Some(known) => known,
            None => self.register(side).await,
        };
        let template = if self.chance.once_in(6) { &side.silent } else { &side.asking };
        let body = attach(template, &organization, &format!("attached-{}", self.given()));
        self.give(&side.partner.service, "AttachExistingOrg", body).await;
    }

    async fn register(&mut self, side: &Side) -> String {
        let number = self.given();
        let mut body = json!({
            "name": format!("Works {number}"), "country": "SE", "userCount": 5,
            "adminEmails": [format!("admin@works-{number}.example")],
            "licenses": [{ "package": "webex_meetings", "state": "active" }],
        });
        let Value::Object(more) = self.assessed(side, &format!("works-{number}.example")) else {
            unreachable!("every finding is an object")
        };
        body.as_object_mut().expect("is an object").extend(more);
        let operator = self.operator.clone();
        let registered = self.give(&operator, "RegisterOrganization", body).await;
        let id = text(&registered.expect("an operator may enter it"), "id");
        self.organizations.push(id.clone());
        id
    }

    /// Makes up what an assessment finds: each row of its table, with the edges of its criteria.
    fn assessed(&mut self, side: &Side, domain: &str) -> Value {
        let license = |state: &str| json!({ "package": "webex_meetings", "state": state });
        match self.chance.below(14) {
            0 => json!({ "trial": true }),
            1 => json!({ "userCount": 100, "adminEmails": [] }),
            2 => json!({ "managedBy": [side.partner.id] }),
            3 | 4 => json!({ "managedBy": [side.other] }),
            5 => json!({ "userCount": 100 }),
            6 => json!({ "userCount": 101, "licenses": [] }),
            7 => json!({ "verifiedDomains": [domain] }),
            8 => json!({ "verifiedDomains": [domain], "claimedDomains": [domain] }),
            9 => json!({ "userCount": 99 }),
            10 => json!({ "licenses": [] }),
            11 => json!({ "licenses": [license("suspended")] }),
            12 => json!({ "licenses": [license("cancelled")], "restrictedMode": true }),
            _ => json!({ "basicBranding": true }),
        }
    }

    /// Gives one of the commands by which operators keep the directory and the meters.
    pub(super) async fn directory(&mut self) {
        let operator = self.operator.clone();
        if self.chance.once_in(4) {
            let meter = self.chance.one_of([(METERS[0], "sum"), (METERS[1], "maximum")]);
            let body = json!({ "name": meter.0, "kind": meter.1, "unit": "units" });
            self.give(&operator, "DefineMeter", body).await;
            return;
        }
        let Some(organization) = self.chance.pick(&self.organizations) else { return };
        let name = organization.trim_start_matches("org_");
        let domain = json!({ "organizationId": organization, "domain": format!("{name}.example") });
        match self.chance.below(3) {
            0 => {
                let state = self.chance.one_of(["active", "suspended", "cancelled"]);
                let body =
                    json!({ "organizationId": organization, "package": "webex_suite", "state": state });
                self.give(&operator, "SetLicense", body).await;
            }
            1 => {
                if self.give(&operator, "VerifyDomain", domain.clone()).await.is_some() {
                    self.give(&operator, "ClaimDomain", domain).await;
                }
            }
            _ => {
                let email = format!("member-{}@works.example", self.given());
                let member = json!({ "email": email, "role": "org_admin", "givenName": "Kim" });
                let body = json!({ "organizationId": organization, "members": [member] });
                self.give(&operator, "ImportMembers", body).await;
            }
        }
    }
}

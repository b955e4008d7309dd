//! Real histories: commands decided by the aggregates, events sealed and written as the ledger does it.

use std::collections::{BTreeMap, HashMap};

use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{
    CreateOrg, Customer, CustomerCommand, OfferedCountries, PackageOutcome, Step, StepError, StepOutcome,
    TemplateFacts,
};
use tenantry_domain::event::{EventSet, metadata};
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId, PartnerId, PersonId, TemplateId};
use tenantry_domain::personal::{SealError, Sealed, Sealer};
use tenantry_domain::role::Channel;
use tenantry_domain::stream::Decide;
use tenantry_domain::template::{ProvisioningId, Template, TemplateCommand};
use tenantry_domain::tenant::TenantId;
use uuid::Uuid;

use crate::recorded::Recorded;
use crate::view::{RowKey, View};

/// The moment of position 0, in microseconds.
pub(super) const START_US: i64 = 1_700_000_000_000_000;

/// The moment of a position, as rows show it.
pub(super) fn at(position: i64) -> i64 {
    START_US + position
}

pub(super) fn partner() -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(1))
}

pub(super) fn organization() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(2))
}

pub(super) fn customer() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(3))
}

pub(super) fn operation() -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(4))
}

pub(super) fn template() -> TemplateId {
    TemplateId::from_uuid(Uuid::from_u128(5))
}

pub(super) fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(6))
}

/// Hides nothing, but makes open values storable.
struct Envelope;

impl Sealer for Envelope {
    fn seal(&self, subject: PersonId, _: &[u8]) -> Result<Sealed, SealError> {
        Ok(Sealed { subject, generation: 1, algorithm: "none".to_owned(), body: "AAAA".to_owned() })
    }

    fn unseal(&self, _: &Sealed) -> Result<Option<Vec<u8>>, SealError> {
        Ok(None)
    }
}

/// A log that grows by commands.
#[derive(Default)]
pub(super) struct Log {
    pub(super) events: Vec<Recorded>,
    sequences: HashMap<String, i64>,
}

impl Log {
    /// Decides a command on an aggregate, applies and records what follows.
    pub(super) fn execute<A: Decide<Error: std::fmt::Debug>>(
        &mut self,
        tenant_id: TenantId,
        id: &impl ToString,
        aggregate: &mut A,
        command: A::Command,
    ) {
        for event in aggregate.decide(command).expect("is allowed") {
            aggregate.apply(event.clone());
            self.record(tenant_id, A::TYPE, &id.to_string(), event);
        }
    }

    fn record<E: EventSet>(&mut self, tenant_id: TenantId, aggregate_type: &str, id: &str, mut event: E) {
        event.visit_slots(&mut |slot| slot.seal(&Envelope).expect("is sealed"));
        let position = self.events.len() as i64 + 1;
        let sequence = self.sequences.entry(id.to_owned()).or_default();
        *sequence += 1;
        self.events.push(Recorded {
            position,
            tenant_id,
            aggregate_type: aggregate_type.to_owned(),
            aggregate_id: id.to_owned(),
            sequence: *sequence,
            event_type: event.type_name().to_owned(),
            event_version: event.event_version(),
            payload: serde_json::value::to_raw_value(&event).expect("is sealed"),
            metadata: [(metadata::ACTOR, "key_1"), (metadata::TRACKING, "track-1")]
                .map(|(name, value)| (name.into(), value.to_owned()))
                .into(),
            recorded_at: at(position),
        });
    }
}

pub(super) fn create_template(log: &mut Log) -> Template {
    let data = serde_json::from_value(serde_json::json!({
        "name": "Standard", "kind": "wholesale", "serviceProviderAdmin": "admin@resale.example",
        "country": "DE", "language": "de-DE", "subscription": "S-100", "pstnProvider": "Example Telecom",
        "authentication": {"method": "builtin"}, "brandName": "Example Voice",
    }))
    .expect("is a request");
    let mut aggregate = Template::default();
    let command = TemplateCommand::Create {
        id: template(),
        partner_id: partner(),
        data: Box::new(data),
        administrator: person(),
        partner_active: true,
    };
    log.execute(partner().into(), &template(), &mut aggregate, command);
    aggregate
}

/// A customer with its log.
pub(super) struct Story {
    pub(super) log: Log,
    customer: Customer,
}

impl Story {
    pub(super) fn with(packages: &[Package]) -> Self {
        let facts = TemplateFacts::of(&create_template(&mut Log::default()), partner());
        let address =
            serde_json::json!({"addressLine1": "1 Example Street", "city": "Berlin", "country": "DE"});
        let data = serde_json::from_value(serde_json::json!({
            "provisioningId": ProvisioningId::from_template(template()),
            "externalId": "customer-17",
            "packages": packages,
            "address": address,
            "customerInfo": {"name": "Example Retail", "primaryEmail": "admin@customer.example"},
            "provisioningParameters": {"calling": {"location": {
                "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
            }}},
        }))
        .expect("is a request");
        let mut story = Self { log: Log::default(), customer: Customer::default() };
        story.execute(CustomerCommand::CreateOrg(Box::new(CreateOrg {
            id: customer(),
            organization_id: organization(),
            operation_id: operation(),
            partner_id: partner(),
            data,
            administrator: person(),
            template: facts,
            partner_active: true,
            channel: Channel::Api,
            offered: OfferedCountries::All,
        })));
        story
    }

    pub(super) fn execute(&mut self, command: CustomerCommand) {
        self.log.execute(partner().into(), &customer(), &mut self.customer, command);
    }

    pub(super) fn organization(&mut self, ok: bool) {
        let outcome = if ok {
            StepOutcome::Done { reference: "platform-1".to_owned() }
        } else {
            StepOutcome::Failed { errors: vec![error()] }
        };
        self.execute(CustomerCommand::RecordOrganization { operation_id: operation(), outcome });
    }

    pub(super) fn package(&mut self, package: Package, ok: bool) {
        let outcome = if ok {
            PackageOutcome::Provisioned { license_ids: vec!["lic-1".to_owned()], warnings: vec![warning()] }
        } else {
            PackageOutcome::Failed(error())
        };
        self.execute(CustomerCommand::RecordPackage { operation_id: operation(), package, outcome });
    }

    pub(super) fn attempt(&mut self, step: Step, attempt: u32) {
        let retry_at = START_US + 1_000_000;
        let (operation_id, error) = (operation(), error());
        self.execute(CustomerCommand::RecordAttempt { operation_id, step, error, attempt, retry_at });
    }

    /// The one row of a view after all events.
    pub(super) fn row<V: View>(&self) -> V::Row {
        row::<V>(&self.log.events)
    }
}

pub(super) fn error() -> StepError {
    StepError::new(4001, "no numbers left")
}

pub(super) fn warning() -> StepError {
    StepError::new(2001, "few numbers left")
}

/// Folds events into rows as a projector does.
pub(super) fn fold_into<V: View>(rows: &mut BTreeMap<RowKey, V::Row>, events: &[Recorded]) {
    for event in events.iter().filter(|event| V::wants(&event.event_type)) {
        for key in V::keys(event).expect("names its rows") {
            let before = rows.remove(&key);
            if let Some(after) = V::fold(&key, before, event).expect("is folded") {
                rows.insert(key, after);
            }
        }
    }
}

pub(super) fn rows<V: View>(events: &[Recorded]) -> BTreeMap<RowKey, V::Row> {
    let mut rows = BTreeMap::new();
    fold_into::<V>(&mut rows, events);
    rows
}

pub(super) fn row<V: View>(events: &[Recorded]) -> V::Row {
    let mut rows: Vec<_> = rows::<V>(events).into_values().collect();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

//! What a command means to the stream of a customer, written in the commit of the command's own stream.

use tenantry_domain::customer::{Customer, CustomerCommand};
use tenantry_domain::ids::CustomerId;
use tenantry_domain::stream::Decide;

use super::App;
use crate::ledger::{Beside, Envelope, ExecuteError};
use crate::ports::{ClaimKey, CommandKey, NewClaim};

/// A command to a customer that goes with one to another stream of the same partner: both are carried out or neither.
pub(super) struct ToCustomer {
    /// The customer.
    pub customer_id: CustomerId,
    /// The command; its events name no person.
    pub command: CustomerCommand,
    /// Values that the customer takes.
    pub claims: Vec<NewClaim>,
    /// Values that it gives up.
    pub releases: Vec<ClaimKey>,
}

impl App {
    /// Decides what goes to a customer with a command of `A`, whose envelope is given; with the turns of both streams.
    pub(super) async fn beside<A: Decide>(
        &self,
        first: &str,
        second: ToCustomer,
        (envelope, fresh): (&Envelope, bool),
    ) -> Result<Beside, ExecuteError<<Customer as cqrs_es::Aggregate>::Error>> {
        let CommandKey { tenant_id, scope, command_id } = envelope.key.clone();
        // No caller has a scope with a space, so nobody repeats it but who repeats the command.
        let key = CommandKey { tenant_id, scope: format!("{scope} customer"), command_id };
        let envelope = Envelope {
            key,
            fingerprint: envelope.fingerprint,
            command_type: envelope.command_type,
            tenant_id: envelope.tenant_id,
            creates: false,
            expected_sequence: None,
            metadata: envelope.metadata.clone(),
            answer: serde_json::Map::new(),
            claims: second.claims,
            releases: second.releases,
            new_persons: crate::sealing::NewPersons::default(),
            keys: self.persons.no_keys(),
            tenant: None,
            empties: false,
            beside: None,
        };
        let id = second.customer_id.to_string();
        self.streams.decide_beside::<A, Customer>(first, &id, second.command, (envelope, fresh)).await
    }
}

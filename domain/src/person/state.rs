//! What a person is, once something happened to the person.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{ErasureOrdered, KnownPerson, PersonCommand, PersonErased, PersonEvent, PersonRefusal};
use crate::stream::{self, Decide};

/// A person; the default is one to whom nothing has happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Whether the person was erased.
    pub erased: bool,
    /// Where an order of the operator has the person erased.
    pub ordered: Vec<KnownPerson>,
}

impl Decide for Person {
    fn decide(&self, command: PersonCommand) -> Result<Vec<PersonEvent>, PersonRefusal> {
        match command {
            PersonCommand::Erase { person: KnownPerson { tenant_id, person_id }, known } => {
                self.erasable(known)?;
                Ok(if self.erased { vec![] } else { vec![PersonErased { tenant_id, person_id }.into()] })
            }
            PersonCommand::Order { persons, .. } if persons.is_empty() => Err(PersonRefusal::NotFound),
            PersonCommand::Order { .. } if !self.ordered.is_empty() => Ok(vec![]),
            PersonCommand::Order { person_id, persons } => {
                Ok(vec![ErasureOrdered { person_id, persons }.into()])
            }
            // That it was given is on record under its key.
            PersonCommand::EndOrder => Ok(vec![]),
        }
    }
}

impl Aggregate for Person {
    const TYPE: &'static str = "person";
    type Command = PersonCommand;
    type Event = PersonEvent;
    type Error = PersonRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: PersonCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PersonRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: PersonEvent) {
        match event {
            PersonEvent::Erased(_) => self.erased = true,
            PersonEvent::ErasureOrdered(event) => self.ordered = event.persons,
        }
    }
}

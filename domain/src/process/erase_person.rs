//! Carries the erasure of a person to its end: in every tenant that knows the person, and with all that the person had.
//!
//! The keys are gone with the event. What is left has no value about the person; it ends what the person could still do.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::event::EventSet;
use crate::ids::PersonId;
use crate::person::{KnownPerson, PersonEvent};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct ErasePerson;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ErasureTask {
    /// Erase the person in one of the tenants.
    EraseIn {
        /// Where, and whom.
        person: KnownPerson,
    },
    /// Delete passwords, sessions and mails of the person, and what a database keeps of what was deleted.
    ForgetPerson {
        /// The person.
        person_id: PersonId,
    },
    /// Take the person out of the users of the partner, or the members of the organization.
    TakeOut {
        /// The person.
        person_id: PersonId,
    },
    /// Take back the invitations that the person could still accept.
    WithdrawInvitations {
        /// The person.
        person_id: PersonId,
    },
    /// Revoke the access keys that the person holds.
    RevokeKeys {
        /// The person.
        person_id: PersonId,
    },
    /// Free the addresses of the subscribers that the person is.
    FreeAddresses {
        /// The person.
        person_id: PersonId,
    },
}

impl ErasureTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::EraseIn { .. } => "erase_in",
            Self::ForgetPerson { .. } => "forget_person",
            Self::TakeOut { .. } => "take_out",
            Self::WithdrawInvitations { .. } => "withdraw_invitations",
            Self::RevokeKeys { .. } => "revoke_keys",
            Self::FreeAddresses { .. } => "free_addresses",
        }
    }
}

impl Process for ErasePerson {
    const NAME: &'static str = "erase_person";
    const EVENTS: &'static [&'static str] = PersonEvent::NAMES;

    type State = ();
    type Event = PersonEvent;
    type Task = ErasureTask;

    fn react((): (), event: &PersonEvent) -> Reaction<(), ErasureTask> {
        let tasks = match event {
            PersonEvent::ErasureOrdered(ordered) => {
                ordered.persons.iter().map(|person| ErasureTask::EraseIn { person: *person }).collect()
            }
            PersonEvent::Erased(erased) => {
                let person_id = erased.person_id;
                vec![
                    ErasureTask::ForgetPerson { person_id },
                    ErasureTask::TakeOut { person_id },
                    ErasureTask::WithdrawInvitations { person_id },
                    ErasureTask::RevokeKeys { person_id },
                    ErasureTask::FreeAddresses { person_id },
                ]
            }
        };
        Reaction { state: None, tasks }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::person::{ErasureOrdered, PersonErased};
    use crate::tenant::TenantId;

    fn person_id(number: u128) -> PersonId {
        PersonId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn an_order_is_carried_to_every_tenant_that_knows_the_person() {
        let person = |number| KnownPerson { tenant_id: TenantId::Platform, person_id: person_id(number) };
        let persons = vec![person(1), person(2)];
        let event = ErasureOrdered { person_id: person_id(3), persons }.into();

        let Reaction { tasks, .. } = ErasePerson::react((), &event);

        let expected = [1, 2].map(|number| ErasureTask::EraseIn { person: person(number) });
        assert_eq!(tasks, expected);
    }

    #[test]
    fn whoever_is_erased_can_do_nothing_any_more() {
        let event = PersonErased { tenant_id: TenantId::Platform, person_id: person_id(1) }.into();

        let Reaction { tasks, .. } = ErasePerson::react((), &event);

        let kinds: Vec<&str> = tasks.iter().map(ErasureTask::kind).collect();
        assert_eq!(
            kinds,
            ["forget_person", "take_out", "withdraw_invitations", "revoke_keys", "free_addresses"]
        );
    }
}

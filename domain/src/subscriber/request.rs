//! The requests about subscribers, as callers write them.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::customer::Seat;
use crate::ids::{CustomerId, LocationId, SubscriberId};
use crate::values::{EmailAddress, Extension, Name, PhoneNumber, Token};

/// Provisions a person in a customer (R63–R68).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProvisionSubscriber {
    /// The customer.
    pub customer_id: CustomerId,
    /// E-mail address of the person.
    pub email: EmailAddress,
    /// One base package and its add-ons, each once.
    #[schema(min_items = 1, max_items = 50)]
    pub packages: Vec<Package>,
    /// First name of the person.
    pub first_name: Name,
    /// Last name of the person.
    pub last_name: Name,
    /// Where the person calls from; required with a calling package, and only with one (R68).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// The number of the customer's by which the person is called; with a calling package this, the extension, or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The short number by which the person is called inside the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

impl ProvisionSubscriber {
    /// Returns what the customer keeps of it.
    pub fn seat(&self, subscriber_id: SubscriberId) -> Seat {
        Seat {
            subscriber_id,
            packages: self.packages.iter().copied().collect(),
            location_id: self.location_id,
            phone_number: self.phone_number.clone(),
            extension: self.extension.clone(),
        }
    }
}

/// Gives a subscriber other packages. Place and numbers that are left out stay; without a calling package they are free.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeSubscriberPackages {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// One base package and its add-ons, each once.
    #[schema(min_items = 1, max_items = 50)]
    pub packages: Vec<Package>,
    /// Where the person calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// The number of the customer's by which the person is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The short number by which the person is called inside the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// Gives a subscriber who calls another number, extension or location; what is left out stays, `null` takes it (R68).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignNumber {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The number of the customer's by which the person is called; `null` takes the one before.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<PhoneNumber>)]
    pub phone_number: Option<Replacement<PhoneNumber>>,
    /// The short number by which the person is called inside the location; `null` takes the one before.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Extension>)]
    pub extension: Option<Replacement<Extension>>,
    /// Where the person calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
}

/// What comes in the place of something: another one, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Replacement<T>(Option<T>);

impl<T: Clone> Replacement<T> {
    /// Another one.
    pub fn by(value: T) -> Self {
        Self(Some(value))
    }

    /// Returns what there is afterwards; what was there before where nothing replaces it.
    pub(super) fn of(replaced: Option<&Self>, before: impl FnOnce() -> Option<T>) -> Option<T> {
        replaced.map_or_else(before, |Self(after)| after.clone())
    }
}

/// Reads what is named; without it, `null` would be as if nothing was.
fn given<'de, D, T>(deserializer: D) -> Result<Option<Replacement<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Replacement::deserialize(deserializer).map(Some)
}

/// Removes a subscriber: seat, number and address are free again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveSubscriber {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
}

/// Asks a person of another organization again whether to move; the link sent before is void.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendConsentMove {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
}

/// Agrees to move to the customer's organization. The token alone authorizes; no key is needed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcceptMigration {
    /// The token of the mail's link.
    pub token: Token,
}

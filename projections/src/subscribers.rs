//! The subscribers of a partner's customers (R63–R71).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CustomerId, LocationId, OrganizationId, PartnerId, SubscriberId};
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::subscriber::{Equipment, SubscriberAdded, SubscriberEvent, SubscriberStatus};
use tenantry_domain::values::{EmailAddress, Extension, Name, PhoneNumber};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the subscriber's ID. Who was removed has no row.
#[derive(Debug)]
pub struct Subscribers;

/// A subscriber.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberRow {
    /// Its ID.
    pub id: SubscriberId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub status: SubscriberStatus,
    /// E-mail address; absent where only a limited form may be seen (R81).
    #[schema(value_type = Option<String>)]
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address, by which it is found; never shown, and empty once the person is erased.
    #[schema(ignore)]
    pub email_hash: String,
    /// First name; absent in the limited form.
    #[schema(value_type = Option<String>)]
    pub first_name: Personal<Name>,
    /// Last name; absent in the limited form.
    #[schema(value_type = Option<String>)]
    pub last_name: Personal<Name>,
    /// One base package and its add-ons.
    pub packages: BTreeSet<Package>,
    /// Where the person calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// The number by which the person is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The short number by which the person is called inside the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// Whether the person administers the organization (R106).
    pub administrator: bool,
    /// When it came to be.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When its status last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub status_changed_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

impl PersonalSlots for SubscriberRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.email);
        visit(&mut self.first_name);
        visit(&mut self.last_name);
    }
}

impl SubscriberRow {
    fn new(added: SubscriberAdded, status: SubscriberStatus, at: i64) -> Self {
        let Equipment { packages, location_id, phone_number, extension } = added.equipment;
        Self {
            id: added.subscriber_id,
            partner_id: added.partner_id,
            customer_id: added.customer_id,
            organization_id: added.organization_id,
            status,
            email: added.email,
            email_hash: added.email_hash,
            first_name: added.first_name,
            last_name: added.last_name,
            packages,
            location_id,
            phone_number,
            extension,
            administrator: added.administrator,
            created_at: at,
            status_changed_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn equip(&mut self, equipment: Equipment) {
        let Equipment { packages, location_id, phone_number, extension } = equipment;
        self.packages = packages;
        (self.location_id, self.phone_number, self.extension) = (location_id, phone_number, extension);
    }
}

impl View for Subscribers {
    const NAME: &'static str = "subscribers";
    const EVENTS: &'static [&'static str] = SubscriberEvent::NAMES;
    type Row = SubscriberRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<SubscriberRow>,
        recorded: &Recorded,
    ) -> Result<Option<SubscriberRow>, FoldError> {
        let at = recorded.recorded_at;
        let known = || row.ok_or_else(|| recorded.row_missing());
        let mut row = match recorded.event()? {
            SubscriberEvent::Provisioned(event) => {
                SubscriberRow::new(event.0, SubscriberStatus::Provisioned, at)
            }
            SubscriberEvent::MigrationPending(event) => {
                SubscriberRow::new(event.added, SubscriberStatus::PendingUserMigration, at)
            }
            SubscriberEvent::ConsentMoveSent(_) => known()?,
            SubscriberEvent::MigrationAccepted(_) => {
                SubscriberRow { status: SubscriberStatus::Provisioned, status_changed_at: at, ..known()? }
            }
            SubscriberEvent::PackagesChanged(event) => {
                let mut row = known()?;
                row.equip(event.equipment);
                row
            }
            SubscriberEvent::NumberAssigned(event) => {
                let mut row = known()?;
                row.equip(event.equipment);
                row
            }
            SubscriberEvent::AddressFreed(_) => SubscriberRow { email_hash: String::new(), ..known()? },
            SubscriberEvent::Removed(_) => return Ok(None),
        };
        row.updated_at = at;
        row.sequence = recorded.sequence;
        Ok(Some(row))
    }
}

//! Organizations: what the directory knows of them, their licenses, and what they are to partners.

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CustomerId, OrganizationId, PartnerId};
use tenantry_domain::organization::{
    Grant, LicenseSet, LicenseState, OrganizationCreated, OrganizationEvent, OrganizationRegistered,
    RegisteredLicense,
};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::template::Authentication;
use tenantry_domain::values::{Country, DomainName, Language, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the organization's ID, its tenant the organization.
#[derive(Debug)]
pub struct Organizations;

/// An organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that readers ask for")]
pub struct OrganizationRow {
    /// Its ID.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether its first administrator has accepted.
    pub active: bool,
    /// Whether it is on trial.
    pub trial: bool,
    /// How many users it has.
    pub user_count: u32,
    /// Its domains.
    pub domains: Vec<DomainRow>,
    /// Its licenses in the order of the catalogue: its own, and those that customers brought (R107).
    pub licenses: Vec<LicenseRow>,
    /// What it is to partners; a partner sees itself only.
    pub partners: Vec<RelationRow>,
    /// How its users sign in, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
    /// Whether a partner restricts its administrators (R113).
    pub restricted_mode: bool,
    /// Whether it has branding of its own (R110).
    pub basic_branding: bool,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

/// A domain of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainRow {
    /// Its name.
    pub name: DomainName,
    /// Whether it is claimed; it is verified in any case.
    pub claimed: bool,
}

/// The right to use a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LicenseRow {
    /// The platform's name of it; empty where it is not known.
    pub id: String,
    /// The package.
    pub package: Package,
    /// The customer that brought it; none for one that the organization had itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Whether it can be used.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}

/// What an organization is to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelationRow {
    /// The partner.
    pub partner_id: PartnerId,
    /// The customer that it is of the partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The partner's access.
    pub grant: Grant,
}

impl PersonalSlots for OrganizationRow {}

impl OrganizationRow {
    fn empty(id: OrganizationId, name: Name, country: Country, at: i64) -> Self {
        Self {
            id,
            name,
            country,
            language: None,
            active: false,
            trial: false,
            user_count: 0,
            domains: vec![],
            licenses: vec![],
            partners: vec![],
            authentication: None,
            restricted_mode: false,
            basic_branding: false,
            created_at: at,
            sequence: 0,
        }
    }

    fn created(event: OrganizationCreated, at: i64) -> Self {
        let mut row = Self::empty(event.organization_id, event.name, event.country, at);
        row.language = event.language;
        row.authentication = event.authentication;
        row.relation(event.created_by).customer_id = event.customer_id;
        row
    }

    fn registered(event: OrganizationRegistered, at: i64) -> Self {
        let mut row = Self::empty(event.organization_id, event.name, event.country, at);
        row.active = true;
        row.trial = event.trial;
        row.user_count = event.user_count;
        row.authentication = event.authentication;
        row.restricted_mode = event.restricted_mode;
        row.basic_branding = event.basic_branding;
        for name in event.verified_domains {
            let claimed = event.claimed_domains.contains(&name);
            row.domains.push(DomainRow { name, claimed });
        }
        for license in event.licenses {
            let RegisteredLicense { package, state } = license;
            let id = String::new();
            row.set_license(LicenseRow { id, package, customer_id: None, state, quantity: None });
        }
        for partner in event.managed_by {
            row.relation(partner).grant = Grant::FullAdmin;
        }
        row
    }

    fn set_license(&mut self, license: LicenseRow) {
        let place = |license: &LicenseRow| (license.package, license.customer_id);
        self.licenses.retain(|known| place(known) != place(&license));
        self.licenses.push(license);
        self.licenses.sort_by_key(place);
    }

    fn domain(&mut self, name: &DomainName) -> &mut DomainRow {
        let place = self.domains.iter().position(|domain| domain.name == *name).unwrap_or_else(|| {
            self.domains.push(DomainRow { name: name.clone(), claimed: false });
            self.domains.len() - 1
        });
        &mut self.domains[place]
    }

    fn relation(&mut self, partner_id: PartnerId) -> &mut RelationRow {
        let known = self.partners.iter().position(|relation| relation.partner_id == partner_id);
        let place = known.unwrap_or_else(|| {
            self.partners.push(RelationRow { partner_id, customer_id: None, grant: Grant::None });
            self.partners.len() - 1
        });
        &mut self.partners[place]
    }

    fn apply(&mut self, event: OrganizationEvent) {
        match event {
            OrganizationEvent::LicenseSet(event) => {
                let LicenseSet { package, customer_id, state, quantity, license_id: id, .. } = event;
                self.set_license(LicenseRow { id, package, customer_id, state, quantity });
            }
            OrganizationEvent::DomainVerified(event) => _ = self.domain(&event.0.domain),
            OrganizationEvent::DomainClaimed(event) => self.domain(&event.0.domain).claimed = true,
            OrganizationEvent::Activated(_) => self.active = true,
            OrganizationEvent::UsersCounted(event) => self.user_count = event.user_count,
            OrganizationEvent::Attached(event) => {
                self.relation(event.attach.partner_id).customer_id = Some(event.attach.customer_id);
            }
            OrganizationEvent::GrantGiven(event) => self.relation(event.partner_id).grant = event.grant,
            OrganizationEvent::GrantRevoked(event) => self.relation(event.partner_id).grant = Grant::None,
            OrganizationEvent::SettingsSet(event) => {
                (self.language, self.basic_branding) = (event.language, event.basic_branding);
            }
            OrganizationEvent::CustomerReleased(event) => self.relation(event.partner_id).customer_id = None,
            OrganizationEvent::RestrictedModeDisabled(_) => self.restricted_mode = false,
            OrganizationEvent::Created(_)
            | OrganizationEvent::Registered(_)
            | OrganizationEvent::MemberAdded(_)
            | OrganizationEvent::UserInvited(_)
            | OrganizationEvent::MemberRemoved(_)
            | OrganizationEvent::RoleAssigned(_)
            | OrganizationEvent::RoleRevoked(_)
            | OrganizationEvent::ProjectCreated(_)
            | OrganizationEvent::AppIdCreated(_)
            | OrganizationEvent::AttachReserved(_)
            | OrganizationEvent::AttachAssessed(_)
            | OrganizationEvent::AttachApproved(_)
            | OrganizationEvent::AttachRefused(_)
            | OrganizationEvent::ConsentRequested(_)
            | OrganizationEvent::ConsentMailed(_)
            | OrganizationEvent::ConsentReminded(_)
            | OrganizationEvent::ConsentResent(_)
            | OrganizationEvent::ConsentGranted(_)
            | OrganizationEvent::ConsentDeclined(_)
            | OrganizationEvent::ConsentExpired(_)
            | OrganizationEvent::ConsentSuperseded(_)
            | OrganizationEvent::AttachWithdrawn(_)
            | OrganizationEvent::FullAccessRequested(_) => {}
        }
    }
}

impl View for Organizations {
    const NAME: &'static str = "organizations";
    const EVENTS: &'static [&'static str] = OrganizationEvent::NAMES;
    const SOURCE: Source = Source::Stream("organization");
    type Row = OrganizationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<OrganizationRow>,
        recorded: &Recorded,
    ) -> Result<Option<OrganizationRow>, FoldError> {
        let at = recorded.recorded_at;
        let mut row = match (row, recorded.event()?) {
            (None, OrganizationEvent::Created(event)) => OrganizationRow::created(event, at),
            (None, OrganizationEvent::Registered(event)) => OrganizationRow::registered(*event, at),
            (None, _) => return Err(recorded.row_missing()),
            (Some(mut row), event) => {
                row.apply(event);
                row
            }
        };
        row.sequence = recorded.sequence;
        Ok(Some(row))
    }
}

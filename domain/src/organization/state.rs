//! What an organization is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Administrator, AttachRef, Grant, LicenseState, MemberRole, OrganizationCommand, OrganizationCreated,
    OrganizationEvent, OrganizationRefusal, OrganizationRegistered,
};
use crate::catalogue::Package;
use crate::ids::{
    AppId, CredentialId, CustomerId, InvitationId, OrganizationId, PartnerId, ProjectId, SubscriberId, UserId,
};
use crate::personal::Personal;
use crate::stream;
use crate::template::Authentication;
use crate::values::{Country, DomainName, EmailAddress, Language, Name};

/// An organization; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// `None` until it is created or registered.
    pub created: Option<Created>,
}

/// An organization that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
pub struct Created {
    /// Its ID.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails.
    pub language: Option<Language>,
    /// The partner for which it was created; `None` if it was there before.
    pub created_by: Option<PartnerId>,
    /// Whether its first administrator has accepted.
    pub active: bool,
    /// Whether it is on trial.
    pub trial: bool,
    /// How many users it has.
    pub user_count: u32,
    /// Its licenses: its own, and those that customers brought, one of each for a package (R107).
    pub licenses: Vec<License>,
    /// Its domains.
    pub domains: BTreeMap<DomainName, Domain>,
    /// Its members.
    pub members: BTreeMap<UserId, Member>,
    /// How often each person was taken out: keys and sessions of an earlier stay stay dead.
    pub removals: BTreeMap<UserId, u32>,
    /// The last invitation of each person who was invited and is no member.
    pub invited: BTreeMap<UserId, InvitationId>,
    /// Its projects, by name.
    pub projects: BTreeMap<ProjectId, Name>,
    /// Its app IDs.
    pub app_ids: BTreeMap<AppId, App>,
    /// What it is to partners.
    pub partners: BTreeMap<PartnerId, Relation>,
    /// How its users sign in.
    pub authentication: Option<Authentication>,
    /// Whether a partner restricts its administrators (R113).
    pub restricted_mode: bool,
    /// Whether it has branding of its own.
    pub basic_branding: bool,
    /// The attach that waits for consent.
    pub open_attach: Option<OpenAttach>,
    /// The partner that has attached it with the last event.
    pub just_attached: Option<PartnerId>,
}

/// The right to use a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    /// The package.
    pub package: Package,
    /// The customer that brought it; `None` for one that the organization had itself.
    pub customer_id: Option<CustomerId>,
    /// Whether it can be used.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    pub quantity: Option<u32>,
    /// The platform's name of it.
    pub license_id: String,
}

/// A domain of an organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Whether it is verified (R75).
    pub verified: bool,
    /// Whether it is claimed (R76).
    pub claimed: bool,
}

/// An app ID of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// The project that it belongs to.
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub name: Name,
}

/// A member of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// What the member may be.
    pub role: MemberRole,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address.
    pub email_hash: String,
    /// Under which the password is kept, if there is one.
    pub credential_id: Option<CredentialId>,
    /// The subscriber with whom the membership came, if it is not one of its own.
    pub subscriber_id: Option<SubscriberId>,
}

/// What an organization is to a partner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    /// The customer that it is.
    pub customer_id: Option<CustomerId>,
    /// The partner's access.
    pub grant: Grant,
    /// The customer whose attach brought the access, with which it goes.
    pub grant_of: Option<CustomerId>,
    /// Whether it was the partner's customer once and was given back.
    pub released: bool,
    /// When it last declined a request of the partner.
    pub declined_at: Option<Timestamp>,
    /// When the partner last asked for full access.
    pub full_access_asked_at: Option<Timestamp>,
}

/// An attach that waits for consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenAttach {
    /// Which.
    pub attach: AttachRef,
    /// When consent was asked for.
    pub requested_at: Option<Timestamp>,
    /// The last round of mails.
    pub mailing: u32,
    /// The last mail of each administrator that was handed over.
    pub mailed: BTreeMap<UserId, u32>,
    /// The last reminder.
    pub reminder: u32,
    /// When it ends without an answer.
    pub expires_at: Option<Timestamp>,
    /// Whether an administrator gave full access before anybody answered.
    pub superseded: bool,
}

impl Created {
    pub(super) fn of_created(event: OrganizationCreated) -> Self {
        let mut created = Self::empty(event.organization_id, event.name, event.country);
        created.language = event.language;
        created.created_by = Some(event.created_by);
        created.authentication = event.authentication;
        created
            .partners
            .insert(event.created_by, Relation { customer_id: event.customer_id, ..Relation::default() });
        created
    }

    pub(super) fn of_registered(event: OrganizationRegistered) -> Self {
        let mut created = Self::empty(event.organization_id, event.name, event.country);
        created.active = true;
        created.trial = event.trial;
        created.user_count = event.user_count;
        created.authentication = event.authentication;
        created.restricted_mode = event.restricted_mode;
        created.basic_branding = event.basic_branding;
        for domain in event.verified_domains {
            created.domains.entry(domain).or_default().verified = true;
        }
        for domain in event.claimed_domains {
            created.domains.entry(domain).or_default().claimed = true;
        }
        for license in event.licenses {
            let (package, state, license_id) = (license.package, license.state, String::new());
            let license = License { package, customer_id: None, state, quantity: None, license_id };
            created.licenses.push(license);
        }
        for administrator in event.administrators {
            let Administrator { user_id, email, email_hash } = administrator;
            let role = MemberRole::OrgAdmin;
            let member = Member { role, email, email_hash, credential_id: None, subscriber_id: None };
            created.members.insert(user_id, member);
        }
        for partner in event.managed_by {
            created.partners.entry(partner).or_default().grant = Grant::FullAdmin;
        }
        created
    }

    fn empty(id: OrganizationId, name: Name, country: Country) -> Self {
        Self {
            id,
            name,
            country,
            language: None,
            created_by: None,
            active: false,
            trial: false,
            user_count: 0,
            licenses: Vec::new(),
            domains: BTreeMap::new(),
            members: BTreeMap::new(),
            removals: BTreeMap::new(),
            invited: BTreeMap::new(),
            projects: BTreeMap::new(),
            app_ids: BTreeMap::new(),
            partners: BTreeMap::new(),
            authentication: None,
            restricted_mode: false,
            basic_branding: false,
            open_attach: None,
            just_attached: None,
        }
    }

    /// Tells whether its first administrator has accepted (D10).
    pub fn is_active(&self) -> bool {
        self.active
    }

    /// Tells whether somebody was a member and is no more.
    pub fn is_former_member(&self, user_id: UserId) -> bool {
        self.removals.contains_key(&user_id) && !self.members.contains_key(&user_id)
    }

    /// Returns which stay of a person it is: how often the person was taken out before.
    pub fn stay_of(&self, user_id: UserId) -> u32 {
        self.removals.get(&user_id).copied().unwrap_or(0)
    }

    /// Returns its administrators.
    pub fn administrators(&self) -> impl Iterator<Item = UserId> {
        self.members.iter().filter(|(_, member)| member.role == MemberRole::OrgAdmin).map(|(id, _)| *id)
    }

    /// Tells whether it has a license that can be used (R80).
    pub fn has_active_license(&self) -> bool {
        self.licenses.iter().any(|license| license.state == LicenseState::Active)
    }

    /// Returns a partner's access.
    pub fn grant_of(&self, partner_id: PartnerId) -> Grant {
        self.partners.get(&partner_id).map_or(Grant::None, |relation| relation.grant)
    }

    /// Returns the customer that it is of a partner.
    pub fn customer_of(&self, partner_id: PartnerId) -> Option<CustomerId> {
        self.partners.get(&partner_id)?.customer_id
    }

    /// Tells whether another partner has it as a customer or holds full access (D19).
    pub fn is_managed_besides(&self, partner_id: PartnerId) -> bool {
        let manages =
            |relation: &Relation| relation.customer_id.is_some() || relation.grant == Grant::FullAdmin;
        let others = self.partners.iter().filter(|(id, _)| **id != partner_id);
        others.map(|(_, relation)| relation).any(manages)
            || self.created_by.is_some_and(|creator| creator != partner_id && !self.was_released_by(creator))
    }

    fn was_released_by(&self, partner_id: PartnerId) -> bool {
        self.partners.get(&partner_id).is_some_and(|relation| relation.released)
    }
}

impl Aggregate for Organization {
    const TYPE: &'static str = "organization";
    type Command = OrganizationCommand;
    type Event = OrganizationEvent;
    type Error = OrganizationRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: OrganizationCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), OrganizationRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: OrganizationEvent) {
        if let OrganizationEvent::Created(event) = event {
            self.created = Some(Created::of_created(event));
        } else if let OrganizationEvent::Registered(event) = event {
            self.created = Some(Created::of_registered(*event));
        } else if let Some(created) = &mut self.created {
            created.apply(event);
        }
    }
}

//! What a partner is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    AddPartnerUser, BrandingSet, ChangePartnerUserRole, PartnerCommand, PartnerEvent, PartnerReactivated,
    PartnerRefusal, PartnerRegistered, PartnerRole, PartnerSuspended, PartnerUserAdded, PartnerUserRemoved,
    PartnerUserRoleChanged, RegisterPartner, RemovePartnerUser,
};
use crate::branding::Branding;
use crate::ids::{OrganizationId, PartnerId, UserId};
use crate::personal::Personal;
use crate::stream::{self, Decide};
use crate::values::{Country, EmailAddress, Name};

/// A partner; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// `None` until it is registered.
    pub registered: Option<Registered>,
}

/// A partner that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// Its ID.
    pub id: PartnerId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its data lives.
    pub region: Name,
    /// The partner above it.
    pub parent_id: Option<PartnerId>,
    /// Its own organization.
    pub home_organization_id: Option<OrganizationId>,
    /// Its users.
    pub users: BTreeMap<UserId, PartnerUser>,
    /// How often each person was taken out: keys of an earlier stay stay dead.
    pub removals: BTreeMap<UserId, u32>,
    /// Its advanced branding.
    pub branding: Option<Branding>,
    /// Whether it is suspended.
    pub suspended: bool,
}

/// A user of a partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartnerUser {
    /// What the user may do.
    pub role: PartnerRole,
    /// Name of the person; an invitation can go there.
    pub name: Personal<Name>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
}

impl Registered {
    /// Tells whether somebody was a user and is no more.
    pub fn is_former_user(&self, user_id: UserId) -> bool {
        self.removals.contains_key(&user_id) && !self.users.contains_key(&user_id)
    }

    /// Returns which stay of a person it is: how often the person was taken out before.
    pub fn stay_of(&self, user_id: UserId) -> u32 {
        self.removals.get(&user_id).copied().unwrap_or(0)
    }
}

impl Partner {
    /// Tells whether it exists and may act.
    pub fn is_active(&self) -> bool {
        self.registered.as_ref().is_some_and(|registered| !registered.suspended)
    }
}

impl Decide for Partner {
    fn decide(&self, command: PartnerCommand) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        let exists = || self.existing();
        match command {
            PartnerCommand::Register { id, data, parent_active } => self.register(id, data, parent_active),
            PartnerCommand::AddUser { user_id, data } => exists()?.add_user(user_id, data),
            PartnerCommand::ChangeUserRole(change) => exists()?.change_role(&change),
            PartnerCommand::RemoveUser(remove) => exists()?.remove_user(&remove),
            PartnerCommand::EraseUser { user_id } => {
                // Who is no user has nothing to be taken out of.
                Ok(exists()?.remove_user(&RemovePartnerUser { user_id }).unwrap_or_default())
            }
            PartnerCommand::Suspend => Ok(exists()?.suspend(true)),
            PartnerCommand::Reactivate => Ok(exists()?.suspend(false)),
            PartnerCommand::SetBranding(set) => Ok(exists()?.set_branding(set.branding)),
        }
    }
}

impl Partner {
    fn register(
        &self,
        id: PartnerId,
        data: RegisterPartner,
        parent_active: Option<bool>,
    ) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        if self.registered.is_some() {
            return Err(PartnerRefusal::AlreadyRegistered(id));
        }
        if let (Some(parent_id), Some(false) | None) = (data.parent_id, parent_active) {
            return Err(PartnerRefusal::ParentUnavailable(parent_id));
        }
        let RegisterPartner { name, country, region, parent_id, home_organization_id } = data;
        Ok(vec![
            PartnerRegistered { partner_id: id, name, country, region, parent_id, home_organization_id }
                .into(),
        ])
    }
}

impl Registered {
    fn add_user(&self, user_id: UserId, data: AddPartnerUser) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        if self.users.contains_key(&user_id) {
            return Err(PartnerRefusal::UserExists(user_id));
        }
        let person = user_id.into();
        Ok(vec![
            Box::new(PartnerUserAdded {
                partner_id: self.id,
                user_id,
                name: Personal::open(person, data.name),
                email: Personal::open(person, data.email),
                role: data.role,
            })
            .into(),
        ])
    }

    fn change_role(&self, change: &ChangePartnerUserRole) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        let ChangePartnerUserRole { user_id, role } = *change;
        let user = self.users.get(&user_id).ok_or(PartnerRefusal::NoSuchUser(user_id))?;
        if user.role == role {
            return Ok(vec![]);
        }
        Ok(vec![PartnerUserRoleChanged { partner_id: self.id, user_id, role }.into()])
    }

    fn remove_user(&self, remove: &RemovePartnerUser) -> Result<Vec<PartnerEvent>, PartnerRefusal> {
        let user_id = remove.user_id;
        if !self.users.contains_key(&user_id) {
            return Err(PartnerRefusal::NoSuchUser(user_id));
        }
        Ok(vec![PartnerUserRemoved { partner_id: self.id, user_id }.into()])
    }
}

impl Registered {
    fn suspend(&self, suspended: bool) -> Vec<PartnerEvent> {
        let partner_id = self.id;
        match (self.suspended, suspended) {
            (false, true) => vec![PartnerSuspended { partner_id }.into()],
            (true, false) => vec![PartnerReactivated { partner_id }.into()],
            (true, true) | (false, false) => vec![],
        }
    }

    fn set_branding(&self, branding: Option<Branding>) -> Vec<PartnerEvent> {
        let changed = self.branding != branding;
        changed.then(|| BrandingSet { partner_id: self.id, branding }.into()).into_iter().collect()
    }
}

impl Aggregate for Partner {
    const TYPE: &'static str = "partner";
    type Command = PartnerCommand;
    type Event = PartnerEvent;
    type Error = PartnerRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: PartnerCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PartnerRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: PartnerEvent) {
        if let PartnerEvent::Registered(event) = event {
            let PartnerRegistered { partner_id: id, name, country, region, parent_id, home_organization_id } =
                event;
            let users = BTreeMap::new();
            let (removals, branding, suspended) = (BTreeMap::new(), None, false);
            self.registered = Some(Registered {
                id,
                name,
                country,
                region,
                parent_id,
                home_organization_id,
                users,
                removals,
                branding,
                suspended,
            });
        } else if let Some(registered) = &mut self.registered {
            registered.apply(event);
        }
    }
}

impl Registered {
    fn apply(&mut self, event: PartnerEvent) {
        match event {
            PartnerEvent::Registered(_) => {}
            PartnerEvent::UserAdded(event) => {
                let PartnerUserAdded { user_id, name, email, role, .. } = *event;
                self.users.insert(user_id, PartnerUser { role, name, email });
            }
            PartnerEvent::UserRoleChanged(event) => {
                if let Some(user) = self.users.get_mut(&event.user_id) {
                    user.role = event.role;
                }
            }
            PartnerEvent::UserRemoved(event) => {
                self.users.remove(&event.user_id);
                *self.removals.entry(event.user_id).or_default() += 1;
            }
            PartnerEvent::BrandingSet(event) => self.branding = event.branding,
            PartnerEvent::Suspended(_) => self.suspended = true,
            PartnerEvent::Reactivated(_) => self.suspended = false,
        }
    }
}

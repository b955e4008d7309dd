//! What an organization decides about its directory entry, its licenses and its people.

use std::collections::BTreeMap;

use super::{
    Create, Created, DomainClaimed, DomainSet, DomainVerified, License, LicenseSet, LicenseState, Member,
    MemberAdded, MemberRole, NewMember, Organization, OrganizationActivated, OrganizationCommand,
    OrganizationCreated, OrganizationEvent, OrganizationRefusal, OrganizationRegistered, UsersCounted,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, InvitationId, UserId};
use crate::stream::Decide;
use crate::values::DomainName;

pub(super) type Decision = Result<Vec<OrganizationEvent>, OrganizationRefusal>;

impl Decide for Organization {
    fn decide(&self, command: OrganizationCommand) -> Decision {
        let exists = || self.existing();
        match command {
            OrganizationCommand::Create(create) => self.create(*create),
            OrganizationCommand::Register(event) => self.register(*event),
            OrganizationCommand::SetLicense(license) => Ok(exists()?.set_license(license)),
            OrganizationCommand::ProvisionLicense(license) => Ok(exists()?.provision_license(license)),
            OrganizationCommand::SetLicenseState { customer_id, packages, state } => {
                let created = self.created.as_ref();
                Ok(created.map(|it| it.set_license_state(customer_id, &packages, state)).unwrap_or_default())
            }
            OrganizationCommand::CancelLicense { customer_id, package, license_id } => {
                Ok(self.created.as_ref().map_or_else(Vec::new, |created| {
                    created.cancel_license(customer_id, package, license_id.as_deref())
                }))
            }
            OrganizationCommand::Release { customer_id, partner_id } => Ok(self
                .created
                .as_ref()
                .map_or_else(Vec::new, |created| created.release(customer_id, partner_id))),
            OrganizationCommand::VerifyDomain { domain } => Ok(exists()?.verify(domain)),
            OrganizationCommand::ClaimDomain { domain } => exists()?.claim(domain),
            OrganizationCommand::AddMembers { members, user_count, invitation_id } => {
                exists()?.add_members(members, user_count, invitation_id)
            }
            OrganizationCommand::Settle { subscriber_id, member } => {
                Ok(exists()?.settle(subscriber_id, *member))
            }
            OrganizationCommand::Unsettle { subscriber_id } => {
                Ok(self.created.as_ref().map(|it| it.unsettle(subscriber_id)).unwrap_or_default())
            }
            OrganizationCommand::Depart { email_hash } => {
                Ok(self.created.as_ref().map(|it| it.depart(&email_hash)).unwrap_or_default())
            }
            OrganizationCommand::Manage(command) => exists()?.manage(*command),
            OrganizationCommand::Attach(command) => exists()?.decide_attach(command),
        }
    }
}

impl Organization {
    fn create(&self, create: Create) -> Decision {
        match &self.created {
            Some(created) if created.is_as(&create) => return Ok(vec![]),
            Some(created) => return Err(OrganizationRefusal::AlreadyExists(created.id)),
            None => {}
        }
        let Create { id, name, country, language, created_by, customer_id, authentication } = create;
        let customer_id = Some(customer_id);
        let organization_id = id;
        Ok(vec![
            OrganizationCreated {
                organization_id,
                name,
                country,
                language,
                created_by,
                customer_id,
                authentication,
            }
            .into(),
        ])
    }

    fn register(&self, event: OrganizationRegistered) -> Decision {
        if let Some(created) = &self.created {
            return Err(OrganizationRefusal::AlreadyExists(created.id));
        }
        // R76: what is claimed was verified before.
        if let Some(domain) =
            event.claimed_domains.iter().find(|domain| !event.verified_domains.contains(domain))
        {
            return Err(OrganizationRefusal::DomainNotVerified(domain.clone()));
        }
        Ok(vec![Box::new(event).into()])
    }
}

impl Created {
    fn is_as(&self, create: &Create) -> bool {
        self.id == create.id
            && self.name == create.name
            && self.country == create.country
            && self.created_by == Some(create.created_by)
    }

    pub(super) fn set_license(&self, license: License) -> Vec<OrganizationEvent> {
        if self.licenses.contains(&license) {
            return vec![];
        }
        let License { package, customer_id, state, quantity, license_id } = license;
        let organization_id = self.id;
        vec![LicenseSet { organization_id, package, customer_id, state, quantity, license_id }.into()]
    }

    fn set_license_state(
        &self,
        customer_id: CustomerId,
        packages: &[Package],
        state: LicenseState,
    ) -> Vec<OrganizationEvent> {
        let of_customer = self.licenses.iter().filter(|license| {
            license.customer_id == Some(customer_id)
                && packages.contains(&license.package)
                && license.state != LicenseState::Cancelled
        });
        of_customer.flat_map(|license| self.set_license(License { state, ..license.clone() })).collect()
    }

    fn verify(&self, domain: DomainName) -> Vec<OrganizationEvent> {
        if self.domains.get(&domain).is_some_and(|known| known.verified) {
            return vec![];
        }
        vec![DomainVerified(DomainSet { organization_id: self.id, domain }).into()]
    }

    fn claim(&self, domain: DomainName) -> Decision {
        match self.domains.get(&domain) {
            Some(known) if known.claimed => Ok(vec![]),
            Some(known) if known.verified => {
                Ok(vec![DomainClaimed(DomainSet { organization_id: self.id, domain }).into()])
            }
            _ => Err(OrganizationRefusal::DomainNotVerified(domain)),
        }
    }

    /// Tells whether an accepted invitation still makes its person a member: whoever was taken out since it was issued
    /// needs a newer one.
    fn honours(&self, user_id: UserId, invitation_id: Option<InvitationId>) -> bool {
        let newest = || self.invited.get(&user_id).copied() == invitation_id;
        invitation_id.is_none() || !self.is_former_member(user_id) || newest()
    }

    /// Whoever is a member when an invitation is accepted loses nothing by it: that report is never refused.
    fn raised(&self, member: NewMember, invitation_id: Option<InvitationId>) -> NewMember {
        let administers =
            || self.members.get(&member.user_id).is_some_and(|known| known.role == MemberRole::OrgAdmin);
        let role = if invitation_id.is_some() && administers() { MemberRole::OrgAdmin } else { member.role };
        NewMember { role, ..member }
    }

    fn add_members(
        &self,
        members: Vec<NewMember>,
        user_count: Option<u32>,
        invitation_id: Option<InvitationId>,
    ) -> Decision {
        // Who is named twice counts once, as named last.
        let members: BTreeMap<UserId, NewMember> = members
            .into_iter()
            .filter(|member| self.honours(member.user_id, invitation_id))
            .map(|member| (member.user_id, self.raised(member, invitation_id)))
            .collect();
        let administers = |id: &UserId| {
            members.get(id).map_or_else(
                || self.members.get(id).is_some_and(|known| known.role == MemberRole::OrgAdmin),
                |named| named.role == MemberRole::OrgAdmin,
            )
        };
        let had_any = self.administrators().next().is_some();
        if had_any && !self.members.keys().chain(members.keys()).any(administers) {
            return Err(OrganizationRefusal::LastAdministrator);
        }
        let organization_id = self.id;
        let mut events: Vec<OrganizationEvent> = Vec::new();
        let mut newcomers = 0_u32;
        for mut member in members.into_values() {
            let known = self.members.get(&member.user_id);
            // Who has a password keeps it.
            member.credential_id = member.credential_id.or(known.and_then(|known| known.credential_id));
            let is_so =
                |known: &Member| known.role == member.role && known.credential_id == member.credential_id;
            if !known.is_some_and(is_so) {
                newcomers += u32::from(known.is_none());
                events.push(member_added(self, member).into());
            }
        }
        let has_admin = |event: &OrganizationEvent| matches!(event, OrganizationEvent::MemberAdded(added) if added.role == MemberRole::OrgAdmin);
        let count = user_count.unwrap_or(self.user_count.saturating_add(newcomers));
        if count != self.user_count {
            events.push(UsersCounted { organization_id, user_count: count }.into());
        }
        // R23: the first administrator makes it active.
        if !self.active && events.iter().any(has_admin) {
            events.push(OrganizationActivated { organization_id }.into());
        }
        Ok(events)
    }
}

fn member_added(organization: &Created, member: NewMember) -> Box<MemberAdded> {
    Box::new(MemberAdded {
        organization_id: organization.id,
        user_id: member.user_id,
        role: member.role,
        email: member.email,
        email_hash: member.email_hash,
        given_name: member.given_name,
        family_name: member.family_name,
        credential_id: member.credential_id,
        subscriber_id: None,
    })
}

//! How the events of an organization change it.

use std::collections::BTreeMap;

use super::{
    App, AppIdCreated, AttachRef, Created, Grant, GrantGiven, License, LicenseSet, Member, MemberAdded,
    MemberRole, OpenAttach, OrganizationAttached, OrganizationEvent,
};
use crate::ids::{PartnerId, UserId};

impl Created {
    pub(super) fn apply(&mut self, event: OrganizationEvent) {
        if !matches!(event, OrganizationEvent::GrantGiven(_)) {
            self.just_attached = None;
        }
        match event {
            OrganizationEvent::Created(_)
            | OrganizationEvent::Registered(_)
            | OrganizationEvent::AttachAssessed(_)
            | OrganizationEvent::AttachApproved(_)
            // Who is refused has reserved nothing; what is open belongs to somebody else.
            | OrganizationEvent::AttachRefused(_) => {}
            OrganizationEvent::LicenseSet(event) => self.license(event),
            OrganizationEvent::DomainVerified(event) => {
                self.domains.entry(event.0.domain).or_default().verified = true;
            }
            OrganizationEvent::DomainClaimed(event) => {
                self.domains.entry(event.0.domain).or_default().claimed = true;
            }
            OrganizationEvent::MemberAdded(event) => {
                let MemberAdded { user_id, role, email, email_hash, credential_id, subscriber_id, .. } = *event;
                self.invited.remove(&user_id);
                let member = Member { role, email, email_hash, credential_id, subscriber_id };
                self.members.insert(user_id, member);
            }
            OrganizationEvent::UserInvited(event) => {
                self.invited.insert(event.user_id, event.invitation_id);
            }
            OrganizationEvent::MemberRemoved(event) => {
                self.members.remove(&event.user_id);
                *self.removals.entry(event.user_id).or_default() += 1;
            }
            OrganizationEvent::RoleAssigned(event) => self.set_role(event.user_id, event.role),
            OrganizationEvent::RoleRevoked(event) => self.set_role(event.user_id, MemberRole::OrgUser),
            OrganizationEvent::ProjectCreated(event) => {
                self.projects.insert(event.project_id, event.name);
            }
            OrganizationEvent::AppIdCreated(event) => {
                let AppIdCreated { app_id, project_id, name, .. } = event;
                self.app_ids.insert(app_id, App { project_id, name });
            }
            OrganizationEvent::SettingsSet(event) => {
                self.language = event.language;
                self.basic_branding = event.basic_branding;
            }
            OrganizationEvent::Activated(_) => self.active = true,
            OrganizationEvent::UsersCounted(event) => self.user_count = event.user_count,
            OrganizationEvent::AttachReserved(event) => self.reserve(event.attach),
            OrganizationEvent::ConsentRequested(event) => self.in_open_attach(|open| {
                open.mailing = event.mailing;
                open.requested_at = Some(event.requested_at);
                open.expires_at = Some(event.expires_at);
            }),
            OrganizationEvent::ConsentMailed(event) => {
                self.in_open_attach(|open| _ = open.mailed.insert(event.administrator, event.mailing));
            }
            OrganizationEvent::ConsentReminded(event) => self.in_open_attach(|open| {
                open.mailing = event.mailing;
                open.reminder = event.reminder;
            }),
            OrganizationEvent::ConsentResent(event) => {
                self.in_open_attach(|open| open.mailing = event.mailing);
            }
            OrganizationEvent::ConsentGranted(_) => self.in_open_attach(|open| open.expires_at = None),
            OrganizationEvent::ConsentSuperseded(_) => {
                self.in_open_attach(|open| (open.expires_at, open.superseded) = (None, true));
            }
            OrganizationEvent::ConsentDeclined(event) => {
                self.open_attach = None;
                self.relation(event.attach.partner_id).declined_at = Some(event.declined_at);
            }
            OrganizationEvent::ConsentExpired(_) | OrganizationEvent::AttachWithdrawn(_) => self.open_attach = None,
            OrganizationEvent::Attached(event) => self.attach(&event),
            OrganizationEvent::GrantGiven(event) => self.give_grant(&event),
            OrganizationEvent::GrantRevoked(event) => self.relation(event.partner_id).grant = Grant::None,
            OrganizationEvent::CustomerReleased(event) => {
                let relation = self.relation(event.partner_id);
                (relation.customer_id, relation.released) = (None, true);
            }
            OrganizationEvent::FullAccessRequested(event) => {
                self.relation(event.partner_id).full_access_asked_at = Some(event.requested_at);
            }
            OrganizationEvent::RestrictedModeDisabled(_) => self.restricted_mode = false,
        }
    }

    fn set_role(&mut self, user_id: UserId, role: MemberRole) {
        if let Some(member) = self.members.get_mut(&user_id) {
            member.role = role;
        }
    }

    fn license(&mut self, event: LicenseSet) {
        let LicenseSet { package, customer_id, state, quantity, license_id, .. } = event;
        self.licenses.retain(|known| (known.package, known.customer_id) != (package, customer_id));
        self.licenses.push(License { package, customer_id, state, quantity, license_id });
    }

    fn relation(&mut self, partner_id: PartnerId) -> &mut super::Relation {
        self.partners.entry(partner_id).or_default()
    }

    /// Events of older stores do not say what a grant comes with: the lesser access always came with an attach, and full
    /// access did if it followed right behind one that nobody had overtaken.
    fn give_grant(&mut self, event: &GrantGiven) {
        let attached = self.just_attached == Some(event.partner_id);
        let relation = self.relation(event.partner_id);
        let unsaid = relation.customer_id.filter(|_| attached || event.grant == Grant::ProvisioningAdmin);
        (relation.grant, relation.grant_of) = (event.grant, event.customer_id.or(unsaid));
    }

    fn in_open_attach(&mut self, change: impl FnOnce(&mut OpenAttach)) {
        if let Some(open) = &mut self.open_attach {
            change(open);
        }
    }

    fn reserve(&mut self, attach: AttachRef) {
        self.open_attach = Some(OpenAttach {
            attach,
            requested_at: None,
            mailing: 0,
            mailed: BTreeMap::new(),
            reminder: 0,
            expires_at: None,
            superseded: false,
        });
    }

    fn attach(&mut self, event: &OrganizationAttached) {
        let overtaken = self.open_attach.take().is_some_and(|open| open.superseded);
        self.just_attached = (!overtaken).then_some(event.attach.partner_id);
        let relation = self.relation(event.attach.partner_id);
        relation.customer_id = Some(event.attach.customer_id);
        relation.declined_at = None;
        relation.released = false;
    }
}

//! What an organization decides about members who are subscribers of a customer: who comes with a provisioned subscriber,
//! who goes with it, and who moves to another organization.

use super::{
    Created, Member, MemberAdded, MemberRemoved, MemberRole, NewMember, OrganizationEvent, UsersCounted,
};
use crate::ids::{SubscriberId, UserId};

impl Created {
    /// Makes a subscriber a member; whoever is one already stays as before. A subscriber activates nothing: the terms are
    /// accepted with an invitation (R21).
    pub(super) fn settle(&self, subscriber_id: SubscriberId, member: NewMember) -> Vec<OrganizationEvent> {
        if self.member_with(&member.user_id, &member.email_hash).is_some() {
            return vec![];
        }
        let organization_id = self.id;
        let added = MemberAdded {
            organization_id,
            user_id: member.user_id,
            role: member.role,
            email: member.email,
            email_hash: member.email_hash,
            given_name: member.given_name,
            family_name: member.family_name,
            credential_id: member.credential_id,
            subscriber_id: Some(subscriber_id),
        };
        let user_count = self.user_count.saturating_add(1);
        vec![Box::new(added).into(), UsersCounted { organization_id, user_count }.into()]
    }

    /// Ends the membership that a subscriber brought; one that was there before stays.
    pub(super) fn unsettle(&self, subscriber_id: SubscriberId) -> Vec<OrganizationEvent> {
        let brought = |(_, member): &(&UserId, &Member)| member.subscriber_id == Some(subscriber_id);
        self.members
            .iter()
            .find(brought)
            .map(|(user_id, member)| self.without(*user_id, member))
            .unwrap_or_default()
    }

    /// Lets somebody go who has moved to another organization.
    pub(super) fn depart(&self, email_hash: &str) -> Vec<OrganizationEvent> {
        let known = self.members.iter().find(|(_, member)| member.email_hash == email_hash);
        known.map(|(user_id, member)| self.without(*user_id, member)).unwrap_or_default()
    }

    /// Returns what the member with an address is.
    pub fn role_of(&self, email_hash: &str) -> Option<MemberRole> {
        self.members.values().find(|member| member.email_hash == email_hash).map(|member| member.role)
    }

    fn member_with(&self, user_id: &UserId, email_hash: &str) -> Option<&Member> {
        let same = || self.members.values().find(|member| member.email_hash == email_hash);
        self.members.get(user_id).or_else(same)
    }

    /// An active organization is not left without its last administrator by what happens elsewhere.
    fn without(&self, user_id: UserId, member: &Member) -> Vec<OrganizationEvent> {
        if self.active && self.administrators().eq([user_id]) {
            return vec![];
        }
        let (organization_id, email_hash) = (self.id, member.email_hash.clone());
        let mut events = vec![MemberRemoved { organization_id, user_id, email_hash }.into()];
        if let Some(user_count) = self.user_count.checked_sub(1) {
            events.push(UsersCounted { organization_id, user_count }.into());
        }
        events
    }
}

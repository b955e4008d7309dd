//! Members of an organization who are subscribers of a customer.

use super::super::{Member, MemberRole, OrganizationCommand, OrganizationRefusal};
use super::manage::{add, after, email, invitation, made_for_partner, registered, types, user};
use crate::ids::SubscriberId;
use crate::organization::{NewMember, Organization};
use uuid::Uuid;

fn subscriber(n: u128) -> SubscriberId {
    SubscriberId::from_uuid(Uuid::from_u128(900 + n))
}

fn settle(n: u128, role: MemberRole) -> OrganizationCommand {
    let member = NewMember {
        user_id: user(n),
        role,
        email: email(n),
        email_hash: format!("hash {n}"),
        given_name: None,
        family_name: None,
        credential_id: None,
    };
    OrganizationCommand::Settle { subscriber_id: subscriber(n), member: Box::new(member) }
}

fn unsettle(n: u128) -> OrganizationCommand {
    OrganizationCommand::Unsettle { subscriber_id: subscriber(n) }
}

fn depart(n: u128) -> OrganizationCommand {
    OrganizationCommand::Depart { email_hash: format!("hash {n}") }
}

fn member(organization: &Organization, n: u128) -> Option<Member> {
    organization.created.as_ref().and_then(|created| created.members.get(&user(n)).cloned())
}

const LEAVES: Result<Vec<&str>, OrganizationRefusal> = Ok(vec![]);

#[test]
fn r63_a_subscriber_becomes_a_member_once_and_goes_with_its_subscription() {
    let settled = after(registered(), settle(1, MemberRole::OrgUser));
    assert_eq!(member(&settled, 1).map(|member| member.role), Some(MemberRole::OrgUser));
    assert_eq!(types(&settled, settle(1, MemberRole::OrgUser)), LEAVES, "twice is once");
    let expected = vec!["organization.member_removed", "organization.users_counted"];
    assert_eq!(types(&settled, unsettle(1)), Ok(expected));
    assert_eq!(types(&after(settled, unsettle(1)), unsettle(1)), LEAVES, "again");
}

#[test]
fn r106_who_is_a_member_stays_one_as_before() {
    let administrator = registered();
    assert_eq!(types(&administrator, settle(0, MemberRole::OrgUser)), LEAVES);
    assert_eq!(types(&administrator, unsettle(0)), LEAVES, "the membership is its own");
    let user = after(registered(), add(1, MemberRole::OrgUser, None));
    assert_eq!(types(&user, settle(1, MemberRole::OrgAdmin)), LEAVES, "and nobody is raised");
}

#[test]
fn who_accepts_an_invitation_later_stays_without_the_subscription() {
    let settled = after(registered(), settle(1, MemberRole::OrgUser));
    let accepted = after(settled, add(1, MemberRole::OrgUser, Some(invitation(1))));
    assert_eq!(types(&accepted, unsettle(1)), LEAVES);
}

#[test]
fn r21_a_subscriber_activates_no_organization() {
    let settled = after(made_for_partner(), settle(1, MemberRole::OrgAdmin));
    assert!(!settled.created.as_ref().expect("is there").is_active());
    let accepted = after(settled, add(1, MemberRole::OrgAdmin, Some(invitation(1))));
    assert!(accepted.created.as_ref().expect("is there").is_active(), "the invitation does");
}

#[test]
fn who_moves_away_is_gone_unless_nobody_else_administers() {
    let two = after(registered(), add(1, MemberRole::OrgUser, None));
    assert_eq!(member(&after(two.clone(), depart(1)), 1), None);
    assert_eq!(types(&two, depart(0)), LEAVES, "the last administrator stays");
    assert_eq!(types(&two, depart(7)), LEAVES, "is nobody here");
    let other = after(two, add(2, MemberRole::OrgAdmin, None));
    assert_eq!(member(&after(other, depart(0)), 0), None);
}

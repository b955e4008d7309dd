//! An organization's people, its projects and app IDs, and who manages them.

use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::{
    Administrator, AttachRefusal, Change, Create, Grant, GrantGiven, Invite, Manage, ManageRefusal, Manager,
    MemberRole, NewMember, Organization, OrganizationCommand, OrganizationEvent, OrganizationRefusal,
    OrganizationRegistered,
};
use crate::event::EventSet;
use crate::ids::{
    AppId, CredentialId, CustomerId, InvitationId, OrganizationId, PartnerId, PersonId, ProjectId, UserId,
};
use crate::limits::{APP_IDS_MAX, PROJECTS_MAX};
use crate::personal::Personal;
use crate::process::{AttachOrganization, AttachTask, Process};
use crate::refusal::{Refusal, RefusalKind};
use crate::stream::Decide;
use crate::values::{EmailAddress, Name};

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn id() -> OrganizationId {
    OrganizationId::from_uuid(uuid(1))
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(uuid(2))
}

pub(super) fn user(n: u128) -> UserId {
    UserId::from_uuid(uuid(100 + n))
}

pub(super) fn invitation(n: u128) -> InvitationId {
    InvitationId::from_uuid(uuid(200 + n))
}

pub(super) fn email(n: u128) -> Personal<EmailAddress> {
    let address = format!("person{n}@works.example").parse().expect("is an address");
    Personal::open(PersonId::from(user(n)), address)
}

fn name(text: &str) -> Name {
    text.parse().expect("is a name")
}

/// An organization that was there, with one administrator, who is person 0.
pub(super) fn registered() -> Organization {
    let administrator = Administrator { user_id: user(0), email: email(0), email_hash: "hash 0".to_owned() };
    let mut organization = Organization::default();
    organization.apply(
        Box::new(OrganizationRegistered {
            organization_id: id(),
            name: name("Example Works"),
            country: "SE".parse().expect("is a country"),
            user_count: 5,
            verified_domains: vec![],
            claimed_domains: vec![],
            trial: false,
            licenses: vec![],
            administrators: vec![administrator],
            managed_by: vec![],
            authentication: None,
            restricted_mode: false,
            basic_branding: false,
        })
        .into(),
    );
    organization
}

/// An organization that was created for the partner, before anybody has accepted.
pub(super) fn made_for_partner() -> Organization {
    let create = OrganizationCommand::Create(Box::new(Create {
        id: id(),
        name: name("Example Retail"),
        country: "DE".parse().expect("is a country"),
        language: None,
        created_by: partner(),
        customer_id: CustomerId::from_uuid(uuid(3)),
        authentication: None,
    }));
    after(Organization::default(), create)
}

fn granted(grant: Grant) -> Organization {
    let mut organization = registered();
    organization
        .apply(GrantGiven { organization_id: id(), partner_id: partner(), grant, customer_id: None }.into());
    organization
}

pub(super) fn after(mut organization: Organization, command: OrganizationCommand) -> Organization {
    for event in organization.decide(command).expect("is allowed") {
        organization.apply(event);
    }
    organization
}

fn own(change: Change) -> OrganizationCommand {
    Manage { by: Manager::Own, change }.into()
}

fn of_partner(console_access: bool, change: Change) -> OrganizationCommand {
    Manage { by: Manager::Partner { partner_id: partner(), console_access }, change }.into()
}

fn invite(n: u128, ended: Option<InvitationId>) -> Change {
    Change::Invite(Box::new(Invite {
        invitation_id: invitation(n),
        user_id: user(n),
        role: MemberRole::OrgUser,
        email: email(n),
        name: None,
        ended,
        brand_name: name("Example Voice"),
        language: "en".parse().expect("is a language"),
    }))
}

pub(super) fn add(n: u128, role: MemberRole, invitation_id: Option<InvitationId>) -> OrganizationCommand {
    let member = NewMember {
        user_id: user(n),
        role,
        email: email(n),
        email_hash: format!("hash {n}"),
        given_name: None,
        family_name: None,
        credential_id: Some(CredentialId::from_uuid(uuid(300 + n))),
    };
    OrganizationCommand::AddMembers { members: vec![member], user_count: None, invitation_id }
}

fn project(n: u128, named: &str) -> Change {
    Change::CreateProject { id: ProjectId::from_uuid(uuid(1000 + n)), name: name(named) }
}

fn app(n: u128, project: Option<u128>, named: &str) -> Change {
    let project_id = project.map(|n| ProjectId::from_uuid(uuid(1000 + n)));
    Change::CreateAppId { id: AppId::from_uuid(uuid(5000 + n)), project_id, name: name(named) }
}

pub(super) fn types(
    organization: &Organization,
    command: OrganizationCommand,
) -> Result<Vec<&'static str>, OrganizationRefusal> {
    Ok(organization.decide(command)?.iter().map(EventSet::type_name).collect())
}

fn refusal(organization: &Organization, command: OrganizationCommand) -> OrganizationRefusal {
    organization.decide(command).expect_err("is refused")
}

#[test]
fn r24_an_administrator_invites_a_person_once() {
    let organization = registered();
    assert_eq!(types(&organization, own(invite(1, None))), Ok(vec!["organization.user_invited"]));
    let organization = after(organization, own(invite(1, None)));
    let again = refusal(&organization, own(invite(1, None)));
    assert_eq!(again, ManageRefusal::Invited(invitation(1)).into());
    assert_eq!((again.code(), again.kind()), ("already_invited", RefusalKind::Conflict));
}

#[test]
fn a_person_whose_invitation_has_ended_is_invited_again() {
    let organization = after(registered(), own(invite(1, None)));
    assert!(organization.decide(own(invite(1, Some(invitation(1))))).is_ok());
    // What is known to have ended must be the last one.
    assert!(organization.decide(own(invite(1, Some(invitation(9))))).is_err());
}

#[test]
fn r24_a_member_is_not_invited() {
    let refused = refusal(&registered(), own(invite(0, None)));
    assert_eq!(refused, ManageRefusal::MemberExists(user(0)).into());
    assert_eq!(refused.remedies(), ["change what the member may do with AssignRole"]);
}

#[test]
fn nobody_is_invited_before_the_first_administrator_has_accepted() {
    let refused = refusal(&made_for_partner(), of_partner(true, invite(1, None)));
    assert_eq!(refused, AttachRefusal::NotActive.into());
}

#[test]
fn r24_a_member_is_given_a_role_and_loses_it() {
    let organization = after(registered(), add(1, MemberRole::OrgUser, None));
    let assign = Change::AssignRole { user_id: user(1), role: MemberRole::OrgAdmin };
    assert_eq!(types(&organization, own(assign.clone())), Ok(vec!["organization.role_assigned"]));
    let organization = after(organization, own(assign.clone()));
    assert_eq!(types(&organization, own(assign)), Ok(vec![]), "it is so already");
    let revoke = Change::RevokeRole { user_id: user(1), role: MemberRole::OrgAdmin };
    assert_eq!(types(&organization, own(revoke.clone())), Ok(vec!["organization.role_revoked"]));
    let organization = after(organization, own(revoke.clone()));
    assert_eq!(types(&organization, own(revoke)), Ok(vec![]));
    let user_role = Change::RevokeRole { user_id: user(1), role: MemberRole::OrgUser };
    assert_eq!(refusal(&organization, own(user_role)), ManageRefusal::RoleNotRevocable.into());
}

#[test]
fn the_last_administrator_stays_one() {
    let organization = after(registered(), add(1, MemberRole::OrgUser, None));
    for change in [
        Change::Remove { user_id: user(0) },
        Change::RevokeRole { user_id: user(0), role: MemberRole::OrgAdmin },
        Change::AssignRole { user_id: user(0), role: MemberRole::OrgUser },
    ] {
        assert_eq!(refusal(&organization, own(change)), OrganizationRefusal::LastAdministrator);
    }
}

#[test]
fn a_member_who_is_taken_out_is_counted_no_more() {
    let organization = after(registered(), add(1, MemberRole::OrgUser, None));
    let remove = Change::Remove { user_id: user(1) };
    let events = types(&organization, own(remove.clone()));
    assert_eq!(events, Ok(vec!["organization.member_removed", "organization.users_counted"]));
    let organization = after(organization, own(remove.clone()));
    let created = organization.created.as_ref().expect("it is there");
    assert_eq!((created.user_count, created.members.len()), (5, 1));
    assert!(created.is_former_member(user(1)));
    assert_eq!(refusal(&organization, own(remove)), ManageRefusal::NoSuchMember(user(1)).into());
}

#[test]
fn whoever_is_taken_in_again_has_another_stay() {
    let organization = after(registered(), add(1, MemberRole::OrgUser, None));
    let organization = after(organization, own(Change::Remove { user_id: user(1) }));
    let organization = after(organization, add(1, MemberRole::OrgUser, None));
    let created = organization.created.expect("it is there");
    assert!(!created.is_former_member(user(1)));
    assert_eq!((created.stay_of(user(0)), created.stay_of(user(1))), (0, 1));
}

#[test]
fn whoever_is_erased_is_taken_out_also_as_the_last_administrator() {
    let erase = Change::Erase { user_id: user(0) };
    let events = types(&registered(), own(erase.clone()));
    assert_eq!(events, Ok(vec!["organization.member_removed", "organization.users_counted"]));
    let organization = after(registered(), own(erase.clone()));
    assert_eq!(types(&organization, own(erase)), Ok(vec![]), "a report that is repeated changes nothing");
    assert!(organization.created.expect("it is there").administrators().next().is_none());
}

#[test]
fn an_old_invitation_brings_nobody_back_who_was_taken_out() {
    let organization = after(registered(), own(invite(1, None)));
    let organization = after(organization, add(1, MemberRole::OrgUser, Some(invitation(1))));
    let organization = after(organization, own(Change::Remove { user_id: user(1) }));
    let late = add(1, MemberRole::OrgUser, Some(invitation(1)));
    assert_eq!(types(&organization, late.clone()), Ok(vec![]));
    let organization = after(organization, own(invite(1, None)));
    assert_eq!(
        types(&organization, late),
        Ok(vec!["organization.member_added", "organization.users_counted"]),
        "the newest invitation counts"
    );
}

#[test]
fn an_administrator_who_accepts_an_invitation_stays_one() {
    let late = add(0, MemberRole::OrgUser, Some(invitation(1)));
    let organization = after(registered(), late);
    assert!(organization.created.expect("it is there").administrators().eq([user(0)]));
}

#[test]
fn r69_a_partner_with_full_access_manages_people() {
    let organization = granted(Grant::FullAdmin);
    for change in [invite(1, None), project(1, "One"), app(1, None, "One")] {
        assert!(organization.decide(of_partner(false, change)).is_ok());
    }
}

#[test]
fn r69_r79_less_than_full_access_is_not_enough() {
    let organization = granted(Grant::ProvisioningAdmin);
    // A setting of the partner's own gives no access to an organization that was there.
    for console_access in [false, true] {
        let refused = refusal(&organization, of_partner(console_access, invite(1, None)));
        assert_eq!(refused, ManageRefusal::NoFullAccess.into());
        assert_eq!((refused.code(), refused.kind()), ("full_access_missing", RefusalKind::Forbidden));
        assert_eq!(refused.rules(), ["R69", "R79", "R81", "R82"]);
        assert!(refused.remedies()[0].contains("RequestFullAccess"));
    }
}

#[test]
fn r69_d16_the_console_lets_a_partner_manage_an_organization_that_was_made_for_it() {
    let organization = after(made_for_partner(), add(0, MemberRole::OrgAdmin, None));
    assert!(organization.decide(of_partner(true, invite(1, None))).is_ok());
    let refused = refusal(&organization, of_partner(false, invite(1, None)));
    assert_eq!(refused, ManageRefusal::NoFullAccess.into());
}

#[test]
fn an_organization_that_is_nothing_to_a_partner_does_not_exist_for_it() {
    assert_eq!(refusal(&registered(), of_partner(true, invite(1, None))), OrganizationRefusal::NotFound);
}

#[test]
fn r3_names_are_unique_within_their_parent() {
    let mut organization = after(registered(), own(project(1, "One")));
    let taken = refusal(&organization, own(project(2, "One")));
    assert_eq!(taken.code(), "project_name_taken");
    organization = after(organization, own(app(1, None, "App")));
    organization = after(organization, own(app(2, Some(1), "App")));
    assert_eq!(refusal(&organization, own(app(3, None, "App"))).code(), "app_id_name_taken");
    assert_eq!(refusal(&organization, own(app(3, Some(1), "App"))).code(), "app_id_name_taken");
    assert_eq!(refusal(&organization, own(app(3, Some(9), "App"))).code(), "project_not_found");
}

#[test]
fn projects_and_app_ids_are_bounded() {
    let mut organization = registered();
    for n in 0..PROJECTS_MAX as u128 {
        organization = after(organization, own(project(n, &format!("Project {n}"))));
    }
    assert_eq!(refusal(&organization, own(project(9999, "One more"))).code(), "organization_full");
    for n in 0..APP_IDS_MAX as u128 {
        organization = after(organization, own(app(n, None, &format!("App {n}"))));
    }
    assert_eq!(refusal(&organization, own(app(9999, None, "One more"))).code(), "organization_full");
}

#[test]
fn settings_that_are_left_out_stay() {
    let language = Some("sv".parse().expect("is a language"));
    let set = Change::SetSettings { language: language.clone(), basic_branding: None };
    let organization = after(registered(), own(set.clone()));
    assert_eq!(types(&organization, own(set)), Ok(vec![]));
    let organization =
        after(organization, own(Change::SetSettings { language: None, basic_branding: Some(true) }));
    let created = organization.created.expect("it is there");
    assert_eq!((created.language, created.basic_branding), (language, true));
}

#[test]
fn whoever_administers_no_more_is_not_written_to() {
    let mut organization = registered();
    let mut known = <AttachOrganization as Process>::State::default();
    let mut log: Vec<OrganizationEvent> = Vec::new();
    for command in [
        add(1, MemberRole::OrgUser, None),
        own(Change::AssignRole { user_id: user(1), role: MemberRole::OrgAdmin }),
        own(Change::Remove { user_id: user(0) }),
    ] {
        let events = organization.decide(command).expect("is allowed");
        log.extend(events.clone());
        for event in events {
            organization.apply(event);
        }
    }
    let registered = OrganizationEvent::Registered(Box::new(OrganizationRegistered {
        organization_id: id(),
        name: name("Example Works"),
        country: "SE".parse().expect("is a country"),
        user_count: 5,
        verified_domains: vec![],
        claimed_domains: vec![],
        trial: false,
        licenses: vec![],
        administrators: vec![Administrator {
            user_id: user(0),
            email: email(0),
            email_hash: "hash 0".to_owned(),
        }],
        managed_by: vec![],
        authentication: None,
        restricted_mode: false,
        basic_branding: false,
    }));
    let asked = OrganizationEvent::FullAccessRequested(super::super::FullAccessRequested {
        organization_id: id(),
        partner_id: partner(),
        partner_name: name("Example Resale"),
        administrators: vec![user(0), user(1)],
        brand_name: name("Example Voice"),
        language: "en".parse().expect("is a language"),
        requested_at: jiff::Timestamp::UNIX_EPOCH,
    });
    let mut tasks = Vec::new();
    for event in std::iter::once(registered).chain(log).chain([asked]) {
        let reaction = AttachOrganization::react(known, &event);
        known = reaction.state.expect("it goes on");
        tasks = reaction.tasks;
    }
    let [AttachTask::MailFullAccess { mail }] = &tasks[..] else { panic!("{tasks:?}") };
    assert_eq!(mail.administrator, user(1));
}

/// What may be asked about five people.
fn commands() -> impl Strategy<Value = OrganizationCommand> {
    let person = 0_u128..5;
    let role = prop_oneof![Just(MemberRole::OrgAdmin), Just(MemberRole::OrgUser)];
    let ended = proptest::option::of(0_u128..5);
    prop_oneof![
        (person.clone(), ended.clone()).prop_map(|(n, ended)| own(invite(n, ended.map(invitation)))),
        (person.clone(), role.clone(), ended).prop_map(|(n, role, accepted)| add(
            n,
            role,
            accepted.map(invitation)
        )),
        person.clone().prop_map(|n| own(Change::Remove { user_id: user(n) })),
        (person.clone(), role.clone())
            .prop_map(|(n, role)| own(Change::AssignRole { user_id: user(n), role })),
        (person, role).prop_map(|(n, role)| own(Change::RevokeRole { user_id: user(n), role })),
        (0_u128..3).prop_map(|n| own(project(n, "Project"))),
        (0_u128..3, proptest::option::of(0_u128..3)).prop_map(|(n, of)| own(app(n, of, "App"))),
    ]
}

proptest! {
    #[test]
    fn an_active_organization_keeps_an_administrator_whatever_is_asked(
        from_scratch in any::<bool>(),
        commands in proptest::collection::vec(commands(), 0..40),
    ) {
        let mut organization = if from_scratch { made_for_partner() } else { registered() };
        for command in commands {
            let Ok(events) = organization.decide(command) else { continue };
            for event in events {
                organization.apply(event);
            }
            let created = organization.created.as_ref().expect("it is there");
            prop_assert!(!created.is_active() || created.administrators().next().is_some());
            prop_assert!(created.members.keys().all(|user| !created.is_former_member(*user)));
            prop_assert!(created.members.keys().all(|user| !created.invited.contains_key(user)));
        }
    }
}

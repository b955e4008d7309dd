use tenantry_domain::ids::{AppId, PersonId, ProjectId, UserId};
use tenantry_domain::organization::{
    Administrator, Change, Manage, Manager, MemberRole, NewMember, Organization, OrganizationCommand,
    OrganizationRegistered,
};
use tenantry_domain::personal::Personal;
use tenantry_domain::role::Role;
use uuid::Uuid;

use super::samples::{Log, organization, row, rows};
use crate::administrators::Administrators;
use crate::app_ids::AppIds;
use crate::organizations::Organizations;
use crate::projects::Projects;
use crate::users::Users;

fn user(n: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(n))
}

fn email(n: u128) -> Personal<tenantry_domain::values::EmailAddress> {
    let address = format!("person{n}@works.example").parse().expect("is an address");
    Personal::open(PersonId::from(user(n)), address)
}

/// An organization that grows by commands, with one administrator, who is person 1.
struct Works {
    log: Log,
    state: Organization,
}

impl Works {
    fn registered() -> Self {
        let mut works = Self { log: Log::default(), state: Organization::default() };
        works.give(OrganizationCommand::Register(Box::new(OrganizationRegistered {
            organization_id: organization(),
            name: "Example Works".parse().expect("is a name"),
            country: "SE".parse().expect("is a country"),
            user_count: 1,
            verified_domains: vec![],
            claimed_domains: vec![],
            trial: false,
            licenses: vec![],
            administrators: vec![Administrator {
                user_id: user(1),
                email: email(1),
                email_hash: "hash 1".to_owned(),
            }],
            managed_by: vec![],
            authentication: None,
            restricted_mode: false,
            basic_branding: false,
        })));
        works
    }

    fn give(&mut self, command: OrganizationCommand) {
        self.log.execute(organization().into(), &organization(), &mut self.state, command);
    }

    fn change(&mut self, change: Change) {
        self.give(Manage { by: Manager::Own, change }.into());
    }

    fn add(&mut self, n: u128) {
        let member = NewMember {
            user_id: user(n),
            role: MemberRole::OrgUser,
            email: email(n),
            email_hash: format!("hash {n}"),
            given_name: None,
            family_name: None,
            credential_id: None,
        };
        let members = vec![member];
        self.give(OrganizationCommand::AddMembers { members, user_count: None, invitation_id: None });
    }

    fn roles(&self) -> Vec<(UserId, Role)> {
        rows::<Users>(&self.log.events).into_values().map(|row| (row.id, row.role)).collect()
    }

    fn administrators(&self) -> Vec<UserId> {
        rows::<Administrators>(&self.log.events).into_values().map(|row| row.user_id).collect()
    }
}

#[test]
fn r24_members_are_shown_with_the_roles_that_they_have() {
    let mut works = Works::registered();
    works.add(2);
    assert_eq!(works.roles(), [(user(1), Role::OrgAdmin), (user(2), Role::OrgUser)]);
    works.change(Change::AssignRole { user_id: user(2), role: MemberRole::OrgAdmin });
    assert_eq!(works.roles()[1], (user(2), Role::OrgAdmin));
    assert_eq!(works.administrators(), [user(1), user(2)]);
    works.change(Change::RevokeRole { user_id: user(1), role: MemberRole::OrgAdmin });
    assert_eq!(works.roles()[0], (user(1), Role::OrgUser));
    assert_eq!(works.administrators(), [user(2)]);
    works.change(Change::Remove { user_id: user(1) });
    assert_eq!(works.roles(), [(user(2), Role::OrgAdmin)]);
    assert_eq!(row::<Organizations>(&works.log.events).user_count, 1);
}

#[test]
fn r3_projects_and_app_ids_are_shown() {
    let mut works = Works::registered();
    let (project_id, app_id) =
        (ProjectId::from_uuid(Uuid::from_u128(7)), AppId::from_uuid(Uuid::from_u128(8)));
    let name: tenantry_domain::values::Name = "Telemetry".parse().expect("is a name");
    works.change(Change::CreateProject { id: project_id, name: name.clone() });
    works.change(Change::CreateAppId { id: app_id, project_id: Some(project_id), name: name.clone() });
    works.change(Change::SetSettings {
        language: Some("sv".parse().expect("is a language")),
        basic_branding: Some(true),
    });

    let project = row::<Projects>(&works.log.events);
    let app = row::<AppIds>(&works.log.events);
    assert_eq!((project.id, project.name), (project_id, name));
    assert_eq!((app.id, app.project_id, app.organization_id), (app_id, Some(project_id), organization()));
    let row = row::<Organizations>(&works.log.events);
    assert_eq!((row.language, row.basic_branding), (Some("sv".parse().expect("is a language")), true));
}

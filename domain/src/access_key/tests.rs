use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use jiff::Timestamp;
use uuid::Uuid;

use super::{AccessKey, AccessKeyCommand, AccessKeyEvent, AccessKeyRefusal, IssueKey, KeyIssued, KeyRevoked};
use crate::ids::{AccessKeyId, OrganizationId, PartnerId, PersonId};
use crate::personal::Personal;
use crate::role::Role;
use crate::tenant::TenantId;

const NOW_US: i64 = 1_700_000_000_000_000;

fn id() -> AccessKeyId {
    AccessKeyId::from_uuid(Uuid::from_u128(1))
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(2))
}

fn organization() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(3))
}

fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(4))
}

fn moment(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).expect("is a moment")
}

fn request(role: Role) -> IssueKey {
    IssueKey {
        role,
        partner_id: None,
        organization_id: None,
        name: "Billing export".parse().expect("is a name"),
        email: None,
        expires_at: None,
    }
}

fn issue(tenant: TenantId, data: IssueKey) -> AccessKeyCommand {
    let person = data.email.as_ref().map(|_| person());
    let verifier = "c2VjcmV0".to_owned();
    AccessKeyCommand::Issue {
        id: id(),
        tenant,
        data: Box::new(data),
        verifier,
        person,
        stay: 0,
        now_us: NOW_US,
    }
}

fn issued() -> AccessKeyEvent {
    Box::new(KeyIssued {
        key_id: id(),
        tenant: partner().into(),
        role: Role::Service,
        name: "Billing export".parse().expect("is a name"),
        email: None,
        stay: 0,
        expires_at: Some(moment(NOW_US + 1)),
        verifier: "c2VjcmV0".to_owned(),
    })
    .into()
}

fn revoked() -> AccessKeyEvent {
    KeyRevoked { key_id: id() }.into()
}

fn refuses(tenant: TenantId, data: IssueKey, refusal: AccessKeyRefusal) {
    TestFramework::<AccessKey>::with(())
        .given_no_previous_events()
        .when(issue(tenant, data))
        .then_expect_error(refusal);
}

#[test]
fn a_key_is_issued() {
    let expires_at = Some(moment(NOW_US + 1));
    TestFramework::<AccessKey>::with(())
        .given_no_previous_events()
        .when(issue(
            partner().into(),
            IssueKey { partner_id: Some(partner()), expires_at, ..request(Role::Service) },
        ))
        .then_expect_events(vec![issued()]);
}

#[test]
fn the_holder_of_a_key_is_personal() {
    let email: crate::values::EmailAddress = "ops@resale.example".parse().expect("is an address");
    let AccessKeyEvent::Issued(mut body) = issued() else { unreachable!("is the issued event") };
    body.role = Role::PartnerAdmin;
    body.email = Some(Personal::open(person(), email.clone()));
    body.expires_at = None;
    TestFramework::<AccessKey>::with(())
        .given_no_previous_events()
        .when(issue(partner().into(), IssueKey { email: Some(email), ..request(Role::PartnerAdmin) }))
        .then_expect_events(vec![body.into()]);
}

#[test]
fn a_key_is_issued_once() {
    TestFramework::<AccessKey>::with(())
        .given(vec![issued()])
        .when(issue(partner().into(), request(Role::Service)))
        .then_expect_error(AccessKeyRefusal::AlreadyIssued(id()));
}

#[test]
fn each_role_exists_in_one_kind_of_tenant() {
    for role in Role::ALL {
        for tenant in [TenantId::Platform, partner().into(), organization().into()] {
            let fits = match role {
                Role::Operator => tenant.kind() == "platform",
                Role::PartnerAdmin | Role::PartnerUser | Role::Service | Role::Auditor => {
                    tenant.kind() == "partner"
                }
                Role::OrgAdmin | Role::OrgUser => tenant.kind() == "organization",
            };
            if !fits {
                refuses(tenant, request(role), AccessKeyRefusal::RoleTenantMismatch { role, tenant });
            }
        }
    }
}

#[test]
fn a_key_is_for_the_tenant_that_the_request_names() {
    let other = PartnerId::from_uuid(Uuid::from_u128(9));
    let both = IssueKey {
        partner_id: Some(partner()),
        organization_id: Some(organization()),
        ..request(Role::Service)
    };
    for data in [IssueKey { partner_id: Some(other), ..request(Role::Service) }, both] {
        refuses(partner().into(), data, AccessKeyRefusal::OtherTenant(partner().into()));
    }
}

#[test]
fn a_key_expires_in_the_future() {
    for us in [NOW_US - 1, NOW_US] {
        let expires_at = Some(moment(us));
        refuses(
            partner().into(),
            IssueKey { expires_at, ..request(Role::Service) },
            AccessKeyRefusal::ExpiryPast,
        );
    }
}

#[test]
fn a_key_is_revoked() {
    TestFramework::<AccessKey>::with(())
        .given(vec![issued()])
        .when(AccessKeyCommand::Revoke)
        .then_expect_events(vec![revoked()]);
}

#[test]
fn revoking_a_key_again_changes_nothing() {
    TestFramework::<AccessKey>::with(())
        .given(vec![issued(), revoked()])
        .when(AccessKeyCommand::Revoke)
        .then_expect_events(vec![]);
}

#[test]
fn a_key_that_does_not_exist_is_not_revoked() {
    TestFramework::<AccessKey>::with(())
        .given_no_previous_events()
        .when(AccessKeyCommand::Revoke)
        .then_expect_error(AccessKeyRefusal::NotFound);
}

#[test]
fn a_key_is_valid_until_it_expires_or_is_revoked() {
    let mut key = AccessKey::default();
    assert!(!key.is_valid_at(NOW_US));
    assert_eq!(key.verifier(), None);
    key.apply(issued());
    assert!(key.is_valid_at(NOW_US));
    assert!(!key.is_valid_at(NOW_US + 1));
    assert_eq!(key.verifier(), Some("c2VjcmV0"));
    key.apply(revoked());
    assert!(!key.is_valid_at(NOW_US));
}

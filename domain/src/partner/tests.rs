use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    AddPartnerUser, ChangePartnerUserRole, Partner, PartnerCommand, PartnerEvent, PartnerRefusal,
    PartnerRegistered, PartnerRole, RegisterPartner, RemovePartnerUser,
};
use crate::ids::{PartnerId, UserId};
use crate::stream::Decide;

fn id(n: u128) -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(n))
}

fn request(parent_id: Option<PartnerId>) -> RegisterPartner {
    RegisterPartner {
        name: "Example Resale".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        region: "eu".parse().expect("is a name"),
        parent_id,
        home_organization_id: None,
    }
}

fn registered() -> PartnerEvent {
    let RegisterPartner { name, country, region, parent_id, home_organization_id } = request(None);
    PartnerRegistered { partner_id: id(1), name, country, region, parent_id, home_organization_id }.into()
}

#[test]
fn r1_r2_a_partner_is_registered() {
    TestFramework::<Partner>::with(())
        .given_no_previous_events()
        .when(PartnerCommand::Register { id: id(1), data: request(None), parent_active: None })
        .then_expect_events(vec![registered()]);
}

#[test]
fn a_partner_is_registered_once() {
    TestFramework::<Partner>::with(())
        .given(vec![registered()])
        .when(PartnerCommand::Register { id: id(1), data: request(None), parent_active: None })
        .then_expect_error(PartnerRefusal::AlreadyRegistered(id(1)));
}

#[test]
fn r7_a_sub_partner_needs_an_active_parent() {
    TestFramework::<Partner>::with(())
        .given_no_previous_events()
        .when(PartnerCommand::Register { id: id(1), data: request(Some(id(2))), parent_active: Some(false) })
        .then_expect_error(PartnerRefusal::ParentUnavailable(id(2)));
}

fn after(mut partner: Partner, command: PartnerCommand) -> Partner {
    for event in partner.decide(command).expect("it is not refused") {
        partner.apply(event);
    }
    partner
}

#[test]
fn whoever_is_erased_is_a_user_no_more_and_has_another_stay_when_added_again() {
    let user_id = UserId::from_uuid(Uuid::from_u128(5));
    let data = AddPartnerUser {
        name: "Sam Seller".parse().expect("is a name"),
        email: "sam@resale.example".parse().expect("is an address"),
        role: PartnerRole::PartnerUser,
    };
    let add = PartnerCommand::AddUser { user_id, data };
    let register = PartnerCommand::Register { id: id(1), data: request(None), parent_active: None };
    let partner = after(after(Partner::default(), register), add.clone());

    let partner = after(partner, PartnerCommand::EraseUser { user_id });

    let registered = partner.registered.as_ref().expect("it is there");
    assert!(registered.is_former_user(user_id));
    assert_eq!(partner.decide(PartnerCommand::EraseUser { user_id }), Ok(vec![]), "a repeated report");
    let again = after(partner, add).registered.expect("it is there");
    assert_eq!((again.is_former_user(user_id), again.stay_of(user_id)), (false, 1));
}

fn any_command() -> impl Strategy<Value = PartnerCommand> {
    let user = || (1..4_u128).prop_map(|n| UserId::from_uuid(Uuid::from_u128(n)));
    let role = || proptest::sample::select(vec![PartnerRole::PartnerAdmin, PartnerRole::PartnerUser]);
    let data = |role| AddPartnerUser {
        name: "Sam Seller".parse().expect("is a name"),
        email: "sam@resale.example".parse().expect("is an address"),
        role,
    };
    let register = |parent: bool, parent_active| PartnerCommand::Register {
        id: id(1),
        data: request(parent.then(|| id(2))),
        parent_active,
    };
    prop_oneof![
        (any::<bool>(), any::<Option<bool>>()).prop_map(move |(parent, active)| register(parent, active)),
        (user(), role())
            .prop_map(move |(user_id, role)| PartnerCommand::AddUser { user_id, data: data(role) }),
        (user(), role()).prop_map(|(user_id, role)| {
            PartnerCommand::ChangeUserRole(ChangePartnerUserRole { user_id, role })
        }),
        user().prop_map(|user_id| PartnerCommand::RemoveUser(RemovePartnerUser { user_id })),
        user().prop_map(|user_id| PartnerCommand::EraseUser { user_id }),
        Just(PartnerCommand::Suspend),
        Just(PartnerCommand::Reactivate),
    ]
}

proptest! {
    #[test]
    fn whatever_a_partner_is_asked_it_is_registered_once_and_every_stay_of_a_user_is_another(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut partner = Partner::default();
        let mut stays = std::collections::BTreeMap::<UserId, u32>::new();
        let mut registrations = 0;
        for command in commands {
            let decided = partner.decide(command.clone());
            prop_assert_eq!(&decided, &partner.decide(command.clone()), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                match &event {
                    PartnerEvent::Registered(event) => {
                        registrations += 1;
                        let active = matches!(command, PartnerCommand::Register { parent_active: Some(true), .. });
                        prop_assert!(event.parent_id.is_none() || active, "R7");
                    }
                    PartnerEvent::UserAdded(event) => {
                        let registered = partner.registered.as_ref().expect("it is registered");
                        let stay = registered.stay_of(event.user_id);
                        let before = stays.insert(event.user_id, stay);
                        prop_assert!(before.is_none_or(|before| before < stay), "keys of an earlier stay stay dead");
                    }
                    PartnerEvent::UserRoleChanged(_)
                    | PartnerEvent::UserRemoved(_)
                    | PartnerEvent::BrandingSet(_)
                    | PartnerEvent::Suspended(_)
                    | PartnerEvent::Reactivated(_) => prop_assert_eq!(registrations, 1),
                }
                partner.apply(event);
            }
        }
        prop_assert!(registrations <= 1);
    }
}

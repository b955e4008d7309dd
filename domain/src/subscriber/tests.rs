use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Change, CustomerFacts, Equipment, EquipmentFault, Provision, ProvisionSubscriber, Subscriber,
    SubscriberCommand, SubscriberEvent, SubscriberRefusal, SubscriberStatus, Whereabouts,
};
use crate::catalogue::Package::{
    self, AttendantConsole, CommonAreaCalling, CxEssentials, CxPremiumAgent, WebexCalling, WebexMeetings,
    WebexSuite, WebexVoice,
};
use crate::customer::{ChangeRefusal, CustomerRefusal};
use crate::event::EventSet;
use crate::ids::{CustomerId, LocationId, OrganizationId, PartnerId, PersonId, SubscriberId};
use crate::limits::MAILINGS_MAX;
use crate::organization::MemberRole;
use crate::personal::Slot;
use crate::refusal::Refusal;
use crate::stream::Decide;
use crate::values::Name;

pub(crate) fn id() -> SubscriberId {
    SubscriberId::from_uuid(Uuid::from_u128(1))
}

fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(2))
}

fn location() -> LocationId {
    LocationId::from_uuid(Uuid::from_u128(3))
}

fn customer_id() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(4))
}

/// A customer with a new organization, created with `webex_calling`, which names nobody here as its administrator.
fn customer() -> CustomerFacts {
    CustomerFacts {
        customer_id: customer_id(),
        partner_id: PartnerId::from_uuid(Uuid::from_u128(5)),
        organization_id: OrganizationId::from_uuid(Uuid::from_u128(6)),
        name: "Example Retail".parse().expect("is a name"),
        attached: false,
        creation_level: WebexCalling.level(),
        administrator: None,
        brand_name: "Example Voice".parse().expect("is a name"),
        language: "de".parse().expect("is a language"),
    }
}

/// The same, where the person is the administrator.
fn administered() -> CustomerFacts {
    CustomerFacts { administrator: Some(person()), ..customer() }
}

fn data(packages: &[Package]) -> ProvisionSubscriber {
    let calls = packages.iter().any(|package| package.is_calling());
    ProvisionSubscriber {
        customer_id: customer_id(),
        email: "kim@customer.example".parse().expect("is an address"),
        packages: packages.to_vec(),
        first_name: "Kim".parse().expect("is a name"),
        last_name: "Caller".parse().expect("is a name"),
        location_id: calls.then(location),
        phone_number: None,
        extension: calls.then(|| "101".parse().expect("is an extension")),
    }
}

fn provision(
    data: ProvisionSubscriber,
    customer: CustomerFacts,
    whereabouts: Whereabouts,
) -> SubscriberCommand {
    SubscriberCommand::Provision(Box::new(Provision {
        id: id(),
        data,
        person: person(),
        email_hash: "hash".to_owned(),
        customer: Ok(customer),
        whereabouts,
    }))
}

fn of_packages(packages: &[Package]) -> SubscriberCommand {
    provision(data(packages), customer(), Whereabouts::default())
}

fn elsewhere() -> Whereabouts {
    Whereabouts { elsewhere: true, ..Whereabouts::default() }
}

fn pending() -> SubscriberCommand {
    provision(data(&[WebexCalling]), customer(), elsewhere())
}

fn equipment(packages: &[Package]) -> Equipment {
    let data = data(packages);
    Equipment {
        packages: packages.iter().copied().collect(),
        location_id: data.location_id,
        phone_number: data.phone_number,
        extension: data.extension,
    }
}

fn changed(known: &[Package], customer: CustomerFacts, change: impl FnOnce(&mut Change)) -> Box<Change> {
    let mut changed = Change {
        packages: None,
        location_id: None,
        phone_number: None,
        extension: None,
        known: equipment(known),
        customer: Ok(customer),
    };
    change(&mut changed);
    Box::new(changed)
}

fn to_packages(known: &[Package], packages: &[Package], customer: CustomerFacts) -> SubscriberCommand {
    SubscriberCommand::ChangePackages(changed(known, customer, |change| {
        change.packages = Some(packages.to_vec());
    }))
}

fn to_extension(known: &[Package], extension: &str) -> SubscriberCommand {
    let extension = Some(extension.parse().expect("is an extension"));
    SubscriberCommand::AssignNumber(changed(known, customer(), |change| change.extension = extension))
}

fn remove() -> SubscriberCommand {
    SubscriberCommand::Remove { customer: Ok(()) }
}

fn accept(mailing: u32) -> SubscriberCommand {
    SubscriberCommand::AcceptMigration { mailing, licensed: false }
}

fn ask_again() -> SubscriberCommand {
    SubscriberCommand::SendConsentMove { customer: Ok(Box::new(customer())) }
}

fn subscriber(commands: impl IntoIterator<Item = SubscriberCommand>) -> Subscriber {
    let mut subscriber = Subscriber::default();
    for command in commands {
        for event in subscriber.decide(command).expect("is allowed") {
            subscriber.apply(event);
        }
    }
    subscriber
}

fn decide(
    subscriber: &Subscriber,
    command: SubscriberCommand,
) -> Result<Vec<&'static str>, SubscriberRefusal> {
    Ok(subscriber.decide(command)?.iter().map(EventSet::type_name).collect())
}

fn refused(command: SubscriberCommand) -> SubscriberRefusal {
    Subscriber::default().decide(command).expect_err("is refused")
}

fn status(subscriber: &Subscriber) -> Option<SubscriberStatus> {
    subscriber.added.as_ref().map(|added| added.status)
}

fn administers(command: SubscriberCommand) -> bool {
    subscriber([command]).added.expect("is there").administrator
}

#[test]
fn r63_r67_a_person_is_provisioned_with_names_address_and_packages() {
    let events = Subscriber::default().decide(of_packages(&[WebexCalling, AttendantConsole]));
    let events = events.expect("is allowed");
    let [SubscriberEvent::Provisioned(provisioned)] = &events[..] else { panic!("{events:?}") };
    let added = &provisioned.0;
    assert_eq!(added.email.value(), Some(&data(&[]).email));
    assert_eq!(added.first_name.value().map(Name::as_str), Some("Kim"));
    assert_eq!(added.last_name.value().map(Name::as_str), Some("Caller"));
    assert_eq!(added.equipment, equipment(&[WebexCalling, AttendantConsole]));
    let there = subscriber([of_packages(&[WebexMeetings])]);
    assert_eq!(status(&there), Some(SubscriberStatus::Provisioned));
    assert_eq!(decide(&there, of_packages(&[WebexMeetings])), Err(SubscriberRefusal::AlreadyExists(id())));
}

#[test]
fn r34_a_person_is_provisioned_in_a_customer_only_and_that_has_a_template() {
    let SubscriberCommand::Provision(mut request) = of_packages(&[WebexMeetings]) else { unreachable!() };
    request.customer = Err(CustomerRefusal::NotFound);
    let refusal = refused(SubscriberCommand::Provision(request));
    assert_eq!(refusal, SubscriberRefusal::Customer(CustomerRefusal::NotFound));
    assert_eq!(refusal.code(), "customer_not_found");
}

#[test]
fn r67_a_person_has_exactly_one_base_package_and_add_ons_that_work_with_it() {
    use EquipmentFault::{BaseMissing, BasePackages, Duplicate, NotForSubscribers};
    let fault = |packages: &[Package]| {
        let refusal = refused(of_packages(packages));
        let SubscriberRefusal::Equipment(fault) = refusal else { panic!("refused otherwise: {refusal}") };
        fault
    };
    assert_eq!(fault(&[]), BasePackages(0));
    assert_eq!(fault(&[CxPremiumAgent]), BasePackages(0));
    assert_eq!(fault(&[WebexCalling, WebexSuite]), BasePackages(2));
    assert_eq!(fault(&[WebexCalling, WebexCalling]), Duplicate(WebexCalling));
    assert_eq!(fault(&[CommonAreaCalling]), NotForSubscribers(CommonAreaCalling));
    assert_eq!(
        fault(&[WebexCalling, Package::CiscoCallingPlan]),
        NotForSubscribers(Package::CiscoCallingPlan)
    );
    assert_eq!(fault(&[WebexMeetings, AttendantConsole]), BaseMissing(AttendantConsole));
    assert!(decide(&Subscriber::default(), of_packages(&[CxEssentials, CxPremiumAgent])).is_ok());
}

#[test]
fn r68_who_calls_has_a_location_and_a_number_or_an_extension() {
    use EquipmentFault::{CallingMissing, LocationMissing, NumberMissing};
    let with = |change: fn(&mut ProvisionSubscriber), packages: &[Package]| {
        let mut data = data(packages);
        change(&mut data);
        decide(&Subscriber::default(), provision(data, customer(), Whereabouts::default()))
    };
    let refused = |fault| Err(SubscriberRefusal::Equipment(fault));
    for package in [WebexCalling, WebexSuite, WebexVoice, CxEssentials, Package::WebexCallingStandard] {
        assert_eq!(with(|data| data.location_id = None, &[package]), refused(LocationMissing(package)));
        assert_eq!(with(|data| data.extension = None, &[package]), refused(NumberMissing(package)));
        let number = |data: &mut ProvisionSubscriber| {
            data.extension = None;
            data.phone_number = Some("+4930123456".parse().expect("is a number"));
        };
        assert_eq!(with(number, &[package]), Ok(vec!["subscriber.provisioned"]));
    }
    assert_eq!(with(|data| data.location_id = Some(location()), &[WebexMeetings]), refused(CallingMissing));
}

#[test]
fn r68_a_number_is_assigned_to_who_calls_and_stays_until_that_ends() {
    let calls = subscriber([of_packages(&[WebexCalling])]);
    assert_eq!(decide(&calls, to_extension(&[WebexCalling], "102")), Ok(vec!["subscriber.number_assigned"]));
    assert_eq!(decide(&calls, to_extension(&[WebexCalling], "101")), Ok(vec![]), "as it is");
    let more = to_packages(&[WebexCalling], &[WebexSuite], customer());
    let suite = subscriber([of_packages(&[WebexCalling]), more]);
    assert_eq!(suite.added.expect("is there").equipment, equipment(&[WebexSuite]), "place and number stay");
    let less = to_packages(&[WebexCalling], &[WebexMeetings], customer());
    let meets = subscriber([of_packages(&[WebexCalling]), less]);
    assert!(!meets.added.as_ref().expect("is there").equipment.has_place(), "and are free without calling");
    let missing = Err(SubscriberRefusal::Equipment(EquipmentFault::CallingMissing));
    assert_eq!(decide(&meets, to_extension(&[WebexMeetings], "101")), missing);
    let without_place = to_packages(&[WebexMeetings], &[WebexCalling], customer());
    let missing = Err(SubscriberRefusal::Equipment(EquipmentFault::LocationMissing(WebexCalling)));
    assert_eq!(decide(&meets, without_place), missing);
}

#[test]
fn a_change_that_was_prepared_on_something_else_is_refused() {
    let calls = subscriber([of_packages(&[WebexCalling])]);
    let stale = to_packages(&[WebexSuite], &[WebexMeetings], customer());
    assert_eq!(decide(&calls, stale), Err(SubscriberRefusal::ChangedMeanwhile(id())));
}

#[test]
fn r70_an_administrator_never_has_less_than_the_customer_was_created_with() {
    let as_administrator =
        |packages: &[Package]| provision(data(packages), administered(), Whereabouts::default());
    assert_eq!(refused(as_administrator(&[WebexVoice])), SubscriberRefusal::BelowCreation);
    assert!(administers(as_administrator(&[WebexCalling])));
    assert!(administers(as_administrator(&[CxEssentials])), "more is allowed");
    assert!(decide(&Subscriber::default(), of_packages(&[WebexMeetings])).is_ok(), "others may have less");
}

#[test]
fn r71_the_package_of_an_administrator_is_not_lowered() {
    let suite = provision(data(&[WebexSuite]), administered(), Whereabouts::default());
    let administrator = subscriber([suite]);
    let to =
        |packages: &[Package]| decide(&administrator, to_packages(&[WebexSuite], packages, administered()));
    assert_eq!(to(&[WebexCalling]), Err(SubscriberRefusal::Lowered));
    assert_eq!(to(&[WebexMeetings]), Err(SubscriberRefusal::Lowered));
    assert_eq!(to(&[CxEssentials]), Ok(vec!["subscriber.packages_changed"]));
    let other = subscriber([of_packages(&[WebexSuite])]);
    let lower = to_packages(&[WebexSuite], &[WebexMeetings], administered());
    assert_eq!(decide(&other, lower), Ok(vec!["subscriber.packages_changed"]), "anybody else's is");
}

#[test]
fn r106_nobody_is_made_an_administrator_of_an_attached_organization() {
    let admin_here = Whereabouts { here: Some(MemberRole::OrgAdmin), ..Whereabouts::default() };
    let user_here = Whereabouts { here: Some(MemberRole::OrgUser), ..Whereabouts::default() };
    for whereabouts in [Whereabouts::default(), admin_here, user_here] {
        let attached = CustomerFacts { attached: true, ..administered() };
        assert!(!administers(provision(data(&[WebexMeetings]), attached, whereabouts)));
    }
    let of_new = |customer, whereabouts| administers(provision(data(&[WebexCalling]), customer, whereabouts));
    assert!(of_new(administered(), Whereabouts::default()), "whom the partner named");
    assert!(of_new(customer(), admin_here), "who administers it already");
    assert!(!of_new(customer(), user_here));
}

#[test]
fn a_member_of_another_organization_is_asked_to_move_first() {
    assert_eq!(decide(&Subscriber::default(), pending()), Ok(vec!["subscriber.migration_pending"]));
    let at_home = Whereabouts { here: Some(MemberRole::OrgUser), ..elsewhere() };
    let known = provision(data(&[WebexCalling]), customer(), at_home);
    assert_eq!(decide(&Subscriber::default(), known), Ok(vec!["subscriber.provisioned"]), "is here already");
    let asked = subscriber([pending()]);
    assert_eq!(status(&asked), Some(SubscriberStatus::PendingUserMigration));
    assert_eq!(decide(&asked, accept(1)), Ok(vec!["subscriber.migration_accepted"]));
    let moved = subscriber([pending(), accept(1)]);
    assert_eq!(status(&moved), Some(SubscriberStatus::Provisioned));
    assert_eq!(decide(&moved, accept(1)), Err(SubscriberRefusal::InvalidToken), "a token is used once");
    assert_eq!(decide(&moved, ask_again()), Err(SubscriberRefusal::NotPending(id())));
}

#[test]
fn who_is_a_subscriber_already_is_neither_provisioned_nor_asked() {
    for licensed in [
        Whereabouts { licensed: true, ..elsewhere() },
        Whereabouts { licensed: true, ..Whereabouts::default() },
    ] {
        let refusal = refused(provision(data(&[WebexCalling]), customer(), licensed));
        assert_eq!(refusal, SubscriberRefusal::EmailInUse);
        assert_eq!(refusal.code(), "email_in_use");
    }
    let late = SubscriberCommand::AcceptMigration { mailing: 1, licensed: true };
    assert_eq!(decide(&subscriber([pending()]), late), Err(SubscriberRefusal::EmailInUse));
}

#[test]
fn asking_again_voids_the_token_before_and_has_a_bound() {
    let again = subscriber([pending(), ask_again()]);
    assert_eq!(decide(&again, accept(1)), Err(SubscriberRefusal::InvalidToken));
    assert_eq!(decide(&again, accept(2)), Ok(vec!["subscriber.migration_accepted"]));
    let often = (1..MAILINGS_MAX).map(|_| ask_again());
    let asked = subscriber([pending()].into_iter().chain(often));
    assert_eq!(decide(&asked, ask_again()), Err(SubscriberRefusal::MailedEnough));
    assert!(decide(&asked, accept(MAILINGS_MAX)).is_ok(), "the last mail stays valid");
}

#[test]
fn a_subscriber_is_removed_once_and_for_good() {
    for there in [subscriber([of_packages(&[WebexCalling])]), subscriber([pending()])] {
        assert_eq!(decide(&there, remove()), Ok(vec!["subscriber.removed"]));
        assert_eq!(decide(&there, SubscriberCommand::RecordCustomerGone), Ok(vec!["subscriber.removed"]));
        let own = SubscriberCommand::Remove { customer: Err(ChangeRefusal::ApiOnly.into()) };
        assert_eq!(decide(&there, own).expect_err("is refused").code(), "api_only", "R103");
    }
    let gone = subscriber([pending(), remove()]);
    for command in [remove(), ask_again(), to_extension(&[WebexCalling], "102")] {
        assert_eq!(decide(&gone, command), Err(SubscriberRefusal::NotFound));
    }
    assert_eq!(decide(&gone, accept(1)), Err(SubscriberRefusal::InvalidToken));
    assert_eq!(decide(&gone, SubscriberCommand::RecordCustomerGone), Ok(vec![]), "a late report");
    assert_eq!(decide(&Subscriber::default(), SubscriberCommand::RecordCustomerGone), Ok(vec![]));
}

/// A subscriber whose person is erased.
fn erased(command: SubscriberCommand) -> Subscriber {
    let mut subscriber = subscriber([command]);
    let added = subscriber.added.as_mut().expect("is there");
    added.email.erase(person());
    subscriber
}

#[test]
fn whoever_is_erased_is_not_asked_to_move_and_does_not() {
    let erased = erased(pending());
    assert_eq!(decide(&erased, ask_again()), Err(SubscriberRefusal::NotPending(id())));
    assert_eq!(decide(&erased, accept(1)), Err(SubscriberRefusal::InvalidToken));
    assert_eq!(decide(&erased, remove()), Ok(vec!["subscriber.removed"]));
}

#[test]
fn the_address_of_whoever_is_erased_is_freed_once() {
    for command in [of_packages(&[WebexCalling]), pending()] {
        let mut erased = erased(command);
        for event in erased.decide(SubscriberCommand::FreeAddress).expect("is allowed") {
            assert_eq!(event.type_name(), "subscriber.address_freed");
            erased.apply(event);
        }
        assert_eq!(erased.added.as_ref().expect("is there").email_hash, "");
        assert_eq!(decide(&erased, SubscriberCommand::FreeAddress), Ok(vec![]));
        assert_eq!(decide(&erased, remove()), Ok(vec!["subscriber.removed"]), "it stays a subscriber");
    }
    assert_eq!(decide(&Subscriber::default(), SubscriberCommand::FreeAddress), Ok(vec![]));
}

#[test]
fn what_may_be_done_is_what_would_go_through() {
    let every = [
        Subscriber::default(),
        subscriber([of_packages(&[WebexCalling])]),
        subscriber([of_packages(&[WebexMeetings])]),
        subscriber([pending()]),
        subscriber([pending(), accept(1)]),
        subscriber([pending(), remove()]),
    ];
    for subscriber in every {
        for (name, may) in subscriber.actions(&Ok(customer()), &Ok(())) {
            let known: Vec<Package> =
                subscriber.added.iter().flat_map(|added| added.equipment.packages.clone()).collect();
            let decided = decide(
                &subscriber,
                match name {
                    "AssignNumber" => to_extension(&known, "177"),
                    "ChangeSubscriberPackages" => to_packages(&known, &known, customer()),
                    "SendConsentMove" => ask_again(),
                    _ => remove(),
                },
            );
            assert_eq!(may, decided.map(drop), "{name} of {subscriber:?}");
        }
    }
}

fn any_packages() -> impl Strategy<Value = Vec<Package>> {
    proptest::sample::subsequence(
        vec![
            WebexMeetings,
            WebexVoice,
            WebexCalling,
            WebexSuite,
            CxEssentials,
            AttendantConsole,
            CommonAreaCalling,
        ],
        1..3,
    )
}

fn any_command() -> impl Strategy<Value = (usize, Vec<Package>, u32, bool)> {
    (0..8_usize, any_packages(), 1..4_u32, any::<bool>())
}

/// A command as it would be prepared on what the subscriber is.
fn prepared(
    subscriber: &Subscriber,
    (which, packages, mailing, flag): (usize, Vec<Package>, u32, bool),
) -> SubscriberCommand {
    let known =
        subscriber.added.as_ref().map_or_else(|| equipment(&[WebexCalling]), |added| added.equipment.clone());
    let place = data(&packages);
    match which {
        0 => provision(place, administered(), Whereabouts { elsewhere: flag, ..Whereabouts::default() }),
        1 => SubscriberCommand::ChangePackages(Box::new(Change {
            packages: Some(packages),
            location_id: place.location_id,
            phone_number: None,
            extension: place.extension,
            known,
            customer: Ok(administered()),
        })),
        2 => SubscriberCommand::AssignNumber(Box::new(Change {
            packages: None,
            location_id: None,
            phone_number: None,
            extension: Some(format!("{}", 100 + mailing).parse().expect("is an extension")),
            known,
            customer: Ok(administered()),
        })),
        3 => ask_again(),
        4 => SubscriberCommand::AcceptMigration { mailing, licensed: flag },
        5 => remove(),
        6 => SubscriberCommand::FreeAddress,
        _ => SubscriberCommand::RecordCustomerGone,
    }
}

proptest! {
    #[test]
    fn whatever_a_subscriber_is_asked_it_is_whole_keeps_its_level_and_ends_once(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut subscriber = Subscriber::default();
        let (mut begins, mut moves, mut ends, mut level) = (0, 0, 0, None);
        for command in commands {
            let command = prepared(&subscriber, command);
            let decided = subscriber.decide(command.clone());
            prop_assert_eq!(&decided, &subscriber.decide(command), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                match &event {
                    SubscriberEvent::Provisioned(_) | SubscriberEvent::MigrationPending(_) => begins += 1,
                    SubscriberEvent::MigrationAccepted(_) => moves += 1,
                    SubscriberEvent::Removed(_) => ends += 1,
                    SubscriberEvent::ConsentMoveSent(_)
                    | SubscriberEvent::AddressFreed(_)
                    | SubscriberEvent::PackagesChanged(_)
                    | SubscriberEvent::NumberAssigned(_) => {}
                }
                subscriber.apply(event);
            }
            let Some(added) = &subscriber.added else { continue };
            prop_assert_eq!(added.equipment.check(), Ok(()), "R67, R68");
            prop_assert!(added.administrator && added.equipment.level() >= customer().creation_level, "R70");
            prop_assert!(added.equipment.level() >= level, "R71");
            level = added.equipment.level();
            prop_assert_eq!(added.is_there(), ends == 0);
        }
        prop_assert!(begins <= 1 && moves <= 1 && ends <= 1);
    }
}

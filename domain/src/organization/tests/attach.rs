//! The assessment table row by row, and every end of a consent.

use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::{
    Administrator, Assessment, AttachCommand, AttachRefusal, AttachWay, Created, Criterion, Grant, License,
    LicenseState, Organization, OrganizationCommand, OrganizationEvent, OrganizationRefusal,
    OrganizationRegistered, RegisteredLicense, Reserve, assess,
};
use crate::catalogue::Package;
use crate::event::EventSet;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, PersonId, UserId};
use crate::limits::{DAY_US, DECLINE_PAUSE_US, MAILINGS_MAX};
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::stream::Decide;

fn partner(n: u128) -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(n))
}

const OWN: u128 = 10;
const OTHER: u128 = 11;

const VALID_US: i64 = 30 * DAY_US;

fn customer(n: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(n))
}

fn operation(n: u128) -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(n))
}

fn administrator() -> UserId {
    UserId::from_uuid(Uuid::from_u128(20))
}

fn registered() -> OrganizationRegistered {
    let person = PersonId::from(administrator());
    OrganizationRegistered {
        organization_id: OrganizationId::from_uuid(Uuid::from_u128(1)),
        name: "Example Works".parse().expect("is a name"),
        country: "SE".parse().expect("is a country"),
        user_count: 99,
        verified_domains: vec![],
        claimed_domains: vec![],
        trial: false,
        licenses: vec![RegisteredLicense { package: Package::WebexMeetings, state: LicenseState::Active }],
        administrators: vec![Administrator {
            user_id: administrator(),
            email: Personal::open(person, "admin@works.example".parse().expect("is an address")),
            email_hash: "hash".to_owned(),
        }],
        managed_by: vec![],
        authentication: None,
        restricted_mode: true,
        basic_branding: true,
    }
}

fn organization(change: impl FnOnce(&mut OrganizationRegistered)) -> Organization {
    let mut event = registered();
    change(&mut event);
    let mut organization = Organization::default();
    organization.apply(Box::new(event).into());
    organization
}

fn created(organization: &Organization) -> &Created {
    organization.created.as_ref().expect("it is registered")
}

fn found(
    change: impl FnOnce(&mut OrganizationRegistered),
    may_ask: bool,
) -> Result<Assessment, AttachRefusal> {
    assess(created(&organization(change)), partner(OWN), may_ask)
}

fn automatic(grant: Grant) -> Assessment {
    Assessment { way: AttachWay::Automatic, criteria: vec![], grant }
}

fn domain() -> crate::values::DomainName {
    "works.example".parse().expect("is a domain")
}

fn reserve(organization: &Organization, partner_n: u128, now_us: i64) -> Vec<OrganizationEvent> {
    let reserve = Reserve {
        customer_id: customer(partner_n),
        partner_id: partner(partner_n),
        partner_name: "Example Resale".parse().expect("is a name"),
        operation_id: operation(partner_n),
        may_ask: true,
        brand_name: "Example Voice".parse().expect("is a name"),
        language: "de".parse().expect("is a language"),
        now_us,
        valid_us: VALID_US,
    };
    give(organization, AttachCommand::Reserve(Box::new(reserve))).expect("a reservation is never refused")
}

fn give(
    organization: &Organization,
    command: AttachCommand,
) -> Result<Vec<OrganizationEvent>, OrganizationRefusal> {
    organization.decide(OrganizationCommand::from(command))
}

fn after(organization: &Organization, events: &[OrganizationEvent]) -> Organization {
    let mut organization = organization.clone();
    for event in events {
        organization.apply(event.clone());
    }
    organization
}

fn names(events: &[OrganizationEvent]) -> Vec<&'static str> {
    events.iter().map(EventSet::type_name).collect()
}

/// An organization of a hundred users that waits for an answer.
fn asked() -> Organization {
    let before = organization(|it| it.user_count = 100);
    let events = reserve(&before, OWN, 0);
    assert_eq!(names(&events)[2..], ["organization.consent_requested"]);
    after(&before, &events)
}

fn answer(consents: bool, now_us: i64) -> AttachCommand {
    AttachCommand::Answer {
        customer_id: customer(OWN),
        operation_id: None,
        administrator: Some(administrator()),
        consents,
        now_us,
    }
}

#[test]
fn row_0_an_organization_that_is_not_active_is_refused() {
    let mut organization = organization(|_| {});
    organization.created.as_mut().expect("it is there").active = false;
    assert_eq!(assess(created(&organization), partner(OWN), true), Err(AttachRefusal::NotActive));
}

#[test]
fn row_0_consent_needs_an_administrator_to_ask() {
    for may_ask in [true, false] {
        let found = found(|it| (it.user_count, it.administrators) = (100, vec![]), may_ask);
        assert_eq!(found, Err(AttachRefusal::NoAdministrator));
    }
    assert_eq!(found(|it| it.administrators.clear(), false), Ok(automatic(Grant::ProvisioningAdmin)));
}

#[test]
fn r105_row_1_a_trial_is_refused() {
    assert_eq!(found(|it| it.trial = true, true), Err(AttachRefusal::Trial));
    let own = |it: &mut OrganizationRegistered| (it.trial, it.managed_by) = (true, vec![partner(OWN)]);
    assert_eq!(found(own, true), Err(AttachRefusal::Trial));
}

#[test]
fn row_2_a_customer_of_the_partner_is_refused_with_its_id() {
    let before = organization(|_| {});
    let attached = after(&before, &reserve(&before, OWN, 0));
    let found = assess(created(&attached), partner(OWN), true);
    assert_eq!(found, Err(AttachRefusal::AlreadyCustomer(customer(OWN))));
}

#[test]
fn row_3_full_access_needs_no_consent() {
    let found = found(|it| (it.user_count, it.managed_by) = (500, vec![partner(OWN)]), false);
    let criteria = vec![Criterion::ManyUsers];
    assert_eq!(found, Ok(Assessment { way: AttachWay::Managed, criteria, grant: Grant::FullAdmin }));
}

#[test]
fn r74_a_hundred_users_need_consent_and_ninety_nine_do_not() {
    assert_eq!(found(|it| it.user_count = 99, true), Ok(automatic(Grant::ProvisioningAdmin)));
    for user_count in [100, 101] {
        let found = found(|it| it.user_count = user_count, true).expect("it can be asked");
        assert_eq!((found.way, found.criteria), (AttachWay::Consent, vec![Criterion::ManyUsers]));
    }
}

#[test]
fn r75_r76_a_verified_domain_needs_consent_claimed_or_not() {
    let verified = found(|it| it.verified_domains = vec![domain()], true).expect("it can be asked");
    assert_eq!((verified.way, verified.criteria), (AttachWay::Consent, vec![Criterion::VerifiedDomain]));
    let both = |it: &mut OrganizationRegistered| {
        (it.verified_domains, it.claimed_domains) = (vec![domain()], vec![domain()]);
    };
    let claimed = found(both, true).expect("it can be asked");
    let criteria = vec![Criterion::VerifiedDomain, Criterion::ClaimedDomain];
    assert_eq!((claimed.way, claimed.criteria), (AttachWay::Consent, criteria));
}

#[test]
fn r73_another_partners_customer_needs_consent() {
    let managed = found(|it| it.managed_by = vec![partner(OTHER)], true).expect("it can be asked");
    assert_eq!(managed.criteria, [Criterion::ManagedByAnotherPartner]);
    let before = organization(|_| {});
    let others = after(&before, &reserve(&before, OTHER, 0));
    let found = assess(created(&others), partner(OWN), true).expect("it can be asked");
    assert_eq!((found.way, found.criteria), (AttachWay::Consent, vec![Criterion::ManagedByAnotherPartner]));
}

#[test]
fn row_4_every_criterion_that_holds_is_shown() {
    let all = |it: &mut OrganizationRegistered| {
        it.user_count = 100;
        it.managed_by = vec![partner(OTHER)];
        (it.verified_domains, it.claimed_domains) = (vec![domain()], vec![domain()]);
    };
    assert_eq!(found(all, true).expect("it can be asked").criteria.len(), 4);
    let refusal = found(all, false).expect_err("nobody may be asked");
    assert!(matches!(refusal, AttachRefusal::ConsentNotAllowed(criteria) if criteria.len() == 4));
}

#[test]
fn r85_row_5_without_the_toggle_an_attach_that_needs_consent_is_refused_with_both_remedies() {
    let refusal = found(|it| it.user_count = 100, false).expect_err("nobody may be asked");
    assert_eq!(refusal, AttachRefusal::ConsentNotAllowed(vec![Criterion::ManyUsers]));
    assert_eq!(refusal.remedies().len(), 2);
}

#[test]
fn r79_r80_row_6_access_depends_on_licenses_that_can_be_used() {
    let licenses = |states: &[LicenseState]| {
        let packages = [Package::WebexMeetings, Package::WebexCalling];
        let licenses: Vec<_> = packages
            .into_iter()
            .zip(states)
            .map(|(package, state)| RegisteredLicense { package, state: *state })
            .collect();
        found(|it| it.licenses = licenses, false)
    };
    let without: [&[LicenseState]; 4] = [
        &[],
        &[LicenseState::Suspended],
        &[LicenseState::Cancelled],
        &[LicenseState::Suspended, LicenseState::Cancelled],
    ];
    for states in without {
        assert_eq!(licenses(states), Ok(automatic(Grant::FullAdmin)), "{states:?}");
    }
    assert_eq!(
        licenses(&[LicenseState::Suspended, LicenseState::Active]),
        Ok(automatic(Grant::ProvisioningAdmin))
    );
}

#[test]
fn r78_r107_r112_r113_an_automatic_attach_keeps_everything_and_asks_nobody() {
    let before = organization(|_| {});
    let events = reserve(&before, OWN, 0);
    assert_eq!(
        names(&events),
        [
            "organization.attach_reserved",
            "organization.attach_assessed",
            "organization.attach_approved",
            "organization.attached",
            "organization.grant_given",
            "organization.restricted_mode_disabled",
        ]
    );
    let (before, after) = (created(&before), after(&before, &events));
    let after = created(&after);
    assert_eq!(
        (&after.name, &after.licenses, &after.authentication, &after.members, &after.domains),
        (&before.name, &before.licenses, &before.authentication, &before.members, &before.domains)
    );
    assert!(!after.restricted_mode, "R113");
    assert_eq!(after.open_attach, None);
}

#[test]
fn one_attach_is_open_at_a_time() {
    let waiting = asked();
    let events = reserve(&waiting, OTHER, 0);
    assert_eq!(names(&events), ["organization.attach_refused"]);
    let still = after(&waiting, &events);
    assert!(give(&still, answer(true, 0)).is_ok(), "the one that is open stays so");
    assert_eq!(
        created(&waiting).assess_for(partner(OTHER), true, 0),
        Err(AttachRefusal::Reserved),
        "and is refused early"
    );
}

#[test]
fn a_consent_that_is_granted_attaches() {
    let waiting = asked();
    let events = give(&waiting, answer(true, DAY_US)).expect("it is asked for");
    assert_eq!(names(&events)[..2], ["organization.consent_granted", "organization.attach_approved"]);
    let attached = after(&waiting, &events);
    assert_eq!(created(&attached).customer_of(partner(OWN)), Some(customer(OWN)));
    assert_eq!(created(&attached).grant_of(partner(OWN)), Grant::ProvisioningAdmin);
    assert_eq!(give(&attached, answer(true, DAY_US)), Err(OrganizationRefusal::NoOpenRequest), "once");
}

#[test]
fn a_decline_ends_the_request_and_keeps_the_partner_away_for_a_week() {
    let waiting = asked();
    let declined = after(&waiting, &give(&waiting, answer(false, DAY_US)).expect("it is asked for"));
    let again = |now_us| created(&declined).assess_for(partner(OWN), true, now_us).map(|found| found.way);
    assert_eq!(again(DAY_US), Err(AttachRefusal::DeclinedRecently { days: 7 }));
    assert_eq!(again(DAY_US + DECLINE_PAUSE_US - 1), Err(AttachRefusal::DeclinedRecently { days: 1 }));
    assert_eq!(again(DAY_US + DECLINE_PAUSE_US), Ok(AttachWay::Consent));
    assert_eq!(
        created(&declined).assess_for(partner(OTHER), true, DAY_US).map(|found| found.way),
        Ok(AttachWay::Consent)
    );
}

#[test]
fn a_request_that_nobody_answers_expires_and_a_late_grant_is_refused() {
    let waiting = asked();
    assert_eq!(give(&waiting, answer(true, VALID_US)), Err(OrganizationRefusal::NoOpenRequest));
    let expire = AttachCommand::Expire { operation_id: operation(OWN) };
    let events = give(&waiting, expire.clone()).expect("a timer is never refused");
    assert_eq!(names(&events), ["organization.consent_expired"]);
    assert_eq!(give(&after(&waiting, &events), expire), Ok(vec![]), "late timers change nothing");
}

#[test]
fn the_partner_takes_its_request_back_and_no_other_partner_can() {
    let waiting = asked();
    let withdraw = |n| AttachCommand::Withdraw { customer_id: customer(OWN), partner_id: partner(n) };
    assert_eq!(give(&waiting, withdraw(OTHER)), Err(OrganizationRefusal::NoOpenRequest));
    let events = give(&waiting, withdraw(OWN)).expect("it is open");
    assert_eq!(names(&events), ["organization.attach_withdrawn"]);
    assert_eq!(created(&after(&waiting, &events)).open_attach, None);
}

#[test]
fn r83_an_external_administrator_supersedes_the_request() {
    let waiting = asked();
    let events = give(&waiting, AttachCommand::AddExternalAdmin { partner_id: partner(OWN), now_us: 0 })
        .expect("is allowed");
    assert_eq!(
        names(&events)[..4],
        [
            "organization.consent_superseded",
            "organization.attach_approved",
            "organization.attached",
            "organization.grant_given",
        ]
    );
    assert_eq!(created(&after(&waiting, &events)).grant_of(partner(OWN)), Grant::FullAdmin);
    let other = give(&waiting, AttachCommand::AddExternalAdmin { partner_id: partner(OTHER), now_us: 0 })
        .expect("is allowed");
    assert_eq!(names(&other), ["organization.grant_given"], "another partner's request stays open");
}

#[test]
fn a_mails_token_is_for_one_request_and_one_administrator() {
    let waiting = asked();
    let by_token = |operation_n, administrator| AttachCommand::Answer {
        customer_id: customer(OWN),
        operation_id: Some(operation(operation_n)),
        administrator: Some(administrator),
        consents: true,
        now_us: 0,
    };
    let stranger = UserId::from_uuid(Uuid::from_u128(99));
    assert_eq!(give(&waiting, by_token(OTHER, administrator())), Err(OrganizationRefusal::InvalidToken));
    assert_eq!(give(&waiting, by_token(OWN, stranger)), Err(OrganizationRefusal::InvalidToken));
    assert!(give(&waiting, by_token(OWN, administrator())).is_ok());
}

#[test]
fn reminders_and_resent_requests_count_their_mails() {
    let waiting = asked();
    let remind = |reminder| AttachCommand::Remind { operation_id: operation(OWN), reminder, now_us: DAY_US };
    let reminded = after(&waiting, &give(&waiting, remind(1)).expect("a timer is never refused"));
    assert_eq!(give(&reminded, remind(1)), Ok(vec![]), "once");
    let resend = AttachCommand::Resend { customer_id: customer(OWN), partner_id: partner(OWN), now_us: 0 };
    let again = after(&reminded, &give(&reminded, resend).expect("it is open"));
    assert_eq!(created(&again).open_attach.as_ref().map(|open| open.mailing), Some(3));
}

#[test]
fn a_request_is_mailed_ten_times_at_most() {
    let mut organization = asked();
    let resend = AttachCommand::Resend { customer_id: customer(OWN), partner_id: partner(OWN), now_us: 0 };
    for _ in 1..MAILINGS_MAX {
        let events = give(&organization, resend.clone()).expect("it is sent again");
        organization = after(&organization, &events);
    }
    assert_eq!(give(&organization, resend), Err(OrganizationRefusal::MailedEnough));
}

#[test]
fn a_reminder_that_is_later_than_the_next_is_left_out() {
    let waiting = asked();
    let remind = |reminder, now_us| {
        let operation_id = operation(OWN);
        names(
            &give(&waiting, AttachCommand::Remind { operation_id, reminder, now_us }).expect("never refused"),
        )
    };
    assert_eq!(remind(1, 7 * DAY_US), ["organization.consent_reminded"]);
    assert!(remind(1, 21 * DAY_US).is_empty());
    assert_eq!(remind(2, 21 * DAY_US), ["organization.consent_reminded"]);
    assert!(remind(2, VALID_US).is_empty());
}

#[test]
fn a_request_past_its_end_is_over_however_late_its_timer_is() {
    let waiting = asked();
    let resend =
        AttachCommand::Resend { customer_id: customer(OWN), partner_id: partner(OWN), now_us: VALID_US };
    assert_eq!(give(&waiting, resend), Err(OrganizationRefusal::NoOpenRequest));
    let add = AttachCommand::AddExternalAdmin { partner_id: partner(OWN), now_us: VALID_US };
    assert_eq!(names(&give(&waiting, add).expect("is allowed")), ["organization.grant_given"]);
    let rival = reserve(&waiting, OTHER, VALID_US);
    assert_eq!(names(&rival)[..2], ["organization.consent_expired", "organization.attach_reserved"]);
    let early = reserve(&waiting, OTHER, VALID_US - 1);
    assert_eq!(names(&early), ["organization.attach_refused"]);
}

#[test]
fn r82_full_access_is_asked_for_once_a_day() {
    let before = organization(|_| {});
    let attached = after(&before, &reserve(&before, OWN, 0));
    let ask = |now_us| AttachCommand::RequestFullAccess {
        partner_id: partner(OWN),
        partner_name: "Example Resale".parse().expect("is a name"),
        brand_name: "Example Voice".parse().expect("is a name"),
        language: "de".parse().expect("is a language"),
        now_us,
    };
    let asked = after(&attached, &give(&attached, ask(0)).expect("it may ask"));
    let again = give(&asked, ask(DAY_US - 1));
    assert_eq!(again, Err(OrganizationRefusal::AskedRecently { hours: 1 }));
    assert_eq!(
        names(&give(&asked, ask(DAY_US)).expect("it may ask")),
        ["organization.full_access_requested"]
    );
}

proptest! {
    #[test]
    fn after_an_attach_nothing_of_the_organization_has_changed(
        users in 0_u32..200, trial in any::<bool>(), verified in any::<bool>(), managed in any::<bool>(),
        restricted in any::<bool>(), states in proptest::collection::vec(0_usize..3, 0..3),
    ) {
        let before = organization(|it| {
            it.user_count = users;
            it.trial = trial;
            it.restricted_mode = restricted;
            it.managed_by = if managed { vec![partner(OTHER)] } else { vec![] };
            it.verified_domains = if verified { vec![domain()] } else { vec![] };
            let all = [LicenseState::Active, LicenseState::Suspended, LicenseState::Cancelled];
            let packages = [Package::WebexMeetings, Package::WebexCalling, Package::WebexSuite];
            it.licenses = packages.into_iter().zip(states)
                .map(|(package, n)| RegisteredLicense { package, state: all[n] }).collect();
        });
        let mut organization = after(&before, &reserve(&before, OWN, 0));
        if let Ok(events) = give(&organization, answer(true, 0)) {
            organization = after(&organization, &events);
        }
        // A package that is provisioned brings a license beside those that the organization had.
        let (package, customer_id) = (Package::WebexMeetings, Some(customer(1)));
        let (state, quantity, license_id) = (LicenseState::Active, Some(5), "lic-1".to_owned());
        let license = License { package, customer_id, state, quantity, license_id };
        let brought = organization.decide(OrganizationCommand::SetLicense(license)).expect("it is set");
        organization = after(&organization, &brought);
        let (was, is) = (created(&before), created(&organization));
        prop_assert_eq!(&is.name, &was.name);
        let own: Vec<_> = is.licenses.iter().filter(|license| license.customer_id.is_none()).cloned().collect();
        prop_assert_eq!(&own, &was.licenses);
        prop_assert_eq!(&is.authentication, &was.authentication);
        prop_assert_eq!(&is.members, &was.members);
        prop_assert_eq!(is.basic_branding, was.basic_branding);
        if is.customer_of(partner(OWN)).is_some() {
            prop_assert!(!is.restricted_mode);
            prop_assert!(is.grant_of(partner(OWN)) >= was.grant_of(partner(OWN)));
            prop_assert!(!trial);
        }
    }
}

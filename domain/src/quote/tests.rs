use cqrs_es::Aggregate;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{
    AcceptFacts, Draft, DraftQuote, Footing, Line, LineFault, LineFaults, Quote, QuoteAccepted, QuoteCommand,
    QuoteEvent, QuoteRefusal, QuoteState, total_of,
};
use crate::case::tests::{does, ready};
use crate::case::{CaseCommand, CaseRefusal};
use crate::catalogue::Package;
use crate::customer::{CountryNotOffered, OfferedCountries};
use crate::event::EventSet;
use crate::ids::{CaseId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId};
use crate::limits::{DAY_US, QUOTE_VALID_US};
use crate::refusal::Refusal;
use crate::stream::Decide;
use crate::values::Name;

const NOW_US: i64 = 1_767_225_600_000_000;

fn id() -> QuoteId {
    QuoteId::from_uuid(Uuid::from_u128(70))
}

fn at(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).expect("is a time")
}

fn reason() -> Name {
    "too dear".parse().expect("is a reason")
}

pub(crate) fn line(package: Package, quantity: u32, price: &str, months: u32) -> Line {
    serde_json::from_value(json!({
        "package": package, "quantity": quantity, "unitPrice": price, "currency": "EUR", "termMonths": months,
    }))
    .expect("is a line")
}

fn lines() -> Vec<Line> {
    vec![line(Package::WebexMeetings, 3, "12.10", 12), line(Package::WebexCalling, 2, "0.05", 24)]
}

pub(crate) fn footing() -> Footing {
    let case = ready().opened.map(Box::new);
    let (packages, has_location, closed) = (Some(vec![]), true, false);
    Footing { case, organization_active: true, packages, has_location, closed, now_us: NOW_US }
}

fn draft_of(lines: Vec<Line>, valid_until: Option<Timestamp>, footing: Footing) -> QuoteCommand {
    let data = DraftQuote { case_id: CaseId::from_uuid(Uuid::from_u128(1)), lines, valid_until };
    let partner_id = PartnerId::from_uuid(Uuid::from_u128(2));
    QuoteCommand::Draft(Box::new(Draft { id: id(), partner_id, data, footing }))
}

fn draft() -> QuoteCommand {
    draft_of(lines(), None, footing())
}

fn edit_to(lines: Vec<Line>, footing: Footing) -> QuoteCommand {
    QuoteCommand::Edit { lines, valid_until: None, footing: Box::new(footing) }
}

fn edit() -> QuoteCommand {
    edit_to(vec![line(Package::WebexMeetings, 5, "11", 12)], footing())
}

fn submit() -> QuoteCommand {
    QuoteCommand::Submit(Box::new(footing()))
}

fn approve() -> QuoteCommand {
    QuoteCommand::Approve(Box::new(footing()))
}

fn reject() -> QuoteCommand {
    QuoteCommand::Reject { reason: reason() }
}

fn accept_on(footing: Footing) -> QuoteCommand {
    let operation_id = OperationId::from_uuid(Uuid::from_u128(71));
    let subscription_id = SubscriptionId::from_uuid(Uuid::from_u128(72));
    QuoteCommand::Accept(Box::new(AcceptFacts {
        operation_id,
        subscription_id,
        location: None,
        offered: OfferedCountries::All,
        footing,
    }))
}

fn accept() -> QuoteCommand {
    accept_on(footing())
}

#[test]
fn r64_a_quote_is_accepted_with_a_place_where_the_service_is_offered() {
    let place = json!({
        "name": "Head Office", "timezone": "Europe/Oslo", "language": "en_us",
        "address": { "addressLine1": "1 Road", "city": "Oslo", "country": "NO" },
    });
    let QuoteCommand::Accept(mut facts) = accept() else { unreachable!("is an acceptance") };
    facts.location = Some(serde_json::from_value(place).expect("is a location"));
    facts.offered = OfferedCountries::Only(["DE".parse().expect("is a country")].into());
    let refused = decide(&quote([draft(), submit(), approve()]), QuoteCommand::Accept(facts));
    assert_eq!(refused, Err(CountryNotOffered("NO".parse().expect("is a country")).into()));
}

fn decline() -> QuoteCommand {
    QuoteCommand::Decline { reason: Some(reason()) }
}

fn expire() -> QuoteCommand {
    QuoteCommand::Expire { valid_until: at(NOW_US + QUOTE_VALID_US) }
}

fn quote(commands: impl IntoIterator<Item = QuoteCommand>) -> Quote {
    let mut quote = Quote::default();
    for command in commands {
        for event in quote.decide(command).expect("is allowed") {
            quote.apply(event);
        }
    }
    quote
}

/// The acceptance of a quote with these lines.
pub(crate) fn accepted(lines: Vec<Line>) -> QuoteAccepted {
    let quote = quote([draft_of(lines, None, footing()), submit(), approve()]);
    match quote.decide(accept()).expect("is allowed").pop() {
        Some(QuoteEvent::Accepted(accepted)) => *accepted,
        other => panic!("{other:?}"),
    }
}

fn decide(quote: &Quote, command: QuoteCommand) -> Result<Vec<&'static str>, QuoteRefusal> {
    Ok(quote.decide(command)?.iter().map(EventSet::type_name).collect())
}

fn drafted_on(footing: Footing) -> Result<Vec<&'static str>, QuoteRefusal> {
    decide(&Quote::default(), draft_of(lines(), None, footing))
}

#[test]
fn r28_a_quote_is_drafted_submitted_rejected_edited_approved_and_accepted() {
    let mut quote = Quote::default();
    for (command, event, state) in [
        (draft(), "quote.drafted", QuoteState::Draft),
        (submit(), "quote.submitted", QuoteState::Submitted),
        (reject(), "quote.rejected", QuoteState::Draft),
        (edit(), "quote.edited", QuoteState::Draft),
        (submit(), "quote.submitted", QuoteState::Submitted),
        (approve(), "quote.approved", QuoteState::Approved),
        (accept(), "quote.accepted", QuoteState::Accepted),
    ] {
        assert_eq!(decide(&quote, command.clone()), Ok(vec![event]));
        for event in quote.decide(command).expect("is allowed") {
            quote.apply(event);
        }
        assert_eq!(quote.drafted.as_ref().map(|drafted| drafted.state), Some(state));
    }
}

#[test]
fn r28_d10_quotes_are_for_active_organizations() {
    let organization_id = OrganizationId::from_uuid(Uuid::from_u128(4));
    let inactive = Footing { organization_active: false, ..footing() };
    let refusal = drafted_on(inactive.clone()).expect_err("is refused");
    assert_eq!(refusal, QuoteRefusal::OrganizationNotActive(organization_id));
    assert_eq!(refusal.rules(), ["R28"]);
    let gone = Footing { packages: None, ..footing() };
    assert_eq!(drafted_on(gone), Err(QuoteRefusal::NotACustomer(organization_id)));
    let approved = quote([draft(), submit(), approve()]);
    assert_eq!(
        decide(&approved, accept_on(inactive)),
        Err(QuoteRefusal::OrganizationNotActive(organization_id))
    );
}

#[test]
fn no_quote_goes_on_under_a_case_that_does_not() {
    let missing = Footing { case: None, ..footing() };
    assert_eq!(drafted_on(missing), Err(QuoteRefusal::Case(CaseRefusal::NotFound)));
    let on = |command| Footing { case: does(ready(), command).opened.map(Box::new), ..footing() };
    let aside = on(CaseCommand::Deactivate { reason: None });
    let id = CaseId::from_uuid(Uuid::from_u128(1));
    let refused = Err(QuoteRefusal::Case(CaseRefusal::Deactivated(id)));
    assert_eq!(drafted_on(aside.clone()), refused);
    assert_eq!(decide(&quote([draft()]), edit_to(lines(), aside.clone())), refused);
    assert_eq!(decide(&quote([draft()]), QuoteCommand::Submit(Box::new(aside.clone()))), refused);
    assert_eq!(decide(&quote([draft(), submit()]), QuoteCommand::Approve(Box::new(aside.clone()))), refused);
    assert_eq!(decide(&quote([draft(), submit(), approve()]), accept_on(aside)), refused);
    let lost = on(CaseCommand::Close { reason: reason() });
    assert!(matches!(drafted_on(lost), Err(QuoteRefusal::Case(CaseRefusal::Closed(..)))));
    let won = on(CaseCommand::RecordWon { quote_id: self::id() });
    assert_eq!(drafted_on(won), Ok(vec!["quote.drafted"]), "a case that was won takes further quotes");
}

#[test]
fn every_fault_of_the_lines_is_told_at_once() {
    let mut foreign = line(Package::WebexMeetings, 1, "1", 1);
    foreign.currency = "SEK".parse().expect("is a currency");
    let faulty = vec![
        line(Package::WebexMeetings, 0, "1", 121),
        foreign,
        line(Package::AttendantConsole, 1_000_001, "1", 0),
    ];
    let expected = vec![
        LineFault::Quantity(1),
        LineFault::Term(1),
        LineFault::Duplicate(2, Package::WebexMeetings),
        LineFault::Currency(2, "EUR".to_owned()),
        LineFault::Quantity(3),
        LineFault::Term(3),
        LineFault::BaseMissing(3, Package::AttendantConsole),
    ];
    let refused = Err(QuoteRefusal::Lines(LineFaults(expected)));
    assert_eq!(decide(&Quote::default(), draft_of(faulty.clone(), None, footing())), refused);
    assert_eq!(decide(&quote([draft()]), edit_to(faulty, footing())), refused);
    let none = Err(QuoteRefusal::Lines(LineFaults(vec![LineFault::None])));
    assert_eq!(decide(&Quote::default(), draft_of(vec![], None, footing())), none);
}

#[test]
fn an_add_on_works_with_a_package_that_the_customer_has() {
    let console = vec![line(Package::AttendantConsole, 1, "1", 1)];
    let owned = Footing { packages: Some(vec![Package::WebexCalling]), ..footing() };
    assert!(decide(&Quote::default(), draft_of(console.clone(), None, owned)).is_ok());
    assert!(decide(&Quote::default(), draft_of(console, None, footing())).is_err());
}

#[test]
fn r103_a_quote_for_the_partners_own_organization_is_accepted_through_the_api_only() {
    let approved = quote([draft(), submit(), approve()]);
    let closed = Footing { closed: true, ..footing() };
    assert_eq!(decide(&approved, accept_on(closed)), Err(QuoteRefusal::ApiOnly));
    assert!(decide(&approved, accept_on(footing())).is_ok());
}

#[test]
fn a_quote_adds_up_without_loss() {
    assert_eq!(total_of(&lines()).normalize().to_string(), "36.4");
    let dear = line(Package::WebexMeetings, 1_000_000, "1000000000", 1);
    let cheap = line(Package::WebexCalling, 1, "0.0001", 1);
    assert_eq!(total_of(&[dear, cheap]).to_string(), "1000000000000000.0001");
}

#[test]
fn a_quote_is_valid_for_thirty_days_or_as_long_as_it_says_and_at_most_a_year() {
    let until = |valid_until| {
        let events = Quote::default().decide(draft_of(lines(), valid_until, footing()))?;
        let [QuoteEvent::Drafted(drafted)] = &events[..] else { panic!("{events:?}") };
        Ok(drafted.valid_until)
    };
    assert_eq!(until(None), Ok(at(NOW_US + QUOTE_VALID_US)));
    let year = at(NOW_US + 366 * DAY_US);
    assert_eq!(until(Some(year)), Ok(year));
    let long = at(NOW_US + 366 * DAY_US + 1);
    assert_eq!(until(Some(long)), Err(QuoteRefusal::TooLong(long)));
    assert_eq!(until(Some(at(NOW_US))), Err(QuoteRefusal::Past(at(NOW_US))));
}

#[test]
fn what_is_past_its_end_goes_no_further_even_if_its_timer_is_late() {
    let late = Footing { now_us: NOW_US + QUOTE_VALID_US, ..footing() };
    let past = Err(QuoteRefusal::Past(at(NOW_US + QUOTE_VALID_US)));
    assert_eq!(decide(&quote([draft()]), QuoteCommand::Submit(Box::new(late.clone()))), past);
    assert_eq!(decide(&quote([draft(), submit()]), QuoteCommand::Approve(Box::new(late.clone()))), past);
    assert_eq!(decide(&quote([draft(), submit(), approve()]), accept_on(late)), past);
}

#[test]
fn an_open_quote_expires_once_and_only_at_its_end() {
    for open in [quote([draft()]), quote([draft(), submit()]), quote([draft(), submit(), approve()])] {
        assert_eq!(decide(&open, expire()), Ok(vec!["quote.expired"]));
        assert_eq!(
            decide(&open, QuoteCommand::Expire { valid_until: at(NOW_US) }),
            Ok(vec![]),
            "an old timer"
        );
    }
    for settled in [quote([draft(), expire()]), quote([draft(), decline()]), Quote::default()] {
        assert_eq!(decide(&settled, expire()), Ok(vec![]));
    }
}

#[test]
fn r6_a_quote_is_frozen_from_its_submission_on() {
    for (frozen, state) in [
        (quote([draft(), submit()]), QuoteState::Submitted),
        (quote([draft(), submit(), approve()]), QuoteState::Approved),
    ] {
        assert_eq!(decide(&frozen, edit()), Err(QuoteRefusal::Frozen(id(), state)));
    }
    let approved = quote([draft(), submit(), approve()]);
    assert_eq!(decide(&approved, submit()), Err(QuoteRefusal::Frozen(id(), QuoteState::Approved)));
}

#[test]
fn each_step_needs_the_one_before() {
    let draft_only = quote([draft()]);
    for command in [approve(), reject(), accept()] {
        assert_eq!(decide(&draft_only, command), Err(QuoteRefusal::NotYet(id(), QuoteState::Draft)));
    }
    let submitted = quote([draft(), submit()]);
    assert_eq!(decide(&submitted, accept()), Err(QuoteRefusal::NotYet(id(), QuoteState::Submitted)));
    for command in [edit(), submit(), approve(), reject(), accept(), decline()] {
        assert_eq!(decide(&Quote::default(), command), Err(QuoteRefusal::NotFound));
    }
}

#[test]
fn r89_calling_packages_need_a_place_to_call_from() {
    let nowhere = Footing { has_location: false, ..footing() };
    let approved = quote([draft(), submit(), approve()]);
    let refused = Err(QuoteRefusal::LocationMissing(Package::WebexCalling));
    assert_eq!(decide(&approved, accept_on(nowhere.clone())), refused);
    let given = serde_json::from_value(json!({
        "name": "Head Office", "timezone": "Europe/Berlin", "language": "de_de",
        "address": { "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" },
    }));
    let mut facts = accept_on(nowhere);
    if let QuoteCommand::Accept(facts) = &mut facts {
        facts.location = Some(given.expect("is a place"));
    }
    assert_eq!(decide(&approved, facts), Ok(vec!["quote.accepted"]));
}

#[test]
fn what_is_so_already_changes_nothing() {
    assert_eq!(decide(&quote([draft(), submit()]), submit()), Ok(vec![]));
    assert_eq!(decide(&quote([draft(), submit(), approve()]), approve()), Ok(vec![]));
    assert_eq!(decide(&quote([draft(), decline()]), decline()), Ok(vec![]));
    assert_eq!(decide(&quote([draft()]), edit_to(lines(), footing())), Ok(vec![]));
}

#[test]
fn what_is_settled_stays_so() {
    for (settled, state) in [
        (quote([draft(), submit(), approve(), accept()]), QuoteState::Accepted),
        (quote([draft(), decline()]), QuoteState::Declined),
        (quote([draft(), expire()]), QuoteState::Expired),
    ] {
        for command in [edit(), submit(), approve(), reject(), accept()] {
            assert_eq!(decide(&settled, command), Err(QuoteRefusal::Settled(id(), state)));
        }
        assert!(matches!(decide(&settled, draft()), Err(QuoteRefusal::AlreadyExists(_))));
    }
    let accepted = quote([draft(), submit(), approve(), accept()]);
    assert_eq!(decide(&accepted, decline()), Err(QuoteRefusal::Settled(id(), QuoteState::Accepted)));
}

#[test]
fn an_accepted_quote_is_fulfilled_once() {
    let fulfilled = || QuoteCommand::RecordFulfilled;
    let accepted = quote([draft(), submit(), approve(), accept()]);
    assert_eq!(decide(&accepted, fulfilled()), Ok(vec!["quote.fulfilled"]));
    let again = quote([draft(), submit(), approve(), accept(), fulfilled()]);
    for quote in [again, quote([draft()]), Quote::default()] {
        assert_eq!(decide(&quote, fulfilled()), Ok(vec![]));
    }
}

#[test]
fn a_quote_whose_case_has_another_customer_now_is_not_accepted() {
    let mut other = footing();
    other.case.as_mut().expect("is there").organization_id =
        Some(OrganizationId::from_uuid(Uuid::from_u128(44)));
    let approved = quote([draft(), submit(), approve()]);
    assert!(matches!(decide(&approved, accept_on(other)), Err(QuoteRefusal::NotACustomer(_))));
}

fn any_command() -> impl Strategy<Value = QuoteCommand> {
    prop_oneof![
        Just(draft()),
        Just(edit()),
        Just(submit()),
        Just(approve()),
        Just(reject()),
        Just(accept()),
        Just(decline()),
        Just(QuoteCommand::RecordFulfilled),
        Just(expire()),
        Just(QuoteCommand::Expire { valid_until: at(NOW_US) }),
    ]
}

proptest! {
    #[test]
    fn whatever_a_quote_is_asked_it_is_frozen_once_submitted_and_accepted_once(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut quote = Quote::default();
        let (mut approved, mut acceptances) = (None, 0);
        for command in commands {
            let before = quote.drafted.clone();
            let decided = quote.decide(command.clone());
            prop_assert_eq!(&decided, &quote.decide(command), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                if let QuoteEvent::Accepted(accepted) = &event {
                    acceptances += 1;
                    prop_assert_eq!(Some(&accepted.lines), approved.as_ref(), "what was approved is accepted");
                }
                quote.apply(event);
            }
            let (Some(before), Some(after)) = (before, &quote.drafted) else { continue };
            if before.state != QuoteState::Draft {
                prop_assert_eq!(&before.lines, &after.lines);
                prop_assert_eq!(before.valid_until, after.valid_until);
            }
            if !before.state.is_open() {
                prop_assert_eq!(before.state, after.state);
            }
            if after.state == QuoteState::Approved {
                approved = Some(after.lines.clone());
            }
            prop_assert_eq!(after.subscription_id.is_some(), after.state == QuoteState::Accepted);
        }
        prop_assert!(acceptances <= 1);
    }
}

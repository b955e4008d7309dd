use cqrs_es::Aggregate;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{Case, CaseCommand, CaseEvent, CaseRefusal, CaseStatus, Contact, CreateCase, Link, Open};
use crate::customer::{StepError, TemplateFacts};
use crate::event::EventSet;
use crate::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, PersonId, QuoteId, TemplateId,
};
use crate::personal::Personal;
use crate::stream::Decide;
use crate::template::ProvisioningId;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn data(with_organization: bool) -> CreateCase {
    serde_json::from_value(json!({
        "customer": {
            "companyName": "Example Retail", "contactName": "Kim Example", "contactEmail": "kim@retail.example",
            "phone": "+4930123456", "country": "DE",
            "address": {"addressLine1": "1 Example Street", "city": "Berlin", "country": "DE"},
        },
        "createCustomerOrg": with_organization,
    }))
    .expect("is a request")
}

fn template(active: bool) -> TemplateFacts {
    let template_id = TemplateId::from_uuid(uuid(6));
    let settings = json!({
        "name": "Standard", "kind": "sub_realm", "country": "DE", "language": "de", "brandName": "Example Voice",
        "subscription": "S-100", "authentication": {"method": "builtin"}, "allowAdminInviteOnAttach": false,
        "default": true,
    });
    TemplateFacts {
        template_id,
        provisioning_id: ProvisioningId::from_template(template_id),
        settings: serde_json::from_value(settings).expect("are settings"),
        active,
    }
}

fn open(with_organization: bool) -> Open {
    let person = PersonId::from_uuid(uuid(8));
    Open {
        id: CaseId::from_uuid(uuid(1)),
        partner_id: PartnerId::from_uuid(uuid(2)),
        data: data(with_organization),
        indicative: PersonId::from_uuid(uuid(7)),
        primary_contact: Some(Contact {
            name: Personal::open(person, "Sam Seller".parse().expect("is a name")),
            email: Personal::open(person, "sam@resale.example".parse().expect("is an address")),
        }),
        template: Some(template(true)),
        partner_active: true,
        operation_id: OperationId::from_uuid(uuid(3)),
        organization_id: OrganizationId::from_uuid(uuid(4)),
        customer_id: CustomerId::from_uuid(uuid(5)),
        invitation_id: InvitationId::from_uuid(uuid(9)),
    }
}

fn decide(case: &Case, command: CaseCommand) -> Result<Vec<&'static str>, CaseRefusal> {
    Ok(case.decide(command)?.iter().map(EventSet::type_name).collect())
}

fn opened(request: Open) -> Result<Vec<&'static str>, CaseRefusal> {
    decide(&Case::default(), CaseCommand::Open(Box::new(request)))
}

pub(crate) fn case(with_organization: bool) -> Case {
    let mut case = Case::default();
    let events = case.decide(CaseCommand::Open(Box::new(open(with_organization)))).expect("is allowed");
    for event in events {
        case.apply(event);
    }
    case
}

fn link() -> Link {
    Link {
        organization_id: OrganizationId::from_uuid(uuid(40)),
        customer_id: Some(CustomerId::from_uuid(uuid(50))),
        partner_active: true,
    }
}

#[test]
fn r13_r15_the_box_decides_whether_an_organization_is_asked_for() {
    assert_eq!(opened(open(false)), Ok(vec!["case.created"]));
    assert_eq!(opened(open(true)), Ok(vec!["case.created", "case.org_requested"]));
}

#[test]
fn r34_a_case_with_the_box_needs_a_template() {
    let without = Open { template: None, ..open(true) };
    assert_eq!(opened(without), Err(CaseRefusal::Template { named: None, retired: false }));
    let retired = Open { template: Some(template(false)), ..open(true) };
    assert_eq!(opened(retired), Err(CaseRefusal::Template { named: None, retired: true }));
    let mut other = open(true);
    let named = ProvisioningId::from_template(TemplateId::from_uuid(uuid(66)));
    other.data.provisioning_id = Some(named);
    assert_eq!(opened(other), Err(CaseRefusal::Template { named: Some(named), retired: false }));
}

#[test]
fn a_template_without_the_box_is_refused() {
    let mut request = open(false);
    request.data.provisioning_id = Some(template(true).provisioning_id);
    assert_eq!(opened(request), Err(CaseRefusal::TemplateWithoutOrg));
}

#[test]
fn r16_somebody_must_be_invited() {
    let nobody = Open { primary_contact: None, ..open(true) };
    assert_eq!(opened(nobody), Err(CaseRefusal::PrimaryContactMissing));
}

#[test]
fn an_organization_that_is_ready_or_failed_is_reported_once() {
    let mut case = case(true);
    let ready = case.decide(CaseCommand::RecordOrgReady).expect("a report is never refused");
    for event in ready {
        case.apply(event);
    }
    assert_eq!(case.opened.as_ref().map(|opened| opened.status), Some(CaseStatus::OrgReady));
    assert_eq!(decide(&case, CaseCommand::RecordOrgReady), Ok(vec![]));
    assert_eq!(decide(&case, failed(3)), Ok(vec![]));
}

#[test]
fn a_case_without_the_box_is_linked_to_a_customer_of_the_partner_once() {
    let mut case = case(false);
    let stranger = Link { customer_id: None, ..link() };
    assert_eq!(
        decide(&case, CaseCommand::Link(stranger)),
        Err(CaseRefusal::NotACustomer(link().organization_id))
    );
    let linked = case.decide(CaseCommand::Link(link())).expect("is allowed");
    for event in linked {
        case.apply(event);
    }
    assert_eq!(decide(&case, CaseCommand::Link(link())), Ok(vec![]), "again");
    let another = Link { organization_id: OrganizationId::from_uuid(uuid(41)), ..link() };
    assert!(matches!(decide(&case, CaseCommand::Link(another)), Err(CaseRefusal::HasOrganization(_))));
}

#[test]
fn a_case_with_the_box_has_its_organization() {
    assert!(matches!(decide(&case(true), CaseCommand::Link(link())), Err(CaseRefusal::HasOrganization(_))));
    assert_eq!(decide(&Case::default(), CaseCommand::Link(link())), Err(CaseRefusal::NotFound));
}

fn failed(operation: u128) -> CaseCommand {
    let operation_id = OperationId::from_uuid(uuid(operation));
    CaseCommand::RecordOrgFailed { operation_id, errors: vec![StepError::new(1, "away")] }
}

fn retry() -> CaseCommand {
    CaseCommand::Retry { operation_id: OperationId::from_uuid(uuid(33)) }
}

fn deactivate() -> CaseCommand {
    CaseCommand::Deactivate { reason: Some("on holiday".parse().expect("is a reason")) }
}

fn reopen(organization_active: bool) -> CaseCommand {
    CaseCommand::Reopen { invitation_id: InvitationId::from_uuid(uuid(99)), organization_active }
}

fn close() -> CaseCommand {
    CaseCommand::Close { reason: "bought elsewhere".parse().expect("is a reason") }
}

fn won() -> CaseCommand {
    CaseCommand::RecordWon { quote_id: QuoteId::from_uuid(uuid(70)) }
}

/// Decides a command that is allowed, and applies what follows.
pub(crate) fn does(mut case: Case, command: CaseCommand) -> Case {
    for event in case.decide(command).expect("is allowed") {
        case.apply(event);
    }
    case
}

pub(crate) fn ready() -> Case {
    does(case(true), CaseCommand::RecordOrgReady)
}

fn status(case: &Case) -> CaseStatus {
    case.opened.as_ref().expect("exists").status
}

#[test]
fn r15_a_failed_organization_is_asked_for_again_with_the_same_ids_and_new_work() {
    let case = does(case(true), failed(3));
    assert_eq!(status(&case), CaseStatus::OrgFailed);
    let events = case.decide(retry()).expect("is allowed");
    let [CaseEvent::OrgRequested(again)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(again.operation_id, OperationId::from_uuid(uuid(33)));
    assert_eq!(again.organization_id, OrganizationId::from_uuid(uuid(4)));
    assert_eq!(again.customer_id, CustomerId::from_uuid(uuid(5)));
    assert_eq!(again.invitation_id, InvitationId::from_uuid(uuid(9)));
    assert_eq!(again.primary_contact, open(true).primary_contact.expect("is somebody"));
}

#[test]
fn the_failure_of_work_that_was_taken_up_again_is_late() {
    let case = does(does(case(true), failed(3)), retry());
    assert_eq!(decide(&case, failed(3)), Ok(vec![]));
    assert_eq!(decide(&case, failed(33)), Ok(vec!["case.org_failed"]));
}

#[test]
fn only_what_failed_is_taken_up_again() {
    for case in [case(false), case(true), ready()] {
        assert!(matches!(decide(&case, retry()), Err(CaseRefusal::NotFailed(_))));
    }
    let linked = does(does(case(true), failed(3)), CaseCommand::Link(link()));
    assert!(matches!(decide(&linked, retry()), Err(CaseRefusal::NotFailed(_))));
    assert_eq!(decide(&Case::default(), retry()), Err(CaseRefusal::NotFound));
}

#[test]
fn r6_any_open_case_is_put_aside_and_goes_on_where_it_was() {
    let quoting = does(ready(), CaseCommand::RecordQuoting);
    for case in [case(false), case(true), does(case(true), failed(3)), ready(), quoting] {
        let before = status(&case);
        let aside = does(case, deactivate());
        assert_eq!(status(&aside), CaseStatus::Deactivated);
        assert_eq!(decide(&aside, deactivate()), Ok(vec![]), "again");
        let back = does(aside, reopen(true));
        assert_eq!(status(&back), before);
        assert_eq!(decide(&back, reopen(true)), Ok(vec![]), "again");
    }
}

#[test]
fn a_case_that_is_won_or_lost_is_not_put_aside_nor_linked_nor_closed() {
    for (case, closed) in
        [(does(ready(), won()), CaseStatus::Won), (does(ready(), close()), CaseStatus::Lost)]
    {
        for command in [deactivate(), CaseCommand::Link(link()), retry()] {
            let id = CaseId::from_uuid(uuid(1));
            assert_eq!(decide(&case, command), Err(CaseRefusal::Closed(id, closed)));
        }
    }
    assert!(matches!(decide(&does(ready(), won()), close()), Err(CaseRefusal::Closed(..))));
    assert_eq!(decide(&does(ready(), close()), close()), Ok(vec![]), "again");
    let lost = Err(CaseRefusal::Closed(CaseId::from_uuid(uuid(1)), CaseStatus::Lost));
    assert_eq!(decide(&does(ready(), close()), reopen(true)), lost, "it stays lost");
    assert_eq!(decide(&does(ready(), won()), reopen(true)), Ok(vec![]), "it is not put aside");
}

#[test]
fn r58_a_company_that_becomes_a_customer_has_no_percent_sign_in_its_name() {
    let named = |with_organization| {
        let mut request = open(with_organization);
        request.data.customer.company_name = "50% Example".parse().expect("is a name");
        opened(request)
    };
    assert_eq!(named(true), Err(CaseRefusal::CompanyName));
    assert!(named(false).is_ok());
}

#[test]
fn a_case_that_is_put_aside_is_neither_retried_nor_linked_nor_closed() {
    let aside = does(case(false), deactivate());
    for command in [retry(), CaseCommand::Link(link()), close()] {
        assert!(matches!(decide(&aside, command), Err(CaseRefusal::Deactivated(_))));
    }
}

#[test]
fn the_late_word_of_an_organization_shows_once_the_case_is_reopened() {
    for (report, expected) in
        [(CaseCommand::RecordOrgReady, CaseStatus::OrgReady), (failed(3), CaseStatus::OrgFailed)]
    {
        let aside = does(does(case(true), deactivate()), report);
        assert_eq!(status(&aside), CaseStatus::Deactivated);
        assert_eq!(status(&does(aside, reopen(false))), expected);
    }
}

#[test]
fn the_invitation_of_a_case_that_is_put_aside_is_named_and_another_one_takes_its_place() {
    let named = |case: &Case| {
        let events = case.decide(deactivate()).expect("is allowed");
        let [CaseEvent::Deactivated(event)] = &events[..] else { panic!("{events:?}") };
        event.invitation_id
    };
    assert_eq!(named(&ready()), Some(InvitationId::from_uuid(uuid(9))));
    assert_eq!(named(&case(false)), None);
    let linked = does(case(false), CaseCommand::Link(link()));
    assert_eq!(named(&linked), None);
    let again = does(does(ready(), deactivate()), reopen(false));
    assert_eq!(named(&again), Some(InvitationId::from_uuid(uuid(99))));
    let active = does(does(ready(), deactivate()), reopen(true));
    assert_eq!(named(&active), Some(InvitationId::from_uuid(uuid(9))), "nobody is invited anew");
}

#[test]
fn a_case_is_not_closed_while_its_organization_is_being_created() {
    assert!(matches!(decide(&case(true), close()), Err(CaseRefusal::Busy(_))));
    for case in [case(false), does(case(true), failed(3)), ready()] {
        assert_eq!(decide(&case, close()), Ok(vec!["case.lost"]));
    }
}

#[test]
fn r28_quotes_are_written_once_the_organization_is_there() {
    let quotable = |case: &Case| case.opened.as_ref().expect("exists").quotable();
    for case in [case(false), case(true), does(case(true), failed(3))] {
        assert!(matches!(quotable(&case), Err(CaseRefusal::NotReady(_))));
        assert_eq!(decide(&case, CaseCommand::RecordQuoting), Ok(vec![]));
        assert_eq!(decide(&case, won()), Ok(vec![]));
    }
    let quoting = does(ready(), CaseCommand::RecordQuoting);
    assert_eq!(decide(&quoting, CaseCommand::RecordQuoting), Ok(vec![]), "again");
    for case in [ready(), quoting, does(ready(), won())] {
        assert!(quotable(&case).is_ok());
    }
    assert!(matches!(quotable(&does(ready(), deactivate())), Err(CaseRefusal::Deactivated(_))));
    assert!(matches!(quotable(&does(ready(), close())), Err(CaseRefusal::Closed(..))));
}

#[test]
fn r6_a_case_is_won_with_its_first_accepted_quote_whichever_word_comes_first() {
    for case in [ready(), does(ready(), CaseCommand::RecordQuoting)] {
        let case = does(case, won());
        assert_eq!(status(&case), CaseStatus::Won);
        assert_eq!(decide(&case, won()), Ok(vec![]), "again");
        assert_eq!(decide(&case, CaseCommand::RecordQuoting), Ok(vec![]), "late");
    }
    let aside = does(does(ready(), deactivate()), won());
    assert_eq!(status(&does(aside, reopen(true))), CaseStatus::Won);
}

fn any_command() -> impl Strategy<Value = CaseCommand> {
    prop_oneof![
        any::<bool>().prop_map(|boxed| CaseCommand::Open(Box::new(open(boxed)))),
        Just(CaseCommand::Link(link())),
        Just(CaseCommand::RecordOrgReady),
        prop_oneof![Just(3), Just(33)].prop_map(failed),
        Just(retry()),
        Just(deactivate()),
        any::<bool>().prop_map(reopen),
        Just(close()),
        Just(CaseCommand::RecordQuoting),
        Just(won()),
    ]
}

proptest! {
    #[test]
    fn whatever_a_case_is_asked_it_keeps_its_organization_and_its_end(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut case = Case::default();
        let (mut organization, mut wins) = (None, 0);
        for command in commands {
            let before = case.opened.as_ref().map(|opened| opened.status);
            let decided = case.decide(command.clone());
            prop_assert_eq!(&decided, &case.decide(command), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                wins += usize::from(matches!(event, CaseEvent::Won(_)));
                case.apply(event);
            }
            let Some(opened) = &case.opened else { continue };
            if before == Some(CaseStatus::Lost) || before == Some(CaseStatus::Won) {
                prop_assert_eq!(Some(opened.status), before, "what is closed stays closed");
            }
            prop_assert_eq!(opened.before.is_some(), opened.is_deactivated());
            // At most one organization, unless the first could not be made.
            if let Some(now) = opened.organization_id {
                prop_assert!(organization.is_none_or(|known| known == now) || opened.request.is_none());
                organization = Some(now);
            }
            if opened.quotable().is_ok() {
                prop_assert!(opened.organization_id.is_some() && opened.customer_id.is_some());
            }
        }
        prop_assert!(wins <= 1, "a case is won once");
    }
}

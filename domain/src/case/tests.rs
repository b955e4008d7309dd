use cqrs_es::Aggregate;
use serde_json::json;
use uuid::Uuid;

use super::{Case, CaseCommand, CaseRefusal, CaseStatus, Contact, CreateCase, Link, Open};
use crate::customer::{StepError, TemplateFacts};
use crate::event::EventSet;
use crate::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, PersonId, TemplateId,
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

fn case(with_organization: bool) -> Case {
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
    let failed = CaseCommand::RecordOrgFailed { errors: vec![StepError::new(1, "away")] };
    assert_eq!(decide(&case, failed), Ok(vec![]));
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

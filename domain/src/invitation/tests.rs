use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    Accept, Invitation, InvitationCommand, InvitationEvent, InvitationRefusal, InvitationStatus, Issue,
};
use crate::event::EventSet;
use crate::ids::{CaseId, CredentialId, CustomerId, InvitationId, OrganizationId, PartnerId, PersonId};
use crate::limits::{INVITATION_VALID_US, MAILINGS_MAX};
use crate::organization::MemberRole;
use crate::personal::Personal;
use crate::stream::Decide;
use crate::terms;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(uuid(3))
}

fn person() -> PersonId {
    PersonId::from_uuid(uuid(5))
}

fn issue() -> InvitationCommand {
    InvitationCommand::Issue(Box::new(Issue {
        id: InvitationId::from_uuid(uuid(1)),
        organization_id: OrganizationId::from_uuid(uuid(2)),
        organization_name: "Example Retail".parse().expect("is a name"),
        partner_id: Some(partner()),
        customer_id: Some(CustomerId::from_uuid(uuid(4))),
        case_id: Some(CaseId::from_uuid(uuid(6))),
        name: None,
        email: Personal::open(person(), "sam@resale.example".parse().expect("is an address")),
        role: MemberRole::OrgAdmin,
        notification: None,
        brand_name: "Example Voice".parse().expect("is a name"),
        language: "de".parse().expect("is a language"),
        now_us: 0,
    }))
}

fn accept(generation: u32, now_us: i64) -> InvitationCommand {
    let accepted_terms = terms::CURRENT.iter().map(|terms| terms.id.to_owned()).collect();
    accept_terms(generation, now_us, accepted_terms)
}

fn accept_terms(generation: u32, now_us: i64, accepted_terms: Vec<String>) -> InvitationCommand {
    InvitationCommand::Accept(Box::new(Accept {
        generation,
        person: person(),
        given_name: "Sam".parse().expect("is a name"),
        family_name: "Seller".parse().expect("is a name"),
        accepted_terms,
        credential_id: CredentialId::from_uuid(uuid(7)),
        now_us,
    }))
}

fn resend(now_us: i64) -> InvitationCommand {
    InvitationCommand::Resend { partner_id: Some(partner()), now_us }
}

/// An invitation after some commands, all of which it takes.
fn invitation(commands: Vec<InvitationCommand>) -> Invitation {
    let mut invitation = Invitation::default();
    for command in commands {
        let events = invitation.decide(command).expect("is allowed");
        for event in events {
            invitation.apply(event);
        }
    }
    invitation
}

fn decide(
    invitation: &Invitation,
    command: InvitationCommand,
) -> Result<Vec<&'static str>, InvitationRefusal> {
    Ok(invitation.decide(command)?.iter().map(EventSet::type_name).collect())
}

fn status(invitation: &Invitation) -> Option<InvitationStatus> {
    invitation.issued.as_ref().map(|issued| issued.status)
}

#[test]
fn r20_r21_r23_an_invitation_is_accepted_once() {
    let sent = invitation(vec![issue(), InvitationCommand::RecordSent { generation: 1 }]);
    assert_eq!(status(&sent), Some(InvitationStatus::Sent));
    assert_eq!(decide(&sent, accept(1, 1)), Ok(vec!["invitation.terms_accepted", "invitation.accepted"]));
    let accepted = invitation(vec![issue(), accept(1, 1)]);
    assert_eq!(decide(&accepted, accept(1, 2)), Err(InvitationRefusal::InvalidToken));
    assert_eq!(decide(&accepted, resend(2)), Err(InvitationRefusal::Ended("accepted")));
}

#[test]
fn r21_all_terms_must_be_accepted() {
    let one = vec![terms::CURRENT[0].id.to_owned()];
    let missing = vec![terms::CURRENT[1].id];
    let issued = invitation(vec![issue()]);
    assert_eq!(decide(&issued, accept_terms(1, 1, one)), Err(InvitationRefusal::TermsNotAccepted(missing)));
}

#[test]
fn r17_sending_again_voids_the_token_before() {
    let resent = invitation(vec![issue(), resend(5)]);
    assert_eq!(decide(&resent, accept(1, 6)), Err(InvitationRefusal::InvalidToken));
    assert!(decide(&resent, accept(2, 6)).is_ok());
    let late = InvitationCommand::RecordSent { generation: 1 };
    assert_eq!(status(&invitation(vec![issue(), resend(5), late])), Some(InvitationStatus::Issued));
}

#[test]
fn an_invitation_expires_after_fourteen_days_and_can_be_sent_again() {
    let issued = invitation(vec![issue()]);
    assert!(decide(&issued, accept(1, INVITATION_VALID_US - 1)).is_ok());
    assert_eq!(decide(&issued, accept(1, INVITATION_VALID_US)), Err(InvitationRefusal::InvalidToken));
    let expire = InvitationCommand::Expire { generation: 1 };
    let expired = invitation(vec![issue(), expire.clone()]);
    assert_eq!(status(&expired), Some(InvitationStatus::Expired));
    assert_eq!(decide(&expired, expire.clone()), Ok(vec![]), "once");
    let again = invitation(vec![issue(), expire.clone(), resend(INVITATION_VALID_US)]);
    assert!(decide(&again, accept(2, INVITATION_VALID_US + 1)).is_ok());
    assert_eq!(decide(&again, expire), Ok(vec![]), "the timer of an earlier mail changes nothing");
}

#[test]
fn an_invitation_is_mailed_ten_times_at_most() {
    let commands = std::iter::once(issue()).chain((1..MAILINGS_MAX).map(|_| resend(0))).collect();
    let invitation = invitation(commands);
    assert_eq!(decide(&invitation, resend(0)), Err(InvitationRefusal::MailedEnough));
    let accepted = decide(&invitation, accept(MAILINGS_MAX, 0));
    assert_eq!(accepted, Ok(vec!["invitation.terms_accepted", "invitation.accepted"]));
}

#[test]
fn an_invitation_is_taken_back_by_its_own_partner_only() {
    let issued = invitation(vec![issue()]);
    let stranger = InvitationCommand::Revoke { partner_id: Some(PartnerId::from_uuid(uuid(33))) };
    assert_eq!(decide(&issued, stranger), Err(InvitationRefusal::NotFound));
    let revoke = InvitationCommand::Revoke { partner_id: Some(partner()) };
    let revoked = invitation(vec![issue(), revoke.clone()]);
    assert_eq!(decide(&revoked, accept(1, 1)), Err(InvitationRefusal::InvalidToken));
    assert_eq!(decide(&revoked, revoke), Ok(vec![]), "again");
}

#[test]
fn an_invitation_goes_to_another_user_of_the_partner_before_it_is_accepted() {
    let redirect = || InvitationCommand::Redirect {
        partner_id: partner(),
        name: Personal::open(person(), "Robin Seller".parse().expect("is a name")),
        email: Personal::open(person(), "robin@resale.example".parse().expect("is an address")),
        now_us: 3,
    };
    let redirected = invitation(vec![issue(), redirect()]);
    assert_eq!(decide(&redirected, accept(1, 4)), Err(InvitationRefusal::InvalidToken));
    assert!(decide(&redirected, accept(2, 4)).is_ok());
    assert_eq!(
        decide(&invitation(vec![issue(), accept(1, 1)]), redirect()),
        Err(InvitationRefusal::Ended("accepted"))
    );
}

fn any_command() -> impl Strategy<Value = InvitationCommand> {
    let generation = 0..4_u32;
    let stranger = PartnerId::from_uuid(uuid(33));
    let redirected = Personal::open(person(), "kim@resale.example".parse().expect("is an address"));
    let terms = proptest::sample::subsequence(terms::CURRENT.to_vec(), 0..=terms::CURRENT.len());
    prop_oneof![
        Just(issue()),
        generation.clone().prop_map(|generation| InvitationCommand::RecordSent { generation }),
        generation.clone().prop_map(|generation| InvitationCommand::Expire { generation }),
        (0..2 * INVITATION_VALID_US).prop_map(resend),
        Just(InvitationCommand::Withdraw),
        Just(InvitationCommand::Revoke { partner_id: Some(partner()) }),
        Just(InvitationCommand::Revoke { partner_id: Some(stranger) }),
        Just(InvitationCommand::Redirect {
            partner_id: partner(),
            name: Personal::open(person(), "Kim Seller".parse().expect("is a name")),
            email: redirected,
            now_us: 0,
        }),
        (generation, 0..2 * INVITATION_VALID_US, terms).prop_map(|(generation, now_us, terms)| {
            accept_terms(generation, now_us, terms.iter().map(|terms| terms.id.to_owned()).collect())
        }),
    ]
}

proptest! {
    #[test]
    fn whatever_an_invitation_is_asked_it_is_accepted_once_with_all_terms_and_its_last_mail(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut invitation = Invitation::default();
        let (mut issues, mut agreed, mut acceptances) = (0, 0, 0);
        for command in commands {
            let decided = invitation.decide(command.clone());
            prop_assert_eq!(&decided, &invitation.decide(command.clone()), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                match (&event, &command) {
                    (InvitationEvent::Issued(_), _) => issues += 1,
                    (InvitationEvent::TermsAccepted(event), _) => {
                        agreed += 1;
                        prop_assert_eq!(event.accepted.len(), terms::CURRENT.len());
                    }
                    (InvitationEvent::Accepted(_), InvitationCommand::Accept(accept)) => {
                        acceptances += 1;
                        let issued = invitation.issued.as_ref().expect("it was issued");
                        prop_assert_eq!(accept.generation, issued.generation);
                        prop_assert!(accept.now_us < issued.expires_at.as_microsecond());
                        prop_assert_eq!(agreed, acceptances, "the terms come first");
                    }
                    _ => prop_assert_eq!(acceptances, 0, "nothing comes after an acceptance: {:?}", event),
                }
                invitation.apply(event);
            }
            let Some(issued) = &invitation.issued else { continue };
            prop_assert_eq!(issued.status == InvitationStatus::Accepted, acceptances == 1);
            prop_assert!(issued.generation <= MAILINGS_MAX + 1 && issued.sent <= issued.generation);
        }
        prop_assert!(issues <= 1 && acceptances <= 1);
    }
}

//! The tasks of `settle_subscriber` and `end_subscribers`: the question whether a person moves, the memberships that come
//! and go with a subscriber, and the end with its customer.

use std::sync::Arc;

use tenantry_domain::ids::{OrganizationId, PersonId, SubscriberId};
use tenantry_domain::notification::Notice;
use tenantry_domain::organization::{MemberRole, NewMember, Organization, OrganizationCommand};
use tenantry_domain::person::KnownPerson;
use tenantry_domain::personal::{Personal, Slot};
use tenantry_domain::process::settle_subscriber::MoveMail;
use tenantry_domain::process::{LastTask, SubscriberTask};
use tenantry_domain::subscriber::{Added, Subscriber, SubscriberCommand, SubscriberStatus};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;

use super::mails;
use super::run::{Done, Run};
use crate::app::{MoveToken, Rejection, license_claim, subscriber_claim};
use crate::ports::Mailer;

/// Performs the tasks of `settle_subscriber`.
pub(super) struct SettlingTasks {
    pub(super) mailer: Arc<dyn Mailer>,
    /// Where people find the pages behind links.
    pub(super) public_url: String,
}

impl SettlingTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        match run.order()? {
            SubscriberTask::MailMove { subscriber_id, mailing } => {
                self.mail(run, subscriber_id, mailing).await
            }
            SubscriberTask::SettleMember { subscriber_id } => settle(run, subscriber_id).await,
            SubscriberTask::LeaveOthers { subscriber_id } => leave_others(run, subscriber_id).await,
            SubscriberTask::UnsettleMember { subscriber_id, organization_id } => {
                unsettle(run, "", subscriber_id, organization_id).await?;
                Ok(Done::Reported)
            }
        }
    }

    /// A mail of which a newer one has taken the place, or that nobody has to answer any more, is not sent.
    async fn mail(&self, run: &Run<'_>, id: SubscriberId, mailing: u32) -> Result<Done, Rejection> {
        let Some(added) = subscriber(run, id).await? else { return Ok(Done::Reported) };
        if is_erased(run, &added).await? {
            free_address(run, "free", &added).await?;
            return Ok(Done::Reported);
        }
        if added.awaited_mailing() != Some(mailing) {
            return Ok(Done::Reported);
        }
        let Some(asking) = added.asking else { return Ok(Done::Reported) };
        let mail = MoveMail {
            subscriber_id: id,
            customer_name: asking.customer_name,
            first_name: added.first_name,
            email: added.email,
            brand_name: asking.brand_name,
            language: asking.language,
        };
        let token = MoveToken { subscriber_id: id, mailing }.to_text(run.app.persons.ring());
        let letter = mails::consent_move(&mail, &format!("{}/move?token={token}", self.public_url));
        let notice = Notice::Move(&mail);
        let sent = run.send(self.mailer.as_ref(), &notice, run.task.tenant_id, letter).await?;
        Ok(sent.unwrap_or(Done::Reported))
    }
}

/// Performs the task of `end_subscribers`.
pub(super) async fn tell(run: &Run<'_>) -> Result<Done, Rejection> {
    let LastTask::TellSubscriber { subscriber_id } = run.order()?;
    let Some(added) = subscriber(run, subscriber_id).await? else { return Ok(Done::Reported) };
    let command = SubscriberCommand::RecordCustomerGone;
    let mut report =
        run.command::<Subscriber>("", "ReportCustomerGone", run.task.tenant_id, subscriber_id, command);
    report.releases =
        vec![subscriber_claim(added.partner_id, &added.email_hash), license_claim(&added.email_hash)];
    run.end(report).await
}

/// Loads a subscriber as it is now.
async fn subscriber(run: &Run<'_>, id: SubscriberId) -> Result<Option<Added>, Rejection> {
    let tenant_id = run.task.tenant_id;
    let loaded = run.app.streams.state::<Subscriber>(Some(tenant_id), &id.to_string(), true).await?;
    Ok(loaded.state.added.clone())
}

/// Makes the person a member, and looks whether the subscriber is still there: whoever of the two writes last has looked
/// last, so however this meets the removal, the membership is right in the end.
async fn settle(run: &Run<'_>, id: SubscriberId) -> Result<Done, Rejection> {
    let there = |added: &Added| added.status == SubscriberStatus::Provisioned;
    let Some(added) = subscriber(run, id).await? else { return Ok(Done::Reported) };
    let organization_id = added.organization_id;
    let tenant_id = TenantId::from(organization_id);
    if there(&added)
        && let Personal::Open { value: address, .. } = &added.email
    {
        let mut persons = run.app.no_persons();
        let person = run.app.persons.person(tenant_id, address, &mut persons).await?;
        let member = Box::new(member(&added, person, address));
        let command = OrganizationCommand::Settle { subscriber_id: id, member };
        let mut report = run.command::<Organization>("", "SettleMember", tenant_id, organization_id, command);
        report.persons = persons;
        run.give(report).await?;
    }
    // Somebody who was erased while the address was at hand is nobody new for that.
    if is_erased(run, &added).await? {
        erase_brought(run, id, organization_id).await?;
        free_address(run, "free", &added).await?;
    }
    if !subscriber(run, id).await?.is_some_and(|added| there(&added)) {
        unsettle(run, "gone", id, organization_id).await?;
    }
    Ok(Done::Reported)
}

/// Returns the person of a subscriber as a member of the customer's organization, which knows the person by another ID.
fn member(added: &Added, person: PersonId, address: &EmailAddress) -> NewMember {
    let named = |name: &Personal<_>| name.value().cloned().map(|name| Personal::open(person, name));
    NewMember {
        user_id: person.into(),
        role: if added.administrator { MemberRole::OrgAdmin } else { MemberRole::OrgUser },
        email: Personal::open(person, address.clone()),
        email_hash: added.email_hash.clone(),
        given_name: named(&added.first_name),
        family_name: named(&added.last_name),
        credential_id: None,
    }
}

/// Asks the store, because what is open in memory may be of somebody whom another server has erased.
async fn is_erased(run: &Run<'_>, added: &Added) -> Result<bool, Rejection> {
    match added.email.subject() {
        Some(person) => Ok(!run.app.persons.has_key(added.partner_id.into(), person).await?),
        None => Ok(true),
    }
}

/// Erases whom a subscriber has brought to an organization, in this attempt or an earlier one.
async fn erase_brought(
    run: &Run<'_>,
    subscriber_id: SubscriberId,
    organization_id: OrganizationId,
) -> Result<(), Rejection> {
    let (tenant_id, id) = (TenantId::from(organization_id), organization_id.to_string());
    let loaded = run.app.streams.state::<Organization>(Some(tenant_id), &id, true).await?;
    let Some(created) = &loaded.state.created else { return Ok(()) };
    let brought = created.members.iter().find(|(_, member)| member.subscriber_id == Some(subscriber_id));
    let Some((user_id, _)) = brought else { return Ok(()) };
    let person = KnownPerson { tenant_id, person_id: (*user_id).into() };
    run.app.erase(&run.origin, format!("{}:erase", run.key), person).await
}

/// Lets go the claims on the address of a subscriber who is erased.
pub(super) async fn free_address(run: &Run<'_>, suffix: &str, added: &Added) -> Result<(), Rejection> {
    let command = SubscriberCommand::FreeAddress;
    let mut report = run.command::<Subscriber>(suffix, "FreeAddress", added.partner_id, added.id, command);
    report.releases =
        vec![subscriber_claim(added.partner_id, &added.email_hash), license_claim(&added.email_hash)];
    run.give(report).await
}

async fn unsettle(
    run: &Run<'_>,
    suffix: &str,
    subscriber_id: SubscriberId,
    organization_id: OrganizationId,
) -> Result<(), Rejection> {
    let command = OrganizationCommand::Unsettle { subscriber_id };
    let name = "UnsettleMember";
    run.give(run.command::<Organization>(suffix, name, organization_id, organization_id, command)).await
}

/// Ends the memberships of other organizations; each of them decides for itself.
async fn leave_others(run: &Run<'_>, id: SubscriberId) -> Result<Done, Rejection> {
    let Some(added) = subscriber(run, id).await? else { return Ok(Done::Reported) };
    for other in run.app.memberships(&added.email_hash).await? {
        if other != added.organization_id {
            let command = OrganizationCommand::Depart { email_hash: added.email_hash.clone() };
            run.give(run.command::<Organization>(&other.to_string(), "LetMemberGo", other, other, command))
                .await?;
        }
    }
    Ok(Done::Reported)
}

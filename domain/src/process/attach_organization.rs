//! Carries an attach to its end: asks the organization's administrators where consent is needed, reminds them, lets the
//! request expire, and takes each answer to the partner's customer (R73–R83).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::customer::AttachAnswer;
use crate::event::EventSet;
use crate::ids::{CustomerId, OrganizationId, PartnerId, UserId};
use crate::limits::CONSENT_REMINDERS_US;
use crate::organization::{Assessment, AttachRef, ConsentRequested, MemberRole, OrganizationEvent};
use crate::personal::Personal;
use crate::values::{DomainName, EmailAddress, Language, Name};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct AttachOrganization;

/// What the process remembers of an organization.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    name: Option<Name>,
    /// The customer for which it was created, until its first administrator accepts.
    created_for: Option<(PartnerId, CustomerId)>,
    administrators: BTreeMap<UserId, Personal<EmailAddress>>,
    asking: Option<Asking>,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asking {
    partner_name: Name,
    brand_name: Name,
    language: Language,
    /// What was found; `None` until it is.
    assessment: Option<Assessment>,
}

/// A mail to an administrator of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdministratorMail {
    /// Whom it is for.
    pub administrator: UserId,
    /// E-mail address of the administrator.
    pub email: Personal<EmailAddress>,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// The partner that asks.
    pub partner_id: PartnerId,
    /// Name of the partner.
    pub partner_name: Name,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
}

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AttachTask {
    /// Take an answer to the partner's customer.
    Answer {
        /// The attach.
        attach: AttachRef,
        /// The answer.
        answer: AttachAnswer,
    },
    /// Ask an administrator for consent.
    MailConsent {
        /// The attach.
        attach: AttachRef,
        /// Which round of mails.
        mailing: u32,
        /// The mail.
        mail: Box<AdministratorMail>,
    },
    /// Remind the administrators.
    Remind {
        /// The attach.
        attach: AttachRef,
        /// Which reminder, from 1.
        reminder: u32,
        /// When.
        due_at: Timestamp,
    },
    /// End the request without an answer.
    Expire {
        /// The attach.
        attach: AttachRef,
        /// When.
        due_at: Timestamp,
    },
    /// Ask an administrator for full access (R82).
    MailFullAccess {
        /// The mail.
        mail: Box<AdministratorMail>,
    },
    /// Confirm that a domain belongs to the organization.
    ConfirmDomain {
        /// The organization.
        organization_id: OrganizationId,
        /// The domain.
        domain: DomainName,
    },
    /// Tell the customer that its organization has its first administrator.
    ActivateCustomer {
        /// Whose customer it is.
        partner_id: PartnerId,
        /// The customer.
        customer_id: CustomerId,
    },
}

impl AttachTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer_attach",
            Self::MailConsent { .. } => "mail_consent",
            Self::Remind { .. } => "remind_consent",
            Self::Expire { .. } => "expire_consent",
            Self::MailFullAccess { .. } => "mail_full_access",
            Self::ConfirmDomain { .. } => "confirm_domain",
            Self::ActivateCustomer { .. } => "activate_customer",
        }
    }

    /// Returns the moment before which it is not begun.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::Remind { due_at, .. } | Self::Expire { due_at, .. } => Some(*due_at),
            Self::Answer { .. }
            | Self::MailConsent { .. }
            | Self::MailFullAccess { .. }
            | Self::ConfirmDomain { .. }
            | Self::ActivateCustomer { .. } => None,
        }
    }
}

impl Process for AttachOrganization {
    const NAME: &'static str = "attach_organization";
    const EVENTS: &'static [&'static str] = OrganizationEvent::NAMES;

    type State = Known;
    type Event = OrganizationEvent;
    type Task = AttachTask;

    fn react(mut known: Known, event: &OrganizationEvent) -> Reaction<Known, AttachTask> {
        let tasks = known.tasks_of(event);
        Reaction::next(known, tasks)
    }
}

impl Known {
    fn tasks_of(&mut self, event: &OrganizationEvent) -> Vec<AttachTask> {
        let answer = |attach: AttachRef, answer| vec![AttachTask::Answer { attach, answer }];
        match event {
            OrganizationEvent::Created(body) => {
                self.name = Some(body.name.clone());
                self.created_for = body.customer_id.map(|customer| (body.created_by, customer));
                vec![]
            }
            OrganizationEvent::Registered(body) => {
                self.name = Some(body.name.clone());
                for administrator in &body.administrators {
                    self.administrators.insert(administrator.user_id, administrator.email.clone());
                }
                let organization_id = body.organization_id;
                let confirm = |domain| AttachTask::ConfirmDomain { organization_id, domain };
                body.verified_domains.iter().cloned().map(confirm).collect()
            }
            OrganizationEvent::DomainVerified(body) => {
                let (organization_id, domain) = (body.0.organization_id, body.0.domain.clone());
                vec![AttachTask::ConfirmDomain { organization_id, domain }]
            }
            OrganizationEvent::MemberAdded(body) => {
                self.learn(body.user_id, (body.role == MemberRole::OrgAdmin).then_some(&body.email))
            }
            OrganizationEvent::RoleAssigned(body) => {
                self.learn(body.user_id, (body.role == MemberRole::OrgAdmin).then_some(&body.email))
            }
            OrganizationEvent::RoleRevoked(body) => self.learn(body.user_id, None),
            OrganizationEvent::MemberRemoved(body) => self.learn(body.user_id, None),
            OrganizationEvent::Activated(_) => {
                let created_for = self.created_for.take();
                let activate =
                    |(partner_id, customer_id)| AttachTask::ActivateCustomer { partner_id, customer_id };
                created_for.map(activate).into_iter().collect()
            }
            OrganizationEvent::AttachReserved(body) => {
                self.asking = Some(Asking {
                    partner_name: body.partner_name.clone(),
                    brand_name: body.brand_name.clone(),
                    language: body.language.clone(),
                    assessment: None,
                });
                vec![]
            }
            OrganizationEvent::AttachAssessed(body) => {
                if let Some(asking) = &mut self.asking {
                    asking.assessment = Some(body.assessment.clone());
                }
                vec![]
            }
            OrganizationEvent::ConsentRequested(body) => self.ask(body),
            OrganizationEvent::ConsentReminded(body) => {
                self.mails(body.attach, &body.administrators, body.mailing)
            }
            OrganizationEvent::ConsentResent(body) => {
                self.mails(body.attach, &body.administrators, body.mailing)
            }
            OrganizationEvent::AttachRefused(body) => {
                let (code, reason) = (body.code.clone(), body.reason.clone());
                answer(body.attach, AttachAnswer::Refused { code, reason })
            }
            OrganizationEvent::ConsentDeclined(body) => answer(body.attach, AttachAnswer::Declined),
            OrganizationEvent::ConsentExpired(body) => answer(body.attach, AttachAnswer::Expired),
            OrganizationEvent::AttachWithdrawn(body) => answer(body.attach, AttachAnswer::Withdrawn),
            OrganizationEvent::Attached(body) => {
                let assessment = self.asking.take().and_then(|asking| asking.assessment);
                answer(body.attach, AttachAnswer::Approved { assessment })
            }
            OrganizationEvent::FullAccessRequested(body) => {
                let mail = |administrator: &UserId| {
                    self.mail(
                        *administrator,
                        body.organization_id,
                        body.partner_id,
                        &Asking {
                            partner_name: body.partner_name.clone(),
                            brand_name: body.brand_name.clone(),
                            language: body.language.clone(),
                            assessment: None,
                        },
                    )
                };
                let mails = body.administrators.iter().filter_map(mail);
                mails.map(|mail| AttachTask::MailFullAccess { mail }).collect()
            }
            OrganizationEvent::LicenseSet(_)
            | OrganizationEvent::DomainClaimed(_)
            | OrganizationEvent::UsersCounted(_)
            | OrganizationEvent::UserInvited(_)
            | OrganizationEvent::ProjectCreated(_)
            | OrganizationEvent::AppIdCreated(_)
            | OrganizationEvent::SettingsSet(_)
            | OrganizationEvent::AttachApproved(_)
            | OrganizationEvent::GrantGiven(_)
            | OrganizationEvent::GrantRevoked(_)
            | OrganizationEvent::CustomerReleased(_)
            | OrganizationEvent::ConsentMailed(_)
            | OrganizationEvent::ConsentGranted(_)
            | OrganizationEvent::ConsentSuperseded(_)
            | OrganizationEvent::RestrictedModeDisabled(_) => vec![],
        }
    }

    /// Keeps where an administrator is written to; whoever administers it no more is not.
    fn learn(&mut self, user_id: UserId, email: Option<&Personal<EmailAddress>>) -> Vec<AttachTask> {
        match email {
            Some(email) => _ = self.administrators.insert(user_id, email.clone()),
            None => _ = self.administrators.remove(&user_id),
        }
        vec![]
    }

    /// The customer hears that it waits; the administrators are asked, reminded, and left alone in the end (D5).
    fn ask(&self, requested: &ConsentRequested) -> Vec<AttachTask> {
        let ConsentRequested { attach, requested_at, expires_at, .. } = *requested;
        let assessment = self.asking.as_ref().and_then(|asking| asking.assessment.clone());
        let answer = AttachAnswer::ConsentRequested { assessment, expires_at };
        let mut tasks = vec![AttachTask::Answer { attach, answer }];
        tasks.extend(self.mails(attach, &requested.administrators, requested.mailing));
        for (reminder, after_us) in (1..).zip(CONSENT_REMINDERS_US) {
            let due_us = requested_at.as_microsecond().saturating_add(after_us);
            let due_at = Timestamp::from_microsecond(due_us).unwrap_or(Timestamp::MAX);
            if due_at < expires_at {
                tasks.push(AttachTask::Remind { attach, reminder, due_at });
            }
        }
        tasks.push(AttachTask::Expire { attach, due_at: expires_at });
        tasks
    }

    fn mails(&self, attach: AttachRef, administrators: &[UserId], mailing: u32) -> Vec<AttachTask> {
        let Some(asking) = &self.asking else { return vec![] };
        let mail = |administrator: &UserId| {
            self.mail(*administrator, attach.organization_id, attach.partner_id, asking)
        };
        let mails = administrators.iter().filter_map(mail);
        mails.map(|mail| AttachTask::MailConsent { attach, mailing, mail }).collect()
    }

    fn mail(
        &self,
        administrator: UserId,
        organization_id: OrganizationId,
        partner_id: PartnerId,
        asking: &Asking,
    ) -> Option<Box<AdministratorMail>> {
        Some(Box::new(AdministratorMail {
            administrator,
            email: self.administrators.get(&administrator)?.clone(),
            organization_id,
            organization_name: self.name.clone()?,
            partner_id,
            partner_name: asking.partner_name.clone(),
            brand_name: asking.brand_name.clone(),
            language: asking.language.clone(),
        }))
    }
}

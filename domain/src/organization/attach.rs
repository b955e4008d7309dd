//! What an organization decides about attaches, consent and partners' access.

use jiff::Timestamp;

use super::assessment::grant;
use super::attach_event::{
    AttachApproved, AttachAssessed, AttachRef, AttachRefused, AttachReserved, AttachWithdrawn,
    ConsentDeclined, ConsentExpired, ConsentGranted, ConsentMailed, ConsentReminded, ConsentRequested,
    ConsentResent, ConsentSuperseded, FullAccessRequested, GrantGiven, GrantRevoked, OrganizationAttached,
    RestrictedModeDisabled,
};
use super::directory::Decision;
use super::{
    Assessment, AttachCommand, AttachRefusal, AttachWay, Created, Grant, OpenAttach, OrganizationEvent,
    OrganizationRefusal, Reserve, assess,
};
use crate::ids::{CustomerId, OperationId, PartnerId, UserId};
use crate::limits::{CONSENT_REMINDERS_US, DAY_US, DECLINE_PAUSE_US};
use crate::refusal::Refusal;
use crate::values::{Language, Name};

impl OpenAttach {
    /// Tells whether the request is past its end; its timer may be late.
    pub(super) fn has_ended(&self, now_us: i64) -> bool {
        self.expires_at.is_some_and(|end| end.as_microsecond() <= now_us)
    }

    /// Tells whether it is time for a reminder, counted from 1.
    fn is_due(&self, reminder: u32, now_us: i64) -> bool {
        let after_us = CONSENT_REMINDERS_US.get(reminder as usize - 1);
        let asked_us = self.requested_at.map(Timestamp::as_microsecond);
        asked_us.zip(after_us).is_some_and(|(asked_us, after_us)| asked_us + after_us <= now_us)
    }
}

impl Created {
    pub(super) fn decide_attach(&self, command: AttachCommand) -> Decision {
        match command {
            AttachCommand::Reserve(reserve) => Ok(self.reserve_for(&reserve)),
            AttachCommand::RecordMailed { operation_id, administrator, mailing } => {
                Ok(self.record_mailed(operation_id, administrator, mailing))
            }
            AttachCommand::Remind { operation_id, reminder, now_us } => {
                Ok(self.remind(operation_id, reminder, now_us))
            }
            AttachCommand::Expire { operation_id } => {
                let open = self.waiting().filter(|open| open.attach.operation_id == operation_id);
                Ok(open.map(|open| ConsentExpired { attach: open.attach }.into()).into_iter().collect())
            }
            AttachCommand::Resend { customer_id, partner_id, now_us } => {
                let open = self.resendable(customer_id, partner_id, now_us)?;
                let (attach, mailing) = (open.attach, open.mailing + 1);
                let administrators = self.administrators().collect();
                Ok(vec![ConsentResent { attach, administrators, mailing }.into()])
            }
            AttachCommand::Withdraw { customer_id, partner_id } => {
                let open = self.waiting_for(customer_id, Some(partner_id))?;
                Ok(vec![AttachWithdrawn { attach: open.attach }.into()])
            }
            AttachCommand::Answer { customer_id, operation_id, administrator, consents, now_us } => {
                self.answer(customer_id, operation_id, administrator, consents, now_us)
            }
            AttachCommand::AddExternalAdmin { partner_id, now_us } => {
                Ok(self.add_external_admin(partner_id, now_us))
            }
            AttachCommand::RevokeGrant { partner_id } => {
                let has = self.grant_of(partner_id) != Grant::None;
                let organization_id = self.id;
                Ok(has.then(|| GrantRevoked { organization_id, partner_id }.into()).into_iter().collect())
            }
            AttachCommand::RequestFullAccess { partner_id, partner_name, brand_name, language, now_us } => {
                self.request_full_access(partner_id, partner_name, brand_name, language, now_us)
            }
        }
    }

    /// Tells early whether a partner could attach it; the organization's own stream decides bindingly.
    pub fn assess_for(
        &self,
        partner_id: PartnerId,
        may_ask: bool,
        now_us: i64,
    ) -> Result<Assessment, AttachRefusal> {
        let assessment = assess(self, partner_id, may_ask)?;
        if self.open_attach.as_ref().is_some_and(|open| !open.has_ended(now_us)) {
            return Err(AttachRefusal::Reserved);
        }
        let declined_at = self.partners.get(&partner_id).and_then(|relation| relation.declined_at);
        if let (AttachWay::Consent, Some(declined_at)) = (assessment.way, declined_at) {
            let left = declined_at.as_microsecond().saturating_add(DECLINE_PAUSE_US) - now_us;
            if left > 0 {
                return Err(AttachRefusal::DeclinedRecently { days: (left + DAY_US - 1) / DAY_US });
            }
        }
        Ok(assessment)
    }

    fn reserve_for(&self, reserve: &Reserve) -> Vec<OrganizationEvent> {
        let attach = AttachRef {
            organization_id: self.id,
            customer_id: reserve.customer_id,
            partner_id: reserve.partner_id,
            operation_id: reserve.operation_id,
        };
        let assessment = match self.assess_for(reserve.partner_id, reserve.may_ask, reserve.now_us) {
            Ok(assessment) => assessment,
            Err(refusal) => {
                let (code, reason) = (refusal.code().to_owned(), refusal.to_string());
                return vec![AttachRefused { attach, code, reason }.into()];
            }
        };
        // One that is past its end and whose timer is late ends first.
        let over = self.open_attach.as_ref().map(|open| ConsentExpired { attach: open.attach }.into());
        let mut events: Vec<OrganizationEvent> = over.into_iter().collect();
        events.push(
            AttachReserved {
                attach,
                partner_name: reserve.partner_name.clone(),
                may_ask: reserve.may_ask,
                brand_name: reserve.brand_name.clone(),
                language: reserve.language.clone(),
            }
            .into(),
        );
        events.push(AttachAssessed { attach, assessment: assessment.clone() }.into());
        match assessment.way {
            AttachWay::Managed | AttachWay::Automatic => {
                events.extend(self.attached(attach, assessment.grant, false));
            }
            AttachWay::Consent => events.push(
                ConsentRequested {
                    attach,
                    criteria: assessment.criteria,
                    administrators: self.administrators().collect(),
                    mailing: 1,
                    requested_at: moment(reserve.now_us),
                    expires_at: moment(reserve.now_us.saturating_add(reserve.valid_us)),
                }
                .into(),
            ),
        }
        events
    }

    /// What follows from an approval: the attach, the access, and the end of the restricted mode (R113).
    ///
    /// The access goes with the customer, unless an administrator gave it.
    fn attached(&self, attach: AttachRef, grant: Grant, given: bool) -> Vec<OrganizationEvent> {
        let (organization_id, partner_id) = (self.id, attach.partner_id);
        let customer_id = (!given).then_some(attach.customer_id);
        let mut events = vec![
            AttachApproved { attach }.into(),
            OrganizationAttached {
                attach,
                name: self.name.clone(),
                licenses: u32::try_from(self.licenses.len()).unwrap_or(u32::MAX),
                authentication: self.authentication.clone(),
                basic_branding: self.basic_branding,
            }
            .into(),
        ];
        // D18
        if grant > self.grant_of(partner_id) {
            events.push(GrantGiven { organization_id, partner_id, grant, customer_id }.into());
        }
        if self.restricted_mode {
            events.push(RestrictedModeDisabled { organization_id }.into());
        }
        events
    }

    /// The attach that waits for consent.
    pub(super) fn waiting(&self) -> Option<&OpenAttach> {
        self.open_attach.as_ref().filter(|open| open.expires_at.is_some())
    }

    /// Tells whether its administrators can still consent to an attach.
    pub fn awaits_consent_to(&self, operation_id: OperationId) -> bool {
        self.waiting().is_some_and(|open| open.attach.operation_id == operation_id)
    }

    pub(super) fn waiting_for(
        &self,
        customer_id: CustomerId,
        partner_id: Option<PartnerId>,
    ) -> Result<&OpenAttach, OrganizationRefusal> {
        let open = self.waiting().filter(|open| {
            open.attach.customer_id == customer_id
                && partner_id.is_none_or(|partner_id| partner_id == open.attach.partner_id)
        });
        open.ok_or(OrganizationRefusal::NoOpenRequest)
    }

    fn record_mailed(
        &self,
        operation_id: OperationId,
        administrator: UserId,
        mailing: u32,
    ) -> Vec<OrganizationEvent> {
        let awaits = |open: &&OpenAttach| {
            open.attach.operation_id == operation_id
                && open.mailed.get(&administrator).copied().unwrap_or(0) < mailing
        };
        let Some(open) = self.waiting().filter(awaits) else { return vec![] };
        vec![ConsentMailed { attach: open.attach, administrator, mailing }.into()]
    }

    fn remind(&self, operation_id: OperationId, reminder: u32, now_us: i64) -> Vec<OrganizationEvent> {
        let awaits = |open: &&OpenAttach| {
            open.attach.operation_id == operation_id
                && open.reminder < reminder
                && !open.has_ended(now_us)
                // One that is so late that the next is due is left out.
                && !open.is_due(reminder + 1, now_us)
        };
        let Some(open) = self.waiting().filter(awaits) else { return vec![] };
        let administrators = self.administrators().collect();
        vec![
            ConsentReminded { attach: open.attach, reminder, administrators, mailing: open.mailing + 1 }
                .into(),
        ]
    }

    fn answer(
        &self,
        customer_id: CustomerId,
        operation_id: Option<OperationId>,
        administrator: Option<UserId>,
        consents: bool,
        now_us: i64,
    ) -> Decision {
        let by_token = operation_id.is_some();
        let refusal = || {
            if by_token { OrganizationRefusal::InvalidToken } else { OrganizationRefusal::NoOpenRequest }
        };
        let open = self.answerable(customer_id, now_us).map_err(|_| refusal())?;
        if operation_id.is_some_and(|named| named != open.attach.operation_id)
            || administrator.is_some_and(|admin| self.administrators().all(|known| known != admin))
        {
            return Err(refusal());
        }
        let attach = open.attach;
        if !consents {
            return Ok(vec![ConsentDeclined { attach, administrator, declined_at: moment(now_us) }.into()]);
        }
        let mut events = vec![ConsentGranted { attach, administrator }.into()];
        // What the organization has by now counts, not what it had when it was asked.
        events.extend(self.attached(attach, grant(self, attach.partner_id), false));
        Ok(events)
    }

    /// R83; a pending consent of that partner is superseded: nobody needs to answer any more.
    fn add_external_admin(&self, partner_id: PartnerId, now_us: i64) -> Vec<OrganizationEvent> {
        let (organization_id, grant) = (self.id, Grant::FullAdmin);
        if let Some(open) =
            self.waiting().filter(|open| open.attach.partner_id == partner_id && !open.has_ended(now_us))
        {
            let mut events = vec![ConsentSuperseded { attach: open.attach }.into()];
            events.extend(self.attached(open.attach, grant, true));
            return events;
        }
        let given = self.grant_of(partner_id) != grant;
        given
            .then(|| GrantGiven { organization_id, partner_id, grant, customer_id: None }.into())
            .into_iter()
            .collect()
    }

    fn request_full_access(
        &self,
        partner_id: PartnerId,
        partner_name: Name,
        brand_name: Name,
        language: Language,
        now_us: i64,
    ) -> Decision {
        self.check_full_access(partner_id, now_us)?;
        if self.grant_of(partner_id) == Grant::FullAdmin {
            return Ok(vec![]);
        }
        let administrators: Vec<UserId> = self.administrators().collect();
        let organization_id = self.id;
        Ok(vec![
            FullAccessRequested {
                organization_id,
                partner_id,
                partner_name,
                administrators,
                brand_name,
                language,
                requested_at: moment(now_us),
            }
            .into(),
        ])
    }
}

fn moment(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or(Timestamp::MAX)
}

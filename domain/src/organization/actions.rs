//! What may be done with an organization and a request for its consent now; the same guards decide.

use super::{
    AttachRef, AttachRefusal, Created, Grant, Manager, OpenAttach, Organization, OrganizationRefusal,
};
use crate::ids::{CustomerId, PartnerId};
use crate::limits::{FULL_ACCESS_PAUSE_US, HOUR_US, MAILINGS_MAX};
use crate::refusal::Actions;

impl Organization {
    /// Tells which commands to it would be refused; those about its people and what is theirs as who manages it asks.
    pub fn actions(&self, by: Manager) -> Actions<OrganizationRefusal> {
        let managed = || self.existing().and_then(|it| it.check_manager(by).map(|()| it));
        let of_its_own =
            ["AddExternalAdmin", "ClaimDomain", "ImportMembers", "RevokeGrant", "SetLicense", "VerifyDomain"]
                .map(|name| (name, self.existing().map(drop)));
        let of_its_people = [
            "AssignRole",
            "CreateAppId",
            "CreateProject",
            "RemoveMember",
            "RevokeRole",
            "SetOrganizationSettings",
        ]
        .map(|name| (name, managed().map(drop)));
        let invite = ("InviteUser", managed().and_then(Created::check_active));
        of_its_own.into_iter().chain(of_its_people).chain([invite]).collect()
    }

    /// Tells which commands to a request for consent would be refused.
    pub fn consent_actions(&self, attach: AttachRef, now_us: i64) -> Actions<OrganizationRefusal> {
        let AttachRef { customer_id, partner_id, .. } = attach;
        // The customer may have asked again since.
        let this = |open: &OpenAttach| {
            if open.attach == attach { Ok(()) } else { Err(OrganizationRefusal::NoOpenRequest) }
        };
        let exists = || self.existing();
        let answer = || exists()?.answerable(customer_id, now_us).and_then(this);
        vec![
            ("DeclineConsent", answer()),
            ("GrantConsent", answer()),
            (
                "ResendConsent",
                exists().and_then(|it| it.resendable(customer_id, partner_id, now_us)).and_then(this),
            ),
            (
                "WithdrawAttach",
                exists().and_then(|it| it.waiting_for(customer_id, Some(partner_id))).and_then(this),
            ),
        ]
    }

    /// Tells which of its commands that are about a partner's customer would be refused.
    pub(crate) fn customer_actions(
        &self,
        customer_id: CustomerId,
        partner_id: PartnerId,
        now_us: i64,
    ) -> Actions<OrganizationRefusal> {
        let exists = || self.existing();
        vec![
            ("RequestFullAccess", exists().and_then(|it| it.check_full_access(partner_id, now_us))),
            (
                "ResendConsent",
                exists().and_then(|it| it.resendable(customer_id, partner_id, now_us)).map(drop),
            ),
            (
                "WithdrawAttach",
                exists().and_then(|it| it.waiting_for(customer_id, Some(partner_id))).map(drop),
            ),
        ]
    }

    pub(super) fn existing(&self) -> Result<&Created, OrganizationRefusal> {
        self.created.as_ref().ok_or(OrganizationRefusal::NotFound)
    }
}

impl Created {
    /// The open request, if its administrators can still answer it.
    pub(super) fn answerable(
        &self,
        customer_id: CustomerId,
        now_us: i64,
    ) -> Result<&OpenAttach, OrganizationRefusal> {
        let open = self.waiting_for(customer_id, None)?;
        if open.has_ended(now_us) { Err(OrganizationRefusal::NoOpenRequest) } else { Ok(open) }
    }

    /// The open request, if it can be mailed once more.
    pub(super) fn resendable(
        &self,
        customer_id: CustomerId,
        partner_id: PartnerId,
        now_us: i64,
    ) -> Result<&OpenAttach, OrganizationRefusal> {
        let open = self.waiting_for(customer_id, Some(partner_id))?;
        if open.has_ended(now_us) {
            return Err(OrganizationRefusal::NoOpenRequest);
        }
        if open.mailing >= MAILINGS_MAX {
            return Err(OrganizationRefusal::MailedEnough);
        }
        Ok(open)
    }

    /// R82: a customer's partner asks for full access, once a day, and somebody must be there to be asked.
    pub(super) fn check_full_access(
        &self,
        partner_id: PartnerId,
        now_us: i64,
    ) -> Result<(), OrganizationRefusal> {
        if self.customer_of(partner_id).is_none() {
            return Err(OrganizationRefusal::NotACustomer);
        }
        if self.grant_of(partner_id) == Grant::FullAdmin {
            return Ok(());
        }
        let asked_at = self.partners.get(&partner_id).and_then(|relation| relation.full_access_asked_at);
        let left = asked_at.map_or(0, |at| at.as_microsecond().saturating_add(FULL_ACCESS_PAUSE_US) - now_us);
        if left > 0 {
            return Err(OrganizationRefusal::AskedRecently { hours: (left + HOUR_US - 1) / HOUR_US });
        }
        if self.administrators().next().is_none() {
            return Err(AttachRefusal::NoAdministrator.into());
        }
        Ok(())
    }
}

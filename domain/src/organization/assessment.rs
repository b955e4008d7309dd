//! The attach assessment: what an organization's state means for a partner that wants to attach it (R73–R80, R105).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AttachRefusal, Created, Grant};
use crate::ids::PartnerId;
use crate::limits::CONSENT_USERS_MIN;

/// Why an attach needs the organization's consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Another partner manages it (D19).
    ManagedByAnotherPartner,
    /// It has a hundred users or more (R74).
    ManyUsers,
    /// It has a verified e-mail domain (R75).
    VerifiedDomain,
    /// A domain of it is claimed (R76).
    ClaimedDomain,
}

impl Criterion {
    /// Returns the rule that it comes from.
    pub fn rule(self) -> &'static str {
        match self {
            Self::ManagedByAnotherPartner => "R73",
            Self::ManyUsers => "R74",
            Self::VerifiedDomain => "R75",
            Self::ClaimedDomain => "R76",
        }
    }
}

/// How an organization can be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttachWay {
    /// The partner holds full access already.
    Managed,
    /// An administrator of the organization is asked (R73).
    Consent,
    /// At once, and nobody is told (R77, R78).
    Automatic,
}

/// What the assessment found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// How it can be attached.
    pub way: AttachWay,
    /// Every criterion that holds, not only the first (D2).
    pub criteria: Vec<Criterion>,
    /// The access that the partner will have (R79, R80, D18).
    pub grant: Grant,
}

/// Assesses an organization for a partner whose template says whether administrators may be asked by mail (R85).
pub fn assess(
    organization: &Created,
    partner_id: PartnerId,
    may_ask: bool,
) -> Result<Assessment, AttachRefusal> {
    if !organization.is_active() {
        return Err(AttachRefusal::NotActive);
    }
    // R105
    if organization.trial {
        return Err(AttachRefusal::Trial);
    }
    if let Some(customer_id) = organization.customer_of(partner_id) {
        return Err(AttachRefusal::AlreadyCustomer(customer_id));
    }
    let criteria = criteria(organization, partner_id);
    let grant = grant(organization, partner_id);
    if organization.grant_of(partner_id) == Grant::FullAdmin {
        return Ok(Assessment { way: AttachWay::Managed, criteria, grant });
    }
    if criteria.is_empty() {
        return Ok(Assessment { way: AttachWay::Automatic, criteria, grant });
    }
    if organization.administrators().next().is_none() {
        return Err(AttachRefusal::NoAdministrator);
    }
    // R85, D4
    if !may_ask {
        return Err(AttachRefusal::ConsentNotAllowed(criteria));
    }
    Ok(Assessment { way: AttachWay::Consent, criteria, grant })
}

fn criteria(organization: &Created, partner_id: PartnerId) -> Vec<Criterion> {
    let holds = [
        (Criterion::ManagedByAnotherPartner, organization.is_managed_besides(partner_id)),
        (Criterion::ManyUsers, organization.user_count >= CONSENT_USERS_MIN),
        (Criterion::VerifiedDomain, organization.domains.values().any(|domain| domain.verified)),
        (Criterion::ClaimedDomain, organization.domains.values().any(|domain| domain.claimed)),
    ];
    holds.into_iter().filter_map(|(criterion, holds)| holds.then_some(criterion)).collect()
}

/// The access that an attach brings. R79, R80: without a license that can be used nobody else administers services, so the partner may do all.
pub(super) fn grant(organization: &Created, partner_id: PartnerId) -> Grant {
    let given = if organization.has_active_license() { Grant::ProvisioningAdmin } else { Grant::FullAdmin };
    // D18
    given.max(organization.grant_of(partner_id))
}

//! The claims that customers hold, and the names of streams that follow from other names.

use sha2::{Digest, Sha256};
use tenantry_domain::ids::{CaseId, DomainId, OrganizationId, PartnerId};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{DomainName, ExternalId, PhoneNumber};
use uuid::Uuid;

use crate::ports::ClaimKey;

/// The claim of a customer on its organization: one customer for each partner and organization.
pub fn organization_claim(partner_id: PartnerId, organization_id: OrganizationId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "organization", value: organization_id.to_string() }
}

/// The claim of a customer on the partner's own ID of it.
pub fn external_id_claim(partner_id: PartnerId, external_id: &ExternalId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "external_id", value: external_id.as_str().to_owned() }
}

/// The claim of a case's open quote: one at a time. A case that is lost holds it for good.
pub fn open_quote_claim(partner_id: PartnerId, case_id: CaseId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "open_quote", value: case_id.to_string() }
}

/// The claim of a subscriber on its person's address, within the partner; also while the person has not agreed to move.
pub fn subscriber_claim(partner_id: PartnerId, email_hash: &str) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "subscriber", value: email_hash.to_owned() }
}

/// The claim of a subscriber on its person's address, whatever the partner: nobody is provisioned twice.
pub fn license_claim(email_hash: &str) -> ClaimKey {
    ClaimKey { tenant_id: TenantId::Platform, kind: "licensed_address", value: email_hash.to_owned() }
}

/// The kind of the claim on a telephone number.
pub(super) const NUMBER: &str = "number";

/// The claim of a customer on a telephone number, which nobody else of the platform has.
pub fn number_claim(number: &PhoneNumber) -> ClaimKey {
    ClaimKey { tenant_id: TenantId::Platform, kind: NUMBER, value: number.as_str().to_owned() }
}

/// The claim of a partner's report that is being built: one at a time, since each goes through the whole log.
pub fn open_report_claim(partner_id: PartnerId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "open_report", value: partner_id.to_string() }
}

/// Returns the ID of a domain name, which follows from the name.
pub fn domain_id(domain: &DomainName) -> DomainId {
    DomainId::from_uuid(derived_uuid(&["domain", domain.as_str()]))
}

/// Returns a UUID that follows from some texts.
pub(super) fn derived_uuid(texts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    Uuid::new_v8(hash.finalize()[..16].try_into().expect("a hash is longer than a UUID"))
}

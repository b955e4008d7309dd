//! The platform on which organizations and their packages exist.

use async_trait::async_trait;
use tenantry_domain::catalogue::Package;
use tenantry_domain::ids::{OrganizationId, PartnerId};

/// An organization to be created.
#[derive(Debug, Clone)]
pub struct CreateOrganization {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner for whom.
    pub partner_id: PartnerId,
    /// Its name.
    pub name: String,
}

/// A package to be provisioned.
#[derive(Debug, Clone)]
pub struct ProvisionPackage {
    /// The organization that gets it.
    pub organization_id: OrganizationId,
    /// The partner for whom.
    pub partner_id: PartnerId,
    /// The package.
    pub package: Package,
    /// The licenses that the organization has of it already: then it changes, for example in its units.
    pub license_ids: Vec<String>,
    /// The most units of it.
    pub limit: Option<u32>,
}

/// A package to be removed.
#[derive(Debug, Clone)]
pub struct RemovePackage {
    /// The organization that loses it.
    pub organization_id: OrganizationId,
    /// The partner for whom.
    pub partner_id: PartnerId,
    /// The package.
    pub package: Package,
    /// The licenses that stand for it.
    pub license_ids: Vec<String>,
}

/// What the platform made of a package.
#[derive(Debug, Clone, Default)]
pub struct Provisioned {
    /// The licenses that stand for it.
    pub license_ids: Vec<String>,
    /// What the platform wants known: code and text.
    pub warnings: Vec<(u32, String)>,
}

/// Why the platform did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// It may work later.
    #[error("the platform cannot do it now ({code}): {description}")]
    Transient {
        /// The platform's number for it.
        code: u32,
        /// What it says.
        description: String,
    },
    /// It will never work.
    #[error("the platform refuses ({code}): {description}")]
    Permanent {
        /// The platform's number for it.
        code: u32,
        /// What it says.
        description: String,
    },
}

/// Provisions organizations and packages.
///
/// Every call carries a key: the same key again has the effect once and the same answer (INV-EFFECT).
#[async_trait]
pub trait Platform: Send + Sync {
    /// Creates an organization and returns the platform's name for it.
    async fn create_organization(
        &self,
        key: &str,
        request: &CreateOrganization,
    ) -> Result<String, PlatformError>;

    /// Provisions a package.
    async fn provision_package(
        &self,
        key: &str,
        request: &ProvisionPackage,
    ) -> Result<Provisioned, PlatformError>;

    /// Removes a package; one that is not there is removed already.
    async fn remove_package(&self, key: &str, request: &RemovePackage) -> Result<(), PlatformError>;
}

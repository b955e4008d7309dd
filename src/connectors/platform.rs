//! Platforms: one that lives in this program, one that refuses what it is told to, and one that plays a slow and failing
//! one.

use std::time::Duration;

use async_trait::async_trait;
use std::sync::Arc;
use tenantry_domain::catalogue::Package;

use crate::ports::{
    CreateOrganization, Ids, Platform, PlatformError, ProvisionPackage, Provisioned, RemovePackage,
};

/// The embedded platform: organizations and licenses are the streams of this store, so there is nobody else to ask.
#[derive(Debug, Clone, Copy, Default)]
pub struct EmbeddedPlatform;

#[async_trait]
impl Platform for EmbeddedPlatform {
    async fn create_organization(
        &self,
        _key: &str,
        request: &CreateOrganization,
    ) -> Result<String, PlatformError> {
        Ok(request.organization_id.to_string())
    }

    async fn provision_package(
        &self,
        key: &str,
        request: &ProvisionPackage,
    ) -> Result<Provisioned, PlatformError> {
        if !request.license_ids.is_empty() {
            return Ok(Provisioned { license_ids: request.license_ids.clone(), warnings: Vec::new() });
        }
        // The license is named after the task, so the same key gives the same license.
        let license = key.replacen("task_", "lic_", 1);
        Ok(Provisioned { license_ids: vec![license], warnings: Vec::new() })
    }

    async fn remove_package(&self, _key: &str, _request: &RemovePackage) -> Result<(), PlatformError> {
        Ok(())
    }
}

/// What the name of an organization says that the platform of a demonstration refuses.
pub const REFUSED_NAME: &str = "refused";

/// The most units of a package that the platform of a demonstration gives to one customer.
pub const UNITS_MAX: u32 = 1_000_000;

/// The embedded platform of a demonstration, where it can be seen what becomes of a refusal.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoPlatform;

/// The number that the platform of a demonstration gives its refusals.
const REFUSED: u32 = 2570;

#[async_trait]
impl Platform for DemoPlatform {
    async fn create_organization(
        &self,
        key: &str,
        request: &CreateOrganization,
    ) -> Result<String, PlatformError> {
        if request.name.contains(REFUSED_NAME) {
            let description = format!("a name that says {REFUSED_NAME} is refused");
            return Err(PlatformError::Permanent { code: REFUSED, description });
        }
        EmbeddedPlatform.create_organization(key, request).await
    }

    async fn provision_package(
        &self,
        key: &str,
        request: &ProvisionPackage,
    ) -> Result<Provisioned, PlatformError> {
        if request.limit.is_some_and(|limit| limit > UNITS_MAX) {
            let description = format!("nobody gets more than {UNITS_MAX} units of {}", request.package);
            return Err(PlatformError::Permanent { code: REFUSED, description });
        }
        EmbeddedPlatform.provision_package(key, request).await
    }

    async fn remove_package(&self, key: &str, request: &RemovePackage) -> Result<(), PlatformError> {
        EmbeddedPlatform.remove_package(key, request).await
    }
}

/// How a simulated platform behaves.
#[derive(Debug, Clone, Default)]
pub struct Simulation {
    /// How long every call takes.
    pub delay: Duration,
    /// How many of a hundred calls fail and may be tried again.
    pub transient_percent: u8,
    /// Packages that it always refuses.
    pub refused: Vec<Package>,
}

/// A platform for demonstrations and tests: slow and failing as configured, otherwise like the embedded one.
pub struct SimulatedPlatform {
    simulation: Simulation,
    ids: Arc<dyn Ids>,
}

/// The number that the simulated platform gives its errors.
const SIMULATED: u32 = 2560;

impl SimulatedPlatform {
    /// Makes a platform that behaves so.
    pub fn new(simulation: Simulation, ids: Arc<dyn Ids>) -> Self {
        Self { simulation, ids }
    }

    async fn behave(&self) -> Result<(), PlatformError> {
        tokio::time::sleep(self.simulation.delay).await;
        let chance = u16::from(self.ids.secret()[0]) * 100 / 256;
        if chance < u16::from(self.simulation.transient_percent) {
            let description = "maintenance, try again later".to_owned();
            return Err(PlatformError::Transient { code: SIMULATED, description });
        }
        Ok(())
    }
}

#[async_trait]
impl Platform for SimulatedPlatform {
    async fn create_organization(
        &self,
        key: &str,
        request: &CreateOrganization,
    ) -> Result<String, PlatformError> {
        self.behave().await?;
        EmbeddedPlatform.create_organization(key, request).await
    }

    async fn provision_package(
        &self,
        key: &str,
        request: &ProvisionPackage,
    ) -> Result<Provisioned, PlatformError> {
        self.behave().await?;
        if self.simulation.refused.contains(&request.package) {
            let description = format!("{} is not sold to this organization", request.package);
            return Err(PlatformError::Permanent { code: SIMULATED, description });
        }
        EmbeddedPlatform.provision_package(key, request).await
    }

    async fn remove_package(&self, key: &str, request: &RemovePackage) -> Result<(), PlatformError> {
        self.behave().await?;
        EmbeddedPlatform.remove_package(key, request).await
    }
}

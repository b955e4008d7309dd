//! The steps of provisioning, and how they end.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::catalogue::Package;
use crate::limits::{ERROR_TEXT_CHARS_MAX, PACKAGE_REPORT_ITEMS_MAX, PLATFORM_REFERENCE_CHARS_MAX};
use crate::values::InvalidValue;

/// One step of provisioning a customer, written for example `create_organization` or
/// `provision_package:webex_calling`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Step {
    /// The organization is asked whether it can be attached.
    AttachOrganization,
    /// The platform creates the organization.
    CreateOrganization,
    /// The first administrator is invited.
    SendInvitation,
    /// The platform provisions a package.
    ProvisionPackage(Package),
    /// The platform removes a package.
    RemovePackage(Package),
    /// The organization is taken from the partner.
    ReleaseOrganization,
    /// A billing report is built; no step of a customer.
    BuildReport,
}

const SEND_INVITATION: &str = "send_invitation";
const ATTACH_ORGANIZATION: &str = "attach_organization";
const CREATE_ORGANIZATION: &str = "create_organization";
const PROVISION_PACKAGE: &str = "provision_package";
const REMOVE_PACKAGE: &str = "remove_package";
const RELEASE_ORGANIZATION: &str = "release_organization";
const BUILD_REPORT: &str = "build_report";

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AttachOrganization => f.write_str(ATTACH_ORGANIZATION),
            Self::SendInvitation => f.write_str(SEND_INVITATION),
            Self::CreateOrganization => f.write_str(CREATE_ORGANIZATION),
            Self::ProvisionPackage(package) => write!(f, "{PROVISION_PACKAGE}:{package}"),
            Self::RemovePackage(package) => write!(f, "{REMOVE_PACKAGE}:{package}"),
            Self::ReleaseOrganization => f.write_str(RELEASE_ORGANIZATION),
            Self::BuildReport => f.write_str(BUILD_REPORT),
        }
    }
}

impl PartialSchema for Step {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).examples(["provision_package:webex_calling"]).into()
    }
}

impl ToSchema for Step {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Step")
    }
}

impl FromStr for Step {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == ATTACH_ORGANIZATION => Ok(Self::AttachOrganization),
            None if text == SEND_INVITATION => Ok(Self::SendInvitation),
            None if text == CREATE_ORGANIZATION => Ok(Self::CreateOrganization),
            None if text == RELEASE_ORGANIZATION => Ok(Self::ReleaseOrganization),
            None if text == BUILD_REPORT => Ok(Self::BuildReport),
            Some((PROVISION_PACKAGE, package)) => package.parse().map(Self::ProvisionPackage),
            Some((REMOVE_PACKAGE, package)) => package.parse().map(Self::RemovePackage),
            None | Some(_) => {
                Err(InvalidValue("not a step; use for example provision_package:webex_calling"))
            }
        }
    }
}

impl TryFrom<String> for Step {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Step> for String {
    fn from(step: Step) -> Self {
        step.to_string()
    }
}

/// Why a step failed, or what it warned of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepError {
    /// The platform's number of the error.
    pub code: u32,
    /// What went wrong, for people.
    pub description: String,
}

impl StepError {
    /// Makes an error whose text is cut at [`ERROR_TEXT_CHARS_MAX`].
    pub fn new(code: u32, description: &str) -> Self {
        Self { code, description: cut(description, ERROR_TEXT_CHARS_MAX) }
    }

    pub(super) fn bounded(&self) -> Self {
        Self::new(self.code, &self.description)
    }
}

/// How creating an organization ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// It is there.
    Done {
        /// The platform's name of it.
        reference: String,
    },
    /// It is not, and will not be tried again.
    Failed {
        /// Why.
        errors: Vec<StepError>,
    },
}

/// How provisioning a package ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageOutcome {
    /// The customer has it.
    Provisioned {
        /// The platform's names of its licenses.
        license_ids: Vec<String>,
        /// What the platform warned of.
        warnings: Vec<StepError>,
    },
    /// The customer does not have it, and it will not be tried again.
    Failed(StepError),
}

/// How removing a package ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalOutcome {
    /// The customer does not have it any more.
    Removed,
    /// It will not be tried again.
    Failed(StepError),
}

/// Cuts a platform's reference at [`PLATFORM_REFERENCE_CHARS_MAX`].
pub(super) fn bounded_reference(reference: &str) -> String {
    cut(reference, PLATFORM_REFERENCE_CHARS_MAX)
}

/// Keeps the first [`PACKAGE_REPORT_ITEMS_MAX`] references, each cut.
pub(super) fn bounded_references(references: &[String]) -> Vec<String> {
    references.iter().take(PACKAGE_REPORT_ITEMS_MAX).map(|text| bounded_reference(text)).collect()
}

/// Keeps the first [`PACKAGE_REPORT_ITEMS_MAX`] errors, each cut.
pub(crate) fn bounded_errors(errors: &[StepError]) -> Vec<StepError> {
    errors.iter().take(PACKAGE_REPORT_ITEMS_MAX).map(StepError::bounded).collect()
}

fn cut(text: &str, chars_max: usize) -> String {
    // What a platform says may hold anything; a control character has no place in a row.
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(chars_max).collect()
}

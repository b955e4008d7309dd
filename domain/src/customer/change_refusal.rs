//! Why a customer that exists is not to be changed so, now.

use super::Step;
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId};
use crate::refusal::{Refusal, RefusalKind};

const LOOK_AT_PROVISIONING: &[&str] = &["GET /api/v1/provisioning/{customerId} shows how far it is"];
const WAIT_OR_CANCEL: &[&str] =
    &["GET /api/v1/operations/{id} shows how far it is", "wait until it has ended, or give CancelOperation"];

/// Why a change, a removal, or a step into running work is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefusal {
    /// Other work has to end first.
    #[error("operation {0} is under way")]
    UnderWay(OperationId),
    /// The customer is not provisioned.
    #[error("customer {0} is not provisioned")]
    NotReady(CustomerId),
    /// Somebody else gave it another external ID at the same time.
    #[error("customer {0} was changed at the same time")]
    ChangedMeanwhile(CustomerId),
    /// There is nothing to take up again.
    #[error("the work on customer {0} has not failed")]
    NotFailed(CustomerId),
    /// An operator refused the customer.
    #[error("the screening of customer {0} ended with a refusal")]
    ScreeningRefused(CustomerId),
    /// The customer does not wait for an operator.
    #[error("customer {0} is not being screened")]
    NotScreened(CustomerId),
    /// The package is needed.
    #[error("package {package} is in use: {count} of {by}")]
    PackageInUse {
        /// The package.
        package: Package,
        /// How many need it.
        count: u32,
        /// What needs it.
        by: &'static str,
    },
    /// More of the package are assigned.
    #[error("package {package} cannot be limited to {limit}: {count} are in use")]
    LimitBelowUse {
        /// The package.
        package: Package,
        /// The limit that was asked for.
        limit: u32,
        /// How many have it.
        count: u32,
    },
    /// The customer has subscribers.
    #[error("customer {customer_id} has subscribers: {count}")]
    InUse {
        /// The customer.
        customer_id: CustomerId,
        /// How many.
        count: usize,
    },
    /// The step has not failed and is not being tried.
    #[error("step {0} is neither failed nor under way, or waits for another")]
    StepNotOpen(Step),
    /// Only steps of packages can be left out.
    #[error("step {0} cannot be skipped")]
    StepNotSkippable(Step),
    /// Nothing would be left of the customer.
    #[error("package {0} is the only one of the customer")]
    NothingLeft(Package),
    /// The work is over, or it is not this customer's.
    #[error("operation {0} is not under way on this customer")]
    OperationOver(OperationId),
    /// What is under way cannot be stopped half-way.
    #[error("the step that operation {0} is at cannot be cancelled")]
    NotCancellable(OperationId),
    /// R103
    #[error("the customer is the partner's own organization, which is changed through the API only")]
    ApiOnly,
}

impl Refusal for ChangeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::UnderWay(_) => "operation_in_progress",
            Self::NotReady(_) => "customer_not_provisioned",
            Self::ChangedMeanwhile(_) => "customer_changed",
            Self::NotFailed(_) => "not_failed",
            Self::ScreeningRefused(_) => "screening_refused",
            Self::NotScreened(_) => "not_screened",
            Self::PackageInUse { .. } => "package_in_use",
            Self::LimitBelowUse { .. } => "limit_below_use",
            Self::InUse { .. } => "customer_in_use",
            Self::StepNotOpen(_) => "step_not_open",
            Self::StepNotSkippable(_) => "step_not_skippable",
            Self::NothingLeft(_) => "last_package",
            Self::OperationOver(_) => "operation_over",
            Self::NotCancellable(_) => "not_cancellable",
            Self::ApiOnly => "api_only",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::UnderWay(_)
            | Self::NotReady(_)
            | Self::ChangedMeanwhile(_)
            | Self::NotFailed(_)
            | Self::ScreeningRefused(_)
            | Self::NotScreened(_)
            | Self::PackageInUse { .. }
            | Self::LimitBelowUse { .. }
            | Self::InUse { .. }
            | Self::StepNotOpen(_)
            | Self::OperationOver(_)
            | Self::NotCancellable(_) => RefusalKind::Conflict,
            Self::StepNotSkippable(_) | Self::NothingLeft(_) | Self::ApiOnly => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::ScreeningRefused(_) | Self::NotScreened(_) => &["D9"],
            Self::NothingLeft(_) => &["D8"],
            Self::ApiOnly => &["R103", "D7"],
            Self::PackageInUse { .. } | Self::LimitBelowUse { .. } => &["R60"],
            Self::UnderWay(_)
            | Self::NotReady(_)
            | Self::ChangedMeanwhile(_)
            | Self::NotFailed(_)
            | Self::StepNotOpen(_)
            | Self::StepNotSkippable(_)
            | Self::OperationOver(_)
            | Self::InUse { .. }
            | Self::NotCancellable(_) => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::UnderWay(_) => WAIT_OR_CANCEL,
            Self::NotReady(_) => {
                &["give RetryProvisioning where it failed; else wait until it is provisioned"]
            }
            Self::NotFailed(_) | Self::NotScreened(_) | Self::StepNotOpen(_) | Self::OperationOver(_) => {
                LOOK_AT_PROVISIONING
            }
            Self::ChangedMeanwhile(_) => &["send the command again"],
            Self::ScreeningRefused(_) => &["give RemoveCustomerOrg; ask the operator about the reason"],
            Self::PackageInUse { .. } => &["take what needs the package away first"],
            Self::LimitBelowUse { .. } => &["take the package from subscribers first"],
            Self::InUse { .. } => &["give RemoveSubscriber for each, or set cascade to true"],
            Self::StepNotSkippable(_) => &["skip a step of a package, or give RemoveCustomerOrg"],
            Self::NothingLeft(_) => &["give RemoveCustomerOrg, or RetryStep"],
            Self::NotCancellable(_) => {
                &["wait until the step has ended; where consent is awaited, give WithdrawAttach"]
            }
            Self::ApiOnly => &["give the command with an access key"],
        }
    }
}

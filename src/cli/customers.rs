//! Customers and the work on them, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::json;

use super::configuration::Configuration;
use super::failure::Failure;
use super::operations::{WaitOptions, wait_for_customer, wait_for_operation};
use super::read::{ListOptions, Named, Noun};
use super::write::{CreateOptions, Mode, OneOptions};

/// The field that names a customer.
const CUSTOMER_ID: &str = "customerId";

const CUSTOMERS: Noun = Noun {
    path: "customers",
    columns: &[
        ("ID", "/id"),
        ("EXTERNAL ID", "/externalId"),
        ("NAME", "/name"),
        ("STATUS", "/status"),
        ("PACKAGES", "/packages"),
        ("CREATED", "/createdAt"),
    ],
};

const OPERATIONS: Noun = Noun {
    path: "operations",
    columns: &[
        ("ID", "/id"),
        ("KIND", "/kind"),
        ("STATE", "/state"),
        ("SUBJECT", "/subject/id"),
        ("STEPS", "/steps"),
        ("CREATED", "/createdAt"),
        ("FINISHED", "/finishedAt"),
    ],
};

/// Which customers are wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct CustomerFilters {
    /// Only those in this status, for example provisioned
    #[arg(long)]
    status: Option<String>,
    /// Only the one with this ID of the partner's own
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
}

/// What can be done with customers.
#[derive(Debug, Subcommand)]
pub(crate) enum CustomerVerb {
    /// List customers
    List {
        #[command(flatten)]
        options: ListOptions,
        #[command(flatten)]
        filters: CustomerFilters,
    },
    /// Show a customer
    Show(Named),
    /// Create a customer with a new organization (CreateCustomerOrg)
    Create(CreateOptions),
    /// Make a customer of an organization that exists (AttachExistingOrg)
    Attach(CreateOptions),
    /// Change a customer (UpdateCustomerOrg)
    Update(CreateOptions),
    /// Remove a customer; its organization stays (RemoveCustomerOrg)
    Remove {
        /// The customer
        id: String,
        /// Let its subscribers go with it
        #[arg(long)]
        cascade: bool,
        #[command(flatten)]
        mode: Mode,
    },
    /// Ask for help with setting a customer up (RequestSetupAssist)
    Assist(CreateOptions),
    /// Take up again what failed (RetryProvisioning)
    Retry(OneOptions),
    /// Do one failed step again (RetryStep)
    RetryStep(StepOptions),
    /// Leave out a step that failed or is still tried (SkipStep)
    SkipStep {
        #[command(flatten)]
        step: StepOptions,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Wait until the work on a customer has ended
    Wait(WaitOptions),
}

/// A step of the work on a customer.
#[derive(Debug, Clone, Args)]
pub(crate) struct StepOptions {
    /// The customer
    customer: String,
    /// The step, for example provision_package:webex_calling
    step: String,
    #[command(flatten)]
    mode: Mode,
}

impl StepOptions {
    async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        let Self { customer, step, mode } = self;
        let mut body = json!({ CUSTOMER_ID: customer, "step": step });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        mode.run(configuration, name, body.to_string().into_bytes()).await
    }
}

/// What can be done with operations.
#[derive(Debug, Subcommand)]
pub(crate) enum OperationVerb {
    /// List operations
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those in this state: running, waiting, succeeded or failed
        #[arg(long)]
        state: Option<String>,
    },
    /// Show an operation
    Show(Named),
    /// Wait until an operation has ended
    Wait(WaitOptions),
    /// End the operation that is under way on a customer (CancelOperation)
    Cancel {
        /// The operation
        id: String,
        /// The customer, as the operation's subject names it
        #[arg(long, value_name = "ID")]
        customer: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        mode: Mode,
    },
}

impl CustomerVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, filters: CustomerFilters { status, external_id } } => {
                let filters = [("status", status.as_deref()), ("externalId", external_id.as_deref())];
                CUSTOMERS.list(configuration, &options, filters).await
            }
            Self::Show(named) => CUSTOMERS.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration, "CreateCustomerOrg").await,
            Self::Attach(options) => options.run(configuration, "AttachExistingOrg").await,
            Self::Update(options) => options.run(configuration, "UpdateCustomerOrg").await,
            Self::Remove { id, cascade, mode } => {
                let body = json!({ CUSTOMER_ID: id, "cascade": cascade });
                mode.run(configuration, "RemoveCustomerOrg", body.to_string().into_bytes()).await
            }
            Self::Assist(options) => options.run(configuration, "RequestSetupAssist").await,
            Self::Retry(options) => options.run(configuration, "RetryProvisioning", CUSTOMER_ID).await,
            Self::RetryStep(step) => step.run(configuration, "RetryStep", None).await,
            Self::SkipStep { step, reason } => step.run(configuration, "SkipStep", Some(reason)).await,
            Self::Wait(options) => wait_for_customer(configuration, &options).await,
        }
    }
}

impl OperationVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, state } => {
                OPERATIONS.list(configuration, &options, [("state", state.as_deref())]).await
            }
            Self::Show(named) => OPERATIONS.show(configuration, &named).await,
            Self::Wait(options) => wait_for_operation(configuration, &options).await,
            Self::Cancel { id, customer, reason, mode } => {
                let mut body = json!({ CUSTOMER_ID: customer, "operationId": id });
                if let Some(reason) = reason {
                    body["reason"] = json!(reason);
                }
                mode.run(configuration, "CancelOperation", body.to_string().into_bytes()).await
            }
        }
    }
}

//! What a person types about the subscribers of customers.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tenantry_domain::ids::{CustomerId, LocationId, SubscriberId};

use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Named, Noun};
use super::write::{CreateOptions, Mode, OneOptions};

const SUBSCRIBERS: Noun = Noun {
    path: "subscribers",
    columns: &[
        ("ID", "/id"),
        ("CUSTOMER", "/customerId"),
        ("E-MAIL", "/email"),
        ("PACKAGES", "/packages"),
        ("STATUS", "/status"),
        ("CREATED", "/createdAt"),
    ],
};

/// The field that names a subscriber.
const ID: &str = "subscriberId";

/// Where a person calls from, and by which numbers.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The location that the person calls from
    #[arg(long, value_name = "ID")]
    location: Option<LocationId>,
    /// The number of the customer's by which the person is called, for example +4930123456
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// The short number inside the location
    #[arg(long, value_name = "DIGITS")]
    extension: Option<String>,
}

/// What can be done with subscribers.
#[derive(Debug, Subcommand)]
pub(crate) enum SubscriberVerb {
    /// List subscribers
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those of this customer
        #[arg(long, value_name = "ID")]
        customer: Option<CustomerId>,
        /// Only those in this status: provisioned or pending_user_migration
        #[arg(long)]
        status: Option<String>,
        /// Only the one with this address
        #[arg(long)]
        email: Option<String>,
    },
    /// Show a subscriber
    Show(Named),
    /// Provision a person in a customer (ProvisionSubscriber)
    Add(CreateOptions),
    /// Give a subscriber other packages (ChangeSubscriberPackages)
    Change {
        /// The subscriber
        id: SubscriberId,
        /// One base package and its add-ons
        #[arg(required = true, value_name = "PACKAGE")]
        packages: Vec<String>,
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        mode: Mode,
    },
    /// Give a subscriber who calls another number, extension or location (AssignNumber)
    Number {
        /// The subscriber
        id: SubscriberId,
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        mode: Mode,
    },
    /// Ask a person of another organization again whether to move (SendConsentMove)
    AskAgain(OneOptions),
    /// Remove a subscriber (RemoveSubscriber)
    Remove(OneOptions),
}

impl SubscriberVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, customer, status, email } => {
                let customer = customer.map(|customer| customer.to_string());
                let named = [
                    ("customerId", customer.as_deref()),
                    ("status", status.as_deref()),
                    ("email", email.as_deref()),
                ];
                SUBSCRIBERS.list(configuration, &options, named).await
            }
            Self::Show(named) => SUBSCRIBERS.show(configuration, &named).await,
            Self::Add(options) => options.run(configuration, "ProvisionSubscriber").await,
            Self::Change { id, packages, place, mode } => {
                let body = place.body(json!({ ID: id, "packages": packages }));
                mode.run(configuration, "ChangeSubscriberPackages", body).await
            }
            Self::Number { id, place, mode } => {
                mode.run(configuration, "AssignNumber", place.body(json!({ ID: id }))).await
            }
            Self::AskAgain(options) => options.run(configuration, "SendConsentMove", ID).await,
            Self::Remove(options) => options.run(configuration, "RemoveSubscriber", ID).await,
        }
    }
}

impl Place {
    /// Adds what was said to the data of a command.
    fn body(self, mut body: Value) -> Vec<u8> {
        body["locationId"] = json!(self.location);
        body["phoneNumber"] = json!(self.number);
        body["extension"] = json!(self.extension);
        if let Some(fields) = body.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        body.to_string().into_bytes()
    }
}

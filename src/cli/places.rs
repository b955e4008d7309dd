//! Locations and numbers of customers, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use clap::{Args, Subcommand};
use serde_json::json;

use super::configuration::Configuration;
use super::failure::Failure;
use super::read::{ListOptions, Named, Noun};
use super::write::{CreateOptions, Mode};

const LOCATIONS: Noun = Noun {
    path: "locations",
    columns: &[
        ("ID", "/id"),
        ("CUSTOMER", "/customerId"),
        ("NAME", "/name"),
        ("CITY", "/address/city"),
        ("COUNTRY", "/address/country"),
        ("HEAD OFFICE", "/headOffice"),
    ],
};

const NUMBERS: Noun = Noun {
    path: "numbers",
    columns: &[
        ("NUMBER", "/number"),
        ("CUSTOMER", "/customerId"),
        ("LOCATION", "/locationId"),
        ("STATE", "/state"),
        ("SUBSCRIBER", "/subscriberId"),
    ],
};

/// What can be done with locations.
#[derive(Debug, Subcommand)]
pub(crate) enum LocationVerb {
    /// List locations
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those of this customer
        #[arg(long, value_name = "ID")]
        customer: Option<String>,
    },
    /// Show a location
    Show(Named),
    /// Add a location (AddLocation)
    Add(CreateOptions),
    /// Remove a location (RemoveLocation)
    Remove {
        /// The location
        id: String,
        /// The customer
        #[arg(long, value_name = "ID")]
        customer: String,
        #[command(flatten)]
        mode: Mode,
    },
}

/// Which numbers are meant.
#[derive(Debug, Clone, Args)]
pub(crate) struct NumberOptions {
    /// The numbers, for example +4930123456
    #[arg(required = true, value_name = "NUMBER")]
    numbers: Vec<String>,
    /// The customer
    #[arg(long, value_name = "ID")]
    customer: String,
    #[command(flatten)]
    mode: Mode,
}

/// What can be done with numbers.
#[derive(Debug, Subcommand)]
pub(crate) enum NumberVerb {
    /// List numbers
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those of this customer
        #[arg(long, value_name = "ID")]
        customer: Option<String>,
        /// Only those in this state: free or assigned
        #[arg(long)]
        state: Option<String>,
    },
    /// Show a number
    Show(Named),
    /// Give a customer numbers (AddNumbers)
    Add {
        #[command(flatten)]
        options: NumberOptions,
        /// The location that they lie at
        #[arg(long, value_name = "ID")]
        location: Option<String>,
    },
    /// Take numbers from a customer (RemoveNumbers)
    Remove(NumberOptions),
}

impl NumberOptions {
    async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        location: Option<String>,
    ) -> Result<(), Failure> {
        let mut body = json!({ "customerId": self.customer, "numbers": self.numbers });
        if let Some(location) = location {
            body["locationId"] = json!(location);
        }
        self.mode.run(configuration, name, body.to_string().into_bytes()).await
    }
}

impl LocationVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, customer } => {
                LOCATIONS.list(configuration, &options, [("customerId", customer.as_deref())]).await
            }
            Self::Show(named) => LOCATIONS.show(configuration, &named).await,
            Self::Add(options) => options.run(configuration, "AddLocation").await,
            Self::Remove { id, customer, mode } => {
                let body = json!({ "customerId": customer, "locationId": id });
                mode.run(configuration, "RemoveLocation", body.to_string().into_bytes()).await
            }
        }
    }
}

impl NumberVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, customer, state } => {
                let filters = [("customerId", customer.as_deref()), ("state", state.as_deref())];
                NUMBERS.list(configuration, &options, filters).await
            }
            Self::Show(named) => NUMBERS.show(configuration, &named).await,
            Self::Add { options, location } => options.run(configuration, "AddNumbers", location).await,
            Self::Remove(options) => options.run(configuration, "RemoveNumbers", None).await,
        }
    }
}

//! The command line as clap reads it.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use tenantry_domain::ids::PartnerId;

use super::asked::{ConsentVerb, InvitationVerb, OutboxVerb, ScreeningVerb};
use super::backup::{BackupOptions, RestoreOptions};
use super::configuration::PlatformKind;
use super::customers::{CustomerVerb, OperationVerb};
use super::doctor::DoctorOptions;
use super::events::EventsVerb;
use super::keys::KeyVerb;
use super::metering::{ReportVerb, UsageVerb};
use super::nouns::{OrgVerb, PartnerVerb, TemplateVerb};
use super::output::Format;
use super::places::{LocationVerb, NumberVerb};
use super::projections::ProjectionsVerb;
use super::read::{Named, RowOptions};
use super::replay::ReplayOptions;
use super::sales::{CaseVerb, QuoteVerb, SubscriptionVerb};
use super::state::StateOptions;
use super::store::StoreVerb;
use super::subscribers::SubscriberVerb;
use super::write::CommandOptions;
use crate::telemetry::LogFormat;

/// Said at the end of the help.
const MORE: &str = "\
Each option that is not a verb's own is also an environment variable (TENANTRY_LISTEN for --listen) and a key of \
tenantry.toml (listen); a flag goes before the environment, the environment before the file. TENANTRY_WRAPPING_KEY \
and TENANTRY_OPERATOR_KEY have no flag. `tenantry doctor` shows each value and where it comes from.

A verb works through the server that --url and --key name, or else on the store itself. There a command is written to \
the ledger; views and processes move on when a server runs. `projections rebuild` moves the views while it works.

Exit codes:
  0  done
  1  failed: the key is not valid, an operation or a check failed, the server met a fault
  2  wrong usage: the command line, the configuration, or the data of a command
  3  refused by a rule, or the role may not do it
  4  not found
  5  the server or the store is away, full or in use: the same may succeed later";

/// An event-sourced backend that provisions customer organizations for partners.
#[derive(Debug, Parser)]
#[command(name = "tenantry", version, after_help = MORE, propagate_version = false, max_term_width = 120)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) everywhere: Everywhere,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Options of every verb.
#[derive(Debug, Clone, Args, Serialize)]
#[command(next_help_heading = "Options of every verb")]
pub(crate) struct Everywhere {
    /// Read the configuration from this file [default: tenantry.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,
    /// URL of the store, sqlite:FILE or postgres://… [default: ledger.db in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<String>,
    /// Folder of keys and of the embedded store [default: tenantry-data]
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data_dir: Option<PathBuf>,
    /// Work through the server at this address
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The access key for the server; better given as TENANTRY_KEY, which other users of the machine cannot see
    #[arg(long, global = true, value_name = "KEY")]
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Act for this direct sub-partner of the key's partner
    #[arg(long, global = true, value_name = "PARTNER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<PartnerId>,
    /// The form of data on standard output [default: table on a terminal, json elsewhere]
    #[arg(short, long, global = true, value_enum, value_name = "FORM", hide_possible_values = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Format>,
    /// The form of logs on standard error [default: text]
    #[arg(long, global = true, value_enum, value_name = "FORM")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log_format: Option<LogFormat>,
    /// A level, or a filter such as info,sqlx=warn [default: info for serve, warn for other verbs]
    #[arg(long, global = true, value_name = "LEVEL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log_level: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Clone, Args, Serialize)]
pub(crate) struct ServeFlags {
    /// Where to listen; port 0 picks one [default: 127.0.0.1:7480]
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// Where people find the pages behind links in mails [default: http:// and the address listened on]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// How many logs the store has; more than 1 is refused for now [default: 1]
    #[arg(long, value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    logs: Option<u32>,
    /// Fill the store with a sample and print keys to work with it
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    demo: bool,
    /// Who provisions organizations and licenses [default: embedded]
    #[arg(long, value_enum)]
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<PlatformKind>,
    /// How long each call of the simulated platform takes [default: 0]
    #[arg(long, value_name = "MS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_delay_ms: Option<u64>,
    /// How many of a hundred calls of the simulated platform fail and are tried again [default: 0]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_transient_percent: Option<u8>,
    /// Packages that the simulated platform refuses
    #[arg(long, value_name = "PACKAGE,…", value_delimiter = ',')]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    simulated_refused: Vec<String>,
    /// Countries in which organizations can be created [default: all]
    #[arg(long, value_name = "COUNTRY,…", value_delimiter = ',')]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offered_countries: Vec<String>,
    /// How many days a request for consent to an attach waits for an answer [default: 30]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u8).range(1..=90))]
    #[serde(skip_serializing_if = "Option::is_none")]
    consent_days: Option<u8>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Run everything in one process: interface, views, processes, worker
    Serve(ServeFlags),
    /// Bring a store up to date and say what was done
    Migrate,
    /// Access keys
    #[command(subcommand)]
    Key(KeyVerb),
    /// Give any command
    Command(CommandOptions),
    /// Cases of partners
    #[command(subcommand)]
    Case(CaseVerb),
    /// Quotes under cases
    #[command(subcommand)]
    Quote(QuoteVerb),
    /// Places that customers' people call from
    #[command(subcommand)]
    Location(LocationVerb),
    /// Telephone numbers of customers
    #[command(subcommand)]
    Number(NumberVerb),
    /// Subscribers of customers
    #[command(subcommand)]
    Subscriber(SubscriberVerb),
    /// Subscriptions of customers
    #[command(subcommand)]
    Subscription(SubscriptionVerb),
    /// Usage of organizations
    #[command(subcommand)]
    Usage(UsageVerb),
    /// Billing reports of partners
    #[command(subcommand)]
    Report(ReportVerb),
    /// Mails of a server that has no mail server, as the operator
    #[command(subcommand)]
    Outbox(OutboxVerb),
    /// Requests for the consent of organizations
    #[command(subcommand)]
    Consent(ConsentVerb),
    /// Invitations of people
    #[command(subcommand)]
    Invitation(InvitationVerb),
    /// Screenings of customers that are like a denied party
    #[command(subcommand)]
    Screening(ScreeningVerb),
    /// Customers of partners
    #[command(subcommand)]
    Customer(CustomerVerb),
    /// Onboarding templates of partners
    #[command(subcommand)]
    Template(TemplateVerb),
    /// Partners
    #[command(subcommand)]
    Partner(PartnerVerb),
    /// Organizations
    #[command(subcommand)]
    Org(OrgVerb),
    /// Pieces of work that go on after their command was answered
    #[command(subcommand)]
    Operation(OperationVerb),
    /// The history
    #[command(subcommand)]
    Events(EventsVerb),
    /// Show the state of one aggregate, now or then
    State(StateOptions),
    /// Rebuild views from events into scratch, print their rows and a SHA-256, and change nothing
    Replay(ReplayOptions),
    /// The views, and how far they have come
    #[command(subcommand)]
    Projections(ProjectionsVerb),
    /// Tasks of processes
    #[command(subcommand)]
    Tasks(TasksVerb),
    /// Whole stores
    #[command(subcommand)]
    Store(StoreVerb),
    /// Copy the embedded store and its keys into a folder, also while a server runs
    Backup(BackupOptions),
    /// Make the embedded store anew from a backup; one that is there is never overwritten
    Restore(RestoreOptions),
    /// Check configuration, store, schema and clock, and say what to do
    Doctor(DoctorOptions),
    /// Print what completes this command line in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of all or of one verb
    Man {
        /// The verb, for example: events export
        verb: Vec<String>,
    },
}

/// What can be done with tasks.
#[derive(Debug, Subcommand)]
pub(crate) enum TasksVerb {
    /// List the tasks that are not done
    List(RowOptions),
    /// Try a task again now that has failed, as the operator
    Retry(Named),
}

//! Use cases: who may do what, and the way of a command from its body to its answer.
//!
//! Knows roles, commands and views; HTTP, SQL and the outside are behind its edges.

mod actions;
mod answer;
mod authentication;
mod batch;
mod before;
mod beside;
mod billing;
mod body;
mod branding;
mod caller;
mod claims;
mod cloud_events;
mod commands;
mod differences;
mod directory_search;
mod disclosure;
mod erasure;
mod execute;
mod exported;
mod history;
mod json;
mod managing;
mod moments;
mod on_behalf;
mod organizations;
mod outbox;
mod overwriting;
mod passwords;
mod rates;
mod reads;
mod rehearse;
mod rejection;
mod reports;
pub mod roles;
mod sessions;
mod sheet;
mod subscribers;
mod together;
mod tokens;
mod usage;
mod whereabouts;

use std::sync::Arc;

use quick_cache::sync::Cache;
use tenantry_domain::customer::OfferedCountries;
use tenantry_domain::ids::CustomerId;
use tenantry_projections::Recorded;
use tenantry_projections::erasure::is_erasure;

use crate::ledger::{Feed, Streams};
use crate::limits::READER_RETRY_PAUSE;
use crate::ports::{
    ClaimKey, Clock, Erasing, Ids, KeyStore, Ledger, Outbox, ReadStore, ReportFiles, SignIns, TaskStore,
};
use crate::projector::{Moments, Progress};
use crate::sealing::Persons;
use crate::shutdown::Tasks;

pub use actions::Action;
pub use answer::Answer;
pub use authentication::{KEY_CHARS_MIN, NewKey};
pub use batch::{BatchLine, LineOutcome};
pub use billing::{BuiltReport, TooLarge};
pub use body::{BodyFault, BodySchema};
pub use branding::ShownBranding;
pub use caller::{Caller, Request};
pub use claims::{
    domain_id, external_id_claim, license_claim, number_claim, open_quote_claim, open_report_claim,
    organization_claim, subscriber_claim,
};
pub use cloud_events::{CloudEvent, UsageOutcome};
pub use commands::{CommandSpec, catalogue, get_command};
pub use differences::{Change, Difference, StateAt};
pub use directory_search::FoundOrganization;
pub use erasure::may_be_of;
pub use exported::read_exported;
pub use history::{EventFilter, EventPage, Moment};
pub use json::read_json;
pub use moments::{MinPosition, When};
pub use outbox::OutboxMail;
pub use overwriting::Overwriting;
pub use rates::Rates;
pub use reads::{Page, PageRequest, page_limit, read_cursor, write_cursor};
pub use rejection::{Rejection, error_chain};
pub use reports::{Origin, Report};
pub use sessions::{KeySignIn, MemberSignIn, SignIn, SignedIn};
pub use tokens::{ConsentToken, InvitationToken, MoveToken, ReportToken};
pub use usage::{Comparison, Groups, SheetPage, UsageRequest};

/// The application over one store.
pub struct App {
    /// Executes commands.
    pub streams: Streams,
    /// Reads events.
    pub ledger: Arc<dyn Ledger>,
    /// Looks up records and claims.
    pub keys: Arc<dyn KeyStore>,
    /// Reads rows.
    pub views: Arc<dyn ReadStore>,
    /// Passwords and sessions.
    pub sign_ins: Arc<dyn SignIns>,
    /// What an erasure asks of the store.
    pub erasing: Arc<dyn Erasing>,
    /// Who has asked for what an erasure deletes to be overwritten.
    pub overwriting: Overwriting,
    /// Mails of a server without a mail server.
    pub outbox: Arc<dyn Outbox>,
    /// Files of billing reports.
    pub report_files: Arc<dyn ReportFiles>,
    /// Lists tasks.
    pub tasks: Arc<dyn TaskStore>,
    /// Where the log ends.
    pub feed: Arc<Feed>,
    /// How far the views have come.
    pub progress: Arc<Progress>,
    /// What views showed at earlier moments.
    pub moments: Arc<Moments>,
    /// Persons and their keys.
    pub persons: Arc<Persons>,
    /// Customers by their partner and organization, as they were last found.
    pub customers: Cache<ClaimKey, CustomerId>,
    /// How often something may be asked for.
    pub rates: Rates,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// IDs and secrets.
    pub ids: Arc<dyn Ids>,
    /// How many days a request for consent waits for an answer (D5).
    pub consent_days: u8,
    /// Countries on offer (D15).
    pub offered: OfferedCountries,
}

impl App {
    /// Drops what an event makes old: a state of its stream, and after an erasure whatever may hold open values.
    fn forget(&self, event: &Recorded) {
        self.streams.forget_older(event);
        if is_erasure(event) {
            self.forget_erased(event.tenant_id);
        }
    }

    /// Drops cached states that the log has left behind, until the server stops.
    ///
    /// They are left behind when another server appends, or when a caller goes away before its answer. An old state
    /// costs a command a second try; an old access key would let a revoked one in.
    pub async fn forget_old_states(self: Arc<Self>, tasks: Tasks) {
        let mut reader = self.feed.reader(self.feed.head());
        loop {
            let read = tokio::select! {
                () = tasks.stopping() => return,
                read = reader.next() => read,
            };
            match read {
                Ok(events) => events.iter().for_each(|event| self.forget(event)),
                Err(fault) => {
                    tracing::warn!(%fault, "cannot see which states are old");
                    tokio::time::sleep(READER_RETRY_PAUSE).await;
                }
            }
        }
    }
}

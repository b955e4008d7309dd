//! A search of the directory: on record, because it tells one tenant about others (R95, R96).

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{DirectorySearchId, OrganizationId};
use crate::personal::PersonalSlots;
use crate::refusal::{Refusal, RefusalKind, SEND_AGAIN};
use crate::stream::{self, Decide};

/// A search; the default is one that was not made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DirectorySearch {
    /// What was found.
    pub found: Option<Vec<OrganizationId>>,
}

/// Records a search and what it found; not the address that was searched for.
#[derive(Debug, Clone)]
pub struct RecordSearch {
    /// The search.
    pub search_id: DirectorySearchId,
    /// The organizations.
    pub found: Vec<OrganizationId>,
}

/// Somebody searched the directory by the address of an administrator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DirectorySearched {
    /// The search.
    pub search_id: DirectorySearchId,
    /// The organizations that were found, the suggested one first.
    pub found: Vec<OrganizationId>,
}

impl PersonalSlots for DirectorySearched {}

crate::events! {
    /// The events of a search.
    pub enum DirectorySearchEvent {
        /// See [`DirectorySearched`].
        Searched(DirectorySearched) = "directory.searched", "1";
    }
}

/// Why a search is refused: the ID is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("search {0} was made already")]
pub struct SearchExists(pub DirectorySearchId);

impl Refusal for SearchExists {
    fn code(&self) -> &'static str {
        "search_exists"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    fn rules(&self) -> &'static [&'static str] {
        &[]
    }

    fn remedies(&self) -> &'static [&'static str] {
        SEND_AGAIN
    }
}

impl Decide for DirectorySearch {
    fn decide(&self, command: RecordSearch) -> Result<Vec<DirectorySearchEvent>, SearchExists> {
        let RecordSearch { search_id, found } = command;
        if self.found.is_some() {
            return Err(SearchExists(search_id));
        }
        Ok(vec![DirectorySearched { search_id, found }.into()])
    }
}

impl Aggregate for DirectorySearch {
    const TYPE: &'static str = "directory_search";
    type Command = RecordSearch;
    type Event = DirectorySearchEvent;
    type Error = SearchExists;
    type Services = ();

    async fn handle(
        &mut self,
        command: RecordSearch,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SearchExists> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: DirectorySearchEvent) {
        let DirectorySearchEvent::Searched(event) = event;
        self.found = Some(event.found);
    }
}

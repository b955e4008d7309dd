//! The list of denied parties that every new customer is compared with (D9).

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::personal::PersonalSlots;
use crate::refusal::{Refusal, RefusalKind};
use crate::stream::{self, Decide};
use crate::values::{Country, Name};

/// The name of the one stream, in the tenant `platform`.
pub const STREAM: &str = "screening_list";

/// Sets the screening list anew.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetScreeningList {
    /// All denied parties.
    #[schema(max_items = 10_000)]
    pub entries: Vec<ScreeningEntry>,
}

/// A denied party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScreeningEntry {
    /// Its country.
    pub country: Country,
    /// Its name; capitals, signs and spaces do not count.
    pub name: Name,
}

impl ScreeningEntry {
    /// Tells whether a party is like it.
    pub fn is_like(&self, name: &Name, country: &Country) -> bool {
        self.country == *country && letters(&self.name).eq(letters(name))
    }
}

fn letters(name: &Name) -> impl Iterator<Item = char> {
    name.as_str().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The screening list was set anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreeningListSet {
    /// All denied parties.
    pub entries: Vec<ScreeningEntry>,
}

impl PersonalSlots for ScreeningListSet {}

crate::events! {
    /// The events of the screening list.
    pub enum ScreeningListEvent {
        /// See [`ScreeningListSet`].
        Set(ScreeningListSet) = "screening_list.set", "1";
    }
}

/// The screening list; the default is an empty one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScreeningList {
    /// All denied parties.
    pub entries: Vec<ScreeningEntry>,
}

impl ScreeningList {
    /// Returns the first entry that a party is like.
    pub fn find(&self, name: &Name, country: &Country) -> Option<&ScreeningEntry> {
        self.entries.iter().find(|entry| entry.is_like(name, country))
    }
}

/// The list says no to nothing: what it may hold its schema says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScreeningListRefusal {}

impl Refusal for ScreeningListRefusal {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn kind(&self) -> RefusalKind {
        match *self {}
    }

    fn remedies(&self) -> &'static [&'static str] {
        match *self {}
    }
}

impl Decide for ScreeningList {
    fn decide(&self, command: SetScreeningList) -> Result<Vec<ScreeningListEvent>, ScreeningListRefusal> {
        let SetScreeningList { entries } = command;
        let changes = self.entries != entries;
        Ok(changes.then(|| ScreeningListSet { entries }.into()).into_iter().collect())
    }
}

impl Aggregate for ScreeningList {
    const TYPE: &'static str = "screening_list";
    type Command = SetScreeningList;
    type Event = ScreeningListEvent;
    type Error = ScreeningListRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: SetScreeningList,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ScreeningListRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: ScreeningListEvent) {
        let ScreeningListEvent::Set(event) = event;
        self.entries = event.entries;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(country: &str, name: &str) -> ScreeningEntry {
        ScreeningEntry {
            country: country.parse().expect("is a country"),
            name: name.parse().expect("is a name"),
        }
    }

    #[test]
    fn capitals_signs_and_spaces_do_not_hide_a_denied_party() {
        let list = ScreeningList { entries: vec![entry("DE", "Example Denied, Inc.")] };
        let find = |country: &str, name: &str| {
            let other = entry(country, name);
            list.find(&other.name, &other.country).is_some()
        };
        assert!(find("DE", "EXAMPLE  DENIED INC"));
        assert!(!find("SE", "Example Denied Inc"), "the country counts");
        assert!(!find("DE", "Example Denied"), "a part of the name is not enough");
    }

    #[test]
    fn the_same_list_again_changes_nothing() {
        let list = ScreeningList { entries: vec![entry("DE", "Example Denied")] };
        let again = SetScreeningList { entries: list.entries.clone() };
        assert_eq!(list.decide(again), Ok(vec![]));
    }
}

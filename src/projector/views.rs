//! The views that exist, with the types of their rows erased.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tenantry_domain::ids::PersonId;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::activity::Activity;
use tenantry_projections::administrators::Administrators;
use tenantry_projections::app_ids::AppIds;
use tenantry_projections::cases::Cases;
use tenantry_projections::consents::Consents;
use tenantry_projections::customers::Customers;
use tenantry_projections::erasure::{erase, erased_person};
use tenantry_projections::history::History;
use tenantry_projections::invitations::Invitations;
use tenantry_projections::keys::Keys;
use tenantry_projections::locations::Locations;
use tenantry_projections::memberships::Memberships;
use tenantry_projections::meters::Meters;
use tenantry_projections::numbers::Numbers;
use tenantry_projections::operations::Operations;
use tenantry_projections::organizations::Organizations;
use tenantry_projections::partners::Partners;
use tenantry_projections::projects::Projects;
use tenantry_projections::provisioning::Provisioning;
use tenantry_projections::quotes::Quotes;
use tenantry_projections::reports::Reports;
use tenantry_projections::screenings::Screenings;
use tenantry_projections::subscribers::Subscribers;
use tenantry_projections::subscriptions::Subscriptions;
use tenantry_projections::templates::Templates;
use tenantry_projections::usage::UsageByQuarter;
use tenantry_projections::users::Users;
use tenantry_projections::{FoldError, Recorded, RowKey, Source, View};

use super::fields::{Fields, fields_of};
use crate::ports::StoredRow;

/// What a page of events does to a view's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows to write.
    pub upserts: Vec<StoredRow>,
    /// Rows to remove.
    pub deletes: Vec<RowKey>,
}

/// A view whose rows are JSON documents.
pub trait AnyView: Send + Sync {
    /// Returns its name.
    fn name(&self) -> &'static str;

    /// Returns the version of its fold.
    fn version(&self) -> i32;

    /// Tells whether a tenant's rows follow from that tenant's events alone.
    fn stands_alone(&self, tenant_id: TenantId) -> bool;

    /// Tells whether rows take in events of several tenants, so that the order between tenants may matter.
    fn mixes_tenants(&self) -> bool;

    /// Tells whether it folds events of that stored name.
    fn wants(&self, event_type: &str) -> bool;

    /// Returns the stored names of the events that it folds; empty for all.
    fn events(&self) -> &'static [&'static str];

    /// Tells which events a row follows from.
    fn source(&self) -> Source;

    /// Tells whether rows can hold values about people.
    fn is_personal(&self) -> bool;

    /// Returns the rows that a page of events touches, besides those that hold values of somebody who is erased.
    fn keys(&self, events: &[&Recorded]) -> Result<Vec<RowKey>, FoldError>;

    /// Folds a page of events into the rows that it touches, of one tenant or of all.
    fn fold(
        &self,
        tenant_id: Option<TenantId>,
        rows: Vec<StoredRow>,
        events: &[&Recorded],
    ) -> Result<Changes, FoldError>;

    /// Returns the fields of its rows.
    fn fields(&self) -> Fields;
}

struct Erased<V>(PhantomData<V>);

impl<V: View> AnyView for Erased<V> {
    fn name(&self) -> &'static str {
        V::NAME
    }

    fn version(&self) -> i32 {
        V::VERSION
    }

    fn stands_alone(&self, tenant_id: TenantId) -> bool {
        !V::FED_BY_OTHERS.contains(&tenant_id.kind())
    }

    fn mixes_tenants(&self) -> bool {
        !V::FED_BY_OTHERS.is_empty()
    }

    fn wants(&self, event_type: &str) -> bool {
        V::wants(event_type)
    }

    fn events(&self) -> &'static [&'static str] {
        V::EVENTS
    }

    fn source(&self) -> Source {
        V::SOURCE
    }

    fn is_personal(&self) -> bool {
        V::PERSONAL
    }

    fn keys(&self, events: &[&Recorded]) -> Result<Vec<RowKey>, FoldError> {
        let mut keys = BTreeSet::new();
        for event in events.iter().filter(|event| V::wants(&event.event_type)) {
            keys.extend(V::keys(event)?);
        }
        Ok(keys.into_iter().collect())
    }

    fn fold(
        &self,
        tenant_id: Option<TenantId>,
        rows: Vec<StoredRow>,
        events: &[&Recorded],
    ) -> Result<Changes, FoldError> {
        let ours = |key: &RowKey| tenant_id.is_none_or(|tenant_id| key.tenant_id == tenant_id);
        let before: BTreeMap<RowKey, String> = rows.into_iter().map(|row| (row.key, row.doc)).collect();
        let mut after: Rows<V> = BTreeMap::new();
        for event in events {
            if let Some(person) = erased_person(event)? {
                erase_in(&before, &mut after, person, event)?;
            }
            if !V::wants(&event.event_type) {
                continue;
            }
            for key in V::keys(event)?.into_iter().filter(ours) {
                let row = match after.remove(&key) {
                    Some((_, row)) => row,
                    None => before.get(&key).map(|doc| read_row(&key, doc, event)).transpose()?,
                };
                let row = V::fold(&key, row, event)?;
                after.insert(key, (event.position, row));
            }
        }
        let mut changes = Changes::default();
        for (key, (position, row)) in after {
            match row {
                Some(row) => {
                    let doc = serde_json::to_string(&row).map_err(|error| FoldError {
                        position,
                        reason: format!("row {} cannot be written: {error}", key.key),
                    })?;
                    if before.get(&key) != Some(&doc) {
                        changes.upserts.push(StoredRow { key, doc });
                    }
                }
                None if before.contains_key(&key) => changes.deletes.push(key),
                None => {}
            }
        }
        Ok(changes)
    }

    fn fields(&self) -> Fields {
        fields_of::<V::Row>()
    }
}

/// Rows after some events, each with the position of the last that touched it.
type Rows<V> = BTreeMap<RowKey, (i64, Option<<V as View>::Row>)>;

fn read_row<R: DeserializeOwned>(key: &RowKey, doc: &str, event: &Recorded) -> Result<R, FoldError> {
    serde_json::from_str(doc).map_err(|error| FoldError {
        position: event.position,
        reason: format!("row {} cannot be read: {error}", key.key),
    })
}

/// Erases a person's values in all rows at hand, which are all of the view that hold any.
fn erase_in<R: DeserializeOwned + PersonalSlots>(
    before: &BTreeMap<RowKey, String>,
    after: &mut BTreeMap<RowKey, (i64, Option<R>)>,
    person: PersonId,
    event: &Recorded,
) -> Result<(), FoldError> {
    for (key, doc) in before.iter().filter(|(key, _)| key.tenant_id == event.tenant_id) {
        if !after.contains_key(key) {
            after.insert(key.clone(), (event.position, Some(read_row(key, doc, event)?)));
        }
    }
    for (_, row) in after.values_mut() {
        if let Some(row) = row {
            erase(row, person);
        }
    }
    Ok(())
}

fn erased<V: View>() -> Arc<dyn AnyView> {
    Arc::new(Erased::<V>(PhantomData))
}

/// Returns every view.
pub fn registered_views() -> Vec<Arc<dyn AnyView>> {
    vec![
        erased::<Activity>(),
        erased::<Administrators>(),
        erased::<AppIds>(),
        erased::<Cases>(),
        erased::<Consents>(),
        erased::<Customers>(),
        erased::<History>(),
        erased::<Invitations>(),
        erased::<Keys>(),
        erased::<Locations>(),
        erased::<Memberships>(),
        erased::<Meters>(),
        erased::<Numbers>(),
        erased::<Operations>(),
        erased::<Organizations>(),
        erased::<Partners>(),
        erased::<Projects>(),
        erased::<Provisioning>(),
        erased::<Quotes>(),
        erased::<Reports>(),
        erased::<Subscribers>(),
        erased::<Subscriptions>(),
        erased::<Screenings>(),
        erased::<Templates>(),
        erased::<UsageByQuarter>(),
        erased::<Users>(),
    ]
}

/// Finds a view by its name.
pub fn view_named(name: &str) -> Option<Arc<dyn AnyView>> {
    registered_views().into_iter().find(|view| view.name() == name)
}

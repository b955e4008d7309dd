//! Shows people's data to those who may see it, and withholds it from all others.
//!
//! Works on JSON of any shape: a sealed value is an object `{"sealed":"…"}`, wherever it stands.

use serde_json::{Value, json};
use tenantry_domain::ids::PersonId;
use tenantry_domain::personal::{Personal, Sealed, Slot};
use tenantry_domain::tenant::TenantId;

use super::{App, Caller, Rejection};
use crate::sealing::PersonKeys;

/// What stands in the place of a value that the caller may not see.
const WITHHELD: &str = "withheld";

/// What stands in the place of a value whose person's key is gone.
const ERASED: &str = "erased";

impl App {
    /// Opens or withholds the personal values of a tenant's data.
    pub(super) async fn disclose(
        &self,
        caller: &Caller,
        tenant_id: TenantId,
        data: &mut [Value],
    ) -> Result<(), Rejection> {
        let mut persons: Vec<(TenantId, PersonId)> = Vec::new();
        if may_see(caller, tenant_id) {
            for value in data.iter() {
                visit(value, &mut |sealed| persons.push((tenant_id, sealed.subject)));
            }
        }
        persons.sort_unstable();
        persons.dedup();
        let keys = self.persons.keys_for(&persons).await?;
        for value in data {
            replace(value, may_see(caller, tenant_id).then_some(&keys));
        }
        Ok(())
    }
}

/// The same with keys that are at hand.
pub(super) fn disclose_with(caller: &Caller, keys: &PersonKeys, value: &mut Value) {
    replace(value, caller.sees_people().then_some(keys));
}

fn may_see(caller: &Caller, tenant_id: TenantId) -> bool {
    caller.sees_people() && caller.tenant_id == tenant_id
}

fn sealed(value: &Value) -> Option<Sealed> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.get("sealed")?.as_str()?.to_owned().try_into().ok()
}

/// Tells whether a value was erased in its row or event already.
fn is_erased(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|fields| fields.len() == 1 && fields.get("erased") == Some(&Value::Bool(true)))
}

fn visit(value: &Value, see: &mut impl FnMut(Sealed)) {
    if let Some(sealed) = sealed(value) {
        return see(sealed);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        Value::Object(fields) => fields.values().for_each(|field| visit(field, see)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn replace(value: &mut Value, keys: Option<&PersonKeys>) {
    if let Some(sealed) = sealed(value) {
        let mut personal: Personal<Value> = Personal::Sealed(sealed);
        *value = match keys {
            None => json!({ "personal": WITHHELD }),
            Some(keys) => match Slot::unseal(&mut personal, keys) {
                Ok(()) => personal.value().cloned().unwrap_or_else(|| json!({ "personal": ERASED })),
                Err(error) => {
                    tracing::error!(%error, "a sealed value does not open");
                    json!({ "personal": ERASED })
                }
            },
        };
        return;
    }
    if is_erased(value) {
        *value = json!({ "personal": if keys.is_some() { ERASED } else { WITHHELD } });
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, keys)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

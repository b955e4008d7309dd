//! The SHA-256 of a set of rows, the same wherever the rows were folded: live, in a replay, or from an export.
//!
//! Hashed is `tenant\nkey\nrow\n` for each row, in the order of tenants and keys. The row is its canonical form: JSON
//! without white space, the fields of each object in the order of their names, and every value about a person withheld,
//! because exports do not hold it and an erased one may not change what was proved.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tenantry_domain::tenant::TenantId;

use crate::limits::{DIGEST_PASSES_MAX, DIGEST_ROWS, LOG};
use crate::ports::{Generation, PageQuery, StoreFault, StoredRow, ViewRows};

/// What identifies a set of rows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// How many rows there are.
    pub rows: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Takes in rows, in order, one after the other.
#[derive(Default)]
pub struct Hasher {
    hash: Sha256,
    rows: u64,
}

impl Hasher {
    /// Takes in a row and returns its canonical form.
    pub fn take(&mut self, row: &StoredRow) -> Result<Value, StoreFault> {
        let canonical = canonical(row)?;
        self.hash.update(format!("{}\n{}\n{canonical}\n", row.key.tenant_id, row.key.key));
        self.rows += 1;
        Ok(canonical)
    }

    /// Returns what was taken in.
    pub fn finish(self) -> Digest {
        Digest { rows: self.rows, sha256: format!("{:x}", self.hash.finalize()) }
    }
}

/// Returns a row in the one form in which it is hashed and shown to auditors.
pub fn canonical(row: &StoredRow) -> Result<Value, StoreFault> {
    let mut value = serde_json::from_str(&row.doc)
        .map_err(|error| StoreFault::Corrupt(format!("row {}: {error}", row.key.key)))?;
    withhold(&mut value);
    value.sort_all_objects();
    Ok(value)
}

/// Withholds every value about a person, whether it is sealed, erased or withheld already.
fn withhold(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.len() == 1 && is_personal(fields) => {
            *value = json!({ "personal": "withheld" });
        }
        Value::Object(fields) => fields.values_mut().for_each(withhold),
        Value::Array(items) => items.iter_mut().for_each(withhold),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_personal(fields: &serde_json::Map<String, Value>) -> bool {
    ["sealed", "erased", "personal"].iter().any(|name| fields.contains_key(*name))
}

/// Hashes the rows of a generation, of one tenant or of all, and says at which position of the log they are so.
///
/// A view that moves is read again until all pages are of one position, or two readings agree: then they hold for the
/// moment between the two. Fails with [`StoreFault::InUse`] when it never rests.
pub async fn digest_of(
    store: &dyn ViewRows,
    generation: Generation,
    tenant_id: Option<TenantId>,
) -> Result<(i64, Digest), StoreFault> {
    let mut before = None;
    for _ in 0..DIGEST_PASSES_MAX {
        let (from, to, digest) = read_once(store, generation, tenant_id).await?;
        if from == to || before.as_ref() == Some(&digest) {
            return Ok((from, digest));
        }
        before = Some(digest);
    }
    Err(StoreFault::InUse(format!("{} changes faster than it can be read; ask again later", generation.view)))
}

/// Hashes the rows page by page; returns the positions of the first and the last page too.
async fn read_once(
    store: &dyn ViewRows,
    generation: Generation,
    tenant_id: Option<TenantId>,
) -> Result<(i64, i64, Digest), StoreFault> {
    let (mut hasher, mut first, mut after) = (Hasher::default(), None, None);
    loop {
        let query = PageQuery { tenant_id, after, limit: DIGEST_ROWS, ..PageQuery::default() };
        let (position, page) = store.page(LOG, generation, &query).await?;
        let from = *first.get_or_insert(position);
        for row in &page {
            hasher.take(row)?;
        }
        if (page.len() as i64) < DIGEST_ROWS {
            return Ok((from, position, hasher.finish()));
        }
        after = page.into_iter().next_back().map(|row| row.key);
    }
}

#[cfg(test)]
mod tests {
    use tenantry_projections::RowKey;

    use super::*;

    fn row(doc: &str) -> StoredRow {
        StoredRow {
            key: RowKey { tenant_id: TenantId::Platform, key: "one".to_owned() },
            doc: doc.to_owned(),
        }
    }

    #[test]
    fn a_row_has_one_form_however_it_is_written_and_whoever_may_see_people() {
        let forms = [
            r#"{"b":[{"sealed":"XC20P.per_1.1.AAAA"}],"a":{"d":1,"c":"x"}}"#,
            r#"{ "a": {"c":"x", "d":1}, "b": [{"erased":true}] }"#,
            r#"{"a":{"c":"x","d":1},"b":[{"personal":"withheld"}]}"#,
        ];
        for form in forms {
            let canonical = canonical(&row(form)).expect("is JSON").to_string();
            assert_eq!(canonical, r#"{"a":{"c":"x","d":1},"b":[{"personal":"withheld"}]}"#);
        }
    }

    #[test]
    fn the_hash_is_that_of_the_documented_text() {
        let mut hasher = Hasher::default();
        hasher.take(&row(r#"{"b":2,"a":1}"#)).expect("is JSON");
        let Digest { rows, sha256 } = hasher.finish();
        let text = "platform\none\n{\"a\":1,\"b\":2}\n";
        assert_eq!((rows, sha256), (1, format!("{:x}", Sha256::digest(text))));
    }
}

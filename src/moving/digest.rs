//! What identifies the rows of a table, whatever database it is in.

use sha2::{Digest, Sha256};

use crate::ports::{Cell, Row};

/// The rows of a table on both sides.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// The table.
    pub table: &'static str,
    /// Its rows in the source.
    pub rows: i64,
    /// A hash of them, in hexadecimal digits.
    pub sha256: String,
    /// Its rows in the target.
    #[serde(rename = "copiedRows")]
    pub copied_rows: i64,
    /// A hash of those.
    #[serde(rename = "copiedSha256")]
    pub copied_sha256: String,
}

impl Compared {
    /// Tells whether both sides have the same rows.
    pub fn is_equal(&self) -> bool {
        (self.rows, &self.sha256) == (self.copied_rows, &self.copied_sha256)
    }
}

/// Hashes rows in the order of their keys; each value goes in with its kind and length, so that none runs into the next.
#[derive(Default)]
pub(super) struct Digested {
    hash: Sha256,
    pub(super) rows: i64,
    /// Many small updates cost more than the bytes.
    bytes: Vec<u8>,
}

impl Digested {
    pub(super) fn take(&mut self, rows: &[Row]) {
        self.bytes.clear();
        for cell in rows.iter().flatten() {
            match cell {
                Cell::Null => self.bytes.push(0),
                Cell::Number(number) => {
                    self.bytes.push(1);
                    self.bytes.extend_from_slice(&number.to_be_bytes());
                }
                Cell::Text(text) => self.sized(2, text.as_bytes()),
                Cell::Bytes(bytes) => self.sized(3, bytes),
            }
        }
        self.hash.update(&self.bytes);
        self.rows += rows.len() as i64;
    }

    fn sized(&mut self, kind: u8, bytes: &[u8]) {
        self.bytes.push(kind);
        self.bytes.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn end(self) -> (i64, String) {
        (self.rows, format!("{:x}", self.hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed(rows: &[Row]) -> String {
        let mut digested = Digested::default();
        digested.take(rows);
        digested.end().1
    }

    #[test]
    fn a_value_does_not_run_into_the_next() {
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_ne!(hashed(&[vec![text("ab"), text("c")]]), hashed(&[vec![text("a"), text("bc")]]));
        assert_ne!(hashed(&[vec![Cell::Null]]), hashed(&[vec![text("")]]));
        assert_ne!(hashed(&[vec![Cell::Bytes(b"a".to_vec())]]), hashed(&[vec![text("a")]]));
    }

    #[test]
    fn pages_do_not_matter() {
        let rows: Vec<Row> = (0..5).map(|n| vec![Cell::Number(n)]).collect();
        let mut paged = Digested::default();
        rows.chunks(2).for_each(|page| paged.take(page));
        assert_eq!(paged.end(), (5, hashed(&rows)));
    }
}

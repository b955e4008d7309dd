//! Writes the moments of rows, microseconds in memory, as RFC 3339 in UTC.

use jiff::Timestamp;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a moment.
pub fn serialize<S: Serializer>(us: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    Timestamp::from_microsecond(*us).map_err(S::Error::custom)?.serialize(serializer)
}

/// Reads a moment.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse::<Timestamp>().map(Timestamp::as_microsecond).map_err(D::Error::custom)
}

/// The same for a moment that may be absent.
pub mod option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(with = "super")] i64);

    /// Writes a moment that may be absent.
    pub fn serialize<S: Serializer>(us: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
        us.map(Moment).serialize(serializer)
    }

    /// Reads a moment that may be absent.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
        Ok(Option::<Moment>::deserialize(deserializer)?.map(|Moment(us)| us))
    }
}

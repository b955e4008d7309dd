//! Every key of the configuration: its name, its kind, its default.

use figment::value::Value;

/// How the text of a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it stands.
    Text,
    /// As it stands, and never shown.
    Secret,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// Items with commas between them.
    List,
}

/// A key of the configuration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// Its name in the file; in capitals after `TENANTRY_` the one of its environment variable.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Its value where nothing is said; some keys have none.
    pub(super) default: Option<&'static str>,
}

const fn key(name: &'static str, kind: Kind, default: Option<&'static str>) -> Key {
    Key { name, kind, default }
}

/// Every key, in the order in which they are shown.
pub(super) const KEYS: &[Key] = &[
    key("listen", Kind::Text, Some("127.0.0.1:7480")),
    key("public_url", Kind::Text, None),
    key("store", Kind::Text, None),
    key("data_dir", Kind::Text, Some("tenantry-data")),
    key("logs", Kind::Number, Some("1")),
    key("demo", Kind::Switch, Some("false")),
    key("platform", Kind::Text, Some("embedded")),
    key("simulated_delay_ms", Kind::Number, Some("0")),
    key("simulated_transient_percent", Kind::Number, Some("0")),
    key("simulated_refused", Kind::List, Some("")),
    key("offered_countries", Kind::List, Some("")),
    key("consent_days", Kind::Number, Some("30")),
    key("wrapping_key", Kind::Secret, None),
    key("operator_key", Kind::Secret, None),
    key("log_format", Kind::Text, Some("text")),
    key("log_level", Kind::Text, None),
    key("url", Kind::Text, None),
    key("key", Kind::Secret, None),
    key("on_behalf_of", Kind::Text, None),
    key("output", Kind::Text, None),
];

impl Key {
    /// Finds a key by its name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// Returns the key whose name is most like another.
    pub(super) fn nearest(name: &str) -> &'static str {
        let name = name.replace('-', "_");
        let likeness = |key: &Key| strsim::jaro_winkler(key.name, &name);
        KEYS.iter()
            .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
            .map_or("listen", |key| key.name)
    }

    /// Reads the text of a value; one that does not fit stays text, and is refused where the values are taken.
    pub(super) fn read(&self, text: &str) -> Value {
        let text = text.trim();
        match self.kind {
            Kind::Text | Kind::Secret => Value::from(text),
            Kind::Number => text.parse::<u64>().map_or_else(|_| Value::from(text), Value::from),
            Kind::Switch => match text {
                "true" | "1" => Value::from(true),
                "false" | "0" => Value::from(false),
                _ => Value::from(text),
            },
            Kind::List => Value::from(
                text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect::<Vec<_>>(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_named_whatever_its_dashes() {
        assert_eq!(Key::nearest("data-dir"), "data_dir");
        assert_eq!(Key::nearest("lisen"), "listen");
        assert_eq!(Key::nearest("offered_country"), "offered_countries");
    }

    #[test]
    fn a_secret_of_digits_stays_text() {
        let key = Key::named("operator_key").expect("is a key");
        assert_eq!(key.read("0123"), Value::from("0123"));
    }
}

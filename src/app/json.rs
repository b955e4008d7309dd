//! Reads JSON strictly: a field that stands twice is a fault, because readers differ in which of the two they take.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{BodyFault, Rejection};

/// Reads a text, which faults call by what it is: the body, the line.
pub fn read_json(what: &str, text: &[u8]) -> Result<Value, Rejection> {
    let twice = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_slice(text);
    let place = Place { pointer: String::new(), twice: &twice };
    let value = place.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    let value = value.map_err(|error| {
        // The reason tells the place, and never the text: that may be personal.
        let reason = error.to_string().replace(" at line 1 column ", " at column ");
        Rejection::malformed("", "not_json", format!("{what} cannot be read as JSON: {reason}"))
    })?;
    let twice = twice.into_inner();
    if twice.is_empty() { Ok(value) } else { Err(Rejection::Malformed(twice)) }
}

/// A value's place, and the fields that were found twice up to there.
struct Place<'a> {
    pointer: String,
    twice: &'a RefCell<Vec<BodyFault>>,
}

impl Place<'_> {
    fn within(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self { pointer: format!("{}/{name}", self.pointer), twice: self.twice }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(self.within(&read.len().to_string()))? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let place = self.within(&name);
            let value = fields.next_value_seed(self.within(&name))?;
            if read.contains_key(&name) {
                let detail = format!("{name} stands twice; send it once");
                let Place { pointer, twice } = place;
                twice.borrow_mut().push(BodyFault { pointer, code: "duplicate_field", detail });
            }
            read.insert(name, value);
        }
        Ok(Value::Object(read))
    }
}

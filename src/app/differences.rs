//! What has changed of an aggregate between two moments, field by field.

use serde::Serialize;
use serde_json::Value;
use treediff::tools::{ChangeType, Recorder};
use treediff::value::Key;
use utoipa::ToSchema;

use super::history::VisibleStream;
use super::{App, BodyFault, Caller, Moment, Rejection};

/// What has changed of an aggregate between two moments.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The kind of aggregate.
    pub aggregate_type: String,
    /// Its ID.
    pub aggregate_id: String,
    /// The earlier moment.
    pub from: StateAt,
    /// The later one.
    pub to: StateAt,
    /// The fields that differ, in the order of their paths.
    pub changes: Vec<Change>,
}

/// A moment of an aggregate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StateAt {
    /// Position of the log.
    pub position: String,
    /// The sequence of the last event up to it; 0 before the first.
    pub sequence: i64,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Where in the state, as a JSON pointer; parts of lists go by their places.
    pub path: String,
    /// What was there; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What is there; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl App {
    /// Returns what has changed of an aggregate between two moments, the later of which is now unless it is given.
    pub async fn difference(
        &self,
        caller: &Caller,
        (aggregate_type, aggregate_id): (&str, &str),
        from: Moment,
        to: Option<Moment>,
    ) -> Result<Difference, Rejection> {
        let from = self.past_position("from", from).await?;
        let to = match to {
            Some(moment) => self.past_position("to", moment).await?,
            None => self.past_position("to", Moment::Position(self.feed.refresh().await?)).await?,
        };
        if from > to {
            return Err(backwards());
        }
        let missing = |rejection: Rejection| rejection.naming(aggregate_type, aggregate_id);
        let stream = self.visible_stream(caller, aggregate_type, aggregate_id).await.map_err(missing)?;
        if stream.last_up_to(to).is_none() {
            return Err(missing(Rejection::NotFound));
        }
        let before = self.state_or_nothing(caller, &stream, from).await?;
        let after = self.state_or_nothing(caller, &stream, to).await?;
        Ok(Difference {
            aggregate_type: stream.aggregate_type.to_owned(),
            aggregate_id: aggregate_id.to_owned(),
            from: stream.moment(from),
            to: stream.moment(to),
            changes: changes(&before, &after),
        })
    }

    /// Returns a state, which is an empty object before the first event.
    async fn state_or_nothing(
        &self,
        caller: &Caller,
        stream: &VisibleStream,
        end: i64,
    ) -> Result<Value, Rejection> {
        if stream.last_up_to(end).is_none() {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        self.state_up_to(caller, stream, end).await
    }
}

impl VisibleStream {
    fn moment(&self, position: i64) -> StateAt {
        let sequence = self.last_up_to(position).map_or(0, |event| event.sequence);
        StateAt { position: position.to_string(), sequence }
    }
}

/// Compares two states field by field.
fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut recorder = Recorder::default();
    treediff::diff(before, after, &mut recorder);
    let mut changes: Vec<Change> = recorder.calls.into_iter().filter_map(change).collect();
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    changes
}

fn change(found: ChangeType<'_, Key, Value>) -> Option<Change> {
    let (path, before, after) = match found {
        ChangeType::Added(path, after) => (path, None, Some(after)),
        ChangeType::Removed(path, before) => (path, Some(before), None),
        ChangeType::Modified(path, before, after) => (path, Some(before), Some(after)),
        ChangeType::Unchanged(..) => return None,
    };
    Some(Change { path: pointer(&path), before: before.cloned(), after: after.cloned() })
}

/// Writes a path as a JSON pointer (RFC 6901).
fn pointer(path: &[Key]) -> String {
    let part = |key: &Key| match key {
        Key::Index(place) => format!("/{place}"),
        Key::String(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    };
    path.iter().map(part).collect()
}

fn backwards() -> Rejection {
    let fault = |name: &str| BodyFault {
        pointer: name.to_owned(),
        code: "out_of_range",
        detail: "from lies after to: nothing can be between them".to_owned(),
    };
    Rejection::Malformed(vec![fault("from"), fault("to")])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &Value, after: &Value) -> Value {
        json!(changes(before, after))
    }

    #[test]
    fn what_came_what_went_and_what_became_something_else_is_told_by_its_path() {
        let before =
            json!({ "name": "One", "gone": { "x": 1 }, "list": [{ "state": "open" }, 2], "same": [1] });
        let after = json!({ "name": "Two", "list": [{ "state": "done" }], "came": null, "same": [1] });

        let expected = json!([
            { "path": "/came", "after": null },
            { "path": "/gone", "before": { "x": 1 } },
            { "path": "/list/0/state", "before": "open", "after": "done" },
            { "path": "/list/1", "before": 2 },
            { "path": "/name", "before": "One", "after": "Two" },
        ]);
        assert_eq!(told(&before, &after), expected);
    }

    #[test]
    fn an_object_that_became_a_text_has_changed_as_a_whole_and_names_are_escaped() {
        let expected = json!([{ "path": "/a~1b~0c", "before": { "x": 1 }, "after": "one" }]);
        assert_eq!(told(&json!({ "a/b~c": { "x": 1 } }), &json!({ "a/b~c": "one" })), expected);
        assert_eq!(told(&json!({ "a": 1 }), &json!({ "a": 1 })), json!([]));
    }
}

//! Many commands in one body, one a line: each on its own merits, answered in the order of the lines.
//!
//! Lines for one aggregate run in their order, others side by side; a line may name what an earlier one created. Who only
//! decides beside an aggregate keeps its place among the lines for it, but not among its like.

use std::collections::HashMap;
use std::sync::LazyLock;

use futures::stream::{self, StreamExt};
use serde::Deserialize;
use serde_json::{Map, Value};
use tenantry_domain::refusal::RefusalKind;
use tokio::sync::SetOnce;
use utoipa::ToSchema;

use super::answer::Answer;
use super::commands::{CommandSpec, get_command};
use super::json::read_json;
use super::rejection::Refused;
use super::{App, BodyFault, BodySchema, Rejection, Request};
use crate::limits::{BATCH_LINES_MAX, BATCH_LINES_RUNNING_MAX};

/// A command with its data.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchLine {
    /// Name of the command.
    command: String,
    /// The caller's own key of this command.
    #[schema(pattern = "^[\\x20-\\x7e]{1,255}$")]
    idempotency_key: Option<String>,
    /// Its data; `{"fromLine":1,"field":"id"}` in the place of a value stands for what an earlier line was answered.
    #[schema(value_type = Object)]
    data: Value,
}

/// What became of a line.
pub struct LineOutcome {
    /// Its number in the body, from 1.
    pub line: usize,
    /// The answer to its command, or why there is none.
    pub result: Result<Answer, Rejection>,
}

/// A line that can be carried out.
struct Order {
    spec: &'static CommandSpec,
    idempotency_key: Option<String>,
    data: Value,
    /// The lines that must be done before, by number.
    after: Vec<usize>,
}

/// A line's number, and what it asks for, or why it cannot be read.
type NumberedOrder = (usize, Result<Order, Rejection>);

/// A line as those after it see it.
struct Earlier {
    number: usize,
    /// What it was answered, once it is done.
    answer: SetOnce<Result<Map<String, Value>, NotDone>>,
}

/// Why an earlier line has no answer.
#[derive(Debug, Clone, Copy)]
enum NotDone {
    Refused,
    /// The same line may be sent again as it is.
    Unavailable,
}

/// Stands in data for a field of the answer to an earlier line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Reference {
    from_line: usize,
    field: String,
}

/// What puts two lines in order: they are for one aggregate, or carry one key.
#[derive(PartialEq, Eq, Hash)]
enum Bond {
    Aggregate(String),
    Created(Reference),
    Key(String),
}

/// The lines that the next one with the same bond waits for.
#[derive(Default)]
struct Latest {
    /// The last that ran alone.
    alone: Option<usize>,
    /// Those that have decided beside it since.
    beside: Vec<usize>,
}

impl Latest {
    /// Puts a line behind all others, and says which these are.
    fn follow(&mut self, number: usize) -> Vec<usize> {
        let Self { alone, beside } = std::mem::replace(self, Self { alone: Some(number), beside: vec![] });
        alone.into_iter().chain(beside).collect()
    }

    /// Puts a line beside its like, and says which line they all follow.
    fn join(&mut self, number: usize) -> Option<usize> {
        self.beside.push(number);
        self.alone
    }
}

impl App {
    /// Carries out a body of lines. A line that cannot be read or is refused stops no other.
    pub async fn run_batch(&self, request: &Request, body: &[u8]) -> Result<Vec<LineOutcome>, Rejection> {
        let orders = read(request, body)?;
        let number = |&(number, _): &NumberedOrder| Earlier { number, answer: SetOnce::new() };
        let lines: Vec<Earlier> = orders.iter().map(number).collect();
        let running = orders.into_iter().enumerate().map(|(place, (line, order))| {
            let lines = &lines;
            async move {
                let result = match order {
                    Ok(order) => self.carry_out(request, lines, order).await,
                    Err(rejection) => Err(rejection),
                };
                let answer = match &result {
                    Ok(answer) => Ok(answer.body.clone()),
                    Err(Rejection::Unavailable(_)) => Err(NotDone::Unavailable),
                    Err(_) => Err(NotDone::Refused),
                };
                lines[place].answer.set(answer).expect("a line is done once");
                LineOutcome { line, result }
            }
        });
        Ok(stream::iter(running).buffered(BATCH_LINES_RUNNING_MAX).collect().await)
    }

    async fn carry_out(
        &self,
        request: &Request,
        lines: &[Earlier],
        order: Order,
    ) -> Result<Answer, Rejection> {
        let Order { spec, idempotency_key, mut data, after } = order;
        for line in after.into_iter().filter_map(|number| find_line(lines, number)) {
            line.answer.wait().await;
        }
        fill_in(&mut data, lines, "/data")?;
        let request = Request { idempotency_key, ..request.clone() };
        spec.run(self, &request, data).await.map_err(within_line)
    }
}

/// Reads the lines of a body, and finds for each the earlier ones that it waits for.
fn read(request: &Request, body: &[u8]) -> Result<Vec<NumberedOrder>, Rejection> {
    let lines =
        || (1..).zip(body.split(|byte| *byte == b'\n')).filter(|(_, text)| !text.trim_ascii().is_empty());
    if lines().nth(BATCH_LINES_MAX).is_some() {
        let detail = format!("a body has at most {BATCH_LINES_MAX} lines; send the others in another one");
        return Err(Rejection::malformed("", "too_long", detail));
    }
    let mut latest = HashMap::new();
    Ok(lines().map(|(number, text)| (number, read_line(request, number, text, &mut latest))).collect())
}

fn read_line(
    request: &Request,
    number: usize,
    text: &[u8],
    latest: &mut HashMap<Bond, Latest>,
) -> Result<Order, Rejection> {
    static SCHEMA: LazyLock<BodySchema> = LazyLock::new(BodySchema::of::<BatchLine>);
    let value = read_json("the line", text)?;
    let mut faults = SCHEMA.faults(&value);
    let mut after = Vec::new();
    find_references(&value, "", &mut |pointer, reference| {
        if !(1..number).contains(&reference.from_line) {
            let detail = format!("fromLine must name a line before this one, which is line {number}");
            faults.push(BodyFault { pointer: format!("{pointer}/fromLine"), code: "out_of_range", detail });
        }
        after.push(reference.from_line);
    });
    if !faults.is_empty() {
        return Err(Rejection::Malformed(faults));
    }
    let BatchLine { command, idempotency_key, data } =
        BatchLine::deserialize(value).expect("it has passed the schema of a line");
    let spec = get_command(&command)?;
    // A key for the whole body gives each of its lines one of its own.
    let idempotency_key =
        idempotency_key.or_else(|| request.idempotency_key.as_ref().map(|key| format!("{key}/{number}")));
    let bond = |field: &'static str| Bond::of(data.get(field)?);
    let target = spec.target.and_then(bond);
    for bond in target.into_iter().chain(idempotency_key.clone().map(Bond::Key)) {
        after.extend(latest.entry(bond).or_default().follow(number));
    }
    if let Some(bond) = spec.beside.and_then(bond) {
        after.extend(latest.entry(bond).or_default().join(number));
    }
    Ok(Order { spec, idempotency_key, data, after })
}

impl Bond {
    /// The bond of the lines whose data names this aggregate.
    fn of(named: &Value) -> Option<Self> {
        match Reference::of(named) {
            Some(reference) => Some(Self::Created(reference)),
            None => named.as_str().map(|id| Self::Aggregate(id.to_owned())),
        }
    }
}

impl Reference {
    fn of(value: &Value) -> Option<Self> {
        value.is_object().then(|| Self::deserialize(value).ok()).flatten()
    }
}

fn find_line(lines: &[Earlier], number: usize) -> Option<&Earlier> {
    lines.binary_search_by_key(&number, |line| line.number).ok().map(|place| &lines[place])
}

/// Calls for each value that stands for another line's answer, with its place.
fn find_references(value: &Value, pointer: &str, found: &mut impl FnMut(&str, Reference)) {
    match (Reference::of(value), value) {
        (Some(reference), _) => found(pointer, reference),
        (None, Value::Object(fields)) => {
            fields
                .iter()
                .for_each(|(name, value)| find_references(value, &format!("{pointer}/{name}"), found));
        }
        (None, Value::Array(items)) => {
            (0..)
                .zip(items)
                .for_each(|(n, item): (usize, _)| find_references(item, &format!("{pointer}/{n}"), found));
        }
        (None, _) => {}
    }
}

/// Puts the answers to earlier lines where the data names them.
fn fill_in(value: &mut Value, lines: &[Earlier], pointer: &str) -> Result<(), Rejection> {
    if let Some(Reference { from_line, field }) = Reference::of(value) {
        let line = find_line(lines, from_line).and_then(|line| line.answer.get());
        let nothing =
            || Rejection::malformed(pointer, "invalid", format!("line {from_line} holds no command"));
        let answer = line.ok_or_else(nothing)?.as_ref().map_err(|why| earlier_line(from_line, *why))?;
        *value = answer.get(&field).cloned().ok_or_else(|| {
            let fields = answer.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let detail = format!("line {from_line} was answered without {field}; it has {fields}");
            Rejection::malformed(&format!("{pointer}/field"), "invalid", detail)
        })?;
        return Ok(());
    }
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .try_for_each(|(name, value)| fill_in(value, lines, &format!("{pointer}/{name}"))),
        Value::Array(items) => (0..)
            .zip(items)
            .try_for_each(|(n, item): (usize, _)| fill_in(item, lines, &format!("{pointer}/{n}"))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn earlier_line(number: usize, why: NotDone) -> Rejection {
    match why {
        NotDone::Unavailable => Rejection::Unavailable(format!(
            "line {number}, which this line names, was not carried out; send both again with their keys"
        )),
        NotDone::Refused => Rejection::Refused(Refused {
            faults: Vec::new(),
            code: "earlier_line_refused",
            kind: RefusalKind::Conflict,
            detail: format!("line {number}, which this line names, was turned down"),
            rules: &[],
            remedies: &["mend that line, and send both again with their keys"],
        }),
    }
}

/// Places the faults of a command's data within its line.
fn within_line(mut rejection: Rejection) -> Rejection {
    let (Rejection::Malformed(faults) | Rejection::Refused(Refused { faults, .. })) = &mut rejection else {
        return rejection;
    };
    for fault in faults.iter_mut().filter(|fault| fault.pointer.is_empty() || fault.pointer.starts_with('/'))
    {
        fault.pointer.insert_str(0, "/data");
    }
    rejection
}

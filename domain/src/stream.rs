//! The one way an aggregate decides and records.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use crate::event::EventSet;
use crate::refusal::Refusal;

/// An aggregate whose decisions are a pure function of its state and a command.
pub trait Decide:
    Aggregate<Services = (), Command: Clone + Send, Event: EventSet, Error: Refusal + Send + Sync>
    + Clone
    + 'static
{
    /// Decides what a command does here: the events that follow, none if it is already so, or a refusal.
    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Self::Error>;

    /// Tells whether a command takes away, or ends what was begun: there is room for it in a full stream.
    fn empties(_: &Self::Command) -> bool {
        false
    }
}

/// Decides a command and writes its events to the sink, which applies them.
///
/// Every `cqrs_es::Aggregate::handle` of this crate is a call of this function.
pub async fn handle<A: Decide>(
    aggregate: &mut A,
    command: A::Command,
    sink: &EventSink<A>,
) -> Result<(), A::Error> {
    for event in aggregate.decide(command)? {
        sink.write(event, aggregate).await;
    }
    Ok(())
}

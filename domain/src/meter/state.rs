//! What a meter is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{DefineMeter, MeterCommand, MeterDefined, MeterEvent, MeterRefusal};
use crate::stream::{self, Decide};

/// A meter; the default is one that is not defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meter {
    /// `None` until it is defined.
    pub defined: Option<MeterDefined>,
}

impl Decide for Meter {
    fn decide(&self, command: MeterCommand) -> Result<Vec<MeterEvent>, MeterRefusal> {
        let MeterCommand::Define(DefineMeter { name, kind, unit }) = command;
        let wanted = MeterDefined { meter: name, kind, unit };
        match &self.defined {
            None => Ok(vec![wanted.into()]),
            Some(defined) if *defined == wanted => Ok(vec![]),
            Some(_) => Err(MeterRefusal::DefinedOtherwise(wanted.meter)),
        }
    }
}

impl Aggregate for Meter {
    const TYPE: &'static str = "meter";
    type Command = MeterCommand;
    type Event = MeterEvent;
    type Error = MeterRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: MeterCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), MeterRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: MeterEvent) {
        let MeterEvent::Defined(defined) = event;
        self.defined = Some(defined);
    }
}

//! Streams of server-sent events that are taken up again where they broke off.

use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderName;
use eventsource_stream::{Event, Eventsource};
use futures::{Stream, StreamExt, stream};

use super::client::{Call, Client};
use super::failure::Failure;
use crate::limits::{CLIENT_RESUME_PAUSE, CLIENT_RESUME_PAUSE_MAX, CLIENT_SILENCE};

/// Reads a stream until `take` has what it wants; a stream that breaks off is resumed after its last event.
pub(crate) async fn follow<T>(
    client: &Client,
    call: Call,
    mut take: impl FnMut(&Event) -> Result<ControlFlow<T>, Failure>,
) -> Result<T, Failure> {
    let call = call.accept("text/event-stream");
    let (mut last_id, mut connected, mut outage) = (None::<String>, false, Outage::default());
    loop {
        let resuming = match &last_id {
            Some(id) => call.clone().header(HeaderName::from_static("last-event-id"), id),
            None => call.clone(),
        };
        let why = match client.send(&resuming).await {
            Ok(response) => {
                connected = true;
                if let Some(said) = outage.is_over() {
                    eprintln!("{said}");
                }
                let mut events = std::pin::pin!(audible(response.into_body()).eventsource());
                loop {
                    match events.next().await {
                        Some(Ok(event)) => {
                            if let ControlFlow::Break(found) = take(&event)? {
                                return Ok(found);
                            }
                            last_id = Some(event.id).filter(|id| !id.is_empty()).or(last_id);
                        }
                        Some(Err(error)) => break error.to_string(),
                        None => break "the server ended it".to_owned(),
                    }
                }
            }
            Err(failure) if connected && may_pass(&failure) => failure.to_string(),
            Err(failure) => return Err(failure),
        };
        let (said, pause) = outage.goes_on(&why);
        if let Some(said) = said {
            eprintln!("{said}");
        }
        tokio::time::sleep(pause).await;
    }
}

/// The time without a stream: it is said when it begins and when it ends, and the pauses in it become longer.
#[derive(Debug, Default)]
struct Outage {
    pause: Option<Duration>,
}

impl Outage {
    /// Returns what is to be said, if anything, and how long to wait.
    fn goes_on(&mut self, why: &str) -> (Option<String>, Duration) {
        let (said, pause) = match self.pause {
            None => {
                let said = format!("the stream broke off ({why}); trying until the server is back");
                (Some(said), CLIENT_RESUME_PAUSE)
            }
            Some(before) => (None, CLIENT_RESUME_PAUSE_MAX.min(before * 2)),
        };
        self.pause = Some(pause);
        (said, pause)
    }

    /// Returns what is to be said, if anything, now that there is a stream again.
    fn is_over(&mut self) -> Option<&'static str> {
        self.pause.take().map(|_| "the server is back; the stream goes on where it broke off")
    }
}

/// Tells whether another attempt may succeed: the server restarts, or is full.
fn may_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable(_) => true,
        Failure::Problem(problem) => matches!(problem.status, 429 | 502..=504),
        Failure::Usage(_) | Failure::Failed(_) | Failure::Closed => false,
    }
}

/// Yields a body's bytes; a server that has fallen silent is an error.
fn audible(body: Body) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(Some(body.into_data_stream()), |body| async move {
        let mut body = body?;
        match tokio::time::timeout(CLIENT_SILENCE, body.next()).await {
            Ok(Some(Ok(bytes))) => Some((Ok(bytes), Some(body))),
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
            Ok(None) => None,
            Err(_) => Some((Err(io::Error::other("the server has fallen silent")), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_said_once_and_pauses_grow_to_a_bound() {
        let mut outage = Outage::default();
        let (said, pauses): (Vec<_>, Vec<_>) = (0..8).map(|_| outage.goes_on("refused")).unzip();
        assert_eq!(said.iter().flatten().count(), 1);
        assert_eq!(pauses.iter().map(Duration::as_secs).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 30, 30, 30]);
        assert!(outage.is_over().is_some());
        assert!(outage.is_over().is_none());
        assert_eq!(outage.goes_on("refused").1, CLIENT_RESUME_PAUSE);
    }
}

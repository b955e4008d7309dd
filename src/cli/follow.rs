//! Streams of server-sent events that are taken up again where they broke off.

use std::io;
use std::ops::ControlFlow;

use axum::body::{Body, Bytes};
use axum::http::HeaderName;
use eventsource_stream::{Event, Eventsource};
use futures::{Stream, StreamExt, stream};

use super::client::{Call, Client};
use super::failure::Failure;
use crate::limits::{CLIENT_RESUME_PAUSE, CLIENT_SILENCE};

/// Reads a stream until `take` has what it wants; a stream that breaks off is resumed after its last event.
pub(crate) async fn follow<T>(
    client: &Client,
    call: Call,
    mut take: impl FnMut(&Event) -> Result<ControlFlow<T>, Failure>,
) -> Result<T, Failure> {
    let call = call.accept("text/event-stream");
    let (mut last_id, mut connected) = (None::<String>, false);
    loop {
        let resuming = match &last_id {
            Some(id) => call.clone().header(HeaderName::from_static("last-event-id"), id),
            None => call.clone(),
        };
        let why = match client.send(&resuming).await {
            Ok(response) => {
                connected = true;
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
        eprintln!("the stream broke off ({why}); taking it up again");
        tokio::time::sleep(CLIENT_RESUME_PAUSE).await;
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

//! Reads server-sent events.

use futures::StreamExt;
use futures::stream::BoxStream;
use serde_json::Value;

/// One event of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sent {
    /// Its `id`.
    pub(crate) id: String,
    /// Its `event`.
    pub(crate) event: String,
    /// Its `data`, which is JSON here.
    pub(crate) data: Value,
}

/// A stream of events as it arrives.
pub(crate) struct EventStream {
    bytes: BoxStream<'static, reqwest::Result<Vec<u8>>>,
    buffer: Vec<u8>,
}

impl EventStream {
    /// Reads the body of an answer.
    pub(crate) fn new(response: reqwest::Response) -> Self {
        let bytes = response.bytes_stream().map(|chunk| chunk.map(Into::into));
        Self { bytes: bytes.boxed(), buffer: Vec::new() }
    }

    /// Returns the next event; `None` when the server has ended the stream.
    pub(crate) async fn next(&mut self) -> Option<Sent> {
        loop {
            while let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                // Comments keep the connection alive and say nothing.
                if let Some(sent) = parse(&String::from_utf8(block).expect("events are UTF-8")) {
                    return Some(sent);
                }
            }
            self.buffer.extend(self.bytes.next().await?.ok()?);
        }
    }

    /// Returns the next events.
    pub(crate) async fn take(&mut self, count: usize) -> Vec<Sent> {
        let mut taken = Vec::with_capacity(count);
        while taken.len() < count {
            taken.push(self.next().await.expect("the stream goes on"));
        }
        taken
    }
}

fn parse(block: &str) -> Option<Sent> {
    let field = |name: &str| {
        let mut fields = block.lines().filter_map(|line| line.split_once(':'));
        fields.find(|(field, _)| *field == name).map(|(_, value)| value.trim_start().to_owned())
    };
    let data = serde_json::from_str(&field("data")?).expect("the data is JSON");
    Some(Sent { id: field("id")?, event: field("event")?, data })
}

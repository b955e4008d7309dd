//! A caller of the HTTP interface.

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::sse::EventStream;
use super::waiting::until;

/// A caller with a key.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    key: String,
}

/// An answer, complete.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body as it came.
    pub(crate) text: String,
}

impl Reply {
    /// Returns the body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Returns a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the body as JSON; panics unless the status is as expected.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// Returns the body as JSON; `None` while a view is behind, as after a server was killed that moved it.
    #[track_caller]
    pub(crate) fn unless_too_early(&self) -> Option<Value> {
        (self.status != 504).then(|| self.expect(200))
    }

    /// Returns the code of a problem; panics unless the status is as expected.
    #[track_caller]
    pub(crate) fn code(&self, status: u16) -> String {
        let problem = self.expect(status);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        text(&problem, "code")
    }

    /// Returns the place of the next page, where there is one.
    pub(crate) fn next_page(&self) -> Option<String> {
        let link = self.header("link")?;
        let place = link.strip_suffix(">; rel=\"next\"").and_then(|link| link.strip_prefix('<'));
        Some(place.expect("the link leads to the next page").to_owned())
    }

    /// Returns what a repeated command must answer alike.
    pub(crate) fn repeatable(&self) -> (u16, Value, Option<&str>) {
        (self.status, self.json(), self.header("location"))
    }
}

/// Returns a field that is a text.
#[track_caller]
pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} is no text in {value}")).to_owned()
}

/// Returns the items of a list.
#[track_caller]
pub(crate) fn items(value: &Value) -> &[Value] {
    value["items"].as_array().unwrap_or_else(|| panic!("there are no items in {value}"))
}

impl Client {
    /// Makes a caller with a key.
    pub(crate) fn new(url: &str, key: &str) -> Self {
        Self { http: reqwest::Client::new(), url: url.to_owned(), key: key.to_owned() }
    }

    /// Makes a caller with another key.
    pub(crate) fn with_key(&self, key: &str) -> Self {
        Self { key: key.to_owned(), ..self.clone() }
    }

    /// Makes a caller with the same key of a server that answers elsewhere.
    pub(crate) fn at(&self, url: &str) -> Self {
        Self::new(url, &self.key)
    }

    /// Makes a caller with the same key of the server that another one calls.
    pub(crate) fn of_server(&self, other: &Self) -> Self {
        Self { key: self.key.clone(), ..other.clone() }
    }

    /// Returns where it asks, and with which key.
    pub(crate) fn place(&self) -> (&str, &str) {
        (&self.url, &self.key)
    }

    /// Begins a request that carries the key.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let key = format!("Bearer {}", self.key);
        self.http.request(method, format!("{}{path}", self.url)).header(AUTHORIZATION, key)
    }

    /// Begins a request that carries no key.
    pub(crate) fn stranger(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// Reads a path.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    /// Reads a path that answers 200.
    pub(crate) async fn read(&self, path: &str) -> Value {
        self.get(path).await.expect(200)
    }

    /// Reads the items of a list.
    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        items(&self.read(path).await).to_vec()
    }

    /// Begins a command.
    pub(crate) fn command(&self, name: &str, body: &Value) -> RequestBuilder {
        self.post(&format!("/api/v1/commands/{name}"), body)
    }

    /// Begins a command that carries an idempotency key.
    pub(crate) fn keyed(&self, name: &str, key: &str, body: &Value) -> RequestBuilder {
        self.command(name, body).header("idempotency-key", key)
    }

    /// Begins a request with a JSON body.
    pub(crate) fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).header(CONTENT_TYPE, "application/json").body(body.to_string())
    }

    /// Opens a stream of server-sent events, after the given one.
    pub(crate) async fn stream(&self, path: &str, last: Option<&str>) -> EventStream {
        let mut request = self.request(Method::GET, path).header(ACCEPT, "text/event-stream");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status().as_u16(), 200);
        EventStream::new(response)
    }

    /// Reads the history as lines of JSON.
    pub(crate) async fn lines(&self, path: &str) -> Vec<Value> {
        let reply = send(self.request(Method::GET, path).header(ACCEPT, "application/x-ndjson")).await;
        assert_eq!(reply.header("content-type"), Some("application/x-ndjson"), "{}", reply.text);
        reply.text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    /// Waits until an operation has ended, however it did.
    pub(crate) async fn ended(&self, operation: &str) -> Value {
        let path = format!("/api/v1/operations/{operation}");
        until("the end of an operation", async || {
            let row = self.get(&path).await.unless_too_early()?;
            matches!(row["state"].as_str(), Some("succeeded" | "failed" | "cancelled")).then_some(row)
        })
        .await
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: RequestBuilder) -> Reply {
    try_send(request).await.expect("the server answers")
}

/// Sends a request to a server that may be gone, or say that it is away for a moment: neither is an answer.
pub(crate) async fn answer(request: RequestBuilder) -> Option<Reply> {
    try_send(request).await.ok().filter(|reply| reply.status != 503)
}

/// Sends a request to a server that may be gone.
pub(crate) async fn try_send(request: RequestBuilder) -> Result<Reply, reqwest::Error> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { status, headers, text: response.text().await? })
}

//! One way for all verbs: HTTP requests, to a server or to the same routes inside this process.

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use reqwest::Url;
use serde_json::Value;
use tenantry_domain::ids::PartnerId;
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::tenant::TenantId;
use tower::ServiceExt;

use super::compose::{Access, Server};
use super::configuration::{Configuration, Origin};
use super::failure::{Failure, Problem};
use crate::app::Caller;
use crate::http::router;
use crate::limits::{BODY_BYTES_MAX, CLIENT_CONNECT};

/// The base of requests that stay in this process; nothing is ever looked up under it.
const LOCAL: &str = "http://store.invalid";

/// What the interface says of requests, and how it is said on the command line.
const WORDS: &[(&str, &str)] = &[
    ("send Authorization: Bearer with a valid key", "give a valid key with --key or TENANTRY_KEY"),
    ("GET /api/v1/commands lists every command", "docs/api.md lists every command"),
    ("Idempotency-Key", "--idempotency-key"),
];

/// Where requests go.
pub(crate) enum Client {
    /// To a server.
    Remote(Remote),
    /// To the store itself.
    Local(Box<Local>),
}

/// A server that is reached over HTTP.
pub(crate) struct Remote {
    http: reqwest::Client,
    base: Url,
    authorization: HeaderValue,
    on_behalf_of: Option<PartnerId>,
}

/// The interface over a store that this process has opened.
pub(crate) struct Local {
    server: Server,
    router: Router,
    caller: Caller,
    on_behalf_of: Option<PartnerId>,
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    path: Vec<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Call {
    fn new(method: Method, path: &[&str]) -> Self {
        let path = path.iter().map(|segment| (*segment).to_owned()).collect();
        Self { method, path, query: Vec::new(), headers: HeaderMap::new(), body: Vec::new() }
    }

    /// Reads what is at a path below `/api/v1`.
    pub(crate) fn get(path: &[&str]) -> Self {
        Self::new(Method::GET, path)
    }

    /// Sends JSON to a path below `/api/v1`.
    pub(crate) fn post(path: &[&str], body: impl Into<Vec<u8>>) -> Self {
        let call = Self { body: body.into(), ..Self::new(Method::POST, path) };
        call.header(CONTENT_TYPE, "application/json")
    }

    /// Adds parameters, those that have a value.
    pub(crate) fn query<'a>(
        mut self,
        parameters: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Self {
        let given = |(name, value): (&str, Option<&str>)| Some((name.to_owned(), value?.to_owned()));
        self.query.extend(parameters.into_iter().filter_map(given));
        self
    }

    /// Sets a header; a value that cannot be one is left out.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Asks for another form than JSON.
    pub(crate) fn accept(self, media_type: &str) -> Self {
        self.header(ACCEPT, media_type)
    }

    /// Says for which sub-partner it is made.
    fn for_sub_partner(&self, sub: Option<PartnerId>) -> HeaderMap {
        let name = HeaderName::from_static("tenantry-on-behalf-of");
        match sub {
            Some(sub) => self.clone().header(name, &sub.to_string()).headers,
            None => self.headers.clone(),
        }
    }

    fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        url.path_segments_mut()
            .expect("the base is an HTTP address")
            .pop_if_empty()
            .extend(["api", "v1"])
            .extend(&self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

impl Client {
    /// Goes to the server that the configuration names, or else opens the store.
    pub(crate) async fn open(
        configuration: &Configuration,
        access: Access,
        as_partner: Option<PartnerId>,
    ) -> Result<Self, Failure> {
        let values = &configuration.values;
        match (&values.url, &values.key) {
            (Some(_), _) if as_partner.is_some() => {
                Err(Failure::Usage("--as-partner works on the store itself; a server goes by the key".into()))
            }
            (Some(url), Some(key)) => Ok(Self::Remote(Remote::new(url, key, values.on_behalf_of)?)),
            (Some(_), None) => {
                Err(Failure::Usage("a server asks for a key: give --key or TENANTRY_KEY".into()))
            }
            (None, Some(_)) if matches!(configuration.origin("key"), Origin::Flag(_)) => {
                Err(Failure::Usage("--key is for a server: give --url or TENANTRY_URL".into()))
            }
            (None, _) => Ok(Self::Local(Box::new(Local::open(configuration, access, as_partner).await?))),
        }
    }

    /// Tells whether the store itself is worked on.
    pub(crate) fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    /// Says what follows a command, where no server answers for it.
    pub(crate) fn afterwards(&self) -> Option<&'static str> {
        match self {
            Self::Remote(_) => None,
            Self::Local(local) if local.server.is_shared() => {
                Some("written to the store; views and processes follow on the servers that run on it")
            }
            Self::Local(_) => {
                Some("written to the store; views and processes follow when a server runs on it")
            }
        }
    }

    /// Runs the projector for as long as the client is open, where no server does it.
    pub(crate) async fn run_projector(&self) -> Result<(), Failure> {
        match self {
            Self::Remote(_) => Ok(()),
            Self::Local(local) => Ok(local.server.start_projector().await.map_err(anyhow::Error::from)?),
        }
    }

    /// Sends a request; whatever is not a success is a failure.
    pub(crate) async fn send(&self, call: &Call) -> Result<Response<Body>, Failure> {
        let response = match self {
            Self::Remote(remote) => remote.send(call).await?,
            Self::Local(local) => local.send(call).await,
        };
        if response.status().is_success() { Ok(response) } else { Err(turned_down(response).await) }
    }

    /// Sends a request and reads the JSON of its answer, however long it is.
    pub(crate) async fn json(&self, call: &Call) -> Result<(HeaderMap, Value), Failure> {
        let (parts, body) = self.send(call).await?.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|error| Failure::unreachable(error, "read the answer".to_owned()))?;
        let value = serde_json::from_slice(&bytes).context("the answer is not JSON")?;
        Ok((parts.headers, value))
    }

    /// Lets go of the store in good order.
    pub(crate) async fn close(self) {
        if let Self::Local(local) = self {
            local.server.tasks.stop().await;
            local.server.committing.stop().await;
        }
    }
}

impl Remote {
    fn new(url: &str, key: &str, on_behalf_of: Option<PartnerId>) -> Result<Self, Failure> {
        let base = Url::parse(url).map_err(|error| Failure::Usage(format!("the URL {url}: {error}")))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(Failure::Usage(format!("the URL {url} is neither http nor https")));
        }
        let mut authorization = HeaderValue::from_str(&format!("Bearer {key}"))
            .map_err(|_| Failure::Usage("the key has characters that no key has".to_owned()))?;
        authorization.set_sensitive(true);
        let http = reqwest::Client::builder()
            .connect_timeout(CLIENT_CONNECT)
            .user_agent(concat!("tenantry/", env!("CARGO_PKG_VERSION")))
            .build()
            .context("make an HTTP client")?;
        Ok(Self { http, base, authorization, on_behalf_of })
    }

    async fn send(&self, call: &Call) -> Result<Response<Body>, Failure> {
        let request = self
            .http
            .request(call.method.clone(), call.url(&self.base))
            .headers(call.for_sub_partner(self.on_behalf_of))
            .header(AUTHORIZATION, self.authorization.clone())
            .body(call.body.clone());
        let unreached = |error: reqwest::Error| {
            Failure::unreachable(error.without_url(), format!("reach the server {}", self.base))
        };
        let answered = request.send().await.map_err(unreached)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answered.status();
        *response.headers_mut() = answered.headers().clone();
        *response.body_mut() = Body::from_stream(answered.bytes_stream());
        Ok(response)
    }
}

impl Local {
    async fn open(
        configuration: &Configuration,
        access: Access,
        as_partner: Option<PartnerId>,
    ) -> Result<Self, Failure> {
        let server = Server::open(&configuration.settings(), access).await?;
        if access == Access::Read {
            server.follow_others();
        }
        let router = router(server.http.clone());
        let caller = as_partner.map_or_else(Caller::local_operator, local_administrator);
        Ok(Self { server, router, caller, on_behalf_of: configuration.values.on_behalf_of })
    }

    async fn send(&self, call: &Call) -> Response<Body> {
        let base = Url::parse(LOCAL).expect("the base is an address");
        let mut request = Request::new(Body::from(call.body.clone()));
        *request.method_mut() = call.method.clone();
        *request.uri_mut() = call.url(&base).as_str().parse().expect("a URL is a URI");
        *request.headers_mut() = call.for_sub_partner(self.on_behalf_of);
        request.extensions_mut().insert(self.caller.clone());
        match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

/// The operator at the machine, acting as an administrator of a partner.
fn local_administrator(partner: PartnerId) -> Caller {
    Caller {
        tenant_id: TenantId::Partner(partner),
        actor: "local".to_owned(),
        role: Role::PartnerAdmin,
        channel: Channel::System,
        session: None,
        parent: None,
    }
}

async fn turned_down(response: Response<Body>) -> Failure {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, BODY_BYTES_MAX).await.unwrap_or_default();
    let unnamed = || Problem {
        title: "the server answered with an error".to_owned(),
        code: "no_problem".to_owned(),
        ..Problem::default()
    };
    let problem: Problem = serde_json::from_slice(&bytes).unwrap_or_else(|_| unnamed());
    Failure::Problem(Box::new(Problem { status: parts.status.as_u16(), ..problem })).in_words(WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_types_stays_one_segment_of_the_path() {
        let base = Url::parse("http://host/below/").expect("is an address");
        let call = Call::get(&["customers", "../keys?x=1#y"]).query([("a", Some("b&c")), ("d", None)]);
        let expected = "http://host/below/api/v1/customers/..%2Fkeys%3Fx=1%23y?a=b%26c";
        assert_eq!(call.url(&base).as_str(), expected);
    }
}

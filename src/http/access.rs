//! Who may ask for which path: every route, and its row in the table of roles.
//!
//! The extractor of [`Asked`](super::request::Asked) looks a request up here, so a route without a line is closed.

use axum::extract::MatchedPath;
use axum::http::request::Parts;
use axum::http::{Extensions, Method};
use serde_json::{Value, json};
use tenantry_domain::role::Role;

use super::Http;
use crate::app::roles::{self, Roles};
use crate::app::{Caller, Rejection};

/// Who may ask for a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a key.
    Anybody,
    /// These roles.
    To(Roles),
    /// These roles, unless their partner is suspended.
    Unsuspended(Roles),
    /// The roles of the command that the path or body names.
    OfCommand,
}

use Access::{Anybody, OfCommand, To, Unsuspended};

/// Every route: its method, its path, and who may ask for it.
pub const ROUTES: &[(&str, &str, Access)] = &[
    ("get", "/healthz", Anybody),
    ("get", "/readyz", Anybody),
    ("get", "/metrics", Anybody),
    ("get", "/api/v1/terms", Anybody),
    ("post", "/api/v1/sessions", Anybody),
    ("delete", "/api/v1/sessions", To(&Role::ALL)),
    ("get", "/api/v1/commands", To(&Role::ALL)),
    ("post", "/api/v1/commands", OfCommand),
    ("post", "/api/v1/commands/{name}", OfCommand),
    ("get", "/api/v1/customers", To(roles::READ_SALES)),
    ("get", "/api/v1/customers/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/customers/{id}/branding", To(roles::READ_BRANDING)),
    ("get", "/api/v1/provisioning", To(roles::READ_SALES)),
    ("get", "/api/v1/provisioning/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/operations", To(roles::READ_SALES)),
    ("get", "/api/v1/operations/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/screenings", To(roles::READ_PLATFORM)),
    ("get", "/api/v1/screenings/{id}", To(roles::READ_PLATFORM)),
    ("get", "/api/v1/cases", To(roles::READ_SALES)),
    ("get", "/api/v1/cases/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/quotes", To(roles::READ_SALES)),
    ("get", "/api/v1/quotes/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/subscriptions", To(roles::READ_SUBSCRIPTIONS)),
    ("get", "/api/v1/subscriptions/{id}", To(roles::READ_SUBSCRIPTIONS)),
    ("get", "/api/v1/subscribers", To(roles::READ_SALES)),
    ("get", "/api/v1/subscribers/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/templates", Unsuspended(roles::READ_SALES)),
    ("get", "/api/v1/templates/{id}", Unsuspended(roles::READ_SALES)),
    ("get", "/api/v1/keys", Unsuspended(roles::READ_KEYS)),
    ("get", "/api/v1/keys/{id}", Unsuspended(roles::READ_KEYS)),
    ("get", "/api/v1/locations", To(roles::READ_SALES)),
    ("get", "/api/v1/locations/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/numbers", To(roles::READ_SALES)),
    ("get", "/api/v1/numbers/{id}", To(roles::READ_SALES)),
    ("get", "/api/v1/partners", To(roles::READ_PLATFORM)),
    ("get", "/api/v1/partners/{id}", To(roles::READ_PLATFORM)),
    ("get", "/api/v1/consents", To(roles::READ_SHARED)),
    ("get", "/api/v1/consents/{id}", To(roles::READ_SHARED)),
    ("get", "/api/v1/invitations", To(roles::READ_SHARED)),
    ("get", "/api/v1/invitations/{id}", To(roles::READ_SHARED)),
    ("get", "/api/v1/activity", To(roles::READ_SHARED)),
    ("get", "/api/v1/activity/{id}", To(roles::READ_SHARED)),
    ("get", "/api/v1/organizations", To(roles::READ_OWN)),
    ("get", "/api/v1/organizations/{id}", To(roles::READ_OWN)),
    ("get", "/api/v1/users", Unsuspended(roles::READ_OWN)),
    ("get", "/api/v1/projects", Unsuspended(roles::READ_BELONGINGS)),
    ("get", "/api/v1/app-ids", Unsuspended(roles::READ_BELONGINGS)),
    ("get", "/api/v1/usage", To(roles::READ_OWN)),
    ("post", "/api/v1/usage", To(roles::METERING)),
    ("get", "/api/v1/meters", To(roles::READ_OWN)),
    ("get", "/api/v1/reports", To(roles::READ_BILLING)),
    ("get", "/api/v1/reports/{id}", To(roles::READ_BILLING)),
    // The token of the link authorizes.
    ("get", "/api/v1/reports/{id}/file", Anybody),
    ("get", "/api/v1/events", Unsuspended(roles::READ_HISTORY)),
    ("get", "/api/v1/aggregates/{type}/{id}", Unsuspended(roles::READ_HISTORY)),
    ("get", "/api/v1/aggregates/{type}/{id}/diff", Unsuspended(roles::READ_HISTORY)),
    ("get", "/api/v1/projections", To(roles::READ_PLATFORM)),
    ("post", "/api/v1/projections/{name}/rebuild", To(roles::PLATFORM)),
    ("post", "/api/v1/projections/{name}/verify", To(roles::PLATFORM)),
    ("post", "/api/v1/projections/{name}/retry", To(roles::PLATFORM)),
    ("post", "/api/v1/tasks/{id}/retry", To(roles::PLATFORM)),
    ("post", "/api/v1/projections/{name}/skip", To(roles::PLATFORM)),
    ("get", "/api/v1/projections/{name}/parked", Unsuspended(roles::AUDIT)),
    ("get", "/api/v1/projections/{name}/digest", Unsuspended(roles::AUDIT)),
    ("post", "/api/v1/replays", Unsuspended(roles::AUDIT)),
    ("get", "/api/v1/replays/{id}/rows", Unsuspended(roles::AUDIT)),
    ("get", "/api/v1/tasks", To(roles::READ_PLATFORM)),
    ("get", "/api/v1/outbox", To(roles::READ_PLATFORM)),
    ("post", "/api/v1/demo/clock", To(roles::PLATFORM)),
];

impl Access {
    /// Finds the line of a route.
    pub fn find(method: &str, path: &str) -> Option<Self> {
        let line = ROUTES.iter().find(|(known, of, _)| *known == method && *of == path);
        line.map(|(_, _, access)| *access)
    }

    /// Returns it as the document of the interface shows it: roles, or in a word who else.
    pub fn json(self) -> Value {
        match self {
            Anybody => json!("anybody"),
            To(roles) | Unsuspended(roles) => json!(roles),
            OfCommand => json!("those of the command"),
        }
    }

    fn of(method: &Method, extensions: &Extensions) -> Option<Self> {
        let path = extensions.get::<MatchedPath>()?;
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        Self::find(&method.as_str().to_ascii_lowercase(), path.as_str())
    }
}

/// Refuses a caller that may not ask for what a request asks for.
pub(super) async fn check(http: &Http, parts: &Parts, caller: &Caller) -> Result<(), Rejection> {
    let allow = |roles: Roles| {
        if roles.contains(&caller.role) {
            Ok(())
        } else {
            Err(Rejection::forbidden_but_to(caller.role, roles))
        }
    };
    match Access::of(&parts.method, &parts.extensions) {
        None => Err(Rejection::forbidden(caller.role)),
        // A command is refused by its own roles, once it is known which one it is.
        Some(Anybody | OfCommand) => Ok(()),
        Some(To(roles)) => allow(roles),
        Some(Unsuspended(roles)) => {
            allow(roles)?;
            http.app.check_not_suspended(caller.tenant_id).await?;
            http.app.check_not_suspended(caller.home()).await
        }
    }
}

//! Every way in which a request is turned down, as data; HTTP makes problems of it.

use tenantry_domain::ids::PartnerId;
use tenantry_domain::refusal::{Refusal, RefusalKind};
use tenantry_domain::role::Role;
use tenantry_domain::subscriber::SubscriberRefusal;

use super::BodyFault;
use crate::ports::StoreFault;

/// A rule's no, detached from the aggregate that said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Stable code in snake case.
    pub code: &'static str,
    /// How it stands to the request.
    pub kind: RefusalKind,
    /// What was refused and why.
    pub detail: String,
    /// The rules that refused.
    pub rules: &'static [&'static str],
    /// What the caller can do about it.
    pub remedies: &'static [&'static str],
    /// Every fault with its place, where it is about several.
    pub faults: Vec<BodyFault>,
}

/// Why a request is turned down.
#[derive(Debug, thiserror::Error)]
pub enum Rejection {
    /// The body or a parameter is not what it should be: all faults at once.
    #[error("the request has {} faults", .0.len())]
    Malformed(Vec<BodyFault>),
    /// There is no valid key or session.
    #[error("no valid key was given")]
    Unauthenticated,
    /// It does not exist for this caller.
    #[error("there is no such thing")]
    NotFound,
    /// The same, with what was asked for: its kind, and its ID as it was given.
    #[error("there is no {0}")]
    Missing(String),
    /// A rule, a role or a key refused.
    #[error("{}", .0.detail)]
    Refused(Refused),
    /// The stream is not at the sequence that the caller expected.
    #[error("the object is at sequence {0}")]
    AnotherSequence(i64),
    /// The view did not reach the wanted position in time.
    #[error("the view has not reached the wanted position")]
    NotYet,
    /// The caller asks too often.
    #[error("this is asked for too often; ask again in {seconds} seconds")]
    TooMany {
        /// Seconds until it may ask again, rounded up.
        seconds: u64,
    },
    /// The server is full or the store is away; the same key may be sent again.
    #[error("{0}")]
    Unavailable(String),
    /// The store holds something unreadable, or worse.
    #[error(transparent)]
    Broken(StoreFault),
}

impl Rejection {
    /// The role may not do this.
    pub fn forbidden(role: Role) -> Self {
        Self::forbidden_but_to(role, &[])
    }

    /// The role may not do this; these may.
    pub fn forbidden_but_to(role: Role, roles: &[Role]) -> Self {
        let named: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let others =
            if named.is_empty() { String::new() } else { format!("; these may: {}", named.join(", ")) };
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "role_forbidden",
            kind: RefusalKind::Forbidden,
            detail: format!("the role {} may not do this here{others}", role.as_str()),
            rules: &[],
            remedies: &["use a key whose role may do it"],
        })
    }

    /// The organization is a customer of the partner, and took its access back.
    pub fn access_revoked() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "access_revoked",
            kind: RefusalKind::Forbidden,
            detail: "the organization took the partner's access back".to_owned(),
            rules: &["R81", "R83"],
            remedies: &["ask its administrators for access with RequestFullAccess"],
        })
    }

    /// The partner is suspended.
    pub fn partner_suspended(partner_id: PartnerId) -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "partner_suspended",
            kind: RefusalKind::Forbidden,
            detail: format!("partner {partner_id} is suspended"),
            rules: &[],
            remedies: &["ask the operator to reactivate the partner"],
        })
    }

    /// The key was used for another command.
    pub fn key_reused() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "idempotency_key_reused",
            kind: RefusalKind::Rule,
            detail: "this Idempotency-Key was used for a command with another body".to_owned(),
            rules: &[],
            remedies: &["send the first body again to see its answer, or use a fresh key"],
        })
    }

    /// A record of that name counts already, with other data.
    pub fn record_differs() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "idempotency_key_reused",
            kind: RefusalKind::Rule,
            detail: "a record of this source and id counts already, with other data".to_owned(),
            rules: &[],
            remedies: &["send another id, or a correction with CorrectUsage"],
        })
    }

    /// Signing in failed; whether the person is unknown or the password wrong is not said.
    pub fn wrong_credentials() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "wrong_credentials",
            kind: RefusalKind::Unauthenticated,
            detail: "organization, e-mail address and password do not belong together".to_owned(),
            rules: &["R22"],
            remedies: &["use the organization ID of the invitation's mail, and the password chosen with it"],
        })
    }

    /// A key that was shown in a body opens nothing.
    pub fn unknown_key() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "unauthenticated",
            kind: RefusalKind::Unauthenticated,
            detail: "the key is unknown, revoked or expired".to_owned(),
            rules: &[],
            remedies: &["give a valid access key in the field key"],
        })
    }

    /// A session is to be ended by somebody who has none.
    pub fn no_session() -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "not_found",
            kind: RefusalKind::NotFound,
            detail: "there is no session to end: the request carries an access key".to_owned(),
            rules: &[],
            remedies: &["send the session's token in Authorization; RevokeKey ends an access key"],
        })
    }

    /// The object has no room for another event.
    pub fn full(detail: String) -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "object_full",
            kind: RefusalKind::Conflict,
            detail,
            rules: &[],
            remedies: &[
                "commands that remove still have room: remove what is not needed, or it all, and begin anew",
                "of usage, sum records up before you send them, or use a further meter for the rest of the month",
            ],
        })
    }

    /// A value belongs to another object.
    pub fn taken(what: &str, holder: &str) -> Self {
        let code = match what {
            "organization" => "already_customer",
            "default_template" => "default_template_exists",
            "external_id" => "external_id_taken",
            "number" => "number_taken",
            "open_quote" => "quote_open",
            "subscriber" | "licensed_address" => "email_in_use",
            "open_report" => "report_in_progress",
            "template_name" => "template_name_taken",
            _ => "taken",
        };
        // Whose number it is, is nobody else's business.
        let holder = if what == "number" { "another customer" } else { holder };
        Self::Refused(Refused {
            faults: Vec::new(),
            code,
            kind: RefusalKind::Conflict,
            detail: match what {
                // Whose subscriber it is, is nobody else's business.
                "subscriber" | "licensed_address" => SubscriberRefusal::EmailInUse.to_string(),
                "open_report" => format!("one report of a partner is built at a time, now {holder}"),
                _ => format!("{} is taken by {holder}", what.replace('_', " ")),
            },
            rules: &[],
            remedies: match what {
                "organization" | "external_id" => {
                    &["work with that customer; if it has failed, take it up again with RetryProvisioning"]
                }
                "subscriber" | "licensed_address" => SubscriberRefusal::EmailInUse.remedies(),
                "open_report" => &["wait for the end of the report that is being built, then ask again"],
                "open_quote" => &["wait for the end of the case's open quote, or end it with DeclineQuote"],
                _ => &["use another value, or work with the object that holds it"],
            },
        })
    }

    /// No tenant is parked at that place.
    pub fn not_parked(view: &str, position: i64) -> Self {
        Self::Refused(Refused {
            faults: Vec::new(),
            code: "not_parked",
            kind: RefusalKind::Conflict,
            detail: format!("no tenant is parked for {view} at position {position}"),
            rules: &[],
            remedies: &["see where tenants are parked; wait while one is tried again"],
        })
    }

    /// Names what was asked for, where it does not exist for this caller.
    #[must_use]
    pub fn naming(self, kind: &str, id: &str) -> Self {
        match self {
            Self::NotFound => Self::Missing(format!("{} {id}", kind.replace('_', " "))),
            other => other,
        }
    }

    /// The same, about fields of a body that have the names of parameters.
    #[must_use]
    pub fn in_body(self) -> Self {
        let pointed = |fault: BodyFault| BodyFault { pointer: format!("/{}", fault.pointer), ..fault };
        match self {
            Self::Malformed(faults) => Self::Malformed(faults.into_iter().map(pointed).collect()),
            other => other,
        }
    }

    /// One fault at one place.
    pub fn malformed(pointer: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Malformed(vec![BodyFault { pointer: pointer.to_owned(), code, detail: detail.into() }])
    }
}

impl<R: Refusal> From<&R> for Refused {
    fn from(refusal: &R) -> Self {
        Self {
            code: refusal.code(),
            kind: refusal.kind(),
            detail: refusal.to_string(),
            rules: refusal.rules(),
            remedies: refusal.remedies(),
            faults: refusal.faults().into_iter().map(BodyFault::from).collect(),
        }
    }
}

impl From<StoreFault> for Rejection {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Unavailable { .. } => {
                tracing::error!(fault = %error_chain(&fault), "the store is unavailable");
                Self::Unavailable(
                    "the store is away; send the same request with the same key again".to_owned(),
                )
            }
            StoreFault::InUse(_) => Self::Unavailable(fault.to_string()),
            StoreFault::Exists(_) | StoreFault::Corrupt(_) | StoreFault::Unsafe(_) => {
                tracing::error!(%fault, "the store is broken");
                Self::Broken(fault)
            }
        }
    }
}

/// Writes an error with all its sources on one line.
pub fn error_chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

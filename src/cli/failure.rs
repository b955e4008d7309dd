//! How a verb ends when it could not do its work: what it says, and its exit code.

use std::io;

use serde::Deserialize;

use crate::ports::StoreFault;

/// A problem as the interface answers it (RFC 9457).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) code: String,
    pub(crate) tracking_id: String,
    pub(crate) rules: Vec<String>,
    pub(crate) remedies: Vec<String>,
    pub(crate) errors: Vec<Fault>,
}

/// A fault of a body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fault {
    pointer: String,
    code: String,
    detail: String,
}

/// Why a verb has not done its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line or the configuration is wrong.
    #[error("{0}")]
    Usage(String),
    /// The request was turned down.
    #[error("{}", .0.lines().join("\n  "))]
    Problem(Box<Problem>),
    /// The server or the store cannot be reached.
    #[error("{0:#}")]
    Unreachable(anyhow::Error),
    /// Anything else.
    #[error("{0:#}")]
    Failed(anyhow::Error),
    /// Whoever read the output has gone.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    /// Says that a verb did its work and did not find what it should.
    pub(crate) fn found(text: impl Into<String>) -> Self {
        Self::Failed(anyhow::Error::msg(text.into()))
    }

    /// Says that the other side broke off.
    pub(crate) fn unreachable(error: impl Into<anyhow::Error>, doing: String) -> Self {
        Self::Unreachable(error.into().context(doing))
    }

    /// Tells whether a command may have been carried out although nobody heard of it.
    pub(crate) fn leaves_open_what_happened(&self) -> bool {
        match self {
            Self::Unreachable(error) => {
                error.downcast_ref::<reqwest::Error>().is_some_and(|error| !error.is_connect())
            }
            Self::Problem(problem) => matches!(problem.status, 500 | 502..=504),
            Self::Usage(_) | Self::Failed(_) | Self::Closed => false,
        }
    }

    /// Says what to do about it, where the failure does not.
    pub(crate) fn remedy(&self) -> Option<&'static str> {
        let (Self::Unreachable(error) | Self::Failed(error)) = self else { return None };
        let no_server = |error: &reqwest::Error| error.is_connect();
        if error.chain().filter_map(|cause| cause.downcast_ref()).any(no_server) {
            return Some("start a server with `tenantry serve`, or mend --url");
        }
        let in_use = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
        if error.chain().filter_map(|cause| cause.downcast_ref()).any(in_use) {
            return Some("stop what listens there, or give --listen with another port; port 0 picks one");
        }
        match error.chain().find_map(|cause| cause.downcast_ref()) {
            Some(StoreFault::Unavailable { .. }) => {
                Some("`tenantry doctor` looks at the store and says what to do")
            }
            _ => None,
        }
    }

    /// Puts what the interface says into the words of the command line, given in pairs.
    #[must_use]
    pub(crate) fn in_words(self, words: &[(&str, &str)]) -> Self {
        self.said_by(|problem| problem.in_words(words))
    }

    /// The same for a verb whose flags stand for the fields of a body; those of other names are given in pairs.
    #[must_use]
    pub(crate) fn at_flags(self, flags: &[(&str, &str)]) -> Self {
        self.said_by(|problem| problem.in_words(flags).at_flags(flags))
    }

    fn said_by(self, say: impl FnOnce(Problem) -> Problem) -> Self {
        match self {
            Self::Problem(problem) => Self::Problem(Box::new(say(*problem))),
            other => other,
        }
    }

    /// Returns the exit code.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::Unreachable(_) => 5,
            Self::Problem(problem) => match problem.status {
                400 | 413 | 415 => 2,
                403 | 409 | 412 | 422 => 3,
                404 => 4,
                502 | 503 => 5,
                _ => 1,
            },
        }
    }
}

impl Problem {
    fn in_words(mut self, words: &[(&str, &str)]) -> Self {
        let texts = self.remedies.iter_mut().chain(self.errors.iter_mut().map(|fault| &mut fault.detail));
        for text in texts.chain([&mut self.detail]) {
            for (theirs, ours) in words {
                *text = text.replace(theirs, ours);
            }
        }
        self
    }

    fn at_flags(mut self, flags: &[(&str, &str)]) -> Self {
        for fault in &mut self.errors {
            let Some(field) = fault.pointer.strip_prefix('/') else { continue };
            let flag = flags.iter().find(|(name, _)| *name == field);
            fault.pointer = flag.map_or_else(|| format!("--{field}"), |(_, flag)| (*flag).to_owned());
        }
        self
    }

    fn lines(&self) -> Vec<String> {
        let Self { status, title, detail, code, tracking_id, rules, remedies, errors } = self;
        let said = match (errors.len(), detail.is_empty()) {
            (0, true) => title.clone(),
            (0, false) => detail.clone(),
            // The detail says the same as the faults, without their places.
            (1, _) => "the request has a fault".to_owned(),
            (n, _) => format!("the request has {n} faults"),
        };
        let mut lines = vec![format!("{said} ({code}, {status})")];
        lines.extend(errors.iter().map(Fault::line));
        if !rules.is_empty() {
            lines.push(format!("rules: {}", rules.join(", ")));
        }
        lines.extend(remedies.iter().map(|remedy| format!("remedy: {remedy}")));
        if !tracking_id.is_empty() {
            lines.push(format!("tracking ID: {tracking_id}"));
        }
        lines
    }
}

impl Fault {
    fn line(&self) -> String {
        let place = if self.pointer.is_empty() { "the body" } else { &self.pointer };
        format!("{place}: {} ({})", self.detail, self.code)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        if error.chain().filter_map(|cause| cause.downcast_ref()).any(closed) {
            return Self::Closed;
        }
        match error.chain().find_map(|cause| cause.downcast_ref::<StoreFault>()) {
            Some(StoreFault::Unavailable { .. } | StoreFault::InUse(_) | StoreFault::Unsafe(_)) => {
                Self::Unreachable(error)
            }
            Some(StoreFault::Exists(_) | StoreFault::Corrupt(_)) | None => Self::Failed(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::from(anyhow::Error::from(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16) -> Failure {
        Failure::Problem(Box::new(Problem { status, ..Problem::default() }))
    }

    #[test]
    fn exit_codes_tell_who_has_to_act() {
        let codes = [400, 401, 403, 404, 409, 412, 422, 500, 503].map(|status| problem(status).exit_code());
        assert_eq!(codes, [2, 1, 3, 4, 3, 3, 3, 1, 5]);
        let in_use = anyhow::Error::from(StoreFault::InUse("by somebody".to_owned())).context("open");
        assert_eq!(Failure::from(in_use).exit_code(), 5);
        assert_eq!(Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).exit_code(), 0);
    }

    #[test]
    fn what_is_away_comes_with_a_remedy() {
        let in_use = anyhow::Error::from(io::Error::from(io::ErrorKind::AddrInUse)).context("listen");
        assert!(Failure::from(in_use).remedy().is_some_and(|remedy| remedy.contains("--listen")));
        let away = StoreFault::Unavailable { doing: "read", source: "refused".into() };
        assert!(
            Failure::from(anyhow::Error::from(away)).remedy().is_some_and(|remedy| remedy.contains("doctor"))
        );
        assert_eq!(Failure::found("nothing").remedy(), None);
    }

    #[test]
    fn a_problem_names_flags_in_the_place_of_fields() {
        let at = |pointer: &str| Fault { pointer: pointer.to_owned(), ..Fault::default() };
        let remedies = vec!["name partnerId".to_owned()];
        let problem =
            Problem { remedies, errors: vec![at("/partnerId"), at("/email")], ..Problem::default() };
        let failure = Failure::Problem(Box::new(problem)).at_flags(&[("partnerId", "--partner")]);
        let Failure::Problem(said) = failure else { panic!("it stays a problem") };
        assert_eq!(said.remedies, ["name --partner"]);
        assert_eq!(
            said.errors.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(),
            ["--partner", "--email"]
        );
    }

    #[test]
    fn a_problem_says_every_fault_its_remedies_and_its_tracking_id() {
        let answered = r#"{"status":400,"code":"malformed","detail":"two faults","trackingId":"trk_1",
            "remedies":["mend it"],"errors":[{"pointer":"/name","code":"missing","detail":"is missing"},
            {"pointer":"","code":"not_json","detail":"is not JSON"}]}"#;
        let problem: Problem = serde_json::from_str(answered).expect("is a problem");
        let said = Failure::Problem(Box::new(problem)).to_string();
        let expected = "the request has 2 faults (malformed, 400)\n  /name: is missing (missing)\n  \
                        the body: is not JSON (not_json)\n  remedy: mend it\n  tracking ID: trk_1";
        assert_eq!(said, expected);
    }
}

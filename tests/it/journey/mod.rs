//! Journeys through the running program, over HTTP.

pub(crate) mod bodies;
pub(crate) mod cast;
pub(crate) mod client;
mod crash;
mod first_run;
mod history;
mod in_process;
pub(crate) mod program;
mod provisioning;
mod rebuild;
mod replay;
mod secrecy;
mod sse;
mod stopping;
mod verbs;
pub(crate) mod waiting;

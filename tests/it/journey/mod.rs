//! Journeys through the running program, over HTTP.

pub(crate) mod bodies;
pub(crate) mod cast;
pub(crate) mod client;
mod crash;
mod first_run;
mod history;
pub(crate) mod in_process;
mod lag;
mod parked;
pub(crate) mod program;
mod provisioning;
mod rebuild;
pub(crate) mod replay;
mod secrecy;
mod sse;
mod stopping;
pub(crate) mod verbs;
pub(crate) mod waiting;

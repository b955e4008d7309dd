//! Journeys through the running program, over HTTP.

pub(crate) mod bodies;
pub(crate) mod cast;
pub(crate) mod client;
mod crash;
mod first_run;
mod history;
mod in_process;
pub(crate) mod load;
pub(crate) mod program;
mod provisioning;
mod rebuild;
mod secrecy;
mod servers;
mod soundness;
mod sse;
mod stopping;
pub(crate) mod waiting;

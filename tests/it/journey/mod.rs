//! Journeys through the running program, over HTTP.

pub(crate) mod asked;
pub(crate) mod attach;
pub(crate) mod bodies;
pub(crate) mod cases;
pub(crate) mod cast;
pub(crate) mod client;
mod crash;
mod demo;
mod first_run;
mod history;
pub(crate) mod in_process;
mod lag;
pub(crate) mod load;
mod newcomer;
mod parked;
pub(crate) mod program;
mod provisioning;
mod random;
mod rebuild;
pub(crate) mod replay;
mod secrecy;
mod servers;
mod soundness;
mod sse;
mod stopping;
pub(crate) mod verbs;
pub(crate) mod waiting;

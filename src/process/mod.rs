//! The runners of processes, and the worker that performs their tasks.
//!
//! What a process wants is decided in the domain; here is when, and under which lease.

mod attaching;
mod changing;
mod ending;
mod erasing;
mod invitations;
mod mails;
mod members;
mod onboarding;
mod packages;
mod provisioning;
mod quoting;
mod reporting;
mod run;
mod runner;
mod settling;
mod subscribing;
mod worker;

pub use runner::{Ordered, ProcessRunner};
pub use worker::{Outside, Worker};

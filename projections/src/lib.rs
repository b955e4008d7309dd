//! The views of Tenantry: what dashboards and reads show, as pure folds from recorded events to rows.
//!
//! A view names the events it wants, the rows an event touches, and each row after the event. Tables, checkpoints
//! and fences belong to the root package.
//!
//! | View | Module |
//! |---|---|
//! | Customers of a partner | [`customers`] |
//! | Provisioning status of a customer, with its steps | [`provisioning`] |
//! | Operations, the pieces of work behind an answer 202 | [`operations`] |
//! | Onboarding templates of a partner | [`templates`] |
//! | Partners | [`partners`] |
//! | Organizations and their licenses | [`organizations`] |
//! | Cases of a partner | [`cases`] |
//! | Quotes under cases | [`quotes`] |
//! | Subscriptions of customers | [`subscriptions`] |
//! | Places that customers' people call from | [`locations`] |
//! | Telephone numbers of customers | [`numbers`] |
//! | Billing reports | [`reports`] |
//! | Requests for consent | [`consents`] |
//! | Invitations | [`invitations`] |
//! | Users of partners and members of organizations | [`users`] |
//! | Projects of organizations | [`projects`] |
//! | App IDs of organizations | [`app_ids`] |
//! | By which addresses organizations are found | [`administrators`] |
//! | Subscribers of customers | [`subscribers`] |
//! | By which addresses members are found | [`memberships`] |
//! | Screenings of customers that are like a denied party | [`screenings`] |
//! | Activity, one sentence for each event | [`activity`] |
//! | Meters of the platform | [`meters`] |
//! | Usage of organizations by quarters of an hour | [`usage`] |
//! | Access keys, without what verifies them | [`keys`] |
//! | History, one row for each event | [`history`] |

#![warn(clippy::wildcard_enum_match_arm)]

pub mod activity;
pub mod administrators;
pub mod app_ids;
mod begun;
pub mod cases;
pub mod consents;
pub mod customers;
pub mod erasure;
pub mod history;
pub mod invitations;
pub mod keys;
pub mod locations;
pub mod memberships;
pub mod meters;
pub mod numbers;
pub mod operations;
pub mod organizations;
pub mod partners;
pub mod projects;
pub mod provisioning;
pub mod quotes;
pub mod recorded;
pub mod reports;
pub mod rfc3339;
pub mod screenings;
mod sold;
pub mod steps;
pub mod subscribers;
pub mod subscriptions;
pub mod tally;
pub mod templates;
#[cfg(test)]
mod tests;
pub mod usage;
pub mod users;
pub mod view;
pub mod window;

pub use recorded::{FoldError, Recorded};
pub use view::{RowKey, Source, View};

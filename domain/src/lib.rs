//! The rules of Tenantry: what each command decides, what each event means.
//!
//! Everything here is a function of its arguments. Time, identifiers, other aggregates' facts and the outside's
//! answers come in as values; storage, transport and logging live in the root package.
//!
//! | Word | Module |
//! |---|---|
//! | Partner, a tenant that owns customers | [`partner`] |
//! | Onboarding template and its provisioning ID | [`template`] |
//! | Organization, a customer's isolated space | [`organization`] |
//! | Customer, the relationship of a partner and an organization | [`customer`] |
//! | Meter, what is counted and how | [`meter`] |
//! | Usage of a customer, by meter and month | [`usage`] |
//! | Billing report, what customers used in a file that stays | [`billing_report`] |
//! | Case, a partner's container of sales for a prospective customer | [`case`] |
//! | Quote, a priced offer under a case | [`quote`] |
//! | Subscription, what an accepted quote starts | [`subscription`] |
//! | Subscriber, a person provisioned in a customer | [`subscriber`] |
//! | Invitation of a person to an organization | [`invitation`] |
//! | Person, once the person is erased | [`person`] |
//! | Domain name, which belongs to one organization | [`domain_name`] |
//! | Search of the directory of organizations, on record | [`directory_search`] |
//! | Branding that the people of a customer see | [`branding`] |
//! | Terms that a person accepts | [`terms`] |
//! | List of denied parties that customers are compared with | [`screening_list`] |
//! | Access key of a service, person or auditor | [`access_key`] |
//! | Packages, add-ons, dependencies and levels | [`catalogue`] |
//! | Processes that carry work between streams | [`process`] |

#![warn(clippy::wildcard_enum_match_arm)]

pub mod access_key;
pub mod billing_report;
pub mod branding;
pub mod case;
pub mod catalogue;
pub mod customer;
pub mod directory_search;
pub mod domain_name;
pub mod event;
pub mod evolution;
pub mod ids;
pub mod invitation;
pub mod limits;
pub mod meter;
pub mod notification;
pub mod organization;
pub mod partner;
pub mod person;
pub mod personal;
pub mod process;
pub mod quote;
pub mod refusal;
pub mod role;
pub mod screening_list;
pub mod stream;
pub mod subscriber;
pub mod subscription;
pub mod template;
pub mod tenant;
pub mod terms;
pub mod usage;
pub mod values;

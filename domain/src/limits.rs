//! The bounds of the rules, each with its unit and reason (INV-BOUND).

/// The most events one aggregate may have; a longer stream would make loading it unbounded.
///
/// The longest-lived streams, customers and organizations, see a handful of events a day.
pub const AGGREGATE_EVENTS_MAX: usize = 100_000;

/// How many more events a full stream takes of commands that take away or end what was begun: room to release each seat
/// and each number of a customer alone, and to remove it.
pub const AGGREGATE_RESERVE_EVENTS_MAX: usize = 25_000;

/// How far the time of a usage record may be ahead, in microseconds: as far as clocks commonly differ.
pub const USAGE_AHEAD_US_MAX: i64 = 5 * 60 * 1_000_000;

/// The most digits of a quantity after its point.
pub const QUANTITY_SCALE_MAX: u32 = 6;

/// The greatest quantity of one record: ten billion of them still add up without loss.
pub const QUANTITY_MAX: i64 = 1_000_000_000_000;

/// How far back the first day of a billing report may lie, in years.
pub const REPORT_YEARS_MAX: i64 = 5;

/// The most digits of a price after its point: tariffs go below the smallest coin.
pub const PRICE_SCALE_MAX: u32 = 4;

/// The highest price of a unit: with the most units and lines of a quote it still adds up without loss.
pub const PRICE_MAX: i64 = 1_000_000_000;

/// The most units of one line of a quote.
pub const QUOTED_UNITS_MAX: u32 = 1_000_000;

/// The longest term of a line of a quote, in months: ten years.
pub const TERM_MONTHS_MAX: u32 = 120;

/// How long a quote is valid unless it says otherwise, in microseconds: 30 days.
pub const QUOTE_VALID_US: i64 = 30 * DAY_US;

/// How long a quote can be valid at most, in microseconds: a year of 366 days.
pub const QUOTE_VALID_US_MAX: i64 = 366 * DAY_US;

/// The most packages one customer may name in a command: the catalogue has fewer.
pub const PACKAGES_MAX: usize = 50;

/// The most characters of a recorded error text; the rest belongs in a log.
pub const ERROR_TEXT_CHARS_MAX: usize = 500;

/// The most licenses and warnings kept of one report about a package: what platforms send is not ours to bound.
pub const PACKAGE_REPORT_ITEMS_MAX: usize = 50;

/// The most characters of a reference, such as a license ID, that a platform gives.
pub const PLATFORM_REFERENCE_CHARS_MAX: usize = 200;

/// How long an invitation can be accepted, in microseconds: 14 days.
pub const INVITATION_VALID_US: i64 = 14 * DAY_US;

/// From how many users on an organization is asked before it is attached (R74).
pub const CONSENT_USERS_MIN: u32 = 100;

/// When administrators are reminded of a request for consent, in microseconds after it: days 7 and 21 (D5).
pub const CONSENT_REMINDERS_US: [i64; 2] = [7 * DAY_US, 21 * DAY_US];

/// How long a partner waits after a decline before it may ask again, in microseconds: 7 days (D5).
pub const DECLINE_PAUSE_US: i64 = 7 * DAY_US;

/// How long a partner waits before it may ask for full access again, in microseconds: one day.
pub const FULL_ACCESS_PAUSE_US: i64 = DAY_US;

/// The most rounds of mails of one request or invitation: whoever has not answered by then is not reached by mail.
pub const MAILINGS_MAX: u32 = 10;

/// The fewest characters of a password: NIST SP 800-63B-4 asks for 15 where it is the only factor, 8 beside another;
/// 12 lies between.
pub const PASSWORD_CHARS_MIN: usize = 12;

/// The most characters of a password: long sentences fit, and hashing stays cheap.
pub const PASSWORD_CHARS_MAX: usize = 128;

/// An hour, in microseconds.
pub const HOUR_US: i64 = 60 * 60 * 1_000_000;

/// A day, in microseconds.
pub const DAY_US: i64 = 24 * 60 * 60 * 1_000_000;

/// How long a domain name is held for an organization that has not confirmed it, in microseconds: one hour, longer
/// than any request takes.
pub const DOMAIN_RESERVED_US: i64 = 60 * 60 * 1_000_000;

/// The most projects of an organization: all are in its state, which each of its commands loads.
pub const PROJECTS_MAX: usize = 500;

/// The most app IDs of an organization, for the same reason.
pub const APP_IDS_MAX: usize = 1_000;

/// The most characters of a token in a mail's link: the longest that is made has some 170.
pub const TOKEN_CHARS_MAX: usize = 200;

/// The fewest digits of an extension: a single one is what telephones dial services with.
pub const EXTENSION_DIGITS_MIN: usize = 2;

/// The most seats of a customer: all are in its state, which each of its commands loads.
pub const SEATS_MAX: usize = 10_000;

/// The most locations of a customer besides its head office, for the same reason.
pub const LOCATIONS_MAX: usize = 1_000;

/// The most numbers of a customer, for the same reason; its removal gives them all back in one commit.
pub const NUMBERS_MAX: usize = 10_000;

/// The most numbers that one command adds or removes: each is a claim, which the store looks up.
pub const NUMBERS_NAMED_MAX: usize = 500;

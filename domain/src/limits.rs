//! The bounds of the rules, each with its unit and reason (INV-BOUND).

/// The most events one aggregate may have; a longer stream would make loading it unbounded.
///
/// The longest-lived streams, customers and organizations, see a handful of events a day.
pub const AGGREGATE_EVENTS_MAX: usize = 100_000;

/// How far the time of a usage record may be ahead, in microseconds: as far as clocks commonly differ.
pub const USAGE_AHEAD_US_MAX: i64 = 5 * 60 * 1_000_000;

/// The most digits of a quantity after its point.
pub const QUANTITY_SCALE_MAX: u32 = 6;

/// The greatest quantity of one record: ten billion of them still add up without loss.
pub const QUANTITY_MAX: i64 = 1_000_000_000_000;

/// The most packages one customer may name in a command: the catalogue has fewer.
pub const PACKAGES_MAX: usize = 50;

/// The most characters of a recorded error text; the rest belongs in a log.
pub const ERROR_TEXT_CHARS_MAX: usize = 500;

/// The most licenses and warnings kept of one report about a package: what platforms send is not ours to bound.
pub const PACKAGE_REPORT_ITEMS_MAX: usize = 50;

/// The most characters of a reference, such as a license ID, that a platform gives.
pub const PLATFORM_REFERENCE_CHARS_MAX: usize = 200;

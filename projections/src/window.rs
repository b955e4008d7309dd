//! Windows of time: hours, days and months as the clocks of a time zone show them.
//!
//! Usage is kept by quarters of an hour. Every zone is now a multiple of a quarter of an hour from UTC and changes its
//! clocks at such a moment, so that a quarter lies in one window of any zone.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The length of the shortest window, in seconds.
const QUARTER_SECONDS: i64 = 15 * 60;

const HOUR_SECONDS: i64 = 60 * 60;

/// The length of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
}

/// Returns when the quarter of an hour begins that a time lies in.
pub fn quarter_of(time: Timestamp) -> Timestamp {
    let seconds = time.as_second() - i64::from(time.subsec_nanosecond() < 0);
    at(seconds - seconds.rem_euclid(QUARTER_SECONDS))
}

fn at(seconds: i64) -> Timestamp {
    let within = seconds.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(within).expect("it was clamped to what a time can be")
}

impl Window {
    /// Every window.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Month];

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// Returns when the window begins that a time lies in.
    pub fn start(self, zone: &TimeZone, time: Timestamp) -> Timestamp {
        match self {
            Self::Hour => {
                // An hour in which the clocks change is two windows: that of the old time and that of the new one.
                let changed = zone.preceding(after(time)).next().map(|change| change.timestamp());
                full_hour(zone, time).max(changed.unwrap_or(Timestamp::MIN))
            }
            Self::Day => start_of_day(&time.to_zoned(zone.clone())),
            Self::Month => {
                let day = time.to_zoned(zone.clone()).first_of_month();
                start_of_day(&day.expect("a month has a first day"))
            }
        }
    }

    /// Returns when the window ends that a time lies in.
    pub fn end(self, zone: &TimeZone, time: Timestamp) -> Timestamp {
        let zoned = time.to_zoned(zone.clone());
        match self {
            Self::Hour => {
                let next = at(full_hour(zone, time).as_second() + HOUR_SECONDS);
                let change = zone.following(time).next().map(|change| change.timestamp());
                next.min(change.unwrap_or(Timestamp::MAX))
            }
            Self::Day => start_of_day(&zoned.saturating_add(1.day())),
            Self::Month => {
                let first = zoned.first_of_month().expect("a month has a first day");
                start_of_day(&first.saturating_add(1.month()))
            }
        }
    }
}

/// The moment after a time, so that what happens at the time comes before it.
fn after(time: Timestamp) -> Timestamp {
    time.saturating_add(1.nanosecond()).expect("a span of fixed length can be added")
}

fn full_hour(zone: &TimeZone, time: Timestamp) -> Timestamp {
    let offset = i64::from(zone.to_offset(time).seconds());
    let local = quarter_of(time).as_second() + offset;
    at(local - local.rem_euclid(HOUR_SECONDS) - offset)
}

fn start_of_day(day: &Zoned) -> Timestamp {
    day.start_of_day().map_or(Timestamp::MIN, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("it is a zone")
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("is a time")
    }

    #[track_caller]
    fn assert_window(window: Window, name: &str, within: &str, start: &str, end: &str) {
        let (zone, within) = (zone(name), time(within));
        let found = (window.start(&zone, within), window.end(&zone, within));
        assert_eq!(found, (time(start), time(end)), "{window:?} in {name} around {within}");
    }

    #[test]
    fn a_day_is_that_of_the_clocks_of_its_zone() {
        let (day, month) = (Window::Day, Window::Month);
        assert_window(day, "UTC", "2026-01-31T23:59:59.9Z", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z");
        assert_window(
            day,
            "Asia/Kathmandu",
            "2026-01-31T18:15:00Z",
            "2026-01-31T18:15:00Z",
            "2026-02-01T18:15:00Z",
        );
        assert_window(
            month,
            "Asia/Kolkata",
            "2026-02-10T00:00:00Z",
            "2026-01-31T18:30:00Z",
            "2026-02-28T18:30:00Z",
        );
        assert_window(
            month,
            "America/New_York",
            "2026-03-31T20:00:00Z",
            "2026-03-01T05:00:00Z",
            "2026-04-01T04:00:00Z",
        );
    }

    #[test]
    fn a_day_of_a_change_of_clocks_has_23_or_25_hours() {
        let day = Window::Day;
        assert_window(
            day,
            "Europe/Berlin",
            "2026-03-29T12:00:00Z",
            "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z",
        );
        assert_window(
            day,
            "Europe/Berlin",
            "2026-10-25T12:00:00Z",
            "2026-10-24T22:00:00Z",
            "2026-10-25T23:00:00Z",
        );
    }

    #[test]
    fn an_hour_that_the_clocks_show_twice_is_two_hours() {
        let hour = Window::Hour;
        assert_window(
            hour,
            "Europe/Berlin",
            "2026-10-25T00:30:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z",
        );
        assert_window(
            hour,
            "Europe/Berlin",
            "2026-10-25T01:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z",
        );
        assert_window(
            hour,
            "Asia/Kolkata",
            "2026-01-31T12:00:00Z",
            "2026-01-31T11:30:00Z",
            "2026-01-31T12:30:00Z",
        );
    }

    #[test]
    fn an_hour_in_which_the_clocks_move_by_half_an_hour_ends_there() {
        let (hour, howe) = (Window::Hour, "Australia/Lord_Howe");
        assert_window(hour, howe, "2026-04-04T14:59:00Z", "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z");
        assert_window(hour, howe, "2026-04-04T15:10:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z");
        assert_window(hour, howe, "2026-10-03T15:40:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z");
    }

    #[test]
    fn a_quarter_of_an_hour_before_1970_begins_before_it() {
        assert_eq!(quarter_of(time("1969-12-31T23:59:59.5Z")), time("1969-12-31T23:45:00Z"));
        assert_eq!(quarter_of(time("1970-01-01T00:00:00.5Z")), time("1970-01-01T00:00:00Z"));
        assert_eq!(quarter_of(Timestamp::MAX), time("9999-12-30T22:00:00Z"));
    }

    const ZONES: [&str; 8] = [
        "UTC",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "Pacific/Chatham",
        "Pacific/Apia",
    ];

    proptest! {
        #[test]
        fn windows_follow_each_other_without_gaps(second in 1_325_376_000_i64..2_000_000_000, n in 0..ZONES.len()) {
            let (zone, time) = (zone(ZONES[n]), at(second));
            for window in Window::ALL {
                let (start, end) = (window.start(&zone, time), window.end(&zone, time));
                prop_assert!(start <= time && time < end);
                prop_assert_eq!(window.start(&zone, start), start);
                prop_assert_eq!(window.end(&zone, start), end);
                prop_assert_eq!(window.start(&zone, end), end);
                prop_assert_eq!(quarter_of(start), start);
            }
        }
    }
}

//! Holidays whose day the calendar tells.

use jiff::civil::{Date, Weekday};

use super::calendar::{pick, plain_year, year_shift};
use super::grammar::Hit;
use super::meaning::Meaning;
use super::period::{Period, Recurring};
use super::token::Tokens;

/// A holiday that moves from year to year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// So many days after Easter Sunday of the western churches.
    Easter(i16),
    /// The n-th such weekday of a month; the last where n is negative.
    Nth(i8, i8, Weekday),
}

impl Feast {
    /// Its day in a year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Easter(days) => easter(year)?.checked_add(jiff::Span::new().days(i64::from(days))).ok(),
            Self::Nth(month, nth, weekday) => Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok(),
        }
    }
}

/// Easter Sunday by the rule of Gauss, as Meeus gives it for the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (leap_centuries, common) = (century / 4, century % 4);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - moon + 15).rem_euclid(30);
    let weekday = (32 + 2 * common + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

type Named = (&'static [&'static str], Recurring);

const fn fixed(month: i8, day: i8) -> Recurring {
    Recurring::MonthDay(month, day)
}

const fn after_easter(days: i16) -> Recurring {
    Recurring::Feast(Feast::Easter(days))
}

const fn nth(month: i8, nth: i8, weekday: Weekday) -> Recurring {
    Recurring::Feast(Feast::Nth(month, nth, weekday))
}

/// Longer names before those that they begin with.
const HOLIDAYS: [Named; 35] = [
    (&["christmas", "eve"], fixed(12, 24)),
    (&["christmas", "day"], fixed(12, 25)),
    (&["christmas"], fixed(12, 25)),
    (&["boxing", "day"], fixed(12, 26)),
    (&["new", "year", "'", "s", "eve"], fixed(12, 31)),
    (&["new", "year", "'", "s", "day"], fixed(1, 1)),
    (&["new", "year", "'", "s"], fixed(1, 1)),
    (&["new", "years", "eve"], fixed(12, 31)),
    (&["new", "years", "day"], fixed(1, 1)),
    (&["valentine", "'", "s", "day"], fixed(2, 14)),
    (&["st", ".", "patrick", "'", "s", "day"], fixed(3, 17)),
    (&["st", "patrick", "'", "s", "day"], fixed(3, 17)),
    (&["international", "women", "'", "s", "day"], fixed(3, 8)),
    (&["may", "day"], fixed(5, 1)),
    (&["halloween"], fixed(10, 31)),
    (&["fourth", "of", "july"], fixed(7, 4)),
    (&["bastille", "day"], fixed(7, 14)),
    (&["veterans", "day"], fixed(11, 11)),
    (&["armistice", "day"], fixed(11, 11)),
    (&["juneteenth"], fixed(6, 19)),
    (&["april", "fools", "'", "day"], fixed(4, 1)),
    (&["martin", "luther", "king", "day"], nth(1, 3, Weekday::Monday)),
    (&["presidents", "day"], nth(2, 3, Weekday::Monday)),
    (&["presidents", "'", "day"], nth(2, 3, Weekday::Monday)),
    (&["mother", "'", "s", "day"], nth(5, 2, Weekday::Sunday)),
    (&["memorial", "day"], nth(5, -1, Weekday::Monday)),
    (&["labor", "day"], nth(9, 1, Weekday::Monday)),
    (&["columbus", "day"], nth(10, 2, Weekday::Monday)),
    (&["thanksgiving", "day"], nth(11, 4, Weekday::Thursday)),
    (&["thanksgiving"], nth(11, 4, Weekday::Thursday)),
    (&["ash", "wednesday"], after_easter(-46)),
    (&["palm", "sunday"], after_easter(-7)),
    (&["good", "friday"], after_easter(-2)),
    (&["easter"], after_easter(0)),
    (&["whit", "monday"], after_easter(50)),
];

/// What makes a name of the holiday's: "Christmas Island", "the Good Friday Agreement".
const NAMES: [&str; 12] = [
    "island",
    "islands",
    "tree",
    "trees",
    "carol",
    "agreement",
    "accord",
    "accords",
    "egg",
    "eggs",
    "rising",
    "massacre",
];

/// "Christmas", "Labor Day 2012", "last Easter", "Easter Monday".
pub(super) fn holiday(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (pick, at) = pick(tokens, i).map_or((None, i), |(pick, at)| (Some(pick), at));
    let (words, recurring) = HOLIDAYS.iter().find(|(words, _)| tokens.starts(at, words))?;
    let mut end = at + words.len();
    let mut recurring = *recurring;
    if words == &["easter"] {
        (recurring, end) = match tokens.word(end) {
            "sunday" => (recurring, end + 1),
            "monday" => (after_easter(1), end + 1),
            _ => (recurring, end),
        };
    }
    // "Easter" needs no day, "Easter Rising" is another thing; "mother's day" in small letters is anybody's.
    if !tokens.capital(at) || NAMES.contains(&tokens.word(end)) {
        return None;
    }
    if let Some(year) = plain_year(tokens, end).filter(|_| pick.is_none()) {
        return Hit::date(end + 1, Meaning::Fixed(recurring.in_year(year)?));
    }
    if let Some((years, end)) = year_shift(tokens, end) {
        return Hit::date(end, Meaning::OfYear(recurring, years));
    }
    Hit::date(end, Meaning::Recurring(recurring, pick))
}

/// The feast's day as a period.
pub(super) fn day(feast: Feast, year: i16) -> Option<Period> {
    feast.in_year(year).map(Period::Day)
}

//! The words of the calendar.

use jiff::civil::Weekday;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A quarter of the year by its weather, as TIMEX3 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A number as news gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity {
    /// "three", "12".
    Exact(i32),
    /// "two and a half", "1.5".
    Part(f64),
    /// "several", "a few".
    Vague,
}

pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = NAMES.iter().position(|name| *name == word)?;
    i8::try_from(at + 1).ok()
}

/// Short month names, which need a number or a full stop beside them.
pub(super) fn short_month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if word == "sept" {
        return Some(9);
    }
    let at = NAMES.iter().position(|name| *name == word)?;
    i8::try_from(at + 1).ok()
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// Short weekday names, which count only before a date.
pub(super) fn short_weekday(word: &str) -> bool {
    matches!(
        word,
        "mon" | "tue" | "tues" | "wed" | "weds" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
    )
}

pub(super) fn season(word: &str) -> Option<Season> {
    Some(match word {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

/// The unit, and whether the word is a plural.
pub(super) fn unit(word: &str) -> Option<(Unit, bool)> {
    if word == "centuries" {
        return Some((Unit::Century, true));
    }
    if let Some(unit) = singular(word) {
        return Some((unit, false));
    }
    Some((singular(word.strip_suffix('s')?)?, true))
}

fn singular(word: &str) -> Option<Unit> {
    Some(match word {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

/// One to nineteen and the tens.
pub fn cardinal(word: &str) -> Option<i32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let at = SMALL.iter().position(|name| *name == word);
    at.and_then(|at| i32::try_from(at).ok()).or_else(|| tens(word))
}

/// Twenty to ninety.
pub(super) fn tens(word: &str) -> Option<i32> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let at = TENS.iter().position(|name| *name == word)?;
    i32::try_from(at * 10 + 20).ok()
}

/// First to twenty-first, as far as quarters and centuries need them.
pub(super) fn ordinal(word: &str) -> Option<i32> {
    const NAMES: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    let at = NAMES.iter().position(|name| *name == word)?;
    i32::try_from(at + 1).ok()
}

/// Part of the day, as TIMEX3 writes it.
pub(super) fn day_part(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" => "TMO",
        "afternoon" => "TAF",
        "evening" => "TEV",
        "night" | "overnight" => "TNI",
        _ => return None,
    })
}

/// Zones that follow a time of day.
pub(super) fn zone(word: &str) -> bool {
    const ZONES: [&str; 27] = [
        "gmt", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "cet", "cest",
        "eet", "eest", "msk", "ist", "bst", "jst", "kst", "hkt", "aest", "aedt", "eastern",
    ];
    ZONES.contains(&word)
}

/// Small words that are no nouns.
pub(super) fn function(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "the"
            | "with"
            | "for"
            | "from"
            | "was"
            | "were"
            | "has"
            | "had"
            | "when"
            | "who"
            | "that"
            | "which"
            | "after"
            | "before"
            | "where"
            | "while"
            | "than"
    )
}

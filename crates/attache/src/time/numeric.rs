//! Dates written in digits alone, with the time beside them: "2018-11-02", "10/31/1989", "11-02-89", "20181102".

use jiff::civil::Date;

use super::TimeKind;
use super::calendar::{narrow, small};
use super::clock;
use super::grammar::Hit;
use super::meaning::Meaning;
use super::period::Period;
use super::token::Tokens;

/// "2018-11-02", "18-02-2026 14:25 IST", "2.11.2018", "10/31/1989", "11-02-89", "20181102".
pub(super) fn numeric(tokens: &Tokens, i: usize) -> Option<Hit> {
    if tokens.glued(i) && matches!(tokens.before(i), "-" | "." | "/" | "," | "#" | "$") {
        return None;
    }
    let (day, end) = parted(tokens, i).or_else(|| compact(tokens, i))?;
    let base = Meaning::Fixed(Period::Day(day));
    let clock_at = if matches!(tokens.word(end), "t" | "," | "at") {
        end + 1
    } else {
        end
    };
    if let Some((time, end)) = written_time(tokens, clock_at) {
        return Hit::new(end, Meaning::Clock(Box::new(base), time), TimeKind::Time);
    }
    Hit::date(end, base)
}

fn parted(tokens: &Tokens, i: usize) -> Option<(Date, usize)> {
    let sign = tokens.word(i + 1);
    let tight = (i + 1..i + 5).all(|k| tokens.glued(k));
    if !tight || !matches!(sign, "-" | "." | "/") || tokens.word(i + 3) != sign {
        return None;
    }
    let end = i + 5;
    let longer = tokens.glued(end) && matches!(tokens.word(end), "-" | "/") && tokens.digits(end + 1, 1, 9).is_some();
    (!longer).then(|| Some((parted_day(tokens, i, sign)?, end))).flatten()
}

/// With slashes or a year of two digits the month comes first, as American desks write, unless that cannot be; else the day.
fn parted_day(tokens: &Tokens, i: usize, sign: &str) -> Option<Date> {
    let middle = small(tokens, i + 2)?;
    if let Some(year) = tokens.digits(i, 4, 4) {
        return Date::new(narrow(year)?, middle, small(tokens, i + 4)?).ok();
    }
    let first = small(tokens, i)?;
    let (year, short) = match tokens.digits(i + 4, 4, 4) {
        Some(year) => (narrow(year)?, false),
        None => (full_year(tokens.digits(i + 4, 2, 2)?)?, true),
    };
    // "3-2-10" is a score before it is a day.
    if short && (sign == "." || tokens.word(i + 2).len() < 2 && sign == "-") {
        return None;
    }
    let month_first = Date::new(year, first, middle).ok();
    let day_first = Date::new(year, middle, first).ok();
    if short || sign == "/" {
        month_first.or(day_first)
    } else {
        day_first.or(month_first)
    }
}

/// 89 is 1989, 13 is 2013.
pub(super) fn full_year(short: i32) -> Option<i16> {
    narrow(if short >= 40 { 1900 + short } else { 2000 + short })
}

/// "20181102", as wires stamp their files.
fn compact(tokens: &Tokens, i: usize) -> Option<(Date, usize)> {
    let stamp = tokens.digits(i, 8, 8)?;
    let year = narrow(stamp / 10_000).filter(|year| (1900..=2099).contains(year))?;
    let (month, day) = (i8::try_from(stamp / 100 % 100).ok()?, i8::try_from(stamp % 100).ok()?);
    let number = tokens.glued(i + 1) && matches!(tokens.word(i + 1), "," | "%" | "-");
    (!number)
        .then(|| Some((Date::new(year, month, day).ok()?, i + 1)))
        .flatten()
}

/// Beside a date in digits, "14:25" needs no other sign of being a time.
fn written_time(tokens: &Tokens, i: usize) -> Option<(String, usize)> {
    if let Some(found) = clock::time_of_day(tokens, i) {
        return Some(found);
    }
    let (hour, minute) = (tokens.digits(i, 2, 2)?, tokens.digits(i + 2, 2, 2)?);
    if tokens.word(i + 1) != ":" || hour > 24 || minute > 59 {
        return None;
    }
    let second = tokens
        .digits(i + 4, 2, 2)
        .filter(|second| tokens.word(i + 3) == ":" && *second < 60);
    let (value, end) = match second {
        Some(second) => (format!("T{hour:02}:{minute:02}:{second:02}"), i + 5),
        None => (format!("T{hour:02}:{minute:02}"), i + 3),
    };
    let zulu = tokens.word(end) == "z" && tokens.glued(end);
    Some((value, end + usize::from(zulu)))
}

//! Times of day.

use super::TimeKind;
use super::calendar;
use super::grammar::Hit;
use super::meaning::Meaning;
use super::relative;
use super::token::Tokens;
use super::words::{Unit, day_part, zone};

/// "3 p.m.", "14:25 GMT", "noon", with the date beside it: "3 p.m. on Friday", "at 9:00 a.m. Friday, October 1, 1999".
pub(super) fn with_date(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (time, end) = time_of_day(tokens, i)?;
    let date_at = if matches!(tokens.word(end), "on" | ",") {
        end + 1
    } else {
        end
    };
    if let Some(hit) = date(tokens, date_at) {
        let meaning = Meaning::Clock(Box::new(hit.meaning), time);
        return Hit::new(hit.end, meaning, TimeKind::Time);
    }
    let today = Box::new(Meaning::Offset(Unit::Day, 0));
    Hit::new(end, Meaning::Clock(today, time), TimeKind::Time)
}

/// "the morning of July 17, 1936".
pub(super) fn part_of_date(tokens: &Tokens, i: usize) -> Option<Hit> {
    let part = day_part(tokens.word(i + 1)).filter(|_| tokens.word(i) == "the" && tokens.word(i + 2) == "of")?;
    let hit = date(tokens, i + 3)?;
    let meaning = Meaning::Clock(Box::new(hit.meaning), part.to_owned());
    Hit::new(hit.end, meaning, TimeKind::Time)
}

fn date(tokens: &Tokens, i: usize) -> Option<Hit> {
    calendar::numeric(tokens, i)
        .or_else(|| calendar::dated_weekday(tokens, i))
        .or_else(|| calendar::full(tokens, i))
        .or_else(|| calendar::weekday_part(tokens, i))
        .or_else(|| relative::deictic(tokens, i))
        .filter(|hit| hit.kind == TimeKind::Date)
}

/// TIMEX3 time from "T" on, and the index after it.
pub(super) fn time_of_day(tokens: &Tokens, i: usize) -> Option<(String, usize)> {
    match tokens.word(i) {
        "noon" | "midday" => return Some(("T12:00".to_owned(), i + 1)),
        "midnight" => return Some(("T24:00".to_owned(), i + 1)),
        _ => {}
    }
    if let Some(found) = military(tokens, i) {
        return Some(found);
    }
    let hour = tokens.digits(i, 1, 2).filter(|hour| *hour <= 24)?;
    if tokens.glued(i) && matches!(tokens.before(i), ":" | "." | "," | "/" | "-" | "$" | "£" | "€") {
        return None;
    }
    let (minute, end) = minutes(tokens, i);
    if let Some((afternoon, end)) = half_of_day(tokens, end) {
        let hour = (1..=12)
            .contains(&hour)
            .then_some(hour % 12 + if afternoon { 12 } else { 0 })?;
        return Some((clock(hour, minute), after_zone(tokens, end).unwrap_or(end)));
    }
    if tokens.starts(end, &["o", "'", "clock"]) {
        return Some((clock(hour, minute), end + 3));
    }
    let zoned = after_zone(tokens, end);
    let told =
        zoned.is_some() || (end > i + 1 && matches!(tokens.before(i), "at" | "around" | "by" | "until" | "from"));
    (told && end > i + 1).then(|| (clock(hour, minute), zoned.unwrap_or(end)))
}

/// "0600 GMT".
fn military(tokens: &Tokens, i: usize) -> Option<(String, usize)> {
    let digits = tokens
        .digits(i, 4, 4)
        .filter(|digits| digits / 100 <= 24 && digits % 100 < 60)?;
    let end = after_zone(tokens, i + 1)?;
    Some((clock(digits / 100, digits % 100), end))
}

/// ":25" or ".25" after the hour.
fn minutes(tokens: &Tokens, i: usize) -> (i32, usize) {
    let tight = matches!(tokens.word(i + 1), ":" | ".") && tokens.glued(i + 1) && tokens.glued(i + 2);
    match tokens.digits(i + 2, 2, 2) {
        Some(minute) if tight && minute < 60 => (minute, i + 3),
        _ => (0, i + 1),
    }
}

/// "a.m." or "pm": whether it is the second half of the day.
fn half_of_day(tokens: &Tokens, i: usize) -> Option<(bool, usize)> {
    match tokens.word(i) {
        "am" if tokens.glued(i) || tokens.text(i) == "AM" || tokens.text(i) == "am" => Some((false, i + 1)),
        "pm" => Some((true, i + 1)),
        half @ ("a" | "p") if tokens.starts(i + 1, &[".", "m", "."]) => Some((half == "p", i + 4)),
        _ => None,
    }
}

fn after_zone(tokens: &Tokens, i: usize) -> Option<usize> {
    if tokens.starts(i, &["local", "time"]) {
        return Some(i + 2);
    }
    (zone(tokens.word(i)) && tokens.capital(i)).then_some(i + 1)
}

fn clock(hour: i32, minute: i32) -> String {
    format!("T{hour:02}:{minute:02}")
}

//! Times of day.

use super::TimeKind;
use super::calendar;
use super::grammar::Hit;
use super::meaning::Meaning;
use super::numeric;
use super::relative;
use super::token::Tokens;
use super::words::{Unit, cardinal, day_part, zone};

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
    Hit::new(end, Meaning::Clock(today, time), TimeKind::Time).map(Hit::nearby)
}

/// "Friday at 3 p.m.", "Monday night at about 9:30 p.m.", "March 5, 10 a.m.": a day with the time after it.
pub(super) fn at_time(tokens: &Tokens, hit: &Hit) -> Option<Hit> {
    let day = match &hit.meaning {
        Meaning::Clock(day, part) if part.len() == 3 => day.as_ref(),
        meaning => meaning,
    };
    if !day.is_day() {
        return None;
    }
    let mut at = hit.end + usize::from(tokens.word(hit.end) == ",");
    at += usize::from(tokens.word(at) == "at");
    at += usize::from(tokens.word(at) == "around" || at > hit.end && tokens.word(at) == "about");
    let (time, end) = time_of_day(tokens, at).filter(|(time, _)| time.starts_with("T") && time.contains(':'))?;
    Some(Hit {
        end,
        meaning: Meaning::Clock(Box::new(day.clone()), time),
        kind: TimeKind::Time,
        ..hit.clone()
    })
}

/// "in the morning", "during the night", "in the early evening": of the day told of.
pub(super) fn part_of_day(tokens: &Tokens, i: usize) -> Option<Hit> {
    let placed = matches!(
        tokens.before(i),
        "in" | "during" | "through" | "throughout" | "by" | "into" | "for"
    );
    let article = usize::from(tokens.word(i) == "the");
    let blurred = usize::from(matches!(tokens.word(i + article), "early" | "late"));
    let at = i + article + blurred;
    let part = day_part(tokens.word(at)).filter(|_| placed && at > i)?;
    if matches!(tokens.word(at + 1), "of" | "-" | "before" | "after") {
        return None;
    }
    let day = Box::new(Meaning::Offset(Unit::Day, 0));
    Hit::new(at + 1, Meaning::Clock(day, part.to_owned()), TimeKind::Time).map(Hit::nearby)
}

/// "the morning of July 17, 1936".
pub(super) fn part_of_date(tokens: &Tokens, i: usize) -> Option<Hit> {
    let part = day_part(tokens.word(i + 1)).filter(|_| tokens.word(i) == "the" && tokens.word(i + 2) == "of")?;
    let hit = date(tokens, i + 3)?;
    let meaning = Meaning::Clock(Box::new(hit.meaning), part.to_owned());
    Hit::new(hit.end, meaning, TimeKind::Time)
}

/// "the early hours of Sunday".
pub(super) fn early_hours(tokens: &Tokens, i: usize) -> Option<Hit> {
    let early =
        tokens.starts(i, &["the", "early", "hours", "of"]) || tokens.starts(i, &["the", "small", "hours", "of"]);
    let hit = date(tokens, i + 4).filter(|_| early)?;
    let meaning = Meaning::Clock(Box::new(hit.meaning), "TMO".to_owned());
    Hit::new(hit.end, meaning, TimeKind::Time)
}

fn date(tokens: &Tokens, i: usize) -> Option<Hit> {
    numeric::numeric(tokens, i)
        .or_else(|| calendar::dated_weekday(tokens, i))
        .or_else(|| calendar::full(tokens, i))
        .or_else(|| calendar::weekday_part(tokens, i))
        .or_else(|| relative::deictic(tokens, i))
        .or_else(|| relative::told_day(tokens, i))
        .map(|hit| match hit.meaning {
            // "8 p.m. tonight".
            Meaning::Clock(day, _) => Hit {
                meaning: *day,
                kind: TimeKind::Date,
                ..hit
            },
            _ => hit,
        })
        .filter(|hit| hit.kind == TimeKind::Date)
}

/// TIMEX3 time from "T" on, and the index after it.
pub(super) fn time_of_day(tokens: &Tokens, i: usize) -> Option<(String, usize)> {
    match tokens.word(i) {
        "noon" | "midday" => return Some(("T12:00".to_owned(), after_zone(tokens, i + 1).unwrap_or(i + 1))),
        "midnight" => return Some(("T24:00".to_owned(), after_zone(tokens, i + 1).unwrap_or(i + 1))),
        "half" if tokens.word(i + 1) == "past" => {
            let hour = cardinal(tokens.word(i + 2)).filter(|hour| (1..=12).contains(hour))?;
            return Some((clock(hour, 30), i + 3));
        }
        _ => {}
    }
    if let Some(found) = oclock(tokens, i) {
        return Some(found);
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
    let zoned = after_zone(tokens, end);
    let told = zoned.is_some()
        || (end > i + 1
            && matches!(
                tokens.before(i),
                "at" | "around" | "by" | "until" | "from" | "before" | "after" | "since" | "about"
            ));
    (told && end > i + 1).then(|| (clock(hour, minute), zoned.unwrap_or(end)))
}

/// "nine o'clock", "10 in the morning", "3 o'clock in the afternoon".
fn oclock(tokens: &Tokens, i: usize) -> Option<(String, usize)> {
    let hour = tokens
        .digits(i, 1, 2)
        .or_else(|| cardinal(tokens.word(i)))
        .filter(|hour| (1..=12).contains(hour))?;
    let struck = tokens.starts(i + 1, &["o", "'", "clock"]);
    let end = if struck { i + 4 } else { i + 1 };
    let half = match tokens.word(end + 2) {
        "morning" if tokens.starts(end, &["in", "the"]) => Some(0),
        "afternoon" | "evening" if tokens.starts(end, &["in", "the"]) => Some(12),
        _ => None,
    };
    match half {
        Some(half) if struck || matches!(tokens.before(i), "at" | "around" | "about" | "by" | "until") => {
            Some((clock(hour % 12 + half, 0), end + 3))
        }
        _ => struck.then(|| (clock(hour, 0), end)),
    }
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
    if tokens.starts(i, &["local", "time"]) || (tokens.capital(i) && tokens.word(i + 1) == "time") {
        return Some(i + 2);
    }
    if tokens.capital(i) && matches!(tokens.word(i + 1), "standard" | "daylight") && tokens.word(i + 2) == "time" {
        return Some(i + 3);
    }
    let letters = tokens.text(i);
    if !zone(tokens.word(i)) || !(letters.chars().all(char::is_uppercase) || letters == "Eastern") {
        return None;
    }
    let offset = matches!(tokens.word(i + 1), "+" | "-") && tokens.glued(i + 1) && tokens.digits(i + 2, 1, 2).is_some();
    Some(if offset { i + 3 } else { i + 1 })
}

fn clock(hour: i32, minute: i32) -> String {
    format!("T{hour:02}:{minute:02}")
}

//! Expressions built on the calendar's names and numbers: dates, months, weekdays, seasons, years.

use jiff::civil::Date;

use super::TimeKind;
use super::grammar::Hit;
use super::meaning::Meaning;
use super::numeric;
use super::period::{Period, Pick, Recurring};
use super::token::Tokens;
use super::words::{day_part, month, short_month, short_weekday, weekday};

pub(super) fn small(tokens: &Tokens, i: usize) -> Option<i8> {
    i8::try_from(tokens.digits(i, 1, 2)?).ok()
}

pub(super) fn narrow(year: i32) -> Option<i16> {
    i16::try_from(year).ok()
}

/// "Friday, November 2, 2018", "Fri. 2 Nov": the date tells, the weekday belongs to it.
pub(super) fn dated_weekday(tokens: &Tokens, i: usize) -> Option<Hit> {
    if !tokens.capital(i) || (weekday(tokens.word(i)).is_none() && !short_weekday(tokens.word(i))) {
        return None;
    }
    let mut at = i + 1;
    at += usize::from(tokens.word(at) == ".");
    at += usize::from(tokens.word(at) == ",");
    at += usize::from(tokens.word(at) == "the");
    full(tokens, at)
        .or_else(|| numeric::numeric(tokens, at))
        .filter(|hit| !matches!(hit.meaning, Meaning::Recurring(Recurring::DayOfMonth(_), _)))
}

/// "November 2, 2018", "2 November", "the 5th of May", "9–11 May 2024", "the 15th".
pub(super) fn full(tokens: &Tokens, i: usize) -> Option<Hit> {
    month_first(tokens, i).or_else(|| day_first(tokens, i))
}

fn month_first(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (month, at) = month_name(tokens, i)?;
    let (first, after) = day_number(tokens, at)?;
    let (last, end) = second_day(tokens, after).unwrap_or((first, after));
    let year_at = if tokens.word(end) == "," { end + 1 } else { end };
    finish(tokens, month, (first, last), end, year_at)
}

fn day_first(tokens: &Tokens, i: usize) -> Option<Hit> {
    let start = if tokens.word(i) == "the" { i + 1 } else { i };
    let (first, after) = day_number(tokens, start)?;
    // "the 5th of May" has an article of its own; in "the 9 May vote" it is the noun's.
    let ordinal = after > start + 1;
    if start > i && !ordinal {
        return None;
    }
    let (last, after) = second_day(tokens, after).unwrap_or((first, after));
    let at = if tokens.word(after) == "of" { after + 1 } else { after };
    if let Some((month, end)) = month_name(tokens, at) {
        let year_at = if tokens.word(end) == "," { end + 1 } else { end };
        return finish(tokens, month, (first, last), end, year_at);
    }
    day_of_month(tokens, i, start, first, after)
}

/// "on the 15th", where nothing follows that it could count.
fn day_of_month(tokens: &Tokens, i: usize, start: usize, day: i8, end: usize) -> Option<Hit> {
    let bare_ordinal = start > i && end > start + 1 && tokens.before(i) == "on";
    let ends = end >= tokens.list.len() || !tokens.word(end).starts_with(char::is_alphanumeric);
    (bare_ordinal && ends && tokens.word(end) != "-")
        .then_some(Meaning::Recurring(Recurring::DayOfMonth(day), None))
        .and_then(|meaning| Hit::date(end, meaning))
}

/// Name or abbreviation of a month before or after a number, and the index after it.
fn month_name(tokens: &Tokens, i: usize) -> Option<(i8, usize)> {
    let word = tokens.word(i);
    if !tokens.capital(i) {
        return None;
    }
    if let Some(month) = month(word) {
        return Some((month, i + 1));
    }
    let month = short_month(word)?;
    let stop = tokens.word(i + 1) == "." && tokens.glued(i + 1);
    Some((month, i + 1 + usize::from(stop)))
}

/// 1 to 31 with or without "st", "nd", "rd", "th"; not the start of a longer number, a share or a street.
fn day_number(tokens: &Tokens, i: usize) -> Option<(i8, usize)> {
    let day = small(tokens, i).filter(|day| (1..=31).contains(day))?;
    if tokens.glued(i) && matches!(tokens.before(i), "," | "." | "/" | ":" | "$") {
        return None;
    }
    let suffix = tokens.glued(i + 1) && matches!(tokens.word(i + 1), "st" | "nd" | "rd" | "th");
    let end = i + 1 + usize::from(suffix);
    let longer = tokens.glued(end)
        && tokens.glued(end + 1)
        && matches!(tokens.word(end), "," | "." | ":")
        && tokens.digits(end + 1, 1, 9).is_some();
    let unit = matches!(tokens.word(end), "%" | "percent" | "million" | "billion");
    (!longer && !unit).then_some((day, end))
}

/// "-11" in "May 9-11".
fn second_day(tokens: &Tokens, i: usize) -> Option<(i8, usize)> {
    if !matches!(tokens.word(i), "-" | "to" | "and") {
        return None;
    }
    let found = day_number(tokens, i + 1)?;
    (tokens.word(i) == "-" || short_month(tokens.word(found.1).get(..3)?).is_some()).then_some(found)
}

fn finish(tokens: &Tokens, month: i8, (first, last): (i8, i8), end: usize, year_at: usize) -> Option<Hit> {
    if matches!(
        tokens.text(end),
        "Street" | "Road" | "Avenue" | "Square" | "Boulevard" | "Movement" | "Bridge"
    ) {
        return None;
    }
    if let Some(year) = plain_year(tokens, year_at) {
        return Hit::date(year_at + 1, Meaning::Fixed(days(year, month, first, last)?));
    }
    // 2016 has a 29 February.
    days(2016, month, first, last)?;
    let recurring = if first == last {
        Recurring::MonthDay(month, first)
    } else {
        Recurring::MonthDays(month, first, last)
    };
    if let Some((years, end)) = year_shift(tokens, end) {
        return Hit::date(end, Meaning::OfYear(recurring, years));
    }
    Hit::date(end, Meaning::Recurring(recurring, None))
}

fn days(year: i16, month: i8, first: i8, last: i8) -> Option<Period> {
    let start = Date::new(year, month, first).ok()?;
    match first == last {
        true => Some(Period::Day(start)),
        false => Some(Period::Days(
            start,
            Date::new(year, month, last).ok().filter(|end| *end > start)?,
        )),
    }
}

/// Four digits that are no part of a longer number.
pub(super) fn plain_year(tokens: &Tokens, i: usize) -> Option<i16> {
    let year = tokens.digits(i, 4, 4).filter(|year| (1000..=2199).contains(year))?;
    let follows = tokens.glued(i + 1)
        && tokens.glued(i + 2)
        && matches!(tokens.word(i + 1), "," | "." | ":")
        && tokens.digits(i + 2, 1, 9).is_some();
    let plural = tokens.word(i + 1) == "s" && tokens.glued(i + 1);
    let path = tokens.glued(i) && tokens.before(i) == "/" && (i < 2 || tokens.digits(i - 2, 4, 4).is_none());
    (!follows && !plural && !path).then(|| narrow(year)).flatten()
}

/// "this year", "of last year", "next year": years from now.
pub(super) fn year_shift(tokens: &Tokens, i: usize) -> Option<(i32, usize)> {
    let at = if tokens.word(i) == "of" { i + 1 } else { i };
    let years = shift(tokens.word(at))?;
    (tokens.word(at + 1) == "year").then_some((years, at + 2))
}

/// "last" -1, "this" 0, "next" 1.
pub(super) fn shift(word: &str) -> Option<i32> {
    match word {
        "last" | "previous" => Some(-1),
        "this" | "current" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    }
}

/// "this past", "last", "next", "this coming" before a name of the calendar, and the index after it.
pub(super) fn pick(tokens: &Tokens, i: usize) -> Option<(Pick, usize)> {
    match (tokens.word(i), tokens.word(i + 1)) {
        ("the", "following") => Some((Pick::Next, i + 2)),
        ("the", "previous") => Some((Pick::Last, i + 2)),
        ("this", "past") => Some((Pick::Last, i + 2)),
        ("this", "coming") => Some((Pick::Next, i + 2)),
        ("last" | "past", _) => Some((Pick::Last, i + 1)),
        ("next" | "coming", _) => Some((Pick::Next, i + 1)),
        ("this", _) => Some((Pick::This, i + 1)),
        _ => None,
    }
}

/// "Monday", "last Friday", "Monday night", "early Tuesday", "Wednesday last week".
pub(super) fn weekday_part(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (pick, at) = pick(tokens, i).map_or((None, i), |(pick, at)| (Some(pick), at));
    let day = weekday(tokens.word(at)).filter(|_| tokens.capital(at) && !proper_day(tokens, at))?;
    let recurring = Recurring::Weekday(day);
    let base = match week_shift(tokens, at + 1).filter(|_| pick.is_none()) {
        Some((weeks, end)) => return Hit::date(end, Meaning::OfWeek(recurring, weeks)),
        None => Meaning::Recurring(recurring, pick),
    };
    // "the following Friday" counts from the day told before.
    let told = |hit: Hit| if tokens.word(i) == "the" { hit.anaphoric() } else { hit };
    if let Some(part) = day_part(tokens.word(at + 1)) {
        return Hit::new(at + 2, Meaning::Clock(Box::new(base), part.to_owned()), TimeKind::Time).map(told);
    }
    Hit::date(at + 1, base).map(told)
}

fn week_shift(tokens: &Tokens, i: usize) -> Option<(i32, usize)> {
    let at = if tokens.word(i) == "of" { i + 1 } else { i };
    let weeks = shift(tokens.word(at))?;
    (tokens.word(at + 1) == "week").then_some((weeks, at + 2))
}

/// Days that are names: "Black Friday", "Sunday Times".
fn proper_day(tokens: &Tokens, i: usize) -> bool {
    const BEFORE: [&str; 8] = ["black", "bloody", "good", "ash", "palm", "cyber", "holy", "easter"];
    const AFTER: [&str; 7] = ["times", "telegraph", "mirror", "express", "herald", "agreement", "mail"];
    BEFORE.contains(&tokens.before(i)) || (AFTER.contains(&tokens.word(i + 1)) && tokens.capital(i + 1))
}

/// "March 2014", "Feb. 2018", "March of last year", "last March", "in March".
pub(super) fn month_of_year(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (pick, at) = pick(tokens, i).map_or((None, i), |(pick, at)| (Some(pick), at));
    let (month, end) = month_name(tokens, at)?;
    if let (Some(pick), Some((day, end))) = (pick, day_number(tokens, end)) {
        return Hit::date(end, Meaning::Recurring(Recurring::MonthDay(month, day), Some(pick)));
    }
    let recurring = Recurring::Month(month);
    let year_at = if matches!(tokens.word(end), "of" | ",") {
        end + 1
    } else {
        end
    };
    if let Some(year) = plain_year(tokens, year_at).filter(|_| pick.is_none()) {
        return Hit::date(year_at + 1, Meaning::Fixed(Period::Month(year, month)));
    }
    // "in Sept.": short, with its stop.
    let short = self::month(tokens.word(at)).is_none();
    if short && (end == at + 1 || !matches!(tokens.before(i), "in" | "since" | "until" | "of" | "by" | "during")) {
        return None;
    }
    if let Some((years, end)) = year_shift(tokens, end) {
        return Hit::date(end, Meaning::OfYear(recurring, years));
    }
    let clear = pick.is_some() || bare_month(tokens, at);
    clear
        .then_some(Meaning::Recurring(recurring, pick))
        .and_then(|meaning| Hit::date(end, meaning))
}

/// A month's name where the words before it leave no doubt: "the end of May", "the first week of March".
pub(super) fn sure_month(tokens: &Tokens, i: usize) -> Option<Hit> {
    month_of_year(tokens, i).or_else(|| {
        let (month, end) = month_name(tokens, i)?;
        Hit::date(end, Meaning::Recurring(Recurring::Month(month), None))
    })
}

/// Whether a month's name alone is the month: not Theresa May, a March on Washington, April Smith.
fn bare_month(tokens: &Tokens, i: usize) -> bool {
    let before = tokens.before(i);
    let placed = matches!(
        before,
        "in" | "since" | "until" | "till" | "during" | "through" | "throughout" | "early" | "mid" | "late" | "between"
    );
    let mid = before == "-" && i >= 2 && matches!(tokens.word(i - 2), "mid" | "early" | "late");
    if placed || mid {
        return true;
    }
    let loose = matches!(before, "from" | "to" | "by" | "before" | "after" | "of" | "and" | "for");
    let paired = pair_of_months(tokens, i);
    let name_follows = tokens.capital(i + 1) && tokens.word(i + 1).len() > 1;
    match tokens.word(i) {
        "may" => paired || (before == "by" && !tokens.genitive(i + 1) && !ends_as_participle(tokens, i)),
        "march" => paired || (loose && before != "of") || (before == "the" && noun_follows(tokens, i)),
        "august" | "april" | "june" => (loose && before != "and") || paired || !name_follows,
        _ => !name_follows || loose,
    }
}

/// "from May to June", "between March and May".
fn pair_of_months(tokens: &Tokens, i: usize) -> bool {
    let joins = |word: &str| matches!(word, "to" | "and" | "-" | "or" | "through" | "until");
    let after = joins(tokens.word(i + 1)) && month(tokens.word(i + 2)).is_some() && tokens.capital(i + 2);
    let before = i >= 2 && joins(tokens.word(i - 1)) && month(tokens.word(i - 2)).is_some() && tokens.capital(i - 2);
    after || before
}

/// "criticised by May": the one who did it.
fn ends_as_participle(tokens: &Tokens, i: usize) -> bool {
    i >= 2 && (tokens.word(i - 2).ends_with("ed") || tokens.word(i - 2).ends_with("en"))
}

/// "the March elections", not "the March on the capital".
fn noun_follows(tokens: &Tokens, i: usize) -> bool {
    let next = tokens.word(i + 1);
    next.len() > 4
        && next.starts_with(char::is_lowercase)
        && !matches!(next, "through" | "towards" | "toward" | "against")
}

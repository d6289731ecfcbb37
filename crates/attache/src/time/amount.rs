//! Lengths of time, dates counted by them, and times that come again.

use super::grammar::{Hit, quantity, unit};
use super::meaning::{Meaning, Reference, duration};
use super::period::Recurring;
use super::relative::ends_clause;
use super::tense;
use super::token::Tokens;
use super::words::{Quantity, Unit, day_part, month, season, weekday};
use super::{Direction, TimeKind};

/// "two weeks ago", "a week earlier", "in three days' time", "the past two years", "three-day", "for a month".
pub(super) fn counted(tokens: &Tokens, i: usize) -> Option<Hit> {
    if let Some(hit) = stretch(tokens, i) {
        return Some(hit);
    }
    let Some((mut number, unit, mut end)) = amount(tokens, i) else {
        return bare_plural(tokens, i);
    };
    if tokens.starts(end, &["and", "a", "half"])
        && let Quantity::Exact(n) = number
    {
        (number, end) = (Quantity::Part(f64::from(n) + 0.5), end + 3);
    }
    if let Some(hit) = placed(tokens, i, (number, unit), end) {
        return Some(hit);
    }
    if let Some(end) = age(tokens, end) {
        return Hit::plain(end, length(number, unit), TimeKind::Duration);
    }
    if rate(tokens, i) {
        return Hit::plain(end, length(number, unit), TimeKind::Set);
    }
    Hit::plain(end, length(number, unit), TimeKind::Duration)
}

/// A number and a unit, with a word like "full" between them at most: "three days", "two straight weeks", "three-day".
fn amount(tokens: &Tokens, i: usize) -> Option<(Quantity, Unit, usize)> {
    let (number, mut at) = quantity(tokens, i)?;
    if matches!(
        tokens.word(at),
        "full"
            | "whole"
            | "straight"
            | "consecutive"
            | "more"
            | "entire"
            | "long"
            | "further"
            | "additional"
            | "successive"
            | "-"
            | "short"
    ) {
        at += 1;
    }
    // "half a dozen years" and "a half hour" are too rare to care.
    let (unit, end) = unit(tokens, at)?;
    let count_noun = unit == Unit::Weekend
        || tokens.capital(at)
        || (unit == Unit::Day && tokens.word(end) == "of" && tokens.capital(end + 1));
    (!count_noun).then_some((number, unit, end))
}

/// "the past two years", "the next three days", "the last few weeks".
fn stretch(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(matches!(tokens.word(i), "the" | "these"));
    let past = match tokens.word(at) {
        "past" | "last" | "previous" => true,
        "next" | "coming" | "following" => false,
        _ => return None,
    };
    let (number, unit, end) = amount(tokens, at + 1).filter(|_| !matches!(tokens.word(at + 1), "a" | "an"))?;
    let meaning = match whole(number, unit) {
        Some((unit, count)) => Meaning::Stretch(unit, if past { -count } else { count }),
        None => Meaning::VagueStretch(if past { Reference::Past } else { Reference::Future }, unit),
    };
    Hit::new(end, meaning, TimeKind::Duration)
}

/// An amount that leads to a date: "… ago", "… earlier", "… from now", "in …".
fn placed(tokens: &Tokens, i: usize, (number, unit): (Quantity, Unit), end: usize) -> Option<Hit> {
    let (sign, end, told) = match tokens.word(end) {
        "ago" => (-1, end + 1, false),
        "earlier" => (-1, end + 1, true),
        "later" => (1, end + 1, true),
        "before" if ends_clause(tokens, end + 1) => (-1, end + 1, true),
        "after" if ends_clause(tokens, end + 1) => (1, end + 1, true),
        "from" if tokens.word(end + 1) == "now" => (1, end + 2, false),
        "'" if tokens.starts(end, &["'", "s", "time"]) => (1, end + 3, false),
        "'" if tokens.word(end + 1) == "time" => (1, end + 2, false),
        _ if tokens.before(i) == "in" && tense::direction(tokens, i, end) == Some(Direction::Future) => (1, end, false),
        _ => return None,
    };
    let meaning = match whole(number, unit) {
        Some((unit, count)) => Meaning::Offset(unit, count.checked_mul(sign)?),
        None => Meaning::Vague(if sign < 0 { Reference::Past } else { Reference::Future }, unit),
    };
    let hit = Hit::date(end, meaning)?;
    Some(if told { hit.anaphoric() } else { hit })
}

/// Half units in the next smaller one; `None` for "several".
fn whole(number: Quantity, unit: Unit) -> Option<(Unit, i32)> {
    match number {
        Quantity::Exact(n) => Some((unit, n)),
        Quantity::Part(n) => {
            let (smaller, times) = smaller(unit);
            Some((smaller, (n * f64::from(times)).round() as i32))
        }
        Quantity::Vague => None,
    }
}

fn smaller(unit: Unit) -> (Unit, i32) {
    match unit {
        Unit::Century | Unit::Decade => (Unit::Year, if unit == Unit::Century { 100 } else { 10 }),
        Unit::Year => (Unit::Month, 12),
        Unit::Month => (Unit::Day, 30),
        Unit::Week => (Unit::Day, 7),
        Unit::Day => (Unit::Hour, 24),
        Unit::Hour => (Unit::Minute, 60),
        _ => (unit, 1),
    }
}

/// "half an hour" is PT30M, "two and a half years" P2.5Y.
fn length(number: Quantity, unit: Unit) -> String {
    match whole(number, unit) {
        Some((unit, count)) if number == Quantity::Part(0.5) => duration(unit, Quantity::Exact(count)),
        _ => duration(unit, number),
    }
}

/// "-old", "old", "-long" after the unit belong to the expression.
fn age(tokens: &Tokens, end: usize) -> Option<usize> {
    let at = end + usize::from(tokens.word(end) == "-");
    matches!(tokens.word(at), "old").then_some(at + 1)
}

/// "20 barrels a day": each day, not one day.
fn rate(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.word(i), "a" | "an")
        && matches!(
            tokens.before(i),
            "barrels"
                | "dollars"
                | "euros"
                | "percent"
                | "%"
                | "million"
                | "billion"
                | "tons"
                | "tonnes"
                | "people"
                | "visitors"
                | "flights"
                | "times"
        )
}

/// "for years", "after months of talks", "weeks-long".
fn bare_plural(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, plural) = super::words::unit(tokens.word(i))?;
    let before = matches!(
        tokens.before(i),
        "for" | "in" | "after" | "over" | "within" | "of" | "through" | "throughout"
    );
    let long = tokens.word(i + 1) == "-" && tokens.word(i + 2) == "long";
    if plural && unit != Unit::Weekend && (before || long) {
        let end = if long { i + 3 } else { i + 1 };
        return Hit::plain(end, duration(unit, Quantity::Vague), TimeKind::Duration);
    }
    (long && unit != Unit::Weekend)
        .then(|| Hit::plain(i + 3, duration(unit, Quantity::Exact(1)), TimeKind::Duration))
        .flatten()
}

/// "every Friday", "each year", "Fridays", "daily", "twice a week", "three times a month", "per day".
pub(super) fn set(tokens: &Tokens, i: usize) -> Option<Hit> {
    match tokens.word(i) {
        "every" | "each" => every(tokens, i + 1),
        "once" | "twice" => repeated(tokens, i + 1),
        "per" => unit(tokens, i + 1)
            .and_then(|(unit, end)| Hit::plain(end, duration(unit, Quantity::Exact(1)), TimeKind::Set)),
        "daily" | "weekly" | "monthly" | "yearly" | "annually" | "quarterly" => adverb(tokens, i),
        word if tokens.capital(i) && word.ends_with("days") => plural_weekday(tokens, i),
        _ => quantity(tokens, i)
            .filter(|(_, at)| tokens.word(*at) == "times")
            .and_then(|(_, at)| repeated(tokens, at + 1)),
    }
}

fn every(tokens: &Tokens, i: usize) -> Option<Hit> {
    let word = tokens.word(i);
    if let Some(day) = weekday(word) {
        return named_set(tokens, i, Recurring::Weekday(day));
    }
    if let Some(month) = month(word).filter(|_| tokens.capital(i)) {
        return named_set(tokens, i, Recurring::Month(month));
    }
    if let Some(season) = season(word) {
        return named_set(tokens, i, Recurring::Season(season));
    }
    if let Some(part) = day_part(word) {
        return Hit::plain(i + 1, format!("XXXX-XX-XX{part}"), TimeKind::Set);
    }
    if word == "other" || word == "second" {
        let (unit, end) = unit(tokens, i + 1)?;
        return Hit::plain(end, duration(unit, Quantity::Exact(2)), TimeKind::Set);
    }
    if let Some((unit, end)) = unit(tokens, i) {
        return Hit::plain(end, duration(unit, Quantity::Exact(1)), TimeKind::Set);
    }
    let (number, unit, end) = amount(tokens, i)?;
    Hit::plain(end, duration(unit, number), TimeKind::Set)
}

fn named_set(tokens: &Tokens, i: usize, recurring: Recurring) -> Option<Hit> {
    match day_part(tokens.word(i + 1).trim_end_matches('s')) {
        Some(part) => Hit::plain(i + 2, format!("{}{part}", recurring.value()), TimeKind::Set),
        None => Hit::plain(i + 1, recurring.value(), TimeKind::Set),
    }
}

/// "a week" in "twice a week"; `i` is past "twice" or "times".
fn repeated(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(matches!(tokens.word(i), "a" | "an" | "per" | "every" | "each"));
    let (unit, end) = unit(tokens, at).filter(|_| at > i)?;
    Hit::plain(end, duration(unit, Quantity::Exact(1)), TimeKind::Set)
}

/// A newspaper is called Daily; the adverb has no capital.
fn adverb(tokens: &Tokens, i: usize) -> Option<Hit> {
    let unit = match tokens.word(i) {
        "daily" => Unit::Day,
        "weekly" => Unit::Week,
        "monthly" => Unit::Month,
        "quarterly" => Unit::Quarter,
        _ => Unit::Year,
    };
    (!tokens.capital(i))
        .then(|| Hit::plain(i + 1, duration(unit, Quantity::Exact(1)), TimeKind::Set))
        .flatten()
}

fn plural_weekday(tokens: &Tokens, i: usize) -> Option<Hit> {
    let day = weekday(tokens.word(i).strip_suffix('s')?)?;
    named_set(tokens, i, Recurring::Weekday(day))
}

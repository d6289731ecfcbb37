//! Lengths of time, and dates counted by them.

use super::grammar::Hit;
use super::meaning::{Meaning, Reference, duration};
use super::quantity::{quantity, unit};
use super::relative::ends_clause;
use super::tense;
use super::token::Tokens;
use super::words::{Quantity, Unit};
use super::{Direction, TimeKind};

/// "two weeks ago", "a week earlier", "in three days' time", "the past two years", "three-day", "for a month".
pub(super) fn counted(tokens: &Tokens, i: usize) -> Option<Hit> {
    if let Some(hit) = stretch(tokens, i) {
        return Some(hit);
    }
    if let Some(hit) = counted_stretch(tokens, i).or_else(|| the_amount(tokens, i)) {
        return Some(hit);
    }
    let (mut number, unit, mut end) = amount(tokens, i)?;
    if tokens.starts(end, &["and", "a", "half"])
        && let Quantity::Exact(n) = number
    {
        (number, end) = (Quantity::Part(f64::from(n) + 0.5), end + 3);
    }
    // "a day-long hunt".
    if tokens.word(end) == "-" && tokens.word(end + 1) == "long" {
        let end = if matches!(tokens.word(i), "a" | "an") {
            return None;
        } else {
            end + 2
        };
        return Hit::plain(end, length(number, unit), TimeKind::Duration);
    }
    // "a year-ago loss": the article is the noun's.
    if tokens.word(end) == "-" && tokens.word(end + 1) == "ago" && matches!(tokens.word(i), "a" | "an") {
        return None;
    }
    if let Some(hit) = placed(tokens, i, (number, unit), end) {
        return Some(hit);
    }
    let end = age(tokens, end).unwrap_or(end);
    Hit::plain(end, length(number, unit), TimeKind::Duration)
}

/// A number and a unit, with a word like "full" between them at most: "three days", "two straight weeks", "three-day".
pub(super) fn amount(tokens: &Tokens, i: usize) -> Option<(Quantity, Unit, usize)> {
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
    let (unit, end) = unit(tokens, at)?;
    let count_noun = unit == Unit::Weekend
        || tokens.capital(at)
        || (unit == Unit::Day && tokens.word(end) == "of" && tokens.capital(end + 1));
    (!count_noun).then_some((number, unit, end))
}

/// "the past two years", "the next three days", "the last few weeks".
fn stretch(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(matches!(tokens.word(i), "the" | "these"));
    // "meant to last 48 hours".
    let verb = matches!(
        tokens.before(i),
        "to" | "will" | "would" | "could" | "can" | "may" | "might" | "must" | "should" | "not" | "they" | "which"
    );
    if at == i && verb {
        return None;
    }
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

/// "the three months to June": the article belongs to it, as it does not in "the three-day visit".
fn the_amount(tokens: &Tokens, i: usize) -> Option<Hit> {
    let number = tokens.word(i) == "the" && !matches!(tokens.word(i + 1), "a" | "an");
    let (number, unit, end) = amount(tokens, i + 1).filter(|_| number)?;
    let adjective = (i + 2..=end).any(|k| tokens.word(k) == "-") || tokens.word(end) == "old";
    let plural = tokens.word(end - 1).ends_with('s') || tokens.word(end - 1) == "centuries";
    let date = leads_away(tokens.word(end)) && tokens.word(end) != "before" && tokens.word(end) != "after";
    (!adjective && plural && !date).then(|| Hit::plain(end, length(number, unit), TimeKind::Duration))?
}

/// "the first nine months", "his final two years": a length, wherever it lies.
fn counted_stretch(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    if !matches!(tokens.word(at), "first" | "final" | "opening" | "initial" | "last") || at == i {
        return None;
    }
    let (number, unit, end) = amount(tokens, at + 1).filter(|_| !matches!(tokens.word(at + 1), "a" | "an"))?;
    Hit::plain(end, length(number, unit), TimeKind::Duration)
}

/// The words that make a date of an amount.
pub(super) fn leads_away(word: &str) -> bool {
    matches!(
        word,
        "ago" | "earlier" | "later" | "now" | "before" | "after" | "back" | "prior"
    )
}

/// An amount that leads to a date: "… ago", "… earlier", "… from now", "in …".
fn placed(tokens: &Tokens, i: usize, (number, unit): (Quantity, Unit), end: usize) -> Option<Hit> {
    let hyphen = usize::from(tokens.word(end) == "-" && matches!(tokens.word(end + 1), "ago" | "earlier"));
    let end = end + hyphen;
    let (sign, end, told) = match tokens.word(end) {
        "ago" => (-1, end + 1, false),
        "earlier" => (-1, end + 1, true),
        "later" => (1, end + 1, true),
        "back" if ends_clause(tokens, end + 1) => (-1, end + 1, false),
        "prior" if tokens.word(end + 1) != "to" => (-1, end + 1, true),
        "before" if ends_clause(tokens, end + 1) => (-1, end + 1, true),
        "after" if ends_clause(tokens, end + 1) => (1, end + 1, true),
        "from" if tokens.word(end + 1) == "now" => (1, end + 2, false),
        "'" if tokens.starts(end, &["'", "s", "time"]) => (1, end + 3, false),
        "'" if tokens.word(end + 1) == "time" => (1, end + 2, false),
        _ if tokens.before(i) == "in" && tense::direction(tokens, i, end) == Some(Direction::Future) => {
            let (unit, count) = whole(number, unit)?;
            return Hit::new(end, Meaning::Ahead(unit, count), TimeKind::Duration);
        }
        _ => return None,
    };
    let meaning = match whole(number, unit) {
        Some((unit, count)) => Meaning::Offset(unit, count.checked_mul(sign)?),
        None => Meaning::Vague(if sign < 0 { Reference::Past } else { Reference::Future }, unit),
    };
    let kind = match unit {
        Unit::Hour | Unit::Minute | Unit::Second => TimeKind::Time,
        _ => TimeKind::Date,
    };
    let hit = Hit::new(end, meaning, kind)?;
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

/// "for years", "after months of talks", "weeks-long", "years ago", "took months".
pub(super) fn bare_plural(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, plural) = super::words::unit(tokens.word(i)).filter(|(unit, _)| *unit != Unit::Weekend)?;
    if tokens.word(i + 1) == "-" && tokens.word(i + 2) == "long" {
        let count = if plural { Quantity::Vague } else { Quantity::Exact(1) };
        return Hit::plain(i + 3, duration(unit, count), TimeKind::Duration);
    }
    if !plural || tokens.capital(i) && i > 0 {
        return None;
    }
    match tokens.word(i + 1) {
        "ago" | "earlier" | "later" => {
            let reference = if tokens.word(i + 1) == "later" {
                Reference::Future
            } else {
                Reference::Past
            };
            let hit = Hit::date(i + 2, Meaning::Vague(reference, unit))?;
            return Some(if tokens.word(i + 1) == "ago" {
                hit
            } else {
                hit.anaphoric()
            });
        }
        _ => {}
    }
    let led = matches!(
        tokens.before(i),
        "for"
            | "in"
            | "after"
            | "over"
            | "within"
            | "of"
            | "through"
            | "throughout"
            | "took"
            | "take"
            | "takes"
            | "taken"
            | "taking"
            | "spent"
            | "spend"
            | "spending"
            | "lasted"
            | "lasting"
            | "last"
            | "waited"
            | "waiting"
            | "despite"
            | "following"
    );
    // "years of war": so long, or the times of it; "hours after the vote".
    let filled = match tokens.word(i + 1) {
        "of" => !matches!(
            tokens.before(i),
            "the" | "early" | "late" | "small" | "final" | "first" | "last"
        ),
        "after" | "before" | "since" => true,
        _ => false,
    };
    (led || filled).then(|| Hit::plain(i + 1, duration(unit, Quantity::Vague), TimeKind::Duration))?
}

/// "in the weeks before the vote".
pub(super) fn the_plural(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, _) = super::words::unit(tokens.word(i + 1)).filter(|(_, plural)| *plural && tokens.word(i) == "the")?;
    let led = matches!(
        tokens.word(i + 2),
        "after" | "before" | "since" | "following" | "preceding"
    );
    led.then(|| Hit::plain(i + 2, duration(unit, Quantity::Vague), TimeKind::Duration))?
}

/// "yearlong", "weekslong", "half-century".
pub(super) fn long_word(tokens: &Tokens, i: usize) -> Option<Hit> {
    let stem = tokens.word(i).strip_suffix("long")?;
    let (unit, plural) = super::words::unit(stem)?;
    let count = if plural { Quantity::Vague } else { Quantity::Exact(1) };
    Hit::plain(i + 1, duration(unit, count), TimeKind::Duration)
}

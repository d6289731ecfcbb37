//! Expressions that count from the document's date or from a date told before: "yesterday", "last week", "the next day".

use super::calendar;
use super::era::{self, edge};
use super::fraction;
use super::grammar::Hit;
use super::meaning::{Edge, Meaning, Reference};
use super::period::{Period, Pick, Recurring};
use super::token::Tokens;
use super::words::{Unit, day_part};
use super::{TimeKind, words};

/// "early March", "late last year", "the end of 2018", "the start of the month".
pub(super) fn part_of_period(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (edge, at) = named_edge(tokens, i)?;
    let base = whole(tokens, at)?;
    Some(Hit {
        meaning: Meaning::Part(Box::new(base.meaning), edge),
        ..base
    })
}

fn named_edge(tokens: &Tokens, i: usize) -> Option<(Edge, usize)> {
    if let Some((edge, mut at)) = edge(tokens, i).filter(|_| tokens.word(i) != "middle") {
        at += usize::from(tokens.word(at) == "in");
        return Some((edge, at));
    }
    let at = i + usize::from(tokens.word(i) == "the");
    let edge = match tokens.word(at) {
        "beginning" | "start" | "opening" => Edge::Early,
        "middle" => Edge::Middle,
        "end" | "close" => Edge::Late,
        _ => return None,
    };
    (tokens.word(at + 1) == "of").then_some((edge, at + 2))
}

/// What "early" or "the end of" may be said of.
fn whole(tokens: &Tokens, i: usize) -> Option<Hit> {
    if tokens.word(i) == "the"
        && let Some((unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century), false)) =
            words::unit(tokens.word(i + 1))
        && tokens.word(i + 2) != "of"
    {
        return Hit::date(i + 2, Meaning::Offset(unit, 0));
    }
    if let Some(year) = calendar::plain_year(tokens, i) {
        return Hit::date(i + 1, Meaning::Fixed(Period::Year(year)));
    }
    if let Some(hit) = fraction::fiscal(tokens, i).or_else(|| fraction::fraction_of_year(tokens, i)) {
        return Some(hit);
    }
    deictic(tokens, i)
        .or_else(|| shifted_unit(tokens, i))
        .or_else(|| calendar::dated_weekday(tokens, i))
        .or_else(|| calendar::weekday_part(tokens, i))
        .or_else(|| match tokens.before(i) {
            "of" => calendar::sure_month(tokens, i),
            _ => calendar::month_of_year(tokens, i),
        })
        .or_else(|| fraction::season_of_year(tokens, i))
        .or_else(|| era::era(tokens, i))
        .filter(|hit| matches!(hit.kind, TimeKind::Date | TimeKind::Time))
}

/// "earlier this month", "later today", "earlier in the year".
pub(super) fn part_of_unit(tokens: &Tokens, i: usize) -> Option<Hit> {
    let edge = match tokens.word(i) {
        "earlier" => Edge::Early,
        "later" => Edge::Late,
        _ => return None,
    };
    if tokens.word(i + 1) == "today" {
        return Hit::date(i + 2, Meaning::SoFar(Unit::Day, edge));
    }
    if tokens.word(i + 1) == "this" && day_part(tokens.word(i + 2)).is_some()
        || words::weekday(tokens.word(i + 1)).is_some()
    {
        return deictic(tokens, i + 1).or_else(|| calendar::weekday_part(tokens, i + 1));
    }
    let at = match (tokens.word(i + 1), tokens.word(i + 2)) {
        ("this", _) => i + 2,
        ("in", "the" | "this") => i + 3,
        _ => return None,
    };
    let (unit, _) = words::unit(tokens.word(at)).filter(|(_, plural)| !plural)?;
    Hit::date(at + 1, Meaning::SoFar(unit, edge))
}

/// "today", "yesterday morning", "tonight", "this evening", "last night", "the day after tomorrow".
pub(super) fn deictic(tokens: &Tokens, i: usize) -> Option<Hit> {
    if tokens.starts(i, &["the", "day", "before", "yesterday"]) {
        return Hit::date(i + 4, Meaning::Offset(Unit::Day, -2));
    }
    if tokens.starts(i, &["the", "day", "after", "tomorrow"]) {
        return Hit::date(i + 4, Meaning::Offset(Unit::Day, 2));
    }
    let (days, part, end) = match (tokens.word(i), tokens.word(i + 1)) {
        ("tonight", _) => (0, Some("TNI"), i + 1),
        ("last", "night") => (-1, Some("TNI"), i + 2),
        ("last", "evening") => (-1, Some("TEV"), i + 2),
        ("tomorrow" | "yesterday", "night") => (if tokens.word(i) == "tomorrow" { 1 } else { -1 }, Some("TNI"), i + 2),
        ("this", part @ ("morning" | "afternoon" | "evening")) => (0, day_part(part), i + 2),
        (day @ ("today" | "yesterday" | "tomorrow"), part) => {
            let days = if day == "today" {
                0
            } else if day == "tomorrow" {
                1
            } else {
                -1
            };
            (days, day_part(part), i + 1 + usize::from(day_part(part).is_some()))
        }
        _ => return None,
    };
    let base = Meaning::Offset(Unit::Day, days);
    match part {
        Some(part) => Hit::new(end, Meaning::Clock(Box::new(base), part.to_owned()), TimeKind::Time),
        None => Hit::date(end, base),
    }
}

/// "the week before last", "the night before last".
pub(super) fn day_before_last(tokens: &Tokens, i: usize) -> Option<Hit> {
    if tokens.starts(i, &["the", "night", "before", "last"]) {
        let day = Meaning::Offset(Unit::Day, -2);
        return Hit::new(i + 4, Meaning::Clock(Box::new(day), "TNI".to_owned()), TimeKind::Time);
    }
    let (unit, _) = words::unit(tokens.word(i + 1)).filter(|(_, plural)| !plural)?;
    (tokens.word(i) == "the" && tokens.starts(i + 2, &["before", "last"]))
        .then(|| Hit::date(i + 4, Meaning::Offset(unit, -2)))
        .flatten()
}

/// "last week", "this month", "the past year", "the next day", "that same year", "the week after", "the weekend".
pub(super) fn shifted_unit(tokens: &Tokens, i: usize) -> Option<Hit> {
    weekend(tokens, i)
        .or_else(|| told_unit(tokens, i))
        .or_else(|| unit_then(tokens, i))
        .or_else(|| seen_unit(tokens, i))
}

fn weekend(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (pick, at) = match (tokens.word(i), tokens.word(i + 1)) {
        ("last", _) => (Some(Pick::Last), i + 1),
        ("this", "past") | ("the", "past" | "last") => (Some(Pick::Last), i + 2),
        ("this", "coming") | ("the", "coming" | "next") => (Some(Pick::Next), i + 2),
        ("this", _) => (Some(Pick::This), i + 1),
        ("next", _) => (Some(Pick::Next), i + 1),
        ("the", _) => (None, i + 1),
        _ => return None,
    };
    (tokens.word(at) == "weekend")
        .then_some(Meaning::Recurring(Recurring::Weekend, pick))
        .and_then(|meaning| Hit::date(at + 1, meaning))
}

/// Counted from a date told before: "the same day", "that night", "the previous week", "the following year".
fn told_unit(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (count, at) = match (tokens.word(i), tokens.word(i + 1)) {
        ("the" | "that", "same") => (0, i + 2),
        ("that", _) => (0, i + 1),
        ("the", "previous" | "preceding") => (-1, i + 2),
        ("the", "following" | "next") => (1, i + 2),
        _ => return None,
    };
    if let Some(part) = day_part(tokens.word(at)) {
        let day = Meaning::Offset(Unit::Day, count);
        return Hit::new(at + 1, Meaning::Clock(Box::new(day), part.to_owned()), TimeKind::Time).map(Hit::anaphoric);
    }
    let (unit, _) = words::unit(tokens.word(at))
        .filter(|(unit, plural)| !plural && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour))?;
    let rest = tokens.word(at + 1);
    if rest == "of" || rest == "-" {
        return None;
    }
    // "over the next year": a length.
    let length = matches!(
        tokens.before(i),
        "over" | "for" | "during" | "within" | "in" | "through" | "throughout"
    );
    if length && tokens.word(i + 1) == "next" && unit != Unit::Day {
        return Hit::new(at + 1, Meaning::Stretch(unit, 1), TimeKind::Duration);
    }
    Hit::date(at + 1, Meaning::Offset(unit, count)).map(Hit::anaphoric)
}

/// "the same day", "the next day" beside a time of day.
pub(super) fn told_day(tokens: &Tokens, i: usize) -> Option<Hit> {
    told_unit(tokens, i).filter(|hit| matches!(hit.meaning, Meaning::Offset(Unit::Day, _)))
}

/// "for the year", "during the week", "of the month": the one that the text is about.
pub(super) fn placed_unit(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, _) = words::unit(tokens.word(i + 1)).filter(|(_, plural)| tokens.word(i) == "the" && !plural)?;
    let placed = match tokens.before(i) {
        "for" | "during" | "in" | "within" => matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Quarter),
        _ => false,
    };
    (placed && ends_clause(tokens, i + 2)).then(|| Hit::date(i + 2, Meaning::Offset(unit, 0)))?
}

/// "year's end", "the month's end".
pub(super) fn ends(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    let (unit, _) = words::unit(tokens.word(at)).filter(|(unit, plural)| !plural && *unit != Unit::Day)?;
    let ends = tokens.starts(at + 1, &["'", "s", "end"]);
    let base = Box::new(Meaning::Offset(unit, 0));
    ends.then(|| Hit::date(at + 4, Meaning::Part(base, Edge::Late)))?
}

/// "the weeks ahead", "the years to come".
pub(super) fn ahead(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    let (unit, _) = words::unit(tokens.word(at)).filter(|(_, plural)| *plural)?;
    let end = match (tokens.word(at + 1), tokens.word(at + 2)) {
        ("ahead", next) if next != "of" => at + 2,
        ("to", "come") => at + 3,
        _ => return None,
    };
    Hit::date(end, Meaning::Vague(Reference::Future, unit))
}

/// "the day before", "the week after" with nothing behind that it would be before or after.
fn unit_then(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, _) = words::unit(tokens.word(i + 1)).filter(|(_, plural)| tokens.word(i) == "the" && !plural)?;
    let count = match tokens.word(i + 2) {
        "before" | "earlier" => -1,
        "after" | "later" => 1,
        _ => return None,
    };
    let adverb = matches!(tokens.word(i + 2), "earlier" | "later") || ends_clause(tokens, i + 3);
    adverb
        .then(|| Hit::date(i + 3, Meaning::Offset(unit, count)).map(Hit::anaphoric))
        .flatten()
}

/// Whether a clause ends before `i`.
pub(super) fn ends_clause(tokens: &Tokens, i: usize) -> bool {
    i >= tokens.list.len()
        || matches!(
            tokens.word(i),
            "." | "," | ";" | ":" | ")" | "\"" | "”" | "?" | "!" | "and" | "but"
        )
}

/// Counted from the document's date: "last week", "this year", "the past month", "the coming week".
fn seen_unit(tokens: &Tokens, i: usize) -> Option<Hit> {
    let article = usize::from(
        matches!(tokens.word(i), "the" | "this")
            && matches!(tokens.word(i + 1), "past" | "last" | "coming" | "current" | "next"),
    );
    let at = i + article;
    let (unit, _) = words::unit(tokens.word(at + 1)).filter(|(_, plural)| !plural)?;
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) || matches!(tokens.word(at + 2), "of" | "-") {
        return None;
    }
    let word = tokens.word(at);
    let meaning = match word {
        "past" | "last" if article == 1 => Meaning::Stretch(unit, -1),
        "coming" if article == 1 => Meaning::Stretch(unit, 1),
        "last" | "this" | "next" if unit == Unit::Day => return None,
        _ => Meaning::Offset(
            unit,
            calendar::shift(word).filter(|_| word != "coming" && word != "previous")?,
        ),
    };
    let kind = if matches!(meaning, Meaning::Stretch(..)) {
        TimeKind::Duration
    } else {
        TimeKind::Date
    };
    Hit::new(at + 2, meaning, kind)
}

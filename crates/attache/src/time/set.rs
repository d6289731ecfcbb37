//! Times that come again: "every Friday", "twice a week", "daily", "900 barrels a day".

use super::TimeKind;
use super::amount::amount;
use super::grammar::Hit;
use super::meaning::duration;
use super::period::Recurring;
use super::quantity::{quantity, unit};
use super::token::Tokens;
use super::words::{Quantity, Unit, cardinal, day_part, month, season, weekday};

/// "every Friday", "each year", "Fridays", "daily", "twice a week", "three times a month", "per day".
pub(super) fn set(tokens: &Tokens, i: usize) -> Option<Hit> {
    match tokens.word(i) {
        "every" | "each" => every(tokens, i + 1),
        "once" | "twice" => repeated(tokens, i + 1),
        word @ ("per" | "a" | "an") if word == "per" || rate(tokens, i) => {
            unit(tokens, i + 1).and_then(|(unit, end)| length(end, unit, Quantity::Exact(1)))
        }
        "weekends" => Hit::plain(i + 1, Recurring::Weekend.value(), TimeKind::Set),
        "bi" | "semi" => twofold(tokens, i),
        word if word.ends_with("ly") || word == "annual" => adverb(tokens, i),
        word if tokens.capital(i) && word.ends_with("days") => plural_weekday(tokens, i),
        _ => quantity(tokens, i)
            .filter(|(_, at)| tokens.word(*at) == "times")
            .and_then(|(_, at)| repeated(tokens, at + 1)),
    }
}

fn length(end: usize, unit: Unit, quantity: Quantity) -> Option<Hit> {
    Hit::plain(end, duration(unit, quantity), TimeKind::Set)
}

fn every(tokens: &Tokens, i: usize) -> Option<Hit> {
    let word = tokens.word(i);
    if let Some(day) = weekday(word) {
        return named(tokens, i, Recurring::Weekday(day));
    }
    if let Some(month) = month(word).filter(|_| tokens.capital(i)) {
        return named(tokens, i, Recurring::Month(month));
    }
    if let Some(season) = season(word) {
        return named(tokens, i, Recurring::Season(season));
    }
    if let Some(part) = day_part(word) {
        return Hit::plain(i + 1, format!("XXXX-XX-XX{part}"), TimeKind::Set);
    }
    if word == "other" || word == "second" {
        let (unit, end) = unit(tokens, i + 1)?;
        return length(end, unit, Quantity::Exact(2));
    }
    let single = i + usize::from(word == "single");
    if let Some((unit, end)) = unit(tokens, single) {
        if unit == Unit::Weekend {
            return Hit::plain(end, Recurring::Weekend.value(), TimeKind::Set);
        }
        return length(end, unit, Quantity::Exact(1));
    }
    let (number, unit, end) = amount(tokens, i)?;
    length(end, unit, number)
}

fn named(tokens: &Tokens, i: usize, recurring: Recurring) -> Option<Hit> {
    match day_part(tokens.word(i + 1).trim_end_matches('s')) {
        Some(part) => Hit::plain(i + 2, format!("{}{part}", recurring.value()), TimeKind::Set),
        None => Hit::plain(i + 1, recurring.value(), TimeKind::Set),
    }
}

/// "a week" in "twice a week", "every two years" in "once every two years"; `i` is past "twice" or "times".
fn repeated(tokens: &Tokens, i: usize) -> Option<Hit> {
    match tokens.word(i) {
        "every" | "each" => every(tokens, i + 1),
        "a" | "an" | "per" => {
            let (unit, end) = unit(tokens, i + 1)?;
            length(end, unit, Quantity::Exact(1))
        }
        "daily" | "weekly" | "monthly" | "yearly" | "annually" => adverb(tokens, i),
        _ => None,
    }
}

/// "20 barrels a day", "$5 million a year", "two percent a month": a number of things or a sum stands before.
fn rate(tokens: &Tokens, i: usize) -> bool {
    let before = tokens.before(i);
    let counted = before.ends_with('s')
        || matches!(
            before,
            "percent" | "%" | "million" | "billion" | "trillion" | "people" | "thousand" | "rand" | "yen" | "yuan"
        )
        || tokens.digits(i.wrapping_sub(1), 1, 6).is_some();
    let number = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty()
            || cardinal(word).is_some()
            || matches!(
                word,
                "million" | "billion" | "thousand" | "hundreds" | "thousands" | "millions" | "several" | "$"
            )
    };
    let told = (i.saturating_sub(5)..i).any(|j| number(tokens.word(j)));
    let other_sense = super::words::unit(before).is_some()
        || matches!(
            tokens.word(i + 2),
            "ago" | "earlier" | "later" | "before" | "after" | "and" | "-" | "of" | "from" | "old" | "in"
        );
    counted && told && !other_sense && before != "was" && before != "is" && before != "has"
}

/// The unit of an adverb or adjective of repetition.
fn every_unit(word: &str) -> Option<(Unit, i32)> {
    Some(match word {
        "hourly" => (Unit::Hour, 1),
        "daily" | "nightly" => (Unit::Day, 1),
        "weekly" => (Unit::Week, 1),
        "biweekly" | "fortnightly" => (Unit::Week, 2),
        "monthly" => (Unit::Month, 1),
        "bimonthly" => (Unit::Month, 2),
        "quarterly" => (Unit::Quarter, 1),
        "annual" | "annually" | "yearly" => (Unit::Year, 1),
        "biannual" | "biannually" | "semiannual" | "semiannually" => (Unit::Month, 6),
        "biennially" => (Unit::Year, 2),
        _ => return None,
    })
}

/// A newspaper is called Daily; the adverb has no capital.
fn adverb(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, count) = every_unit(tokens.word(i)).filter(|_| !tokens.capital(i))?;
    // "semi-annual" begins before.
    let part = tokens.before(i) == "-" && i >= 2 && matches!(tokens.word(i - 2), "semi" | "bi");
    (!part).then(|| length(i + 1, unit, Quantity::Exact(count)))?
}

/// "bi-weekly", "semi-annual".
fn twofold(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (unit, _) = every_unit(tokens.word(i + 2)).filter(|_| tokens.word(i + 1) == "-")?;
    match (tokens.word(i), unit) {
        ("semi", Unit::Year) | ("bi", Unit::Year) => length(i + 3, Unit::Month, Quantity::Exact(6)),
        ("bi", _) => length(i + 3, unit, Quantity::Exact(2)),
        _ => None,
    }
}

fn plural_weekday(tokens: &Tokens, i: usize) -> Option<Hit> {
    let day = weekday(tokens.word(i).strip_suffix('s')?)?;
    named(tokens, i, Recurring::Weekday(day))
}

//! Which expression, if any, begins at a token: the rules in the order in which they are tried.

use super::meaning::Meaning;
use super::token::Tokens;
use super::words::{Quantity, Unit, cardinal, tens};
use super::{TimeKind, amount, calendar, clock, era, relative};

/// An expression that begins at the token asked about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    /// One past its last token.
    pub end: usize,
    pub meaning: Meaning,
    pub kind: TimeKind,
    pub anaphoric: bool,
}

impl Hit {
    pub fn date(end: usize, meaning: Meaning) -> Option<Self> {
        Self::new(end, meaning, TimeKind::Date)
    }

    pub fn plain(end: usize, value: impl Into<String>, kind: TimeKind) -> Option<Self> {
        Self::new(end, Meaning::Plain(value.into()), kind)
    }

    pub fn new(end: usize, meaning: Meaning, kind: TimeKind) -> Option<Self> {
        Some(Self {
            end,
            meaning,
            kind,
            anaphoric: false,
        })
    }

    /// The same, counted from a date told before.
    pub fn anaphoric(self) -> Self {
        Self {
            anaphoric: true,
            ..self
        }
    }
}

type Rule = fn(&Tokens, usize) -> Option<Hit>;

/// Longer readings come before the shorter ones that they begin with.
const RULES: [Rule; 19] = [
    calendar::numeric,
    clock::with_date,
    clock::part_of_date,
    calendar::dated_weekday,
    relative::part_of_period,
    relative::part_of_unit,
    amount::set,
    amount::counted,
    relative::deictic,
    relative::day_before_last,
    relative::shifted_unit,
    calendar::holiday,
    calendar::full,
    calendar::weekday_part,
    calendar::month_of_year,
    calendar::season_of_year,
    calendar::fraction_of_year,
    era::era,
    relative::reference,
];

pub(super) fn at(tokens: &Tokens, i: usize) -> Option<Hit> {
    RULES.iter().find_map(|rule| rule(tokens, i))
}

/// A number in digits or words and the index after it: "12", "1,000", "twenty-one", "two and a half", "several".
pub(super) fn quantity(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let (first, mut end) = vague(tokens, i).or_else(|| exact(tokens, i))?;
    if let Quantity::Exact(n) = first {
        if tokens.starts(end, &["and", "a", "half"]) {
            return Some((Quantity::Part(f64::from(n) + 0.5), end + 3));
        }
        // "two or three years", "five to six months": the second number counts.
        if matches!(tokens.word(end), "or" | "to" | "-")
            && let Some((second @ Quantity::Exact(m), after)) = exact(tokens, end + 1)
            && m > n
        {
            end = after;
            return Some((second, end));
        }
    }
    Some((first, end))
}

fn vague(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let end = match tokens.word(i) {
        "several" | "many" | "some" => i + 1,
        "few" if tokens.before(i) != "a" => i + 1,
        "a" if tokens.word(i + 1) == "few" => i + 2,
        "a" if tokens.starts(i + 1, &["couple", "of"]) => return Some((Quantity::Exact(2), i + 3)),
        "dozens" | "hundreds" | "thousands" if tokens.word(i + 1) == "of" => i + 2,
        _ => return None,
    };
    Some((Quantity::Vague, end))
}

fn exact(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    if tokens.word(i) == "half" && matches!(tokens.word(i + 1), "a" | "an") {
        return Some((Quantity::Part(0.5), i + 2));
    }
    if matches!(tokens.word(i), "a" | "an") {
        let dozen = tokens.word(i + 1) == "dozen";
        return Some((Quantity::Exact(if dozen { 12 } else { 1 }), i + 1 + usize::from(dozen)));
    }
    in_digits(tokens, i).or_else(|| in_words(tokens, i))
}

fn in_digits(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let whole = tokens.digits(i, 1, 6)?;
    if tokens.glued(i) && matches!(tokens.before(i), "," | "." | ":" | "/" | "$" | "£" | "€") {
        return None;
    }
    let tight = tokens.glued(i + 1) && tokens.glued(i + 2);
    if tight && tokens.word(i + 1) == "," && tokens.word(i + 2).len() == 3 {
        let rest = tokens.digits(i + 2, 3, 3)?;
        return Some((Quantity::Exact(whole.checked_mul(1000)?.checked_add(rest)?), i + 3));
    }
    if tight && tokens.word(i + 1) == "." && tokens.digits(i + 2, 1, 2).is_some() {
        let text = format!("{whole}.{}", tokens.word(i + 2));
        return Some((Quantity::Part(text.parse().ok()?), i + 3));
    }
    Some((Quantity::Exact(whole), i + 1))
}

fn in_words(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let first = cardinal(tokens.word(i))?;
    let joined = if tokens.word(i + 1) == "-" { i + 2 } else { i + 1 };
    if let (Some(tens), Some(ones @ 1..=9)) = (tens(tokens.word(i)), cardinal(tokens.word(joined))) {
        return Some((Quantity::Exact(tens + ones), joined + 1));
    }
    if tokens.word(i + 1) == "hundred" {
        return Some((Quantity::Exact(first.saturating_mul(100)), i + 2));
    }
    Some((Quantity::Exact(first), i + 1))
}

/// A unit of time at `i`, which is no ordinal "second" or "quarter" of something else, and the index after it.
pub(super) fn unit(tokens: &Tokens, i: usize) -> Option<(Unit, usize)> {
    let (unit, plural) = super::words::unit(tokens.word(i))?;
    let other_sense = matches!(unit, Unit::Second | Unit::Quarter) && !plural;
    (!other_sense).then_some((unit, i + 1))
}

//! Which expression, if any, begins at a token: the rules in the order in which they are tried.

use super::meaning::Meaning;
use super::token::Tokens;
use super::{TimeKind, amount, calendar, clock, era, fraction, holiday, numeric, quantity, reference, relative, set};

/// An expression that begins at the token asked about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    /// One past its last token.
    pub end: usize,
    pub meaning: Meaning,
    pub kind: TimeKind,
    /// Counts from a date told before: "the next day".
    pub anaphoric: bool,
    /// Lies on a day told in the same sentence, if one is: "at 3 p.m.".
    pub nearby: bool,
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
            nearby: false,
        })
    }

    /// The same, counted from a date told before.
    pub fn anaphoric(self) -> Self {
        Self {
            anaphoric: true,
            ..self
        }
    }

    /// The same, on a day told in the same sentence.
    pub fn nearby(self) -> Self {
        Self { nearby: true, ..self }
    }
}

type Rule = fn(&Tokens, usize) -> Option<Hit>;

/// Longer readings come before the shorter ones that they begin with.
const RULES: [Rule; 32] = [
    numeric::numeric,
    clock::with_date,
    clock::part_of_date,
    clock::early_hours,
    calendar::dated_weekday,
    relative::part_of_period,
    relative::part_of_unit,
    fraction::fiscal,
    fraction::turn_of_year,
    fraction::reported_quarter,
    fraction::week_of_month,
    fraction::named_month,
    relative::ends,
    relative::ahead,
    set::set,
    amount::counted,
    relative::deictic,
    relative::day_before_last,
    relative::shifted_unit,
    relative::placed_unit,
    holiday::holiday,
    calendar::full,
    calendar::weekday_part,
    calendar::month_of_year,
    fraction::season_of_year,
    fraction::fraction_of_year,
    era::era,
    clock::part_of_day,
    amount::long_word,
    amount::the_plural,
    amount::bare_plural,
    reference::reference,
];

pub(super) fn at(tokens: &Tokens, i: usize) -> Option<Hit> {
    if let Some(hit) = quantity::approximator(tokens, i).and_then(|at| approximate(tokens, at)) {
        return Some(hit);
    }
    let hit = RULES.iter().find_map(|rule| rule(tokens, i))?;
    Some(clock::at_time(tokens, &hit).unwrap_or(hit))
}

/// What "about", "nearly", "more than" may stand before: an amount of time or a time of day.
fn approximate(tokens: &Tokens, at: usize) -> Option<Hit> {
    if let Some(hit) = clock::with_date(tokens, at) {
        return Some(hit);
    }
    quantity::quantity(tokens, at)?;
    let hit = amount::counted(tokens, at)?;
    (hit.kind == TimeKind::Duration || amount::leads_away(tokens.before(hit.end))).then_some(hit)
}

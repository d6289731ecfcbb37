//! Time expressions in news and what they mean: "on Wednesday", "late last year", "from 1979 to 1989".
//!
//! Values follow TIMEX3 (TimeML): the extent is without the preposition ("Wednesday", not "on Wednesday"), the value
//! is an ISO 8601 date or one of its extensions (`2018-W44`, `199X`, `P3D`, `PAST_REF`). Everything resolves against
//! the document's date, never against today.

mod amount;
mod calendar;
mod clock;
mod era;
mod grammar;
mod interval;
mod meaning;
mod period;
mod relative;
mod tense;
mod token;
mod words;

use attache_parse::Span;

use crate::date::{DateRange, Precision};
use meaning::Meaning;
use token::Tokens;

/// What sort of time an expression tells, as TIMEX3 has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A day or anything longer with a place in the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Times that come again.
    Set,
}

impl TimeKind {
    /// The name that TIMEX3 has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Which way to look for a date that the words leave open: "on Friday", "in March".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The clause tells what happened.
    Past,
    /// The clause tells what is to come.
    Future,
    /// The clause does not tell.
    Near,
}

/// Words that tell a time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// The words, without preposition; bytes of the text given.
    pub span: Span,
    /// What sort of time.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// The days meant; `None` for durations, sets, references such as "now", and where the document's date is lacking.
    pub range: Option<DateRange>,
    /// Whether it took the document's date to tell ("Friday", "November 2" without a year).
    pub relative: bool,
    /// Whether it counts from a date told before ("the next day", "two weeks later"): within the sentence that date is
    /// used, else the document's; pass a better one to [`TimeExpression::resolve`].
    pub anaphoric: bool,
    /// The time meant ends here and began at some point before: "until Friday", "before 2014".
    pub open_start: bool,
    /// The time meant begins here and goes on: "since 2019", "from March".
    pub open_end: bool,
    /// Where two expressions bound one stretch ("from 1979 to 1989"), the whole of it; the same on both.
    pub interval: Option<DateRange>,
    meaning: Meaning,
}

impl TimeExpression {
    /// The days meant, seen from `anchor`, for a caller who knows the clause's tense (or the date that "the next day"
    /// counts from).
    pub fn resolve(&self, anchor: Option<DateRange>, direction: Direction) -> Option<DateRange> {
        self.meaning.resolve(anchor, direction).range
    }

    /// The TIMEX3 value that goes with [`TimeExpression::resolve`].
    pub fn value_at(&self, anchor: Option<DateRange>, direction: Direction) -> String {
        self.meaning.resolve(anchor, direction).value
    }

    /// Whether it names days in the calendar: no duration, set or vague reference.
    pub fn is_dated(&self) -> bool {
        matches!(self.kind, TimeKind::Date | TimeKind::Time) && self.range.is_some()
    }
}

/// The time expressions of a sentence at `span` of `text`, in text order, not overlapping, resolved against the
/// document's date. Tense is read off the words about ("will", "is to", "said"); where they are silent, the past.
/// Linear in the length of the sentence but for long runs of digits.
pub fn expressions(text: &str, span: Span, anchor: Option<DateRange>) -> Vec<TimeExpression> {
    let tokens = Tokens::new(text, span);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut told: Option<DateRange> = None;
    let mut places = Vec::new();
    let mut i = 0;
    while i < tokens.list.len() {
        let Some(hit) = grammar::at(&tokens, i) else {
            i += 1;
            continue;
        };
        let direction = tense::direction(&tokens, i, hit.end).unwrap_or(hit.meaning.default_direction());
        let seen_from = if hit.anaphoric { told.or(anchor) } else { anchor };
        let resolved = hit.meaning.resolve(seen_from, direction);
        if let (Some(range), TimeKind::Date | TimeKind::Time) = (resolved.range, hit.kind)
            && range.precision == Precision::Day
        {
            told = Some(range);
        }
        found.push(TimeExpression {
            span: tokens.cover(i, hit.end),
            kind: hit.kind,
            value: resolved.value,
            range: resolved.range,
            relative: hit.meaning.relative(),
            anaphoric: hit.anaphoric,
            open_start: false,
            open_end: false,
            interval: None,
            meaning: hit.meaning,
        });
        places.push((i, hit.end));
        i = hit.end.max(i + 1);
    }
    interval::link(&tokens, &places, &mut found);
    found
}

//! Time expressions in news and what they mean: "on Wednesday", "late last year", "from 1979 to 1989".
//!
//! Values follow TIMEX3 (TimeML): the extent is without the preposition ("Wednesday", not "on Wednesday"), the value
//! is an ISO 8601 date or one of its extensions (`2018-W44`, `199X`, `P3D`, `PAST_REF`). Everything resolves against
//! the document's date, never against today.

mod amount;
mod calendar;
mod clause;
mod clock;
mod era;
mod fraction;
mod grammar;
mod holiday;
mod interval;
mod meaning;
mod numeric;
mod period;
mod quantity;
mod reference;
mod relative;
mod resolved;
mod set;
mod tense;
mod token;
mod words;

use attache_parse::{Sentence, Span};

use crate::date::{DateRange, Precision};
use meaning::Meaning;
use token::Tokens;
pub use words::cardinal;

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

    /// A day told in other ways than by the calendar's words: a birthday.
    pub fn day(span: Span, day: jiff::civil::Date) -> Self {
        let period = period::Period::Day(day);
        Self {
            span,
            kind: TimeKind::Date,
            value: period.value(),
            range: Some(period.range()),
            relative: false,
            anaphoric: false,
            open_start: false,
            open_end: false,
            interval: None,
            meaning: Meaning::Fixed(period),
        }
    }

    /// How long it lasts: a count and the letters of its TIMEX3 unit (`D`, `W`, `M`, `Y`, `DE`, `CE`); `None` for what is no
    /// length, for parts of units, and for hours and less.
    pub fn length(&self) -> Option<(i32, &str)> {
        let length = self
            .value
            .strip_prefix('P')
            .filter(|_| self.kind == TimeKind::Duration)?;
        let digits = length.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = length.split_at(digits);
        matches!(unit, "D" | "W" | "M" | "Y" | "DE" | "CE").then(|| Some((count.parse().ok()?, unit)))?
    }

    /// The period that lies its length after `from`; before it where `sign` is negative.
    pub fn away(&self, from: DateRange, sign: i32) -> Option<DateRange> {
        let (count, letters) = self.length()?;
        let unit = match letters {
            "D" => words::Unit::Day,
            "W" => words::Unit::Week,
            "M" => words::Unit::Month,
            "DE" => words::Unit::Decade,
            "CE" => words::Unit::Century,
            _ => words::Unit::Year,
        };
        let unit_of_answer = if letters.len() > 1 { words::Unit::Year } else { unit };
        let day = period::add(from.start, unit, count.checked_mul(sign)?);
        let range = period::Period::around(unit_of_answer, day).range();
        Some(DateRange {
            precision: range.precision.max(from.precision),
            ..if from.precision > range.precision {
                period::of_precision(day, from.precision).range()
            } else {
                range
            }
        })
    }

    /// Whether it names days in the calendar: no duration, set or vague reference.
    pub fn is_dated(&self) -> bool {
        let placed = matches!(self.kind, TimeKind::Date | TimeKind::Time) || matches!(self.meaning, Meaning::Ahead(..));
        placed && self.range.is_some()
    }
}

/// The dates told of so far in a document, which "the next day" and "a year later" count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// The last day.
    pub day: Option<DateRange>,
    /// The last day, month or year.
    pub any: Option<DateRange>,
}

impl Told {
    fn note(&mut self, range: DateRange) {
        if range.precision == Precision::Day {
            self.day = Some(range);
        }
        // "the 2000s" is nothing to count months from.
        if (range.end - range.start).get_days() <= 366 {
            self.any = Some(range);
        }
    }
}

/// Where a month or a day without a year follows a year or a date of long ago in the same sentence, it is counted from that:
/// "began on March 3, 1988 and ended on May 9", "twice in 2012, in April and in October".
fn told_year(
    meaning: &Meaning,
    direction: Direction,
    last: Option<&TimeExpression>,
    anchor: Option<DateRange>,
) -> Option<DateRange> {
    const LONG_AGO: i32 = 300;
    let (before, anchor) = (last.filter(|e| !e.relative)?.range?, anchor?);
    let year = before.precision == Precision::Year && (before.end - before.start).get_days() <= 366;
    let old = (anchor.start - before.end).get_days() > if year { 0 } else { LONG_AGO };
    let finer = before.precision < Precision::Year || year;
    (meaning.lacks_year() && direction != Direction::Future && old && finer).then_some(DateRange::day(before.start))
}

/// The time expressions of a sentence at `span` of `text`, in text order, not overlapping, resolved against the
/// document's date. Tense is read off the words about ("will", "is to", "said"); where they are silent, the past.
/// Linear in the length of the sentence but for long runs of digits.
pub fn expressions(text: &str, span: Span, anchor: Option<DateRange>) -> Vec<TimeExpression> {
    expressions_after(text, span, anchor, &mut Told::default())
}

/// As [`expressions`], for a sentence within a document: `told` are the dates of the sentences before, and takes on those
/// of this one.
pub fn expressions_after(text: &str, span: Span, anchor: Option<DateRange>, told: &mut Told) -> Vec<TimeExpression> {
    read(text, span, anchor, told, None)
}

/// As [`expressions_after`], with the tense read off the sentence's tree where that tells.
pub fn expressions_of(text: &str, tree: &Sentence, anchor: Option<DateRange>, told: &mut Told) -> Vec<TimeExpression> {
    read(text, tree.span, anchor, told, Some(tree))
}

fn read(
    text: &str,
    span: Span,
    anchor: Option<DateRange>,
    told: &mut Told,
    tree: Option<&Sentence>,
) -> Vec<TimeExpression> {
    let tokens = Tokens::new(text, span);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut here: Option<DateRange> = None;
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut i = 0;
    while i < tokens.list.len() {
        let Some(hit) = grammar::at(&tokens, i) else {
            i += 1;
            continue;
        };
        let direction = tense::bound(&tokens, i)
            .or_else(|| clause::direction(tree?, tokens.cover(i, hit.end)))
            .or_else(|| tense::direction(&tokens, i, hit.end))
            .unwrap_or(hit.meaning.default_direction());
        let before = match (hit.anaphoric, hit.nearby) {
            (true, _) if hit.meaning.is_coarse() => told.any,
            (true, _) => told.day,
            (_, true) => here,
            _ => None,
        };
        // A year before its noun ("the 2012 vote") is no ground to count from.
        let ground = places.last().is_some_and(|(start, _)| {
            matches!(
                tokens.before(*start),
                "in" | "during" | "on" | "from" | "since" | "between"
            )
        });
        let earlier = told_year(&hit.meaning, direction, found.last().filter(|_| ground), anchor);
        let resolved = match earlier {
            Some(day) => hit.meaning.resolve(Some(day), Direction::Future),
            None => hit.meaning.resolve(before.or(anchor), direction),
        };
        if let (Some(range), TimeKind::Date | TimeKind::Time) = (resolved.range, hit.kind) {
            told.note(range);
            here = told.day.filter(|day| *day == range).or(here);
        }
        found.push(TimeExpression {
            span: tokens.cover(i, hit.end),
            kind: hit.kind,
            value: resolved.value,
            range: resolved.range,
            relative: earlier.is_none() && hit.meaning.relative(),
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
    // "The cabinet met on Tuesday on the accords signed on Sunday. … the same day": the day of the main clause.
    if let Some(tree) = tree {
        let main = |e: &&TimeExpression| clause::in_main(tree, e.span);
        let day = |e: &TimeExpression| e.range.filter(|r| e.is_dated() && r.precision == Precision::Day);
        told.day = found.iter().filter(main).find_map(day).or(told.day);
    }
    found
}

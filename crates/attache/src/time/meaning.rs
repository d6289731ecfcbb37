//! What an expression says, before and after the document's date is known.

use jiff::civil::Date;

use super::Direction;
use super::period::{Period, Pick, Recurring, add};
use super::words::{Quantity, Unit};
use crate::date::{DateRange, Precision};

/// What the words say, free of any date outside them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// "2 November 2018", "the 1990s".
    Fixed(Period),
    /// "Wednesday", "November 2", "last March"; without a pick the tense decides.
    Recurring(Recurring, Option<Pick>),
    /// "March last year": of the year that lies so many years off.
    OfYear(Recurring, i32),
    /// "Wednesday last week": of the week that lies so many weeks off.
    OfWeek(Recurring, i32),
    /// "yesterday", "last week", "two years ago": the period of `unit` so many units off.
    Offset(Unit, i32),
    /// "the past two years", "the coming three weeks": so many units up to the date, or from it where positive.
    Stretch(Unit, i32),
    /// "earlier this month", "later today": the part of the unit before (or after) the date.
    SoFar(Unit, Edge),
    /// "early March", "the end of last year".
    Part(Box<Meaning>, Edge),
    /// "Monday night", "3 p.m. on Friday": the base's day, and the TIMEX3 time after "T".
    Clock(Box<Meaning>, String),
    /// "recent weeks", "the coming days".
    Vague(Reference, Unit),
    /// "the past few days": as vague, but told as a length.
    VagueStretch(Reference, Unit),
    /// "now", "recently".
    Reference(Reference),
    /// TIMEX3 value of a duration or a set.
    Plain(String),
}

/// Part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Early,
    Middle,
    Late,
}

/// Time without a place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

/// A TIMEX3 value and the days that it covers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub value: String,
    pub range: Option<DateRange>,
}

impl Resolved {
    fn undated(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            range: None,
        }
    }

    fn period(period: Period) -> Self {
        Self {
            value: period.value(),
            range: Some(period.range()),
        }
    }
}

impl Meaning {
    /// Whether it takes a date from outside the words to place it.
    pub fn relative(&self) -> bool {
        match self {
            Self::Fixed(_) | Self::Reference(_) | Self::Plain(_) => false,
            Self::Part(base, _) | Self::Clock(base, _) => base.relative(),
            _ => true,
        }
    }

    /// Which way to look where no word tells: dates without a year are as often announced as told.
    pub fn default_direction(&self) -> Direction {
        match self {
            Self::Recurring(recurring, None) if recurring.yearly() => Direction::Near,
            Self::Part(base, _) | Self::Clock(base, _) => base.default_direction(),
            _ => Direction::Past,
        }
    }

    /// Value and days, seen from `anchor`.
    pub fn resolve(&self, anchor: Option<DateRange>, direction: Direction) -> Resolved {
        match self {
            Self::Part(base, edge) => part(base.resolve(anchor, direction), *edge),
            Self::Clock(base, time) => clock(base.resolve(anchor, direction), time),
            _ => match anchor {
                Some(anchor) => self.anchored(anchor, direction),
                None => self.floating(),
            },
        }
    }

    /// An anchor of unknown day is tried at both its ends: where they agree the words are as good as ever, else the
    /// answer is no finer than the anchor.
    fn anchored(&self, anchor: DateRange, direction: Direction) -> Resolved {
        if let (Self::Recurring(recurring, None), true) = (self, anchor.start < anchor.end)
            && recurring.yearly()
        {
            let end = if direction == Direction::Future {
                anchor.start
            } else {
                anchor.end
            };
            return self.at(end, direction);
        }
        let first = self.at(anchor.start, direction);
        if anchor.start == anchor.end || !self.relative() {
            return first;
        }
        let last = self.at(anchor.end, direction);
        if first == last {
            first
        } else {
            coarse(first, last, anchor)
        }
    }

    fn at(&self, day: Date, direction: Direction) -> Resolved {
        match self {
            Self::Fixed(period) => Resolved::period(*period),
            Self::Recurring(recurring, pick) => {
                let period = recurring.choose(day, pick.unwrap_or(direction.pick()));
                period.map_or_else(|| Resolved::undated(recurring.value()), Resolved::period)
            }
            Self::OfYear(recurring, years) => {
                let period = recurring.in_year(add(day, Unit::Year, *years).year());
                period.map_or_else(|| Resolved::undated(recurring.value()), Resolved::period)
            }
            Self::OfWeek(recurring, weeks) => {
                let period = recurring.choose(add(day, Unit::Week, *weeks), Pick::This);
                period.map_or_else(|| Resolved::undated(recurring.value()), Resolved::period)
            }
            Self::Offset(unit, count) => Resolved::period(Period::around(*unit, add(day, *unit, *count))),
            Self::Stretch(unit, count) => stretch(day, *unit, *count),
            Self::SoFar(unit, edge) => so_far(day, *unit, *edge),
            Self::Vague(reference, unit) => vague(day, *reference, *unit),
            Self::VagueStretch(reference, unit) => Resolved {
                value: duration(*unit, Quantity::Vague),
                range: vague(day, *reference, *unit).range,
            },
            Self::Part(..) | Self::Clock(..) => self.resolve(Some(DateRange::day(day)), direction),
            Self::Reference(_) | Self::Plain(_) => self.floating(),
        }
    }

    /// Without a date of the document.
    fn floating(&self) -> Resolved {
        match self {
            Self::Fixed(period) => Resolved::period(*period),
            Self::Recurring(recurring, _) | Self::OfYear(recurring, _) | Self::OfWeek(recurring, _) => {
                Resolved::undated(recurring.value())
            }
            Self::Offset(unit, _) | Self::SoFar(unit, _) => Resolved::undated(blank(*unit)),
            Self::Stretch(unit, count) => Resolved::undated(duration(*unit, Quantity::Exact(count.abs()))),
            Self::Vague(reference, _) | Self::Reference(reference) => Resolved::undated(reference.value()),
            Self::VagueStretch(_, unit) => Resolved::undated(duration(*unit, Quantity::Vague)),
            Self::Plain(value) => Resolved::undated(value.clone()),
            Self::Part(base, _) | Self::Clock(base, _) => base.floating(),
        }
    }
}

impl Reference {
    pub fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

impl Direction {
    fn pick(self) -> Pick {
        match self {
            Self::Past => Pick::Past,
            Self::Future => Pick::Future,
            Self::Near => Pick::Near,
        }
    }
}

/// Two answers that differ because the anchor's day is not known. Near the anchor, its own range says all that is
/// known; further off, the range that covers both.
fn coarse(first: Resolved, last: Resolved, anchor: DateRange) -> Resolved {
    let (Some(a), Some(b)) = (first.range, last.range) else {
        return first;
    };
    let month_before = add(anchor.start, Unit::Month, -1);
    let month_after = add(anchor.end, Unit::Month, 1);
    let short = (a.end - a.start).get_days() <= (anchor.end - anchor.start).get_days();
    if short && a.end >= month_before && b.start <= month_after {
        let value = if first.value == last.value {
            first.value
        } else {
            value_of(anchor)
        };
        return Resolved {
            value,
            range: Some(anchor),
        };
    }
    let range = DateRange {
        start: a.start.min(b.start),
        end: a.end.max(b.end),
        precision: a.precision.max(b.precision).max(anchor.precision),
    };
    Resolved {
        value: common(&first.value, &last.value),
        range: Some(range),
    }
}

fn value_of(range: DateRange) -> String {
    match range.precision {
        Precision::Day => range.start.to_string(),
        Precision::Month => Period::around(Unit::Month, range.start).value(),
        Precision::Year | Precision::None => Period::around(Unit::Year, range.start).value(),
    }
}

/// The parts between "-" that two values share from the left.
fn common(a: &str, b: &str) -> String {
    let shared: Vec<&str> = a
        .split('-')
        .zip(b.split('-'))
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x)
        .collect();
    match shared.is_empty() {
        true => "XXXX".to_owned(),
        false => shared.join("-"),
    }
}

fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Weekend => Precision::Day,
        Unit::Week | Unit::Fortnight | Unit::Month => Precision::Month,
        Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => Precision::Year,
    }
}

fn ordered(a: Date, b: Date, precision: Precision) -> Option<DateRange> {
    Some(DateRange {
        start: a.min(b),
        end: a.max(b),
        precision,
    })
}

/// Days, though exact, span several; a stretch is never a single day's precision unless it is one.
fn stretch(day: Date, unit: Unit, count: i32) -> Resolved {
    let other = add(day, unit, count);
    let precision = if other == day {
        Precision::Day
    } else {
        precision(unit).max(Precision::Month)
    };
    Resolved {
        value: duration(unit, Quantity::Exact(count.abs())),
        range: ordered(day, other, precision),
    }
}

fn so_far(day: Date, unit: Unit, edge: Edge) -> Resolved {
    let whole = Period::around(unit, day);
    let range = whole.range();
    let (start, end) = match edge {
        Edge::Early => (range.start, day),
        Edge::Late => (day, range.end),
        Edge::Middle => (range.start, range.end),
    };
    Resolved {
        value: whole.value(),
        range: ordered(start, end, range.precision),
    }
}

/// "A few" is taken for up to ten days, eight weeks, six months, five years.
fn vague(day: Date, reference: Reference, unit: Unit) -> Resolved {
    let count = match unit {
        Unit::Day => 10,
        Unit::Week => 8,
        Unit::Month => 6,
        Unit::Year => 5,
        Unit::Decade => 3,
        _ => 1,
    };
    let other = match reference {
        Reference::Past => add(day, unit, -count),
        Reference::Present => day,
        Reference::Future => add(day, unit, count),
    };
    let precision = if unit == Unit::Month {
        Precision::Year
    } else {
        precision(unit).max(Precision::Month)
    };
    Resolved {
        value: reference.value().to_owned(),
        range: ordered(day, other, precision),
    }
}

/// The first, middle or last third of a period; the TIMEX3 value stays that of the whole.
fn part(base: Resolved, edge: Edge) -> Resolved {
    let Some(range) = base.range else { return base };
    let days = (range.end - range.start).get_days();
    if days < 5 {
        return base;
    }
    let third = days / 3;
    let (start, end) = match edge {
        Edge::Early => (range.start, add(range.start, Unit::Day, third)),
        Edge::Middle => (add(range.start, Unit::Day, third), add(range.end, Unit::Day, -third)),
        Edge::Late => (add(range.end, Unit::Day, -third), range.end),
    };
    Resolved {
        value: base.value,
        range: ordered(start, end, range.precision),
    }
}

/// A time of day belongs to a day; where only a week or month is known the value stays that of the base.
fn clock(base: Resolved, time: &str) -> Resolved {
    let day = base.value.len() == 10 || base.value.starts_with("XXXX-WXX-");
    match day {
        true => Resolved {
            value: format!("{}{time}", base.value),
            range: base.range,
        },
        false => base,
    }
}

/// TIMEX3 value of a length of time.
pub(super) fn duration(unit: Unit, quantity: Quantity) -> String {
    let number = match quantity {
        Quantity::Exact(n) => n.to_string(),
        Quantity::Part(n) => format!("{n}"),
        Quantity::Vague => "X".to_owned(),
    };
    match unit {
        Unit::Second => format!("PT{number}S"),
        Unit::Minute => format!("PT{number}M"),
        Unit::Hour => format!("PT{number}H"),
        Unit::Day => format!("P{number}D"),
        Unit::Week => format!("P{number}W"),
        Unit::Weekend => format!("P{number}WE"),
        Unit::Fortnight => format!("P{}W", doubled(quantity)),
        Unit::Month => format!("P{number}M"),
        Unit::Quarter => format!("P{number}Q"),
        Unit::Year => format!("P{number}Y"),
        Unit::Decade => format!("P{number}DE"),
        Unit::Century => format!("P{number}CE"),
    }
}

fn doubled(quantity: Quantity) -> String {
    match quantity {
        Quantity::Exact(n) => n.saturating_mul(2).to_string(),
        Quantity::Part(n) => format!("{}", n * 2.0),
        Quantity::Vague => "X".to_owned(),
    }
}

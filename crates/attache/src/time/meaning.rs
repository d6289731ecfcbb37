//! What an expression says, before and after the document's date is known.

use jiff::civil::{Date, Weekday};

use super::Direction;
use super::period::{Period, Pick, Recurring, add};
use super::resolved::{Resolved, blank, clock, coarse, nth_of, part, precision, so_far, stretch, vague};
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
    /// "in three weeks": a length by its words, a date by what it says.
    Ahead(Unit, i32),
    /// "earlier this month", "later today": the part of the unit before (or after) the date.
    SoFar(Unit, Edge),
    /// "early March", "the end of last year".
    Part(Box<Meaning>, Edge),
    /// "Monday night", "3 p.m. on Friday": the base's day, and the TIMEX3 time after "T".
    Clock(Box<Meaning>, String),
    /// "the first week of May", "the last Sunday of June": counted within the month, from its end where negative.
    NthOf(Box<Meaning>, i8, Option<Weekday>),
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

impl Meaning {
    /// Whether it takes a date from outside the words to place it.
    pub fn relative(&self) -> bool {
        match self {
            Self::Fixed(_) | Self::Reference(_) | Self::Plain(_) => false,
            Self::Part(base, _) | Self::Clock(base, _) | Self::NthOf(base, ..) => base.relative(),
            _ => true,
        }
    }

    /// Which way to look where no word tells: dates without a year are as often announced as told.
    pub fn default_direction(&self) -> Direction {
        match self {
            Self::Recurring(recurring, None) if recurring.yearly() => Direction::Near,
            Self::Part(base, _) | Self::Clock(base, _) | Self::NthOf(base, ..) => base.default_direction(),
            _ => Direction::Past,
        }
    }

    /// Whether it is one day, beside which a time of day may stand.
    pub fn is_day(&self) -> bool {
        match self {
            Self::Fixed(Period::Day(_)) | Self::Offset(Unit::Day, _) | Self::OfWeek(Recurring::Weekday(_), _) => true,
            Self::Recurring(recurring, _) | Self::OfYear(recurring, _) => recurring.is_day(),
            Self::Part(base, _) => base.is_day(),
            _ => false,
        }
    }

    /// Whether a year's number is all that it lacks.
    pub fn lacks_year(&self) -> bool {
        match self {
            Self::Recurring(recurring, None) => recurring.yearly(),
            Self::Part(base, _) | Self::Clock(base, _) => base.lacks_year(),
            _ => false,
        }
    }

    /// Whether it counts in months or longer, so that a month or a year told before will do to count from.
    pub fn is_coarse(&self) -> bool {
        match self {
            Self::Offset(unit, _) => precision(*unit) > Precision::Day && !matches!(unit, Unit::Week | Unit::Fortnight),
            Self::Part(base, _) => base.is_coarse(),
            _ => false,
        }
    }

    /// Value and days, seen from `anchor`.
    pub fn resolve(&self, anchor: Option<DateRange>, direction: Direction) -> Resolved {
        match self {
            Self::Part(base, edge) => part(base.resolve(anchor, direction), *edge),
            Self::Clock(base, time) => clock(base.resolve(anchor, direction), time),
            Self::NthOf(base, nth, weekday) => nth_of(base.resolve(anchor, direction), *nth, *weekday),
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
            Self::Ahead(unit, count) => Resolved {
                value: duration(*unit, Quantity::Exact(*count)),
                range: Some(Period::around(*unit, add(day, *unit, *count)).range()),
            },
            Self::SoFar(unit, edge) => so_far(day, *unit, *edge),
            Self::Vague(reference, unit) => vague(day, *reference, *unit),
            Self::VagueStretch(reference, unit) => Resolved {
                value: duration(*unit, Quantity::Vague),
                range: vague(day, *reference, *unit).range,
            },
            Self::Part(..) | Self::Clock(..) | Self::NthOf(..) => self.resolve(Some(DateRange::day(day)), direction),
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
            Self::Ahead(unit, count) | Self::Stretch(unit, count) => {
                Resolved::undated(duration(*unit, Quantity::Exact(count.abs())))
            }
            Self::Vague(reference, _) | Self::Reference(reference) => Resolved::undated(reference.value()),
            Self::VagueStretch(_, unit) => Resolved::undated(duration(*unit, Quantity::Vague)),
            Self::Plain(value) => Resolved::undated(value.clone()),
            Self::Part(base, _) | Self::Clock(base, _) | Self::NthOf(base, ..) => base.floating(),
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

//! Values and days once the date to count from is known.

use jiff::civil::{Date, Weekday};

use super::meaning::{Edge, Reference, duration};
use super::period::{Period, add};
use super::words::{Quantity, Unit};
use crate::date::{DateRange, Precision};

/// A TIMEX3 value and the days that it covers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub value: String,
    pub range: Option<DateRange>,
}

impl Resolved {
    pub fn undated(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            range: None,
        }
    }

    pub fn period(period: Period) -> Self {
        Self {
            value: period.value(),
            range: Some(period.range()),
        }
    }
}

/// Two answers that differ because the anchor's day is not known. Near the anchor, its own range says all that is
/// known; further off, the range that covers both.
pub(super) fn coarse(first: Resolved, last: Resolved, anchor: DateRange) -> Resolved {
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
    super::period::of_precision(range.start, range.precision).value()
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

pub(super) fn blank(unit: Unit) -> &'static str {
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

pub(super) fn precision(unit: Unit) -> Precision {
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
pub(super) fn stretch(day: Date, unit: Unit, count: i32) -> Resolved {
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

pub(super) fn so_far(day: Date, unit: Unit, edge: Edge) -> Resolved {
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
pub(super) fn vague(day: Date, reference: Reference, unit: Unit) -> Resolved {
    let count = match unit {
        Unit::Day => 10,
        Unit::Week => 8,
        Unit::Month => 6,
        Unit::Year => 5,
        Unit::Decade => 3,
        // "a few hours earlier" is that day still.
        Unit::Hour | Unit::Minute | Unit::Second => 0,
        _ => 1,
    };
    let other = match reference {
        Reference::Past => add(day, unit, -count),
        Reference::Present => day,
        Reference::Future => add(day, unit, count),
    };
    let precision = if unit == Unit::Month {
        Precision::Year
    } else if count == 0 {
        Precision::Day
    } else {
        precision(unit).max(Precision::Month)
    };
    Resolved {
        value: reference.value().to_owned(),
        range: ordered(day, other, precision),
    }
}

/// The first, middle or last third of a period; the TIMEX3 value stays that of the whole.
pub(super) fn part(base: Resolved, edge: Edge) -> Resolved {
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

/// The n-th week (weekday) of a month: weeks are counted from the month's first day.
pub(super) fn nth_of(base: Resolved, nth: i8, weekday: Option<Weekday>) -> Resolved {
    let Some(month) = base.range.filter(|range| range.precision == Precision::Month) else {
        return base;
    };
    let found = match weekday {
        Some(weekday) => month.start.nth_weekday_of_month(nth, weekday).ok().map(Period::Day),
        None if nth < 0 => Some(Period::around(Unit::Week, month.end)),
        None => Some(Period::around(
            Unit::Week,
            add(month.start, Unit::Day, i32::from(nth) * 7 - 4),
        )),
    };
    found.map_or(base, Resolved::period)
}

/// A time of day belongs to a day; where only a week or month is known the value stays that of the base.
pub(super) fn clock(base: Resolved, time: &str) -> Resolved {
    let day = base.value.len() == 10 || base.value.starts_with("XXXX-WXX-");
    match day {
        true => Resolved {
            value: format!("{}{time}", base.value),
            range: base.range,
        },
        false => base,
    }
}

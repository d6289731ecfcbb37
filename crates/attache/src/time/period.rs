//! Stretches of the calendar and how they are chosen round a date.

use jiff::civil::{Date, Weekday};

use super::holiday::{self, Feast};
use super::words::{Season, Unit};
use crate::date::{DateRange, Precision};

/// A stretch whose place in the calendar is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Period {
    Day(Date),
    Days(Date, Date),
    /// The week of this Monday.
    Week(Date),
    /// The weekend of this Saturday.
    Weekend(Date),
    Month(i16, i8),
    Season(i16, Season),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    /// The ten years from this one.
    Decade(i16),
    /// The hundred years whose numbers begin with this: 19 for the twentieth century.
    Century(i16),
}

impl Period {
    /// The period of this unit that holds `day`; hours and less are taken for their day.
    pub fn around(unit: Unit, day: Date) -> Self {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(add(monday(day), Unit::Day, 5)),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year().div_euclid(10) * 10),
            Unit::Century => Self::Century(day.year().div_euclid(100)),
        }
    }

    /// First and last day, with the precision that the words support.
    pub fn range(self) -> DateRange {
        let (start, end) = self.bounds();
        DateRange {
            start,
            end: end.max(start),
            precision: self.precision(),
        }
    }

    fn bounds(self) -> (Date, Date) {
        match self {
            Self::Day(day) => (day, day),
            Self::Days(first, last) => (first, last),
            Self::Week(monday) => (monday, add(monday, Unit::Day, 6)),
            Self::Weekend(saturday) => (saturday, add(saturday, Unit::Day, 1)),
            Self::Month(year, month) => months(year, month, month),
            Self::Season(year, season) => season_bounds(year, season),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Year(year) => years(year, year),
            Self::Decade(year) => years(year, year.saturating_add(9)),
            Self::Century(century) => years(
                century.saturating_mul(100),
                century.saturating_mul(100).saturating_add(99),
            ),
        }
    }

    fn precision(self) -> Precision {
        match self {
            Self::Day(_) | Self::Days(..) | Self::Weekend(_) => Precision::Day,
            Self::Week(_) | Self::Month(..) => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// TIMEX3 value.
    pub fn value(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Days(first, last) => format!("{first}/{last}"),
            Self::Week(monday) => week_value(monday),
            Self::Weekend(saturday) => format!("{}-WE", week_value(saturday)),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Season(year, season) => format!("{year:04}-{}", season_value(season)),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(century) => format!("{century:02}"),
        }
    }
}

/// A date that comes again every week, month or year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Recurring {
    Weekday(Weekday),
    DayOfMonth(i8),
    MonthDay(i8, i8),
    /// Days of one month.
    MonthDays(i8, i8, i8),
    Month(i8),
    Season(Season),
    Quarter(i8),
    Half(i8),
    /// A holiday that moves from year to year.
    Feast(Feast),
    /// Saturday and Sunday.
    Weekend,
}

/// Which of the recurring dates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pick {
    /// The latest that has begun; the anchor's own counts.
    Past,
    /// The first that has not ended; the anchor's own counts.
    Future,
    /// Whichever of the two is nearer.
    Near,
    /// The latest that is over.
    Last,
    /// The first that has not begun.
    Next,
    /// That of the anchor's week or year.
    This,
}

impl Recurring {
    /// Whether a year's number is all that it lacks.
    pub fn yearly(self) -> bool {
        !matches!(self, Self::Weekday(_) | Self::Weekend | Self::DayOfMonth(_))
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        matches!(
            self,
            Self::Weekday(_) | Self::DayOfMonth(_) | Self::MonthDay(..) | Self::Feast(_)
        )
    }

    /// The one that `pick` means, seen from `anchor`; `None` for days that no year has, such as 31 April.
    pub fn choose(self, anchor: Date, pick: Pick) -> Option<Period> {
        let all = self.candidates(anchor);
        let past = |limit: Date| all.iter().rev().find(|p| p.range().start <= limit).copied();
        let future = || all.iter().find(|p| p.range().end >= anchor).copied();
        match pick {
            Pick::Past => past(self.past_limit(anchor)),
            Pick::Future => future(),
            Pick::Near => nearer(anchor, past(anchor), future()),
            Pick::Last => all.iter().rev().find(|p| p.range().end < anchor).copied(),
            Pick::Next => all.iter().find(|p| p.range().start > anchor).copied(),
            Pick::This => all.iter().find(|p| self.same_cycle(p.range().start, anchor)).copied(),
        }
    }

    /// A dated day may be tomorrow's where the paper is made: the time zones of place and desk differ.
    fn past_limit(self, anchor: Date) -> Date {
        match self {
            Self::MonthDay(..) => add(anchor, Unit::Day, 1),
            _ => anchor,
        }
    }

    fn same_cycle(self, day: Date, anchor: Date) -> bool {
        match self {
            Self::Weekday(_) | Self::Weekend => monday(day) == monday(anchor),
            Self::DayOfMonth(_) => (day.year(), day.month()) == (anchor.year(), anchor.month()),
            _ => day.year() == anchor.year(),
        }
    }

    /// The one in this year.
    pub fn in_year(self, year: i16) -> Option<Period> {
        match self {
            Self::Weekday(_) | Self::Weekend | Self::DayOfMonth(_) => None,
            Self::MonthDay(month, day) => Date::new(year, month, day).ok().map(Period::Day),
            Self::MonthDays(month, first, last) => {
                let (first, last) = (Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?);
                Some(Period::Days(first, last))
            }
            Self::Month(month) => Some(Period::Month(year, month)),
            Self::Season(season) => Some(Period::Season(year, season)),
            Self::Quarter(quarter) => Some(Period::Quarter(year, quarter)),
            Self::Half(half) => Some(Period::Half(year, half)),
            Self::Feast(feast) => holiday::day(feast, year),
        }
    }

    /// In order of time. Eight years each way reach the next 29 February even round 1900.
    fn candidates(self, anchor: Date) -> Vec<Period> {
        match self {
            Self::Weekday(weekday) => (-2..=2)
                .map(|n| weekday_of(weekday, add(anchor, Unit::Week, n)))
                .collect(),
            Self::Weekend => (-2..=2)
                .map(|n| Period::around(Unit::Weekend, add(anchor, Unit::Week, n)))
                .collect(),
            Self::DayOfMonth(day) => (-3..=3)
                .filter_map(|n| day_of_month(day, add(anchor, Unit::Month, n)))
                .collect(),
            _ => (-8..=8)
                .filter_map(|n| self.in_year(anchor.year().saturating_add(n)))
                .collect(),
        }
    }

    /// TIMEX3 value without a year.
    pub fn value(self) -> String {
        match self {
            Self::Weekday(weekday) => format!("XXXX-WXX-{}", weekday.to_monday_one_offset()),
            Self::Weekend => "XXXX-WXX-WE".to_owned(),
            Self::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
            Self::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Self::MonthDays(month, first, last) => format!("XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}"),
            Self::Month(month) => format!("XXXX-{month:02}"),
            Self::Season(season) => format!("XXXX-{}", season_value(season)),
            Self::Quarter(quarter) => format!("XXXX-Q{quarter}"),
            Self::Half(half) => format!("XXXX-H{half}"),
            Self::Feast(_) => "XXXX-XX-XX".to_owned(),
        }
    }
}

fn nearer(anchor: Date, past: Option<Period>, future: Option<Period>) -> Option<Period> {
    let (Some(before), Some(after)) = (past, future) else {
        return past.or(future);
    };
    let back = (anchor - before.range().end).get_days();
    let ahead = (after.range().start - anchor).get_days();
    Some(if ahead < back { after } else { before })
}

/// `day` moved by `count` units; the day itself where the calendar ends (years -9999 and 9999).
pub(super) fn add(day: Date, unit: Unit, count: i32) -> Date {
    let count = i64::from(count);
    let span = jiff::Span::new();
    let moved = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return day,
        Unit::Day => span.try_days(count),
        Unit::Week | Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count * 2),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count * 3),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count * 10),
        Unit::Century => span.try_years(count * 100),
    };
    moved.ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(day)
}

/// The day, or the month or year round it, as a precision has it.
pub(super) fn of_precision(day: Date, precision: Precision) -> Period {
    match precision {
        Precision::Day => Period::Day(day),
        Precision::Month => Period::around(Unit::Month, day),
        Precision::Year | Precision::None => Period::around(Unit::Year, day),
    }
}

fn monday(day: Date) -> Date {
    add(day, Unit::Day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn weekday_of(weekday: Weekday, week: Date) -> Period {
    Period::Day(add(monday(week), Unit::Day, i32::from(weekday.to_monday_zero_offset())))
}

fn day_of_month(day: i8, month: Date) -> Option<Period> {
    Date::new(month.year(), month.month(), day).ok().map(Period::Day)
}

fn months(year: i16, first: i8, last: i8) -> (Date, Date) {
    let start = Date::new(year, first.clamp(1, 12), 1).unwrap_or(Date::MAX);
    let end = Date::new(year, last.clamp(1, 12), 1).unwrap_or(Date::MAX);
    (start, end.last_of_month())
}

fn years(first: i16, last: i16) -> (Date, Date) {
    let start = Date::new(first.clamp(-9999, 9999), 1, 1).unwrap_or(Date::MIN);
    let end = Date::new(last.clamp(-9999, 9999), 12, 31).unwrap_or(Date::MAX);
    (start, end)
}

/// Meteorological seasons of the northern half of the world; winter counts to the year in which it begins.
fn season_bounds(year: i16, season: Season) -> (Date, Date) {
    match season {
        Season::Spring => months(year, 3, 5),
        Season::Summer => months(year, 6, 8),
        Season::Autumn => months(year, 9, 11),
        Season::Winter => {
            let (start, _) = months(year, 12, 12);
            (start, months(year.saturating_add(1), 2, 2).1)
        }
    }
}

pub(super) fn season_value(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

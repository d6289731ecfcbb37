//! Days, months and years as text gives them.

use jiff::civil::Date;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month (or a few weeks).
    Month,
    /// To the year (or a few years).
    Year,
    /// Not known; the record's date is that of the document.
    None,
}

/// An inclusive range of days with the precision that the words support: "November 2" is one day, "in 2014" a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// First day.
    pub start: Date,
    /// Last day, never before `start`.
    pub end: Date,
    /// Precision of the words.
    pub precision: Precision,
}

impl DateRange {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self {
            start: date,
            end: date,
            precision: Precision::Day,
        }
    }

    /// A whole month; `None` outside jiff's years -9999 to 9999 or months 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Self {
            start,
            end: start.last_of_month(),
            precision: Precision::Month,
        })
    }

    /// A whole year; `None` outside -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        let start = Date::new(year, 1, 1).ok()?;
        Some(Self {
            start,
            end: start.last_of_year(),
            precision: Precision::Year,
        })
    }
}

//! The slots of a record beyond its type: does each agree with the gold?

use serde::{Deserialize, Serialize};

use super::{fold, squeeze};
use crate::date::Precision;
use crate::event::{Actor, Event};

/// A part of the record that is measured on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Slot {
    Type,
    Mode,
    Actor,
    Recipient,
    Status,
    Date,
    Place,
    Speaker,
}

impl Slot {
    /// All of them, in the order of the report.
    pub const ALL: [Slot; 8] = [
        Slot::Type,
        Slot::Mode,
        Slot::Actor,
        Slot::Recipient,
        Slot::Status,
        Slot::Date,
        Slot::Place,
        Slot::Speaker,
    ];

    /// `type`, `mode`, ….
    pub fn name(self) -> &'static str {
        match self {
            Slot::Type => "type",
            Slot::Mode => "mode",
            Slot::Actor => "actor",
            Slot::Recipient => "recipient",
            Slot::Status => "status",
            Slot::Date => "date",
            Slot::Place => "place",
            Slot::Speaker => "speaker",
        }
    }
}

/// What the gold says about a slot. In JSON null or left out is `Open`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Option<T>", into = "Option<T>")]
#[serde(bound(serialize = "T: Clone + Serialize", deserialize = "T: Deserialize<'de>"))]
pub enum Told<T> {
    /// It does not say; anything goes.
    #[default]
    Open,
    /// The text has nothing to fill it with.
    Nothing,
    /// This.
    Given(T),
}

impl<T> From<Option<T>> for Told<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Told::Open, Told::Given)
    }
}

impl<T> From<Told<T>> for Option<T> {
    fn from(told: Told<T>) -> Self {
        match told {
            Told::Given(value) => Some(value),
            Told::Open | Told::Nothing => None,
        }
    }
}

impl<T> Told<T> {
    /// `Given`, or `Nothing` where there is none.
    pub fn or_nothing(value: Option<T>) -> Self {
        value.map_or(Told::Nothing, Told::Given)
    }

    /// Whether it agrees: `given` judges a value, `nothing` an empty slot. `None` where anything goes.
    pub(super) fn agrees(&self, given: impl Fn(&T) -> bool, nothing: impl Fn() -> bool) -> Option<bool> {
        match self {
            Told::Open => None,
            Told::Nothing => Some(nothing()),
            Told::Given(value) => Some(given(value)),
        }
    }

    /// Whether there is a value.
    pub fn is_given(&self) -> bool {
        matches!(self, Told::Given(_))
    }
}

/// Whether the record has exactly this date: a day, month or year, or two of them joined by `..`. A month or a year in the
/// record is not exact enough for a day; what falls back on the publication date is no date of the text.
pub(super) fn date_is(expected: &str, event: &Event) -> bool {
    let (first, last) = expected.split_once("..").unwrap_or((expected, expected));
    let Some(start) = event.date.as_deref() else {
        return false;
    };
    let end = event.enddate.as_deref().unwrap_or(start);
    let vague = match event.date_precision {
        Precision::None => return false,
        Precision::Day => 10,
        Precision::Month => 7,
        Precision::Year => 4,
    };
    let exact_enough = first != last || first.len() <= vague;
    let agrees = |day: &str, wanted: &str| day.get(..wanted.len()) == Some(wanted);
    exact_enough && agrees(start, first) && agrees(end, last)
}

/// Whether the record's day, or the interval from `date` to `enddate`, contains the expected date at its precision.
pub(super) fn date_agrees(expected: &str, event: &Event) -> bool {
    let Some(start) = event.date.as_deref() else {
        return false;
    };
    if expected.len() > 7 && matches!(event.date_precision, Precision::Month | Precision::Year) {
        return false;
    }
    let end = event.enddate.as_deref().unwrap_or(start);
    let cut = |day: &str| day.get(..expected.len()).unwrap_or(day).to_owned();
    *cut(start) <= *expected && *expected <= *cut(end)
}

/// Whether the record happened there: either name of its place is the expected, or has it or is had by it as whole words.
pub(super) fn place_is(expected: &str, event: &Event) -> bool {
    let Some(place) = &event.event_loc else { return false };
    let words = |name: &str| format!(" {} ", fold(&squeeze(name)));
    let names = std::iter::once(&place.extracted_place).chain(&place.resolved_place);
    let wanted = words(expected);
    names
        .map(|name| words(name))
        .any(|name| name.contains(&wanted) || wanted.contains(&name) && !name.trim().is_empty())
}

/// Whether somebody with this code says so; `?` for somebody without a code.
pub(super) fn said_by_code(code: &str, event: &Event) -> bool {
    let speakers = || event.attribution.iter().map(|a| a.speaker.code.as_deref());
    match code {
        "?" => speakers().any(|speaker| speaker.is_none()),
        code => speakers().any(|speaker| speaker == Some(code)),
    }
}

/// Whether somebody with this family name says so.
pub(super) fn said_by_name(name: &str, event: &Event) -> bool {
    let family = fold(name.split_whitespace().next_back().unwrap_or(name));
    let names = |actor: &Actor| {
        let names = std::iter::once(&actor.entity_text).chain(&actor.identifier_text);
        names.map(|name| fold(name)).any(|name| name.contains(&family))
    };
    event.attribution.iter().any(|attribution| names(&attribution.speaker))
}

/// Whether the narrator says so, or only the record's own actors.
pub(super) fn said_by_nobody(event: &Event) -> bool {
    let own = |speaker: &Actor| speaker.code.is_some() && event.actor.iter().any(|a| a.code == speaker.code);
    event.attribution.iter().all(|attribution| own(&attribution.speaker))
}

//! Expressions that bound a stretch of time: "since 2019", "from 1979 to 1989", "between May and June".

use super::meaning::Meaning;
use super::period::Period;
use super::token::Tokens;
use super::{TimeExpression, TimeKind};
use crate::date::DateRange;

/// Sets the open ends and the intervals. `places` are the token ranges of `found`.
pub(super) fn link(tokens: &Tokens, places: &[(usize, usize)], found: &mut [TimeExpression]) {
    for k in 0..found.len() {
        let before = tokens.before(places[k].0);
        let dated = matches!(found[k].kind, TimeKind::Date | TimeKind::Time);
        let joined = k > 0 && found[k - 1].interval.is_some();
        found[k].open_end = dated && (matches!(before, "since" | "after" | "following") || from_on(tokens, places[k]));
        found[k].open_start = dated && !joined && matches!(before, "until" | "till" | "before");
        if dated && k + 1 < found.len() && bounds(tokens, places[k], places[k + 1]) {
            let (left, right) = found.split_at_mut(k + 1);
            join(&mut left[k], &mut right[0]);
        }
    }
}

/// "from Monday on": no end is told.
fn from_on(tokens: &Tokens, (start, end): (usize, usize)) -> bool {
    let word = tokens.word(end);
    tokens.before(start) == "from" && matches!(word, "on" | "onward" | "onwards")
}

fn bounds(tokens: &Tokens, (start, end): (usize, usize), next: (usize, usize)) -> bool {
    // "from January to the end of March": the article belongs to the expression.
    let between = next.0 == end + 1;
    between
        && match (tokens.before(start), tokens.word(end)) {
            ("from", "to" | "until" | "till" | "through" | "-") | ("between", "and") => true,
            (_, "-" | "through") => true,
            (_, "to") => tokens.before(start) == "(",
            _ => false,
        }
}

/// The first takes the second's year where it has none: "from March to May 2014".
fn join(first: &mut TimeExpression, second: &mut TimeExpression) {
    if let (Meaning::Recurring(recurring, None), Meaning::Fixed(last)) = (&first.meaning, &second.meaning)
        && let Some(year) = year_of(*last)
        && let Some(period) = recurring.in_year(year)
    {
        first.value = period.value();
        first.range = Some(period.range());
        first.relative = false;
        first.meaning = Meaning::Fixed(period);
    }
    let (Some(start), Some(end)) = (first.range, second.range) else {
        return;
    };
    if start.start > end.end {
        return;
    }
    let whole = DateRange {
        start: start.start,
        end: end.end,
        precision: start.precision.max(end.precision),
    };
    first.interval = Some(whole);
    second.interval = Some(whole);
}

fn year_of(period: Period) -> Option<i16> {
    match period {
        Period::Day(day) | Period::Days(day, _) => Some(day.year()),
        Period::Month(year, _) | Period::Season(year, _) | Period::Quarter(year, _) | Period::Half(year, _) => {
            Some(year)
        }
        _ => None,
    }
}

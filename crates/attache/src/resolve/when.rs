//! When an event happened: the time expression that belongs to its clause.

use attache_parse::{Sentence, Span, Upos};

use super::{reckon, scope};
use crate::date::{DateRange, Precision};
use crate::event::Status;
use crate::time::{Direction, TimeExpression};

/// A time expression with the tokens that it covers.
#[derive(Debug, Clone)]
pub struct Timed {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Head token of the expression.
    pub head: usize,
    /// The expression.
    pub time: TimeExpression,
}

/// The date of an event and the words that gave it, as bytes of the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The days.
    pub range: DateRange,
    /// The words.
    pub words: Span,
}

/// What the dates of an event depend on beside its tree.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Token that carries the event's tense.
    pub anchor: usize,
    /// Token that names the event.
    pub trigger: usize,
    /// Tokens that express it.
    pub words: &'a [usize],
    /// Whether it happened.
    pub status: Status,
}

/// Ties expressions to tokens.
pub fn on_tokens(tree: &Sentence, times: Vec<TimeExpression>) -> Vec<Timed> {
    times.into_iter().filter_map(|time| on_token(tree, time)).collect()
}

fn on_token(tree: &Sentence, time: TimeExpression) -> Option<Timed> {
    let inside: Vec<usize> = (0..tree.tokens.len())
        .filter(|t| tree.tokens[*t].span.overlaps(time.span))
        .collect();
    let first = *inside.first()?;
    let head = tree.head_among(|t| tree.tokens[t].span.overlaps(time.span))?;
    Some(Timed {
        first,
        end: inside.last()? + 1,
        head,
        time,
    })
}

/// The dates of an event told by its clause: several where the text coordinates them ("in 2000 and 2014").
pub fn dates(tree: &Sentence, timed: &[Timed], asked: Asked, published: Option<DateRange>) -> Vec<When> {
    if let Some(when) = reckon::reckoned(tree, timed, asked, published) {
        return vec![when];
    }
    let planned = asked.status == Status::Planned;
    let direction = if planned { Direction::Future } else { Direction::Past };
    let over = matches!(asked.status, Status::Occurred | Status::Background);
    let resolve = |t: &Timed| match t.time.range {
        Some(range) if !t.time.relative || t.time.anaphoric => Some(range),
        // What happened did not happen after the report of it.
        Some(range) if over && published.is_some_and(|p| range.start > p.end) => t.time.resolve(published, direction),
        Some(range) if !planned => Some(range),
        _ => t.time.resolve(published, direction),
    };
    let dated = timed.iter().filter(|t| t.time.is_dated() && !t.time.open_start);
    let mut best: Vec<(usize, &Timed)> = dated
        .filter_map(|t| Some((scope::distance(tree, t, asked)?, t)))
        .collect();
    best.sort_by_key(|(d, t)| (*d, t.first));
    let Some((nearest, first)) = best.first().copied() else {
        return Vec::new();
    };
    let Some(range) = resolve(first) else { return Vec::new() };
    if let Some(interval) = first.time.interval {
        let bounds = timed.iter().filter(|t| t.time.interval == Some(interval));
        let words = bounds.map(|t| t.time.span).reduce(Span::cover);
        return vec![When {
            range: interval,
            words: words.unwrap_or(first.time.span),
        }];
    }
    let beside = best
        .iter()
        .skip(1)
        .filter(|(d, o)| *d <= nearest + 1 && coordinated(tree, first.head, o.head));
    let told = std::iter::once((range, first)).chain(beside.filter_map(|(_, other)| Some((resolve(other)?, *other))));
    told.map(|(range, t)| When {
        range,
        words: t.time.span,
    })
    .map(|when| reckon::lasting(tree, timed, asked, when))
    .collect()
}

fn coordinated(tree: &Sentence, a: usize, b: usize) -> bool {
    tree.tokens[b].rel() == "conj" && (tree.tokens[b].head == Some(a))
        || tree.tokens[a].rel() == "conj" && (tree.tokens[a].head == Some(b))
}

/// The day that the main clause of a sentence tells, if it lies at most `reach` days before the publication: the day of the
/// story, which a report that goes on in the past tense keeps to.
pub fn story_day(tree: &Sentence, timed: &[Timed], published: Option<DateRange>, reach: i32) -> Option<When> {
    let root = tree.root()?;
    let asked = Asked {
        anchor: root,
        trigger: root,
        words: &[],
        status: Status::Occurred,
    };
    let day = dates(tree, timed, asked, published).into_iter().next()?;
    lies_within(&day, published, reach).then_some(day)
}

/// Whether a date is one day, at most `reach` days before a publication known to the day.
pub fn lies_within(when: &When, published: Option<DateRange>, reach: i32) -> bool {
    let Some(published) = published.filter(|p| p.precision == Precision::Day) else {
        return false;
    };
    let back = (published.start - when.range.start).get_days();
    when.range.precision == Precision::Day && (0..=reach).contains(&back)
}

/// Whether a clause goes on with the story: in the simple past, and neither reported speech nor a clause about something
/// else ("who had …", "after …").
pub fn goes_on(tree: &Sentence, anchor: usize) -> bool {
    let t = &tree.tokens[anchor];
    let helpers: Vec<usize> = tree
        .children(anchor)
        .filter(|c| tree.tokens[*c].rel() == "aux")
        .collect();
    let past = |i: usize| tree.tokens[i].feats.has("Tense", "Past") && tree.tokens[i].feats.has("VerbForm", "Fin");
    let passive = helpers.len() == 1 && past(helpers[0]) && tree.tokens[helpers[0]].lemma.eq_ignore_ascii_case("be");
    let simple = t.upos == Upos::Verb && (helpers.is_empty() && past(anchor) || passive);
    let mut at = anchor;
    while simple && let Some(head) = tree.tokens[at].head {
        if !matches!(tree.tokens[at].rel(), "conj" | "parataxis") {
            return false;
        }
        at = head;
    }
    simple
}

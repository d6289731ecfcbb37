//! When an event happened: the time expression that belongs to its clause.

use attache_parse::{Sentence, Upos};

use crate::date::DateRange;
use crate::time::{Direction, TimeExpression};

/// A time expression with the tokens that it covers.
#[derive(Debug, Clone)]
pub struct Timed {
    /// First token.
    pub first: usize,
    /// Head token of the expression.
    pub head: usize,
    /// The expression.
    pub time: TimeExpression,
}

/// Ties expressions to tokens; `shift` is the byte where the parsed text starts in the document.
pub fn on_tokens(tree: &Sentence, times: Vec<TimeExpression>) -> Vec<Timed> {
    times
        .into_iter()
        .filter_map(|time| {
            let inside: Vec<usize> = (0..tree.tokens.len())
                .filter(|t| tree.tokens[*t].span.overlaps(time.span))
                .collect();
            let first = *inside.first()?;
            let head = inside
                .iter()
                .copied()
                .find(|t| tree.tokens[*t].head.is_none_or(|h| !inside.contains(&h)))?;
            Some(Timed { first, head, time })
        })
        .collect()
}

/// The dates of an event told by its clause: several where the text coordinates them ("in 2000 and 2014"). `last_day` is
/// the day told of before, which "the same day" counts from.
pub fn dates(
    tree: &Sentence,
    timed: &[Timed],
    anchor: usize,
    trigger: usize,
    planned: bool,
    published: Option<DateRange>,
    last_day: Option<DateRange>,
) -> Vec<DateRange> {
    let direction = if planned { Direction::Future } else { Direction::Past };
    let resolve = |t: &Timed| match t.time.range {
        _ if t.time.anaphoric && last_day.is_some() => t.time.resolve(last_day, direction),
        Some(range) if !t.time.relative || !planned => Some(range),
        _ => t.time.resolve(published, direction),
    };
    let dated = timed.iter().filter(|t| t.time.is_dated() && !t.time.open_start);
    let mut best: Vec<(usize, &Timed)> = dated
        .filter_map(|t| Some((distance(tree, t.head, anchor, trigger)?, t)))
        .collect();
    best.sort_by_key(|(d, t)| (*d, t.first));
    let Some((nearest, first)) = best.first().copied() else {
        return Vec::new();
    };
    let Some(range) = resolve(first) else { return Vec::new() };
    if let Some(interval) = first.time.interval {
        return vec![interval];
    }
    let beside = best
        .iter()
        .skip(1)
        .filter(|(d, o)| *d <= nearest + 1 && coordinated(tree, first.head, o.head));
    std::iter::once(range)
        .chain(beside.filter_map(|(_, other)| resolve(other)))
        .collect()
}

fn coordinated(tree: &Sentence, a: usize, b: usize) -> bool {
    tree.tokens[b].rel() == "conj" && (tree.tokens[b].head == Some(a))
        || tree.tokens[a].rel() == "conj" && (tree.tokens[a].head == Some(b))
}

/// Steps up from a time expression to the event; `None` where it belongs to another clause.
fn distance(tree: &Sentence, from: usize, anchor: usize, trigger: usize) -> Option<usize> {
    let mut at = from;
    for steps in 0..10 {
        if at == trigger || at == anchor {
            return Some(steps);
        }
        let t = &tree.tokens[at];
        // Out of a noun set beside others: the time of another event ("the talks and the visit on Monday").
        if steps > 0 && t.rel() == "conj" && t.upos == Upos::Noun {
            return None;
        }
        // Out of a clause of its own: the time of another verb.
        if steps > 0 && t.upos == Upos::Verb && !matches!(t.rel(), "xcomp" | "conj") {
            // A time on the main verb also holds for what hangs below it as participle or infinitive.
            return below(tree, anchor, at).map(|n| steps + 3 + n);
        }
        at = t.head?;
    }
    None
}

/// Whether `token` hangs below `top`, and how far.
fn below(tree: &Sentence, token: usize, top: usize) -> Option<usize> {
    let mut at = token;
    for steps in 0..8 {
        if at == top {
            return Some(steps);
        }
        let t = &tree.tokens[at];
        if t.deprel == "acl:relcl" || matches!(t.rel(), "ccomp" | "parataxis") {
            return None;
        }
        at = t.head?;
    }
    None
}

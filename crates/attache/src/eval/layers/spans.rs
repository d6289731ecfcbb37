//! Spans against spans.

use super::{EntitySpan, LayerScore, Ratio};
use crate::annotate::Range;

/// Code points that two ranges share.
pub(super) fn overlap(one: Range, other: Range) -> usize {
    one[1].min(other[1]).saturating_sub(one[0].max(other[0]))
}

/// One-to-one pairs (gold, predicted) of overlapping spans: equal ones first, then those that share most.
pub(super) fn align(gold: &[Range], predicted: &[Range]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (p, other) in predicted.iter().enumerate() {
            let shared = overlap(*one, *other);
            if shared > 0 {
                all.push((one == other, shared, g, p));
            }
        }
    }
    all.sort_by(|one, other| {
        (other.0, other.1)
            .cmp(&(one.0, one.1))
            .then((one.2, one.3).cmp(&(other.2, other.3)))
    });
    pick(all.into_iter().map(|(_, _, g, p)| (g, p)))
}

/// Of candidate pairs, best first, those whose sides are both still free.
pub(super) fn pick(candidates: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (g, p) in candidates {
        if !pairs.iter().any(|(one, other)| *one == g || *other == p) {
            pairs.push((g, p));
        }
    }
    pairs
}

/// Ratio by the name of what they count.
type Rows = Vec<(&'static str, Ratio)>;

/// The rows of exact and overlapping spans, and the overlapping pairs.
pub(super) fn rows(gold: &[Range], predicted: &[Range]) -> (Rows, Vec<(usize, usize)>) {
    let pairs = align(gold, predicted);
    let exact = pairs.iter().filter(|(g, p)| gold[*g] == predicted[*p]).count();
    let of = |matched| Ratio::spans(matched, predicted.len(), gold.len());
    (
        vec![("span, exact", of(exact)), ("span, overlapping", of(pairs.len()))],
        pairs,
    )
}

/// Actors: spans, and of the overlapping ones kind and code.
pub(super) fn entities(gold: &[EntitySpan], predicted: &[EntitySpan]) -> LayerScore {
    let ranges = |spans: &[EntitySpan]| spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>();
    let (rows, pairs) = rows(&ranges(gold), &ranges(predicted));
    let share = |part: fn(&EntitySpan) -> &Option<String>| {
        let told: Vec<_> = pairs.iter().filter(|(g, _)| part(&gold[*g]).is_some()).collect();
        let right = told
            .iter()
            .filter(|(g, p)| part(&gold[*g]) == part(&predicted[*p]))
            .count();
        Ratio::share(right, told.len())
    };
    LayerScore {
        rows,
        shares: vec![("kind", share(|span| &span.kind)), ("code", share(|span| &span.code))],
        kilometres: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_spans_come_first() {
        // The long gold span overlaps both, but the short one is equal to its own.
        assert_eq!(align(&[[0, 10], [4, 6]], &[[4, 6], [8, 12]]), [(1, 0), (0, 1)]);
        assert_eq!(align(&[[0, 2]], &[[2, 4]]), []);
    }
}

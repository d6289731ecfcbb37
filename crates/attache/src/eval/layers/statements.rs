//! Statements: who says what with which words.

use std::collections::BTreeSet;

use super::{LayerScore, Ratio, StatementSpans, spans};
use crate::annotate::Range;

/// The three parts of a statement.
type Part = (&'static str, &'static str, fn(&StatementSpans) -> &Vec<Range>);

const PARTS: [Part; 3] = [
    ("speaker, exact", "speaker, words", |s| &s.speaker),
    ("cue, exact", "cue, words", |s| &s.cue),
    ("content, exact", "content, words", |s| &s.content),
];

/// Numbers of the words that pieces of text cover. Quotation marks and stops are no words, so they make no difference.
type Words = BTreeSet<usize>;

pub(super) fn score(text: &str, gold: &[StatementSpans], predicted: &[StatementSpans]) -> LayerScore {
    let words = words_of(text);
    let mut rows = Vec::new();
    for (exact, by_words, part) in PARTS {
        let covered = |all: &[StatementSpans]| -> Vec<Words> {
            let parts = all.iter().map(|statement| cover(&words, part(statement)));
            parts.filter(|words| !words.is_empty()).collect()
        };
        let (gold, predicted) = (covered(gold), covered(predicted));
        rows.push((exact, equal(&gold, &predicted)));
        let (all_gold, all_predicted) = (union(&gold), union(&predicted));
        let shared = all_gold.intersection(&all_predicted).count();
        rows.push((by_words, Ratio::spans(shared, all_predicted.len(), all_gold.len())));
    }
    let pairs = whole(&words, gold, predicted);
    rows.push((
        "whole: all three overlap",
        Ratio::spans(pairs.len(), predicted.len(), gold.len()),
    ));
    let told = pairs.iter().filter(|(g, _)| !gold[*g].kind.is_empty());
    let right = told.clone().filter(|(g, p)| gold[*g].kind == predicted[*p].kind);
    LayerScore {
        rows,
        shares: vec![("kind of whole ones", Ratio::share(right.count(), told.count()))],
        kilometres: Vec::new(),
    }
}

/// Code points of the words of a text: runs of letters and digits.
fn words_of(text: &str) -> Vec<Range> {
    let mut words: Vec<Range> = Vec::new();
    let mut inside = false;
    for (at, c) in text.chars().enumerate() {
        let letter = c.is_alphanumeric();
        match words.last_mut() {
            Some(word) if letter && inside => word[1] = at + 1,
            _ if letter => words.push([at, at + 1]),
            _ => {}
        }
        inside = letter;
    }
    words
}

fn cover(words: &[Range], pieces: &[Range]) -> Words {
    let covered = |word: &Range| pieces.iter().any(|piece| spans::overlap(*word, *piece) > 0);
    let numbered = words.iter().enumerate().filter(|(_, word)| covered(word));
    numbered.map(|(at, _)| at).collect()
}

/// Equal ones, each counted once.
fn equal(gold: &[Words], predicted: &[Words]) -> Ratio {
    let mut left: Vec<&Words> = predicted.iter().collect();
    let mut matched = 0;
    for words in gold {
        if let Some(at) = left.iter().position(|other| *other == words) {
            left.swap_remove(at);
            matched += 1;
        }
    }
    Ratio::spans(matched, predicted.len(), gold.len())
}

fn union(all: &[Words]) -> Words {
    all.iter().flatten().copied().collect()
}

/// One-to-one pairs (gold, predicted) in which every part that the gold has overlaps.
fn whole(words: &[Range], gold: &[StatementSpans], predicted: &[StatementSpans]) -> Vec<(usize, usize)> {
    let parts = |all: &[StatementSpans]| -> Vec<[Words; 3]> {
        let three = |statement| PARTS.map(|(_, _, part)| cover(words, part(statement)));
        all.iter().map(three).collect()
    };
    let (golds, predictions) = (parts(gold), parts(predicted));
    let mut candidates = Vec::new();
    for (g, one) in golds.iter().enumerate() {
        for (p, other) in predictions.iter().enumerate() {
            let shared: Vec<usize> = one.iter().zip(other).map(|(a, b)| a.intersection(b).count()).collect();
            let all = one
                .iter()
                .zip(&shared)
                .all(|(part, shared)| part.is_empty() || *shared > 0);
            if all && shared.iter().sum::<usize>() > 0 {
                // Statements may stand in one another: what differs counts against a pair.
                let differs: usize = one
                    .iter()
                    .zip(other)
                    .map(|(a, b)| a.symmetric_difference(b).count())
                    .sum();
                candidates.push((differs, g, p));
            }
        }
    }
    candidates.sort_unstable();
    spans::pick(candidates.into_iter().map(|(_, g, p)| (g, p)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(speaker: Range, cue: Range, content: Range) -> StatementSpans {
        StatementSpans {
            speaker: vec![speaker],
            cue: vec![cue],
            content: vec![content],
            kind: "indirect".into(),
        }
    }

    // Words start at 0, 4, 10, 15, 20 and 25.
    const TEXT: &str = "The envoy said “they may leave”.";

    #[test]
    fn words_are_counted_by_code_points() {
        assert_eq!(words_of(TEXT), [[0, 3], [4, 9], [10, 14], [16, 20], [21, 24], [25, 30]]);
    }

    #[test]
    fn quotation_marks_make_no_difference() {
        let gold = [statement([0, 9], [10, 14], [15, 31])];
        let found = [statement([0, 9], [10, 14], [16, 30])];
        let score = score(TEXT, &gold, &found);
        assert!(
            score.rows.iter().all(|(_, sums)| sums.figures() == [1.0; 3]),
            "{score:?}"
        );
    }

    #[test]
    fn parts_are_scored_apart_and_together() {
        let gold = [statement([0, 9], [10, 14], [15, 31])];
        // "envoy", "said", "leave"; and a second one that is nothing.
        let found = [
            statement([4, 9], [10, 14], [25, 30]),
            statement([16, 20], [21, 24], [25, 30]),
        ];
        let score = score(TEXT, &gold, &found);
        let row = |name: &str| {
            let found = score.rows.iter().find(|(row, _)| *row == name);
            found
                .expect("a row")
                .1
                .figures()
                .map(|figure| (figure * 1e9).round() / 1e9)
        };
        let third = |n: f64| (n / 3.0 * 1e9).round() / 1e9;
        assert_eq!(row("speaker, exact"), [0.0, 0.0, 0.0]);
        // Predicted "envoy", "they"; gold "The", "envoy".
        assert_eq!(row("speaker, words"), [0.5, 0.5, 0.5]);
        assert_eq!(row("cue, exact"), [0.5, 1.0, third(2.0)]);
        // Both predict "leave" only, of three words.
        assert_eq!(row("content, words"), [1.0, third(1.0), 0.5]);
        assert_eq!(row("whole: all three overlap"), [0.5, 1.0, third(2.0)]);
        assert_eq!((score.shares[0].1.right, score.shares[0].1.gold), (1.0, 1.0));
    }

    #[test]
    fn a_turn_of_a_transcript_needs_no_cue() {
        let mut gold = statement([0, 9], [10, 14], [15, 31]);
        gold.cue.clear();
        let found = [statement([0, 9], [10, 14], [15, 31])];
        let score = score(TEXT, &[gold], &found);
        assert_eq!(score.rows.last().expect("the whole").1.figures()[2], 1.0);
    }
}

//! Chains of mentions, by the measures of the CoNLL shared tasks and by LEA.

use std::collections::BTreeSet;

use super::{Figures, LayerScore, Ratio};
use crate::annotate::Range;
use crate::eval::chains::ChainScore;

type Chain = BTreeSet<Range>;

pub(super) fn score(gold: &[Vec<Range>], predicted: &[Vec<Range>]) -> LayerScore {
    let mut measures = ChainScore::default();
    measures.add(gold, predicted);
    let (gold, predicted) = (chains(gold), chains(predicted));
    let ((found, all), (right, all_predicted)) = (lea(&gold, &predicted), lea(&predicted, &gold));
    let lea = Ratio {
        right,
        predicted: all_predicted,
        recalled: found,
        gold: all,
    };
    LayerScore {
        rows: vec![
            ("mentions, exact", measures.mentions),
            ("MUC", measures.muc),
            ("B³", measures.b_cubed),
            ("CEAF-φ4", measures.ceaf),
            ("LEA", lea),
        ],
        ..LayerScore::default()
    }
}

/// The mean of the F1s of MUC, B³ and CEAF-φ4.
pub(super) fn conll(figures: &Figures) -> f64 {
    let of = |wanted: &str| {
        figures
            .iter()
            .find(|(name, ..)| *name == wanted)
            .map_or(f64::NAN, |row| row.2[2])
    };
    (of("MUC") + of("B³") + of("CEAF-φ4")) / 3.0
}

/// Chains as sets; a mention belongs to the first chain that has it, and chains of one mention go.
fn chains(lists: &[Vec<Range>]) -> Vec<Chain> {
    let mut seen = Chain::new();
    let chain = |list: &Vec<Range>| list.iter().copied().filter(|mention| seen.insert(*mention)).collect();
    let mut all: Vec<Chain> = lists.iter().map(chain).collect();
    all.retain(|chain| chain.len() > 1);
    all
}

fn shared(one: &Chain, other: &Chain) -> usize {
    one.intersection(other).count()
}

/// For each chain the share of its links that is kept, weighed by its size.
fn lea(chains: &[Chain], others: &[Chain]) -> (f64, f64) {
    let links = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let kept = |chain: &Chain| {
        let kept = others
            .iter()
            .map(|other| shared(chain, other))
            .filter(|n| *n > 0)
            .map(links);
        chain.len() as f64 * kept.fold(0.0, |sum, links| sum + links) / links(chain.len())
    };
    let all: usize = chains.iter().map(BTreeSet::len).sum();
    (chains.iter().map(kept).fold(0.0, |sum, kept| sum + kept), all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains_of(lists: &[&[usize]]) -> Vec<Vec<Range>> {
        let mention = |at: &usize| [10 * at, 10 * at + 5];
        lists.iter().map(|list| list.iter().map(mention).collect()).collect()
    }

    fn near(one: [f64; 3], other: [f64; 3]) {
        for (one, other) in one.iter().zip(other) {
            assert!((one - other).abs() < 1e-9, "{one} is not {other}");
        }
    }

    /// The example of Pradhan et al. (2014): key {a, b, c}, {d, e, f, g}; response {a, b}, {c, d}, {f, g, h, i}.
    #[test]
    fn the_example_of_the_scorer_comes_out() {
        let gold = chains_of(&[&[0, 1, 2], &[3, 4, 5, 6]]);
        let found = chains_of(&[&[0, 1], &[2, 3], &[5, 6, 7, 8]]);
        let rows = score(&gold, &found).rows;
        let row = |at: usize| rows[at].1.figures();
        near(row(0), [6.0 / 8.0, 6.0 / 7.0, 0.8]);
        near(row(1), [0.4, 0.4, 0.4]);
        // Recall: a, b 2/3 each, c 1/3; d 1/4, e 0, f, g 2/4 each. Precision: a, b 1; c, d 1/2; f, g 1/2; h, i 0.
        let (precision, recall) = (4.0 / 8.0, (5.0 / 3.0 + 1.25) / 7.0);
        near(
            row(2),
            [precision, recall, 2.0 * precision * recall / (precision + recall)],
        );
        // {a, b, c} with {a, b}: 4/5; {d, e, f, g} with {f, g, h, i}: 4/8.
        let (precision, recall) = (1.3 / 3.0, 1.3 / 2.0);
        near(
            row(3),
            [precision, recall, 2.0 * precision * recall / (precision + recall)],
        );
        // Links kept: 1 of 3 (size 3), 1 of 6 (size 4); of the response 1 of 1 (size 2), 0 of 1 (2), 1 of 6 (4).
        let (precision, recall) = ((2.0 + 4.0 / 6.0) / 8.0, (1.0 + 4.0 / 6.0) / 7.0);
        near(
            row(4),
            [precision, recall, 2.0 * precision * recall / (precision + recall)],
        );
    }

    #[test]
    fn perfect_chains_score_one_and_chains_of_one_do_not_count() {
        let gold = chains_of(&[&[0, 1, 2], &[3, 4]]);
        let found = chains_of(&[&[3, 4], &[2, 1, 0], &[7]]);
        for (name, sums) in score(&gold, &found).rows {
            assert_eq!(sums.figures(), [1.0; 3], "{name}");
        }
    }

    #[test]
    fn nothing_found_has_no_precision_and_no_recall() {
        let gold = chains_of(&[&[0, 1, 2]]);
        for (name, sums) in score(&gold, &[]).rows {
            let [precision, recall, f1] = sums.figures();
            assert!(precision.is_nan() && recall == 0.0 && f1 == 0.0, "{name}");
        }
    }
}

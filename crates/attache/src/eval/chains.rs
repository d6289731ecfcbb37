//! Scores chains of mentions: MUC, B³, CEAF with φ4, and their mean as in the CoNLL tasks.
//!
//! A mention is anything that compares equal in both sets, a span as a rule. Chains of one mention are left out on both sides.
//! Counts of several documents are added up before precision and recall are taken.

use std::collections::BTreeMap;

/// Numerators and denominators of one measure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ratio {
    /// What counts as right, seen from the gold chains.
    pub recalled: f64,
    /// All that the gold chains ask for.
    pub gold: f64,
    /// What counts as right, seen from the predicted chains.
    pub right: f64,
    /// All that the predicted chains hold.
    pub predicted: f64,
}

impl Ratio {
    /// Counts that are the same seen from either side.
    pub(super) fn spans(matched: usize, predicted: usize, gold: usize) -> Self {
        Self {
            recalled: matched as f64,
            gold: gold as f64,
            right: matched as f64,
            predicted: predicted as f64,
        }
    }

    /// So many right of all.
    pub(super) fn share(right: usize, of: usize) -> Self {
        Self::spans(right, of, of)
    }

    /// Precision, recall and F1, 0 to 1; 0 where nothing is predicted or asked for.
    pub fn scores(&self) -> (f64, f64, f64) {
        let [p, r, f1] = self.figures().map(|figure| if figure.is_nan() { 0.0 } else { figure });
        (p, r, f1)
    }

    /// Precision, recall, F1; NaN where there is nothing to divide by.
    pub(super) fn figures(self) -> [f64; 3] {
        let (precision, recall) = (self.right / self.predicted, self.recalled / self.gold);
        let (p, r) = (
            if precision.is_nan() { 0.0 } else { precision },
            if recall.is_nan() { 0.0 } else { recall },
        );
        let f1 = match (self.predicted + self.gold > 0.0, p + r > 0.0) {
            (false, _) => f64::NAN,
            (true, false) => 0.0,
            (true, true) => 2.0 * p * r / (p + r),
        };
        [precision, recall, f1]
    }

    pub(super) fn add(&mut self, other: Ratio) {
        self.recalled += other.recalled;
        self.gold += other.gold;
        self.right += other.right;
        self.predicted += other.predicted;
    }
}

/// The three measures, and how well mentions were found.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ChainScore {
    /// Links between mentions.
    pub muc: Ratio,
    /// Mentions, each by the chain that it stands in.
    pub b_cubed: Ratio,
    /// Chains, aligned one to one.
    pub ceaf: Ratio,
    /// Mentions in any chain.
    pub mentions: Ratio,
}

impl ChainScore {
    /// Adds the chains of one document.
    pub fn add<M: Ord + Clone>(&mut self, gold: &[Vec<M>], predicted: &[Vec<M>]) {
        let (gold, predicted) = (chains(gold), chains(predicted));
        let (in_gold, in_predicted) = (index(&gold), index(&predicted));
        let (recalled, all_gold) = links(&gold, &in_predicted);
        let (right, all_predicted) = links(&predicted, &in_gold);
        self.muc.add(Ratio {
            recalled,
            gold: all_gold,
            right,
            predicted: all_predicted,
        });
        self.b_cubed.add(Ratio {
            recalled: overlaps(&gold, &predicted, &in_predicted),
            gold: in_gold.len() as f64,
            right: overlaps(&predicted, &gold, &in_gold),
            predicted: in_predicted.len() as f64,
        });
        let aligned = aligned(&gold, &predicted, &in_predicted);
        self.ceaf.add(Ratio {
            recalled: aligned,
            gold: gold.len() as f64,
            right: aligned,
            predicted: predicted.len() as f64,
        });
        let found = in_gold.keys().filter(|m| in_predicted.contains_key(*m)).count() as f64;
        self.mentions.add(Ratio {
            recalled: found,
            gold: in_gold.len() as f64,
            right: found,
            predicted: in_predicted.len() as f64,
        });
    }

    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: &ChainScore) {
        self.muc.add(other.muc);
        self.b_cubed.add(other.b_cubed);
        self.ceaf.add(other.ceaf);
        self.mentions.add(other.mentions);
    }

    /// Mean of the three F1, 0 to 1.
    pub fn mean(&self) -> f64 {
        (self.muc.scores().2 + self.b_cubed.scores().2 + self.ceaf.scores().2) / 3.0
    }
}

/// Chains of two mentions or more, each mention once in a chain.
fn chains<M: Ord + Clone>(all: &[Vec<M>]) -> Vec<Vec<M>> {
    let sorted = all.iter().map(|chain| {
        let mut chain = chain.clone();
        chain.sort_unstable();
        chain.dedup();
        chain
    });
    sorted.filter(|chain| chain.len() > 1).collect()
}

/// The chain of every mention; the first where several hold it.
fn index<M: Ord>(chains: &[Vec<M>]) -> BTreeMap<&M, usize> {
    let mut index = BTreeMap::new();
    for (number, chain) in chains.iter().enumerate() {
        for mention in chain {
            index.entry(mention).or_insert(number);
        }
    }
    index
}

/// Links kept by the other side, and all links: a chain of n mentions has n − 1 and loses one with every cut.
fn links<M: Ord>(chains: &[Vec<M>], other: &BTreeMap<&M, usize>) -> (f64, f64) {
    let (mut kept, mut all) = (0, 0);
    for chain in chains {
        let mut parts: Vec<usize> = chain.iter().filter_map(|m| other.get(m).copied()).collect();
        let lone = chain.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        kept += chain.len() - (parts.len() + lone);
        all += chain.len() - 1;
    }
    (kept as f64, all as f64)
}

fn common<M: Ord>(a: &[M], b: &[M]) -> f64 {
    a.iter().filter(|m| b.binary_search(m).is_ok()).count() as f64
}

/// Sum over mentions of the share of their chain that the other side has together.
fn overlaps<M: Ord>(chains: &[Vec<M>], others: &[Vec<M>], other: &BTreeMap<&M, usize>) -> f64 {
    let share = |chain: &Vec<M>| -> f64 {
        let each = chain
            .iter()
            .filter_map(|m| other.get(m))
            .map(|o| common(chain, &others[*o]));
        each.sum::<f64>() / chain.len() as f64
    };
    chains.iter().map(share).sum()
}

/// Greatest sum of φ4 over alignments of gold and predicted chains one to one.
fn aligned<M: Ord>(gold: &[Vec<M>], predicted: &[Vec<M>], in_predicted: &BTreeMap<&M, usize>) -> f64 {
    let weights: Vec<Vec<f64>> = gold
        .iter()
        .map(|g| {
            let mut row = vec![0.0; predicted.len()];
            for at in g.iter().filter_map(|m| in_predicted.get(m)) {
                row[*at] = 2.0 * common(g, &predicted[*at]) / (g.len() + predicted[*at].len()) as f64;
            }
            row
        })
        .collect();
    best_sum(&weights)
}

/// The Hungarian method on a matrix of weights, any shape: greatest sum with at most one entry a row and column.
fn best_sum(weights: &[Vec<f64>]) -> f64 {
    let size = weights.len().max(weights.first().map_or(0, Vec::len));
    let cost = |i: usize, j: usize| -> f64 { -weights.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0.0) };
    let (mut u, mut v) = (vec![0.0; size + 1], vec![0.0; size + 1]);
    let mut row_of = vec![0; size + 1];
    for i in 1..=size {
        row_of[0] = i;
        let mut least = vec![f64::INFINITY; size + 1];
        let mut way = vec![0; size + 1];
        let mut used = vec![false; size + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let (row, mut step, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=size).filter(|j| !used[*j]) {
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < least[j] {
                    least[j] = reduced;
                    way[j] = column;
                }
                if least[j] < step {
                    step = least[j];
                    next = j;
                }
            }
            for j in 0..=size {
                if used[j] {
                    u[row_of[j]] += step;
                    v[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=size)
        .filter(|j| row_of[*j] > 0)
        .map(|j| -cost(row_of[j] - 1, j - 1))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(gold: &[&[u8]], predicted: &[&[u8]]) -> ChainScore {
        let owned = |chains: &[&[u8]]| chains.iter().map(|c| c.to_vec()).collect::<Vec<_>>();
        let mut score = ChainScore::default();
        score.add(&owned(gold), &owned(predicted));
        score
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_chain_cut_in_two() {
        let score = score(&[&[1, 2, 3, 4]], &[&[1, 2], &[3, 4]]);
        let ((mp, mr, _), (bp, br, _), (cp, cr, _)) = (score.muc.scores(), score.b_cubed.scores(), score.ceaf.scores());
        assert!(near(mp, 1.0) && near(mr, 2.0 / 3.0));
        assert!(near(bp, 1.0) && near(br, 0.5));
        // One of the two aligns: 2·2 / (4 + 2).
        assert!(near(cp, 1.0 / 3.0) && near(cr, 2.0 / 3.0));
    }

    #[test]
    fn two_chains_run_together() {
        let score = score(&[&[1, 2, 3], &[4, 5]], &[&[1, 2, 3, 4, 5]]);
        let ((mp, mr, _), (bp, br, _)) = (score.muc.scores(), score.b_cubed.scores());
        assert!(near(mp, 0.75) && near(mr, 1.0));
        assert!(near(bp, (9.0 + 4.0) / 25.0) && near(br, 1.0));
    }

    #[test]
    fn the_best_alignment_is_not_the_greedy_one() {
        assert!(near(best_sum(&[vec![0.9, 0.8], vec![0.8, 0.1]]), 1.6));
        assert!(near(best_sum(&[vec![0.2, 0.5, 0.4]]), 0.5));
        assert!(near(best_sum(&[vec![0.2], vec![0.5]]), 0.5));
        assert!(near(best_sum(&[]), 0.0));
    }

    #[test]
    fn lone_mentions_do_not_count() {
        let score = score(&[&[1], &[2, 3]], &[&[1], &[2, 3], &[4, 4]]);
        assert!(near(score.mean(), 1.0));
    }
}

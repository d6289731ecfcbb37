//! From scores to trees and names.

use crate::{EntityKind, EntityMention};

/// Scores of every possible head of every word of a sentence.
pub(crate) struct Arcs {
    words: usize,
    /// `words` rows of `words + 1`; column 0 is the root, column `i + 1` is word `i`.
    scores: Vec<f32>,
}

impl Arcs {
    /// Scores from vectors: row `i` of `dependents` is word `i`, row 0 of `heads` the root and row `i + 1` word `i`.
    pub(crate) fn new(words: usize, width: usize, dependents: &[f32], heads: &[f32]) -> Self {
        let mut scores = Vec::with_capacity(words * (words + 1));
        for dependent in dependents.chunks_exact(width).take(words) {
            scores.extend(
                heads
                    .chunks_exact(width)
                    .take(words + 1)
                    .map(|head| dot(dependent, head)),
            );
        }
        Self { words, scores }
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.scores[word * (self.words + 1)..(word + 1) * (self.words + 1)]
    }

    /// The head of every word in the best tree that has exactly one root; `None` for the root.
    pub(crate) fn tree(&self) -> Vec<Option<usize>> {
        let mut heads = (0..self.words).map(|word| self.best_head(word)).collect::<Vec<_>>();
        if !is_tree(&heads) {
            heads = spanning(self.rooted());
        }
        if !is_tree(&heads) {
            // Only scores that are no numbers lead here: a chain is a tree too.
            heads = (0..self.words).collect();
        }
        heads.into_iter().map(|head| head.checked_sub(1)).collect()
    }

    /// Best column of a word other than itself.
    fn best_head(&self, word: usize) -> usize {
        let row = self.row(word);
        (0..row.len())
            .filter(|head| *head != word + 1)
            .fold(0, |best, head| if row[head] > row[best] { head } else { best })
    }

    /// The scores as a square matrix in which attaching to the root costs so much that the best tree does it once.
    fn rooted(&self) -> Square {
        let largest = self.scores.iter().fold(1.0_f32, |most, s| most.max(s.abs()));
        let cost = f64::from(largest) * 4.0 * (self.words + 1) as f64;
        let mut square = Square::new(self.words);
        for word in 0..self.words {
            for (head, score) in self.row(word).iter().enumerate() {
                if head != word + 1 {
                    square.set(word, head, f64::from(*score) - if head == 0 { cost } else { 0.0 });
                }
            }
        }
        square
    }
}

/// Sum of products in a fixed order that lets the compiler use vectors.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0_f32; LANES];
    for (x, y) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum()
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|h| **h == 0).count() == usize::from(!heads.is_empty()) && cycle(heads).is_none()
}

/// Words of one cycle, if there is any. `heads` count from 1; 0 is the root.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == usize::MAX {
            seen[at] = start;
            match heads[at].checked_sub(1) {
                Some(head) => at = head,
                None => break,
            }
        }
        if seen[at] == start && heads[at] != 0 {
            let mut around = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                around.push(next);
                next = heads[next] - 1;
            }
            return Some(around);
        }
    }
    None
}

/// Scores of heads (columns, 0 the root) for words (rows).
struct Square {
    words: usize,
    scores: Vec<f64>,
}

impl Square {
    fn new(words: usize) -> Self {
        Self {
            words,
            scores: vec![f64::NEG_INFINITY; words * (words + 1)],
        }
    }

    fn get(&self, word: usize, head: usize) -> f64 {
        self.scores[word * (self.words + 1) + head]
    }

    fn set(&mut self, word: usize, head: usize, score: f64) {
        self.scores[word * (self.words + 1) + head] = score;
    }

    fn best_head(&self, word: usize) -> usize {
        (0..=self.words).fold(0, |best, head| {
            if self.get(word, head) > self.get(word, best) {
                head
            } else {
                best
            }
        })
    }
}

/// Maximum spanning tree after Chu, Liu and Edmonds: cycles are drawn together to one word until none is left.
fn spanning(first: Square) -> Vec<usize> {
    let mut levels: Vec<(Square, Vec<usize>, Vec<usize>)> = Vec::new();
    let mut square = first;
    let mut heads = loop {
        let heads = (0..square.words).map(|word| square.best_head(word)).collect::<Vec<_>>();
        let Some(around) = cycle(&heads) else { break heads };
        let smaller = contract(&square, &heads, &around);
        levels.push((square, heads, around));
        square = smaller;
    };
    while let Some((square, greedy, around)) = levels.pop() {
        heads = expand(&square, greedy, &around, &heads);
    }
    heads
}

/// The words outside the cycle, in order; in the smaller problem the cycle stands after them.
fn outside(words: usize, around: &[usize]) -> Vec<usize> {
    let mut inside = vec![false; words];
    around.iter().for_each(|w| inside[*w] = true);
    (0..words).filter(|w| !inside[*w]).collect()
}

/// What it gains to attach the cycle from outside at `word` instead of inside.
fn gain(square: &Square, heads: &[usize], word: usize, head: usize) -> f64 {
    square.get(word, head) - square.get(word, heads[word])
}

/// Index of the largest value, the first of equals; 0 for none.
fn largest(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (i, value) in values.enumerate() {
        if value > best.1 {
            best = (i, value);
        }
    }
    best.0
}

fn contract(square: &Square, heads: &[usize], around: &[usize]) -> Square {
    let outer = outside(square.words, around);
    let mut small = Square::new(outer.len() + 1);
    let column = |k: usize| if k == 0 { 0 } else { outer[k - 1] + 1 };
    for (row, word) in outer.iter().enumerate() {
        (0..=outer.len()).for_each(|k| small.set(row, k, square.get(*word, column(k))));
        let leave = around
            .iter()
            .map(|w| square.get(*word, w + 1))
            .fold(f64::NEG_INFINITY, f64::max);
        small.set(row, outer.len() + 1, leave);
    }
    for k in 0..=outer.len() {
        let enter = around
            .iter()
            .map(|w| gain(square, heads, *w, column(k)))
            .fold(f64::NEG_INFINITY, f64::max);
        small.set(outer.len(), k, enter);
    }
    small
}

fn expand(square: &Square, greedy: Vec<usize>, around: &[usize], small: &[usize]) -> Vec<usize> {
    let outer = outside(square.words, around);
    let mut heads = greedy;
    for (row, word) in outer.iter().enumerate() {
        heads[*word] = match small[row] {
            0 => 0,
            k if k <= outer.len() => outer[k - 1] + 1,
            _ => around[largest(around.iter().map(|w| square.get(*word, w + 1)))] + 1,
        };
    }
    let from = small[outer.len()];
    let head = if from == 0 { 0 } else { outer[from - 1] + 1 };
    let entered = around[largest(around.iter().map(|w| gain(square, &heads, *w, head)))];
    heads[entered] = head;
    heads
}

/// A name tag: outside, or the first or a later word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameTag {
    kind: Option<EntityKind>,
    first: bool,
}

impl NameTag {
    /// Reads `O`, `B-PER`, `I-LOC`, ….
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let kind = match name.get(2..) {
            None if name == "O" => None,
            Some("PER") => Some(EntityKind::Person),
            Some("ORG") => Some(EntityKind::Organisation),
            Some("LOC") => Some(EntityKind::Place),
            _ => return None,
        };
        Some(Self {
            kind,
            first: !name.starts_with('I'),
        })
    }

    /// Whether the tag may stand after `before` (`None` at the start of a sentence).
    fn may_follow(self, before: Option<NameTag>) -> bool {
        self.first || before.is_some_and(|b| b.kind == self.kind)
    }
}

/// Gives the scores of one word in several places their mean, kind by kind, so that what is clear in one place helps in
/// another. The rows are logarithms of probabilities.
pub(crate) fn agree(tags: &[NameTag], rows: &mut [&mut Vec<f32>]) {
    let kinds = [
        None,
        Some(EntityKind::Person),
        Some(EntityKind::Organisation),
        Some(EntityKind::Place),
    ];
    for kind in kinds {
        let of_kind = |row: &[f32]| {
            let columns = row.iter().zip(tags).filter(|(_, tag)| tag.kind == kind);
            columns.map(|(score, _)| score.exp()).sum::<f32>().max(1e-30).ln()
        };
        let each = rows.iter().map(|row| of_kind(row)).collect::<Vec<_>>();
        let mean = each.iter().sum::<f32>() / each.len().max(1) as f32;
        for (row, own) in rows.iter_mut().zip(each) {
            let columns = row.iter_mut().zip(tags).filter(|(_, tag)| tag.kind == kind);
            columns.for_each(|(score, _)| *score += mean - own);
        }
    }
}

/// Scores as logarithms of probabilities.
pub(crate) fn normalised(row: &[f32]) -> Vec<f32> {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total = row.iter().map(|score| (score - most).exp()).sum::<f32>().ln() + most;
    row.iter().map(|score| score - total).collect()
}

/// Names from the best legal sequence of tags; `scores` has one row of `tags.len()` for each word. What a row lacks cannot be.
pub(crate) fn names<'a>(tags: &[NameTag], scores: impl Iterator<Item = &'a [f32]>) -> Vec<EntityMention> {
    let mut best: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for row in scores {
        let mut links = vec![0; tags.len()];
        let mut next = vec![f32::NEG_INFINITY; tags.len()];
        let score = |to: usize| row.get(to).copied().unwrap_or(f32::NEG_INFINITY);
        for (to, tag) in tags.iter().enumerate() {
            if back.is_empty() {
                if tag.may_follow(None) {
                    next[to] = score(to);
                }
                continue;
            }
            for (from, before) in tags.iter().enumerate() {
                if tag.may_follow(Some(*before)) && best[from] + score(to) > next[to] {
                    (next[to], links[to]) = (best[from] + score(to), from);
                }
            }
        }
        best = next;
        back.push(links);
    }
    let mut at = largest(best.iter().map(|v| f64::from(*v)));
    let mut path = Vec::with_capacity(back.len());
    for links in back.iter().rev() {
        path.push(at);
        at = links[at];
    }
    path.reverse();
    mentions(path.into_iter().map(|t| tags[t]))
}

fn mentions(tags: impl Iterator<Item = NameTag>) -> Vec<EntityMention> {
    let mut out: Vec<EntityMention> = Vec::new();
    for (i, tag) in tags.enumerate() {
        let Some(kind) = tag.kind else { continue };
        match out.last_mut().filter(|m| !tag.first && m.end == i) {
            Some(mention) => mention.end = i + 1,
            None => out.push(EntityMention {
                first: i,
                end: i + 1,
                kind,
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cheap generator of numbers in -8..8.
    fn noise(seed: &mut u64) -> f32 {
        *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((*seed >> 33) % 1600) as f32 / 100.0 - 8.0
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        super::is_tree(&heads.iter().map(|h| h.map_or(0, |h| h + 1)).collect::<Vec<_>>())
    }

    fn value(arcs: &Arcs, heads: &[Option<usize>]) -> f64 {
        heads
            .iter()
            .enumerate()
            .map(|(w, h)| f64::from(arcs.row(w)[h.map_or(0, |h| h + 1)]))
            .sum()
    }

    #[test]
    fn every_tree_is_the_best_one() {
        let mut seed = 7;
        for round in 0..400 {
            let words = 1 + round % 5;
            let scores = (0..words * (words + 1)).map(|_| noise(&mut seed)).collect();
            let arcs = Arcs { words, scores };
            let found = arcs.tree();
            assert!(is_tree(&found), "{found:?}");
            let mut best = f64::NEG_INFINITY;
            for code in 0..(words + 1).pow(words as u32) {
                let heads = (0..words)
                    .map(|w| (code / (words + 1).pow(w as u32) % (words + 1)).checked_sub(1))
                    .collect::<Vec<_>>();
                if heads.iter().enumerate().all(|(w, h)| *h != Some(w)) && is_tree(&heads) {
                    best = best.max(value(&arcs, &heads));
                }
            }
            assert!(
                (value(&arcs, &found) - best).abs() < 1e-3,
                "{found:?}: {} below {best}",
                value(&arcs, &found)
            );
        }
    }

    #[test]
    fn long_noise_gives_trees() {
        let mut seed = 3;
        let words = 120;
        let scores = (0..words * (words + 1)).map(|_| noise(&mut seed)).collect();
        assert!(is_tree(&Arcs { words, scores }.tree()));
        assert!(is_tree(
            &Arcs {
                words,
                scores: vec![f32::NAN; words * (words + 1)]
            }
            .tree()
        ));
        assert!(
            Arcs {
                words: 0,
                scores: Vec::new()
            }
            .tree()
            .is_empty()
        );
    }

    #[test]
    fn places_of_a_word_agree() {
        let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(|t| NameTag::from_name(t).expect("known tag"));
        let mut sure = normalised(&[0.0, 6.0, 0.0, 0.0, 0.0]);
        let mut unsure = normalised(&[1.0, 0.5, 0.0, 0.0, 0.0]);
        agree(&tags, &mut [&mut sure, &mut unsure]);
        assert_eq!(
            names(&tags, [unsure.as_slice()].into_iter())[0].kind,
            EntityKind::Person
        );
        assert_eq!(names(&tags, [sure.as_slice()].into_iter())[0].kind, EntityKind::Person);
    }

    #[test]
    fn names_begin_legally() {
        let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"].map(|t| NameTag::from_name(t).expect("known tag"));
        let rows: [[f32; 5]; 4] = [
            [0.0, 1.0, 9.0, 0.0, 0.0],
            [0.0, 0.0, 5.0, 0.0, 0.0],
            [3.0, 0.0, 0.0, 0.0, 4.0],
            [0.0, 0.0, 0.0, 5.0, 0.0],
        ];
        let found = names(&tags, rows.iter().map(|r| r.as_slice()));
        let person = EntityMention {
            first: 0,
            end: 2,
            kind: EntityKind::Person,
        };
        let body = EntityMention {
            first: 3,
            end: 4,
            kind: EntityKind::Organisation,
        };
        assert_eq!(found, [person, body]);
        assert!(names(&tags, std::iter::empty()).is_empty());
    }
}

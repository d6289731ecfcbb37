//! What is kept of a document to know its copies by.

use super::words::{Word, mixed, words};
use crate::document::Document;

/// Words of a run. Shorter ones are shared by chance, longer ones do not outlive an editor.
const RUN: usize = 4;

/// Runs kept at most; a longer document keeps a fair sample.
const KEPT: usize = 256;

/// Runs at the head of the document that count as its lead.
const LEAD: usize = 40;

/// Numbers and names kept at most.
const TELLING: usize = 48;

/// Flags in the low bits of a kept run.
const IN_LEAD: u32 = 1;
const QUOTED: u32 = 2;
const FLAGS: u32 = 2;

/// A document as its copies are known by: at most some 1.2 kB, however long it is. Needs no other document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// Hash of all words in order.
    pub(super) whole: u64,
    /// Number of words.
    pub(super) words: usize,
    /// Runs are kept where the first `scale` bits of their hash are zero: 1 in `2^scale`.
    pub(super) scale: u32,
    /// Kept runs, ascending by hash, each once: 30 bits of hash and two flags.
    runs: Box<[u32]>,
    /// Hashes of numbers and names, ascending: the lowest `TELLING`.
    telling: Box<[u32]>,
}

/// A kept run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// 30 bits that stand for its words.
    pub hash: u32,
    /// Stands in the lead.
    pub lead: bool,
    /// Some of its words stand in quotation marks.
    pub quoted: bool,
}

impl Sketch {
    /// Reads the document's paragraphs and turns. Linear in their length.
    pub fn of(document: &Document) -> Self {
        let words = words(document);
        let (scale, runs) = sampled(runs(&words));
        Sketch {
            whole: words.iter().fold(0, |hash, word| mixed(hash ^ word.hash)),
            words: words.len(),
            scale,
            runs: runs.into(),
            telling: telling(&words).into(),
        }
    }

    /// Kept runs at a scale that is not finer than the sketch's own, ascending.
    pub(super) fn runs(&self, scale: u32) -> impl Iterator<Item = Run> {
        let kept = self.runs.iter().take_while(move |run| below(**run, scale));
        kept.map(|run| Run {
            hash: run >> FLAGS,
            lead: run & IN_LEAD != 0,
            quoted: run & QUOTED != 0,
        })
    }

    /// Numbers and names as far as both sketches kept them: in both, and the fewer of the two.
    pub(super) fn telling_in_common(&self, other: &Sketch) -> (usize, usize) {
        let limit = |sketch: &Sketch| match sketch.telling.len() < TELLING {
            true => u32::MAX,
            false => sketch.telling.last().copied().unwrap_or(u32::MAX),
        };
        let limit = limit(self).min(limit(other));
        let within = |sketch: &Sketch| sketch.telling.partition_point(|hash| *hash <= limit);
        let (mine, theirs) = (&self.telling[..within(self)], &other.telling[..within(other)]);
        let both = mine.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count();
        (both, mine.len().min(theirs.len()))
    }

    /// Bytes on the heap.
    pub(super) fn heap(&self) -> usize {
        4 * (self.runs.len() + self.telling.len())
    }
}

fn below(run: u32, scale: u32) -> bool {
    scale == 0 || run >> (32 - scale) == 0
}

/// Every run with its flags, ascending, each once: in the lead where it is so once, quoted where it is so always.
fn runs(words: &[Word]) -> Vec<u32> {
    let mut runs: Vec<u32> = words.windows(RUN).enumerate().map(run).collect();
    runs.sort_unstable();
    runs.dedup_by(|later, kept| {
        let same = *later >> FLAGS == *kept >> FLAGS;
        if same {
            let lead = (*later | *kept) & IN_LEAD;
            let quoted = *later & *kept & QUOTED;
            *kept = *kept >> FLAGS << FLAGS | lead | quoted;
        }
        same
    });
    runs
}

fn run((at, words): (usize, &[Word])) -> u32 {
    let hash = words.iter().fold(0, |hash, word| mixed(hash ^ word.hash));
    let lead = if at < LEAD { IN_LEAD } else { 0 };
    let quoted = if words.iter().any(|word| word.quoted) {
        QUOTED
    } else {
        0
    };
    (hash >> 32) as u32 >> FLAGS << FLAGS | lead | quoted
}

/// The coarsest sample needed to keep no more than `KEPT`.
fn sampled(mut runs: Vec<u32>) -> (u32, Vec<u32>) {
    let mut scale = 0;
    while runs.len() > KEPT && scale < 24 {
        scale += 1;
        let kept = runs.partition_point(|run| below(*run, scale));
        runs.truncate(kept);
    }
    runs.truncate(KEPT);
    (scale, runs)
}

fn telling(words: &[Word]) -> Vec<u32> {
    let told = words.iter().filter(|word| word.telling);
    let mut telling: Vec<u32> = told.map(|word| (word.hash >> 32) as u32).collect();
    telling.sort_unstable();
    telling.dedup();
    telling.truncate(TELLING);
    telling
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};
    use attache_parse::Span;

    fn sketch(text: &str) -> Sketch {
        Sketch::of(&Document {
            text: text.to_owned(),
            blocks: vec![Block {
                span: Span::new(0, text.len()),
                kind: BlockKind::Paragraph,
            }],
            ..Document::default()
        })
    }

    #[test]
    fn long_documents_keep_a_fair_sample() {
        let text: String = (0..20_000).map(|n| format!("word{n} ")).collect();
        let sketch = sketch(&text);
        assert!((KEPT / 3..=KEPT).contains(&sketch.runs.len()), "{}", sketch.runs.len());
        let estimate = sketch.runs.len() << sketch.scale;
        assert!((16_000..24_000).contains(&estimate), "{estimate}");
        assert!(sketch.heap() <= 4 * (KEPT + TELLING));
        assert_eq!(sketch.runs(sketch.scale + 20).count(), 0);
    }

    #[test]
    fn a_run_said_twice_is_kept_once() {
        let twice = sketch("a b c d. Then \"a b c d\"");
        let kept: Vec<Run> = twice.runs(0).collect();
        // a b c d, b c d then, c d then a, d then a b, then a b c; the last is quoted only in part.
        assert_eq!(kept.len(), 5);
        assert_eq!(kept.iter().filter(|run| run.quoted).count(), 3);
    }

    #[test]
    fn nothing_is_kept_of_nothing() {
        assert_eq!(
            sketch(""),
            Sketch {
                ..Sketch::of(&Document::default())
            }
        );
        assert_eq!(sketch("Only three words.").runs(0).count(), 0);
    }
}

//! Two sketches side by side: what they share, and whether that makes one a copy of the other.

use std::cmp::Ordering;

use super::sketch::{Run, Sketch};

/// Runs of a kind: how many there are, and how many of them the other document has too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// In both documents.
    pub shared: usize,
    /// In this one.
    pub all: usize,
}

impl Part {
    /// 0 to 1; 0 of nothing.
    pub fn share(self) -> f64 {
        match self.all {
            0 => 0.0,
            all => self.shared as f64 / all as f64,
        }
    }

    fn count(&mut self, shared: bool) {
        self.all += 1;
        self.shared += usize::from(shared);
    }
}

/// What one document shares with another, by kinds of runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shared {
    /// All runs.
    pub whole: Part,
    /// Those without a quoted word.
    pub own: Part,
    /// Those of the lead.
    pub lead: Part,
}

impl Shared {
    fn count(&mut self, run: Run, shared: bool) {
        self.whole.count(shared);
        if !run.quoted {
            self.own.count(shared);
        }
        if run.lead {
            self.lead.count(shared);
        }
    }
}

/// What two documents have in common, seen from both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Common {
    /// What of this one the first has.
    pub this: Shared,
    /// What of the first this one has.
    pub first: Shared,
    /// Numbers and names: in both, of the fewer of the two.
    pub telling: Part,
}

impl Common {
    /// Compares two sketches at the coarser of their scales. Linear in their size.
    pub fn of(this: &Sketch, first: &Sketch) -> Self {
        let scale = this.scale.max(first.scale);
        let (mut mine, mut theirs) = (this.runs(scale).peekable(), first.runs(scale).peekable());
        let mut common = Common::default();
        loop {
            let order = match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) => a.hash.cmp(&b.hash),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let shared = order == Ordering::Equal;
            if order != Ordering::Greater {
                mine.next().into_iter().for_each(|run| common.this.count(run, shared));
            }
            if order != Ordering::Less {
                theirs
                    .next()
                    .into_iter()
                    .for_each(|run| common.first.count(run, shared));
            }
        }
        let (shared, all) = this.telling_in_common(first);
        common.telling = Part { shared, all };
        common
    }
}

/// What makes a copy. Shares are 0 to 1. The defaults were measured: `docs/copies.md`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Families kept at most; beyond that the oldest goes.
    pub families: usize,
    /// Share of runs from which most of a text is another's, whatever its head says.
    pub most: f64,
    /// Share of runs from which a text whose lead is another's is a copy.
    pub part: f64,
    /// Share of this text's runs below which it has something else to tell.
    pub least: f64,
    /// Share of the lead's runs from which it is the same lead.
    pub lead: f64,
    /// Share of numbers and names below which only the form is the same.
    pub telling: f64,
    /// Runs below which a share says little.
    pub runs: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            families: 100_000,
            most: 0.75,
            part: 0.4,
            least: 0.3,
            lead: 0.4,
            telling: 0.65,
            runs: 16,
        }
    }
}

/// Numbers and names below which their agreement says little.
const FEW: usize = 4;

impl Bounds {
    /// Whether this document is a copy of the first, or the first of this, by another outlet or the same.
    pub fn copy(&self, common: &Common, same_outlet: bool) -> bool {
        let Common { this, first, telling } = common;
        if telling.all >= FEW && telling.share() < self.telling {
            return false;
        }
        // Transcripts and statements in quotation marks have no words of their own: there all words count.
        let own = this.own.all.min(first.own.all) >= self.runs;
        let pick = |shared: &Shared| if own { shared.own } else { shared.whole };
        let (mine, theirs) = (pick(this), pick(first));
        if mine.all.min(theirs.all) < self.runs {
            return false;
        }
        let (mine, theirs) = (mine.share(), theirs.share());
        let most = mine >= self.most || theirs >= self.most && mine >= self.least;
        // An outlet repeats its own background paragraphs under new leads.
        if !own || same_outlet {
            return most && mine.min(theirs) >= self.least;
        }
        let lead = this.lead.share().max(first.lead.share()) >= self.lead;
        most || lead && mine.min(theirs) >= self.least && mine.max(theirs) >= self.part
    }

    /// Whether this document, at the same address as the first, tells at all the same.
    pub fn revision(&self, common: &Common) -> bool {
        common.this.whole.share().max(common.first.whole.share()) >= self.least
    }
}

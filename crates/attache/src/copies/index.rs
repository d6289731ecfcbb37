//! The families seen so far, and the family of the next document.

use std::collections::HashMap;

use super::address::Origin;
use super::compare::{Bounds, Common};
use super::postings::Postings;
use super::sketch::{Run, Sketch};
use super::words::fnv;
use crate::document::{CopyKind, CopyOf, Document};

/// Runs by which a document is looked up: so many of the lowest hash …
const ANCHORS_LEAST: usize = 12;
/// … and whatever lies in the lowest sixteenth, so that a short text is found within a long one …
const ANCHORS_BELOW: u32 = 1 << 26;
/// … but no more than these.
const ANCHORS_MOST: usize = 48;

/// Families that are compared in full, those with the most anchors in common first.
const COMPARED: usize = 8;

/// Words from which equal texts are copies; below, also their headlines must be the same.
const WORDS: usize = 25;

/// The first document of a family.
#[derive(Debug)]
struct Family {
    id: Box<str>,
    title: u64,
    sketch: Sketch,
    origin: Origin,
}

/// Knows the first documents of the latest families; size-bounded. Gives the same answers for the same documents in the same
/// order, on every machine.
#[derive(Debug)]
pub struct Index {
    bounds: Bounds,
    /// A ring: the slot of the next family holds the oldest once it is full.
    families: Vec<Family>,
    next: usize,
    anchors: Postings,
    wholes: HashMap<u64, u32>,
    addresses: HashMap<u64, u32>,
}

impl Default for Index {
    fn default() -> Self {
        Index::new(Bounds::default())
    }
}

impl Index {
    /// An index that knows no document. Memory grows with the families up to the bound, and no further.
    pub fn new(bounds: Bounds) -> Self {
        Index {
            bounds: Bounds {
                families: bounds.families.clamp(1, 1 << 30),
                ..bounds
            },
            families: Vec::new(),
            next: 0,
            anchors: Postings::default(),
            wholes: HashMap::new(),
            addresses: HashMap::new(),
        }
    }

    /// What the next document in reading order is a copy of. Where it is none, it is kept as the first of a family.
    pub fn take(&mut self, document: &Document, sketch: Sketch) -> Option<CopyOf> {
        if sketch.words == 0 {
            return None;
        }
        let origin = Origin::of(document);
        let title = title(document);
        let found = self
            .equal(&sketch, title)
            .or_else(|| self.revised(&sketch, &origin))
            .or_else(|| self.near(&sketch, &origin));
        match found {
            Some(copy) => Some(copy),
            None => {
                self.keep(Family {
                    id: document.id.as_str().into(),
                    title,
                    sketch,
                    origin,
                });
                None
            }
        }
    }

    /// Families kept.
    pub fn len(&self) -> usize {
        self.families.len()
    }

    /// Whether no family is kept.
    pub fn is_empty(&self) -> bool {
        self.families.is_empty()
    }

    /// Bytes on the heap, about.
    pub fn heap(&self) -> usize {
        let kept: usize = self.families.iter().map(|f| f.id.len() + f.sketch.heap()).sum();
        let maps = (self.wholes.capacity() + self.addresses.capacity()) * 17 * 8 / 7;
        self.families.capacity() * size_of::<Family>() + kept + maps + self.anchors.heap()
    }
}

impl Index {
    fn family(&self, slot: u32) -> &Family {
        &self.families[slot as usize]
    }

    /// A document with the same words.
    fn equal(&self, sketch: &Sketch, title: u64) -> Option<CopyOf> {
        let slot = *self.wholes.get(&sketch.whole)?;
        let first = self.family(slot);
        let same = first.sketch == *sketch && (sketch.words >= WORDS || first.title == title);
        same.then(|| copy(first, CopyKind::Exact, 1.0, 1.0))
    }

    /// An earlier version at the same address.
    fn revised(&self, sketch: &Sketch, origin: &Origin) -> Option<CopyOf> {
        let slot = *self.addresses.get(&origin.address?)?;
        let first = self.family(slot);
        let common = Common::of(sketch, &first.sketch);
        self.bounds
            .revision(&common)
            .then(|| copied(first, CopyKind::Revision, &common))
    }

    /// The family that has the most of this document.
    fn near(&self, sketch: &Sketch, origin: &Origin) -> Option<CopyOf> {
        let mut best: Option<(&Family, Common)> = None;
        for slot in self.candidates(sketch) {
            let first = self.family(slot);
            let common = Common::of(sketch, &first.sketch);
            let share = |common: &Common| common.this.whole.share();
            let better = best.as_ref().is_none_or(|(_, known)| share(&common) > share(known));
            if better && self.bounds.copy(&common, origin.same_outlet(&first.origin)) {
                best = Some((first, common));
            }
        }
        best.map(|(first, common)| copied(first, CopyKind::Near, &common))
    }

    /// Families with anchors in common: those with the most first, the oldest of equals first.
    fn candidates(&self, sketch: &Sketch) -> impl Iterator<Item = u32> {
        let mut held: Vec<u32> = anchors(sketch).flat_map(|run| self.anchors.of(run)).collect();
        held.sort_unstable();
        let mut counted: Vec<(usize, usize, u32)> = held
            .chunk_by(|a, b| a == b)
            .map(|slots| (usize::MAX - slots.len(), self.age(slots[0]), slots[0]))
            .collect();
        counted.sort_unstable();
        counted.into_iter().take(COMPARED).map(|(_, _, slot)| slot)
    }

    /// 0 for the oldest family.
    fn age(&self, slot: u32) -> usize {
        let full = self.families.len();
        (slot as usize + full - self.next % full.max(1)) % full.max(1)
    }

    fn keep(&mut self, family: Family) {
        let slot = self.next as u32;
        if self.next < self.families.len() {
            self.forget(slot);
        }
        for run in anchors(&family.sketch) {
            self.anchors.add(run, slot);
        }
        self.wholes.insert(family.sketch.whole, slot);
        if let Some(address) = family.origin.address {
            self.addresses.insert(address, slot);
        }
        match self.families.get_mut(self.next) {
            Some(place) => *place = family,
            None => self.families.push(family),
        }
        self.next = (self.next + 1) % self.bounds.families;
    }
}

impl Index {
    fn forget(&mut self, slot: u32) {
        let family = &self.families[slot as usize];
        for run in anchors(&family.sketch) {
            self.anchors.remove(run, slot);
        }
        let (whole, address) = (family.sketch.whole, family.origin.address);
        remove_if(&mut self.wholes, whole, slot);
        address
            .into_iter()
            .for_each(|address| remove_if(&mut self.addresses, address, slot));
    }
}

/// A later family may have taken the key over.
fn remove_if(map: &mut HashMap<u64, u32>, key: u64, slot: u32) {
    if map.get(&key) == Some(&slot) {
        map.remove(&key);
    }
}

/// The runs by which a document is looked up, ascending: of its own words, where there are enough.
fn anchors(sketch: &Sketch) -> impl Iterator<Item = u32> {
    let own = |run: &Run| !run.quoted;
    let enough = sketch.runs(sketch.scale).filter(own).nth(ANCHORS_LEAST - 1).is_some();
    sketch
        .runs(sketch.scale)
        .filter(move |run| !enough || own(run))
        .take(ANCHORS_MOST)
        .enumerate()
        .take_while(|(at, run)| *at < ANCHORS_LEAST || run.hash < ANCHORS_BELOW)
        .map(|(_, run)| run.hash)
}

fn title(document: &Document) -> u64 {
    let title = document.title.as_deref().unwrap_or_default().trim().to_lowercase();
    fnv(title.bytes())
}

fn copied(first: &Family, kind: CopyKind, common: &Common) -> CopyOf {
    copy(first, kind, common.this.whole.share(), common.first.whole.share())
}

fn copy(first: &Family, kind: CopyKind, share: f64, covers: f64) -> CopyOf {
    let rounded = |share: f64| (share * 100.0).round() / 100.0;
    CopyOf {
        doc: first.id.to_string(),
        kind,
        share: rounded(share),
        covers: rounded(covers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};
    use attache_parse::Span;

    /// Two hundred words that no other number shares.
    fn story(number: usize) -> String {
        (0..200).map(|word| format!("w{}x{word} ", number * 7)).collect()
    }

    fn document(id: &str, text: &str) -> Document {
        Document {
            id: id.to_owned(),
            text: text.to_owned(),
            blocks: vec![Block {
                span: Span::new(0, text.len()),
                kind: BlockKind::Paragraph,
            }],
            ..Document::default()
        }
    }

    fn take(index: &mut Index, id: &str, text: &str) -> Option<CopyOf> {
        let document = document(id, text);
        let sketch = Sketch::of(&document);
        index.take(&document, sketch)
    }

    #[test]
    fn the_oldest_family_goes_first_and_takes_all_with_it() {
        let mut index = Index::new(Bounds {
            families: 10,
            ..Bounds::default()
        });
        for number in 0..25 {
            assert_eq!(take(&mut index, &format!("d{number}"), &story(number)), None);
            assert!(index.len() <= 10);
        }
        // 15 to 24 are left.
        let of = |found: Option<CopyOf>| found.map(|copy| copy.doc);
        assert_eq!(of(take(&mut index, "again", &story(15))).as_deref(), Some("d15"));
        assert_eq!(of(take(&mut index, "again", &story(24))).as_deref(), Some("d24"));
        assert_eq!(take(&mut index, "gone", &story(14)), None);
        assert_eq!(take(&mut index, "pushed out by it", &story(15)), None);
        assert_eq!(index.wholes.len(), 10);
    }

    #[test]
    fn memory_is_bounded() {
        let mut index = Index::new(Bounds {
            families: 50,
            ..Bounds::default()
        });
        let run = |index: &mut Index, from: usize| {
            for number in from..from + 500 {
                take(index, &number.to_string(), &story(number));
            }
            index.heap()
        };
        let early = run(&mut index, 0);
        let late = run(&mut index, 500);
        assert!(late <= early * 2, "{early} bytes, then {late}");
    }

    #[test]
    fn nothing_is_a_copy_of_nothing() {
        let mut index = Index::default();
        assert_eq!(take(&mut index, "a", ""), None);
        assert_eq!(take(&mut index, "b", ""), None);
        assert!(index.is_empty());
    }
}

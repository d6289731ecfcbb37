//! Copies in the flow: what a document repeats is known before it is worked on.

use attache::Document;
use attache::copies::{Index, Sketch};
use attache::document::{CopyKind, CopyOf};
use attache_input::Trouble;

use crate::args::CopiesChoice;

/// Share of a near copy's text that the first must have for it to be left out: it brings hardly anything new.
const NOTHING_NEW: f64 = 0.9;

/// What a run knows of copies.
pub struct Copies {
    choice: CopiesChoice,
    index: Index,
}

impl Copies {
    /// Nothing yet.
    pub fn new(choice: CopiesChoice) -> Self {
        Copies {
            choice,
            index: Index::default(),
        }
    }

    /// What is needed of a document; on any thread.
    pub fn sketch(choice: CopiesChoice, document: &Document) -> Option<Sketch> {
        (choice != CopiesChoice::Off).then(|| Sketch::of(document))
    }

    /// The next document in reading order, with the one that it repeats.
    ///
    /// # Errors
    /// Where it is to be left out.
    pub fn take(&mut self, place: &str, document: Document, sketch: Option<Sketch>) -> Result<Document, Trouble> {
        let copy_of = sketch.and_then(|sketch| self.index.take(&document, sketch));
        match &copy_of {
            Some(copy) if self.choice == CopiesChoice::Skip && brings_nothing(copy) => {
                let trouble = Trouble::left_out(place, format!("copy of {}", copy.doc));
                Err(trouble.class("copies").hint("--copies mark keeps them"))
            }
            _ => Ok(Document { copy_of, ..document }),
        }
    }
}

/// A revision is coded: what changed is why it was written.
fn brings_nothing(copy: &CopyOf) -> bool {
    match copy.kind {
        CopyKind::Exact => true,
        CopyKind::Near => copy.share >= NOTHING_NEW,
        CopyKind::Revision => false,
    }
}

//! Who says so: cues, their sources and what they introduce, within a sentence and across sentences.

mod across;
mod find;
pub mod quote;
mod span;
mod whole;
mod words;

pub use across::{Speech, Statement};
pub use find::{Said, find};

use super::Reader;
use crate::event::SpeechKind;
use crate::resolve::Party;

impl Reader<'_> {
    /// What the sentence gives as somebody's word.
    pub fn said(&self) -> &[Said] {
        self.said.get_or_init(|| {
            let pieces = quote::Quotations::of_sentence(self.place.tree);
            find(self.ontology, self.place.tree, &pieces)
        })
    }

    /// Those who vouch for what a word tells, innermost first.
    fn around(&self, word: usize) -> Vec<&Said> {
        let covers = |s: &&Said| s.vouches() && s.content.contains(&word) && !s.cue.contains(&word);
        let mut all: Vec<&Said> = self.said().iter().filter(covers).collect();
        all.sort_by_key(|s| s.content.len());
        all
    }

    /// The parties that a source's words stand for.
    pub fn speakers(&self, said: &Said) -> Vec<Party> {
        said.speaker
            .map(|s| self.resolver.parties(self.place, s))
            .unwrap_or_default()
    }

    /// The parties that a noun phrase stands for.
    pub fn parties(&self, head: usize) -> Vec<Party> {
        self.resolver.parties(self.place, head)
    }

    /// The innermost known speaker of a clause: of the sentence, else of the quotation that it stands in.
    pub(super) fn speaker_of(&self, anchor: usize) -> Vec<Party> {
        let inside = self.around(anchor).into_iter().map(|s| self.speakers(s));
        inside
            .into_iter()
            .find(|s| !s.is_empty())
            .unwrap_or_else(|| self.within.clone())
    }

    /// Whether a clause is told as somebody's word, known or not.
    pub(super) fn is_reported(&self, anchor: usize) -> bool {
        !self.within.is_empty() || self.around(anchor).iter().any(|s| s.speaker.is_some())
    }

    /// The one whose words the sentence reports; *I* and *we* in quotation marks mean him.
    pub fn voice(&self) -> Option<Party> {
        let known = |s: &Said| self.speakers(s).into_iter().find(|p| p.code.is_some());
        let vouching = || self.said().iter().filter(|s| s.vouches());
        vouching()
            .filter(|s| s.kind != SpeechKind::Indirect)
            .find_map(known)
            .or_else(|| vouching().find_map(known))
    }
}

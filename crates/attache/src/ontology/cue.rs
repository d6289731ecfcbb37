//! Words that give somebody's word, compiled for look-up.

use std::collections::{HashMap, HashSet};

pub use super::schema::{Content, Force};

/// A cue without its words.
#[derive(Debug, Clone)]
pub struct Cue {
    /// What is done with words.
    pub force: Force,
    /// Where the content may stand, likeliest first.
    pub content: Vec<Content>,
    /// Where the addressee may stand: `obj` or a preposition.
    pub addressee: Vec<String>,
    /// Lemmas, one of which must head the source; any where empty.
    pub source: HashSet<String>,
}

/// A way in: a second word that must be there too, and the cue.
pub(crate) type Entry = (Option<String>, usize);

/// All cues by their words.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    /// In file order.
    pub cues: Vec<Cue>,
    pub(crate) verbs: HashMap<String, Vec<Entry>>,
    pub(crate) nouns: HashMap<String, Vec<Entry>>,
    pub(crate) adjectives: HashMap<String, Vec<Entry>>,
    pub(crate) adverbs: HashMap<String, Vec<Entry>>,
    /// Phrases: lemmas joined by `-`, such as `according-to`, `in-word-of`, `in-view`.
    pub(crate) phrases: HashMap<String, usize>,
}

/// The words of one cue.
pub(crate) struct Words<'a> {
    pub verb: &'a [String],
    pub noun: &'a [String],
    pub adj: &'a [String],
    pub adverb: &'a [String],
    pub phrase: &'a [String],
}

impl Cues {
    pub(crate) fn add(&mut self, cue: Cue, words: Words) {
        let index = self.cues.len();
        let enter = |map: &mut HashMap<String, Vec<Entry>>, words: &[String]| {
            for word in words {
                let (lemma, second) = match word.split_once(' ') {
                    Some((lemma, second)) => (lemma, Some(second.to_owned())),
                    None => (word.as_str(), None),
                };
                let entries = map.entry(lemma.to_owned()).or_default();
                if !entries.iter().any(|e| e.1 == index && e.0 == second) {
                    entries.push((second, index));
                    // Two words say more than one.
                    entries.sort_by_key(|e| (e.0.is_none(), e.1));
                }
            }
        };
        enter(&mut self.verbs, words.verb);
        enter(&mut self.nouns, words.noun);
        enter(&mut self.adjectives, words.adj);
        enter(&mut self.adverbs, words.adverb);
        for phrase in words.phrase {
            self.phrases.insert(phrase.replace(' ', "-"), index);
        }
        self.cues.push(cue);
    }

    /// The cues that a word may be, those of two words first.
    pub(crate) fn entries<'a>(
        &'a self,
        map: &'a HashMap<String, Vec<Entry>>,
        lemma: &str,
    ) -> impl Iterator<Item = (Option<&'a str>, &'a Cue)> {
        let found = map.get(lemma).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|(second, cue)| (second.as_deref(), &self.cues[*cue]))
    }
}

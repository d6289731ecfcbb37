//! Coreference within a document: which noun phrases and pronouns mean the same one.
//!
//! Mentions are read off the trees ([`detect`]) and joined by passes, the surest first: speakers and their *I*, names and
//! their shorter forms, roles and descriptions, pronouns last. A pass never joins what earlier passes keep apart: men and
//! women, two listed persons, persons and bodies.

mod cluster;
mod detect;
mod name;
mod noun;
mod pronoun;
mod quote;

use std::collections::HashMap;

use attache_parse::Sentence;
use jiff::civil::Date;

pub use detect::{Class, Mention, Sort};

use super::mention::Mentions;
use crate::ontology::Ontology;
use cluster::Clusters;

/// A document as far as coreference looks at it.
pub struct Text<'a> {
    /// Facts about names and nouns.
    pub ontology: &'a Ontology,
    /// The trees.
    pub sentences: &'a [Sentence],
    /// Known names by sentence.
    pub names: &'a [Mentions],
    /// Paragraph of each sentence.
    pub blocks: &'a [usize],
    /// Name of the one whose turn each sentence is part of.
    pub turns: &'a [Option<String>],
    /// Day that offices are looked up for.
    pub date: Option<Date>,
}

/// The chains of a document.
#[derive(Debug, Clone, Default)]
pub struct Chains {
    mentions: Vec<Mention>,
    /// Chain of each mention: the number of its first mention.
    chain: Vec<usize>,
    at: HashMap<(usize, usize), usize>,
}

impl Chains {
    /// Finds the chains of a text.
    pub fn find(text: &Text) -> Chains {
        let mentions = detect::mentions(text);
        let mut clusters = Clusters::new(&mentions);
        quote::join(text, &mut clusters);
        name::join(text, &mut clusters);
        noun::join(text, &mut clusters);
        pronoun::join(text, &mut clusters);
        let (chain, at) = clusters.finish();
        Chains { mentions, chain, at }
    }

    /// The mentions of the same one before a word, latest first, where the word heads a mention.
    pub fn before(&self, sentence: usize, head: usize) -> Vec<&Mention> {
        let Some(at) = self.at.get(&(sentence, head)) else {
            return Vec::new();
        };
        let earlier = self.mentions[..*at].iter().enumerate().rev();
        earlier
            .filter(|(i, _)| self.chain[*i] == self.chain[*at])
            .map(|(_, m)| m)
            .collect()
    }

    /// The chains of persons, bodies and places with two mentions or more, in order of their first mention.
    pub fn lists(&self) -> Vec<Vec<&Mention>> {
        let mut lists: Vec<Vec<&Mention>> = vec![Vec::new(); self.mentions.len()];
        for (mention, chain) in self.mentions.iter().zip(&self.chain) {
            lists[*chain].push(mention);
        }
        let entity = |m: &&Mention| !matches!(m.class, Class::Thing | Class::Any);
        lists.retain(|l| l.len() > 1 && l.iter().any(entity));
        lists
    }
}

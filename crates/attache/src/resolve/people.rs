//! Nouns for people and for bodies of people that are no listed role: "Guatemalan patrolmen", "a commission in Skopje".

use attache_parse::Upos;

use super::memory::Kind;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use crate::ontology::nouns::Trait;

/// How the keys of people begin of whom the text tells no more than what they are.
pub(crate) const ANYBODY: &str = "anybody:";

impl Resolver<'_> {
    /// Someone of the country that the phrase gives; people of whom it tells none are of the country spoken of.
    pub(super) fn people(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
        let token = &place.tree.tokens[head];
        let noun = token.lemma.to_lowercase();
        if token.upos != Upos::Noun || !self.acts(&noun) {
            return Vec::new();
        }
        let persons = self.ontology.nouns.has(&noun, Trait::People);
        let kind = match (persons, token.feats.has("Number", "Plur")) {
            (true, true) => Kind::People,
            (true, false) => Kind::Person,
            (false, _) => Kind::Body,
        };
        let sector = if persons { vec!["CVL".to_owned()] } else { Vec::new() };
        let blank = Party {
            kind,
            sector,
            ..blank.clone()
        };
        let owners = self.role_owners(place, head, &noun, depth);
        let of = |owner: &Party| Party {
            how: How::Owner,
            ..self.belonging(&blank, owner, &noun, &noun, true)
        };
        let known: Vec<Party> = owners.iter().filter(|o| o.code.is_some()).map(of).collect();
        if !known.is_empty() || !persons {
            return known;
        }
        if let Some(party) = self.appositive(place, head, &blank, depth) {
            return vec![party];
        }
        // Anybody of no country: whom things are done to, not who does them.
        let key = format!("{ANYBODY}{noun}");
        vec![Party {
            key,
            domestic: true,
            ..blank
        }]
    }

    /// Whether whatever bears this noun, a lemma in small letters, decides and acts.
    pub(crate) fn acts(&self, noun: &str) -> bool {
        let nouns = &self.ontology.nouns;
        nouns.has(noun, Trait::People) || nouns.has(noun, Trait::Body)
    }
}

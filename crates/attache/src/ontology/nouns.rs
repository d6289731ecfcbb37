//! What common nouns and given names say of whom they mean: the classes of `agents/nouns.toml` and `agents/people.toml`,
//! and the given names of listed persons.

use std::collections::{BTreeMap, HashMap};

use super::Person;

/// Something that a word can be; a word may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Trait {
    Male,
    Female,
    Human,
    Crowd,
    Territory,
    Settlement,
    Institution,
    People,
    Body,
    GivenMale,
    GivenFemale,
}

const CLASSES: [(&str, Trait); 11] = [
    ("male", Trait::Male),
    ("female", Trait::Female),
    ("human", Trait::Human),
    ("crowd", Trait::Crowd),
    ("territory", Trait::Territory),
    ("settlement", Trait::Settlement),
    ("institution", Trait::Institution),
    ("people", Trait::People),
    ("bodies", Trait::Body),
    ("given-male", Trait::GivenMale),
    ("given-female", Trait::GivenFemale),
];

/// Words with their traits, one bit each.
#[derive(Debug, Clone, Default)]
pub struct Nouns {
    traits: HashMap<String, u16>,
}

impl Nouns {
    /// Collects the traits of words, lower case.
    pub(super) fn of(classes: &HashMap<String, Vec<String>>, persons: &[Person]) -> Nouns {
        let mut nouns = Nouns::default();
        for (class, what) in CLASSES {
            for word in classes.get(class).into_iter().flatten() {
                nouns.add(word, what);
            }
        }
        // A name that only men (women) of our lists bear first says as much of strangers.
        let mut first: BTreeMap<String, Vec<char>> = BTreeMap::new();
        for person in persons {
            let given = person.name.split(' ').next().filter(|g| g.chars().count() > 3);
            if let (Some(given), Some(gender)) = (given, person.gender) {
                first.entry(given.to_lowercase()).or_default().push(gender);
            }
        }
        for (given, genders) in first {
            let all = |g: char| genders.len() > 1 && genders.iter().all(|x| *x == g);
            if !nouns.has(&given, Trait::GivenMale) && !nouns.has(&given, Trait::GivenFemale) {
                if all('m') {
                    nouns.add(&given, Trait::GivenMale);
                } else if all('f') {
                    nouns.add(&given, Trait::GivenFemale);
                }
            }
        }
        nouns
    }

    fn add(&mut self, word: &str, what: Trait) {
        *self.traits.entry(word.to_owned()).or_default() |= 1 << what as u16;
    }

    /// Whether a word, lower case, has the trait.
    pub fn has(&self, word: &str, what: Trait) -> bool {
        self.traits.get(word).is_some_and(|all| all >> what as u16 & 1 == 1)
    }

    /// `m` or `f` where the given name has one gender.
    pub fn given(&self, name: &str) -> Option<char> {
        match (self.has(name, Trait::GivenMale), self.has(name, Trait::GivenFemale)) {
            (true, false) => Some('m'),
            (false, true) => Some('f'),
            _ => None,
        }
    }
}

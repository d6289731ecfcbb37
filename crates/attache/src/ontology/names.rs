//! Look-up of names: atoms (words without accents, case and dots) walked from token starts.

use std::collections::HashMap;

use attache_gazetteer::key::{fold, joins};

/// What a name stands for; indices point into the ontology's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameRef {
    /// The country itself.
    Country(usize),
    /// An adjective of a country ("Cuban").
    Adjective(usize),
    /// Inhabitants; `plural` for "Cubans".
    Inhabitant(usize),
    /// Its capital.
    Capital(usize),
    /// A seat of power of the country, with the index of the seat.
    Seat(usize, usize),
    /// A part of the country.
    Region(usize),
    /// A person by full name.
    Person(usize),
    /// A person by a name that alone identifies in world news.
    PersonShort(usize),
    /// An organisation.
    Organisation(usize),
    /// A group.
    Group(usize),
    /// A role noun.
    Agent(usize),
    /// A place of the gazetteer.
    Place(usize),
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<String, u32>,
    names: Vec<(NameRef, Case)>,
}

/// How a name must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Any case (role nouns).
    Any,
    /// The words that have a capital in the data have one in the text: bit n for the nth atom.
    Capital(u32),
    /// All capitals ("WHO", "US").
    Upper,
}

/// Names as a trie over atoms.
#[derive(Debug)]
pub struct Names {
    nodes: Vec<Node>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

/// A word of a sentence, ready for look-up.
#[derive(Debug, Clone)]
pub struct Atom {
    /// Accents, case and dots removed.
    pub key: String,
    /// Index of the token.
    pub token: usize,
    /// Whether it is the first atom of its token.
    pub first: bool,
    /// Whether it is the last atom of its token.
    pub last: bool,
    /// Starts with a capital letter.
    pub capital: bool,
    /// Consists of capitals (dots aside).
    pub upper: bool,
}

impl Names {
    /// Adds a name; empty names are ignored.
    pub fn add(&mut self, name: &str, what: NameRef, case: Case) {
        let mut at = 0usize;
        for key in keys(name) {
            let fresh = self.nodes.len() as u32;
            let next = *self.nodes[at].next.entry(key).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node::default());
            }
            at = next as usize;
        }
        if at != 0 && !self.nodes[at].names.contains(&(what, case)) {
            self.nodes[at].names.push((what, case));
        }
    }

    /// All names that start at atom `from`, longest first: `(number of atoms, what)`.
    pub fn at(&self, atoms: &[Atom], from: usize) -> Vec<(usize, Vec<NameRef>)> {
        let mut found = Vec::new();
        let mut at = 0usize;
        if !atoms.get(from).is_some_and(|a| a.first) {
            return found;
        }
        for (length, atom) in atoms[from..].iter().enumerate() {
            let Some(next) = self.nodes[at].next.get(&atom.key) else {
                break;
            };
            at = *next as usize;
            if !atom.last {
                continue;
            }
            let here = &atoms[from..=from + length];
            let fits: Vec<NameRef> = self.nodes[at]
                .names
                .iter()
                .filter(|(_, case)| case.fits(here))
                .map(|(name, _)| *name)
                .collect();
            if !fits.is_empty() {
                found.push((length + 1, fits));
            }
        }
        found.reverse();
        found
    }

    /// What a whole name stands for, whatever its case.
    pub fn exact(&self, name: &str) -> &[(NameRef, Case)] {
        let mut at = 0usize;
        for key in keys(name) {
            match self.nodes[at].next.get(&key) {
                Some(next) => at = *next as usize,
                None => return &[],
            }
        }
        &self.nodes[at].names
    }
}

impl Case {
    fn fits(self, atoms: &[Atom]) -> bool {
        match self {
            Case::Any => true,
            Case::Upper => atoms.iter().all(|a| a.upper),
            Case::Capital(words) => atoms
                .iter()
                .enumerate()
                .all(|(n, a)| words >> n.min(31) & 1 == 0 || a.capital),
        }
    }

    /// The case that a name as written in the data asks for: acronyms of up to four letters must be upper case.
    pub fn of_name(name: &str) -> Case {
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.is_empty() || !letters.iter().any(|c| c.is_uppercase()) {
            Case::Any
        } else if letters.len() <= 5 && letters.iter().all(|c| c.is_uppercase()) {
            Case::Upper
        } else {
            let parts = split(name);
            let capitals = parts
                .iter()
                .take(32)
                .enumerate()
                .filter(|(_, (_, capital, _))| *capital);
            Case::Capital(capitals.fold(0, |mask, (n, _)| mask | 1 << n))
        }
    }
}

/// The atoms of a name as keys.
pub fn keys(name: &str) -> Vec<String> {
    split(name).into_iter().map(|(key, _, _)| key).collect()
}

/// The atoms of tokens.
pub fn atoms<'a>(forms: impl Iterator<Item = &'a str>) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (token, form) in forms.enumerate() {
        let parts = split(form);
        let count = parts.len();
        for (n, (key, capital, upper)) in parts.into_iter().enumerate() {
            atoms.push(Atom {
                key,
                token,
                first: n == 0,
                last: n + 1 == count,
                capital,
                upper,
            });
        }
    }
    atoms
}

/// Splits at everything but letters and digits; dots and apostrophes inside a word join ("U.S." is `us`).
fn split(text: &str) -> Vec<(String, bool, bool)> {
    let mut parts = Vec::new();
    let mut key = String::new();
    let (mut capital, mut upper) = (false, true);
    let mut flush = |key: &mut String, capital: bool, upper: bool| {
        if !key.is_empty() {
            parts.push((std::mem::take(key), capital, upper));
        }
    };
    for c in text.chars() {
        if c.is_alphanumeric() {
            if key.is_empty() {
                capital = c.is_uppercase();
                upper = true;
            }
            upper &= !c.is_lowercase();
            fold(c, &mut key);
        } else if !joins(c) {
            flush(&mut key, capital, upper);
        }
    }
    flush(&mut key, capital, upper);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &Names, words: &str) -> Vec<(usize, Vec<NameRef>)> {
        names.at(&atoms(words.split(' ')), 0)
    }

    #[test]
    fn accents_dots_and_hyphens_do_not_matter() {
        let mut names = Names::default();
        names.add(
            "Miguel Díaz-Canel",
            NameRef::Person(1),
            Case::of_name("Miguel Díaz-Canel"),
        );
        names.add("U.S.", NameRef::Country(2), Case::of_name("U.S."));
        assert_eq!(
            found(&names, "Miguel Diaz - Canel said"),
            vec![(3, vec![NameRef::Person(1)])]
        );
        assert_eq!(found(&names, "US troops"), vec![(1, vec![NameRef::Country(2)])]);
        assert!(found(&names, "us all").is_empty(), "the pronoun is not the country");
    }

    #[test]
    fn the_longest_name_comes_first() {
        let mut names = Names::default();
        names.add("Guinea", NameRef::Country(1), Case::of_name("Guinea"));
        names.add("Guinea-Bissau", NameRef::Country(2), Case::of_name("Guinea-Bissau"));
        assert_eq!(found(&names, "Guinea-Bissau said")[0].1, vec![NameRef::Country(2)]);
    }
}

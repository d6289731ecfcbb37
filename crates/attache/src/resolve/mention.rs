//! Known names and role nouns of one sentence.

use attache_parse::{EntityKind, Sentence, Upos};

use crate::ontology::names::{self, Atom};
use crate::ontology::{NameRef, Ontology};

/// Tokens that a name covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// First token.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// What it may stand for, likeliest first.
    pub what: Vec<NameRef>,
}

/// The mentions of one sentence: names, and on a layer of their own role nouns.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Names, in text order, not overlapping.
    pub names: Vec<Mention>,
    /// Role nouns, in text order, not overlapping.
    pub roles: Vec<Mention>,
}

impl Mentions {
    /// Finds all known names and role nouns.
    pub fn find(ontology: &Ontology, sentence: &Sentence) -> Mentions {
        let atoms = names::atoms(sentence.tokens.iter().map(|t| t.form.as_str()));
        Mentions {
            names: layer(ontology, sentence, &atoms, |n| !matches!(n, NameRef::Agent(_))),
            roles: layer(ontology, sentence, &atoms, |n| matches!(n, NameRef::Agent(_))),
        }
    }

    /// The name that covers a token.
    pub fn name_at(&self, token: usize) -> Option<&Mention> {
        self.names.iter().find(|m| m.first <= token && token < m.end)
    }

    /// The role noun that covers a token.
    pub fn role_at(&self, token: usize) -> Option<&Mention> {
        self.roles.iter().find(|m| m.first <= token && token < m.end)
    }
}

fn layer(ontology: &Ontology, sentence: &Sentence, atoms: &[Atom], keep: impl Fn(&NameRef) -> bool) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let hit = ontology.names.at(atoms, at).into_iter().find_map(|(length, what)| {
            let (first, end) = (atoms[at].token, atoms[at + length - 1].token + 1);
            let mut what: Vec<NameRef> = what
                .into_iter()
                .filter(|n| keep(n) && allowed(sentence, first, end, *n))
                .collect();
            what.sort_by_key(|n| (rank(sentence, first, *n), tie(ontology, *n)));
            (!what.is_empty()).then_some((length, Mention { first, end, what }))
        });
        match hit {
            Some((length, mention)) => {
                found.push(mention);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Likeliest reading first: whole countries and full names before parts, short names and places.
fn rank(sentence: &Sentence, first: usize, name: NameRef) -> u8 {
    let adjective = matches!(sentence.tokens[first].upos, Upos::Adj);
    match name {
        NameRef::Country(_) => 0,
        NameRef::Adjective(_) => u8::from(!adjective) + 1,
        NameRef::Inhabitant(_) => 2 - u8::from(!adjective),
        NameRef::Person(_) => 3,
        NameRef::Organisation(_) => 4,
        NameRef::Group(_) => 4,
        NameRef::Seat(..) => 5,
        NameRef::Capital(_) => 6,
        NameRef::Region(_) => 7,
        NameRef::PersonShort(_) => 8,
        NameRef::Place(_) => 9,
        NameRef::Agent(_) => 10,
    }
}

/// Among places of one name the largest.
fn tie(ontology: &Ontology, name: NameRef) -> u64 {
    match name {
        NameRef::Place(p) => u64::MAX - ontology.places[p].population,
        _ => 0,
    }
}

/// Whether tokens may carry that name where they stand.
fn allowed(sentence: &Sentence, first: usize, end: usize, name: NameRef) -> bool {
    let entity = sentence.entities.iter().find(|e| e.first < end && first < e.end);
    let kind = entity.map(|e| e.kind);
    // "Jordan" in "Michael Jordan", "Paris" in "Paris Hilton": inside a longer person's name nothing else is meant.
    let inside_person = entity.is_some_and(|e| {
        e.kind == EntityKind::Person && (e.first < first && is_name(sentence, e.first) || end < e.end)
    });
    // "WHO" in a sentence with small letters is no pronoun.
    let shouted =
        |form: &str| form.chars().filter(|c| c.is_alphabetic()).count() > 2 && !form.chars().any(char::is_lowercase);
    let whole = || {
        sentence
            .tokens
            .iter()
            .filter(|t| t.form.len() > 2)
            .all(|t| shouted(&t.form))
    };
    let acronym = end - first == 1 && shouted(&sentence.tokens[first].form) && !whole();
    let verb_or_function = !acronym
        && (first..end).all(|t| {
            matches!(
                sentence.tokens[t].upos,
                Upos::Verb | Upos::Aux | Upos::Adp | Upos::Pron | Upos::Det | Upos::Cconj | Upos::Sconj
            )
        });
    match name {
        NameRef::Person(_) => true,
        NameRef::Agent(_) => (first..end).any(|t| {
            matches!(
                sentence.tokens[t].upos,
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb
            )
        }),
        NameRef::PersonShort(_) => {
            !verb_or_function && !inside_person && !matches!(kind, Some(EntityKind::Place | EntityKind::Organisation))
        }
        NameRef::Place(_) => {
            !verb_or_function && !inside_person && (kind != Some(EntityKind::Person) || located(sentence, first, end))
        }
        NameRef::Capital(_) | NameRef::Region(_) | NameRef::Country(_) => !verb_or_function && !inside_person,
        _ => !verb_or_function && !inside_person || end - first > 1,
    }
}

fn is_name(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].upos == Upos::Propn
}

/// "The mayor *of Kharkiv*", "in Kharkiv": where a preposition of place or a role stands before, a name taken for a person's may be a
/// town's.
fn located(sentence: &Sentence, first: usize, end: usize) -> bool {
    let Some(head) = sentence.head_among(|t| (first..end).contains(&t)) else {
        return false;
    };
    let case = sentence
        .children(head)
        .find(|c| sentence.tokens[*c].rel() == "case" && *c < first);
    let case = case.map(|c| sentence.tokens[c].lemma.to_lowercase());
    match case.as_deref() {
        Some("in" | "near" | "outside" | "into") => true,
        Some("of" | "at" | "from") => sentence.tokens[head].rel() == "nmod",
        _ => false,
    }
}

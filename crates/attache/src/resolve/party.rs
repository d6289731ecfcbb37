//! A party: whom words of a sentence stand for.

use attache_parse::Sentence;

use super::memory::Kind;

/// How words were resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A known name.
    Name,
    /// A role with its country ("the Cuban foreign minister").
    Role,
    /// A name with a role beside it ("Jane Doe, Kenya's envoy").
    Apposition,
    /// A name seen before in the document.
    Again,
    /// A pronoun.
    Pronoun,
    /// A description ("the island nation", "both sides").
    Description,
    /// Something that belongs to a country ("Palestinian lorries").
    Owner,
    /// A role without a country, taken from the other party.
    Domestic,
    /// A role or name without any code.
    Unknown,
}

impl How {
    /// Name for `explain`.
    pub fn name(self) -> &'static str {
        match self {
            How::Name => "name",
            How::Role => "role",
            How::Apposition => "apposition",
            How::Again => "seen before",
            How::Pronoun => "pronoun",
            How::Description => "description",
            How::Owner => "owner",
            How::Domestic => "domestic",
            How::Unknown => "unknown",
        }
    }

    /// How sure such a resolution is, 0 to 1.
    pub fn certainty(self) -> f64 {
        match self {
            How::Name => 1.0,
            How::Role | How::Apposition => 0.97,
            How::Again => 0.95,
            How::Pronoun => 0.85,
            How::Description => 0.85,
            How::Owner => 0.8,
            How::Domestic => 0.75,
            How::Unknown => 0.5,
        }
    }
}

/// Someone who acts or is acted upon.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Sentence of the words.
    pub sentence: usize,
    /// Head token.
    pub head: usize,
    /// First token of the words.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// Country or non-state code.
    pub code: Option<String>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
    /// Name of the entity.
    pub identifier: Option<String>,
    /// Office at the document's date.
    pub office: Option<String>,
    /// Index of the person in the ontology.
    pub person: Option<usize>,
    /// What distinguishes the entity in the document.
    pub key: String,
    /// How it was resolved.
    pub how: How,
    /// `m` or `f` where known.
    pub gender: Option<char>,
    /// What pronouns may mean it.
    pub kind: Kind,
    /// The country is only that of the surroundings: a domestic role.
    pub domestic: bool,
}

/// A sentence under resolution.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Its tree.
    pub tree: &'a Sentence,
    /// Its number.
    pub number: usize,
}

/// The words of a noun phrase without clauses, prepositional phrases and appositions: a range around the head.
pub fn core(tree: &Sentence, head: usize) -> (usize, usize) {
    let (mut first, mut end) = (head, head + 1);
    for child in tree.children(head) {
        if matches!(
            tree.tokens[child].rel(),
            "det" | "amod" | "compound" | "flat" | "nummod" | "fixed" | "goeswith"
        ) || matches!(tree.tokens[child].deprel.as_str(), "nmod:poss" | "nmod:desc")
            || tree.tokens[child].rel() == "nmod"
                && !tree.children(child).any(|c| tree.tokens[c].rel() == "case")
                && child < head
            || tree.tokens[child].rel() == "appos" && child == head + 1
        {
            let inner = tree.subtree(child);
            first = first.min(inner.first().copied().unwrap_or(child));
            end = end.max(inner.last().copied().unwrap_or(child) + 1);
        }
    }
    (first, end)
}

impl Party {
    /// The same one, meant again by the words of another phrase.
    pub(super) fn again(&self, words: &Party, place: Place, head: usize) -> Party {
        Party {
            how: How::Again,
            first: words.first,
            end: words.end,
            head,
            sentence: place.number,
            ..self.clone()
        }
    }
}

//! Patterns and operators, compiled.

use std::collections::HashSet;

use super::schema::Effect;
use crate::event::Status;

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerKind {
    /// Verb, also as participle.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adj,
}

/// A trigger: a lemma, with a particle or a second word where it has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Part of speech.
    pub kind: TriggerKind,
    /// Lemma of the word that governs.
    pub lemma: String,
    /// For verbs a particle or preposition-like adverb ("carry *out*"); for nouns the modifier before it ("*phone* call").
    pub second: Option<String>,
}

/// Where a role is found, from the trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// Logical subject.
    Subject,
    /// Logical object.
    Object,
    /// Indirect object.
    Indirect,
    /// Possessor of the trigger noun.
    Possessor,
    /// Adjective or noun modifier that names a country or body ("*U.S.* embargo").
    Modifier,
    /// Complement of a preposition, of the trigger or of its object.
    Prep(String),
    /// Possessor or modifier of the object ("reject *Iran's* offer").
    ObjectOwner,
    /// The doer of a clause that hangs on the object ("condemn the sanctions imposed *by Washington*").
    ObjectDoer,
    /// Complement of a preposition of the object only.
    ObjectPrep(String),
    /// Complement of a preposition inside that of another ("call for the release *of dissidents*": `for.of`).
    PrepPrep(String, String),
    /// Possessor or modifier of a preposition's complement ("meddle in *Ukraine's* affairs").
    PrepOwner(String),
    /// Subject of the clausal complement.
    ComplementSubject,
    /// Object of the clausal complement.
    ComplementObject,
}

impl Path {
    /// Reads a path as the data files write it; `None` for an unknown one.
    pub fn parse(text: &str) -> Option<Path> {
        Some(match text {
            "subj" => Path::Subject,
            "obj" => Path::Object,
            "iobj" => Path::Indirect,
            "poss" => Path::Possessor,
            "mod" => Path::Modifier,
            "obj.owner" => Path::ObjectOwner,
            "obj.doer" => Path::ObjectDoer,
            "comp.subj" => Path::ComplementSubject,
            "comp.obj" => Path::ComplementObject,
            other => {
                if let Some(prep) = other.strip_prefix("obj.") {
                    Path::ObjectPrep(prep.to_owned())
                } else if let Some(prep) = other.strip_suffix(".owner") {
                    Path::PrepOwner(prep.to_owned())
                } else if let Some((outer, inner)) = other.split_once('.').filter(|(o, i)| is_prep(o) && is_prep(i)) {
                    Path::PrepPrep(outer.to_owned(), inner.to_owned())
                } else if is_prep(other) {
                    Path::Prep(other.to_owned())
                } else {
                    return None;
                }
            }
        })
    }
}

fn is_prep(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// Where to look for a recipient that no path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unnamed {
    /// The foreign country where it is done.
    Place,
    /// The only other country or body of the clause.
    Clause,
    /// The only other country or body of the sentence.
    Sentence,
    /// The other country last spoken of.
    Before,
    /// The actor's own country: its state, its citizens.
    Home,
}

impl Unnamed {
    /// The reason, for `explain`.
    pub fn tells(self) -> &'static str {
        match self {
            Unnamed::Place => "taken from where it is done",
            Unnamed::Clause => "taken from the only other country of the clause",
            Unnamed::Sentence => "taken from the only other country of the sentence",
            Unnamed::Before => "taken from the other country last spoken of",
            Unnamed::Home => "such an act is directed at one's own country",
        }
    }
}

/// Who does what the words leave open ("ten were arrested in Lahore").
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doer {
    /// Nobody knows: the record has no actor.
    Unknown,
    /// The state of the country where it is done.
    State,
    /// The people there.
    People,
}

/// A pattern from words and syntax to an event.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Identifier.
    pub id: String,
    /// File and line where it stands.
    pub origin: (String, usize),
    /// Event type.
    pub event: String,
    /// Mode or empty.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// Words that set it off.
    pub triggers: Vec<Trigger>,
    /// Lemmas that the object must have; empty for any.
    pub obj: HashSet<String>,
    /// Lemmas that the object must not have.
    pub not_obj: HashSet<String>,
    /// Lemmas that the head of the clausal complement must have; empty for any.
    pub comp: HashSet<String>,
    /// Prepositions with the lemmas that their complement must have.
    pub prep: Vec<(String, HashSet<String>)>,
    /// Where the actor stands, best first.
    pub actor: Vec<Path>,
    /// Where the recipient stands, best first.
    pub recipient: Vec<Path>,
    /// Where to look for the recipient where no path leads to one; `None` leaves it to the row of its type and mode.
    pub unnamed: Option<Vec<Unnamed>>,
    /// Who does it where the words leave it open (rows of the second reader only).
    pub doer: Option<Doer>,
    /// Where to look for the country of a recipient without one.
    pub nameless: Option<Vec<Unnamed>>,
    /// All parties are actors.
    pub joint: bool,
    /// Whether it needs a recipient.
    pub needs_recipient: bool,
    /// Sectors, one of which the actor must have.
    pub actor_sector: Vec<String>,
    /// Sectors, one of which the recipient must have.
    pub recipient_sector: Vec<String>,
    /// Status where nothing says otherwise.
    pub status: Option<Status>,
    /// Contexts.
    pub context: Vec<String>,
    /// Prior chance of being right, 0 to 1.
    pub weight: f64,
    /// Sentences that it must read.
    pub examples: Vec<Example>,
    /// Sentences that it must leave alone.
    pub counter: Vec<String>,
}

impl Pattern {
    /// Number of lexical conditions: the more, the more specific.
    pub fn specificity(&self) -> usize {
        usize::from(!self.obj.is_empty()) * 2
            + usize::from(!self.comp.is_empty()) * 2
            + self.prep.len() * 2
            + usize::from(!self.actor_sector.is_empty())
            + usize::from(!self.recipient_sector.is_empty())
            + usize::from(self.triggers.iter().any(|t| t.second.is_some()))
            + usize::from(self.needs_recipient)
    }
}

/// A word that changes the event in its complement.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Identifier.
    pub id: String,
    /// File and line.
    pub origin: (String, usize),
    /// What it does.
    pub effect: Effect,
    /// Words.
    pub triggers: Vec<Trigger>,
    /// Where the content stands: `xcomp`, `ccomp`, `acl`, `advcl`, `obj`, or a preposition.
    pub content: Vec<String>,
    /// Where the addressee stands.
    pub recipient: Vec<Path>,
    /// The addressee does the content.
    pub object_control: bool,
    /// The word alone is enough.
    pub bare: bool,
    /// Needs a recipient.
    pub needs_recipient: bool,
    /// Sentences that it must read.
    pub examples: Vec<Example>,
    /// Sentences that it must leave alone.
    pub counter: Vec<String>,
}

/// An example: `SENTENCE => EVENT[/mode] ACTORS [> RECIPIENTS] [status]`, codes joined by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Event type.
    pub event: String,
    /// Mode, where the example tells it.
    pub mode: Option<String>,
    /// Codes of the actors, sorted.
    pub actor: Vec<String>,
    /// Codes of the recipients, sorted.
    pub recipient: Vec<String>,
    /// Status, where the example tells it.
    pub status: Option<Status>,
}

impl Example {
    /// Reads an example.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str) -> Result<Example, String> {
        let form = "write it as: SENTENCE => EVENT[/mode] ACTORS [> RECIPIENTS] [status]";
        let (text, expected) = line
            .rsplit_once("=>")
            .ok_or_else(|| format!("an example has no `=>`; {form}"))?;
        let mut words = expected.split_whitespace();
        let event = words
            .next()
            .ok_or_else(|| format!("an example expects nothing; {form}"))?;
        let (event, mode) = match event.split_once('/') {
            Some((event, mode)) => (event, Some(mode.to_owned())),
            None => (event, None),
        };
        let actor = codes(words.next().ok_or_else(|| format!("an example has no actor; {form}"))?);
        let mut recipient = Vec::new();
        let mut status = None;
        while let Some(word) = words.next() {
            if word == ">" {
                recipient = codes(words.next().ok_or_else(|| format!("nothing follows `>`; {form}"))?);
            } else {
                let parsed = serde_json::from_value(serde_json::Value::String(word.to_owned()));
                status = Some(parsed.map_err(|_| format!("`{word}` is no status; {form}"))?);
            }
        }
        Ok(Example {
            text: text.trim().to_owned(),
            event: event.to_owned(),
            mode,
            actor,
            recipient,
            status,
        })
    }
}

fn codes(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = text.split(',').map(str::to_owned).collect();
    codes.sort();
    codes
}

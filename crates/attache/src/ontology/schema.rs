//! The shape of the data files: one schema for all of them, so that a user's file may hold any mix of entries.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// One data file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    pub ontology: Option<Header>,
    pub event: Vec<EventType>,
    pub mode: Vec<Mode>,
    pub context: Vec<Named>,
    pub sector: Vec<SectorEntry>,
    pub nonstate: Vec<NonState>,
    pub cameo: Vec<Cameo>,
    pub country: Vec<Country>,
    pub person: Vec<Person>,
    pub organisation: Vec<Organisation>,
    pub group: Vec<Group>,
    pub agent: Vec<Agent>,
    pub class: Vec<Class>,
    pub pattern: Vec<Pattern>,
    pub operator: Vec<Operator>,
    pub derive: Vec<Derive>,
    pub learned: Vec<Learned>,
    pub second_reader: Option<Belief>,
    pub confidence: Option<Spanned<super::confidence::ConfidenceModel>>,
    pub cue: Vec<Cue>,
}

/// How far the second reader is believed.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    /// Probability from which it is believed alone, 0 to 1, where a row of its own does not say.
    pub sure: f64,
    /// Probability of its type below which a pattern's find is dropped, 0 to 1.
    pub doubt: f64,
}

impl Default for Belief {
    /// Never believed: an ontology without the entry has no second reader.
    fn default() -> Self {
        Self { sure: 2.0, doubt: 0.0 }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub name: String,
    pub version: String,
    #[serde(default)]
    #[allow(dead_code)]
    pub note: String,
}

/// A PLOVER event type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventType {
    /// `AGREE`, …
    pub code: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// PLOVER score.
    pub score: f64,
    /// Whether a record needs a recipient.
    #[serde(default)]
    pub requires_recipient: bool,
    /// What belongs here.
    #[serde(default)]
    pub definition: String,
    /// What goes elsewhere.
    #[serde(default)]
    pub near_misses: String,
}

/// A PLOVER mode.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mode {
    /// Event type.
    pub event: String,
    /// Name.
    pub mode: String,
    /// PLOVER score.
    pub score: f64,
    /// What belongs here.
    #[serde(default)]
    pub definition: String,
}

/// A PLOVER context.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Name.
    pub name: String,
    /// What belongs here.
    #[serde(default)]
    pub definition: String,
    /// Words and phrases, each of which alone shows it.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that show it only where another word does too.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Phrases that hold such a word and mean something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Sectors of a party that show it.
    #[serde(default)]
    pub sectors: Vec<String>,
    /// Event types that speak for it, and `TYPE/mode` that show it.
    #[serde(default)]
    pub events: Vec<String>,
}

/// A PLOVER sector.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorEntry {
    /// Code.
    pub code: String,
    /// Who belongs here.
    #[serde(default)]
    pub definition: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NonState {
    pub code: String,
    pub name: String,
}

/// A CAMEO code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cameo {
    /// Two to four digits.
    pub code: String,
    /// CAMEO's name.
    pub name: String,
    /// Goldstein score as GDELT uses it.
    #[serde(default)]
    pub goldstein: f64,
    /// Goldstein score as ICEWS uses it, where it differs.
    #[serde(default)]
    pub goldstein_icews: Option<f64>,
    /// PLOVER event of the crosswalk.
    #[serde(default)]
    pub plover: String,
    /// PLOVER mode of the crosswalk.
    #[serde(default)]
    pub mode: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub code: Spanned<String>,
    pub name: String,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub inhabitants: Vec<String>,
    #[serde(default)]
    pub capital: String,
    #[serde(default)]
    pub capital_names: Vec<String>,
    #[serde(default)]
    pub seats: Vec<Seat>,
    #[serde(default)]
    pub regions: Vec<String>,
    #[serde(default)]
    pub described: Vec<String>,
    #[serde(default)]
    pub sector: Vec<String>,
    #[serde(default)]
    pub former: Vec<FormerState>,
    #[serde(default)]
    pub wikidata: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    pub name: String,
    pub sector: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormerState {
    pub name: String,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub inhabitants: Vec<String>,
    #[serde(default)]
    pub capital: Option<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub name: Spanned<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub gender: Option<String>,
    #[serde(default)]
    pub born: Option<String>,
    #[serde(default)]
    pub died: Option<String>,
    #[serde(default)]
    pub wikidata: Option<String>,
    #[serde(default)]
    pub offices: Vec<Office>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub organisation: Option<String>,
    #[serde(default)]
    pub sector: Vec<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organisation {
    pub name: Spanned<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub code: String,
    #[serde(default)]
    pub sector: Vec<String>,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub wikidata: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub name: Spanned<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub code: String,
    #[serde(default)]
    pub sector: Vec<String>,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub wikidata: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agent {
    pub noun: Spanned<String>,
    #[serde(default)]
    pub plural: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub sector: Vec<String>,
    #[serde(default)]
    pub kind: AgentKind,
    #[serde(default)]
    pub domestic: bool,
}

/// What a role noun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentKind {
    /// One office holder ("foreign minister").
    #[default]
    Person,
    /// People without an office ("protesters").
    People,
    /// A body ("ministry").
    Body,
    /// Armed people ("troops").
    Force,
    /// Things that act for their owner ("warships").
    Equipment,
}

/// Words that patterns name together, as `@name`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    pub name: Spanned<String>,
    pub words: Vec<String>,
}

/// A pattern from words and syntax to an event (docs/patterns.md).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    pub id: Spanned<String>,
    pub event: String,
    #[serde(default)]
    pub mode: String,
    pub cameo: String,
    #[serde(default)]
    pub verb: Vec<String>,
    #[serde(default)]
    pub noun: Vec<String>,
    #[serde(default)]
    pub adj: Vec<String>,
    #[serde(default)]
    pub obj: Vec<String>,
    #[serde(default)]
    pub not_obj: Vec<String>,
    #[serde(default)]
    pub comp: Vec<String>,
    #[serde(default)]
    pub prep: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub actor: Option<Vec<String>>,
    #[serde(default)]
    pub recipient: Option<Vec<String>>,
    #[serde(default)]
    pub unnamed: Option<Vec<super::pattern::Unnamed>>,
    #[serde(default)]
    pub nameless: Option<Vec<super::pattern::Unnamed>>,
    #[serde(default)]
    pub joint: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub actor_sector: Vec<String>,
    #[serde(default)]
    pub recipient_sector: Vec<String>,
    #[serde(default)]
    pub status: Option<crate::event::Status>,
    #[serde(default)]
    pub context: Vec<String>,
    #[serde(default)]
    pub weight: Option<f64>,
    #[serde(default)]
    #[allow(dead_code)]
    pub note: String,
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter: Vec<String>,
}

/// A word that changes the event in its complement: promise, refuse, threaten, ask, fail ….
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operator {
    pub id: Spanned<String>,
    pub effect: Effect,
    #[serde(default)]
    pub verb: Vec<String>,
    #[serde(default)]
    pub noun: Vec<String>,
    #[serde(default)]
    pub adj: Vec<String>,
    /// Where the content stands: `xcomp`, `ccomp`, `acl`, `advcl`, `obj`, or a preposition.
    pub content: Vec<String>,
    /// Where the addressee stands, as in patterns.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// Whether the addressee does the content ("urged Iran to leave").
    #[serde(default)]
    pub object_control: bool,
    /// Whether the word alone is enough where the content matches no pattern.
    #[serde(default)]
    pub bare: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub note: String,
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter: Vec<String>,
}

/// What an operator does with the event in its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Bound to do it: promise, agree, be ready.
    Commit,
    /// Will do it.
    Future,
    /// Refuses it.
    Refuse,
    /// Threatens it.
    Threaten,
    /// Asks the other side for it.
    Request,
    /// Charges the other side with it.
    Accuse,
    /// Praises the other side for it.
    Praise,
    /// Did not do it.
    Fail,
    /// Says that it did not happen.
    Deny,
    /// Tries, wants, hopes to do it.
    Attempt,
    /// Begins, goes on, ends, manages: the event itself.
    Aspect,
    /// Calls it off.
    Cancel,
    /// Talks of it without doing it: discuss, consider, oppose. Nothing is coded of the content.
    Absorb,
}

/// What an effect makes of an inner event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Derive {
    pub effect: Effect,
    /// CAMEO codes of inner events, their types, `TYPE/mode`, `none` (no inner event) or `*`; the most exact row wins.
    pub inner: Vec<String>,
    pub event: Spanned<String>,
    #[serde(default)]
    pub mode: String,
    pub cameo: String,
    #[serde(default)]
    pub status: Option<crate::event::Status>,
}

/// Where an event that the second reader names has its sides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Learned {
    pub event: Spanned<String>,
    #[serde(default)]
    pub mode: String,
    pub cameo: String,
    pub actor: Vec<String>,
    #[serde(default)]
    pub recipient: Vec<String>,
    #[serde(default)]
    pub joint: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    /// Where to look for the recipient of such an event, whoever reads it, where no path leads to one.
    #[serde(default)]
    pub unnamed: Option<Vec<super::pattern::Unnamed>>,
    /// Where to look for the country of a recipient without one.
    #[serde(default)]
    pub nameless: Option<Vec<super::pattern::Unnamed>>,
    /// Who does such a thing, whoever reads it, where the words leave it open.
    #[serde(default)]
    pub doer: Option<super::pattern::Doer>,
    /// Probability from which the second reader alone is believed, 0 to 1.
    #[serde(default)]
    pub sure: Option<f64>,
}

impl Learned {
    /// `learned.assault.aerial`: also the name of the pattern on records.
    pub(crate) fn id(&self) -> String {
        let mode = if self.mode.is_empty() { "any" } else { &self.mode };
        format!("learned.{}.{mode}", self.event.get_ref().to_lowercase())
    }
}

/// Words that give somebody's word, with where their content stands (data/README.md).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cue {
    pub id: Spanned<String>,
    pub force: Force,
    #[serde(default)]
    pub verb: Vec<String>,
    #[serde(default)]
    pub noun: Vec<String>,
    #[serde(default)]
    pub adj: Vec<String>,
    #[serde(default)]
    pub adverb: Vec<String>,
    #[serde(default)]
    pub phrase: Vec<String>,
    pub content: Vec<Content>,
    /// Where the addressee stands: `obj` or a preposition.
    #[serde(default)]
    pub addressee: Vec<String>,
    /// Words, one of which must head the source; any where empty.
    #[serde(default)]
    pub source: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub note: String,
}

/// What somebody does with words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Force {
    /// Says that it is so.
    Say,
    /// Says that it is not so.
    Deny,
    /// Takes it to be so.
    Think,
    /// Asks whether, or for it.
    Ask,
    /// Judges someone or something.
    Judge,
    /// Means to do it.
    Want,
    /// Passes on what another says.
    Relay,
}

/// Where the content of a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// In a clause that depends on it: "said (that) …", "asked whether …".
    That,
    /// In quotation marks.
    Quote,
    /// In the clause that it is set beside: "…, the ministry said, …".
    Aside,
    /// In the clause that "as X put it" is set beside.
    Put,
    /// In an infinitive: "vowed to …".
    To,
    /// In a gerund: "denied taking …".
    Ing,
    /// In object and infinitive: "expects it to fall".
    Raise,
    /// In the object.
    Object,
    /// In object and predicate: "called him a coward".
    Small,
    /// In object and what follows "as".
    As,
    /// In object and what follows "of"; for nouns what follows "of".
    Of,
    /// In object and what follows "for".
    For,
    /// In object and what follows "with".
    With,
    /// In the clause that reports, with the object as source: "…, citing the ministry".
    Cite,
    /// In a clause that hangs on a noun: "the claim that …".
    Acl,
    /// Behind a copula: "the fear is that …".
    IsThat,
    /// In the clause that an adverb stands in.
    Clause,
    /// In the clause that a phrase stands in, with the source behind it: "according to X".
    Host,
    /// In the clause that a phrase stands in, with the source as its owner: "in his view".
    Owned,
}

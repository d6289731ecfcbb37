//! The record that leaves the house: PLOVER's field names, with attache's additions (see docs/record.md).

use serde::{Deserialize, Serialize};

use crate::date::Precision;
use crate::document::CopyOf;

/// One coded event. All offsets are half-open ranges of Unicode code points in the document's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable: same document, span and event give the same id.
    pub id: String,
    /// First day, `YYYY-MM-DD`; the publication date where the text gives none (then `date_precision` is `none`); null without either.
    pub date: Option<String>,
    /// Last day where the event spans several or the date is an interval.
    pub enddate: Option<String>,
    /// How exactly the text gives the date.
    pub date_precision: Precision,
    /// The words that gave the date; null where the text gives none.
    #[serde(default)]
    pub date_text: Option<String>,
    /// Who initiates; all parties of a joint act.
    pub actor: Vec<Actor>,
    /// Whom it is directed at.
    pub recipient: Vec<Actor>,
    /// PLOVER event type; a list as in PLOVER, one entry.
    pub event: Vec<String>,
    /// PLOVER mode; a list as in PLOVER, at most one entry.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_code: u8,
    /// PLOVER's score, -10 to +10.
    pub event_scale: f64,
    /// CAMEO code, 2 to 4 digits.
    pub cameo: String,
    /// Goldstein score of the CAMEO code, -10 to +10.
    pub goldstein: f64,
    /// Whether it happened.
    pub status: Status,
    /// The words that show the status; null where nothing but the tense of news does.
    #[serde(default)]
    pub status_cue: Option<StatusCue>,
    /// Who says so, innermost speaker first; empty for the narrator.
    pub attribution: Vec<Attribution>,
    /// Where it happened.
    pub event_loc: Option<EventLocation>,
    /// Numbers of people.
    pub size: Size,
    /// The words that express the event.
    pub event_text: Vec<String>,
    /// The sentence.
    pub text: String,
    /// Where the sentence stands.
    pub text_info: TextInfo,
    /// The document and the coder.
    pub cite_info: CiteInfo,
    /// Identifier of the pattern that fired.
    pub pattern: String,
    /// Chance of being right, 0 to 1.
    pub confidence: f64,
    /// Document id.
    pub doc: String,
    /// Id of the happening that this reports, once merged.
    pub happening: Option<String>,
}

/// Whether and how an event happened, as the text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The news of this document.
    Occurred,
    /// In force now.
    Ongoing,
    /// Announced or expected.
    Planned,
    /// If, would, could.
    Hypothetical,
    /// Said not to have happened.
    Denied,
    /// An earlier event retold.
    Background,
}

/// The words that show a status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusCue {
    /// How they show it.
    pub kind: StatusKind,
    /// The words; gaps between them are shown by an ellipsis.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// How words show that an event is more or less than the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusKind {
    /// Will, is to, has promised to.
    Future,
    /// If, unless, would.
    Conditional,
    /// May, could.
    Possible,
    /// Tried to, hopes to.
    Attempted,
    /// Not, never, denied that.
    Denied,
    /// Failed to.
    Failed,
    /// Called off.
    Cancelled,
    /// Allegedly, is said to.
    Alleged,
    /// Regularly.
    Habitual,
    /// Had, in 1961, once.
    Recalled,
    /// Since May, continues to.
    Ongoing,
}

/// One party of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The words.
    pub entity_text: String,
    /// ISO 3166-1 alpha-3, or a PLOVER non-state code; null where unknown.
    pub code: Option<String>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
    /// Name of the entity that the words were resolved to.
    pub identifier_text: Option<String>,
    /// Office held on the event's date.
    pub office: Option<String>,
    /// Wikidata item of the entity, where it is known.
    #[serde(default)]
    pub wikidata: Option<String>,
    /// First code point of the words.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Who says so, with which words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who says it.
    pub speaker: Actor,
    /// The word that introduces the speech: `said`, `according to`; empty for the turns of a transcript.
    pub cue: String,
    /// How the words are given.
    pub kind: SpeechKind,
    /// First code point of the cue (of the speaker where there is no cue).
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Somebody's word, as `attache code --statements` writes it. All offsets are code points of the document's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Stable: same document and spans give the same id.
    pub id: String,
    /// Document id.
    pub doc: String,
    /// Who says it; null where the text names nobody ("reportedly").
    pub speaker: Option<Actor>,
    /// Whom it is said to.
    pub addressee: Option<Actor>,
    /// The words that introduce it; null for quotations that stand alone and for turns.
    pub cue: Option<Piece>,
    /// How the words are given.
    pub kind: SpeechKind,
    /// `say`, `think`, `ask`, `judge`, `want` or `relay`.
    pub force: String,
    /// What is said; several pieces where the cue interrupts it or it runs over sentences.
    pub content: Vec<Piece>,
    /// Number of the sentence of the cue, from 0.
    pub sentence: usize,
    /// Id of the statement that this one is told in.
    pub within: Option<String>,
    /// Day of saying as far as its clause tells it, else the publication date: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub date: Option<String>,
}

/// Words of the text with their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// How reported words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeechKind {
    /// In quotation marks, or a turn of a transcript.
    Direct,
    /// Reported.
    Indirect,
    /// Both.
    Mixed,
}

/// Where an event happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventLocation {
    /// The words.
    pub extracted_place: String,
    /// Name in the gazetteer.
    pub resolved_place: Option<String>,
    /// GeoNames identifier.
    pub geonameid: Option<u32>,
    /// Degrees north, -90 to 90.
    pub lat: Option<f64>,
    /// Degrees east, -180 to 180.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
    /// 1 country, 2 first-level division, 3 second-level division, 4 place.
    pub resolution: Option<u8>,
    /// What puts the event there.
    #[serde(default)]
    pub basis: Basis,
}

/// What puts an event at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The event's own words: "met in Geneva", "the Geneva talks".
    #[default]
    Clause,
    /// What was visited, attacked or taken: "visited Havana".
    Object,
    /// The verb that carries or shares the event's word: "talks were held in Geneva".
    Above,
    /// The dateline, since the sentence names no place.
    Dateline,
}

/// Numbers of people, as the sentence gives them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Killed.
    pub dead: Option<u64>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Arrested.
    pub arrested: Option<u64>,
    /// Taking part in a protest.
    #[serde(default)]
    pub participants: Option<u64>,
    /// Names of the numbers above that are lower bounds ("at least 12", "dozens").
    #[serde(default)]
    pub at_least: Vec<String>,
    /// The words that give the numbers.
    #[serde(default)]
    pub text: Vec<String>,
}

impl Size {
    /// The numbers by their names.
    pub(crate) fn numbers(&self) -> [(&'static str, Option<u64>); 4] {
        [
            ("dead", self.dead),
            ("injured", self.injured),
            ("arrested", self.arrested),
            ("participants", self.participants),
        ]
    }

    /// Fills a number that is not told yet, as a lower bound where it is `least`; whether it did.
    pub(crate) fn fill(&mut self, name: &str, number: u64, least: bool) -> bool {
        let field = match name {
            "dead" => &mut self.dead,
            "injured" => &mut self.injured,
            "arrested" => &mut self.arrested,
            _ => &mut self.participants,
        };
        if field.is_some() {
            return false;
        }
        *field = Some(number);
        if least {
            self.at_least.push(name.to_owned());
        }
        true
    }

    /// Notes the words that give a number, once.
    pub(crate) fn tell(&mut self, words: String) {
        if !self.text.contains(&words) {
            self.text.push(words);
        }
    }
}

/// Where the sentence of an event stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextInfo {
    /// Number of the sentence among the coded sentences, from 0.
    pub sequence: usize,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The document and the coder.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CiteInfo {
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publication: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Publication date as known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub published: Option<String>,
    /// The earlier document that this one repeats.
    #[serde(default)]
    pub copy_of: Option<CopyOf>,
    /// Name and version of this program.
    pub coder: String,
    /// Name and version of the ontology.
    pub codebook: String,
    /// Name and version of the parser's model.
    pub model: String,
}

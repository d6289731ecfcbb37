//! Every layer of a document as one JSON object (`attache annotate`). All offsets are Unicode code points of the text.

use serde::{Deserialize, Serialize};

use crate::event::Event;

/// Half-open range of code points.
pub type Range = [usize; 2];

/// The layers of one document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Annotation {
    /// Document id.
    pub id: String,
    /// The text that all offsets point into.
    pub text: String,
    /// Sentences of the content.
    pub sentences: Vec<SentenceRange>,
    /// Persons, organisations, places and other actors.
    pub entities: Vec<EntityLayer>,
    /// Time expressions.
    pub times: Vec<TimeLayer>,
    /// Places.
    pub places: Vec<PlaceLayer>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// Chains of mentions of one entity.
    pub coreference: Vec<Vec<Range>>,
    /// Records.
    pub events: Vec<Event>,
}

/// A sentence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SentenceRange {
    pub start: usize,
    pub end: usize,
}

/// A named or described actor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntityLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// `person`, `organisation`, `place`, `role`, `demonym`.
    pub kind: String,
    /// Name that it resolved to.
    pub name: Option<String>,
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sectors.
    pub sector: Vec<String>,
    /// Identifier, such as a Wikidata item.
    pub id: Option<String>,
}

/// A time expression.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TimeLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A place mention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlaceLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Name in the gazetteer.
    pub name: String,
    /// GeoNames identifier.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
}

/// A statement: who says what with which words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statement {
    /// The speaker's words.
    pub speaker: Vec<Range>,
    /// The words that introduce the speech.
    pub cue: Vec<Range>,
    /// What is said.
    pub content: Vec<Range>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
}

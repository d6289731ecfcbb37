//! Scores over documents with expected records.

use serde::{Deserialize, Serialize};

use super::{Side, assign, sides_match, type_matches};
use crate::date::Precision;
use crate::event::{Actor, Event, Status};

/// A record that a careful analyst would take from a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExpectedRecord {
    /// Document id: the file name without its extension.
    pub doc: String,
    /// Accepted event types.
    pub event: Vec<String>,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// Codes of those who initiate.
    #[serde(default)]
    pub actor: Vec<String>,
    /// Codes of those whom it is directed at.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null matches anything.
    #[serde(default)]
    pub date: Option<String>,
    /// Whether it happened.
    pub status: Status,
    /// Who says so; null for the narrator.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Whether an analyst would be annoyed if it were missed.
    #[serde(default)]
    pub essential: bool,
    /// Words of the text that express it.
    #[serde(default)]
    pub evidence: String,
}

/// What is known about a document: a line of `docs.jsonl` beside the texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// Document id.
    #[serde(alias = "id")]
    pub doc: String,
    /// Publication date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default, alias = "date")]
    pub published: Option<String>,
    /// Outlet.
    #[serde(default, alias = "publication")]
    pub publisher: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Address.
    #[serde(default)]
    pub url: Option<String>,
    /// ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// Words of page furniture that must never yield a record.
    #[serde(default)]
    pub not_content: Vec<String>,
}

/// What a matched prediction gets right beyond type and sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Same status.
    pub status: bool,
    /// Agrees with the expected date at its precision.
    pub date: bool,
    /// Same speaker.
    pub speaker: bool,
    /// Comes from the sentence of the evidence.
    pub evidence: bool,
}

/// A record out of page furniture.
#[derive(Debug, Clone, Serialize)]
pub struct Furniture {
    /// The words of the furniture.
    pub words: String,
    /// The record.
    pub event: Event,
}

/// What a document scored.
#[derive(Debug, Clone, Default)]
pub struct DocumentScore {
    /// Every expected record with the prediction matched in type and sides, by index, and what else that has right.
    pub expected: Vec<(ExpectedRecord, Option<(usize, Found)>)>,
    /// Number of predictions.
    pub predicted: usize,
    /// Predictions matched with no expected record; they may still be right.
    pub unexpected: Vec<Event>,
    /// Predictions out of page furniture: always wrong.
    pub furniture: Vec<Furniture>,
}

/// Recall at each level; every level needs all those above it, except `evidence`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Essential {
    /// Records expected.
    pub expected: usize,
    /// Found with type and both sides.
    pub sides: usize,
    /// … and status.
    pub status: usize,
    /// … and date.
    pub date: usize,
    /// … and speaker.
    pub speaker: usize,
    /// Of those with type and sides: found in the sentence of the evidence.
    pub evidence: usize,
}

/// Scores of many documents.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DocumentReport {
    /// Number of documents.
    pub documents: usize,
    /// Number of predictions.
    pub predicted: usize,
    /// Predictions matched with no expected record.
    pub unexpected: usize,
    /// Essential records.
    pub essential: Essential,
    /// All expected records.
    pub all: Essential,
    /// Records out of page furniture.
    pub furniture: Vec<Furniture>,
}

impl Essential {
    fn add(&mut self, found: Option<Found>) {
        self.expected += 1;
        let Some(found) = found else { return };
        self.sides += 1;
        self.evidence += usize::from(found.evidence);
        self.status += usize::from(found.status);
        self.date += usize::from(found.status && found.date);
        self.speaker += usize::from(found.status && found.date && found.speaker);
    }
}

impl DocumentReport {
    /// Adds a document's score.
    pub fn add(&mut self, score: &DocumentScore) {
        self.documents += 1;
        self.predicted += score.predicted;
        self.unexpected += score.unexpected.len();
        self.furniture.extend(score.furniture.iter().cloned());
        for (record, matched) in &score.expected {
            let found = matched.map(|(_, found)| found);
            self.all.add(found);
            if record.essential {
                self.essential.add(found);
            }
        }
    }
}

/// Compares the predicted records of a document with the expected ones; `not_content` are words of its page furniture.
pub fn score_document(expected: &[ExpectedRecord], not_content: &[String], predicted: &[Event]) -> DocumentScore {
    let matches = assign(expected.len(), predicted.len(), |e, p| {
        let (record, event) = (&expected[e], &predicted[p]);
        (type_matches(&record.event, event) && same_sides(record, event)).then(|| weight(compare(record, event)))
    });
    let pairs = expected.iter().zip(&matches);
    DocumentScore {
        expected: pairs
            .map(|(record, at)| (record.clone(), at.map(|at| (at, compare(record, &predicted[at])))))
            .collect(),
        predicted: predicted.len(),
        unexpected: (0..predicted.len())
            .filter(|at| !matches.contains(&Some(*at)))
            .map(|at| predicted[at].clone())
            .collect(),
        furniture: predicted
            .iter()
            .filter_map(|event| furniture(not_content, event))
            .collect(),
    }
}

fn same_sides(record: &ExpectedRecord, event: &Event) -> bool {
    let actor = Side::of(record.actor.iter().map(|code| Some(code.as_str())));
    let recipient = Side::of(record.recipient.iter().map(|code| Some(code.as_str())));
    let joint = record.recipient.is_empty() && record.actor.len() > 1;
    sides_match(&actor, &recipient, joint, event)
}

fn compare(record: &ExpectedRecord, event: &Event) -> Found {
    Found {
        status: record.status == event.status,
        date: date_agrees(record.date.as_deref(), event),
        speaker: speaker_agrees(record.speaker.as_deref(), event),
        evidence: at_evidence(&record.evidence, event),
    }
}

/// The sentence of the evidence comes first, then status, date and speaker.
fn weight(found: Found) -> usize {
    8 * usize::from(found.evidence)
        + 4 * usize::from(found.status)
        + 2 * usize::from(found.date)
        + usize::from(found.speaker)
}

/// Whether the record's day, or the interval from `date` to `enddate`, agrees with the expected date at its precision.
fn date_agrees(expected: Option<&str>, event: &Event) -> bool {
    let Some(expected) = expected else { return true };
    let Some(start) = event.date.as_deref() else {
        return false;
    };
    if expected.len() > 7 && matches!(event.date_precision, Precision::Month | Precision::Year) {
        return false;
    }
    let end = event.enddate.as_deref().unwrap_or(start);
    let cut = |day: &str| day.get(..expected.len()).unwrap_or(day).to_owned();
    *cut(start) <= *expected && *expected <= *cut(end)
}

fn speaker_agrees(expected: Option<&str>, event: &Event) -> bool {
    let Some(expected) = expected else {
        return event
            .attribution
            .iter()
            .all(|attribution| is_own_actor(&attribution.speaker, event));
    };
    let family = fold(expected.split_whitespace().next_back().unwrap_or(expected));
    event
        .attribution
        .iter()
        .any(|attribution| names(&attribution.speaker).any(|name| fold(name).contains(&family)))
}

fn is_own_actor(speaker: &Actor, event: &Event) -> bool {
    speaker.code.is_some() && event.actor.iter().any(|actor| actor.code == speaker.code)
}

fn names(actor: &Actor) -> impl Iterator<Item = &str> {
    std::iter::once(actor.entity_text.as_str()).chain(actor.identifier_text.as_deref())
}

fn at_evidence(evidence: &str, event: &Event) -> bool {
    let (evidence, sentence) = (squeeze(evidence), squeeze(&event.text));
    !evidence.is_empty() && !sentence.is_empty() && (sentence.contains(&evidence) || evidence.contains(&sentence))
}

fn furniture(not_content: &[String], event: &Event) -> Option<Furniture> {
    let texts = || std::iter::once(&event.text).chain(&event.event_text);
    let words = not_content
        .iter()
        .find(|words| texts().any(|text| squeeze(text).contains(&squeeze(words))))?;
    Some(Furniture {
        words: words.clone(),
        event: event.clone(),
    })
}

/// White space runs as single spaces, quotation marks and apostrophes straight.
fn squeeze(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat.replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}

/// Lower case without the commonest Latin accents, so that "Díaz-Canel" is "diaz-canel".
fn fold(text: &str) -> String {
    text.to_lowercase().chars().map(plain_letter).collect()
}

fn plain_letter(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'š' | 'ś' | 'ş' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        'ř' => 'r',
        other => other,
    }
}

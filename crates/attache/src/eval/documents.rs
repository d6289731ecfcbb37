//! Scores over documents with expected records.

use serde::{Deserialize, Serialize};

use super::gold::{GoldDate, GoldEvent, GoldParty, GoldSpeaker};
use super::report::SentenceReport;
use super::sentences::{SentenceScore, score_events};
use super::slots::{Slot, Told};
use super::{assign, at_evidence, squeeze};
use crate::event::{Event, Status};

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
    /// Where it happened; null matches anything.
    #[serde(default)]
    pub place: Option<String>,
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
    /// All records against all expected, as in sentences.
    pub records: SentenceScore,
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
    /// All records against all expected. What is expected need not be all that there is: precision is a lower bound.
    pub records: SentenceReport,
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
    /// Adds up the scores of documents.
    pub fn of<'a>(scores: impl IntoIterator<Item = &'a DocumentScore>) -> Self {
        let scores: Vec<&DocumentScore> = scores.into_iter().collect();
        let mut report = Self {
            records: SentenceReport::of(scores.iter().map(|score| &score.records)),
            ..Self::default()
        };
        scores.into_iter().for_each(|score| report.add(score));
        report
    }

    fn add(&mut self, score: &DocumentScore) {
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

impl ExpectedRecord {
    /// The record as a gold event. The mode is that of the first accepted type.
    pub fn gold(&self) -> GoldEvent {
        let parties = |codes: &[String]| codes.iter().cloned().map(|code| GoldParty::of(Some(code))).collect();
        let mode = self.event.first().cloned().zip(self.mode.clone());
        GoldEvent {
            event: self.event.clone(),
            actor: parties(&self.actor),
            recipient: parties(&self.recipient),
            reciprocal: self.recipient.is_empty() && self.actor.len() > 1,
            mode: mode.into_iter().collect(),
            status: Some(self.status),
            trigger: None,
            evidence: Some(self.evidence.clone()).filter(|words| !words.is_empty()),
            date: self.date.clone().map(GoldDate::Within).into(),
            place: self.place.clone().into(),
            speaker: Told::or_nothing(self.speaker.clone().map(GoldSpeaker::Name)),
        }
    }
}

/// Compares the predicted records of a document with the expected ones; `not_content` are words of its page furniture.
pub fn score_document(expected: &[ExpectedRecord], not_content: &[String], predicted: &[Event]) -> DocumentScore {
    let golds: Vec<GoldEvent> = expected.iter().map(ExpectedRecord::gold).collect();
    let matches = assign(expected.len(), predicted.len(), |e, p| {
        let (gold, event) = (&golds[e], &predicted[p]);
        (gold.has_type_of(event) && gold.has_sides_of(event)).then(|| weight(compare(gold, event)))
    });
    let pairs = expected.iter().zip(&golds).zip(&matches);
    DocumentScore {
        expected: pairs
            .map(|((record, gold), at)| (record.clone(), at.map(|at| (at, compare(gold, &predicted[at])))))
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
        records: score_events(&golds, predicted, true),
    }
}

fn compare(gold: &GoldEvent, event: &Event) -> Found {
    let right = |slot| gold.agrees(slot, event).unwrap_or(true);
    Found {
        status: right(Slot::Status),
        date: right(Slot::Date),
        speaker: right(Slot::Speaker),
        evidence: gold.evidence.as_deref().is_some_and(|words| at_evidence(words, event)),
    }
}

/// The sentence of the evidence comes first, then status, date and speaker.
fn weight(found: Found) -> usize {
    8 * usize::from(found.evidence)
        + 4 * usize::from(found.status)
        + 2 * usize::from(found.date)
        + usize::from(found.speaker)
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

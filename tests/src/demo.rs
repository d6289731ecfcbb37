//! The demonstration corpus, and how well it is coded.

use std::fs;
use std::path::PathBuf;

use attache::date::DateRange;
use attache::eval::{
    DocumentInfo, DocumentReport, ExpectedRecord, GoldEvent, GoldParty, GoldSentence, SentenceReport, score_document,
    score_sentence,
};
use attache::extract::{self, Given};
use attache::{Coder, Document};
use serde::de::DeserializeOwned;

use crate::{Fallible, root};

/// Scores on the demonstration corpus, 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct Scores {
    /// F1 of event types. What is expected is not exhaustive, so its precision is a lower bound.
    pub type_f1: f64,
    /// F1 of types with the countries of both sides.
    pub type_and_countries_f1: f64,
    /// Recall of the essential records: type and countries.
    pub essential_recall: f64,
    /// Records out of page furniture.
    pub furniture: usize,
}

/// Where it lies.
pub fn folder() -> PathBuf {
    root().join("crates/attache-cli/demo")
}

/// Every dispatch, with what docs.jsonl tells of it.
///
/// # Errors
/// Where a file is missing or broken.
pub fn documents() -> Fallible<Vec<(DocumentInfo, Document)>> {
    let read = |info: DocumentInfo| {
        let bytes = fs::read(folder().join(format!("{}.txt", info.doc)))?;
        let (text, _) = extract::encoding::decode(&bytes)?;
        let day = info.published.as_deref().map(str::parse).transpose()?;
        let given = Given {
            id: Some(info.doc.clone()),
            title: info.title.clone(),
            publisher: info.publisher.clone(),
            published: day.map(DateRange::day),
            ..Given::default()
        };
        Ok((info, extract::plain(&text, &given).0))
    };
    lines("docs.jsonl")?.into_iter().map(read).collect()
}

/// Codes and scores all of it.
///
/// # Errors
/// Where a file is missing or broken.
pub fn scores(coder: &Coder) -> Fallible<Scores> {
    let expected: Vec<ExpectedRecord> = lines("expected.jsonl")?;
    let (mut f1, mut recall) = (SentenceReport::default(), DocumentReport::default());
    for (info, document) in documents()? {
        let mine: Vec<ExpectedRecord> = expected.iter().filter(|r| r.doc == info.doc).cloned().collect();
        let events = coder.code(&document).events;
        recall.add(&score_document(&mine, &info.not_content, &events));
        f1.add(&score_sentence(&gold(info.doc, &mine), &events, true));
    }
    Ok(Scores {
        type_f1: f1.by_type.f1(),
        type_and_countries_f1: f1.by_type_and_sides.f1(),
        essential_recall: recall.essential.sides as f64 / recall.essential.expected.max(1) as f64,
        furniture: recall.furniture.len(),
    })
}

/// The whole document as one sentence of gold.
fn gold(id: String, records: &[ExpectedRecord]) -> GoldSentence {
    let parties = |codes: &[String]| {
        let party = |code: &String| GoldParty {
            entity_text: code.clone(),
            code: Some(code.clone()),
            sector: Vec::new(),
        };
        codes.iter().map(party).collect()
    };
    let event = |record: &ExpectedRecord| GoldEvent {
        event: record.event.clone(),
        actor: parties(&record.actor),
        recipient: parties(&record.recipient),
        reciprocal: record.recipient.is_empty() && record.actor.len() > 1,
        ..GoldEvent::default()
    };
    GoldSentence {
        id,
        date: None,
        text: String::new(),
        events: records.iter().map(event).collect(),
    }
}

fn lines<T: DeserializeOwned>(name: &str) -> Fallible<Vec<T>> {
    let text = fs::read_to_string(folder().join(name))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

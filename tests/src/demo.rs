//! The demonstration corpus, and how well it is coded.

use std::fs;
use std::path::PathBuf;

use attache::date::DateRange;
use attache::eval::{DocumentInfo, DocumentReport, ExpectedRecord, Measure, score_document};
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
    let mut scores = Vec::new();
    for (info, document) in documents()? {
        let mine: Vec<ExpectedRecord> = expected.iter().filter(|r| r.doc == info.doc).cloned().collect();
        scores.push(score_document(&mine, &info.not_content, &coder.code(&document).events));
    }
    let report = DocumentReport::of(&scores);
    Ok(Scores {
        type_f1: report.records.tally(&Measure::Type).f1(),
        type_and_countries_f1: report.records.tally(&Measure::TypeAndSides).f1(),
        essential_recall: report.essential.sides as f64 / report.essential.expected.max(1) as f64,
        furniture: report.furniture.len(),
    })
}

fn lines<T: DeserializeOwned>(name: &str) -> Fallible<Vec<T>> {
    let text = fs::read_to_string(folder().join(name))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

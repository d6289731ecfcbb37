//! Scores of reading pages: `eval/pages`, against what a person would mark.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use attache::Document;
use attache::extract::{self, Given, encoding};
use serde::Deserialize;

use crate::Fallible;

/// Words that are compared together.
const TOGETHER: usize = 4;

/// A line of `expected.jsonl`.
#[derive(Debug, Deserialize)]
pub struct Expected {
    /// File beside it.
    pub page: String,
    /// Where it was fetched.
    pub url: String,
    /// On which day.
    pub retrieved: String,
    /// Headline without the site's name.
    pub title: Option<String>,
    /// People in the byline.
    pub authors: Vec<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of issue.
    pub published: Option<String>,
    /// Day of change.
    pub updated: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The article.
    pub text: String,
}

/// One page and what became of it.
#[derive(Debug)]
pub struct Read {
    /// What a person marked.
    pub expected: Expected,
    /// What was read.
    pub document: Document,
    /// Share of the read words that are the article's, 0 to 1; by runs of four words.
    pub precision: f64,
    /// Share of the article's words that were read.
    pub recall: f64,
}

impl Read {
    /// Names of the fields that are not as marked.
    pub fn wrong(&self) -> Vec<&'static str> {
        let (told, read) = (&self.expected, &self.document);
        let published = read.published.map(|range| range.start.to_string());
        let updated = read.updated.map(|day| day.to_string());
        let fields = [
            ("title", told.title == read.title),
            ("authors", told.authors == read.authors),
            ("publisher", told.publisher == read.publisher),
            ("published", told.published == published),
            ("updated", told.updated == updated),
            ("language", told.language == read.language),
        ];
        fields
            .iter()
            .filter(|(_, right)| !right)
            .map(|(name, _)| *name)
            .collect()
    }
}

/// Reads every page of a folder with `expected.jsonl`.
///
/// # Errors
/// Where a file cannot be read.
pub fn read(folder: &Path) -> Fallible<Vec<Read>> {
    let lines = fs::read_to_string(folder.join("expected.jsonl"))?;
    lines
        .lines()
        .map(|line| {
            let expected: Expected = serde_json::from_str(line)?;
            let bytes = fs::read(folder.join(&expected.page))?;
            let (html, _) = encoding::decode_page(&bytes, None)?;
            let given = Given {
                url: Some(expected.url.clone()),
                ..Given::default()
            };
            let (document, _) = extract::page(&html, &given, Some(expected.retrieved.parse()?));
            let (precision, recall) = shares(&expected.text, &document.text);
            Ok(Read {
                expected,
                document,
                precision,
                recall,
            })
        })
        .collect()
}

/// Mean precision and recall, and F1 of the two: what public sets of pages are scored by.
pub fn text_f1(pages: &[Read]) -> (f64, f64, f64) {
    let mean = |share: fn(&Read) -> f64| pages.iter().map(share).sum::<f64>() / pages.len().max(1) as f64;
    let (precision, recall) = (mean(|page| page.precision), mean(|page| page.recall));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
    (precision, recall, f1)
}

/// Share of pages on which a field is as marked.
pub fn share_right(pages: &[Read], field: &str) -> f64 {
    let right = pages.iter().filter(|page| !page.wrong().contains(&field)).count();
    right as f64 / pages.len().max(1) as f64
}

fn shares(told: &str, read: &str) -> (f64, f64) {
    let (told, read) = (runs(told), runs(read));
    let common: usize = read
        .iter()
        .map(|(run, times)| *times.min(told.get(run).unwrap_or(&0)))
        .sum();
    let share = |of: &HashMap<Vec<&str>, usize>| match of.values().sum::<usize>() {
        0 => f64::from(u8::from(common == 0 && told.is_empty() && read.is_empty())),
        all => common as f64 / all as f64,
    };
    (share(&read), share(&told))
}

fn runs(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut runs = HashMap::new();
    for run in words.windows(TOGETHER.min(words.len().max(1))) {
        *runs.entry(run.to_vec()).or_default() += 1;
    }
    runs
}

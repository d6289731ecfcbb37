//! The embedded corpus.

use anyhow::{Result, ensure};
use attache::Document;
use attache::eval::DocumentInfo;
use attache::extract::{self, Given};
use attache_input::sidecar;

/// Names and texts, sorted by name.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// One article of the corpus.
pub struct DemoText {
    given: Given,
    text: &'static str,
}

impl DemoText {
    /// The article as a document.
    pub fn into_document(self) -> Document {
        extract::plain(self.text, &self.given).0
    }
}

/// All articles, with what docs.jsonl tells of them.
///
/// # Errors
/// Where the build carries no corpus.
pub fn texts() -> Result<Vec<DemoText>> {
    let texts = FILES.iter().filter(|(name, _)| name.ends_with(".txt"));
    let texts: Vec<DemoText> = texts
        .map(|(name, text)| DemoText {
            given: given(name.trim_end_matches(".txt")),
            text,
        })
        .collect();
    ensure!(!texts.is_empty(), "this build carries no demonstration corpus");
    Ok(texts)
}

fn given(id: &str) -> Given {
    let known = FILES
        .iter()
        .find(|(name, _)| *name == "docs.jsonl")
        .map_or("", |(_, text)| text);
    let mut infos = known
        .lines()
        .filter_map(|line| serde_json::from_str::<DocumentInfo>(line).ok());
    let info = infos.find(|info| info.doc == id).unwrap_or_default();
    Given {
        id: Some(id.to_owned()),
        ..sidecar::given(&info)
    }
}

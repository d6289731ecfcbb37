//! Gold from disk: what kind it is, and its lines.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use attache::Ontology;
use attache::eval::{ExpectedRecord, GoldSentence, labelled};
use serde::de::DeserializeOwned;

use crate::report::count;

/// What a run is scored against.
pub enum Gold {
    /// Sentences with all their events.
    Sentences(Vec<GoldSentence>),
    /// Expected records of documents, and the file that they came from.
    Records(PathBuf, Vec<ExpectedRecord>),
}

/// Reads files of gold, and the files of folders, in sorted order.
///
/// # Errors
/// Where a file cannot be read or breaks its form, or the files are of different kinds.
pub fn read(paths: &[PathBuf], ontology: &Ontology) -> Result<Gold> {
    let (mut sentences, mut records): (Vec<GoldSentence>, Vec<ExpectedRecord>) = (Vec::new(), Vec::new());
    let mut from = None;
    for path in files(paths)? {
        let text = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
        if has_extension(&path, "txt") {
            sentences.extend(labelled(&path, &text, ontology)?);
        } else if is_expected(&text) {
            records.extend(lines(&path, &text)?);
            from.get_or_insert(path);
        } else {
            sentences.extend(lines(&path, &text)?);
        }
    }
    match from {
        None => Ok(Gold::Sentences(sentences)),
        Some(path) if sentences.is_empty() => Ok(Gold::Records(path, records)),
        Some(path) => bail!(
            "{}: these are expected records of documents, the others are sentences\n  hint: score them one after the other",
            path.display()
        ),
    }
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let unread = || format!("{}: cannot be read", path.display());
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).with_context(unread)? {
            inside.push(entry.with_context(unread)?.path());
        }
        inside.retain(|file| file.is_file() && (has_extension(file, "txt") || has_extension(file, "jsonl")));
        inside.sort();
        if inside.is_empty() {
            bail!("{}: no .txt or .jsonl file in it", path.display());
        }
        all.extend(inside);
    }
    Ok(all)
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension == wanted)
}

fn labelled(path: &Path, text: &str, ontology: &Ontology) -> Result<Vec<GoldSentence>> {
    let shown = path.display().to_string();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    match labelled::parse(&shown, text, ontology) {
        Ok(sentences) => Ok(sentences
            .iter()
            .map(|sentence| GoldSentence::labelled(format!("{name}:{}", sentence.line), sentence))
            .collect()),
        Err(errors) => {
            let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
            bail!("{}\n{} in the labels", list.join("\n"), count(errors.len(), "fault"))
        }
    }
}

fn is_expected(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(first).is_ok_and(|line| line.get("doc").is_some())
}

/// Every line as a `T`; the first that is none ends the run.
fn lines<T: DeserializeOwned>(path: &Path, text: &str) -> Result<Vec<T>> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1)))
        .collect()
}

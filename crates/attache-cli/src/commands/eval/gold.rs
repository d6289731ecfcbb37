//! Gold from disk: what kind it is, and its lines.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use attache::Ontology;
use attache::eval::layers::{Layer, LayerDocument};
use attache::eval::{ExpectedRecord, GoldSentence};
use serde::de::DeserializeOwned;

use crate::report::count;

/// What a run is scored against.
pub enum Gold {
    /// Sentences with all their events.
    Sentences(Vec<GoldSentence>),
    /// Expected records of documents, and the file that they came from.
    Records(PathBuf, Vec<ExpectedRecord>),
    /// Documents with layers, and the file that they came from.
    Layers(PathBuf, Vec<LayerDocument>),
}

/// What the lines of a file are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Labelled,
    Sentences,
    Records,
    Layers,
}

/// Reads files of gold, and the files of folders, in sorted order. Of a folder only annotated documents are wanted with
/// `layers`, and all but these without.
///
/// # Errors
/// Where a file cannot be read or breaks its form, or the files are of different kinds.
pub fn read(paths: &[PathBuf], layers: bool, ontology: &Ontology) -> Result<Gold> {
    let mut sentences: Vec<GoldSentence> = Vec::new();
    let (mut records, mut documents) = (Vec::new(), Vec::new());
    let mut firsts: Vec<(Form, PathBuf)> = Vec::new();
    for (path, named) in files(paths)? {
        let text = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let form = form(&path, &text);
        if !named && layers != (form == Form::Layers) {
            continue;
        }
        match form {
            Form::Labelled => sentences.extend(labelled(&path, &text, ontology)?),
            Form::Sentences => sentences.extend(lines(&path, &text)?),
            Form::Records => records.extend(lines(&path, &text)?),
            Form::Layers => documents.extend(lines(&path, &text)?),
        }
        let kind = if form == Form::Labelled { Form::Sentences } else { form };
        if firsts.iter().all(|(other, _)| *other != kind) {
            firsts.push((kind, path));
        }
    }
    match &firsts[..] {
        [] | [(Form::Sentences, _)] => Ok(Gold::Sentences(sentences)),
        [(Form::Layers, path)] => Ok(Gold::Layers(path.clone(), documents)),
        [(_, path)] => Ok(Gold::Records(path.clone(), records)),
        [(_, one), (_, other), ..] => bail!(
            "{} and {} are gold of different kinds\n  hint: score them one after the other",
            one.display(),
            other.display()
        ),
    }
}

/// Judged by the first line.
fn form(path: &Path, text: &str) -> Form {
    if has_extension(path, "txt") {
        return Form::Labelled;
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line: serde_json::Value = serde_json::from_str(first).unwrap_or_default();
    let layer = |layer: Layer| line.get(layer.name()).is_some();
    match line.get("doc").is_some() {
        true => Form::Records,
        false if line.get("text").is_some() && Layer::ALL.into_iter().any(layer) => Form::Layers,
        false => Form::Sentences,
    }
}

/// The files, and whether each was named itself.
fn files(paths: &[PathBuf]) -> Result<Vec<(PathBuf, bool)>> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push((path.clone(), true));
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
        all.extend(inside.into_iter().map(|file| (file, false)));
    }
    Ok(all)
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension == wanted)
}

fn labelled(path: &Path, text: &str, ontology: &Ontology) -> Result<Vec<GoldSentence>> {
    GoldSentence::all_labelled(&path.display().to_string(), text, ontology).map_err(|errors| {
        let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}\n{} in the labels", list.join("\n"), count(errors.len(), "fault"))
    })
}

/// Every line as a `T`; the first that is none ends the run.
fn lines<T: DeserializeOwned>(path: &Path, text: &str) -> Result<Vec<T>> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1)))
        .collect()
}

//! `attache eval`: records against gold.

mod documents;
mod sentences;
mod show;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;

use crate::args::EvalArgs;
use crate::report::Level;
use crate::{Outcome, setup};

/// Runs the command.
///
/// # Errors
/// Where gold or documents cannot be read, or the engine cannot be loaded.
pub fn run(args: &EvalArgs, level: Level) -> Result<Outcome> {
    let text = fs::read_to_string(&args.gold).with_context(|| format!("{}: cannot be read", args.gold.display()))?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_expected = serde_json::from_str::<serde_json::Value>(first).is_ok_and(|line| line.get("doc").is_some());
    let coder = || setup::coder(&args.engine, level == Level::Verbose);
    match (&args.docs, is_expected) {
        (Some(docs), _) => documents::run(args, docs, &lines(&args.gold, &text)?, &coder()?),
        (None, false) => sentences::run(args, lines(&args.gold, &text)?, &coder()?),
        (None, true) => bail!(
            "{}: these are expected records of documents\n  hint: --docs FOLDER says where the documents are",
            args.gold.display()
        ),
    }
}

/// Every line as a `T`; the first that is none ends the run.
fn lines<T: DeserializeOwned>(path: &Path, text: &str) -> Result<Vec<T>> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1)))
        .collect()
}

//! `attache eval`: records against gold.

mod documents;
mod gold;
mod sentences;
mod show;

use anyhow::{Result, bail};

use self::gold::Gold;
use crate::args::EvalArgs;
use crate::report::Level;
use crate::{Outcome, setup};

/// Runs the command.
///
/// # Errors
/// Where gold or documents cannot be read, or the engine cannot be loaded.
pub fn run(args: &EvalArgs, level: Level) -> Result<Outcome> {
    let coder = setup::coder(&args.engine, level == Level::Verbose)?;
    match (&args.docs, gold::read(&args.gold, coder.ontology())?) {
        (Some(docs), Gold::Records(_, records)) => documents::run(args, docs, &records, &coder),
        (None, Gold::Sentences(sentences)) => sentences::run(args, sentences, &coder),
        (None, Gold::Records(path, _)) => bail!(
            "{}: these are expected records of documents\n  hint: --docs FOLDER says where the documents are",
            path.display()
        ),
        (Some(_), Gold::Sentences(_)) => {
            bail!("--docs goes with expected records of documents, but the gold is sentences")
        }
    }
}

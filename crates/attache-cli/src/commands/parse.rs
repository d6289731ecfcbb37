//! `attache parse`: documents in, CoNLL-U out.

use anyhow::Result;
use attache::{Coder, Document, Options, Readers};
use attache_parse::conllu;

use crate::Outcome;
use crate::args::StreamArgs;
use crate::flow::{self, Job};
use crate::output::TextWriter;
use crate::report::Level;
use crate::setup;

/// Runs the command.
///
/// # Errors
/// Where the engine cannot be loaded or output cannot be written.
pub fn run(args: &StreamArgs, level: Level) -> Result<Outcome> {
    let output = args.output.as_deref();
    let Some(job) = Job::new(&args.input, output, level, "parsed", "")? else {
        return Ok(Outcome::Done);
    };
    let coder = setup::coder(&args.input.engine, level == Level::Verbose)?;
    // Trees need no second reader, which costs time.
    let coder = coder.with_options(Options {
        readers: Readers::Patterns,
        ..Options::default()
    });
    let mut writer = TextWriter(job.output(output)?);
    flow::run(job, |document| (trees(&coder, &document), 0), &mut writer)
}

fn trees(coder: &Coder, document: &Document) -> String {
    let sentences = coder.parse(document);
    let id: String = document.id.split_whitespace().collect::<Vec<_>>().join("_");
    format!("# newdoc id = {id}\n{}", conllu::to_conllu(&sentences, &document.text))
}

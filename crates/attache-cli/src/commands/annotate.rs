//! `attache annotate`: every layer of a document, one JSON object a line.

use anyhow::Result;
use attache::{Coder, Document};

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
    let Some(job) = Job::new(&args.input, output, level, "annotated", "")? else {
        return Ok(Outcome::Done);
    };
    let coder = setup::coder(&args.input.engine, level == Level::Verbose)?;
    let mut writer = TextWriter(job.output(output)?);
    flow::run(job, |document| layers(&coder, &document), &mut writer)
}

fn layers(coder: &Coder, document: &Document) -> (String, usize) {
    let annotation = coder.annotate(document);
    // Strings, numbers and lists only: nothing that JSON could refuse.
    let line = serde_json::to_string(&annotation).unwrap_or_default();
    (line + "\n", annotation.events.len())
}

//! `attache code`: documents in, records out.

use anyhow::Result;
use attache::date::{DateRange, Precision};
use attache::{Coder, Document, Event, Options};

use crate::Outcome;
use crate::args::{CodeArgs, Format};
use crate::flow::{self, Job, Writer};
use crate::output::{self, CsvWriter, JsonWriter, TableWriter};
use crate::report::Level;
use crate::tally::CODED;
use crate::{setup, term};

/// A document's records, with what a heading over them needs.
#[derive(Debug)]
pub struct CodedDocument {
    /// Document id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Publication date at its precision.
    pub published: Option<String>,
    /// Records in text order.
    pub events: Vec<Event>,
}

impl CodedDocument {
    /// Codes the document.
    pub fn of(coder: &Coder, document: Document) -> Self {
        let events = coder.code(&document).events;
        let published = document.published.map(day);
        CodedDocument {
            id: document.id,
            title: document.title,
            publisher: document.publisher,
            published,
            events,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Where the engine cannot be loaded or output cannot be written.
pub fn run(args: &CodeArgs, level: Level) -> Result<Outcome> {
    let output = args.output.as_deref();
    let format = format(args);
    let options = format!("{format:?} {} {:?}", args.statements, args.least);
    let Some(job) = Job::new(&args.input, output, level, CODED, &options)? else {
        return Ok(Outcome::Done);
    };
    let coder = setup::coder(&args.input.engine, level == Level::Verbose)?.with_options(Options {
        least: args.least,
        ..Options::default()
    });
    if args.statements {
        let mut writer = JsonWriter(job.output(output)?);
        return flow::run(job, |document| coder.statements(&document), &mut writer);
    }
    let mut writer: Box<dyn Writer<CodedDocument>> = match format {
        Format::Table if output.is_none() => Box::new(TableWriter::new(output::styled(None)?, term::width())),
        Format::Table => {
            let plain = anstream::StripStream::new(job.output(output)?);
            Box::new(TableWriter::new(plain, term::width()))
        }
        Format::Jsonl => Box::new(JsonWriter(job.output(output)?)),
        Format::Csv if job.is_resumed() => Box::new(CsvWriter::without_header(job.output(output)?)),
        Format::Csv => Box::new(CsvWriter::new(job.output(output)?)?),
    };
    flow::run(job, |document| CodedDocument::of(&coder, document), writer.as_mut())
}

fn format(args: &CodeArgs) -> Format {
    let default = match args.output.is_none() && term::stdout_is_terminal() {
        true => Format::Table,
        false => Format::Jsonl,
    };
    args.format.unwrap_or(default)
}

fn day(range: DateRange) -> String {
    let day = range.start.to_string();
    let kept = match range.precision {
        Precision::Year => 4,
        Precision::Month => 7,
        _ => day.len(),
    };
    day.get(..kept).unwrap_or(&day).to_owned()
}

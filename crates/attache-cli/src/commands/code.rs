//! `attache code`: documents in, records out.

use anyhow::Result;
use attache::date::{DateRange, Precision};
use attache::{Coder, Document, Event, Options};

use crate::Outcome;
use crate::args::{CodeArgs, Format};
use crate::flow::{self, Writer};
use crate::output::{self, CsvWriter, JsonWriter, TableWriter};
use crate::report::Level;
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
    let coder = setup::coder(&args.input.engine, level == Level::Verbose)?.with_options(Options {
        least: args.least,
        ..Options::default()
    });
    if args.statements {
        let mut writer = JsonWriter(output::plain(args.output.as_deref())?);
        return flow::run(&args.input, level, |document| coder.statements(&document), &mut writer);
    }
    let mut writer = writer(args)?;
    flow::run(
        &args.input,
        level,
        |document| CodedDocument::of(&coder, document),
        writer.as_mut(),
    )
}

fn writer(args: &CodeArgs) -> Result<Box<dyn Writer<CodedDocument>>> {
    let path = args.output.as_deref();
    let default = if path.is_none() && term::stdout_is_terminal() {
        Format::Table
    } else {
        Format::Jsonl
    };
    Ok(match args.format.unwrap_or(default) {
        Format::Table => Box::new(TableWriter::new(output::styled(path)?, term::width())),
        Format::Jsonl => Box::new(JsonWriter(output::plain(path)?)),
        Format::Csv => Box::new(CsvWriter::new(output::plain(path)?)?),
    })
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

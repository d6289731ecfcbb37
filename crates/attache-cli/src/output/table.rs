//! Tables for reading, one per document, all of the same widths so that they can stream.

use std::io::Write;

use anyhow::Result;
use attache::Event;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::label;
use crate::commands::CodedDocument;
use crate::flow::Writer;
use crate::report::count;
use crate::term::{self, DIM, HEAD, paint};

/// Writes a headed table per document.
pub struct TableWriter<W> {
    out: W,
    width: usize,
}

impl<W: Write> TableWriter<W> {
    /// For a terminal of that many columns.
    pub fn new(out: W, width: usize) -> Self {
        TableWriter { out, width }
    }
}

impl<W: Write> Writer<CodedDocument> for TableWriter<W> {
    fn write(&mut self, result: CodedDocument) -> Result<usize> {
        writeln!(self.out, "{}", heading(&result, self.width))?;
        if !result.events.is_empty() {
            writeln!(self.out, "{}\n", table(&result.events, self.width))?;
        }
        Ok(result.events.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

fn heading(document: &CodedDocument, width: usize) -> String {
    let title = document.title.as_deref().unwrap_or(&document.id);
    let known = [
        document.publisher.clone(),
        document.published.clone(),
        Some(count(document.events.len(), "record")),
    ];
    let known = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let room = width.saturating_sub(known.chars().count() + 2).max(20);
    format!("{}  {}", paint(HEAD, term::clip(title, room)), paint(DIM, known))
}

/// Date, event, sides, status and speaker, words.
fn table(events: &[Event], width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(["date", "event", "who → whom", "status, said by", "words"]);
    for event in events {
        table.add_row(row(event));
    }
    for (column, width) in table.column_iter_mut().zip(widths(width)) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    table
}

fn row(event: &Event) -> [String; 5] {
    let speaker = label::speaker(event);
    let status = label::status(event.status);
    let said = if speaker.is_empty() {
        status.to_owned()
    } else {
        format!("{status}, {speaker}")
    };
    [
        label::date(event),
        label::event(event),
        label::sides(event),
        said,
        label::words(event),
    ]
}

/// Date and event have what they need; the rest is shared out.
fn widths(width: usize) -> [u16; 5] {
    let date = 12;
    let event = 15;
    let rest = width.saturating_sub(date + event + 4).max(30);
    let shares = [date, event, rest * 36 / 100, rest * 22 / 100, rest * 42 / 100];
    shares.map(|share| u16::try_from(share).unwrap_or(u16::MAX))
}

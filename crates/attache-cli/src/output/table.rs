//! Tables for reading, one per document, all of the same widths so that they can stream.

use std::io::Write;

use anyhow::Result;
use attache::Event;
use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};

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

/// Date, event, sides, status and speaker, sentence; on a narrow terminal what belongs together shares a column.
fn table(events: &[Event], width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let narrow = width < NARROW;
    match narrow {
        true => table.set_header(["when, what", "who → whom", "sentence"]),
        false => table.set_header(["date", "event", "who → whom", "status, said by", "sentence"]),
    };
    let widths = widths(width);
    let room = widths
        .last()
        .map_or(0, |width| usize::from(*width).saturating_sub(PADDING))
        * LINES;
    for event in events {
        table.add_row(if narrow {
            narrow_row(event, room)
        } else {
            row(event, room)
        });
    }
    for (column, width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    table
}

/// Columns of a terminal below which columns are merged.
const NARROW: usize = 110;

/// Lines of a sentence that are shown.
const LINES: usize = 4;

/// Blanks within the width of a column.
const PADDING: usize = 2;

fn row(event: &Event, room: usize) -> Vec<Cell> {
    vec![
        Cell::new(label::date(event)),
        kind(event),
        Cell::new(label::sides(event)),
        Cell::new(status(event)),
        Cell::new(term::clip(&event.text, room)),
    ]
}

fn narrow_row(event: &Event, room: usize) -> Vec<Cell> {
    let what = format!(
        "{}\n{}\n{}",
        label::date(event),
        kind_text(event),
        label::status(event.status)
    );
    let speaker = label::speaker(event);
    let said = if speaker.is_empty() {
        String::new()
    } else {
        format!("{speaker}: ")
    };
    let sentence = term::clip(&format!("{said}{}", event.text), room);
    vec![Cell::new(what), Cell::new(label::sides(event)), Cell::new(sentence)]
}

/// Type and mode, one above the other.
fn kind_text(event: &Event) -> String {
    label::event(event).replace('/', "\n")
}

fn kind(event: &Event) -> Cell {
    Cell::new(kind_text(event)).fg(Color::Cyan)
}

fn status(event: &Event) -> String {
    let (status, speaker) = (label::status(event.status), label::speaker(event));
    if speaker.is_empty() {
        status.to_owned()
    } else {
        format!("{status}\n{speaker}")
    }
}

/// Date and event have what they need; the rest is shared out.
fn widths(width: usize) -> Vec<u16> {
    let (date, event) = (14, 16);
    let shares = if width < NARROW {
        let rest = width.saturating_sub(event + PADDING);
        vec![event, rest * 40 / 100, rest * 60 / 100]
    } else {
        let rest = width.saturating_sub(date + event + 2 * PADDING);
        vec![date, event, rest * 32 / 100, rest * 20 / 100, rest * 48 / 100]
    };
    shares
        .into_iter()
        .map(|share| u16::try_from(share).unwrap_or(u16::MAX))
        .collect()
}

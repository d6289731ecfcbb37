//! `attache read`: pages and texts in, documents out.

use std::fmt::Write;

use anyhow::Result;
use attache::Document;
use attache::date::{DateRange, Precision};
use attache::document::{BlockKind, CopyOf};
use serde::Serialize;

use crate::Outcome;
use crate::args::{ReadArgs, ReadFormat};
use crate::flow::{self, Job};
use crate::output::TextWriter;
use crate::report::Level;

/// Runs the command.
///
/// # Errors
/// Where output cannot be written.
pub fn run(args: &ReadArgs, level: Level) -> Result<Outcome> {
    let (output, format) = (args.output.as_deref(), args.format);
    let Some(job) = Job::new(&args.input, output, level, "written", &format!("{format:?}"))? else {
        return Ok(Outcome::Done);
    };
    let mut writer = TextWriter(job.output(output)?);
    let work = move |document: Document| {
        let written = match format {
            ReadFormat::Jsonl => line(&document),
            ReadFormat::Text => text(&document),
        };
        (written, 0)
    };
    flow::run(job.in_any_language(), work, &mut writer)
}

/// A document as it leaves; the names are those that `attache code` reads.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    url: Option<&'a str>,
    canonical: Option<&'a str>,
    title: Option<&'a str>,
    authors: &'a [String],
    publisher: Option<&'a str>,
    published: Option<String>,
    updated: Option<String>,
    language: Option<&'a str>,
    sections: &'a [String],
    dateline: Option<&'a str>,
    copy_of: Option<&'a CopyOf>,
    text: String,
}

fn line(document: &Document) -> String {
    let line = Line {
        id: &document.id,
        url: document.url.as_deref(),
        canonical: document.canonical.as_deref(),
        title: document.title.as_deref(),
        authors: &document.authors,
        publisher: document.publisher.as_deref(),
        published: document.published.map(day),
        updated: document.updated.map(|day| day.to_string()),
        language: document.language.as_deref(),
        sections: &document.sections,
        dateline: document.dateline.map(|span| span.text(&document.text)),
        copy_of: document.copy_of.as_ref(),
        text: article(document),
    };
    // Strings, lists and shares: nothing that JSON could refuse.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// As exactly as it is known: 2024, 2024-05, 2024-05-09.
fn day(range: DateRange) -> String {
    let day = range.start.to_string();
    match range.precision {
        Precision::Year => day[..4].to_owned(),
        Precision::Month => day[..7].to_owned(),
        _ => day,
    }
}

/// The text between the first and the last part that is the article's, without furniture, captions and the headline.
fn article(document: &Document) -> String {
    let text = &document.text;
    let apart = |kind: &BlockKind| matches!(kind, BlockKind::Clutter | BlockKind::Caption | BlockKind::Title);
    let content: Vec<usize> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.is_content() || block.kind == BlockKind::Heading)
        .map(|(at, _)| at)
        .collect();
    let (Some(first), Some(last)) = (content.first(), content.last()) else {
        return String::new();
    };
    // A dateline is a part of its own before the first paragraph, on the same line; an agency's name one after the last.
    let same_line = |from: usize, to: usize| !text.get(from..to).is_some_and(|between| between.contains('\n'));
    let before = first
        .checked_sub(1)
        .filter(|before| same_line(document.blocks[*before].span.end, document.blocks[*first].span.start));
    let mut out = String::new();
    let mut at = before.map_or_else(
        || start_of_line(text, document.blocks[*first].span.start),
        |before| document.blocks[before].span.start,
    );
    for block in &document.blocks[before.unwrap_or(*first)..=*last] {
        let (start, end) = (block.span.start.max(at), block.span.end.max(at));
        if apart(&block.kind) {
            out.push_str(text.get(at..start).unwrap_or(""));
        } else {
            out.push_str(text.get(at..end).unwrap_or(""));
        }
        at = end;
    }
    let rest = text.get(at..).unwrap_or("");
    out.push_str(rest.split('\n').next().unwrap_or(""));
    squeezed(&out)
}

/// Speakers' names belong to no part: the line is theirs.
fn start_of_line(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1)
}

/// At most one empty line in a row.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for row in text.trim().lines().map(str::trim_end) {
        empty = if row.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            out.push_str(row);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn text(document: &Document) -> String {
    let mut out = String::new();
    let mut told: Vec<String> = Vec::new();
    if !document.authors.is_empty() {
        told.push(format!("By {}", document.authors.join(", ")));
    }
    told.extend(document.publisher.clone());
    told.extend(document.published.map(day));
    told.extend(document.updated.map(|day| format!("updated {day}")));
    for row in [
        document.title.clone().unwrap_or_default(),
        told.join(" · "),
        document.url.clone().unwrap_or_default(),
    ] {
        if !row.is_empty() {
            let _ = writeln!(out, "{row}");
        }
    }
    let _ = writeln!(out, "\n{}\n", article(document));
    out
}

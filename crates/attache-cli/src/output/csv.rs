//! Flat rows for spreadsheets and statistics programs (RFC 4180).

use std::io::Write;

use anyhow::Result;
use attache::Event;
use attache::document::CopyOf;
use attache::event::Actor;

use super::label;
use crate::commands::CodedDocument;
use crate::flow::Writer;

/// A column: its name and how to fill it.
type Column = (&'static str, fn(&Event) -> String);

/// In the order of `attache code --help` and docs/record.md.
const COLUMNS: &[Column] = &[
    ("id", |e| e.id.clone()),
    ("doc", |e| e.doc.clone()),
    ("date", |e| text(&e.date)),
    ("enddate", |e| text(&e.enddate)),
    ("date_precision", |e| json_name(&e.date_precision)),
    ("date_text", |e| text(&e.date_text)),
    ("event", |e| e.event.join(";")),
    ("mode", |e| e.mode.join(";")),
    ("context", |e| e.context.join(";")),
    ("status", |e| label::status(e.status).to_owned()),
    ("actor", |e| names(&e.actor)),
    ("actor_code", |e| codes(&e.actor)),
    ("actor_sector", |e| sectors(&e.actor)),
    ("recipient", |e| names(&e.recipient)),
    ("recipient_code", |e| codes(&e.recipient)),
    ("recipient_sector", |e| sectors(&e.recipient)),
    ("speaker", |e| joined(e.attribution.iter().map(|a| name(&a.speaker)))),
    ("speaker_code", |e| {
        joined(e.attribution.iter().map(|a| text(&a.speaker.code)))
    }),
    ("cue", |e| joined(e.attribution.iter().map(|a| a.cue.clone()))),
    ("quad_code", |e| e.quad_code.to_string()),
    ("event_scale", |e| e.event_scale.to_string()),
    ("cameo", |e| e.cameo.clone()),
    ("goldstein", |e| e.goldstein.to_string()),
    ("place", |e| place(e, |p| Some(p.extracted_place.clone()))),
    ("resolved_place", |e| place(e, |p| p.resolved_place.clone())),
    ("geonameid", |e| place(e, |p| p.geonameid.map(|id| id.to_string()))),
    ("lat", |e| place(e, |p| p.lat.map(|degrees| degrees.to_string()))),
    ("lon", |e| place(e, |p| p.lon.map(|degrees| degrees.to_string()))),
    ("country_code", |e| place(e, |p| p.country_code.clone())),
    ("dead", |e| number(e.size.dead)),
    ("injured", |e| number(e.size.injured)),
    ("arrested", |e| number(e.size.arrested)),
    ("participants", |e| number(e.size.participants)),
    ("event_text", |e| e.event_text.join(";")),
    ("text", |e| e.text.clone()),
    ("text_start", |e| e.text_info.start.to_string()),
    ("text_end", |e| e.text_info.end.to_string()),
    ("title", |e| text(&e.cite_info.title)),
    ("publication", |e| text(&e.cite_info.publication)),
    ("url", |e| text(&e.cite_info.url)),
    ("published", |e| text(&e.cite_info.published)),
    ("language", |e| text(&e.cite_info.language)),
    ("copy_of", |e| copy(e, |c| c.doc.clone())),
    ("copy_kind", |e| copy(e, |c| json_name(&c.kind))),
    ("copy_share", |e| copy(e, |c| c.share.to_string())),
    ("copy_covers", |e| copy(e, |c| c.covers.to_string())),
    ("pattern", |e| e.pattern.clone()),
    ("confidence", |e| e.confidence.to_string()),
    ("happening", |e| text(&e.happening)),
    ("coder", |e| e.cite_info.coder.clone()),
    ("codebook", |e| e.cite_info.codebook.clone()),
    ("model", |e| e.cite_info.model.clone()),
];

/// Writes a header and one row a record.
pub struct CsvWriter<W> {
    out: W,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn new(out: W) -> Result<Self> {
        let mut writer = CsvWriter { out };
        writer.row(COLUMNS.iter().map(|(name, _)| (*name).to_owned()))?;
        Ok(writer)
    }

    /// Goes on below rows that are there already.
    pub fn without_header(out: W) -> Self {
        CsvWriter { out }
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) -> Result<()> {
        let cells: Vec<String> = cells.map(quoted).collect();
        Ok(writeln!(self.out, "{}", cells.join(","))?)
    }
}

impl<W: Write> Writer<CodedDocument> for CsvWriter<W> {
    fn write(&mut self, result: CodedDocument) -> Result<usize> {
        for event in &result.events {
            self.row(COLUMNS.iter().map(|(_, fill)| fill(event)))?;
        }
        Ok(result.events.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

fn quoted(cell: String) -> String {
    match cell.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(";")
}

fn text(field: &Option<String>) -> String {
    field.clone().unwrap_or_default()
}

fn number(field: Option<u64>) -> String {
    field.map(|number| number.to_string()).unwrap_or_default()
}

fn name(actor: &Actor) -> String {
    actor
        .identifier_text
        .clone()
        .unwrap_or_else(|| actor.entity_text.clone())
}

fn names(side: &[Actor]) -> String {
    joined(side.iter().map(name))
}

fn codes(side: &[Actor]) -> String {
    joined(side.iter().map(|actor| text(&actor.code)))
}

fn sectors(side: &[Actor]) -> String {
    joined(side.iter().map(|actor| actor.sector.join("+")))
}

fn place(event: &Event, part: impl Fn(&attache::event::EventLocation) -> Option<String>) -> String {
    event.event_loc.as_ref().and_then(part).unwrap_or_default()
}

fn copy(event: &Event, part: impl Fn(&CopyOf) -> String) -> String {
    event.cite_info.copy_of.as_ref().map(part).unwrap_or_default()
}

fn json_name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must() {
        assert_eq!(quoted("a;b".into()), "a;b");
        assert_eq!(quoted("a,b".into()), "\"a,b\"");
        assert_eq!(quoted("say \"no\"\nnow".into()), "\"say \"\"no\"\"\nnow\"");
    }

    #[test]
    fn help_names_the_columns_in_order() {
        let help = <crate::args::Cli as clap::CommandFactory>::command()
            .find_subcommand_mut("code")
            .expect("code")
            .render_long_help()
            .to_string();
        let words: Vec<&str> = help.split_whitespace().collect();
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        assert!(words.windows(names.len()).any(|window| window == names), "{help}");
    }
}

//! Documents as JSON lines.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;

use attache::extract::{Given, MAX_BYTES};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::open::{Stream, open_unpacked};
use crate::spot::Spot;
use crate::window::Window;
use crate::{Article, Body, Item, Reader, Sink, Trouble, kind, parse_date};

/// JSON escapes may make a line longer than its text.
const LINE_CAP: usize = 4 * MAX_BYTES;

/// What reports count broken lines as.
const BROKEN: &str = "broken lines";

/// The fields; others are left alone, so that anybody's export can be read.
#[derive(Deserialize)]
struct Line {
    #[serde(default, alias = "doc")]
    id: Option<Value>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    html: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default, alias = "publication")]
    publisher: Option<String>,
    #[serde(default, alias = "published")]
    date: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    retrieved: Option<String>,
}

/// Hands every line to `sink`; broken ones are named and passed over.
pub fn read(reader: &mut Reader, spot: &Spot, mut from: Stream, sink: Sink) -> ControlFlow<()> {
    let by_position = spot.file.is_some_and(kind::is_jsonl);
    let mut number = reader.lines();
    loop {
        let offset = from.offset();
        number += 1;
        let at = format!("{}:{number}", spot.place);
        let item = match next_line(&mut from, LINE_CAP) {
            Ok(Taken::End) => return ControlFlow::Continue(()),
            Ok(Taken::TooLong) => Err(too_long(at)),
            Ok(Taken::Line(line)) if line.trim_ascii().is_empty() => continue,
            Ok(Taken::Line(line)) => article(reader, at, &line),
            Err(error) => {
                let hint = "the lines above this one were read";
                return reader.emit(
                    Err(Trouble::unread(at, error.to_string())
                        .class("unreadable ends of files")
                        .hint(hint)),
                    sink,
                );
            }
        };
        if by_position {
            reader.safe_at(offset, number - 1);
        }
        reader.emit(item, sink)?;
    }
}

/// Whether the first line of the file is a document.
pub fn holds_documents(path: &Path) -> bool {
    // Unreadable: reading it says so.
    open_unpacked(path).map_or(true, |mut from| is_documents(&mut from))
}

/// Whether the first line of the stream is a document; the stream stays where it is.
pub fn is_documents<R: Read>(from: &mut Window<R>) -> bool {
    let Some(line) = first_line(from) else { return true };
    serde_json::from_slice::<Line>(&line).map_or(true, |line| line.text.is_some() || line.html.is_some())
}

/// The first line, where it ends within reach.
fn first_line<R: Read>(from: &mut Window<R>) -> Option<Vec<u8>> {
    const REACH: usize = 1 << 20;
    let seen = from.peek(1).ok()?;
    if let Some(end) = memchr::memchr(b'\n', seen) {
        return Some(seen[..end].to_vec());
    }
    let seen = from.peek(REACH).ok()?;
    match memchr::memchr(b'\n', seen) {
        Some(end) => Some(seen[..end].to_vec()),
        None => (seen.len() < REACH).then(|| seen.to_vec()),
    }
}

enum Taken {
    Line(Vec<u8>),
    TooLong,
    End,
}

fn next_line(from: &mut dyn BufRead, cap: usize) -> io::Result<Taken> {
    let mut line = Vec::new();
    let read = from.take(cap as u64).read_until(b'\n', &mut line)?;
    match (read, line.last()) {
        (0, _) => Ok(Taken::End),
        (_, Some(b'\n')) => Ok(Taken::Line(line)),
        _ if read < cap => Ok(Taken::Line(line)),
        _ => skip_line(from).map(|()| Taken::TooLong),
    }
}

fn skip_line(from: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |end| end + 1);
        from.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn article(reader: &Reader, place: String, line: &[u8]) -> Item {
    // A broken byte costs a character, not the document.
    let text = String::from_utf8_lossy(line);
    let line: Line = match serde_json::from_str(text.trim_end().trim_start_matches('\u{feff}')) {
        Ok(line) => line,
        Err(error) => return Err(broken(place, &error)),
    };
    let body = match (line.text, line.html) {
        (Some(text), None) => Body::Text(text),
        // Whoever gives both has taken the text out already.
        (Some(text), Some(_)) if !text.trim().is_empty() => Body::Text(text),
        (_, Some(html)) => page(html),
        (None, None) => return Err(without_text(place)),
    };
    let published = match line.date.as_deref().map(parse_date).transpose() {
        Ok(published) => published,
        Err(error) => {
            let trouble = Trouble::unread(place, error).class(BROKEN);
            return Err(trouble.hint("\"date\" is the day of publication"));
        }
    };
    let given = Given {
        id: line.id.map(plain_id),
        url: line.url,
        title: line.title,
        publisher: line.publisher,
        published,
        language: line.language,
    };
    Ok(Box::new(Article {
        place,
        given: reader.filled(given),
        body,
        retrieved: line.retrieved.as_deref().and_then(day),
        ..Article::default()
    }))
}

/// A day that does no harm where it is written wrongly.
fn day(text: &str) -> Option<Date> {
    parse_date(text).ok().map(|range| range.end)
}

/// JSON is UTF-8, whatever the page says of itself.
fn page(html: String) -> Body {
    Body::Page {
        bytes: html.into_bytes(),
        charset: Some("utf-8".to_owned()),
    }
}

fn plain_id(id: Value) -> String {
    match id {
        Value::String(id) => id,
        other => other.to_string(),
    }
}

fn too_long(place: String) -> Trouble {
    Trouble::unread(place, format!("line longer than {} MB", LINE_CAP / 1_000_000))
        .class("too large")
        .hint("one document a line, without line ends in it")
}

fn broken(place: String, error: &serde_json::Error) -> Trouble {
    let reason = error.to_string();
    // serde_json counts lines within this one line.
    let reason = match reason.rsplit_once(" at line ") {
        Some((reason, _)) => format!("{reason} (column {})", error.column()),
        None => reason,
    };
    Trouble::unread(place, reason)
        .class(BROKEN)
        .hint("one document a line: {\"id\":\"a1\",\"text\":\"…\",\"date\":\"2024-05-09\"}")
}

fn without_text(place: String) -> Trouble {
    Trouble::unread(place, "no \"text\" or \"html\"")
        .class(BROKEN)
        .hint("one document a line: {\"id\":\"a1\",\"text\":\"…\",\"date\":\"2024-05-09\"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &'static str) -> Vec<Item> {
        let mut items = Vec::new();
        Reader::default().read_stream("a.jsonl", text.as_bytes(), &mut |found| {
            items.push(found.item);
            ControlFlow::Continue(())
        });
        items
    }

    fn reason(item: &Item) -> &str {
        item.as_ref().err().map_or("", |trouble| &trouble.reason)
    }

    #[test]
    fn broken_lines_are_named_and_the_rest_is_read() {
        let all = items(
            "{\"text\":\"One.\"}\n{oops\n\n{\"html\":\"<p>\"}\n{\"id\":7}\n{\"id\":8,\"text\":\"Two.\",\"date\":\"2024-05\"}",
        );
        assert_eq!(all.len(), 5);
        assert!(all[0].is_ok());
        assert_eq!(
            all[1].as_ref().err().map(|trouble| trouble.place.as_str()),
            Some("a.jsonl:2")
        );
        assert!(reason(&all[1]).contains("column 2"), "{}", reason(&all[1]));
        assert!(matches!(
            all[2].as_ref().map(|article| &article.body),
            Ok(Body::Page { bytes, .. }) if bytes == b"<p>"
        ));
        assert_eq!(reason(&all[3]), "no \"text\" or \"html\"");
        let last = all[4].as_ref().expect("a document");
        assert_eq!(
            (last.given.id.as_deref(), last.place.as_str()),
            (Some("8"), "a.jsonl:6")
        );
        assert!(last.given.published.is_some());
    }

    #[test]
    fn long_lines_are_passed_over() {
        let mut from: &[u8] = b"0123456789\nabc\nlast";
        assert!(matches!(next_line(&mut from, 5), Ok(Taken::TooLong)));
        assert!(matches!(next_line(&mut from, 5), Ok(Taken::Line(line)) if line == b"abc\n"));
        assert!(matches!(next_line(&mut from, 5), Ok(Taken::Line(line)) if line == b"last"));
        assert!(matches!(next_line(&mut from, 5), Ok(Taken::End)));
    }
}

//! Documents as JSON lines.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;

use attache::extract::{Given, MAX_BYTES};
use serde::Deserialize;
use serde_json::Value;

use crate::{Article, Body, Item, Reader, Sink, Trouble, open, parse_date};

/// JSON escapes may make a line longer than its text.
const LINE_CAP: usize = 4 * MAX_BYTES;

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
}

/// Hands every line to `sink`; broken ones are named and passed over.
pub fn read(reader: &mut Reader, place: &str, mut from: Box<dyn BufRead>, sink: Sink) -> ControlFlow<()> {
    let mut number = 0;
    loop {
        number += 1;
        let at = format!("{place}:{number}");
        match next_line(&mut from, LINE_CAP) {
            Ok(Taken::End) => return ControlFlow::Continue(()),
            Ok(Taken::TooLong) => sink(Err(too_long(at)))?,
            Ok(Taken::Line(line)) if line.trim_ascii().is_empty() => {}
            Ok(Taken::Line(line)) => sink(article(reader, at, &line))?,
            Err(error) => {
                let hint = "the lines above this one were read";
                return sink(Err(Trouble::unread(at, error.to_string()).hint(hint)));
            }
        }
    }
}

/// Whether the first line of the file is a document.
pub fn holds_documents(path: &Path) -> bool {
    let first = open(path).and_then(|mut from| next_line(&mut from, LINE_CAP));
    match first {
        Ok(Taken::Line(line)) => {
            serde_json::from_slice::<Line>(&line).map_or(true, |line| line.text.is_some() || line.html.is_some())
        }
        // Unreadable, empty or huge: reading it says so.
        _ => true,
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
        Err(error) => return Err(Trouble::unread(place, error).hint("\"date\" is the day of publication")),
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
        retrieved: None,
    }))
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
        .hint("one document a line, without line ends in it")
}

fn broken(place: String, error: &serde_json::Error) -> Trouble {
    let reason = error.to_string();
    // serde_json counts lines within this one line.
    let reason = match reason.rsplit_once(" at line ") {
        Some((reason, _)) => format!("{reason} (column {})", error.column()),
        None => reason,
    };
    Trouble::unread(place, reason).hint("one document a line: {\"id\":\"a1\",\"text\":\"…\",\"date\":\"2024-05-09\"}")
}

fn without_text(place: String) -> Trouble {
    Trouble::unread(place, "no \"text\" or \"html\"")
        .hint("one document a line: {\"id\":\"a1\",\"text\":\"…\",\"date\":\"2024-05-09\"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &'static str) -> Vec<Item> {
        let mut items = Vec::new();
        let _ = read(
            &mut Reader::default(),
            "a.jsonl",
            Box::new(text.as_bytes()),
            &mut |item| {
                items.push(item);
                ControlFlow::Continue(())
            },
        );
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

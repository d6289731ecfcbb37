//! The head of a WARC record.

use std::io::{self, BufRead, Read};

use jiff::civil::Date;

use crate::limits::MAX_HEAD;
use crate::window::Window;

/// What is asked of the head of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// What the record holds, where it tells.
    pub kind: Option<RecordKind>,
    /// Bytes of its block.
    pub length: u64,
    /// Its identifier, without brackets.
    pub id: Option<String>,
    /// Address of what it holds.
    pub address: Option<String>,
    /// Day on which it was fetched.
    pub retrieved: Option<Date>,
    /// Media type of the block, as written.
    pub content_type: Option<String>,
    /// Languages as its maker recognised them.
    pub languages: Vec<String>,
    /// Whether its maker cut the content off.
    pub truncated: bool,
}

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// An HTTP response.
    Response,
    /// The content itself.
    Resource,
    /// Another form of the content, such as its text.
    Conversion,
    /// Nothing that could be coded: requests, notes, content that is told elsewhere.
    Other,
}

impl Head {
    /// The head that begins here; the block follows. The inner error tells why this is none.
    pub fn read<R: Read>(from: &mut Window<R>) -> io::Result<Result<Head, &'static str>> {
        let mut head = Head::default();
        let mut length = None;
        let mut left = MAX_HEAD;
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            let read = from.take(left as u64).read_until(b'\n', &mut line)?;
            left -= read;
            number += 1;
            if line.last() != Some(&b'\n') {
                return Ok(Err(if left == 0 { "head too long" } else { "head cut off" }));
            }
            let text = line.trim_ascii_end();
            match (number, text) {
                (1, text) if !is_version(text) => return Ok(Err("garbage between records")),
                (1, _) => {}
                (_, []) => break,
                (_, text) if is_version(text) => return Ok(Err("head cut off")),
                // The next record's fields, behind one that was cut off in the middle of a line.
                (_, text) if is_type(text) && head.kind.is_some() => return Ok(Err("head cut off")),
                (_, text) => head.field(text, &mut length),
            }
        }
        Ok(match length {
            Some(length) => Ok(Head { length, ..head }),
            None => Err("no Content-Length"),
        })
    }

    fn field(&mut self, line: &[u8], length: &mut Option<u64>) {
        let line = String::from_utf8_lossy(line);
        // Lines without a name, and those that go on, hold nothing that is asked for.
        let Some((name, value)) = line.split_once(':') else {
            return;
        };
        let value = value.trim();
        let told = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match name.trim_end().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = Some(kind(value)),
            "warc-record-id" => self.id = told().map(|id| unbracketed(&id)),
            "warc-target-uri" => self.address = told().map(|address| unbracketed(&address)),
            "warc-date" => self.retrieved = value.get(..10).and_then(|day| day.parse().ok()),
            "warc-identified-content-language" => self.languages = list(value),
            "warc-truncated" => self.truncated = true,
            "content-type" => self.content_type = told(),
            "content-length" => *length = value.parse().ok(),
            _ => {}
        }
    }
}

/// Whether a record begins here: its version, and a field behind it.
pub fn begins_record(bytes: &[u8]) -> bool {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
        return false;
    };
    let field = &bytes[end + 1..];
    let named = |name: &[u8]| {
        field
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    is_version(bytes[..end].trim_ascii_end()) && (named(b"WARC-") || named(b"Content-"))
}

fn is_type(line: &[u8]) -> bool {
    const NAME: &[u8] = b"WARC-Type:";
    line.get(..NAME.len())
        .is_some_and(|name| name.eq_ignore_ascii_case(NAME))
}

/// `WARC/1.0` and the like.
fn is_version(line: &[u8]) -> bool {
    let number = line.strip_prefix(b"WARC/").unwrap_or_default();
    matches!(number, [major, b'.', minor @ ..] if major.is_ascii_digit() && !minor.is_empty() && minor.len() < 4
        && minor.iter().all(u8::is_ascii_digit))
}

fn kind(value: &str) -> RecordKind {
    match value.to_ascii_lowercase().as_str() {
        "response" => RecordKind::Response,
        "resource" => RecordKind::Resource,
        "conversion" => RecordKind::Conversion,
        _ => RecordKind::Other,
    }
}

fn unbracketed(value: &str) -> String {
    let inner = value.strip_prefix('<').and_then(|value| value.strip_suffix('>'));
    inner.unwrap_or(value).to_owned()
}

/// `en, fr` as a list.
pub fn list(value: &str) -> Vec<String> {
    let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.take(8).map(str::to_owned).collect()
}

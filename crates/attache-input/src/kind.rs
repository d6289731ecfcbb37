//! What a stream is, told by its first bytes; its name decides only where these do not.

use std::path::Path;

use crate::feed;
use crate::unpack::{GZIP, ZSTD};

/// Bytes that tell the kind of a stream.
pub const HEAD: usize = 4096;

/// Kinds of streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A gzip stream.
    Gzip,
    /// A Zstandard stream.
    Zstd,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// A WARC file.
    Warc,
    /// JSON lines.
    Lines,
    /// RSS, Atom, JSON Feed or a sitemap.
    Feed,
    /// A page of HTML.
    Page,
    /// Plain text, or anything else.
    Text,
    /// Known, and not read; what it is.
    Foreign(&'static str),
}

/// Beginnings that leave no doubt.
const MAGIC: &[(&[u8], Kind)] = &[
    (GZIP, Kind::Gzip),
    (ZSTD, Kind::Zstd),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"WARC/", Kind::Warc),
    (b"BZh", Kind::Foreign("bzip2")),
    (b"\xfd7zXZ\0", Kind::Foreign("xz")),
    (b"7z\xbc\xaf\x27\x1c", Kind::Foreign("7z")),
    (b"Rar!\x1a\x07", Kind::Foreign("rar")),
    (b"%PDF-", Kind::Foreign("pdf")),
    (b"\xd0\xcf\x11\xe0", Kind::Foreign("an office file")),
    (b"PAR1", Kind::Foreign("parquet")),
];

/// What `head`, the first [`HEAD`] bytes of a stream or all there are, begins; `path` is its name.
pub fn of(head: &[u8], path: Option<&Path>) -> Kind {
    if let Some(kind) = by_magic(head) {
        return kind;
    }
    let text = beginning(head);
    match path.map(extension) {
        Some(name) if JSON_LINES.contains(&name.as_str()) => Kind::Lines,
        _ if feed::is_feed(text) => Kind::Feed,
        Some(name) if PAGES.contains(&name.as_str()) => Kind::Page,
        _ if is_page(text) => Kind::Page,
        Some(name) if TEXTS.contains(&name.as_str()) => Kind::Text,
        _ if text.first() == Some(&b'{') => Kind::Lines,
        _ => Kind::Text,
    }
}

/// Whether a few bytes are enough to tell.
pub fn is_plain_from(head: &[u8]) -> bool {
    by_magic(head).is_some() || beginning(head).first() == Some(&b'{')
}

const JSON_LINES: &[&str] = &["jsonl", "ndjson"];
const PAGES: &[&str] = &["html", "htm", "xhtml"];
const TEXTS: &[&str] = &["txt", "text"];
const FEEDS: &[&str] = &["xml", "rss", "atom", "rdf", "json"];
const ARCHIVES: &[&str] = &["warc", "wet", "zip", "tar", "tgz"];

/// Whether the name is one of a single text or page.
pub fn is_single(path: &Path) -> bool {
    has_extension(path, &[TEXTS, PAGES].concat())
}

/// Whether the name is one of JSON lines.
pub fn is_jsonl(path: &Path) -> bool {
    has_extension(path, JSON_LINES)
}

/// Whether the name is one of an archive.
pub fn is_archive(path: &Path) -> bool {
    has_extension(path, ARCHIVES)
}

/// Whether the name may be one of a feed; other things are called so as well.
pub fn is_maybe_feed(path: &Path) -> bool {
    has_extension(path, FEEDS)
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    wanted.contains(&extension(path).as_str())
}

/// The extension in lower case, before a final `.gz` or `.zst`; empty where there is none.
fn extension(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let name = unpacked_name(&name);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, extension)| extension.to_owned())
}

/// The name without a final `.gz` or `.zst`.
pub fn unpacked_name(name: &str) -> &str {
    [".gz", ".zst"]
        .iter()
        .find_map(|packed| name.strip_suffix(packed))
        .unwrap_or(name)
}

fn by_magic(head: &[u8]) -> Option<Kind> {
    let found = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    let tar = || head.get(257..262).is_some_and(|magic| magic == b"ustar");
    found.map(|(_, kind)| *kind).or_else(|| tar().then_some(Kind::Tar))
}

/// Without byte-order mark and white space.
fn beginning(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// A page begins with a document type, a comment or one of the outer tags.
fn is_page(text: &[u8]) -> bool {
    let text = after_prolog(text);
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| starts_with(text, tag))
}

/// What follows XML declarations, processing instructions and comments.
fn after_prolog(mut text: &[u8]) -> &[u8] {
    loop {
        let end: &[u8] = match text {
            _ if text.starts_with(b"<?") => b"?>",
            _ if text.starts_with(b"<!--") => b"-->",
            _ => return text,
        };
        let Some(at) = memchr::memmem::find(text, end) else {
            return text;
        };
        text = text[at + end.len()..].trim_ascii_start();
    }
}

fn starts_with(text: &[u8], tag: &str) -> bool {
    text.get(..tag.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_names() {
        let txt = Some(Path::new("a.txt"));
        assert_eq!(of(b"<!DOCTYPE html><p>", txt), Kind::Page);
        assert_eq!(of(b"\xef\xbb\xbf\n <!-- saved --> <HTML>", None), Kind::Page);
        assert_eq!(of(b"{\"text\":\"a\"}", None), Kind::Lines);
        assert_eq!(of(b"{curly prose}", txt), Kind::Text);
        assert_eq!(of(b"WARC/1.0\r\n", txt), Kind::Warc);
        assert_eq!(of(b"\x1f\x8b\x08\0", Some(Path::new("a.jsonl"))), Kind::Gzip);
        assert_eq!(of(b"oops", Some(Path::new("a.jsonl.gz"))), Kind::Lines);
        assert_eq!(of(b"<p>Bare", Some(Path::new("a.htm"))), Kind::Page);
        assert_eq!(of(b"%PDF-1.7", None), Kind::Foreign("pdf"));
        assert_eq!(of(b"", None), Kind::Text);
    }

    #[test]
    fn feeds_are_told_from_pages_and_lines() {
        let rss = b"<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a\"?><!-- b --><rss version=\"2.0\">";
        assert_eq!(of(rss, None), Kind::Feed);
        assert_eq!(of(b"<?xml version=\"1.0\"?><html xmlns=\"x\">", None), Kind::Page);
        assert_eq!(
            of(b"{\"version\":\"https://jsonfeed.org/version/1.1\"}", None),
            Kind::Feed
        );
        assert_eq!(of(b"<urlset>", Some(Path::new("a.xml"))), Kind::Feed);
    }

    #[test]
    fn extensions_are_seen_through_packing() {
        assert!(is_jsonl(Path::new("a/b.jsonl.gz")));
        assert!(is_jsonl(Path::new("B.NDJSON.ZST")));
        assert!(!is_jsonl(Path::new("jsonl")));
        assert!(is_single(Path::new("page.htm")));
        assert!(is_archive(Path::new("crawl.warc.gz")));
    }
}

//! An HTTP response as it was received.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::head::list;
use crate::unpack;

/// Headers of a response, beyond which it is not read.
const MAX_HEADERS: usize = 256;

/// Codings on top of one another, beyond which a response is not read.
const MAX_CODINGS: usize = 2;

/// A response, or content that came without one.
#[derive(Debug, Default)]
pub struct Response<'a> {
    /// Status code.
    pub status: u16,
    /// Media type with its parameters; empty where there is none.
    pub content_type: String,
    /// Languages as it declares them.
    pub languages: Vec<String>,
    /// Codings of the content, in the order in which they were applied.
    codings: Vec<String>,
    chunked: bool,
    sent: &'a [u8],
}

/// Why there is no content.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// More bytes than are allowed.
    TooLarge,
    /// Its coding is broken.
    Broken(&'static str),
    /// Its coding is not known.
    Unknown(String),
}

/// Reads the head of a response.
///
/// # Errors
/// What is wrong with it, in a few words.
pub fn parse(block: &[u8]) -> Result<Response<'_>, &'static str> {
    let end = head_end(block).ok_or("HTTP head cut off")?;
    let head = as_http_1(&block[..end]);
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let result = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut parsed, &head);
    if !result.is_ok_and(|status| status.is_complete()) {
        return Err("broken HTTP head");
    }
    let mut response = Response {
        status: parsed.code.unwrap_or_default(),
        sent: &block[end..],
        ..Response::default()
    };
    for header in parsed.headers.iter() {
        response.header(header.name, String::from_utf8_lossy(header.value).trim());
    }
    Ok(response)
}

/// Behind the empty line.
fn head_end(block: &[u8]) -> Option<usize> {
    let after = |line: &[u8]| memchr::memmem::find(block, line).map(|at| at + line.len());
    match (after(b"\r\n\r\n"), after(b"\n\n")) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Crawlers that speak HTTP/2 write its version into heads that are otherwise of version 1.
fn as_http_1(head: &[u8]) -> Vec<u8> {
    let version = head.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let rest = &head[version..];
    match head.starts_with(b"HTTP/1.") {
        true => head.to_vec(),
        false => [b"HTTP/1.1", rest].concat(),
    }
}

impl<'a> Response<'a> {
    /// Content without a head, of this media type.
    pub fn of(content: &'a [u8], content_type: Option<&str>) -> Self {
        Response {
            status: 200,
            content_type: content_type.unwrap_or_default().to_owned(),
            sent: content,
            ..Response::default()
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        match name.to_ascii_lowercase().as_str() {
            "content-type" => self.content_type = value.to_owned(),
            "content-language" => self.languages = list(value),
            "content-encoding" => self.codings.extend(codings(value)),
            "transfer-encoding" => {
                for coding in codings(value) {
                    match coding.as_str() {
                        "chunked" => self.chunked = true,
                        _ => self.codings.push(coding),
                    }
                }
            }
            _ => {}
        }
    }

    /// The encoding of its text, as its media type tells.
    pub fn charset(&self) -> Option<String> {
        let mut parameters = self.content_type.split(';').skip(1);
        let value = parameters.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then_some(value)
        });
        let value = value.map(|value| value.trim().trim_matches(['"', '\'']));
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// The content, at most `cap` bytes of it, without its codings. Of content that is known to be `truncated` what there is.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn content(&self, cap: usize, truncated: bool) -> Result<Vec<u8>, Unreadable> {
        let mut content = match self.chunked {
            true => unchunked(self.sent),
            false => self.sent.to_vec(),
        };
        if self.codings.len() > MAX_CODINGS {
            return Err(Unreadable::Broken("coded too often"));
        }
        for coding in self.codings.iter().rev() {
            content = decoded(coding, content, cap, truncated)?;
        }
        match content.len() > cap {
            true => Err(Unreadable::TooLarge),
            false => Ok(content),
        }
    }
}

fn codings(value: &str) -> Vec<String> {
    let all = list(value).into_iter().map(|coding| coding.to_ascii_lowercase());
    all.filter(|coding| coding != "identity").collect()
}

/// Some archives keep the header of a coding that they have taken off: what does not look coded is left as it is.
fn decoded(coding: &str, content: Vec<u8>, cap: usize, truncated: bool) -> Result<Vec<u8>, Unreadable> {
    let bytes = content.as_slice();
    match coding {
        "gzip" | "x-gzip" if bytes.starts_with(unpack::GZIP) => read(MultiGzDecoder::new(bytes), cap, truncated),
        "gzip" | "x-gzip" => Ok(content),
        "zstd" if bytes.starts_with(unpack::ZSTD) => read(unpack::zstd(bytes), cap, truncated),
        "zstd" => Ok(content),
        _ if looks_like_markup(bytes) => Ok(content),
        "deflate" => match is_zlib(bytes) {
            true => read(ZlibDecoder::new(bytes), cap, truncated),
            false => read(DeflateDecoder::new(bytes), cap, truncated),
        },
        "br" => read(brotli_decompressor::Decompressor::new(bytes, 4096), cap, truncated),
        // Sent by some servers for the encoding of the text.
        "utf-8" | "utf8" | "none" | "" => Ok(content),
        other => Err(Unreadable::Unknown(other.chars().take(20).collect())),
    }
}

fn looks_like_markup(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    start.starts_with(b"<!") || start.starts_with(b"<html") || start.starts_with(b"<?xml")
}

/// The two bytes at the beginning are a multiple of 31, and name deflate.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) * 256 + u16::from(*second)) % 31 == 0)
}

fn read(from: impl Read, cap: usize, truncated: bool) -> Result<Vec<u8>, Unreadable> {
    let mut content = Vec::new();
    let result: io::Result<usize> = from.take(cap as u64 + 1).read_to_end(&mut content);
    match result {
        Ok(_) => Ok(content),
        Err(_) if truncated && !content.is_empty() => Ok(content),
        Err(_) => Err(Unreadable::Broken("broken content coding")),
    }
}

/// Takes off the lengths of chunks; what does not begin with one has none.
fn unchunked(sent: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(sent.len());
    let mut rest = sent;
    while let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(rest) {
        if length == 0 {
            return content;
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let chunk = &rest[start..];
        content.extend_from_slice(&chunk[..length.min(chunk.len())]);
        if length >= chunk.len() {
            return content;
        }
        rest = &chunk[length..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    match content.is_empty() {
        true => sent.to_vec(),
        false => content,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("in memory");
        out.finish().expect("in memory")
    }

    fn with_body(head: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat()
    }

    fn content(head: &str, body: &[u8]) -> Result<Vec<u8>, Unreadable> {
        parse(&with_body(head, body)).expect("a head").content(1000, false)
    }

    #[test]
    fn heads_are_read_leniently() {
        let block = b"HTTP/2 203\nContent-Type : text/html; Charset=\"windows-1252\"\nbad header\nContent-Language: fr, de\n\nbody";
        let response = parse(block).expect("a head");
        assert_eq!(response.status, 203);
        assert_eq!(response.charset().as_deref(), Some("windows-1252"));
        assert_eq!(response.languages, ["fr", "de"]);
        assert_eq!(response.content(10, false), Ok(b"body".to_vec()));
        assert!(parse(b"HTTP/1.1 200 OK\r\nA: b\r\n").is_err());
        assert!(parse(b"HTTP/1.1 abc\r\n\r\n").is_err());
    }

    #[test]
    fn codings_are_taken_off() {
        let packed = gzip(b"<p>Talks");
        assert_eq!(content("Content-Encoding: gzip\r\n", &packed), Ok(b"<p>Talks".to_vec()));
        assert_eq!(content("Content-Encoding: gzip\r\n", b"<p>"), Ok(b"<p>".to_vec()));
        assert_eq!(content("Content-Encoding: br\r\n", b"<html>"), Ok(b"<html>".to_vec()));
        let brotli = b"\x0b\x02\x80talks\x03";
        assert_eq!(content("Content-Encoding: br\r\n", brotli), Ok(b"talks".to_vec()));
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"talks").expect("in memory");
        assert_eq!(
            content("Content-Encoding: deflate\r\n", &zlib.finish().expect("in memory")),
            Ok(b"talks".to_vec())
        );
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(b"talks").expect("in memory");
        assert_eq!(
            content("Content-Encoding: deflate\r\n", &raw.finish().expect("in memory")),
            Ok(b"talks".to_vec())
        );
        let unknown = content("Content-Encoding: compress\r\n", b"abc");
        assert_eq!(unknown, Err(Unreadable::Unknown("compress".to_owned())));
    }

    #[test]
    fn bombs_and_broken_codings_are_told() {
        let bomb = gzip(&vec![b'a'; 100_000]);
        assert_eq!(content("Content-Encoding: gzip\r\n", &bomb), Err(Unreadable::TooLarge));
        let packed = gzip(&(0..900u16).flat_map(u16::to_le_bytes).take(900).collect::<Vec<_>>());
        let cut = with_body("Content-Encoding: gzip\r\n", &packed[..packed.len() / 2]);
        let response = parse(&cut).expect("a head");
        assert!(matches!(response.content(1000, false), Err(Unreadable::Broken(_))));
        assert!(response.content(1000, true).is_ok_and(|content| !content.is_empty()));
        let many = "Content-Encoding: gzip, gzip, gzip\r\n";
        assert!(matches!(content(many, b"<p>"), Err(Unreadable::Broken(_))));
    }

    #[test]
    fn chunks_are_put_together() {
        let head = "Transfer-Encoding: chunked\r\n";
        let sent = b"4\r\nTalk\r\n3;x=y\r\ns i\r\n0\r\n\r\n";
        assert_eq!(content(head, sent), Ok(b"Talks i".to_vec()));
        assert_eq!(content(head, b"4\r\nTalk\r\nff\r\ns"), Ok(b"Talks".to_vec()));
        assert_eq!(content(head, b"<p>Not chunked"), Ok(b"<p>Not chunked".to_vec()));
        assert_eq!(content(head, b"ffffffffffffffff\r\nx"), Ok(b"x".to_vec()));
    }
}

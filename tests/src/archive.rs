//! Archives made by code, sound ones and broken ones.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

/// A record of a WARC file.
#[derive(Debug, Clone)]
pub struct Record {
    /// `WARC-Type`.
    pub kind: &'static str,
    /// Further fields of the head.
    pub fields: Vec<(&'static str, String)>,
    /// The block.
    pub block: Vec<u8>,
    /// What `Content-Length` says, where it is not the length of the block.
    pub length: Option<u64>,
}

impl Record {
    /// An HTTP response of status 200 with this head and body.
    pub fn response(number: usize, address: &str, head: &str, body: &[u8]) -> Self {
        let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n");
        Record {
            kind: "response",
            fields: fields(number, address, "application/http; msgtype=response"),
            block: [head.as_bytes(), body].concat(),
            length: None,
        }
    }

    /// A page of one paragraph.
    pub fn page(number: usize, text: &str) -> Self {
        let body = format!("<!DOCTYPE html><html><body><article><p>{text}</p></article></body></html>");
        let head = format!(
            "Content-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n",
            body.len()
        );
        Record::response(
            number,
            &format!("https://news.example/{number}"),
            &head,
            body.as_bytes(),
        )
    }

    /// The text of a page.
    pub fn text(number: usize, text: &str) -> Self {
        Record {
            kind: "conversion",
            fields: fields(number, &format!("https://news.example/{number}"), "text/plain"),
            block: text.as_bytes().to_vec(),
            length: None,
        }
    }

    /// The record as it stands in a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("WARC/1.0\r\nWARC-Type: {}\r\n", self.kind);
        for (name, value) in &self.fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = self.length.unwrap_or(self.block.len() as u64);
        head.push_str(&format!("Content-Length: {length}\r\n\r\n"));
        [head.as_bytes(), &self.block, b"\r\n\r\n"].concat()
    }

    /// The record as a gzip member of its own.
    pub fn member(&self) -> Vec<u8> {
        gzip(&self.bytes())
    }

    /// With another value of a field, or one more field.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.fields.retain(|(known, _)| *known != name);
        self.fields.push((name, value.to_owned()));
        self
    }
}

fn fields(number: usize, address: &str, content_type: &str) -> Vec<(&'static str, String)> {
    vec![
        (
            "WARC-Record-ID",
            format!("<urn:uuid:{number:08}-0000-0000-0000-000000000000>"),
        ),
        ("WARC-Target-URI", address.to_owned()),
        ("WARC-Date", format!("2024-05-{:02}T10:00:00Z", number % 28 + 1)),
        ("Content-Type", content_type.to_owned()),
    ]
}

/// The record at the beginning of a WARC file.
pub fn info() -> Record {
    Record {
        kind: "warcinfo",
        fields: vec![("WARC-Filename", "crawl.warc.gz".to_owned())],
        block: b"software: none\r\nformat: WARC File Format 1.0\r\n".to_vec(),
        length: None,
    }
}

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("in memory");
    out.finish().expect("in memory")
}

/// One Zstandard frame.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A zip of these members.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        out.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        out.write_all(bytes).expect("in memory");
    }
    out.finish().expect("in memory").into_inner()
}

/// A tar of these members; names may be as long and as wicked as they like.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        if name.len() >= 100 {
            member(
                &mut out,
                "././@LongLink",
                tar::EntryType::GNULongName,
                &[name.as_bytes(), &[0]].concat(),
            );
        }
        member(&mut out, name, tar::EntryType::Regular, bytes);
    }
    out.into_inner().expect("in memory")
}

fn member(out: &mut tar::Builder<Vec<u8>>, name: &str, kind: tar::EntryType, bytes: &[u8]) {
    let mut header = tar::Header::new_gnu();
    let name = &name.as_bytes()[..name.len().min(99)];
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    out.append(&header, bytes).expect("in memory");
}

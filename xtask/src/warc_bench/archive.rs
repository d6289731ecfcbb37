//! A crawl as a packed WARC file: requests and responses, pages and what else lies about on the web.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use attache_tests::wire::Dice;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::page::{self, Filling, Template};
use super::text::{self, Article, Source};

/// One record of so many is broken in the second archive.
const BROKEN: usize = 100;

/// Articles that may be run again by another outlet.
const REMEMBERED: usize = 300;

/// Writes two archives of the same records: one sound, one with every hundredth record broken.
pub struct Writer {
    english: Source,
    foreign: Vec<(&'static str, Source)>,
    templates: Vec<Template>,
    dice: Dice,
    latest: Vec<Article>,
    sound: BufWriter<File>,
    broken: BufWriter<File>,
    /// What was written.
    pub figures: Figures,
}

/// What was written.
#[derive(Debug, Default)]
pub struct Figures {
    /// Bytes of the sound archive.
    pub packed: u64,
    /// The same before packing.
    pub unpacked: u64,
    /// Records.
    pub records: usize,
    /// Pages with an English article.
    pub articles: usize,
    /// Of these, copies of an earlier one.
    pub copies: usize,
    /// Records of the second archive that were broken.
    pub broken: usize,
    /// Addresses of pages among them.
    pub hit: Vec<String>,
}

impl Figures {
    /// As JSON.
    pub fn json(&self) -> Value {
        json!({
            "packed_bytes": self.packed, "unpacked_bytes": self.unpacked, "records": self.records,
            "english_articles": self.articles, "copies": self.copies, "broken_records": self.broken,
            "pages_broken": self.hit.len(),
        })
    }
}

/// What a response carries.
struct Response {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
    /// Whether it is a page with an article.
    page: bool,
}

impl Writer {
    /// Begins both archives.
    ///
    /// # Errors
    /// Where a file cannot be created, or ours are missing.
    pub fn new(sound: &Path, broken: &Path, seed: u64) -> Result<Self, Box<dyn Error>> {
        let mut writer = Writer {
            english: Source::english()?,
            foreign: text::foreign(),
            templates: page::templates()?,
            dice: Dice::new(seed),
            latest: Vec::new(),
            sound: BufWriter::new(File::create(sound)?),
            broken: BufWriter::new(File::create(broken)?),
            figures: Figures::default(),
        };
        let fields = "software: attache warc-bench\r\nformat: WARC File Format 1.1\r\n";
        writer.record("warcinfo", "", "application/warc-fields", fields.as_bytes(), false)?;
        Ok(writer)
    }

    /// Writes until the sound archive has so many bytes.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn fill(&mut self, bytes: u64) -> Result<(), Box<dyn Error>> {
        let mut number = 0;
        while self.figures.packed < bytes {
            self.visit(number)?;
            number += 1;
        }
        self.sound.flush()?;
        Ok(self.broken.flush()?)
    }

    /// A request and what came back.
    fn visit(&mut self, number: usize) -> Result<(), Box<dyn Error>> {
        let host = format!("www.outlet{:03}.example", self.dice.throw(400));
        let (path, response) = self.response(&host, number);
        let address = format!("https://{host}{path}");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n");
        self.record(
            "request",
            &address,
            "application/http; msgtype=request",
            request.as_bytes(),
            false,
        )?;
        let head = format!(
            "HTTP/1.1 {}\r\nServer: outlet\r\n{}Content-Length: {}\r\n\r\n",
            response.status,
            response.headers,
            response.body.len()
        );
        let block = [head.as_bytes(), &response.body].concat();
        self.record(
            "response",
            &address,
            "application/http; msgtype=response",
            &block,
            response.page,
        )
    }

    fn response(&mut self, host: &str, number: usize) -> (String, Response) {
        let dice = &mut self.dice;
        let other = |status, kind: &str, body: Vec<u8>| Response {
            status,
            headers: format!("Content-Type: {kind}\r\n"),
            body,
            page: false,
        };
        match dice.throw(100) {
            0..55 => self.page(host, number),
            55..75 => {
                let words = 2_000 + dice.throw(20_000);
                let picture = (0..words).flat_map(|_| dice.throw(usize::MAX).to_le_bytes());
                let body = [0xff, 0xd8, 0xff].into_iter().chain(picture).collect();
                (format!("/media/{number}.jpg"), other("200 OK", "image/jpeg", body))
            }
            75..83 => {
                let moved = Response {
                    headers: format!(
                        "Content-Type: text/html\r\nLocation: https://{host}/news/{}\r\n",
                        number + 1
                    ),
                    ..other("301 Moved Permanently", "text/html", b"<html>Moved</html>".to_vec())
                };
                (format!("/old/{number}"), moved)
            }
            83..89 => {
                let body =
                    "<html><head><title>Not found</title></head><body><p>There is no such page here.</p></body></html>";
                (
                    format!("/gone/{number}"),
                    other("404 Not Found", "text/html", body.into()),
                )
            }
            89..91 => (
                "/robots.txt".into(),
                other("200 OK", "text/plain", b"User-agent: *\nDisallow: /admin\n".to_vec()),
            ),
            91..96 => {
                let rules = (0..200 + dice.throw(800)).map(|n| format!(".c{n}{{margin:{}px}}\n", dice.throw(99)));
                (
                    format!("/style/{number}.css"),
                    other("200 OK", "text/css", rules.collect::<String>().into()),
                )
            }
            _ => {
                let pairs = (0..300 + dice.throw(900)).map(|n| format!("var v{n}={};\n", dice.throw(1 << 30)));
                (
                    format!("/script/{number}.js"),
                    other("200 OK", "text/javascript", pairs.collect::<String>().into()),
                )
            }
        }
    }

    fn page(&mut self, host: &str, number: usize) -> (String, Response) {
        let path = format!("/news/{number}/");
        let article = self.article();
        self.figures.articles += usize::from(article.language == "en");
        let dice = &mut self.dice;
        let filling = Filling {
            address: &format!("https://{host}{path}"),
            day: &format!("2024-{:02}-{:02}", 1 + dice.throw(6), 1 + dice.throw(28)),
            scripts: 4_000 << dice.throw(5),
        };
        let template = &self.templates[dice.throw(self.templates.len())];
        let page = template.filled(&article, &filling, dice).into_bytes();
        let packed = dice.throw(10) == 0;
        let coding = if packed { "Content-Encoding: gzip\r\n" } else { "" };
        let response = Response {
            status: "200 OK",
            headers: format!("Content-Type: text/html; charset=utf-8\r\n{coding}"),
            body: if packed { gzip(&page) } else { page },
            page: true,
        };
        (path, response)
    }

    /// One in six is in another language, one in twelve is an earlier one, cut or added to.
    fn article(&mut self) -> Article {
        let dice = &mut self.dice;
        if dice.throw(6) == 0 {
            let (language, source) = &self.foreign[dice.throw(self.foreign.len())];
            return source.article(dice, language);
        }
        if !self.latest.is_empty() && dice.throw(12) == 0 {
            self.figures.copies += 1;
            let mut copy = dice.pick(&self.latest).clone();
            copy.paragraphs
                .truncate(2 + dice.throw(copy.paragraphs.len()).max(copy.paragraphs.len() / 2));
            copy.paragraphs.push(self.english.sentence(dice));
            copy.title = self.english.article(dice, "en").title;
            return copy;
        }
        let article = self.english.article(dice, "en");
        match self.latest.len() < REMEMBERED {
            true => self.latest.push(article.clone()),
            false => self.latest[dice.throw(REMEMBERED)] = article.clone(),
        }
        article
    }

    fn record(
        &mut self,
        kind: &str,
        address: &str,
        media: &str,
        block: &[u8],
        page: bool,
    ) -> Result<(), Box<dyn Error>> {
        let number = self.figures.records;
        let target = if address.is_empty() {
            String::new()
        } else {
            format!("WARC-Target-URI: {address}\r\n")
        };
        let head = |length: usize| {
            format!(
                "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n\
                 WARC-Date: 2024-07-01T12:00:00Z\r\n{target}Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
            )
        };
        let record = [head(block.len()).as_bytes(), block, b"\r\n\r\n"].concat();
        let packed = gzip(&record);
        self.figures.records += 1;
        self.figures.packed += packed.len() as u64;
        self.figures.unpacked += record.len() as u64;
        self.sound.write_all(&packed)?;
        // Requests and responses take turns; an odd step hits both.
        let turn = number / BROKEN;
        if number % BROKEN != (turn * 7 + 50) % BROKEN {
            return Ok(self.broken.write_all(&packed)?);
        }
        self.figures.broken += 1;
        if page {
            self.figures.hit.push(address.to_owned());
        }
        let wrong_length = || gzip(&[head(block.len() + 1000).as_bytes(), block, b"\r\n\r\n"].concat());
        Ok(self.broken.write_all(&broken(turn, packed, wrong_length))?)
    }
}

/// The ways of the world, in turn.
fn broken(turn: usize, mut packed: Vec<u8>, wrong_length: impl Fn() -> Vec<u8>) -> Vec<u8> {
    let half = packed.len() / 2;
    match turn % 5 {
        0 => packed.truncate(half),
        1 => packed[half..].iter_mut().take(40).for_each(|byte| *byte ^= 0x5a),
        2 => packed[..4].copy_from_slice(b"\0\0\0\0"),
        3 => packed
            .splice(0..0, (0..5_000u32).map(|n| (n * 37 % 251) as u8))
            .for_each(drop),
        _ => packed = wrong_length(),
    }
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(4));
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

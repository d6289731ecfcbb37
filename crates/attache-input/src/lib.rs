//! Documents in: paths, folders, stdin, JSON lines, plain texts, pages. Everything streams; one document at a time is in
//! memory here. Files are touched, never the network, never the clock.

mod article;
pub mod feed;
mod jsonl;
pub mod sidecar;
mod walk;

pub use article::{Article, Body};
pub use sidecar::Sidecar;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use attache::date::DateRange;
use attache::extract::{Given, MAX_BYTES};

/// Why there is no document at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Where: `path`, `path:line` or `stdin`.
    pub place: String,
    /// What is wrong, in a few words.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether the input could not be read; otherwise it was read and left out on purpose.
    pub unread: bool,
}

impl Trouble {
    /// An input that could not be read.
    pub fn unread(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Trouble {
            place: place.into(),
            reason: reason.into(),
            hint: None,
            unread: true,
        }
    }

    /// An input that was read and left out.
    pub fn left_out(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Trouble {
            unread: false,
            ..Trouble::unread(place, reason)
        }
    }

    /// With advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Trouble {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// What reading gives.
pub type Item = Result<Box<Article>, Trouble>;

/// Takes what was read.
pub type Sink<'a> = &'a mut dyn FnMut(Item) -> ControlFlow<()>;

/// Reads documents out of paths.
#[derive(Debug, Default)]
pub struct Reader {
    /// Publication date of documents without one.
    pub date: Option<DateRange>,
    /// Language of documents that do not tell.
    pub language: Option<String>,
    sidecar: Sidecar,
    seen: HashSet<String>,
}

impl Reader {
    /// A reader that fills in this date and language where a document has none.
    pub fn new(date: Option<DateRange>, language: Option<String>) -> Self {
        Reader {
            date,
            language,
            ..Reader::default()
        }
    }

    /// Hands every document of the paths to `sink`, in order, until it has had enough.
    pub fn read(mut self, paths: &[PathBuf], sink: Sink) {
        for path in paths {
            if self.path(path, sink).is_break() {
                return;
            }
        }
    }

    fn path(&mut self, path: &Path, sink: Sink) -> ControlFlow<()> {
        if path.as_os_str() == "-" {
            return self.stream("stdin", Box::new(BufReader::new(io::stdin())), None, sink);
        }
        if !path.is_dir() {
            return self.file(path, path, sink);
        }
        let mut found = false;
        for entry in walk::files(path) {
            found = true;
            match entry {
                Ok(file) => self.file(&file, path, sink)?,
                Err(trouble) => sink(Err(trouble))?,
            }
        }
        match found {
            true => ControlFlow::Continue(()),
            false => sink(Err(
                Trouble::unread(place(path), "no documents in this folder").hint(walk::WANTED)
            )),
        }
    }

    fn file(&mut self, path: &Path, root: &Path, sink: Sink) -> ControlFlow<()> {
        match open(path) {
            Ok(stream) => self.stream(&place(path), stream, Some((path, root)), sink),
            Err(error) => sink(Err(Trouble::unread(place(path), plain_reason(&error)))),
        }
    }

    fn stream(
        &mut self,
        place: &str,
        mut from: Box<dyn BufRead>,
        file: Option<(&Path, &Path)>,
        sink: Sink,
    ) -> ControlFlow<()> {
        let lines = match file {
            Some((path, _)) => is_jsonl(path),
            None => starts_with_brace(&mut from) && !starts_as_feed(&mut from),
        };
        match lines {
            true => jsonl::read(self, place, from, sink),
            false if starts_as_feed(&mut from) => feed::read(self, place, from, sink),
            false => sink(self.text(place, from, file)),
        }
    }

    fn text(&mut self, place: &str, from: Box<dyn BufRead>, file: Option<(&Path, &Path)>) -> Item {
        let bytes = read_capped(place, from)?;
        let mut given = Given::default();
        if let Some((path, root)) = file {
            given = self.sidecar.given(path);
            given.id = Some(self.id(path, root));
        }
        Ok(Box::new(Article {
            place: place.to_owned(),
            given: self.filled(given),
            body: match file {
                Some((path, _)) if is_html(path) => Body::Page { bytes, charset: None },
                _ => Body::Bytes(bytes),
            },
            retrieved: None,
        }))
    }

    /// The file's stem, or its path below `root` where that stem was taken before.
    fn id(&mut self, path: &Path, root: &Path) -> String {
        let stem = sidecar::stem(path);
        if self.seen.insert(stem.clone()) {
            return stem;
        }
        let below = path.strip_prefix(root).unwrap_or(path).with_file_name(&stem);
        let id = below.to_string_lossy().replace('\\', "/");
        self.seen.insert(id.clone());
        id
    }

    fn filled(&self, given: Given) -> Given {
        Given {
            published: given.published.or(self.date),
            language: self.language.clone().or(given.language),
            ..given
        }
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what follows a `T` or a space is left out.
pub fn parse_date(text: &str) -> Result<DateRange, String> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    let range = match (year, month, date) {
        (Some(year), None, None) if year.len() == 4 => year.parse().ok().and_then(DateRange::year),
        (Some(year), Some(month), None) if year.len() == 4 => year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .and_then(|(year, month)| DateRange::month(year, month)),
        (Some(_), Some(_), Some(_)) => day.parse().ok().map(DateRange::day),
        _ => None,
    };
    range.ok_or_else(|| format!("{text:?} is no date; write 2024, 2024-05 or 2024-05-09"))
}

/// A path as messages name it.
pub fn place(path: &Path) -> String {
    path.display().to_string()
}

/// Opens a file, unpacking it where it is gzip.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(File::open(path)?);
    let packed = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    match packed {
        true => Ok(Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file)))),
        false => Ok(Box::new(file)),
    }
}

/// An error of the system without its number.
fn plain_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        _ => error.to_string(),
    }
}

fn is_jsonl(path: &Path) -> bool {
    has_extension(path, &["jsonl", "ndjson"])
}

fn is_html(path: &Path) -> bool {
    has_extension(path, &["html", "htm", "xhtml"])
}

/// Whether the file has one of these extensions, before a final `.gz` as well.
fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| wanted.contains(&extension))
}

fn starts_with_brace(from: &mut Box<dyn BufRead>) -> bool {
    let seen = from.fill_buf().unwrap_or_default();
    seen.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

fn starts_as_feed(from: &mut Box<dyn BufRead>) -> bool {
    feed::is_feed(from.fill_buf().unwrap_or_default())
}

/// The bytes of one article, refused where they are more than the engine takes.
fn read_capped(place: &str, from: impl BufRead) -> Result<Vec<u8>, Trouble> {
    let (bytes, more) = read_up_to(from, MAX_BYTES).map_err(|error| Trouble::unread(place, error.to_string()))?;
    match more {
        false => Ok(bytes),
        true => Err(Trouble::unread(
            place,
            format!("larger than {} MB, too large for one article", MAX_BYTES / 1_000_000),
        )
        .hint("give many articles as JSON lines (.jsonl), one document a line: any size streams")),
    }
}

/// At most `cap` bytes, and whether there were more.
fn read_up_to(from: impl Read, cap: usize) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    from.take(cap as u64 + 1).read_to_end(&mut bytes)?;
    let more = bytes.len() > cap;
    Ok((bytes, more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_three_precisions() {
        assert_eq!(parse_date("2024"), Ok(DateRange::year(2024).expect("year")));
        assert_eq!(parse_date("2024-05"), Ok(DateRange::month(2024, 5).expect("month")));
        let day = parse_date("2024-05-09").expect("day");
        assert_eq!(parse_date("2024-05-09T10:00:00Z"), Ok(day));
        for wrong in ["", "May", "24", "2024-13", "2024-02-30", "9.5.2024"] {
            assert!(parse_date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn extensions_are_seen_through_gz() {
        assert!(is_jsonl(Path::new("a/b.jsonl.gz")));
        assert!(is_jsonl(Path::new("B.NDJSON")));
        assert!(!is_jsonl(Path::new("jsonl")));
        assert!(is_html(Path::new("page.htm")));
    }
}

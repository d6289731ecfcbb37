//! From paths to articles: opens, recognises, unpacks, and hands on to the reader of each kind.

use std::collections::HashSet;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use attache::date::DateRange;
use attache::extract::Given;

use crate::article::{Article, Body};
use crate::kind::{self, Kind};
use crate::limits::{MAX_DEPTH, MAX_LAYERS};
use crate::mark::{Mark, Progress};
use crate::open::{Stream, open, place, plain_reason, read_capped, recognise};
use crate::spot::Spot;
use crate::unpack::{self, Counted};
use crate::window::Window;
use crate::{Filter, Sidecar, Trouble, feed, jsonl, sidecar, tar, walk, warc, zip};

/// What reading gives.
pub type Item = Result<Box<Article>, Trouble>;

/// An item, and the place behind it.
#[derive(Debug)]
pub struct Found {
    /// What was found.
    pub item: Item,
    /// From here a later run goes on behind it.
    pub mark: Mark,
}

/// Takes what was found.
pub type Sink<'a> = &'a mut dyn FnMut(Found) -> ControlFlow<()>;

/// Bytes kept behind the reader of a packed stream, to look again for where the next part begins.
const KEEP: usize = 1 << 20;

/// Reads documents out of paths.
#[derive(Debug, Default)]
pub struct Reader {
    date: Option<DateRange>,
    language: Option<String>,
    filter: Filter,
    sidecar: Sidecar,
    seen: HashSet<String>,
    progress: Progress,
    /// Behind the last item.
    mark: Mark,
    /// Where an earlier run stood, until it is reached.
    start: Option<Mark>,
    /// Items yet to be passed over.
    passed: u64,
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

    /// A reader of what the filter lets through; the rest comes as [`Trouble`] to be counted.
    pub fn filtered(self, filter: Filter) -> Self {
        Reader { filter, ..self }
    }

    /// A reader that begins where an earlier one with the same paths and filters stood.
    pub fn from(self, start: Mark) -> Self {
        Reader {
            start: Some(start),
            ..self
        }
    }

    /// How far it has come; stays true while it reads.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Hands every document of the paths to `sink`, in order, until it has had enough.
    pub fn read(mut self, paths: &[PathBuf], sink: Sink) {
        let first = self.start.as_ref().map_or(0, |start| start.argument);
        for (argument, path) in paths.iter().enumerate() {
            if argument < first {
                self.progress
                    .pass(crate::mark::total_bytes(std::slice::from_ref(path)).unwrap_or(0));
                self.remember(path);
                continue;
            }
            self.begin(Mark {
                argument,
                ..Mark::default()
            });
            if self.path(path, sink).is_break() {
                return;
            }
        }
    }

    /// The same for a stream that is no file; `name` is what messages call it, and its extension counts as a file's does.
    pub fn read_stream(mut self, name: &str, from: impl Read, sink: Sink) {
        let counted = Counted::new(from, self.progress.counter());
        let spot = Spot {
            place: name.to_owned(),
            name: Some((Path::new(name), Path::new(""))),
            ..Spot::stdin()
        };
        let _ = self.stream(spot, Window::new(Box::new(counted), KEEP), sink);
    }

    /// Hands on an item that was found behind the last mark.
    pub(crate) fn emit(&mut self, item: Item, sink: Sink) -> ControlFlow<()> {
        self.mark.items += 1;
        if self.passed > 0 {
            self.passed -= 1;
            return ControlFlow::Continue(());
        }
        let item = item.and_then(|article| match self.filter.article(&article) {
            Some(class) => Err(Trouble::filtered(article.place, class)),
            None => Ok(article),
        });
        let mark = self.mark.clone();
        sink(Found { item, mark })
    }

    /// The next item stands at this byte of the file, behind so many lines: reading may begin here.
    pub(crate) fn safe_at(&mut self, offset: u64, lines: u64) {
        self.mark = Mark {
            offset,
            lines,
            items: 0,
            ..self.mark.clone()
        };
    }

    /// Lines before the byte at which the file is read.
    pub(crate) fn lines(&self) -> u64 {
        self.mark.lines
    }

    /// What is wanted.
    pub(crate) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What is known, with what the caller says of documents that do not tell.
    pub(crate) fn filled(&self, given: Given) -> Given {
        Given {
            published: given.published.or(self.date),
            language: self.language.clone().or(given.language),
            ..given
        }
    }

    fn begin(&mut self, mark: Mark) {
        self.mark = match self.start.take_if(|start| reaches(start, &mark)) {
            Some(start) => {
                self.passed = start.items;
                Mark { items: 0, ..start }
            }
            None => mark,
        };
    }

    fn path(&mut self, path: &Path, sink: Sink) -> ControlFlow<()> {
        if path.as_os_str() == "-" {
            let stdin = Counted::new(io::stdin(), self.progress.counter());
            return self.stream(Spot::stdin(), Window::new(Box::new(stdin), KEEP), sink);
        }
        if !path.is_dir() {
            return self.file(path, path, sink);
        }
        let mut found = false;
        for entry in walk::files(path) {
            found = true;
            match entry {
                Ok(file) if self.is_behind(&file) => self.remember(&file),
                Ok(file) => self.file(&file, path, sink)?,
                Err(_) if self.start.is_some() => {}
                Err(trouble) => self.emit(Err(trouble), sink)?,
            }
        }
        if let Some(start) = self.start.take() {
            let gone = start.file.map_or_else(|| place(path), |file| place(&file));
            let trouble = Trouble::unread(gone, "the file at which the earlier run stood is not there any more");
            return self.emit(Err(trouble), sink);
        }
        match found {
            true => ControlFlow::Continue(()),
            false => {
                let trouble = Trouble::unread(place(path), "no documents in this folder").hint(walk::WANTED);
                self.emit(Err(trouble), sink)
            }
        }
    }

    /// Whether an earlier run was done with this file of the folder.
    fn is_behind(&self, file: &Path) -> bool {
        let start = self.start.as_ref().and_then(|start| start.file.as_deref());
        start.is_some_and(|start| start != file)
    }

    /// Keeps what a file that is passed over would have left behind: its bytes read, its name taken.
    fn remember(&mut self, path: &Path) {
        if path.is_dir() {
            walk::files(path).flatten().for_each(|file| self.take_name(&file, path));
            return;
        }
        self.progress.pass(path.metadata().map_or(0, |meta| meta.len()));
        self.take_name(path, path);
    }

    fn take_name(&mut self, path: &Path, root: &Path) {
        if kind::is_single(path) {
            self.id(path, root);
        }
    }

    fn file(&mut self, path: &Path, root: &Path, sink: Sink) -> ControlFlow<()> {
        self.begin(Mark {
            file: Some(Arc::from(path)),
            ..Mark {
                argument: self.mark.argument,
                ..Mark::default()
            }
        });
        let offset = self.mark.offset;
        match open(path, offset) {
            Ok(file) => {
                self.progress.pass(offset);
                let counted = Counted::new(file, self.progress.counter());
                let stream = Window::at(Box::new(counted) as Box<dyn Read>, KEEP, offset, Vec::new());
                self.stream(Spot::file(path, root), stream, sink)
            }
            Err(error) => self.emit(Err(Trouble::unread(place(path), plain_reason(&error))), sink),
        }
    }

    /// Reads a stream, whatever it is.
    pub(crate) fn stream(&mut self, spot: Spot, mut from: Stream, sink: Sink) -> ControlFlow<()> {
        let kind = match recognise(&mut from, spot.path()) {
            Ok(kind) => kind,
            Err(error) => return self.emit(Err(Trouble::unread(spot.place, plain_reason(&error))), sink),
        };
        match kind {
            Kind::Gzip | Kind::Zstd if spot.layers == MAX_LAYERS => self.too_deep(spot, "packed too often", sink),
            Kind::Zip | Kind::Tar if spot.depth == MAX_DEPTH => {
                self.too_deep(spot, "an archive in an archive in an archive", sink)
            }
            Kind::Gzip if warc::is_packed(&mut from) => warc::read_gzip(self, &spot, from, sink),
            Kind::Gzip => self.stream(spot.unpacked(), Window::new(unpack::gzip(from), KEEP), sink),
            Kind::Zstd => self.stream(spot.unpacked(), Window::new(unpack::zstd(from), KEEP), sink),
            Kind::Zip => zip::read(self, &spot, from, sink),
            Kind::Tar => tar::read(self, &spot, from, sink),
            Kind::Warc => warc::read_plain(self, &spot, from, sink),
            Kind::Lines => jsonl::read(self, &spot, from, sink),
            Kind::Foreign(what) => self.emit(Err(foreign(spot.place, what)), sink),
            Kind::Feed => feed::read(self, &spot.place, from, sink),
            Kind::Page | Kind::Text => {
                let item = self.single(&spot, from, kind);
                self.emit(item, sink)
            }
        }
    }

    fn too_deep(&mut self, spot: Spot, reason: &str, sink: Sink) -> ControlFlow<()> {
        let trouble = Trouble::unread(spot.place, reason)
            .class("archives too deep")
            .hint("unpack it by one level");
        self.emit(Err(trouble), sink)
    }

    fn single(&mut self, spot: &Spot, from: Stream, kind: Kind) -> Item {
        let bytes = read_capped(&spot.place, from)?;
        let mut given = Given::default();
        if let Some((path, root)) = spot.name {
            given = match spot.depth {
                0 => self.sidecar.given(path),
                _ => self.sidecar.told(Path::new(&spot.place)),
            };
            given.id = Some(self.id(path, root));
        }
        Ok(Box::new(Article {
            place: spot.place.clone(),
            given: self.filled(given),
            body: match kind {
                Kind::Page => Body::Page { bytes, charset: None },
                _ => Body::Bytes(bytes),
            },
            ..Article::default()
        }))
    }

    /// Keeps what a docs.jsonl in an archive tells about the texts beside it.
    pub(crate) fn keep_notes(&mut self, place: &str, text: &str) {
        if let Some(folder) = Path::new(place).parent() {
            self.sidecar.put(folder.to_owned(), text);
        }
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
}

/// Whether what begins at `mark` is where the earlier run stood.
fn reaches(start: &Mark, mark: &Mark) -> bool {
    start.argument == mark.argument && start.file == mark.file
}

fn foreign(place: String, what: &str) -> Trouble {
    let hint = match what {
        "pdf" | "an office file" => "save it as text or HTML",
        "parquet" => "export it as JSON lines",
        _ => "unpack it first, or pack it as gzip or zstd",
    };
    Trouble::unread(place, format!("{what}, which is not read"))
        .class("other kinds of files")
        .hint(hint)
}

//! RSS, Atom and sitemaps in one pass over the elements, without a tree.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::{NsReader, Reader};
use url::Url;

use super::entry::{Draft, Field, Name, Vocabulary, field};
use super::text::{plain, reference, resolve};
use super::{Feed, Form, MAX_DEPTH, MAX_ENTRIES, NotFeed, address};

/// The kind of feed whose first element this text begins with.
pub fn root(start: &str) -> Option<Form> {
    first_element(start).ok().flatten().and_then(|name| form(&name))
}

fn form(name: &str) -> Option<Form> {
    Some(match name {
        "rss" | "RDF" | "channel" => Form::Rss,
        "feed" | "entry" => Form::Atom,
        "urlset" => Form::Sitemap,
        "sitemapindex" => Form::SitemapIndex,
        _ => return None,
    })
}

/// The name of the first element, without its prefix.
fn first_element(text: &str) -> Result<Option<String>, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event()? {
            Event::Start(start) | Event::Empty(start) => return Ok(Some(start.local_name().into_inner().to_owned())),
            Event::Eof => return Ok(None),
            Event::Text(text) if !text.trim().is_empty() => return Ok(None),
            _ => {}
        }
    }
}

/// What pages begin with.
const HTML: &[&str] = &["html", "head", "title", "meta", "body", "script", "div", "p"];

/// Reads a feed that is XML.
pub fn parse(text: &str, base: Option<&Url>) -> Result<Feed, NotFeed> {
    let name = first_element(text).map_err(|error| NotFeed::Xml(error.to_string()))?;
    let Some(form) = name.as_deref().and_then(form) else {
        return Err(match name.as_deref() {
            Some(name) if HTML.iter().any(|html| name.eq_ignore_ascii_case(html)) => NotFeed::Page,
            Some(name) => NotFeed::Other(format!("<{}>", name.chars().take(40).collect::<String>())),
            None => NotFeed::Other(format!("{:?}", text.trim_start().chars().take(40).collect::<String>())),
        });
    };
    let mut reading = Reading::new(form, base);
    reading.broken = reading.run(text).err();
    Ok(reading.finish())
}

/// A field whose text is being gathered.
struct Gathering {
    field: Field,
    /// Elements open where it began, its own among them.
    depth: usize,
    /// Where its inner markup begins, for fields that hold markup as elements.
    raw_from: Option<usize>,
    text: String,
}

struct Reading<'a> {
    base: Option<&'a Url>,
    feed: Feed,
    open: Vec<Name>,
    /// Elements that changed the base of addresses: how many were open, and the base from there on.
    bases: Vec<(usize, Url)>,
    draft: Option<(usize, Draft)>,
    gathering: Option<Gathering>,
    authors: Vec<String>,
    broken: Option<String>,
}

impl<'a> Reading<'a> {
    fn new(form: Form, base: Option<&'a Url>) -> Self {
        Reading {
            base,
            feed: Feed {
                form,
                title: None,
                language: None,
                entries: Vec::new(),
                left_out: 0,
                broken: None,
            },
            open: Vec::new(),
            bases: Vec::new(),
            draft: None,
            gathering: None,
            authors: Vec::new(),
            broken: None,
        }
    }

    /// Reads to the end, or to what cannot be read.
    fn run(&mut self, text: &str) -> Result<(), String> {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        loop {
            let before = position(&reader);
            let (namespace, event) = reader
                .read_resolved_event()
                .map_err(|error| format!("at byte {before}: {error}"))?;
            match event {
                Event::Start(start) => {
                    let vocabulary = vocabulary(&namespace);
                    let after = position(&reader);
                    self.start(vocabulary, &start, after)
                        .map_err(|error| format!("at byte {before}: {error}"))?;
                }
                Event::End(end) => self.end(end.local_name().into_inner(), text, before),
                Event::Text(words) => self.words(&words),
                Event::CData(words) => self.words(&words),
                Event::GeneralRef(name) => self.reference(&name),
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err(format!("at byte {before}: it breaks off within <{}>", self.innermost())),
                _ => {}
            }
        }
    }

    fn innermost(&self) -> &str {
        self.open.last().map_or("", |(_, name)| name)
    }

    fn start(&mut self, vocabulary: Vocabulary, start: &BytesStart, after: usize) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("elements nested deeper than {MAX_DEPTH}"));
        }
        self.open.push((vocabulary, start.local_name().into_inner().to_owned()));
        if self
            .gathering
            .as_ref()
            .is_some_and(|gathering| gathering.raw_from.is_some())
        {
            return Ok(());
        }
        self.rebase(start);
        match &self.draft {
            None if self.is_entry() => {
                let language = attribute(start, "xml:lang").and_then(|language| plain(&language));
                self.draft = Some((self.open.len(), Draft::new(language)));
            }
            None => self.feed_field(start),
            Some((depth, _)) => {
                let found = field(&self.open[*depth..]);
                self.entry_field(found, start, after);
            }
        }
        Ok(())
    }

    fn is_entry(&self) -> bool {
        let name = match self.feed.form {
            Form::Rss => "item",
            Form::Atom => "entry",
            Form::Sitemap => "url",
            _ => "sitemap",
        };
        self.open
            .last()
            .is_some_and(|(vocabulary, local)| *vocabulary == Vocabulary::Own && local == name)
    }

    /// Title, language and authors of the feed as a whole.
    fn feed_field(&mut self, start: &BytesStart) {
        if self.open.len() == 1 {
            self.feed.language = attribute(start, "xml:lang").and_then(|language| plain(&language));
        }
        let names: Vec<&str> = self.open.iter().map(|(_, name)| name.as_str()).collect();
        let own = matches!(self.open.last(), Some((Vocabulary::Own | Vocabulary::Dublin, _)));
        let found = match names.as_slice() {
            [.., "channel" | "feed", "title"] if own => Field::Title,
            [.., "channel", "language"] if own => Field::Language,
            ["feed", "author", "name"] if own => Field::Author,
            _ => return,
        };
        self.gather(found, None);
    }

    fn entry_field(&mut self, found: Option<Field>, start: &BytesStart, after: usize) {
        let Some(found) = found else {
            // Authors and sources that have parts are told by the parts that are known.
            let whole = |gathering: &mut Gathering| matches!(gathering.field, Field::Author | Field::Publisher);
            self.gathering.take_if(whole);
            return;
        };
        if found == Field::Address && self.link(start) {
            return;
        }
        // A `guid` that is no address says so.
        let found = match found == Field::Id && attribute(start, "isPermaLink").as_deref() == Some("false") {
            true => Field::Guid,
            false => found,
        };
        let kind = attribute(start, "type").unwrap_or_default();
        let inline =
            kind == "xhtml" || kind.ends_with("xml") || self.open.last().is_some_and(|(v, _)| *v == Vocabulary::Xhtml);
        let elsewhere = found == Field::Content && attribute(start, "src").is_some();
        if !elsewhere {
            self.gather(found, inline.then_some(after));
        }
    }

    /// Atom's links carry their address as an attribute, and what it is to the entry.
    fn link(&mut self, start: &BytesStart) -> bool {
        let Some(href) = attribute(start, "href") else {
            return false;
        };
        let rel = attribute(start, "rel");
        if rel.is_none_or(|rel| rel == "alternate") {
            self.take(Field::Address, &href);
        }
        true
    }

    fn gather(&mut self, field: Field, raw_from: Option<usize>) {
        self.gathering = Some(Gathering {
            field,
            depth: self.open.len(),
            raw_from,
            text: String::new(),
        });
    }

    fn words(&mut self, words: &str) {
        if let Some(gathering) = &mut self.gathering {
            gathering.text.push_str(words);
        }
    }

    /// References to characters and to those of HTML; entities of the feed's own making stay as they are.
    fn reference(&mut self, name: &str) {
        match reference(name) {
            Some(meant) => self.words(&meant),
            None => self.words(&format!("&{name};")),
        }
    }

    /// An end without a beginning is passed over; one that skips some ends those as well.
    fn end(&mut self, name: &str, text: &str, before: usize) {
        let Some(at) = self.open.iter().rposition(|(_, open)| open == name) else {
            return;
        };
        while self.open.len() > at {
            self.close(text, before);
        }
    }

    fn close(&mut self, text: &str, before: usize) {
        let depth = self.open.len();
        if let Some(gathering) = self.gathering.take_if(|gathering| gathering.depth >= depth) {
            let raw = gathering.raw_from.and_then(|from| text.get(from..before));
            self.take(gathering.field, raw.unwrap_or(&gathering.text));
        }
        if let Some((_, draft)) = self.draft.take_if(|(own, _)| *own >= depth) {
            self.keep(draft);
        }
        self.bases.pop_if(|(own, _)| *own >= depth);
        self.open.pop();
    }

    fn take(&mut self, field: Field, text: &str) {
        let base = self.bases.last().map(|(_, base)| base).or(self.base);
        match (&mut self.draft, field) {
            (Some((_, draft)), field) => draft.take(field, text, base),
            (None, Field::Title) if self.feed.title.is_none() => self.feed.title = plain(text),
            (None, Field::Language) => self.feed.language = plain(text),
            (None, Field::Author) => self.authors.extend(plain(text)),
            _ => {}
        }
    }

    fn keep(&mut self, draft: Draft) {
        if self.feed.entries.len() >= MAX_ENTRIES {
            self.feed.left_out += 1;
        } else {
            self.feed.entries.extend(draft.finish());
        }
    }

    /// `xml:base`.
    fn rebase(&mut self, start: &BytesStart) {
        let Some(given) = attribute(start, "xml:base") else {
            return;
        };
        let base = self.bases.last().map(|(_, base)| base).or(self.base);
        let url = address(&given, base).and_then(|address| Url::parse(&address).ok());
        self.bases.extend(url.map(|url| (self.open.len(), url)));
    }

    fn finish(mut self) -> Feed {
        self.authors.truncate(super::entry::MAX_AUTHORS);
        for entry in &mut self.feed.entries {
            if entry.authors.is_empty() {
                entry.authors.clone_from(&self.authors);
            }
        }
        Feed {
            broken: self.broken,
            ..self.feed
        }
    }
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn vocabulary(namespace: &ResolveResult) -> Vocabulary {
    match namespace {
        ResolveResult::Unbound => Vocabulary::Own,
        ResolveResult::Bound(namespace) => Vocabulary::of(namespace.into_inner()),
        ResolveResult::Unknown(prefix) => Vocabulary::of_prefix(prefix),
    }
}

fn attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    // Names that come twice are not looked for: that takes quadratic time.
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.into_inner() == name)?;
    Some(match found.value.contains('&') {
        true => Cow::Owned(resolve(&found.value)),
        false => found.value,
    })
}

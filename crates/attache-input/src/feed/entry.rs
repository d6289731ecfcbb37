//! What the elements of an entry mean.

use jiff::civil::Date;
use url::Url;

use super::date::day;
use super::text::{article, plain};
use super::{Entry, address};

/// Authors beyond this many are left out.
pub const MAX_AUTHORS: usize = 20;

/// The vocabularies that feeds mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// Of the feed itself: RSS, Atom, sitemaps, or none named.
    Own,
    /// RSS's module for whole articles (`content:encoded`).
    Content,
    /// Dublin Core, both of its namespaces (`dc:creator`).
    Dublin,
    /// News sitemaps (`news:title`).
    News,
    /// FeedBurner (`feedburner:origLink`).
    Burner,
    /// XHTML in RSS.
    Xhtml,
    /// Pictures, podcasts, comments and whatever else.
    Other,
}

impl Vocabulary {
    /// The vocabulary of a namespace.
    pub fn of(namespace: &str) -> Self {
        let name = namespace
            .trim()
            .trim_start_matches("https://")
            .trim_start_matches("http://");
        match name {
            "" | "www.w3.org/2005/Atom" | "purl.org/atom/ns#" | "purl.org/rss/1.0/" => Self::Own,
            "purl.org/rss/1.0/modules/content/" => Self::Content,
            "purl.org/dc/elements/1.1/" | "purl.org/dc/terms/" => Self::Dublin,
            "rssnamespace.org/feedburner/ext/1.0" => Self::Burner,
            "www.w3.org/1999/xhtml" => Self::Xhtml,
            "www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Own,
            name if name.contains("/schemas/sitemap-news/") => Self::News,
            name if name.contains("/schemas/sitemap/") => Self::Own,
            name if name.starts_with("backend.userland.com/") || name.contains("netscape.com/rdf/") => Self::Own,
            name if name.starts_with("blogs.law.harvard.edu/") || name.contains("rssboard.org/") => Self::Own,
            _ => Self::Other,
        }
    }

    /// The vocabulary of a prefix that the feed forgot to declare.
    pub fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "content" => Self::Content,
            "dc" | "dcterms" => Self::Dublin,
            "news" => Self::News,
            "feedburner" => Self::Burner,
            "atom" | "rss" | "rdf" => Self::Own,
            _ => Self::Other,
        }
    }
}

/// A name with its vocabulary.
pub type Name = (Vocabulary, String);

/// What an element of an entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Address,
    /// The article's own address where the feed's is a counter's.
    Origin,
    /// A name that may be an address too.
    Id,
    /// A name that says it is no address.
    Guid,
    Title,
    Published,
    Updated,
    Author,
    Publisher,
    Language,
    Content,
    Description,
}

/// The field that a path of elements below the entry stands for.
pub fn field(path: &[Name]) -> Option<Field> {
    use Vocabulary::{Burner, Content, Dublin, News, Own, Xhtml};
    let names: Vec<(Vocabulary, &str)> = path.iter().map(|(v, name)| (*v, name.as_str())).collect();
    Some(match names.as_slice() {
        [(Own, "link" | "loc")] => Field::Address,
        [(Burner, "origLink")] => Field::Origin,
        [(Own, "guid" | "id")] => Field::Id,
        [(Own, "title")] | [(Dublin, "title")] | [(News, "news"), (News, "title")] => Field::Title,
        [(Own, "pubDate" | "published" | "issued" | "created")] => Field::Published,
        [(Dublin, "date" | "issued" | "created" | "available")] => Field::Published,
        [(News, "news"), (News, "publication_date")] => Field::Published,
        [(Own, "updated" | "modified" | "lastmod")] | [(Dublin, "modified")] => Field::Updated,
        [(Own, "author")] | [(Own, "author"), (Own, "name")] | [(Dublin, "creator")] => Field::Author,
        [(Own, "source")] | [(Own, "source"), (Own, "title")] | [(Dublin, "publisher")] => Field::Publisher,
        [(News, "news"), (News, "publication"), (News, "name")] => Field::Publisher,
        [(Own | Dublin, "language")] | [(News, "news"), (News, "publication"), (News, "language")] => Field::Language,
        [(Content, "encoded")] | [(Own, "content")] | [(Xhtml, "body" | "div")] => Field::Content,
        [(Own, "description" | "summary")] => Field::Description,
        _ => return None,
    })
}

/// An entry in the making.
#[derive(Debug, Default)]
pub struct Draft {
    entry: Entry,
    origin: Option<String>,
    /// A `guid` that is an address, for entries without one.
    permanent: Option<String>,
    content: Option<String>,
    description: Option<String>,
}

impl Draft {
    /// An entry in this language.
    pub fn new(language: Option<String>) -> Self {
        Draft {
            entry: Entry {
                language,
                ..Entry::default()
            },
            ..Draft::default()
        }
    }

    /// Takes the text of a field; the first one counts, save that addresses and texts give way to better ones.
    pub fn take(&mut self, field: Field, text: &str, base: Option<&Url>) {
        let entry = &mut self.entry;
        match field {
            Field::Address => first(&mut entry.address, || address(text, base)),
            Field::Origin => first(&mut self.origin, || address(text, base)),
            Field::Id => {
                first(&mut entry.id, || plain(text));
                first(&mut self.permanent, || address(text, None));
            }
            Field::Guid => first(&mut entry.id, || plain(text)),
            Field::Title => first(&mut entry.title, || plain(text)),
            Field::Published => first(&mut entry.published, || day(text)),
            Field::Updated => entry.updated = later(entry.updated, day(text)),
            Field::Author => author(&mut entry.authors, text),
            Field::Publisher => first(&mut entry.publisher, || plain(text)),
            Field::Language => entry.language = plain(text).or(entry.language.take()),
            Field::Content => longer(&mut self.content, text),
            Field::Description => longer(&mut self.description, text),
        }
    }

    /// The entry, if it tells of anything.
    pub fn finish(self) -> Option<Entry> {
        let entry = Entry {
            address: self.origin.or(self.entry.address).or(self.permanent),
            html: article(self.content, self.description),
            ..self.entry
        };
        (entry.address.is_some() || entry.html.is_some()).then_some(entry)
    }
}

fn first<T>(place: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if place.is_none() {
        *place = value();
    }
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.max(b)
}

fn longer(place: &mut Option<String>, text: &str) {
    if place.as_ref().is_none_or(|old| old.len() < text.len()) {
        *place = Some(text.to_owned());
    }
}

/// A name; RSS wants an address of mail with the name in brackets after it.
fn author(authors: &mut Vec<String>, text: &str) {
    let Some(line) = plain(text) else { return };
    let name = match line.split_once('(') {
        Some((before, name)) if before.contains('@') => name.trim_end_matches(')').trim().to_owned(),
        _ => line,
    };
    let known = authors.contains(&name);
    if !known && !name.is_empty() && !name.contains('@') && authors.len() < MAX_AUTHORS {
        authors.push(name);
    }
}

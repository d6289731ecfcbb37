//! Feeds: RSS 0.9x to 2.0, Atom, JSON Feed, news sitemaps and sitemap indexes.
//!
//! A feed is foreign text: size, entries, nesting and the length of every field are bounded, no entity of the feed's own making
//! is ever expanded, and what is broken costs as little as can be. A feed that breaks off in the middle still gives
//! the entries before.

mod articles;
mod date;
mod entry;
mod json;
mod text;
mod xml;

use jiff::civil::Date;
use url::Url;

pub use articles::{clean, document_id, read};
pub use text::decode;

/// Bytes of the longest feed that is read, unpacked (50 MB, the bound of the sitemap protocol).
pub const MAX_BYTES: usize = 50_000_000;

/// Entries of a feed beyond this many are counted and left out (the bound of the sitemap protocol).
pub const MAX_ENTRIES: usize = 50_000;

/// Elements open at a time, beyond which a feed is read no further.
pub const MAX_DEPTH: usize = 200;

/// Bytes of the longest address; longer ones are left out.
pub const MAX_ADDRESS: usize = 2_048;

/// What kind of feed it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RSS of any version, RDF among them.
    Rss,
    /// Atom, also 0.3, also a lone entry.
    Atom,
    /// JSON Feed.
    Json,
    /// A sitemap, of news or of all pages.
    Sitemap,
    /// A list of sitemaps.
    SitemapIndex,
}

/// A feed as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What kind it is.
    pub form: Form,
    /// Its name, at most 1,000 characters.
    pub title: Option<String>,
    /// Its language, as the feed gives it (`en-GB`).
    pub language: Option<String>,
    /// Entries, in the order of the feed; of a sitemap index the sitemaps, with `address` and `updated`.
    pub entries: Vec<Entry>,
    /// Entries beyond [`MAX_ENTRIES`].
    pub left_out: usize,
    /// Where and why reading ended before the feed did; the entries before are there.
    pub broken: Option<String>,
}

/// What a feed tells about an article. Nothing in it has been checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Where the article is: absolute, `http` or `https`, without fragment.
    pub address: Option<String>,
    /// The feed's own name for it (`guid`, `id`).
    pub id: Option<String>,
    /// Headline, plain text of at most 1,000 characters.
    pub title: Option<String>,
    /// Day of publication, on the clock of the publisher.
    pub published: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// Names, at most 20.
    pub authors: Vec<String>,
    /// Outlet, where the entry names one.
    pub publisher: Option<String>,
    /// Language, as the entry gives it.
    pub language: Option<String>,
    /// The article's text as HTML, where the feed carries it in full and not as a teaser.
    pub html: Option<String>,
}

/// Why bytes are no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFeed {
    /// More bytes than this.
    #[error("a feed of more than {} MB", .0 / 1_000_000)]
    TooLarge(usize),
    /// No text in any encoding.
    #[error("no text: {0}")]
    NotText(String),
    /// A web page.
    #[error("a web page, no feed")]
    Page,
    /// Text or XML of another kind.
    #[error("no feed: it begins with {0}")]
    Other(String),
    /// JSON that is broken.
    #[error("broken JSON: {0}")]
    Json(String),
    /// XML without a single element that could be read.
    #[error("broken XML: {0}")]
    Xml(String),
}

/// Reads a feed. `charset` is what the HTTP header says, `base` the feed's address, against which relative addresses are
/// resolved; without it they are left out.
///
/// # Errors
/// [`NotFeed`] where the bytes are none.
pub fn parse(bytes: &[u8], charset: Option<&str>, base: Option<&Url>) -> Result<Feed, NotFeed> {
    if bytes.len() > MAX_BYTES {
        return Err(NotFeed::TooLarge(MAX_BYTES));
    }
    let text = decode(bytes, charset)?;
    match text.trim_start().starts_with('{') {
        true => json::parse(&text, base),
        false => xml::parse(&text, base),
    }
}

/// Whether a text that begins with these bytes looks like a feed: its first element, or for JSON the address of the
/// version, tells. A few thousand bytes are enough.
pub fn is_feed(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    match start.starts_with('{') {
        true => start.contains("jsonfeed.org/version/"),
        false => xml::root(start).is_some(),
    }
}

/// An absolute `http` or `https` address without fragment, if it is one and not overlong.
fn address(given: &str, base: Option<&Url>) -> Option<String> {
    let given = given.trim();
    if given.is_empty() || given.len() > MAX_ADDRESS {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(given).ok()?,
        None => Url::parse(given).ok()?,
    };
    url.set_fragment(None);
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && url.as_str().len() <= MAX_ADDRESS).then(|| url.into())
}

#[cfg(test)]
mod tests;

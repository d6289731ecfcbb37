//! What holds for any bytes that are taken for a feed.

use attache_input::feed::{self, Entry, Feed, clean, document_id};
use attache_watch::{Config, Robots};
use url::Url;

/// Reads the bytes as a feed with and without an address, and as the other files that a watcher takes from strangers.
///
/// # Errors
/// Where a bound does not hold, or an address is none.
pub fn sound(bytes: &[u8]) -> Result<(), String> {
    let base = Url::parse("https://meridian.example/feeds/a.xml").map_err(|error| error.to_string())?;
    for (charset, base) in [(None, None), (Some("windows-1251"), Some(&base))] {
        if let Ok(feed) = feed::parse(bytes, charset, base) {
            bounds(&feed)?;
            feed.entries.iter().try_for_each(entry)?;
        }
    }
    feed::is_feed(bytes);
    let text = String::from_utf8_lossy(bytes);
    let robots = Robots::parse(bytes, "attache");
    if !robots.allows("/robots.txt") {
        return Err("a robots.txt forbids itself".to_owned());
    }
    robots.allows(&text);
    let faults = Config::parse(&text, "feeds.toml".as_ref()).err().unwrap_or_default();
    let lines = text.matches('\n').count() + 1;
    match faults.iter().find(|fault| fault.line > lines) {
        Some(fault) => Err(format!("a fault in line {} of {lines}", fault.line)),
        None => Ok(()),
    }
}

fn bounds(feed: &Feed) -> Result<(), String> {
    if feed.entries.len() > feed::MAX_ENTRIES {
        return Err(format!("{} entries", feed.entries.len()));
    }
    line("the feed's title", feed.title.as_deref())?;
    line("the feed's language", feed.language.as_deref())
}

fn entry(entry: &Entry) -> Result<(), String> {
    line("a title", entry.title.as_deref())?;
    line("a publisher", entry.publisher.as_deref())?;
    entry
        .authors
        .iter()
        .try_for_each(|author| line("an author", Some(author)))?;
    if entry.authors.len() > 20 {
        return Err(format!("{} authors", entry.authors.len()));
    }
    if entry.address.is_none() && entry.html.is_none() {
        return Err("an entry of nothing".to_owned());
    }
    let id = entry.document_id("meridian");
    if id.len() != 16 || entry.page().is_some() != entry.html.is_some() {
        return Err(format!("{id:?} with a page: {}", entry.page().is_some()));
    }
    entry.address.as_deref().map_or(Ok(()), address)
}

fn address(address: &str) -> Result<(), String> {
    let url = Url::parse(address).map_err(|error| format!("{address:?}: {error}"))?;
    let once = clean(address);
    let right = matches!(url.scheme(), "http" | "https") && url.has_host() && url.fragment().is_none();
    match right
        && address.len() <= feed::MAX_ADDRESS
        && clean(&once) == once
        && document_id(&once) == document_id(address)
    {
        true => Ok(()),
        false => Err(format!("{address:?} is no clean address")),
    }
}

/// One line of text of a length that can be shown.
fn line(what: &str, text: Option<&str>) -> Result<(), String> {
    match text.filter(|text| text.chars().count() > 1_000 || text.trim().is_empty() || text.contains(char::is_control))
    {
        Some(text) => Err(format!("{what}: {:?}", text.chars().take(50).collect::<String>())),
        None => Ok(()),
    }
}

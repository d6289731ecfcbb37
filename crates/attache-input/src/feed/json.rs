//! JSON Feed, read as loosely as feeds are written.

use serde_json::{Map, Value};
use url::Url;

use super::date::day;
use super::text::{article, plain};
use super::{Entry, Feed, Form, MAX_ENTRIES, NotFeed, address};

/// Bytes of the longest JSON Feed that is read: values take many times their bytes in memory.
const MAX_BYTES: usize = 10_000_000;

/// Reads a JSON Feed of any version.
pub fn parse(text: &str, base: Option<&Url>) -> Result<Feed, NotFeed> {
    if text.len() > MAX_BYTES {
        return Err(NotFeed::TooLarge(MAX_BYTES));
    }
    let whole: Value = serde_json::from_str(text).map_err(|error| NotFeed::Json(error.to_string()))?;
    let version = whole.get("version").and_then(Value::as_str).unwrap_or_default();
    let items = whole.get("items").and_then(Value::as_array);
    let Some(items) = items.filter(|_| version.contains("jsonfeed.org/version/")) else {
        return Err(NotFeed::Other("JSON of another kind".to_owned()));
    };
    let authors = authors(&whole);
    let entries = items.iter().filter_map(Value::as_object).take(MAX_ENTRIES);
    Ok(Feed {
        form: Form::Json,
        title: field(&whole, "title").and_then(plain),
        language: field(&whole, "language").and_then(plain),
        entries: entries.filter_map(|item| entry(item, &authors, base)).collect(),
        left_out: items.len().saturating_sub(MAX_ENTRIES),
        broken: None,
    })
}

/// The item, if it tells of anything.
fn entry(item: &Map<String, Value>, feed_authors: &[String], base: Option<&Url>) -> Option<Entry> {
    let item = &Value::Object(item.clone());
    let html = field(item, "content_html").map(str::to_owned);
    let text = field(item, "content_text").map(paragraphs);
    let own = authors(item);
    let entry = Entry {
        address: ["url", "external_url"]
            .iter()
            .find_map(|name| address(field(item, name)?, base)),
        id: item.get("id").and_then(id),
        title: field(item, "title").and_then(plain),
        published: field(item, "date_published").and_then(day),
        updated: field(item, "date_modified").and_then(day),
        authors: if own.is_empty() { feed_authors.to_vec() } else { own },
        publisher: None,
        language: field(item, "language").and_then(plain),
        html: article(html.or(text), None),
    };
    (entry.address.is_some() || entry.html.is_some()).then_some(entry)
}

fn field<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name)?.as_str()
}

fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => plain(id),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn authors(of: &Value) -> Vec<String> {
    let many = of.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names = many
        .chain(of.get("author"))
        .filter_map(|author| plain(field(author, "name")?));
    names.take(super::entry::MAX_AUTHORS).collect()
}

/// Plain text as HTML: lines apart by an empty line are paragraphs.
fn paragraphs(text: &str) -> String {
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| format!("<p>{}</p>\n", quick_xml::escape::minimal_escape(part)))
        .collect()
}

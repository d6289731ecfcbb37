//! The article in a WARC record.

use attache::extract::{Given, MAX_BYTES};

use super::head::{Head, RecordKind};
use super::http;
use crate::article::{Article, Body};
use crate::filter::{Filter, MEDIA_TYPE};
use crate::kind::{self, HEAD, Kind};
use crate::limits::MAX_BLOCK;
use crate::open::too_large;
use crate::reader::{Item, Reader};
use crate::trouble::Trouble;

/// Whether a record's block is to be read, as far as its head tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It may hold a document.
    Yes,
    /// It holds none.
    Nothing,
    /// The caller's filter takes it out.
    Filtered(&'static str),
}

impl Wanted {
    /// By kind, host and day.
    pub fn by(filter: &Filter, head: &Head) -> Self {
        let days = head.retrieved.map(|day| (day, day));
        match head.kind {
            None | Some(RecordKind::Other) => Wanted::Nothing,
            _ if is_technical(head) => Wanted::Nothing,
            _ => filter
                .host(head.address.as_deref())
                .or_else(|| filter.days(days))
                .map_or(Wanted::Yes, Wanted::Filtered),
        }
    }
}

/// Answers of name servers, notes of the crawler, rules for robots.
fn is_technical(head: &Head) -> bool {
    let address = head.address.as_deref().unwrap_or_default();
    let scheme = address.split(':').next().unwrap_or_default();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    matches!(scheme, "dns" | "metadata" | "warcinfo" | "whois") || path.ends_with("/robots.txt")
}

/// What the caller gets of a record; `None` where there is nothing to say.
pub fn item(reader: &Reader, place: String, head: &Head, wanted: Wanted, block: &[u8]) -> Option<Item> {
    match wanted {
        Wanted::Nothing => None,
        Wanted::Filtered(class) => Some(Err(Trouble::filtered(place, class))),
        Wanted::Yes => Some(article(reader, place, head, block)),
    }
}

fn article(reader: &Reader, place: String, head: &Head, block: &[u8]) -> Item {
    let response = match is_http(head, block) {
        true => http::parse(block).map_err(|why| Trouble::unread(&place, why).class("broken records"))?,
        false => http::Response::of(block, head.content_type.as_deref()),
    };
    if !(200..300).contains(&response.status) {
        return Err(Trouble::filtered(place, "pages not found, moved or refused"));
    }
    let declared = essence(&response.content_type);
    if is_never_read(&declared) {
        return Err(Trouble::filtered(place, MEDIA_TYPE));
    }
    if head.length > MAX_BLOCK as u64 {
        return Err(too_large(&place));
    }
    let bytes = response
        .content(MAX_BYTES, head.truncated)
        .map_err(|why| unreadable(&place, why))?;
    let body = body(bytes, &declared, &response).ok_or_else(|| Trouble::filtered(&place, MEDIA_TYPE))?;
    Ok(Box::new(Article {
        place,
        given: reader.filled(Given {
            id: head.id.clone(),
            url: head.address.clone(),
            ..Given::default()
        }),
        body,
        retrieved: head.retrieved,
        languages: head.languages.iter().chain(&response.languages).cloned().collect(),
    }))
}

fn is_http(head: &Head, block: &[u8]) -> bool {
    head.kind == Some(RecordKind::Response) && block.starts_with(b"HTTP/")
}

fn unreadable(place: &str, why: http::Unreadable) -> Trouble {
    match why {
        http::Unreadable::TooLarge => too_large(place),
        http::Unreadable::Broken(why) => Trouble::unread(place, why).class("broken records"),
        http::Unreadable::Unknown(coding) => {
            Trouble::unread(place, format!("content coding {coding}, which is not read"))
                .class("unknown content codings")
        }
    }
}

/// A media type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Media types of which no page and no text is ever made.
fn is_never_read(essence: &str) -> bool {
    let family = essence.split('/').next().unwrap_or_default();
    matches!(family, "image" | "video" | "audio" | "font")
        || (family == "text" && !matches!(essence, PLAIN | HTML | "text/xml"))
}

const HTML: &str = "text/html";
const PLAIN: &str = "text/plain";

/// The body as its media type says; its own beginning decides where that says nothing.
fn body(bytes: Vec<u8>, essence: &str, response: &http::Response) -> Option<Body> {
    let seen = kind::of(&bytes[..bytes.len().min(HEAD)], None);
    let page = match essence {
        HTML | "application/xhtml+xml" => !matches!(seen, Kind::Gzip | Kind::Foreign(_)),
        PLAIN if seen != Kind::Page => {
            return Some(Body::Bytes(bytes)).filter(|_| matches!(seen, Kind::Text | Kind::Lines));
        }
        PLAIN | "" | "application/octet-stream" | "application/xml" | "text/xml" => seen == Kind::Page,
        _ => false,
    };
    page.then(|| Body::Page {
        bytes,
        charset: response.charset(),
    })
}

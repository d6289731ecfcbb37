//! A feed as a file: its entries that carry their whole text are articles.

use std::io::Read;
use std::ops::ControlFlow;

use attache::date::DateRange;
use attache::extract::Given;
use quick_xml::escape::minimal_escape;
use sha2::{Digest, Sha256};
use url::Url;

use super::{Entry, Feed, Form, MAX_BYTES, parse};
use crate::open::read_up_to;
use crate::{Article, Body, Item, Reader, Sink, Trouble};

/// What reports count broken feeds as.
const BROKEN: &str = "broken feeds";

const FETCH: &str = "attache watch fetches the pages that a feed names";

/// Hands every entry with a whole text to `sink`; the others are named and left out.
pub fn read(reader: &mut Reader, place: &str, from: impl Read, sink: Sink) -> ControlFlow<()> {
    let feed = match whole(place, from) {
        Ok(feed) => feed,
        Err(trouble) => return reader.emit(Err(trouble), sink),
    };
    if matches!(feed.form, Form::Sitemap | Form::SitemapIndex) {
        let trouble = Trouble::unread(place, "a sitemap, which holds addresses and no texts").hint(FETCH);
        return reader.emit(Err(trouble), sink);
    }
    for (at, entry) in feed.entries.iter().enumerate() {
        let item = article(reader, format!("{place}#{}", at + 1), &feed, entry);
        reader.emit(item, sink)?;
    }
    if feed.left_out > 0 {
        let reason = format!("{} entries beyond the {}th", feed.left_out, feed.entries.len());
        reader.emit(Err(Trouble::unread(place, reason)), sink)?;
    }
    match feed.broken {
        Some(why) => {
            let trouble = Trouble::unread(place, why)
                .class(BROKEN)
                .hint("the entries before were read");
            reader.emit(Err(trouble), sink)
        }
        None => ControlFlow::Continue(()),
    }
}

fn whole(place: &str, from: impl Read) -> Result<Feed, Trouble> {
    let unread = |reason: String| Trouble::unread(place, reason).class(BROKEN);
    let (bytes, more) = read_up_to(from, MAX_BYTES).map_err(|error| unread(error.to_string()))?;
    if more {
        return Err(unread(super::NotFeed::TooLarge(MAX_BYTES).to_string()));
    }
    parse(&bytes, None, None).map_err(|error| unread(error.to_string()))
}

fn article(reader: &Reader, place: String, feed: &Feed, entry: &Entry) -> Item {
    let Some(page) = entry.page() else {
        return Err(Trouble::left_out(place, "the feed does not carry its whole text").hint(FETCH));
    };
    let given = Given {
        id: Some(entry.document_id(feed.title.as_deref().unwrap_or_default())),
        url: entry.address.clone(),
        title: entry.title.clone(),
        publisher: entry.publisher.clone().or_else(|| feed.title.clone()),
        published: entry.published.map(DateRange::day),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    };
    Ok(Box::new(Article {
        place,
        given: reader.filled(given),
        body: Body::Page {
            bytes: page.into_bytes(),
            charset: Some("utf-8".to_owned()),
        },
        ..Article::default()
    }))
}

impl Entry {
    /// The whole text as a page of its own, if the feed carries it.
    pub fn page(&self) -> Option<String> {
        let html = self.html.as_ref()?;
        let title = minimal_escape(self.title.as_deref().unwrap_or_default());
        Some(format!(
            "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
             <body><article><h1>{title}</h1>\n{html}\n</article></body></html>\n"
        ))
    }

    /// The identifier of the article's document: a hash of its address, see [`document_id`]; of the feed's own name for it
    /// and of `feed` where it has no address.
    pub fn document_id(&self, feed: &str) -> String {
        match (&self.address, &self.id) {
            (Some(address), _) => document_id(address),
            (None, Some(id)) => hash(&format!("{feed} {id}")),
            (None, None) => hash(&format!("{feed} {}", self.html.as_deref().unwrap_or_default())),
        }
    }
}

/// The identifier of the document at an address: 16 hexadecimal digits of the SHA-256 of its [`clean`] form. It is the same
/// today and tomorrow, on any machine, out of any feed.
pub fn document_id(address: &str) -> String {
    hash(&clean(address))
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Parameters that say where a reader came from, not what is read.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "cmpid",
    "ftag",
    "ncid",
    "at_medium",
    "at_campaign",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "xtor",
];

/// An address as articles are known by it: without fragment and without parameters that say where a reader came from. What
/// is no address stays as it is.
pub fn clean(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.to_owned();
    };
    url.set_fragment(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_tracking(pair))
            .collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(&kept));
    }
    url.into()
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: String) -> Vec<Item> {
        let mut items = Vec::new();
        let _ = read(&mut Reader::default(), "a.xml", text.as_bytes(), &mut |found| {
            items.push(found.item);
            ControlFlow::Continue(())
        });
        items
    }

    #[test]
    fn entries_with_their_text_are_articles() {
        let text = "<p>Envoys met in Vienna and agreed to go on talking about the prisoners.</p>".repeat(6);
        let all = items(format!(
            "<rss><channel><title>Meridian</title><language>en</language><item><title>A & B</title>\
             <link>https://meridian.example/1?utm_source=rss</link><pubDate>9 May 2024</pubDate>\
             <content:encoded><![CDATA[{text}]]></content:encoded></item><item><link>https://meridian.example/2</link></item>"
        ));
        assert_eq!(all.len(), 3);
        let first = all[0].as_ref().expect("an article");
        assert_eq!(
            (first.place.as_str(), first.given.publisher.as_deref()),
            ("a.xml#1", Some("Meridian"))
        );
        assert_eq!(first.given.id, Some(document_id("https://meridian.example/1")));
        assert_eq!(
            first.given.published,
            Some(DateRange::day(jiff::civil::date(2024, 5, 9)))
        );
        let Body::Page { bytes, .. } = &first.body else {
            panic!("a page")
        };
        assert!(String::from_utf8_lossy(bytes).contains("<h1>A &amp; B</h1>"));
        assert!(
            all[1]
                .as_ref()
                .is_err_and(|trouble| !trouble.is_unread() && trouble.place == "a.xml#2")
        );
        assert!(
            all[2]
                .as_ref()
                .is_err_and(|trouble| trouble.is_unread() && trouble.reason.contains("breaks off"))
        );
    }

    #[test]
    fn sitemaps_and_pages_are_refused() {
        let reason = |text: &str| {
            items(text.to_owned())[0]
                .as_ref()
                .map_or_else(|trouble| trouble.reason.clone(), |_| String::new())
        };
        assert!(reason("<urlset><url><loc>https://a.example/</loc></url></urlset>").starts_with("a sitemap"));
        assert_eq!(reason("<html></html>"), "a web page, no feed");
    }

    #[test]
    fn addresses_lose_what_does_not_tell_articles_apart() {
        assert_eq!(
            clean("HTTPS://A.example:443/b?utm_source=x&id=7&FBCLID=1#c"),
            "https://a.example/b?id=7"
        );
        assert_eq!(clean("https://a.example/b?utm_medium=rss"), "https://a.example/b");
        assert_eq!(clean("https://a.example/b?id=7&id=8"), "https://a.example/b?id=7&id=8");
        assert_eq!(clean("tag:a.example,2024:1"), "tag:a.example,2024:1");
        assert_ne!(
            document_id("https://a.example/b?id=7"),
            document_id("https://a.example/b?id=8")
        );
    }
}

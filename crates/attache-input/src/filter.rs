//! What the caller wants of the inputs, decided before a page is looked into.

mod language;

use jiff::civil::Date;
use url::Url;

use crate::article::{Article, Body};

/// Names of the filters, as reports count what they take out.
pub const HOST: &str = "other hosts";
/// See [`HOST`].
pub const DAY: &str = "outside of the days asked for";
/// See [`HOST`].
pub const MEDIA_TYPE: &str = "other media types";
/// See [`HOST`].
pub const LANGUAGE: &str = "other languages";

/// What is wanted; an empty list or `None` wants everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Hosts, with those below them: `example.org` takes in `news.example.org`. Documents without address are out.
    pub hosts: Vec<String>,
    /// First day of retrieval, or of publication where the input tells of no retrieval. Documents without day are out.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Languages (`en`): of the words where they leave no doubt, else as declared; documents that tell by neither are in.
    pub languages: Vec<String>,
    /// Media types: `text/html`, `text/plain`, `text/*`.
    pub media_types: Vec<String>,
}

impl Filter {
    /// The filter that takes out a document of this address.
    pub fn host(&self, address: Option<&str>) -> Option<&'static str> {
        let wanted = |host: &str| self.hosts.iter().any(|wanted| is_below(host, wanted));
        let barred = !self.hosts.is_empty() && !address.and_then(host).is_some_and(|host| wanted(&host));
        barred.then_some(HOST)
    }

    /// The filter that takes out a document of these days, first and last.
    pub fn days(&self, days: Option<(Date, Date)>) -> Option<&'static str> {
        let early = |last| self.since.is_some_and(|since| last < since);
        let late = |first| self.until.is_some_and(|until| first > until);
        let barred = match days {
            Some((first, last)) => early(last) || late(first),
            None => self.since.is_some() || self.until.is_some(),
        };
        barred.then_some(DAY)
    }

    /// The filter that takes out a document of this media type.
    pub fn media_type(&self, media_type: &str) -> Option<&'static str> {
        let matches = |wanted: &String| match wanted.strip_suffix("/*") {
            Some(family) => media_type
                .split('/')
                .next()
                .is_some_and(|found| found.eq_ignore_ascii_case(family)),
            None => media_type.eq_ignore_ascii_case(wanted),
        };
        let barred = !self.media_types.is_empty() && !self.media_types.iter().any(matches);
        barred.then_some(MEDIA_TYPE)
    }

    /// The filter that takes out this article.
    pub fn article(&self, article: &Article) -> Option<&'static str> {
        let published = || article.given.published.map(|range| (range.start, range.end));
        let days = article.retrieved.map(|day| (day, day)).or_else(published);
        self.host(article.given.url.as_deref())
            .or_else(|| self.days(days))
            .or_else(|| self.media_type(media_type(&article.body)))
            .or_else(|| self.language(article))
    }

    fn language(&self, article: &Article) -> Option<&'static str> {
        if self.languages.is_empty() {
            return None;
        }
        let found = language::of(article);
        let wanted = |found: &String| self.languages.iter().any(|wanted| language::same(found, wanted));
        (!found.is_empty() && !found.iter().any(wanted)).then_some(LANGUAGE)
    }
}

fn media_type(body: &Body) -> &'static str {
    match body {
        Body::Page { .. } => "text/html",
        Body::Bytes(_) | Body::Text(_) => "text/plain",
    }
}

fn is_below(host: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
    let rest = host.strip_suffix(&wanted);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The host of an address, in lower case.
fn host(address: &str) -> Option<String> {
    let address = Url::parse(address).ok()?;
    let host = address.host_str()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(names: &[&str]) -> Filter {
        Filter {
            hosts: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Filter::default()
        }
    }

    #[test]
    fn hosts_take_in_what_is_below_them() {
        let filter = hosts(&["Example.org", "a.test"]);
        for inside in [
            "https://example.org/x",
            "http://NEWS.example.org:8080?x#y",
            "https://me:pw@a.test.",
        ] {
            assert_eq!(filter.host(Some(inside)), None, "{inside}");
        }
        for outside in [
            "https://badexample.org/",
            "https://example.org.evil.test/",
            "https://b.test/?u=http://a.test/",
            "https://example.org@evil.test/",
            "example.org",
        ] {
            assert_eq!(filter.host(Some(outside)), Some(HOST), "{outside}");
        }
        assert_eq!(filter.host(None), Some(HOST));
        assert_eq!(hosts(&[]).host(None), None);
    }

    #[test]
    fn days_are_kept_where_they_overlap() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let filter = Filter {
            since: Some(day("2024-03-10")),
            until: Some(day("2024-03-20")),
            ..Filter::default()
        };
        let range = |first, last| filter.days(Some((day(first), day(last))));
        assert_eq!(range("2024-03-10", "2024-03-10"), None);
        assert_eq!(range("2024-03-01", "2024-03-31"), None);
        assert_eq!(range("2024-03-01", "2024-03-09"), Some(DAY));
        assert_eq!(range("2024-03-21", "2024-03-21"), Some(DAY));
        assert_eq!(filter.days(None), Some(DAY));
        assert_eq!(Filter::default().days(None), None);
    }

    #[test]
    fn media_types_may_be_a_family() {
        let filter = Filter {
            media_types: vec!["text/*".to_owned(), "Application/XHTML+xml".to_owned()],
            ..Filter::default()
        };
        assert_eq!(filter.media_type("text/html"), None);
        assert_eq!(filter.media_type("application/xhtml+xml"), None);
        assert_eq!(filter.media_type("image/png"), Some(MEDIA_TYPE));
    }
}

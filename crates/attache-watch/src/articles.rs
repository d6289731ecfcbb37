//! What pages become.

use std::time::Duration;

use attache::extract::encoding;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Unit};
use serde::Serialize;

use crate::agenda::Errand;
use crate::fetch::{Answer, Failure, Page};
use crate::note::Note;
use crate::politeness::{back_off, millis, now};
use crate::store::{Kept, Waiting};
use crate::watch::{Mode, WatchError, Watcher, is_passing, today};

/// Longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

/// A document as it is written: what `attache code` and `read` take.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    retrieved: &'a str,
    feed: &'a str,
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// The text of a page.
enum Text {
    Html(String),
    Plain(String),
}

impl Watcher<'_> {
    /// An article came back, or did not.
    pub fn fetched(&mut self, id: i64, errand: &Errand, answer: Result<Answer, Failure>) -> Result<(), WatchError> {
        match answer {
            Ok(Answer::Page(page)) => match text(&page) {
                Ok(text) => self.keep(id, Some(errand.url.as_str()), &text, None),
                Err(why) => self.give_up(id, why),
            },
            Ok(Answer::Status { code, retry_after }) if is_passing(code) => {
                self.try_again(id, format!("status {code}"), retry_after)
            }
            Ok(Answer::Status { code, .. }) => self.give_up(id, format!("status {code}")),
            Ok(Answer::NotModified) => self.give_up(id, "status 304, though nothing was known".to_owned()),
            Ok(Answer::Redirect { .. }) => Ok(()),
            Err(Failure::Lasting(why)) => self.give_up(id, why),
            Err(Failure::Page(why) | Failure::Host(why)) => self.try_again(id, why, None),
        }
    }

    /// Another attempt after a wait that doubles, or as the server asks; none after the last.
    fn try_again(&mut self, id: i64, why: String, wanted: Option<Duration>) -> Result<(), WatchError> {
        let tries = self.articles.get(&id).map_or(0, |article| article.tries) + 1;
        if tries >= self.config.tries {
            return self.give_up(id, format!("{why}, after {tries} attempts"));
        }
        let wait = wanted.unwrap_or_else(|| back_off(tries, self.config.retry, LONGEST));
        self.put_off(id, why, 1, wait)
    }

    /// Not now; `tries` attempts are counted.
    pub fn put_off(&mut self, id: i64, why: String, tries: u32, wait: Duration) -> Result<(), WatchError> {
        let Some(article) = self.articles.get_mut(&id) else {
            return Ok(());
        };
        article.tries += tries;
        article.due = now() + millis(wait);
        let article = article.clone();
        self.store.put_off(id, &why, article.tries, article.due)?;
        self.tell(Note::PutOff {
            url: shown(&article),
            why,
            wait: wait.as_secs(),
        });
        match self.mode {
            Mode::Forever => self.plan_article(article),
            Mode::Once => {
                self.articles.remove(&id);
                Ok(())
            }
        }
    }

    /// No page will come: the text of the feed is kept if it carries one, else the article is left out.
    pub fn give_up(&mut self, id: i64, why: String) -> Result<(), WatchError> {
        if self.store.is_waiting(id)? {
            return self.keep_text_of_feed(id, Some(why));
        }
        self.articles.remove(&id);
        Ok(())
    }

    /// Keeps the text that the feed carried; `instead` tells why there is no page.
    pub fn keep_text_of_feed(&mut self, id: i64, instead: Option<String>) -> Result<(), WatchError> {
        let Some(article) = self.articles.get(&id).cloned() else {
            return Ok(());
        };
        match (self.store.known(id)?.page, instead) {
            (Some(page), instead) => self.keep(id, article.url.as_deref(), &Text::Html(page), Some(instead)),
            (None, Some(why)) => self.skip(id, why),
            (None, None) => self.skip(id, "the feed does not carry its whole text".to_owned()),
        }
    }

    /// The page is known from another address.
    pub fn same(&mut self, id: i64) -> Result<(), WatchError> {
        self.skip(id, "the same page is kept from another address".to_owned())
    }

    fn skip(&mut self, id: i64, why: String) -> Result<(), WatchError> {
        self.store.skip(id, &why, now())?;
        if let Some(article) = self.articles.remove(&id) {
            self.tell(Note::Skipped {
                url: shown(&article),
                why,
            });
        }
        Ok(())
    }

    /// Makes the document. `feed` is there where the text is the feed's, with the reason if a page was wanted.
    fn keep(
        &mut self,
        id: i64,
        url: Option<&str>,
        text: &Text,
        feed: Option<Option<String>>,
    ) -> Result<(), WatchError> {
        let Some(article) = self.articles.remove(&id) else {
            return Ok(());
        };
        let known = self.store.known(id)?;
        let config = self.config.feed(&article.feed);
        let publisher = config
            .and_then(|config| config.publisher.as_deref())
            .or(known.publisher.as_deref());
        let language = config
            .and_then(|config| config.language.as_deref())
            .or(known.language.as_deref());
        let retrieved = Timestamp::now().round(Unit::Second).unwrap_or_default().to_string();
        let url = url.map(attache_input::feed::clean);
        let line = |id: &str| {
            let (html, plain) = match text {
                Text::Html(html) => (Some(html.as_str()), None),
                Text::Plain(plain) => (None, Some(plain.as_str())),
            };
            line(&Line {
                id,
                url: url.as_deref(),
                title: known.title.as_deref(),
                authors: &known.authors,
                publisher,
                date: past(&known.published),
                updated: past(&known.updated),
                language,
                retrieved: &retrieved,
                feed: &article.feed,
                content: if feed.is_some() { "feed" } else { "page" },
                html,
                text: plain,
            })
        };
        let bounds = (self.folder, today(), self.config.file_bytes);
        let kept = self.store.keep(
            id,
            url.as_deref(),
            known.id.as_deref(),
            line,
            (bounds.0, &bounds.1, bounds.2),
            now(),
        )?;
        match kept {
            Kept::Document(document) => self.tell(Note::Kept {
                url: url.unwrap_or_else(|| shown(&article)),
                id: document,
                instead: feed.flatten(),
            }),
            Kept::Same => self.tell(Note::Skipped {
                url: shown(&article),
                why: "the same page is kept from another address".to_owned(),
            }),
        }
        Ok(())
    }
}

fn line(line: &Line) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Days that have not come yet are nobody's day of publication; one more is let through, since a day begins earlier elsewhere.
fn past(day: &Option<String>) -> Option<&str> {
    let tomorrow = today().parse::<Date>().ok()?.checked_add(1.day()).ok()?;
    day.as_deref()
        .filter(|day| day.parse::<Date>().is_ok_and(|day| day <= tomorrow))
}

/// The text of a page, if it is one.
fn text(page: &Page) -> Result<Text, String> {
    let html = match page.media.as_deref() {
        Some("text/html" | "application/xhtml+xml") => true,
        Some("text/plain") => false,
        Some(other) => return Err(format!("{other:?} is no page")),
        None => page.bytes.trim_ascii_start().starts_with(b"<"),
    };
    if page.bytes.trim_ascii().is_empty() {
        return Err("an empty page".to_owned());
    }
    let decoded = encoding::decode_page(&page.bytes, page.charset.as_deref());
    let (text, _) = decoded.map_err(|error| error.to_string())?;
    Ok(if html { Text::Html(text) } else { Text::Plain(text) })
}

fn shown(article: &Waiting) -> String {
    let name = || format!("{}: an entry without an address", article.feed);
    article.url.clone().unwrap_or_else(name)
}

//! What feeds answer.

use std::time::Duration;

use attache_input::feed::{self, Entry, Feed, Form, clean};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use url::Url;

use crate::agenda::Errand;
use crate::config::FeedConfig;
use crate::fetch::{Answer, Failure, Page, Validators};
use crate::note::Note;
use crate::politeness::{about, back_off, millis, now};
use crate::store::Source;
use crate::watch::{Mode, WatchError, Watcher};

/// Longest wait between two polls of a feed that fails.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// The wait after a feed says that it is gone.
const GONE: Duration = Duration::from_secs(7 * 24 * 3600);

/// Sitemaps of an index that are looked at, the latest first.
const MAX_SITEMAPS: usize = 50;

/// Entries of sitemaps that are older are left out, unless feeds.toml says otherwise: a sitemap may name all pages of a site.
const SITEMAP_AGE: Duration = Duration::from_secs(7 * 24 * 3600);

impl Watcher<'_> {
    /// A feed answered, or did not.
    pub fn polled(&mut self, id: i64, errand: &Errand, answer: Result<Answer, Failure>) -> Result<(), WatchError> {
        match answer {
            Ok(Answer::Page(page)) => self.read(id, &errand.url, &page),
            Ok(Answer::NotModified) => self.unchanged(id),
            Ok(Answer::Status { code: 410, .. }) => {
                let why = "status 410: it is gone; take it out of feeds.toml".to_owned();
                self.poll_failed(id, why, Some(GONE))
            }
            Ok(Answer::Status { code, retry_after }) => self.poll_failed(id, format!("status {code}"), retry_after),
            Ok(Answer::Redirect { .. }) => Ok(()),
            Err(failure) => self.poll_failed(id, failure.to_string(), None),
        }
    }

    /// The source and its settings; `None` where it is watched no longer.
    fn watched(&self, id: i64) -> Option<(Source, FeedConfig)> {
        let source = self.sources.get(&id)?;
        Some((source.clone(), self.config.feed(&source.feed)?.clone()))
    }

    fn read(&mut self, id: i64, url: &Url, page: &Page) -> Result<(), WatchError> {
        let Some((source, config)) = self.watched(id) else {
            return Ok(());
        };
        let feed = match feed::parse(&page.bytes, page.charset.as_deref(), Some(url)) {
            Ok(feed) => feed,
            Err(why) => return self.poll_failed(id, why.to_string(), None),
        };
        if feed.form == Form::SitemapIndex && source.child {
            return self.poll_failed(id, "an index within an index of sitemaps".to_owned(), None);
        }
        self.tell_of_loss(&source, &feed);
        // What was read in part is read again in whole, whatever the server takes for known.
        let known = match &feed.broken {
            None => page.validators.clone(),
            Some(_) => Validators::default(),
        };
        match feed.form {
            Form::SitemapIndex => self.index(source, &config, &feed, &known),
            _ => self.entries(source, &config, &feed, &known),
        }
    }

    fn tell_of_loss(&mut self, source: &Source, feed: &Feed) {
        let name = source.feed.clone();
        if let Some(why) = &feed.broken {
            self.tell(Note::Broken {
                feed: name.clone(),
                why: why.clone(),
            });
        }
        if feed.left_out > 0 {
            let why = format!("{} entries beyond the {}th", feed.left_out, feed.entries.len());
            self.tell(Note::Broken { feed: name, why });
        }
    }

    fn entries(
        &mut self,
        source: Source,
        config: &FeedConfig,
        feed: &Feed,
        known: &Validators,
    ) -> Result<(), WatchError> {
        let sitemap = feed.form == Form::Sitemap;
        let oldest = config.max_age.or(sitemap.then_some(SITEMAP_AGE)).and_then(oldest);
        let young: Vec<&Entry> = feed
            .entries
            .iter()
            .filter(|entry| is_young(entry, oldest, sitemap))
            .collect();
        let now = now();
        let due = now + millis(about(config.every));
        let found = self.store.found(&source, &young, config.fetch, known, due, now)?;
        self.tell(Note::Polled {
            feed: source.feed.clone(),
            new: found.new.len(),
            known: found.known,
            old: feed.entries.len() - young.len(),
        });
        for article in found.new {
            self.plan_article(article)?;
        }
        self.again(source, known.clone(), due);
        Ok(())
    }

    fn index(
        &mut self,
        source: Source,
        config: &FeedConfig,
        feed: &Feed,
        known: &Validators,
    ) -> Result<(), WatchError> {
        let mut entries: Vec<&Entry> = feed.entries.iter().filter(|entry| entry.address.is_some()).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
        let named = entries.iter().take(MAX_SITEMAPS).map(|entry| {
            let address = entry.address.as_deref().map(clean).unwrap_or_default();
            (address, entry.updated.map(|day| day.to_string()))
        });
        let named: Vec<(String, Option<String>)> = named.collect();
        let now = now();
        let due = now + millis(about(config.every));
        let children = self.store.indexed(&source, &named, known, due, now)?;
        self.tell(Note::Polled {
            feed: source.feed.clone(),
            new: 0,
            known: 0,
            old: 0,
        });
        for child in children {
            self.plan_poll(child, now);
        }
        self.again(source, known.clone(), due);
        Ok(())
    }

    fn unchanged(&mut self, id: i64) -> Result<(), WatchError> {
        let Some((source, config)) = self.watched(id) else {
            return Ok(());
        };
        let now = now();
        let due = now + millis(about(config.every));
        self.store.unchanged(&source, due, now)?;
        self.tell(Note::Unchanged {
            feed: source.feed.clone(),
        });
        let known = source.known.clone();
        self.again(source, known, due);
        Ok(())
    }

    /// The next poll; sitemaps below an index wait for it to name them again.
    fn again(&mut self, source: Source, known: Validators, due: i64) {
        let next = Source {
            known,
            due,
            failures: 0,
            ..source
        };
        match next.child {
            true => drop(self.sources.remove(&next.id)),
            false => self.plan_again(next),
        }
    }

    /// A poll failed: the next one is after a wait that doubles, or as the server asks.
    pub fn poll_failed(&mut self, id: i64, why: String, wanted: Option<Duration>) -> Result<(), WatchError> {
        let Some((mut source, config)) = self.watched(id) else {
            return Ok(());
        };
        source.failures += 1;
        let usual = about(config.every).max(back_off(source.failures + 1, config.every, LONGEST.max(config.every)));
        let wait = wanted.map_or(usual, |wanted| wanted.max(config.every));
        source.due = now() + millis(wait);
        self.store.poll_failed(&source, &why, source.failures, source.due)?;
        self.tell(Note::PollFailed {
            feed: source.feed.clone(),
            why,
            wait: wait.as_secs(),
        });
        self.plan_again(source);
        Ok(())
    }

    /// A round of its own asks every feed once, however long it takes.
    fn plan_again(&mut self, source: Source) {
        let due = source.due;
        if self.mode == Mode::Forever
            && let Ok(url) = Url::parse(&source.url)
        {
            let errand = Errand {
                task: crate::agenda::Task::Poll(source.id),
                url,
                feed: source.feed.clone(),
                hops: Vec::new(),
                waited: false,
            };
            self.agenda.add(errand, due);
        }
        self.sources.insert(source.id, source);
    }
}

/// The first day that is young enough; one more, since a day begins earlier elsewhere.
fn oldest(age: Duration) -> Option<Date> {
    let days = i64::try_from(age.as_secs() / 86_400).ok()? + 1;
    let today = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    today.checked_sub(days.days()).ok()
}

/// Entries without a day are taken for young, but not those of sitemaps.
fn is_young(entry: &Entry, oldest: Option<Date>, sitemap: bool) -> bool {
    let Some(oldest) = oldest else { return true };
    let day = entry.published.or(entry.updated);
    day.map_or(!sitemap, |day| day >= oldest)
}

//! What may stand in feeds.toml, and what is wrong with what does.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use super::{Config, ConfigError, FeedConfig};
use crate::address::Allowed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Option<Spanned<String>>,
    user_agent: Option<Spanned<String>>,
    output: Option<PathBuf>,
    every: Option<Spanned<String>>,
    delay: Option<Spanned<String>>,
    timeout: Option<Spanned<String>>,
    retry: Option<Spanned<String>>,
    tries: Option<Spanned<u32>>,
    jobs: Option<Spanned<usize>>,
    max_bytes: Option<Spanned<usize>>,
    file_bytes: Option<Spanned<u64>>,
    #[serde(default)]
    allow: Vec<Spanned<String>>,
    #[serde(default)]
    feed: Vec<Spanned<Feed>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    name: Option<Spanned<String>>,
    url: Spanned<String>,
    publisher: Option<String>,
    language: Option<String>,
    every: Option<Spanned<String>>,
    max_age: Option<Spanned<String>>,
    articles: Option<Spanned<String>>,
    robots: Option<bool>,
    #[serde(default)]
    allow: Vec<Spanned<String>>,
}

/// Reads the file and gathers its faults.
pub fn read(text: &str, path: &Path) -> Result<Config, Vec<ConfigError>> {
    let mut reading = Reading {
        text,
        path,
        faults: Vec::new(),
    };
    let config = match toml::from_str::<File>(text) {
        Ok(file) => Some(reading.file(file)),
        Err(error) => {
            let hint = "attache watch --example prints a file with every setting";
            reading.fault(
                error.span().unwrap_or_default(),
                error.message().trim().to_owned(),
                hint,
            );
            None
        }
    };
    reading.faults.sort_by_key(|fault| fault.line);
    match config.filter(|_| reading.faults.is_empty()) {
        Some(config) => Ok(config),
        None => Err(reading.faults),
    }
}

struct Reading<'a> {
    text: &'a str,
    path: &'a Path,
    faults: Vec<ConfigError>,
}

const HOUR: Duration = Duration::from_secs(3600);

impl Reading<'_> {
    fn fault(&mut self, span: Range<usize>, message: String, hint: &str) {
        let before = self.text.get(..span.start).unwrap_or_default();
        self.faults.push(ConfigError {
            path: self.path.to_owned(),
            line: if span.is_empty() {
                0
            } else {
                before.matches('\n').count() + 1
            },
            message,
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
        });
    }

    fn file(&mut self, file: File) -> Config {
        let user_agent = self.user_agent(file.contact, file.user_agent);
        let every = self.duration(file.every, Duration::from_secs(1800));
        let mut config = Config {
            token: token(&user_agent).to_owned(),
            user_agent,
            output: file.output,
            every,
            delay: self.duration(file.delay, Duration::from_secs(2)),
            timeout: self.duration(file.timeout, Duration::from_secs(60)),
            retry: self.duration(file.retry, Duration::from_secs(60)),
            tries: self.number(file.tries, 6, 1..101),
            jobs: self.number(file.jobs, 4, 1..65),
            max_bytes: self.number(file.max_bytes, 10_000_000, 10_000..100_000_001),
            file_bytes: self.number(file.file_bytes, 256_000_000, 1_000..1 << 40),
            allow: self.hosts(file.allow),
            feeds: Vec::new(),
        };
        if file.feed.is_empty() {
            let hint = "[[feed]]\n        url = \"https://news.example/feed.xml\"";
            self.fault(0..0, "no feed in it".to_owned(), hint);
        }
        let mut names = HashMap::new();
        for feed in file.feed {
            let span = feed.span();
            let Some(feed) = self.feed(feed.into_inner(), &config) else {
                continue;
            };
            if let Some(other) = names.insert(feed.name.clone(), span.start) {
                let line = self.text[..other].matches('\n').count() + 1;
                let message = format!("another feed is named {:?} already (line {line})", feed.name);
                self.fault(span, message, "give each a `name` of its own");
            }
            config.feeds.push(feed);
        }
        config
    }

    fn user_agent(&mut self, contact: Option<Spanned<String>>, user_agent: Option<Spanned<String>>) -> String {
        const HINT: &str =
            "contact = \"mailto:you@example.org\" or the address of a page about you; servers that mind can say so";
        let Some(contact) = contact else {
            self.fault(0..0, "no `contact`".to_owned(), HINT);
            return String::new();
        };
        let reachable = |text: &str| text.contains('@') || text.starts_with("http://") || text.starts_with("https://");
        let plain = |text: &str| {
            text.bytes()
                .all(|byte| (0x20..0x7f).contains(&byte) && !b"()".contains(&byte))
                && text.len() <= 200
        };
        if !reachable(contact.get_ref()) || !plain(contact.get_ref()) {
            self.fault(
                contact.span(),
                "no address at which anybody could be reached".to_owned(),
                HINT,
            );
        }
        let name = match user_agent {
            None => concat!("attache/", env!("CARGO_PKG_VERSION")).to_owned(),
            Some(name) => {
                if !plain(name.get_ref()) || token(name.get_ref()).is_empty() {
                    let message =
                        "a name begins with a letter and has no brackets and no signs beyond ASCII".to_owned();
                    self.fault(name.span(), message, "user_agent = \"ourproject/1.0\"");
                }
                name.into_inner()
            }
        };
        format!("{name} (+{})", contact.get_ref())
    }

    fn feed(&mut self, feed: Feed, whole: &Config) -> Option<FeedConfig> {
        let span = feed.url.span();
        let Ok(url) = Url::parse(feed.url.get_ref().trim()) else {
            self.fault(
                span,
                format!("{:?} is no address", feed.url.get_ref()),
                "url = \"https://news.example/feed.xml\"",
            );
            return None;
        };
        let allow = self.hosts(feed.allow);
        let allowed = whole.allow.iter().chain(&allow).any(|host| host.covers(&url));
        if let Err(why) = crate::address::check(&url, allowed) {
            let hint = format!(
                "allow = [{:?}] lets a host be asked wherever it is",
                crate::address::site(&url)
            );
            self.fault(span, why, &hint);
        }
        let fetch = match feed.articles.as_ref().map(|articles| articles.get_ref().as_str()) {
            None | Some("fetch") => true,
            Some("feed") => false,
            Some(other) => {
                let message = format!("articles = {other:?} is not known");
                let span = feed.articles.as_ref().map(Spanned::span).unwrap_or_default();
                self.fault(
                    span,
                    message,
                    "\"fetch\" fetches their pages; \"feed\" keeps the texts that the feed carries",
                );
                true
            }
        };
        Some(FeedConfig {
            name: feed.name.map_or_else(|| name(&url), Spanned::into_inner),
            url,
            publisher: feed.publisher,
            language: feed.language,
            every: self.duration(feed.every, whole.every),
            max_age: feed.max_age.map(|age| self.duration(Some(age), HOUR)),
            fetch,
            robots: feed.robots.unwrap_or(true),
            allow,
        })
    }

    fn hosts(&mut self, hosts: Vec<Spanned<String>>) -> Vec<Allowed> {
        let mut all = Vec::new();
        for host in hosts {
            match Allowed::parse(host.get_ref()) {
                Some(allowed) => all.push(allowed),
                None => self.fault(
                    host.span(),
                    format!("{:?} is no host", host.get_ref()),
                    "allow = [\"intranet.example\", \"127.0.0.1:8080\"]",
                ),
            }
        }
        all
    }

    fn duration(&mut self, given: Option<Spanned<String>>, default: Duration) -> Duration {
        let Some(given) = given else { return default };
        duration(given.get_ref()).unwrap_or_else(|| {
            let message = format!("{:?} is no length of time", given.get_ref());
            self.fault(
                given.span(),
                message,
                "a number and one of ms, s, m, h, d: \"90s\", \"30m\", \"12h\", \"7d\"",
            );
            default
        })
    }

    fn number<N: PartialOrd + Copy + std::fmt::Display>(
        &mut self,
        given: Option<Spanned<N>>,
        default: N,
        fits: Range<N>,
    ) -> N {
        let Some(given) = given else { return default };
        if !fits.contains(given.get_ref()) {
            let message = format!(
                "{} is too small or too large; from {} and below {}",
                given.get_ref(),
                fits.start,
                fits.end
            );
            self.fault(given.span(), message, "");
        }
        *given.get_ref()
    }
}

/// `90s`, `30m`, `12h`, `7d`, `200ms`; at most a hundred years.
fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let unit = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let millis = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (millis <= 36_525 * 86_400_000).then(|| Duration::from_millis(millis))
}

/// The product token of a user agent.
fn token(user_agent: &str) -> &str {
    let end = user_agent.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
    &user_agent[..end.unwrap_or(user_agent.len())]
}

/// A feed without a name is called by its address.
fn name(url: &Url) -> String {
    let whole = url.as_str();
    let plain = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    plain.trim_end_matches('/').to_owned()
}

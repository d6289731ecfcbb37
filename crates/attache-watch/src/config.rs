//! feeds.toml.

mod schema;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use crate::address::{Allowed, check};

/// A file to begin with, every setting explained.
pub const EXAMPLE: &str = include_str!("../feeds.example.toml");

/// What to watch, and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// How attache names itself to servers.
    pub user_agent: String,
    /// The name by which `robots.txt` knows it: letters, `-` and `_`.
    pub token: String,
    /// Folder of the documents, if the file names one.
    pub output: Option<PathBuf>,
    /// Time between two polls of a feed.
    pub every: Duration,
    /// Time between two requests to a host.
    pub delay: Duration,
    /// Time for a whole request.
    pub timeout: Duration,
    /// The first wait after a failure; it doubles from there.
    pub retry: Duration,
    /// Attempts at an article.
    pub tries: u32,
    /// Requests at a time.
    pub jobs: usize,
    /// Bytes of the longest page or feed, unpacked.
    pub max_bytes: usize,
    /// Bytes from which a file of documents is followed by another.
    pub file_bytes: u64,
    /// Hosts that may be asked wherever they are.
    pub allow: Vec<Allowed>,
    /// The feeds, in the order of the file; their names differ.
    pub feeds: Vec<FeedConfig>,
}

/// A feed to watch.
#[derive(Debug, Clone)]
pub struct FeedConfig {
    /// By which it is known.
    pub name: String,
    /// Where it is.
    pub url: Url,
    /// Outlet, for all its articles.
    pub publisher: Option<String>,
    /// Language, for all its articles.
    pub language: Option<String>,
    /// Time between two polls.
    pub every: Duration,
    /// Articles published longer ago are left out.
    pub max_age: Option<Duration>,
    /// Whether pages are fetched; else the feed's own texts are kept and nothing else.
    pub fetch: bool,
    /// Whether `robots.txt` counts for the feed itself; it always does for articles.
    pub robots: bool,
    /// Hosts that may be asked for this feed wherever they are.
    pub allow: Vec<Allowed>,
}

/// A fault in feeds.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the text of a file; `path` is for messages.
    ///
    /// # Errors
    /// Every fault, in the order of the file.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Vec<ConfigError>> {
        schema::read(text, path)
    }

    /// Whether a host may be asked wherever it is, for this feed or for none.
    pub fn allows(&self, url: &Url, feed: Option<&FeedConfig>) -> bool {
        let own = feed.map(|feed| feed.allow.as_slice()).unwrap_or_default();
        self.allow.iter().chain(own).any(|allowed| allowed.covers(url))
    }

    /// The feed of this name.
    pub fn feed(&self, name: &str) -> Option<&FeedConfig> {
        self.feeds.iter().find(|feed| feed.name == name)
    }

    /// Why an address is not asked for this feed.
    ///
    /// # Errors
    /// The reason.
    pub fn check(&self, url: &Url, feed: Option<&FeedConfig>) -> Result<(), String> {
        check(url, self.allows(url, feed))
    }
}

#[cfg(test)]
mod tests;

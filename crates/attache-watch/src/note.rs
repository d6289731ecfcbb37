//! What a watcher tells of its work.

use std::fmt;

/// Something that happened. Whatever comes from outside is without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A feed was read.
    Polled {
        /// Its name.
        feed: String,
        /// Articles not known before.
        new: usize,
        /// Articles that were.
        known: usize,
        /// Articles left out for their age, or because nothing tells it.
        old: usize,
    },
    /// A feed is as it was.
    Unchanged {
        /// Its name.
        feed: String,
    },
    /// A feed could not be read.
    PollFailed {
        /// Its name.
        feed: String,
        /// Why.
        why: String,
        /// Seconds until the next attempt.
        wait: u64,
    },
    /// A part of a feed could not be read; what was is kept.
    Broken {
        /// Its name.
        feed: String,
        /// What.
        why: String,
    },
    /// A feed says that it has another address for good.
    Moved {
        /// Its name.
        feed: String,
        /// Where it is.
        to: String,
    },
    /// An article is kept.
    Kept {
        /// Where it was in the end.
        url: String,
        /// Identifier of the document.
        id: String,
        /// Why the text of the feed was taken in place of the page.
        instead: Option<String>,
    },
    /// An article is left out.
    Skipped {
        /// Where it was said to be.
        url: String,
        /// Why.
        why: String,
    },
    /// An article will be tried again.
    PutOff {
        /// Where it is said to be.
        url: String,
        /// Why.
        why: String,
        /// Seconds until the next attempt.
        wait: u64,
    },
}

impl Note {
    /// Whether somebody should look at it: a feed is in trouble.
    pub fn is_trouble(&self) -> bool {
        matches!(self, Note::PollFailed { .. } | Note::Broken { .. } | Note::Moved { .. })
    }

    /// Whether it is what is expected of every article and feed.
    pub fn is_routine(&self) -> bool {
        matches!(self, Note::Kept { instead: None, .. } | Note::Unchanged { .. })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Polled { feed, new, known, old } => {
                write!(f, "{}: {new} new, {known} known", plain(feed))?;
                match old {
                    0 => Ok(()),
                    old => write!(f, ", {old} too old or without a day"),
                }
            }
            Note::Unchanged { feed } => write!(f, "{}: unchanged", plain(feed)),
            Note::PollFailed { feed, why, wait } => {
                write!(f, "{}: {}; again in {}", plain(feed), plain(why), span(*wait))
            }
            Note::Broken { feed, why } => write!(f, "{}: read in part: {}", plain(feed), plain(why)),
            Note::Moved { feed, to } => write!(f, "{}: has moved for good to {}", plain(feed), plain(to)),
            Note::Kept { url, instead: None, .. } => write!(f, "{}: kept", plain(url)),
            Note::Kept {
                url,
                instead: Some(why),
                ..
            } => write!(f, "{}: {}; the feed's text is kept", plain(url), plain(why)),
            Note::Skipped { url, why } => write!(f, "{}: skipped: {}", plain(url), plain(why)),
            Note::PutOff { url, why, wait } => write!(f, "{}: {}; again in {}", plain(url), plain(why), span(*wait)),
        }
    }
}

/// Without what would move the cursor of a terminal, and not overlong.
fn plain(text: &str) -> String {
    let mut plain: String = text
        .chars()
        .take(300)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(300).is_some() {
        plain.push('…');
    }
    plain
}

/// `40 s`, `3 min`, `2 h`, `5 d`.
pub fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

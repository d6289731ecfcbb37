//! What a run tells on stderr: troubles as they come, progress on a terminal, a summary at the end.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::{Duration, Instant};

use attache::document::CopyKind;
use attache::extract::Warning;
use attache_input::{Fate, Trouble};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Outcome;
use crate::tally::{Tally, seconds};
use crate::term::{BAD, DIM, WARN, paint, stderr_is_terminal, stdout_is_terminal};

/// How much to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only what could not be read.
    Quiet,
    /// Also warnings, and a report at the end.
    Normal,
    /// Everything.
    Verbose,
}

/// Messages of one kind beyond this many are only counted.
const SHOWN: u64 = 20;

/// Counts a run and tells about it.
pub struct Report {
    level: Level,
    start: Instant,
    bar: ProgressBar,
    tally: Tally,
    /// Figures of the part of the run that an earlier process did.
    earlier: Tally,
    told: u64,
    hints: BTreeSet<String>,
}

impl Report {
    /// A run that starts now, drawing no bar.
    pub fn new(level: Level) -> Self {
        Report {
            level,
            start: Instant::now(),
            bar: ProgressBar::hidden(),
            tally: Tally::default(),
            earlier: Tally::default(),
            told: 0,
            hints: BTreeSet::new(),
        }
    }

    /// With a bar over so many bytes of input, where somebody watches; `None` where nobody knows how many.
    pub fn drawn(self, total: impl FnOnce() -> Option<u64>) -> Self {
        let seen = self.level > Level::Quiet && stderr_is_terminal() && !stdout_is_terminal();
        match seen {
            true => Report {
                bar: bar(total()),
                ..self
            },
            false => self,
        }
    }

    /// Counting on from an earlier part of the run.
    pub fn after(self, earlier: Tally) -> Self {
        Report { earlier, ..self }
    }

    /// How far reading has come, in bytes of the inputs.
    pub fn reached(&mut self, bytes: u64) {
        self.tally.bytes = bytes;
        self.bar.set_position(bytes);
    }

    /// One more document, with this many records.
    pub fn document(&mut self, records: usize) {
        self.tally.done += 1;
        self.tally.records += records as u64;
        self.bar
            .set_message(format!("{} documents", self.tally.done + self.earlier.done));
    }

    /// The document told what an earlier one told.
    pub fn copy(&mut self, kind: CopyKind) {
        self.tally.copy(kind);
    }

    /// An input without a document.
    pub fn trouble(&mut self, trouble: &Trouble) {
        self.tally.trouble(trouble);
        match trouble.fate {
            Fate::Filtered => {}
            Fate::Unread => self.unread(trouble),
            Fate::LeftOut => {
                let hint = self.hint(trouble);
                self.mention(&format!("{}: left out: {}{hint}", trouble.place, trouble.reason));
            }
        }
    }

    /// Each is named, unless there are many of a kind.
    fn unread(&mut self, trouble: &Trouble) {
        let like = self.tally.unread_like(trouble);
        if self.level < Level::Verbose && like > SHOWN && trouble.class.is_some() {
            if like == SHOWN + 1 {
                let class = trouble.class_name();
                self.say(&paint(
                    DIM,
                    format!("more {class} are only counted; see them with --verbose"),
                ));
            }
            return;
        }
        let hint = self.hint(trouble);
        self.say(&format!("{}: {}{hint}", trouble.place, paint(BAD, &trouble.reason)));
    }

    /// Something that a reader of the document's records should know.
    pub fn warning(&mut self, place: &str, warning: &Warning) {
        match warning {
            Warning::NoDate => self.tally.dateless += 1,
            other => self.mention(&format!("{place}: {} {other}", paint(WARN, "warning:"))),
        }
    }

    /// The figures of the whole run up to now.
    pub fn tally(&self) -> Tally {
        let now = Tally {
            seconds: seconds(self.start.elapsed()),
            ..self.tally.clone()
        };
        now.after(&self.earlier)
    }

    /// How the run ended, without a word about it.
    pub fn outcome(&self) -> Outcome {
        match self.tally.unread.is_empty() && self.earlier.unread.is_empty() {
            true => Outcome::Done,
            false => Outcome::Partly,
        }
    }

    /// Tells what was done, `verb` being what was done to documents.
    pub fn finish(self, verb: &str) -> Outcome {
        self.bar.finish_and_clear();
        if self.told > SHOWN && self.level == Level::Normal {
            let more = count((self.told - SHOWN) as usize, "more message");
            note(&format!("{more} of this kind; see them with --verbose"));
        }
        let tally = self.tally();
        if tally.dateless > 0 && tally.records > 0 && self.level > Level::Quiet {
            let text = format!(
                "{} without a publication date: relative dates stay open there (give --date)",
                count(tally.dateless as usize, "document")
            );
            self.say(&text);
        }
        if self.level > Level::Quiet {
            tally.lines(verb).iter().for_each(|line| note(line));
        }
        self.outcome()
    }

    /// Told up to a number of times, unless verbose.
    fn mention(&mut self, text: &str) {
        self.told += 1;
        if self.level == Level::Verbose || (self.level == Level::Normal && self.told <= SHOWN) {
            self.say(text);
        }
    }

    /// The advice, the first time that it is given.
    fn hint(&mut self, trouble: &Trouble) -> String {
        let new = trouble.hint.as_ref().filter(|hint| self.hints.insert((*hint).clone()));
        new.map(|hint| format!("\n  {}", paint(DIM, format!("hint: {hint}"))))
            .unwrap_or_default()
    }

    fn say(&self, text: &str) {
        self.bar.suspend(|| eprint(text));
    }
}

/// A line in the least conspicuous style.
pub fn note(text: &str) {
    eprint(&paint(DIM, text));
}

/// The error that ended the run.
pub fn fatal(error: &anyhow::Error) {
    eprint(&format!("{} {error:#}", paint(BAD, "attache:")));
}

/// `1 record`, `2 records`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Where stderr is closed there is nobody to tell.
fn eprint(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn bar(total: Option<u64>) -> ProgressBar {
    const KNOWN: &str =
        "{bar:30} {percent}% of {decimal_total_bytes}, {msg}, {elapsed}, {decimal_bytes_per_sec}, {eta} left";
    const OPEN: &str = "{spinner} {decimal_bytes}, {msg}, {elapsed}, {decimal_bytes_per_sec}";
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), KNOWN),
        None => (ProgressBar::new_spinner(), OPEN),
    };
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_message("0 documents");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

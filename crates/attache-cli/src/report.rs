//! What a run tells on stderr: troubles as they come, progress on a terminal, a summary at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::{Duration, Instant};

use attache::extract::Warning;
use attache_input::Trouble;
use indicatif::{ProgressBar, ProgressStyle};

use crate::Outcome;
use crate::term::{BAD, DIM, WARN, paint, stderr_is_terminal, stdout_is_terminal};

/// How much to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only what could not be read.
    Quiet,
    /// Also warnings, and a summary on a terminal.
    Normal,
    /// Everything.
    Verbose,
}

/// Warnings and left-out documents beyond this many are only counted.
const SHOWN: usize = 20;

/// Counts a run and tells about it.
pub struct Report {
    level: Level,
    start: Instant,
    bar: ProgressBar,
    documents: usize,
    records: usize,
    unread: usize,
    left_out: BTreeMap<String, usize>,
    told: usize,
    hints: BTreeSet<String>,
    dateless: usize,
}

impl Report {
    /// A run that starts now. Without `progress` no bar is drawn.
    pub fn new(level: Level, progress: bool) -> Self {
        let drawn = progress && level > Level::Quiet && stderr_is_terminal() && !stdout_is_terminal();
        Report {
            level,
            start: Instant::now(),
            bar: if drawn { spinner() } else { ProgressBar::hidden() },
            documents: 0,
            records: 0,
            unread: 0,
            left_out: BTreeMap::new(),
            told: 0,
            hints: BTreeSet::new(),
            dateless: 0,
        }
    }

    /// One more document, with this many records.
    pub fn document(&mut self, records: usize) {
        self.documents += 1;
        self.records += records;
        self.bar.inc(1);
    }

    /// An input without a document.
    pub fn trouble(&mut self, trouble: &Trouble) {
        let hint = self.hint(trouble);
        if trouble.unread {
            self.unread += 1;
            self.say(&format!("{}: {}{hint}", trouble.place, paint(BAD, &trouble.reason)));
        } else {
            *self.left_out.entry(trouble.reason.clone()).or_default() += 1;
            self.mention(&format!("{}: left out: {}{hint}", trouble.place, trouble.reason));
        }
    }

    /// Something that a reader of the document's records should know.
    pub fn warning(&mut self, place: &str, warning: &Warning) {
        match warning {
            Warning::NoDate => self.dateless += 1,
            other => self.mention(&format!("{place}: {} {other}", paint(WARN, "warning:"))),
        }
    }

    /// The summary, and how the run ended.
    pub fn finish(self) -> Outcome {
        self.bar.finish_and_clear();
        if self.told > SHOWN && self.level == Level::Normal {
            let more = count(self.told - SHOWN, "more message");
            note(&format!("{more} of this kind; see them with --verbose"));
        }
        if self.dateless > 0 && self.records > 0 && self.level > Level::Quiet {
            let text = format!(
                "{} without a publication date: relative dates stay open there (give --date)",
                count(self.dateless, "document")
            );
            self.say(&text);
        }
        if self.level == Level::Verbose || (self.level == Level::Normal && stderr_is_terminal()) {
            note(&self.summary());
        }
        if self.unread > 0 {
            Outcome::Partly
        } else {
            Outcome::Done
        }
    }

    fn summary(&self) -> String {
        let elapsed = self.start.elapsed();
        let mut parts = vec![count(self.documents, "document"), count(self.records, "record")];
        parts.extend((self.unread > 0).then(|| format!("{} unread", self.unread)));
        parts.extend(
            self.left_out
                .iter()
                .map(|(reason, number)| format!("{number} left out ({reason})")),
        );
        parts.push(format!("{:.1} s", elapsed.as_secs_f64()));
        parts.extend(rate(self.documents, elapsed));
        parts.join(", ")
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

fn rate(documents: usize, elapsed: Duration) -> Option<String> {
    let seconds = elapsed.as_secs_f64();
    (documents > 1 && seconds > 0.0).then(|| format!("{:.1} documents/s", documents as f64 / seconds))
}

/// Where stderr is closed there is nobody to tell.
fn eprint(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}, {per_sec}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

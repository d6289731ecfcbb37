//! What a run counted, in words and as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use attache::document::CopyKind;
use attache_input::{Fate, Trouble};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is done to documents to get records.
pub const CODED: &str = "coded";

/// Names under which inputs are counted, beyond which they go together: names of strangers must not fill the memory.
const MOST_CLASSES: usize = 200;

/// Seconds below which a run tells nothing of the speed of the next.
const TELLING_SECONDS: f64 = 1.0;

/// The figures of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents that were worked on.
    pub done: u64,
    /// Records that they gave.
    pub records: u64,
    /// Documents without a publication date among them.
    pub dateless: u64,
    /// Copies of earlier documents among them, by kind.
    #[serde(default)]
    pub copies: BTreeMap<String, u64>,
    /// Documents that were read and left out, by reason.
    pub left_out: BTreeMap<String, u64>,
    /// Inputs that filters took out, by filter.
    pub filtered: BTreeMap<String, u64>,
    /// Inputs that could not be read, by reason.
    pub unread: BTreeMap<String, u64>,
    /// Bytes of the inputs, packed as they are.
    pub bytes: u64,
    /// Time that it took.
    pub seconds: f64,
}

impl Tally {
    /// One more input without a document.
    pub fn trouble(&mut self, trouble: &Trouble) {
        let classes = match trouble.fate {
            Fate::Unread => &mut self.unread,
            Fate::LeftOut => &mut self.left_out,
            Fate::Filtered => &mut self.filtered,
        };
        let class = match classes.len() < MOST_CLASSES || classes.contains_key(trouble.class_name()) {
            true => trouble.class_name(),
            false => "other reasons",
        };
        *classes.entry(class.to_owned()).or_default() += 1;
    }

    /// One more copy among the documents.
    pub fn copy(&mut self, kind: CopyKind) {
        let name = match kind {
            CopyKind::Exact => "word for word",
            CopyKind::Near => "nearly",
            CopyKind::Revision => "as later versions",
        };
        *self.copies.entry(name.to_owned()).or_default() += 1;
    }

    /// How many could not be read for the reason of this one.
    pub fn unread_like(&self, trouble: &Trouble) -> u64 {
        self.unread.get(trouble.class_name()).copied().unwrap_or_default()
    }

    /// Documents that were read.
    pub fn read(&self) -> u64 {
        self.done + self.left_out.values().sum::<u64>()
    }

    /// Lines for people. `verb` is what was done to documents: "coded".
    pub fn lines(&self, verb: &str) -> Vec<String> {
        // Trees are no records.
        let with_records = self.records > 0 || verb == CODED;
        let mut parts = vec![
            format!("{} read", count(self.read(), "document")),
            format!("{} {verb}", grouped(self.done)),
        ];
        parts.extend(with_records.then(|| count(self.records, "record")));
        parts.push(format!("{:.1} s", self.seconds));
        let rates: Vec<String> = [self.per_second(), self.megabytes_per_second()]
            .into_iter()
            .flatten()
            .collect();
        let rates = match rates.is_empty() {
            true => String::new(),
            false => format!(" ({})", rates.join(", ")),
        };
        let mut lines = vec![parts.join(", ") + &rates];
        lines.extend(list("repeat earlier documents", self.copies.iter()));
        let skipped = self.left_out.iter().chain(&self.filtered);
        lines.extend(list("left out", skipped));
        lines.extend(list("not read", self.unread.iter()));
        lines
    }

    /// The same for programs.
    pub fn json(&self, verb: &str) -> Value {
        json!({
            "read": self.read(),
            verb: self.done,
            "records": self.records,
            "without_date": self.dateless,
            "copies": self.copies,
            "left_out": self.left_out,
            "filtered": self.filtered,
            "not_read": self.unread,
            "bytes": self.bytes,
            "seconds": self.seconds,
        })
    }

    fn per_second(&self) -> Option<String> {
        (self.read() > 1 && self.seconds >= TELLING_SECONDS)
            .then(|| format!("{:.1} documents/s", self.read() as f64 / self.seconds))
    }

    /// Of short runs and small inputs the speed tells nothing.
    fn megabytes_per_second(&self) -> Option<String> {
        const TELLING: u64 = 100_000;
        (self.bytes >= TELLING && self.seconds >= TELLING_SECONDS)
            .then(|| format!("{:.1} MB/s", self.bytes as f64 / 1e6 / self.seconds))
    }

    /// Counts on, from where an earlier part of the run stood.
    pub fn after(self, earlier: &Tally) -> Tally {
        let together = |mut one: BTreeMap<String, u64>, other: &BTreeMap<String, u64>| {
            for (class, number) in other {
                *one.entry(class.clone()).or_default() += number;
            }
            one
        };
        Tally {
            done: self.done + earlier.done,
            records: self.records + earlier.records,
            dateless: self.dateless + earlier.dateless,
            copies: together(self.copies, &earlier.copies),
            left_out: together(self.left_out, &earlier.left_out),
            filtered: together(self.filtered, &earlier.filtered),
            unread: together(self.unread, &earlier.unread),
            bytes: self.bytes,
            seconds: self.seconds + earlier.seconds,
        }
    }
}

/// The time that has passed, in seconds.
pub fn seconds(elapsed: Duration) -> f64 {
    (elapsed.as_secs_f64() * 1000.0).round() / 1000.0
}

/// Reasons that a line names; rarer ones go together.
const NAMED: usize = 12;

/// `left out: 12 too large, 3 empty`; the most frequent come first.
fn list<'a>(heading: &str, classes: impl Iterator<Item = (&'a String, &'a u64)>) -> Option<String> {
    let mut classes: Vec<_> = classes.collect();
    classes.sort_by_key(|(class, number)| (std::cmp::Reverse(**number), (*class).clone()));
    let named = classes.iter().take(NAMED);
    let mut parts: Vec<String> = named
        .map(|(class, number)| format!("{} {class}", grouped(**number)))
        .collect();
    let rest: u64 = classes.iter().skip(NAMED).map(|(_, number)| **number).sum();
    parts.extend((rest > 0).then(|| format!("{} for other reasons", grouped(rest))));
    (!parts.is_empty()).then(|| format!("{heading}: {}", parts.join(", ")))
}

fn count(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// `1,234,567`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_reasons_come_first() {
        let mut tally = Tally {
            done: 1_234,
            records: 1,
            seconds: 10.0,
            bytes: 2_500_000,
            ..Tally::default()
        };
        for _ in 0..3 {
            tally.trouble(&Trouble::filtered("a", "other hosts"));
        }
        tally.trouble(&Trouble::left_out("b", "empty"));
        tally.trouble(&Trouble::unread("c", "NUL at byte 7").class("not text"));
        assert_eq!(
            tally.lines(CODED),
            [
                "1,235 documents read, 1,234 coded, 1 record, 10.0 s (123.5 documents/s, 0.2 MB/s)",
                "left out: 3 other hosts, 1 empty",
                "not read: 1 not text",
            ]
        );
        let both = tally.clone().after(&tally);
        assert_eq!((both.read(), both.unread["not text"]), (2_470, 2));
    }

    #[test]
    fn reasons_without_number_are_counted_together() {
        let mut tally = Tally::default();
        for number in 0..1000 {
            tally.trouble(&Trouble::unread("a", format!("fault {number}")));
        }
        assert_eq!(tally.unread.len(), MOST_CLASSES + 1);
        assert_eq!(tally.unread.values().sum::<u64>(), 1000);
        let line = tally.lines(CODED).pop().unwrap_or_default();
        assert!(line.len() < 300 && line.ends_with("for other reasons"), "{line}");
    }
}

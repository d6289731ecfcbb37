//! Records of one happening under one heading, outlet by outlet.

use std::collections::{BTreeMap, BTreeSet};

use attache::Event;
use attache::date::Precision;
use attache::event::{Actor, Status};
use jiff::civil::Date;

use crate::output::label;
use crate::report::count;
use crate::term::{ACTOR, DIM, EVENT, HEAD, clip, paint, width, wrap};

/// Reports whose dates are at most this many days apart may tell of the same.
const DAYS: i32 = 3;

/// Lines of a sentence that are shown.
const LINES: usize = 3;

/// What makes records comparable: event type and the codes of both sides; those of a joint act together.
type Key = (String, Vec<String>, Vec<String>);

/// Shows happenings that several outlets tell; with `all`, also those that one outlet tells.
pub fn of(events: &[Event], documents: usize, all: bool) -> String {
    let happenings = group(events);
    let shown: Vec<_> = happenings
        .iter()
        .filter(|reports| all || outlets(reports).len() > 1)
        .collect();
    let mut text = String::new();
    for reports in &shown {
        text.push_str(&happening(reports));
    }
    let told = format!(
        "{} coded: {}, {}; {} told by more than one outlet",
        count(documents, "article"),
        count(events.len(), "record"),
        count(happenings.len(), "happening"),
        happenings.iter().filter(|reports| outlets(reports).len() > 1).count()
    );
    text + &closing(&told, happenings.len() - shown.len())
}

fn closing(told: &str, hidden: usize) -> String {
    let more = if hidden > 0 {
        format!("  attache demo --all                   the other {hidden} too\n")
    } else {
        String::new()
    };
    format!(
        "{}\n{}\n{more}  attache demo --write articles         the articles as files, for `code`, `annotate`, `parse`, `eval`\n  \
         attache explain \"France condemned the attack on Monday.\"    one sentence, word by word\n",
        paint(HEAD, told),
        paint(DIM, "Next:")
    )
}

/// Groups in order of date. Records that say themselves which happening they report go by that.
fn group(events: &[Event]) -> Vec<Vec<&Event>> {
    let mut groups: BTreeMap<Key, Vec<Vec<&Event>>> = BTreeMap::new();
    for event in events.iter().filter(|event| event.status != Status::Background) {
        let alike = groups.entry(key(event)).or_default();
        match alike
            .iter_mut()
            .find(|reports| reports.iter().all(|other| same(other, event)))
        {
            Some(reports) => reports.push(event),
            None => alike.push(vec![event]),
        }
    }
    let mut all: Vec<_> = groups.into_values().flatten().collect();
    all.sort_by(|one, other| {
        one[0]
            .date
            .cmp(&other[0].date)
            .then_with(|| one[0].doc.cmp(&other[0].doc))
    });
    all
}

fn key(event: &Event) -> Key {
    let kind = event.event.first().cloned().unwrap_or_default();
    (kind, codes(&event.actor), codes(&event.recipient))
}

fn codes(side: &[Actor]) -> Vec<String> {
    let codes: BTreeSet<String> = side
        .iter()
        .map(|actor| actor.code.clone().unwrap_or_default())
        .collect();
    codes.into_iter().collect()
}

fn same(one: &Event, other: &Event) -> bool {
    let alike = one.mode == other.mode || one.mode.is_empty() || other.mode.is_empty();
    alike && same_days(one, other)
}

fn same_days(one: &Event, other: &Event) -> bool {
    match (&one.happening, &other.happening) {
        (Some(one), Some(other)) => one == other,
        _ => match (day(one), day(other)) {
            (Some(one), Some(other)) => (one - other).get_days().abs() <= DAYS,
            _ => false,
        },
    }
}

fn day(event: &Event) -> Option<Date> {
    event.date.as_deref()?.parse().ok()
}

fn outlets<'a>(reports: &[&'a Event]) -> BTreeSet<&'a str> {
    reports.iter().map(|event| outlet(event)).collect()
}

fn outlet(event: &Event) -> &str {
    event.cite_info.publication.as_deref().unwrap_or(&event.doc)
}

fn happening(reports: &[&Event]) -> String {
    let first = reports[0];
    let sides = paint(ACTOR, label::sides(first));
    let mut text = format!(
        "{}  {}  {sides}\n",
        paint(HEAD, days(reports)),
        paint(EVENT, label::event(first))
    );
    let column = reports
        .iter()
        .map(|event| outlet(event).chars().count())
        .max()
        .unwrap_or(0);
    for event in reports {
        text.push_str(&report(event, first, column));
    }
    text + "\n"
}

/// The dates that the reports give; days of publication only where none gives any.
fn days(reports: &[&Event]) -> String {
    let stated = |event: &&&Event| event.date_precision != Precision::None;
    let mut days: BTreeSet<String> = reports.iter().filter(stated).map(|event| label::date(event)).collect();
    if days.is_empty() {
        days = reports.iter().map(|event| label::date(event)).collect();
    }
    days.into_iter().collect::<Vec<_>>().join(" or ")
}

/// The outlet, then what it has otherwise than the first (mode), then status and speaker, then the sentence.
fn report(event: &Event, first: &Event, column: usize) -> String {
    let mode = if event.mode == first.mode {
        String::new()
    } else {
        format!("{}, ", label::event(event))
    };
    let speaker = label::speaker(event);
    let speaker = if speaker.is_empty() {
        speaker
    } else {
        format!(", says {speaker}")
    };
    let facts = format!("{mode}{}{speaker}", label::status(event.status));
    let mut text = format!("  {:<column$}  {}\n", outlet(event), paint(DIM, facts));
    let (indent, room) = (" ".repeat(column + 4), width().saturating_sub(column + 4).max(30));
    for line in wrap(&clip(&event.text, room * LINES), room) {
        text.push_str(&format!("{indent}{}\n", with_triggers(&line, event)));
    }
    text
}

/// The line with the words of the event standing out.
fn with_triggers(line: &str, event: &Event) -> String {
    let triggers: Vec<&str> = event
        .event_text
        .iter()
        .flat_map(|words| words.split_whitespace())
        .collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words = line
        .split(' ')
        .map(|word| match triggers.contains(&bare(word).as_str()) {
            true => paint(HEAD, word),
            false => word.to_owned(),
        });
    words.collect::<Vec<_>>().join(" ")
}

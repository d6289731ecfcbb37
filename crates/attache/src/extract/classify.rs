//! Which unit is what: by its own words first, then by where it stands.

use std::collections::HashMap;

use attache_parse::Span;

use super::cue::{Cue, cue, describes_outlet};
use super::header::{DateLine, date_line};
use super::line::{Marker, Unit};
use super::shape::{Shape, key};
use super::turns;
use crate::document::BlockKind;

/// A unit and what is known of it.
pub(super) struct Part {
    pub span: Span,
    pub marker: Marker,
    pub shape: Shape,
    pub cue: Option<Cue>,
    pub date: Option<DateLine>,
    /// Lower-case words, to compare units by.
    pub key: String,
    /// A headline by its place, though as long as a sentence or put as a question.
    pub headline: bool,
    /// The answer, once found.
    pub kind: Option<BlockKind>,
}

impl Part {
    fn new(text: &str, unit: Unit) -> Self {
        let words = unit.span.text(text);
        let shape = Shape::of(words);
        let cue = cue(words, &shape);
        let date = if cue.is_none_or(|cue| cue == Cue::Byline) {
            date_line(text, unit.span)
        } else {
            None
        };
        let mut part = Self {
            span: unit.span,
            marker: unit.marker,
            key: key(words),
            shape,
            cue,
            date,
            headline: false,
            kind: None,
        };
        part.kind = part.by_words(words);
        part
    }

    /// What its own words settle; lists, tails and ends are settled with what follows them.
    fn by_words(&self, words: &str) -> Option<BlockKind> {
        let note = words.starts_with(['(', '[']) && words.ends_with([')', ']']) && self.shape.words <= 6;
        match self.cue {
            Some(Cue::Furniture) => Some(BlockKind::Clutter),
            Some(Cue::Byline) => Some(BlockKind::Byline),
            Some(Cue::Caption) => Some(BlockKind::Caption),
            None if self.date.is_some() => Some(BlockKind::Byline),
            None if note => Some(BlockKind::Clutter),
            _ => None,
        }
    }

    fn open(&self) -> bool {
        self.kind.is_none()
    }

    fn prose(&self) -> bool {
        self.open() && !self.headline && self.cue.is_none() && self.shape.prose()
    }
}

/// The units with their kinds; spans of turns leave out the speaker's name.
pub(super) fn classify(text: &str, units: &[Unit], title: Option<&str>) -> Vec<Part> {
    let mut parts: Vec<Part> = units.iter().map(|unit| Part::new(text, *unit)).collect();
    mail_header(text, &mut parts);
    sections(&mut parts);
    outlet_notes(text, &mut parts);
    mark_turns(text, &mut parts);
    long_headline(text, &mut parts);
    let body = body(&parts);
    mark_title(text, &mut parts, title, body);
    match body {
        Some((first, last)) => {
            mark_header(&mut parts, first);
            mark_body(text, &mut parts, first, last);
            mark_footer(&mut parts, last);
        }
        None => mark_without_prose(&mut parts),
    }
    parts
}

/// "From: … / Subject: … / Date: …" at the head of a mail.
fn mail_header(text: &str, parts: &mut [Part]) {
    const LABELS: [&str; 6] = ["from:", "to:", "subject:", "date:", "sent:", "cc:"];
    let label = |part: &Part| {
        let lower = part
            .span
            .text(text)
            .get(..12.min(part.span.len()))
            .unwrap_or("")
            .to_lowercase();
        LABELS.into_iter().find(|label| lower.starts_with(label))
    };
    let found: Vec<(usize, &str)> = parts
        .iter()
        .enumerate()
        .take(40)
        .filter_map(|(i, part)| Some((i, label(part)?)))
        .collect();
    if found.len() < 3 {
        return;
    }
    for (i, label) in found {
        parts[i].kind = Some(match label {
            "subject:" => BlockKind::Title,
            "from:" | "date:" | "sent:" => BlockKind::Byline,
            _ => BlockKind::Clutter,
        });
        if label == "subject:" {
            let start = parts[i].span.start + label.len();
            parts[i].span = super::line::trim(text, Span::new(start, parts[i].span.end));
        }
    }
}

/// Lists of other articles, comments, and whatever comes after the end.
fn sections(parts: &mut [Part]) {
    let all: usize = parts
        .iter()
        .filter(|part| part.prose())
        .map(|part| part.shape.words)
        .sum();
    let mut told = 0;
    let mut i = 0;
    while i < parts.len() {
        match parts[i].cue {
            Some(Cue::List) => {
                parts[i].kind = Some(BlockKind::Clutter);
                i = skip_list(parts, i + 1, told);
                continue;
            }
            Some(Cue::Tail) => {
                parts[i].kind = Some(BlockKind::Clutter);
                if told >= 40 {
                    return drop_rest(parts, i);
                }
            }
            Some(Cue::End) => {
                parts[i].kind = Some(BlockKind::Byline);
                if told > all.saturating_sub(told) {
                    return drop_rest(parts, i);
                }
            }
            _ if parts[i].prose() => told += parts[i].shape.words,
            _ => {}
        }
        i += 1;
    }
}

fn drop_rest(parts: &mut [Part], from: usize) {
    for part in parts[from..].iter_mut().filter(|part| part.open()) {
        part.kind = Some(BlockKind::Clutter);
    }
}

/// Marks a list's entries; where the article goes on after it, or begins.
fn skip_list(parts: &mut [Part], start: usize, told: usize) -> usize {
    let mut i = start;
    while i < parts.len() && !resumes(parts, start, i) && parts[i].cue != Some(Cue::List) {
        let head = parts[i].cue == Some(Cue::Byline) || parts[i].date.is_some();
        let begins = told < 40 && head && parts[i + 1..].iter().take(4).any(Part::prose);
        if begins && i > start {
            // The headline stands before the byline, and no list has the last word.
            if parts[i - 1].cue.is_none() && parts[i - 1].date.is_none() {
                parts[i - 1].kind = None;
            }
            return i;
        }
        // Dates in a list are those of other articles.
        let dated = parts[i].date.take().is_some();
        if parts[i].open() || dated {
            let end = parts[i].cue == Some(Cue::End);
            parts[i].kind = Some(if end { BlockKind::Byline } else { BlockKind::Clutter });
        }
        i += 1;
    }
    i
}

/// Teasers alternate with headlines; an article's paragraphs follow each other or are long.
fn resumes(parts: &[Part], start: usize, i: usize) -> bool {
    let words = parts[i].shape.words;
    if !parts[i].prose() || words < 8 {
        return false;
    }
    let next = parts.get(i + 1);
    let goes_on = next.is_some_and(|next| next.prose() && next.shape.words >= 8);
    let closes = i <= start + 2 && words >= 18 && next.is_none_or(|next| next.cue.is_some());
    goes_on || words >= 35 || closes
}

/// The last paragraphs may speak of the outlet or the author.
fn outlet_notes(text: &str, parts: &mut [Part]) {
    let prose: Vec<usize> = (0..parts.len()).filter(|i| parts[*i].prose()).collect();
    for i in prose.iter().skip(1).rev().take(3) {
        if describes_outlet(parts[*i].span.text(text), &parts[*i].shape) {
            parts[*i].kind = Some(BlockKind::Clutter);
        }
    }
}

fn mark_turns(text: &str, parts: &mut Vec<Part>) {
    let heads: Vec<Option<turns::Head>> = parts
        .iter()
        .map(|part| {
            if part.open() && part.cue.is_none() {
                turns::head(text, part.span)
            } else {
                None
            }
        })
        .collect();
    if !is_transcript(text, parts, &heads) {
        return;
    }
    let mut speaker = None;
    let mut kept = Vec::with_capacity(parts.len());
    for (i, mut part) in parts.drain(..).enumerate() {
        if let Some(head) = heads[i] {
            speaker = Some(head.speaker);
            if head.said.is_empty() {
                continue;
            }
            part.span = head.said;
            part.shape = Shape::of(head.said.text(text));
            part.kind = Some(BlockKind::Turn { speaker: head.speaker });
        } else if ends_turn(&part) {
            speaker = None;
        } else if let (Some(speaker), true) = (speaker, part.open()) {
            part.kind = Some(if bracketed(part.span.text(text)) {
                BlockKind::Clutter
            } else {
                BlockKind::Turn { speaker }
            });
        }
        kept.push(part);
    }
    *parts = kept;
}

/// A note of those who wrote the transcript down.
fn bracketed(words: &str) -> bool {
    words.len() < 200
        && words.starts_with(['(', '['])
        && words.ends_with([')', ']'])
        && words.matches(['(', '[']).count() == 1
}

/// "* * *", a date line, an agency's closing line, a crosshead in Title Case.
fn ends_turn(part: &Part) -> bool {
    let stars = part.shape.letters == 0;
    let edge = part.date.is_some() || matches!(part.cue, Some(Cue::End | Cue::Tail | Cue::List | Cue::Byline));
    stars || edge || (part.open() && part.shape.titled() && !part.shape.stop && part.shape.words <= 12)
}

/// One head that can only be a speaker's, names that come again, or names before words in the first person.
fn is_transcript(text: &str, parts: &[Part], heads: &[Option<turns::Head>]) -> bool {
    let found: Vec<(usize, turns::Head)> = heads
        .iter()
        .enumerate()
        .filter_map(|(i, head)| Some((i, (*head)?)))
        .collect();
    if found
        .iter()
        .any(|(i, head)| head.sure && (head.said.is_empty() || said_prose(text, head) || parts[*i].shape.stop))
    {
        return true;
    }
    if found.len() < 2 {
        return false;
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for (_, head) in &found {
        *times.entry(key(head.speaker.text(text))).or_default() += 1;
    }
    let again = found.len() >= 3 && times.values().any(|count| *count >= 2);
    let personal = found
        .iter()
        .filter(|(i, _)| first_person(parts[*i].span.text(text)))
        .count();
    again || personal * 2 > found.len()
}

fn said_prose(text: &str, head: &turns::Head) -> bool {
    let shape = Shape::of(head.said.text(text));
    shape.stop || shape.words >= 8
}

fn first_person(words: &str) -> bool {
    let mut pieces = words.split(|c: char| !c.is_alphanumeric()).take(400);
    pieces.any(|word| {
        matches!(
            word,
            "I" | "we" | "We" | "my" | "My" | "our" | "Our" | "you" | "You" | "your"
        )
    })
}

/// A first "sentence" without a full stop, soon followed by a byline or a date, is the headline.
fn long_headline(text: &str, parts: &mut [Part]) {
    let Some(first) = parts.iter().position(Part::prose) else {
        return;
    };
    let words = parts[first].span.text(text);
    let unended = !parts[first].shape.stop || words.ends_with('?');
    if unended
        && parts[first].shape.words <= 25
        && before_byline(parts, first)
        && parts[first + 1..].iter().any(Part::prose)
    {
        parts[first].headline = true;
    }
}

/// Whether a byline or a line of dates follows before any sentence does.
fn before_byline(parts: &[Part], i: usize) -> bool {
    let mut after = parts[i + 1..]
        .iter()
        .take(4)
        .take_while(|part| !part.prose() && part.kind != Some(BlockKind::Clutter));
    after.any(|part| part.kind == Some(BlockKind::Byline))
}

/// First and last unit of the article: prose or turns.
fn body(parts: &[Part]) -> Option<(usize, usize)> {
    let inside = |part: &Part| part.prose() || matches!(part.kind, Some(BlockKind::Turn { .. }));
    let first = parts.iter().position(inside)?;
    let last = parts.iter().rposition(inside)?;
    Some((first, last))
}

/// The headline and its repetitions anywhere.
fn mark_title(text: &str, parts: &mut [Part], given: Option<&str>, body: Option<(usize, usize)>) {
    let given = given.map(key).filter(|key| !key.is_empty());
    let mail = parts
        .iter()
        .find(|part| part.kind == Some(BlockKind::Title))
        .map(|part| part.key.clone());
    let zone = body.map_or(0, |(first, _)| first);
    let best = best_title(text, parts, zone).map(|i| parts[i].key.clone());
    let given_found = given.filter(|key| parts.iter().any(|part| part.key == *key && !part.shape.strong()));
    let Some(title) = given_found.or(mail).or(best) else {
        return;
    };
    for part in parts
        .iter_mut()
        .filter(|part| part.kind.is_none() || part.kind == Some(BlockKind::Clutter))
    {
        let cut = part.key.len() >= 25 && title.starts_with(&part.key);
        if part.key == title || (cut && part.open()) {
            part.kind = Some(BlockKind::Title);
        }
    }
}

/// The likeliest headline before the body.
fn best_title(text: &str, parts: &[Part], end: usize) -> Option<usize> {
    // Nobody scrolls past more to find the headline; and it keeps the search linear.
    let start = end.saturating_sub(80);
    let zone = &parts[start..end];
    let open: Vec<usize> = (0..zone.len())
        .filter(|i| zone[*i].open() && zone[*i].marker == Marker::None)
        .collect();
    let mut best: Option<(i32, usize)> = None;
    for i in &open {
        let score = title_score(
            text,
            zone,
            *i,
            open.last() == Some(i) || before_byline(parts, start + *i),
        ) + i32::from(before_byline(parts, start + *i));
        if score >= 1 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, *i));
        }
    }
    best.map(|(_, i)| start + i)
}

fn title_score(text: &str, zone: &[Part], i: usize, closest: bool) -> i32 {
    let part = &zone[i];
    let words = part.shape.words;
    if !(2..=30).contains(&words) && !part.shape.foreign {
        return 0;
    }
    let repeated = zone.iter().filter(|other| other.key == part.key).count() > 1;
    let site = [
        "official website",
        "official site",
        "news agency",
        "portal",
        ".com",
        ".org",
        "press service",
    ]
    .iter()
    .any(|cue| part.key.contains(cue));
    let label = part.span.text(text).ends_with(':');
    let long = if (5..=25).contains(&words) { 2 } else { 0 };
    long + 3 * i32::from(repeated && words >= 4) + i32::from(part.shape.titled()) + i32::from(closest)
        - 4 * i32::from(site)
        - 2 * i32::from(label)
}

/// Before the body: what stands after the headline may be a standfirst or a picture's name, the rest is furniture.
fn mark_header(parts: &mut [Part], first: usize) {
    let title = parts[..first]
        .iter()
        .rposition(|part| part.kind == Some(BlockKind::Title));
    let mut times: HashMap<String, usize> = HashMap::new();
    for part in &parts[..first] {
        *times.entry(part.key.clone()).or_default() += 1;
    }
    let roles: Vec<bool> = parts
        .iter()
        .map(|part| part.cue == Some(Cue::Byline) && part.date.is_none())
        .collect();
    for (i, part) in parts[..first].iter_mut().enumerate().filter(|(_, part)| part.open()) {
        let author = roles.get(i + 1) == Some(&true) && part.shape.titled() && part.shape.words <= 3;
        let after_title = title.is_some_and(|title| i > title) && part.marker == Marker::None;
        part.kind = Some(match part.shape.words {
            _ if !after_title => BlockKind::Clutter,
            _ if author => BlockKind::Byline,
            _ if times[&part.key] > 1 => BlockKind::Caption,
            5.. => BlockKind::Heading,
            2..5 if part.shape.titled() => BlockKind::Caption,
            _ => BlockKind::Clutter,
        });
    }
}

/// Between the first and the last sentence of the article.
fn mark_body(text: &str, parts: &mut [Part], first: usize, last: usize) {
    let mut told: HashMap<String, usize> = HashMap::new();
    for i in first..=last {
        if !parts[i].open() {
            continue;
        }
        let times = told.entry(parts[i].key.clone()).or_default();
        *times += 1;
        let repeated = *times > 1;
        parts[i].kind = Some(in_body(text, parts, i, repeated));
    }
}

fn in_body(text: &str, parts: &[Part], i: usize, repeated: bool) -> BlockKind {
    let part = &parts[i];
    let shape = &part.shape;
    if part.prose() {
        return BlockKind::Paragraph;
    }
    let words = part.span.text(text);
    let listed = part.marker != Marker::None;
    if shape.numeric() || (listed && !shape.stop && (shape.words <= 3 || shape.titled())) {
        return BlockKind::Clutter;
    }
    let under_clutter = i > 0 && parts[i - 1].kind == Some(BlockKind::Clutter);
    if under_clutter && !listed && !shape.stop && shape.words <= 5 && shape.lower_start {
        return BlockKind::Clutter;
    }
    if listed || shape.stop || shape.lower_start || words.ends_with([';', ',', ':']) {
        return BlockKind::Paragraph;
    }
    if repeated {
        return BlockKind::Clutter;
    }
    let under_head = parts[..i]
        .last()
        .is_some_and(|before| matches!(before.kind, Some(BlockKind::Title | BlockKind::Byline)));
    if under_head && shape.titled() && shape.words <= 4 {
        return BlockKind::Caption;
    }
    let salutation = [
        "mr ",
        "mr. ",
        "mrs",
        "madam",
        "dear ",
        "your excellency",
        "ladies and",
        "colleagues",
        "friends",
    ]
    .iter()
    .any(|start| part.key.starts_with(start));
    if shape.words > 14 || salutation || (shape.foreign && shape.words > 10) {
        return BlockKind::Paragraph;
    }
    let leads = parts[i + 1..]
        .iter()
        .find(|next| next.kind != Some(BlockKind::Clutter) || next.shape.letters > 0);
    let heading = leads.is_some_and(|next| {
        next.prose()
            || matches!(next.kind, Some(BlockKind::Turn { .. } | BlockKind::Byline))
            || next.marker != Marker::None
    });
    if heading {
        BlockKind::Heading
    } else {
        BlockKind::Clutter
    }
}

/// After the body only a line that goes on like a sentence is the article's.
fn mark_footer(parts: &mut [Part], last: usize) {
    for (i, part) in parts
        .iter_mut()
        .enumerate()
        .skip(last + 1)
        .filter(|(_, part)| part.open())
    {
        let shape = &part.shape;
        let sentence = i == last + 1 && shape.words >= 6 && shape.function >= 0.2 && !shape.titled();
        part.kind = Some(if sentence {
            BlockKind::Paragraph
        } else {
            BlockKind::Clutter
        });
    }
}

/// Nothing but titles and labels: a text that is a headline is its own content.
fn mark_without_prose(parts: &mut [Part]) {
    let open = parts.iter().filter(|part| part.open()).count();
    for part in parts.iter_mut().filter(|part| part.open()) {
        let telling = part.shape.words >= 3 || part.shape.foreign || open == 1;
        part.kind = Some(if telling && part.shape.letters > 0 {
            BlockKind::Paragraph
        } else {
            BlockKind::Clutter
        });
    }
}

//! Bylines, datelines and lines of dates: who issued a document, when and where.

use attache_parse::Span;
use jiff::civil::Date;

use super::line::{ends_sentence, trim};
use super::shape::{floor_boundary, is_function};
use crate::date::DateRange;
use crate::time;

/// Characters of a paragraph in which its dateline must end.
const DATELINE: usize = 110;

/// A line that tells dates and little else.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct DateLine {
    pub published: Option<DateRange>,
    pub updated: Option<Date>,
    /// Place named beside the date.
    pub place: Option<Span>,
}

/// The opening words of a paragraph that tell where and when it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dateline {
    /// All of it, with the dash.
    pub span: Span,
    pub place: Option<Span>,
    pub date: Option<DateRange>,
}

/// Reads "Updated: 18-02-2026 14:25 | Created: …", "May 9, 2024, The Castle, Prague", "14:05 GMT".
pub(super) fn date_line(text: &str, span: Span) -> Option<DateLine> {
    let words = span.text(text);
    if words.len() > 200 || words.split_whitespace().count() > 20 {
        return None;
    }
    let found = time::expressions(text, span, None);
    let dates: Vec<_> = found.iter().filter(|e| e.range.is_some() && !e.relative).collect();
    let clock_only = found.len() == 1 && found[0].kind == time::TimeKind::Time;
    if dates.is_empty() && !clock_only && !bare_clock(words) {
        return None;
    }
    let covered: usize = found.iter().map(|e| e.span.len()).sum();
    let labelled = words.contains('|') || LABELS.iter().any(|label| words.to_lowercase().contains(label));
    if !labelled && (!only_places(text, span, &found) || (ends_sentence(words) && covered * 2 < words.len())) {
        return None;
    }
    let mut line = DateLine::default();
    let mut from = span.start;
    for date in dates {
        let label = text.get(from..date.span.start).unwrap_or("").to_lowercase();
        from = date.span.end;
        match label.contains("updated") || label.contains("modified") || label.contains("edited") {
            true => line.updated = line.updated.or(date.range.map(|range| range.start)),
            false => line.published = line.published.or(date.range),
        }
    }
    line.place = last_place(text, span, &found);
    Some(line)
}

const LABELS: [&str; 10] = [
    "updated",
    "published",
    "created",
    "modified",
    "posted",
    "issued",
    "released",
    "date:",
    "first published",
    "last edited",
];

fn bare_clock(words: &str) -> bool {
    let (hour, minute) = words.split_once([':', '.']).unwrap_or(("", ""));
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(hour) && digits(minute)
}

/// Whether the words beside the dates are few and capitalised.
fn only_places(text: &str, span: Span, found: &[time::TimeExpression]) -> bool {
    let rest = rest(text, span, found);
    let mut words = rest
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty());
    let count = words.clone().count();
    count <= 7 && words.all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || is_function(word))
}

fn rest(text: &str, span: Span, found: &[time::TimeExpression]) -> String {
    let mut rest = String::new();
    let mut at = span.start;
    for expression in found {
        rest.push_str(text.get(at..expression.span.start).unwrap_or(""));
        rest.push(' ');
        at = expression.span.end;
    }
    rest.push_str(text.get(at..span.end).unwrap_or(""));
    rest
}

/// "…, The Castle, Prague": the piece after the last comma.
fn last_place(text: &str, span: Span, found: &[time::TimeExpression]) -> Option<Span> {
    let start = found.last().map_or(span.start, |e| e.span.end);
    let words = text.get(start..span.end)?;
    if words.contains('|') || words.contains(':') {
        return None;
    }
    let at = words.rfind(',').map_or(start, |comma| start + comma + 1);
    let place = trim(text, Span::new(at, span.end));
    let words = place.text(text).trim_end_matches('.');
    (!words.is_empty()
        && words
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’'))
        && words.starts_with(char::is_uppercase))
    .then(|| Span::new(place.start, place.start + words.len()))
}

/// Reads "Moscow, February 2026 —", "GENEVA (Reuters) -", "KABUL, May 3 (AP) --" at the head of a paragraph.
pub(super) fn dateline(text: &str, span: Span, anchor: Option<DateRange>) -> Option<Dateline> {
    let words = span.text(text);
    let look = &words[..floor_boundary(words, DATELINE)];
    let (length, after) = dash(look).or_else(|| agency_stop(look))?;
    let head = Span::new(span.start, span.start + length);
    let body = trim(text, Span::new(span.start + after, span.end));
    if body.is_empty()
        || !body
            .text(text)
            .trim_start_matches(['"', '“', '‘', '\''])
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    {
        return None;
    }
    let found = time::expressions(text, head, anchor);
    let place = first_place(text, head)?;
    let told = found.iter().find(|e| e.is_dated());
    let loud = place
        .text(text)
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    let agency = head.text(text).contains('(') || head.text(text).contains('/');
    let wide = look[length..after].contains(['—', '–', '_']) || look[length..after].contains("--");
    (told.is_some() || loud || agency || wide).then(|| Dateline {
        span: Span::new(span.start, body.start),
        place: Some(place),
        date: told.and_then(|e| e.range),
    })
}

/// Where the first dash that stands apart begins and where it ends.
fn dash(look: &str) -> Option<(usize, usize)> {
    ["--", "—", " – ", " - ", " _ ", ") -", ") –"]
        .iter()
        .filter_map(|sign| {
            look.find(sign)
                .map(|at| (at + usize::from(sign.starts_with(')')), at + sign.len()))
        })
        .min()
        .filter(|(at, _)| *at >= 3)
}

/// "MOSCOW, February 18. /TASS/. ", "BEIJING, May 3 (Xinhua). ".
fn agency_stop(look: &str) -> Option<(usize, usize)> {
    let at = look.find("/. ").or_else(|| look.find("). "))?;
    let opened = look[..at].contains('/') || look[..at].contains('(');
    let loud = look.split([',', ' ']).next()?.chars().all(char::is_uppercase);
    (opened && loud).then_some((at + 1, at + 3))
}

/// The capitalised words up to a comma, a bracket or a number.
fn first_place(text: &str, head: Span) -> Option<Span> {
    let words = head.text(text);
    let end = words
        .find([',', '(', '/', ':', ';', '"', '“', '.'])
        .unwrap_or(words.len());
    let first = trim(text, Span::new(head.start, head.start + end));
    let name = first.text(text);
    let mut pieces = name.split_whitespace();
    let fits = (1..=4).contains(&name.split_whitespace().count())
        && pieces.all(|word| {
            word.starts_with(char::is_uppercase) || matches!(word, "de" | "of" | "the" | "al" | "el" | "la" | "and")
        });
    let rest = &words[end..];
    let rest_fits = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || word.len() <= 3);
    (fits
        && rest_fits
        && !name.is_empty()
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| !c.is_numeric()))
    .then_some(first)
}

/// "… . (TASS)" at a paragraph's end: the agency in brackets.
pub(super) fn signature(text: &str, span: Span) -> Option<Span> {
    let words = span.text(text);
    let inner = words
        .trim_end_matches('.')
        .strip_suffix(')')
        .or_else(|| words.strip_suffix(".)"))?;
    let open = inner.rfind('(')?;
    let name = &inner[open + 1..];
    let agency = name.len() <= 40
        && (1..=4).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let sentence = words[..open].trim_end();
    (agency && ends_sentence(sentence) && sentence.len() > 20).then(|| Span::new(span.start + open, span.end))
}

/// Names of people in "By Jane Doe and John Roe, Agency".
pub(super) fn authors(words: &str) -> Vec<String> {
    let lower = words.to_lowercase();
    let Some(rest) = [
        "by ",
        "written by ",
        "posted by ",
        "author: ",
        "story by ",
        "interview by ",
        "report by ",
        "words by ",
    ]
    .iter()
    .find_map(|start| lower.starts_with(start).then(|| words.get(start.len()..)).flatten()) else {
        return Vec::new();
    };
    let names = rest.split(['|', '(', '·', '•']).next().unwrap_or("");
    let mut authors = Vec::new();
    for piece in names
        .split(',')
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
    {
        let name = until(piece, &[" in ", " on "]).trim();
        let parts = name.split_whitespace().count();
        let person = (2..=4).contains(&parts)
            && name.split_whitespace().all(|part| part.starts_with(char::is_uppercase))
            && name
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
        let role = [
            "Correspondent",
            "Editor",
            "Reporter",
            "Staff",
            "Desk",
            "Press",
            "News",
            "Agency",
            "Writer",
            "Bureau",
        ]
        .iter()
        .any(|role| name.contains(role));
        if person && !role {
            authors.push(name.to_owned());
        }
    }
    authors
}

/// The words up to the first of these.
fn until<'a>(words: &'a str, ends: &[&str]) -> &'a str {
    let end = ends
        .iter()
        .filter_map(|end| words.find(end))
        .min()
        .unwrap_or(words.len());
    &words[..end]
}

/// The outlet, where a line names it: "Official website of …", "… News Desk |", "© 2014 The Courier".
pub(super) fn publisher(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    if lower.starts_with("official website of") || lower.starts_with("official site of") {
        return Some(words.to_owned()).filter(|name| name.len() <= 120);
    }
    if let Some(at) = lower.find(" news desk").filter(|at| *at > 0) {
        return words
            .get(..at)
            .map(str::to_owned)
            .filter(|name| name.split_whitespace().count() <= 4);
    }
    let at = lower
        .find("©")
        .map(|at| at + "©".len())
        .or_else(|| lower.strip_prefix("copyright").map(|rest| lower.len() - rest.len()))?;
    let name = words.get(at..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let name = name
        .trim_start_matches("Copyright")
        .trim_start_matches(|c: char| !c.is_alphabetic());
    let end = name.find(['.', '|', ',', ';']).unwrap_or(name.len());
    let name = name[..end]
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches(" All rights reserved")
        .trim();
    (name.starts_with(char::is_uppercase) && (1..=6).contains(&name.split_whitespace().count()))
        .then(|| name.to_owned())
}

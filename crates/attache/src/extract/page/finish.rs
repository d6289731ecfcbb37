//! Chosen lines to the text of a document and its parts.

use attache_parse::Span;

use super::super::classify::{Part, classify};
use super::super::cue::Cue;
use super::super::line::{Marker, Unit};
use super::lines::{Holder, Line};
use super::text::Chosen;
use super::words::{overlap, tokens};
use crate::document::{Block, BlockKind};

/// The text and its parts.
pub(super) struct Parts {
    pub text: String,
    pub blocks: Vec<Block>,
    /// First and last of the lines of the page that are in the text.
    pub body: Option<(usize, usize)>,
}

struct Row {
    span: Span,
    kind: Holder,
    line: Option<usize>,
}

/// The text, paragraphs apart by empty lines, entries of lists and rows of tables by line ends. What the words of a line give
/// away as furniture is left out.
pub(super) fn assemble(lines: &[Line], chosen: &Chosen, headline: Option<&str>) -> Parts {
    let first: Vec<(String, Holder, Option<usize>)> = match chosen {
        Chosen::Lines(chosen) => chosen
            .iter()
            .map(|at| (lines[*at].text.replace('\n', " "), lines[*at].kind, Some(*at)))
            .collect(),
        Chosen::Stated(rows) => rows.iter().map(|row| (row.clone(), Holder::Paragraph, None)).collect(),
    };
    let (draft, rows) = join(&first);
    let units: Vec<Unit> = rows.iter().map(unit).collect();
    let parts = classify(&draft, &units, headline);
    let verdicts = verdicts(&draft, &rows, &parts, headline);
    let mut parts_of = Parts {
        text: String::new(),
        blocks: Vec::new(),
        body: None,
    };
    let mut last: Option<&Row> = None;
    for (row, verdict) in rows.iter().zip(verdicts) {
        let Verdict::Keep(kinds) = verdict else {
            continue;
        };
        separate(last, row, &mut parts_of.text);
        let shift = parts_of.text.len();
        parts_of.text.push_str(row.span.text(&draft));
        let moved = |span: Span| Span::new(span.start - row.span.start + shift, span.end - row.span.start + shift);
        for (span, kind) in kinds {
            // A speaker stands before his words, in this row or in one above.
            let kind = match kind {
                BlockKind::Turn { speaker } if speaker.start >= row.span.start => BlockKind::Turn {
                    speaker: moved(speaker),
                },
                BlockKind::Turn { speaker } => match said_before(&rows, speaker, &draft, &parts_of.text) {
                    Some(speaker) => BlockKind::Turn { speaker },
                    None => BlockKind::Paragraph,
                },
                kind => kind,
            };
            parts_of.blocks.push(Block {
                span: moved(span),
                kind,
            });
        }
        if let Some(line) = row.line {
            parts_of.body = Some((parts_of.body.map_or(line, |(first, _)| first), line));
        }
        last = Some(row);
    }
    parts_of
}

/// What becomes of a row.
enum Verdict {
    Drop,
    /// Its parts: none where a speaker's name stands alone.
    Keep(Vec<(Span, BlockKind)>),
}

fn join(lines: &[(String, Holder, Option<usize>)]) -> (String, Vec<Row>) {
    let mut text = String::new();
    let mut rows: Vec<Row> = Vec::new();
    for (words, kind, line) in lines.iter().filter(|(words, ..)| !words.is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        rows.push(Row {
            span,
            kind: *kind,
            line: *line,
        });
    }
    (text, rows)
}

fn separate(last: Option<&Row>, row: &Row, text: &mut String) {
    let listed = |row: &Row| matches!(row.kind, Holder::Item | Holder::Row);
    match last {
        None => {}
        Some(last) if listed(last) && last.kind == row.kind => text.push('\n'),
        Some(_) => text.push_str("\n\n"),
    }
}

fn unit(row: &Row) -> Unit {
    Unit {
        span: row.span,
        marker: match row.kind {
            Holder::Item => Marker::Bullet,
            _ => Marker::None,
        },
        gap: true,
    }
}

/// A row by the words of its line and those around it; the markup has the last word on headings and lists.
fn verdicts(draft: &str, rows: &[Row], parts: &[Part], headline: Option<&str>) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(rows.len());
    let mut at = 0;
    // Whether a line has said that what follows is not the article.
    let mut over = false;
    for row in rows {
        let from = at;
        while at < parts.len() && parts[at].span.end <= row.span.end {
            at += 1;
        }
        let inside = &parts[from..at];
        let Some(part) = inside.first() else {
            verdicts.push(Verdict::Keep(Vec::new()));
            continue;
        };
        let words = row.span.text(draft);
        let verdict = match is_repeated(words, headline) || is_page_number(words) {
            true => Verdict::Drop,
            false => verdict(row, part, over),
        };
        over = match (&verdict, part.cue) {
            (_, Some(Cue::List | Cue::Tail | Cue::End)) => true,
            (Verdict::Keep(_), _) => false,
            _ => over,
        };
        verdicts.push(verdict);
    }
    // A heading leads to something.
    for at in (0..verdicts.len()).rev() {
        match &verdicts[at] {
            Verdict::Keep(kinds) if matches!(kinds[..], [(_, BlockKind::Heading)]) => verdicts[at] = Verdict::Drop,
            Verdict::Keep(_) => break,
            Verdict::Drop => {}
        }
    }
    verdicts
}

/// "… (continued)" on the second page.
fn is_repeated(words: &str, headline: Option<&str>) -> bool {
    headline.is_some_and(|headline| words.len() <= headline.len() + 20 && overlap(words, headline) >= 0.85)
}

/// "Page 1 of 2".
fn is_page_number(words: &str) -> bool {
    let tokens = tokens(words);
    tokens.len() == 4 && tokens[0] == "page" && tokens[2] == "of"
}

fn verdict(row: &Row, part: &Part, over: bool) -> Verdict {
    let heading = matches!(row.kind, Holder::Heading(_));
    let keep = |kind: BlockKind| Verdict::Keep(vec![(part.span, kind)]);
    let plain = || {
        keep(if heading {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        })
    };
    match (&part.kind, part.cue) {
        (Some(BlockKind::Turn { speaker }), _) => keep(BlockKind::Turn { speaker: *speaker }),
        (Some(BlockKind::Paragraph), _) => plain(),
        (Some(BlockKind::Heading), _) => keep(BlockKind::Heading),
        (_, Some(Cue::End)) if !over => keep(BlockKind::Byline),
        (_, Some(Cue::Furniture | Cue::Caption)) if row.kind == Holder::Row && !over => plain(),
        (_, Some(_)) | (Some(BlockKind::Title), _) => Verdict::Drop,
        (Some(BlockKind::Byline), _) if !heading && row.kind != Holder::Row => Verdict::Drop,
        _ if over => Verdict::Drop,
        _ => plain(),
    }
}

/// Where a speaker's name of an earlier row stands in the new text.
fn said_before(rows: &[Row], speaker: Span, draft: &str, text: &str) -> Option<Span> {
    let row = rows
        .iter()
        .find(|row| row.span.start <= speaker.start && speaker.end <= row.span.end)?;
    let at = text.rfind(row.span.text(draft))?;
    let start = at + (speaker.start - row.span.start);
    Some(Span::new(start, start + speaker.len()))
}

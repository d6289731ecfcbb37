//! Text to units: lines as people paste them, with hard-wrapped lines put together.

use attache_parse::Span;

/// What stood before the words of a line, and is no part of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    None,
    /// "•", "*", "-".
    Bullet,
    /// "1.", "2)".
    Number,
}

/// A paragraph, a heading, a menu entry: one line, or the wrapped lines of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Without markers and white space at both ends.
    pub span: Span,
    pub marker: Marker,
    /// Whether an empty line, or the start of the text, comes before.
    pub gap: bool,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    unit: Unit,
    /// Characters from the line's start.
    width: usize,
    /// Levels of ">" quoting.
    quoted: usize,
}

/// The units of `text` in order; white space belongs to none.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrap = wrap_width(text, &lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        match (last, units.last_mut()) {
            (Some(before), Some(unit)) if continues(text, before, line, wrap) => unit.span.end = line.unit.span.end,
            _ => units.push(line.unit),
        }
        last = Some(line);
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut gap) = (0, true);
    let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}');
    for piece in text.split_inclusive(is_break) {
        match line(text, Span::new(start, start + piece.len()), gap) {
            Some(line) => {
                lines.push(line);
                gap = false;
            }
            // The "\n" of "\r\n" is a piece of its own, and no empty line.
            None => gap |= piece != "\n" || !text[..start].ends_with('\r') || text[..start].ends_with("\n\r"),
        }
        start += piece.len();
    }
    lines
}

fn line(text: &str, span: Span, gap: bool) -> Option<Line> {
    let (inner, quoted) = strip_quotes(text, trim(text, span));
    if inner.is_empty() {
        return None;
    }
    let (words, marker) = strip_marker(text, inner);
    Some(Line {
        unit: Unit {
            span: words,
            marker,
            gap,
        },
        width: inner.text(text).chars().take(200).count(),
        quoted,
    })
}

/// The span without white space and invisible characters at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}');
    let words = span.text(text);
    let start = span.start + (words.len() - words.trim_start_matches(blank).len());
    Span::new(start, start + words.trim_matches(blank).len())
}

/// Takes off ">" marks of quoted mail.
fn strip_quotes(text: &str, mut span: Span) -> (Span, usize) {
    let mut quoted = 0;
    while span.text(text).starts_with('>') {
        span = trim(text, Span::new(span.start + 1, span.end));
        quoted += 1;
    }
    (span, quoted)
}

fn strip_marker(text: &str, span: Span) -> (Span, Marker) {
    let words = span.text(text);
    let mut chars = words.chars();
    let first = chars.next().unwrap_or(' ');
    if matches!(
        first,
        '•' | '·' | '◦' | '▪' | '■' | '►' | '▶' | '→' | '»' | '*' | '-' | '–' | '—'
    ) {
        let rest = trim(text, Span::new(span.start + first.len_utf8(), span.end));
        let apart = chars.next().is_some_and(char::is_whitespace);
        return if apart && rest.text(text).starts_with(char::is_alphanumeric) {
            (rest, Marker::Bullet)
        } else {
            (span, Marker::None)
        };
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let sign = words
        .as_bytes()
        .get(digits)
        .is_some_and(|byte| matches!(byte, b'.' | b')'));
    let apart = words
        .get(digits + 1..)
        .is_some_and(|rest| rest.starts_with([' ', '\t', '\u{A0}']));
    if (1..=3).contains(&digits) && sign && apart {
        return (trim(text, Span::new(span.start + digits + 1, span.end)), Marker::Number);
    }
    (span, Marker::None)
}

/// Width at which the text was wrapped by hand or by mail, in characters; 0 where it was not. Wrapped lines end in
/// the middle of a sentence, close below a common width, and the next line goes on in small letters.
fn wrap_width(text: &str, lines: &[Line]) -> usize {
    let broken: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[1].unit.gap && pair[0].width >= 40 && pair[0].quoted == pair[1].quoted)
        .filter(|pair| !ends_sentence(pair[0].unit.span.text(text)) && goes_on(text, &pair[0], &pair[1]))
        .map(|pair| pair[0].width)
        .collect();
    let Some(widest) = broken.iter().copied().max().filter(|width| *width <= 110) else {
        return 0;
    };
    let close = broken.iter().filter(|width| **width + 18 >= widest).count();
    if broken.len() >= 2 && close * 10 >= broken.len() * 6 {
        widest
    } else {
        0
    }
}

fn goes_on(text: &str, line: &Line, next: &Line) -> bool {
    let end = line.unit.span.text(text);
    next.unit.marker == Marker::None
        && (end.ends_with(',') || next.unit.span.text(text).starts_with(char::is_lowercase))
}

/// Whether `next` is the wrapped rest of `line`: its first word would not have fitted.
fn continues(text: &str, line: &Line, next: &Line, wrap: usize) -> bool {
    if wrap == 0 || next.unit.gap || next.unit.marker != Marker::None || line.quoted != next.quoted {
        return false;
    }
    let words = next.unit.span.text(text);
    let first = words
        .split_whitespace()
        .next()
        .map_or(0, |word| word.chars().take(200).count());
    let full = line.width + 1 + first > wrap.saturating_sub(2);
    let unended = !ends_sentence(line.unit.span.text(text));
    let rest = unended && (line.width * 4 > wrap * 3 || (line.width >= 30 && words.starts_with(char::is_lowercase)));
    line.width <= wrap + 12 && (full || rest)
}

/// Whether the words end as a sentence does: stop, question or exclamation mark, maybe within quotes or brackets.
pub(super) fn ends_sentence(words: &str) -> bool {
    let closers = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '“' | '*') || c.is_whitespace();
    words
        .trim_end_matches(closers)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        units(text).iter().map(|unit| unit.span.text(text)).collect()
    }

    #[test]
    fn lines_are_units() {
        assert_eq!(split("One.\n\n  Two. \r\nThree"), ["One.", "Two.", "Three"]);
        assert_eq!(split("• One\n2) Two\n> Three\n* * *"), ["One", "Two", "Three", "* * *"]);
        let gaps: Vec<bool> = units("One.\r\n\r\nTwo.\r\nThree").iter().map(|unit| unit.gap).collect();
        assert_eq!(gaps, [true, true, false]);
    }

    #[test]
    fn wrapped_lines_are_put_together() {
        let text = "The delegates gathered in the old town hall on the first morning of\n\
                    the congress and quarrelled about the order in which the states were to\n\
                    sit, which took until noon.\n\
                    After the meal they voted on the borders that had been drawn in the\n\
                    spring.\n";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn headlines_under_each_other_stay_apart() {
        let text = "Congress Opens In Vienna As Powers Quarrel Over Saxony\nFrance Sends Envoy To Seek Seat At The Main Table\n";
        assert_eq!(split(text).len(), 2);
    }
}

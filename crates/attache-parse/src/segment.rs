//! Paragraphs and sentences of a text.
//!
//! Own rules instead of the Unicode sentence algorithm: every stop that it proposes in news text had to be judged again, and
//! it proposes none before a lower-case letter. All loops look a bounded way back and ahead, so time is linear.

use crate::{Span, token};

/// The sentences of `text`, in text order, not overlapping, without surrounding white space.
///
/// A line end closes a sentence unless the line was wrapped by hand; see [`paragraphs`].
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let part = paragraph.text(text);
        let mut start = 0;
        for end in ends(part) {
            found.extend(trimmed(part, start, end).map(|span| span.shift(paragraph.start)));
            start = end;
        }
    }
    found
}

/// The paragraphs of `text`, in text order, not overlapping, without surrounding white space.
///
/// Each line is a paragraph, except where lines were wrapped at a fixed width of at most 100 characters, as in mail and wire
/// copy: such lines make one paragraph up to an empty or indented line.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    for line in lines(text) {
        match line {
            Some(line) => block.push(line),
            None => close_block(&mut block, &mut found),
        }
    }
    close_block(&mut block, &mut found);
    found
}

/// One line that is not empty.
struct Line<'a> {
    /// Without surrounding white space, in bytes of the text.
    span: Span,
    words: &'a str,
    /// White space before the first word, in characters.
    indent: usize,
    /// Length with the indent, in characters; no longer counted than needed.
    width: usize,
}

/// Wider lines are not taken for wrapped ones.
const WIDEST: usize = 100;
/// Narrower blocks are not taken for wrapped ones: verse, tables, lists.
const NARROWEST: usize = 45;

/// The lines of the text; `None` for an empty line.
fn lines(text: &str) -> impl Iterator<Item = Option<Line<'_>>> {
    let mut at = 0;
    text.split_inclusive(is_line_end).filter_map(move |line| {
        let start = at;
        at += line.len();
        // The line end `\r\n` is one, not two.
        if line == "\n" && text[..start].ends_with('\r') {
            return None;
        }
        let words = line.trim();
        let lead = line.len() - line.trim_start().len();
        let indent = line[..lead].chars().count();
        let width = indent + words.chars().take(WIDEST + 1).count();
        let span = Span::new(start + lead, start + lead + words.len());
        Some((!words.is_empty()).then_some(Line {
            span,
            words,
            indent,
            width,
        }))
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Adds the paragraphs of consecutive lines.
fn close_block(block: &mut Vec<Line>, found: &mut Vec<Span>) {
    let wrapped = is_wrapped(block);
    let mut open: Option<(Span, &Line)> = None;
    for line in block.iter() {
        open = match open {
            Some((span, last)) if wrapped && continues(last, line) => Some((span.cover(line.span), line)),
            other => {
                found.extend(other.map(|(span, _)| span));
                Some((line.span, line))
            }
        };
    }
    found.extend(open.map(|(span, _)| span));
    block.clear();
}

/// Whether the lines were broken because the next word did not fit.
fn is_wrapped(block: &[Line]) -> bool {
    let widest = block.iter().map(|line| line.width).max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&widest) {
        return false;
    }
    let (mut joints, mut full, mut flowing) = (0, 0, 0);
    for pair in block.windows(2).filter(|pair| continues(&pair[0], &pair[1])) {
        joints += 1;
        full += usize::from(pair[0].width + 1 + first_word(pair[1].words) > widest);
        flowing += usize::from(flows(pair[0].words, pair[1].words));
    }
    // Headlines and lists have short lines among long ones and seldom run on from line to line.
    flowing > 0 && 4 * full >= 3 * joints && 3 * flowing >= joints
}

fn first_word(words: &str) -> usize {
    words.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Whether a sentence seems to run over the line end.
fn flows(line: &str, next: &str) -> bool {
    let stops = line.ends_with(['.', '!', '?', ':', '"', '”']);
    next.starts_with(|c: char| c.is_lowercase()) || (!stops && !is_bullet(next))
}

/// Whether the line goes on in the next one, within a wrapped block.
fn continues(line: &Line, next: &Line) -> bool {
    next.indent <= line.indent && !is_bullet(next.words) && !is_rule(next.words) && !is_rule(line.words)
}

fn is_bullet(words: &str) -> bool {
    let mut chars = words.chars();
    let mark = chars
        .next()
        .is_some_and(|c| matches!(c, '*' | '-' | '+' | '>' | '#' | '–' | '—') || is_bullet_sign(c));
    mark && chars.next().is_some_and(char::is_whitespace)
}

fn is_bullet_sign(c: char) -> bool {
    matches!(c, '•' | '‣' | '▪' | '●' | '■' | '◦' | '·' | '►')
}

/// A line of dashes, stars or the like that parts sections.
fn is_rule(words: &str) -> bool {
    let Some(first) = words.chars().next().filter(|c| "-=_*~#".contains(*c)) else {
        return false;
    };
    words.len() >= 5 && words.chars().all(|c| c == first)
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    let span = Span::new(start + lead, start + lead + part.trim().len());
    (!span.is_empty()).then_some(span)
}

/// Where the sentences of one paragraph end, in bytes of it; the last is its length.
fn ends(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    // Where the sentence has begun, once a character other than white space was seen.
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    let mut after_space = true;
    while let Some((at, c)) = chars.next() {
        let parted = after_space && (is_bullet_sign(c) && is_bullet(&text[at..]) || is_rule(chunk(text, at)));
        let ruled = c.is_whitespace() && start.is_some_and(|start| is_rule(&text[start..at]));
        if parted || ruled {
            found.push(at);
            start = None;
        }
        after_space = c.is_whitespace();
        if !after_space {
            start.get_or_insert(at);
        }
        if !is_stop(c) {
            continue;
        }
        while chars.next_if(|(_, c)| is_stop(*c)).is_some() {}
        let stop_end = chars.peek().map_or(text.len(), |(at, _)| *at);
        let end = after_closers(text, stop_end);
        while chars.next_if(|(at, _)| *at < end).is_some() {}
        let stop = Stop {
            text,
            start: start.unwrap_or(at),
            at,
            stop_end,
            end,
        };
        if stop.ends_sentence() {
            found.push(end);
            start = None;
        }
    }
    found.push(text.len());
    found
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '‼' | '⁇' | '⁈' | '⁉'
    )
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '」' | '』' | '）')
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '{' | '„' | '`' | '¿' | '¡'
    )
}

/// The end of quotation marks, brackets and footnote numbers that close right after a stop.
fn after_closers(text: &str, from: usize) -> usize {
    let mut at = from;
    // More than a few closers are noise; the bound keeps this linear.
    for _ in 0..8 {
        let rest = &text[at..];
        match rest.chars().next() {
            Some(c) if is_closer(c) => at += c.len_utf8(),
            Some('[') => match footnote(rest) {
                Some(len) => at += len,
                None => break,
            },
            _ => break,
        }
    }
    at
}

/// Length of a bracketed number such as `[12]`.
fn footnote(rest: &str) -> Option<usize> {
    let digits = rest.bytes().skip(1).take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && rest.as_bytes().get(digits + 1) == Some(&b']')).then_some(digits + 2)
}

/// The characters from `at` to the next white space, 200 at most.
fn chunk(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let len = rest
        .char_indices()
        .take(200)
        .find(|(_, c)| c.is_whitespace())
        .map(|(len, _)| len);
    match len.or_else(|| rest.char_indices().nth(200).map(|(len, _)| len)) {
        Some(len) => &rest[..len],
        None => rest,
    }
}

/// One or more stops in a row that may end a sentence.
struct Stop<'a> {
    text: &'a str,
    /// Where the sentence has begun.
    start: usize,
    /// First stop.
    at: usize,
    /// One past the last stop.
    stop_end: usize,
    /// One past the quotation marks and brackets after it.
    end: usize,
}

impl Stop<'_> {
    fn ends_sentence(&self) -> bool {
        let rest = &self.text[self.end..];
        let Some(first) = rest.chars().next() else { return false };
        let mark = &self.text[self.at..self.stop_end];
        if !first.is_whitespace() {
            return mark.chars().all(|c| !matches!(c, '.' | '!' | '?' | '…')) || self.is_glued(first, rest);
        }
        let next = rest.trim_start();
        let opening = next
            .chars()
            .take(4)
            .take_while(|c| is_opener(*c))
            .map(char::len_utf8)
            .sum::<usize>();
        let next = Next {
            words: &next[opening..],
            opened: opening > 0,
        };
        match mark {
            "." => self.full_stop(&next),
            _ if mark.chars().all(|c| matches!(c, '.' | '…')) => next.starts_upper(),
            _ => self.loud_stop(&next),
        }
    }

    /// A stop without a space after it, between a small letter and a capitalised word: a space was lost.
    fn is_glued(&self, first: char, rest: &str) -> bool {
        let small = self.text[..self.at].chars().rev().take(3).all(char::is_lowercase);
        let capitalised = first.is_uppercase() && rest.chars().nth(1).is_some_and(char::is_lowercase);
        let address = |part: &str| part.contains(['.', '/', '@', '=', '_', ':']);
        let (before, _) = self.word_before();
        small && capitalised && !before.is_empty() && !address(before) && !address(chunk(self.text, self.end))
    }

    /// Question and exclamation marks.
    fn loud_stop(&self, next: &Next) -> bool {
        let quoted = self.text[self.stop_end..self.end].contains(['"', '”', '’', '\'']);
        if quoted && (next.starts_lower() || next.reports_speech()) {
            return false;
        }
        // A company, not a shout.
        if self.word_before().0 == "Yahoo" {
            return false;
        }
        (self.is_careless() || !next.starts_lower()) && !next.starts_with_sign()
    }

    /// Whether the writer begins sentences with small letters.
    fn is_careless(&self) -> bool {
        self.text[self.start..].chars().next().is_some_and(char::is_lowercase)
    }

    fn full_stop(&self, next: &Next) -> bool {
        if next.starts_with_sign() {
            return false;
        }
        let (word, first_in_sentence) = self.word_before();
        let known = Abbreviation::of(word);
        if next.starts_lower() {
            let plain = word.chars().nth(2).is_some() && word.chars().all(char::is_lowercase);
            return (plain || self.is_careless())
                && known == Abbreviation::None
                && self.end == self.stop_end
                && !next.opened;
        }
        if first_in_sentence && is_list_number(word) {
            return false;
        }
        match known {
            Abbreviation::None => true,
            Abbreviation::Title => false,
            Abbreviation::Numbered => !next.starts_with_digit(),
            Abbreviation::Time => !next.is_time_word(),
            Abbreviation::Initial | Abbreviation::Other => next.is_starter(),
            Abbreviation::List => next.starts_upper(),
        }
    }

    /// The word before the stop, and whether the sentence begins with it.
    fn word_before(&self) -> (&str, bool) {
        let before = &self.text[self.start..self.at];
        let from = before
            .char_indices()
            .rev()
            .take(40)
            .take_while(|(_, c)| !c.is_whitespace())
            .last()
            .map_or(self.at, |(at, _)| self.start + at);
        let word =
            self.text[from..self.at].trim_start_matches(|c: char| is_opener(c) || matches!(c, '-' | '–' | '—' | '/'));
        (word, from <= self.start)
    }
}

fn is_list_number(word: &str) -> bool {
    let digits = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    !word.is_empty()
        && (digits
            || single
            || word
                .bytes()
                .all(|b| matches!(b, b'i' | b'v' | b'x' | b'I' | b'V' | b'X')))
}

/// What stands after a stop, without opening quotation marks and brackets.
struct Next<'a> {
    words: &'a str,
    /// Whether there were any.
    opened: bool,
}

impl Next<'_> {
    fn first(&self) -> Option<char> {
        self.words.chars().next()
    }

    fn starts_lower(&self) -> bool {
        self.first().is_some_and(char::is_lowercase)
    }

    fn starts_upper(&self) -> bool {
        self.first().is_some_and(char::is_uppercase)
    }

    fn starts_with_digit(&self) -> bool {
        self.first().is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether a sign follows that cannot open a sentence.
    fn starts_with_sign(&self) -> bool {
        !self.opened
            && self
                .first()
                .is_some_and(|c| matches!(c, ',' | ';' | ':' | ')' | ']' | '”' | '%' | '&' | '/'))
    }

    fn word(&self) -> &str {
        let end = self
            .words
            .find(|c: char| !c.is_alphanumeric() && c != '-')
            .unwrap_or(self.words.len());
        &self.words[..end]
    }

    /// Whether the word is one that often begins a sentence and is part of no name.
    fn is_starter(&self) -> bool {
        STARTERS.contains(&self.word())
    }

    /// Whether the word goes with a time of day: a day, a month, a zone.
    fn is_time_word(&self) -> bool {
        let word = self.word();
        let zone = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        zone || TIME_WORDS.contains(&word) || self.starts_with_digit()
    }

    /// Whether a verb of saying is near, so that the quotation belongs to this sentence.
    fn reports_speech(&self) -> bool {
        let mut words = self.words.split_whitespace().take(4);
        !self.opened && words.any(|word| SAYING.contains(&word.trim_end_matches([',', '.', ':'])))
    }
}

/// Kinds of words whose stop may not end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    /// No abbreviation.
    None,
    /// Stands before a name: `Gen.`
    Title,
    /// Stands before a number: `No.`
    Numbered,
    /// `a.m.`, `p.m.`
    Time,
    /// One capital.
    Initial,
    /// Ends a list: `etc.`
    List,
    /// Any other.
    Other,
}

impl Abbreviation {
    /// The kind of a word without its stop.
    fn of(word: &str) -> Abbreviation {
        let lower = word.to_lowercase();
        let mut chars = word.chars();
        let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
        match lower.as_str() {
            _ if single => Abbreviation::Initial,
            "a.m" | "p.m" => Abbreviation::Time,
            "etc" => Abbreviation::List,
            "no" | "nos" | "vol" | "vols" | "art" | "arts" | "sec" | "fig" | "figs" | "p" | "pp" | "para" | "ch"
            | "op" => Abbreviation::Numbered,
            "i.e" | "e.g" | "vs" | "v" | "cf" | "viz" | "approx" | "ca" => Abbreviation::Title,
            other if TITLES.contains(&other) => Abbreviation::Title,
            other if is_dotted(other) || OTHERS.contains(&other) || token::is_abbreviation(other) => {
                // A small word such as `mar` or `sun` is a word, not a month or a day.
                let small = word.chars().all(char::is_lowercase);
                if small && !is_dotted(other) && !SMALL.contains(&other) {
                    Abbreviation::None
                } else {
                    Abbreviation::Other
                }
            }
            _ => Abbreviation::None,
        }
    }
}

/// Letters parted by stops, as in `u.s`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

const TITLES: [&str; 49] = [
    "mr", "mrs", "ms", "mme", "mlle", "messrs", "dr", "drs", "prof", "rev", "fr", "hon", "msgr", "gen", "lt", "col",
    "maj", "sgt", "capt", "cpl", "pvt", "brig", "adm", "cmdr", "comdr", "cdr", "gov", "govs", "sen", "sens", "rep",
    "reps", "pres", "amb", "supt", "insp", "det", "atty", "asst", "dep", "mt", "ft", "st", "ste", "ayat", "sr", "spc",
    "cmsr", "pfc",
];

/// Abbreviations that the words know nothing of.
const OTHERS: [&str; 14] = [
    "ont", "que", "calif", "ariz", "ark", "colo", "ill", "ind", "pop", "ala", "dak", "penn", "intl", "govt",
];

/// Abbreviations written small.
const SMALL: [&str; 22] = [
    "al", "approx", "dept", "dist", "div", "ed", "eds", "esp", "est", "ext", "ft", "lb", "lbs", "oz", "pop", "spec",
    "univ", "yr", "yrs", "mins", "intl", "govt",
];

const STARTERS: [&str; 74] = [
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "But",
    "And",
    "So",
    "Yet",
    "Or",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "Your",
    "For",
    "From",
    "With",
    "By",
    "To",
    "Of",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "Although",
    "Though",
    "Because",
    "Despite",
    "During",
    "Under",
    "Among",
    "However",
    "Meanwhile",
    "Still",
    "Also",
    "Some",
    "Many",
    "Most",
    "Several",
    "Both",
    "All",
    "Each",
    "Now",
    "Then",
    "There",
    "Here",
    "What",
    "Who",
    "Why",
    "How",
    "Where",
    "Not",
    "Last",
    "Earlier",
    "Later",
    "Instead",
];

const TIME_WORDS: [&str; 31] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Mon",
    "Tue",
    "Tues",
    "Wed",
    "Thu",
    "Thurs",
    "Fri",
    "Sat",
    "Sun",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Eastern",
    "Pacific",
    "Moscow",
];

const SAYING: [&str; 26] = [
    "said",
    "says",
    "asked",
    "asks",
    "wrote",
    "writes",
    "added",
    "adds",
    "shouted",
    "told",
    "replied",
    "cried",
    "yelled",
    "chanted",
    "exclaimed",
    "wondered",
    "screamed",
    "tweeted",
    "continued",
    "explained",
    "declared",
    "answered",
    "recalled",
    "demanded",
    "responded",
    "joked",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences, parted by bars.
    fn cut(text: &str) -> String {
        sentences(text)
            .into_iter()
            .map(|span| span.text(text))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    /// `marked` has a bar at every sentence end.
    fn check(marked: &str) {
        assert_eq!(cut(&marked.replace(" | ", " ")), marked);
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check(
            "Gov. Ana Diaz met Lt. Col. Jo Park of the U.S. Army on Jan. 5 at 9 a.m. EST. | They left at 5 p.m. | The road was shut.",
        );
        check("It is No. 3 vs. No. 4 in the list of J. R. Ewing Jr. and others. | He said no. | Nobody asked.");
        check("Aid came from the U.N. | The E.U. Parliament agreed. | Acme Inc. | However, it did not pay.");
        check("They sell guns, tents etc. | Nobody buys.");
    }

    #[test]
    fn numbers_and_ellipses_stay_inside() {
        check("Prices rose 3.5 percent in 2004. | Then they fell ... and fell. | So what?");
        check("1. Open the gate. | 2. Walk in.");
    }

    #[test]
    fn quotations_close_with_their_sentence() {
        check("\"We go.\" | She stayed. | (He too.) | “Why?” the envoy asked. | “Stop!” Mr. Paz shouted. | They did.");
        check("Yahoo! Inc. grew. | Nobody else did.");
        check("He said: \"Go. | Do not stay.\" | Then it rained.");
    }

    #[test]
    fn datelines_stay_with_their_sentence() {
        check("HAVANA (AP) -- Talks began. | They went on.");
    }

    #[test]
    fn lines_end_sentences() {
        assert_eq!(
            cut("Talks fail\nBy Jo Park\r\n\r\nThe talks failed."),
            "Talks fail | By Jo Park | The talks failed."
        );
    }

    #[test]
    fn wrapped_lines_make_one_paragraph() {
        let text = "The minister arrived in the capital on Monday and went straight to\nthe palace, where the president had been waiting for him since the\nearly morning. They talked for an hour.\n\nThen he left.";
        assert_eq!(paragraphs(text).len(), 2);
        assert_eq!(sentences(text).len(), 3);
        let indented = "  The minister arrived in the capital on Monday and went straight to\nthe palace, where the president had been waiting.\n  Then he left the palace again, which nobody had expected, and went\nhome by train.";
        assert_eq!(paragraphs(indented).len(), 2);
    }

    #[test]
    fn headlines_are_not_wrapped_lines() {
        let text =
            "Minister arrives in the capital for talks about the border\nPresident waits\nTalks fail after an hour";
        assert_eq!(paragraphs(text).len(), 3);
    }

    #[test]
    fn bullets_and_rules_stand_alone() {
        check("Points: | • peace | • bread");
        check("The end | ---------- | Next part.");
    }
}

//! Words, numbers and signs of a sentence, split finer than the parser's tokens: "mid-March", "3pm", "1990s", "Q3".

use attache_parse::Span;

/// A run of letters, a run of digits or one sign.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    /// Bytes of the document's text.
    pub span: Span,
    /// The words as they stand.
    pub text: &'a str,
    /// Lower case; every dash is "-", every apostrophe "'".
    pub lower: String,
    /// Whether nothing stands between this token and the one before.
    pub glued: bool,
}

/// The sentence as tokens, with look-ups that answer "" or `None` beyond its ends.
pub(super) struct Tokens<'a> {
    /// In text order.
    pub list: Vec<Token<'a>>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str, span: Span) -> Self {
        let sentence = span.text(text);
        let mut list: Vec<Token<'a>> = Vec::with_capacity(sentence.len() / 5);
        let mut chars = sentence.char_indices().peekable();
        let mut last_end = usize::MAX;
        while let Some((start, first)) = chars.next() {
            if first.is_whitespace() {
                continue;
            }
            let class = class_of(first);
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = chars.peek().copied() {
                if class == Class::Sign || class_of(next) != class {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            let word = &sentence[start..end];
            list.push(Token {
                span: Span::new(start, end).shift(span.start),
                text: word,
                lower: normal(word),
                glued: start == last_end,
            });
            last_end = end;
        }
        Self { list }
    }

    /// The token in lower case; "" beyond the ends.
    pub fn word(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |token| token.lower.as_str())
    }

    /// The token before `i` in lower case; "" at the start.
    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// The token as it stands; "" beyond the ends.
    pub fn text(&self, i: usize) -> &'a str {
        self.list.get(i).map_or("", |token| token.text)
    }

    /// Whether the token touches the one before.
    pub fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|token| token.glued)
    }

    /// Whether the token begins with a capital letter.
    pub fn capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// Whether the words from `i` on are these, in lower case.
    pub fn starts(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, word)| self.word(i + k) == *word)
    }

    /// The number written with between `least` and `most` digits.
    pub fn digits(&self, i: usize, least: usize, most: usize) -> Option<i32> {
        let word = self.word(i);
        let fits = (least..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| word.parse().ok()).flatten()
    }

    /// Index past "'s" or a bare plural apostrophe at `i`.
    pub fn skip_genitive(&self, i: usize) -> usize {
        match self.word(i) == "'" && self.glued(i) {
            true if self.word(i + 1) == "s" && self.glued(i + 1) => i + 2,
            true => i + 1,
            false => i,
        }
    }

    /// Whether "'s" stands at `i`.
    pub fn genitive(&self, i: usize) -> bool {
        self.glued(i) && self.word(i) == "'" && self.word(i + 1) == "s"
    }

    /// Span from the first token to the one before `end`.
    pub fn cover(&self, start: usize, end: usize) -> Span {
        let last = end.max(start + 1) - 1;
        self.list[start]
            .span
            .cover(self.list[last.min(self.list.len() - 1)].span)
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Sign,
}

fn class_of(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Sign,
    }
}

fn normal(word: &str) -> String {
    match word {
        "–" | "—" | "‐" | "‑" | "−" => "-".to_owned(),
        "’" | "‘" | "ʼ" => "'".to_owned(),
        _ => word.to_lowercase(),
    }
}

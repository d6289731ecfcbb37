//! Paragraphs and sentences of a text.

use crate::Span;

/// The sentences of `text`, in text order, without surrounding white space.
pub fn sentences(text: &str) -> Vec<Span> {
    paragraphs(text)
}

/// The paragraphs of `text`, in text order, without surrounding white space.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        if end > start {
            found.push(Span::new(start, end));
        }
        at += line.len();
    }
    found
}

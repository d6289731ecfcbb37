//! The text of one document.

use std::io::BufRead;

use attache::Document;
use attache::document::{Block, BlockKind};
use attache::extract::{self, Given, MAX_BYTES, Warning};
use attache_parse::Span;

use super::{Article, Trouble, read_up_to};

/// The text as it was found.
#[derive(Debug)]
pub enum Body {
    /// The bytes of a file.
    Bytes(Vec<u8>),
    /// A text out of JSON.
    Text(String),
}

/// The bytes of a text, refused where they are more than the engine takes.
pub fn read_capped(place: &str, from: impl BufRead) -> Result<Vec<u8>, Trouble> {
    let (bytes, more) = read_up_to(from, MAX_BYTES).map_err(|error| Trouble::unread(place, error.to_string()))?;
    match more {
        false => Ok(bytes),
        true => Err(Trouble::unread(
            place,
            format!("larger than {} MB, too large for one article", MAX_BYTES / 1_000_000),
        )
        .hint("give many articles as JSON lines (.jsonl), one document a line: any size streams")),
    }
}

impl Article {
    /// The document, with what a reader of its records should know.
    pub fn into_document(self) -> Result<(Document, Vec<Warning>), Trouble> {
        let (text, mut warnings) = match self.body {
            Body::Text(text) => (text, Vec::new()),
            Body::Bytes(bytes) => extract::encoding::decode(&bytes)
                .map_err(|error| Trouble::unread(&self.place, error.to_string()).hint("only texts are read"))?,
        };
        if text.trim().is_empty() {
            return Err(Trouble::left_out(&self.place, "empty"));
        }
        let (document, more) = extract::plain(&text, &self.given);
        warnings.extend(more);
        Ok((document, warnings))
    }
}

/// A document of sentences that are content for certain: each line is a paragraph.
pub fn one_paragraph(text: &str, given: Given) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block {
                span: Span::new(start, start + body.len()),
                kind: BlockKind::Paragraph,
            });
        }
        at += line.len();
    }
    Document {
        id: given.id.unwrap_or_else(|| "text".to_owned()),
        text: text.to_owned(),
        published: given.published,
        language: Some("en".to_owned()),
        blocks,
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs() {
        let document = one_paragraph(" Russia left.\n\n  Talks failed. ", Given::default());
        let parts: Vec<_> = document
            .blocks
            .iter()
            .map(|block| block.span.text(&document.text))
            .collect();
        assert_eq!(parts, ["Russia left.", "Talks failed."]);
    }
}

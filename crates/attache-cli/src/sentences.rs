//! Sentences without an article around them.

use attache::Document;
use attache::document::{Block, BlockKind};
use attache::extract::Given;
use attache_parse::Span;

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

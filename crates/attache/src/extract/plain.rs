//! Plain text to a document: what is article, what is furniture, and what the text says of itself.

use attache_parse::{Span, language};
use sha2::{Digest, Sha256};

use super::classify::{Part, classify};
use super::line::{trim, units};
use super::shape::floor_boundary;
use super::{Given, MAX_BYTES, Warning, header};
use crate::date::DateRange;
use crate::document::{Block, BlockKind, Document};

/// Paragraphs among whose first words a dateline is looked for.
const DATELINES: usize = 3;

/// The document in `text`, its parts told apart: content, headings, bylines, captions, clutter. What the caller knows
/// wins over what the text says. Never fails; linear in the length of the text.
pub fn plain(text: &str, given: &Given) -> (Document, Vec<Warning>) {
    let mut warnings = Vec::new();
    let text = floor_cut(text, &mut warnings);
    let parts = classify(text, &units(text), given.title.as_deref());
    let mut document = Document {
        id: given.id.clone().unwrap_or_else(|| hash(text)),
        text: text.to_owned(),
        title: given.title.clone(),
        url: given.url.clone(),
        publisher: given.publisher.clone(),
        published: given.published,
        language: given
            .language
            .clone()
            .or_else(|| language::identify(text).map(|found| found.code.to_owned())),
        ..Document::default()
    };
    read_header(&mut document, text, &parts);
    document.blocks = blocks(&mut document, text, &parts);
    if document.published.is_none() {
        document.published = document.updated.map(DateRange::day);
    }
    if !document.blocks.iter().any(Block::is_content) {
        warnings.push(Warning::NoContent { bytes: text.len() });
    }
    if document.published.is_none() {
        warnings.push(Warning::NoDate);
    }
    (document, warnings)
}

/// At a line's end where there is one near.
pub(super) fn floor_cut<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> &'a str {
    if text.len() <= MAX_BYTES {
        return text;
    }
    let most = floor_boundary(text, MAX_BYTES);
    let at = text[..most]
        .rfind('\n')
        .filter(|at| most - at < 100_000)
        .unwrap_or(most);
    warnings.push(Warning::Cut { at, length: text.len() });
    &text[..at]
}

/// 16 hex digits of the text's SHA-256.
pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Title, dates, authors and outlet, as lines of the header or the footer tell them.
fn read_header(document: &mut Document, text: &str, parts: &[Part]) {
    for part in parts {
        let words = part.span.text(text);
        if part.kind == Some(BlockKind::Title) && document.title.is_none() {
            document.title = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if let Some(date) = &part.date {
            document.published = document.published.or(date.published);
            document.updated = document.updated.or(date.updated);
            document.dateline = document.dateline.or(date.place);
        }
        if part.kind == Some(BlockKind::Byline) {
            document.authors.extend(header::authors(words));
        }
        let told = matches!(part.kind, Some(BlockKind::Byline | BlockKind::Clutter)) && part.shape.words <= 20;
        if told && document.publisher.is_none() {
            document.publisher = header::publisher(words);
        }
    }
    document.authors.dedup();
}

/// Blocks in order; datelines and agencies' signatures are cut off their paragraphs.
fn blocks(document: &mut Document, text: &str, parts: &[Part]) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(parts.len());
    let mut paragraphs = 0;
    for part in parts {
        let kind = part.kind.clone().unwrap_or(BlockKind::Clutter);
        cut_part(
            document,
            text,
            Block { span: part.span, kind },
            &mut paragraphs,
            &mut blocks,
        );
    }
    blocks
}

/// Cuts datelines and agencies' signatures off the paragraphs of a document whose parts are known.
pub(super) fn cut_furniture(document: &mut Document) {
    let text = std::mem::take(&mut document.text);
    let parts = std::mem::take(&mut document.blocks);
    let mut blocks = Vec::with_capacity(parts.len());
    let mut paragraphs = 0;
    for part in parts {
        cut_part(document, &text, part, &mut paragraphs, &mut blocks);
    }
    document.text = text;
    document.blocks = blocks;
}

fn cut_part(document: &mut Document, text: &str, part: Block, paragraphs: &mut usize, blocks: &mut Vec<Block>) {
    let mut span = part.span;
    if part.kind == BlockKind::Paragraph {
        *paragraphs += 1;
        if *paragraphs <= DATELINES {
            span = cut_dateline(document, text, span, blocks);
        }
    }
    let signature = match part.kind {
        BlockKind::Paragraph | BlockKind::Turn { .. } => header::signature(text, span),
        _ => None,
    };
    let end = signature.map_or(span.end, |signature| signature.start);
    push(blocks, trim(text, Span::new(span.start, end)), part.kind);
    if let Some(signature) = signature {
        push(blocks, signature, BlockKind::Byline);
    }
}

fn cut_dateline(document: &mut Document, text: &str, span: Span, blocks: &mut Vec<Block>) -> Span {
    let Some(dateline) = header::dateline(text, span, document.published) else {
        return span;
    };
    document.dateline = document.dateline.or(dateline.place);
    document.published = document.published.or(dateline.date);
    push(blocks, trim(text, dateline.span), BlockKind::Byline);
    Span::new(dateline.span.end, span.end)
}

fn push(blocks: &mut Vec<Block>, span: Span, kind: BlockKind) {
    if !span.is_empty() {
        blocks.push(Block { span, kind });
    }
}

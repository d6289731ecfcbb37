//! An article as it comes in, and its parts.

use attache_parse::Span;
use jiff::civil::Date;

use crate::date::DateRange;

/// One article: text and what is known about it. All spans are byte ranges of `text`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Identifier, unique in a collection: given, or a hash of the text.
    pub id: String,
    /// The text exactly as given (after decoding); every offset of every record points into it.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Outlet that issued it.
    pub publisher: Option<String>,
    /// When it was issued; the anchor of relative dates. May be a month or a year ("February 2026").
    pub published: Option<DateRange>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Place named in the dateline.
    pub dateline: Option<Span>,
    /// The parts, in text order, not overlapping; white space between parts belongs to none.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a part of a document is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// The headline (also where repeated); not coded when the text under it tells the same.
    Title,
    /// A crosshead between paragraphs, a standfirst set apart.
    Heading,
    /// A paragraph of the article.
    Paragraph,
    /// A paragraph spoken by one person: turn of a transcript or interview.
    Turn {
        /// The speaker as named at the head of the turn ("President of Russia Vladimir Putin").
        speaker: Span,
    },
    /// Author, agency, "With reporting by …".
    Byline,
    /// A picture's caption.
    Caption,
    /// Menus, share bars, lists of other articles, notices, footers: never coded.
    Clutter,
}

impl Block {
    /// Whether sentences of this part may yield records.
    pub fn is_content(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::Turn { .. })
    }
}

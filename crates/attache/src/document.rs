//! An article as it comes in, and its parts.

use attache_parse::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
    /// The address that the page gives as its own; always http or https, whole.
    pub canonical: Option<String>,
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
    /// Sections of the outlet under which it stands, as named there ("World").
    pub sections: Vec<String>,
    /// Place named in the dateline.
    pub dateline: Option<Span>,
    /// The parts, in text order, not overlapping; white space between parts belongs to none.
    pub blocks: Vec<Block>,
    /// The earlier document that it repeats, as far as was looked for one ([`crate::copies`]).
    pub copy_of: Option<CopyOf>,
}

/// An earlier document with the same text, in whole or for the most part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyOf {
    /// Identifier of the first document of the family in reading order.
    pub doc: String,
    /// How it repeats it.
    pub kind: CopyKind,
    /// Share of this one's text that the first has too, 0 to 1, in runs of four words.
    pub share: f64,
    /// Share of the first one's text that this one has too, 0 to 1.
    pub covers: f64,
}

/// How a document repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CopyKind {
    /// The same words in the same order; case, punctuation, headline and byline may differ.
    Exact,
    /// Cut, added to or edited.
    Near,
    /// Another version of the article at the same address.
    Revision,
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

//! From what people have to a [`Document`](crate::Document): bytes to text, text to parts.
//!
//! Nothing here fails on strange text: whatever was noticed comes back as [`Warning`]s. Offsets are bytes of
//! `Document.text`, which is the text exactly as given.

mod classify;
mod cue;
pub mod encoding;
mod furniture;
mod header;
mod line;
mod page;
mod plain;
mod shape;
mod turns;

pub use page::page;
pub use plain::plain;

use crate::date::DateRange;

/// Texts above this many bytes are cut (10 MB).
pub const MAX_BYTES: usize = 10_000_000;

/// What the caller knows of a document besides its text; each field wins over what the text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// Identifier, unique in the collection.
    pub id: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Outlet that issued it.
    pub publisher: Option<String>,
    /// When it was issued.
    pub published: Option<DateRange>,
    /// ISO 639-1 code.
    pub language: Option<String>,
}

/// Something that a reader of the records should know about the input. Offsets are bytes of the input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// The text went on beyond [`MAX_BYTES`].
    #[error("text of {length} bytes cut at byte {at}")]
    Cut {
        /// Bytes kept.
        at: usize,
        /// Bytes given.
        length: usize,
    },
    /// The bytes were no UTF-8; the encoding is a guess.
    #[error("not UTF-8 at byte {at}, read as {encoding}")]
    Guessed {
        /// First byte that is no UTF-8.
        at: usize,
        /// Name of the encoding, as WHATWG has it.
        encoding: &'static str,
    },
    /// Some bytes have no meaning in the encoding; U+FFFD stands for them.
    #[error("{count} places not valid in {encoding}, replaced by U+FFFD")]
    Replaced {
        /// Number of replacement characters put in.
        count: usize,
        /// Name of the encoding, as WHATWG has it.
        encoding: &'static str,
    },
    /// Nothing in the text looks like an article.
    #[error("no content found in {bytes} bytes of text")]
    NoContent {
        /// Length of the text.
        bytes: usize,
    },
    /// Neither caller nor text tells when it was issued: "on Wednesday" stays without a date.
    #[error("publication date not known, relative dates stay open")]
    NoDate,
}

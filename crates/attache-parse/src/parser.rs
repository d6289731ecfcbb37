//! Text to trees: everything of this crate joined.

use crate::Sentence;
use thiserror::Error;

/// Why the model could not be loaded.
#[derive(Debug, Error)]
#[error("the embedded model is broken: {0}")]
pub struct ModelError(pub String);

/// Text to sentences with trees and names; cheap to share between threads.
pub struct Parser {}

impl Parser {
    /// The embedded English model.
    ///
    /// # Errors
    /// Where the weights cannot be read.
    pub fn english() -> Result<Parser, ModelError> {
        Ok(Parser {})
    }

    /// Name and version of the model, for records.
    pub fn name(&self) -> &str {
        "none"
    }

    /// Sentences with trees and names; spans are bytes of `text`. Line ends are hard sentence boundaries.
    pub fn parse(&self, _text: &str) -> Vec<Sentence> {
        Vec::new()
    }

    /// Trees and names for given tokens; spans are bytes of the tokens joined by single spaces.
    pub fn parse_tokens(&self, _sentences: &[Vec<String>]) -> Vec<Sentence> {
        Vec::new()
    }
}

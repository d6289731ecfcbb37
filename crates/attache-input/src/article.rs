//! One article as it was found, and the document in it.

use attache::Document;
use attache::extract::encoding::NotText;
use attache::extract::{self, Given, Warning};
use jiff::civil::Date;

use crate::Trouble;

/// One article as it was found.
#[derive(Debug, Default)]
pub struct Article {
    /// Where: `path`, `path:line` or `stdin`.
    pub place: String,
    /// What is known besides the text.
    pub given: Given,
    /// The text.
    pub body: Body,
    /// The day on which it was fetched, where the input tells; nothing in it can be of a later date.
    pub retrieved: Option<Date>,
    /// Languages that its envelope declares (header of a response, field of an archive); often wrong.
    pub languages: Vec<String>,
}

/// The text as it was found.
#[derive(Debug)]
pub enum Body {
    /// The bytes of a plain text, in any encoding.
    Bytes(Vec<u8>),
    /// A plain text out of JSON.
    Text(String),
    /// A page of HTML.
    Page {
        /// As it was sent, in any encoding.
        bytes: Vec<u8>,
        /// The encoding that came with it (the `charset` of the Content-Type), as the sender wrote it.
        charset: Option<String>,
    },
}

impl Default for Body {
    fn default() -> Self {
        Body::Text(String::new())
    }
}

impl Article {
    /// The document, with what a reader of its records should know.
    ///
    /// # Errors
    /// Where the body is no text, or an empty one.
    pub fn into_document(self) -> Result<(Document, Vec<Warning>), Trouble> {
        let (text, mut warnings) = match self.body {
            Body::Page { bytes, charset } => {
                let (html, mut warnings) = extract::encoding::decode_page(&bytes, charset.as_deref())
                    .map_err(|error| not_text(&self.place, error))?;
                let (document, more) = extract::page(&html, &self.given, self.retrieved);
                if document.text.is_empty() {
                    return Err(Trouble::left_out(&self.place, "no article on this page"));
                }
                warnings.extend(more);
                return Ok((document, warnings));
            }
            Body::Text(text) => (text, Vec::new()),
            Body::Bytes(bytes) => extract::encoding::decode(&bytes).map_err(|error| not_text(&self.place, error))?,
        };
        if text.trim().is_empty() {
            return Err(Trouble::left_out(&self.place, "empty"));
        }
        let (document, more) = extract::plain(&text, &self.given);
        warnings.extend(more);
        Ok((document, warnings))
    }
}

fn not_text(place: &str, error: NotText) -> Trouble {
    Trouble::unread(place, error.to_string())
        .class("not text")
        .hint("only texts are read")
}

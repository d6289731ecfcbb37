use crate::document::Document;
use crate::extract::{Given, Warning};

/// The document in `text`, its parts told apart.
pub fn plain(text: &str, given: &Given) -> (Document, Vec<Warning>) {
    let document = Document {
        id: given.id.clone().unwrap_or_default(),
        text: text.to_owned(),
        ..Document::default()
    };
    (document, Vec::new())
}

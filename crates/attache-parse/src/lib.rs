//! The linguistic core: text to sentences, tokens, Universal Dependencies (UD) trees and entity mentions.
//!
//! Nothing in this crate knows of news or politics. All offsets are bytes into the text that was given.

pub mod conllu;
mod decode;
pub mod language;
pub mod lemma;
mod network;
mod network_labels;
pub mod parser;
pub mod segment;
pub mod span;
pub mod token;
pub mod tree;
mod wordpiece;

/// Labels of the network's second head in the order of [`Token::scores`]; what they mean is their reader's affair.
pub use attache_model_en::EVENT_LABELS as SECOND_HEAD;
pub use parser::{ModelError, Parser};
pub use span::Span;
pub use tree::{EntityKind, EntityMention, Feats, Sentence, Token, Upos};

//! News in, coded and sourced event records out.
//!
//! The library has no IO, clock or globals: the world (ontology, model, dates) is an argument.

pub mod annotate;
pub mod coder;
pub mod confidence;
mod context;
pub mod copies;
pub mod date;
pub mod dedup;
pub mod document;
pub mod eval;
pub mod event;
pub mod extract;
pub mod frame;
mod geography;
pub mod ontology;
pub mod pipeline;
pub mod record;
pub mod resolve;
pub(crate) mod sizes;
pub mod time;
mod voices;

pub use document::Document;
pub use event::Event;
pub use ontology::Ontology;
pub use pipeline::{Coded, Coder, Options, Readers};

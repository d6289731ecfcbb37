//! News in, coded and sourced event records out.
//!
//! The library has no IO, clock or globals: the world (ontology, model, dates) is an argument.

pub mod date;
pub mod document;
pub mod event;

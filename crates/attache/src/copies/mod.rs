//! Copies: the same story again, word for word or nearly, at another outlet or in a later version.
//!
//! A document is reduced to a [`Sketch`], which needs no other document and may be made on any thread. The [`Index`] then
//! takes sketches in reading order and says of each whether an earlier document told the same in the same words. Who is
//! first in the family stands for it: later ones are compared with it alone, so that no chain of small changes leads from
//! one story to another.
//!
//! Compared are *runs* of four words of the article's own paragraphs. Words in quotation marks are set apart: two reports of
//! one speech share its sentences and are no copies. What many families share is boilerplate and leads to nobody.

mod address;
mod compare;
mod index;
mod postings;
mod sketch;
mod words;

pub use compare::{Bounds, Common, Part, Shared};
pub use index::Index;
pub use sketch::Sketch;

//! Documents in: paths, folders, stdin; texts, pages, JSON lines, archives, packed or not. Everything streams: memory does
//! not grow with the size of the input. Files are touched, never the network, never the clock.
//!
//! What comes in is foreign. Sizes, depth and expansion are bounded ([`limits`]), names inside of archives are names and
//! never paths, and what is broken is named ([`Trouble`]) while the rest is read.

mod article;
mod date;
pub mod feed;
pub mod filter;
mod jsonl;
mod kind;
pub mod limits;
mod mark;
mod members;
mod open;
mod reader;
pub mod sidecar;
mod spot;
mod tar;
mod trouble;
mod unpack;
mod walk;
mod warc;
mod window;
mod zip;

pub use article::{Article, Body};
pub use date::parse_date;
pub use filter::Filter;
pub use mark::{Mark, Progress, total_bytes};
pub use reader::{Found, Item, Reader, Sink};
pub use sidecar::Sidecar;
pub use trouble::{Fate, Trouble};

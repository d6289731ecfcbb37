//! Polls feeds and keeps every article that they name.
//!
//! This is the only part of attache that opens sockets. It asks politely (`robots.txt`, a delay between requests to a host,
//! conditional requests, back-off), only at public addresses unless a host is allowed by name, and bounds whatever comes
//! back: size, time, redirects, nesting.
//!
//! # Nothing lost, nothing doubled
//!
//! The state is an SQLite database beside the output; the output is a folder of JSON lines, one document a line. The process
//! may be killed at any instant. What makes that safe:
//!
//! 1. **Found.** The new entries of a feed and the feed's validators (`ETag`, `Last-Modified`) are stored in one transaction. A
//!    feed is never "not modified" before its entries are known.
//! 2. **Known once.** An article is known by its address without fragment and tracking parameters, a unique key. Where a
//!    request is redirected, the address where it ends is a key too.
//! 3. **Kept.** A fetched article becomes a line of JSON and gets its place, file and byte, right after the last one, in the same
//!    transaction that marks it as kept. The line itself is in the database until it is known to be in its file.
//! 4. **Written.** The lines are written at their places, the file is synced, and only then are they dropped from the
//!    database. A kill before that leaves the lines in the database, and the next start writes the same bytes at the same places
//!    again: done twice, it gives what it gives once.
//! 5. **Taken away.** Where a file is shorter than the place of the next line, somebody has moved, cut or packed it. The
//!    waiting lines then get new places in a file of a new name. A file that is already there is never begun anew.
//!
//! A lock keeps a second process out; it goes with the process that holds it.

mod address;
mod agenda;
mod articles;
mod config;
mod fetch;
mod note;
mod output;
mod politeness;
mod polls;
mod resolver;
mod robots;
mod status;
mod store;
mod watch;

pub use config::{Config, ConfigError, EXAMPLE, FeedConfig};
pub use note::Note;
pub use robots::Robots;
pub use status::{FeedStatus, Status, status};
pub use watch::{Mode, Totals, WatchError, watch};

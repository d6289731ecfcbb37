//! The state: feeds, articles found, documents and where they stand, what sites ask of us.

mod articles;
mod documents;
mod sites;
mod sources;

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

#[cfg(test)]
pub use articles::Found;
pub use articles::Waiting;
pub use documents::Kept;
pub use sites::{Recalled, RobotsRow};
pub use sources::Source;

/// The form of the tables.
pub const VERSION: i64 = 1;

/// An article that is yet to be fetched.
const WAITING: i64 = 0;
/// An article whose document is there.
const KEPT: i64 = 1;
/// An article that was left out, for a reason.
const SKIPPED: i64 = 2;

const TABLES: &str = "
create table sources(
    id integer primary key,
    feed text not null,             -- its name in feeds.toml
    url text not null,
    child integer not null,         -- 1: a sitemap that an index names
    stamp text,                     -- of a child: the last change, as the index tells it
    etag text, modified text,       -- the version that was read last
    due integer not null,           -- moments are milliseconds since 1970
    polled integer,                 -- last answered
    failures integer not null default 0,
    error text,                     -- why the last poll failed
    unique(feed, url));
create table articles(
    id integer primary key,
    feed text not null,
    url text,                       -- where to fetch it; null: only the feed has it
    local integer not null,         -- 1: its text is that of the feed, nothing is fetched
    state integer not null,         -- 0 waiting, 1 kept, 2 skipped
    due integer not null,
    tries integer not null default 0,
    reason text,                    -- why it was skipped, or put off last
    entry text,                     -- what the feed told, until it is kept or skipped
    found integer not null,
    done integer);
create index waiting on articles(due) where state = 0;
create table addresses(
    address text primary key,       -- without fragment and tracking parameters
    article integer not null references articles(id)) without rowid;
create table documents(
    seq integer primary key,
    article integer not null unique references articles(id),
    id text not null unique,
    file text not null,             -- its place in the output: file, first byte, bytes
    at integer not null,
    length integer not null,
    line blob);                     -- until it is known to be in the file
create index places on documents(file, at);
create index unwritten on documents(seq) where line is not null;
create table robots(
    origin text primary key,
    until integer not null,
    known integer not null,         -- 0: could not be read, nothing may be asked
    body blob) without rowid;
create table sites(
    site text primary key,
    free_at integer not null,
    held_until integer not null,
    failures integer not null) without rowid;
";

/// Why the state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Of another version of attache.
    #[error("its form is {0}, this attache knows form {VERSION}")]
    Version(i64),
    /// What was stored cannot be read.
    #[error("broken entry of an article: {0}")]
    Entry(#[from] serde_json::Error),
}

/// The state, open.
#[derive(Debug)]
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens the state, or begins it.
    ///
    /// # Errors
    /// Where the file cannot be written, or is of another form.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut db = Connection::open(path)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        // A committed transaction outlives a power cut as well: places in files rest on it.
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let begin = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match version(&begin)? {
            0 => {
                begin.execute_batch(TABLES)?;
                begin.pragma_update(None, "user_version", VERSION)?;
            }
            VERSION => {}
            other => return Err(StoreError::Version(other)),
        }
        begin.commit()?;
        Ok(Store { db })
    }

    fn begin(&mut self) -> Result<Transaction<'_>, rusqlite::Error> {
        self.db.transaction_with_behavior(TransactionBehavior::Immediate)
    }
}

/// The form of the tables; 0 where there are none.
pub fn version(db: &Connection) -> Result<i64, rusqlite::Error> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests;

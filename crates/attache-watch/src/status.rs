//! How things stand, for those who ask from outside.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};
use serde::Serialize;

use crate::store::{StoreError, version};
use crate::watch::state_path;

/// How a folder stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Feeds in the order in which they were first watched, and the sitemaps below an index.
    pub feeds: Vec<FeedStatus>,
    /// Reasons why articles were left out, with their numbers, the most frequent first.
    pub skipped: Vec<(String, u64)>,
}

/// How a feed stands. Moments are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FeedStatus {
    /// Its name.
    pub feed: String,
    /// Where it is.
    pub url: String,
    /// Whether it is a sitemap that an index names.
    pub child: bool,
    /// When it answered last.
    pub polled: Option<i64>,
    /// When it will be asked next; `None` for a sitemap that waits for its index to name it again.
    pub due: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// Why it failed last.
    pub error: Option<String>,
    /// Documents of the feed; that of the sitemaps below an index is with the index.
    pub kept: u64,
    /// Articles left out.
    pub skipped: u64,
    /// Articles to come.
    pub waiting: u64,
}

/// Looks into the state of a folder, also while it is being watched into; `None` where nothing was watched into it.
///
/// # Errors
/// Where the state cannot be read.
pub fn status(folder: &Path) -> Result<Option<Status>, StoreError> {
    let path = state_path(folder);
    if !path.exists() {
        return Ok(None);
    }
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match version(&db)? {
        0 => return Ok(None),
        crate::store::VERSION => {}
        other => return Err(StoreError::Version(other)),
    }
    Ok(Some(Status {
        feeds: feeds(&db)?,
        skipped: skipped(&db)?,
    }))
}

fn feeds(db: &Connection) -> Result<Vec<FeedStatus>, rusqlite::Error> {
    let sql = "
        with counts as (select feed, sum(state = 1) kept, sum(state = 2) skipped, sum(state = 0) waiting from articles group by feed)
        select s.feed, s.url, s.polled, s.due, s.failures, s.error,
            case s.child when 0 then coalesce(c.kept, 0) else 0 end,
            case s.child when 0 then coalesce(c.skipped, 0) else 0 end,
            case s.child when 0 then coalesce(c.waiting, 0) else 0 end,
            s.child
        from sources s left join counts c on c.feed = s.feed order by s.id";
    let mut query = db.prepare(sql)?;
    let rows = query.query_map([], |row| {
        Ok(FeedStatus {
            feed: row.get(0)?,
            url: row.get(1)?,
            polled: row.get(2)?,
            due: row.get::<_, Option<i64>>(3)?.filter(|due| *due != i64::MAX),
            failures: row.get(4)?,
            error: row.get(5)?,
            kept: row.get(6)?,
            skipped: row.get(7)?,
            waiting: row.get(8)?,
            child: row.get(9)?,
        })
    })?;
    rows.collect()
}

fn skipped(db: &Connection) -> Result<Vec<(String, u64)>, rusqlite::Error> {
    let sql = "select coalesce(reason, ''), count(*) from articles where state = ?1 group by reason order by 2 desc, 1 limit 20";
    let mut query = db.prepare(sql)?;
    let rows = query.query_map(params![2], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

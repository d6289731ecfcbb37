//! Feeds, and the sitemaps below an index.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::fetch::Validators;
use crate::politeness::Moment;

/// Never by itself.
const NEVER: Moment = Moment::MAX;

/// A feed as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its row.
    pub id: i64,
    /// Name in feeds.toml.
    pub feed: String,
    /// Where it is.
    pub url: String,
    /// Whether it is a sitemap that an index names.
    pub child: bool,
    /// The version that was read last.
    pub known: Validators,
    /// Next poll.
    pub due: Moment,
    /// Failures in a row.
    pub failures: u32,
}

const FIELDS: &str = "id, feed, url, child, etag, modified, due, failures";

fn source(row: &Row) -> rusqlite::Result<Source> {
    Ok(Source {
        id: row.get(0)?,
        feed: row.get(1)?,
        url: row.get(2)?,
        child: row.get(3)?,
        known: Validators {
            etag: row.get(4)?,
            modified: row.get(5)?,
        },
        due: row.get(6)?,
        failures: row.get(7)?,
    })
}

impl Store {
    /// The feed of this name and address, new ones due at `now`.
    pub fn source(&mut self, feed: &str, url: &str, now: Moment) -> Result<Source, StoreError> {
        let new = "insert into sources(feed, url, child, due) values (?1, ?2, 0, ?3)
            on conflict(feed, url) do update set child = 0, due = min(due, case child when 1 then ?3 else due end)";
        self.db.execute(new, params![feed, url, now])?;
        let sql = format!("select {FIELDS} from sources where feed = ?1 and url = ?2");
        Ok(self.db.query_row(&sql, params![feed, url], source)?)
    }

    /// The sitemaps below the index of this feed that are to be read.
    pub fn children(&self, feed: &str) -> Result<Vec<Source>, StoreError> {
        let sql = format!("select {FIELDS} from sources where feed = ?1 and child = 1 and due < ?2 order by id");
        let mut query = self.db.prepare(&sql)?;
        let rows = query.query_map(params![feed, NEVER], source)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The answer of a sitemap index: what it names is due where it is new, has changed, or where the index does not tell. Gives
    /// what is due.
    pub fn indexed(
        &mut self,
        index: &Source,
        named: &[(String, Option<String>)],
        known: &Validators,
        due: Moment,
        now: Moment,
    ) -> Result<Vec<Source>, StoreError> {
        let tx = self.begin()?;
        let mut fresh = Vec::new();
        for (url, stamp) in named {
            let sql = format!("select {FIELDS}, stamp from sources where feed = ?1 and url = ?2");
            let old: Option<(Source, Option<String>)> = tx
                .query_row(&sql, params![index.feed, url], |row| Ok((source(row)?, row.get(8)?)))
                .optional()?;
            match old {
                Some((old, _)) if !old.child => continue,
                Some((_, before)) if stamp.is_some() && before == *stamp => continue,
                Some((old, _)) => {
                    let sql = "update sources set stamp = ?2, due = ?3 where id = ?1";
                    tx.execute(sql, params![old.id, stamp, now])?;
                }
                None => {
                    let sql = "insert into sources(feed, url, child, stamp, due) values (?1, ?2, 1, ?3, ?4)";
                    tx.execute(sql, params![index.feed, url, stamp, now])?;
                }
            }
            fresh.push(tx.query_row(&sql, params![index.feed, url], source)?);
        }
        super::sources::answered(&tx, index, known, due, now)?;
        tx.commit()?;
        Ok(fresh)
    }

    /// Nothing new in a feed.
    pub fn unchanged(&mut self, source: &Source, due: Moment, now: Moment) -> Result<(), StoreError> {
        let tx = self.begin()?;
        answered(&tx, source, &source.known, due, now)?;
        tx.commit()?;
        Ok(())
    }

    /// A poll failed.
    pub fn poll_failed(&mut self, source: &Source, why: &str, failures: u32, due: Moment) -> Result<(), StoreError> {
        let sql = "update sources set error = ?2, failures = ?3, due = ?4 where id = ?1";
        self.db.execute(sql, params![source.id, why, failures, due])?;
        Ok(())
    }
}

/// Within the transaction that stores the entries: the feed was read, and this is its version.
pub fn answered(
    tx: &rusqlite::Transaction,
    source: &Source,
    known: &Validators,
    due: Moment,
    now: Moment,
) -> Result<(), rusqlite::Error> {
    let due = if source.child { NEVER } else { due };
    let sql =
        "update sources set etag = ?2, modified = ?3, due = ?4, polled = ?5, failures = 0, error = null where id = ?1";
    tx.execute(sql, params![source.id, known.etag, known.modified, due, now])?;
    Ok(())
}

//! Articles that feeds name.

use attache_input::feed::{Entry, clean};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::sources::answered;
use super::{SKIPPED, Source, Store, StoreError, WAITING};
use crate::fetch::Validators;
use crate::politeness::Moment;

/// What a feed told about an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// Identifier of the document where there is no address.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Day of the last change.
    pub updated: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// The whole text as a page, where the feed carries it.
    pub page: Option<String>,
}

impl Known {
    /// What an entry tells.
    pub fn of(entry: &Entry, feed: &str) -> Self {
        Known {
            id: entry.address.is_none().then(|| entry.document_id(feed)),
            title: entry.title.clone(),
            published: entry.published.map(|day| day.to_string()),
            updated: entry.updated.map(|day| day.to_string()),
            authors: entry.authors.clone(),
            publisher: entry.publisher.clone(),
            language: entry.language.clone(),
            page: entry.page(),
        }
    }
}

/// An article that is yet to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub id: i64,
    /// The feed that named it first.
    pub feed: String,
    /// Where it is; `None` where only the feed has it.
    pub url: Option<String>,
    /// Whether the feed's text is taken and nothing is fetched.
    pub local: bool,
    /// Not before.
    pub due: Moment,
    /// Attempts so far.
    pub tries: u32,
}

/// What a poll brought.
#[derive(Debug, Default)]
pub struct Found {
    /// Articles not known before.
    pub new: Vec<Waiting>,
    /// Number of those that were.
    pub known: usize,
}

impl Store {
    /// The entries of a feed, and its version, in one transaction. With `fetch` false their texts are taken from the feed.
    pub fn found(
        &mut self,
        source: &Source,
        entries: &[&Entry],
        fetch: bool,
        known: &Validators,
        due: Moment,
        now: Moment,
    ) -> Result<Found, StoreError> {
        let tx = self.begin()?;
        let mut found = Found::default();
        for entry in entries {
            let told = Known::of(entry, &source.feed);
            let url = entry.address.as_deref().map(clean);
            let key = match (&url, &told.id) {
                (Some(url), _) => url.clone(),
                (None, id) => format!("feed:{}", id.as_deref().unwrap_or_default()),
            };
            if article_at(&tx, &key)?.is_some() {
                found.known += 1;
                continue;
            }
            let local = url.is_none() || !fetch;
            let sql =
                "insert into articles(feed, url, local, state, due, entry, found) values (?1, ?2, ?3, ?4, ?5, ?6, ?5)";
            let json = serde_json::to_string(&told)?;
            tx.prepare_cached(sql)?
                .execute(params![source.feed, url, local, WAITING, now, json])?;
            let id = tx.last_insert_rowid();
            tx.prepare_cached("insert into addresses(address, article) values (?1, ?2)")?
                .execute(params![key, id])?;
            found.new.push(Waiting {
                id,
                feed: source.feed.clone(),
                url,
                local,
                due: now,
                tries: 0,
            });
        }
        answered(&tx, source, known, due, now)?;
        tx.commit()?;
        Ok(found)
    }

    /// All articles that are yet to be fetched, in the order in which they were found.
    pub fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        let sql = "select id, feed, url, local, due, tries from articles where state = 0 order by id";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([], |row| {
            Ok(Waiting {
                id: row.get(0)?,
                feed: row.get(1)?,
                url: row.get(2)?,
                local: row.get(3)?,
                due: row.get(4)?,
                tries: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the feed told about an article that is not done with.
    pub fn known(&self, article: i64) -> Result<Known, StoreError> {
        let sql = "select entry from articles where id = ?1";
        let json: Option<String> = self.db.query_row(sql, [article], |row| row.get(0))?;
        Ok(json.map_or_else(|| Ok(Known::default()), |json| serde_json::from_str(&json))?)
    }

    /// Whether it is yet to be fetched.
    pub fn is_waiting(&self, article: i64) -> Result<bool, StoreError> {
        let sql = "select state from articles where id = ?1";
        let state: i64 = self.db.query_row(sql, [article], |row| row.get(0))?;
        Ok(state == WAITING)
    }

    /// An article is left out for good.
    pub fn skip(&mut self, article: i64, why: &str, now: Moment) -> Result<(), StoreError> {
        let sql = "update articles set state = ?2, reason = ?3, done = ?4, entry = null where id = ?1 and state = ?5";
        self.db.execute(sql, params![article, SKIPPED, why, now, WAITING])?;
        Ok(())
    }

    /// An attempt failed, the next is at `due`.
    pub fn put_off(&mut self, article: i64, why: &str, tries: u32, due: Moment) -> Result<(), StoreError> {
        let sql = "update articles set reason = ?2, tries = ?3, due = ?4 where id = ?1";
        self.db.execute(sql, params![article, why, tries, due])?;
        Ok(())
    }

    /// The other article that is kept under this address.
    pub fn kept_at(&self, address: &str, article: i64) -> Result<bool, StoreError> {
        let sql = "select 1 from addresses a join articles b on b.id = a.article
            where a.address = ?1 and b.state = 1 and b.id <> ?2";
        Ok(self
            .db
            .query_row(sql, params![clean(address), article], |_| Ok(()))
            .optional()?
            .is_some())
    }
}

/// The article known by this address.
pub fn article_at(tx: &rusqlite::Transaction, address: &str) -> Result<Option<i64>, rusqlite::Error> {
    let mut query = tx.prepare_cached("select article from addresses where address = ?1")?;
    query.query_row([address], |row| row.get(0)).optional()
}

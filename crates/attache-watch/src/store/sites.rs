//! What sites ask of us, and in what state they were.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};
use crate::politeness::Moment;

/// A `robots.txt` as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsRow {
    /// Good until then.
    pub until: Moment,
    /// The file, empty where there is none; `None` where it could not be read, and nothing may be asked.
    pub body: Option<Vec<u8>>,
}

/// A host as an earlier run left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// Its name.
    pub site: String,
    /// No request before.
    pub free_at: Moment,
    /// No request before, because of trouble.
    pub held_until: Moment,
    /// Failures in a row.
    pub failures: u32,
}

impl Store {
    /// The `robots.txt` of an origin, if it was looked at.
    pub fn robots(&self, origin: &str) -> Result<Option<RobotsRow>, StoreError> {
        let row = self.db.query_row(
            "select until, known, body from robots where origin = ?1",
            [origin],
            |row| {
                let body: Option<Vec<u8>> = row.get(2)?;
                let known: bool = row.get(1)?;
                Ok(RobotsRow {
                    until: row.get(0)?,
                    body: known.then(|| body.unwrap_or_default()),
                })
            },
        );
        Ok(row.optional()?)
    }

    /// Keeps it.
    pub fn keep_robots(&mut self, origin: &str, row: &RobotsRow) -> Result<(), StoreError> {
        let sql = "insert or replace into robots(origin, until, known, body) values (?1, ?2, ?3, ?4)";
        self.db
            .execute(sql, params![origin, row.until, row.body.is_some(), row.body])?;
        Ok(())
    }

    /// The hosts that an earlier run found in trouble or owed a wait.
    pub fn recalled(&self) -> Result<Vec<Recalled>, StoreError> {
        let mut query = self
            .db
            .prepare("select site, free_at, held_until, failures from sites")?;
        let rows = query.query_map([], |row| {
            Ok(Recalled {
                site: row.get(0)?,
                free_at: row.get(1)?,
                held_until: row.get(2)?,
                failures: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps the state of a host.
    pub fn remember(&mut self, host: &Recalled) -> Result<(), StoreError> {
        let sql = "insert or replace into sites(site, free_at, held_until, failures) values (?1, ?2, ?3, ?4)";
        self.db
            .execute(sql, params![host.site, host.free_at, host.held_until, host.failures])?;
        Ok(())
    }
}

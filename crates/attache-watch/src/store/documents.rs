//! Documents, and where they stand in the output.

use std::path::Path;

use attache_input::feed::{clean, document_id};
use rusqlite::{OptionalExtension, Transaction, params};

use super::articles::article_at;
use super::{KEPT, SKIPPED, Store, StoreError, WAITING};
use crate::output::Place;
use crate::politeness::Moment;

/// What became of a fetched article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// A document of this identifier.
    Document(String),
    /// The page is known already, from another address.
    Same,
}

/// A line that is not yet known to be in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub seq: i64,
    /// Where it belongs.
    pub place: Place,
    /// The bytes, with the line end.
    pub bytes: Vec<u8>,
}

impl Store {
    /// An article becomes a document: the line that `line` makes for its identifier gets its place after the last one, in a
    /// file of `folder` for this `day` that stays below `file_bytes`. `address` is where the page was in the end; `id` stands for
    /// it where there is none.
    #[allow(clippy::too_many_arguments)] // all in one transaction
    pub fn keep(
        &mut self,
        article: i64,
        address: Option<&str>,
        id: Option<&str>,
        line: impl FnOnce(&str) -> Result<Vec<u8>, serde_json::Error>,
        (folder, day, file_bytes): (&Path, &str, u64),
        now: Moment,
    ) -> Result<Kept, StoreError> {
        let tx = self.begin()?;
        if let Some(address) = address
            && !claim(&tx, &clean(address), article, now)?
        {
            return same(tx, article, now);
        }
        let id = address.map_or_else(|| id.unwrap_or_default().to_owned(), document_id);
        let taken = "select 1 from documents where id = ?1";
        if tx.query_row(taken, [&id], |_| Ok(())).optional()?.is_some() {
            return same(tx, article, now);
        }
        let bytes = line(&id)?;
        let place = place(&tx, folder, day, bytes.len() as u64, file_bytes)?;
        insert(&tx, article, &id, &place, &bytes)?;
        let sql = "update articles set state = ?2, done = ?3, reason = null, entry = null where id = ?1";
        tx.execute(sql, params![article, KEPT, now])?;
        tx.commit()?;
        Ok(Kept::Document(id))
    }

    /// The first lines that are not yet known to be in their files, in order: those of one file, up to this many bytes.
    pub fn unwritten(&self, most: u64) -> Result<Vec<Line>, StoreError> {
        let sql = "select seq, file, at, length, line from documents where line is not null order by seq";
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([])?;
        let mut lines: Vec<Line> = Vec::new();
        let mut sum = 0;
        while let Some(row) = rows.next()? {
            let place = Place {
                file: row.get(1)?,
                at: row.get(2)?,
            };
            sum += row.get::<_, u64>(3)?;
            let other = lines.first().is_some_and(|first| first.place.file != place.file);
            if other || (sum > most && !lines.is_empty()) {
                break;
            }
            lines.push(Line {
                seq: row.get(0)?,
                place,
                bytes: row.get(4)?,
            });
        }
        Ok(lines)
    }

    /// These lines are in their file.
    pub fn written(&mut self, lines: &[Line]) -> Result<(), StoreError> {
        let tx = self.begin()?;
        for line in lines {
            tx.prepare_cached("update documents set line = null where seq = ?1")?
                .execute([line.seq])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// The end of a file, as far as it is planned.
    pub fn end(&self, file: &str) -> Result<u64, StoreError> {
        let sql = "select at + length from documents where file = ?1 order by at desc limit 1";
        Ok(self
            .db
            .query_row(sql, [file], |row| row.get(0))
            .optional()?
            .unwrap_or(0))
    }

    /// The lines that wait for a file that was taken away get new places, in a file of `folder` that is not there yet.
    pub fn relocate(&mut self, file: &str, folder: &Path, day: &str) -> Result<(), StoreError> {
        let tx = self.begin()?;
        let new = unused(&tx, folder, day)?;
        let mut at = 0;
        let lines: Vec<(i64, u64)> = {
            let sql = "select seq, length from documents where line is not null and file = ?1 order by seq";
            let mut query = tx.prepare(sql)?;
            let rows = query.query_map([file], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        for (seq, length) in lines {
            let sql = "update documents set file = ?2, at = ?3 where seq = ?1";
            tx.execute(sql, params![seq, new, at])?;
            at += length;
        }
        tx.commit()?;
        Ok(())
    }
}

/// Makes the address one of this article's, unless another one is kept under it. One that is not kept gives way.
fn claim(tx: &Transaction, address: &str, article: i64, now: Moment) -> Result<bool, rusqlite::Error> {
    let other = article_at(tx, address)?.filter(|other| *other != article);
    let Some(other) = other else {
        let sql = "insert into addresses(address, article) values (?1, ?2) on conflict do nothing";
        tx.execute(sql, params![address, article])?;
        return Ok(true);
    };
    let state: i64 = tx.query_row("select state from articles where id = ?1", [other], |row| row.get(0))?;
    if state == KEPT {
        return Ok(false);
    }
    let sql = "update articles set state = ?2, reason = 'the same page was fetched from another address', done = ?3,
        entry = null where id = ?1 and state = ?4";
    tx.execute(sql, params![other, SKIPPED, now, WAITING])?;
    tx.execute(
        "update addresses set article = ?2 where address = ?1",
        params![address, article],
    )?;
    Ok(true)
}

fn same(tx: Transaction, article: i64, now: Moment) -> Result<Kept, StoreError> {
    let sql = "update articles set state = ?2, reason = 'the same page is kept from another address', done = ?3,
        entry = null where id = ?1";
    tx.execute(sql, params![article, SKIPPED, now])?;
    tx.commit()?;
    Ok(Kept::Same)
}

/// The last place that was given, and its end.
fn last(tx: &Transaction) -> Result<Option<(Place, u64)>, rusqlite::Error> {
    let sql = "select file, at, at + length from documents order by seq desc limit 1";
    let row = tx.query_row(sql, [], |row| {
        let place = Place {
            file: row.get(0)?,
            at: row.get(1)?,
        };
        Ok((place, row.get(2)?))
    });
    row.optional()
}

/// The place after the last one: in its file if that is of this day and stays below the bound.
fn place(tx: &Transaction, folder: &Path, day: &str, length: u64, file_bytes: u64) -> Result<Place, rusqlite::Error> {
    match last(tx)? {
        Some((place, end)) if place.file.starts_with(day) && end + length <= file_bytes => Ok(Place {
            file: place.file,
            at: end,
        }),
        _ => Ok(Place {
            file: unused(tx, folder, day)?,
            at: 0,
        }),
    }
}

/// A name that neither the folder nor the state has.
fn unused(tx: &Transaction, folder: &Path, day: &str) -> Result<String, rusqlite::Error> {
    let mut known = tx.prepare_cached("select 1 from documents where file = ?1 limit 1")?;
    Place::unused(folder, day, |name| known.exists([name]))
}

fn insert(tx: &Transaction, article: i64, id: &str, place: &Place, bytes: &[u8]) -> Result<(), rusqlite::Error> {
    let sql = "insert into documents(article, id, file, at, length, line) values (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.execute(
        sql,
        params![article, id, place.file, place.at, bytes.len() as u64, bytes],
    )?;
    Ok(())
}

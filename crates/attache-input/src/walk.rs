//! Files of a folder, all levels, in sorted order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::kind::{self, Kind};
use crate::open::{open_unpacked, plain_reason};
use crate::{Trouble, jsonl, sidecar};

/// What is read out of folders.
pub const WANTED: &str = "folders are searched for texts (.txt), pages (.html), documents (.jsonl, .ndjson), archives (.warc, .zip, .tar) \
    and feeds (.xml, .rss, .atom), also as .gz and .zst";

/// The readable files below `folder`: by name within each folder, hidden ones and docs.jsonl left out.
pub fn files(folder: &Path) -> Box<dyn Iterator<Item = Result<PathBuf, Trouble>>> {
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => {
            return Box::new(std::iter::once(Err(Trouble::unread(
                folder.display().to_string(),
                plain_reason(&error),
            ))));
        }
    };
    entries.sort();
    Box::new(entries.into_iter().filter(|path| !is_hidden(path)).flat_map(below))
}

fn below(path: PathBuf) -> Box<dyn Iterator<Item = Result<PathBuf, Trouble>>> {
    // Links to folders are not followed: they may lead in a ring.
    if path.is_dir() {
        return match path.is_symlink() {
            true => Box::new(std::iter::empty()),
            false => files(&path),
        };
    }
    let wanted = kind::is_single(&path) || kind::is_archive(&path) || is_documents(&path) || is_feed(&path);
    Box::new(wanted.then_some(Ok(path)).into_iter())
}

/// JSON lines that are documents; other tables (gold records, notes on the documents) lie in the same folders.
fn is_documents(path: &Path) -> bool {
    kind::is_jsonl(path) && !sidecar::is_sidecar(path) && jsonl::holds_documents(path)
}

/// XML that is a feed; most of it is something else.
fn is_feed(path: &Path) -> bool {
    let begins = || {
        let mut from = open_unpacked(path).ok()?;
        let head = from.peek(kind::HEAD).ok()?;
        Some(kind::of(head, Some(path)))
    };
    kind::is_maybe_feed(path) && begins() == Some(Kind::Feed)
}

/// Bytes of the files below `folder` that may be read.
pub fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).map(|path| bytes_of(&path)).sum()
}

fn bytes_of(path: &Path) -> u64 {
    match path.is_dir() {
        true if path.is_symlink() => 0,
        true => bytes(path),
        false if is_named_like_documents(path) => path.metadata().map_or(0, |meta| meta.len()),
        false => 0,
    }
}

/// Whether a file of this name may hold documents.
pub fn is_named_like_documents(path: &Path) -> bool {
    kind::is_single(path) || kind::is_archive(path) || kind::is_jsonl(path) || kind::is_maybe_feed(path)
}

/// Whether the last part of the path begins with a dot.
pub fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

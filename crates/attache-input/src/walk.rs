//! Files of a folder, all levels, in sorted order.

use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use crate::{Trouble, feed, has_extension, is_jsonl, jsonl, open, place, plain_reason, sidecar};

/// What is read out of folders.
pub const WANTED: &str = "folders are searched for .txt, .jsonl and .ndjson files and feeds, all also as .gz";

/// The readable files below `folder`: by name within each folder, hidden ones and docs.jsonl left out.
pub fn files(folder: &Path) -> Box<dyn Iterator<Item = Result<PathBuf, Trouble>>> {
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => {
            return Box::new(std::iter::once(Err(Trouble::unread(
                place(folder),
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
    let wanted =
        has_extension(&path, &["txt", "text", "html", "htm", "xhtml"]) || is_documents(&path) || is_feed(&path);
    Box::new(wanted.then_some(Ok(path)).into_iter())
}

/// Feeds; XML of other kinds is none of ours.
fn is_feed(path: &Path) -> bool {
    let start = || -> io::Result<bool> { Ok(feed::is_feed(open(path)?.fill_buf()?)) };
    has_extension(path, &["xml", "rss", "atom", "rdf", "json"]) && start().unwrap_or(false)
}

/// JSON lines that are documents; other tables (gold records, notes on the documents) lie in the same folders.
fn is_documents(path: &Path) -> bool {
    is_jsonl(path) && !sidecar::is_sidecar(path) && jsonl::holds_documents(path)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

//! The folder of documents: lines written at the places that the state gives them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::store::{Store, StoreError};

/// Bytes written at a time.
const BATCH: u64 = 64_000_000;

/// A place in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// First byte.
    pub at: u64,
}

impl Place {
    /// The name of a file for this day that is not there and not `taken`: `2024-05-09-001.jsonl`, and so on.
    ///
    /// # Errors
    /// Those of `taken`.
    pub fn unused<E>(folder: &Path, day: &str, mut taken: impl FnMut(&str) -> Result<bool, E>) -> Result<String, E> {
        let mut number = 0;
        loop {
            number += 1;
            let name = format!("{day}-{number:03}.jsonl");
            // Packed ones count as well.
            let there = ["", ".gz", ".zst"]
                .iter()
                .any(|end| folder.join(format!("{name}{end}")).exists());
            if !there && !taken(&name)? {
                return Ok(name);
            }
        }
    }
}

/// Why documents cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The state failed.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The folder or a file failed.
    #[error("{}: {error}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// How.
        error: io::Error,
    },
}

/// Writes what the state holds and the files may not: every line at its place, synced, and only then dropped from the state.
/// Lines whose file was taken away go into a new one. `day` names it.
///
/// # Errors
/// Where a file cannot be written; the lines stay in the state.
pub fn write(store: &mut Store, folder: &Path, day: &str) -> Result<(), OutputError> {
    loop {
        let lines = store.unwritten(BATCH)?;
        let Some(first) = lines.first() else { return Ok(()) };
        let path = folder.join(&first.place.file);
        let io = |error| OutputError::Io {
            path: path.clone(),
            error,
        };
        let bytes: Vec<u8> = lines.iter().flat_map(|line| line.bytes.iter().copied()).collect();
        if is_ours(&path, first.place.at, store.end(&first.place.file)?, &bytes).map_err(io)? {
            put(folder, &path, first.place.at, &bytes).map_err(io)?;
            store.written(&lines)?;
        } else {
            let file = first.place.file.clone();
            store.relocate(&file, folder, day)?;
        }
    }
}

/// Whether the file is as this program left it: it reaches to the place of the first line and not beyond what is planned, and what
/// stands from there on are these very bytes (or zeros, which a power cut leaves).
fn is_ours(path: &Path, at: u64, end: u64, bytes: &[u8]) -> io::Result<bool> {
    let length = match fs::metadata(path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(at == 0),
        Err(error) => return Err(error),
    };
    if length <= at || length > end {
        return Ok(length == at);
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(at))?;
    let mut rest = Vec::new();
    file.take(bytes.len() as u64).read_to_end(&mut rest)?;
    Ok(rest.iter().zip(bytes).all(|(is, planned)| is == planned || *is == 0))
}

fn put(folder: &Path, path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(at == 0)
        .truncate(false)
        .open(path)?;
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)?;
    file.sync_data()?;
    if at == 0 {
        sync_folder(folder)?;
    }
    Ok(())
}

/// The name of a new file outlives a power cut too. Windows has no such thing, and no need of it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

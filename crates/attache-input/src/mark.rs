//! Where reading stands, so that a later run can go on from there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A place in the inputs: behind the item that came with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Number of the path as given to the reader, from 0.
    pub argument: usize,
    /// The file; none before the first of a folder, and for standard input.
    pub file: Option<Arc<Path>>,
    /// Byte of the file, packed as it is, from which reading can begin.
    pub offset: u64,
    /// Lines before that byte, in JSON lines.
    pub lines: u64,
    /// Items between that byte and the place.
    pub items: u64,
}

/// How far reading has come; shared with whoever draws it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes taken from the inputs, packed as they are.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Bytes that need not be read.
    pub(crate) fn pass(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.0)
    }
}

/// Bytes of all inputs, packed as they are; `None` where standard input is among them. Files that cannot be looked at count
/// nothing.
pub fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for path in paths {
        if path.as_os_str() == "-" {
            return None;
        }
        total += match path.is_dir() {
            true => crate::walk::bytes(path),
            false => path.metadata().map_or(0, |meta| meta.len()),
        };
    }
    Some(total)
}

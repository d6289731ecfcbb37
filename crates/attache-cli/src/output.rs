//! Records out: JSON lines, CSV and tables.

mod csv;
mod jsonl;
pub mod label;
mod table;
pub mod tree;

pub use csv::CsvWriter;
pub use jsonl::{JsonWriter, TextWriter};
pub use table::TableWriter;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Where output goes: a file, or stdout without colours. Held back until flushed.
///
/// # Errors
/// Where the file cannot be created.
pub fn plain(path: Option<&Path>) -> Result<Box<dyn Write>> {
    match path {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
            Ok(Box::new(BufWriter::new(file)))
        }
        None => Ok(Box::new(BufWriter::new(io::stdout()))),
    }
}

/// The same for people: stdout with colours where it is a terminal.
///
/// # Errors
/// Where the file cannot be created.
pub fn styled(path: Option<&Path>) -> Result<Box<dyn Write>> {
    match path {
        Some(_) => Ok(Box::new(anstream::StripStream::new(plain(path)?))),
        None => Ok(Box::new(BufWriter::new(anstream::stdout()))),
    }
}

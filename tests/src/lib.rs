//! The test suite over files: one runner per kind of case, and what the runners share.

pub mod archive;
pub mod binary;
pub mod demo;
pub mod digests;
pub mod feeds;
pub mod labelled;
pub mod loopback;
pub mod pages;
pub mod sound;
pub mod table;
pub mod transcript;
pub mod wire;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use attache::document::{Block, BlockKind};
use attache::ontology::OntologyError;
use attache::{Coder, Document, Ontology, Options, Readers};
use attache_parse::{Parser, Span};

/// What tests and tasks of upkeep return.
pub type Fallible<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The bundled engine, loaded once.
///
/// # Panics
/// Where our own data files or weights are broken.
pub fn engine() -> &'static Coder {
    static ENGINE: LazyLock<Coder> = LazyLock::new(|| {
        let parser = Parser::english().expect("the bundled model loads");
        Coder::new(ontology(), parser)
    });
    &ENGINE
}

/// The bundled engine with patterns alone: for cases about rules, which no new training may break.
///
/// # Panics
/// Where our own data files or weights are broken.
pub fn rules() -> &'static Coder {
    static RULES: LazyLock<Coder> = LazyLock::new(|| {
        let parser = Parser::english().expect("the bundled model loads");
        Coder::new(ontology(), parser).with_options(Options {
            readers: Readers::Patterns,
            least: Some(0.0),
            ..Options::default()
        })
    });
    &RULES
}

/// The bundled ontology.
///
/// # Panics
/// With every fault, where a data file is broken.
pub fn ontology() -> Ontology {
    Ontology::bundled().unwrap_or_else(|errors| {
        let faults: Vec<String> = errors.iter().map(OntologyError::to_string).collect();
        panic!("{}", faults.join("\n"))
    })
}

/// A document of plain text; empty lines part its paragraphs.
pub fn document(id: &str, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive("\n\n") {
        let end = start + part.trim_end().len();
        blocks.push(Block {
            span: Span::new(start, end),
            kind: BlockKind::Paragraph,
        });
        start += part.len();
    }
    Document {
        id: id.to_owned(),
        text: text.to_owned(),
        blocks,
        ..Document::default()
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Whether expected output is to be written anew (`UPDATE_EXPECT=1`).
pub fn blessing() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// The files of a folder, in order of their names; folders in it are left out.
///
/// # Errors
/// Where the folder cannot be read.
pub fn files(folder: &Path) -> Fallible<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

//! The data files: loaded, checked, compiled for look-up.

use thiserror::Error;

/// A data file as text; the library reads no disk.
#[derive(Debug, Clone)]
pub struct OntologyFile {
    /// Path relative to the data folder, such as `actors/countries.toml`.
    pub path: String,
    /// Content.
    pub text: String,
}

/// Why a data file was refused.
#[derive(Debug, Clone, Error)]
#[error("{path}:{line}: {message}{}", hint.as_deref().map(|h| format!("\n  hint: {h}")).unwrap_or_default())]
pub struct OntologyError {
    /// The file.
    pub path: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The ontology: types, patterns, actors, agents and places, ready for look-up.
pub struct Ontology {
    name: String,
}

impl Ontology {
    /// The bundled data files.
    ///
    /// # Errors
    /// Where a file breaks the schema; all errors found are returned.
    pub fn bundled() -> Result<Ontology, Vec<OntologyError>> {
        Self::with_files(&[])
    }

    /// The bundled data files with `files` added; entries of the same `name`, `noun`, `code` or `id` are replaced.
    ///
    /// # Errors
    /// Where a file breaks the schema; all errors found are returned.
    pub fn with_files(_files: &[OntologyFile]) -> Result<Ontology, Vec<OntologyError>> {
        Ok(Ontology {
            name: "attache PLOVER 2026.11".into(),
        })
    }

    /// Name and version, as in `cite_info.codebook`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

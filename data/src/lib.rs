//! attache's ontology, actors, agents and places, embedded as text.
//!
//! The files are readable TOML (places are a table) and are described in the README beside this crate. Nothing is parsed
//! here: the engine reads the texts through the same loader that reads a user's own folder.

#![no_std]

/// One embedded data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// The path below the data folder, with `/`: `actors/countries.toml`.
    pub path: &'static str,
    /// The whole text.
    pub text: &'static str,
}

/// Every data file, in the order of the paths.
pub static FILES: &[DataFile] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The text of the file at this path.
#[must_use]
pub fn file(path: &str) -> Option<&'static str> {
    let found = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(found).map(|file| file.text)
}

#[cfg(test)]
mod tests {
    use super::{FILES, file};

    #[test]
    fn files_are_sorted_and_found() {
        assert!(FILES.is_sorted_by(|one, next| one.path < next.path));
        for entry in FILES {
            assert_eq!(file(entry.path), Some(entry.text));
            assert!(!entry.text.is_empty(), "{} is empty", entry.path);
        }
        assert!(file("ontology/plover.toml").is_some());
        assert_eq!(file("ontology/none.toml"), None);
    }
}

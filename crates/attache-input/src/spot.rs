//! Where a stream comes from.

use std::path::Path;

use crate::open::place;

/// Where a stream comes from.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// As messages name it.
    pub place: String,
    /// Its name, and the folder or archive from which names are counted.
    pub name: Option<(&'a Path, &'a Path)>,
    /// The file that holds these very bytes.
    pub file: Option<&'a Path>,
    /// Packings taken off.
    pub layers: usize,
    /// Archives around it.
    pub depth: usize,
}

impl<'a> Spot<'a> {
    /// Standard input.
    pub fn stdin() -> Self {
        Spot {
            place: "stdin".to_owned(),
            name: None,
            file: None,
            layers: 0,
            depth: 0,
        }
    }

    /// A file below `root`.
    pub fn file(path: &'a Path, root: &'a Path) -> Self {
        Spot {
            place: place(path),
            name: Some((path, root)),
            file: Some(path),
            ..Spot::stdin()
        }
    }

    /// A member of the archive that stands here.
    pub fn member(&self, name: &'a Path) -> Self {
        Spot {
            place: format!("{}/{}", self.place, name.display()),
            name: Some((name, Path::new(""))),
            file: None,
            layers: 0,
            depth: self.depth + 1,
        }
    }

    /// The same without its packing.
    pub fn unpacked(self) -> Self {
        Spot {
            layers: self.layers + 1,
            file: None,
            ..self
        }
    }

    /// Its name.
    pub fn path(&self) -> Option<&'a Path> {
        self.name.map(|(path, _)| path)
    }
}

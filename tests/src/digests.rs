//! SOURCES.toml: origin, licence, date and SHA-256 of every file of data and weights.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::Fallible;

/// A folder with a SOURCES.toml.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    /// The folder, from the root of the repository.
    pub folder: &'static str,
    /// Files, and folders whose files are listed.
    rooms: &'static [&'static str],
    /// Files that stay as they were first entered, and folders whose files do.
    frozen: &'static [&'static str],
    /// What a new entry says until somebody corrects it.
    origin: &'static str,
    licence: &'static str,
}

/// All of them.
pub const CATALOGUES: [Catalogue; 4] = [
    Catalogue {
        folder: "data",
        rooms: &["actors", "agents", "gazetteer/tables", "ontology", "places"],
        frozen: &[],
        origin: "compiled by hand for attache",
        licence: "Apache-2.0 OR MIT",
    },
    Catalogue {
        folder: "models/en",
        rooms: &["weights"],
        frozen: &[],
        origin: "made by training/ from the treebanks that CARD.md names",
        licence: "CC BY-SA 4.0",
    },
    Catalogue {
        folder: "eval/gold",
        rooms: &[
            "layers",
            "layers-dev.jsonl",
            "layers-test.jsonl",
            "sentences-dev.txt",
            "sentences-test.txt",
        ],
        frozen: &["layers-test.jsonl", "sentences-test.txt"],
        origin: "written and labelled by hand for attache, in our own words",
        licence: "Apache-2.0 OR MIT",
    },
    Catalogue {
        folder: "eval/pages",
        rooms: &["dev", "test"],
        frozen: &["test"],
        origin: "written for attache, in our own words and in the manner of common systems",
        licence: "Apache-2.0 OR MIT",
    },
];

const HEAD: &str = "\
# Origin, licence, date and SHA-256 of every file. The sums and new entries are written by `cargo run -p xtask -- digests`;
# the rest is written by hand.
";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    #[serde(default)]
    file: Vec<Entry>,
}

#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    origin: String,
    licence: String,
    date: String,
    sha256: String,
}

impl Catalogue {
    /// What differs between the files and SOURCES.toml, a line each.
    ///
    /// # Errors
    /// Where a file cannot be read or SOURCES.toml is broken.
    pub fn faults(self, root: &Path) -> Fallible<Vec<String>> {
        let mut known = self.known(root)?;
        let mut faults = Vec::new();
        for (path, sum) in self.sums(root)? {
            match known.remove(&path) {
                None => faults.push(format!("{}/{path}: no entry in SOURCES.toml", self.folder)),
                Some(entry) if entry.sha256 != sum => {
                    faults.push(format!("{}/{path}: not the file that SOURCES.toml knows", self.folder));
                }
                Some(_) => {}
            }
        }
        faults.extend(known.keys().map(|path| format!("{}/{path}: no such file", self.folder)));
        Ok(faults)
    }

    /// Writes SOURCES.toml anew: sums, new entries, and the date of today where a sum has changed.
    ///
    /// # Errors
    /// Where a file cannot be read or written, SOURCES.toml is broken, or a frozen file is not what it was.
    pub fn renew(self, root: &Path) -> Fallible {
        let known = self.known(root)?;
        let sums = self.sums(root)?;
        let frozen = |path: &str| self.frozen.iter().any(|room| Path::new(path).starts_with(room));
        let changed = |entry: &&Entry| frozen(&entry.path) && sums.get(&entry.path) != Some(&entry.sha256);
        if let Some(Entry { path, .. }) = known.values().find(changed) {
            return Err(format!("{}/{path} is frozen and has changed: put it back", self.folder).into());
        }
        let today = jiff::Zoned::now().date().to_string();
        let mut text = HEAD.to_owned();
        for (path, sum) in sums {
            let new = || Entry {
                path: path.clone(),
                origin: self.origin.to_owned(),
                licence: self.licence.to_owned(),
                date: String::new(),
                sha256: String::new(),
            };
            let mut entry = known.get(&path).cloned().unwrap_or_else(new);
            if entry.sha256 != sum {
                (entry.date, entry.sha256) = (today.clone(), sum);
            }
            text.push_str("\n[[file]]\n");
            let fields = [
                ("path", entry.path),
                ("origin", entry.origin),
                ("licence", entry.licence),
                ("date", entry.date),
                ("sha256", entry.sha256),
            ];
            for (key, value) in fields {
                writeln!(text, "{key} = {}", serde_json::to_string(&value)?)?;
            }
        }
        fs::write(root.join(self.folder).join("SOURCES.toml"), text)?;
        Ok(())
    }

    fn known(self, root: &Path) -> Fallible<BTreeMap<String, Entry>> {
        let path = root.join(self.folder).join("SOURCES.toml");
        let sources = match path.exists() {
            true => toml::from_str(&fs::read_to_string(path)?)?,
            false => Sources::default(),
        };
        Ok(sources
            .file
            .into_iter()
            .map(|entry| (entry.path.clone(), entry))
            .collect())
    }

    fn sums(self, root: &Path) -> Fallible<BTreeMap<String, String>> {
        let folder = root.join(self.folder);
        let mut sums = BTreeMap::new();
        for room in self.rooms {
            sum_into(&folder, &folder.join(room), &mut sums)?;
        }
        Ok(sums)
    }
}

fn sum_into(top: &Path, path: &Path, sums: &mut BTreeMap<String, String>) -> Fallible {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            sum_into(top, &entry?.path(), sums)?;
        }
        return Ok(());
    }
    let parts = path.strip_prefix(top)?.iter().map(|part| part.to_string_lossy());
    let name = parts.collect::<Vec<_>>().join("/");
    sums.insert(name, format!("{:x}", Sha256::digest(fs::read(path)?)));
    Ok(())
}

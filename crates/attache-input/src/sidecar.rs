//! What a folder's docs.jsonl tells about the texts beside it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use attache::eval::DocumentInfo;
use attache::extract::Given;

use crate::{kind, parse_date};

pub(crate) const NAME: &str = "docs.jsonl";

/// The docs.jsonl files met so far, by folder.
#[derive(Debug, Default)]
pub struct Sidecar {
    folders: HashMap<PathBuf, HashMap<String, DocumentInfo>>,
}

impl Sidecar {
    /// What is known about the text at `path`, without its id.
    pub fn given(&mut self, path: &Path) -> Given {
        self.info(path).map(given).unwrap_or_default()
    }

    /// The line of the folder's docs.jsonl about the text at `path`.
    pub fn info(&mut self, path: &Path) -> Option<&DocumentInfo> {
        self.folder(path.parent().unwrap_or(Path::new(""))).get(&stem(path))
    }

    /// All lines of the folder's docs.jsonl, in no order.
    pub fn all(&mut self, folder: &Path) -> impl Iterator<Item = DocumentInfo> {
        self.folder(folder).values().cloned()
    }

    /// Keeps the lines of a docs.jsonl in a folder that is none of the disk.
    pub(crate) fn put(&mut self, folder: PathBuf, text: &str) {
        self.folders.insert(folder, parse(text));
    }

    /// What is known about a text in such a folder, without its id.
    pub(crate) fn told(&self, path: &Path) -> Given {
        let lines = path.parent().and_then(|folder| self.folders.get(folder));
        let info = lines.and_then(|lines| lines.get(&stem(path)));
        info.map(given).unwrap_or_default()
    }

    fn folder(&mut self, folder: &Path) -> &HashMap<String, DocumentInfo> {
        self.folders
            .entry(folder.to_owned())
            .or_insert_with_key(|folder| read(&folder.join(NAME)))
    }
}

/// Whether this is such a file: named docs.jsonl, and its first line has no text.
pub fn is_sidecar(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == NAME) && !crate::jsonl::holds_documents(path)
}

/// Publication date, publisher, title, address and language.
pub fn given(info: &DocumentInfo) -> Given {
    Given {
        id: None,
        url: info.url.clone(),
        title: info.title.clone(),
        publisher: info.publisher.clone(),
        published: info.published.as_deref().and_then(|date| parse_date(date).ok()),
        language: info.language.clone(),
    }
}

/// The file name without its extensions.
pub fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = kind::unpacked_name(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn read(path: &Path) -> HashMap<String, DocumentInfo> {
    parse(&fs::read_to_string(path).unwrap_or_default())
}

/// Lines that say nothing of a document are none of ours: the file may belong to somebody else.
fn parse(text: &str) -> HashMap<String, DocumentInfo> {
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str::<DocumentInfo>(line).ok());
    lines.map(|info| (info.doc.clone(), info)).collect()
}

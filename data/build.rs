//! Lists the data files beside this script, so that a new file is embedded without a line of code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folders that are embedded, each with the ending of its files.
const FOLDERS: [(&str, &str); 6] = [
    ("actors", "toml"),
    ("actors/persons", "toml"),
    ("agents", "toml"),
    ("ontology", "toml"),
    ("ontology/events", "toml"),
    ("places", "tsv"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    let mut names = Vec::new();
    for (folder, ending) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        names.extend(
            files(&root.join(folder), ending)?
                .into_iter()
                .map(|name| format!("{folder}/{name}")),
        );
    }
    names.sort();
    let mut code = String::from("&[\n");
    for name in &names {
        let path = root.join(name);
        writeln!(
            code,
            "    DataFile {{ path: {name:?}, text: include_str!({:?}) }},",
            path.display().to_string()
        )?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("files.rs"), code)?;
    Ok(())
}

/// The names of the files with this ending in a folder; none where the folder is missing.
fn files(folder: &Path, ending: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|found| found == ending) {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .ok_or("a file name is not UTF-8")?;
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

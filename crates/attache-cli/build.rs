//! Lists the demonstration corpus beside this script, so that a new text is embedded without a line of code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=demo");
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("demo");
    let mut code = String::from("&[\n");
    for name in names(&folder)? {
        writeln!(
            code,
            "    ({name:?}, include_str!({:?})),",
            folder.join(&name).display().to_string()
        )?;
    }
    code.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("demo.rs"), code)?;
    Ok(())
}

/// The texts and tables of a folder, sorted; none where the folder is missing.
fn names(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let name = entry?
                .file_name()
                .into_string()
                .map_err(|_| "a file name is not UTF-8")?;
            names.extend((name.ends_with(".txt") || name.ends_with(".jsonl")).then_some(name));
        }
    }
    names.sort();
    Ok(names)
}

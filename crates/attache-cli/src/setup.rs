//! The engine: ontology and model, loaded once.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use attache::ontology::{OntologyError, OntologyFile};
use attache::{Coder, Ontology};
use attache_parse::Parser;

use crate::args::EngineArgs;
use crate::report;

/// Loads what coding needs.
///
/// # Errors
/// Where a data file breaks the schema (every fault with file and line) or the model cannot be read.
pub fn coder(args: &EngineArgs, verbose: bool) -> Result<Coder> {
    let start = Instant::now();
    let ontology = ontology(args.ontology.as_deref())?;
    let loaded = start.elapsed();
    let parser = Parser::english()?;
    if verbose {
        let model = start.elapsed() - loaded;
        report::note(&format!(
            "{} loaded in {loaded:.0?}, {} in {model:.0?}",
            ontology.name(),
            parser.name()
        ));
    }
    Ok(Coder::new(ontology, parser))
}

/// The bundled ontology with the files of `folder` on top.
///
/// # Errors
/// Where the folder cannot be read or a file breaks the schema.
pub fn ontology(folder: Option<&Path>) -> Result<Ontology> {
    let files = folder.map(files).transpose()?.unwrap_or_default();
    Ontology::with_files(&files).map_err(|errors| faults(folder, &errors))
}

/// All faults as one message, one paragraph each; paths are given as the user knows them.
fn faults(folder: Option<&Path>, errors: &[OntologyError]) -> anyhow::Error {
    let shown: Vec<String> = errors.iter().map(|error| located(folder, error)).collect();
    anyhow::anyhow!(
        "{}\n{} in the data files",
        shown.join("\n"),
        report::count(errors.len(), "fault")
    )
}

fn located(folder: Option<&Path>, error: &OntologyError) -> String {
    let own = folder
        .map(|folder| folder.join(&error.path))
        .filter(|path| path.exists());
    let path = own.map_or_else(|| error.path.clone(), |path| path.display().to_string());
    OntologyError { path, ..error.clone() }.to_string()
}

/// The data files of a folder, in sorted order, with paths below it.
///
/// # Errors
/// Where the folder or a file cannot be read, or holds no data file.
pub fn files(folder: &Path) -> Result<Vec<OntologyFile>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).with_context(|| format!("{}: cannot be read", folder.display()))?;
    paths.sort();
    if paths.is_empty() {
        bail!(
            "{}: no .toml or .tsv file in it\n  hint: lay it out like the bundled files: attache ontology show",
            folder.display()
        );
    }
    paths.iter().map(|path| file(folder, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let wanted = path
            .extension()
            .is_some_and(|extension| extension == "toml" || extension == "tsv");
        if path.is_dir() && !path.is_symlink() {
            collect(&path, paths)?;
        } else if wanted {
            paths.push(path);
        }
    }
    Ok(())
}

fn file(folder: &Path, path: &Path) -> Result<OntologyFile> {
    let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let below = path
        .strip_prefix(folder)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    Ok(OntologyFile { path: below, text })
}

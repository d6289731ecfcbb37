//! `attache ontology`: the data files.

mod coverage;
mod test;

use std::io::Write;

use anyhow::{Result, bail};
use attache_data::DataFile;

use crate::Outcome;
use crate::args::{OntologyArgs, OntologyCommand, OntologyShowArgs};
use crate::output;
use crate::report::{Level, count};
use crate::setup;
use crate::term::{DIM, GOOD, HEAD, paint};

/// Runs the command.
///
/// # Errors
/// Where a data file breaks the schema, or what was asked for is not there.
pub fn run(args: &OntologyArgs, level: Level) -> Result<Outcome> {
    match &args.command {
        OntologyCommand::Check(args) => check(args.dir.as_deref()),
        OntologyCommand::Show(args) => show(args),
        OntologyCommand::Test(args) => test::run(args, level),
        OntologyCommand::Coverage(args) => coverage::run(args),
    }
}

fn check(folder: Option<&std::path::Path>) -> Result<Outcome> {
    let ontology = setup::ontology(folder)?;
    let own = folder.map(setup::files).transpose()?.map_or(0, |files| files.len());
    let own = if own > 0 {
        format!(" and {} of yours", own)
    } else {
        String::new()
    };
    let mut out = output::styled(None)?;
    let files = count(attache_data::FILES.len(), "bundled file");
    writeln!(out, "{} {}: {files}{own}", paint(GOOD, "sound"), ontology.name())?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn show(args: &OntologyShowArgs) -> Result<Outcome> {
    let mut out = output::styled(None)?;
    match args.what.as_deref() {
        None => list(&mut out)?,
        Some(what) => match attache_data::file(what) {
            Some(text) => out.write_all(text.as_bytes())?,
            None => search(&mut out, what)?,
        },
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn list(out: &mut dyn Write) -> Result<()> {
    let ontology = setup::ontology(None)?;
    writeln!(out, "{}", paint(HEAD, ontology.name()))?;
    for file in attache_data::FILES {
        let entries = entries(file);
        writeln!(out, "  {:<40} {}", file.path, paint(DIM, entries))?;
    }
    writeln!(
        out,
        "\n{}",
        paint(
            DIM,
            "attache ontology show FILE prints one; attache ontology show WORDS searches them all"
        )
    )?;
    Ok(())
}

fn entries(file: &DataFile) -> String {
    let tables = file.text.lines().filter(|line| line.starts_with("[[")).count();
    match tables {
        0 => format!("{} lines", file.text.lines().count()),
        1 => "1 entry".to_owned(),
        more => format!("{more} entries"),
    }
}

/// Every entry (lines between blank lines) with the words in it, the case of letters left aside.
fn search(out: &mut dyn Write, words: &str) -> Result<()> {
    let wanted = words.to_lowercase();
    let mut found = 0;
    for file in attache_data::FILES {
        let mut line = 1;
        for entry in file.text.split("\n\n") {
            if entry.to_lowercase().contains(&wanted) {
                found += 1;
                writeln!(out, "{}", paint(DIM, format!("{}:{line}", file.path)))?;
                writeln!(out, "{}\n", shown(entry, &wanted))?;
            }
            line += entry.matches('\n').count() + 2;
        }
    }
    if found == 0 {
        bail!(
            "no file of that name, and no data file has {words:?} in it\n  hint: attache ontology show lists the files"
        );
    }
    Ok(())
}

/// The whole entry, or of a long table the lines that matter.
fn shown(entry: &str, wanted: &str) -> String {
    let entry = entry.trim_matches('\n');
    if entry.lines().count() <= 40 {
        return entry.to_owned();
    }
    entry
        .lines()
        .filter(|line| line.to_lowercase().contains(wanted))
        .collect::<Vec<_>>()
        .join("\n")
}

//! `attache demo`: a small invented press, coded and laid side by side.

mod corpus;
mod digest;

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use attache::{Coder, Event};

use self::corpus::DemoText;
use crate::args::DemoArgs;
use crate::output;
use crate::parallel::{self, Step};
use crate::report::{Level, count};
use crate::term::{DIM, HEAD, paint};
use crate::{Outcome, flow, setup};

/// Runs the command.
///
/// # Errors
/// Where the engine cannot be loaded or output cannot be written.
pub fn run(args: &DemoArgs, level: Level) -> Result<Outcome> {
    if let Some(folder) = &args.write {
        return write(folder);
    }
    let coder = setup::coder(&crate::args::EngineArgs { ontology: None }, level == Level::Verbose)?;
    let texts = corpus::texts()?;
    let number = texts.len();
    let events = code(&coder, texts)?;
    let mut out = output::styled(None)?;
    out.write_all(digest::of(&events, number, args.all).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn write(folder: &Path) -> Result<Outcome> {
    ensure!(!corpus::FILES.is_empty(), "this build carries no demonstration corpus");
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    for (name, text) in corpus::FILES {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    let mut out = output::styled(None)?;
    let shown = folder.display();
    writeln!(
        out,
        "{} written to {shown}",
        paint(HEAD, count(corpus::FILES.len(), "file"))
    )?;
    for command in ["code", "annotate", "parse"] {
        writeln!(out, "  attache {command} {shown}")?;
    }
    writeln!(
        out,
        "  attache eval {shown}/expected.jsonl --docs {shown} {}",
        paint(DIM, "# how good is it?")
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn code(coder: &Coder, texts: Vec<DemoText>) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    parallel::in_order(
        flow::jobs(None),
        |sink| {
            for text in texts {
                if sink(text).is_break() {
                    return;
                }
            }
        },
        |text| coder.code(&text.into_document()).events,
        |step| {
            if let Step::Item(found) = step {
                events.extend(found.context("the engine failed on a text of the demonstration")?);
            }
            Ok(())
        },
    )?;
    Ok(events)
}

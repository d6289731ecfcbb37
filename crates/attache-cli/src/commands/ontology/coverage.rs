//! `attache ontology coverage`: what the data files reach, and the holes in them.

use std::io::Write;

use anyhow::Result;
use attache::ontology::coverage::{CameoCoverage, Coverage, KindCoverage};

use crate::args::OntologyCoverageArgs;
use crate::output;
use crate::report::count;
use crate::term::{BAD, DIM, GOOD, HEAD, paint};
use crate::{Outcome, setup};

/// Runs the command.
///
/// # Errors
/// Where a data file breaks the schema or output cannot be written.
pub fn run(args: &OntologyCoverageArgs) -> Result<Outcome> {
    let coverage = setup::ontology(args.dir.as_deref())?.coverage();
    let holes = coverage.holes();
    if args.json {
        let mut out = output::plain(None)?;
        serde_json::to_writer_pretty(&mut out, &coverage).map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        show(&coverage)?;
    }
    Ok(match args.strict && holes > 0 {
        true => Outcome::Partly,
        false => Outcome::Done,
    })
}

fn show(coverage: &Coverage) -> Result<()> {
    let mut out = output::styled(None)?;
    let head = format!(
        "{:<24}  patterns  examples  counter-examples  made of other events by",
        "type and mode"
    );
    writeln!(out, "{}", paint(HEAD, head))?;
    for kind in &coverage.kinds {
        writeln!(out, "{}", kind_line(kind))?;
    }
    let head = format!("\n{:<6}  patterns  derivations  CAMEO", "code");
    writeln!(out, "{}", paint(HEAD, head))?;
    for code in &coverage.cameo {
        writeln!(out, "{}", code_line(code))?;
    }
    writeln!(out, "\n{}", totals(coverage))?;
    Ok(out.flush()?)
}

fn kind_line(kind: &KindCoverage) -> String {
    let name = match &kind.mode {
        Some(mode) => format!("{}/{mode}", kind.event),
        None => kind.event.clone(),
    };
    let line = format!(
        "{name:<24}  {:>8}  {:>8}  {:>16}  {}",
        kind.patterns,
        kind.examples,
        kind.counter,
        paint(DIM, kind.derived.join(", "))
    );
    match kind.holes.is_empty() {
        true => line,
        false => format!("{line} {}", paint(BAD, kind.holes.join(", "))),
    }
}

fn code_line(code: &CameoCoverage) -> String {
    let state = match (code.is_hole(), code.is_reached()) {
        (true, _) => paint(BAD, " not reached"),
        (false, false) => paint(DIM, " PLOVER has no type for it"),
        (false, true) => String::new(),
    };
    format!(
        "{:<6}  {:>8}  {:>11}  {}{state}",
        code.code, code.patterns, code.derived, code.name
    )
}

fn totals(coverage: &Coverage) -> String {
    let sound = coverage.kinds.iter().filter(|kind| kind.holes.is_empty()).count();
    let inside: Vec<_> = coverage.cameo.iter().filter(|code| !code.outside).collect();
    let reached = inside.iter().filter(|code| code.is_reached()).count();
    let style = if coverage.holes() == 0 { GOOD } else { BAD };
    format!(
        "{} and {}; {sound} of {} types and modes covered; {reached} of {} CAMEO codes reached; {}",
        count(coverage.examples, "example"),
        count(coverage.counter, "counter-example"),
        coverage.kinds.len(),
        inside.len(),
        paint(style, count(coverage.holes(), "hole"))
    )
}

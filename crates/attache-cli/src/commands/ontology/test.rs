//! `attache ontology test`: do the patterns read the examples that they carry?

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use attache::event::{Actor, Status};
use attache::extract::Given;
use attache::ontology::pattern::Example;
use attache::{Coder, Event, Ontology, Options, Readers};
use serde::Serialize;

use crate::args::{EngineArgs, OntologyTestArgs};
use crate::output::{self, label};
use crate::parallel::{self, Step};
use crate::report::{Level, count};
use crate::sentences::one_paragraph;
use crate::term::{BAD, DIM, GOOD, HEAD, paint};
use crate::{Outcome, flow, setup};

/// A sentence and what is expected of it.
struct Case {
    /// Pattern or operator.
    id: String,
    /// `file:line`.
    origin: String,
    text: String,
    /// The record expected; `None` where the pattern must leave the sentence alone.
    expected: Option<Example>,
}

/// A case that came out otherwise.
#[derive(Serialize)]
struct Failure {
    pattern: String,
    origin: String,
    text: String,
    expected: String,
    got: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// Where the engine cannot be loaded or output cannot be written.
pub fn run(args: &OntologyTestArgs, level: Level) -> Result<Outcome> {
    let coder = setup::coder(
        &EngineArgs {
            ontology: args.dir.clone(),
        },
        level == Level::Verbose,
    )?;
    // Examples are for the patterns that carry them, and no new training may break one.
    let coder = coder.with_options(Options {
        readers: Readers::Patterns,
        least: Some(0.0),
        ..Options::default()
    });
    let mut cases = cases(coder.ontology());
    cases.retain(|case| args.only.as_ref().is_none_or(|only| case.id.contains(only.as_str())));
    let number = cases.len();
    let failures = failures(&coder, cases)?;
    if args.json {
        let mut out = output::plain(None)?;
        serde_json::to_writer_pretty(&mut out, &serde_json::json!({"examples": number, "failures": failures}))
            .map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        show(number, &failures)?;
    }
    Ok(if failures.is_empty() {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

fn cases(ontology: &Ontology) -> Vec<Case> {
    let patterns = ontology
        .patterns
        .iter()
        .map(|p| (&p.id, &p.origin, &p.examples, &p.counter));
    let operators = ontology
        .operators
        .iter()
        .map(|o| (&o.id, &o.origin, &o.examples, &o.counter));
    let mut cases = Vec::new();
    for (id, (file, line), examples, counter) in patterns.chain(operators) {
        let case = |text: &str, expected| Case {
            id: id.clone(),
            origin: format!("{file}:{line}"),
            text: text.to_owned(),
            expected,
        };
        cases.extend(
            examples
                .iter()
                .map(|example| case(&example.text, Some(example.clone()))),
        );
        cases.extend(counter.iter().map(|text| case(text, None)));
    }
    cases
}

fn failures(coder: &Coder, cases: Vec<Case>) -> Result<Vec<Failure>> {
    let mut failures = Vec::new();
    parallel::in_order(
        flow::jobs(None),
        |sink| {
            for case in cases {
                if sink(case).is_break() {
                    return;
                }
            }
        },
        |case| try_case(coder, case),
        |step| {
            if let Step::Item(result) = step {
                failures.extend(result.context("the engine failed on an example")?);
            }
            Ok(())
        },
    )?;
    Ok(failures)
}

fn try_case(coder: &Coder, case: Case) -> Option<Failure> {
    let events = coder.code(&one_paragraph(&case.text, Given::default())).events;
    let passes = match &case.expected {
        Some(example) => events.iter().any(|event| reads(example, event)),
        None => !events
            .iter()
            .any(|event| event.pattern.split(['(', ')']).any(|id| id == case.id)),
    };
    let got = || {
        events
            .iter()
            .map(|event| format!("{} [{}]", found(event), event.pattern))
            .collect()
    };
    (!passes).then(|| Failure {
        pattern: case.id,
        origin: case.origin,
        text: case.text,
        expected: case
            .expected
            .as_ref()
            .map_or_else(|| "nothing by this pattern".to_owned(), wanted),
        got: got(),
    })
}

/// An example that names no recipient leaves open whether the act is held to be directed at the actor's own country.
fn reads(example: &Example, event: &Event) -> bool {
    let recipient = codes(&event.recipient);
    let own = example.recipient.is_empty() && recipient.iter().all(|code| example.actor.contains(code));
    event.event.contains(&example.event)
        && example.mode.as_ref().is_none_or(|mode| event.mode.contains(mode))
        && codes(&event.actor) == example.actor
        && (recipient == example.recipient || own)
        && example.status.is_none_or(|status| event.status == status)
}

fn codes(side: &[Actor]) -> Vec<String> {
    let mut codes: Vec<String> = side
        .iter()
        .map(|actor| actor.code.clone().unwrap_or_else(|| "?".to_owned()))
        .collect();
    codes.sort();
    codes
}

fn wanted(example: &Example) -> String {
    let mode = example.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
    line(
        &format!("{}{mode}", example.event),
        &example.actor,
        &example.recipient,
        example.status,
    )
}

fn found(event: &Event) -> String {
    line(
        &label::event(event),
        &codes(&event.actor),
        &codes(&event.recipient),
        Some(event.status),
    )
}

/// In the form of the data files: `SANCTION/expel RUS > USA occurred`.
fn line(event: &str, actor: &[String], recipient: &[String], status: Option<Status>) -> String {
    let recipient = if recipient.is_empty() {
        String::new()
    } else {
        format!(" > {}", recipient.join(","))
    };
    let status = status
        .map(|status| format!(" {}", label::status(status)))
        .unwrap_or_default();
    format!("{event} {}{recipient}{status}", actor.join(","))
}

fn show(number: usize, failures: &[Failure]) -> Result<()> {
    let mut out = output::styled(None)?;
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in failures {
        *files.entry(failure.origin.split(':').next().unwrap_or("")).or_default() += 1;
        writeln!(out, "{}: {}", failure.origin, paint(HEAD, &failure.pattern))?;
        writeln!(out, "  {}", failure.text)?;
        writeln!(out, "  {} {}", paint(DIM, "wanted"), failure.expected)?;
        match failure.got.is_empty() {
            true => writeln!(out, "  {} nothing\n", paint(BAD, "got   "))?,
            false => writeln!(out, "  {} {}\n", paint(BAD, "got   "), failure.got.join("\n         "))?,
        }
    }
    for (file, failed) in &files {
        writeln!(out, "{}", paint(DIM, format!("{failed:>5} {file}")))?;
    }
    let style = if failures.is_empty() { GOOD } else { BAD };
    let passed = number - failures.len();
    writeln!(
        out,
        "{} of {} come out as they should",
        paint(style, passed),
        count(number, "example")
    )?;
    Ok(out.flush()?)
}

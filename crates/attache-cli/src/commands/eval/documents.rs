//! Documents with expected records.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use attache::eval::{DocumentInfo, DocumentReport, DocumentScore, Essential, ExpectedRecord, Found, score_document};
use attache::{Coder, Event};
use attache_input::{Reader, Sidecar};

use super::show;
use crate::Outcome;
use crate::args::EvalArgs;
use crate::output::{self, label};
use crate::parallel::{self, Step};
use crate::report::count;
use crate::term::{BAD, DIM, GOOD, HEAD, WARN, paint};

struct Scored {
    doc: String,
    not_content: Vec<String>,
    events: Vec<Event>,
    score: DocumentScore,
}

/// Codes and scores the documents and prints the result.
///
/// # Errors
/// Where a document cannot be read or output cannot be written.
pub fn run(args: &EvalArgs, docs: &Path, expected: &[ExpectedRecord], coder: &Coder) -> Result<Outcome> {
    let scored = score(args, tasks(docs, expected)?, coder)?;
    let report = DocumentReport::of(scored.iter().map(|scored| &scored.score));
    if args.json {
        return json(args, &report, &scored);
    }
    let mut out = output::styled(None)?;
    if args.misses {
        scored
            .iter()
            .try_for_each(|scored| out.write_all(details(scored).as_bytes()))?;
    }
    out.write_all(figures(&report).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

struct Task {
    path: PathBuf,
    info: DocumentInfo,
    expected: Vec<ExpectedRecord>,
}

/// One per document, in the order of their first expected record; then those in docs.jsonl of which nothing is expected.
fn tasks(folder: &Path, expected: &[ExpectedRecord]) -> Result<Vec<Task>> {
    let mut sidecar = Sidecar::default();
    let mut tasks: Vec<Task> = Vec::new();
    for record in expected {
        if let Some(task) = tasks.iter_mut().find(|task| task.info.doc == record.doc) {
            task.expected.push(record.clone());
            continue;
        }
        let path = folder.join(format!("{}.txt", record.doc));
        if !path.is_file() {
            bail!("{}: no such file, though records of it are expected", path.display());
        }
        let info = sidecar.info(&path).cloned().unwrap_or_default();
        let info = DocumentInfo {
            doc: record.doc.clone(),
            ..info
        };
        tasks.push(Task {
            path,
            info,
            expected: vec![record.clone()],
        });
    }
    let mut silent: Vec<DocumentInfo> = sidecar
        .all(folder)
        .filter(|info| tasks.iter().all(|task| task.info.doc != info.doc))
        .collect();
    silent.sort_by(|one, other| one.doc.cmp(&other.doc));
    let silent = silent.into_iter().map(|info| Task {
        path: folder.join(format!("{}.txt", info.doc)),
        info,
        expected: Vec::new(),
    });
    tasks.extend(silent.filter(|task| task.path.is_file()));
    Ok(tasks)
}

fn score(args: &EvalArgs, tasks: Vec<Task>, coder: &Coder) -> Result<Vec<Scored>> {
    let mut scored = Vec::with_capacity(tasks.len());
    parallel::in_order(
        crate::flow::jobs(args.jobs),
        |sink| {
            for task in tasks {
                if sink(task).is_break() {
                    return;
                }
            }
        },
        |task| one(coder, task),
        |step| {
            if let Step::Item(result) = step {
                scored.push(result.context("the engine failed on a document")??);
            }
            Ok(())
        },
    )?;
    Ok(scored)
}

fn one(coder: &Coder, task: Task) -> Result<Scored> {
    let mut events = Vec::new();
    let mut failed = None;
    Reader::default().read(std::slice::from_ref(&task.path), &mut |found| {
        match found.item.and_then(|article| article.into_document()) {
            Ok((document, _)) => events.extend(coder.code(&document).events),
            Err(trouble) => failed = Some(trouble),
        }
        std::ops::ControlFlow::Continue(())
    });
    if let Some(trouble) = failed {
        bail!("{}: {}", trouble.place, trouble.reason);
    }
    let score = score_document(&task.expected, &task.info.not_content, &events);
    Ok(Scored {
        doc: task.info.doc,
        not_content: task.info.not_content,
        events,
        score,
    })
}

/// One of the counts.
type Part = fn(&Essential) -> usize;

fn figures(report: &DocumentReport) -> String {
    let mut text = format!(
        "{}\n",
        paint(
            HEAD,
            format!(
                "{}, {}",
                count(report.documents, "document"),
                count(report.predicted, "record")
            )
        )
    );
    text.push_str(&format!(
        "  {:<24}  {:>16}  {:>16}\n",
        "recall", "essential", "all expected"
    ));
    let rows: [(&str, Part); 4] = [
        ("type and sides", |r| r.sides),
        ("… and status", |r| r.status),
        ("… and date", |r| r.date),
        ("… and speaker", |r| r.speaker),
    ];
    for (name, part) in rows {
        text.push_str(&recall(name, part, report, |r| r.expected));
    }
    text.push_str(&recall(
        "in the evidence's sentence",
        |r| r.evidence,
        report,
        |r| r.sides,
    ));
    text.push_str(&format!(
        "  {} matched with nothing expected (may be right: read them with --misses)\n",
        report.unexpected
    ));
    text.push_str(&format!(
        "  {} out of page furniture (must be 0)\n\n",
        show::must_be_none(report.furniture.len())
    ));
    let note = "all records against all expected; where not everything is expected, precision is a lower bound";
    text + &format!("{}\n{}\n", paint(HEAD, note), show::report(&report.records))
}

fn recall(
    name: &str,
    part: fn(&Essential) -> usize,
    report: &DocumentReport,
    whole: fn(&Essential) -> usize,
) -> String {
    let cell = |level: &Essential| {
        let (part, whole) = (part(level), whole(level));
        format!("{} ({part}/{whole})", show::percent(part as f64 / whole.max(1) as f64))
    };
    format!(
        "  {name:<26}{:>16}  {:>16}\n",
        cell(&report.essential),
        cell(&report.all)
    )
}

fn details(scored: &Scored) -> String {
    let mut text = format!("{}\n", paint(HEAD, &scored.doc));
    for (record, matched) in &scored.score.expected {
        text.push_str(&format!("  {} {}\n", verdict(record, *matched), expected(record)));
        if let Some((at, _)) = matched.filter(|(_, found)| !is_full(*found)) {
            text.push_str(&format!(
                "    {} {}\n",
                paint(WARN, "got"),
                predicted(&scored.events[at])
            ));
        }
    }
    for event in &scored.score.unexpected {
        text.push_str(&format!("  {} {}\n", paint(WARN, "extra "), predicted(event)));
    }
    for furniture in &scored.score.furniture {
        text.push_str(&format!(
            "  {} “{}”: {}\n",
            paint(BAD, "furniture"),
            furniture.words,
            predicted(&furniture.event)
        ));
    }
    text + "\n"
}

fn verdict(record: &ExpectedRecord, matched: Option<(usize, Found)>) -> String {
    match matched {
        None if record.essential => paint(BAD, "missed (essential)"),
        None => paint(BAD, "missed (optional)"),
        Some((_, found)) if is_full(found) => paint(GOOD, "found"),
        Some((_, found)) => paint(WARN, format!("found, but not its {}", lacking(found))),
    }
}

fn is_full(found: Found) -> bool {
    found.status && found.date && found.speaker && found.evidence
}

fn lacking(found: Found) -> String {
    let parts = [
        (found.status, "status"),
        (found.date, "date"),
        (found.speaker, "speaker"),
        (found.evidence, "sentence"),
    ];
    parts
        .iter()
        .filter(|(has, _)| !has)
        .map(|(_, name)| *name)
        .collect::<Vec<_>>()
        .join(", ")
}

fn expected(record: &ExpectedRecord) -> String {
    let speaker = record
        .speaker
        .as_ref()
        .map(|speaker| format!(", says {speaker}"))
        .unwrap_or_default();
    let facts = format!(
        "{} {}{speaker}",
        record.date.as_deref().unwrap_or("?"),
        label::status(record.status)
    );
    let sides = format!("{} → {}", record.actor.join("+"), record.recipient.join("+"));
    format!(
        "{} {sides} {}",
        record.event.join("|"),
        paint(DIM, format!("{facts}: “{}”", record.evidence))
    )
}

fn predicted(event: &Event) -> String {
    let speaker = label::speaker(event);
    let speaker = if speaker.is_empty() {
        speaker
    } else {
        format!(", says {speaker}")
    };
    let facts = format!("{} {}{speaker}", label::date(event), label::status(event.status));
    let why = format!(
        "{facts} [{}] “{}” in: {}",
        event.pattern,
        event.event_text.join(" … "),
        event.text
    );
    format!("{} {} {}", label::event(event), label::sides(event), paint(DIM, why))
}

fn json(args: &EvalArgs, report: &DocumentReport, scored: &[Scored]) -> Result<Outcome> {
    let mut value = serde_json::to_value(report)?;
    if args.misses {
        let list = scored.iter().map(|scored| {
            let missed: Vec<_> = scored
                .score
                .expected
                .iter()
                .filter(|(_, matched)| matched.is_none())
                .map(|(r, _)| r)
                .collect();
            serde_json::json!({
                "doc": scored.doc, "expected": scored.score.expected.len(), "not_content": scored.not_content,
                "missed": missed, "extra": scored.score.unexpected,
            })
        });
        value["misses"] = list.collect();
    }
    show::json(&value)
}

//! Scores records on the demonstration corpus and, where they are there, on the development gold in ../shared.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use attache_tests::{demo, engine, root};

use crate::attache::eval;

const HEAD: &str = "set,measure,per_cent,matched,predicted,gold\n";

/// Prints the figures and writes them to `eval/record/DATE-records.csv`, or to the file named with `--output`. `--shared FOLDER`
/// names the folder of gold (default `../shared`).
///
/// # Errors
/// Where attache does not build or run, or the record cannot be written.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let shared = value("--shared").map_or_else(|| root().join("../shared"), PathBuf::from);
    let today = jiff::Zoned::now().date();
    let output = value("--output").map_or_else(
        || root().join(format!("eval/record/{today}-records.csv")),
        PathBuf::from,
    );

    let mut rows = HEAD.to_owned();
    let scores = demo::scores(engine())?;
    for (measure, score) in [
        ("type F1", scores.type_f1),
        ("type and countries F1", scores.type_and_countries_f1),
    ] {
        writeln!(rows, "demo,{measure},{:.1},,,", 100.0 * score)?;
    }
    let demo = demo::folder();
    documents("demo", &demo.join("expected.jsonl"), &demo, &mut rows)?;
    let (gold, samples) = (shared.join("gold/gsr_dev.jsonl"), shared.join("samples"));
    if gold.exists() {
        sentences("gold dev", &gold, &mut rows)?;
    }
    if samples.join("expected.jsonl").exists() {
        documents("samples", &samples.join("expected.jsonl"), &samples, &mut rows)?;
    }
    fs::write(&output, &rows)?;
    print!("{rows}");
    Ok(())
}

fn sentences(set: &str, gold: &Path, rows: &mut String) -> Result<(), Box<dyn Error>> {
    let report = eval([gold])?;
    for (measure, key) in [("type F1", "by_type"), ("type and countries F1", "by_type_and_sides")] {
        let tally = &report[key];
        let per_cent = 100.0 * tally["f1"].as_f64().unwrap_or_default();
        let (matched, predicted, gold) = (&tally["matched"], &tally["predicted"], &tally["gold"]);
        writeln!(rows, "{set},{measure},{per_cent:.1},{matched},{predicted},{gold}")?;
    }
    Ok(())
}

fn documents(set: &str, expected: &Path, docs: &Path, rows: &mut String) -> Result<(), Box<dyn Error>> {
    let report = eval([expected, "--docs".as_ref(), docs])?;
    let predicted = &report["predicted"];
    for level in ["essential", "all"] {
        let counts = &report[level];
        let gold = counts["expected"].as_f64().unwrap_or_default();
        for part in ["sides", "status", "date", "speaker"] {
            let per_cent = 100.0 * counts[part].as_f64().unwrap_or_default() / gold.max(1.0);
            writeln!(
                rows,
                "{set},{level}: recall to {part},{per_cent:.1},{},{predicted},{gold}",
                counts[part]
            )?;
        }
    }
    let furniture = report["furniture"].as_array().map_or(0, Vec::len);
    writeln!(rows, "{set},records out of page furniture,,{furniture},{predicted},0")?;
    Ok(())
}

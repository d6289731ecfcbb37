//! Writes docs/accuracy.md from runs of `attache eval`: what was measured on which text.

mod page;

use std::error::Error;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_tests::{demo, engine, root};
use serde_json::Value;

/// What a run is called with, and how the page calls it.
type Part = (&'static str, &'static [&'static str]);

/// Parts left out one after the other, to see what each adds.
const PARTS: [Part; 4] = [
    ("both readers", &[]),
    ("patterns alone", &["--readers", "patterns"]),
    ("second reader alone", &["--readers", "classifier"]),
    ("both readers, without coreference", &["--no-coreference"]),
];

/// Everything that was measured.
struct Measured {
    /// Frozen test sentences, by part; the whole first.
    sentences: Vec<(&'static str, Value)>,
    /// The demonstration corpus, by part.
    demo: Vec<(&'static str, Value)>,
    /// Layers of the frozen test documents.
    layers: Value,
    /// Development gold and samples of ../shared, where they are there.
    shared: Option<(Value, Value)>,
}

/// Measures, writes docs/accuracy.md and adds `DATE-accuracy.csv` to eval/record/; `--shared FOLDER` names the folder of gold
/// (default `../shared`).
///
/// # Errors
/// Where attache does not build or run, gold is missing, or a file cannot be written.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let shared = match args {
        [] => root().join("../shared"),
        [name, folder] if name == "--shared" => PathBuf::from(folder),
        _ => return Err("accuracy [--shared FOLDER]".into()),
    };
    let today = jiff::Zoned::now().date();
    let measured = measure(&shared)?;
    let head = page::Head {
        day: today.to_string(),
        version: version()?,
        codebook: engine().ontology().name().to_owned(),
        model: engine().parser().name().to_owned(),
    };
    fs::write(root().join("docs/accuracy.md"), page::page(&head, &measured))?;
    fs::write(
        root().join(format!("eval/record/{today}-accuracy.csv")),
        rows(&measured),
    )?;
    println!("docs/accuracy.md and eval/record/{today}-accuracy.csv are written");
    Ok(())
}

fn measure(shared: &Path) -> Result<Measured, Box<dyn Error>> {
    let gold = root().join("eval/gold");
    let of_sentences = |flags: &[&str]| eval(&gold.join("sentences-test.txt"), None, flags);
    let demo = demo::folder();
    let of_demo = |flags: &[&str]| eval(&demo.join("expected.jsonl"), Some(&demo), flags);
    type Run<'a> = &'a dyn Fn(&[&str]) -> Result<Value, Box<dyn Error>>;
    let each = |run: Run| -> Result<Vec<_>, Box<dyn Error>> {
        PARTS.iter().map(|(name, flags)| Ok((*name, run(flags)?))).collect()
    };
    let (dev, samples) = (shared.join("gold/gsr_dev.jsonl"), shared.join("samples"));
    let shared = match dev.exists() && samples.exists() {
        true => Some((
            eval(&dev, None, &[])?,
            eval(&samples.join("expected.jsonl"), Some(&samples), &[])?,
        )),
        false => None,
    };
    Ok(Measured {
        sentences: each(&of_sentences)?,
        demo: each(&of_demo)?,
        layers: eval(&gold.join("layers-test.jsonl"), None, &["--layer", "all"])?,
        shared,
    })
}

fn eval(gold: &Path, docs: Option<&Path>, flags: &[&str]) -> Result<Value, Box<dyn Error>> {
    let mut args: Vec<OsString> = vec![gold.into()];
    if let Some(docs) = docs {
        args.extend(["--docs".into(), docs.into()]);
    }
    args.extend(flags.iter().map(OsString::from));
    crate::attache::eval(args)
}

/// Version of the program and, in a checkout, the commit.
fn version() -> Result<String, Box<dyn Error>> {
    let git = |args: &[&str]| -> Option<String> {
        let output = Command::new("git").args(args).current_dir(root()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=10", "HEAD"]).map(|commit| {
        let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|list| !list.is_empty());
        format!(", commit {commit}{}", if changed { " with changes" } else { "" })
    });
    Ok(format!(
        "attache {}{}",
        env!("CARGO_PKG_VERSION"),
        commit.unwrap_or_default()
    ))
}

/// The figures as CSV: set, part, measure, per cent, interval, number.
fn rows(measured: &Measured) -> String {
    let mut rows = "set,part,measure,per_cent,low,high,n\n".to_owned();
    let sets = [
        ("sentences test", &measured.sentences),
        ("demonstration", &measured.demo),
    ];
    for (set, parts) in sets {
        for (part, report) in parts {
            report_rows(set, part, report.get("records").unwrap_or(report), &mut rows);
        }
    }
    if let Some((dev, samples)) = &measured.shared {
        report_rows("gold dev", "both readers", dev, &mut rows);
        report_rows("samples", "both readers", &samples["records"], &mut rows);
    }
    for report in measured.layers.as_array().into_iter().flatten() {
        for row in report["rows"].as_array().into_iter().flatten() {
            let number = row["value"].as_f64().unwrap_or(f64::NAN);
            let ends = &row["intervals"][2];
            let name = row["name"].as_str().unwrap_or_default().replace(',', ":");
            let distance = row["kind"] == "value" && name.ends_with("km");
            let scale = if distance { 1.0 } else { 100.0 };
            let end = |at: usize| {
                ends[at]
                    .as_f64()
                    .map_or(String::new(), |end| format!("{:.1}", scale * end))
            };
            let set = format!("layers test: {}", report["layer"].as_str().unwrap_or_default());
            let _ = writeln!(
                rows,
                "{set},both readers,{name},{:.1},{},{},{}",
                scale * number,
                end(0),
                end(1),
                row["of"]
            );
        }
    }
    rows
}

fn report_rows(set: &str, part: &str, report: &Value, rows: &mut String) {
    let mut add = |measure: &str, value: &Value, ends: &Value, n: &Value| {
        let number = |value: &Value| {
            value
                .as_f64()
                .map_or(String::new(), |value| format!("{:.1}", 100.0 * value))
        };
        let (low, high) = (number(&ends[0]), number(&ends[1]));
        let _ = writeln!(rows, "{set},{part},{measure},{},{low},{high},{n}", number(value));
    };
    for (name, key) in [("type", "by_type"), ("type and countries", "by_type_and_sides")] {
        let row = &report[key];
        add(
            &format!("{name}: precision"),
            &row["precision"],
            &row["precision_interval"],
            &row["predicted"],
        );
        add(
            &format!("{name}: recall"),
            &row["recall"],
            &row["recall_interval"],
            &row["gold"],
        );
        add(&format!("{name}: F1"), &row["f1"], &row["f1_interval"], &row["gold"]);
    }
    for (name, row) in report["slots"].as_object().into_iter().flatten() {
        add(&format!("slot {name}"), &row["share"], &row["interval"], &row["n"]);
    }
    let reliability = &report["reliability"];
    add(
        "calibration error",
        &reliability["error"],
        &Value::Null,
        &reliability["n"],
    );
}

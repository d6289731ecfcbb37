//! The page.

use std::fmt::Write as _;

use serde_json::Value;

use super::Measured;

/// What the figures were measured with.
pub struct Head {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Program and commit.
    pub version: String,
    /// Name and version of the ontology.
    pub codebook: String,
    /// Name and version of the parser's model.
    pub model: String,
}

const TEXTS: &str = "\
## The texts

| Name | What | How far it is held out |
|---|---|---|
| sentences test | `eval/gold/sentences-test.txt`: one to three sentences with all that they tell, written and labelled by hand after the codebook, without sight of the patterns | frozen by digest; nobody reads its misses, nothing is trained or tuned on it |
| layers test | `eval/gold/layers-test.jsonl`: documents with times, places, statements and coreference | the same |
| demonstration | `crates/attache-cli/demo`: forty dispatches of invented outlets with the records that an analyst would take | read while patterns were written, its `test` part in passing; what is expected is not all that there is, so its precision is a lower bound |
| gold dev | PLOVER's gold records, the development part of them | read while patterns were written: a guard against losses, no measure of quality |
| samples | five real articles with expected records | read while patterns were written; precision is a lower bound |

The authors of our own gold and of the patterns belong to one project: other people's texts are harder. In brackets stand 95 %
intervals by bootstrap over the texts; they tell how far chance goes, not how other texts differ. `attache eval --help` tells the rules of
matching.
";

/// The whole page.
pub fn page(head: &Head, measured: &Measured) -> String {
    let mut text = format!(
        "# Accuracy\n\nHow often attache is right, measured on {} with {}, {}, {}.\nThis page is written by `cargo run --release -p xtask -- \
         accuracy`; the same figures stand in `eval/record/{}-accuracy.csv`.\n\n",
        head.day, head.version, head.codebook, head.model, head.day
    );
    text.push_str(&at_a_glance(measured));
    text.push_str(TEXTS);
    text.push_str(&parts(measured));
    let whole = &measured.sentences[0].1;
    text.push_str("\n## Sentences test, type by type\n\n");
    text.push_str(&tallies("Type", &whole["per_type"]));
    text.push_str("\n## Sentences test, mode by mode\n\nA right type with a wrong mode is a miss of the one mode and an extra of the other.\n\n");
    text.push_str(&tallies("Type and mode", &whole["per_mode"]));
    text.push_str("\n## Slots of the records matched by type\n\n");
    text.push_str(&slots(measured));
    text.push_str("\n## Is the confidence right?\n\n");
    text.push_str(&reliability(&whole["reliability"]));
    text.push_str("\n## Layers test\n\n");
    text.push_str(&layers(&measured.layers));
    text
}

/// Sets with a name, as far as they were measured.
fn sets(measured: &Measured) -> Vec<(&'static str, &Value)> {
    let mut sets = vec![
        ("sentences test", &measured.sentences[0].1),
        ("demonstration", &measured.demo[0].1["records"]),
    ];
    if let Some((dev, samples)) = &measured.shared {
        sets.extend([("gold dev", dev), ("samples", &samples["records"])]);
    }
    sets
}

fn at_a_glance(measured: &Measured) -> String {
    let mut text =
        "| Text | Texts | Type: precision | recall | F1 | Type and both countries: precision | recall | F1 |\n\
                    |---|---|---|---|---|---|---|---|\n"
            .to_owned();
    for (name, report) in sets(measured) {
        let (kind, both) = (&report["by_type"], &report["by_type_and_sides"]);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {} | {} |",
            report["texts"],
            cell(kind, "precision"),
            cell(kind, "recall"),
            cell(kind, "f1"),
            cell(both, "precision"),
            cell(both, "recall"),
            cell(both, "f1")
        );
    }
    text.push_str("\nRecall of the essential records of documents, each column needing all those before it:\n\n");
    text.push_str("| Text | Essential | Type and countries | … and status | … and date | … and speaker | Out of page furniture |\n");
    text.push_str("|---|---|---|---|---|---|---|\n");
    let mut documents = vec![("demonstration", &measured.demo[0].1)];
    documents.extend(measured.shared.iter().map(|(_, samples)| ("samples", samples)));
    for (name, report) in documents {
        let counts = &report["essential"];
        let of = counts["expected"].as_f64().unwrap_or_default().max(1.0);
        let share = |key: &str| format!("{:.1}", 100.0 * counts[key].as_f64().unwrap_or_default() / of);
        let furniture = report["furniture"].as_array().map_or(0, Vec::len);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {furniture} |",
            counts["expected"],
            share("sides"),
            share("status"),
            share("date"),
            share("speaker")
        );
    }
    text + "\n"
}

/// What each part adds.
fn parts(measured: &Measured) -> String {
    let mut text = "\n## What each part adds\n\n\
        | Part | Sentences test: type precision | recall | F1 | F1 with countries | Demonstration: type F1 | F1 with countries | essential recall |\n\
        |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for ((name, sentences), (_, demo)) in measured.sentences.iter().zip(&measured.demo) {
        let records = &demo["records"];
        let essential = &demo["essential"];
        let of = essential["expected"].as_f64().unwrap_or_default().max(1.0);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {} | {:.1} |",
            cell(&sentences["by_type"], "precision"),
            cell(&sentences["by_type"], "recall"),
            cell(&sentences["by_type"], "f1"),
            cell(&sentences["by_type_and_sides"], "f1"),
            cell(&records["by_type"], "f1"),
            cell(&records["by_type_and_sides"], "f1"),
            100.0 * essential["sides"].as_f64().unwrap_or_default() / of
        );
    }
    text
}

fn tallies(title: &str, rows: &Value) -> String {
    let mut text =
        format!("| {title} | Precision | Recall | F1 | Matched | Predicted | Gold |\n|---|---|---|---|---|---|---|\n");
    for (name, row) in rows.as_object().into_iter().flatten() {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {} | {} | {} |",
            cell(row, "precision"),
            cell(row, "recall"),
            cell(row, "f1"),
            row["matched"],
            row["predicted"],
            row["gold"]
        );
    }
    text
}

fn slots(measured: &Measured) -> String {
    let mut text = "| Text | Slot | Right | Records | Where the gold fills it |\n|---|---|---|---|---|\n".to_owned();
    for (set, report) in sets(measured) {
        for slot in [
            "type",
            "mode",
            "actor",
            "recipient",
            "status",
            "date",
            "place",
            "speaker",
        ] {
            let row = &report["slots"][slot];
            if row.is_null() {
                continue;
            }
            let filled = row["filled"].as_f64().unwrap_or_default();
            let share = match filled > 0.0 {
                true => {
                    let right = row["filled_right"].as_f64().unwrap_or_default();
                    format!("{:.1} of {filled}", 100.0 * right / filled)
                }
                false => "–".to_owned(),
            };
            let right = with_interval(&row["share"], &row["interval"]);
            let _ = writeln!(text, "| {set} | {slot} | {right} | {} | {share} |", row["n"]);
        }
    }
    text + "\nThe slot *type* is judged on records that mean the same event by their words, whatever their type.\n"
}

fn reliability(table: &Value) -> String {
    let mut text =
        "`confidence` is the chance that type and both sides of a record are right. On the sentences test:\n\n\
        | Confidence | Records | Mean confidence | Share right |\n|---|---|---|---|\n"
            .to_owned();
    for bin in table["bins"].as_array().into_iter().flatten() {
        if bin["n"] == 0 {
            continue;
        }
        let from = bin["from"].as_f64().unwrap_or_default();
        let percent = |key: &str| 100.0 * bin[key].as_f64().unwrap_or_default();
        let _ = writeln!(
            text,
            "| {from:.1}–{:.1} | {} | {:.1} | {:.1} |",
            from + 0.1,
            bin["n"],
            percent("confidence"),
            percent("right")
        );
    }
    let number = |key: &str| table[key].as_f64().unwrap_or_default();
    text + &format!(
        "\nExpected calibration error {:.3} over {} records; Brier score {:.3}.\n",
        number("error"),
        table["n"],
        number("brier")
    )
}

fn layers(reports: &Value) -> String {
    let mut text =
        "| Layer | Measure | Precision | Recall | F1 or share | Of |\n|---|---|---|---|---|---|\n".to_owned();
    for report in reports.as_array().into_iter().flatten() {
        let layer = report["layer"].as_str().unwrap_or_default();
        for row in report["rows"].as_array().into_iter().flatten() {
            let name = row["name"].as_str().unwrap_or_default();
            let ends = &row["intervals"];
            let [precision, recall] = match row["kind"].as_str() {
                Some("f1") => [
                    with_interval(&row["precision"], &ends[0]),
                    with_interval(&row["recall"], &ends[1]),
                ],
                _ => [String::new(), String::new()],
            };
            let value = match row["kind"] == "value" && name.ends_with("km") {
                true => format!("{:.0}", row["value"].as_f64().unwrap_or(f64::NAN)),
                false => with_interval(&row["value"], &ends[2]),
            };
            let of = row["of"]
                .as_u64()
                .filter(|of| *of > 0)
                .map_or(String::new(), |of| of.to_string());
            let _ = writeln!(text, "| {layer} | {name} | {precision} | {recall} | {value} | {of} |");
        }
    }
    text
}

fn cell(row: &Value, key: &str) -> String {
    with_interval(&row[key], &row[format!("{key}_interval")])
}

/// `81.3 (75.0–87.2)` in per cent; a dash where it is undefined.
fn with_interval(value: &Value, ends: &Value) -> String {
    let percent = |value: &Value| value.as_f64().map(|value| format!("{:.1}", 100.0 * value));
    match (percent(value), percent(&ends[0]), percent(&ends[1])) {
        (None, ..) => "–".to_owned(),
        (Some(value), Some(low), Some(high)) => format!("{value} ({low}–{high})"),
        (Some(value), ..) => value,
    }
}

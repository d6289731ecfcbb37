//! Layers of annotated documents.

use std::io::Write;

use anyhow::{Context, Result, bail};
use attache::Coder;
use attache::annotate::Annotation;
use attache::eval::layers::{Layer, LayerDocument, LayerReport, LayerRow, RowKind, layer_report, score_layer};
use attache::extract::{self, Given};
use attache_input::{Trouble, parse_date};

use super::show;
use crate::Outcome;
use crate::args::{EvalArgs, LayerChoice};
use crate::output;
use crate::parallel::{self, Step};
use crate::report::{Level, Report, count};
use crate::term::{HEAD, paint};

/// Annotates and scores the documents and prints the result.
///
/// # Errors
/// Where a date is none, no document has the layer, or output cannot be written.
pub fn run(
    args: &EvalArgs,
    choice: LayerChoice,
    gold: Vec<LayerDocument>,
    coder: &Coder,
    level: Level,
) -> Result<Outcome> {
    let mut troubles = Report::new(level);
    let mut pairs = Vec::new();
    for (gold, annotation) in annotate(args, gold, coder)? {
        // Offsets into another text would compare nothing with nothing.
        match annotation.text == gold.text {
            true => pairs.push((gold, LayerDocument::from(annotation))),
            false => troubles.trouble(
                &Trouble::unread(
                    format!("document {}", gold.id),
                    "reading changes its text, so the offsets of the gold do not fit",
                )
                .hint("annotate the text that `attache annotate` prints"),
            ),
        }
    }
    let reports: Vec<LayerReport> = wanted(choice)
        .into_iter()
        .filter_map(|layer| report(layer, &pairs))
        .collect();
    if reports.is_empty() {
        bail!("no document has this layer");
    }
    if args.json {
        show::json(&serde_json::to_value(&reports)?)?;
    } else {
        let mut out = output::styled(None)?;
        let tables: Vec<String> = reports.iter().map(table).collect();
        writeln!(out, "{}", tables.join("\n\n"))?;
        out.flush()?;
    }
    Ok(troubles.outcome())
}

fn wanted(choice: LayerChoice) -> Vec<Layer> {
    match choice {
        LayerChoice::Times => vec![Layer::Times],
        LayerChoice::Places => vec![Layer::Places],
        LayerChoice::Statements => vec![Layer::Statements],
        LayerChoice::Coreference => vec![Layer::Coreference],
        LayerChoice::Entities => vec![Layer::Entities],
        LayerChoice::All => Layer::ALL.to_vec(),
    }
}

fn report(layer: Layer, pairs: &[(LayerDocument, LayerDocument)]) -> Option<LayerReport> {
    let scores: Vec<_> = pairs
        .iter()
        .filter_map(|(gold, predicted)| score_layer(layer, gold, predicted))
        .collect();
    (!scores.is_empty()).then(|| layer_report(layer, &scores))
}

fn annotate(args: &EvalArgs, gold: Vec<LayerDocument>, coder: &Coder) -> Result<Vec<(LayerDocument, Annotation)>> {
    for document in &gold {
        if let Some(date) = &document.date {
            parse_date(date).map_err(|error| anyhow::anyhow!("document {}: {error}", document.id))?;
        }
    }
    let mut done = Vec::with_capacity(gold.len());
    parallel::in_order(
        crate::flow::jobs(args.jobs),
        |sink| {
            for document in gold {
                if sink(document).is_break() {
                    return;
                }
            }
        },
        |gold| {
            let given = Given {
                id: Some(gold.id.clone()),
                title: gold.title.clone(),
                publisher: gold.publisher.clone(),
                published: gold.date.as_deref().and_then(|date| parse_date(date).ok()),
                ..Given::default()
            };
            let annotation = coder.annotate(&extract::plain(&gold.text, &given).0);
            (gold, annotation)
        },
        |step| {
            if let Step::Item(result) = step {
                done.push(result.context("the engine failed on a document")?);
            }
            Ok(())
        },
    )?;
    Ok(done)
}

fn table(report: &LayerReport) -> String {
    let title = format!("{}, {}", report.layer.name(), count(report.documents, "document"));
    let width = report
        .rows
        .iter()
        .map(|row| row.name.chars().count())
        .chain([title.len()])
        .max();
    let width = width.unwrap_or(0);
    let head = format!("{title:<width$}  {:<20}{:<20}{:<20}gold", "precision", "recall", "F1");
    let mut lines = vec![paint(HEAD, head)];
    lines.extend(report.rows.iter().map(|row| line(row, width)));
    lines.join("\n")
}

fn line(row: &LayerRow, width: usize) -> String {
    let [precision, recall, value] = row.intervals;
    let name = &row.name;
    let text = match row.kind {
        RowKind::F1 => format!(
            "{name:<width$}  {}{}{}{:>4}",
            cell(row.precision, precision),
            cell(row.recall, recall),
            cell(row.value, value),
            row.of
        ),
        RowKind::Share => format!("{name:<width$}  {:40}{}{:>4}", "", cell(row.value, value), row.of),
        RowKind::Value if name.ends_with("km") => {
            let ends = format!("({:.0}–{:.0})", value[0], value[1]);
            format!("{name:<width$}  {:40}{:>5.0} {ends}", "", row.value)
        }
        RowKind::Value => format!("{name:<width$}  {:40}{}", "", cell(row.value, value)),
    };
    text.trim_end().to_owned()
}

fn cell(value: f64, interval: [f64; 2]) -> String {
    show::cell(value, interval, usize::from(value.is_finite()))
}

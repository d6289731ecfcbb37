//! Figures for reading.

use std::io::Write;

use anyhow::Result;
use attache::eval::calibration::Reliability;
use attache::eval::{Measure, Measured, SentenceReport, Slot};

use crate::Outcome;
use crate::output;
use crate::term::{BAD, DIM, GOOD, HEAD, WARN, paint};

/// Confusions beyond this many are not listed.
const CONFUSIONS: usize = 10;

/// Largest expected calibration error that counts as calibrated.
const CALIBRATED: f64 = 0.05;

/// Everything but misses: the whole, type by type, slot by slot, the reliability of confidences.
pub fn report(report: &SentenceReport) -> String {
    let whole = [("type", Measure::Type), ("type and countries", Measure::TypeAndSides)];
    let whole = whole.map(|(name, measure)| (name, row(report, &measure)));
    let types: Vec<(&str, Measured)> = report.per_type().into_iter().map(|(name, row)| (name, *row)).collect();
    let modes: Vec<(&str, Measured)> = report.per_mode().into_iter().map(|(name, row)| (name, *row)).collect();
    let wide = [&whole[..], &types, &modes].concat();
    let widest = wide.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut parts = vec![table("", &whole, widest)];
    if !types.is_empty() {
        parts.push(table("by type", &types, widest));
    }
    if row(report, &Measure::Slot(Slot::Mode)).tally.gold > 0 {
        parts.push(table("by type and mode", &modes, widest));
    }
    parts.push(slots(report));
    parts.push(confused(report));
    parts.push(reliability(&report.reliability));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn row(report: &SentenceReport, measure: &Measure) -> Measured {
    let nothing = Measured {
        tally: Default::default(),
        precision_interval: [f64::NAN; 2],
        recall_interval: [f64::NAN; 2],
        f1_interval: [f64::NAN; 2],
    };
    report.rows.get(measure).copied().unwrap_or(nothing)
}

/// Precision, recall and F1 in per cent with their intervals, and the counts behind them.
fn table(title: &str, rows: &[(&str, Measured)], widest: usize) -> String {
    let head = format!(
        "  {title:<widest$}  {:<20}{:<20}{:<20}matched  predicted  gold",
        "precision", "recall", "F1"
    );
    let mut lines = vec![paint(HEAD, head.trim_end())];
    for (name, row) in rows {
        lines.push(format!(
            "  {name:<widest$}  {}{}{}{:>7}  {:>9}  {:>4}",
            cell(row.tally.precision(), row.precision_interval, row.tally.predicted),
            cell(row.tally.recall(), row.recall_interval, row.tally.gold),
            cell(row.tally.f1(), row.f1_interval, row.tally.gold + row.tally.predicted),
            row.tally.matched,
            row.tally.predicted,
            row.tally.gold
        ));
    }
    lines.join("\n")
}

/// `92.1 (88.0–95.6)`, 20 columns wide; a dash where there is nothing to divide by.
pub fn cell(value: f64, [low, high]: [f64; 2], whole: usize) -> String {
    let figure = if whole == 0 { "–".to_owned() } else { percent(value) };
    let interval = match low.is_finite() && high.is_finite() && whole > 0 {
        true => format!("({}–{})", percent(low), percent(high)),
        false => String::new(),
    };
    format!("{figure:>5} {} ", paint(DIM, format!("{interval:<13}")))
}

fn slots(report: &SentenceReport) -> String {
    let mut lines = vec![paint(
        HEAD,
        "  slots of matched records  right                          where the gold fills it",
    )];
    for slot in Slot::ALL {
        let (all, filled) = (row(report, &Measure::Slot(slot)), row(report, &Measure::Filled(slot)));
        if all.tally.gold == 0 {
            continue;
        }
        let counts = |row: &Measured| format!("{}/{}", row.tally.matched, row.tally.gold);
        lines.push(format!(
            "  {:<24}  {}{:<9}  {}{}",
            slot.name(),
            cell(all.tally.recall(), all.recall_interval, all.tally.gold),
            counts(&all),
            cell(filled.tally.recall(), filled.recall_interval, filled.tally.gold),
            counts(&filled)
        ));
    }
    if lines.len() > 1 {
        lines.join("\n")
    } else {
        String::new()
    }
}

fn confused(report: &SentenceReport) -> String {
    let mut pairs: Vec<_> = report.confused.iter().collect();
    pairs.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    if pairs.is_empty() {
        return String::new();
    }
    let shown = pairs.iter().take(CONFUSIONS);
    let list: Vec<String> = shown.map(|((gold, got), n)| format!("{gold} as {got} {n}")).collect();
    format!("  {} {}", paint(HEAD, "taken for another type:"), list.join(", "))
}

fn reliability(table: &Reliability) -> String {
    if table.n == 0 {
        return String::new();
    }
    let mut lines = vec![paint(HEAD, "  confidence  records   mean  right")];
    for bin in table.bins.iter().filter(|bin| bin.n > 0) {
        let range = format!("{:.1}–{:.1}", bin.from, bin.from + 0.1);
        lines.push(format!(
            "  {range:<10}  {:>7}  {:>5}  {:>5}",
            bin.n,
            percent(bin.confidence),
            percent(bin.right)
        ));
    }
    let style = if table.error <= CALIBRATED { GOOD } else { WARN };
    lines.push(format!(
        "  expected calibration error {}, Brier score {:.3}",
        paint(style, format!("{:.3}", table.error)),
        table.brier
    ));
    lines.join("\n")
}

/// `81.3`.
pub fn percent(ratio: f64) -> String {
    format!("{:.1}", ratio * 100.0)
}

/// A share with the style of a good or a bad one.
pub fn must_be_none(number: usize) -> String {
    paint(if number == 0 { GOOD } else { BAD }, number)
}

/// Prints a value for programs.
///
/// # Errors
/// Where stdout is closed.
pub fn json(value: &serde_json::Value) -> Result<Outcome> {
    let mut out = output::plain(None)?;
    serde_json::to_writer_pretty(&mut out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Outcome::Done)
}

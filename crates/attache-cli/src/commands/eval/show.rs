//! Figures for reading.

use std::io::Write;

use anyhow::Result;
use attache::eval::Tally;

use crate::Outcome;
use crate::output;

/// Precision, recall and F1 in per cent, with the counts behind them.
pub fn tallies(title: &str, rows: &[(&str, Tally)]) -> String {
    let widest = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .chain([title.len()])
        .max()
        .unwrap_or(0);
    let mut lines = vec![format!(
        "  {title:<widest$}  precision  recall     F1   matched  predicted  gold"
    )];
    for (name, tally) in rows {
        lines.push(format!(
            "  {name:<widest$}  {:>9}  {:>6}  {:>5}  {:>8}  {:>9}  {:>4}",
            percent(tally.precision()),
            percent(tally.recall()),
            percent(tally.f1()),
            tally.matched,
            tally.predicted,
            tally.gold
        ));
    }
    lines.join("\n")
}

/// `81.3`.
pub fn percent(ratio: f64) -> String {
    format!("{:.1}", ratio * 100.0)
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

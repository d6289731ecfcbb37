//! Scores of many texts together, with intervals.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::bootstrap;
use super::calibration::Reliability;
use super::sentences::{Counts, Measure, SentenceScore};
use super::slots::Slot;
use super::tally::Tally;

/// Counts with the 95 % intervals of their figures (see [`bootstrap::intervals`]); the ends are NaN, in JSON null, where a
/// figure was never defined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// The counts.
    #[serde(flatten)]
    pub tally: Tally,
    /// Interval of the precision.
    pub precision_interval: [f64; 2],
    /// Interval of the recall.
    pub recall_interval: [f64; 2],
    /// Interval of F1.
    pub f1_interval: [f64; 2],
}

/// Scores of many texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SentenceReport {
    /// Number of sentences or documents.
    pub texts: usize,
    /// Every count with its intervals.
    pub rows: BTreeMap<Measure, Measured>,
    /// How often a record of the second type stood where the gold has the first.
    pub confused: BTreeMap<(String, String), usize>,
    /// Whether confidences mean what they say.
    pub reliability: Reliability,
}

impl SentenceReport {
    /// Adds up the scores of texts.
    pub fn of<'a>(scores: impl IntoIterator<Item = &'a SentenceScore>) -> Self {
        let scores: Vec<&SentenceScore> = scores.into_iter().collect();
        let mut total = Counts::new();
        let mut report = Self {
            texts: scores.len(),
            ..Self::default()
        };
        let mut judged = Vec::new();
        for score in &scores {
            for (measure, tally) in &score.counts {
                total.entry(measure.clone()).or_default().add(*tally);
            }
            for pair in &score.confused {
                *report.confused.entry(pair.clone()).or_default() += 1;
            }
            judged.extend(score.judged.iter().map(|judged| (judged.confidence, judged.right)));
        }
        report.reliability = Reliability::of(&judged);
        report.rows = measured(total, &scores);
        report
    }

    /// A count; nothing counted gives zeros.
    pub fn tally(&self, measure: &Measure) -> Tally {
        self.rows.get(measure).map(|row| row.tally).unwrap_or_default()
    }

    /// The rows of the types, by type.
    pub fn per_type(&self) -> BTreeMap<&str, &Measured> {
        self.select(|measure| match measure {
            Measure::OfType(kind) => Some(kind.as_str()),
            _ => None,
        })
    }

    /// The rows of types with their modes, by `TYPE/mode`.
    pub fn per_mode(&self) -> BTreeMap<&str, &Measured> {
        self.select(|measure| match measure {
            Measure::OfMode(kind) => Some(kind.as_str()),
            _ => None,
        })
    }

    fn select<'a>(&'a self, name: impl Fn(&'a Measure) -> Option<&'a str>) -> BTreeMap<&'a str, &'a Measured> {
        let named = self
            .rows
            .iter()
            .filter_map(|(measure, row)| Some((name(measure)?, row)));
        named.collect()
    }
}

fn measured(total: Counts, scores: &[&SentenceScore]) -> BTreeMap<Measure, Measured> {
    let numbers: BTreeMap<&Measure, usize> = total.keys().enumerate().map(|(at, measure)| (measure, at)).collect();
    let sparse = |score: &&SentenceScore| -> Vec<(usize, Tally)> {
        score
            .counts
            .iter()
            .map(|(measure, tally)| (numbers[measure], *tally))
            .collect()
    };
    let texts: Vec<Vec<(usize, Tally)>> = scores.iter().map(sparse).collect();
    let intervals = bootstrap::intervals(texts.len(), |sample| {
        let mut sums = vec![Tally::default(); numbers.len()];
        for (at, tally) in sample.iter().flat_map(|text| &texts[*text]) {
            sums[*at].add(*tally);
        }
        sums.into_iter().flat_map(Tally::figures).collect()
    });
    let rows = total.iter().zip(intervals.chunks(3));
    rows.map(|((measure, tally), ends)| {
        let row = Measured {
            tally: *tally,
            precision_interval: ends[0],
            recall_interval: ends[1],
            f1_interval: ends[2],
        };
        (measure.clone(), row)
    })
    .collect()
}

impl Serialize for SentenceReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("texts", &self.texts)?;
        map.serialize_entry("by_type", &self.rows.get(&Measure::Type))?;
        map.serialize_entry("by_type_and_sides", &self.rows.get(&Measure::TypeAndSides))?;
        map.serialize_entry("per_type", &self.per_type())?;
        map.serialize_entry("per_mode", &self.per_mode())?;
        let slots: BTreeMap<&str, SlotRow> = Slot::ALL
            .into_iter()
            .filter_map(|slot| Some((slot.name(), SlotRow::of(self, slot)?)))
            .collect();
        map.serialize_entry("slots", &slots)?;
        let confused: Vec<_> = self.confused.iter().map(|((gold, got), n)| (gold, got, n)).collect();
        map.serialize_entry("confused", &confused)?;
        map.serialize_entry("reliability", &self.reliability)?;
        map.end()
    }
}

/// A slot as programs read it.
#[derive(Serialize)]
struct SlotRow {
    n: usize,
    right: usize,
    share: f64,
    interval: [f64; 2],
    filled: usize,
    filled_right: usize,
}

impl SlotRow {
    fn of(report: &SentenceReport, slot: Slot) -> Option<Self> {
        let row = report.rows.get(&Measure::Slot(slot))?;
        let filled = report.tally(&Measure::Filled(slot));
        Some(Self {
            n: row.tally.gold,
            right: row.tally.matched,
            share: row.tally.recall(),
            interval: row.recall_interval,
            filled: filled.gold,
            filled_right: filled.matched,
        })
    }
}

//! Whether `confidence` means what it says: of records with 0.8, eight in ten should be right.

use serde::Serialize;

/// Bins of equal width that confidences fall into.
pub const BINS: usize = 10;

/// One bin of the reliability table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Lowest confidence, 0 to 1; the highest is that of the next bin.
    pub from: f64,
    /// Records in it.
    pub n: usize,
    /// Mean of their confidences; 0 without records.
    pub confidence: f64,
    /// Share of them that is right; 0 without records.
    pub right: f64,
}

/// The reliability table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Records judged.
    pub n: usize,
    /// [`BINS`] bins from 0 to 1.
    pub bins: Vec<Bin>,
    /// Expected calibration error: |mean confidence − share right|, averaged over the bins by their records.
    pub error: f64,
    /// Brier score: mean squared difference of confidence and truth; lower is better.
    pub brier: f64,
}

impl Reliability {
    /// Of records with their confidence and whether they are right.
    pub fn of(judged: &[(f64, bool)]) -> Self {
        let bin_of = |confidence: f64| ((confidence * BINS as f64) as usize).min(BINS - 1);
        let bin = |number: usize| {
            let inside: Vec<_> = judged.iter().filter(|(c, _)| bin_of(*c) == number).collect();
            let share = |sum: f64| sum / inside.len().max(1) as f64;
            Bin {
                from: number as f64 / BINS as f64,
                n: inside.len(),
                confidence: share(inside.iter().fold(0.0, |sum, (confidence, _)| sum + confidence)),
                right: share(inside.iter().filter(|(_, right)| *right).count() as f64),
            }
        };
        let bins: Vec<Bin> = (0..BINS).map(bin).collect();
        let whole = judged.len().max(1) as f64;
        let gap = |bin: &Bin| bin.n as f64 / whole * (bin.confidence - bin.right).abs();
        let square = |(confidence, right): &(f64, bool)| (confidence - f64::from(u8::from(*right))).powi(2);
        Self {
            n: judged.len(),
            error: bins.iter().map(gap).sum(),
            brier: judged.iter().map(square).sum::<f64>() / whole,
            bins,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_weighted_by_records() {
        // Three records around 0.9 of which two are right, one with 0.25 that is wrong, one with 1.0 that is right.
        let judged = [(0.92, true), (0.93, true), (0.91, false), (0.25, false), (1.0, true)];
        let table = Reliability::of(&judged);
        assert_eq!((table.n, table.bins[9].n, table.bins[2].n), (5, 4, 1));
        let high = (0.92 + 0.93 + 0.91 + 1.0) / 4.0_f64;
        assert!((table.bins[9].confidence - high).abs() < 1e-12);
        assert!((table.bins[9].right - 0.75).abs() < 1e-12);
        let expected = 0.8 * (high - 0.75) + 0.2 * 0.25;
        assert!((table.error - expected).abs() < 1e-12);
        let brier = (0.08_f64.powi(2) + 0.07_f64.powi(2) + 0.91_f64.powi(2) + 0.25_f64.powi(2)) / 5.0;
        assert!((table.brier - brier).abs() < 1e-12);
        assert_eq!(Reliability::of(&[]).error, 0.0);
    }
}

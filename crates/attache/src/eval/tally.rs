//! Counts behind precision and recall.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// How many records the gold has, how many were predicted and how many of these match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records of the gold.
    pub gold: usize,
    /// Records predicted.
    pub predicted: usize,
    /// Predictions matched with a gold record; never above either of the others.
    pub matched: usize,
}

impl Tally {
    /// Matched / predicted, 0 to 1; 0 without predictions.
    pub fn precision(self) -> f64 {
        ratio(self.matched, self.predicted)
    }

    /// Matched / gold, 0 to 1; 0 without gold.
    pub fn recall(self) -> f64 {
        ratio(self.matched, self.gold)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        ratio(2 * self.matched, self.gold + self.predicted)
    }

    /// Precision, recall and F1; NaN where there is nothing to divide by.
    pub(super) fn figures(self) -> [f64; 3] {
        let ratio = |part: usize, whole: usize| part as f64 / whole as f64;
        [
            ratio(self.matched, self.predicted),
            ratio(self.matched, self.gold),
            ratio(2 * self.matched, self.gold + self.predicted),
        ]
    }

    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Tally) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.matched += other.matched;
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Tally", 6)?;
        fields.serialize_field("gold", &self.gold)?;
        fields.serialize_field("predicted", &self.predicted)?;
        fields.serialize_field("matched", &self.matched)?;
        fields.serialize_field("precision", &self.precision())?;
        fields.serialize_field("recall", &self.recall())?;
        fields.serialize_field("f1", &self.f1())?;
        fields.end()
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

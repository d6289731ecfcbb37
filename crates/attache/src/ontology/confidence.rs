//! From what is known of a record to the chance that it is right: the weights of `ontology/confidence.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A logistic model: the weights of a record's features and the base add up to log odds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceModel {
    /// Log odds of a record without any feature.
    pub base: f64,
    /// Confidence below which a record is left out, 0 to 1.
    #[serde(default)]
    pub least: f64,
    /// … where no pattern found it, only the second reader.
    #[serde(default)]
    pub least_alone: f64,
    /// Log odds that one unit of a feature adds. A feature that is not in it adds nothing.
    pub weights: BTreeMap<String, f64>,
}

/// What a record has of a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its name, as in `ontology/confidence.toml`.
    pub name: String,
    /// How much of it: 1 where it is there or not.
    pub value: f64,
}

/// Lowest and highest confidence: nothing is certain.
const BOUNDS: (f64, f64) = (0.02, 0.98);

/// The confidence that log odds come to: strictly between 0 and 1.
pub fn chance(odds: f64) -> f64 {
    (1.0 / (1.0 + (-odds).exp())).clamp(BOUNDS.0, BOUNDS.1)
}

impl Default for ConfidenceModel {
    /// The prior of the pattern alone.
    fn default() -> Self {
        Self {
            base: 0.0,
            least: 0.0,
            least_alone: 0.0,
            weights: BTreeMap::from([("prior".to_owned(), 1.0)]),
        }
    }
}

impl ConfidenceModel {
    /// Log odds that a feature adds.
    pub fn part(&self, feature: &Feature) -> f64 {
        self.weights.get(&feature.name).copied().unwrap_or(0.0) * feature.value
    }

    /// The chance that a record with these features is right: strictly between 0 and 1.
    pub fn probability(&self, features: &[Feature]) -> f64 {
        chance(features.iter().fold(self.base, |sum, feature| sum + self.part(feature)))
    }

    /// What is wrong with the numbers, in words.
    pub(super) fn fault(&self) -> Option<String> {
        let bounds = [("least", self.least), ("least_alone", self.least_alone)];
        if let Some((name, bound)) = bounds.into_iter().find(|(_, b)| !(0.0..=1.0).contains(b)) {
            return Some(format!("`{name}` is {bound}; a confidence is between 0 and 1"));
        }
        let numbers = std::iter::once(("base", self.base)).chain(self.weights.iter().map(|(n, w)| (n.as_str(), *w)));
        let odd = numbers
            .into_iter()
            .find(|(_, number)| !number.is_finite() || number.abs() > 20.0);
        odd.map(|(name, number)| format!("`{name}` is {number}; log odds are finite and within ±20"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_odds_add_up() {
        let model = ConfidenceModel {
            base: 1.0,
            least: 0.0,
            least_alone: 0.0,
            weights: BTreeMap::from([("a".to_owned(), 2.0), ("b".to_owned(), -1.5)]),
        };
        let feature = |name: &str, value| Feature {
            name: name.to_owned(),
            value,
        };
        let known = [feature("a", 0.5), feature("b", 2.0), feature("c", 9.0)];
        assert!((model.probability(&known) - 1.0 / (1.0 + 1.0_f64.exp())).abs() < 1e-12);
        assert_eq!(model.probability(&[feature("a", 1e9)]), BOUNDS.1);
        assert_eq!(model.probability(&[feature("b", 1e9)]), BOUNDS.0);
    }
}

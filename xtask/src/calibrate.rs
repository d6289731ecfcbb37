//! Fits the weights of `data/ontology/confidence.toml`: from the features of a record to the chance that it is right.
//!
//! Two logistic regressions, one upon the other. The first weighs what is known of a record over those that the patterns make of
//! the training sentences. The second, over those that both readers make of sentences that neither has seen (the development sentences, and the tenth of
//! `training/labelled/wire-*.txt` and `desk-*.txt` that the second reader left out), weighs the first against the second reader. Texts named `test` are in neither.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use attache::confidence;
use attache::eval::calibration::Reliability;
use attache::eval::score_sentence;
use attache::ontology::confidence::{Feature, chance};
use attache::{Coder, Options, Readers};
use attache_parse::Parser;
use attache_tests::{engine, labelled, root};

/// Records that a feature must stand on to get a weight.
const SUPPORT: usize = 20;
/// … in the second regression.
const SUPPORT_SECOND: usize = 8;
/// Strength of the pull of all weights towards 0.
const RIDGE: f64 = 3.0;
/// … and of the weights of single patterns, which are many and rest on few records.
const RIDGE_PATTERN: f64 = 6.0;
/// … and of the few weights of the second regression.
const RIDGE_SECOND: f64 = 0.5;
/// Name of the first regression's log odds in the second.
const FIRST: &str = "first";
/// Parts of the cross-validation.
const FOLDS: usize = 5;
/// Confidence below which records are left out: hardly one in ten of them is right in type and sides.
const LEAST: f64 = 0.15;
/// … where the second reader alone found them: in whole articles it errs more often than in the sentences that this is fitted on.
const LEAST_ALONE: f64 = 0.45;
/// The second reader leaves every so manieth sentence of a file alone (`HELD` in training/events/learn.py).
const LEFT_OUT: usize = 10;

/// A record with its features and the verdict on it.
#[derive(Clone)]
struct Case {
    features: Vec<Feature>,
    right: bool,
    /// Part of the cross-validation that it belongs to, with all other records of its sentence.
    fold: usize,
}

/// Fits and writes; with `--check` fits and prints only.
///
/// # Errors
/// Where the labelled sentences cannot be read or the file cannot be written.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let check = match args {
        [] => false,
        [only] if only == "--check" => true,
        _ => return Err("calibrate [--check]".into()),
    };
    let mut files = attache_tests::files(&root().join("training/labelled"))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    let patterns = Coder::new(attache_tests::ontology(), Parser::english()?).with_options(Options {
        readers: Readers::Patterns,
        ..Options::default()
    });
    let training = cases(&patterns, &files, |_| true)?;
    let first = Model::fit(&training, SUPPORT, pull);
    println!(
        "training, patterns alone, cross-validated: {}",
        summary(&cross_validated(&training, SUPPORT, pull))
    );

    // The second reader is surer of what it learned from than it should be: only the tenth that it left out will do.
    // Patterns were mended with the other files in sight, so they are too good there.
    let unseen: Vec<PathBuf> = files.iter().filter(|f| is_later(f)).cloned().collect();
    let mut development = cases(engine(), &unseen, |at| at % LEFT_OUT == LEFT_OUT - 1)?;
    development.extend(cases(engine(), &[root().join("eval/gold/sentences-dev.txt")], |_| {
        true
    })?);
    let weighed: Vec<Case> = development.iter().map(|case| first.weigh(case)).collect();
    let alike = |_: &str| RIDGE_SECOND;
    let second = Model::fit(&weighed, SUPPORT_SECOND, alike);
    let held_out = summary(&cross_validated(&weighed, SUPPORT_SECOND, alike));
    println!("development, both readers, cross-validated: {held_out}");
    for (name, weight) in second.names.iter().zip(&second.weights) {
        println!("  {name} {weight:.2}");
    }
    let text = first
        .scaled_by(&second)
        .toml(training.len(), development.len(), &held_out);
    if !check {
        fs::write(root().join("data/ontology/confidence.toml"), &text)?;
        println!("data/ontology/confidence.toml is written; run `xtask digests`, then build");
    }
    Ok(())
}

/// Whether a file is of those that came after the patterns.
fn is_later(file: &Path) -> bool {
    file.file_name()
        .map(|name| name.to_string_lossy())
        .is_some_and(|name| name.starts_with("wire-") || name.starts_with("desk-"))
}

/// Cases of the sentences of `files` whose place in their file, from 0, `keep` wants.
fn cases(coder: &Coder, files: &[PathBuf], keep: impl Fn(usize) -> bool) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(!name.contains("-test"), "{name} is not for fitting");
        let mut sentences = labelled::read(file)?;
        let mut at = 0..;
        sentences.retain(|_| at.next().is_some_and(&keep));
        let coded = labelled::in_parallel(&sentences, |gold| {
            let judged = coder.judge(&labelled::document(gold));
            let events: Vec<_> = judged.iter().map(|(event, _)| event.clone()).collect();
            (score_sentence(gold, &events, false), judged)
        });
        for (at, (score, judged)) in coded.into_iter().enumerate() {
            let verdicts: HashMap<&str, bool> = score.judged.iter().map(|j| (j.id.as_str(), j.right)).collect();
            for (event, features) in judged {
                let Some(right) = verdicts.get(event.id.as_str()) else {
                    continue;
                };
                cases.push(Case {
                    features,
                    right: *right,
                    fold: at % FOLDS,
                });
            }
        }
    }
    Ok(cases)
}

/// Pull of the first regression on a weight.
fn pull(name: &str) -> f64 {
    if name.starts_with("pattern ") {
        RIDGE_PATTERN
    } else {
        RIDGE
    }
}

/// Weights by feature; the base stands first.
struct Model {
    names: Vec<String>,
    weights: Vec<f64>,
}

impl Model {
    /// By Newton's method on the regularised likelihood.
    fn fit(cases: &[Case], needed: usize, pull: impl Fn(&str) -> f64) -> Self {
        let mut support: BTreeMap<&str, usize> = BTreeMap::new();
        for feature in cases.iter().flat_map(|case| &case.features) {
            *support.entry(&feature.name).or_default() += 1;
        }
        let known: BTreeSet<&str> = support
            .iter()
            .filter(|(_, n)| **n >= needed)
            .map(|(name, _)| *name)
            .collect();
        let names: Vec<String> = std::iter::once("base").chain(known).map(str::to_owned).collect();
        let numbers: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let row = |case: &Case| -> Vec<(usize, f64)> {
            let told = case
                .features
                .iter()
                .filter_map(|f| Some((*numbers.get(f.name.as_str())?, f.value)));
            std::iter::once((0, 1.0)).chain(told).collect()
        };
        let rows: Vec<Vec<(usize, f64)>> = cases.iter().map(row).collect();
        let n = names.len();
        let pull = |at: usize| if at == 0 { 1e-3 } else { pull(&names[at]) };
        let mut weights = vec![0.0; n];
        for _ in 0..12 {
            let mut gradient: Vec<f64> = (0..n).map(|at| -pull(at) * weights[at]).collect();
            let mut curvature = vec![vec![0.0; n]; n];
            (0..n).for_each(|at| curvature[at][at] = pull(at));
            for (row, case) in rows.iter().zip(cases) {
                let p = logistic(row.iter().map(|(at, value)| weights[*at] * value).sum());
                let residual = f64::from(u8::from(case.right)) - p;
                for (at, value) in row {
                    gradient[*at] += residual * value;
                    for (other, more) in row {
                        curvature[*at][*other] += p * (1.0 - p) * value * more;
                    }
                }
            }
            let step = solve(curvature, gradient);
            weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        }
        Self { names, weights }
    }

    fn odds(&self, case: &Case) -> f64 {
        let told = case.features.iter().filter_map(|feature| {
            let at = self.names.iter().position(|name| *name == feature.name)?;
            Some(self.weights[at] * feature.value)
        });
        self.weights[0] + told.sum::<f64>()
    }

    /// The case as the second regression sees it: what this one makes of it, and the second reader.
    fn weigh(&self, case: &Case) -> Case {
        let first = Feature {
            name: FIRST.to_owned(),
            value: self.odds(case),
        };
        let second =
            |feature: &&Feature| [confidence::SECOND, confidence::SECOND_ALONE].contains(&feature.name.as_str());
        let others = case.features.iter().filter(second).cloned();
        Case {
            features: std::iter::once(first).chain(others).collect(),
            ..case.clone()
        }
    }

    /// One model that does what both do one after the other.
    fn scaled_by(&self, second: &Model) -> Model {
        let of = |name: &str| {
            let at = second.names.iter().position(|known| known == name);
            at.map_or(0.0, |at| second.weights[at])
        };
        let scale = of(FIRST);
        let mut names = self.names.clone();
        let mut weights: Vec<f64> = self.weights.iter().map(|weight| weight * scale).collect();
        weights[0] += second.weights[0];
        for name in [confidence::SECOND, confidence::SECOND_ALONE] {
            names.push(name.to_owned());
            weights.push(of(name));
        }
        Model { names, weights }
    }

    fn toml(&self, training: usize, development: usize, held_out: &str) -> String {
        let mut text = format!(
            "# From the features of a record to the chance that its type and both sides are right: log odds, added up.\n\
             # A feature that is not here adds nothing. `attache explain` shows what each adds to a record.\n\
             # Fitted by `cargo run --release -p xtask -- calibrate` on {training} records of training/labelled/ and {development}\n\
             # of eval/gold/sentences-dev.txt and of what the second reader did not learn from, made with {}. The latter, cross-validated:\n# {held_out}.\n\n\
             [confidence]\nbase = {:.2}\nleast = {LEAST:.2}             # records less sure than this are left out\n\
             least_alone = {LEAST_ALONE:.2}       # … and those that the second reader alone found\n\n[confidence.weights]\n",
            engine().ontology().name(),
            self.weights[0]
        );
        for (name, weight) in self.names.iter().zip(&self.weights).skip(1) {
            let shown = format!("{weight:.2}");
            if shown.trim_start_matches('-') != "0.00" {
                let _ = writeln!(text, "\"{name}\" = {shown}");
            }
        }
        text
    }
}

fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Gaussian elimination with pivots; the matrix is positive definite.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for at in 0..n {
        let pivot = (at..n)
            .max_by(|one, other| matrix[*one][at].abs().total_cmp(&matrix[*other][at].abs()))
            .unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..n {
            let factor = matrix[below][at] / matrix[at][at];
            if factor == 0.0 {
                continue;
            }
            let (upper, lower) = matrix.split_at_mut(below);
            for (cell, above) in lower[0][at..].iter_mut().zip(&upper[at][at..]) {
                *cell -= factor * above;
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

/// Every case's chance by a model that has not seen its fold, and whether it is right.
fn cross_validated(cases: &[Case], needed: usize, pull: impl Fn(&str) -> f64) -> Vec<(f64, bool)> {
    let mut all = Vec::new();
    for fold in 0..FOLDS {
        let (inside, outside): (Vec<Case>, Vec<Case>) = cases.iter().cloned().partition(|case| case.fold == fold);
        let model = Model::fit(&outside, needed, &pull);
        all.extend(inside.iter().map(|case| (chance(model.odds(case)), case.right)));
    }
    all
}

fn summary(judged: &[(f64, bool)]) -> String {
    let table = Reliability::of(judged);
    let right = judged.iter().filter(|(_, right)| *right).count() as f64 / judged.len().max(1) as f64;
    format!(
        "{} records, {:.1} % right, expected calibration error {:.3}, Brier score {:.3} (that of always {right:.2}: {:.3}), AUC {:.3}",
        judged.len(),
        100.0 * right,
        table.error,
        table.brier,
        right * (1.0 - right),
        auc(judged)
    )
}

/// Chance that a right record has a higher confidence than a wrong one.
fn auc(judged: &[(f64, bool)]) -> f64 {
    let of = |wanted: bool| {
        judged
            .iter()
            .filter(move |(_, right)| *right == wanted)
            .map(|(p, _)| *p)
    };
    let mut won = 0.0;
    for right in of(true) {
        for wrong in of(false) {
            won += if right > wrong {
                1.0
            } else if right == wrong {
                0.5
            } else {
                0.0
            };
        }
    }
    won / (of(true).count() * of(false).count()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let solution = solve(vec![vec![0.0, 2.0], vec![3.0, 1.0]], vec![4.0, 5.0]);
        assert!((solution[0] - 1.0).abs() < 1e-12 && (solution[1] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn shares_come_out_as_chances() {
        let case = |name: &str, right| Case {
            features: vec![Feature {
                name: name.into(),
                value: 1.0,
            }],
            right,
            fold: 0,
        };
        let mut cases = Vec::new();
        for at in 0..1000 {
            cases.push(case("often", at % 10 != 0));
            cases.push(case("seldom", at % 4 == 0));
        }
        let model = Model::fit(&cases, SUPPORT, pull);
        assert!((logistic(model.odds(&cases[0])) - 0.9).abs() < 0.01);
        assert!((logistic(model.odds(&cases[1])) - 0.25).abs() < 0.01);
        assert!((auc(&[(0.9, true), (0.4, false), (0.4, true), (0.1, false)]) - 0.875).abs() < 1e-12);
    }
}

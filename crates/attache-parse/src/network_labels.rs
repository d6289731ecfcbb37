//! What the columns of the network's outputs mean.

use crate::decode::NameTag;
use crate::parser::ModelError;
use crate::{Feats, Upos};

/// A universal tag, a Penn tag and features that occur together, with the columns that vote for them.
pub(crate) struct Morphology {
    pub(crate) upos: Upos,
    pub(crate) xpos: String,
    pub(crate) feats: Feats,
    columns: [usize; 3],
}

/// The columns of the tag matrix and of the relation matrix.
pub(crate) struct Labels {
    combinations: Vec<Morphology>,
    /// First column of the name tags.
    names_from: usize,
    pub(crate) names: Vec<NameTag>,
    relations: Vec<String>,
}

impl Labels {
    /// Reads lines `upos`, `xpos`, `feats`, `ner`, `deprel` + tab + value, in the order of the columns, and `joint` + the
    /// three values of a combination.
    pub(crate) fn new(lines: &str) -> Result<Self, ModelError> {
        let of = |kind: &'static str| {
            lines
                .lines()
                .filter_map(move |line| line.strip_prefix(kind)?.strip_prefix('\t'))
                .collect::<Vec<_>>()
        };
        let (upos, xpos, feats) = (of("upos"), of("xpos"), of("feats"));
        let bases = [0, upos.len(), upos.len() + xpos.len()];
        let combinations = of("joint")
            .into_iter()
            .map(|line| morphology(line, [&upos, &xpos, &feats], bases))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| ModelError::new("labels.tsv: unknown part of a joint line"))?;
        let names = of("ner")
            .into_iter()
            .map(NameTag::from_name)
            .collect::<Option<Vec<_>>>();
        let relations = of("deprel").into_iter().map(String::from).collect::<Vec<_>>();
        if combinations.is_empty() || relations.is_empty() {
            return Err(ModelError::new("labels.tsv: no labels"));
        }
        Ok(Self {
            combinations,
            names_from: bases[2] + feats.len(),
            names: names.ok_or_else(|| ModelError::new("labels.tsv: unknown name tag"))?,
            relations,
        })
    }

    /// The combination that the scores of one word favour.
    pub(crate) fn morphology(&self, tags: &[f32]) -> &Morphology {
        let score = |m: &Morphology| {
            m.columns
                .iter()
                .map(|c| tags.get(*c).copied().unwrap_or(f32::MIN))
                .sum::<f32>()
        };
        let mut best = (&self.combinations[0], f32::NEG_INFINITY);
        for each in &self.combinations {
            let score = score(each);
            if score > best.1 {
                best = (each, score);
            }
        }
        best.0
    }

    /// The part of one word's scores that is about names.
    pub(crate) fn name_scores<'a>(&self, tags: &'a [f32]) -> &'a [f32] {
        tags.get(self.names_from..self.names_from + self.names.len())
            .unwrap_or(&[])
    }

    /// The relation that the scores favour, other than `root`.
    pub(crate) fn relation(&self, scores: &[f32]) -> &str {
        let mut best = ("dep", f32::NEG_INFINITY);
        for (name, score) in self.relations.iter().zip(scores) {
            if *score > best.1 && name != "root" {
                best = (name, *score);
            }
        }
        best.0
    }
}

fn morphology(line: &str, names: [&[&str]; 3], bases: [usize; 3]) -> Option<Morphology> {
    let values = line.split('\t').collect::<Vec<_>>();
    let [upos, xpos, feats] = values[..] else { return None };
    let column = |k: usize| names[k].iter().position(|n| *n == values[k]).map(|at| bases[k] + at);
    Some(Morphology {
        upos: Upos::from_name(upos)?,
        xpos: xpos.into(),
        feats: Feats(feats.into()),
        columns: [column(0)?, column(1)?, column(2)?],
    })
}

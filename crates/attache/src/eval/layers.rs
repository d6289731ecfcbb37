//! Scores of the layers of `attache annotate`, by the measures that the field uses for each.
//!
//! Gold is documents in the form of [`Annotation`], with those layers that somebody has annotated. Offsets are code points.

mod coreference;
mod places;
mod spans;
mod statements;
mod times;

use serde::{Deserialize, Serialize};

use super::bootstrap;
use super::chains::Ratio;
use crate::annotate::{Annotation, Range};

/// A layer that can be scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Time expressions, as TempEval-3 scores them: exact and overlapping spans, and of these the type and the value.
    Times,
    /// Places: spans; of the overlapping ones country, identifier and distance.
    Places,
    /// Statements: speaker, cue and content by exact span and by words; whole statements where all three overlap.
    Statements,
    /// Chains of mentions: mentions, MUC, B³, CEAF-φ4, their mean (CoNLL), LEA. Mentions must be exact; chains of one
    /// mention are left out.
    Coreference,
    /// Names and descriptions of actors: spans; of the overlapping ones kind and code.
    Entities,
}

impl Layer {
    /// All of them.
    pub const ALL: [Layer; 5] = [
        Layer::Times,
        Layer::Places,
        Layer::Statements,
        Layer::Coreference,
        Layer::Entities,
    ];

    /// `times`, `places`, ….
    pub fn name(self) -> &'static str {
        match self {
            Layer::Times => "times",
            Layer::Places => "places",
            Layer::Statements => "statements",
            Layer::Coreference => "coreference",
            Layer::Entities => "entities",
        }
    }
}

/// A document with its layers. A layer that is `None` was not annotated.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LayerDocument {
    /// Document id.
    pub id: String,
    /// The text that all offsets point into.
    pub text: String,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Publication date.
    #[serde(default)]
    pub date: Option<String>,
    /// Outlet.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Time expressions.
    #[serde(default)]
    pub times: Option<Vec<TimeSpan>>,
    /// Places.
    #[serde(default)]
    pub places: Option<Vec<PlaceSpan>>,
    /// Statements.
    #[serde(default)]
    pub statements: Option<Vec<StatementSpans>>,
    /// Chains of mentions.
    #[serde(default)]
    pub coreference: Option<Vec<Vec<Range>>>,
    /// Actors.
    #[serde(default)]
    pub entities: Option<Vec<EntitySpan>>,
}

/// A time expression.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct TimeSpan {
    pub start: usize,
    pub end: usize,
    #[serde(rename = "type")]
    pub kind: String,
    pub value: String,
}

/// A place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PlaceSpan {
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub geonameid: Option<u32>,
    #[serde(default)]
    pub lat: Option<f64>,
    #[serde(default)]
    pub lon: Option<f64>,
    #[serde(default)]
    pub country_code: Option<String>,
}

/// A statement: the pieces of its three parts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StatementSpans {
    #[serde(default)]
    pub speaker: Vec<Range>,
    #[serde(default)]
    pub cue: Vec<Range>,
    #[serde(default)]
    pub content: Vec<Range>,
    #[serde(default)]
    pub kind: String,
}

/// An actor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct EntitySpan {
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub code: Option<String>,
}

impl From<Annotation> for LayerDocument {
    fn from(annotation: Annotation) -> Self {
        let times = annotation.times.into_iter().map(|time| TimeSpan {
            start: time.start,
            end: time.end,
            kind: time.kind,
            value: time.value,
        });
        let places = annotation.places.into_iter().map(|place| PlaceSpan {
            start: place.start,
            end: place.end,
            geonameid: place.geonameid,
            lat: place.lat,
            lon: place.lon,
            country_code: place.country_code,
        });
        let statements = annotation.statements.into_iter().map(|statement| StatementSpans {
            speaker: statement.speaker,
            cue: statement.cue,
            content: statement.content,
            kind: statement.kind,
        });
        let entities = annotation.entities.into_iter().map(|entity| EntitySpan {
            start: entity.start,
            end: entity.end,
            kind: Some(entity.kind),
            code: entity.code,
        });
        Self {
            id: annotation.id,
            text: annotation.text,
            times: Some(times.collect()),
            places: Some(places.collect()),
            statements: Some(statements.collect()),
            coreference: Some(annotation.coreference),
            entities: Some(entities.collect()),
            ..Self::default()
        }
    }
}

/// What a row of the report shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Precision, recall and F1.
    F1,
    /// A share of what was found.
    Share,
    /// A mean of F1s of other rows, or another number of its own.
    Value,
}

/// What a document scored in a layer: the same rows for every document.
#[derive(Debug, Clone, Default)]
pub struct LayerScore {
    rows: Vec<(&'static str, Ratio)>,
    shares: Vec<(&'static str, Ratio)>,
    /// Kilometres between the predicted and the gold place, one a matched place.
    kilometres: Vec<f64>,
}

/// A figure with its 95 % interval over resampled documents. Undefined numbers are NaN, in JSON null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerRow {
    /// What is measured.
    pub name: String,
    /// Which of the numbers mean something: all of them, or `value` alone.
    pub kind: RowKind,
    /// 0 to 1.
    pub precision: f64,
    /// 0 to 1.
    pub recall: f64,
    /// F1 or share, 0 to 1, or the number.
    pub value: f64,
    /// Intervals of precision, recall and value.
    pub intervals: [[f64; 2]; 3],
    /// Number of gold items that it is a share of; 0 for values.
    pub of: usize,
}

/// The scores of a layer over documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerReport {
    /// The layer.
    pub layer: Layer,
    /// Documents in which it was annotated.
    pub documents: usize,
    /// Its rows.
    pub rows: Vec<LayerRow>,
}

/// Compares a layer of a document; `None` where the gold does not have it. Both must have the same text.
pub fn score_layer(layer: Layer, gold: &LayerDocument, predicted: &LayerDocument) -> Option<LayerScore> {
    Some(match layer {
        Layer::Times => times::score(gold.times.as_deref()?, predicted.times.as_deref()?),
        Layer::Places => places::score(gold.places.as_deref()?, predicted.places.as_deref()?),
        Layer::Statements => statements::score(
            &gold.text,
            gold.statements.as_deref()?,
            predicted.statements.as_deref()?,
        ),
        Layer::Coreference => coreference::score(gold.coreference.as_deref()?, predicted.coreference.as_deref()?),
        Layer::Entities => spans::entities(gold.entities.as_deref()?, predicted.entities.as_deref()?),
    })
}

/// One column of numbers for each row: (name, kind, precision, recall, value, of).
type Figures = Vec<(&'static str, RowKind, [f64; 3], usize)>;

fn figures(layer: Layer, scores: &[LayerScore], sample: &[usize]) -> Figures {
    let drawn = || sample.iter().map(|at| &scores[*at]);
    let sum = |rows: fn(&LayerScore) -> &Vec<(&'static str, Ratio)>, kind| -> Figures {
        let names = scores.first().map(rows).into_iter().flatten().map(|(name, _)| *name);
        let total = |at: usize| {
            drawn().fold(Ratio::default(), |mut sums, score| {
                sums.add(rows(score)[at].1);
                sums
            })
        };
        names
            .enumerate()
            .map(|(at, name)| (name, kind, total(at).figures(), total(at).gold.round() as usize))
            .collect()
    };
    let mut all = sum(|score| &score.rows, RowKind::F1);
    all.extend(sum(|score| &score.shares, RowKind::Share));
    let values = match layer {
        Layer::Coreference => vec![("CoNLL: mean of MUC, B³, CEAF-φ4", coreference::conll(&all))],
        Layer::Places => places::distances(drawn().flat_map(|score| &score.kilometres).copied().collect()),
        Layer::Times | Layer::Statements | Layer::Entities => Vec::new(),
    };
    let value = |(name, value)| (name, RowKind::Value, [f64::NAN, f64::NAN, value], 0);
    all.extend(values.into_iter().map(value));
    all
}

/// Adds up the scores of documents.
pub fn layer_report(layer: Layer, scores: &[LayerScore]) -> LayerReport {
    let every: Vec<usize> = (0..scores.len()).collect();
    let intervals = bootstrap::intervals(scores.len(), |sample| {
        let columns = figures(layer, scores, sample).into_iter();
        columns.flat_map(|(_, _, numbers, _)| numbers).collect()
    });
    let rows = figures(layer, scores, &every).into_iter().zip(intervals.chunks(3));
    LayerReport {
        layer,
        documents: scores.len(),
        rows: rows
            .map(|((name, kind, [precision, recall, value], of), ends)| LayerRow {
                name: name.to_owned(),
                kind,
                precision,
                recall,
                value,
                intervals: [ends[0], ends[1], ends[2]],
                of,
            })
            .collect(),
    }
}

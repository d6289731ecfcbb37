//! Scores over gold sentences.

use std::collections::BTreeMap;

use super::gold::{GoldEvent, GoldSentence};
use super::slots::Slot;
use super::{Tally, assign};
use crate::event::{Event, Status};

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Records by event type alone.
    Type,
    /// Records by event type and the codes of both sides.
    TypeAndSides,
    /// Records of one type: matched pairs count for the gold's first accepted type.
    OfType(String),
    /// Records of one type and mode, `SANCTION/expel`; only where the gold tells the mode of this type.
    OfMode(String),
    /// A slot of the records matched by type; the slot `Type` of those that mean the same event. Gold and predicted are the
    /// records judged, matched those that agree.
    Slot(Slot),
    /// The same where the gold fills the slot.
    Filled(Slot),
}

/// Counts by measure.
pub type Counts = BTreeMap<Measure, Tally>;

/// What a sentence scored.
#[derive(Debug, Clone, Default)]
pub struct SentenceScore {
    /// All counts.
    pub counts: Counts,
    /// Gold events that no prediction matches in type and sides.
    pub missed: Vec<GoldEvent>,
    /// Predictions that match no gold event in type and sides.
    pub extra: Vec<Event>,
    /// The type of the gold and the type of the record, where both most likely mean the same event and differ.
    pub confused: Vec<(String, String)>,
    /// Every prediction counted.
    pub judged: Vec<Judged>,
}

/// A prediction with the verdict on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Id of the record.
    pub id: String,
    /// Its confidence.
    pub confidence: f64,
    /// Whether it matches in type and sides.
    pub right: bool,
}

impl SentenceScore {
    /// A count; nothing counted gives zeros.
    pub fn tally(&self, measure: &Measure) -> Tally {
        self.counts.get(measure).copied().unwrap_or_default()
    }

    fn count(&mut self, measure: Measure, gold: usize, predicted: usize, matched: usize) {
        self.counts.entry(measure).or_default().add(Tally {
            gold,
            predicted,
            matched,
        });
    }
}

/// Compares the predicted records of a sentence with its gold events. With `all`, everything with status `background` counts.
pub fn score_sentence(gold: &GoldSentence, predicted: &[Event], all: bool) -> SentenceScore {
    score_events(&gold.events, predicted, all)
}

/// The same for the gold events of any text.
pub(super) fn score_events(gold: &[GoldEvent], predicted: &[Event], all: bool) -> SentenceScore {
    let by_type = Pairs::new(gold, predicted, all, |event, record| {
        event.has_type_of(record).then(|| event.fit(record))
    });
    let by_both = Pairs::new(gold, predicted, all, |event, record| {
        (event.has_type_of(record) && event.has_sides_of(record)).then(|| event.fit(record))
    });
    let mut score = SentenceScore {
        missed: by_both.missed.iter().copied().cloned().collect(),
        extra: by_both.extra.iter().copied().cloned().collect(),
        ..SentenceScore::default()
    };
    for (measure, pairs) in [(Measure::Type, &by_type), (Measure::TypeAndSides, &by_both)] {
        let matched = pairs.matched.len();
        let (gold, predicted) = (matched + pairs.missed.len(), matched + pairs.extra.len());
        score.count(measure, gold, predicted, matched);
    }
    let judged = |right| {
        move |record: &&Event| Judged {
            id: record.id.clone(),
            confidence: record.confidence,
            right,
        }
    };
    let matched = by_both.matched.iter().map(|(_, record)| record).map(judged(true));
    score.judged = matched.chain(by_both.extra.iter().map(judged(false))).collect();
    count_types(&by_type, &mut score);
    count_slots(&by_type, &mut score);
    score
}

/// Type by type, and mode by mode: a right type with a wrong mode is a miss of the one mode and an extra of the other.
fn count_types(pairs: &Pairs, score: &mut SentenceScore) {
    for (gold, record) in &pairs.matched {
        score.count(Measure::OfType(first(&gold.event)), 1, 1, 1);
        let (wanted, got) = (gold_kind(gold, Some(record)), record_kind(record));
        match wanted.as_ref() == Some(&got) || gold.agrees(Slot::Mode, record).is_none() {
            true => score.count(Measure::OfMode(got), 1, 1, 1),
            false => {
                score.count(Measure::OfMode(wanted.unwrap_or_default()), 1, 0, 0);
                score.count(Measure::OfMode(got), 0, 1, 0);
            }
        }
    }
    for gold in &pairs.missed {
        score.count(Measure::OfType(first(&gold.event)), 1, 0, 0);
        score.count(
            Measure::OfMode(gold_kind(gold, None).unwrap_or_else(|| first(&gold.event))),
            1,
            0,
            0,
        );
    }
    for record in &pairs.extra {
        score.count(Measure::OfType(first(&record.event)), 0, 1, 0);
        score.count(Measure::OfMode(record_kind(record)), 0, 1, 0);
    }
}

fn count_slots(pairs: &Pairs, score: &mut SentenceScore) {
    for (gold, record) in &pairs.matched {
        for slot in Slot::ALL {
            let Some(right) = gold.agrees(slot, record) else {
                continue;
            };
            score.count(Measure::Slot(slot), 1, 1, usize::from(right));
            if gold.fills(slot) {
                score.count(Measure::Filled(slot), 1, 1, usize::from(right));
            }
        }
    }
    let meant = assign(pairs.missed.len(), pairs.extra.len(), |gold, record| {
        let (gold, record) = (pairs.missed[gold], pairs.extra[record]);
        gold.is_meant_by(record).then(|| gold.fit(record))
    });
    for (gold, record) in pairs.missed.iter().zip(meant) {
        let Some(record) = record else { continue };
        score.count(Measure::Slot(Slot::Type), 1, 1, 0);
        score.count(Measure::Filled(Slot::Type), 1, 1, 0);
        score
            .confused
            .push((first(&gold.event), first(&pairs.extra[record].event)));
    }
}

fn first(kinds: &[String]) -> String {
    kinds.first().cloned().unwrap_or_default()
}

/// `TYPE/mode` of a gold event; of several accepted types that of the record, else the first.
fn gold_kind(gold: &GoldEvent, record: Option<&Event>) -> Option<String> {
    let kind = record.map_or_else(|| first(&gold.event), |record| first(&record.event));
    let mode = gold.mode.get(&kind)?;
    Some(format!("{kind}/{mode}"))
}

fn record_kind(record: &Event) -> String {
    let kind = first(&record.event);
    match record.mode.first() {
        Some(mode) => format!("{kind}/{mode}"),
        None => kind,
    }
}

/// Gold events and records matched one to one, without what counts only where it matches.
struct Pairs<'a> {
    matched: Vec<(&'a GoldEvent, &'a Event)>,
    missed: Vec<&'a GoldEvent>,
    extra: Vec<&'a Event>,
}

impl<'a> Pairs<'a> {
    fn new(
        gold: &'a [GoldEvent],
        predicted: &'a [Event],
        all: bool,
        fit: impl Fn(&GoldEvent, &Event) -> Option<usize>,
    ) -> Self {
        let retold = |record: &Event| record.status == Status::Background;
        // What need not be found must not take a record from what must.
        let (aside, first): (Vec<_>, Vec<_>) = gold.iter().partition(|event| !all && event.is_background());
        let needed = first.len();
        let golds: Vec<&GoldEvent> = first.into_iter().chain(aside).collect();
        let matches = assign(golds.len(), predicted.len(), |g, p| {
            let left_out = !all && retold(&predicted[p]) && !golds[g].is_background();
            (!left_out).then(|| fit(golds[g], &predicted[p])).flatten()
        });
        let pairs = || golds.iter().zip(&matches);
        Self {
            matched: pairs()
                .filter_map(|(gold, at)| Some((*gold, &predicted[(*at)?])))
                .collect(),
            missed: pairs()
                .take(needed)
                .filter(|(_, at)| at.is_none())
                .map(|(gold, _)| *gold)
                .collect(),
            extra: (0..predicted.len())
                .filter(|at| !matches.contains(&Some(*at)))
                .map(|at| &predicted[at])
                .filter(|record| all || !retold(record))
                .collect(),
        }
    }
}

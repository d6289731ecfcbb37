//! Scores over gold sentences.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Side, Tally, assign, sides_match, type_matches};
use crate::event::{Event, Status};

/// A sentence with all its events, as in `gold/gsr_dev.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoldSentence {
    /// Identifier.
    pub id: String,
    /// Publication date, `YYYY-MM-DD`.
    #[serde(default)]
    pub date: Option<String>,
    /// The text to be coded.
    pub text: String,
    /// Its events.
    pub events: Vec<GoldEvent>,
}

/// One gold event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoldEvent {
    /// Accepted event types, the first being the preferred.
    pub event: Vec<String>,
    /// Who initiates.
    #[serde(default)]
    pub actor: Vec<GoldParty>,
    /// Whom it is directed at.
    #[serde(default)]
    pub recipient: Vec<GoldParty>,
    /// Whether all parties act on each other.
    #[serde(default)]
    pub reciprocal: bool,
}

/// One party of a gold event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoldParty {
    /// The words.
    pub entity_text: String,
    /// Code; null where the gold has none, which matches anything.
    pub code: Option<String>,
    /// Sectors.
    #[serde(default)]
    pub sector: Vec<String>,
}

/// What a sentence scored.
#[derive(Debug, Clone, Default)]
pub struct SentenceScore {
    /// By event type alone.
    pub by_type: Tally,
    /// By event type and the codes of both sides.
    pub by_type_and_sides: Tally,
    /// By event type alone, per type: matched pairs count for the gold's first accepted type.
    pub per_type: BTreeMap<String, Tally>,
    /// Gold events that no prediction matches in type and sides.
    pub missed: Vec<GoldEvent>,
    /// Predictions that match no gold event in type and sides.
    pub extra: Vec<Event>,
}

/// Scores of many sentences.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SentenceReport {
    /// Number of sentences.
    pub sentences: usize,
    /// By event type alone.
    pub by_type: Tally,
    /// By event type and the codes of both sides.
    pub by_type_and_sides: Tally,
    /// By event type alone, per type.
    pub per_type: BTreeMap<String, Tally>,
}

impl SentenceReport {
    /// Adds a sentence's score.
    pub fn add(&mut self, score: &SentenceScore) {
        self.sentences += 1;
        self.by_type.add(score.by_type);
        self.by_type_and_sides.add(score.by_type_and_sides);
        for (kind, tally) in &score.per_type {
            self.per_type.entry(kind.clone()).or_default().add(*tally);
        }
    }
}

/// Compares the predicted records of a sentence with its gold events. With `all`, predictions with status `background` count.
pub fn score_sentence(gold: &GoldSentence, predicted: &[Event], all: bool) -> SentenceScore {
    let counted: Vec<&Event> = predicted
        .iter()
        .filter(|event| all || event.status != Status::Background)
        .collect();
    let (golds, count) = (gold.events.len(), counted.len());
    let by_type = assign(golds, count, |g, p| {
        let matches = type_matches(&gold.events[g].event, counted[p]);
        matches.then(|| usize::from(parties_match(&gold.events[g], counted[p])))
    });
    let by_both = assign(golds, count, |g, p| {
        let matches = type_matches(&gold.events[g].event, counted[p]) && parties_match(&gold.events[g], counted[p]);
        matches.then_some(0)
    });
    SentenceScore {
        by_type: tally(golds, count, &by_type),
        by_type_and_sides: tally(golds, count, &by_both),
        per_type: per_type(gold, &counted, &by_type),
        missed: unmatched(&gold.events, &by_both),
        extra: (0..count)
            .filter(|at| !by_both.contains(&Some(*at)))
            .map(|at| counted[at].clone())
            .collect(),
    }
}

fn parties_match(gold: &GoldEvent, event: &Event) -> bool {
    let actor = Side::of(gold.actor.iter().map(|party| party.code.as_deref()));
    let recipient = Side::of(gold.recipient.iter().map(|party| party.code.as_deref()));
    sides_match(&actor, &recipient, gold.reciprocal, event)
}

fn tally(gold: usize, predicted: usize, matches: &[Option<usize>]) -> Tally {
    Tally {
        gold,
        predicted,
        matched: matches.iter().flatten().count(),
    }
}

fn unmatched(gold: &[GoldEvent], matches: &[Option<usize>]) -> Vec<GoldEvent> {
    let missed = gold.iter().zip(matches).filter(|(_, matched)| matched.is_none());
    missed.map(|(event, _)| event.clone()).collect()
}

fn per_type(gold: &GoldSentence, predicted: &[&Event], matches: &[Option<usize>]) -> BTreeMap<String, Tally> {
    let mut types: BTreeMap<String, Tally> = BTreeMap::new();
    for (event, matched) in gold.events.iter().zip(matches) {
        let tally = types
            .entry(event.event.first().cloned().unwrap_or_default())
            .or_default();
        tally.gold += 1;
        if matched.is_some() {
            tally.predicted += 1;
            tally.matched += 1;
        }
    }
    for (_, event) in predicted
        .iter()
        .enumerate()
        .filter(|(at, _)| !matches.contains(&Some(*at)))
    {
        types
            .entry(event.event.first().cloned().unwrap_or_default())
            .or_default()
            .predicted += 1;
    }
    types
}

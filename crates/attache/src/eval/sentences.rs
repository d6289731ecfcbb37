//! Scores over gold sentences.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::labelled::{LabelledEvent, LabelledSentence};
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
    /// Accepted mode by event type; a type that is not in it may have any mode.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mode: BTreeMap<String, String>,
    /// Whether it happened, where the gold tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The word that names the event, where the gold tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<String>,
}

impl GoldEvent {
    /// Told for context only: it need not be found.
    fn is_background(&self) -> bool {
        self.status == Some(Status::Background)
    }
}

impl GoldSentence {
    /// A labelled sentence, with `id` to be known by.
    pub fn labelled(id: String, sentence: &LabelledSentence) -> Self {
        Self {
            id,
            date: sentence.published.clone(),
            text: sentence.text.clone(),
            events: sentence
                .events
                .iter()
                .map(|event| labelled_event(&sentence.text, event))
                .collect(),
        }
    }
}

fn labelled_event(text: &str, event: &LabelledEvent) -> GoldEvent {
    let parties = |codes: &[Option<String>]| {
        let party = |code: &Option<String>| GoldParty {
            entity_text: String::new(),
            code: code.clone(),
            sector: Vec::new(),
        };
        codes.iter().map(party).collect()
    };
    let modes = event
        .kinds
        .iter()
        .filter_map(|k| Some((k.event.clone(), k.mode.clone()?)));
    GoldEvent {
        event: event.kinds.iter().map(|kind| kind.event.clone()).collect(),
        actor: parties(&event.actor),
        recipient: parties(&event.recipient),
        reciprocal: event.recipient.is_empty() && event.actor.len() > 1,
        mode: modes.collect(),
        status: Some(event.status),
        trigger: event.triggered.then(|| event.trigger.text(text).to_owned()),
    }
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

/// Compares the predicted records of a sentence with its gold events. With `all`, everything with status `background` counts.
pub fn score_sentence(gold: &GoldSentence, predicted: &[Event], all: bool) -> SentenceScore {
    let by_type = Pairs::new(gold, predicted, all, |event, record| {
        type_matches(&event.event, record).then(|| usize::from(parties_match(event, record)))
    });
    let by_both = Pairs::new(gold, predicted, all, |event, record| {
        (type_matches(&event.event, record) && parties_match(event, record)).then_some(0)
    });
    SentenceScore {
        by_type: by_type.tally(),
        by_type_and_sides: by_both.tally(),
        per_type: by_type.per_type(),
        missed: by_both.missed.iter().copied().cloned().collect(),
        extra: by_both.extra.iter().copied().cloned().collect(),
    }
}

fn parties_match(gold: &GoldEvent, event: &Event) -> bool {
    let actor = Side::of(gold.actor.iter().map(|party| party.code.as_deref()));
    let recipient = Side::of(gold.recipient.iter().map(|party| party.code.as_deref()));
    sides_match(&actor, &recipient, gold.reciprocal, event)
}

/// Gold events and records matched one to one, without what counts only where it matches.
struct Pairs<'a> {
    matched: Vec<(&'a GoldEvent, &'a Event)>,
    missed: Vec<&'a GoldEvent>,
    extra: Vec<&'a Event>,
}

impl<'a> Pairs<'a> {
    fn new(
        gold: &'a GoldSentence,
        predicted: &'a [Event],
        all: bool,
        fit: impl Fn(&GoldEvent, &Event) -> Option<usize>,
    ) -> Self {
        let retold = |record: &Event| record.status == Status::Background;
        // What need not be found must not take a record from what must.
        let (aside, first): (Vec<_>, Vec<_>) = gold.events.iter().partition(|e| !all && e.is_background());
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

    fn tally(&self) -> Tally {
        let matched = self.matched.len();
        Tally {
            gold: matched + self.missed.len(),
            predicted: matched + self.extra.len(),
            matched,
        }
    }

    /// Matched pairs count for the gold's first accepted type.
    fn per_type(&self) -> BTreeMap<String, Tally> {
        let mut types: BTreeMap<String, Tally> = BTreeMap::new();
        let mut at = |kinds: &[String], [gold, predicted, matched]: [usize; 3]| {
            let kind = kinds.first().cloned().unwrap_or_default();
            types.entry(kind).or_default().add(Tally {
                gold,
                predicted,
                matched,
            });
        };
        self.matched.iter().for_each(|(gold, _)| at(&gold.event, [1, 1, 1]));
        self.missed.iter().for_each(|gold| at(&gold.event, [1, 0, 0]));
        self.extra.iter().for_each(|record| at(&record.event, [0, 1, 0]));
        types
    }
}

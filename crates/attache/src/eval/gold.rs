//! Gold events, wherever they come from.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::labelled::{self, LabelError, LabelledEvent, LabelledSentence};
use super::slots::{self, Slot, Told};
use super::{Side, at_evidence, codes, is_joint, sides_match, type_matches};
use crate::event::{Event, Status};
use crate::ontology::Ontology;

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
    /// Words of the text that tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// When.
    #[serde(skip_deserializing)]
    pub date: Told<GoldDate>,
    /// Where it happened.
    #[serde(skip_deserializing)]
    pub place: Told<String>,
    /// Who says so.
    #[serde(skip_deserializing)]
    pub speaker: Told<GoldSpeaker>,
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

/// When a gold event was: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum GoldDate {
    /// So the text says, also as two dates joined by `..`; the record must say the same.
    Exactly(String),
    /// The record must agree, wherever it has its date from.
    Within(String),
}

/// Who tells a gold event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum GoldSpeaker {
    /// Somebody with this code; `?` for somebody without one.
    Code(String),
    /// Somebody of this name.
    Name(String),
}

impl GoldParty {
    /// A party of which no more than the code is known.
    pub fn of(code: Option<String>) -> Self {
        Self {
            entity_text: String::new(),
            code,
            sector: Vec::new(),
        }
    }
}

impl GoldSentence {
    /// All sentences of a labelled file, known by the file's name and their line.
    ///
    /// # Errors
    /// Every line that breaks the form.
    pub fn all_labelled(path: &str, text: &str, ontology: &Ontology) -> Result<Vec<Self>, Vec<LabelError>> {
        let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
        let sentences = labelled::parse(path, text, ontology)?;
        let gold = |sentence: &LabelledSentence| Self::labelled(format!("{name}:{}", sentence.line), sentence);
        Ok(sentences.iter().map(gold).collect())
    }

    /// A labelled sentence, with `id` to be known by.
    pub fn labelled(id: String, sentence: &LabelledSentence) -> Self {
        let events = sentence.events.iter();
        Self {
            id,
            date: sentence.published.clone(),
            text: sentence.text.clone(),
            events: events.map(|event| labelled_event(sentence, event)).collect(),
        }
    }
}

fn labelled_event(sentence: &LabelledSentence, event: &LabelledEvent) -> GoldEvent {
    let parties = |codes: &[Option<String>]| codes.iter().cloned().map(GoldParty::of).collect();
    let modes = event
        .kinds
        .iter()
        .filter_map(|kind| Some((kind.event.clone(), kind.mode.clone()?)));
    GoldEvent {
        event: event.kinds.iter().map(|kind| kind.event.clone()).collect(),
        actor: parties(&event.actor),
        recipient: parties(&event.recipient),
        reciprocal: event.recipient.is_empty() && event.actor.len() > 1,
        mode: modes.collect(),
        status: Some(event.status),
        trigger: event.triggered.then(|| event.trigger.text(&sentence.text).to_owned()),
        evidence: None,
        // Without a publication date hardly any words give one.
        date: match sentence.published {
            Some(_) => Told::or_nothing(event.date.clone().map(GoldDate::Exactly)),
            None => Told::Open,
        },
        place: Told::or_nothing(event.place.clone()),
        speaker: Told::or_nothing(event.speaker.clone().map(GoldSpeaker::Code)),
    }
}

impl GoldEvent {
    /// Told for context only: it need not be found.
    pub(super) fn is_background(&self) -> bool {
        self.status == Some(Status::Background)
    }

    /// Whether the record has an accepted type.
    pub(super) fn has_type_of(&self, event: &Event) -> bool {
        type_matches(&self.event, event)
    }

    fn sides(&self) -> [Side<'_>; 2] {
        [&self.actor, &self.recipient].map(|side| Side::of(side.iter().map(|party| party.code.as_deref())))
    }

    /// Whether the record has the codes of both sides.
    pub(super) fn has_sides_of(&self, event: &Event) -> bool {
        let [actor, recipient] = self.sides();
        sides_match(&actor, &recipient, self.reciprocal, event)
    }

    /// Whether the record comes from the same words: it has the trigger, or stands in the sentence of the evidence.
    fn has_words_of(&self, event: &Event) -> Option<bool> {
        match (&self.trigger, &self.evidence) {
            (Some(trigger), _) => {
                let words = |text: &String| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == trigger);
                let whole =
                    |text: &String| text.contains(trigger.as_str()) && !trigger.chars().all(char::is_alphanumeric);
                Some(event.event_text.iter().any(|text| words(text) || whole(text)))
            }
            (None, Some(evidence)) => Some(at_evidence(evidence, event)),
            (None, None) => None,
        }
    }

    /// Whether the record, whatever its type, most likely means this event: the same words, or at least the same parties.
    pub(super) fn is_meant_by(&self, event: &Event) -> bool {
        match self.has_words_of(event) {
            Some(same) => same && (self.trigger.is_some() || self.has_sides_of(event)),
            None => self.has_sides_of(event),
        }
    }

    /// How well a record of an accepted type fits: words first, then sides, status, mode, date and speaker.
    pub(super) fn fit(&self, event: &Event) -> usize {
        let right = |slot| usize::from(self.agrees(slot, event).unwrap_or(false));
        64 * usize::from(self.has_words_of(event).unwrap_or(false))
            + 32 * usize::from(self.has_sides_of(event))
            + 8 * right(Slot::Status)
            + 4 * right(Slot::Mode)
            + 2 * right(Slot::Date)
            + right(Slot::Speaker)
    }

    /// Whether a slot of the record agrees; `None` where the gold says nothing about it.
    pub(super) fn agrees(&self, slot: Slot, event: &Event) -> Option<bool> {
        match slot {
            Slot::Type => Some(self.has_type_of(event)),
            Slot::Mode => {
                let wanted = self.mode.get(event.event.first()?)?;
                Some(event.mode.contains(wanted))
            }
            Slot::Actor | Slot::Recipient => self.side_agrees(slot, event),
            Slot::Status => Some(self.status? == event.status),
            Slot::Date => self.date.agrees(
                |date| match date {
                    GoldDate::Exactly(date) => slots::date_is(date, event),
                    GoldDate::Within(date) => slots::date_agrees(date, event),
                },
                || event.date_precision == crate::date::Precision::None,
            ),
            Slot::Place => self
                .place
                .agrees(|place| slots::place_is(place, event), || event.event_loc.is_none()),
            Slot::Speaker => self.speaker.agrees(
                |speaker| match speaker {
                    GoldSpeaker::Code(code) => slots::said_by_code(code, event),
                    GoldSpeaker::Name(name) => slots::said_by_name(name, event),
                },
                || slots::said_by_nobody(event),
            ),
        }
    }

    /// All parties of a joint act count as its actors; its other side is no slot.
    fn side_agrees(&self, slot: Slot, event: &Event) -> Option<bool> {
        let joint = self.reciprocal || is_joint(event) && self.has_sides_of(event);
        if joint {
            return (slot == Slot::Actor).then(|| self.has_sides_of(event));
        }
        let [actor, recipient] = self.sides();
        Some(match slot {
            Slot::Actor => actor.accepts(&codes(&event.actor)),
            _ => recipient.accepts(&codes(&event.recipient)),
        })
    }

    /// Whether the gold fills the slot.
    pub(super) fn fills(&self, slot: Slot) -> bool {
        match slot {
            Slot::Date => self.date.is_given(),
            Slot::Place => self.place.is_given(),
            Slot::Speaker => self.speaker.is_given(),
            Slot::Recipient => !self.recipient.is_empty(),
            Slot::Type | Slot::Mode | Slot::Actor | Slot::Status => true,
        }
    }
}

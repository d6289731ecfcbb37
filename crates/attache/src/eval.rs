//! Scores records against gold: precision, recall and F1.
//!
//! Two kinds of gold are read. **Sentences** ([`GoldSentence`]): one text, all its events, as in `gold/gsr_dev.jsonl` or as a
//! line of [`labelled`] sentences.
//! **Documents** ([`ExpectedRecord`]): the records that a careful analyst would take from an article.
//!
//! The [`layers`] of an annotation are scored by measures of their own.
//!
//! Beyond precision, recall and F1 of types and sides, [`SentenceReport`] tells them type by type and mode by mode, the share of
//! right slots ([`Slot`]) of matched records, and whether `confidence` means what it says ([`calibration`]); all with
//! intervals by [`bootstrap`] over the texts.
//!
//! # Rules of matching
//! - Gold and predicted records are matched one to one within a sentence or document, greedily in gold order.
//! - *Type*: the predicted event type is in the gold record's `event` list.
//! - *Countries*: the set of predicted actor codes equals the gold set, and likewise for recipients. A gold side with an
//!   unknown (null) code matches anything. Where the gold is `reciprocal`, or the prediction is a joint act (several actors,
//!   no recipient), the unions of both sides are compared.
//! - Records with status `background` are left out of the sentence scores unless asked for, except those that match gold
//!   events of that status. A gold event of that status that nobody finds is no miss.
//! - Precision is matched / predicted, recall matched / gold. Without any prediction (gold) precision (recall) is 0.
//!
//! Documents add: a date matches where it agrees with the expected one at the expected precision (an expected null matches
//! anything); a speaker matches by family name; "no speaker" also matches where the speakers are the record's own actors.

pub mod bootstrap;
pub mod calibration;
pub mod chains;
mod documents;
mod gold;
pub mod labelled;
pub mod layers;
mod report;
mod sentences;
mod slots;
mod tally;
#[cfg(test)]
mod tests;

pub use documents::{
    DocumentInfo, DocumentReport, DocumentScore, Essential, ExpectedRecord, Found, Furniture, score_document,
};
pub use gold::{GoldDate, GoldEvent, GoldParty, GoldSentence, GoldSpeaker};
pub use report::{Measured, SentenceReport};
pub use sentences::{Counts, Judged, Measure, SentenceScore, score_sentence};
pub use slots::{Slot, Told};
pub use tally::Tally;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::event::{Actor, Event};

/// The known codes of a side.
fn codes(side: &[Actor]) -> BTreeSet<&str> {
    side.iter().filter_map(|actor| actor.code.as_deref()).collect()
}

/// Whether the record is a joint act: several parties, nobody at the receiving end.
fn is_joint(event: &Event) -> bool {
    event.recipient.is_empty() && event.actor.len() > 1
}

/// The sides of a gold record: known codes, and whether some entity has none.
struct Side<'a> {
    codes: BTreeSet<&'a str>,
    open: bool,
}

impl<'a> Side<'a> {
    fn of(codes: impl Iterator<Item = Option<&'a str>>) -> Self {
        let all: Vec<_> = codes.collect();
        Side {
            open: all.iter().any(Option::is_none),
            codes: all.into_iter().flatten().collect(),
        }
    }

    fn accepts(&self, predicted: &BTreeSet<&str>) -> bool {
        self.open || self.codes == *predicted
    }
}

/// Whether the sides of a prediction are those of the gold.
fn sides_match(actor: &Side, recipient: &Side, joint: bool, event: &Event) -> bool {
    let (actors, recipients) = (codes(&event.actor), codes(&event.recipient));
    if joint || is_joint(event) {
        let both = Side {
            open: actor.open || recipient.open,
            codes: actor.codes.union(&recipient.codes).copied().collect(),
        };
        return both.accepts(&actors.union(&recipients).copied().collect());
    }
    actor.accepts(&actors) && recipient.accepts(&recipients)
}

/// Whether the predicted type is one of the accepted.
fn type_matches(accepted: &[String], event: &Event) -> bool {
    event.event.iter().any(|kind| accepted.contains(kind))
}

/// Greedy one-to-one matching: for each gold index the prediction with the highest `fit`, the first among equals.
/// `fit` gives `None` where the two do not match.
fn assign(gold: usize, predicted: usize, fit: impl Fn(usize, usize) -> Option<usize>) -> Vec<Option<usize>> {
    let mut taken = vec![false; predicted];
    let mut best_of = |at: usize| {
        let mut best: Option<(usize, usize)> = None;
        for (candidate, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            if let Some(score) = fit(at, candidate).filter(|score| best.is_none_or(|(top, _)| *score > top)) {
                best = Some((score, candidate));
            }
        }
        let chosen = best.map(|(_, candidate)| candidate);
        if let Some(candidate) = chosen {
            taken[candidate] = true;
        }
        chosen
    };
    (0..gold).map(&mut best_of).collect()
}

fn at_evidence(evidence: &str, event: &Event) -> bool {
    let (evidence, sentence) = (squeeze(evidence), squeeze(&event.text));
    !evidence.is_empty() && !sentence.is_empty() && (sentence.contains(&evidence) || evidence.contains(&sentence))
}

/// White space runs as single spaces, quotation marks and apostrophes straight.
fn squeeze(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat.replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}

/// Lower case without accents, so that "Díaz-Canel" is "diaz-canel".
fn fold(text: &str) -> String {
    let plain = |letter: char| match letter {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        other => other,
    };
    let apart = text.to_lowercase().nfd().collect::<String>();
    apart.chars().filter(|c| !is_combining_mark(*c)).map(plain).collect()
}

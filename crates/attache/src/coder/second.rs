//! The second reader: what the network makes of a word in its sentence, beside the patterns.
//!
//! A head of the parser's own network (`training/events/`) gives every word a probability for each event type and mode, for "no
//! event", and for each status. It proposes events at words that no pattern knows, and doubts patterns at words where it
//! sees none. What neither reader is sure of is left out; `explain` shows it among the near misses.

use attache_parse::{Token, Upos};

use super::{EventMention, Reader};
use crate::event::Status;
use crate::ontology::Pattern;
use crate::ontology::pattern::Path;

/// From this probability on a proposal that is not believed is shown by `explain`.
const SHOWN: f64 = 0.2;

/// The labels of the network's second head.
#[derive(Debug, Clone, Default)]
pub struct SecondReader {
    /// Event type and mode of each score; both empty for "no event".
    labels: Vec<(String, String)>,
    /// The types of the labels, and the type of each label.
    types: Vec<String>,
    type_of: Vec<usize>,
    statuses: Vec<Status>,
}

/// What the second reader makes of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// The likeliest event type.
    pub event: String,
    /// Its likeliest mode, or empty.
    pub mode: String,
    /// The likeliest status.
    pub status: Status,
    /// Probability of the type, 0 to 1.
    pub sure: f64,
}

impl SecondReader {
    /// Reads the list of labels: `label` or `status`, tab, `TYPE`, `TYPE/mode`, `none` or a status.
    pub fn new(list: &str) -> Self {
        let mut reader = Self::default();
        for line in list.lines() {
            match line.split_once('\t') {
                Some(("label", name)) => {
                    let (event, mode) = name.split_once('/').unwrap_or((name, ""));
                    let event = if event == "none" { "" } else { event };
                    let known = reader.types.iter().position(|t| t == event);
                    reader.type_of.push(known.unwrap_or(reader.types.len()));
                    if known.is_none() {
                        reader.types.push(event.to_owned());
                    }
                    reader.labels.push((event.to_owned(), mode.to_owned()));
                }
                Some(("status", name)) => {
                    let status = serde_json::from_value(serde_json::Value::String(name.to_owned()));
                    reader.statuses.push(status.unwrap_or(Status::Occurred));
                }
                _ => {}
            }
        }
        reader
    }

    /// Probability of an event type (empty for "no event") at a word, 0 to 1; `None` for words that the network did not read.
    pub fn probability(&self, token: &Token, event: &str) -> Option<f64> {
        let share = self.shares(token)?;
        let of_type = self.labels.iter().zip(share).filter(|((e, _), _)| e == event);
        Some(of_type.map(|(_, p)| p).sum())
    }

    /// What the word most likely tells, unless "no event" is likelier than any type.
    pub fn opinion(&self, token: &Token) -> Option<Opinion> {
        let share = self.shares(token)?;
        let mut sums = vec![0.0; self.types.len()];
        for (kind, p) in self.type_of.iter().zip(&share) {
            sums[*kind] += p;
        }
        let (best, sure) = sums.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let event = self.types[best].clone();
        if event.is_empty() {
            return None;
        }
        let modes = self.labels.iter().zip(&share).filter(|((e, _), _)| *e == event);
        let mode = modes.max_by(|a, b| a.1.total_cmp(b.1)).map(|((_, m), _)| m.clone())?;
        Some(Opinion {
            event,
            mode,
            status: self.status(token),
            sure,
        })
    }

    /// Probabilities of the labels.
    fn shares(&self, token: &Token) -> Option<Vec<f64>> {
        let scores = token.scores.get(..self.labels.len()).filter(|s| !s.is_empty())?;
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f64> = scores.iter().map(|s| f64::from(s - top).exp()).collect();
        let sum: f64 = powers.iter().sum();
        Some(powers.into_iter().map(|p| p / sum).collect())
    }

    fn status(&self, token: &Token) -> Status {
        let scores = token.scores.get(self.labels.len()..).unwrap_or(&[]);
        let best = self.statuses.iter().zip(scores).max_by(|a, b| a.1.total_cmp(b.1));
        best.map_or(Status::Occurred, |(status, _)| *status)
    }
}

impl Reader<'_> {
    /// Events at words that the patterns left free and of which the second reader is sure; marks what they use.
    pub(super) fn learned(&self, used: &mut [bool]) -> Vec<EventMention> {
        let Some(second) = self.second else { return Vec::new() };
        let mut found = Vec::new();
        for token in self.root_first() {
            let t = &self.place.tree.tokens[token];
            let names = matches!(t.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn);
            if used[token] || !names || matches!(t.rel(), "flat" | "compound") {
                continue;
            }
            let Some(opinion) = second.opinion(t).filter(|o| o.sure >= SHOWN) else {
                continue;
            };
            let Some(row) = self.ontology.learned_row(&opinion.event, &opinion.mode) else {
                continue;
            };
            match self.proposed(row, &opinion, token) {
                Ok(mention) => {
                    self.use_up(&mention, used);
                    found.extend(self.finish(mention));
                }
                Err(lacked) => self.miss(&row.id, token, lacked),
            }
        }
        found
    }

    fn proposed(&self, row: &Pattern, opinion: &Opinion, token: usize) -> Result<EventMention, String> {
        if opinion.sure < row.weight {
            let (has, needs) = (percent(opinion.sure), percent(row.weight));
            return Err(format!("certainty: the second reader gives {has}, {needs} are needed"));
        }
        let verbal;
        let row = if self.place.tree.tokens[token].upos == Upos::Verb {
            // "The security of Kuwait was threatened": what depends on a verb's subject does nothing.
            verbal = Pattern {
                actor: vec![Path::Subject],
                ..row.clone()
            };
            &verbal
        } else {
            row
        };
        let mut mention = self.try_pattern(row, token, self.support_of(token))?;
        mention.mode.clone_from(&opinion.mode);
        mention.weight = opinion.sure;
        mention.learned = Some(opinion.status);
        mention.why.push(format!(
            "no pattern; the second reader is {} sure",
            percent(opinion.sure)
        ));
        Ok(mention)
    }

    /// The verb that lends a noun its subject ("*held* talks").
    fn support_of(&self, token: usize) -> Option<usize> {
        let tree = self.place.tree;
        let t = &tree.tokens[token];
        let head = t
            .head
            .filter(|_| t.upos == Upos::Noun && matches!(t.rel(), "obj" | "nsubj" | "obl"))?;
        let lends = tree.tokens[head].upos == Upos::Verb && self.ontology.class_has("support", &self.frame.lemma(head));
        lends.then_some(head)
    }

    /// What the second reader thinks of a pattern's find: the highest probability of its type at any of its words. `None` where
    /// there is no second reader.
    pub(super) fn second_opinion(&self, mention: &EventMention) -> Option<f64> {
        let second = self.second?;
        let words = mention.words.iter().chain([&mention.trigger, &mention.anchor]);
        words
            .filter_map(|w| second.probability(&self.place.tree.tokens[*w], &mention.event))
            .reduce(f64::max)
    }

    /// Whether the second reader sees so little in a pattern's find that it is dropped.
    pub(super) fn doubted(&self, mention: &EventMention) -> bool {
        mention.learned.is_none() && mention.second.is_some_and(|p| p < self.ontology.belief.doubt)
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_parse::{Feats, Span};

    const LABELS: &str =
        "label\tnone\nlabel\tACCUSE/allege\nlabel\tACCUSE/disapprove\nlabel\tAID\nstatus\toccurred\nstatus\tplanned\n";

    fn token(scores: &[f32]) -> Token {
        Token {
            span: Span::default(),
            form: String::new(),
            lemma: String::new(),
            upos: Upos::Verb,
            xpos: String::new(),
            feats: Feats::default(),
            head: None,
            deprel: "root".into(),
            space_after: false,
            scores: scores.to_vec(),
        }
    }

    #[test]
    fn modes_of_a_type_are_added_up_before_types_are_compared() {
        let reader = SecondReader::new(LABELS);
        // 0.4 for no event, 0.25 + 0.3 for ACCUSE, 0.05 for AID.
        let scores: Vec<f32> = [0.4_f32, 0.25, 0.3, 0.05]
            .iter()
            .map(|p| p.ln())
            .chain([0.0, 1.0])
            .collect();
        let opinion = reader.opinion(&token(&scores)).unwrap();
        assert_eq!(
            (opinion.event.as_str(), opinion.mode.as_str()),
            ("ACCUSE", "disapprove")
        );
        assert_eq!(opinion.status, Status::Planned);
        assert!((opinion.sure - 0.55).abs() < 1e-6);
        assert!((reader.probability(&token(&scores), "AID").unwrap() - 0.05).abs() < 1e-6);
    }

    #[test]
    fn no_event_and_no_scores_give_no_opinion() {
        let reader = SecondReader::new(LABELS);
        assert_eq!(reader.opinion(&token(&[3.0, 0.0, 0.0, 0.0, 1.0, 0.0])), None);
        assert_eq!(reader.opinion(&token(&[])), None);
        assert_eq!(reader.probability(&token(&[]), "AID"), None);
    }
}

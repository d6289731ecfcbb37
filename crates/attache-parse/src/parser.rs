//! Text to trees: everything of this crate joined.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use rten::ThreadPool;
use thiserror::Error;

use crate::decode::{self, Arcs};
use crate::lemma::lemma;
use crate::network::{Network, Scores, Unit};
use crate::network_labels::Labels;
use crate::token::{RawToken, tokenize};
use crate::wordpiece::{Vocabulary, case_classes};
use crate::{EntityKind, EntityMention, Feats, Sentence, Span, Token, Upos, segment};

/// Words that the network reads at once; longer sentences are cut, and the parts joined to one tree.
const MAX_WORDS: usize = 160;
/// Word pieces that the network reads at once, `[CLS]` included.
const MAX_PIECES: usize = 400;
/// Word pieces in a batch: enough to keep the processor busy, few enough to stay in its cache and to be of like length.
const BATCH_PIECES: usize = 300;

/// Why the model could not be loaded.
#[derive(Debug, Error)]
#[error("the embedded model is broken: {0}")]
pub struct ModelError(pub String);

impl ModelError {
    pub(crate) fn new(reason: impl Display) -> Self {
        Self(reason.to_string())
    }
}

/// Text to sentences with trees and names; share one between threads.
///
/// A call works on one thread. The same document gives the same result whatever else happens meanwhile: batches are formed
/// within one document.
pub struct Parser {
    network: Network,
    vocabulary: Vocabulary,
    labels: Labels,
    name: String,
    second_head: bool,
}

impl Parser {
    /// The embedded English model.
    ///
    /// # Errors
    /// Where the weights cannot be read.
    pub fn english() -> Result<Parser, ModelError> {
        use attache_model_en as model;
        Ok(Parser {
            network: Network::new(model::NETWORK, model::LABELLER, model::EVENTS)?,
            vocabulary: Vocabulary::new(model::PIECES).ok_or_else(|| ModelError::new("pieces.txt"))?,
            labels: Labels::new(model::LABELS)?,
            name: format!("{} {}", model::NAME, model::VERSION),
            second_head: true,
        })
    }

    /// Whether the second head is asked, which costs a third more time; without it [`Token::scores`] stay empty.
    pub fn set_second_head(&mut self, asked: bool) {
        self.second_head = asked;
    }

    /// Name and version of the model, for records.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sentences with trees and names; spans are bytes of `text`. Line ends are hard sentence boundaries.
    pub fn parse(&self, text: &str) -> Vec<Sentence> {
        self.parse_parts(text, &[Span::new(0, text.len())])
            .pop()
            .unwrap_or_default()
    }

    /// The sentences of each part of a text, read in common batches; spans are bytes of `text`. A part outside the text
    /// has none.
    pub fn parse_parts(&self, text: &str, parts: &[Span]) -> Vec<Vec<Sentence>> {
        let raw: Vec<Vec<Raw>> = parts.iter().map(|part| raw_sentences(text, *part)).collect();
        let counts: Vec<usize> = raw.iter().map(Vec::len).collect();
        let mut parsed = self.parse_raw(raw.into_iter().flatten().collect()).into_iter();
        counts
            .into_iter()
            .map(|count| parsed.by_ref().take(count).collect())
            .collect()
    }

    /// Trees and names for given tokens. Spans are bytes of the text in which single spaces join the tokens of a sentence
    /// and line ends the sentences. Sentences without tokens come back empty.
    pub fn parse_tokens(&self, sentences: &[Vec<String>]) -> Vec<Sentence> {
        let mut at = 0;
        let raw = sentences.iter().map(|words| Raw::joined(words, &mut at)).collect();
        self.parse_raw(raw)
    }

    fn parse_raw(&self, raw: Vec<Raw>) -> Vec<Sentence> {
        let parts = raw
            .iter()
            .map(|sentence| self.parts(&sentence.tokens))
            .collect::<Vec<_>>();
        let units = parts.iter().flatten().collect::<Vec<_>>();
        let mut parsed = self.parse_units(&units);
        self.find_names(&raw, &mut parsed);
        let mut parsed = parsed.into_iter();
        raw.into_iter()
            .zip(&parts)
            .map(|(sentence, parts)| assemble(sentence, parsed.by_ref().take(parts.len())))
            .collect()
    }

    /// Names of all units of a call, whose words stand in the order of the tokens.
    fn find_names(&self, raw: &[Raw], parsed: &mut [Vec<Word>]) {
        let forms = raw.iter().flat_map(|sentence| &sentence.tokens);
        let forms = forms.map(|token| token.form.as_str()).collect::<Vec<_>>();
        let mut places: BTreeMap<&str, Vec<&mut Vec<f32>>> = BTreeMap::new();
        for (form, word) in forms.iter().zip(parsed.iter_mut().flatten()) {
            if word.upos == Upos::Propn && form.starts_with(char::is_uppercase) && form.chars().nth(2).is_some() {
                places.entry(form).or_default().push(&mut word.name_scores);
            }
        }
        for rows in places.values_mut().filter(|rows| rows.len() > 1) {
            decode::agree(&self.labels.names, rows);
        }
        let mut from = 0;
        for words in parsed {
            let rows = words.iter().map(|word| word.name_scores.as_slice());
            for mut mention in decode::names(&self.labels.names, rows) {
                let last = forms.get(from + mention.end - 1).copied().unwrap_or("");
                let genitive = matches!(last, "'s" | "’s" | "'" | "’") && mention.kind == EntityKind::Person;
                if genitive && mention.end > mention.first + 1 {
                    mention.end -= 1;
                }
                let first = mention.first;
                words[first].name = Some(mention);
            }
            from += words.len();
        }
    }

    /// Cuts a sentence into what the network can read at once: nearly always one part.
    fn parts(&self, tokens: &[RawToken]) -> Vec<Unit> {
        let classes = case_classes(tokens.iter().map(|t| t.form.as_str()));
        let mut out = Vec::new();
        let mut unit = Unit::new();
        let mut pieces = Vec::new();
        for (token, class) in tokens.iter().zip(classes) {
            pieces.clear();
            self.vocabulary.encode(&token.form, &mut pieces);
            if unit.firsts.len() >= MAX_WORDS || unit.ids.len() + pieces.len() > MAX_PIECES {
                out.push(std::mem::replace(&mut unit, Unit::new()));
            }
            unit.push(&pieces, class);
        }
        if !unit.firsts.is_empty() {
            out.push(unit);
        }
        out
    }

    /// Parses units in batches of like length; results stand in the order of `units`.
    fn parse_units(&self, units: &[&Unit]) -> Vec<Vec<Word>> {
        if units.is_empty() {
            return Vec::new();
        }
        let mut order = (0..units.len()).collect::<Vec<_>>();
        order.sort_by_key(|i| units[*i].ids.len());
        self.network.alone(|pool| {
            let mut out = units.iter().map(|_| Vec::new()).collect::<Vec<_>>();
            for batch in batches(&order, units) {
                let some = batch.iter().map(|i| units[*i]).collect::<Vec<_>>();
                let parsed = self
                    .parse_batch(&some, pool)
                    .unwrap_or_else(|_| some.iter().map(|u| chain(u)).collect());
                batch.iter().zip(parsed).for_each(|(i, words)| out[*i] = words);
            }
            out
        })
    }

    fn parse_batch(&self, units: &[&Unit], pool: &Arc<ThreadPool>) -> Result<Vec<Vec<Word>>, ModelError> {
        let scores = self.network.score(units, pool)?;
        let mut pairs = Vec::new();
        let mut out = Vec::with_capacity(units.len());
        let mut row = 0;
        for unit in units {
            let words = unit.firsts.len();
            let heads = tree(&scores, row, words);
            pairs.extend(
                heads
                    .iter()
                    .enumerate()
                    .map(|(w, head)| (row + 1 + w, head.map_or(row, |h| row + 1 + h))),
            );
            out.push(self.words(&scores, row + 1, heads));
            row += words + 1;
        }
        if self.second_head {
            self.read_again(&scores, &mut out, pool)?;
        }
        let relations = self.network.relate(&scores, &pairs, pool)?;
        for (at, word) in out.iter_mut().flatten().enumerate() {
            if word.head.is_some() {
                word.deprel = self.labels.relation(relations.row(at)).into();
            }
        }
        Ok(out)
    }

    /// Asks the second head about the words of content of every unit that names somebody.
    fn read_again(&self, scores: &Scores, units: &mut [Vec<Word>], pool: &Arc<ThreadPool>) -> Result<(), ModelError> {
        let (mut wanted, mut counts) = (Vec::new(), Vec::new());
        let mut row = 0;
        for words in units.iter() {
            let named = words.iter().any(|w| matches!(w.upos, Upos::Propn | Upos::Pron));
            let asked = (0..words.len())
                .filter(|w| named && words[*w].has_content())
                .map(|w| row + 1 + w);
            let before = wanted.len();
            wanted.extend(asked);
            counts.push(wanted.len() - before);
            row += words.len() + 1;
        }
        let found = self.network.events(scores, &wanted, &counts, pool)?;
        let asked = units.iter_mut().zip(&counts).filter(|(_, count)| **count > 0);
        let words = asked.flat_map(|(words, _)| words.iter_mut().filter(|w| w.has_content()));
        for (at, word) in words.enumerate() {
            word.scores = found.row(at).to_vec();
        }
        Ok(())
    }

    /// Tags of the words whose rows start at `first`; relations and names come later.
    fn words(&self, scores: &Scores, first: usize, heads: Vec<Option<usize>>) -> Vec<Word> {
        (first..first + heads.len())
            .zip(heads)
            .map(|(at, head)| {
                let row = scores.tags.row(at);
                let best = self.labels.morphology(row);
                Word {
                    scores: Vec::new(),
                    upos: best.upos,
                    xpos: best.xpos.clone(),
                    feats: best.feats.clone(),
                    head,
                    deprel: "root".into(),
                    name_scores: decode::normalised(self.labels.name_scores(row)),
                    name: None,
                }
            })
            .collect()
    }
}

impl Unit {
    fn new() -> Self {
        Self {
            ids: vec![0],
            cases: vec![0],
            firsts: Vec::new(),
        }
    }

    fn push(&mut self, pieces: &[i32], class: i32) {
        self.firsts.push(i32::try_from(self.ids.len()).unwrap_or(0));
        self.ids.extend(pieces);
        self.cases.extend(pieces.iter().map(|_| class));
    }
}

fn tree(scores: &Scores, row: usize, words: usize) -> Vec<Option<usize>> {
    let dependents = scores.arc_dependents.rows(row + 1, words);
    let heads = scores.arc_heads.rows(row, words + 1);
    Arcs::new(words, scores.arc_heads.width, dependents, heads).tree()
}

/// Runs of `order` that hold about [`BATCH_PIECES`] pieces each.
fn batches<'a>(order: &'a [usize], units: &[&Unit]) -> Vec<&'a [usize]> {
    let mut out = Vec::new();
    let (mut from, mut pieces) = (0, 0);
    for (at, unit) in order.iter().enumerate() {
        let more = units[*unit].ids.len();
        if at > from && pieces + more > BATCH_PIECES {
            out.push(&order[from..at]);
            (from, pieces) = (at, 0);
        }
        pieces += more;
    }
    out.push(&order[from..]);
    out
}

/// A sentence before parsing.
struct Raw {
    span: Span,
    tokens: Vec<RawToken>,
}

impl Raw {
    /// Words joined by spaces from byte `at` on; moves `at` past the line end.
    fn joined(words: &[String], at: &mut usize) -> Self {
        let start = *at;
        let tokens = words
            .iter()
            .map(|form| {
                let span = Span::new(*at, *at + form.len());
                *at = span.end + 1;
                RawToken {
                    span,
                    form: form.clone(),
                    space_after: true,
                }
            })
            .collect();
        let end = (*at).saturating_sub(1).max(start);
        *at = end + 1;
        Self {
            span: Span::new(start, end),
            tokens,
        }
    }
}

/// What the network says of one word; indices count from the start of the unit.
struct Word {
    upos: Upos,
    xpos: String,
    feats: Feats,
    head: Option<usize>,
    deprel: String,
    /// What the second head says; empty where the engine failed.
    scores: Vec<f32>,
    /// Logarithms of the probabilities of the name tags; none where the engine failed.
    name_scores: Vec<f32>,
    /// The name that starts here.
    name: Option<EntityMention>,
}

impl Word {
    fn has_content(&self) -> bool {
        matches!(self.upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn)
    }
}

/// Words without tags, each depending on the one before: what is left if the engine fails.
fn chain(unit: &Unit) -> Vec<Word> {
    let word = |i: usize| Word {
        upos: Upos::X,
        xpos: String::new(),
        feats: Feats::default(),
        head: i.checked_sub(1),
        deprel: if i == 0 { "root" } else { "dep" }.into(),
        name_scores: vec![0.0],
        name: None,
        scores: Vec::new(),
    };
    (0..unit.firsts.len()).map(word).collect()
}

/// One sentence from its parts: the roots of later parts depend on the root of the first.
fn assemble(raw: Raw, parts: impl Iterator<Item = Vec<Word>>) -> Sentence {
    let mut sentence = Sentence {
        span: raw.span,
        ..Sentence::default()
    };
    let mut root = None;
    let mut raw_tokens = raw.tokens.into_iter();
    for words in parts {
        let base = sentence.tokens.len();
        for (word, token) in words.into_iter().zip(raw_tokens.by_ref()) {
            let at = sentence.tokens.len();
            if let Some(name) = &word.name {
                sentence.entities.push(EntityMention {
                    first: base + name.first,
                    end: base + name.end,
                    kind: name.kind,
                });
            }
            let (head, deprel) = match (word.head, root) {
                (Some(head), _) => (Some(base + head), word.deprel),
                (None, None) => {
                    root = Some(at);
                    (None, word.deprel)
                }
                (None, first) => (first, "parataxis".into()),
            };
            sentence.tokens.push(Token {
                span: token.span,
                lemma: lemma(&token.form, word.upos, &word.xpos),
                form: token.form,
                upos: word.upos,
                xpos: word.xpos,
                feats: word.feats,
                head,
                deprel,
                space_after: token.space_after,
                scores: word.scores,
            });
        }
    }
    sentence
}

/// The sentences of a part, cut into words; spans are bytes of the whole text.
fn raw_sentences(text: &str, part: Span) -> Vec<Raw> {
    segment::sentences(part.text(text))
        .into_iter()
        .map(|span| span.shift(part.start))
        .map(|span| Raw {
            span,
            tokens: tokenize(text, span),
        })
        .filter(|raw| !raw.tokens.is_empty())
        .collect()
}

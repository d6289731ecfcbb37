//! Speech across sentences: quotations that run on, that stand alone, that go on in the next paragraph.

use attache_parse::{Sentence, Upos};

use super::find::{self, Said};
use super::quote::{Piece, Quotation, Quotations};
use super::span;
use crate::coder::Reader;
use crate::date::DateRange;
use crate::event::SpeechKind;
use crate::frame::Frame;
use crate::ontology::{Content, Force, Ontology};
use crate::resolve::Party;

/// Somebody's word, with all its sentences.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Sentence of the cue, or of the content where there is no cue.
    pub sentence: usize,
    /// Sentence of the source's words.
    pub source_in: usize,
    /// What was found; its content stands in `sentence`, its speaker and source in `source_in`.
    pub said: Said,
    /// Content in other sentences.
    pub elsewhere: Vec<(usize, Vec<usize>)>,
    /// Who it is, once resolved; empty where nobody is known.
    pub speaker: Vec<Party>,
    /// Sentence and words of the name that an unresolved pronoun stands for.
    pub meant: Option<(usize, Vec<usize>)>,
    /// Whom it is said to, once resolved.
    pub addressee: Vec<Party>,
    /// When it was said, where its own clause tells.
    pub date: Option<DateRange>,
}

/// Parties with the sentence and the tokens that name them.
type Named = (Vec<Party>, (usize, Vec<usize>));

impl Statement {
    fn new(sentence: usize, source_in: usize, said: Said) -> Statement {
        Statement {
            sentence,
            source_in,
            said,
            elsewhere: Vec::new(),
            speaker: Vec::new(),
            meant: None,
            addressee: Vec::new(),
            date: None,
        }
    }

    /// Whether it gives words or a clause, not a mere thing spoken of ("confirmed the death of two hostages").
    pub fn is_told(&self) -> bool {
        self.said.frame != Content::Object || self.said.kind != SpeechKind::Indirect || self.said.force == Force::Deny
    }

    /// Tokens of the content in a sentence.
    pub fn content_in(&self, sentence: usize) -> &[usize] {
        if sentence == self.sentence {
            return &self.said.content;
        }
        let there = self.elsewhere.iter().find(|(s, _)| *s == sentence);
        there.map(|(_, tokens)| tokens.as_slice()).unwrap_or_default()
    }

    fn size(&self) -> usize {
        self.said.content.len() + self.elsewhere.iter().map(|(_, t)| t.len()).sum::<usize>()
    }
}

/// All statements of a document.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// In text order.
    pub statements: Vec<Statement>,
}

impl Speech {
    /// Reads the sentences of a document; `blocks` numbers the paragraph of each.
    pub fn of(ontology: &Ontology, sentences: &[Sentence], blocks: &[usize]) -> Speech {
        let quotations = Quotations::find(sentences, blocks);
        let mut speech = Speech::default();
        for (number, tree) in sentences.iter().enumerate() {
            for said in find::find(ontology, tree, &quotations.pieces[number]) {
                speech.statements.push(Statement::new(number, number, said));
            }
        }
        let mut owners: Vec<Option<usize>> = Vec::with_capacity(quotations.all.len());
        let reader = Across {
            ontology,
            sentences,
            blocks,
        };
        for quotation in &quotations.all {
            let before = owners.last().copied().flatten().filter(|_| quotation.continues);
            owners.push(reader.link(&mut speech, quotation, before));
        }
        speech.statements.sort_by_key(|s| {
            (
                s.sentence,
                s.said.cue.first().copied().or(s.said.content.first().copied()),
            )
        });
        speech
    }

    /// Resolves who makes the statements of a sentence. "He said" means whoever spoke last where it means nobody known.
    pub fn resolve(&mut self, sentence: usize, reader: &Reader, within: &[Party], tree: &Sentence) {
        for number in 0..self.statements.len() {
            let statement = &self.statements[number];
            if statement.sentence != sentence {
                continue;
            }
            let own = statement.source_in == sentence;
            let speaker = if own {
                reader.speakers(&statement.said)
            } else {
                within.to_vec()
            };
            let pronoun = statement
                .said
                .speaker
                .filter(|_| own)
                .is_some_and(|s| matches!(tree.tokens[s].form.to_lowercase().as_str(), "he" | "she"));
            let before = (pronoun && speaker.is_empty())
                .then(|| self.last_speaker(number))
                .flatten();
            let addressee = statement.said.addressee;
            let statement = &mut self.statements[number];
            statement.addressee = addressee.map(|a| reader.parties(a)).unwrap_or_default();
            statement.speaker = speaker;
            if let Some((parties, meant)) = before {
                statement.speaker = parties;
                statement.meant = Some(meant);
            }
        }
    }

    /// The one named as a speaker last, not far back.
    fn last_speaker(&self, number: usize) -> Option<Named> {
        const REACH: usize = 4;
        let here = self.statements[number].sentence;
        let named = |s: &&Statement| {
            s.sentence + REACH >= here
                && s.said.speaker.is_some()
                && s.said.force == Force::Say
                && s.source_in == s.sentence
        };
        let last = self.statements[..number].iter().rev().find(named)?;
        let meant = last
            .meant
            .clone()
            .unwrap_or_else(|| (last.source_in, last.said.source.clone()));
        Some((last.speaker.clone(), meant))
    }

    /// What was found in one sentence alone.
    pub fn said_in(&self, sentence: usize) -> Vec<Said> {
        let here = |s: &&Statement| s.sentence == sentence && s.source_in == sentence;
        self.statements.iter().filter(here).map(|s| s.said.clone()).collect()
    }

    /// The statement from another sentence whose quotation this one stands in.
    pub fn around(&self, sentence: usize) -> Option<&Statement> {
        self.statements
            .iter()
            .find(|s| s.source_in != sentence && s.content_in(sentence).len() > 1 && s.said.speaker.is_some())
    }

    /// The statement whose verb lends an event noun its subject: "reiterated the commitment of Moscow".
    pub fn named_in(&self, sentence: usize, verb: usize, noun: usize) -> Option<&Statement> {
        self.statements.iter().find(|s| {
            s.sentence == sentence
                && s.said.frame == Content::Object
                && s.said.vouches()
                && s.said.cue.contains(&verb)
                && s.said.content.contains(&noun)
        })
    }

    /// The statements that vouch for what a word tells, innermost first.
    pub fn chain(&self, sentence: usize, word: usize) -> Vec<&Statement> {
        let covers = |s: &&Statement| {
            s.said.vouches()
                && s.said.speaker.is_some()
                && s.content_in(sentence).contains(&word)
                && !(s.sentence == sentence && s.said.cue.contains(&word))
        };
        let mut all: Vec<&Statement> = self.statements.iter().filter(covers).collect();
        // An outlet that cites stands outside the one whom it cites.
        all.sort_by_key(|s| (s.size(), s.said.frame != Content::Cite));
        all
    }
}

struct Across<'a> {
    ontology: &'a Ontology,
    sentences: &'a [Sentence],
    blocks: &'a [usize],
}

impl Across<'_> {
    /// Gives a quotation its statement, and says which.
    fn link(&self, speech: &mut Speech, quotation: &Quotation, before: Option<usize>) -> Option<usize> {
        let (first, piece) = *quotation.pieces.first()?;
        let owner = self.owner(speech, quotation);
        if let Some(owner) = owner {
            for (sentence, piece) in &quotation.pieces {
                if *sentence != speech.statements[owner].sentence {
                    let words = self.words(*sentence, piece);
                    speech.statements[owner].elsewhere.push((*sentence, words));
                }
            }
            return Some(owner);
        }
        if !self.stands_alone(quotation) {
            return None;
        }
        let before_it = self.speaker_before(speech, first);
        // "'I came,' she said. 'I saw.'" is one statement, as is a quotation that goes on in the next paragraph.
        let goes_on = before_it.filter(|s| {
            let s = &speech.statements[*s];
            let near = first > 0 && self.same_block(first - 1, first);
            near && s.said.kind == SpeechKind::Direct && s.said.force == Force::Say && s.source_in < first
        });
        if let Some(owner) = before.or(goes_on) {
            for (sentence, piece) in &quotation.pieces {
                let words = self.words(*sentence, piece);
                speech.statements[owner].elsewhere.push((*sentence, words));
            }
            return Some(owner);
        }
        let source = before_it.or_else(|| self.speaker_after(speech, quotation));
        let (source_in, speaker, words) = match source {
            Some(s) => {
                let s = &speech.statements[s];
                (s.source_in, s.said.speaker?, s.said.source.clone())
            }
            None => {
                let last = quotation.pieces.last()?.0;
                let (sentence, subject) = self.subject_before(first).or_else(|| self.subject_after(last))?;
                let words = span::source(&self.sentences[sentence], subject, &[], &[]);
                (sentence, subject, words)
            }
        };
        let said = Said {
            cue: Vec::new(),
            speaker: Some(speaker),
            source: words,
            addressee: None,
            content: self.words(first, &piece),
            force: Force::Say,
            frame: Content::Quote,
            kind: SpeechKind::Direct,
        };
        let rest = quotation.pieces[1..].iter();
        speech.statements.push(Statement {
            elsewhere: rest.map(|(s, p)| (*s, self.words(*s, p))).collect(),
            ..Statement::new(first, source_in, said)
        });
        Some(speech.statements.len() - 1)
    }

    fn words(&self, sentence: usize, piece: &Piece) -> Vec<usize> {
        (piece.first..piece.end.min(self.sentences[sentence].tokens.len())).collect()
    }

    /// The statement whose cue stands outside the quotation and whose content is in it, the one with most of it.
    fn owner(&self, speech: &Speech, quotation: &Quotation) -> Option<usize> {
        let shared = |s: &Statement| {
            let piece = quotation.pieces.iter().find(|(n, _)| *n == s.sentence);
            piece.map_or(0, |(_, p)| {
                let outside = !s.said.cue.iter().any(|c| p.holds(*c));
                let inside = s.said.content.iter().filter(|t| p.holds(**t)).count();
                if outside && !s.said.cue.is_empty() { inside } else { 0 }
            })
        };
        let ranked = speech.statements.iter().enumerate().map(|(i, s)| (shared(s), i));
        ranked
            .filter(|(shared, _)| *shared > 0)
            .max_by_key(|(shared, i)| (*shared, std::cmp::Reverse(*i)))
            .map(|(_, i)| i)
    }

    /// Whether whole sentences are quoted, not a few words of one.
    fn stands_alone(&self, quotation: &Quotation) -> bool {
        let (Some((first, piece)), Some((last, end))) = (quotation.pieces.first(), quotation.pieces.last()) else {
            return false;
        };
        let word = |n: usize, t: usize| self.sentences[n].tokens[t].upos != Upos::Punct;
        let starts = !(0..piece.first).any(|t| word(*first, t));
        let ends = !(end.end..self.sentences[*last].tokens.len()).any(|t| word(*last, t));
        let words: usize = quotation.pieces.iter().map(|(_, p)| p.end - p.first).sum();
        starts && ends && words > 4
    }

    fn same_block(&self, a: usize, b: usize) -> bool {
        self.blocks.get(a) == self.blocks.get(b)
    }

    /// Whoever spoke last in the sentence before, in the same paragraph or at the end of the one before.
    fn speaker_before(&self, speech: &Speech, sentence: usize) -> Option<usize> {
        let before = sentence.checked_sub(1)?;
        let near = self.blocks.get(before)?.abs_diff(*self.blocks.get(sentence)?) <= 1;
        let spoke = |s: &&Statement| {
            let there = s.sentence == before || s.elsewhere.iter().any(|(n, _)| *n == before);
            there && s.said.speaker.is_some() && s.said.force == Force::Say && s.said.frame != Content::Object
        };
        let candidates = speech.statements.iter().filter(|s| near && spoke(s));
        let people = candidates.filter(|s| {
            self.same_block(before, sentence)
                || s.said.kind != SpeechKind::Indirect
                || self.someone(s.source_in, s.said.speaker)
        });
        let outermost = people.max_by_key(|s| (s.size(), std::cmp::Reverse(s.sentence)))?;
        speech.statements.iter().position(|s| std::ptr::eq(s, outermost))
    }

    /// Whoever speaks in quotation marks in the next sentence of the paragraph.
    fn speaker_after(&self, speech: &Speech, quotation: &Quotation) -> Option<usize> {
        let next = quotation.pieces.last()?.0 + 1;
        if next >= self.sentences.len() || !self.same_block(next - 1, next) {
            return None;
        }
        speech.statements.iter().position(|s| {
            s.sentence == next
                && s.said.speaker.is_some()
                && s.said.force == Force::Say
                && s.said.kind != SpeechKind::Indirect
        })
    }

    /// The person whom the sentence before speaks of, in the same paragraph.
    fn subject_before(&self, sentence: usize) -> Option<(usize, usize)> {
        let before = sentence.checked_sub(1).filter(|b| self.same_block(*b, sentence))?;
        let tree = &self.sentences[before];
        let subject = Frame { tree }.subject(tree.root()?)?;
        self.someone(before, Some(subject)).then_some((before, subject))
    }

    /// The person whom the sentence after speaks of, in the same paragraph: "'I stay.' The president spoke for an hour."
    fn subject_after(&self, sentence: usize) -> Option<(usize, usize)> {
        let after = sentence + 1;
        if after >= self.sentences.len() || !self.same_block(sentence, after) {
            return None;
        }
        let tree = &self.sentences[after];
        let subject = Frame { tree }.subject(tree.root()?)?;
        let first = subject < 4;
        (first && self.someone(after, Some(subject))).then_some((after, subject))
    }

    fn someone(&self, sentence: usize, token: Option<usize>) -> bool {
        token.is_some_and(|t| find::is_someone(self.ontology, &self.sentences[sentence], t))
    }
}

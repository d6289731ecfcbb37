//! Makes what was found whole: quotations without a clause, cues that go on after others, spans.

use attache_parse::Upos;

use super::find::{Draft, Finder, Said};
use super::quote::Piece;
use super::span::{self, Set};
use crate::ontology::{Content, Force};

impl Finder<'_> {
    /// Words in quotation marks that no cue has taken: the verb beside them introduces them.
    pub(super) fn quotations(&self, drafts: &mut Vec<Draft>) {
        for piece in self.pieces {
            let words = (piece.first..piece.end).filter(|t| self.tree.tokens[*t].upos != Upos::Punct);
            let words: Vec<usize> = words.collect();
            if words.is_empty() {
                continue;
            }
            let taken = drafts
                .iter_mut()
                .find(|d| !d.cue.iter().any(|c| piece.holds(*c)) && words.iter().any(|w| d.content.contains(w)));
            if let Some(draft) = taken {
                // Part of it: all of it, but for the source.
                let source = draft.speaker.map(|s| self.tree.subtree(s)).unwrap_or_default();
                let loose = words
                    .iter()
                    .filter(|w| !draft.content.contains(w) && !source.contains(w));
                let loose: Vec<usize> = loose.copied().collect();
                draft.content.extend(loose);
                continue;
            }
            if let Some(draft) = self.goes_on(piece, drafts) {
                drafts[draft].content.extend(words);
                continue;
            }
            let found = self.worded(piece).or_else(|| self.introduced(piece, &words));
            let Some(found) = found else { continue };
            // One cue, several parts.
            match drafts.iter_mut().find(|d| d.cue.contains(&found.cue[0])) {
                Some(draft) if draft.speaker == found.speaker => draft.content.extend(found.content),
                _ => drafts.push(found),
            }
        }
    }

    /// "voiced 'deep regret' over the raid", "labelled the two states – his words – 'a gang'": the wording is the speaker's.
    fn worded(&self, piece: &Piece) -> Option<Draft> {
        let cues = &self.ontology.cues;
        let holds = |c: usize| {
            let inside = self.tree.subtree(c);
            inside.iter().any(|t| piece.holds(*t))
                && !inside
                    .iter()
                    .all(|t| piece.holds(*t) || self.tree.tokens[*t].upos == Upos::Punct)
        };
        for verb in (0..piece.first)
            .rev()
            .filter(|t| self.tree.tokens[*t].upos == Upos::Verb && self.quoted(*t).is_none())
        {
            let entry = cues
                .entries(&cues.verbs, &self.frame.lemma(verb))
                .find(|(second, c)| second.is_none() && matches!(c.force, Force::Say | Force::Judge | Force::Relay));
            let Some((_, cue)) = entry else { continue };
            let judged = cue.force == Force::Judge;
            let object = self.child(verb, |c| {
                matches!(self.rel(c), "obj" | "obl" | "xcomp" | "conj" | "iobj") && holds(c)
            });
            let predicate = || {
                self.child(verb, |c| {
                    judged && c > verb && self.tree.subtree(c).iter().any(|t| piece.holds(*t))
                })
            };
            let Some(object) = object.or_else(predicate) else {
                continue;
            };
            let speaker = self.speaker(verb).filter(|s| self.quoted(*s).is_none())?;
            let mut content = self.tree.subtree(object);
            let case = |t: &usize| self.rel(*t) == "case" && self.tree.tokens[*t].head == Some(object);
            content.retain(|t| !case(t));
            if judged && let Some(thing) = self.child(verb, |c| self.rel(c) == "obj" && c != object) {
                content.extend(self.tree.subtree(thing));
            }
            return Some(Draft {
                cue: vec![verb],
                speaker: Some(speaker),
                addressee: None,
                content,
                force: cue.force,
                frame: Content::Object,
            });
        }
        None
    }

    /// "'…,' said the minister, 'and …'": the second part belongs to the same cue.
    fn goes_on(&self, piece: &Piece, drafts: &[Draft]) -> Option<usize> {
        let before = |d: &&(usize, &Draft)| d.1.cue.iter().all(|c| *c < piece.first);
        let (number, draft) = drafts
            .iter()
            .enumerate()
            .filter(|d| before(&d))
            .max_by_key(|(_, d)| d.cue.last().copied())?;
        let last = draft.cue.last().copied()?;
        let direct = draft.content.iter().any(|t| self.quoted(*t).is_some() && *t < last);
        let end = draft.content.iter().chain(&draft.cue).copied().max()?;
        let source = draft.speaker.map(|s| self.tree.subtree(s)).unwrap_or_default();
        let between = (end + 1..piece.first)
            .any(|t| self.tree.tokens[t].upos == Upos::Verb && !source.contains(&t) && self.rel(t) != "amod");
        let comma = piece.first > 0 && self.tree.tokens[piece.first - 1].upos == Upos::Punct;
        (direct && !between && comma).then_some(number)
    }

    /// The verb beside a quotation: right after it ("'…,' said the minister"), or before it and a comma or colon.
    fn introduced(&self, piece: &Piece, words: &[usize]) -> Option<Draft> {
        let outside = |t: usize| self.quoted(t).is_none();
        let cue_verb = |t: usize| {
            let cues = &self.ontology.cues;
            self.tree.tokens[t].upos == Upos::Verb
                && self.rel(t) != "amod"
                && outside(t)
                && cues
                    .entries(&cues.verbs, &self.frame.lemma(t))
                    .any(|(second, c)| second.is_none() && c.content.contains(&Content::Quote))
        };
        // "'Lock the gate,' read one sign": parsers may take the speaker for an object.
        let inverted = |v: usize| {
            let object = self.child(v, |c| self.rel(c) == "obj" && c > v)?;
            (piece.end <= v && v <= piece.end + 1).then_some(object)
        };
        let speaker_of = |v: usize| self.speaker(v).or_else(|| inverted(v)).filter(|s| outside(*s));
        let after =
            (piece.end..self.tree.tokens.len()).find(|t| self.tree.tokens[*t].upos == Upos::Verb && outside(*t));
        let after = after.filter(|v| {
            let speaker = speaker_of(*v);
            let from = speaker.map_or(*v, |s| self.tree.subtree(s).first().copied().unwrap_or(s));
            let from = if from < piece.end { *v } else { from.min(*v) };
            let gap = (piece.end..from).all(|t| self.tree.tokens[t].upos == Upos::Punct);
            speaker.is_some() && gap && cue_verb(*v)
        });
        let lead = (0..piece.first)
            .rev()
            .find(|t| self.tree.tokens[*t].upos != Upos::Punct);
        let colon = (0..piece.first).rev().take(2).any(|t| self.tree.tokens[t].form == ":");
        let before = || {
            lead?;
            let verbs = (0..piece.first)
                .rev()
                .filter(|t| self.tree.tokens[*t].upos == Upos::Verb && outside(*t));
            let near = verbs
                .take(2)
                .find(|v| speaker_of(*v).is_some() && (cue_verb(*v) || colon))?;
            let comma = piece.first > 0 && self.tree.tokens[piece.first - 1].upos == Upos::Punct;
            let touching = near + 1 == piece.first;
            (comma && words.len() > 2 || touching || colon).then_some(near)
        };
        let verb = after.or_else(before)?;
        let speaker = speaker_of(verb)?;
        // What anything but a cue introduces must be somebody's.
        if !cue_verb(verb) && !self.is_someone(speaker) {
            return None;
        }
        let mut cue = vec![verb];
        cue.extend(
            self.tree
                .children(verb)
                .filter(|c| self.tree.tokens[*c].deprel == "compound:prt"),
        );
        Some(Draft {
            cue,
            speaker: Some(speaker),
            addressee: None,
            content: words.to_vec(),
            force: Force::Say,
            frame: Content::Quote,
        })
    }

    /// "…, adding that …" says what the speaker of the sentence adds, also where it hangs on what he said; "…, citing the
    /// ministry" names his source.
    pub(super) fn additions(&self, drafts: &mut Vec<Draft>) {
        for number in 0..drafts.len() {
            let verb = drafts[number].cue[0];
            let gerund = self.tree.tokens[verb].xpos == "VBG" && self.rel(verb) == "advcl";
            let comma = verb > 0 && self.tree.tokens[verb - 1].upos == Upos::Punct;
            if !gerund || !comma {
                continue;
            }
            let out = self.tree.subtree(verb);
            let inside = |d: &Draft| d.content.contains(&verb) && d.cue.iter().all(|c| *c < verb);
            let above = (0..drafts.len()).filter(|d| *d != number && inside(&drafts[*d]));
            let above: Vec<usize> = above.collect();
            if above.is_empty() {
                continue;
            }
            let own = matches!(self.frame.lemma(verb).as_str(), "say" | "claim" | "argue" | "insist")
                && drafts[number].speaker.is_some_and(|s| self.is_someone(s));
            let main = self.main_subject(verb);
            if own || main.is_none() {
                continue;
            }
            for above in above {
                drafts[above].content.retain(|t| !out.contains(t));
            }
            drafts[number].speaker = main;
        }
        self.joined(drafts);
        self.citations(drafts);
    }

    /// "X said A, and denied B": both are X's. "X says A, and Y wonders B": the second is no part of what X says.
    fn joined(&self, drafts: &mut [Draft]) {
        for number in 0..drafts.len() {
            let verb = drafts[number]
                .cue
                .iter()
                .copied()
                .find(|c| self.tree.tokens[*c].upos == Upos::Verb);
            let Some(verb) = verb.filter(|v| self.rel(*v) == "conj" && self.quoted(*v).is_none()) else {
                continue;
            };
            let Some(head) = self.tree.tokens[verb].head else {
                continue;
            };
            let out = self.tree.subtree(verb);
            let first = out.iter().copied().find(|t| self.tree.tokens[*t].upos != Upos::Punct);
            let comma = first.is_some_and(|f| f > 0 && self.tree.tokens[f - 1].form == ",");
            let own = self.child(verb, |c| self.rel(c) == "nsubj").is_some();
            let above = (0..drafts.len()).find(|d| {
                *d != number
                    && drafts[*d].content.contains(&head)
                    && drafts[*d].content.contains(&verb)
                    && !drafts[*d].cue.contains(&head)
            });
            let Some(above) = above.filter(|_| comma) else { continue };
            // A second "that" goes on with what the first began.
            let marked = self.child(verb, |c| self.rel(c) == "mark").is_some();
            let outer = drafts[above]
                .cue
                .iter()
                .copied()
                .find(|c| self.tree.tokens[*c].upos == Upos::Verb);
            let same_form = outer.is_some_and(|o| self.tree.tokens[o].xpos == self.tree.tokens[verb].xpos);
            let shares = !own && same_form && drafts[above].force != Force::Think && drafts[above].speaker.is_some();
            if marked || !own && !shares {
                continue;
            }
            drafts[above].content.retain(|t| !out.contains(t));
            if shares {
                drafts[number].speaker = drafts[above].speaker;
            }
        }
    }

    /// The subject of the main clause around a word.
    fn main_subject(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..30 {
            let t = &self.tree.tokens[at];
            if at != word && matches!(t.rel(), "root" | "parataxis") {
                return self.frame.subject(at);
            }
            at = t.head?;
        }
        None
    }

    fn citations(&self, drafts: &mut Vec<Draft>) {
        let cues = &self.ontology.cues;
        for verb in 0..self.tree.tokens.len() {
            let t = &self.tree.tokens[verb];
            let cites = t.upos == Upos::Verb
                && t.xpos == "VBG"
                && matches!(t.rel(), "advcl" | "parataxis" | "acl")
                && cues
                    .entries(&cues.verbs, &self.frame.lemma(verb))
                    .any(|(_, c)| c.content.contains(&Content::Cite));
            if !cites || drafts.iter().any(|d| d.cue.contains(&verb)) {
                continue;
            }
            let Some(source) = self.child(verb, |c| matches!(self.rel(c), "obj" | "iobj")) else {
                continue;
            };
            let Some(head) = t.head else { continue };
            // "Radio Plateau, quoting police, said": it hangs on the outlet.
            let reported = drafts
                .iter()
                .find(|d| (d.cue.contains(&head) || d.speaker == Some(head)) && d.frame != Content::Clause);
            let content = match reported {
                Some(draft) => Some(draft.content.clone()),
                None => self.host(verb),
            };
            let Some(mut content) = content else { continue };
            let out = self.tree.subtree(verb);
            content.retain(|t| !out.contains(t));
            drafts.push(Draft {
                cue: vec![verb],
                speaker: Some(source),
                addressee: None,
                content,
                force: Force::Relay,
                frame: Content::Cite,
            });
        }
    }

    /// "that" introduces what is said and is no part of it.
    fn without_that(&self, content: &mut Set) {
        let word = |t: &usize| self.tree.tokens[*t].upos != Upos::Punct;
        let first = content.tokens().into_iter().find(word);
        let that = |t: &usize| self.frame.lemma(*t) == "that" && matches!(self.rel(*t), "mark" | "obj" | "advmod");
        if let Some(first) = first.filter(that) {
            content.take(&[first]);
        }
    }

    /// Spans, kinds and order.
    pub(super) fn finish(&self, drafts: Vec<Draft>) -> Vec<Said> {
        let mut all: Vec<Said> = Vec::new();
        for draft in drafts {
            let addressee = draft.addressee.filter(|a| Some(*a) != draft.speaker);
            let mut content = Set::of(self.tree, &draft.content);
            content.take(&draft.cue);
            if draft.frame == Content::Quote {
                // A cue's own clause never is what it quotes.
                let source = draft.speaker.filter(|s| self.quoted(*s).is_none());
                source.into_iter().for_each(|s| content.take(&[s]));
            }
            let source = match draft.speaker {
                Some(speaker) => {
                    let own = if content.has(speaker) {
                        Vec::new()
                    } else {
                        content.tokens()
                    };
                    span::source(self.tree, speaker, &own, &draft.cue)
                }
                None => Vec::new(),
            };
            let inside = draft.speaker.is_some_and(|s| content.has(s));
            if !inside {
                content.take(&source);
            }
            let mut barred = draft.cue.clone();
            barred.extend(&source);
            self.without_that(&mut content);
            let tokens = span::tidy(self.tree, &content.tokens(), self.pieces, &barred);
            if !tokens.iter().any(|t| self.tree.tokens[*t].upos != Upos::Punct) {
                continue;
            }
            let kind = span::kind(self.tree, &tokens, self.pieces);
            let said = Said {
                cue: draft.cue,
                speaker: draft.speaker,
                source,
                addressee,
                content: tokens,
                force: draft.force,
                frame: draft.frame,
                kind,
            };
            if !all.contains(&said) {
                all.push(said);
            }
        }
        // "said in a statement that …": the noun adds no source to what the verb gives.
        let doubled: Vec<bool> = all
            .iter()
            .map(|s| {
                s.speaker.is_none()
                    && all
                        .iter()
                        .any(|o| o.speaker.is_some() && o.cue != s.cue && o.content == s.content)
            })
            .collect();
        let mut number = 0;
        all.retain(|_| {
            number += 1;
            !doubled[number - 1]
        });
        all.sort_by_key(|s| (s.cue.first().copied(), s.content.len()));
        all
    }
}

//! The words that show a status: negation, futures, conditions, hearsay, habits, recollection.

use attache_parse::Upos;

use super::{EventMention, Reader, modality};
use crate::event::{Status, StatusKind};
use crate::ontology::{Content, Effect, Force};

impl Reader<'_> {
    /// The words that negate a word: "not", "never", "no longer", "nobody", "no", "without", "neither", "nor". Empty where it is
    /// asserted, as "did not sign until Friday" asserts it.
    pub(super) fn negation(&self, token: usize) -> Vec<usize> {
        let tree = self.place.tree;
        let form = |t: usize| tree.tokens[t].form.to_lowercase();
        let no = |head: usize| {
            tree.children(head).find(|c| {
                matches!(tree.tokens[*c].rel(), "det" | "advmod")
                    && matches!(form(*c).as_str(), "no" | "neither" | "none")
            })
        };
        let mut words = Vec::new();
        for child in tree.children(token) {
            let t = &tree.tokens[child];
            let word = form(child);
            match t.rel() {
                "advmod" | "neg" | "cc" | "cc:preconj" => {
                    if matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "neither" | "nor")
                        || matches!(t.lemma.as_str(), "not" | "never")
                    {
                        words.push(child);
                    } else if word == "longer"
                        && let Some(no) = no(child)
                    {
                        words.extend([no, child]);
                    }
                }
                "det" if matches!(word.as_str(), "no" | "neither") => words.push(child),
                "mark" | "case" if word == "without" => words.push(child),
                "mark" | "case" if matches!(word.as_str(), "instead" | "rather") => words.push(child),
                "nsubj" => {
                    if matches!(word.as_str(), "nobody" | "none" | "nothing" | "neither") {
                        words.push(child);
                    } else if let Some(no) = no(child).filter(|n| *n < child) {
                        words.push(no);
                    } else {
                        // "Neither Chile nor Peru …"
                        words.extend(tree.children(child).find(|c| form(*c) == "neither"));
                    }
                }
                "obj" if tree.tokens[token].upos == Upos::Verb => words.extend(no(child).filter(|n| *n < child)),
                _ => {}
            }
        }
        if words.is_empty() && self.shares_negation(token) {
            return tree.tokens[token].head.map(|h| self.negation(h)).unwrap_or_default();
        }
        let only_not = words.iter().all(|w| matches!(form(*w).as_str(), "not" | "n't" | "n’t"));
        if only_not && !words.is_empty() && self.until(token) {
            return Vec::new();
        }
        words.sort_unstable();
        words
    }

    /// "did not sign or ratify": the second verb has the auxiliary and the negation of the first.
    fn shares_negation(&self, token: usize) -> bool {
        let tree = self.place.tree;
        let t = &tree.tokens[token];
        let own = tree
            .children(token)
            .any(|c| matches!(tree.tokens[c].rel(), "nsubj" | "aux"));
        let or = tree
            .children(token)
            .any(|c| tree.tokens[c].rel() == "cc" && matches!(self.frame.lemma(c).as_str(), "or" | "nor"));
        t.rel() == "conj" && t.upos == Upos::Verb && matches!(t.xpos.as_str(), "VB" | "VBN" | "VBG") && or && !own
    }

    /// "… not … until Friday".
    fn until(&self, token: usize) -> bool {
        let tree = self.place.tree;
        tree.tokens[token].xpos != "VBG"
            && tree.children(token).any(|c| {
                matches!(tree.tokens[c].rel(), "obl" | "advcl")
                    && tree.tokens[c].upos != Upos::Verb
                    && self.frame.case(c).is_some_and(|p| p == "until" || p == "till")
            })
    }

    /// Auxiliaries and adverbs beside a word whose forms fit, those of the verb that it is coordinated with included.
    pub(super) fn beside_verb(&self, token: usize, fits: impl Fn(&str) -> bool) -> Vec<usize> {
        let tree = self.place.tree;
        let mut at = token;
        for _ in 0..3 {
            let found: Vec<usize> = tree
                .children(at)
                .filter(|c| matches!(tree.tokens[*c].rel(), "aux" | "advmod" | "cop" | "obl"))
                .filter(|c| fits(&tree.tokens[*c].form.to_lowercase()))
                .collect();
            if !found.is_empty() || tree.tokens[at].rel() != "conj" {
                return found;
            }
            let Some(head) = tree.tokens[at].head else { break };
            at = head;
        }
        Vec::new()
    }

    /// "regularly shells", "every week".
    pub(super) fn habit(&self, token: usize) -> Vec<usize> {
        let present = matches!(self.place.tree.tokens[token].xpos.as_str(), "VBZ" | "VBP");
        if !present {
            return Vec::new();
        }
        let adverb = self.beside_verb(token, |form| self.ontology.class_has("habit", form));
        if !adverb.is_empty() {
            return adverb;
        }
        let tree = self.place.tree;
        let every = tree.children(token).find_map(|c| {
            let each = tree
                .children(c)
                .find(|d| matches!(self.frame.lemma(*d).as_str(), "every" | "each"))?;
            let time = matches!(
                self.frame.lemma(c).as_str(),
                "day" | "week" | "month" | "year" | "night" | "time" | "spring" | "summer" | "autumn" | "winter"
            );
            (time && matches!(tree.tokens[c].rel(), "obl" | "nmod")).then(|| vec![each, c])
        });
        every.unwrap_or_default()
    }

    /// "has been blockading", "has besieged the town since May", "continues to", "still occupies".
    pub(super) fn lasting(&self, token: usize) -> Vec<usize> {
        let tree = self.place.tree;
        let t = &tree.tokens[token];
        let present = matches!(t.xpos.as_str(), "VBZ" | "VBP");
        let have = self.beside_verb(token, |form| matches!(form, "has" | "have" | "'ve" | "’ve"));
        let been = self.beside_verb(token, |form| form == "been");
        if t.xpos == "VBG" && !have.is_empty() && !been.is_empty() {
            return [have, been].concat();
        }
        let holds = self.ontology.class_has("lasting", &self.frame.lemma(token));
        let since = tree.children(token).find_map(|c| {
            let case = tree
                .children(c)
                .find(|d| matches!(tree.tokens[*d].rel(), "case" | "mark") && self.frame.lemma(*d) == "since");
            case.filter(|_| matches!(tree.tokens[c].rel(), "obl" | "advcl"))
                .or_else(|| (tree.tokens[c].rel() == "advmod" && self.frame.lemma(c) == "since").then_some(c))
        });
        if let (true, false, Some(since)) = (holds && t.xpos == "VBN", have.is_empty(), since) {
            return [have, vec![since]].concat();
        }
        if present && matches!(self.frame.lemma(token).as_str(), "continue" | "remain" | "keep") {
            return vec![token];
        }
        let still = self.beside_verb(token, |form| matches!(form, "still" | "currently" | "ongoing"));
        if present || t.xpos == "VBG" { still } else { Vec::new() }
    }

    /// "denied that …": the one who says that it is not so.
    pub(super) fn denial(&self, mention: &EventMention) -> Option<&super::speech::Said> {
        let inside = |s: &&super::speech::Said| {
            s.force == Force::Deny
                && matches!(s.frame, Content::That | Content::Ing)
                && s.content.contains(&mention.anchor)
                && !mention.words.iter().any(|w| s.cue.contains(w))
        };
        self.said().iter().find(inside)
    }

    /// "decades ago", "years ago": no date, and long past.
    pub(super) fn long_ago(&self, token: usize) -> Vec<usize> {
        let tree = self.place.tree;
        let found = tree.children(token).find_map(|c| {
            let ago = tree.tokens[c].form.eq_ignore_ascii_case("ago");
            let span = tree.children(c).find(|d| {
                matches!(
                    self.frame.lemma(*d).as_str(),
                    "decade" | "century" | "generation" | "year"
                )
            })?;
            let counted = tree.children(span).any(|d| tree.tokens[d].rel() == "nummod");
            (ago && !counted).then(|| vec![span, c])
        });
        found.unwrap_or_default()
    }

    /// "allegedly", "is said to", "reportedly".
    fn hearsay(&self, mention: &EventMention) -> Vec<usize> {
        let sourceless = |s: &&super::speech::Said| {
            s.speaker.is_none()
                && s.vouches()
                && !s.cue.contains(&mention.anchor)
                && s.content.contains(&mention.anchor)
        };
        if let Some(said) = self.said().iter().find(sourceless) {
            return said.cue.clone();
        }
        let alleged = self.place.tree.children(mention.trigger).find(|c| {
            self.place.tree.tokens[*c].rel() == "amod"
                && matches!(
                    self.place.tree.tokens[*c].form.to_lowercase().as_str(),
                    "alleged" | "suspected" | "supposed" | "purported" | "reported"
                )
        });
        alleged.into_iter().collect()
    }

    /// The word of the outermost operator, with what it does.
    fn operator_word(&self, mention: &EventMention) -> Option<(Effect, Vec<usize>)> {
        let id = mention.pattern.split('(').next()?;
        let operator = self.ontology.operators.iter().find(|o| o.id == id)?;
        let word = mention
            .words
            .iter()
            .find(|w| self.triggers_fit(&operator.triggers, **w))?;
        let mut words = vec![*word];
        words.extend(
            self.place
                .tree
                .children(*word)
                .filter(|c| self.place.tree.tokens[*c].deprel == "compound:prt"),
        );
        Some((operator.effect, words))
    }

    /// The words that show the status of a mention, and how they show it.
    pub fn status_words(&self, mention: &EventMention) -> Option<(StatusKind, Vec<usize>)> {
        let anchor = mention.anchor;
        let operator = self.operator_word(mention);
        let by = |effects: &[Effect]| operator.clone().filter(|(e, _)| effects.contains(e)).map(|(_, w)| w);
        let found = match mention.status {
            Status::Denied => self.denied_by(mention, &by),
            Status::Hypothetical => self.possible_by(mention, &by),
            Status::Planned => self.future_by(anchor, &by),
            Status::Background => self.recalled_by(mention),
            Status::Ongoing => {
                let habit = self.habit(anchor);
                if habit.is_empty() {
                    Some((StatusKind::Ongoing, self.lasting(anchor)))
                } else {
                    Some((StatusKind::Habitual, habit))
                }
            }
            Status::Occurred => by(&[Effect::Cancel]).map(|w| (StatusKind::Cancelled, w)),
        };
        let found = found.filter(|(_, words)| !words.is_empty());
        found.or_else(|| Some((StatusKind::Alleged, self.hearsay(mention))).filter(|(_, w)| !w.is_empty()))
    }

    fn denied_by(
        &self,
        mention: &EventMention,
        by: &impl Fn(&[Effect]) -> Option<Vec<usize>>,
    ) -> Option<(StatusKind, Vec<usize>)> {
        let mut negation = self.negation(mention.anchor);
        if negation.is_empty() {
            negation = self.negation(mention.trigger);
        }
        if !negation.is_empty() {
            return Some((StatusKind::Denied, negation));
        }
        if let Some(said) = self.denial(mention) {
            return Some((StatusKind::Denied, said.cue.clone()));
        }
        by(&[Effect::Fail])
            .map(|w| (StatusKind::Failed, w))
            .or_else(|| by(&[Effect::Cancel]).map(|w| (StatusKind::Cancelled, w)))
            .or_else(|| by(&[Effect::Deny, Effect::Refuse]).map(|w| (StatusKind::Denied, w)))
    }

    fn possible_by(
        &self,
        mention: &EventMention,
        by: &impl Fn(&[Effect]) -> Option<Vec<usize>>,
    ) -> Option<(StatusKind, Vec<usize>)> {
        let tree = self.place.tree;
        if let Some(mark) = self.condition(mention.anchor) {
            return Some((StatusKind::Conditional, vec![mark]));
        }
        let would = self.beside_verb(mention.anchor, |form| matches!(form, "would" | "'d" | "’d"));
        if !would.is_empty() {
            return Some((StatusKind::Conditional, would));
        }
        let modal = self.beside_verb(mention.anchor, |form| {
            matches!(
                form,
                "could" | "may" | "might" | "can" | "ca" | "should" | "must" | "perhaps" | "possibly"
            )
        });
        if !modal.is_empty() {
            return Some((StatusKind::Possible, modal));
        }
        if let Some(word) = by(&[Effect::Attempt, Effect::Fail, Effect::Deny]) {
            return Some((StatusKind::Attempted, word));
        }
        let above = tree.tokens[mention.anchor]
            .head
            .filter(|_| tree.tokens[mention.anchor].rel() == "xcomp");
        above.map(|h| (StatusKind::Attempted, vec![h]))
    }

    fn future_by(
        &self,
        anchor: usize,
        by: &impl Fn(&[Effect]) -> Option<Vec<usize>>,
    ) -> Option<(StatusKind, Vec<usize>)> {
        let tree = self.place.tree;
        let kind = |w: Vec<usize>| Some((StatusKind::Future, w));
        let will = self.beside_verb(anchor, |form| {
            matches!(form, "will" | "shall" | "'ll" | "’ll" | "wo" | "would" | "'d" | "’d")
        });
        if !will.is_empty() {
            return kind(will);
        }
        if let Some(word) = by(&[
            Effect::Commit,
            Effect::Future,
            Effect::Threaten,
            Effect::Request,
            Effect::Attempt,
            Effect::Aspect,
        ]) {
            return kind(word);
        }
        let t = &tree.tokens[anchor];
        let ready = |h: usize| {
            matches!(
                self.frame.lemma(h).as_str(),
                "due" | "set" | "scheduled" | "schedule" | "about" | "slate" | "expect" | "likely" | "bound" | "poised"
            )
        };
        if let Some(head) = t.head.filter(|h| t.rel() == "xcomp" || ready(*h)) {
            return kind(vec![head]);
        }
        if let Some(due) = modality::due_to(self, anchor) {
            return kind(vec![due]);
        }
        let to = tree
            .children(anchor)
            .find(|c| tree.tokens[*c].rel() == "mark" && self.frame.lemma(*c) == "to");
        kind(to.into_iter().collect())
    }

    fn recalled_by(&self, mention: &EventMention) -> Option<(StatusKind, Vec<usize>)> {
        let tree = self.place.tree;
        let had = self.beside_verb(mention.anchor, |form| matches!(form, "had" | "'d" | "’d"));
        if !had.is_empty() {
            return Some((StatusKind::Recalled, had));
        }
        let t = &tree.tokens[mention.anchor];
        if let (true, Some(head)) = (t.rel() == "xcomp", t.head)
            && self.frame.lemma(head) == "use"
        {
            return Some((StatusKind::Recalled, vec![head]));
        }
        let ago = self.long_ago(mention.anchor);
        if !ago.is_empty() {
            return Some((StatusKind::Recalled, ago));
        }
        let adverb = self.beside_verb(mention.anchor, |form| self.ontology.class_has("recollection", form));
        Some((StatusKind::Recalled, adverb))
    }

    /// The word that puts a clause under a condition.
    fn condition(&self, anchor: usize) -> Option<usize> {
        let tree = self.place.tree;
        let mut at = anchor;
        for _ in 0..6 {
            let mark = tree.children(at).find(|c| {
                tree.tokens[*c].rel() == "mark"
                    && matches!(
                        self.frame.lemma(*c).as_str(),
                        "if" | "unless"
                            | "whether"
                            | "until"
                            | "till"
                            | "once"
                            | "when"
                            | "before"
                            | "should"
                            | "provided"
                            | "in"
                    )
            });
            if mark.is_some() {
                return mark;
            }
            if !matches!(
                tree.tokens[at].rel(),
                "xcomp" | "conj" | "obj" | "obl" | "nmod" | "advcl" | "ccomp"
            ) {
                return None;
            }
            at = tree.tokens[at].head?;
        }
        None
    }
}

//! Numbers of people that a sentence tells: killed, hurt, arrested, taking part in a protest.

use attache_parse::{Sentence, Upos};

use super::mention::Mentions;
use super::number;
use crate::frame::Frame;
use crate::ontology::nouns::Trait;
use crate::ontology::{AgentKind, NameRef, Ontology};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The dead.
    Dead,
    /// The hurt.
    Injured,
    /// The arrested.
    Arrested,
    /// Those who march, strike or rally.
    Participants,
}

/// A number of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What is counted.
    pub what: What,
    /// How many, or at least how many.
    pub value: u64,
    /// The text gives a lower bound: "at least", "more than", "dozens".
    pub least: bool,
    /// Tokens of the number with its noun: first and one past the last.
    pub words: (usize, usize),
    /// The verb or noun that says what became of them.
    pub told_by: usize,
    /// Nobody is named who did it.
    pub agentless: bool,
}

/// Reads counts off a tree.
pub struct Counter<'a> {
    /// Word classes and roles.
    pub ontology: &'a Ontology,
    /// The tree.
    pub tree: &'a Sentence,
    /// Its names and roles.
    pub names: &'a Mentions,
}

impl Counter<'_> {
    fn frame(&self) -> Frame<'_> {
        Frame { tree: self.tree }
    }

    fn class(&self, class: &str, token: usize) -> bool {
        self.ontology.class_has(class, &self.frame().lemma(token))
    }

    /// All counts of the sentence in text order.
    pub fn counts(&self) -> Vec<Count> {
        let mut all: Vec<Count> = Vec::new();
        for token in 0..self.tree.tokens.len() {
            let found = match self.tree.tokens[token].upos {
                Upos::Verb => self.by_verb(token),
                Upos::Adj => self.by_state(token),
                Upos::Noun => self.by_noun(token),
                _ => Vec::new(),
            };
            for count in found {
                if !all.iter().any(|c| c.what == count.what && c.words == count.words) {
                    all.push(count);
                }
            }
        }
        all
    }

    fn by_verb(&self, verb: usize) -> Vec<Count> {
        let frame = self.frame();
        let negated = frame.negated(verb);
        let (what, who) = if self.class("kills", verb) {
            (What::Dead, frame.object(verb))
        } else if self.class("injures", verb) {
            (What::Injured, frame.object(verb))
        } else if self.class("detains", verb) {
            (What::Arrested, frame.object(verb))
        } else if self.class("dies", verb) {
            (What::Dead, frame.subject(verb))
        } else if self.class("marches", verb) {
            (What::Participants, frame.subject(verb))
        } else {
            return Vec::new();
        };
        let agentless = what == What::Participants || self.class("dies", verb) || frame.subject(verb).is_none();
        let counted = who
            .filter(|_| !negated)
            .and_then(|w| self.people(w, what != What::Participants));
        let before = || {
            let participle = self.tree.tokens[verb].xpos == "VBN" && what != What::Participants;
            self.number_before(verb).filter(|_| participle)
        };
        let Some((value, least, words)) = counted.or_else(before) else {
            return Vec::new();
        };
        vec![Count {
            what,
            value,
            least,
            words,
            told_by: verb,
            agentless,
        }]
    }

    /// "12 people dead", "left 30 wounded", "two are dead".
    fn by_state(&self, token: usize) -> Vec<Count> {
        let what = match self.frame().lemma(token).as_str() {
            "dead" => What::Dead,
            "wounded" | "injured" | "hurt" => What::Injured,
            _ => return Vec::new(),
        };
        let copular = self.tree.children(token).any(|c| self.tree.tokens[c].rel() == "cop");
        let subject = self
            .tree
            .children(token)
            .find(|c| self.tree.tokens[*c].rel() == "nsubj")
            .filter(|_| copular);
        let found = match subject {
            Some(subject) => self.people(subject, false),
            None => self.number_before(token).or_else(|| {
                let verb = self.tree.tokens[token]
                    .head
                    .filter(|h| self.tree.tokens[*h].upos == Upos::Verb)?;
                self.people(self.frame().object(verb)?, true)
            }),
        };
        let count = found.map(|(value, least, words)| Count {
            what,
            value,
            least,
            words,
            told_by: token,
            agentless: copular,
        });
        count.into_iter().collect()
    }

    /// "12 deaths", "the killing of 12 people", "no casualties", "a rally of 3,000 people".
    fn by_noun(&self, noun: usize) -> Vec<Count> {
        let frame = self.frame();
        let lemma = frame.lemma(noun);
        let count = |what, (value, least, words)| Count {
            what,
            value,
            least,
            words,
            told_by: noun,
            agentless: true,
        };
        let none = frame.negated(noun) || frame.case(noun).as_deref() == Some("without");
        if none && matches!(lemma.as_str(), "casualty" | "victim" | "death" | "fatality" | "injury") {
            let first = self.tree.children(noun).min().map_or(noun, |c| c.min(noun));
            let zero = (0, false, (first, noun + 1));
            return match lemma.as_str() {
                "death" | "fatality" => vec![count(What::Dead, zero)],
                "injury" => vec![count(What::Injured, zero)],
                _ => vec![count(What::Dead, zero), count(What::Injured, zero)],
            };
        }
        let of = |preps: &[&str]| {
            let found = frame
                .obliques(noun)
                .into_iter()
                .find(|(p, _)| preps.contains(&p.as_str()));
            found.and_then(|(_, t)| self.people(t, false))
        };
        let own = || self.number(noun);
        if lemma == "toll" {
            return self.toll(noun).map(|n| count(What::Dead, n)).into_iter().collect();
        }
        let found = if self.class("death", noun) {
            of(&["of"]).or_else(own).map(|n| count(What::Dead, n))
        } else if self.class("injury", noun) {
            own().map(|n| count(What::Injured, n))
        } else if self.class("arrest", noun) {
            of(&["of"]).or_else(own).map(|n| count(What::Arrested, n))
        } else if self.class("protest", noun) {
            of(&["of", "by"]).map(|n| count(What::Participants, n))
        } else {
            None
        };
        found.into_iter().collect()
    }

    /// "The death toll rose to 60", "a toll of 60".
    fn toll(&self, noun: usize) -> Option<(u64, bool, (usize, usize))> {
        let t = &self.tree.tokens[noun];
        let verb = t.head.filter(|_| t.rel() == "nsubj");
        let reached = verb.into_iter().flat_map(|v| {
            let to = self
                .frame()
                .obliques(v)
                .into_iter()
                .filter(|(p, _)| matches!(p.as_str(), "to" | "at"));
            to.map(|(_, n)| n).chain(self.frame().object(v)).collect::<Vec<_>>()
        });
        let of = self
            .frame()
            .obliques(noun)
            .into_iter()
            .filter(|(p, _)| p == "of")
            .map(|(_, n)| n);
        reached.chain(of).find_map(|n| self.people(n, false))
    }

    /// How many people a phrase counts, whether at least, and its tokens; conjuncts are added up, `one` takes "a soldier" for one.
    pub fn people(&self, head: usize, one: bool) -> Option<(u64, bool, (usize, usize))> {
        let nobody = matches!(self.frame().lemma(head).as_str(), "nobody" | "no-one")
            || self.frame().lemma(head) == "one" && self.frame().negated(head);
        if nobody {
            return Some((0, false, (head.saturating_sub(1), head + 1)));
        }
        let mut total: Option<(u64, bool, (usize, usize))> = None;
        let joined = self
            .tree
            .children(head)
            .filter(|c| self.tree.tokens[*c].rel() == "conj");
        for part in std::iter::once(head).chain(joined) {
            let single = || {
                let article = self.tree.children(part).any(|c| {
                    matches!(self.frame().lemma(c).as_str(), "a" | "an") && self.tree.tokens[c].rel() == "det"
                });
                let lone = one && article && !self.tree.tokens[part].feats.has("Number", "Plur");
                let first = self.leftmost(part);
                lone.then_some((1, false, (first, part + 1)))
            };
            let counted = if self.human(part) {
                self.number(part).or_else(single)
            } else {
                None
            };
            if let Some((value, least, words)) = counted {
                total = Some(match total {
                    None => (value, least, words),
                    Some((v, l, w)) => (
                        v.saturating_add(value),
                        l || least,
                        (w.0.min(words.0), w.1.max(words.1)),
                    ),
                });
            } else if part == head {
                return None;
            }
        }
        total
    }

    fn leftmost(&self, token: usize) -> usize {
        let loose = |c: usize| {
            matches!(
                self.tree.tokens[c].rel(),
                "case" | "cc" | "mark" | "punct" | "cop" | "nsubj" | "conj"
            )
        };
        let before = self.tree.children(token).filter(|c| *c < token && !loose(*c));
        before.map(|c| self.leftmost(c)).min().unwrap_or(token)
    }

    /// Whether a noun means people, or a number stands without a noun.
    fn human(&self, token: usize) -> bool {
        let t = &self.tree.tokens[token];
        if t.upos == Upos::Num {
            return true;
        }
        let lemma = t.lemma.to_lowercase();
        if number::is_measure(&t.form.to_lowercase()) {
            let counted = self.frame().obliques(token).into_iter().find(|(p, _)| p == "of");
            return counted.is_none_or(|(_, c)| self.human(c));
        }
        let nouns = &self.ontology.nouns;
        let role = self.names.role_at(token).is_some_and(|r| {
            matches!(r.what[0], NameRef::Agent(a) if !matches!(self.ontology.agents[a].kind, AgentKind::Body | AgentKind::Equipment))
        });
        let nation = self
            .names
            .name_at(token)
            .is_some_and(|m| matches!(m.what[0], NameRef::Inhabitant(_) | NameRef::Group(_)));
        role || nation || nouns.has(&lemma, Trait::Human) || nouns.has(&lemma, Trait::Crowd) || lemma == "other"
    }

    /// The number of a phrase, with the words from its first to its noun.
    fn number(&self, head: usize) -> Option<(u64, bool, (usize, usize))> {
        let mut first = self.leftmost(head).max(head.saturating_sub(9));
        // "at least" may hang elsewhere.
        let bound = |t: usize| {
            matches!(
                self.tree.tokens[t].form.to_lowercase().as_str(),
                "at" | "least" | "more" | "than" | "over"
            )
        };
        while first > 0 && bound(first - 1) {
            first -= 1;
        }
        let mut end = head + 1;
        // "tens of thousands of people": the number goes on behind its first noun.
        if number::is_measure(&self.tree.tokens[head].form.to_lowercase()) {
            while let Some(of) = self.tree.tokens.get(end).filter(|t| t.form.eq_ignore_ascii_case("of"))
                && let Some(next) = self.tree.tokens.get(end + 1)
                && of.rel() == "case"
            {
                end += 2;
                if !number::is_measure(&next.form.to_lowercase()) {
                    break;
                }
            }
        }
        let forms: Vec<String> = self.tree.tokens[first..end]
            .iter()
            .map(|t| t.form.to_lowercase())
            .collect();
        let found = number::read(&forms)?;
        Some((found.value, found.least, (first, end)))
    }

    /// A number up to four words back: "12 people dead", "30 others wounded".
    fn number_before(&self, token: usize) -> Option<(u64, bool, (usize, usize))> {
        let mut at = token;
        for _ in 0..4 {
            at = at.checked_sub(1)?;
            let t = &self.tree.tokens[at];
            if t.upos == Upos::Num || number::is_measure(&t.form.to_lowercase()) {
                let mut first = at;
                while first > 0 && number::goes_with(&self.tree.tokens[first - 1].form.to_lowercase()) {
                    first -= 1;
                }
                let forms: Vec<String> = self.tree.tokens[first..=at]
                    .iter()
                    .map(|t| t.form.to_lowercase())
                    .collect();
                let found = number::read(&forms)?;
                return Some((found.value, found.least, (first, token)));
            }
            let between = matches!(t.upos, Upos::Noun | Upos::Adj) && (self.human(at) || t.upos == Upos::Adj);
            if !between && !matches!(t.upos, Upos::Aux) {
                return None;
            }
        }
        None
    }
}

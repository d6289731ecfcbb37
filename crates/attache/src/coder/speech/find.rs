//! Finds who says what in one sentence, by its tree and its quotation marks alone.

use attache_parse::{Sentence, Upos};

use super::quote::Piece;
use super::span::Set;
use crate::event::SpeechKind;
use crate::frame::Frame;
use crate::ontology::names::atoms;
use crate::ontology::{Content, Cue, Force, NameRef, Ontology};

/// A source with its words, before anybody is resolved. Tokens are those of one sentence, in text order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words that introduce it; empty for a quotation that stands alone.
    pub cue: Vec<usize>,
    /// Head of the source's words; `None` where none is named.
    pub speaker: Option<usize>,
    /// The source's words.
    pub source: Vec<usize>,
    /// Head of the addressee's words.
    pub addressee: Option<usize>,
    /// What is said.
    pub content: Vec<usize>,
    /// What is done with words.
    pub force: Force,
    /// Where the content stands.
    pub frame: Content,
    /// How it is given.
    pub kind: SpeechKind,
}

impl Said {
    /// Whether it vouches for its content: what is planned, asked for or judged is no report that it is so.
    pub fn vouches(&self) -> bool {
        matches!(self.force, Force::Say | Force::Think | Force::Relay)
            && !matches!(self.frame, Content::To | Content::Small | Content::Of)
    }
}

/// What a cue was found with, before it is made whole.
pub(super) struct Draft {
    pub cue: Vec<usize>,
    pub speaker: Option<usize>,
    pub addressee: Option<usize>,
    pub content: Vec<usize>,
    pub force: Force,
    pub frame: Content,
}

/// Looks for cues in one sentence.
pub(super) struct Finder<'a> {
    pub ontology: &'a Ontology,
    pub tree: &'a Sentence,
    pub frame: Frame<'a>,
    pub pieces: &'a [Piece],
}

/// Everything that the sentence gives as somebody's word, in the order of the cues.
pub fn find(ontology: &Ontology, tree: &Sentence, pieces: &[Piece]) -> Vec<Said> {
    let finder = Finder {
        ontology,
        tree,
        frame: Frame { tree },
        pieces,
    };
    let mut drafts = Vec::new();
    for token in 0..tree.tokens.len() {
        match tree.tokens[token].upos {
            Upos::Verb => {
                finder.verb(token, &mut drafts);
                finder.adjective(token, &mut drafts);
            }
            Upos::Noun | Upos::Propn => {
                finder.noun(token, &mut drafts);
                finder.phrase(token, &mut drafts);
            }
            Upos::Adj => finder.adjective(token, &mut drafts),
            Upos::Adv => finder.adverb(token, &mut drafts),
            Upos::Pron | Upos::Num => finder.phrase(token, &mut drafts),
            _ => {}
        }
    }
    finder.quotations(&mut drafts);
    finder.additions(&mut drafts);
    finder.finish(drafts)
}

impl Finder<'_> {
    pub fn rel(&self, token: usize) -> &str {
        self.tree.tokens[token].rel()
    }

    pub fn child(&self, head: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        self.tree.children(head).find(|c| fits(*c))
    }

    pub fn quoted(&self, token: usize) -> Option<&Piece> {
        self.pieces.iter().find(|p| p.holds(token))
    }

    /// The cues that the verb may be, of which the second words are there.
    fn verb_cues(&self, token: usize) -> Vec<(Option<usize>, &Cue)> {
        let cues = &self.ontology.cues;
        let second = |word: &str| {
            self.child(token, |c| {
                matches!(
                    self.rel(c),
                    "compound" | "advmod" | "xcomp" | "obj" | "obl" | "ccomp" | "case"
                ) && self.frame.lemma(c) == word
            })
            .or_else(|| {
                self.tree
                    .tokens
                    .get(token + 1)
                    .filter(|t| t.form.to_lowercase() == word && t.rel() == "case")?;
                Some(token + 1)
            })
        };
        let mut found: Vec<(Option<usize>, &Cue)> = cues
            .entries(&cues.verbs, &self.frame.lemma(token))
            .filter_map(|(word, cue)| match word {
                None => Some((None, cue)),
                Some(word) => second(word).map(|t| (Some(t), cue)),
            })
            .collect();
        if found.iter().any(|(second, _)| second.is_some()) {
            found.retain(|(second, _)| second.is_some());
        }
        found
    }

    fn verb(&self, token: usize, drafts: &mut Vec<Draft>) {
        if matches!(self.rel(token), "amod" | "compound" | "flat" | "case" | "fixed") {
            return;
        }
        let cues = self.verb_cues(token);
        if cues.is_empty() {
            return;
        }
        if self.relayed(token, drafts) {
            return;
        }
        let passive = self.passive(token);
        let speaker = self.speaker(token);
        let addressee = cues.iter().find_map(|(_, c)| self.addressee(token, c, passive));
        let addressed = cues.iter().any(|(_, c)| c.addressee.iter().any(|a| a == "obj"));
        for wanted in ORDER {
            // A passive names its source or hides it; an active verb without anybody says nothing.
            let hidden = passive
                && matches!(
                    wanted,
                    Content::That | Content::To | Content::Raise | Content::Aside | Content::Put
                );
            if speaker.is_none() && !hidden {
                continue;
            }
            for (second, cue) in cues.iter().filter(|(_, c)| c.content.contains(&wanted)) {
                if !self.source_fits(cue, speaker) {
                    continue;
                }
                let Some(content) = self.content(token, wanted, *second, addressee, addressed) else {
                    continue;
                };
                let mut words = vec![token];
                words.extend(second.iter());
                words.extend(
                    self.tree
                        .children(token)
                        .filter(|c| self.tree.tokens[*c].deprel == "compound:prt"),
                );
                words.extend(self.auxiliaries(token));
                words.extend(self.used_to(token));
                words.sort_unstable();
                words.dedup();
                let frame = if passive && wanted == Content::To && !addressed {
                    Content::Raise
                } else {
                    wanted
                };
                drafts.push(Draft {
                    cue: words,
                    speaker: speaker.filter(|s| !content.contains(s)),
                    addressee,
                    content,
                    force: cue.force,
                    frame,
                });
                return;
            }
        }
    }

    /// Whether the verb stands in the passive; a finite verb with a subject and no auxiliary is a slip of the parser.
    fn passive(&self, verb: usize) -> bool {
        let slip = self
            .child(verb, |c| self.tree.tokens[c].deprel == "nsubj:pass")
            .is_some()
            && self.child(verb, |c| self.tree.tokens[c].deprel == "aux:pass").is_none()
            && self.rel(verb) != "conj"
            && self
                .child(verb, |c| self.rel(c) == "xcomp" && self.frame.infinitive(c))
                .is_none();
        // "Asked about the delay, …"
        let t = &self.tree.tokens[verb];
        let asked = t.rel() == "advcl"
            && matches!(t.xpos.as_str(), "VBD" | "VBN")
            && !self
                .tree
                .children(verb)
                .any(|c| matches!(self.rel(c), "nsubj" | "aux" | "mark" | "obj"));
        asked || self.frame.passive(verb) && !slip
    }

    /// Who speaks with a verb.
    pub fn speaker(&self, verb: usize) -> Option<usize> {
        if let Some(subject) = self.strayed_subject(verb) {
            return Some(subject);
        }
        match (self.frame.passive(verb), self.passive(verb)) {
            (true, false) => self.surface(verb),
            (false, true) => None,
            _ => self.frame.subject(verb),
        }
    }

    /// "…, two people said": parsers hang the speaker on the clause before it.
    fn strayed_subject(&self, verb: usize) -> Option<usize> {
        if self.surface(verb).is_some() || self.frame.passive(verb) {
            return None;
        }
        let below = self.child(verb, |c| self.rel(c) == "ccomp" && c < verb);
        let above = || {
            self.tree.tokens[verb]
                .head
                .filter(|h| *h < verb && matches!(self.rel(verb), "parataxis" | "advcl"))
        };
        let clause = below.or_else(above)?;
        if let Some(apposed) = below.and_then(|c| self.strayed_apposition(c, verb)) {
            return Some(apposed);
        }
        let subject = self.child(clause, |c| {
            self.rel(c) == "nsubj" && c > clause && c < verb && self.set_off(c)
        })?;
        let next = self.tree.subtree(subject).last().copied()? + 1;
        (next == verb || next + 1 == verb).then_some(subject)
    }

    /// "used to say".
    fn used_to(&self, verb: usize) -> Vec<usize> {
        let head = self.tree.tokens[verb]
            .head
            .filter(|h| self.rel(verb) == "xcomp" && self.frame.lemma(*h) == "use");
        let to = self.child(verb, |c| self.rel(c) == "mark");
        head.into_iter().flat_map(|h| std::iter::once(h).chain(to)).collect()
    }

    /// Auxiliaries and negation of a verb.
    pub fn auxiliaries(&self, verb: usize) -> Vec<usize> {
        let not = |c: usize| {
            self.rel(c) == "advmod"
                && matches!(
                    self.tree.tokens[c].form.to_lowercase().as_str(),
                    "not" | "n't" | "n’t" | "never"
                )
        };
        let children = self.tree.children(verb);
        children.filter(|c| self.rel(*c) == "aux" || not(*c)).collect()
    }

    /// "… through Beni, the minister, Ana Lund, explained": parsers take the speaker for an apposition.
    fn strayed_apposition(&self, clause: usize, verb: usize) -> Option<usize> {
        let before = self.tree.tokens[..verb].iter().rposition(|t| t.upos != Upos::Punct)?;
        let inside = self.tree.subtree(clause);
        let apposed: Vec<usize> = inside
            .into_iter()
            .filter(|t| *t > clause && *t < verb && self.rel(*t) == "appos" && self.set_off(*t))
            .collect();
        let reaches = apposed.iter().any(|t| self.tree.subtree(*t).contains(&before));
        apposed
            .first()
            .copied()
            .filter(|t| reaches && is_someone(self.ontology, self.tree, *t))
    }

    fn source_fits(&self, cue: &Cue, speaker: Option<usize>) -> bool {
        cue.source.is_empty()
            || speaker.is_some_and(|s| {
                cue.source.contains(&self.frame.lemma(s))
                    || cue.source.contains(&self.tree.tokens[s].form.to_lowercase())
            })
    }

    fn addressee(&self, verb: usize, cue: &Cue, passive: bool) -> Option<usize> {
        cue.addressee.iter().find_map(|place| match place.as_str() {
            "obj" if passive => self.child(verb, |c| self.tree.tokens[c].deprel == "nsubj:pass"),
            "obj" => {
                let object = self.child(verb, |c| {
                    matches!(self.rel(c), "iobj" | "obj")
                        && self.quoted(c).is_none()
                        && self.tree.tokens[c].upos != Upos::Adj
                })?;
                (self.frame.lemma(object) != "it").then_some(object)
            }
            preposition => self
                .frame
                .obliques(verb)
                .into_iter()
                .find(|(p, n)| p == preposition && self.tree.tokens[*n].upos != Upos::Verb)
                .map(|(_, n)| n),
        })
    }

    /// "The paper quoted an aide as saying …", "she was quoted by Interfax as saying …": the words are the aide's, the paper
    /// passes them on.
    fn relayed(&self, verb: usize, drafts: &mut Vec<Draft>) -> bool {
        let Some(relay) = self.tree.tokens[verb].head else {
            return false;
        };
        let marked = self.frame.mark(verb).as_deref() == Some("as") || self.frame.case(verb).as_deref() == Some("as");
        let relays = self.verb_cues(relay).iter().any(|(_, c)| c.force == Force::Relay);
        if !marked || !relays || self.tree.tokens[relay].upos != Upos::Verb || self.tree.tokens[verb].xpos != "VBG" {
            return false;
        }
        let Some(content) = self.that(verb, None).or_else(|| self.quote_below(verb)) else {
            return false;
        };
        let Some(speaker) = self.frame.object(relay) else {
            return false;
        };
        let mark = self.child(verb, |c| self.frame.lemma(c) == "as");
        let mut cue = vec![relay];
        cue.extend(mark);
        cue.push(verb);
        cue.sort_unstable();
        let outer = self.frame.subject(relay).filter(|s| *s != speaker);
        drafts.push(Draft {
            cue,
            speaker: Some(speaker),
            addressee: None,
            content: content.clone(),
            force: Force::Say,
            frame: Content::That,
        });
        if let Some(outer) = outer {
            drafts.push(Draft {
                cue: vec![relay],
                speaker: Some(outer),
                addressee: None,
                content,
                force: Force::Relay,
                frame: Content::That,
            });
        }
        true
    }

    /// What the verb introduces in that place.
    fn content(
        &self,
        verb: usize,
        place: Content,
        second: Option<usize>,
        addressee: Option<usize>,
        addressed: bool,
    ) -> Option<Vec<usize>> {
        let passive = self.passive(verb);
        match place {
            Content::That => self.that(verb, second),
            Content::Aside => self.aside(verb),
            Content::Put => self.put(verb),
            Content::To => {
                let clause = self.child(verb, |c| self.rel(c) == "xcomp" && self.frame.infinitive(c))?;
                let mut content = self.tree.subtree(clause);
                // "is said to have fled": the subject is part of what is said.
                if passive && !addressed {
                    content.extend(self.below(self.surface(verb)?));
                }
                Some(content)
            }
            Content::Ing => self
                .child(verb, |c| {
                    matches!(self.rel(c), "xcomp" | "ccomp") && self.tree.tokens[c].xpos == "VBG" && c > verb
                })
                .map(|c| self.tree.subtree(c)),
            Content::Raise => {
                let clause = self.child(verb, |c| self.rel(c) == "xcomp" && self.frame.infinitive(c))?;
                let object = if passive {
                    self.surface(verb)
                } else {
                    self.child(verb, |c| self.rel(c) == "obj" && c < clause)
                }?;
                let mut content = self.tree.subtree(clause);
                content.extend(self.below(object));
                Some(content)
            }
            Content::Small => {
                let predicate = self.child(verb, |c| {
                    self.rel(c) == "xcomp" && !self.frame.infinitive(c) && self.tree.tokens[c].xpos != "VBG" && c > verb
                });
                self.object_and(verb, predicate, passive)
            }
            Content::As | Content::Of | Content::For | Content::With => {
                let preposition = match place {
                    Content::As => "as",
                    Content::Of => "of",
                    Content::With => "with",
                    _ => "for",
                };
                let behind = self.behind(verb, preposition);
                // "described him as a thief" judges him; "accused him of theft" addresses him.
                if place == Content::As {
                    self.object_and(verb, behind, passive)
                } else {
                    behind.map(|b| self.tree.subtree(b))
                }
            }
            Content::Object => {
                let object = self.child(verb, |c| self.rel(c) == "obj" && Some(c) != addressee)?;
                let given = self.child(verb, |c| self.rel(c) == "iobj").is_some();
                let noun = self.tree.tokens[object].upos == Upos::Noun && !given;
                // "confirmed the deaths of two miners", not "confirmed the date".
                let told = self.frame.lemma(verb) == "deny"
                    || self.child(object, |c| matches!(self.rel(c), "nmod" | "acl")).is_some();
                (noun && told).then(|| self.tree.subtree(object))
            }
            Content::Quote => self.quote_below(verb),
            _ => None,
        }
    }

    fn surface(&self, verb: usize) -> Option<usize> {
        self.child(verb, |c| self.rel(c) == "nsubj" || self.rel(c) == "csubj")
    }

    /// The words of an argument, unless it is empty ("it").
    fn below(&self, token: usize) -> Vec<usize> {
        let noun = self.frame.unrelative(token);
        if self.frame.lemma(noun) == "there" {
            return Vec::new();
        }
        let mut all = Set::of(self.tree, &self.tree.subtree(noun));
        if noun != token {
            // What a relative pronoun stands for, without its clause.
            for child in self.tree.children(noun) {
                let inside = self.tree.subtree(child);
                if self.rel(child) == "case" || inside.contains(&token) {
                    all.take(&inside);
                }
            }
        }
        all.tokens()
    }

    /// The clause that depends on the verb.
    fn that(&self, verb: usize, second: Option<usize>) -> Option<Vec<usize>> {
        let finite = |c: usize| c != verb && !matches!(self.tree.tokens[c].upos, Upos::Punct);
        let clause = |head: usize| {
            self.child(head, |c| self.rel(c) == "ccomp" && finite(c))
                .or_else(|| self.child(head, |c| self.rel(c) == "csubj" && c > head))
        };
        let found = clause(verb)
            .or_else(|| second.and_then(clause))
            .or_else(|| self.when_clause(verb))
            .or_else(|| self.after_colon(verb))
            .or_else(|| self.strayed(verb))
            .or_else(|| self.shared(verb));
        let found = found?;
        let mut content = Set::of(self.tree, &self.tree.subtree(found));
        if content.has(verb) {
            content.take(&self.tree.subtree(verb));
        }
        if let Some(subject) = self.strayed_subject(verb) {
            content.take(&self.tree.subtree(subject));
        }
        Some(content.tokens())
    }

    /// "did not say when the funds would come": parsers take the question for a clause of time.
    fn when_clause(&self, verb: usize) -> Option<usize> {
        const ASKING: [&str; 8] = [
            "say", "know", "ask", "explain", "specify", "disclose", "reveal", "wonder",
        ];
        let asks = ASKING.contains(&self.frame.lemma(verb).as_str());
        let clause = self.child(verb, |c| {
            let opens = self.frame.mark(c).or_else(|| {
                let word = self.tree.subtree(c).first().copied()?;
                Some(self.frame.lemma(word))
            });
            self.rel(c) == "advcl"
                && c > verb
                && self.surface(c).is_some()
                && matches!(
                    opens.as_deref(),
                    Some("when" | "whether" | "where" | "why" | "how" | "what" | "who")
                )
        })?;
        let next = self.tree.subtree(clause).first().is_some_and(|f| *f == verb + 1);
        (asks && next && self.child(verb, |c| self.rel(c) == "obj").is_none()).then_some(clause)
    }

    /// "The union argues, and the ministry accepts, that …".
    fn shared(&self, verb: usize) -> Option<usize> {
        let joined = self.child(verb, |c| {
            self.rel(c) == "conj" && self.tree.tokens[c].upos == Upos::Verb && self.surface(c).is_some()
        })?;
        let comma = self.tree.tokens.get(verb + 1).is_some_and(|t| t.form == ",");
        let clause = self.child(joined, |c| self.rel(c) == "ccomp" && c > joined)?;
        let set_off = self
            .tree
            .subtree(clause)
            .first()
            .is_some_and(|f| *f > 0 && self.tree.tokens[f - 1].form == "," || self.tree.tokens[*f].form == ",");
        (comma && set_off).then_some(clause)
    }

    /// "He said: …": parsers hang the clause beside the verb.
    fn after_colon(&self, verb: usize) -> Option<usize> {
        self.child(verb, |c| {
            let first = self.tree.subtree(c).first().copied().unwrap_or(c);
            let colon = |t: usize| matches!(self.tree.tokens[t].form.as_str(), ":" | "--" | "—" | "–");
            self.rel(c) == "parataxis"
                && c > verb
                && (colon(first)
                    || first > 0 && colon(first - 1)
                    || first > 1 && self.quoted(first).is_some() && colon(first - 2))
        })
    }

    /// "wrote in an email that …": parsers hang the clause on the noun before it.
    fn strayed(&self, verb: usize) -> Option<usize> {
        let mut nouns: Vec<usize> = self
            .tree
            .children(verb)
            .filter(|c| *c > verb && self.rel(*c) == "obl")
            .collect();
        let deeper: Vec<usize> = nouns
            .iter()
            .flat_map(|n| self.tree.children(*n))
            .filter(|c| self.rel(*c) == "nmod")
            .collect();
        nouns.extend(deeper);
        nouns.into_iter().find_map(|noun| {
            self.child(noun, |c| {
                self.rel(c) == "acl"
                    && self.tree.tokens[c].deprel != "acl:relcl"
                    && c > noun
                    && self.frame.mark(c).as_deref() == Some("that")
            })
        })
    }

    /// "…, critics say, …": the verb is set beside what is said.
    fn aside(&self, verb: usize) -> Option<Vec<usize>> {
        let own = self.surface(verb).is_some() || self.passive(verb) || self.strayed_subject(verb).is_some();
        let as_said = self.rel(verb) == "advcl" && self.frame.mark(verb).as_deref() == Some("as");
        let bare = self.rel(verb) == "advcl"
            && self.frame.mark(verb).is_none()
            && self.set_off(verb)
            && matches!(self.tree.tokens[verb].xpos.as_str(), "VBD" | "VBP" | "VBZ");
        if !own || !(self.rel(verb) == "parataxis" || as_said || bare || self.trails(verb)) {
            return None;
        }
        // "…; he has not repeated it" is no aside.
        let object = self.child(verb, |c| self.rel(c) == "obj" && self.quoted(c).is_none());
        if object.is_some() || self.after_semicolon(verb) {
            return None;
        }
        // "as he said on Monday", not "as he said he would".
        self.host(verb)
    }

    /// "…, the paper wrote." at the end, which parsers take for a relative clause.
    fn trails(&self, verb: usize) -> bool {
        let t = &self.tree.tokens[verb];
        let relative = |c: usize| {
            matches!(
                self.tree.tokens[c].form.to_lowercase().as_str(),
                "who" | "which" | "that" | "whom" | "whose" | "where"
            )
        };
        let inside = self.tree.subtree(verb);
        let word = |n: &usize| self.tree.tokens[*n].upos != Upos::Punct;
        let last = (0..self.tree.tokens.len()).rev().find(word);
        t.deprel == "acl:relcl"
            && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP")
            && self.surface(verb).is_some_and(|s| !relative(s))
            && !inside.iter().any(|c| relative(*c))
            && self.set_off(verb)
            && inside.iter().rev().find(|n| word(n)).copied() == last
            && self
                .child(verb, |c| matches!(self.rel(c), "obj" | "ccomp" | "xcomp"))
                .is_none()
    }

    /// Whether the phrase of a token is set off by commas.
    fn set_off(&self, token: usize) -> bool {
        let inside = self.tree.subtree(token);
        let first = inside
            .iter()
            .copied()
            .find(|t| self.tree.tokens[*t].upos != Upos::Punct)
            .unwrap_or(token);
        first > 0
            && matches!(
                self.tree.tokens[first - 1].form.as_str(),
                "," | "”" | "\"" | "—" | "–" | "--" | "-" | "("
            )
    }

    /// "as the minister put it".
    fn put(&self, verb: usize) -> Option<Vec<usize>> {
        let it = self.child(verb, |c| {
            self.rel(c) == "obj" && matches!(self.frame.lemma(c).as_str(), "it" | "this")
        });
        let beside = matches!(self.rel(verb), "advcl" | "parataxis") && self.frame.mark(verb).as_deref() == Some("as");
        if beside && it.is_some() {
            return self.host(verb);
        }
        // "He put it bluntly: …"
        let clause = self
            .after_colon(verb)
            .or_else(|| self.child(verb, |c| self.rel(c) == "ccomp"));
        it.and(clause).map(|c| self.tree.subtree(c))
    }

    /// The clause that something is set beside, without it, and without what is joined to it afterwards.
    pub fn host(&self, aside: usize) -> Option<Vec<usize>> {
        let mut host = self.tree.tokens[aside].head?;
        while let (true, Some(head)) = (self.inside_phrase(host), self.tree.tokens[host].head) {
            host = head;
        }
        let out = self.tree.subtree(aside);
        let mut content = Set::of(self.tree, &self.tree.subtree(host));
        content.take(&out);
        if let Some(subject) = self.strayed_subject(aside) {
            content.take(&self.tree.subtree(subject));
        }
        for child in self.tree.children(host) {
            let t = &self.tree.tokens[child];
            let later = child > aside && aside > host;
            let joined = t.rel() == "conj" && later && self.surface(child).is_some();
            let leading = t.rel() == "cc" && child < host && child < aside;
            let another = t.rel() == "parataxis" && (later || self.after_semicolon(child))
                || t.rel() == "discourse"
                || t.deprel == "advcl" && later && t.xpos == "VBG";
            if joined || leading || another && child != aside {
                content.take(&self.tree.subtree(child));
            }
        }
        let content = content.tokens();
        (content.iter().any(|t| self.tree.tokens[*t].upos != Upos::Punct)).then_some(content)
    }

    fn after_semicolon(&self, token: usize) -> bool {
        let first = self.tree.subtree(token).first().copied().unwrap_or(token);
        self.tree.tokens[first].form == ";" || first > 0 && self.tree.tokens[first - 1].form == ";"
    }

    /// A word inside a noun phrase of a clause.
    fn inside_phrase(&self, token: usize) -> bool {
        let t = &self.tree.tokens[token];
        t.upos != Upos::Verb
            && matches!(
                t.rel(),
                "obl"
                    | "obj"
                    | "iobj"
                    | "nsubj"
                    | "nmod"
                    | "compound"
                    | "amod"
                    | "appos"
                    | "advmod"
                    | "det"
                    | "nummod"
                    | "flat"
                    | "conj"
            )
            && !self
                .tree
                .children(token)
                .any(|c| matches!(self.rel(c), "cop" | "nsubj"))
    }

    /// What follows a preposition of the verb or of its object, clauses included.
    fn behind(&self, verb: usize, preposition: &str) -> Option<usize> {
        let marked = |c: usize| {
            !(preposition == "as" && self.surface(c).is_some())
                && matches!(self.rel(c), "obl" | "nmod" | "advcl" | "acl" | "xcomp" | "ccomp")
                && (self.frame.case(c).is_some_and(|p| {
                    p == preposition || p.strip_prefix(preposition).is_some_and(|r| r.starts_with('-'))
                }) || self.frame.mark(c).as_deref() == Some(preposition))
                && c > verb
        };
        let object = self.child(verb, |c| matches!(self.rel(c), "obj" | "iobj"));
        let direct = self.child(verb, marked);
        direct.or_else(|| object.and_then(|o| self.child(o, marked)))
    }

    /// Object and predicate, which a judgement joins.
    fn object_and(&self, verb: usize, predicate: Option<usize>, passive: bool) -> Option<Vec<usize>> {
        let predicate = predicate?;
        let object = if passive {
            self.surface(verb)
        } else {
            self.child(verb, |c| matches!(self.rel(c), "obj" | "iobj") && c != predicate)
        };
        let mut content = self.tree.subtree(predicate);
        if let Some(object) = object {
            content.extend(self.below(object));
        } else if self.rel(predicate) == "xcomp" {
            return None;
        }
        content.retain(|t| *t != verb);
        Some(content)
    }

    /// Words in quotation marks that depend on the verb.
    fn quote_below(&self, verb: usize) -> Option<Vec<usize>> {
        let above = self.tree.tokens[verb].head.filter(|_| self.rel(verb) == "parataxis");
        if above.is_some_and(|h| self.quoted(h).is_some())
            && self.quoted(verb).is_none()
            && self.surface(verb).is_some()
        {
            return self.host(verb);
        }
        let found = self.child(verb, |c| {
            matches!(self.rel(c), "obj" | "ccomp" | "parataxis" | "xcomp" | "obl")
                && self.quoted(verb).is_none()
                && self.quoted(c).is_some_and(|piece| {
                    let inside = self.tree.subtree(c);
                    let from = inside
                        .iter()
                        .copied()
                        .find(|t| self.tree.tokens[*t].upos != Upos::Punct);
                    from.is_some_and(|f| piece.holds(f))
                })
        })?;
        Some(self.tree.subtree(found))
    }
}

/// Where content is looked for, likeliest first.
const ORDER: [Content; 13] = [
    Content::That,
    Content::Raise,
    Content::To,
    Content::Of,
    Content::As,
    Content::For,
    Content::With,
    Content::Small,
    Content::Put,
    Content::Aside,
    Content::Ing,
    Content::Quote,
    Content::Object,
];

/// Whether a noun is a person or body, going by its form and the names of the sentence.
pub(super) fn is_someone(ontology: &Ontology, tree: &Sentence, token: usize) -> bool {
    const PERSONAL: [&str; 10] = ["he", "she", "they", "i", "we", "who", "him", "her", "them", "us"];
    let t = &tree.tokens[token];
    let form = t.form.to_lowercase();
    let lemma = t.lemma.to_lowercase();
    t.upos == Upos::Propn
        || tree.entities.iter().any(|e| e.first <= token && token < e.end)
        || PERSONAL.contains(&form.as_str())
        || ontology
            .names
            .at(&atoms(std::iter::once(lemma.as_str())), 0)
            .iter()
            .any(|(_, names)| names.iter().any(|n| matches!(n, NameRef::Agent(_))))
}

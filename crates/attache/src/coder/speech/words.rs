//! Cues that are no verbs: nouns, adjectives, adverbs, phrases.

use attache_parse::Upos;

use super::find::{Draft, Finder, is_someone};
use crate::ontology::names::atoms;
use crate::ontology::{Content, Cue, Force};

impl Finder<'_> {
    /// "the claim that …", "a warning that …", "allegations of …", "the fear is that …".
    pub(super) fn noun(&self, token: usize, drafts: &mut Vec<Draft>) {
        if matches!(self.rel(token), "compound" | "flat") {
            return;
        }
        let cues = &self.ontology.cues;
        for (_, cue) in cues.entries(&cues.nouns, &self.frame.lemma(token)) {
            let found = cue
                .content
                .iter()
                .find_map(|place| Some((*place, self.of_noun(token, *place)?)));
            let Some((frame, content)) = found else { continue };
            let (speaker, support) = self.owner(token, &content);
            // "the idea that …" is nobody's; "fears that …" are somebody's.
            let fear = matches!(
                self.frame.lemma(token).as_str(),
                "fear" | "concern" | "suspicion" | "worry" | "hope" | "expectation"
            );
            if speaker.is_none() && cue.force == Force::Think && !fear {
                return;
            }
            let mut words: Vec<usize> = support.into_iter().collect();
            words.push(token);
            words.sort_unstable();
            drafts.push(Draft {
                cue: words,
                speaker,
                addressee: None,
                content,
                force: cue.force,
                frame,
            });
            return;
        }
    }

    fn of_noun(&self, noun: usize, place: Content) -> Option<Vec<usize>> {
        let clause = |fits: &dyn Fn(usize) -> bool| {
            self.child(noun, |c| {
                matches!(self.rel(c), "acl" | "ccomp")
                    && self.tree.tokens[c].deprel != "acl:relcl"
                    && c > noun
                    && fits(c)
            })
        };
        let found = match place {
            Content::Acl => clause(&|c| matches!(self.frame.mark(c).as_deref(), Some("that" | "whether" | "if")))?,
            Content::To => clause(&|c| self.frame.infinitive(c))?,
            Content::Of => {
                let (_, inner) = self.frame.obliques(noun).into_iter().find(|(p, _)| p == "of")?;
                // "the claims of the minister": the source, not the content.
                let whose = matches!(self.tree.tokens[inner].upos, Upos::Propn | Upos::Pron) || self.is_someone(inner);
                let plural = self.tree.tokens[noun].xpos == "NNS";
                if whose || !plural && self.frame.lemma(noun) == "report" {
                    return None;
                }
                inner
            }
            Content::IsThat => return self.is_that(noun),
            _ => return None,
        };
        Some(self.tree.subtree(found))
    }

    /// "The fear is that prices will rise."
    fn is_that(&self, noun: usize) -> Option<Vec<usize>> {
        if self.rel(noun) != "nsubj" {
            return None;
        }
        let head = self.tree.tokens[noun].head?;
        let marked = |c: usize| self.frame.mark(c).as_deref() == Some("that");
        if self.frame.lemma(head) == "be" {
            let clause = self.child(head, |c| self.rel(c) == "ccomp" && marked(c))?;
            return Some(self.tree.subtree(clause));
        }
        let mark = self.child(head, |c| {
            self.rel(c) == "mark" && c > noun && self.frame.lemma(c) == "that"
        })?;
        let all = self.tree.subtree(head);
        Some(all.into_iter().filter(|t| *t >= mark).collect())
    }

    /// Whose word a noun is, with the verb that lends it its subject.
    fn owner(&self, noun: usize, content: &[usize]) -> (Option<usize>, Option<usize>) {
        let free = |t: &usize| !content.contains(t);
        let owner = self
            .child(noun, |c| self.tree.tokens[c].deprel == "nmod:poss")
            .filter(free);
        let by = || {
            let obliques = self.frame.obliques(noun).into_iter();
            obliques
                .filter(|(p, t)| matches!(p.as_str(), "by" | "from" | "among") || p == "of" && self.is_someone(*t))
                .map(|(_, t)| t)
                .find(free)
        };
        if let Some(owner) = owner.or_else(by) {
            return (Some(owner), None);
        }
        let verb = self.tree.tokens[noun]
            .head
            .filter(|_| matches!(self.rel(noun), "obj" | "obl" | "nsubj"));
        let Some(verb) = verb.filter(|v| self.tree.tokens[*v].upos == Upos::Verb) else {
            return (None, None);
        };
        let lends = self.ontology.class_has("support", &self.frame.lemma(verb));
        let object = self.frame.object(verb) == Some(noun) || self.rel(noun) == "obl";
        let subject = self
            .frame
            .subject(verb)
            .filter(|s| lends && object && *s != noun && free(s));
        if subject.is_some() {
            return (subject, Some(verb));
        }
        // "Kenyan claims that …"
        let adjective = self.child(noun, |c| {
            matches!(self.rel(c), "amod" | "compound")
                && self.tree.tokens[c].form.starts_with(char::is_uppercase)
                && (c > 0 || self.is_named(c))
        });
        (adjective, None)
    }

    pub(super) fn is_someone(&self, token: usize) -> bool {
        is_someone(self.ontology, self.tree, token)
    }

    /// Whether the word is a known name: "Kenyan".
    fn is_named(&self, token: usize) -> bool {
        let form = self.tree.tokens[token].form.as_str();
        !self.ontology.names.at(&atoms(std::iter::once(form)), 0).is_empty()
    }

    /// "is confident that …", "are convinced that …".
    pub(super) fn adjective(&self, token: usize, drafts: &mut Vec<Draft>) {
        let cues = &self.ontology.cues;
        let verbal = self.tree.tokens[token].upos == Upos::Verb;
        if verbal
            && self
                .child(token, |c| self.tree.tokens[c].deprel == "aux:pass")
                .is_none()
        {
            return;
        }
        let lemma = if verbal {
            self.tree.tokens[token].form.to_lowercase()
        } else {
            self.frame.lemma(token)
        };
        let Some((_, cue)) = cues.entries(&cues.adjectives, &lemma).next() else {
            return;
        };
        let clause = self.child(token, |c| {
            matches!(self.rel(c), "ccomp" | "advcl")
                && c > token
                && !self.frame.infinitive(c)
                && (self.frame.mark(c).as_deref() == Some("that") || self.rel(c) == "ccomp")
        });
        let speaker = if verbal {
            self.child(token, |c| self.rel(c) == "nsubj")
        } else {
            self.frame.subject(token)
        };
        let (Some(clause), Some(speaker)) = (clause, speaker) else {
            return;
        };
        if self.frame.lemma(speaker) == "it" {
            return;
        }
        let mut words: Vec<usize> = vec![token];
        words.extend(self.child(token, |c| {
            matches!(self.tree.tokens[c].deprel.as_str(), "cop" | "aux:pass")
        }));
        words.sort_unstable();
        drafts.push(Draft {
            cue: words,
            speaker: Some(speaker),
            addressee: None,
            content: self.tree.subtree(clause),
            force: cue.force,
            frame: Content::That,
        });
    }

    /// "reportedly": the clause without a source.
    pub(super) fn adverb(&self, token: usize, drafts: &mut Vec<Draft>) {
        let cues = &self.ontology.cues;
        let lemma = self.tree.tokens[token].form.to_lowercase();
        let Some((_, cue)) = cues.entries(&cues.adverbs, &lemma).next() else {
            return;
        };
        let Some(head) = self.tree.tokens[token].head else {
            return;
        };
        let mut content = self.tree.subtree(head);
        content.retain(|t| *t != token);
        drafts.push(Draft {
            cue: vec![token],
            speaker: None,
            addressee: None,
            content,
            force: cue.force,
            frame: Content::Clause,
        });
    }

    /// "according to the ministry", "in the words of a diplomat", "in his view".
    pub(super) fn phrase(&self, token: usize, drafts: &mut Vec<Draft>) {
        let phrases = &self.ontology.cues.phrases;
        let Some(case) = self.frame.case(token) else { return };
        let case = case.replace("accord-to", "according-to");
        let cue_of = |key: &str| phrases.get(key).map(|c| &self.ontology.cues.cues[*c]);
        let cases = || {
            let heads = self
                .tree
                .children(token)
                .filter(|c| self.rel(*c) == "case" || self.rel(*c) == "mark");
            heads.flat_map(|c| self.tree.subtree(c)).collect::<Vec<usize>>()
        };
        if let Some(cue) = cue_of(&case) {
            self.beside(token, token, cases(), cue, drafts);
            return;
        }
        let noun = format!("{case}-{}", self.frame.lemma(token));
        let definite = || self.child(token, |c| self.rel(c) == "det").is_some();
        if let Some(cue) = cue_of(&format!("{noun}-of"))
            && definite()
            && let Some((_, source)) = self.frame.obliques(token).into_iter().find(|(p, _)| p == "of")
        {
            let inner = self.tree.subtree(source);
            let words = self.tree.subtree(token).into_iter().filter(|t| {
                self.tree.tokens[*t].upos != Upos::Punct
                    && (!inner.contains(t) || self.rel(*t) == "case" && self.tree.tokens[*t].head == Some(source))
            });
            self.beside(token, source, words.collect(), cue, drafts);
            return;
        }
        if let Some(cue) = cue_of(&noun)
            && let Some(source) = self.child(token, |c| self.tree.tokens[c].deprel == "nmod:poss")
        {
            let mut words = cases();
            words.push(token);
            self.beside(token, source, words, cue, drafts);
        }
    }

    /// A phrase whose clause is the content.
    fn beside(&self, phrase: usize, source: usize, mut cue: Vec<usize>, entry: &Cue, drafts: &mut Vec<Draft>) {
        let content = self.host(phrase).or_else(|| {
            // The phrase heads the sentence: "According to officials: …"
            let clause = self.child(phrase, |c| matches!(self.rel(c), "parataxis" | "ccomp"))?;
            Some(self.tree.subtree(clause))
        });
        let Some(content) = content else { return };
        cue.sort_unstable();
        drafts.push(Draft {
            cue,
            speaker: Some(source),
            addressee: None,
            content,
            force: entry.force,
            frame: entry.content[0],
        });
    }
}

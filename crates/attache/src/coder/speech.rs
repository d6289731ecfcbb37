//! Who says so: the verbs of speech above and beside a clause.

use attache_parse::Upos;

use super::Reader;
use crate::event::SpeechKind;
use crate::resolve::Party;

/// A source of a clause.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who says it.
    pub speaker: Vec<Party>,
    /// Tokens of the cue.
    pub cue: Vec<usize>,
    /// Head token of what is said.
    pub content: usize,
    /// Head token of the speaker's words.
    pub speaker_head: usize,
    /// How it is given.
    pub kind: SpeechKind,
}

impl Reader<'_> {
    /// Those who say that the clause around `anchor` is so, innermost first.
    pub fn reports(&self, anchor: usize) -> Vec<Report> {
        let tree = self.place.tree;
        let mut all: Vec<Report> = Vec::new();
        let mut at = anchor;
        let mut below: Option<usize> = None;
        for _ in 0..12 {
            all.extend(self.beside(at, anchor));
            if let Some(child) = below
                && matches!(tree.tokens[child].rel(), "ccomp" | "parataxis" | "xcomp" | "obj")
                && self.speaks(at)
                && let Some(subject) = self.frame.subject(at)
                && at != anchor
            {
                all.push(self.report(subject, vec![at], child));
            }
            let Some(head) = tree.tokens[at].head else { break };
            below = Some(at);
            at = head;
        }
        all.retain(|r| !r.speaker.is_empty());
        let mut seen = Vec::new();
        all.retain(|r| {
            let fresh = !seen.contains(&r.speaker_head);
            seen.push(r.speaker_head);
            fresh
        });
        all
    }

    /// "…, the ministry said", "according to the ministry", "as the ministry put it".
    fn beside(&self, at: usize, anchor: usize) -> Vec<Report> {
        let tree = self.place.tree;
        let mut all = Vec::new();
        for child in tree.children(at) {
            let t = &tree.tokens[child];
            let aside = t.rel() == "parataxis" || t.rel() == "advcl" && self.frame.mark(child).as_deref() == Some("as");
            if aside
                && t.upos == Upos::Verb
                && self.speaks(child)
                && let Some(subject) = self.frame.subject(child)
                && !tree.subtree(child).contains(&anchor)
            {
                all.push(self.report(subject, vec![child], at));
            }
            if matches!(t.rel(), "obl" | "nmod" | "advcl") && self.frame.case(child).as_deref() == Some("according-to")
            {
                let cue = tree
                    .children(child)
                    .filter(|c| tree.tokens[*c].rel() == "case")
                    .collect();
                all.push(self.report(child, cue, at));
            }
        }
        all
    }

    fn report(&self, speaker_head: usize, cue: Vec<usize>, content: usize) -> Report {
        let speaker = self.resolver.parties(self.place, speaker_head);
        Report {
            speaker,
            cue,
            content,
            speaker_head,
            kind: self.quoted(content),
        }
    }

    /// Whether the content stands between quotation marks.
    fn quoted(&self, content: usize) -> SpeechKind {
        let tree = self.place.tree;
        let quote = |t: usize| matches!(tree.tokens[t].form.as_str(), "\"" | "“" | "”" | "``" | "''" | "«" | "»");
        let tokens = tree.subtree(content);
        let quotes = tokens.iter().filter(|t| quote(**t)).count();
        let first = tokens.first().copied().unwrap_or(content);
        let opens = quote(first) || first > 0 && quote(first - 1);
        match (quotes, opens) {
            (0, false) => SpeechKind::Indirect,
            (_, true) => SpeechKind::Direct,
            _ => SpeechKind::Mixed,
        }
    }

    /// Every statement that the sentence reports, whoever speaks: the verbs of speech with what they introduce, and
    /// "according to".
    pub fn statements(&self) -> Vec<Report> {
        let tree = self.place.tree;
        let mut all = Vec::new();
        for token in 0..tree.tokens.len() {
            if self.speaks(token)
                && let Some(speaker) = self.frame.subject(token)
                && let Some(content) = self.said(token)
            {
                let cue = std::iter::once(token).chain(
                    tree.children(token)
                        .filter(|c| tree.tokens[*c].deprel == "compound:prt"),
                );
                let cue: Vec<usize> = cue.collect();
                all.push(self.report(speaker, cue, content));
            }
            let t = &tree.tokens[token];
            if matches!(t.rel(), "obl" | "nmod" | "advcl") && self.frame.case(token).as_deref() == Some("according-to")
            {
                let cue: Vec<usize> = tree
                    .children(token)
                    .filter(|c| tree.tokens[*c].rel() == "case")
                    .flat_map(|c| tree.subtree(c))
                    .collect();
                let mut content = t.head.unwrap_or(token);
                while let (true, Some(head)) = (tree.tokens[content].upos != Upos::Verb, tree.tokens[content].head) {
                    content = head;
                }
                all.push(self.report(token, cue, content));
            }
        }
        all
    }

    /// What a verb of speech introduces: its clause, the clause that it is set beside, or the words in quotation marks.
    fn said(&self, verb: usize) -> Option<usize> {
        let tree = self.place.tree;
        let t = &tree.tokens[verb];
        let clause = |rel: &str| tree.children(verb).find(|c| tree.tokens[*c].rel() == rel);
        let beside = t.rel() == "parataxis" || t.rel() == "advcl" && self.frame.mark(verb).as_deref() == Some("as");
        let quoted = || {
            tree.children(verb)
                .find(|c| tree.tokens[*c].rel() == "obj" && self.quoted(*c) != SpeechKind::Indirect)
        };
        let set_beside = || clause("parataxis").filter(|c| self.quoted(*c) != SpeechKind::Indirect);
        clause("ccomp")
            .or_else(|| t.head.filter(|_| beside))
            .or_else(|| clause("xcomp"))
            .or_else(quoted)
            .or_else(set_beside)
    }

    /// Whether a verb reports speech.
    pub fn speaks(&self, token: usize) -> bool {
        self.place.tree.tokens[token].upos == Upos::Verb && self.ontology.class_has("speech", &self.frame.lemma(token))
    }

    /// The innermost speaker of a clause.
    pub(super) fn speaker_of(&self, anchor: usize) -> Vec<Party> {
        self.reports(anchor)
            .into_iter()
            .next()
            .map(|r| r.speaker)
            .unwrap_or_default()
    }

    /// The one whose words the sentence reports first; *I* and *we* in quotation marks mean him.
    pub fn voice(&self) -> Option<Party> {
        (0..self.place.tree.tokens.len())
            .filter(|t| self.speaks(*t))
            .find_map(|t| {
                self.resolver
                    .parties(self.place, self.frame.subject(t)?)
                    .into_iter()
                    .find(|p| p.code.is_some())
            })
    }
}

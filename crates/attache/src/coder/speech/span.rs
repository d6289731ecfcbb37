//! Which words are the source, the cue and the content.

use attache_parse::{Sentence, Upos};

use super::quote::Piece;
use crate::event::SpeechKind;

/// A set of tokens of one sentence.
#[derive(Debug, Clone)]
pub(super) struct Set(Vec<bool>);

impl Set {
    pub fn none(tree: &Sentence) -> Set {
        Set(vec![false; tree.tokens.len()])
    }

    pub fn of(tree: &Sentence, tokens: &[usize]) -> Set {
        let mut set = Set::none(tree);
        set.add(tokens);
        set
    }

    pub fn add(&mut self, tokens: &[usize]) {
        for token in tokens {
            self.0[*token] = true;
        }
    }

    pub fn take(&mut self, tokens: &[usize]) {
        for token in tokens {
            self.0[*token] = false;
        }
    }

    pub fn has(&self, token: usize) -> bool {
        self.0.get(token).copied().unwrap_or(false)
    }

    pub fn tokens(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|t| self.0[*t]).collect()
    }
}

/// Makes a content whole: quotation marks that belong to it come in, commas and stops at its edges go out.
pub(super) fn tidy(tree: &Sentence, tokens: &[usize], pieces: &[Piece], barred: &[usize]) -> Vec<usize> {
    let mut set = Set::of(tree, tokens);
    let quoted = |t: usize| pieces.iter().any(|p| p.holds(t));
    for piece in pieces {
        let words = || (piece.first..piece.end).filter(|t| tree.tokens[*t].upos != Upos::Punct);
        if words().next().is_some() && words().all(|t| set.has(t)) {
            (piece.first..piece.end)
                .filter(|t| !barred.contains(t))
                .for_each(|t| set.add(&[t]));
        } else if !words().any(|t| set.has(t)) {
            // Marks of what is not in it.
            (piece.first..piece.end).for_each(|t| set.take(&[t]));
        }
    }
    for t in 0..tree.tokens.len() {
        // A lone mark.
        if is_mark(tree, t) && !quoted(t) {
            set.take(&[t]);
        }
    }
    let mut all = set.tokens();
    let edge = |t: usize| {
        tree.tokens[t].upos == Upos::Punct
            && !quoted(t)
            && !matches!(tree.tokens[t].form.as_str(), "(" | "[" | ")" | "]" | "$" | "%")
    };
    while all.last().is_some_and(|t| edge(*t)) {
        all.pop();
    }
    while all.first().is_some_and(|t| edge(*t)) {
        all.remove(0);
    }
    trim_runs(tree, fill(tree, &all, barred), &edge)
}

/// Cuts commas and stops off the ends of each run of neighbours.
fn trim_runs(tree: &Sentence, tokens: Vec<usize>, edge: &impl Fn(usize) -> bool) -> Vec<usize> {
    let mut kept = Vec::with_capacity(tokens.len());
    for run in tokens.chunk_by(|a, b| a + 1 == *b) {
        let word = |t: &&usize| !edge(**t);
        let first = run.iter().position(|t| word(&t));
        let last = run.iter().rposition(|t| word(&t));
        if let (Some(first), Some(last)) = (first, last) {
            let words = run[first..=last].iter().any(|t| tree.tokens[*t].upos != Upos::Punct);
            kept.extend(run[first..=last].iter().filter(|_| words));
        }
    }
    kept
}

/// Commas between two parts of a content belong to it.
fn fill(tree: &Sentence, tokens: &[usize], barred: &[usize]) -> Vec<usize> {
    let mut all = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let Some(last) = all.last().copied() {
            let gap = last + 1..*token;
            let closed = |t: usize| tree.tokens[t].upos == Upos::Punct && !barred.contains(&t);
            if gap.clone().all(closed) {
                all.extend(gap);
            }
        }
        all.push(*token);
    }
    all
}

pub(super) fn is_mark(tree: &Sentence, token: usize) -> bool {
    matches!(
        tree.tokens[token].form.as_str(),
        "\"" | "“" | "”" | "``" | "''" | "«" | "»" | "„"
    )
}

/// How a content is given.
pub(super) fn kind(tree: &Sentence, content: &[usize], pieces: &[Piece]) -> SpeechKind {
    let words: Vec<usize> = content
        .iter()
        .copied()
        .filter(|t| tree.tokens[*t].upos != Upos::Punct)
        .collect();
    let quoted = words.iter().filter(|t| pieces.iter().any(|p| p.holds(**t))).count();
    match quoted {
        0 => SpeechKind::Indirect,
        n if n == words.len() => SpeechKind::Direct,
        _ => SpeechKind::Mixed,
    }
}

/// The noun phrase of a source: apposition and relative clause included, what is said and the cue left out.
pub(super) fn source(tree: &Sentence, head: usize, content: &[usize], cue: &[usize]) -> Vec<usize> {
    let mut set = Set::of(tree, &tree.subtree(head));
    for child in tree.children(head) {
        let t = &tree.tokens[child];
        let inside = tree.subtree(child);
        let clause = matches!(t.rel(), "parataxis" | "advcl" | "ccomp" | "csubj" | "discourse")
            || t.rel() == "conj" && t.upos == Upos::Verb
            || t.rel() == "cop"
            || t.rel() == "case"
            || t.rel() == "mark"
            || t.deprel == "acl:relcl"
                && inside.first().is_some_and(|f| {
                    let comma = |t: usize| tree.tokens[t].form == ",";
                    comma(*f) || *f > 0 && comma(f - 1)
                });
        if clause || inside.iter().any(|t| cue.contains(t)) {
            set.take(&inside);
        }
    }
    set.take(content);
    set.take(cue);
    // One phrase: the run around the head.
    let within = |t: usize| set.has(t);
    let mut first = head;
    while first > 0 && within(first - 1) {
        first -= 1;
    }
    let mut end = head + 1;
    while end < tree.tokens.len() && within(end) {
        end += 1;
    }
    let punct =
        |t: usize| tree.tokens[t].upos == Upos::Punct && !matches!(tree.tokens[t].form.as_str(), ")" | "]" | "(" | "[");
    while end > first + 1 && punct(end - 1) {
        end -= 1;
    }
    while first < end - 1 && punct(first) {
        first += 1;
    }
    (first..end).collect()
}

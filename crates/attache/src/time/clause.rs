//! Whether the clause about an expression tells of what was or what is to come, read off its tree.

use attache_parse::{Sentence, Span, Upos};

use super::Direction;

/// Clauses looked at outwards.
const REACH: usize = 14;

/// Verbs of what a calendar holds: in the present tense they tell of a day to come ("the court meets on Friday").
const SCHEDULED: [&str; 34] = [
    "meet", "begin", "start", "open", "close", "end", "arrive", "leave", "depart", "visit", "vote", "hold", "host",
    "face", "return", "travel", "fly", "expire", "take", "go", "resume", "come", "attend", "convene", "report", "kick",
    "run", "launch", "sign", "play", "sail", "land", "elect", "choose",
];

/// Words whose infinitive or complement is yet to come.
const AHEAD: [&str; 34] = [
    "agree", "plan", "schedule", "set", "expect", "vow", "promise", "pledge", "want", "hope", "intend", "prepare",
    "ready", "likely", "decide", "invite", "order", "ask", "slate", "poise", "threaten", "offer", "due", "be", "go",
    "decision", "ahead", "propose", "urge", "need", "have", "continue", "aim", "call",
];

const MODALS: [&str; 11] = [
    "will", "shall", "would", "may", "might", "could", "should", "must", "can", "wo", "ought",
];

/// What the nearest clause that tells says; `None` where none does.
pub(super) fn direction(tree: &Sentence, span: Span) -> Option<Direction> {
    let inside = |i: usize| tree.tokens[i].span.overlaps(span);
    let mut at = tree.tokens[tree.head_among(inside)?].head?;
    for _ in 0..REACH {
        if let Some(direction) = of_word(tree, at) {
            return Some(direction);
        }
        at = tree.tokens[at].head?;
    }
    None
}

/// Whether an expression hangs on the main verb of its sentence.
pub(super) fn in_main(tree: &Sentence, span: Span) -> bool {
    let inside = |i: usize| tree.tokens[i].span.overlaps(span);
    tree.head_among(inside)
        .and_then(|head| tree.tokens[head].head)
        .is_some_and(|verb| tree.tokens[verb].head.is_none())
}

fn lemma(tree: &Sentence, i: usize) -> String {
    tree.tokens[i].lemma.to_lowercase()
}

fn of_word(tree: &Sentence, i: usize) -> Option<Direction> {
    let t = &tree.tokens[i];
    let helpers: Vec<usize> = tree
        .children(i)
        .filter(|c| matches!(tree.tokens[*c].rel(), "aux" | "cop"))
        .collect();
    let word = lemma(tree, i);
    if matches!(word.as_str(), "due" | "upcoming") {
        return Some(Direction::Future);
    }
    if t.upos != Upos::Verb && helpers.is_empty() {
        return None;
    }
    if let Some(modal) = helpers.iter().find(|h| MODALS.contains(&lemma(tree, **h).as_str())) {
        // "could have met" is over, "will have met" is not.
        let over = helpers.iter().any(|h| lemma(tree, *h) == "have") && lemma(tree, *modal) != "will";
        return Some(if over { Direction::Past } else { Direction::Future });
    }
    if let Some(first) = helpers.first() {
        return helped(tree, i, *first);
    }
    finite(tree, i, &word).or_else(|| bare(tree, i, &word))
}

/// With "have" or "be".
fn helped(tree: &Sentence, i: usize, helper: usize) -> Option<Direction> {
    let past = tree.tokens[helper].feats.has("Tense", "Past");
    let have = lemma(tree, helper) == "have";
    if past || have {
        let infinitive = tree.tokens[helper].feats.has("VerbForm", "Inf");
        return (!infinitive).then_some(Direction::Past);
    }
    let t = &tree.tokens[i];
    let verb = t.upos == Upos::Verb;
    let ahead = verb && (t.xpos == "VBG" || AHEAD.contains(&lemma(tree, i).as_str()));
    ahead.then_some(Direction::Future)
}

fn finite(tree: &Sentence, i: usize, word: &str) -> Option<Direction> {
    let feats = &tree.tokens[i].feats;
    if !feats.has("VerbForm", "Fin") {
        return None;
    }
    if feats.has("Tense", "Past") {
        return Some(Direction::Past);
    }
    (feats.has("Tense", "Pres") && SCHEDULED.contains(&word)).then_some(Direction::Future)
}

/// An infinitive or participle: by the word that it hangs on.
fn bare(tree: &Sentence, i: usize, word: &str) -> Option<Direction> {
    let t = &tree.tokens[i];
    if t.xpos == "VBN" && matches!(word, "schedule" | "plan" | "slate" | "expect" | "set") {
        return Some(Direction::Future);
    }
    let infinitive = t.feats.has("VerbForm", "Inf") || t.xpos == "VB";
    let governor = lemma(tree, t.head?);
    let complement = matches!(t.rel(), "xcomp" | "ccomp" | "acl" | "csubj");
    (infinitive && complement && AHEAD.contains(&governor.as_str())).then_some(Direction::Future)
}

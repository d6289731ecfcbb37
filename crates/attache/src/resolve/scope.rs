//! Which clause a time belongs to.

use attache_parse::{Sentence, Upos};

use super::when::{Asked, Timed};
use crate::date::Precision;

/// Verbs whose participle tells the occasion: "…, marking his 92nd birthday".
const CELEBRATE: [&str; 5] = ["mark", "celebrate", "honour", "honor", "commemorate"];

/// Verbs of saying: their time is that of the saying, never that of what is said beside them.
const SAY: [&str; 8] = ["say", "tell", "report", "announce", "add", "state", "declare", "claim"];

/// Words before a noun or a clause that set its time apart from that of the main clause.
const APART: [&str; 9] = [
    "after",
    "before",
    "since",
    "until",
    "till",
    "following",
    "despite",
    "pending",
    "ahead",
];

/// Words before a participle that tells of a deed spoken about: "charged with abducting him".
const CHARGED: [&str; 6] = ["with", "for", "of", "over", "about", "from"];

/// Verbs about something else than their own day's doings: "condemned the raid on Thursday".
const ABOUT: [&str; 34] = [
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "deplore",
    "praise",
    "welcome",
    "hail",
    "discuss",
    "investigate",
    "recall",
    "remember",
    "mark",
    "commemorate",
    "deny",
    "reject",
    "protest",
    "blame",
    "describe",
    "cite",
    "mention",
    "follow",
    "defend",
    "justify",
    "regret",
    "mourn",
    "celebrate",
    "review",
    "debate",
    "examine",
    "oppose",
    "support",
    "accuse",
    "say",
];

/// Steps up from a time expression to the event; `None` where it belongs to another clause.
pub(super) fn distance(tree: &Sentence, timed: &Timed, asked: Asked) -> Option<usize> {
    if first_time(tree, timed) {
        return None;
    }
    let mut at = timed.head;
    for steps in 0..10 {
        if at == asked.trigger || at == asked.anchor {
            return Some(steps);
        }
        let t = &tree.tokens[at];
        let verb = t.upos == Upos::Verb;
        if steps > 0 {
            if shut(tree, timed, at) || owns(tree, timed, at) && !asked.words.contains(&at) {
                return None;
            }
            if matches!(t.rel(), "advcl" | "acl") && lemma_in(tree, at, &CELEBRATE) {
                at = t.head?;
                continue;
            }
            // Out of a clause of its own: the time of another verb.
            if verb && (!matches!(t.rel(), "xcomp" | "conj") || lemma_in(tree, at, &SAY)) {
                // A time on the main verb also holds for what hangs below it as participle or infinitive.
                return below(tree, timed, asked.anchor, at).map(|n| steps + 3 + n);
            }
        }
        at = t.head?;
    }
    None
}

/// "for the first time since 1991", "its first visit in ten years": when the like happened before.
fn first_time(tree: &Sentence, timed: &Timed) -> bool {
    let lower = |back: usize| {
        let at = timed.first.checked_sub(back)?;
        Some(tree.tokens[at].form.to_lowercase())
    };
    lower(1).is_some_and(|word| word == "since") && lower(2).is_some_and(|word| word == "time")
}

fn lemma_in(tree: &Sentence, at: usize, list: &[&str]) -> bool {
    list.contains(&tree.tokens[at].lemma.to_lowercase().as_str())
}

/// Words that a time does not get out of: a noun set beside others ("the talks and the visit on Monday"), "the first time
/// since 1991", and a second verb whose time stands before it ("arrived in Oslo and on Monday met the king") or which has a
/// subject of its own.
fn shut(tree: &Sentence, timed: &Timed, at: usize) -> bool {
    let t = &tree.tokens[at];
    let conj = t.rel() == "conj";
    match t.upos {
        Upos::Noun => conj || t.lemma.eq_ignore_ascii_case("time"),
        Upos::Verb => conj && (timed.first < at || tree.has_subject(at)),
        _ => false,
    }
}

/// A time before its noun is the noun's: "Friday's attack", "the 2015 agreement".
fn owns(tree: &Sentence, timed: &Timed, noun: usize) -> bool {
    let t = &tree.tokens[timed.head];
    let before = timed.end <= noun;
    let modifier = match t.rel() {
        "nmod" | "compound" | "nummod" => true,
        "amod" => !timed.time.anaphoric,
        _ => false,
    };
    before && modifier && t.head == Some(noun) && matches!(tree.tokens[noun].upos, Upos::Noun | Upos::Propn)
}

/// Whether `token` hangs below `top`, and how far.
fn below(tree: &Sentence, timed: &Timed, token: usize, top: usize) -> Option<usize> {
    let mut at = token;
    for steps in 0..8 {
        if at == top {
            return Some(steps);
        }
        let t = &tree.tokens[at];
        if t.deprel == "acl:relcl" || matches!(t.rel(), "ccomp" | "parataxis") || apart(tree, timed, at, top) {
            return None;
        }
        at = t.head?;
    }
    None
}

/// Whether the time of the clause above does not hold for what hangs at `at`: a clause or noun after "after" or "before", a
/// second clause with a subject of its own or behind the time of the first, a deed that the clause speaks about.
fn apart(tree: &Sentence, timed: &Timed, at: usize, top: usize) -> bool {
    let t = &tree.tokens[at];
    // A year may well be of both clauses, a day is not.
    let day = timed.time.range.is_some_and(|range| range.precision == Precision::Day);
    let second = t.upos == Upos::Verb && t.rel() == "conj" && (tree.has_subject(at) || day && timed.first > top);
    let governor = t
        .head
        .filter(|_| t.upos == Upos::Noun && matches!(t.rel(), "obj" | "obl"));
    let deed = governor.is_some_and(|verb| lemma_in(tree, verb, &ABOUT));
    second || deed || day && led(tree, timed, at)
}

/// "after …" behind the time: what stands behind is set apart. "charged on Monday with hacking".
fn led(tree: &Sentence, timed: &Timed, at: usize) -> bool {
    let t = &tree.tokens[at];
    tree.children(at)
        .filter(|c| *c < at && matches!(tree.tokens[*c].rel(), "mark" | "case"))
        .any(|c| {
            let word = tree.tokens[c].form.to_lowercase();
            let apart = APART.contains(&word.as_str()) && timed.first < c;
            let gerund = t.xpos == "VBG"
                || tree
                    .children(at)
                    .any(|c| tree.tokens[c].xpos == "VBG" && tree.tokens[c].rel() == "aux");
            apart || gerund && CHARGED.contains(&word.as_str())
        })
}

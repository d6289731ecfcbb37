//! Whether the words about an expression tell of what was or what is to come. A guess for callers without a tree.

use super::Direction;
use super::token::Tokens;

/// Tokens looked at each way.
const REACH: usize = 30;

/// What the nearest verb before `start`, else the first after `end`, tells; `None` where no word does.
pub(super) fn direction(tokens: &Tokens, start: usize, end: usize) -> Option<Direction> {
    if let Some(direction) = bound(tokens, start) {
        return Some(direction);
    }
    for j in (start.saturating_sub(REACH)..start).rev() {
        if matches!(tokens.word(j), ";" | "”" | "\"") && j + 1 < start {
            break;
        }
        if let Some(direction) = cue(tokens, j) {
            return Some(direction);
        }
    }
    (end..tokens.list.len().min(end + REACH)).find_map(|j| cue(tokens, j))
}

/// What the preposition before an expression tells of itself: "until Friday", "ahead of Friday".
pub(super) fn bound(tokens: &Tokens, start: usize) -> Option<Direction> {
    match tokens.before(start) {
        "until" | "till" | "by" => Some(Direction::Future),
        "since" => Some(Direction::Past),
        "on" | "late" | "early" if start >= 2 && said(tokens.word(start - 2)) => Some(Direction::Past),
        word if said(word) => Some(Direction::Past),
        "of" if start >= 2 && tokens.word(start - 2) == "ahead" => Some(Direction::Future),
        _ => None,
    }
}

/// "said on Sunday that it would": the day of the saying, whatever is said.
fn said(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "told"
            | "announced"
            | "warned"
            | "declared"
            | "added"
            | "stated"
            | "reported"
            | "denied"
            | "promised"
            | "vowed"
    )
}

fn cue(tokens: &Tokens, j: usize) -> Option<Direction> {
    let word = tokens.word(j);
    if tokens.capital(j) && j > 0 {
        return None;
    }
    // "will be published": the helper tells.
    if j > 0 && matches!(tokens.before(j), "be" | "get") {
        return None;
    }
    match word {
        "will" | "shall" | "would" | "ll" | "may" | "might" | "could" | "should" | "must" | "can" => {
            Some(Direction::Future)
        }
        "scheduled" | "planned" | "expected" | "slated" | "due" | "upcoming" | "forthcoming" | "plans" | "intends"
        | "hopes" => Some(Direction::Future),
        "set" if matches!(tokens.word(j + 1), "for" | "to") => Some(Direction::Future),
        "to" => infinitive(tokens, j),
        "is" | "are" => present(tokens, j),
        _ => past(word).then_some(Direction::Past),
    }
}

/// "agreed to meet" looks ahead, "met to discuss" does not.
fn infinitive(tokens: &Tokens, j: usize) -> Option<Direction> {
    let next = tokens.word(j + 1);
    let verb = next.starts_with(char::is_alphabetic)
        && !tokens.capital(j + 1)
        && !next.ends_with("ing")
        && !matches!(
            next,
            "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "this" | "that" | "these" | "those" | "all"
        );
    let governor = tokens.before(j);
    let ahead = matches!(
        governor,
        "agreed"
            | "agree"
            | "plans"
            | "plan"
            | "planned"
            | "planning"
            | "scheduled"
            | "set"
            | "due"
            | "expected"
            | "expects"
            | "vowed"
            | "promised"
            | "pledged"
            | "is"
            | "are"
            | "was"
            | "were"
            | "wants"
            | "hopes"
            | "hoped"
            | "intends"
            | "preparing"
            | "prepares"
            | "ready"
            | "likely"
            | "about"
            | "decided"
            | "invited"
            | "ordered"
            | "asked"
            | "slated"
            | "poised"
            | "threatened"
            | "offered"
            | "going"
    );
    (verb && ahead).then_some(Direction::Future)
}

/// "is to meet", "is visiting": to come; "is" alone leaves it open.
fn present(tokens: &Tokens, j: usize) -> Option<Direction> {
    let next = tokens.word(j + 1);
    let ahead = matches!(
        next,
        "to" | "due" | "set" | "scheduled" | "expected" | "planned" | "likely" | "going"
    );
    Some(if ahead { Direction::Future } else { Direction::Near })
}

fn past(word: &str) -> bool {
    const IRREGULAR: [&str; 80] = [
        "said",
        "told",
        "met",
        "was",
        "were",
        "had",
        "has",
        "have",
        "held",
        "began",
        "took",
        "gave",
        "went",
        "came",
        "made",
        "became",
        "sent",
        "won",
        "lost",
        "left",
        "fell",
        "rose",
        "broke",
        "struck",
        "shot",
        "fought",
        "led",
        "found",
        "wrote",
        "spoke",
        "saw",
        "got",
        "did",
        "put",
        "cut",
        "hit",
        "paid",
        "brought",
        "bought",
        "built",
        "caught",
        "chose",
        "drew",
        "drove",
        "flew",
        "grew",
        "kept",
        "knew",
        "laid",
        "ran",
        "sat",
        "sold",
        "spent",
        "stood",
        "swore",
        "thought",
        "threw",
        "withdrew",
        "overthrew",
        "signed",
        "sank",
        "forbade",
        "burst",
        "let",
        "quit",
        "shut",
        "spread",
        "slid",
        "swept",
        "fled",
        "bore",
        "beat",
        "hid",
        "dug",
        "hurt",
        "sprang",
        "shook",
        "sought",
        "taught",
        "meant",
    ];
    const NOT_VERBS: [&str; 10] = [
        "need", "indeed", "seed", "speed", "feed", "proceed", "succeed", "exceed", "breed", "hundred",
    ];
    IRREGULAR.contains(&word) || (word.len() > 4 && word.ends_with("ed") && !NOT_VERBS.contains(&word))
}

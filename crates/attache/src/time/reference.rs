//! Times without a place in the calendar: "now", "recently", "the coming weeks", "in the past".

use super::TimeKind;
use super::grammar::Hit;
use super::meaning::{Meaning, Reference, duration};
use super::relative::ends_clause;
use super::token::Tokens;
use super::words::{self, Quantity};

/// "now", "recently", "recent weeks", "the coming days", "in the future".
pub(super) fn reference(tokens: &Tokens, i: usize) -> Option<Hit> {
    let said = |reference, length| Hit::date(i + length, Meaning::Reference(reference));
    let (before, next) = (tokens.before(i), tokens.word(i + 1));
    match tokens.word(i) {
        "now" if next != "that" && !(next == "-" && tokens.glued(i + 1)) => said(Reference::Present, 1),
        "currently" | "nowadays" | "presently" => said(Reference::Present, 1),
        "present" if before == "at" && next != "-" => said(Reference::Present, 1),
        "these" if next == "days" => said(Reference::Present, 2),
        "recently" | "lately" => said(Reference::Past, 1),
        "long" if next == "ago" => said(Reference::Past, 2),
        "soon" if soon(tokens, i) => said(Reference::Future, 1),
        "future" if before == "in" && (ends_clause(tokens, i + 1) || subject(next)) => said(Reference::Future, 1),
        "the" => with_article(tokens, i),
        _ => vague(tokens, i),
    }
}

/// What begins a clause: "in future the fee will …".
fn subject(word: &str) -> bool {
    matches!(
        word,
        "the" | "a" | "an" | "it" | "he" | "she" | "they" | "we" | "all" | "no"
    )
}

/// Not "as soon as", "soon after the vote", "sooner or later".
fn soon(tokens: &Tokens, i: usize) -> bool {
    !matches!(tokens.before(i), "as" | "too" | "so" | "how") && !matches!(tokens.word(i + 1), "as" | "after" | "-")
}

fn with_article(tokens: &Tokens, i: usize) -> Option<Hit> {
    let said = |reference, length| Hit::date(i + length, Meaning::Reference(reference));
    let before = tokens.before(i);
    let placed = matches!(
        before,
        "in" | "of" | "from" | "for" | "at" | "into" | "about" | "to" | "on" | "until"
    );
    let far = match tokens.word(i + 1) {
        "not" if tokens.starts(i + 1, &["not", "-", "too", "-", "distant"]) => 5,
        "not" if tokens.starts(i + 1, &["not", "too", "distant"]) => 3,
        "very" => 2,
        "near" | "recent" | "immediate" | "foreseeable" | "distant" => 1,
        _ => 0,
    };
    match tokens.word(i + 1 + far) {
        "future" if far > 0 || placed && tokens.word(i + 2) != "of" => said(Reference::Future, far + 2),
        "future" if !before.is_empty() && ends_clause(tokens, i + 2) => said(Reference::Future, 2),
        "past" if far > 0 || placed && (ends_clause(tokens, i + 2) || subject(tokens.word(i + 2))) => {
            said(Reference::Past, far + 2)
        }
        "moment" if before == "at" && far == 0 => said(Reference::Present, 2),
        "present" if far == 0 && matches!(tokens.word(i + 2), "day" | "time") => said(Reference::Present, 3),
        "present" if far == 0 && placed && ends_clause(tokens, i + 2) => said(Reference::Present, 2),
        _ => vague(tokens, i),
    }
}

/// "recent weeks", "the coming days", "past years".
fn vague(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(matches!(tokens.word(i), "the" | "these"));
    if tokens.word(i) == "the" && tokens.word(at) == "last" {
        let (unit, _) = words::unit(tokens.word(at + 1)).filter(|(_, plural)| *plural)?;
        return Hit::plain(at + 2, duration(unit, Quantity::Vague), TimeKind::Duration);
    }
    let reference = match tokens.word(at) {
        "recent" | "past" | "previous" => Reference::Past,
        "coming" | "upcoming" | "following" | "next" => Reference::Future,
        _ => return None,
    };
    let (unit, _) = words::unit(tokens.word(at + 1)).filter(|(_, plural)| *plural)?;
    Hit::date(at + 2, Meaning::Vague(reference, unit))
}

//! The article's text as JSON-LD states it, held against what the page shows.

use std::collections::HashSet;

use super::score::Scored;
use super::words::tokens;

/// Words of a text below which it is a summary.
const WHOLE: usize = 50;
/// Words that are compared together.
const TOGETHER: usize = 4;

/// What to make of the stated text.
pub(super) enum Stated {
    /// None, a summary, or another text than the page's.
    Nothing,
    /// The page shows it: which of its lines are in it.
    Shown(Vec<bool>),
    /// The page shows only its beginning, as before a paywall: the paragraphs.
    Hidden(Vec<String>),
}

/// Compares the stated text with the lines of the page; `shown` are the words that the page's own layout speaks for.
pub(super) fn stated(body: Option<&str>, lines: &[Scored], shown: usize) -> Stated {
    let Some(body) = body else {
        return Stated::Nothing;
    };
    let words = tokens(body);
    if words.len() < WHOLE {
        return Stated::Nothing;
    }
    let known: HashSet<&[String]> = words.windows(TOGETHER).collect();
    let mut met: HashSet<Vec<String>> = HashSet::new();
    let mut inside = Vec::with_capacity(lines.len());
    for line in lines {
        let own = tokens(&line.line.text);
        let hits = own.windows(TOGETHER).filter(|window| known.contains(window)).count();
        let possible = own.len().saturating_sub(TOGETHER - 1);
        let within = possible > 0 && hits * 10 >= possible * 7;
        if within {
            met.extend(own.windows(TOGETHER).map(<[String]>::to_vec));
        }
        inside.push(within);
    }
    let covered = known.iter().filter(|window| met.contains(**window)).count() as f64 / known.len().max(1) as f64;
    let paragraphs: Vec<String> = body
        .lines()
        .map(str::trim)
        .filter(|row| !row.is_empty())
        .map(str::to_owned)
        .collect();
    // A text that was cut ends within a line.
    let end = &words[words.len() - 6..];
    let ends = lines.iter().any(|line| tokens(&line.line.text).ends_with(end));
    let share = if ends { 6 } else { 9 };
    match covered {
        // A teaser ends long before the page does.
        _ if covered >= 0.8 && words.len() * 10 >= shown * share => Stated::Shown(inside),
        _ if covered < 0.6 && words.len() * 2 > shown * 3 && words.len() >= 2 * WHOLE => Stated::Hidden(paragraphs),
        _ => Stated::Nothing,
    }
}

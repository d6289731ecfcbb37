//! Comparing words of different places of a page.

use std::collections::HashSet;

use super::tree::Tree;

/// The text without markup, references resolved, white space collapsed.
pub(super) fn plain(text: &str) -> String {
    plain_lines(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`plain`], with the line ends kept.
pub(super) fn plain_lines(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut text = strip(text);
    // References are often escaped twice.
    if text.contains("&#") || text.contains("&amp;") || text.contains("&quot;") || text.contains("&nbsp;") {
        text = strip(&text);
    }
    text
}

fn strip(text: &str) -> String {
    // A lone "<" of the words is no tag.
    if text.contains('<') && !text.contains('>') {
        return text.to_owned();
    }
    let tree = Tree::parse(text);
    let mut out = String::new();
    for node in &tree.nodes {
        match node.name {
            _ if node.is_text() => out.push_str(&node.text),
            "br" | "p" | "li" | "div" | "h2" | "h3" => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// Lower-case words, without signs.
pub(super) fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['’', '‘'], "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Share of words in common, 0 to 1: F1 of the two sets.
pub(super) fn overlap(one: &str, other: &str) -> f64 {
    let (one, other): (HashSet<_>, HashSet<_>) =
        (tokens(one).into_iter().collect(), tokens(other).into_iter().collect());
    let common = one.intersection(&other).count();
    match one.len() + other.len() {
        0 => 0.0,
        both => 2.0 * common as f64 / both as f64,
    }
}

/// Letters and digits alone, lower case: "The Daily Star" and "thedailystar" are the same.
pub(super) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

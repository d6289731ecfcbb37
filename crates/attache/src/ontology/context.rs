//! Words that show PLOVER's contexts, compiled for look-up.

use std::collections::HashMap;

use super::schema::Named;

/// What a word says of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shows {
    /// It alone shows it.
    Strongly,
    /// Only with others.
    Weakly,
    /// It means something else.
    Not,
}

/// A word or phrase of a context.
#[derive(Debug, Clone)]
pub struct ContextWord {
    /// Its words, hyphens and clitics apart, lower case.
    pub words: Vec<String>,
    /// Index of the context.
    pub context: usize,
    /// What it says.
    pub shows: Shows,
}

/// All words of all contexts.
#[derive(Debug, Clone, Default)]
pub struct ContextWords {
    by_first: HashMap<String, Vec<ContextWord>>,
}

impl ContextWords {
    pub(crate) fn of(contexts: &[Named]) -> ContextWords {
        let mut all = ContextWords::default();
        for (context, named) in contexts.iter().enumerate() {
            let lists = [
                (&named.words, Shows::Strongly),
                (&named.hints, Shows::Weakly),
                (&named.unless, Shows::Not),
            ];
            for (list, shows) in lists {
                for phrase in list {
                    let words = atoms(phrase);
                    if let Some(first) = words.first().cloned() {
                        let word = ContextWord { words, context, shows };
                        all.by_first.entry(first).or_default().push(word);
                    }
                }
            }
        }
        all
    }

    /// The phrases that begin with a word.
    pub fn beginning(&self, word: &str) -> &[ContextWord] {
        self.by_first.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The words of a phrase or token, hyphens and clitics apart, in lower case.
pub(crate) fn atoms(phrase: &str) -> Vec<String> {
    let plain = phrase.to_lowercase().replace('’', "'");
    let mut all = Vec::new();
    for word in plain.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–')) {
        match word.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => all.extend([stem.to_owned(), "'s".to_owned()]),
            _ if word.is_empty() => {}
            _ => all.push(word.to_owned()),
        }
    }
    all
}

/// What is wrong with the words of a context, if anything.
pub(crate) fn fault(named: &Named) -> Option<String> {
    let all = || named.words.iter().chain(&named.hints).chain(&named.unless);
    if let Some(word) = all().find(|w| w.trim().is_empty() || w.to_lowercase() != **w) {
        return Some(format!("`{word}` is not in small letters"));
    }
    let twice = named.hints.iter().find(|h| named.words.contains(h));
    twice.map(|word| format!("`{word}` is both a word and a hint"))
}

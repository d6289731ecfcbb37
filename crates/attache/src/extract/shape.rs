//! What a unit looks like: prose, title, label.

use super::line::ends_sentence;

/// Bytes of a unit that are looked at; more of a long paragraph tells nothing new.
const LOOK: usize = 4_000;

/// Counts that tell prose from furniture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shape {
    /// Words; scripts without spaces count two characters as one.
    pub words: usize,
    /// Ends as a sentence does.
    pub stop: bool,
    /// Ends in a single full stop.
    pub full_stop: bool,
    /// Share of English function words, 0 to 1.
    pub function: f32,
    /// Share of capitalised words among the longer ones, 0 to 1.
    pub capitals: f32,
    /// Begins with a small letter.
    pub lower_start: bool,
    /// Letters and digits in it at all.
    pub letters: usize,
    /// Digits among them.
    pub digits: usize,
    /// Mostly outside the Latin script, where `function` and `capitals` mean nothing.
    pub foreign: bool,
}

impl Shape {
    pub fn of(words: &str) -> Self {
        let look = &words[..floor_boundary(words, LOOK)];
        let mut shape = Self {
            stop: ends_sentence(words) && !ends_in_initials(words),
            lower_start: words.starts_with(char::is_lowercase),
            ..Self::default()
        };
        shape.full_stop = shape.stop && ends_in_full_stop(words);
        let (mut function, mut long, mut capital) = (0usize, 0usize, 0usize);
        for word in look.split_whitespace() {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            if core.is_empty() {
                continue;
            }
            shape.words += 1;
            if is_function(core) {
                function += 1;
            } else if core.len() > 2 && core.starts_with(char::is_alphabetic) {
                long += 1;
                capital += usize::from(core.starts_with(char::is_uppercase));
            }
        }
        shape.function = share(function, shape.words);
        shape.capitals = share(capital, long);
        count_letters(look, &mut shape);
        shape
    }

    /// A sentence or more, rather than a title or a label.
    pub fn prose(&self) -> bool {
        if self.foreign {
            return (self.stop && self.words >= 5) || self.words >= 14;
        }
        let sentence = self.stop && self.words >= 4 && (self.function >= 0.12 || self.words >= 9);
        let long = self.words >= 14 && self.function >= 0.2;
        // Names make a sentence look like a title, but few titles end in a full stop.
        let brief = self.full_stop && self.words >= 2 && self.function > 0.0 && self.capitals < 0.5;
        let named = self.full_stop && sentence && self.capitals < 1.0;
        brief || (sentence || long) && (!self.titled() || named || self.words >= 25)
    }

    /// Prose that an article is made of.
    pub fn strong(&self) -> bool {
        self.prose() && self.words >= 12
    }

    /// In Title Case or in CAPITALS.
    pub fn titled(&self) -> bool {
        self.words >= 2 && self.capitals >= 0.7
    }

    /// Mostly digits and signs.
    pub fn numeric(&self) -> bool {
        self.letters == 0 || self.digits * 2 > self.letters
    }
}

fn ends_in_full_stop(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '”', '’', '\'', ')']);
    bare.ends_with('.') && !bare.ends_with("..")
}

/// "… Tensions With U.S." is a title's end, not a sentence's.
fn ends_in_initials(words: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or("");
    last.ends_with('.')
        && last.len() >= 4
        && last
            .as_bytes()
            .chunks(2)
            .all(|pair| pair.len() == 2 && pair[0].is_ascii_uppercase() && pair[1] == b'.')
}

fn count_letters(look: &str, shape: &mut Shape) {
    let (mut latin, mut unspaced) = (0usize, 0usize);
    for c in look.chars().filter(|c| c.is_alphanumeric()) {
        shape.letters += 1;
        shape.digits += usize::from(c.is_numeric());
        latin += usize::from(c < '\u{250}');
        unspaced += usize::from(matches!(c, '\u{E00}'..='\u{EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'));
    }
    shape.foreign = latin * 2 < shape.letters;
    shape.words += unspaced / 2;
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// The largest boundary of a character at or below `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// In alphabetical order.
const FUNCTION: [&str; 89] = [
    "a", "about", "after", "against", "all", "also", "although", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "during",
    "each", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it",
    "its", "may", "more", "most", "must", "no", "nor", "not", "of", "on", "or", "our", "over", "said", "she", "should",
    "since", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "under", "until", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with",
    "would",
];

/// Articles, prepositions, pronouns, auxiliaries: the mortar of English sentences.
pub(super) fn is_function(word: &str) -> bool {
    word.len() <= 8 && FUNCTION.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

/// Lower case, single spaces, without punctuation at the ends: for comparing units and looking up labels.
pub(super) fn key(words: &str) -> String {
    let lower = words[..floor_boundary(words, LOOK)]
        .to_lowercase()
        .replace(['’', '‘'], "'");
    let joined = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    joined
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '©'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_titles() {
        assert!(Shape::of("The duke signed the treaty.").prose());
        assert!(Shape::of("He left the hall without a word").words == 7);
        assert!(!Shape::of("Duke Signs Treaty Amid Row With U.S.").prose());
        assert!(Shape::of("Duke Signs Treaty Amid Row With U.S.").titled());
        assert!(!Shape::of("Will Duke Sign the Treaty?").prose());
        assert!(!Shape::of("Duke Signs Treaty at Old Castle as Powers...").prose());
        assert!(Shape::of("Klemens Metternich had a meeting with King Max Joseph of Bavaria.").prose());
        assert!(!Shape::of("Accessibility links").prose());
        assert!(Shape::of("Герцог подписал договор о мире с соседями.").prose());
        assert!(Shape::of("代表们在维也纳签署了一项新的和平条约。").prose());
        assert!(Shape::of("").numeric());
    }

    #[test]
    fn function_words_are_in_order() {
        assert!(FUNCTION.is_sorted());
    }
}

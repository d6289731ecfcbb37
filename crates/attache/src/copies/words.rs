//! The words of a document's paragraphs, as hashes that overlook case, accents, punctuation and the form of quotation marks.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::document::{Block, Document};

/// A word of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Hash of its letters and digits.
    pub hash: u64,
    /// Stands in quotation marks.
    pub quoted: bool,
    /// A number, or capitalised within its sentence: what tells one happening from another told by the same form.
    pub telling: bool,
}

/// The words of paragraphs and turns, in order.
pub fn words(document: &Document) -> Vec<Word> {
    let mut words = Vec::new();
    for block in document.blocks.iter().filter(|block| Block::is_content(block)) {
        of_block(block.span.text(&document.text), &mut words);
    }
    words
}

/// Quotation marks end with the paragraph, whether closed or not.
fn of_block(text: &str, words: &mut Vec<Word>) {
    let mut closing = None;
    let mut sentence_start = true;
    let mut letters = String::new();
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if c.is_alphanumeric() || is_combining_mark(c) {
            letters.push(c);
        } else if is_inside(before, c, after) {
            letters.extend((c == '.').then_some(c));
        } else {
            if !letters.is_empty() {
                words.push(word(&letters, closing.is_some(), sentence_start));
                letters.clear();
                sentence_start = false;
            }
            sentence_start |= matches!(c, '.' | '!' | '?' | ':' | '"' | '“' | '«' | '„');
            closing = quotation(closing, before, c, after);
        }
        before = c;
    }
    if !letters.is_empty() {
        words.push(word(&letters, closing.is_some(), sentence_start));
    }
}

/// An apostrophe within a word, a comma or a point within a number.
fn is_inside(before: char, c: char, after: char) -> bool {
    match c {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        ',' | '.' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// The mark that closes the quotation after `c`; `None` outside of one.
fn quotation(closing: Option<char>, before: char, c: char, after: char) -> Option<char> {
    let opens = !before.is_alphanumeric() && after.is_alphanumeric();
    let ends = !after.is_alphanumeric();
    match (closing, c) {
        (None, '"') => Some('"'),
        (None, '“') => Some('”'),
        (None, '„') => Some('“'),
        (None, '«') => Some('»'),
        (None, '‘') if opens => Some('’'),
        (None, '\'') if opens => Some('\''),
        (Some('’'), '’') | (Some('\''), '\'') => closing.filter(|_| !ends),
        (Some('”'), '"') | (Some('"'), '”') => None,
        (Some(wanted), c) if wanted == c => None,
        _ => closing,
    }
}

fn word(letters: &str, quoted: bool, sentence_start: bool) -> Word {
    let number = letters.bytes().any(|byte| byte.is_ascii_digit());
    let capital = letters.chars().next().is_some_and(char::is_uppercase);
    let hash = match letters.is_ascii() {
        true => fnv(letters.bytes().map(|byte| byte.to_ascii_lowercase())),
        false => {
            let plain: String = letters.nfd().filter(|c| !is_combining_mark(*c)).collect();
            fnv(plain.to_lowercase().bytes())
        }
    };
    Word {
        hash,
        quoted,
        telling: number || capital && !sentence_start,
    }
}

/// FNV-1a, well mixed at the end; the same on every machine.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    mixed(bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
pub fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        of_block(text, &mut words);
        words
    }

    fn hashes(text: &str) -> Vec<u64> {
        of(text).iter().map(|word| word.hash).collect()
    }

    fn marked(text: &str, mark: impl Fn(&Word) -> bool) -> String {
        let marks = of(text);
        marks.iter().map(|word| if mark(word) { 'x' } else { '-' }).collect()
    }

    #[test]
    fn case_accents_and_punctuation_make_no_difference() {
        assert_eq!(hashes("Raúl Castro’s 1,200 men"), hashes("raul castro's — 1200 MEN."));
        assert_eq!(hashes("Rau\u{301}l"), hashes("Raul"));
        assert_eq!(hashes("one two").len(), 2);
        assert_ne!(hashes("3.5"), hashes("35"));
        assert_eq!(hashes("well-known"), hashes("well known"));
    }

    #[test]
    fn quotations_in_their_many_forms() {
        let quoted = |text| marked(text, |word| word.quoted);
        for text in [
            "He said \"we go\" now",
            "He said “we go” now",
            "He said «we go» now",
            "He said ‘we go’ now",
            "He said 'we go' now",
            "He said „we go“ now",
        ] {
            assert_eq!(quoted(text), "--xx-", "{text}");
        }
        assert_eq!(
            quoted("the ministers' talks and Iran's reply"),
            "-------"[..6].to_owned()
        );
        assert_eq!(quoted("‘It’s over,’ she said"), "xx--");
        assert_eq!(quoted("“Never closed"), "xx");
    }

    #[test]
    fn numbers_and_names_tell() {
        let telling = |text| marked(text, |word| word.telling);
        assert_eq!(
            telling("The minister met Erna Solberg on 4 May. Talks followed."),
            "---xx-xx--"
        );
    }
}

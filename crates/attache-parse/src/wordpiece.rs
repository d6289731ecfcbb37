//! Words as the network reads them: word pieces and case classes. `training/text.py` does the same.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that are looked at.
const MAX_CHARS: usize = 48;
/// Word pieces of a word that are kept.
const MAX_PIECES: usize = 8;
/// Longest piece of any vocabulary, in bytes; longer runs need not be looked up.
const LONGEST: usize = 32;

/// The vocabulary of word pieces; pieces that continue a word are kept apart.
pub(crate) struct Vocabulary {
    starts: HashMap<&'static str, i32>,
    continues: HashMap<&'static str, i32>,
    unknown: i32,
}

impl Vocabulary {
    /// Reads one piece a line; ids are line numbers from 0. Piece 0 must be `[CLS]`.
    pub(crate) fn new(lines: &'static str) -> Option<Self> {
        let (mut starts, mut continues) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0..).zip(lines.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continues.insert(rest, id),
                _ => starts.insert(piece, id),
            };
        }
        let unknown = starts.get("[UNK]").copied()?;
        (starts.get("[CLS]") == Some(&0)).then_some(Self {
            starts,
            continues,
            unknown,
        })
    }

    /// Adds the ids of the word's pieces: at least one, at most [`MAX_PIECES`].
    pub(crate) fn encode(&self, word: &str, out: &mut Vec<i32>) {
        let before = out.len();
        let text = normalise(word);
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let (chunk, after) = rest.split_at(letters.max(if letters == 0 { first.len_utf8() } else { 0 }));
            self.encode_chunk(chunk, out);
            rest = after;
        }
        out.truncate(before + MAX_PIECES);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// Longest pieces first; a chunk that does not come out even is one unknown piece.
    fn encode_chunk(&self, chunk: &str, out: &mut Vec<i32>) {
        let before = out.len();
        let mut start = 0;
        while start < chunk.len() {
            let pieces = if start == 0 { &self.starts } else { &self.continues };
            let found = (start + 1..=chunk.len().min(start + LONGEST))
                .rev()
                .filter_map(|end| chunk.get(start..end))
                .find_map(|piece| pieces.get(piece).map(|id| (piece.len(), *id)));
            let Some((length, id)) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            start += length;
        }
    }
}

/// Straight quotes and dashes, lower case, no accents, no white space or control characters.
fn normalise(word: &str) -> String {
    if word.is_ascii() && word.len() <= MAX_CHARS {
        return word
            .chars()
            .filter(|c| !c.is_ascii_control() && *c != ' ')
            .map(|c| plain(c.to_ascii_lowercase()))
            .collect();
    }
    let mut mapped = String::new();
    for c in word.chars().take(MAX_CHARS) {
        if c == '…' {
            mapped.push_str("...");
        } else {
            mapped.push(plain(c));
        }
    }
    mapped
        .to_lowercase()
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
        .collect()
}

fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0001}'..='\u{e007f}')
}

/// Class of capitals in a sentence that is all in capitals.
const SHOUTED: i32 = 16;
/// Class of a capitalised word that may owe its capital to where it stands.
const OPENING: i32 = 17;

/// The class of every word of a sentence, 0 to 17.
///
/// The vocabulary knows no capitals; this gives back what they tell.
pub(crate) fn case_classes<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Vec<i32> {
    let mut classes = words.clone().map(case_class).collect::<Vec<_>>();
    let count = |wanted: fn(i32) -> bool| classes.iter().filter(|c| wanted(**c)).count();
    let lower = count(|c| matches!(c, 5..=7));
    let capitals = count(|c| matches!(c, 10 | 11));
    let shouted = capitals >= 2 && lower == 0 && capitals * 2 > count(|c| c >= 4);
    let mut opening = true;
    for (word, class) in words.zip(&mut classes) {
        let own = *class;
        if shouted && matches!(own, 4 | 8..=11) {
            *class = SHOUTED;
        } else if opening && own == 12 {
            *class = OPENING;
        }
        if own >= 4 {
            opening = false;
        } else if matches!(word, ":" | "\"" | "“" | "``" | "''") {
            opening = true;
        }
    }
    classes
}

/// The class of one word without its context, 0 to 15.
fn case_class(word: &str) -> i32 {
    let (mut length, mut letters, mut digits, mut uppers, mut first) = (0, 0, 0, 0, false);
    for c in word.chars() {
        length += 1;
        if c.is_alphabetic() {
            letters += 1;
            uppers += usize::from(c.is_uppercase());
            first |= letters == 1 && c.is_uppercase();
        } else if c.is_numeric() {
            digits += 1;
        }
    }
    let plain = letters == length;
    let with_signs = |class: i32| if plain { class } else { class + 1 };
    match (letters, digits) {
        (0, 0) => 3 * i32::from(length != 1),
        (0, _) => 1 + i32::from(digits != length),
        (_, 1..) => 5 - i32::from(uppers > 0),
        _ if uppers == 0 => with_signs(6),
        (1, _) => with_signs(8),
        _ if uppers == letters => with_signs(10),
        _ if first && uppers == 1 => with_signs(12),
        _ => 15 - i32::from(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_as_in_training() {
        let classes = |words: &[&str]| case_classes(words.iter().copied());
        assert_eq!(
            classes(&["Putin", "met", "Xi", "in", "the", "U.S.", "."]),
            [17, 6, 12, 6, 6, 11, 0]
        );
        assert_eq!(classes(&["PUTIN", "MEETS", "XI", "!"]), [16, 16, 16, 0]);
        assert_eq!(
            classes(&["1,000", "1990s", "F16", "iPhone", "McCain", "--", "I"]),
            [2, 5, 4, 15, 14, 3, 8]
        );
    }

    #[test]
    fn words_without_letters_have_pieces() {
        let vocabulary = Vocabulary::new("[CLS]\n[UNK]\na\n##b\n").expect("complete vocabulary");
        for word in ["", "\u{0}", "\u{200b}", "😀", " "] {
            let mut out = Vec::new();
            vocabulary.encode(word, &mut out);
            assert_eq!(out, [1], "{word:?}");
        }
        let mut out = Vec::new();
        vocabulary.encode("Ább", &mut out);
        assert_eq!(out, [2, 3, 3]);
    }
}

//! Words of a sentence, by the conventions of UD English (EWT).
//!
//! Clitics stand alone (`do|n't`, `Castro|'s`, `can|not`), hyphenated compounds come apart (`Moscow|-|backed`) unless the
//! first part is a prefix (`pro-Russian`), signs leave their numbers (`$|5.1`, `20|%`), abbreviations keep their stop.

use crate::Span;

/// One word as found in the text, before tagging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawToken {
    /// Where the word stands in the text, in bytes; never empty, never with white space inside.
    pub span: Span,
    /// The word as written.
    pub form: String,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// Cuts the part of `text` that `sentence` covers into words, in text order.
///
/// Every character that is not white space falls into exactly one word. A span that does not fit the text gives no words.
/// Time is linear in the length of the sentence.
pub fn tokenize(text: &str, sentence: Span) -> Vec<RawToken> {
    let part = sentence.text(text);
    let mut tokens = Vec::with_capacity(part.len() / 5 + 1);
    let mut pieces = Vec::new();
    for (at, chunk) in chunks(part) {
        pieces.clear();
        let last = part[at + chunk.len()..].trim().is_empty();
        split_chunk(chunk, last, &mut pieces);
        for span in &pieces {
            let span = span.shift(sentence.start + at);
            let space_after = text[span.end..].chars().next().is_some_and(char::is_whitespace);
            let form = span.text(text).to_owned();
            tokens.push(RawToken { span, form, space_after });
        }
    }
    tokens
}

/// Whether `word`, written without a space after `before`, is a clitic that makes one written word with it.
///
/// Such pairs are one multiword token in CoNLL-U: `do|n't`, `Castro|'s`, `can|not`.
pub fn is_clitic(before: &str, word: &str) -> bool {
    if !before.chars().next_back().is_some_and(char::is_alphanumeric) {
        return false;
    }
    let word = plain_apostrophes(word);
    let before = before.to_ascii_lowercase();
    match word.as_str() {
        "n't" | "'s" | "'m" | "'re" | "'ve" | "'ll" | "'d" => true,
        "'" => before.ends_with('s') || before.ends_with('z') || before.ends_with('x'),
        _ => FUSED.iter().any(|(first, second)| *first == before && *second == word),
    }
}

/// Words written together without an apostrophe: first part, second part.
const FUSED: [(&str, &str); 25] = [
    ("can", "not"),
    ("gon", "na"),
    ("wan", "na"),
    ("got", "ta"),
    ("out", "ta"),
    ("do", "nt"),
    ("did", "nt"),
    ("does", "nt"),
    ("is", "nt"),
    ("was", "nt"),
    ("were", "nt"),
    ("are", "nt"),
    ("have", "nt"),
    ("has", "nt"),
    ("had", "nt"),
    ("could", "nt"),
    ("would", "nt"),
    ("should", "nt"),
    ("wo", "nt"),
    ("ca", "nt"),
    ("ai", "nt"),
    ("i", "m"),
    ("i", "ve"),
    ("you", "ll"),
    ("that", "s"),
];

/// First parts that a hyphen does not cut off.
const PREFIXES: [&str; 36] = [
    "anti", "arch", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "infra", "inter", "intra", "mega", "meta",
    "micro", "mid", "mini", "mis", "multi", "neo", "non", "over", "para", "post", "pre", "pro", "psycho", "quasi", "re",
    "semi", "socio", "sub", "super", "trans", "un",
];

/// Last parts that a hyphen does not cut off.
const SUFFIXES: [&str; 5] = ["wise", "esque", "ever", "like-minded", "ish"];

/// Abbreviations without an inner stop whose stop belongs to the word even where another word follows.
const ABBREVIATIONS: [&str; 118] = [
    "adm", "al", "apr", "approx", "apt", "arr", "assn", "asst", "atty", "aug", "ave", "bldg", "blvd", "brig", "bros", "ca",
    "capt", "cf", "cmdr", "co", "col", "comdr", "conf", "conn", "corp", "cpl", "dec", "del", "dep", "dept", "det", "dir",
    "dist", "div", "dr", "ed", "eds", "esp", "esq", "est", "etc", "ext", "feb", "fla", "fr", "fri", "ft", "gen", "gov", "govs",
    "hon", "inc", "insp", "jan", "jr", "jul", "jun", "kan", "la", "lb", "lbs", "lt", "ltd", "maj", "mar", "mass", "md",
    "messrs", "mfg", "mich", "minn", "mlle", "mme", "mon", "mr", "mrs", "ms", "msgr", "mt", "mts", "neb", "nev", "no", "nos",
    "nov", "oct", "okla", "ore", "oz", "pa", "pp", "pres", "prof", "pvt", "rep", "reps", "rev", "sat", "sec", "sen", "sens",
    "sep", "sept", "sgt", "sgts", "spec", "sr", "st", "supt", "tenn", "tex", "thu", "thur", "tue", "tues", "univ", "va",
    "vol",
];

/// More of the same; kept apart only to keep the lines above in order.
const ABBREVIATIONS_LATE: [&str; 12] = ["vols", "vs", "vt", "wash", "wed", "wis", "wyo", "yr", "yrs", "min", "mins", "attn"];

/// Units that leave the number they are written to.
const UNITS: [&str; 44] = [
    "am", "pm", "m", "k", "b", "bn", "mn", "tn", "mm", "cm", "km", "kg", "g", "mg", "ft", "lb", "lbs", "oz", "mph", "kph",
    "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "kw", "mw", "gw", "kwh", "mwh", "x", "hh", "t", "min", "mins", "hrs",
    "hr", "yrs", "yr", "sq", "f",
];

/// Endings that make a word with inner stops an address or a file name.
const DOMAINS: [&str; 48] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "co", "uk", "us", "eu", "de", "fr", "ru", "ua", "cn", "jp",
    "in", "ca", "au", "nz", "ie", "ch", "nl", "se", "no", "fi", "dk", "io", "tv", "me", "il", "ir", "za", "br", "doc", "docx",
    "xls", "pdf", "txt", "html", "htm", "jpg", "zip", "url", "exe",
];

/// Whether the word (without its stop) is a known abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ABBREVIATIONS.contains(&lower.as_str()) || ABBREVIATIONS_LATE.contains(&lower.as_str())
}

/// The runs of characters between white space, with their byte offsets.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|chunk| (chunk.as_ptr() as usize - text.as_ptr() as usize, chunk))
}

fn plain_apostrophes(word: &str) -> String {
    word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }).collect()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')
}

/// Whether the character stands for itself and ends any word: punctuation and symbols of all kinds.
fn is_sign(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() || c.is_ascii_control();
    }
    matches!(c,
        '\u{a1}'..='\u{a9}' | '\u{ab}'..='\u{ac}' | '\u{ae}'..='\u{b1}' | '\u{b4}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
        | '\u{d7}' | '\u{f7}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{2bff}'
        | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{1f000}'..='\u{1faff}')
}

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
            tokens.push(RawToken {
                span,
                form,
                space_after,
            });
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
const FUSED: [(&str, &str); 28] = [
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
    ("you", "ll"),
    ("that", "s"),
    ("there", "s"),
    ("here", "s"),
    ("they", "re"),
    ("i", "ve"),
    ("a", "lot"),
];

/// First parts that a hyphen does not cut off.
const PREFIXES: [&str; 36] = [
    "anti", "arch", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "infra", "inter", "intra", "mega",
    "meta", "micro", "mid", "mini", "mis", "multi", "neo", "non", "over", "para", "post", "pre", "pro", "psycho",
    "quasi", "re", "semi", "socio", "sub", "super", "trans", "un",
];

/// Last parts that a hyphen does not cut off.
const SUFFIXES: [&str; 3] = ["wise", "esque", "ever"];

/// Abbreviations without an inner stop whose stop belongs to the word even where another word follows.
const ABBREVIATIONS: [&str; 118] = [
    "adm", "al", "apr", "approx", "apt", "arr", "assn", "asst", "atty", "aug", "ave", "bldg", "blvd", "brig", "bros",
    "ca", "capt", "cf", "cmdr", "co", "col", "comdr", "conf", "conn", "corp", "cpl", "dec", "del", "dep", "dept",
    "det", "dir", "dist", "div", "dr", "ed", "eds", "esp", "esq", "est", "etc", "ext", "feb", "fla", "fr", "fri", "ft",
    "gen", "gov", "govs", "hon", "inc", "insp", "jan", "jr", "jul", "jun", "kan", "la", "lb", "lbs", "lt", "ltd",
    "maj", "mar", "mass", "md", "messrs", "mfg", "mich", "minn", "mlle", "mme", "mon", "mr", "mrs", "ms", "msgr", "mt",
    "mts", "neb", "nev", "no", "nos", "nov", "oct", "okla", "ore", "oz", "pa", "pp", "pres", "prof", "pvt", "rep",
    "reps", "rev", "sat", "sec", "sen", "sens", "sep", "sept", "sgt", "sgts", "spec", "sr", "st", "supt", "tenn",
    "tex", "thu", "thur", "tue", "tues", "univ", "va", "vol",
];

/// More of the same; kept apart only to keep the lines above in order.
const ABBREVIATIONS_LATE: [&str; 17] = [
    "vols", "vs", "vt", "wash", "wed", "wis", "wyo", "v", "pop", "ont", "que", "calif", "yr", "yrs", "min", "mins",
    "attn",
];

/// Units that leave the number they are written to.
const UNITS: [&str; 42] = [
    "am", "pm", "m", "k", "b", "bn", "mn", "tn", "mm", "cm", "km", "kg", "mg", "ft", "lb", "lbs", "oz", "mph", "kph",
    "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "kw", "mw", "gw", "kwh", "mwh", "x", "hh", "t", "min", "mins",
    "hrs", "hr", "yrs", "yr", "sq",
];

/// Endings that make a word with inner stops an address or a file name.
const DOMAINS: [&str; 44] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "co", "uk", "eu", "de", "fr", "ru", "ua", "cn",
    "jp", "ca", "au", "nz", "ie", "ch", "nl", "se", "fi", "dk", "io", "tv", "il", "ir", "za", "br", "doc", "docx",
    "xls", "pdf", "txt", "html", "htm", "jpg", "zip", "url", "exe",
];

/// First parts of the names of newsgroups.
const NEWSGROUPS: [&str; 8] = ["alt", "comp", "misc", "news", "rec", "sci", "soc", "talk"];

/// Whether the word (without its stop) is a known abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ABBREVIATIONS.contains(&lower.as_str()) || ABBREVIATIONS_LATE.contains(&lower.as_str())
}

/// The runs of characters between white space, with their byte offsets.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].find(|c: char| !c.is_whitespace())?;
        let len = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        at += len;
        Some((at - len, &text[at - len..at]))
    })
}

fn plain_apostrophes(word: &str) -> String {
    word.chars()
        .map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() })
        .collect()
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

/// Cuts one run without white space; `last` says that the sentence ends with it. Spans are relative to the chunk.
fn split_chunk(chunk: &str, last: bool, out: &mut Vec<Span>) {
    if let Some(address) = address(chunk) {
        scan(chunk, 0, address.start, false, out);
        out.push(address);
        scan(chunk, address.end, chunk.len(), last, out);
    } else {
        scan(chunk, 0, chunk.len(), last, out);
    }
}

/// The URL, mail address or file name inside the chunk, without brackets and stops around it.
fn address(chunk: &str) -> Option<Span> {
    if !chunk.contains(['.', '@', ':']) {
        return None;
    }
    let core = chunk.trim_start_matches(|c| is_sign(c) && !matches!(c, '@' | '#' | '/'));
    let start = chunk.len() - core.len();
    let core = core.trim_end_matches(|c| is_sign(c) && !matches!(c, '/' | '_' | '#' | '='));
    if core.starts_with("mailto:") {
        return Some(Span::new(start, start + core.len()));
    }
    if let Some(colon) = core.find("://") {
        let scheme = core[..colon]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| next_char(core, at));
        let url = &core[scheme..];
        let len = url.find(['<', '>', '"', '”', '“']).unwrap_or(url.len());
        return (scheme < colon).then(|| Span::new(start + scheme, start + scheme + len));
    }
    is_address(core).then(|| Span::new(start, start + core.len()))
}

fn is_address(core: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| !is_sign(c) || matches!(c, '-' | '_' | '.' | '%' | '+' | '#' | '~'))
    };
    if let Some((user, host)) = core.split_once('@') {
        return plain(user) && host.contains('.') && plain(host);
    }
    if core.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        return true;
    }
    let host = core.split(['/', '?']).next().unwrap_or("");
    let small = host.chars().all(|c| c == '.' || c == '-' || c.is_ascii_lowercase());
    if small
        && host
            .split_once('.')
            .is_some_and(|(group, rest)| NEWSGROUPS.contains(&group) && !rest.is_empty())
    {
        return true;
    }
    let Some((name, ending)) = host.rsplit_once('.') else {
        return false;
    };
    let label = name.rsplit('.').next().unwrap_or("");
    let lower = ending.to_ascii_lowercase();
    let same_case = ending == lower || !host.contains(|c: char| c.is_lowercase());
    plain(name) && label.chars().nth(1).is_some() && same_case && DOMAINS.contains(&lower.as_str())
}

/// Cuts `chunk[from..to]` from left to right into words and signs.
fn scan(chunk: &str, from: usize, to: usize, last: bool, out: &mut Vec<Span>) {
    let part = &chunk[..to];
    let mut at = from;
    while at < to {
        if let Some(run) = first_run(part, at) {
            let end = word_end(part, at, run);
            let stop = keeps_stop(part, at, end, last);
            split_word(part, Span::new(at, end), out);
            if let Some(word) = out.last_mut().filter(|_| stop) {
                word.end += 1;
            }
            at = end + usize::from(stop);
        } else {
            let end = sign_end(part, at);
            out.push(Span::new(at, end));
            at = end;
        }
    }
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// End of the run of word characters that starts at `at`; `at` itself where a sign stands there.
fn run_end(text: &str, at: usize) -> usize {
    text[at..].find(is_sign).map_or(text.len(), |len| at + len)
}

/// Where a word starts at `at`, the end of its first run of word characters.
fn first_run(text: &str, at: usize) -> Option<usize> {
    let first = char_at(text, at)?;
    if !is_sign(first) {
        return Some(run_end(text, at));
    }
    let body = at + first.len_utf8();
    let end = run_end(text, body);
    let run = &text[body..end];
    let digits = |n: usize| run.len() >= n && run.as_bytes()[..n].iter().all(u8::is_ascii_digit);
    let word = match first {
        '.' => digits(1),
        '+' => digits(1),
        '#' | '@' => run.chars().next().is_some_and(char::is_alphabetic),
        _ if is_apostrophe(first) => digits(2) || matches!(run, "em" | "n" | "til" | "cause" | "bout" | "tis" | "twas"),
        _ => false,
    };
    word.then_some(end)
}

/// Extends a word over the connectors that hold its parts together.
fn word_end(text: &str, start: usize, first_end: usize) -> usize {
    let mut run_start = start;
    let mut end = first_end;
    loop {
        if let Some(number) = digit_groups(text, run_start, end) {
            end = number;
        }
        let Some(connector) = char_at(text, end) else {
            return end;
        };
        let next = end + connector.len_utf8();
        if connector == '$' && is_dollar(text, start, end) {
            return next;
        }
        let next_end = run_end(text, next);
        let link = Link {
            word: &text[start..end],
            run: &text[run_start..end],
            connector,
            next: &text[next..next_end],
        };
        if next_end == next || !link.holds() {
            return end;
        }
        run_start = next;
        end = next_end;
    }
}

/// Whether the dollar sign at `end` belongs to the letters before it: `US$`, `HK$`.
fn is_dollar(text: &str, start: usize, end: usize) -> bool {
    let amount = char_at(text, end + 1).is_none_or(|c| c.is_ascii_digit());
    amount && end - start <= 3 && text[start..end].bytes().all(|b| b.is_ascii_uppercase())
}

/// End of a telephone number or a date in digits with hyphens (`713-853-3989`, `345-9945`), if one starts at `start`.
fn digit_groups(text: &str, start: usize, first_end: usize) -> Option<usize> {
    let is_digits = |run: &str| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&text[start..first_end]) {
        return None;
    }
    // Three groups are always taken whole, so no group is looked at more than a few times.
    let mut groups = vec![first_end - start];
    let mut end = first_end;
    while matches!(char_at(text, end), Some('-' | '/' | '.')) {
        let next_end = run_end(text, end + 1);
        if !is_digits(&text[end + 1..next_end]) {
            break;
        }
        groups.push(next_end - end - 1);
        end = next_end;
    }
    let whole = match groups.as_slice() {
        [3 | 5, 4] => text[start..end].contains('-'),
        groups => groups.len() >= 3,
    };
    whole.then_some(end)
}

/// A sign between two runs of word characters.
struct Link<'a> {
    /// The word so far.
    word: &'a str,
    /// Its last run.
    run: &'a str,
    connector: char,
    /// The run that follows.
    next: &'a str,
}

impl Link<'_> {
    /// Whether the sign makes one word of what stands on both sides.
    fn holds(&self) -> bool {
        match self.connector {
            '.' => self.stop_holds(),
            ',' => self.numbers() && self.next_digits() == 3,
            ':' => self.numbers() && self.next_digits() <= 2,
            '/' => self.numbers() || (is_single(self.run) && is_single(self.next)),
            '&' => self.ampersand_holds(),
            '-' | '‐' | '‑' => self.hyphen_holds(),
            '_' | '@' => true,
            c if is_apostrophe(c) => true,
            _ => false,
        }
    }

    /// Whether the last run is tied to the word by that sign.
    fn tied_by(&self, sign: char) -> bool {
        self.word[..self.word.len() - self.run.len()].ends_with(sign)
    }

    /// Whether digits stand on both sides; letters may follow on the right, as in `5.1bn`.
    fn numbers(&self) -> bool {
        is_number(self.run) && self.next.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Length of the digits on the right.
    fn next_digits(&self) -> usize {
        self.next.bytes().take_while(u8::is_ascii_digit).count()
    }

    fn stop_holds(&self) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        if self.next.starts_with(digit) && self.run.ends_with(digit) {
            return true;
        }
        let letters = |run: &str| run.chars().count() <= 2 && run.chars().all(char::is_alphabetic);
        let single = self.run.chars().count() == 1 || self.tied_by('.') || self.word == "Ph" || self.word == "Lt";
        single && letters(self.run) && letters(self.next)
    }

    fn ampersand_holds(&self) -> bool {
        let capitals = |run: &str| run.len() <= 3 && run.bytes().all(|b| b.is_ascii_uppercase());
        (capitals(self.run) && capitals(self.next)) || (is_single(self.run) && is_single(self.next))
    }

    fn hyphen_holds(&self) -> bool {
        let letter = self.next.chars().next().is_some_and(char::is_alphanumeric);
        let prefix = self.word.len() == self.run.len() && PREFIXES.contains(&self.run.to_lowercase().as_str());
        let day = is_number(self.run) && self.run.len() <= 2 || self.tied_by('-');
        let date = day && (is_month(self.next) || (is_month(self.run) && self.next_digits() == self.next.len()));
        date || (letter && prefix) || SUFFIXES.contains(&self.next.to_lowercase().as_str())
    }
}

/// Whether the word is a month in three letters.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month))
}

fn is_number(run: &str) -> bool {
    let digits = run.trim_start_matches(|c: char| c == '.' || is_apostrophe(c));
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_single(run: &str) -> bool {
    let mut chars = run.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether the full stop right after the word at `start..end` is part of it.
fn keeps_stop(text: &str, start: usize, end: usize, last: bool) -> bool {
    if char_at(text, end) != Some('.') || matches!(char_at(text, end + 1), Some('.' | '…')) {
        return false;
    }
    let word = &text[start..end];
    let rest = &text[end + 1..];
    let dotted = word.contains('.') && word.chars().all(|c| c == '.' || c.is_alphabetic());
    if last && rest.chars().all(is_sign) {
        // A country's initials stay whole wherever they stand; any other last stop ends the sentence.
        return dotted && word.chars().all(|c| c == '.' || c.is_uppercase());
    }
    let initial = is_single(word) && word.chars().all(char::is_uppercase);
    dotted || initial || is_abbreviation(word)
}

/// Adds the word, cut before its clitics and its unit.
fn split_word(text: &str, word: Span, out: &mut Vec<Span>) {
    let form = word.text(text);
    if let Some(cut) = fused_cut(form).or_else(|| unit_cut(form)) {
        out.push(Span::new(word.start, word.start + cut));
        out.push(Span::new(word.start + cut, word.end));
        return;
    }
    let mut cuts = Vec::new();
    let mut end = form.len();
    while let Some(cut) = clitic_cut(&form[..end]) {
        cuts.push(cut);
        end = cut;
    }
    let mut start = word.start;
    for cut in cuts.into_iter().rev().map(|cut| word.start + cut) {
        out.push(Span::new(start, cut));
        start = cut;
    }
    out.push(Span::new(start, word.end));
}

fn fused_cut(form: &str) -> Option<usize> {
    if form.len() > 8 {
        return None;
    }
    let lower = form.to_ascii_lowercase();
    FUSED
        .iter()
        .find_map(|(first, second)| (lower.strip_prefix(first)? == *second).then_some(first.len()))
}

fn unit_cut(form: &str) -> Option<usize> {
    let cut = form.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let number = &form[..cut];
    let plain = number
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'));
    let unit = form[cut..].to_ascii_lowercase();
    (!number.is_empty() && plain && UNITS.contains(&unit.as_str())).then_some(cut)
}

/// Where the last clitic of the form starts.
fn clitic_cut(form: &str) -> Option<usize> {
    let mut tail = form.char_indices().rev().take(4).collect::<Vec<_>>();
    tail.reverse();
    let apostrophe = tail.iter().rposition(|(_, c)| is_apostrophe(*c))?;
    let (at, sign) = tail[apostrophe];
    let clitic = form[at + sign.len_utf8()..].to_ascii_lowercase();
    let (before, previous) = form[..at].char_indices().next_back()?;
    match clitic.as_str() {
        "t" if matches!(previous, 'n' | 'N') && before > 0 => Some(before),
        // Decades written 1930's are one word.
        "s" if previous.is_ascii_digit() => (previous != '0').then_some(at),
        "s" | "m" | "re" | "ve" | "ll" | "d" if previous.is_alphanumeric() => Some(at),
        _ => None,
    }
}

const EMOTICONS: [&str; 12] = [
    ":)", ":(", ":D", ":P", ":-)", ":-(", ";)", ";-)", "=)", "(:", "<3", "[...]",
];

/// End of the punctuation mark or symbol that starts at `at`.
fn sign_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if let Some(face) = EMOTICONS.iter().find(|face| rest.starts_with(**face)) {
        return at + face.len();
    }
    let Some(first) = rest.chars().next() else {
        return text.len();
    };
    let repeats = |c: char| match first {
        '!' | '?' => matches!(c, '!' | '?'),
        // `...?` is one mark.
        '.' | '…' => matches!(c, '.' | '…' | '?' | '!'),
        '-' | '*' | '=' | '_' | '~' | '#' | '+' | '<' | '>' | '`' => c == first,
        '\'' | '’' | '‘' => matches!(c, '\'' | '’') && (c == '\'') == (first == '\''),
        _ => false,
    };
    at + first.len_utf8()
        + rest[first.len_utf8()..]
            .chars()
            .take_while(|c| repeats(*c))
            .map(char::len_utf8)
            .sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> String {
        tokenize(text, Span::new(0, text.len()))
            .into_iter()
            .map(|t| t.form)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn clitics_stand_alone() {
        assert_eq!(
            forms("They don't trust Ortega's envoy."),
            "They do n't trust Ortega 's envoy ."
        );
        assert_eq!(
            forms("He cannot say what they’ll do"),
            "He can not say what they ’ll do"
        );
        assert_eq!(
            forms("The ministers' plan wouldn't've passed"),
            "The ministers ' plan would n't 've passed"
        );
        assert_eq!(
            forms("O'Neill met Qa'im in the 1990's"),
            "O'Neill met Qa'im in the 1990's"
        );
    }

    #[test]
    fn hyphens_cut_compounds_but_not_prefixes() {
        assert_eq!(
            forms("Ankara-backed pro-Western ex-rebels"),
            "Ankara - backed pro-Western ex-rebels"
        );
        assert_eq!(forms("two-day talks, 12-3 vote"), "two - day talks , 12 - 3 vote");
        assert_eq!(forms("call 202-555-0143 or 555-0143"), "call 202-555-0143 or 555-0143");
    }

    #[test]
    fn stops_belong_to_abbreviations() {
        assert_eq!(
            forms("Gen. A. Diaz left the U.S. on Jan. 3."),
            "Gen. A. Diaz left the U.S. on Jan. 3 ."
        );
        assert_eq!(forms("Trade with the U.S."), "Trade with the U.S.");
        assert_eq!(forms("guns, tents, etc."), "guns , tents , etc .");
        assert_eq!(
            forms("It ended at 5 p.m. (3 a.m. GMT)."),
            "It ended at 5 p.m. ( 3 a.m. GMT ) ."
        );
    }

    #[test]
    fn signs_leave_numbers() {
        assert_eq!(forms("$5.1bn, up 20% to US$1,300"), "$ 5.1 bn , up 20 % to US$ 1,300");
        assert_eq!(forms("at 6:30pm on 11/4/2011"), "at 6:30 pm on 11/4/2011");
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            forms("(see http://example.org/a-b?c=1)."),
            "( see http://example.org/a-b?c=1 ) ."
        );
        assert_eq!(
            forms("Write to press.office@example.org, or example.com."),
            "Write to press.office@example.org , or example.com ."
        );
    }

    #[test]
    fn names_of_files_groups_and_numbers_stay_whole() {
        assert_eq!(
            forms("see draft-#2.pdf in talk.politics.misc"),
            "see draft-#2.pdf in talk.politics.misc"
        );
        assert_eq!(forms("phone +44 20 or 01-Feb-02"), "phone +44 20 or 01-Feb-02");
    }

    #[test]
    fn quotes_and_dashes_are_words() {
        assert_eq!(forms("“Never!?” — he said..."), "“ Never !? ” — he said ...");
        assert_eq!(forms("war--if any--ends"), "war -- if any -- ends");
    }
}

//! How names are compared: without accents, case, dots and apostrophes, cut at everything that is no letter or digit.

/// Lower case without accents, by Unicode decomposition; the few Latin letters without one are spelt out.
pub fn fold(c: char, into: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for d in c.nfd().filter(|d| !is_mark(*d)).flat_map(char::to_lowercase) {
        match d {
            'ø' => into.push('o'),
            'ł' => into.push('l'),
            'đ' | 'ð' => into.push('d'),
            'ı' => into.push('i'),
            'ß' => into.push_str("ss"),
            'æ' => into.push_str("ae"),
            'œ' => into.push_str("oe"),
            'þ' => into.push_str("th"),
            'ə' => into.push('e'),
            other => into.push(other),
        }
    }
}

/// Whether a character is a combining mark.
pub fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a character joins the letters around it ("U.S." is `us`, "N'Djamena" is `ndjamena`).
pub fn joins(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '‘' | '`' | '\u{ad}' | '\u{200b}') || is_mark(c)
}

/// The key of a name: its folded words, joined by single spaces; empty for a name without letters and digits.
pub fn key(name: &str) -> String {
    let mut key = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            fold(c, &mut key);
        } else if !joins(c) && !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The consonants of a folded name, alike for the ways of writing the same sounds of another script ("sievierodonetsk",
/// "syeverodonetsk"); empty where too few are left to tell names apart.
pub fn skeleton(key: &str) -> String {
    const ALIKE: [(&str, &str); 17] = [
        ("shch", "s"),
        ("sch", "s"),
        ("zh", "s"),
        ("sh", "s"),
        ("ch", "s"),
        ("kh", "k"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("dj", "j"),
        ("ts", "s"),
        ("tz", "s"),
        ("q", "k"),
        ("c", "k"),
        ("w", "v"),
        ("z", "s"),
    ];
    let mut sounds: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    for (written, sound) in ALIKE {
        sounds = sounds.replace(written, sound);
    }
    let mut bones = String::new();
    for c in sounds
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'))
    {
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    if bones.chars().count() < 4 {
        String::new()
    } else {
        bones
    }
}

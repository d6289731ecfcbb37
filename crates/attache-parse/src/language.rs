//! In which language a text is written.

use crate::lemma;
use whatlang::{Lang, Script};

/// A language and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Language {
    /// ISO 639-1 code, such as `en`.
    pub code: &'static str,
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f64,
}

/// Texts with more letters are long enough for letter statistics alone.
const SHORT: usize = 120;
/// No more of a document is looked at, in bytes.
const ENOUGH: usize = 1 << 16;

/// The language of the text, out of 70; `None` where there is nothing to tell it by.
///
/// Give the whole document where there is one. In a text of a few words in Latin letters, such as a headline, known English
/// words decide whether it is English before letter statistics do, since these take one headline in two for another language.
pub fn identify(text: &str) -> Option<Language> {
    let end = (0..=ENOUGH.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let text = &text[..end];
    let guess = whatlang::detect(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(SHORT + 1).count();
    let latin = guess.as_ref().is_none_or(|info| info.script() == Script::Latin);
    let short = letters <= SHORT && latin;
    if let Some(confidence) = short.then(|| english(text)).flatten() {
        return Some(Language { code: "en", confidence });
    }
    guess.map(|info| Language {
        code: code(info.lang()),
        confidence: info.confidence(),
    })
}

/// How sure a short text is English, if most of its words are.
fn english(text: &str) -> Option<f64> {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    let words = words
        .filter(|word| word.chars().nth(1).is_some())
        .map(str::to_lowercase)
        .collect::<Vec<_>>();
    let plain = words.iter().filter(|word| word.is_ascii()).count();
    let known = words
        .iter()
        .filter(|word| FUNCTION_WORDS.contains(&word.as_str()) || is_content_word(word))
        .count();
    let share = known as f64 / words.len().max(1) as f64;
    // Other languages share words with English, but not most words of a line.
    (known >= 2 && share >= 0.5 && 10 * plain >= 9 * words.len()).then_some(share)
}

fn is_content_word(word: &str) -> bool {
    word.len() > 3 && lemma::is_known(word)
}

/// Frequent English words that the languages written alike do not have.
const FUNCTION_WORDS: [&str; 58] = [
    "the", "and", "of", "to", "for", "with", "from", "by", "at", "on", "as", "is", "are", "was", "were", "be", "been",
    "has", "have", "had", "will", "would", "can", "could", "may", "not", "no", "its", "his", "their", "our", "your",
    "my", "this", "that", "these", "who", "what", "when", "where", "why", "how", "after", "before", "over", "under",
    "amid", "into", "up", "out", "off", "if", "but", "it", "he", "she", "they", "new",
];

/// The two-letter code of a language.
fn code(lang: Lang) -> &'static str {
    CODES
        .iter()
        .find(|(long, _)| *long == lang.code())
        .map_or(lang.code(), |(_, short)| short)
}

const CODES: [(&str, &str); 70] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str) {
        assert_eq!(identify(text).map_or("", |l| l.code), wanted, "{text}");
    }

    #[test]
    fn english_headlines_are_english() {
        for text in [
            "TROOPS SEIZE BORDER TOWN",
            "Police arrest two protesters in capital",
            "PRESIDENT MEETS OPPOSITION LEADERS IN NAIROBI",
            "Ortega rejects call for early elections",
            "Rebels free hostages after talks",
            "U.S. imposes new sanctions on Iran",
            "Minister resigns over leaked letter",
        ] {
            check(text, "en");
        }
    }

    #[test]
    fn short_lines_of_other_languages_are_not_english() {
        check("Le président rencontre les chefs de l'opposition", "fr");
        check("Die Regierung weist den Botschafter aus", "de");
        check("El gobierno rechaza las elecciones anticipadas", "es");
        check("Полиция задержала двух протестующих в столице", "ru");
        check("الشرطة تعتقل متظاهرين في العاصمة", "ar");
        for text in [
            "Il presidente incontra i ministri a Roma",
            "O governo rejeita a proposta",
            "Premier wijst voorstel af",
        ] {
            assert_ne!(identify(text).unwrap().code, "en", "{text}");
        }
    }

    #[test]
    fn texts_are_told_apart() {
        check(
            "The minister said on Tuesday that the army had left the town, and that nobody had been hurt when the bridge fell.",
            "en",
        );
        check(
            "Міністр заявив у вівторок, що армія залишила місто, і що ніхто не постраждав, коли впав міст.",
            "uk",
        );
    }

    #[test]
    fn nothing_tells_nothing() {
        assert_eq!(identify(""), None);
        assert_eq!(identify("1234 -- 5678"), None);
    }

    #[test]
    fn every_language_has_a_short_code() {
        for lang in Lang::all() {
            assert_eq!(code(*lang).len(), 2, "{lang:?}");
        }
    }
}

//! Numbers in digits and words: "1,200", "twenty-three", "a dozen", "tens of thousands", "between 10 and 15".

use crate::time;

/// A number as a text gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The number, or its lower bound.
    pub value: u64,
    /// Only a lower bound is given.
    pub least: bool,
}

fn small(word: &str) -> Option<f64> {
    let one = |w: &str| time::cardinal(w).map(f64::from);
    match word.split_once('-') {
        Some((tens, ones)) => Some(one(tens)? + one(ones)?),
        None => one(word),
    }
}

fn digits(word: &str) -> Option<f64> {
    let word = word.trim_start_matches(['~', '+']);
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.contains('-') {
        return None;
    }
    word.replace(',', "")
        .parse::<f64>()
        .ok()
        .filter(|n| n.is_finite() && *n >= 0.0)
}

fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "score" => 20.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        _ => return None,
    })
}

/// Plurals that count without a number: at least two of them.
fn many(word: &str) -> Option<f64> {
    Some(match word {
        "dozens" => 12.0,
        "scores" => 20.0,
        "tens" => 10.0,
        "hundreds" => 100.0,
        "thousands" => 1e3,
        "millions" => 1e6,
        _ => return None,
    })
}

/// Whether a word counts what follows its "of".
pub(super) fn is_measure(word: &str) -> bool {
    many(word).is_some() || magnitude(word).is_some()
}

/// Whether a word belongs to a number that follows.
pub(super) fn goes_with(word: &str) -> bool {
    small(word).is_some()
        || digits(word).is_some()
        || is_measure(word)
        || matches!(
            word,
            "at" | "least"
                | "more"
                | "than"
                | "over"
                | "about"
                | "some"
                | "nearly"
                | "almost"
                | "around"
                | "a"
                | "of"
                | "half"
                | "another"
        )
}

/// The first number of some words in lower case; words around it may make it a lower bound.
pub fn read(words: &[String]) -> Option<Number> {
    let counts = |w: &str| small(w).is_some() || digits(w).is_some() || is_measure(w);
    let first = words.iter().position(|w| counts(w))?;
    let before = words[..first].join(" ");
    let mut least = [
        "at least",
        "more than",
        "over",
        "no fewer than",
        "no less than",
        "upwards of",
        "well over",
    ]
    .iter()
    .any(|b| before == *b || before.ends_with(&format!(" {b}")));
    let half = before.ends_with("half a");
    let (mut total, mut now, mut plural) = (0.0, None::<f64>, false);
    let mut at = first;
    while let Some(word) = words.get(at).map(String::as_str) {
        if let Some(n) = digits(word).or_else(|| small(word)) {
            // "10 15" is no number; "twenty three" and "two hundred fifty" are.
            let room = |before: f64| {
                before >= 100.0 && before % 100.0 == 0.0 && n < 100.0
                    || (20.0..100.0).contains(&before) && before % 10.0 == 0.0 && n < 10.0
            };
            if now.is_some_and(|before| !room(before)) {
                break;
            }
            now = Some(now.unwrap_or(0.0) + n);
        } else if let Some(m) = magnitude(word) {
            let times = now.unwrap_or(if before.contains("several") {
                least = true;
                2.0
            } else {
                1.0
            }) * m;
            if m < 1e3 {
                now = Some(times);
            } else {
                total += times;
                now = None;
            }
        } else if let Some(m) = many(word) {
            now = Some(if plural { now.unwrap_or(1.0) * m } else { 2.0 * m });
            plural = true;
            least = true;
        } else {
            let next = words.get(at + 1);
            let tens_of = word == "of" && plural && next.is_some_and(|w| many(w).is_some());
            let hundred_and =
                word == "and" && now.is_some_and(|n| n >= 100.0) && next.is_some_and(|w| small(w).is_some());
            if !tens_of && !hundred_and {
                break;
            }
        }
        at += 1;
    }
    // "10 to 15", "between 10 and 15", "10 or more", "12 or so".
    let next = |n: usize| words.get(at + n).map(String::as_str);
    let ranged = matches!(next(0), Some("to" | "-" | "–"))
        || matches!(next(0), Some("and" | "or")) && before.ends_with("between");
    if ranged && next(1).is_some_and(counts) || next(0) == Some("or") && next(1) == Some("more") {
        least = true;
    }
    let value = (total + now.unwrap_or(0.0)) * if half { 0.5 } else { 1.0 };
    (value < 1e10).then_some(Number {
        value: value.round() as u64,
        least,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_words_dozens_and_bounds() {
        for (words, value, least) in [
            ("12", 12, false),
            ("at least 1,200", 1200, true),
            ("more than two hundred and fifty", 250, true),
            ("a dozen", 12, false),
            ("half a dozen", 6, false),
            ("two dozen", 24, false),
            ("twenty-three", 23, false),
            ("twenty three", 23, false),
            ("dozens", 24, true),
            ("hundreds", 200, true),
            ("tens of thousands", 20_000, true),
            ("hundreds of thousands", 200_000, true),
            ("1.5 million", 1_500_000, false),
            ("two thousand five hundred", 2500, false),
            ("several hundred", 200, true),
            ("10 to 15", 10, true),
            ("between 10 and 15", 10, true),
            ("about 300", 300, false),
            ("a hundred", 100, false),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(read(&words), Some(Number { value, least }), "{words:?}");
        }
        assert_eq!(read(&["several".to_owned()]), None);
    }
}

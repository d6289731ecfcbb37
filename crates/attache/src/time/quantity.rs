//! Numbers as news writes them, the words that blur them, and the units that they count.

use super::token::Tokens;
use super::words::{self, Quantity, Unit, cardinal, tens};

/// A number in digits or words and the index after it: "12", "1,000", "twenty-one", "two and a half", "several".
pub(super) fn quantity(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let (first, end) = vague(tokens, i).or_else(|| exact(tokens, i))?;
    if let Quantity::Exact(n) = first {
        if let Some(end) = and_a_half(tokens, end) {
            return Some((Quantity::Part(f64::from(n) + 0.5), end));
        }
        // "two or three years", "five to six months": the second number counts.
        if matches!(tokens.word(end), "or" | "to" | "-")
            && let Some((second @ Quantity::Exact(m), after)) = exact(tokens, end + 1)
            && m > n
        {
            return Some((second, after));
        }
    }
    Some((first, end))
}

/// "and a half", "-and-a-half" and the index after it.
fn and_a_half(tokens: &Tokens, i: usize) -> Option<usize> {
    if tokens.starts(i, &["and", "a", "half"]) {
        return Some(i + 3);
    }
    tokens.starts(i, &["-", "and", "-", "a", "-", "half"]).then_some(i + 6)
}

fn vague(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let end = match tokens.word(i) {
        "many" if tokens.before(i) == "as" => return None,
        "several" | "many" | "some" | "multiple" | "numerous" | "countless" => i + 1,
        "few" if tokens.before(i) != "a" => i + 1,
        "a" if tokens.word(i + 1) == "few" => i + 2,
        "quite" if tokens.starts(i + 1, &["a", "few"]) => i + 3,
        "a" if tokens.starts(i + 1, &["number", "of"]) => i + 3,
        "a" if tokens.word(i + 1) == "couple" => {
            let of = usize::from(tokens.word(i + 2) == "of");
            return Some((Quantity::Exact(2), i + 2 + of));
        }
        "dozens" | "hundreds" | "thousands" | "millions" if tokens.word(i + 1) == "of" => i + 2,
        _ => return None,
    };
    Some((Quantity::Vague, end))
}

fn exact(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    fraction(tokens, i)
        .or_else(|| with_article(tokens, i))
        .or_else(|| in_digits(tokens, i))
        .or_else(|| in_words(tokens, i))
}

/// "half a", "a half", "half-", "a quarter of a", "quarter-".
fn fraction(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let at = i + usize::from(tokens.word(i) == "a");
    let part = match tokens.word(at) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    let end = match (tokens.word(at + 1), tokens.word(at + 2)) {
        ("a" | "an", _) if part == 0.5 && at == i => at + 2,
        ("of", "a" | "an") if part == 0.25 => at + 3,
        ("-", unit) if words::unit(unit).is_some() => at + 2,
        (unit, _) if words::unit(unit).is_some_and(|(_, plural)| !plural) && part == 0.5 => at + 1,
        ("century", _) => at + 1,
        _ => return None,
    };
    Some((Quantity::Part(part), end))
}

/// "a", "an", "a dozen", "a hundred".
fn with_article(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    if !matches!(tokens.word(i), "a" | "an") {
        return None;
    }
    Some(match tokens.word(i + 1) {
        "dozen" => (Quantity::Exact(12), i + 2),
        "hundred" => (Quantity::Exact(100), i + 2),
        "thousand" => (Quantity::Exact(1000), i + 2),
        _ => (Quantity::Exact(1), i + 1),
    })
}

fn in_digits(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let whole = tokens.digits(i, 1, 6)?;
    if tokens.glued(i) && matches!(tokens.before(i), "," | "." | ":" | "/" | "$" | "£" | "€") {
        return None;
    }
    let tight = tokens.glued(i + 1) && tokens.glued(i + 2);
    if tight && tokens.word(i + 1) == "," && tokens.word(i + 2).len() == 3 {
        let rest = tokens.digits(i + 2, 3, 3)?;
        return Some((Quantity::Exact(whole.checked_mul(1000)?.checked_add(rest)?), i + 3));
    }
    if tight && tokens.word(i + 1) == "." && tokens.digits(i + 2, 1, 2).is_some() {
        let text = format!("{whole}.{}", tokens.word(i + 2));
        return Some((Quantity::Part(text.parse().ok()?), i + 3));
    }
    if tokens.word(i + 1) == "½" {
        return Some((Quantity::Part(f64::from(whole) + 0.5), i + 2));
    }
    if tokens.starts(i + 1, &["1", "/", "2"]) {
        return Some((Quantity::Part(f64::from(whole) + 0.5), i + 4));
    }
    Some((Quantity::Exact(whole), i + 1))
}

fn in_words(tokens: &Tokens, i: usize) -> Option<(Quantity, usize)> {
    let first = cardinal(tokens.word(i))?;
    let joined = if tokens.word(i + 1) == "-" { i + 2 } else { i + 1 };
    if let (Some(tens), Some(ones @ 1..=9)) = (tens(tokens.word(i)), cardinal(tokens.word(joined))) {
        return Some((Quantity::Exact(tens + ones), joined + 1));
    }
    match tokens.word(i + 1) {
        "hundred" => Some((Quantity::Exact(first.saturating_mul(100)), i + 2)),
        "thousand" => Some((Quantity::Exact(first.saturating_mul(1000)), i + 2)),
        "dozen" => Some((Quantity::Exact(first.saturating_mul(12)), i + 2)),
        _ => Some((Quantity::Exact(first), i + 1)),
    }
}

/// A unit of time at `i`, which is no ordinal "second" or "quarter" of something else, and the index after it.
pub(super) fn unit(tokens: &Tokens, i: usize) -> Option<(Unit, usize)> {
    let (unit, plural) = words::unit(tokens.word(i))?;
    let other_sense = matches!(unit, Unit::Second | Unit::Quarter) && !plural;
    (!other_sense).then_some((unit, i + 1))
}

/// Index after "about", "nearly", "more than", "at least", …; TIMEX3 takes them into the extent.
pub(super) fn approximator(tokens: &Tokens, i: usize) -> Option<usize> {
    let next = tokens.word(i + 1);
    Some(match tokens.word(i) {
        "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" => i + 1,
        "some" if tokens.digits(i + 1, 1, 4).is_some() || cardinal(next).is_some() => i + 1,
        "more" | "less" | "fewer" | "longer" if next == "than" => i + 2,
        "no" if matches!(next, "more" | "less" | "fewer" | "longer") && tokens.word(i + 2) == "than" => i + 3,
        "at" if matches!(next, "least" | "most") => i + 2,
        "up" if next == "to" => i + 2,
        "just" | "well" | "slightly" | "a" if over(tokens, i) => over_end(tokens, i),
        "over" | "under"
            if matches!(
                tokens.before(i),
                "for" | "in" | "after" | "of" | "by" | "lasted" | "took" | "than" | "within" | "spent"
            ) =>
        {
            i + 1
        }
        _ => return None,
    })
}

/// "just over", "well under", "a little more than".
fn over(tokens: &Tokens, i: usize) -> bool {
    over_end(tokens, i) > i
}

fn over_end(tokens: &Tokens, i: usize) -> usize {
    let at = if tokens.starts(i, &["a", "little"]) {
        i + 2
    } else if tokens.word(i) == "a" {
        return i;
    } else {
        i + 1
    };
    match (tokens.word(at), tokens.word(at + 1)) {
        ("over" | "under", _) => at + 1,
        ("more" | "less", "than") => at + 2,
        _ => i,
    }
}

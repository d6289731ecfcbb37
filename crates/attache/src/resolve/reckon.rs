//! Dates that the text lets one reckon: "a day after they had left", "64 years since", "the 20th anniversary of the
//! invasion", "his 92nd birthday".

use attache_parse::{Sentence, Span, Upos};
use jiff::civil::Date;

use super::when::{Asked, Timed, When};
use crate::date::{DateRange, Precision};
use crate::time::TimeExpression;

/// The date of an event that stands behind a length of time ("64 years since …") or in an anniversary.
pub(super) fn reckoned(tree: &Sentence, timed: &[Timed], asked: Asked, published: Option<DateRange>) -> Option<When> {
    behind_length(tree, timed, asked, published).or_else(|| in_anniversary(tree, asked, published))
}

/// "a day after they had overrun it": so long before the date of the main clause; "a week before he left": so long after.
fn behind_length(tree: &Sentence, timed: &[Timed], asked: Asked, published: Option<DateRange>) -> Option<When> {
    let (length, back) = timed.iter().find_map(|t| {
        let sign = match tree.tokens.get(t.end)?.form.to_lowercase().as_str() {
            "after" | "since" => -1,
            "before" => 1,
            _ => return None,
        };
        let reaches = t.end < asked.trigger && alone_between(tree, t.end + 1, asked);
        (reaches && t.time.length().is_some()).then_some((t, sign))
    })?;
    // Another date in the clause itself is better.
    let own = timed
        .iter()
        .any(|t| t.first > length.end && t.time.is_dated() && tree.subtree(asked.anchor).contains(&t.head));
    if own {
        return None;
    }
    let main = timed
        .iter()
        .filter(|t| t.end <= length.first && t.time.is_dated())
        .filter_map(|t| t.time.range)
        .next_back();
    let range = length.time.away(main.or(published)?, back)?;
    Some(When {
        range,
        words: length.time.span,
    })
}

/// "ended a three-day summit on Sunday": the summit began so many days before.
pub(super) fn lasting(tree: &Sentence, timed: &[Timed], asked: Asked, when: When) -> When {
    const END: [&str; 6] = ["end", "conclude", "finish", "close", "complete", "wrap"];
    let ends = END.contains(&tree.tokens[asked.anchor].lemma.to_lowercase().as_str())
        || tree.tokens[asked.trigger]
            .head
            .is_some_and(|h| END.contains(&tree.tokens[h].lemma.to_lowercase().as_str()));
    let days = timed
        .iter()
        .filter(|t| {
            tree.tokens[t.head].head == Some(asked.trigger)
                || tree.tokens[t.head].head.is_some_and(|h| asked.words.contains(&h))
        })
        .find_map(|t| {
            t.time
                .length()
                .filter(|(count, unit)| *unit == "D" && (2..=60).contains(count))
        });
    let (Some((days, _)), true) = (days, ends && when.range.precision == Precision::Day) else {
        return when;
    };
    let start = when
        .range
        .start
        .checked_sub(jiff::Span::new().days(i64::from(days) - 1));
    let range = DateRange {
        start: start.unwrap_or(when.range.start),
        ..when.range
    };
    When { range, ..when }
}

/// Whether no other verb stands between a conjunction and the event.
fn alone_between(tree: &Sentence, from: usize, asked: Asked) -> bool {
    let event = asked.trigger.min(asked.anchor.max(from));
    (from..event).all(|i| {
        let t = &tree.tokens[i];
        asked.words.contains(&i)
            || i == asked.anchor
            || t.upos != Upos::Verb && !matches!(t.form.as_str(), ";" | "”" | "\"")
    })
}

/// "the 20th anniversary of the invasion": so many years ago.
fn in_anniversary(tree: &Sentence, asked: Asked, published: Option<DateRange>) -> Option<When> {
    let mut at = asked.trigger;
    for _ in 0..4 {
        at = tree.tokens[at].head?;
        let years = match tree.tokens[at].lemma.to_lowercase().as_str() {
            "anniversary" => ordinal_before(tree, at),
            "centenary" | "centennial" => Some((100, at)),
            "bicentenary" | "bicentennial" => Some((200, at)),
            _ => None,
        };
        if let Some((years, first)) = years {
            let year = published?.start.year().checked_sub(years)?;
            return Some(When {
                range: DateRange::year(year)?,
                words: tree.tokens[first].span.cover(tree.tokens[at].span),
            });
        }
    }
    None
}

/// The ordinal before "anniversary" or "birthday", and its token.
fn ordinal_before(tree: &Sentence, noun: usize) -> Option<(i16, usize)> {
    tree.children(noun)
        .filter(|c| *c < noun)
        .find_map(|c| Some((ordinal(&tree.tokens[c].form)?, c)))
}

/// "92nd", "fifth", "fiftieth".
fn ordinal(word: &str) -> Option<i16> {
    const WORDS: [(&str, i16); 20] = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
        ("fifteenth", 15),
        ("twentieth", 20),
        ("thirtieth", 30),
        ("fortieth", 40),
        ("fiftieth", 50),
        ("sixtieth", 60),
        ("seventieth", 70),
        ("eightieth", 80),
        ("ninetieth", 90),
        ("hundredth", 100),
    ];
    let word = word.to_lowercase();
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let suffix = word.get(digits.len()..)?;
    if !digits.is_empty() && matches!(suffix, "st" | "nd" | "rd" | "th") {
        return digits.parse().ok().filter(|n| *n > 0);
    }
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, n)| *n)
}

/// Birthdays with a number in a sentence, as days: `born` gives the day on which the person at a token was born. A birthday
/// far from the document's date is not its news.
pub fn birthdays(
    tree: &Sentence,
    published: Option<DateRange>,
    born: impl Fn(usize) -> Option<Date>,
) -> Vec<TimeExpression> {
    let Some(published) = published else { return Vec::new() };
    (0..tree.tokens.len())
        .filter(|i| tree.tokens[*i].lemma.eq_ignore_ascii_case("birthday"))
        .filter_map(|i| {
            let (number, first) = ordinal_before(tree, i)?;
            let owner = tree.children(i).find(|c| tree.tokens[*c].rel() == "nmod")?;
            let apart = tree.children(i).any(|c| {
                matches!(
                    tree.tokens[c].form.to_lowercase().as_str(),
                    "before" | "after" | "since" | "until" | "ahead"
                )
            });
            let day = birthday(born(owner)?, number).filter(|day| !apart && near(published, *day))?;
            let words = tree.tokens[first.min(owner)].span.cover(tree.tokens[i].span);
            Some(TimeExpression::day(words, day))
        })
        .collect()
}

fn birthday(born: Date, number: i16) -> Option<Date> {
    let year = born.year().checked_add(number)?;
    // Who was born on 29 February has it on the 28th in most years.
    Date::new(year, born.month(), born.day())
        .or_else(|_| Date::new(year, born.month(), 28))
        .ok()
}

/// Within a week of the publication.
fn near(published: DateRange, day: Date) -> bool {
    const DAYS: i32 = 7;
    let early = (published.start - day).get_days();
    let late = (day - published.end).get_days();
    early <= DAYS && late <= DAYS
}

/// A date of birth known to the day.
pub fn born(written: &str) -> Option<Date> {
    written.parse().ok().filter(|_| written.len() == 10)
}

/// Nouns of an encounter that a later sentence may speak of: "in remarks accompanying the call".
const ENCOUNTERS: [&str; 18] = [
    "call",
    "conversation",
    "meeting",
    "talk",
    "talks",
    "visit",
    "summit",
    "session",
    "negotiation",
    "negotiations",
    "ceremony",
    "trip",
    "conference",
    "encounter",
    "dinner",
    "briefing",
    "signing",
    "gathering",
];

/// The noun of an encounter told before ("the call", "their meeting") in a phrase that stands beside the event's clause.
pub fn encounter(tree: &Sentence, timed: &[Timed], asked: Asked) -> Option<Span> {
    let mut clause = asked.anchor;
    // An infinitive or participle stands in its governor's clause.
    while matches!(tree.tokens[clause].rel(), "xcomp" | "conj" | "advcl") {
        clause = tree.tokens[clause].head?;
    }
    let clauses = [asked.anchor, clause];
    let beside = clauses
        .iter()
        .flat_map(|c| tree.children(*c))
        .filter(|c| matches!(tree.tokens[*c].rel(), "obl" | "advcl"));
    beside
        .flat_map(|top| tree.subtree(top))
        .find(|i| {
            let t = &tree.tokens[*i];
            let noun = t.upos == Upos::Noun && ENCOUNTERS.contains(&t.lemma.to_lowercase().as_str());
            noun && !asked.words.contains(i)
                && definite(tree, *i)
                && !timed.iter().any(|w| tree.tokens[w.head].head == Some(*i))
        })
        .map(|i| tree.tokens[i].span)
}

fn definite(tree: &Sentence, noun: usize) -> bool {
    tree.children(noun).any(|c| {
        matches!(
            tree.tokens[c].form.to_lowercase().as_str(),
            "the" | "that" | "their" | "this" | "his" | "her"
        )
    }) && !tree
        .children(noun)
        .any(|c| matches!(tree.tokens[c].rel(), "acl" | "nummod"))
}

/// Whether a date is good enough to lend to another event.
pub fn lends(when: &When) -> bool {
    when.range.precision == Precision::Day
}

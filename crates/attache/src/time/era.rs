//! Years, decades and centuries.

use super::calendar::{narrow, plain_year};
use super::grammar::Hit;
use super::meaning::{Edge, Meaning};
use super::numeric::full_year;
use super::period::Period;
use super::token::Tokens;
use super::words::ordinal;

/// "the 1990s", "the early '90s", "the 19th century", "2014" where a year is meant.
pub(super) fn era(tokens: &Tokens, i: usize) -> Option<Hit> {
    let mut at = i + usize::from(tokens.word(i) == "the");
    let edge = edge(tokens, at);
    if let Some((_, after)) = edge {
        at = after;
    }
    let placed = matches!(
        tokens.before(i),
        "in" | "of" | "since" | "until" | "from" | "to" | "by" | "during"
    );
    if let Some(year) = short_year(tokens, i).filter(|_| placed) {
        return Hit::date(i + 2, Meaning::Fixed(Period::Year(year)));
    }
    if let Some(hit) = numbered(tokens, i) {
        return Some(hit);
    }
    let (period, end) = decade(tokens, at)
        .or_else(|| century(tokens, at))
        .or_else(|| year(tokens, i, at))?;
    let base = Meaning::Fixed(period);
    Hit::date(
        end,
        match edge {
            Some((edge, _)) => Meaning::Part(Box::new(base), edge),
            None => base,
        },
    )
}

/// "the year 2000".
fn numbered(tokens: &Tokens, i: usize) -> Option<Hit> {
    let year = plain_year(tokens, i + 2).filter(|_| tokens.starts(i, &["the", "year"]))?;
    Hit::date(i + 3, Meaning::Fixed(Period::Year(year)))
}

/// "'97".
pub(super) fn short_year(tokens: &Tokens, i: usize) -> Option<i16> {
    let year = tokens
        .digits(i + 1, 2, 2)
        .filter(|_| tokens.word(i) == "'" && tokens.glued(i + 1) && tokens.word(i + 2) != "s")?;
    full_year(year)
}

/// "early", "mid-", "late" and the index after it.
pub(super) fn edge(tokens: &Tokens, i: usize) -> Option<(Edge, usize)> {
    let edge = match tokens.word(i) {
        "early" => Edge::Early,
        "mid" | "middle" => Edge::Middle,
        "late" => Edge::Late,
        _ => return None,
    };
    Some((edge, i + 1 + usize::from(tokens.word(i + 1) == "-")))
}

fn decade(tokens: &Tokens, i: usize) -> Option<(Period, usize)> {
    if let Some(year) =
        tens_word(tokens.word(i)).filter(|_| tokens.before(i) == "the" || edge(tokens, i.wrapping_sub(1)).is_some())
    {
        return Some((Period::Decade(year), i + 1));
    }
    let short = tokens.word(i) == "'";
    let at = i + usize::from(short);
    let mark = tokens.skip_genitive(at + 1);
    let plural_end = match tokens.word(at + 1) {
        "s" if tokens.glued(at + 1) => at + 2,
        _ if mark == at + 3 => mark,
        _ => return None,
    };
    if let Some(year) = tokens
        .digits(at, 4, 4)
        .filter(|year| year % 10 == 0 && (1000..=2190).contains(year))
    {
        return Some((Period::Decade(narrow(year)?), plural_end));
    }
    let year = tokens
        .digits(at, 2, 2)
        .filter(|year| year % 10 == 0 && (short || led(tokens, at)))?;
    // "the '20s" may be either century's; the ones further back than the 1930s are rarely written so.
    Some((
        Period::Decade(narrow(if year >= 30 { 1900 + year } else { 2000 + year })?),
        plural_end,
    ))
}

/// Whether "the", "mid-", "early" stand before "90s".
fn led(tokens: &Tokens, i: usize) -> bool {
    let before = tokens.before(i);
    let edge_at = match before {
        "early" | "late" => i - 1,
        "-" if i >= 2 && tokens.word(i - 2) == "mid" => i - 2,
        _ => return before == "the",
    };
    !matches!(tokens.before(edge_at), "his" | "her" | "their" | "my" | "your" | "our")
}

/// "the sixties"; "the twenties" and "the thirties" are ages and temperatures more often.
fn tens_word(word: &str) -> Option<i16> {
    Some(match word {
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        _ => return None,
    })
}

fn century(tokens: &Tokens, i: usize) -> Option<(Period, usize)> {
    let (number, end) = match tokens.digits(i, 1, 2) {
        Some(number) if tokens.glued(i + 1) && matches!(tokens.word(i + 1), "st" | "nd" | "rd" | "th") => {
            (number, i + 2)
        }
        _ if tokens.starts(i, &["twenty", "-", "first"]) => (21, i + 3),
        _ => (ordinal(tokens.word(i))?, i + 1),
    };
    let end = end + usize::from(tokens.word(end) == "-");
    let era = tokens.word(end + 1);
    let before_christ = matches!(era, "bc" | "bce") || (era == "b" && tokens.word(end + 2) == ".");
    (tokens.word(end) == "century" && (1..=30).contains(&number) && !before_christ)
        .then(|| Some((Period::Century(narrow(number - 1)?), end + 1)))
        .flatten()
}

/// A number that is a year by the company it keeps. `start` is where the expression begins, `i` where the digits are.
fn year(tokens: &Tokens, start: usize, i: usize) -> Option<(Period, usize)> {
    let year = plain_year(tokens, i).filter(|year| (1000..=2199).contains(year))?;
    let article = start < i && tokens.word(start) == "the";
    let edged = start < i
        && edge(tokens, i - 1)
            .or_else(|| edge(tokens, i.saturating_sub(2)))
            .is_some();
    let sure = edged || year_by_context(tokens, start, i);
    // The article belongs to the noun after it: "the 2014 protests".
    (sure && !article).then_some((Period::Year(year), i + 1))
}

fn year_by_context(tokens: &Tokens, start: usize, i: usize) -> bool {
    let next = tokens.word(i + 1);
    if counted_noun(tokens, i + 1)
        || (tokens.glued(i) && matches!(tokens.before(i), "." | "," | ":" | "$" | "£" | "€" | "#" | "№"))
    {
        return false;
    }
    let clear = matches!(
        tokens.before(start),
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "of"
            | "year"
            | "circa"
            | "throughout"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
    );
    let loose = matches!(
        tokens.before(start),
        "from"
            | "to"
            | "by"
            | "before"
            | "after"
            | "between"
            | "and"
            | "or"
            | "through"
            | "-"
            | "/"
            | "("
            | ","
            | "the"
            | "its"
            | "his"
            | "her"
            | "their"
            | "a"
            | ""
            | "for"
            | "late"
            | "early"
            | "mid"
            | "around"
            | "about"
            | "on"
            | "another"
    );
    let second = matches!(tokens.before(start), "and" | "or" | "to" | "-" | "until" | "/")
        && start >= 2
        && plain_year(tokens, start - 2).is_some();
    if second {
        return true;
    }
    let bound = matches!(
        tokens.before(start),
        "between" | "from" | "(" | "until" | "after" | "before"
    );
    let oldest = if bound { 1400 } else { 1700 };
    let recent = tokens
        .digits(i, 4, 4)
        .is_some_and(|year| (oldest..=2100).contains(&year));
    if modifies_noun(tokens, start, i) {
        return true;
    }
    let amount = matches!(tokens.before(start), "around" | "about" | "on" | "a" | "")
        && next.chars().all(char::is_lowercase)
        && next.ends_with('s');
    clear || (loose && recent && !amount)
}

/// "a failed 2010 attempt", "the disputed 2009 elections", "Obama's 2012 campaign": an article or owner, at most two words,
/// the year, a noun in small letters. A round number before a plural may be a count.
fn modifies_noun(tokens: &Tokens, start: usize, i: usize) -> bool {
    let Some(year) = tokens.digits(i, 4, 4).filter(|year| (1700..=2050).contains(year)) else {
        return false;
    };
    let next = tokens.word(i + 1);
    let noun = next.len() > 2 && next.chars().all(char::is_lowercase) && !super::words::function(next);
    let plural = next.ends_with('s') && !next.ends_with("ss");
    let owner = (1..=2).any(|back| {
        let Some(at) = start.checked_sub(back) else {
            return false;
        };
        let led = matches!(
            tokens.word(at),
            "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this" | "that"
        ) || (tokens.word(at) == "s" && tokens.before(at) == "'");
        led && (at + 1..start).all(|k| tokens.word(k).chars().all(|c| c.is_alphabetic() || c == '-'))
    });
    noun && owner && !(plural && year % 50 == 0)
}

/// What a number before it counts, for sure: "2000 people", "1,500 km".
fn counted_noun(tokens: &Tokens, i: usize) -> bool {
    matches!(
        tokens.word(i),
        "people"
            | "troops"
            | "soldiers"
            | "men"
            | "women"
            | "children"
            | "km"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "meters"
            | "metres"
            | "tons"
            | "tonnes"
            | "barrels"
            | "dollars"
            | "euros"
            | "rubles"
            | "percent"
            | "%"
            | "feet"
            | "hectares"
            | "civilians"
            | "refugees"
            | "migrants"
            | "workers"
            | "prisoners"
            | "others"
            | "times"
            | "homes"
            | "houses"
            | "tanks"
            | "police"
            | "officers"
            | "fighters"
            | "militants"
            | "personnel"
            | "vehicles"
            | "members"
            | "students"
            | "protesters"
            | "jobs"
            | "aircraft"
            | "years"
            | "days"
            | "hours"
            | "mt"
            | "hp"
            | "mw"
    )
}

//! Years, decades and centuries.

use super::calendar::{narrow, plain_year};
use super::grammar::Hit;
use super::meaning::{Edge, Meaning};
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
        .filter(|year| year % 10 == 0 && (short || tokens.before(at) == "the"))?;
    // "the '20s" may be either century's; the ones further back than the 1930s are rarely written so.
    Some((
        Period::Decade(narrow(if year >= 30 { 1900 + year } else { 2000 + year })?),
        plural_end,
    ))
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
    let year = plain_year(tokens, i).filter(|year| (1400..=2199).contains(year))?;
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
    let recent = tokens.digits(i, 4, 4).is_some_and(|year| (1700..=2100).contains(&year));
    let amount = matches!(tokens.before(start), "around" | "about" | "on" | "a" | "")
        && next.chars().all(char::is_lowercase)
        && next.ends_with('s');
    clear || (loose && recent && !amount)
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

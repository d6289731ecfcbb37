//! Seasons, quarters, halves and business years.

use super::calendar::{pick, plain_year, shift, small, year_shift};
use super::era::short_year;
use super::grammar::Hit;
use super::meaning::Meaning;
use super::period::{Period, Recurring};
use super::token::Tokens;
use super::words::{Unit, ordinal, season};

/// "last summer", "the spring of 2014", "winter 2019", "this autumn", "in the summer".
pub(super) fn season_of_year(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (pick, mut at) = pick(tokens, i).map_or((None, i), |(pick, at)| (Some(pick), at));
    let article = pick.is_none() && tokens.word(at) == "the";
    at += usize::from(article);
    let season = season(tokens.word(at))?;
    let recurring = Recurring::Season(season);
    let year_at = if tokens.word(at + 1) == "of" { at + 2 } else { at + 1 };
    if let Some(year) = plain_year(tokens, year_at).filter(|_| pick.is_none()) {
        return Hit::date(year_at + 1, Meaning::Fixed(Period::Season(year, season)));
    }
    if let Some(year) = short_year(tokens, year_at).filter(|_| pick.is_none()) {
        return Hit::date(year_at + 2, Meaning::Fixed(Period::Season(year, season)));
    }
    let verb = tokens.word(at) == "fall" && !article;
    if let Some((years, end)) = year_shift(tokens, at + 1).filter(|_| !verb) {
        return Hit::date(end, Meaning::OfYear(recurring, years));
    }
    let placed = matches!(
        tokens.before(i),
        "in" | "during" | "since" | "until" | "by" | "over" | "throughout" | "early" | "late"
    );
    let of_something = tokens.word(at + 1) == "of" || verb;
    let clear = pick.is_some() || (placed && !of_something);
    clear
        .then_some(Meaning::Recurring(recurring, pick))
        .and_then(|meaning| Hit::date(at + 1, meaning))
}

/// "the first quarter of 2018", "Q3 2019", "the second half of last year", "the third quarter", "third-quarter".
pub(super) fn fraction_of_year(tokens: &Tokens, i: usize) -> Option<Hit> {
    let (recurring, end) = code(tokens, i).or_else(|| fraction(tokens, i))?;
    let year_at = if matches!(tokens.word(end), "of" | "," | "in") {
        end + 1
    } else {
        end
    };
    if let Some((year, end)) = numbered_year(tokens, year_at) {
        return Hit::date(end, Meaning::Fixed(recurring.in_year(year)?));
    }
    if let Some((years, end)) = year_shift(tokens, end) {
        return Hit::date(end, Meaning::OfYear(recurring, years));
    }
    if tokens.word(end) == "of"
        && let Some(end) = the_year(tokens, end + 1)
    {
        return Hit::date(end, Meaning::Recurring(recurring, None));
    }
    // A half may be a match's, a quarter hardly.
    let alone = match recurring {
        Recurring::Quarter(_) => tokens.word(end) != "of" && (tokens.word(end) != "-" || !tokens.glued(end)),
        _ => tokens.word(i + 1) == "-" && account(tokens.word(end)),
    };
    alone
        .then_some(Meaning::Recurring(recurring, None))
        .and_then(|meaning| Hit::date(end, meaning))
}

/// "2013", "fiscal 2013", "fiscal year 2013" and the index after it.
fn numbered_year(tokens: &Tokens, i: usize) -> Option<(i16, usize)> {
    let mut at = i + usize::from(matches!(tokens.word(i), "fiscal" | "financial"));
    at += usize::from(at > i && tokens.word(at) == "year");
    plain_year(tokens, at).map(|year| (year, at + 1))
}

/// "the year", "its fiscal year" and the index after it.
fn the_year(tokens: &Tokens, i: usize) -> Option<usize> {
    let at = i + 1 + usize::from(matches!(tokens.word(i + 1), "fiscal" | "financial" | "calendar"));
    let owned = matches!(tokens.word(i), "the" | "its" | "their" | "our");
    (owned && tokens.word(at) == "year").then_some(at + 1)
}

/// What companies report by the half-year.
fn account(word: &str) -> bool {
    matches!(
        word,
        "profit"
            | "profits"
            | "loss"
            | "losses"
            | "earnings"
            | "results"
            | "revenue"
            | "revenues"
            | "sales"
            | "net"
            | "growth"
            | "output"
            | "figures"
            | "exports"
    )
}

/// "Q3", "H1".
fn code(tokens: &Tokens, i: usize) -> Option<(Recurring, usize)> {
    let number = small(tokens, i + 1).filter(|_| tokens.glued(i + 1))?;
    let dated = plain_year(tokens, i + 2).is_some();
    match (tokens.word(i), number) {
        ("q", 1..=4) => Some((Recurring::Quarter(number), i + 2)),
        ("h", 1..=2) if dated => Some((Recurring::Half(number), i + 2)),
        _ => None,
    }
}

fn fraction(tokens: &Tokens, i: usize) -> Option<(Recurring, usize)> {
    let at = i + usize::from(tokens.word(i) == "the");
    let at = at + usize::from(tokens.word(at) == "fiscal");
    let number = i8::try_from(ordinal(tokens.word(at))?).ok()?;
    let at = at + 1 + usize::from(matches!(tokens.word(at + 1), "-" | "fiscal"));
    match (tokens.word(at), number) {
        ("quarter", 1..=4) => Some((Recurring::Quarter(number), at + 1)),
        ("half", 1..=2) => Some((Recurring::Half(number), at + 1)),
        _ => None,
    }
}

/// "the latest quarter", "the same quarter", "the year-ago quarter", "the quarter": the one reported on, over by now.
pub(super) fn reported_quarter(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    let (back, at) = match tokens.word(at) {
        "latest" | "recent" | "quarter" => (-1, at + usize::from(tokens.word(at) != "quarter")),
        "year" if tokens.word(at + 1) == "-" && matches!(tokens.word(at + 2), "ago" | "earlier") => (-5, at + 3),
        _ => return None,
    };
    let bare = at == i + 1;
    let placed = matches!(tokens.before(i), "for" | "in" | "during");
    if tokens.word(at) == "quarter" && tokens.word(at + 1) != "of" && (!bare || placed) && tokens.word(i) == "the" {
        return Hit::date(at + 1, Meaning::Offset(Unit::Quarter, back));
    }
    let noun = matches!(tokens.word(at), "period" | "month" | "week");
    (back == -5).then(|| {
        let end = at + usize::from(noun);
        Hit::date(end, Meaning::Offset(Unit::Year, -1))
    })?
}

/// "fiscal 1990", "fiscal year 2013", "the 2013 fiscal year", "the current fiscal year", "the financial year".
pub(super) fn fiscal(tokens: &Tokens, i: usize) -> Option<Hit> {
    let business = |word: &str| matches!(word, "fiscal" | "financial");
    let article = usize::from(matches!(tokens.word(i), "the" | "this"));
    let at = i + article;
    if let Some((year, end)) = numbered_year(tokens, at).filter(|_| business(tokens.word(at))) {
        return Hit::date(end, Meaning::Fixed(Period::Year(year)));
    }
    if let Some(year) = plain_year(tokens, at)
        && business(tokens.word(at + 1))
        && tokens.word(at + 2) == "year"
    {
        return Hit::date(at + 3, Meaning::Fixed(Period::Year(year)));
    }
    let (years, at) = match shift(tokens.word(at)) {
        Some(years) => (years, at + 1),
        None => (0, at),
    };
    let told = at > i || tokens.before(i) == "this";
    (told && business(tokens.word(at)) && tokens.word(at + 1) == "year")
        .then(|| Hit::date(at + 2, Meaning::Offset(Unit::Year, years)))?
}

/// "the first week of May", "the second Sunday of June 2012": a week or weekday counted within a month.
pub(super) fn week_of_month(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    let nth = match tokens.word(at) {
        "last" | "final" => -1,
        word => i8::try_from(ordinal(word)?).ok().filter(|n| *n <= 5)?,
    };
    let weekday = match tokens.word(at + 1) {
        "week" => None,
        word => Some(super::words::weekday(word).filter(|_| tokens.capital(at + 1))?),
    };
    if !matches!(tokens.word(at + 2), "of" | "in") {
        return None;
    }
    let hit = super::calendar::sure_month(tokens, at + 3)?;
    Hit::date(hit.end, Meaning::NthOf(Box::new(hit.meaning), nth, weekday))
}

/// "the months of May", "the month of March": the name tells.
pub(super) fn named_month(tokens: &Tokens, i: usize) -> Option<Hit> {
    let at = i + usize::from(tokens.word(i) == "the");
    let plain = tokens.word(at) == "month" && tokens.word(at + 1) == "of";
    let month = super::words::month(tokens.word(at + 2)).filter(|_| plain && tokens.capital(at + 2))?;
    if let Some(year) = plain_year(tokens, at + 3) {
        return Hit::date(at + 4, Meaning::Fixed(Period::Month(year, month)));
    }
    Hit::date(at + 3, Meaning::Recurring(Recurring::Month(month), None))
}

/// "year-end", "the year-end", "mid-year".
pub(super) fn turn_of_year(tokens: &Tokens, i: usize) -> Option<Hit> {
    let words = [tokens.word(i), tokens.word(i + 1), tokens.word(i + 2)];
    let edge = match words {
        ["year", "-", "end"] => super::meaning::Edge::Late,
        ["mid", "-", "year"] => super::meaning::Edge::Middle,
        _ => return None,
    };
    let base = match plain_year(tokens, i + 3) {
        Some(year) => (Meaning::Fixed(Period::Year(year)), i + 4),
        None => (Meaning::Offset(Unit::Year, 0), i + 3),
    };
    Hit::date(base.1, Meaning::Part(Box::new(base.0), edge))
}

//! Dates as machines and people write them on pages.

use jiff::civil::Date;

/// A day out of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub day: Date,
    /// Told in universal time: the day of the place may be the one before or after.
    pub universal: bool,
    /// A day and month that could be taken the other way round.
    pub ambiguous: bool,
}

/// How numbers such as 03/04/2024 are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    Number(u64, usize),
    Word(&'a str),
    Sign(char),
}

/// Bytes in which a date is looked for.
const REACH: usize = 400;

/// The first date in the text.
pub(super) fn parse(text: &str, order: Order) -> Option<Stamp> {
    let text = &text[..text.floor_char_boundary(REACH)];
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| stamp(&tokens, at, order))
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number(rest[..digits].parse().unwrap_or(u64::MAX), digits));
            digits
        } else if is_letter(first) {
            let letters = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(&rest[..letters]));
            letters
        } else {
            // White space is one sign, however long.
            match (first.is_whitespace(), tokens.last()) {
                (true, Some(Token::Sign(' '))) => {}
                (true, _) => tokens.push(Token::Sign(' ')),
                (false, _) => tokens.push(Token::Sign(first)),
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// Characters of the calendar's own are signs, so that "2024年5月9日" falls apart.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '年' | '月' | '日')
}

fn stamp(tokens: &[Token], at: usize, order: Order) -> Option<Stamp> {
    let before = at.checked_sub(1).map(|at| tokens[at]);
    match tokens[at] {
        // "v2.10.2024", "1,200": not the start of a date.
        Token::Number(..) if matches!(before, Some(Token::Sign('.' | ',' | '$' | '€' | '£' | '#'))) => None,
        Token::Number(value, digits) => {
            numeric(tokens, at, value, digits, order).or_else(|| day_month_year(tokens, at))
        }
        Token::Word(_) => month_day_year(tokens, at),
        Token::Sign(_) => None,
    }
}

fn numeric(tokens: &[Token], at: usize, value: u64, digits: usize, order: Order) -> Option<Stamp> {
    match digits {
        14 => day_of(
            value / 10_000_000_000,
            value / 100_000_000 % 100,
            value / 1_000_000 % 100,
        ),
        12 => day_of(value / 100_000_000, value / 1_000_000 % 100, value / 10_000 % 100),
        8 => day_of(value / 10_000, value / 100 % 100, value % 100),
        13 if at == 0 => epoch(value / 1_000),
        10 if at == 0 => epoch(value),
        _ => None,
    }
    .or_else(|| {
        let (second, third) = apart(tokens, at)?;
        match (digits, second.1, third.1) {
            (4, 1..=2, 1..=2) => day_of(value, second.0, third.0),
            (1..=2, 1..=2, 4) => two_ways(value, second.0, third.0, order),
            (1..=2, 1..=2, 2) if separator(tokens, at + 1) != Some(':') => {
                two_ways(value, second.0, 2000 + third.0, order)
            }
            _ => None,
        }
    })
    .map(|stamp| Stamp {
        universal: stamp.universal || is_universal(tokens, at),
        ..stamp
    })
}

/// The two numbers after the one at `at`, if the same sign parts them.
fn apart(tokens: &[Token], at: usize) -> Option<((u64, usize), (u64, usize))> {
    let sign = separator(tokens, at + 1)?;
    let wanted = match sign {
        '年' => '月',
        sign => sign,
    };
    match (tokens.get(at + 2..at + 5)?, matches!(sign, '-' | '/' | '.' | '年')) {
        (
            [
                Token::Number(second, two),
                Token::Sign(next),
                Token::Number(third, three),
            ],
            true,
        ) if *next == wanted => Some(((*second, *two), (*third, *three))),
        _ => None,
    }
}

fn separator(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)? {
        Token::Sign(sign) => Some(*sign),
        _ => None,
    }
}

fn two_ways(first: u64, second: u64, year: u64, order: Order) -> Option<Stamp> {
    let (day, month) = match order {
        _ if first > 12 => (first, second),
        _ if second > 12 => (second, first),
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    day_of(year, month, day).map(|stamp| Stamp {
        ambiguous: first <= 12 && second <= 12 && first != second,
        ..stamp
    })
}

/// "9 May 2024", "9th of May, 2024", "9. Mai 2024".
fn day_month_year(tokens: &[Token], at: usize) -> Option<Stamp> {
    let Token::Number(day, 1..=2) = tokens[at] else {
        return None;
    };
    let mut rest = tokens[at + 1..].iter().filter(|token| !is_filler(token)).copied();
    let Some(Token::Word(word)) = rest.next() else {
        return None;
    };
    let Some(Token::Number(year, digits)) = rest.next() else {
        return None;
    };
    day_of(full_year(year, digits)?, month(word)?, day)
}

/// "May 9, 2024", "Thu May 09 10:00:00 EDT 2024".
fn month_day_year(tokens: &[Token], at: usize) -> Option<Stamp> {
    let Token::Word(word) = tokens[at] else {
        return None;
    };
    let month = month(word)?;
    let mut rest = tokens[at + 1..].iter().filter(|token| !is_filler(token)).copied();
    let Some(Token::Number(day, 1..=2)) = rest.next() else {
        return None;
    };
    let years = rest.take(8).filter_map(|token| match token {
        Token::Number(year, 4) => Some(year),
        _ => None,
    });
    years.take(1).find_map(|year| day_of(year, month, day))
}

fn full_year(year: u64, digits: usize) -> Option<u64> {
    match digits {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// What stands between day, month and year without a meaning.
fn is_filler(token: &Token) -> bool {
    match token {
        Token::Sign(sign) => matches!(sign, ' ' | ',' | '.' | '-' | '/' | '\u{A0}' | 'º' | '°'),
        Token::Word(word) => matches!(
            word.to_lowercase().as_str(),
            "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "er" | "the"
        ),
        Token::Number(..) => false,
    }
}

/// "…Z", "…+00:00", "… GMT" after a time.
fn is_universal(tokens: &[Token], at: usize) -> bool {
    let rest = &tokens[at + 1..];
    let clock = rest.iter().take(12).position(|token| *token == Token::Sign(':'));
    let Some(clock) = clock else {
        return false;
    };
    rest[clock..]
        .iter()
        .take(8)
        .enumerate()
        .any(|(step, token)| match token {
            Token::Word(zone) => matches!(*zone, "Z" | "GMT" | "UTC"),
            Token::Sign('+') => matches!(rest.get(clock + step + 1), Some(Token::Number(0, _))),
            _ => false,
        })
}

fn epoch(seconds: u64) -> Option<Stamp> {
    let zoned = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    let day = zoned.to_zoned(jiff::tz::TimeZone::UTC).date();
    (1990..=2100).contains(&day.year()).then_some(Stamp {
        day,
        universal: true,
        ambiguous: false,
    })
}

fn day_of(year: u64, month: u64, day: u64) -> Option<Stamp> {
    let year = i16::try_from(year).ok().filter(|year| (1700..=2200).contains(year))?;
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    // What programs write for "none".
    let nothing = day == Date::constant(1970, 1, 1) || day == Date::constant(1900, 1, 1);
    (!nothing).then_some(Stamp {
        day,
        universal: false,
        ambiguous: false,
    })
}

/// The number of a month by its name or short name, in the languages of most pages.
fn month(word: &str) -> Option<u64> {
    let word = word.to_lowercase();
    MONTHS
        .iter()
        .position(|names| names.split(' ').any(|name| name == word))
        .map(|at| at as u64 + 1)
}

const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari jan января янв stycznia ledna ocak januára",
    "february feb februar februar février févr fév febrero febbraio fevereiro fev februari февраля фев lutego února şubat",
    "march mar märz mär mars marzo março maart mrt mars марта мар marca března mart",
    "april apr avril avr abril abr aprile april апреля апр kwietnia dubna nisan",
    "may mai mayo maggio mag maio mei maj мая maja května mayıs",
    "june jun juni juin junio giugno giu junho июня июн czerwca června haziran",
    "july jul juli juillet juil julio luglio lug julho июля июл lipca července temmuz",
    "august aug août agosto ago augustus augusti августа авг sierpnia srpna ağustos",
    "september sept sep septembre septiembre settembre set setembro сентября сен września září eylül",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября окт października října ekim",
    "november nov novembre noviembre novembro ноября ноя listopada listopadu kasım",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря дек grudnia prosince aralık",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        parse(text, Order::MonthFirst).map(|stamp| stamp.day.to_string())
    }

    #[test]
    fn many_forms_of_one_day() {
        for text in [
            "2024-05-09",
            "2024-05-09T10:00:00-04:00",
            "20240509",
            "20240509T101500Z",
            "2024/05/09 10:00",
            "05/09/2024",
            "May 9, 2024",
            "9 May 2024",
            "9th of May, 2024",
            "Thursday, May 9th, 2024 at 3:15 pm EDT",
            "Published 10:00 AM EDT, Thu May 9, 2024",
            "Thu, 09 May 2024 10:00:00 GMT",
            "Thu May 09 10:00:00 EDT 2024",
            "9. Mai 2024",
            "9 mai 2024",
            "9 de mayo de 2024",
            "09-May-2024",
            "2024年5月9日",
            "1715212800",
            "1715212800000",
        ] {
            assert_eq!(day(text).as_deref(), Some("2024-05-09"), "{text}");
        }
        assert_eq!(
            parse("09.05.2024", Order::DayFirst)
                .map(|stamp| stamp.day.to_string())
                .as_deref(),
            Some("2024-05-09")
        );
        assert_eq!(day("25/12/2024").as_deref(), Some("2024-12-25"));
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "May",
            "2024",
            "version 1.2.3",
            "10:30:25",
            "2024-13-40",
            "1970-01-01T00:00:00Z",
            "call 555 12 34",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn universal_time_is_told() {
        let universal = |text: &str| parse(text, Order::DayFirst).is_some_and(|stamp| stamp.universal);
        assert!(universal("2024-05-09T10:00:00Z"));
        assert!(universal("2024-05-09T10:00:00.000+00:00"));
        assert!(!universal("2024-05-09T10:00:00+02:00"));
        assert!(!universal("2024-05-09"));
    }
}

//! Days as feeds write them.

use jiff::civil::Date;

/// Feeds began in 1999; days long before are the zero of somebody's clock.
const EARLIEST: i16 = 1980;

/// The day on the clock of whoever wrote it: its zone is not applied. Reads ISO 8601 (`2024-05-09T23:30:00-05:00`, also without
/// hyphens), RFC 822 (`Thu, 09 May 2024 23:30 EST`, also with a year of two digits) and `May 9, 2024`.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let date = iso(text).or_else(|| words(text))?;
    (date.year() >= EARLIEST).then_some(date)
}

fn iso(text: &str) -> Option<Date> {
    let digits: usize = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let (month, day) = match digits {
        8 => (number(4, 6)?, number(6, 8)?),
        4 => {
            let mut parts = text.get(5..)?.split(|c: char| !c.is_ascii_digit());
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
        }
        _ => return None,
    };
    Date::new(number(0, 4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A name of a month, and the numbers around it.
fn words(text: &str) -> Option<Date> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).take(6).collect();
    let (at, month) = parts
        .iter()
        .enumerate()
        .find_map(|(at, part)| Some((at, month(part)?)))?;
    let number = |at: usize| parts.get(at)?.trim_end_matches("th").parse::<i16>().ok();
    let (day, year) = match at.checked_sub(1).and_then(number) {
        Some(day) => (day, number(at + 1)?),
        None => (number(at + 1)?, number(at + 2)?),
    };
    let year = match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        year => year,
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_stay_where_they_were_written() {
        let ninth = [
            "2024-05-09",
            "2024-05-09T23:30:00-05:00",
            " 20240509T120000Z",
            "2024/05/09 10:00",
            "Thu, 09 May 2024 23:30:00 -0500",
            "Thu, 9 May 24 23:30 EST",
            "9-May-2024",
            "May 9, 2024 at 10 am",
            "Thursday, May 9th, 2024",
        ];
        for text in ninth {
            assert_eq!(
                day(text).map(|day| day.to_string()).as_deref(),
                Some("2024-05-09"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "soon",
            "0001-01-01T00:00:00",
            "1970-01-01",
            "2024-13-01",
            "31 Feb 2024",
            "May",
            "5/9/2024",
            "é",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}

//! Dates as people write them into files and options.

use attache::date::DateRange;

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what follows a `T` or a space is left out.
pub fn parse_date(text: &str) -> Result<DateRange, String> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    let range = match (year, month, date) {
        (Some(year), None, None) if year.len() == 4 => year.parse().ok().and_then(DateRange::year),
        (Some(year), Some(month), None) if year.len() == 4 => year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .and_then(|(year, month)| DateRange::month(year, month)),
        (Some(_), Some(_), Some(_)) => day.parse().ok().map(DateRange::day),
        _ => None,
    };
    range.ok_or_else(|| format!("{text:?} is no date; write 2024, 2024-05 or 2024-05-09"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_in_three_precisions() {
        assert_eq!(parse_date("2024"), Ok(DateRange::year(2024).expect("year")));
        assert_eq!(parse_date("2024-05"), Ok(DateRange::month(2024, 5).expect("month")));
        let day = parse_date("2024-05-09").expect("day");
        assert_eq!(parse_date("2024-05-09T10:00:00Z"), Ok(day));
        for wrong in ["", "May", "24", "2024-13", "2024-02-30", "9.5.2024"] {
            assert!(parse_date(wrong).is_err(), "{wrong}");
        }
    }
}

//! Time expressions against tables and dated documents of our own: tests/time/.

use attache::date::DateRange;
use attache::time::{Direction, TimeExpression, Told, expressions, expressions_after};
use attache_parse::Span;
use jiff::civil::date;

const TABLE: &str = include_str!("time/expressions.tsv");
/// With types.
const NEWS: &str = include_str!("time/news.tsv");

/// "2024-03-14", "2024-03", "2024" or "-" for no date.
fn anchor(field: &str) -> Option<DateRange> {
    let mut parts = field.split('-').filter(|part| !part.is_empty());
    let year: i16 = parts.next()?.parse().expect("year");
    let Some(month) = parts.next() else {
        return DateRange::year(year);
    };
    let month = month.parse().expect("month");
    match parts.next() {
        Some(day) => Some(DateRange::day(date(year, month, day.parse().expect("day")))),
        None => DateRange::month(year, month),
    }
}

/// Takes the brackets off, and tells what they held.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '[' => start = text.len(),
            ']' => spans.push(Span::new(start, text.len())),
            _ => text.push(c),
        }
    }
    (text, spans)
}

fn find(anchored: &str, text: &str) -> Vec<TimeExpression> {
    expressions(text, Span::new(0, text.len()), anchor(anchored))
}

/// A table's lines: date, marked sentence, values.
fn rows(table: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(|(number, line)| (number + 1, line.split('\t').collect()))
}

/// Compares what is found in each row with what is marked; the value is as `told` writes it. Gives the number of expressions.
fn check(table: &str, told: fn(&TimeExpression) -> String) -> usize {
    let mut failures = Vec::new();
    let mut count = 0;
    for (number, fields) in rows(table) {
        let (text, spans) = unmark(fields[1]);
        let values: Vec<&str> = fields[2].split(';').filter(|value| !value.is_empty()).collect();
        count += values.len();
        let found = find(fields[0], &text);
        let got: Vec<(&str, String)> = found.iter().map(|e| (e.span.text(&text), told(e))).collect();
        let texts = spans.iter().map(|span| span.text(&text));
        let want: Vec<(&str, String)> = texts.zip(values.iter().map(|v| (*v).to_owned())).collect();
        if got != want || found.iter().map(|e| e.span).ne(spans) {
            failures.push(format!("line {number}: {}\n  want {want:?}\n  got  {got:?}", fields[1]));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count}\n{}",
        failures.len(),
        failures.join("\n")
    );
    count
}

#[test]
fn table() {
    let count = check(TABLE, |e| e.value.clone());
    assert!(count >= 160, "{count} expressions");
}

#[test]
fn table_with_types() {
    let count = check(NEWS, |e| format!("{} {}", e.kind.name(), e.value));
    assert!(count >= 250, "{count} expressions");
}

/// Documents of our own: the date, then a sentence a line, with "[words|TYPE value]". Dates told before are carried on.
const DOCUMENTS: [(&str, &str); 4] = [
    ("flood", include_str!("time/documents/flood.txt")),
    ("results", include_str!("time/documents/results.txt")),
    ("siege", include_str!("time/documents/siege.txt")),
    ("summit", include_str!("time/documents/summit.txt")),
];

#[test]
fn documents() {
    let mut failures = Vec::new();
    for (name, document) in DOCUMENTS {
        let (date, body) = document.split_once('\n').expect("date");
        let mut told = Told::default();
        for line in body.lines() {
            let (text, want) = unmark_with_values(line);
            let found = expressions_after(&text, Span::new(0, text.len()), anchor(date), &mut told);
            let got: Vec<(Span, String)> = found
                .iter()
                .map(|e| (e.span, format!("{} {}", e.kind.name(), e.value)))
                .collect();
            if got != want {
                let shown: Vec<(&str, &str)> = got.iter().map(|(s, v)| (s.text(&text), v.as_str())).collect();
                failures.push(format!("{name}: {line}\n  got {shown:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Takes "[words|TYPE value]" apart.
fn unmark_with_values(marked: &str) -> (String, Vec<(Span, String)>) {
    let (mut text, mut found) = (String::new(), Vec::new());
    for (number, piece) in marked.split(['[', ']']).enumerate() {
        match piece.split_once('|').filter(|_| number % 2 == 1) {
            Some((words, value)) => {
                found.push((Span::new(text.len(), text.len() + words.len()), value.to_owned()));
                text.push_str(words);
            }
            None => text.push_str(piece),
        }
    }
    (text, found)
}

/// Prints what is found in the file that `PAGE` names, seen from `ANCHOR`.
#[test]
#[ignore = "a tool, not a test"]
fn show() {
    let text = std::fs::read_to_string(std::env::var_os("PAGE").expect("PAGE names a file")).expect("text");
    let anchored = std::env::var("ANCHOR").unwrap_or_else(|_| "-".to_owned());
    for line in text.lines() {
        for e in find(&anchored, line) {
            let range = e.range.map_or("-".to_owned(), |range| {
                format!("{}..{} {:?}", range.start, range.end, range.precision)
            });
            println!("{}\t{}\t{}\t{range}", e.span.text(line), e.kind.name(), e.value);
        }
    }
}

#[test]
fn offsets_are_those_of_the_text() {
    let text = "Préface. Élie landed on Friday.";
    let found = expressions(text, Span::new(10, text.len()), anchor("2024-03-14"));
    assert_eq!(found[0].span.text(text), "Friday");
}

#[test]
fn ranges_are_days_with_precision() {
    let range = |anchored, text| {
        find(anchored, text)[0]
            .range
            .map(|r| format!("{}..{} {:?}", r.start, r.end, r.precision))
    };
    assert_eq!(
        range("2024-03-14", "It fell on Monday.").as_deref(),
        Some("2024-03-11..2024-03-11 Day")
    );
    assert_eq!(
        range("2024-03-14", "It fell last week.").as_deref(),
        Some("2024-03-04..2024-03-10 Month")
    );
    assert_eq!(
        range("2024-03-14", "It fell in 2014.").as_deref(),
        Some("2014-01-01..2014-12-31 Year")
    );
    assert_eq!(
        range("2024-03-14", "It fell earlier this month.").as_deref(),
        Some("2024-03-01..2024-03-14 Month")
    );
    assert_eq!(
        range("2024-03-14", "It fell in late 2014.").as_deref(),
        Some("2014-09-01..2014-12-31 Year")
    );
    assert_eq!(
        range("2024-03", "It fell on Wednesday.").as_deref(),
        Some("2024-03-01..2024-03-31 Month")
    );
    assert_eq!(
        range("2024-03", "It fell earlier this year.").as_deref(),
        Some("2024-01-01..2024-03-31 Year")
    );
    assert_eq!(
        range("2024-02", "It will fall later this year.").as_deref(),
        Some("2024-02-01..2024-12-31 Year")
    );
    assert_eq!(range("2024-03-14", "It lasted three days."), None);
    assert_eq!(range("2024-03-14", "It is now shut."), None);
    assert_eq!(range("-", "It fell on Wednesday."), None);
}

#[test]
fn the_caller_may_know_the_tense() {
    let text = "talks on Friday";
    let friday = &find("2024-03-14", text)[0];
    let days = |direction| friday.resolve(anchor("2024-03-14"), direction).map(|range| range.start);
    assert_eq!(days(Direction::Past), Some(date(2024, 3, 8)));
    assert_eq!(days(Direction::Future), Some(date(2024, 3, 15)));
    assert_eq!(friday.value_at(None, Direction::Past), "XXXX-WXX-5");
}

#[test]
fn open_ends_and_intervals() {
    let since = &find("2024-03-14", "It has held since 2019.")[0];
    assert!(since.open_end && !since.open_start);
    let until = &find("2024-03-14", "It held until Friday.")[0];
    assert!(until.open_start && !until.open_end);
    let war = find("2024-03-14", "It raged from 1979 to 1989.");
    let whole = war[0].interval.expect("interval");
    assert_eq!((whole.start, whole.end), (date(1979, 1, 1), date(1989, 12, 31)));
    assert_eq!(war[0].interval, war[1].interval);
}

proptest::proptest! {
    #[test]
    fn any_text_is_borne(text in "\\PC{0,200}", anchored in 0usize..4) {
        let anchored = ["-", "2024", "9999-12", "2024-02-29"][anchored];
        check_order(&find(anchored, &text), &text);
    }

    #[test]
    fn any_string_of_time_words_is_borne(words in proptest::collection::vec(word(), 0..40), anchored in 0usize..4) {
        let anchored = ["-", "0001", "9999-12", "2024-02-29"][anchored];
        let text = words.join(" ");
        check_order(&find(anchored, &text), &text);
    }
}

fn word() -> impl proptest::strategy::Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "the",
        "May",
        "March",
        "9",
        "31",
        "2024",
        "99999",
        "century",
        "21st",
        "years",
        "ago",
        "last",
        "next",
        "week",
        "-",
        "/",
        ".",
        ":",
        "14",
        "25",
        "and",
        "a",
        "half",
        "two",
        "days",
        "later",
        "Friday",
        "every",
        "from",
        "to",
        "end",
        "of",
        "early",
        "'",
        "s",
        "90",
        "thousand",
        "999999",
        "decades",
        "centuries",
        "in",
        "will",
        "quarter",
        "first",
        "summer",
        "Christmas",
        "noon",
        "pm",
        "until",
    ])
}

fn check_order(found: &[TimeExpression], text: &str) {
    for pair in found.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    for expression in found {
        assert!(!expression.span.text(text).is_empty());
        assert!(expression.range.is_none_or(|range| range.start <= range.end));
    }
}

//! Dates of events, as the text gives them: tests/dates/events.tsv.

use std::fs;

use attache::Event;
use attache::date::{DateRange, Precision};
use attache::extract::{Given, plain};
use attache_tests::{Fallible, engine, root, table};

#[test]
fn dates_of_events() -> Fallible {
    let text = fs::read_to_string(root().join("tests/dates/events.tsv"))?;
    let mut cases = 0;
    let mut failures = Vec::new();
    for (number, line) in table::lines(&text) {
        cases += 1;
        let fields: Vec<&str> = line.split('\t').collect();
        let [published, text, wanted] = fields[..] else {
            return Err(format!("line {number}: three fields, please").into());
        };
        let given = Given {
            published: Some(DateRange::day(published.parse()?)),
            ..Given::default()
        };
        let (document, _) = plain(text, &given);
        let got: Vec<String> = engine().code(&document).events.iter().map(written).collect();
        if got.join("; ") != wanted {
            failures.push(format!(
                "line {number}: {text}\n  want {wanted}\n  got  {}",
                got.join("; ")
            ));
        }
    }
    table::verdict(cases, 1, &failures);
    Ok(())
}

/// `expelled 2014-05-05 day occurred`.
fn written(event: &Event) -> String {
    let words: Vec<&str> = event.event_text.iter().flat_map(|words| words.split(' ')).collect();
    let kept = match event.date_precision {
        Precision::Year => 4,
        _ => 10,
    };
    let cut = |day: &str| day.get(..kept).unwrap_or(day).to_owned();
    let start = event.date.as_deref().map(cut).unwrap_or_default();
    let end = event.enddate.as_deref().map(cut).filter(|end| *end != start);
    let date = match (event.date_precision, end) {
        (Precision::None, _) => "-".to_owned(),
        (Precision::Month, Some(end)) if whole_month(&start, &end) => start[..7].to_owned(),
        (_, Some(end)) => format!("{start}..{end}"),
        _ => start,
    };
    let precision = format!("{:?}", event.date_precision).to_lowercase();
    let status = format!("{:?}", event.status).to_lowercase();
    format!("{} {date} {precision} {status}", words.first().unwrap_or(&""))
}

fn whole_month(start: &str, end: &str) -> bool {
    start.ends_with("-01")
        && start.get(..7) == end.get(..7)
        && ["28", "29", "30", "31"].iter().any(|d| end.ends_with(d))
}

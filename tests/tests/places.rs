//! Places: sentences with the places that they name, events with where they happened, and documents with coordinates.

use std::fs;

use attache::annotate::PlaceLayer;
use attache::extract::{self, Given};
use attache_gazetteer::distance;
use attache_tests::{Fallible, root, rules, table};

/// A place as a case has it: where it stands in code points, and what is said of it behind the bars.
struct Marked {
    start: usize,
    end: usize,
    fields: Vec<String>,
}

/// A text without its brackets, and what stood in them.
fn unmarked(marked: &str) -> (String, Vec<Marked>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map_or(rest.len(), |c| open + c);
        let mut fields = rest[open + 1..close].split('|').map(str::to_owned);
        text.push_str(&rest[..open]);
        let start = text.chars().count();
        text.push_str(&fields.next().unwrap_or_default());
        let end = text.chars().count();
        places.push(Marked {
            start,
            end,
            fields: fields.collect(),
        });
        rest = rest.get(close + 1..).unwrap_or("");
    }
    text.push_str(rest);
    (text, places)
}

fn annotated(text: &str, given: &Given) -> Vec<PlaceLayer> {
    rules().annotate(&extract::plain(text, given).0).places
}

fn words(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

fn case_file(name: &str) -> Fallible<String> {
    Ok(fs::read_to_string(root().join("tests/places").join(name))?)
}

#[test]
fn mentions() -> Fallible {
    let file = case_file("mentions.txt")?;
    let (mut number, mut faults) = (0, Vec::new());
    for (_, line) in table::lines(&file) {
        number += 1;
        let (text, wanted) = unmarked(line);
        let got: Vec<String> = annotated(&text, &Given::default())
            .iter()
            .map(|p| {
                let wants = wanted.iter().find(|w| (w.start, w.end) == (p.start, p.end));
                let any = wants.is_some_and(|w| w.fields[0].starts_with("?,"));
                let name = if any { "?" } else { &p.name };
                format!(
                    "[{}|{name}, {}]",
                    words(&text, p.start, p.end),
                    p.country_code.as_deref().unwrap_or("-")
                )
            })
            .collect();
        let wanted: Vec<String> = wanted
            .iter()
            .map(|w| format!("[{}|{}]", words(&text, w.start, w.end), w.fields[0]))
            .collect();
        if got != wanted {
            faults.push(format!(
                "{text}\n  wanted {}\n  got    {}",
                wanted.join(" "),
                got.join(" ")
            ));
        }
    }
    table::verdict(number, 60, &faults);
    Ok(())
}

#[test]
fn events() -> Fallible {
    let file = case_file("events.txt")?;
    let (mut number, mut faults) = (0, Vec::new());
    for (_, line) in table::lines(&file) {
        number += 1;
        let (text, wanted) = line.split_once(" => ").ok_or("a case without =>")?;
        let (kind, wanted) = wanted.split_once(" @ ").ok_or("a case without @")?;
        let given = Given {
            published: Some("2024-05-09".parse().map(attache::date::DateRange::day)?),
            ..Given::default()
        };
        let coded = rules().code(&extract::plain(text, &given).0);
        let of_kind: Vec<String> = coded
            .events
            .iter()
            .filter(|e| e.event.iter().any(|t| t == kind))
            .map(|e| {
                e.event_loc.as_ref().map_or("-".to_owned(), |l| {
                    // Coordinates are for what is smaller than a country.
                    assert!(
                        l.resolution != Some(1) || l.lat.is_none(),
                        "{text}: a country with a point"
                    );
                    let level = match l.resolution {
                        Some(1) => "country",
                        Some(2) => "admin1",
                        Some(3) => "admin2",
                        Some(4) => "place",
                        _ => "none",
                    };
                    format!("{}, {level}", l.extracted_place)
                })
            })
            .collect();
        if of_kind.is_empty() || of_kind.iter().any(|got| got != wanted) {
            faults.push(format!(
                "{text}\n  wanted {kind} @ {wanted}\n  got    {}",
                of_kind.join("; ")
            ));
        }
    }
    table::verdict(number, 1, &faults);
    Ok(())
}

/// Kilometres within which a place counts as found, as scoring of geoparsers has it (a hundred miles).
const NEAR: f64 = 161.0;

/// Counts over the development documents.
#[derive(Default)]
struct Tally {
    wanted: usize,
    got: usize,
    spans: usize,
    near: usize,
    countries: usize,
    with_country: usize,
}

#[test]
fn documents() -> Fallible {
    let file = case_file("dev.txt")?;
    let floor = |name: &str| -> Fallible<f64> {
        let line = file.lines().find_map(|l| l.strip_prefix(&format!("# floor {name} ")));
        Ok(line.ok_or(format!("dev.txt has no floor {name}"))?.parse()?)
    };
    let mut tally = Tally::default();
    let body: String = file
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| format!("{l}\n"))
        .collect();
    for document in body.split("\n= ").skip(1) {
        let (head, marked) = document.split_once('\n').ok_or("a document without text")?;
        let publisher = head.split_once(" | ").map(|(_, p)| p.trim().to_owned());
        let (text, wanted) = unmarked(marked.trim());
        let got = annotated(
            &text,
            &Given {
                publisher,
                ..Given::default()
            },
        );
        tally.wanted += wanted.len();
        tally.got += got.len();
        for place in &wanted {
            let Some(found) = got.iter().find(|p| (p.start, p.end) == (place.start, place.end)) else {
                continue;
            };
            tally.spans += 1;
            let (lat, lon) = place.fields[0].split_once(',').ok_or("coordinates without a comma")?;
            let point = (lat.parse()?, lon.trim().parse()?);
            tally.near += usize::from(found.lat.zip(found.lon).is_some_and(|p| distance(p, point) <= NEAR));
            if place.fields[1] != "-" {
                tally.with_country += 1;
                tally.countries += usize::from(found.country_code.as_deref() == Some(place.fields[1].as_str()));
            }
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let f1 = 2.0 * share(tally.spans, tally.wanted + tally.got);
    let (near, country) = (
        share(tally.near, tally.spans),
        share(tally.countries, tally.with_country),
    );
    println!(
        "{} toponyms: span F1 {f1:.3}, within 161 km {near:.3}, country {country:.3}",
        tally.wanted
    );
    assert!(tally.wanted > 150, "{} toponyms", tally.wanted);
    for (name, value) in [("span_f1", f1), ("near", near), ("country", country)] {
        let floor = floor(name)?;
        assert!(value >= floor, "{name}: {value:.3} is below its floor of {floor}");
    }
    Ok(())
}

//! Copies of wire stories are found, and what only looks like one is not: cases in `tests/copies/*.txt`, and stories edited in
//! the ways of newsrooms, with floors.

use std::fs;

use attache::copies::{Bounds, Index, Sketch};
use attache::date::DateRange;
use attache::document::CopyOf;
use attache::extract::{self, Given};
use attache_tests::{Fallible, files, root, table, wire};

#[test]
fn cases() -> Fallible {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files(&root().join("tests/copies"))? {
        if path.extension().is_some_and(|e| e == "txt") {
            count += case(&path.display().to_string(), &fs::read_to_string(&path)?, &mut faults)?;
        }
    }
    table::verdict(count, 20, &faults);
    Ok(())
}

/// Documents in reading order, each under `=== ID | OUTLET | DAY | ADDRESS => VERDICT`; outlet, day and address may be
/// empty. A verdict is `first`, or `exact`, `near` or `revision` with the id of the first of the family.
fn case(path: &str, text: &str, faults: &mut Vec<String>) -> Fallible<usize> {
    let mut index = Index::default();
    let mut count = 0;
    for part in text.split("\n=== ").skip(1) {
        let (head, text) = part.split_once('\n').ok_or("a document without text")?;
        let (head, wanted) = head.split_once(" => ").ok_or(format!("{path}: no verdict: {head}"))?;
        let fields: Vec<&str> = head.split('|').map(str::trim).collect();
        let field = |at: usize| fields.get(at).filter(|f| !f.is_empty()).map(|f| (*f).to_owned());
        let given = Given {
            id: field(0),
            publisher: field(1),
            published: field(2).map(|day| day.parse().map(DateRange::day)).transpose()?,
            url: field(3),
            language: Some("en".to_owned()),
            ..Given::default()
        };
        let (document, _) = extract::plain(text, &given);
        let got = match index.take(&document, Sketch::of(&document)) {
            None => "first".to_owned(),
            Some(copy) => format!("{:?} {}", copy.kind, copy.doc).to_lowercase(),
        };
        count += 1;
        if got != wanted {
            faults.push(format!("{path}: {}: wanted {wanted}, got {got}", fields[0]));
        }
    }
    Ok(count)
}

/// Of a hundred copies so many must be found, the original read first, where it is not `FLOOR`: what was measured, less a few.
const FLOORS: &[(&str, usize)] = &[("10 % of words edited", 90), ("cut to 35 %", 87)];
const FLOOR: usize = 97;

/// … and so many of all where the edited form is read first: what is cut to a third and then read in full is a new story.
const REVERSED: usize = 92;

#[test]
fn edited_stories_are_found() -> Fallible {
    let (short, local) = (wire::stories()?, wire::lines("local.tsv")?);
    let mut reversed = wire::Tally::default();
    for stories in [wire::joined(&short, 3), short] {
        for (name, edit) in wire::EDITS {
            let (tally, _) = wire::score(&Bounds::default(), &stories, *edit, &local, false);
            let floor = FLOORS
                .iter()
                .find(|floor| floor.0 == *name)
                .map_or(FLOOR, |floor| floor.1);
            println!("{name}: {tally:?}");
            assert!(100 * tally.found >= floor * tally.copies, "{name}: {tally:?}");
            assert_eq!(tally.false_ones, 0, "{name}");
            reversed = reversed.plus(wire::score(&Bounds::default(), &stories, *edit, &local, true).0);
        }
    }
    assert!(100 * reversed.found >= REVERSED * reversed.copies, "{reversed:?}");
    assert_eq!(reversed.false_ones, 0);
    Ok(())
}

#[test]
fn shares_tell_how_much_is_in_common() -> Fallible {
    let (stories, local) = (wire::stories()?, wire::lines("local.tsv")?);
    let shares = |wanted: &str| {
        let (_, edit) = wire::EDITS
            .iter()
            .find(|(name, _)| *name == wanted)
            .expect("a known edit");
        let (_, right) = wire::score(&Bounds::default(), &stories, *edit, &local, false);
        let mean = |of: fn(&CopyOf) -> f64| right.iter().map(of).sum::<f64>() / right.len() as f64;
        (mean(|copy| copy.share), mean(|copy| copy.covers))
    };
    assert_eq!(shares("as it came"), (1.0, 1.0));
    let (share, covers) = shares("cut to 50 %");
    assert!(share > 0.97 && (0.38..0.52).contains(&covers), "{share} {covers}");
    let (share, covers) = shares("two local paragraphs after");
    assert!(covers > 0.97 && (0.6..0.85).contains(&share), "{share} {covers}");
    Ok(())
}

#[test]
fn lookalikes_are_no_copies() -> Fallible {
    for (name, stories) in wire::lookalikes()? {
        let found = wire::taken(&Bounds::default(), &stories);
        let taken = stories.iter().zip(&found);
        let false_ones: Vec<String> = taken
            .filter_map(|(story, copy)| Some(format!("{} for {:?}", story.id, copy.as_ref()?)))
            .collect();
        assert!(
            false_ones.is_empty(),
            "{name}: taken for copies\n{}",
            false_ones.join("\n")
        );
    }
    Ok(())
}

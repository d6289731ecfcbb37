//! How well copies are told from what only looks like one, with other bounds beside those that ship.

use std::error::Error;
use std::time::Instant;

use attache::Document;
use attache::copies::{Bounds, Index, Sketch};
use attache_tests::wire::{self, Dice, Story, Tally};

use crate::warc_bench::text::Source;

/// A bound and how to set it.
type Dial = (&'static str, &'static [f64], fn(&mut Bounds, f64));

const DIALS: &[Dial] = &[
    ("most", &[0.5, 0.6, 0.7, 0.75, 0.8, 0.9], |b, v| b.most = v),
    ("part", &[0.2, 0.3, 0.4, 0.5, 0.6], |b, v| b.part = v),
    ("least", &[0.05, 0.1, 0.2, 0.3, 0.4, 0.5], |b, v| b.least = v),
    ("lead", &[0.0, 0.25, 0.5, 0.75], |b, v| b.lead = v),
    ("telling", &[0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], |b, v| b.telling = v),
    ("runs", &[4.0, 8.0, 16.0, 24.0, 32.0], |b, v| b.runs = v as usize),
];

/// Documents by which room and speed are measured; families kept of them.
const DOCUMENTS: usize = 50_000;
const FAMILIES: usize = 20_000;

/// Prints a table of edits and lookalikes, then recall and false copies for other bounds, one at a time, and what the index
/// takes in memory and time.
///
/// # Errors
/// Where a file of the tests is missing.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    if let Some(other) = args.first() {
        return Err(format!("eval-copies takes no {other:?}").into());
    }
    let sets = [
        ("dispatches", wire::stories()?),
        ("three in one", wire::joined(&wire::stories()?, 3)),
    ];
    for (name, stories) in &sets {
        println!("\n{name}: {} stories", stories.len());
        edits(&Bounds::default(), stories, true)?;
    }
    println!("\nlookalikes");
    lookalikes(&Bounds::default(), true)?;
    println!(
        "\n{:16} recall  false copies of edited stories, of lookalikes",
        "bounds"
    );
    println!("{:16} {}", "as shipped", line(&Bounds::default(), &sets)?);
    for (name, values, set) in DIALS {
        for value in *values {
            let mut bounds = Bounds::default();
            set(&mut bounds, *value);
            println!("{:16} {}", format!("{name} {value}"), line(&bounds, &sets)?);
        }
    }
    room()
}

/// Documents of some 500 words each, all different.
fn room() -> Result<(), Box<dyn Error>> {
    let source = Source::english()?;
    let mut dice = Dice::new(3);
    let bounds = Bounds {
        families: FAMILIES,
        ..Bounds::default()
    };
    let mut index = Index::new(bounds);
    let (mut words, mut copies) = (0, 0);
    let mut seconds = (0.0, 0.0);
    for number in 0..DOCUMENTS {
        let text = source.article(&mut dice, "en").paragraphs.join("\n\n");
        words += text.split_whitespace().count();
        let document = Document {
            url: Some(format!("https://outlet{}.example/news/{number}", number % 97)),
            ..attache_tests::document(&format!("<urn:uuid:{number:036}>"), &text)
        };
        let start = Instant::now();
        let sketch = Sketch::of(&document);
        seconds.0 += start.elapsed().as_secs_f64();
        let start = Instant::now();
        copies += usize::from(index.take(&document, sketch).is_some());
        seconds.1 += start.elapsed().as_secs_f64();
        if (number + 1) % 10_000 == 0 {
            let mebibytes = index.heap() as f64 / f64::from(1 << 20);
            println!(
                "{:6} documents, {:6} families kept, {mebibytes:6.1} MiB",
                number + 1,
                index.len()
            );
        }
    }
    let rate = |seconds: f64| DOCUMENTS as f64 / seconds;
    println!(
        "{} words a document, {copies} taken for copies; sketches {:.0} a second, index {:.0} a second; {:.0} bytes a family",
        words / DOCUMENTS,
        rate(seconds.0),
        rate(seconds.1),
        index.heap() as f64 / index.len() as f64
    );
    Ok(())
}

fn line(bounds: &Bounds, sets: &[(&str, Vec<Story>)]) -> Result<String, Box<dyn Error>> {
    let mut sum = Tally::default();
    for (_, stories) in sets {
        sum = sum.plus(edits(bounds, stories, false)?);
    }
    let (false_ones, others) = lookalikes(bounds, false)?;
    Ok(format!(
        "{:6.2}  {:3} of {}, {:3} of {others}",
        100.0 * sum.found as f64 / sum.copies as f64,
        sum.false_ones,
        sum.copies + sum.others,
        false_ones
    ))
}

/// All edits, the original read first and last.
fn edits(bounds: &Bounds, stories: &[Story], tell: bool) -> Result<Tally, Box<dyn Error>> {
    let local = wire::lines("local.tsv")?;
    let mut sum = Tally::default();
    for (name, edit) in wire::EDITS {
        let (first, right) = wire::score(bounds, stories, *edit, &local, false);
        let (last, _) = wire::score(bounds, stories, *edit, &local, true);
        if tell {
            let mean = |of: fn(&attache::document::CopyOf) -> f64| {
                right.iter().map(of).sum::<f64>() / right.len().max(1) as f64
            };
            println!(
                "{name:45} found {:3}, reversed {:3}; false {}; share {:.2}, covers {:.2}",
                first.found,
                last.found,
                first.false_ones + last.false_ones,
                mean(|copy| copy.share),
                mean(|copy| copy.covers)
            );
        }
        sum = sum.plus(first).plus(last);
    }
    Ok(sum)
}

fn lookalikes(bounds: &Bounds, tell: bool) -> Result<(usize, usize), Box<dyn Error>> {
    let mut sum = (0, 0);
    for (name, stories) in wire::lookalikes()? {
        let found = wire::taken(bounds, &stories);
        let false_ones = found.iter().flatten().count();
        if tell {
            println!("{name:45} {false_ones} of {} taken for copies", stories.len());
        }
        sum = (sum.0 + false_ones, sum.1 + stories.len());
    }
    Ok(sum)
}

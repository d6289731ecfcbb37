//! What shows a status, over the sentences of tests/status.

use std::fs;

use attache::Event;
use attache_tests::{Fallible, document, root, rules, table};

#[test]
fn status_cues() -> Fallible {
    let text = fs::read_to_string(root().join("tests/status/sentences.txt"))?;
    let mut faults = Vec::new();
    let mut lines = 0;
    for (number, line) in table::lines(&text) {
        lines += 1;
        let (wanted, sentence) = line
            .split_once(": ")
            .ok_or_else(|| format!("line {number}: no colon"))?;
        let events = rules().code(&document("status", sentence)).events;
        let got: Vec<String> = events.iter().map(|e| shown(e, sentence)).collect();
        if !got.iter().any(|g| g == wanted) {
            faults.push(format!("line {number}: {line}\n  got {}", got.join("; ")));
        }
    }
    table::verdict(lines, 21, &faults);
    Ok(())
}

/// Status, kind and words as the table writes them; the words must stand where the record says.
fn shown(event: &Event, sentence: &str) -> String {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let status = name(serde_json::to_value(event.status).unwrap_or_default());
    match &event.status_cue {
        None => format!("{status} - -"),
        Some(cue) => {
            let there: String = sentence.chars().skip(cue.start).take(cue.end - cue.start).collect();
            let (first, last) = (cue.text.split(' ').next(), cue.text.split(' ').next_back());
            assert!(
                first.is_some_and(|w| there.starts_with(w)) && last.is_some_and(|w| there.ends_with(w)),
                "{sentence}"
            );
            format!(
                "{status} {} {}",
                name(serde_json::to_value(cue.kind).unwrap_or_default()),
                cue.text
            )
        }
    }
}

//! Who says what, over the tables of tests/statements.
//!
//! One document a line; `¶` parts its paragraphs. `[S1 …]` are the source's words, `[C1 …]` the cue, `[T1 …]` what is said, all of
//! statement 1; `T1d`, `T1i`, `T1m` ask for direct, indirect, mixed. Brackets nest. A line without brackets holds no statement.
//! Commas and stops at the edges are left to taste.

use std::collections::BTreeMap;
use std::fs;

use attache::annotate::{Range, Statement};
use attache_tests::{Fallible, document, files, root, rules, table};

/// Source, cue, content, kind; each part as its words, pieces joined by an ellipsis.
type Row = [String; 4];

#[test]
fn statements() -> Fallible {
    let mut faults = Vec::new();
    let mut lines = 0;
    for path in files(&root().join("tests/statements"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (number, line) in table::lines(&fs::read_to_string(&path)?) {
            lines += 1;
            let (text, mut wanted) = read(line).map_err(|e| format!("{name} {number}: {e}"))?;
            let mut got: Vec<Row> = rules()
                .annotate(&document("case", &text))
                .statements
                .iter()
                .map(|s| row(&text, s))
                .collect();
            wanted.sort();
            got.sort();
            let fits = wanted.len() == got.len() && wanted.iter().zip(&got).all(|(w, g)| fits(w, g));
            if !fits {
                let show = |rows: &[Row]| {
                    rows.iter()
                        .map(|r| format!("    {}\n", r.join(" | ")))
                        .collect::<String>()
                };
                faults.push(format!(
                    "{name} {number}: {text}\n  wanted\n{}  got\n{}",
                    show(&wanted),
                    show(&got)
                ));
            }
        }
    }
    table::verdict(lines, 151, &faults);
    Ok(())
}

fn fits(wanted: &Row, got: &Row) -> bool {
    wanted[..3] == got[..3] && (wanted[3].is_empty() || wanted[3] == got[3])
}

fn row(text: &str, statement: &Statement) -> Row {
    let points: Vec<char> = text.chars().collect();
    let words = |ranges: &[Range]| {
        let pieces = ranges
            .iter()
            .map(|[start, end]| points[*start..*end].iter().collect::<String>());
        joined(pieces)
    };
    [
        words(&statement.speaker),
        words(&statement.cue),
        words(&statement.content),
        statement.kind[..1].to_owned(),
    ]
}

fn joined(pieces: impl Iterator<Item = String>) -> String {
    let trimmed = pieces.map(|p| {
        p.trim_matches(|c: char| c.is_whitespace() || ",.;:\"“”'‘’".contains(c))
            .to_owned()
    });
    trimmed.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" … ")
}

/// The text of a line without its brackets, and the statements in it.
fn read(line: &str) -> Fallible<(String, Vec<Row>)> {
    let mut text = String::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut parts: BTreeMap<(String, char), Vec<String>> = BTreeMap::new();
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            '[' => {
                let label: String = rest.by_ref().take_while(|c| *c != ' ').collect();
                open.push((label, text.len()));
            }
            ']' => {
                let (label, start) = open.pop().ok_or("a bracket too many is closed")?;
                let mut chars = label.chars();
                let role = chars
                    .next()
                    .filter(|r| "SCT".contains(*r))
                    .ok_or("a label begins with S, C or T")?;
                let number: String = chars.clone().filter(char::is_ascii_digit).collect();
                let kind: String = chars.filter(|c| c.is_ascii_lowercase()).collect();
                if !kind.is_empty() {
                    kinds.insert(number.clone(), kind);
                }
                parts.entry((number, role)).or_default().push(text[start..].to_owned());
            }
            '¶' => text.push_str("\n\n"),
            c => text.push(c),
        }
    }
    if let Some((label, _)) = open.pop() {
        return Err(format!("`{label}` is not closed").into());
    }
    let numbers: Vec<String> = parts.keys().map(|(number, _)| number.clone()).collect();
    let mut rows = Vec::new();
    let mut last = String::new();
    for number in numbers {
        if number == last {
            continue;
        }
        last.clone_from(&number);
        let words = |role: char| {
            joined(
                parts
                    .get(&(number.clone(), role))
                    .cloned()
                    .unwrap_or_default()
                    .into_iter(),
            )
        };
        rows.push([
            words('S'),
            words('C'),
            words('T'),
            kinds.get(&number).cloned().unwrap_or_default(),
        ]);
    }
    Ok((text, rows))
}

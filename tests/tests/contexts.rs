//! Every context of PLOVER by sentences: those of tests/contexts must show it, or must not.

use std::fs;

use attache_tests::{Fallible, document, root, rules, table};

#[test]
fn contexts() -> Fallible {
    let text = fs::read_to_string(root().join("tests/contexts/sentences.txt"))?;
    let mut faults = Vec::new();
    let mut shown: Vec<(String, usize, usize)> = Vec::new();
    for (number, line) in table::lines(&text) {
        let (name, sentence) = line
            .split_once(": ")
            .ok_or_else(|| format!("line {number}: no context"))?;
        let (barred, name) = match name.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, name),
        };
        let known = rules().ontology().contexts.iter().any(|c| c.name == name);
        if !known {
            return Err(format!("line {number}: `{name}` is no context").into());
        }
        let at = shown.iter().position(|s| s.0 == name).unwrap_or_else(|| {
            shown.push((name.to_owned(), 0, 0));
            shown.len() - 1
        });
        if barred {
            shown[at].2 += 1
        } else {
            shown[at].1 += 1
        }
        let document = document("context", sentence);
        let events = rules().code(&document).events;
        let has = events.iter().any(|e| e.context.iter().any(|c| c == name));
        let all: Vec<String> = events
            .iter()
            .map(|e| format!("{} {:?}", e.event.join(","), e.context))
            .collect();
        let too_many = events.iter().any(|e| e.context.len() > 3);
        if events.is_empty() && !barred || has == barred || too_many {
            faults.push(format!("line {number}: {line}\n  got {}", all.join("; ")));
        }
    }
    let contexts = &rules().ontology().contexts;
    let thin: Vec<&str> = contexts
        .iter()
        .map(|c| c.name.as_str())
        .filter(|c| !shown.iter().any(|(name, yes, no)| name == c && *yes >= 3 && *no >= 1))
        .collect();
    assert!(thin.is_empty(), "too few sentences for {}", thin.join(", "));
    table::verdict(shown.iter().map(|(_, yes, no)| yes + no).sum(), 1, &faults);
    Ok(())
}

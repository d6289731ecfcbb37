//! Coreference, parties and numbers of people: tables in `tests/resolve/`.

use std::fs;

use attache::Document;
use attache::annotate::Range;
use attache::date::DateRange;
use attache::event::{Actor, Event, Size};
use attache::extract::{self, Given};
use attache_tests::{Fallible, root, rules, table};

/// A line of a table: text, with its date, and what is wanted of it.
struct Case {
    document: Document,
    wanted: String,
}

fn cases(name: &str) -> Fallible<Vec<Case>> {
    let text = fs::read_to_string(root().join("tests/resolve").join(name))?;
    table::lines(&text).map(|(_, line)| case(line)).collect()
}

fn case(line: &str) -> Fallible<Case> {
    let (text, wanted) = line.split_once(" => ").ok_or_else(|| format!("no `=>` in {line:?}"))?;
    let dated = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let (day, text) = dated.map_or((None, text), |(day, text)| (Some(day), text));
    let given = Given {
        published: day.map(str::parse).transpose()?.map(DateRange::day),
        ..Given::default()
    };
    Ok(Case {
        document: extract::plain(text, &given).0,
        wanted: wanted.to_owned(),
    })
}

/// Runs a table and tells all lines that fail.
fn run(name: &str, least: usize, check: impl Fn(&Case) -> Fallible<Result<(), String>>) -> Fallible {
    let cases = cases(name)?;
    let mut faults = Vec::new();
    for case in &cases {
        if let Err(fault) = check(case)? {
            faults.push(format!(
                "{name}: {} => {}\n    {fault}",
                case.document.text, case.wanted
            ));
        }
    }
    table::verdict(cases.len(), least, &faults);
    Ok(())
}

#[test]
fn coreference() -> Fallible {
    run("coreference.txt", 50, |case| {
        let chains = rules().annotate(&case.document).coreference;
        for claim in case.wanted.split(" ; ") {
            let (same, parts) = match claim.split_once(" != ") {
                Some(parts) => (false, parts),
                None => (
                    true,
                    claim.split_once(" = ").ok_or_else(|| format!("no claim: {claim:?}"))?,
                ),
            };
            let (a, b) = (
                place(&case.document.text, parts.0)?,
                place(&case.document.text, parts.1)?,
            );
            let chain = |words: Range| {
                let around = |m: &&Range| m[0] <= words[0] && words[1] <= m[1];
                let all = chains
                    .iter()
                    .enumerate()
                    .flat_map(|(n, c)| c.iter().map(move |m| (n, m)));
                all.filter(|(_, m)| around(m))
                    .min_by_key(|(_, m)| m[1] - m[0])
                    .map(|(n, _)| n)
            };
            let found = chain(a).is_some() && chain(a) == chain(b);
            if found != same {
                return Ok(Err(format!("{claim}: {}", told(&case.document.text, &chains))));
            }
        }
        Ok(Ok(()))
    })
}

/// Where words stand, in code points; `#2` asks for their second occurrence, whatever its case.
fn place(text: &str, words: &str) -> Fallible<Range> {
    let (words, wanted) = match words.split_once('#') {
        Some((words, n)) => (words, n.trim().parse::<usize>()?),
        None => (words, 1),
    };
    let letters = |c: char| c.is_alphanumeric();
    let whole = |at: &usize| {
        let (before, after) = (text[..*at].chars().next_back(), text[at + words.len()..].chars().next());
        !before.is_some_and(letters) && !after.is_some_and(letters)
    };
    let exact: Vec<usize> = text.match_indices(words).map(|(at, _)| at).filter(whole).collect();
    let (lower, small) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
    let loose: Vec<usize> = lower.match_indices(&small).map(|(at, _)| at).filter(whole).collect();
    let all = if wanted > exact.len() { loose } else { exact };
    let at = *all
        .get(wanted - 1)
        .ok_or_else(|| format!("{words:?} does not stand {wanted} times in {text:?}"))?;
    let start = text[..at].chars().count();
    Ok([start, start + words.chars().count()])
}

fn told(text: &str, chains: &[Vec<Range>]) -> String {
    let words = |m: &Range| text.chars().skip(m[0]).take(m[1] - m[0]).collect::<String>();
    let chain = |c: &Vec<Range>| c.iter().map(words).collect::<Vec<_>>().join(" = ");
    chains.iter().map(chain).collect::<Vec<_>>().join(" | ")
}

#[test]
fn actors() -> Fallible {
    run("actors.txt", 32, |case| {
        let events = rules().code(&case.document).events;
        let parties: Vec<&Actor> = events.iter().flat_map(|e| e.actor.iter().chain(&e.recipient)).collect();
        let fields: Vec<&str> = case.wanted.split(" | ").collect();
        let [words, code, sector, name, office, item] = fields[..] else {
            return Err(format!("six fields, not {}: {}", fields.len(), case.wanted).into());
        };
        let same = |wanted: &str, got: Option<&str>| wanted == "*" || wanted == got.unwrap_or("-");
        let fits = |p: &&&Actor| {
            let sectors = Some(p.sector.join("+")).filter(|s| !s.is_empty());
            same(code, p.code.as_deref())
                && same(sector, sectors.as_deref())
                && same(name, p.identifier_text.as_deref())
                && same(office, p.office.as_deref())
                && same(item, p.wikidata.as_deref())
        };
        let found: Vec<&&Actor> = parties.iter().filter(|p| p.entity_text == words).collect();
        Ok(match found.iter().find(|p| fits(p)) {
            Some(_) => Ok(()),
            None => Err(format!(
                "{:?}",
                if found.is_empty() {
                    parties
                } else {
                    found.into_iter().copied().collect()
                }
            )),
        })
    })
}

#[test]
fn sizes() -> Fallible {
    run("sizes.txt", 20, |case| {
        let events = rules().code(&case.document).events;
        let (kind, numbers) = case.wanted.split_once(' ').unwrap_or((&case.wanted, ""));
        let got: Vec<String> = events.iter().filter(|e| e.event == [kind]).map(written).collect();
        let mut wanted: Vec<&str> = numbers.split(" ; ").filter(|n| !n.is_empty()).collect();
        wanted.sort_unstable();
        let wanted = wanted.join(" ; ");
        Ok(if got.contains(&wanted) {
            Ok(())
        } else {
            Err(format!("{got:?}"))
        })
    })
}

/// The numbers of a record as the table writes them.
fn written(event: &Event) -> String {
    let Size {
        dead,
        injured,
        arrested,
        participants,
        at_least,
        ..
    } = &event.size;
    let all = [
        ("arrested", arrested),
        ("dead", dead),
        ("injured", injured),
        ("participants", participants),
    ];
    let one = |(name, value): (&str, &Option<u64>)| {
        let bound = if at_least.iter().any(|n| n == name) { "+" } else { "" };
        value.map(|v| format!("{name} {v}{bound}"))
    };
    all.into_iter().filter_map(one).collect::<Vec<_>>().join(" ; ")
}

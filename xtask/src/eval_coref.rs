//! Scores coreference chains against the GUM treebank, from raw text.
//!
//! GUM marks every noun phrase; two of its habits are brought to ours first: an appositive belongs to the mention that it
//! explains, and a predicate nominal is no mention. Chains of one mention are left out on both sides.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use attache::Document;
use attache::annotate::Range;
use attache::document::{Block, BlockKind};
use attache::eval::chains::ChainScore;
use attache::record::CodePoints;
use attache_parse::{Span, conllu};
use attache_tests::{engine, root};

use crate::eval_text::unzip;

/// A chain of the treebank.
#[derive(Default)]
struct Chain {
    kind: String,
    mentions: Vec<Range>,
}

/// Prints a line for each part and measure; `--treebanks FOLDER` names where the files lie (default `../shared/treebanks`),
/// `--documents` adds a line for each document, `--missed N` lists the chains of the first N documents of the dev part.
///
/// # Errors
/// Where a file cannot be read.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let folder = value("--treebanks").map_or_else(|| root().join("../shared/treebanks"), PathBuf::from);
    let listed = value("--missed").and_then(|n| n.parse().ok()).unwrap_or(0);
    println!(
        "{:42} {:>18} {:>18} {:>18} {:>6}",
        "part", "MUC P R F", "B3 P R F", "CEAF P R F", "mean"
    );
    for part in ["dev", "test"] {
        let mut totals: BTreeMap<String, ChainScore> = BTreeMap::new();
        for (number, (name, file)) in documents(&folder, part)?.into_iter().enumerate() {
            let one = score(&file, part == "dev" && number < listed)?;
            for (measure, score) in one {
                let genre = name.split('_').nth(1).unwrap_or("");
                let news = (genre == "news").then_some("news");
                for group in news.into_iter().chain(["all"]) {
                    let total = totals.entry(format!("GUM {part} {group}, {measure}")).or_default();
                    total.merge(&score);
                }
                if args.iter().any(|a| a == "--documents") {
                    println!("{}", line(&format!("{name}, {measure}"), &score));
                }
            }
        }
        for (name, score) in &totals {
            println!("{}", line(name, score));
        }
    }
    Ok(())
}

fn line(name: &str, score: &ChainScore) -> String {
    let three = |(p, r, f): (f64, f64, f64)| format!("{:5.1} {:5.1} {:5.1} ", 100.0 * p, 100.0 * r, 100.0 * f);
    format!(
        "{name:42} {} {} {} {:6.1}",
        three(score.muc.scores()),
        three(score.b_cubed.scores()),
        three(score.ceaf.scores()),
        100.0 * score.mean()
    )
}

/// Name and lines of every document of a file.
fn documents(folder: &Path, part: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let file = unzip(&folder.join(format!("en_gum-permissive-ud-{part}.conllu.gz")))?;
    let mut all: Vec<(String, String)> = Vec::new();
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("# newdoc id = ") {
            all.push((name.to_owned(), String::new()));
        }
        if let Some((_, text)) = all.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    Ok(all)
}

/// The scores of one document by measure.
fn score(file: &str, list: bool) -> Result<Vec<(String, ChainScore)>, Box<dyn Error>> {
    let bank = conllu::read(file)?;
    let points = CodePoints::new(&bank.text);
    let document = Document {
        text: bank.text.clone(),
        blocks: blocks(&bank.text),
        ..Document::default()
    };
    let predicted = engine().annotate(&document).coreference;
    let gold = gold(&bank, &points);
    let mut all = Vec::new();
    if list {
        show(&bank.text, &gold, &predicted);
    }
    for (group, kept) in [
        (
            "persons, organisations, places",
            &["person", "organization", "place"][..],
        ),
        ("everything", &[]),
    ] {
        let chains: Vec<Vec<Range>> = gold
            .iter()
            .filter(|c| kept.is_empty() || kept.contains(&c.kind.as_str()))
            .map(|c| c.mentions.clone())
            .collect();
        let mut spans = ChainScore::default();
        spans.add(&chains, &predicted);
        all.push((format!("{group}, spans"), spans));
        let mut heads = ChainScore::default();
        let by_head = |chains: &[Vec<Range>]| -> Vec<Vec<usize>> {
            chains
                .iter()
                .map(|c| c.iter().filter_map(|m| head(&bank, &points, *m)).collect())
                .collect()
        };
        heads.add(&by_head(&chains), &by_head(&predicted));
        all.push((format!("{group}, heads"), heads));
    }
    Ok(all)
}

fn blocks(text: &str) -> Vec<Block> {
    let spans = attache_parse::segment::paragraphs(text);
    let block = |span| Block {
        span,
        kind: BlockKind::Paragraph,
    };
    spans.into_iter().map(block).collect()
}

/// The chains that the treebank marks.
fn gold(bank: &conllu::Treebank, points: &CodePoints) -> Vec<Chain> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    for tree in &bank.trees {
        let mut open: Vec<(String, bool, usize)> = Vec::new();
        let at = |first: usize, last: usize| {
            let tokens = &tree.sentence.tokens;
            let span = tokens[first].span.cover(tokens[last].span);
            let (start, end) = points.range(&bank.text, span);
            [start, end]
        };
        for (token, misc) in tree.misc.iter().enumerate() {
            let Some(marks) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else {
                continue;
            };
            for mark in brackets(marks) {
                let inner = mark.trim_matches(['(', ')']);
                let id = inner.split('-').next().unwrap_or(inner).to_owned();
                if mark.starts_with('(') {
                    let fields: Vec<&str> = inner.split('-').collect();
                    let chain = chains.entry(id.clone()).or_default();
                    chain.kind = fields.get(1).copied().unwrap_or("").to_owned();
                    let link = fields.last().copied().unwrap_or("");
                    let link = fields.get(6).copied().unwrap_or(link);
                    open.push((format!("{id} {link}"), false, token));
                }
                if mark.ends_with(')')
                    && let Some(place) = open
                        .iter()
                        .rposition(|(o, closed, _)| !closed && o.split(' ').next() == Some(id.as_str()))
                {
                    open[place].1 = true;
                    let (opened, _, first) = open[place].clone();
                    let chain = chains.entry(id.clone()).or_default();
                    let range = at(first, token);
                    match opened.split(' ').nth(1) {
                        Some("pred") => {}
                        Some("appos") => {
                            let before = chain.mentions.iter_mut().rfind(|m| m[1] <= range[0]);
                            if let Some(before) = before {
                                before[1] = range[1];
                            }
                        }
                        _ => chain.mentions.push(range),
                    }
                }
            }
        }
    }
    chains.into_values().collect()
}

/// `(1-person-…`, `2)`, `(3-…)` one by one.
fn brackets(marks: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut now = String::new();
    for c in marks.chars() {
        if c == '(' && !now.is_empty() {
            all.push(std::mem::take(&mut now));
        }
        now.push(c);
        if c == ')' {
            all.push(std::mem::take(&mut now));
        }
    }
    if !now.is_empty() {
        all.push(now);
    }
    all
}

/// The word that heads a mention, by the tree of the treebank: the first whose governor lies outside.
fn head(bank: &conllu::Treebank, points: &CodePoints, mention: Range) -> Option<usize> {
    let mut number = 0;
    for tree in &bank.trees {
        let within = |span: Span| {
            let (start, end) = points.range(&bank.text, span);
            mention[0] <= start && end <= mention[1]
        };
        let tokens = &tree.sentence.tokens;
        let (start, end) = points.range(&bank.text, tree.sentence.span);
        if end > mention[0] && start < mention[1] {
            let inside: Vec<bool> = tokens.iter().map(|t| within(t.span)).collect();
            let head = (0..tokens.len()).find(|t| inside[*t] && tokens[*t].head.is_none_or(|h| !inside[h]));
            if let Some(head) = head {
                return Some(number + head);
            }
        }
        number += tokens.len();
    }
    None
}

/// What the treebank and we have, chain by chain, for reading.
fn show(text: &str, gold: &[Chain], predicted: &[Vec<Range>]) {
    let chars: Vec<char> = text.chars().collect();
    let words = |m: &Range| chars[m[0]..m[1].min(chars.len())].iter().collect::<String>();
    for chain in gold.iter().filter(|c| c.mentions.len() > 1) {
        let all: Vec<String> = chain
            .mentions
            .iter()
            .map(|m| format!("{}@{}", words(m), m[0]))
            .collect();
        println!("GOLD {} {}", chain.kind, all.join(" | "));
    }
    for chain in predicted {
        let all: Vec<String> = chain.iter().map(|m| format!("{}@{}", words(m), m[0])).collect();
        println!("OURS {}", all.join(" | "));
    }
}

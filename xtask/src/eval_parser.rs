//! Scores the parser as it ships (int8 weights, Rust inference) on the treebanks, and times it.

use attache_parse::{EntityKind, EntityMention, Parser, Sentence, conllu};
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use crate::eval_text::{pick, unzip};

/// The sets scored: name, file, what the `sent_id` of its sentences starts with, and the file of its names.
const SETS: [(&str, &str, &str, Option<&str>); 6] = [
    ("EWT dev", "en_ewt-ud-dev", "", Some("uner_en_ewt-dev")),
    ("EWT test", "en_ewt-ud-test", "", Some("uner_en_ewt-test")),
    ("GUM dev", "en_gum-permissive-ud-dev", "", None),
    ("GUM test", "en_gum-permissive-ud-test", "", None),
    ("PUD news", "en_pud-ud-test", "n", None),
    ("PUD all", "en_pud-ud-test", "", None),
];

/// Kinds of names in the order of the table.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

/// Prints one line a set on gold tokens, then the speed from raw text.
///
/// `--treebanks FOLDER` names where the files lie (default `../shared/treebanks`), `--set NAME` picks a set, `--speed`
/// only times, `--no-speed` only scores, `--mistakes` lists wrong lemmas and names of the dev sets.
///
/// # Errors
/// Where a file cannot be read or the model is broken.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let has = |name: &str| args.iter().any(|a| a == name);
    let value = |name: &str| {
        let at = args.iter().position(|a| a == name)?;
        args.get(at + 1).map(String::as_str)
    };
    let folder = Path::new(value("--treebanks").unwrap_or("../shared/treebanks"));
    let start = Instant::now();
    let parser = Parser::english()?;
    println!("{}, loaded in {:.2} s", parser.name(), start.elapsed().as_secs_f64());
    if !has("--speed") {
        println!("set        UPOS  XPOS  feats UAS   LAS   LAS:s lemma NER F1 (PER / ORG / LOC)");
        for set in SETS {
            if value("--set").is_none_or(|wanted| set.0.starts_with(wanted)) {
                // Test sets stay unread.
                let list = has("--mistakes") && set.0.ends_with("dev");
                println!("{}", score(&parser, folder, set, list)?);
            }
        }
    }
    if !has("--no-speed") {
        speed(
            &parser,
            &conllu::read(&pick(&unzip(&folder.join("en_pud-ud-test.conllu.gz"))?, "n"))?,
        )?;
    }
    Ok(())
}

type Set = (&'static str, &'static str, &'static str, Option<&'static str>);

fn score(
    parser: &Parser,
    folder: &Path,
    (name, file, start, names): Set,
    list: bool,
) -> Result<String, Box<dyn Error>> {
    let bank = conllu::read(&pick(&unzip(&folder.join(format!("{file}.conllu.gz")))?, start))?;
    let gold = bank.trees.iter().map(|tree| &tree.sentence).collect::<Vec<_>>();
    let words = gold
        .iter()
        .map(|s| s.tokens.iter().map(|t| t.form.clone()).collect())
        .collect::<Vec<_>>();
    // Batches as they come in documents.
    let found = words
        .chunks(25)
        .flat_map(|some| parser.parse_tokens(some))
        .collect::<Vec<_>>();
    if list {
        list_lemmas(&gold, &found);
    }
    let mut line = format!("{name:10}");
    for value in tree_scores(&gold, &found) {
        line += &format!(" {value:5.2}");
    }
    if let Some(file) = names {
        let known = read_names(&unzip(&folder.join(format!("{file}.iob2.gz")))?);
        if list {
            list_names(&known, &found);
        }
        let all = name_f1(&known, &found, None);
        let each = KINDS.map(|kind| format!("{:.1}", name_f1(&known, &found, Some(kind))));
        line += &format!(" {all:6.2} ({})", each.join(" / "));
    }
    Ok(line)
}

/// Per cent of words with the right part of speech, Penn tag, features, head, head and universal relation, head and full
/// relation, lemma.
fn tree_scores(gold: &[&Sentence], found: &[Sentence]) -> [f64; 7] {
    let mut hits = [0usize; 7];
    let (mut words, mut lemmas) = (0, 0);
    for (gold, found) in gold.iter().zip(found) {
        for (g, f) in gold.tokens.iter().zip(&found.tokens) {
            words += 1;
            let arc = g.head == f.head;
            // `_` marks the rest of a word torn apart by mistake; it has no lemma.
            let lemma = g.lemma != "_";
            lemmas += usize::from(lemma);
            let right = [
                g.upos == f.upos,
                g.xpos == f.xpos,
                g.feats == f.feats,
                arc,
                arc && g.rel() == f.rel(),
                arc && g.deprel == f.deprel,
                lemma && g.lemma == f.lemma,
            ];
            hits.iter_mut()
                .zip(right)
                .for_each(|(hits, right)| *hits += usize::from(right));
        }
    }
    let mut totals = [words.max(1); 7];
    totals[6] = lemmas.max(1);
    std::array::from_fn(|i| 100.0 * hits[i] as f64 / totals[i] as f64)
}

/// Prints each wrong lemma with both taggings.
fn list_lemmas(gold: &[&Sentence], found: &[Sentence]) {
    for (gold, found) in gold.iter().zip(found) {
        for (g, f) in gold.tokens.iter().zip(&found.tokens) {
            if g.lemma != f.lemma && g.lemma != "_" {
                println!(
                    "lemma\t{}\t{} for {}\t{} {} for {} {}",
                    g.form,
                    f.lemma,
                    g.lemma,
                    f.upos.name(),
                    f.xpos,
                    g.upos.name(),
                    g.xpos
                );
            }
        }
    }
}

/// Prints each sentence with names missed or made up: `-` missed, `+` made up.
fn list_names(known: &Names, found: &[Sentence]) {
    for sentence in found {
        let words = sentence.tokens.iter().map(|t| t.form.clone()).collect::<Vec<_>>();
        let Some(gold) = known.get(&words) else { continue };
        let show = |sign: char, names: &[EntityMention], others: &[EntityMention]| {
            for name in names.iter().filter(|n| !others.contains(n)) {
                println!(
                    "name\t{sign} {:?}\t{}\t{}",
                    name.kind,
                    words[name.first..name.end].join(" "),
                    words.join(" ")
                );
            }
        };
        show('-', gold, &sentence.entities);
        show('+', &sentence.entities, gold);
    }
}

/// Names by the words of their sentence.
type Names = HashMap<Vec<String>, Vec<EntityMention>>;

/// Reads an IOB2 file: number, word, tag. Tags other than PER, ORG and LOC count as outside.
fn read_names(file: &str) -> Names {
    let mut out = Names::new();
    let (mut words, mut names) = (Vec::new(), Vec::<EntityMention>::new());
    for line in file.lines().chain([""]).filter(|l| !l.starts_with('#')) {
        let cells = line.split('\t').collect::<Vec<_>>();
        let [_, word, tag, ..] = cells[..] else {
            out.insert(std::mem::take(&mut words), std::mem::take(&mut names));
            continue;
        };
        let at = words.len();
        words.push(word.to_owned());
        let kind = match tag.get(2..) {
            Some("PER") => EntityKind::Person,
            Some("ORG") => EntityKind::Organisation,
            Some("LOC") => EntityKind::Place,
            _ => continue,
        };
        match names
            .last_mut()
            .filter(|n| tag.starts_with('I') && n.end == at && n.kind == kind)
        {
            Some(name) => name.end = at + 1,
            None => names.push(EntityMention {
                first: at,
                end: at + 1,
                kind,
            }),
        }
    }
    out
}

/// F1 of exact spans in per cent over the annotated sentences.
fn name_f1(known: &Names, found: &[Sentence], kind: Option<EntityKind>) -> f64 {
    let (mut right, mut total) = (0, 0);
    for sentence in found {
        let words = sentence.tokens.iter().map(|t| t.form.clone()).collect::<Vec<_>>();
        let Some(gold) = known.get(&words) else { continue };
        let set = |names: &[EntityMention]| {
            let wanted = names.iter().filter(|n| kind.is_none_or(|k| n.kind == k));
            wanted.map(|n| (n.first, n.end, n.kind)).collect::<HashSet<_>>()
        };
        let (gold, ours) = (set(gold), set(&sentence.entities));
        right += gold.intersection(&ours).count();
        total += gold.len() + ours.len();
    }
    200.0 * right as f64 / total.max(1) as f64
}

/// Times raw text to trees on documents of 25 sentences.
fn speed(parser: &Parser, bank: &conllu::Treebank) -> Result<(), Box<dyn Error>> {
    let documents = bank
        .trees
        .chunks(25)
        .filter_map(|some| {
            bank.text
                .get(some.first()?.sentence.span.start..some.last()?.sentence.span.end)
        })
        .collect::<Vec<_>>();
    documents.iter().take(4).for_each(|d| drop(parser.parse(d)));
    let reference = documents.iter().map(|d| parser.parse(d)).collect::<Vec<_>>();
    for threads in [1, 2] {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let words = std::thread::scope(|scope| {
            let run = |_| scope.spawn(|| (0..3).map(|_| pass(parser, &documents, &reference)).sum::<usize>());
            let running = (0..threads).map(run).collect::<Vec<_>>();
            running.into_iter().map(|t| t.join().unwrap_or(0)).sum::<usize>()
        });
        let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        println!(
            "{threads} thread(s): {words} words, {:.0} words/s by the clock, {:.0} words per CPU second",
            words as f64 / wall,
            words as f64 / cpu.max(1e-3)
        );
    }
    Ok(())
}

/// Parses all documents; counts words. Complains where a result differs from the first time.
fn pass(parser: &Parser, documents: &[&str], reference: &[Vec<Sentence>]) -> usize {
    let mut words = 0;
    for (document, first) in documents.iter().zip(reference) {
        let found = parser.parse(document);
        if found != *first {
            println!("a document came out otherwise the second time");
        }
        words += found.iter().map(|s| s.tokens.len()).sum::<usize>();
    }
    words
}

/// Processor time of this process, where the system tells (Linux); 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect::<Vec<_>>();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    // User and system time in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

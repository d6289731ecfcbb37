//! Scores sentence ends, words and lemmas against the treebanks, from raw text.

use attache_parse::{Span, conllu, lemma, segment, token};
use flate2::read::GzDecoder;
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The sets scored: name, file, and what the `sent_id` of its sentences starts with.
const SETS: [(&str, &str, &str); 6] = [
    ("EWT dev", "en_ewt-ud-dev", ""),
    ("EWT test", "en_ewt-ud-test", ""),
    ("GUM dev", "en_gum-permissive-ud-dev", ""),
    ("GUM test", "en_gum-permissive-ud-test", ""),
    ("PUD news", "en_pud-ud-test", "n"),
    ("PUD all", "en_pud-ud-test", ""),
];

/// A name and what rewrites the white space of a text.
type Layout = (&'static str, fn(&str) -> String);

/// Ways to lay out the same bytes, so that the same spans are right in each.
const LAYOUTS: [Layout; 3] = [
    ("", str::to_owned),
    ("single line ends", single_line_ends),
    ("wrapped at 72", wrapped),
];

/// Prints a line for each set and layout; `--errors KIND` (`sentence`, `token` or `lemma`) lists what differs in the plain
/// layout, `--set NAME` picks a set, and `--treebanks FOLDER` names where the files lie (default `../shared/treebanks`).
///
/// # Errors
/// Where a file cannot be read.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let value = |name: &str| {
        args.iter()
            .position(|a| a == name)
            .and_then(|at| args.get(at + 1))
            .map(String::as_str)
    };
    let folder = Path::new(value("--treebanks").unwrap_or("../shared/treebanks"));
    println!(
        "{:26} sentence F1  its ends F1  token F1  lemma  lemma without Penn tag",
        "set"
    );
    for (name, file, start) in SETS
        .into_iter()
        .filter(|set| value("--set").is_none_or(|wanted| set.0.starts_with(wanted)))
    {
        let bank = conllu::read(&pick(&unzip(&folder.join(format!("{file}.conllu.gz")))?, start))?;
        for (layout, lay_out) in LAYOUTS {
            let text = lay_out(&bank.text);
            let score = score(&bank, &text);
            println!("{:26} {}", format!("{name} {layout}"), score.line());
            if let Some(kind) = value("--errors").filter(|_| layout.is_empty()) {
                list(kind, &bank, &score);
            }
        }
    }
    Ok(())
}

/// Paragraphs parted by single line ends.
fn single_line_ends(text: &str) -> String {
    text.replace("\n\n", " \n")
}

/// Line ends for spaces where the next word would pass column 72.
fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_inclusive([' ', '\n']) {
        let width = word.trim_end().chars().count();
        if column + width > 72 && out.ends_with(' ') {
            out.pop();
            out.push('\n');
            column = 0;
        }
        out.push_str(word);
        column = if word.ends_with('\n') { 0 } else { column + width + 1 };
    }
    out
}

/// The text of a gzip file.
pub fn unzip(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    GzDecoder::new(File::open(path).map_err(|e| format!("{}: {e}", path.display()))?).read_to_string(&mut text)?;
    Ok(text)
}

/// The sentences whose `sent_id` starts so.
pub fn pick(file: &str, start: &str) -> String {
    let wanted = format!("# sent_id = {start}");
    file.split_inclusive("\n\n")
        .filter(|block| block.contains(&wanted))
        .collect()
}

/// What was found and what should have been.
struct Spans {
    found: Vec<Span>,
    gold: Vec<Span>,
}

impl Spans {
    /// Only where the spans end.
    fn ends(&self) -> Spans {
        let cut = |spans: &[Span]| spans.iter().map(|span| Span::new(span.end, span.end)).collect();
        Spans {
            found: cut(&self.found),
            gold: cut(&self.gold),
        }
    }
}

struct Score {
    sentences: Spans,
    tokens: Spans,
    /// Words, and words with the right lemma.
    lemmas: (usize, usize),
    /// Words with the right lemma where no Penn tag helps.
    untagged: usize,
    /// How often a form with its tag and gold lemma came out as another lemma.
    wrong: HashMap<String, usize>,
}

impl Score {
    fn line(&self) -> String {
        let share = |right: usize| 100.0 * right as f64 / self.lemmas.0.max(1) as f64;
        format!(
            "{:11.2} {:12.2} {:9.2} {:6.2} {:6.2}",
            f1(&self.sentences),
            f1(&self.sentences.ends()),
            f1(&self.tokens),
            share(self.lemmas.1),
            share(self.untagged)
        )
    }
}

/// Compares with the trees what is found in `text`, which has the bytes of the treebank's text but for white space.
fn score(bank: &conllu::Treebank, text: &str) -> Score {
    let sentences = segment::sentences(text);
    let tokens = sentences
        .iter()
        .flat_map(|s| token::tokenize(text, *s))
        .map(|t| t.span)
        .collect();
    let words = || bank.trees.iter().flat_map(|tree| &tree.sentence.tokens);
    let mut score = Score {
        sentences: Spans {
            found: sentences,
            gold: bank.trees.iter().map(|tree| tree.sentence.span).collect(),
        },
        tokens: Spans {
            found: tokens,
            gold: words().map(|t| t.span).collect(),
        },
        lemmas: (0, 0),
        untagged: 0,
        wrong: HashMap::new(),
    };
    // `_` marks the rest of a word torn apart by mistake; it has no lemma.
    for word in words().filter(|t| t.lemma != "_") {
        let found = lemma::lemma(&word.form, word.upos, &word.xpos);
        score.lemmas.0 += 1;
        score.untagged += usize::from(lemma::lemma(&word.form, word.upos, "") == word.lemma);
        score.lemmas.1 += usize::from(found == word.lemma);
        if found != word.lemma {
            let key = format!(
                "{} {} {}: {} not {found}",
                word.form,
                word.upos.name(),
                word.xpos,
                word.lemma
            );
            *score.wrong.entry(key).or_default() += 1;
        }
    }
    score
}

/// Harmonic mean of precision and recall over equal spans, in per cent.
fn f1(spans: &Spans) -> f64 {
    let mut left = HashMap::new();
    for span in &spans.gold {
        *left.entry(*span).or_insert(0usize) += 1;
    }
    let hits = spans.found.iter().filter(|span| match left.get_mut(span) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    200.0 * hits.count() as f64 / (spans.found.len() + spans.gold.len()).max(1) as f64
}

fn list(kind: &str, bank: &conllu::Treebank, score: &Score) {
    match kind {
        "sentence" => list_spans(bank, &score.sentences),
        "token" => list_spans(bank, &score.tokens),
        _ => {
            let mut wrong = score.wrong.iter().collect::<Vec<_>>();
            wrong.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            wrong.iter().for_each(|(what, count)| println!("{count:4}  {what}"));
        }
    }
}

/// Lists the stretches where the spans differ: what was found, then what should have been.
fn list_spans(bank: &conllu::Treebank, spans: &Spans) {
    let gold = spans.gold.iter().collect::<std::collections::HashSet<_>>();
    let found = spans.found.iter().collect::<std::collections::HashSet<_>>();
    let mut lines = Vec::new();
    lines.extend(
        spans
            .found
            .iter()
            .filter(|s| !gold.contains(s))
            .map(|s| (s.start, '+', s)),
    );
    lines.extend(
        spans
            .gold
            .iter()
            .filter(|s| !found.contains(s))
            .map(|s| (s.start, '-', s)),
    );
    lines.sort();
    lines
        .iter()
        .for_each(|(_, sign, span)| println!("{sign} {}", span.text(&bank.text).replace('\n', "⏎")));
}

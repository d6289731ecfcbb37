//! Speed of everything before the network: `cargo bench -p attache-parse --bench text [FILE]`.

use attache_parse::{Upos, language, lemma, segment, token};
use std::hint::black_box;
use std::time::{Duration, Instant};

const NEWS: &str = "HAVANA (AP) -- Gen. Ana Paz, who'd led the U.S.-backed mission since Jan. 5, said on Monday that talks \
with the country's pro-government militias hadn't failed. \"We will go on,\" she told reporters at 9 a.m. The $5.1 million \
plan, which 20% of members opposed, was sent to parliament. Nobody knows when it votes.\n";

fn main() {
    // Cargo passes `--bench`.
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let text = file.map_or_else(
        || NEWS.repeat(3000),
        |path| std::fs::read_to_string(path).unwrap_or_default(),
    );
    let sentences = segment::sentences(&text);
    let tokens = sentences
        .iter()
        .flat_map(|s| token::tokenize(&text, *s))
        .collect::<Vec<_>>();
    println!(
        "{} bytes, {} sentences, {} words",
        text.len(),
        sentences.len(),
        tokens.len()
    );
    measure("sentences", text.len(), || segment::sentences(black_box(&text)).len());
    measure("words", text.len(), || {
        sentences
            .iter()
            .map(|s| token::tokenize(black_box(&text), *s).len())
            .sum()
    });
    measure("lemmas", text.len(), || {
        tokens
            .iter()
            .map(|t| lemma::lemma(black_box(&t.form), Upos::Noun, "NNS").len())
            .sum()
    });
    measure("language", text.len().min(1 << 16), || {
        usize::from(language::identify(black_box(&text)).is_some())
    });
}

/// Prints the best of some runs, which other load disturbs least.
fn measure(name: &str, bytes: usize, mut work: impl FnMut() -> usize) {
    let best = (0..10).map(|_| {
        let begun = Instant::now();
        black_box(work());
        begun.elapsed()
    });
    let best = best.min().unwrap_or(Duration::ZERO).as_secs_f64();
    println!("{name:10} {:8.1} MB/s", bytes as f64 / 1e6 / best);
}

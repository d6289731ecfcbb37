//! Upkeep: scores, blessing, digests. `cargo run --release -p xtask -- TASK`.

mod accuracy;
mod attache;
mod bless;
mod calibrate;
mod check_conllu;
mod digests;
mod eval_copies;
mod eval_coref;
mod eval_parser;
mod eval_samples;
mod eval_text;
mod pages;
mod warc_bench;

use std::process::ExitCode;

/// Every task with what it does.
const TASKS: &str = "\
accuracy                measures on all gold and writes docs/accuracy.md and eval/record/DATE-accuracy.csv
bless [TEST]            writes the expected output of the file cases anew (cli, trees, extract; default: all); read the diff
calibrate [--check]     fits data/ontology/confidence.toml on our labelled sentences, or only says how well it would
check-conllu FILE       checks a CoNLL-U file as the official evaluation reads it
digests [--check]       brings every SOURCES.toml up to date, or says what differs
eval-copies             copies of wire stories against what only looks like one, and what other bounds would give
eval-coref              coreference chains against the treebanks in ../shared
eval-parser             trees and tags against the treebanks in ../shared
eval-text               sentences, words and lemmas against the treebanks in ../shared
pages [DIR]             text, titles, authors and dates of pages against what was marked (default: eval/pages/dev)
eval-samples            records against the demonstration corpus and the gold in ../shared; adds to eval/record/
warc-bench [OPTIONS]    reads a synthetic crawl of 2 GB, sound and broken, and codes a part of it; prints speed and memory";

fn main() -> ExitCode {
    let args = std::env::args().skip(1).collect::<Vec<_>>();
    let outcome = match args.split_first() {
        Some((task, rest)) => match task.as_str() {
            "accuracy" => accuracy::run(rest),
            "bless" => bless::run(rest),
            "calibrate" => calibrate::run(rest),
            "check-conllu" => check_conllu::run(rest),
            "digests" => digests::run(rest),
            "eval-copies" => eval_copies::run(rest),
            "eval-coref" => eval_coref::run(rest),
            "eval-parser" => eval_parser::run(rest),
            "eval-text" => eval_text::run(rest),
            "eval-samples" => eval_samples::run(rest),
            "pages" => pages::run(rest),
            "warc-bench" => warc_bench::run(rest),
            _ => Err(format!("no task {task:?}; there are\n{TASKS}").into()),
        },
        None => Err(format!("which task?\n{TASKS}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

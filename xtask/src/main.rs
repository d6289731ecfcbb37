//! Maintenance tasks.

mod check_conllu;
mod eval_parser;
mod eval_text;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = std::env::args().skip(1).collect::<Vec<_>>();
    let outcome = match args.split_first() {
        Some((task, rest)) if task == "check-conllu" => check_conllu::run(rest),
        Some((task, rest)) if task == "eval-parser" => eval_parser::run(rest),
        Some((task, rest)) if task == "eval-text" => eval_text::run(rest),
        _ => Err("tasks: check-conllu, eval-parser, eval-text".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

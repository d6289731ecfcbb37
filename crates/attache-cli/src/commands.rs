//! One module per command.

mod annotate;
mod code;
mod completions;
mod demo;
mod eval;
mod explain;
mod man;
mod ontology;
mod parse;
mod read;
mod watch;

pub use code::CodedDocument;

use anyhow::Result;

use crate::Outcome;
use crate::args::{Cli, Command};
use crate::report::Level;

/// Runs the command.
///
/// # Errors
/// Usage, a broken data file, or output that cannot be written.
pub fn run(cli: Cli) -> Result<Outcome> {
    let level = match (cli.quiet, cli.verbose) {
        (true, _) => Level::Quiet,
        (_, true) => Level::Verbose,
        _ => Level::Normal,
    };
    match cli.command {
        Command::Code(args) => code::run(&args, level),
        Command::Read(args) => read::run(&args, level),
        Command::Parse(args) => parse::run(&args, level),
        Command::Annotate(args) => annotate::run(&args, level),
        Command::Explain(args) => explain::run(&args, level),
        Command::Eval(args) => eval::run(&args, level),
        Command::Ontology(args) => ontology::run(&args, level),
        Command::Watch(args) => watch::run(&args, level),
        Command::Demo(args) => demo::run(&args, level),
        Command::Completions(args) => completions::run(args.shell),
        Command::Man => man::run(),
    }
}

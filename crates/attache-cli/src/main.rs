//! The attache command: arguments, files, threads and exit codes. What is coded, and how, is the library's.

mod args;
mod commands;
mod copies;
mod flow;
mod output;
mod parallel;
mod report;
mod resume;
mod sentences;
mod setup;
mod tally;
mod term;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;

/// How a command that ran through ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was read.
    Done,
    /// Some inputs could not be read, or a check found faults; each was named.
    Partly,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.write_global();
    match commands::run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) if reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::fatal(&error);
            ExitCode::from(2)
        }
    }
}

/// Whether output failed because the next program of the pipe (`head`, a closed pager) has had enough.
fn reader_left(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error
        .chain()
        .any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

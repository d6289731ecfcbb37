//! `attache completions SHELL`.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::Outcome;
use crate::args::Cli;

/// Prints the script.
///
/// # Errors
/// Where stdout is closed.
pub fn run(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "attache", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

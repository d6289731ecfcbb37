//! `attache man`: one page for everything.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man;

use crate::Outcome;
use crate::args::Cli;

/// Prints the manual page in roff: the command, then each of its commands.
///
/// # Errors
/// Where stdout is closed.
pub fn run() -> Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        let man = Man::new(part.clone());
        writeln!(page, ".SH \"ATTACHE {}\"", part.get_name().to_uppercase())?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    std::io::stdout().write_all(&page)?;
    Ok(Outcome::Done)
}

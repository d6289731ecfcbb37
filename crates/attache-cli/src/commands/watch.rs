//! `attache watch`: feeds in, documents out, for good.

mod status;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use attache_watch::{Config, ConfigError, EXAMPLE, Mode, Note, Totals};
use jiff::Timestamp;

use crate::Outcome;
use crate::args::WatchArgs;
use crate::report::{self, Level, count};
use crate::term::{DIM, WARN, paint, stderr_is_terminal};

/// Runs the command.
///
/// # Errors
/// Where feeds.toml has faults (every one with its line), another process watches, or documents cannot be written.
pub fn run(args: &WatchArgs, level: Level) -> Result<Outcome> {
    let Some(path) = args.feeds.as_deref().filter(|_| !args.example) else {
        std::io::stdout().write_all(EXAMPLE.as_bytes())?;
        return Ok(Outcome::Done);
    };
    let config = config(path)?;
    let folder = folder(args, path, &config);
    if args.status {
        return status::run(&folder, args.json);
    }
    let mode = if args.once { Mode::Once } else { Mode::Forever };
    let totals = attache_watch::watch(&config, &folder, mode, &mut |note| tell(note, level, mode))?;
    if level == Level::Verbose || (level == Level::Normal && stderr_is_terminal()) {
        report::note(&summary(&totals));
    }
    Ok(match totals.failed {
        0 => Outcome::Done,
        _ => Outcome::Partly,
    })
}

fn config(path: &Path) -> Result<Config> {
    let text = fs::read_to_string(path).map_err(|error| {
        let hint = "attache watch --example prints a file to begin with";
        anyhow!("{}: cannot be read: {error}\n  hint: {hint}", path.display())
    })?;
    let faults = match Config::parse(&text, path) {
        Ok(config) => return Ok(config),
        Err(faults) => faults,
    };
    let shown: Vec<String> = faults.iter().map(ConfigError::to_string).collect();
    bail!("{}\n{}", shown.join("\n"), count(faults.len(), "fault"))
}

fn folder(args: &WatchArgs, path: &Path, config: &Config) -> PathBuf {
    let beside = path.parent().unwrap_or(Path::new(""));
    let own = || beside.join(config.output.as_deref().unwrap_or(Path::new("watched")));
    args.output.clone().unwrap_or_else(own)
}

/// Troubles always, what is skipped and what is new unless quiet, all the rest if verbose.
fn tell(note: &Note, level: Level, mode: Mode) {
    let wanted = match (note, level) {
        (_, Level::Verbose) => true,
        (note, _) if note.is_trouble() => true,
        (_, Level::Quiet) => false,
        (Note::Polled { new, .. }, _) => *new > 0,
        (note, _) => !note.is_routine(),
    };
    if !wanted {
        return;
    }
    let text = match note.is_trouble() {
        true => format!("{} {note}", paint(WARN, "feed:")),
        false => note.to_string(),
    };
    // One round has its times where it is started from.
    let line = match mode {
        Mode::Once => text,
        Mode::Forever => format!("{} {text}", paint(DIM, Timestamp::now().strftime("%Y-%m-%d %H:%M:%S"))),
    };
    let _ = writeln!(anstream::stderr(), "{line}");
}

fn summary(totals: &Totals) -> String {
    let mut parts = vec![
        count(totals.polled, "poll"),
        count(totals.found, "new article"),
        format!("{} kept", totals.kept),
    ];
    let rest = [
        (totals.failed, "polls failed"),
        (totals.skipped, "skipped"),
        (totals.put_off, "to be tried again"),
    ];
    parts.extend(
        rest.iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{number} {what}")),
    );
    parts.join(", ")
}

//! Keeps SOURCES.toml of the data and of the weights.

use std::error::Error;

use attache_tests::{digests::CATALOGUES, root};

/// Writes them anew; with `--check` only says what differs.
///
/// # Errors
/// With `--check` where something differs; else where a file cannot be read or written.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let check = match args {
        [] => false,
        [only] if only == "--check" => true,
        _ => return Err("digests [--check]".into()),
    };
    let mut faults = Vec::new();
    for catalogue in CATALOGUES {
        faults.extend(catalogue.faults(&root())?);
        if !check {
            catalogue.renew(&root())?;
        }
    }
    match faults.as_slice() {
        [] => println!("every file is as its SOURCES.toml says"),
        faults if check => return Err(faults.join("\n").into()),
        faults => println!("now entered:\n{}", faults.join("\n")),
    }
    Ok(())
}

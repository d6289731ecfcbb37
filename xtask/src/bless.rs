//! Writes the expected output of the file cases anew.

use std::error::Error;
use std::process::Command;

/// Tests that can write what they expect: package, test.
const TESTS: [(&str, &str); 3] = [
    ("attache-tests", "cli"),
    ("attache-tests", "trees"),
    ("attache", "extract"),
];

/// Runs those named in `args`, or all, with `UPDATE_EXPECT=1`.
///
/// # Errors
/// Where there is no such test or cargo does not start.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    if let Some(unknown) = args.iter().find(|arg| TESTS.iter().all(|(_, test)| test != arg)) {
        return Err(format!("no test {unknown:?} writes what it expects; cli, trees and extract do").into());
    }
    for (package, test) in TESTS
        .iter()
        .filter(|(_, test)| args.is_empty() || args.iter().any(|arg| arg == test))
    {
        // A test that had something to write fails once; that is no fault here.
        Command::new(env!("CARGO"))
            .args(["test", "--quiet", "--release", "--package", package, "--test", test])
            .env("UPDATE_EXPECT", "1")
            .status()?;
    }
    println!("Read `git diff` before you keep it.");
    Ok(())
}

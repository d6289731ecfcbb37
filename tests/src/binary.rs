//! The attache command, freshly built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Fallible;

/// The command beside the running test's own program; built first, so that it is never an old one.
///
/// # Errors
/// Where the program lies in no target folder, or attache does not build.
pub fn binary() -> Fallible<PathBuf> {
    let own = std::env::current_exe()?;
    let profile = own.parent().and_then(Path::parent);
    built(profile.ok_or("this test runs outside of a target folder")?)
}

/// The command in the folder of a build profile, such as `target/release`; built first.
///
/// # Errors
/// Where that is no target folder, or attache does not build.
pub fn built(profile: &Path) -> Fallible<PathBuf> {
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--quiet", "--package", "attache-cli", "--target-dir"])
        .arg(profile.parent().ok_or("no target folder")?);
    if profile.ends_with("release") {
        build.arg("--release");
    }
    if !build.status()?.success() {
        return Err("attache does not build".into());
    }
    Ok(profile.join(format!("attache{}", std::env::consts::EXE_SUFFIX)))
}

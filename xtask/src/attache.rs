//! The attache command, as it stands in the folder that this program was built into.

use std::error::Error;
use std::ffi::OsStr;
use std::process::Command;

use attache_tests::binary;
use serde_json::Value;

/// What `attache eval --json` says; built first.
///
/// # Errors
/// Where attache does not build or run; with what it says, where it fails.
pub fn eval<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Result<Value, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let target = own.parent().ok_or("xtask runs outside of a target folder")?;
    let output = Command::new(binary::built(target)?)
        .args(["eval", "--json"])
        .args(args)
        .output()?;
    match output.status.success() {
        true => Ok(serde_json::from_slice(&output.stdout)?),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

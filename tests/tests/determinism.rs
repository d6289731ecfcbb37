//! The same answer twice: same bytes for any number of threads and in every run, for every command that codes.

use std::process::Command;

use attache_tests::{Fallible, binary::binary, demo};

#[test]
fn same_bytes_for_any_number_of_jobs() -> Fallible {
    let binary = binary()?;
    for command in ["code", "annotate", "parse"] {
        let run = |jobs: &str| {
            let mut run = Command::new(&binary);
            run.args([command, "--quiet", "--jobs", jobs])
                .arg(demo::folder())
                .output()
        };
        let (one, two) = (run("1")?, run("2")?);
        assert!(
            one.status.success() && !one.stdout.is_empty(),
            "{command} gives nothing"
        );
        assert!(one.stdout == two.stdout, "{command} gives other bytes with two jobs");
    }
    Ok(())
}

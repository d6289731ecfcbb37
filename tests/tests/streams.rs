//! What transcripts cannot tell: order under threads, records while the input is still open, pipes that close.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use attache_tests::binary::binary;

type Tested = Result<(), Box<dyn Error>>;

const LINE: &str =
    "{\"id\":\"a\",\"text\":\"Russia expelled ten U.S. diplomats on Friday.\",\"date\":\"2024-05-12\"}\n";

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/attache-cli/demo")
}

#[test]
fn output_is_the_same_for_any_number_of_jobs() -> Tested {
    let binary = binary()?;
    let run = |jobs: &str| {
        Command::new(&binary)
            .args(["code", "--quiet", "--jobs", jobs])
            .arg(demo())
            .output()
    };
    let (one, many) = (run("1")?, run("7")?);
    assert!(one.status.success() && !one.stdout.is_empty());
    assert_eq!(one.stdout, many.stdout);
    assert_eq!(run("7")?.stdout, many.stdout);
    Ok(())
}

#[test]
fn records_leave_while_the_input_is_open_and_a_closed_pipe_is_no_error() -> Tested {
    let mut command = Command::new(binary()?);
    command
        .args(["code", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let mut stdin = child.stdin.take().ok_or("no stdin")?;
    stdin.write_all(LINE.as_bytes())?;
    stdin.flush()?;
    let mut stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?);
    let mut first = String::new();
    stdout.read_line(&mut first)?;
    assert!(first.contains("SANCTION"), "{first}");
    drop(stdout);
    // The reader has gone: the next record ends the run, though more input could come.
    stdin.write_all(LINE.as_bytes())?;
    stdin.flush()?;
    let output = child.wait_with_output()?;
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    Ok(())
}

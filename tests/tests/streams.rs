//! What transcripts cannot tell: records while the input is still open, pipes that close.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use attache_tests::binary::binary;

type Tested = Result<(), Box<dyn Error>>;

const LINE: &str =
    "{\"id\":\"a\",\"text\":\"Russia expelled ten U.S. diplomats on Friday.\",\"date\":\"2024-05-12\"}\n";

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

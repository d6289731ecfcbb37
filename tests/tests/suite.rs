//! Every example and counter-example of the data files comes out as it should: `attache ontology test`.

use std::process::Command;

use attache_tests::{Fallible, binary::binary};
use serde::Deserialize;

#[derive(Deserialize)]
struct Outcome {
    examples: usize,
    failures: Vec<Failure>,
}

#[derive(Deserialize)]
struct Failure {
    pattern: String,
    origin: String,
    text: String,
    expected: String,
    got: Vec<String>,
}

#[test]
fn examples() -> Fallible {
    let output = Command::new(binary()?).args(["ontology", "test", "--json"]).output()?;
    let outcome: Outcome = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}\n{}", String::from_utf8_lossy(&output.stderr)))?;
    let list: Vec<String> = outcome.failures.iter().map(Failure::to_string).collect();
    assert!(outcome.examples > 0, "the data files have no examples");
    assert!(
        list.is_empty(),
        "{} of {} fail\n{}",
        list.len(),
        outcome.examples,
        list.join("\n")
    );
    Ok(())
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Failure {
            pattern,
            origin,
            text,
            expected,
            got,
        } = self;
        let got = if got.is_empty() {
            "nothing".to_owned()
        } else {
            got.join("; ")
        };
        write!(f, "{origin}: {pattern}\n  {text}\n  wanted {expected}\n  got    {got}")
    }
}

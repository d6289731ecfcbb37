//! Transcripts of the command line: what is typed, and what comes back.
//!
//! ```text
//! ## words for people
//! $ attache code broken.jsonl --quiet
//! ? 1
//! what is written to stdout
//! ! what is written to stderr
//! ```
//! `? N` is the exit code, left out for 0. `< FILE` after the arguments feeds stdin. In an expected line `[..]` stands for any
//! words; a line `...` for any lines. Arguments are split at spaces, except within single or double quotes.

/// One command with what it should give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The line after `$ `.
    pub command: String,
    /// Expected exit code.
    pub code: i32,
    /// Expected lines of stdout.
    pub stdout: Vec<String>,
    /// Expected lines of stderr.
    pub stderr: Vec<String>,
    /// Comments and empty lines before the command.
    pub before: Vec<String>,
}

/// Reads a transcript. Empty lines at the end of a step belong to the next.
pub fn read(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            if let Some(step) = steps.last_mut() {
                let kept = told(&step.stdout);
                before.splice(0..0, step.stdout.drain(kept..));
            }
            let command = command.to_owned();
            steps.push(Step {
                command,
                before: std::mem::take(&mut before),
                ..Step::default()
            });
            continue;
        }
        match (steps.last_mut(), line) {
            (_, line) if line.starts_with("## ") => before.push(line.to_owned()),
            (None, line) => before.push(line.to_owned()),
            (Some(step), line) => {
                if let Some(code) = line.strip_prefix("? ").and_then(|code| code.parse().ok()) {
                    step.code = code;
                } else if let Some(told) = line.strip_prefix("! ").or(line.strip_prefix("!")) {
                    step.stderr.push(told.to_owned());
                } else {
                    step.stdout.push(line.to_owned());
                }
            }
        }
    }
    if let Some(step) = steps.last_mut() {
        let kept = told(&step.stdout);
        step.stdout.truncate(kept);
    }
    steps
}

/// Number of lines without the empty ones at the end.
fn told(lines: &[String]) -> usize {
    lines.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1)
}

/// Writes steps as [`read`] reads them.
pub fn write(steps: &[Step]) -> String {
    let mut lines = Vec::new();
    for step in steps {
        lines.extend(step.before.iter().cloned());
        lines.push(format!("$ {}", step.command));
        lines.extend((step.code != 0).then(|| format!("? {}", step.code)));
        lines.extend(step.stdout.iter().cloned());
        lines.extend(step.stderr.iter().map(|line| format!("! {line}").trim_end().to_owned()));
    }
    lines.join("\n") + "\n"
}

/// The words of a command line.
pub fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether the lines are as expected.
pub fn matches(expected: &[String], got: &[String]) -> bool {
    match expected.split_first() {
        None => got.is_empty(),
        Some((first, rest)) if first == "..." => (0..=got.len()).any(|at| matches(rest, &got[at..])),
        Some((first, rest)) => got
            .split_first()
            .is_some_and(|(line, more)| same_line(first, line) && matches(rest, more)),
    }
}

fn same_line(expected: &str, line: &str) -> bool {
    let mut parts = expected.split("[..]");
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcripts_come_back_as_they_were() {
        let text = "## One.\n$ attache code -\n? 1\nout\n\nmore\n! told\n\n## Two.\n$ attache man\n";
        let steps = read(text);
        assert_eq!(steps.len(), 2);
        assert_eq!((steps[0].code, steps[0].stdout.len(), steps[0].stderr.len()), (1, 3, 1));
        assert_eq!(read(&write(&steps)), steps);
    }

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words("a 'b c'  \"d 'e'\" ''"), ["a", "b c", "d 'e'", ""]);
    }

    #[test]
    fn holes_match_anything() {
        let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        assert!(matches(&lines("a[..]c|...|z"), &lines("abc|x|y|z")));
        assert!(matches(&lines("[..]"), &lines("anything")));
        assert!(!matches(&lines("a[..]c"), &lines("abd")));
        assert!(!matches(&lines("a|..."), &lines("b")));
    }
}

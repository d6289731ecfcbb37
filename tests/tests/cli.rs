//! Runs the transcripts of tests/cli. `UPDATE_EXPECT=1 cargo test -p attache-tests --test cli` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use attache_tests::binary::binary;
use attache_tests::transcript::{self, Step};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

#[test]
fn transcripts() -> Fallible<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cli");
    let binary = binary()?;
    let mut wrong = Vec::new();
    for path in transcripts_in(&folder)? {
        let text = fs::read_to_string(&path)?;
        let place = scratch(&folder.join("files"), &path)?;
        let expected = transcript::read(&text);
        let got = expected
            .iter()
            .map(|step| play(&binary, &place, step))
            .collect::<Fallible<Vec<_>>>()?;
        let differing = expected.iter().zip(&got).filter(|(expected, got)| !fits(expected, got));
        wrong.extend(differing.map(|(expected, got)| report(&path, expected, got)));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let kept = expected
                .iter()
                .zip(&got)
                .map(|(old, new)| if fits(old, new) { old } else { new }.clone());
            fs::write(&path, transcript::write(&kept.collect::<Vec<_>>()))?;
        }
        fs::remove_dir_all(&place)?;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn transcripts_in(folder: &Path) -> Fallible<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    Ok(paths)
}

/// A copy of the files, so that commands may write.
fn scratch(files: &Path, transcript: &Path) -> Fallible<PathBuf> {
    let name = transcript.file_stem().unwrap_or_default().to_string_lossy();
    let place = std::env::temp_dir().join(format!("attache-cli-{}-{name}", std::process::id()));
    copy(files, &place)?;
    Ok(place)
}

fn copy(from: &Path, to: &Path) -> Fallible<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name()))?,
            false => {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
    }
    Ok(())
}

fn play(binary: &Path, place: &Path, step: &Step) -> Fallible<Step> {
    let mut words = transcript::words(&step.command);
    let stdin = match words.iter().position(|word| word == "<") {
        Some(at) => {
            let file = words.drain(at..).nth(1).ok_or("nothing after <")?;
            Stdio::from(fs::File::open(place.join(file))?)
        }
        None => Stdio::null(),
    };
    if words.first().is_none_or(|word| word != "attache") {
        return Err(format!("a command of attache is expected: {}", step.command).into());
    }
    let output = Command::new(binary)
        .args(&words[1..])
        .current_dir(place)
        .stdin(stdin)
        .env_remove("NO_COLOR")
        .output()?;
    Ok(Step {
        code: output.status.code().unwrap_or(-1),
        stdout: lines(&output.stdout),
        stderr: lines(&output.stderr),
        ..step.clone()
    })
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let mut lines: Vec<String> = String::from_utf8_lossy(bytes)
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn fits(expected: &Step, got: &Step) -> bool {
    expected.code == got.code
        && transcript::matches(&expected.stdout, &got.stdout)
        && transcript::matches(&expected.stderr, &got.stderr)
}

fn report(path: &Path, expected: &Step, got: &Step) -> String {
    let show = |step: &Step| {
        transcript::write(&[Step {
            before: Vec::new(),
            ..step.clone()
        }])
    };
    format!("{}\nexpected:\n{}got:\n{}", path.display(), show(expected), show(got))
}

//! Long runs: reading goes on at any mark, and a run that is killed again and again writes what one in peace writes.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use attache_input::{Found, Mark, Reader};
use attache_tests::archive::{Record, gzip, info, tar, zip, zstd};
use attache_tests::{Fallible, binary::binary};

/// A folder of this test's own, gone at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Fallible<Self> {
        let path = std::env::temp_dir().join(format!("attache-resume-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("deeper"))?;
        Ok(Scratch(path))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Fallible<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, bytes)?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every kind of input, sound and broken, in one folder.
fn folder(scratch: &Scratch) -> Fallible {
    let records: Vec<Record> = (0..4).map(|n| Record::text(n, &format!("Text {n}."))).collect();
    let broken = Record {
        length: Some(7),
        ..Record::text(9, "Longer than it says.")
    }
    .bytes();
    let of = |part: fn(&Record) -> Vec<u8>| -> Vec<u8> { records.iter().flat_map(part).collect() };
    let plain = [
        info().bytes(),
        of(Record::bytes),
        broken.clone(),
        records[0].bytes(),
        b"rubbish".to_vec(),
    ]
    .concat();
    let many = [
        gzip(&of(Record::bytes)),
        gzip(&plain),
        of(Record::member),
        gzip(&broken),
    ]
    .concat();
    let lines = "{\"id\":\"l1\",\"text\":\"One.\"}\n\n{oops\n{\"id\":\"l3\",\"text\":\"Three.\"}\n{\"id\":\"l4\",\"html\":\"<p>Four\"}";
    scratch.write("a.txt", b"A.")?;
    scratch.write("b.warc", &plain)?;
    scratch.write("c.warc.gz", &many)?;
    scratch.write("d.jsonl", lines.as_bytes())?;
    scratch.write("deeper/a.txt", b"Another A.")?;
    scratch.write("e.jsonl.gz", &gzip(lines.as_bytes()))?;
    scratch.write(
        "f.tar",
        &tar(&[("x.txt", b"X."), ("y.jsonl", lines.as_bytes()), ("z.warc", &plain)]),
    )?;
    scratch.write("g.zip", &zip(&[("x.txt", b"X."), ("y.warc.gz", &many)]))?;
    scratch.write("h.warc.zst", &zstd(&plain))?;
    scratch.write("i.html", b"<html><p>I.")?;
    Ok(())
}

fn read(reader: Reader, paths: &[PathBuf]) -> Vec<Found> {
    let mut all = Vec::new();
    reader.read(paths, &mut |found| {
        all.push(found);
        ControlFlow::Continue(())
    });
    all
}

/// What a later stage sees of an item.
fn shown(found: &Found) -> String {
    match &found.item {
        Ok(article) => format!("{} {:?} {:?}", article.place, article.given, article.body),
        Err(trouble) => format!("{}: {}", trouble.place, trouble.reason),
    }
}

#[test]
fn reading_goes_on_at_any_mark() -> Fallible {
    let scratch = Scratch::new("marks")?;
    folder(&scratch)?;
    let paths = [
        scratch.0.join("a.txt"),
        scratch.0.clone(),
        scratch.0.join("nothere.txt"),
        scratch.0.join("c.warc.gz"),
    ];
    let whole = read(Reader::default(), &paths);
    assert!(whole.len() > 80, "{}", whole.len());
    let marks: Vec<&Mark> = whole.iter().map(|found| &found.mark).collect();
    for by_offset in ["b.warc", "c.warc.gz", "d.jsonl"] {
        let inside =
            |mark: &Mark| mark.offset > 0 && mark.file.as_deref().is_some_and(|file| file.ends_with(by_offset));
        assert!(
            marks.iter().any(|mark| inside(mark)),
            "{by_offset} is gone on with at its bytes"
        );
    }
    for (at, mark) in marks.iter().enumerate() {
        let rest = read(Reader::default().from((*mark).clone()), &paths);
        let rest: Vec<String> = rest.iter().map(shown).collect();
        let expected: Vec<String> = whole[at + 1..].iter().map(shown).collect();
        assert_eq!(rest, expected, "after item {at}, {mark:?}");
    }
    Ok(())
}

#[test]
fn a_file_that_went_away_is_named() -> Fallible {
    let scratch = Scratch::new("gone")?;
    let path = scratch.write("b.txt", b"B.")?;
    scratch.write("c.txt", b"C.")?;
    let folder = [scratch.0.clone()];
    let mark = read(Reader::default(), &folder)[0].mark.clone();
    fs::remove_file(path)?;
    let rest = read(Reader::default().from(mark), &folder);
    let told: Vec<String> = rest.iter().map(shown).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("not there any more"), "{told:?}");
    Ok(())
}

/// Kills of one run.
const KILLS: usize = 5;

#[test]
fn a_killed_run_loses_and_doubles_nothing() -> Fallible {
    let scratch = Scratch::new("killed")?;
    let nations = ["France", "Japan", "Brazil", "Egypt", "Poland", "Kenya", "Chile"];
    let text = |n: usize| {
        let (one, other) = (nations[n % 7], nations[(n + 1 + n / 7 % 6) % 7]);
        format!(
            "{one} condemned {other} on Friday.\n\nThe ministers of {one} and {other} will meet in Vienna in 20{:02}.",
            n % 90 + 10
        )
    };
    let mut warc = info().member();
    for n in 0..600 {
        warc.extend(Record::text(n, &text(n)).member());
        if n % 50 == 49 {
            warc.extend(&Record::text(n, "Broken.").member()[3..]);
        }
    }
    let input = scratch.write("crawl.warc.gz", &warc)?;
    let binary = binary()?;
    let peace = scratch.0.join("peace.csv");
    let mut whole = command(&binary, &input, &peace).stderr(Stdio::null()).spawn()?;
    assert_eq!(
        whole.wait()?.code(),
        Some(1),
        "broken records are told by the exit code"
    );

    let output = scratch.0.join("killed.csv");
    let checkpoint = scratch.0.join("killed.csv.checkpoint");
    for kill in 0..KILLS {
        let before = fs::read(&checkpoint).ok();
        let mut run = command(&binary, &input, &output)
            .arg("--resume")
            .stderr(Stdio::null())
            .spawn()?;
        if !moves_on(&mut run, &checkpoint, &before)? {
            break;
        }
        // Anywhere between two checkpoints.
        thread::sleep(Duration::from_millis(kill as u64 * 211 % 900));
        run.kill()?;
        run.wait()?;
        // A fast machine may be done by then.
        if finished(&checkpoint)? {
            break;
        }
    }
    let done = finished(&checkpoint)?;
    let report = scratch.0.join("report.json");
    let last = command(&binary, &input, &output)
        .arg("--resume")
        .arg("--report")
        .arg(&report)
        .output()?;
    let told = String::from_utf8_lossy(&last.stderr);
    assert_eq!(last.status.code(), Some(if done { 0 } else { 1 }), "{told}");
    assert!(fs::read(&peace)? == fs::read(&output)?, "the same bytes");
    if done {
        assert!(told.contains("done by an earlier run"), "{told}");
        return Ok(());
    }
    let figures: serde_json::Value = serde_json::from_str(&fs::read_to_string(report)?)?;
    assert_eq!(
        (
            figures["coded"].as_u64(),
            figures["not_read"]["broken records"].as_u64()
        ),
        (Some(600), Some(12))
    );
    Ok(())
}

fn command(binary: &Path, input: &Path, output: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .arg("code")
        .arg(input)
        .arg("--output")
        .arg(output)
        .args(["--format", "csv", "--jobs", "2"]);
    command
}

/// Whether the checkpoint tells that the run came to its end.
fn finished(checkpoint: &Path) -> Fallible<bool> {
    let text = fs::read_to_string(checkpoint)?;
    Ok(serde_json::from_str::<serde_json::Value>(&text)?["finished"] == true)
}

/// Whether the run writes another checkpoint, rather than come to its end.
fn moves_on(run: &mut Child, checkpoint: &Path, before: &Option<Vec<u8>>) -> Fallible<bool> {
    loop {
        if run.try_wait()?.is_some() {
            return Ok(false);
        }
        if fs::read(checkpoint).ok() != *before {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

//! How fast archives are read, and in how much memory: a synthetic crawl, sound and with every hundredth record broken.

mod archive;
mod page;
mod process;
pub mod text;

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use attache_tests::binary;
use serde_json::{Value, json};

use self::archive::Writer;
use self::process::Run;

const USAGE: &str =
    "warc-bench [--size MB] [--code MB] [--jobs N] [--seed N] [--folder DIR] [--keep] [--attache BINARY]";

struct Plan {
    /// Bytes of the archive that is read.
    size: u64,
    /// Bytes of the archive that is coded.
    code: u64,
    jobs: String,
    seed: u64,
    folder: PathBuf,
    keep: bool,
    /// The program to measure; built, where none is given.
    attache: Option<PathBuf>,
}

impl Plan {
    fn of(args: &[String]) -> Result<Self, Box<dyn Error>> {
        let mut plan = Plan {
            size: 2_000_000_000,
            code: 40_000_000,
            jobs: "2".into(),
            seed: 1,
            folder: std::env::temp_dir().join(format!("attache-warc-bench-{}", std::process::id())),
            keep: false,
            attache: None,
        };
        let mut args = args.iter();
        while let Some(name) = args.next() {
            let mut value = || args.next().ok_or(USAGE);
            match name.as_str() {
                "--size" => plan.size = value()?.parse::<u64>()? * 1_000_000,
                "--code" => plan.code = value()?.parse::<u64>()? * 1_000_000,
                "--jobs" => plan.jobs = value()?.clone(),
                "--seed" => plan.seed = value()?.parse()?,
                "--folder" => plan.folder = value()?.into(),
                "--keep" => plan.keep = true,
                "--attache" => plan.attache = Some(value()?.into()),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(plan)
    }
}

/// Writes archives into a temporary folder, runs attache on them, prints a table and, last, all figures as JSON. Whatever was
/// written is taken away again, unless `--keep`.
///
/// # Errors
/// Where the folder cannot be written, or attache does not build or run.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let plan = Plan::of(args)?;
    fs::create_dir_all(&plan.folder)?;
    let result = measured(&plan);
    if !plan.keep {
        fs::remove_dir_all(&plan.folder)?;
    }
    println!("{}", serde_json::to_string_pretty(&result?)?);
    Ok(())
}

fn measured(plan: &Plan) -> Result<Value, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let attache = match &plan.attache {
        Some(attache) => attache.clone(),
        None => binary::built(own.parent().ok_or("xtask runs outside of a target folder")?)?,
    };
    let bench = Bench { plan, attache };
    let (small, whole) = (plan.size / 8, plan.size);
    println!(
        "{:32} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "run", "MB", "MB/s", "documents", "docs/s", "cpu s", "peak MiB"
    );
    let coded = bench.archive("code", plan.code)?;
    let code = bench.run("code", &coded.sound, "code")?;
    let eighth = bench.archive("eighth", small)?;
    let read_eighth = bench.run("read", &eighth.sound, "read, an eighth")?;
    eighth.remove()?;
    let archive = bench.archive("whole", whole)?;
    let read = bench.run("read", &archive.sound, "read")?;
    let broken = bench.run("read", &archive.broken, "read, records broken")?;
    let lost = lost(&read.output, &broken.output, &archive.hit)?;
    println!("lost besides the articles of broken records: {}", lost.len());
    lost.iter().take(10).for_each(|address| println!("  {address}"));
    Ok(json!({
        "archive": archive.figures, "code_archive": coded.figures, "jobs": plan.jobs,
        "code": code.json(), "read_eighth": read_eighth.json(), "read": read.json(), "read_broken": broken.json(),
        "lost_besides_broken": lost.len(),
    }))
}

struct Bench<'a> {
    plan: &'a Plan,
    attache: PathBuf,
}

struct Archive {
    sound: PathBuf,
    broken: PathBuf,
    figures: Value,
    /// Addresses of pages in broken records.
    hit: HashSet<String>,
}

impl Archive {
    fn remove(&self) -> Result<(), Box<dyn Error>> {
        fs::remove_file(&self.sound)?;
        Ok(fs::remove_file(&self.broken)?)
    }
}

struct Measured {
    run: Run,
    bytes: u64,
    lines: usize,
    documents: usize,
    copies: usize,
    output: PathBuf,
}

impl Measured {
    fn json(&self) -> Value {
        let mut json = self.run.json();
        json["bytes"] = self.bytes.into();
        json["output_lines"] = self.lines.into();
        json["documents"] = self.documents.into();
        json["copies"] = self.copies.into();
        json
    }
}

impl Bench<'_> {
    fn archive(&self, name: &str, bytes: u64) -> Result<Archive, Box<dyn Error>> {
        let path = |kind: &str| self.plan.folder.join(format!("{name}-{kind}.warc.gz"));
        let (sound, broken) = (path("sound"), path("broken"));
        let mut writer = Writer::new(&sound, &broken, self.plan.seed)?;
        writer.fill(bytes)?;
        Ok(Archive {
            figures: writer.figures.json(),
            hit: writer.figures.hit.into_iter().collect(),
            sound,
            broken,
        })
    }

    fn run(&self, command: &str, archive: &Path, name: &str) -> Result<Measured, Box<dyn Error>> {
        let output = archive.with_extension(format!("{command}.jsonl"));
        let errors = archive.with_extension("stderr");
        let run = Run::of(
            Command::new(&self.attache)
                .args([command, "--jobs", &self.plan.jobs, "--output"])
                .args([&output, archive]),
            &errors,
        )?;
        if !matches!(run.code, 0 | 1) {
            return Err(format!("attache {command} ended with {}\n{}", run.code, run.told).into());
        }
        let mut documents = HashSet::new();
        let (mut lines, mut copies) = (0, 0);
        for line in BufReader::new(fs::File::open(&output)?).lines() {
            let value: Value = serde_json::from_str(&line?)?;
            lines += 1;
            let (id, copy) = match command {
                "code" => (&value["doc"], &value["cite_info"]["copy_of"]),
                _ => (&value["id"], &value["copy_of"]),
            };
            let new = documents.insert(id.to_string());
            // The few sentences of other languages repeat themselves.
            let english = command == "code" || value["language"] == "en";
            copies += usize::from(new && english && !copy.is_null());
        }
        let measured = Measured {
            bytes: fs::metadata(archive)?.len(),
            documents: documents.len(),
            run,
            lines,
            copies,
            output,
        };
        measured.show(name);
        Ok(measured)
    }
}

impl Measured {
    fn show(&self, name: &str) {
        let megabytes = self.bytes as f64 / 1e6;
        let seconds = self.run.seconds.max(0.001);
        println!(
            "{name:32} {megabytes:8.0} {:9.1} {:9} {:9.1} {:9.1} {:9.0}  by tenths: {}",
            megabytes / seconds,
            self.documents,
            self.documents as f64 / seconds,
            self.run.cpu,
            mebibytes(self.run.peak),
            self.run
                .tenths
                .iter()
                .map(|t| format!("{:.0}", mebibytes(*t)))
                .collect::<Vec<_>>()
                .join(" ")
        );
        self.run
            .told
            .lines()
            .rev()
            .take(12)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .for_each(|line| println!("    {line}"));
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Addresses of documents in the first output that are not in the second, though their records were sound.
fn lost(first: &Path, second: &Path, hit: &HashSet<String>) -> Result<Vec<String>, Box<dyn Error>> {
    let addresses = |path: &Path| -> Result<HashSet<String>, Box<dyn Error>> {
        let mut found = HashSet::new();
        for line in BufReader::new(fs::File::open(path)?).lines() {
            let value: Value = serde_json::from_str(&line?)?;
            found.extend(value["url"].as_str().map(str::to_owned));
        }
        Ok(found)
    };
    let second = addresses(second)?;
    let mut lost: Vec<String> = addresses(first)?
        .into_iter()
        .filter(|a| !second.contains(a) && !hit.contains(a))
        .collect();
    lost.sort();
    Ok(lost)
}

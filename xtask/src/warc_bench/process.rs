//! A run of attache, watched from outside: time, processor time, memory. Linux alone tells all of it, in `/proc`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Between two looks at a run.
const LOOK: Duration = Duration::from_millis(50);

/// Clock ticks a second; Linux has had no other number for programs since 2.6.
const TICKS: f64 = 100.0;

/// A run that has ended.
#[derive(Debug, Default)]
pub struct Run {
    /// Seconds by the clock.
    pub seconds: f64,
    /// Seconds of processors, all threads together.
    pub cpu: f64,
    /// Highest resident memory, in bytes.
    pub peak: u64,
    /// Highest resident memory in each tenth of the run, in bytes.
    pub tenths: Vec<u64>,
    /// What it wrote on standard error.
    pub told: String,
    /// Its exit code.
    pub code: i32,
}

impl Run {
    /// Runs to the end.
    ///
    /// # Errors
    /// Where it cannot be started.
    pub fn of(command: &mut Command, errors: &Path) -> Result<Self, Box<dyn Error>> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(errors)?);
        let start = Instant::now();
        let mut child = command.spawn()?;
        let mut run = Run::default();
        let mut seen: Vec<u64> = Vec::new();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if let Ok(text) = fs::read_to_string(format!("/proc/{}/status", child.id())) {
                seen.extend(field(&text, "VmRSS:"));
                run.peak = run.peak.max(field(&text, "VmHWM:").unwrap_or_default());
            }
            if let Ok(text) = fs::read_to_string(format!("/proc/{}/stat", child.id())) {
                run.cpu = processor(&text).unwrap_or(run.cpu);
            }
            thread::sleep(LOOK);
        };
        run.seconds = start.elapsed().as_secs_f64();
        run.code = status.code().unwrap_or(-1);
        run.told = fs::read_to_string(errors)?;
        let tenth = seen.len().div_ceil(10).max(1);
        run.tenths = seen
            .chunks(tenth)
            .filter_map(|part| part.iter().copied().max())
            .collect();
        Ok(run)
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        json!({
            "seconds": self.seconds, "cpu_seconds": self.cpu, "peak_rss_bytes": self.peak,
            "rss_bytes_by_tenths": self.tenths, "exit_code": self.code,
        })
    }
}

/// A line such as `VmRSS:   1234 kB`, in bytes.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// User and system time out of `/proc/PID/stat`; the name of the command may hold blanks.
fn processor(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS)
}

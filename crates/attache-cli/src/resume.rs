//! Long runs that go on where they were stopped.
//!
//! From time to time the output is brought to the disk, and then a checkpoint beside it: how long the output is, and what has
//! been read for it. Whatever a stopped run wrote behind its last checkpoint is cut off again by the next one.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use attache_input::Mark;
use serde::{Deserialize, Serialize};

use crate::tally::Tally;

/// Time between checkpoints.
const INTERVAL: Duration = Duration::from_secs(1);

/// What is written beside the output.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Checkpoint {
    attache: String,
    options: String,
    finished: bool,
    written: u64,
    place: Place,
    tally: Tally,
}

/// A [`Mark`] as JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Place {
    argument: usize,
    file: Option<String>,
    offset: u64,
    lines: u64,
    items: u64,
}

/// The checkpoints of a run.
pub struct Resume {
    path: PathBuf,
    output: File,
    state: Checkpoint,
    /// Where the last run stood; none for a run that begins.
    start: Option<Mark>,
    saved: Instant,
}

impl Resume {
    /// Opens the output of a run with these options: new, or where its checkpoint says. `None` where that run came to its end.
    ///
    /// # Errors
    /// Where the output is there without a checkpoint, belongs to another run, or cannot be opened.
    pub fn open(output: &Path, options: String) -> Result<Option<Self>> {
        let path = beside(output);
        let known = match fs::read_to_string(&path) {
            Ok(text) => {
                Some(parse(&text).with_context(|| format!("{}: no checkpoint of this version", path.display()))?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("{}: cannot be read", path.display())),
        };
        match known {
            Some(state) if state.options != options || state.attache != VERSION => bail!(
                "{}: the run that wrote {} had other inputs, options or another version\n  hint: give the same again, or remove \
                 both files to begin anew",
                path.display(),
                output.display()
            ),
            Some(state) if state.finished => Ok(None),
            Some(state) => Self::again(output, path, state).map(Some),
            None => Self::anew(output, path, options).map(Some),
        }
    }

    fn anew(output: &Path, path: PathBuf, options: String) -> Result<Self> {
        ensure!(
            fs::metadata(output).map_or(0, |meta| meta.len()) == 0,
            "{}: is there already, and no checkpoint beside it\n  hint: remove it to begin anew, or leave --resume out",
            output.display()
        );
        let state = Checkpoint {
            attache: VERSION.to_owned(),
            options,
            finished: false,
            written: 0,
            place: Place::default(),
            tally: Tally::default(),
        };
        let output = open(output)?;
        Ok(Resume {
            path,
            output,
            state,
            start: None,
            saved: Instant::now(),
        })
    }

    fn again(output: &Path, path: PathBuf, state: Checkpoint) -> Result<Self> {
        let name = output.display().to_string();
        let mut output = open(output)?;
        let length = output
            .metadata()
            .with_context(|| format!("{name}: cannot be read"))?
            .len();
        ensure!(
            length >= state.written,
            "{name}: {length} bytes, though its checkpoint tells of {}\n  hint: remove both files to begin anew",
            state.written
        );
        output
            .set_len(state.written)
            .and_then(|()| output.seek(SeekFrom::End(0)))
            .with_context(|| format!("{name}: cannot be written"))?;
        let start = Some(mark(&state.place));
        Ok(Resume {
            path,
            output,
            state,
            start,
            saved: Instant::now(),
        })
    }

    /// Where the records go.
    ///
    /// # Errors
    /// Where the system has no handle left.
    pub fn output(&self) -> Result<File> {
        Ok(self.output.try_clone()?)
    }

    /// Whether nothing has been written yet.
    pub fn is_fresh(&self) -> bool {
        self.state.written == 0
    }

    /// Where reading goes on, and the figures up to there.
    pub fn start(&self) -> Option<(Mark, Tally)> {
        self.start.clone().map(|mark| (mark, self.state.tally.clone()))
    }

    /// Whether it is time for the next checkpoint.
    pub fn is_due(&self) -> bool {
        self.saved.elapsed() >= INTERVAL
    }

    /// Notes that everything up to `mark` has been written; the writer holds nothing back.
    ///
    /// # Errors
    /// Where the disk is full or gone.
    pub fn save(&mut self, mark: &Mark, tally: Tally) -> Result<()> {
        self.state.place = place(mark);
        self.state.tally = tally;
        self.write()
    }

    /// Notes that the run came to its end.
    ///
    /// # Errors
    /// As [`Resume::save`].
    pub fn finish(&mut self, tally: Tally) -> Result<()> {
        self.state.finished = true;
        self.state.tally = tally;
        self.write()
    }

    /// The records first, then what is said of them, and that in one stroke.
    fn write(&mut self) -> Result<()> {
        self.output.sync_data()?;
        self.state.written = self.output.metadata()?.len();
        let new = self.path.with_extension("checkpoint.new");
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec(&self.state)?)?;
        file.sync_data()?;
        fs::rename(&new, &self.path).with_context(|| format!("{}: cannot be written", self.path.display()))?;
        self.saved = Instant::now();
        Ok(())
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn beside(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".checkpoint");
    PathBuf::from(name)
}

/// Opens the output for one run at a time.
fn open(output: &Path) -> Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(output)
        .with_context(|| format!("{}: cannot be written", output.display()))?;
    ensure!(
        !matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)),
        "{}: another run is writing to it",
        output.display()
    );
    Ok(file)
}

fn parse(text: &str) -> Result<Checkpoint> {
    Ok(serde_json::from_str(text)?)
}

fn place(mark: &Mark) -> Place {
    Place {
        argument: mark.argument,
        file: mark.file.as_ref().map(|file| file.to_string_lossy().into_owned()),
        offset: mark.offset,
        lines: mark.lines,
        items: mark.items,
    }
}

fn mark(place: &Place) -> Mark {
    Mark {
        argument: place.argument,
        file: place.file.as_ref().map(|file| Path::new(file).into()),
        offset: place.offset,
        lines: place.lines,
        items: place.items,
    }
}

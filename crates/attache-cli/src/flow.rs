//! Inputs through the engine and out again: in parallel, in order, streaming.

use std::fs;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;
use std::process;
use std::thread;

use anyhow::{Context, Result};
use attache::Document;
use attache::copies::Sketch;
use attache::document::CopyKind;
use attache::extract::Warning;
use attache_input::{Item, Mark, Reader, Trouble, total_bytes};
use attache_parse::language;

use crate::Outcome;
use crate::args::InputArgs;
use crate::copies::Copies;
use crate::output;
use crate::parallel::{self, Step};
use crate::report::{self, Level, Report};
use crate::resume::Resume;

/// What became of one input.
struct Done<T> {
    place: String,
    warnings: Vec<Warning>,
    /// Whether an earlier document of the run told the same.
    copy: Option<CopyKind>,
    result: Result<T, Trouble>,
}

impl<T> Done<T> {
    /// No document.
    fn trouble(place: String, trouble: Trouble) -> Self {
        Done {
            place,
            warnings: Vec::new(),
            copy: None,
            result: Err(trouble),
        }
    }

    /// With what comes of it.
    fn then<O>(self, work: impl FnOnce(&str, T) -> Result<O, Trouble>) -> Done<O> {
        let Done {
            place,
            warnings,
            copy,
            result,
        } = self;
        let result = result.and_then(|done| work(&place, done));
        Done {
            place,
            warnings,
            copy,
            result,
        }
    }
}

/// What a command makes of the results.
pub trait Writer<T> {
    /// Writes one result and says how many records it held.
    ///
    /// # Errors
    /// Where writing fails.
    fn write(&mut self, result: T) -> Result<usize>;

    /// Sends on what is held back.
    ///
    /// # Errors
    /// Where writing fails.
    fn flush(&mut self) -> Result<()>;
}

/// What a command does to its inputs.
pub struct Job<'a> {
    input: &'a InputArgs,
    level: Level,
    /// What is done to a document, as the report says it: "coded".
    verb: &'static str,
    /// The checkpoints of a run that can be resumed.
    resume: Option<Resume>,
    /// Whether documents in other languages than English are let in, as they are.
    any_language: bool,
}

impl<'a> Job<'a> {
    /// A job on these inputs; with `--resume` it goes on where the earlier one with the same options stopped. `None` where
    /// nothing is left to do, which is told.
    ///
    /// # Errors
    /// Where there is something to resume, and not of this job.
    pub fn new(
        input: &'a InputArgs,
        output: Option<&Path>,
        level: Level,
        verb: &'static str,
        options: &str,
    ) -> Result<Option<Self>> {
        let resume = match output.filter(|_| input.resume) {
            None => None,
            Some(output) => {
                let Some(resume) = Resume::open(output, format!("{verb} {options} {}", input.kept_options()))? else {
                    report::note(&format!(
                        "{}: done by an earlier run, nothing is left",
                        output.display()
                    ));
                    return Ok(None);
                };
                Some(resume)
            }
        };
        Ok(Some(Job {
            input,
            level,
            verb,
            resume,
            any_language: false,
        }))
    }

    /// The same with documents in whatever language.
    pub fn in_any_language(self) -> Self {
        Job {
            any_language: true,
            ..self
        }
    }

    /// Where to write: on in the file of an earlier run, or as [`output::plain`] has it.
    ///
    /// # Errors
    /// Where the file cannot be created.
    pub fn output(&self, path: Option<&Path>) -> Result<Box<dyn Write>> {
        match &self.resume {
            Some(resume) => Ok(Box::new(BufWriter::new(resume.output()?))),
            None => output::plain(path),
        }
    }

    /// Whether an earlier run has written the beginning.
    pub fn is_resumed(&self) -> bool {
        self.resume.as_ref().is_some_and(|resume| !resume.is_fresh())
    }
}

/// Works on every document of the inputs and writes the results in the order of the inputs.
///
/// # Errors
/// Where writing fails; a closed pipe ends the process quietly.
pub fn run<T: Send>(mut job: Job, work: impl Fn(Document) -> T + Sync, writer: &mut dyn Writer<T>) -> Result<Outcome> {
    let input = job.input;
    let mut report = Report::new(job.level).drawn(|| total_bytes(&input.paths));
    let mut reader = Reader::new(input.date, input.language.clone()).filtered(input.filter.filter());
    if let Some((mark, tally)) = job.resume.as_ref().and_then(Resume::start) {
        reader = reader.from(mark);
        report = report.after(tally);
    }
    let progress = reader.progress();
    let forced = input.language.as_deref().is_some_and(is_english);
    let any = job.any_language;
    let mut copies = Copies::new(input.copies);
    parallel::in_order_twice(
        jobs(input.jobs),
        |sink| reader.read(&input.paths, sink),
        |found| Stood {
            done: read(found.item, forced, any).then(|_, document| {
                let sketch = Copies::sketch(input.copies, &document);
                Ok((document, sketch))
            }),
            mark: found.mark,
        },
        |read| read.map(|read| read.map(|done| known(done, &mut copies))),
        |known| known.map(|known| known.map(|done| done.then(|_, document| Ok(work(document))))),
        |step| {
            report.reached(progress.bytes());
            quiet_pipe(take(step, &mut report, writer, job.resume.as_mut()))
        },
    )?;
    quiet_pipe(writer.flush())?;
    report.reached(progress.bytes());
    if let Some(resume) = &mut job.resume {
        resume.finish(report.tally())?;
    }
    if let Some(path) = &input.report {
        let text = serde_json::to_string_pretty(&report.tally().json(job.verb))? + "\n";
        fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    Ok(report.finish(job.verb))
}

/// A result, and the place behind its input.
struct Stood<T> {
    done: Done<T>,
    mark: Mark,
}

impl<T> Stood<T> {
    fn map<O>(self, work: impl FnOnce(Done<T>) -> Done<O>) -> Stood<O> {
        Stood {
            done: work(self.done),
            mark: self.mark,
        }
    }
}

/// The number asked for, or one per processor.
pub fn jobs(asked: Option<u16>) -> usize {
    let available = || thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(available, usize::from).max(1)
}

fn read(item: Item, forced: bool, any: bool) -> Done<Document> {
    let article = match item {
        Ok(article) => article,
        Err(trouble) => return Done::trouble(String::new(), trouble),
    };
    let place = article.place.clone();
    let told = article.given.language.is_some();
    match article.into_document() {
        Err(trouble) => Done::trouble(place, trouble),
        Ok((document, warnings)) => Done {
            result: match any {
                true => Ok(document),
                false => english(&place, document, told, forced),
            },
            place,
            warnings,
            copy: None,
        },
    }
}

/// The document with the one that it repeats.
fn known(done: Done<(Document, Option<Sketch>)>, copies: &mut Copies) -> Done<Document> {
    let mut kind = None;
    let known = done.then(|place, (document, sketch)| {
        let document = copies.take(place, document, sketch)?;
        kind = document.copy_of.as_ref().map(|copy| copy.kind);
        Ok(document)
    });
    Done { copy: kind, ..known }
}

/// Documents in other languages are left out: by what they say of themselves, else where their words leave no doubt. The
/// others are English from here on.
fn english(place: &str, document: Document, told: bool, forced: bool) -> Result<Document, Trouble> {
    let foreign = document.language.as_deref().filter(|language| !is_english(language));
    match foreign {
        Some(language) if !forced && (told || is_certain(&document.text)) => {
            let reason = format!("language {language}, only English is read");
            Err(Trouble::left_out(place, reason).hint("--language en takes it as English"))
        }
        _ => Ok(Document {
            language: Some("en".to_owned()),
            ..document
        }),
    }
}

/// Letters below which, and confidence below which, a guess at the language is worth little.
const JUDGED: (usize, f64) = (200, 0.8);

fn is_certain(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(JUDGED.0).count();
    letters >= JUDGED.0 && language::identify(text).is_some_and(|guess| guess.confidence >= JUDGED.1)
}

fn is_english(language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    language == "en"
        || language == "eng"
        || language == "english"
        || language.starts_with("en-")
        || language.starts_with("en_")
}

fn take<T>(
    step: Step<Option<Stood<T>>>,
    report: &mut Report,
    writer: &mut dyn Writer<T>,
    resume: Option<&mut Resume>,
) -> Result<()> {
    let Stood { done, mark } = match step {
        Step::Idle => return writer.flush(),
        Step::Item(Some(Some(stood))) => stood,
        Step::Item(_) => {
            let trouble = Trouble::unread("a document", "the engine failed on it")
                .hint("a fault of attache: please report the text");
            report.trouble(&trouble);
            return Ok(());
        }
    };
    match done.result {
        Err(trouble) => report.trouble(&trouble),
        Ok(result) => {
            for warning in &done.warnings {
                report.warning(&done.place, warning);
            }
            report.document(writer.write(result)?);
            done.copy.into_iter().for_each(|kind| report.copy(kind));
        }
    }
    if let Some(resume) = resume.filter(|resume| resume.is_due()) {
        writer.flush()?;
        resume.save(&mark, report.tally())?;
    }
    Ok(())
}

/// Where the next program of the pipe has had enough, the run ends at once: the reading thread may be waiting for stdin.
fn quiet_pipe(result: Result<()>) -> Result<()> {
    let kind = |error: &anyhow::Error| error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    match result {
        Err(error) if kind(&error) == Some(ErrorKind::BrokenPipe) => {
            let _ = std::io::stderr().flush();
            process::exit(0)
        }
        other => other,
    }
}

//! Labelled sentences as gold and as documents.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use attache::Document;
use attache::date::DateRange;
use attache::eval::GoldSentence;

use crate::{Fallible, engine};

/// The sentences of a file.
///
/// # Errors
/// Where it cannot be read, or with every line that breaks the form.
pub fn read(path: &Path) -> Fallible<Vec<GoldSentence>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    GoldSentence::all_labelled(&path.display().to_string(), &text, engine().ontology()).map_err(|errors| {
        let faults: Vec<String> = errors.iter().map(ToString::to_string).collect();
        faults.join("\n").into()
    })
}

/// The sentence as a document of one paragraph.
pub fn document(gold: &GoldSentence) -> Document {
    let day = gold.date.as_deref().and_then(|date| date.parse().ok());
    Document {
        published: day.map(DateRange::day),
        language: Some("en".to_owned()),
        ..crate::document(&gold.id, &gold.text)
    }
}

/// Works on all of them, on every processor, and gives the results in order.
///
/// # Panics
/// Where the work does.
pub fn in_parallel<T: Send>(sentences: &[GoldSentence], work: impl Fn(&GoldSentence) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let jobs = thread::available_parallelism().map_or(1, usize::from);
    let worker = || {
        let mut mine = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(sentence) = sentences.get(at) else { return mine };
            mine.push((at, work(sentence)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs).map(|_| scope.spawn(worker)).collect();
        let results = workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker ends well"));
        results.collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

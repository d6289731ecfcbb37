//! `xtask pages [DIR]`: how well pages are read, page by page, and how fast.

use std::path::PathBuf;
use std::time::Instant;

use attache_tests::{pages, root};

/// Scores the pages of a folder (default: `eval/pages/dev`).
pub fn run(args: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let folder = args
        .first()
        .map_or_else(|| root().join("eval/pages/dev"), PathBuf::from);
    let start = Instant::now();
    let read = pages::read(&folder)?;
    let time = start.elapsed().as_secs_f64();
    for page in &read {
        let wrong = page.wrong();
        if page.precision < 0.995 || page.recall < 0.995 || !wrong.is_empty() {
            let wrong = wrong.join(" ");
            println!(
                "{:30} P {:.3} R {:.3}  {wrong}",
                page.expected.page, page.precision, page.recall
            );
        }
    }
    let (precision, recall, f1) = pages::text_f1(&read);
    println!(
        "{} pages, {:.0} a second on one thread",
        read.len(),
        read.len() as f64 / time
    );
    println!("text P {precision:.4} R {recall:.4} F1 {f1:.4}");
    for field in ["title", "authors", "publisher", "published", "updated", "language"] {
        println!("{field} {:.1} %", 100.0 * pages::share_right(&read, field));
    }
    Ok(())
}

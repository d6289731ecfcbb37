//! `attache watch --status`.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use attache_watch::{FeedStatus, Status};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::Outcome;
use crate::output;
use crate::term::{BAD, DIM, HEAD, clip, paint, width};

/// Shows how the feeds of a folder stand.
///
/// # Errors
/// Where nothing was watched into it, or its state cannot be read.
pub fn run(folder: &Path, json: bool) -> Result<Outcome> {
    let status =
        attache_watch::status(folder).with_context(|| format!("{}: its state cannot be read", folder.display()))?;
    let Some(status) = status else {
        bail!("{}: nothing was watched into it yet", folder.display());
    };
    if json {
        let mut out = output::plain(None)?;
        serde_json::to_writer_pretty(&mut out, &status).map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        show(&status)?;
    }
    Ok(Outcome::Done)
}

fn show(status: &Status) -> Result<()> {
    let mut out = output::styled(None)?;
    let head = format!(
        "{:<24}  {:<16}  {:<16}  {:>7}  {:>7}  {:>7}",
        "feed", "last answer", "next poll", "kept", "skipped", "waiting"
    );
    writeln!(out, "{}", paint(HEAD, head))?;
    for feed in &status.feeds {
        writeln!(out, "{}", line(feed))?;
        if let Some(error) = &feed.error {
            let error = clip(error, width().saturating_sub(4));
            writeln!(
                out,
                "  {}",
                paint(BAD, format!("{} failures in a row: {error}", feed.failures))
            )?;
        }
    }
    if !status.skipped.is_empty() {
        writeln!(out, "\n{}", paint(HEAD, "skipped because"))?;
    }
    for (reason, number) in &status.skipped {
        writeln!(out, "{number:>8}  {}", clip(reason, width().saturating_sub(10)))?;
    }
    let times = "Times are UTC.";
    writeln!(out, "\n{}", paint(DIM, times))?;
    Ok(out.flush()?)
}

fn line(feed: &FeedStatus) -> String {
    let name = match feed.child {
        true => format!("  {}", feed.url),
        false => feed.feed.clone(),
    };
    format!(
        "{:<24}  {:<16}  {:<16}  {:>7}  {:>7}  {:>7}",
        clip(&name, 24),
        moment(feed.polled, "never"),
        moment(feed.due, "when it changes"),
        feed.kept,
        feed.skipped,
        feed.waiting
    )
}

fn moment(millis: Option<i64>, none: &str) -> String {
    let moment = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
    moment.map_or_else(
        || none.to_owned(),
        |moment| moment.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M").to_string(),
    )
}

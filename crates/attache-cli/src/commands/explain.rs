//! `attache explain`: why a sentence gives the records that it gives.

use std::io::{Read, Write};

use anyhow::{Result, ensure};
use attache::Event;
use attache::extract::Given;
use attache::pipeline::{ExplainedActor, ExplainedMatch, Explanation, SentenceExplanation};
use attache_parse::Token;
use serde::Serialize;

use crate::Outcome;
use crate::args::ExplainArgs;
use crate::output::{self, label, tree};
use crate::report::Level;
use crate::sentences::one_paragraph;
use crate::setup;
use crate::term::{ACTOR, DIM, EVENT, GOOD, HEAD, WARN, paint, width, wrap};

/// Runs the command.
///
/// # Errors
/// Where there is no text, the engine cannot be loaded or stdout is closed.
pub fn run(args: &ExplainArgs, level: Level) -> Result<Outcome> {
    let text = text(&args.words)?;
    let coder = setup::coder(&args.engine, level == Level::Verbose)?;
    let given = Given {
        published: args.date,
        ..Given::default()
    };
    let explanation = coder.explain(&one_paragraph(&text, given));
    if args.json {
        let mut out = output::plain(None)?;
        serde_json::to_writer_pretty(&mut out, &Shown::of(&explanation)).map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        let mut out = output::styled(None)?;
        write!(out, "{}", drawn(&explanation))?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

/// The explanation with every sentence's tree.
#[derive(Serialize)]
struct Shown<'a> {
    sentences: Vec<ShownSentence<'a>>,
    events: &'a [Event],
}

#[derive(Serialize)]
struct ShownSentence<'a> {
    #[serde(flatten)]
    sentence: &'a SentenceExplanation,
    tree: Vec<ShownWord<'a>>,
}

/// Heads count words from 1, 0 for the root, as in CoNLL-U.
#[derive(Serialize)]
struct ShownWord<'a> {
    form: &'a str,
    lemma: &'a str,
    upos: &'static str,
    head: usize,
    deprel: &'a str,
}

impl<'a> Shown<'a> {
    fn of(explanation: &'a Explanation) -> Self {
        let sentences = explanation.sentences.iter().map(|sentence| ShownSentence {
            sentence,
            tree: sentence.tree.tokens.iter().map(ShownWord::of).collect(),
        });
        Shown {
            sentences: sentences.collect(),
            events: &explanation.events,
        }
    }
}

impl<'a> ShownWord<'a> {
    fn of(token: &'a Token) -> Self {
        ShownWord {
            form: &token.form,
            lemma: &token.lemma,
            upos: token.upos.name(),
            head: token.head.map_or(0, |head| head + 1),
            deprel: &token.deprel,
        }
    }
}

fn text(words: &[String]) -> Result<String> {
    let text = if words == ["-"] {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        words.join(" ")
    };
    ensure!(!text.trim().is_empty(), "there is no text to explain");
    Ok(text)
}

fn drawn(explanation: &Explanation) -> String {
    let mut text = String::new();
    for sentence in &explanation.sentences {
        text.push_str(&one_sentence(sentence));
    }
    text.push_str(&records(explanation));
    text
}

fn one_sentence(sentence: &SentenceExplanation) -> String {
    let mut text = String::new();
    for line in wrap(&sentence.text, width()) {
        text.push_str(&format!("{}\n", paint(HEAD, line)));
    }
    text.push_str(&format!("\n{}\n", tree::draw(&sentence.tree)));
    section(
        &mut text,
        "Actors",
        sentence.actors.iter().map(actor),
        "nobody that the data files know",
    );
    section(
        &mut text,
        "Patterns that fired",
        sentence.fired.iter().map(fired),
        "none",
    );
    if !sentence.nearly.is_empty() {
        section(
            &mut text,
            "Nearest that did not",
            sentence.nearly.iter().map(nearly),
            "",
        );
    }
    text
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>, empty: &str) {
    let body: String = lines.collect();
    text.push_str(&format!("{}\n", paint(HEAD, title)));
    match body.is_empty() {
        true => text.push_str(&format!("  {}\n\n", paint(DIM, empty))),
        false => text.push_str(&format!("{body}\n")),
    }
}

fn actor(actor: &ExplainedActor) -> String {
    let code = std::iter::once(actor.code.as_deref().unwrap_or("?")).chain(actor.sector.iter().map(String::as_str));
    let code = code.collect::<Vec<_>>().join("·");
    let identifier = actor.identifier.as_deref().filter(|name| *name != actor.text);
    let identifier = identifier.map(|name| format!("{name}, ")).unwrap_or_default();
    format!(
        "  {}  {}  {}\n",
        actor.text,
        paint(ACTOR, code),
        paint(DIM, format!("{identifier}by {}", actor.how))
    )
}

fn fired(found: &ExplainedMatch) -> String {
    let recipient = if found.recipient.is_empty() {
        String::new()
    } else {
        format!(" → {}", found.recipient.join(" + "))
    };
    let head = format!(
        "  {} {}  “{}”: {}{recipient}  {}\n",
        paint(GOOD, "✓"),
        paint(EVENT, &found.event),
        found.trigger,
        found.actor.join(" + "),
        found.status
    );
    head + &reasons(found)
}

fn nearly(found: &ExplainedMatch) -> String {
    let head = format!(
        "  {} {}  “{}”\n",
        paint(WARN, "✗"),
        paint(EVENT, &found.event),
        found.trigger
    );
    head + &reasons(found)
}

fn reasons(found: &ExplainedMatch) -> String {
    let mut text = format!("      {}\n", paint(DIM, format!("pattern {}", found.pattern)));
    for reason in &found.why {
        text.push_str(&format!("      {}\n", paint(DIM, reason)));
    }
    if let Some(confidence) = found.confidence {
        let line = format!("confidence {confidence:.2}{}", weighty(&found.parts));
        text.push_str(&format!("      {}\n", paint(DIM, line)));
    }
    text
}

/// Log odds below which a feature is not worth telling.
const WEIGHTY: f64 = 0.25;

/// `: noun in passing −0.8, actor by pronoun −0.4`, the weightiest first.
fn weighty(parts: &[(String, f64)]) -> String {
    let mut parts: Vec<_> = parts.iter().filter(|(_, odds)| odds.abs() >= WEIGHTY).collect();
    parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let shown = parts
        .iter()
        .map(|(name, odds)| format!("{name} {odds:+.1}").replace('-', "−"));
    let list = shown.collect::<Vec<_>>().join(", ");
    if list.is_empty() { list } else { format!(": {list}") }
}

fn records(explanation: &Explanation) -> String {
    let mut text = String::new();
    let lines = explanation.events.iter().map(|event| {
        let speaker = label::speaker(event);
        let speaker = if speaker.is_empty() {
            String::new()
        } else {
            format!(", says {speaker}")
        };
        let facts = format!("{}, {}{speaker}", label::date(event), label::status(event.status));
        format!(
            "  {}  {}  {}\n",
            paint(EVENT, label::event(event)),
            label::sides(event),
            paint(DIM, facts)
        )
    });
    section(&mut text, "Records", lines, "none");
    text.trim_end().to_owned() + "\n"
}

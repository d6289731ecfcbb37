//! Gold sentences.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::Result;
use attache::eval::{GoldEvent, GoldSentence, SentenceReport, SentenceScore, score_sentence};
use attache::extract::Given;
use attache::{Coder, Event};
use attache_input::parse_date;

use super::show;
use crate::Outcome;
use crate::args::EvalArgs;
use crate::output::{self, label};
use crate::parallel::{self, Step};
use crate::report::count;
use crate::sentences::one_paragraph;
use crate::term::{BAD, DIM, HEAD, WARN, paint};

type Scored = (GoldSentence, SentenceScore);

/// Codes and scores the sentences and prints the result.
///
/// # Errors
/// Where output cannot be written.
pub fn run(args: &EvalArgs, gold: Vec<GoldSentence>, coder: &Coder) -> Result<Outcome> {
    let scored = score(args, gold, coder)?;
    let report = SentenceReport::of(scored.iter().map(|(_, score)| score));
    if args.json {
        return json(args, &report, &scored);
    }
    let mut out = output::styled(None)?;
    if args.misses {
        scored
            .iter()
            .try_for_each(|scored| out.write_all(misses(scored).as_bytes()))?;
    }
    writeln!(out, "{}", paint(HEAD, count(report.texts, "sentence")))?;
    writeln!(out, "{}", show::report(&report))?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn score(args: &EvalArgs, gold: Vec<GoldSentence>, coder: &Coder) -> Result<Vec<Scored>> {
    let mut scored = Vec::with_capacity(gold.len());
    parallel::in_order(
        crate::flow::jobs(args.jobs),
        |sink| {
            let _ = gold.into_iter().try_for_each(|sentence| match sink(sentence) {
                ControlFlow::Continue(()) => Some(()),
                ControlFlow::Break(()) => None,
            });
        },
        |sentence| {
            let score = score_sentence(&sentence, &code(coder, &sentence), args.all);
            (sentence, score)
        },
        |step| {
            if let Step::Item(result) = step {
                scored
                    .push(result.ok_or_else(|| anyhow::anyhow!("the engine failed on sentence {}", scored.len() + 1))?);
            }
            Ok(())
        },
    )?;
    Ok(scored)
}

fn code(coder: &Coder, sentence: &GoldSentence) -> Vec<Event> {
    let published = sentence.date.as_deref().and_then(|date| parse_date(date).ok());
    let given = Given {
        id: Some(sentence.id.clone()),
        published,
        ..Given::default()
    };
    coder.code(&one_paragraph(&sentence.text, given)).events
}

fn json(args: &EvalArgs, report: &SentenceReport, scored: &[Scored]) -> Result<Outcome> {
    let mut value = serde_json::to_value(report)?;
    if args.misses {
        let faulty = scored
            .iter()
            .filter(|(_, score)| !score.missed.is_empty() || !score.extra.is_empty());
        let list = faulty.map(|(gold, score)| {
            serde_json::json!({"id": gold.id, "text": gold.text, "missed": score.missed, "extra": score.extra})
        });
        value["misses"] = list.collect();
    }
    show::json(&value)
}

fn misses((gold, score): &Scored) -> String {
    if score.missed.is_empty() && score.extra.is_empty() {
        return String::new();
    }
    let mut text = format!("{} {}\n", paint(DIM, &gold.id), gold.text);
    for missed in &score.missed {
        text.push_str(&format!("  {} {}\n", paint(BAD, "missed"), gold_event(missed)));
    }
    for extra in &score.extra {
        let facts = format!(
            "{} {}, “{}”",
            label::status(extra.status),
            extra.pattern,
            label::words(extra)
        );
        text.push_str(&format!(
            "  {} {} {} {}\n",
            paint(WARN, "extra "),
            label::event(extra),
            label::sides(extra),
            paint(DIM, facts)
        ));
    }
    text + "\n"
}

fn gold_event(event: &GoldEvent) -> String {
    let side = |parties: &[attache::eval::GoldParty]| {
        let party = |party: &attache::eval::GoldParty| {
            let code = party.code.as_deref().unwrap_or("?");
            format!("{} {code}", party.entity_text).trim_start().to_owned()
        };
        parties.iter().map(party).collect::<Vec<_>>().join(", ")
    };
    let kinds: Vec<String> = event
        .event
        .iter()
        .map(|kind| {
            event
                .mode
                .get(kind)
                .map_or_else(|| kind.clone(), |mode| format!("{kind}/{mode}"))
        })
        .collect();
    let (actor, recipient) = (side(&event.actor), side(&event.recipient));
    let arrow = if event.reciprocal { " ↔ " } else { " → " };
    let status = event
        .status
        .map(|status| format!("{} ", label::status(status)))
        .unwrap_or_default();
    let trigger = event
        .trigger
        .as_ref()
        .map(|word| format!("“{word}”"))
        .unwrap_or_default();
    let facts = paint(DIM, format!("{status}{trigger}"));
    format!("{} {actor}{arrow}{recipient} {facts}", kinds.join("|"))
}

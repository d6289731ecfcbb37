//! What of a record tells how likely it is right. The weights are data: `ontology/confidence.toml`, fitted by
//! `cargo run --release -p xtask -- calibrate`.

use attache_parse::Sentence;

use crate::coder::EventMention;
use crate::ontology::Ontology;
use crate::ontology::confidence::Feature;
use crate::resolve::{How, Party};

/// Log odds of the type by the second reader.
pub const SECOND: &str = "second reader";
/// No pattern found it.
pub const SECOND_ALONE: &str = "second reader alone";

/// Words of a sentence of common length.
const COMMON_LENGTH: f64 = 20.0;

/// The features of a mention in its sentence. Names do not change with the text beyond those of types, statuses and ways of
/// resolving, so that every one may have a weight.
pub fn features(ontology: &Ontology, sentence: &Sentence, mention: &EventMention) -> Vec<Feature> {
    let mut all = Features(Vec::new());
    of_pattern(ontology, mention, &mut all);
    of_parties(sentence, mention, &mut all);
    all.there(&format!("type {}", mention.event), true);
    all.there(&format!("status {:?}", mention.status).to_lowercase(), true);
    all.add("length", (sentence.tokens.len() as f64 / COMMON_LENGTH).ln());
    of_second_reader(mention, &mut all);
    all.0
}

/// What the second reader thinks of the type: its probability as log odds, and whether it stands alone.
fn of_second_reader(mention: &EventMention, all: &mut Features) {
    if let Some(belief) = mention.second {
        let belief = belief.clamp(0.01, 0.99);
        all.add(SECOND, (belief / (1.0 - belief)).ln());
    }
    all.there(SECOND_ALONE, mention.learned.is_some());
}

struct Features(Vec<Feature>);

impl Features {
    fn add(&mut self, name: &str, value: f64) {
        if value != 0.0 && value.is_finite() {
            self.0.push(Feature {
                name: name.to_owned(),
                value,
            });
        }
    }

    fn there(&mut self, name: &str, is: bool) {
        self.add(name, f64::from(u8::from(is)));
    }
}

fn of_pattern(ontology: &Ontology, mention: &EventMention, all: &mut Features) {
    // `operator(operator(pattern))`: the innermost names the event.
    let inner = mention.pattern.rsplit('(').next().unwrap_or("").trim_end_matches(')');
    let pattern = ontology.pattern(inner);
    let weight = mention.weight.clamp(0.05, 0.95);
    all.add("prior", (weight / (1.0 - weight)).ln());
    all.there("no pattern", pattern.is_none());
    all.there(&format!("pattern {inner}"), true);
    all.add(
        "conditions",
        pattern.map_or(0.0, |pattern| pattern.specificity() as f64),
    );
    all.add("operators", mention.pattern.matches('(').count() as f64);
    all.there("noun in passing", mention.nominal);
}

fn of_parties(sentence: &Sentence, mention: &EventMention, all: &mut Features) {
    for (side, parties) in [("actor", &mention.actor), ("recipient", &mention.recipient)] {
        match weakest(parties) {
            Some(how) => all.there(&format!("{side} by {}", how.name()), true),
            None => all.there(&format!("no {side}"), true),
        }
    }
    let parties = || mention.actor.iter().chain(&mention.recipient);
    all.there("a party without a code", parties().any(|party| party.code.is_none()));
    let codes = |side: &[Party]| -> Vec<String> { side.iter().filter_map(|party| party.code.clone()).collect() };
    let recipients = codes(&mention.recipient);
    let shared = codes(&mention.actor).iter().any(|code| recipients.contains(code));
    all.there("one code on both sides", shared);
    all.there(
        "several on a side",
        mention.actor.len() > 1 || mention.recipient.len() > 1,
    );
    let far = parties()
        .map(|party| party.head.abs_diff(mention.trigger).min(sentence.tokens.len()))
        .max();
    all.add("distance", (far.unwrap_or(0) as f64).ln_1p());
}

/// How the party was resolved that is least sure.
fn weakest(parties: &[Party]) -> Option<How> {
    let least = |one: &&Party, other: &&Party| one.how.certainty().total_cmp(&other.how.certainty());
    parties.iter().min_by(least).map(|party| party.how)
}

//! Where an event happened, as against places that its sentence merely mentions.
//!
//! In this order: the place that the event's own words have behind a preposition of place; the place visited, attacked or
//! taken; a city before an event's noun ("the Geneva talks"); the place of the verb that carries the noun ("talks were held in
//! Geneva"), or of the verb coordinated with it; and the dateline, for the first sentences, where an event that needs a place
//! is the narrator's own news, involves the dateline's country and names no place of its own.
//! A capital that stands for its government ("Moscow said") is none of these and so never a location.

use attache_parse::{Sentence, Upos};

use super::mention::Mentions;
use super::places::{Resolved, Toponym};
use crate::event::{Basis, Event, EventLocation, Status};
use crate::frame::Frame;
use crate::ontology::{NameRef, Ontology};

/// Prepositions that put an event somewhere, the surest first.
const LOCATIVE: [&str; 16] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "within",
    "around",
    "off",
    "across",
    "throughout",
    "into",
    "over",
    "to",
    "on",
    "from",
    "along",
];
/// Those of them behind which a thing's own place is the event's: "at a hotel in Doha", but not "on investment in Peru".
const STILL: [&str; 7] = ["in", "at", "near", "outside", "inside", "within", "around"];
/// Nouns in which a place is looked for: "at a post in a valley of Helmand".
const DEPTH: usize = 2;
/// Sentences at the beginning of a document that a dateline places.
const LEAD: usize = 2;

/// An event's words and the places around them.
pub struct Scene<'a> {
    /// The ontology.
    pub ontology: &'a Ontology,
    /// The sentence.
    pub tree: &'a Sentence,
    /// Known names of the sentence.
    pub mentions: &'a Mentions,
    /// Places of the sentence, in text order.
    pub toponyms: &'a [Toponym],
    /// The event's words.
    pub words: &'a [usize],
    /// The word that the event hangs on.
    pub trigger: usize,
    /// PLOVER type.
    pub event: &'a str,
    /// PLOVER mode.
    pub mode: &'a str,
}

impl Scene<'_> {
    /// The place of the event, as its sentence tells it.
    pub fn locate(&self) -> Option<EventLocation> {
        let own = self.words.iter().flat_map(|w| self.behind(*w));
        if let Some((_, _, place)) = own.min_by_key(|(rank, ..)| *rank) {
            return Some(place);
        }
        self.host().or_else(|| self.before()).or_else(|| self.above())
    }

    fn visit(&self) -> bool {
        self.event == "CONSULT" && self.mode == "visit"
    }

    fn assault(&self) -> bool {
        matches!(self.event, "ASSAULT" | "COERCE" | "MOBILIZE")
    }

    /// Places behind prepositions of a word, with the rank of the preposition and the noun.
    fn behind(&self, head: usize) -> Vec<(usize, usize, EventLocation)> {
        let frame = Frame { tree: self.tree };
        let mut all = Vec::new();
        for (prep, noun) in frame.obliques(head) {
            let motion = matches!(prep.as_str(), "to" | "into" | "from");
            let target = self.event == "ASSAULT" && matches!(prep.as_str(), "on" | "against" | "at");
            let fits = LOCATIVE.contains(&prep.as_str()) && (!motion || self.visit());
            if !(fits || target) {
                continue;
            }
            let depth = if STILL.contains(&prep.as_str()) { DEPTH } else { 0 };
            if let Some(place) = self.place_at(noun, Basis::Clause, depth) {
                let rank = LOCATIVE.iter().position(|p| *p == prep).unwrap_or(LOCATIVE.len());
                all.push((rank, noun, place));
            }
        }
        all
    }

    /// The place visited, attacked or taken: "visited Havana", "shelled Kharkiv".
    fn host(&self) -> Option<EventLocation> {
        if !self.visit() && !self.assault() {
            return None;
        }
        let frame = Frame { tree: self.tree };
        self.words.iter().find_map(|word| {
            let object = frame.object(*word)?;
            let Some(toponym) = self.covering(object) else {
                // "attacked a post in Helmand province": where the thing attacked stands.
                return self.place_at(object, Basis::Object, DEPTH).filter(|_| self.assault());
            };
            // A state that is attacked or pressed is a party; its towns are where that happens.
            let narrow = self.visit() || toponym.place.as_ref().is_some_and(|p| p.resolution != Some(1));
            narrow.then(|| self.location(toponym, Basis::Object))
        })
    }

    /// A city before the event's noun: "the Geneva talks".
    fn before(&self) -> Option<EventLocation> {
        if !matches!(self.event, "CONSULT" | "PROTEST" | "ASSAULT") {
            return None;
        }
        let noun = self
            .words
            .iter()
            .copied()
            .filter(|w| self.tree.tokens[*w].upos == Upos::Noun);
        noun.into_iter().find_map(|noun| {
            let compound = |c: &usize| matches!(self.tree.tokens[*c].rel(), "compound" | "nmod");
            let bare = |c: &usize| Frame { tree: self.tree }.case(*c).is_none();
            let before = self
                .tree
                .children(noun)
                .filter(compound)
                .filter(bare)
                .find_map(|c| self.covering(c))?;
            let city = before.place.as_ref().is_some_and(|p| p.resolution == Some(4));
            city.then(|| self.location(before, Basis::Clause))
        })
    }

    /// The place of the verb that carries an event's noun, or of the verb that the event's verb is coordinated with and
    /// whose subject it shares.
    fn above(&self) -> Option<EventLocation> {
        let word = &self.tree.tokens[self.trigger];
        let head = word.head.filter(|h| self.tree.tokens[*h].upos == Upos::Verb)?;
        let carried = word.upos != Upos::Verb && matches!(word.deprel.as_str(), "obj" | "nsubj:pass");
        let shared = word.upos == Upos::Verb && word.deprel == "conj" && !self.tree.has_subject(self.trigger);
        let place = |head: usize| {
            let all = self.behind(head).into_iter();
            // "froze assets in Peru and banned trade": a place behind the first verb may be its own.
            let meets = matches!(self.event, "CONSULT" | "PROTEST" | "ASSAULT");
            let still = all.filter(|(rank, noun, _)| {
                LOCATIVE.get(*rank).is_some_and(|p| STILL.contains(p)) && (carried || meets || *noun < head)
            });
            still.min_by_key(|(rank, ..)| *rank).map(|(.., place)| place)
        };
        if !(carried || shared) {
            return None;
        }
        place(head).map(|p| EventLocation {
            basis: Basis::Above,
            ..p
        })
    }

    fn covering(&self, token: usize) -> Option<&Toponym> {
        let here = self.toponyms.iter().find(|t| t.first <= token && token < t.end)?;
        // "Paris, Texas" where the tree has Texas for the head.
        let finer = self.toponyms.iter().find(|t| {
            t.end < here.first
                && t.end + 1 >= here.first
                && t.place.is_some()
                && self.tree.tokens[t.end].form == ","
                && self.narrower(t, here)
        });
        Some(finer.unwrap_or(here))
    }

    fn narrower(&self, one: &Toponym, other: &Toponym) -> bool {
        let level = |t: &Toponym| t.place.as_ref().and_then(|p| p.resolution);
        one.inside.is_some() && level(one) > level(other)
    }

    /// The place that a noun names, or that its noun phrase gives: "the city of Basra", "Helmand province", "a hotel in Doha".
    fn place_at(&self, noun: usize, basis: Basis, depth: usize) -> Option<EventLocation> {
        if let Some(toponym) = self.covering(noun) {
            return Some(self.location(toponym, basis));
        }
        if let Some(seat) = self.seat(noun, basis) {
            return Some(seat);
        }
        let frame = Frame { tree: self.tree };
        let lemma = frame.lemma(noun);
        let ground = ["place.town", "place.division", "place.of"]
            .iter()
            .any(|c| self.ontology.class_has(c, &lemma));
        let fits = |c: usize| {
            let Some(toponym) = self.covering(c) else {
                let still = frame.case(c).is_some_and(|p| STILL.contains(&p.as_str()));
                return self.place_at(c, basis, depth.checked_sub(1)?).filter(|_| still);
            };
            let city = toponym.place.as_ref().is_some_and(|p| p.resolution == Some(4));
            let fits = match (self.tree.tokens[c].rel(), frame.case(c).as_deref()) {
                ("nmod" | "obl", Some("in" | "near" | "at" | "outside" | "off")) => depth > 0,
                ("nmod", Some("of")) => ground,
                ("compound" | "nmod" | "flat" | "nmod:poss", None) => ground || city,
                ("appos", None) => ground,
                _ => false,
            };
            fits.then(|| self.location(toponym, basis))
        };
        self.tree.children(noun).find_map(fits)
    }

    /// A seat of power puts an event into its country's capital, whose name the sentence need not give.
    fn seat(&self, noun: usize, basis: Basis) -> Option<EventLocation> {
        let mention = self.mentions.name_at(noun)?;
        let NameRef::Seat(country, _) = mention.what[0] else {
            return None;
        };
        Some(EventLocation {
            extracted_place: self.words_of(mention.first, mention.end),
            resolved_place: None,
            geonameid: None,
            lat: None,
            lon: None,
            country_code: Some(self.ontology.countries[country].code.clone()),
            resolution: Some(4),
            basis,
        })
    }

    fn words_of(&self, first: usize, end: usize) -> String {
        let words: Vec<&str> = self.tree.tokens[first..end].iter().map(|t| t.form.as_str()).collect();
        words.join(" ")
    }

    fn location(&self, toponym: &Toponym, basis: Basis) -> EventLocation {
        located(self.words_of(toponym.first, toponym.end), toponym.place.as_ref(), basis)
    }
}

/// A country as a whole has no point: its middle would look like a town on a map.
fn located(words: String, place: Option<&Resolved>, basis: Basis) -> EventLocation {
    let point = place.filter(|p| p.resolution != Some(1));
    EventLocation {
        extracted_place: words,
        resolved_place: place.map(|p| p.name.clone()),
        geonameid: place.and_then(|p| p.geonameid),
        lat: point.and_then(|p| p.lat),
        lon: point.and_then(|p| p.lon),
        country_code: place.and_then(|p| p.country.clone()),
        resolution: place.and_then(|p| p.resolution),
        basis,
    }
}

/// The dateline as the place of an event without one: only for news of the first sentences that happens somewhere, that the
/// narrator tells, that involves the dateline's country, and whose sentence names no place inside a country.
pub fn from_dateline(event: &Event, toponyms: &[Toponym], dateline: &(String, Resolved)) -> Option<EventLocation> {
    let (words, place) = dateline;
    let local = match event.event.first().map(String::as_str) {
        Some("PROTEST" | "ASSAULT") => true,
        Some("CONSULT") => event.mode.first().is_none_or(|m| m == "meet"),
        _ => false,
    };
    let lead = event.text_info.sequence < LEAD && event.status == Status::Occurred && event.attribution.is_empty();
    let party = event
        .actor
        .iter()
        .chain(&event.recipient)
        .any(|a| a.code.is_some() && a.code == place.country);
    let elsewhere = toponyms.iter().any(|t| {
        let there = t.place.as_ref();
        there.is_none_or(|p| p.resolution != Some(1) || p.country != place.country)
    });
    (local && lead && party && !elsewhere && place.resolution == Some(4))
        .then(|| located(words.clone(), Some(place), Basis::Dateline))
}

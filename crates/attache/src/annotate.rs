//! Every layer of a document as one JSON object (`attache annotate`). All offsets are Unicode code points of the text.

use attache_parse::{EntityKind, Sentence, Span};
use serde::{Deserialize, Serialize};

use crate::dedup;
use crate::document::Document;
use crate::event::Event;
use crate::geography;
use crate::ontology::Ontology;
use crate::pipeline::Reading;
use crate::resolve::memory::Kind;
use crate::resolve::party::Place;
use crate::resolve::places::Resolved;
use crate::resolve::{How, Party};
use crate::time::{self, TimeExpression};
use crate::voices;

/// Half-open range of code points.
pub type Range = [usize; 2];

/// The layers of one document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Annotation {
    /// Document id.
    pub id: String,
    /// The text that all offsets point into.
    pub text: String,
    /// Sentences of the content.
    pub sentences: Vec<SentenceRange>,
    /// Persons, organisations, places and other actors.
    pub entities: Vec<EntityLayer>,
    /// Time expressions.
    pub times: Vec<TimeLayer>,
    /// Places.
    pub places: Vec<PlaceLayer>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// Chains of mentions of one entity.
    pub coreference: Vec<Vec<Range>>,
    /// Records.
    pub events: Vec<Event>,
}

/// A sentence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SentenceRange {
    pub start: usize,
    pub end: usize,
}

/// A named or described actor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntityLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// `person`, `people`, `organisation` or `place` (also for what stands for a country).
    pub kind: String,
    /// Name that it resolved to.
    pub name: Option<String>,
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sectors.
    pub sector: Vec<String>,
    /// Identifier, such as a Wikidata item.
    pub id: Option<String>,
}

/// A time expression.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TimeLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
}

/// A place mention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlaceLayer {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Name in the gazetteer.
    pub name: String,
    /// GeoNames identifier.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
    /// 1 country, 2 first-level division, 3 second-level division, 4 place.
    #[serde(default)]
    pub resolution: Option<u8>,
}

/// A statement: who says what with which words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statement {
    /// The speaker's words.
    pub speaker: Vec<Range>,
    /// The words that introduce the speech.
    pub cue: Vec<Range>,
    /// What is said.
    pub content: Vec<Range>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
}

/// The parties of a sentence by head token: every noun phrase that resolves to someone.
pub(crate) fn parties_of(reading: &Reading, number: usize) -> Vec<(usize, Party)> {
    let tree = &reading.sentences[number];
    let place = Place { tree, number };
    let mut all: Vec<(usize, Party)> = Vec::new();
    for token in 0..tree.tokens.len() {
        let inside = all
            .iter()
            .any(|(_, p): &(usize, Party)| p.first <= token && token < p.end && p.how != How::Owner);
        let named = matches!(tree.tokens[token].rel(), "flat" | "fixed");
        if inside || named {
            continue;
        }
        let parties = reading.resolver.parties(place, token);
        all.extend(
            parties
                .into_iter()
                .filter(|p| p.head == token && p.code.is_some())
                .map(|p| (token, p)),
        );
    }
    all
}

/// The layers; `more` are sentences outside the content that name places.
pub(crate) fn layers(ontology: &Ontology, reading: Reading, more: &[Sentence]) -> Annotation {
    let document = reading.document;
    let text = document.text.as_str();
    let points = &reading.points;
    let range = |span: Span| {
        let (start, end) = points.range(text, span);
        [start, end]
    };
    let mut layers = Annotation {
        id: document.id.clone(),
        text: document.text.clone(),
        ..Annotation::default()
    };
    for number in 0..reading.sentences.len() {
        let tree = &reading.sentences[number];
        let [start, end] = range(tree.span);
        layers.sentences.push(SentenceRange { start, end });
        let cover = |first: usize, end: usize| tree.words(first, end);
        for (_, party) in parties_of(&reading, number) {
            let [start, end] = range(cover(party.first, party.end));
            let item = ontology.wikidata(party.person, party.identifier.as_deref());
            layers.entities.push(EntityLayer {
                start,
                end,
                kind: kind_name(party.kind).to_owned(),
                name: party.identifier,
                code: party.code,
                sector: party.sector,
                id: item,
            });
        }
        for entity in &tree.entities {
            let [start, end] = range(cover(entity.first, entity.end));
            if !layers.entities.iter().any(|e| e.start < end && start < e.end) {
                layers.entities.push(unresolved(
                    entity.kind,
                    start,
                    end,
                    cover(entity.first, entity.end).text(text),
                ));
            }
        }
    }
    for toponym in geography::toponyms(ontology, &reading, more) {
        let [start, end] = range(toponym.span);
        layers
            .places
            .push(place_layer(start, end, toponym.span.text(text), toponym.place));
    }
    for time in times(document, &reading.sentences) {
        let [start, end] = range(time.span);
        layers.times.push(TimeLayer {
            start,
            end,
            kind: time.kind.name().to_owned(),
            value: time.value,
        });
    }
    layers.statements = statements(&reading);
    layers.coreference = reading
        .resolver
        .chains
        .lists()
        .into_iter()
        .map(|chain| {
            let spans = chain.into_iter();
            spans
                .map(|m| range(reading.sentences[m.sentence].words(m.first, m.end)))
                .collect()
        })
        .collect();
    layers.events = dedup::fold(reading.told, &reading.document.text);
    layers
}

/// A place mention as it leaves; a name that no list has stands for itself.
fn place_layer(start: usize, end: usize, words: &str, place: Option<Resolved>) -> PlaceLayer {
    let name = place.as_ref().map_or(words, |p| p.name.as_str()).to_owned();
    let known = place.as_ref();
    PlaceLayer {
        start,
        end,
        name,
        geonameid: known.and_then(|p| p.geonameid),
        lat: known.and_then(|p| p.lat),
        lon: known.and_then(|p| p.lon),
        resolution: known.and_then(|p| p.resolution),
        country_code: place.and_then(|p| p.country),
    }
}

/// The time expressions of the whole text: of its sentences, and of the lines between them, such as headlines and datelines.
fn times(document: &Document, sentences: &[Sentence]) -> Vec<TimeExpression> {
    let (text, anchor) = (document.text.as_str(), document.published);
    let mut told = time::Told::default();
    let mut found = Vec::new();
    let mut from = 0;
    let end = Sentence {
        span: Span::new(text.len(), text.len()),
        ..Sentence::default()
    };
    for tree in sentences.iter().chain([&end]) {
        let gap = text.get(from..tree.span.start).unwrap_or("");
        let mut at = from;
        for line in gap.split_inclusive('\n') {
            let span = Span::new(at, at + line.len());
            found.extend(time::expressions_after(text, span, anchor, &mut told));
            at = span.end;
        }
        found.extend(time::expressions_of(text, tree, anchor, &mut told));
        from = tree.span.end.max(from);
    }
    found
}

/// A name that resolved to nobody.
fn unresolved(kind: EntityKind, start: usize, end: usize, name: &str) -> EntityLayer {
    let kind = match kind {
        EntityKind::Person => Kind::Person,
        EntityKind::Organisation => Kind::Body,
        EntityKind::Place => Kind::Country,
    };
    EntityLayer {
        start,
        end,
        kind: kind_name(kind).to_owned(),
        name: Some(name.to_owned()),
        code: None,
        sector: Vec::new(),
        id: None,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::People => "people",
        Kind::Country => "place",
        Kind::Body => "organisation",
    }
}

/// Who says what, in text order.
pub(crate) fn statements(reading: &Reading) -> Vec<Statement> {
    let text = reading.document.text.as_str();
    let ranges = |sentence: usize, tokens: &[usize]| -> Vec<Range> {
        let tree = &reading.sentences[sentence];
        let cover = |run: &[usize]| run.iter().map(|t| tree.tokens[*t].span).reduce(Span::cover);
        let spans = tokens
            .chunk_by(|a, b| a + 1 == *b)
            .filter_map(cover)
            .collect::<Vec<Span>>();
        spans
            .into_iter()
            .map(|span| {
                let (start, end) = reading.points.range(text, span);
                [start, end]
            })
            .collect()
    };
    let one = |statement: &crate::coder::speech::Statement| {
        let said = &statement.said;
        let mut content = ranges(statement.sentence, &said.content);
        for (sentence, tokens) in &statement.elsewhere {
            content.extend(ranges(*sentence, tokens));
        }
        content.sort_unstable();
        let content = joined(reading, content);
        Statement {
            speaker: ranges(statement.source_in, &said.source),
            cue: ranges(statement.sentence, &said.cue),
            content,
            kind: kind(said.kind),
        }
    };
    let told = reading.speech.statements.iter().filter(|s| s.is_told());
    let mut all: Vec<Statement> = told.map(one).collect();
    all.extend(voices::turns(reading).into_iter().map(|(speaker, sentences)| {
        let range = |span: Span| {
            let (start, end) = reading.points.range(text, span);
            [start, end]
        };
        let content = sentences
            .into_iter()
            .map(|n| range(reading.sentences[n].span))
            .collect();
        Statement {
            speaker: vec![range(speaker)],
            cue: Vec::new(),
            content: joined(reading, content),
            kind: kind(crate::event::SpeechKind::Direct),
        }
    }));
    all.sort_by_key(|s| (s.content.first().copied(), s.cue.first().copied()));
    all
}

/// Ranges with only white space between them are one.
fn joined(reading: &Reading, ranges: Vec<Range>) -> Vec<Range> {
    let mut all: Vec<Range> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if reading.blank(last[1], range[0]) => last[1] = range[1],
            _ => all.push(range),
        }
    }
    all
}

fn kind(kind: crate::event::SpeechKind) -> String {
    let name = serde_json::to_value(kind).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

//! The places that a document names: found in every sentence, then resolved together, since each helps to tell the others.

mod choose;
mod find;
mod pairs;
mod readings;

use std::collections::HashSet;

use attache_gazetteer::Kind;
use attache_parse::{EntityKind, Sentence, Span};

use super::mention::Mentions;
use crate::ontology::{NameRef, Ontology};
use readings::Reading;

/// A place that a sentence names.
#[derive(Debug, Clone)]
pub struct Toponym {
    /// Index of the sentence among those given.
    pub sentence: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// What it was resolved to; `None` for a name that no list has.
    pub place: Option<Resolved>,
    /// The toponym behind it that says where it lies ("Texas" in "Paris, Texas"), as an index of the list.
    pub inside: Option<usize>,
}

/// What a toponym was resolved to.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Usual name.
    pub name: String,
    /// GeoNames identifier, where known.
    pub geonameid: Option<u32>,
    /// Degrees north, where known.
    pub lat: Option<f64>,
    /// Degrees east, where known.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3; `None` for what lies in several countries or none.
    pub country: Option<String>,
    /// 1 country, 2 first-level division or region of a country, 3 second-level division, 4 place; `None` for what is no
    /// part of one country, such as a sea.
    pub resolution: Option<u8>,
}

/// What is known of a document besides its sentences.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// Who issued it.
    pub publisher: Option<&'a str>,
    /// Alpha-3 code of the country of whoever issued it.
    pub home: Option<&'a str>,
}

/// Finds and resolves the places of sentences in order of the text. `mentions` are the known names of each sentence.
pub fn places(ontology: &Ontology, sentences: &[&Sentence], mentions: &[&Mentions], about: About) -> Vec<Toponym> {
    let persons = persons(sentences);
    let mut found = Vec::new();
    for (number, (tree, mentions)) in sentences.iter().zip(mentions).enumerate() {
        let finder = find::Finder::new(ontology, tree, mentions, &persons);
        found.extend(finder.find().into_iter().map(|f| (number, f)));
    }
    // What is named for sure once, by its place in the sentence, is a place elsewhere too.
    let sure: HashSet<String> = found
        .iter()
        .filter(|(_, f)| f.sure)
        .map(|(_, f)| f.key.clone())
        .collect();
    found.retain(|(_, f)| f.sure || sure.contains(&f.key));
    let inside = pairs::pairs(ontology, sentences, &mut found);
    let listed = pairs::lists(sentences, &found, &inside);
    let peoples = peoples(ontology, mentions);
    let chosen = choose::choose(ontology, &found, &inside, &listed, &peoples, about);
    let toponym = |n: usize| {
        let (sentence, f) = &found[n];
        let tree = sentences[*sentence];
        Toponym {
            sentence: *sentence,
            first: f.first,
            end: f.end,
            span: tree.tokens[f.first].span.cover(tree.tokens[f.end - 1].span),
            place: chosen[n].as_ref().map(|reading| resolved(ontology, reading)),
            inside: inside[n],
        }
    };
    (0..found.len()).map(toponym).collect()
}

/// Words of the longer names of persons, as keys: "Jackson" once Jesse Jackson is named.
fn persons(sentences: &[&Sentence]) -> HashSet<String> {
    let mut words = HashSet::new();
    for tree in sentences {
        for entity in tree
            .entities
            .iter()
            .filter(|e| e.kind == EntityKind::Person && e.end - e.first > 1)
        {
            words.extend(
                tree.tokens[entity.first..entity.end]
                    .iter()
                    .map(|t| attache_gazetteer::key::key(&t.form)),
            );
        }
    }
    words
}

/// Codes of the countries whose adjectives and inhabitants a document names, one entry each time.
fn peoples(ontology: &Ontology, mentions: &[&Mentions]) -> Vec<String> {
    let names = mentions.iter().flat_map(|m| &m.names);
    names
        .filter_map(|m| match m.what.first()? {
            NameRef::Adjective(c) | NameRef::Inhabitant(c) | NameRef::Seat(c, _) => {
                Some(ontology.countries[*c].code.clone())
            }
            _ => None,
        })
        .collect()
}

fn resolved(ontology: &Ontology, reading: &Reading) -> Resolved {
    Resolved {
        name: reading.name(ontology),
        geonameid: reading.geonameid,
        lat: reading.point.map(|p| p.0),
        lon: reading.point.map(|p| p.1),
        country: reading.code.clone(),
        resolution: match reading.kind {
            Kind::Country => Some(1),
            Kind::Admin1 => Some(2),
            Kind::Region if reading.code.is_some() => Some(2),
            Kind::Admin2 => Some(3),
            Kind::City | Kind::District | Kind::Site => Some(4),
            Kind::Island | Kind::Land | Kind::Mountain | Kind::Lake | Kind::River if reading.code.is_some() => Some(4),
            _ => None,
        },
    }
}

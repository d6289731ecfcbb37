//! The data files: loaded, checked, compiled for look-up. Only this room knows TOML.

pub mod confidence;
pub mod context;
pub mod coverage;
pub mod cue;
mod load;
pub mod names;
pub mod nouns;
pub mod pattern;
mod schema;

use std::collections::HashMap;

use attache_gazetteer::Gazetteer;
use jiff::civil::Date;
use thiserror::Error;

pub use cue::{Content, Cue, Cues, Force};
pub use names::{NameRef, Names};
pub use pattern::{Operator, Pattern};
pub use schema::{AgentKind, Belief, Cameo, Effect, EventType, Mode, Named, SectorEntry};

/// A data file as text; the library reads no disk.
#[derive(Debug, Clone)]
pub struct OntologyFile {
    /// Path relative to the data folder, such as `actors/countries.toml`.
    pub path: String,
    /// Content.
    pub text: String,
}

/// Why a data file was refused.
#[derive(Debug, Clone, Error)]
#[error("{path}:{line}: {message}{}", hint.as_deref().map(|h| format!("\n  hint: {h}")).unwrap_or_default())]
pub struct OntologyError {
    /// The file.
    pub path: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The ontology: types, patterns, actors, agents and places, ready for look-up.
pub struct Ontology {
    name: String,
    /// Event types by code.
    pub events: Vec<EventType>,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Contexts.
    pub contexts: Vec<Named>,
    /// The words that show contexts.
    pub context_words: context::ContextWords,
    /// Sectors.
    pub sectors: Vec<SectorEntry>,
    /// Codes without a country: UNO, EUR, IGO, ….
    pub nonstate: Vec<(String, String)>,
    /// CAMEO codes.
    pub cameo: HashMap<String, Cameo>,
    /// Countries.
    pub countries: Vec<Country>,
    /// Persons.
    pub persons: Vec<Person>,
    /// Organisations, and after them groups.
    pub bodies: Vec<Body>,
    /// Role nouns.
    pub agents: Vec<Agent>,
    /// Places.
    pub places: Vec<Place>,
    /// Places of the world, by name; they count as places only where a sentence shows it.
    pub gazetteer: Gazetteer,
    /// All names.
    pub names: Names,
    /// Patterns in file order.
    pub patterns: Vec<Pattern>,
    /// Operators in file order.
    pub operators: Vec<Operator>,
    /// Where events that the second reader names have their sides; `weight` is the probability that it must be sure of.
    pub learned: Vec<Pattern>,
    /// How far the second reader is believed.
    pub belief: Belief,
    /// From the features of a record to its confidence.
    pub confidence: confidence::ConfidenceModel,
    /// What effects make of inner events.
    pub(crate) derive: Vec<schema::Derive>,
    /// Words that give somebody's word.
    pub cues: cue::Cues,
    /// Word classes.
    pub classes: HashMap<String, Vec<String>>,
    /// What nouns and given names say of whom they mean.
    pub nouns: nouns::Nouns,
    /// Patterns by trigger lemma.
    pub(crate) pattern_index: HashMap<String, Vec<usize>>,
    /// Operators by trigger lemma.
    pub(crate) operator_index: HashMap<String, Vec<usize>>,
    country_index: HashMap<String, usize>,
    pattern_ids: HashMap<String, usize>,
    /// Wikidata items of countries and bodies by name.
    items: HashMap<String, String>,
}

/// A country.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Seats of power with their sectors.
    pub seats: Vec<(String, Vec<String>)>,
    /// Definite descriptions, lower case.
    pub described: Vec<String>,
    /// Sectors added to everything of it (PRE).
    pub sector: Vec<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
}

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Usual name.
    pub name: String,
    /// `m`, `f` or unknown.
    pub gender: Option<char>,
    /// Date of birth as far as known, `YYYY[-MM[-DD]]`.
    pub born: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Offices in file order.
    pub offices: Vec<Office>,
}

/// An office with its time.
#[derive(Debug, Clone)]
pub struct Office {
    /// Title.
    pub title: String,
    /// Country code, or the code of the organisation.
    pub code: Option<String>,
    /// Sectors.
    pub sector: Vec<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// An organisation or group.
#[derive(Debug, Clone)]
pub struct Body {
    /// Usual name.
    pub name: String,
    /// Country or non-state code; empty for peoples without one.
    pub code: String,
    /// Sectors.
    pub sector: Vec<String>,
    /// `alliance`, `company`, `media`, `armed group`, `people`, ….
    pub kind: String,
    /// Wikidata item.
    pub wikidata: Option<String>,
}

/// A role noun.
#[derive(Debug, Clone)]
pub struct Agent {
    /// The noun, lower case.
    pub noun: String,
    /// Sectors.
    pub sector: Vec<String>,
    /// What it means.
    pub kind: AgentKind,
    /// Belongs to the country spoken of.
    pub domestic: bool,
}

/// A place.
#[derive(Debug, Clone)]
pub struct Place {
    /// GeoNames identifier; 0 for places of our own.
    pub geonameid: u32,
    /// Name.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// Inhabitants.
    pub population: u64,
    /// `city`, `capital`, `region`, ….
    pub feature: String,
}

impl Ontology {
    /// The bundled data files.
    ///
    /// # Errors
    /// Where a file breaks the schema; all errors found are returned.
    pub fn bundled() -> Result<Ontology, Vec<OntologyError>> {
        Self::with_files(&[])
    }

    /// The bundled data files with `files` added; entries of the same `name`, `noun`, `code` or `id` are replaced.
    ///
    /// # Errors
    /// Where a file breaks the schema; all errors found are returned.
    pub fn with_files(files: &[OntologyFile]) -> Result<Ontology, Vec<OntologyError>> {
        let bundled = attache_data::FILES.iter().map(|f| (f.path, f.text));
        load::load(bundled.chain(files.iter().map(|f| (f.path.as_str(), f.text.as_str()))))
    }

    /// Only these files: for tests and for a wholly different ontology.
    ///
    /// # Errors
    /// Where a file breaks the schema; all errors found are returned.
    pub fn only(files: &[OntologyFile]) -> Result<Ontology, Vec<OntologyError>> {
        load::load(files.iter().map(|f| (f.path.as_str(), f.text.as_str())))
    }

    /// Name and version, as in `cite_info.codebook`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The country of that code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.country_index.get(code).map(|i| &self.countries[*i])
    }

    /// The pattern of that identifier.
    pub fn pattern(&self, id: &str) -> Option<&Pattern> {
        self.pattern_ids.get(id).map(|i| &self.patterns[*i])
    }

    /// The row of `ontology/learned.toml` for a type and mode: the mode's own, or else that of the rest of the type.
    pub fn learned_row(&self, event: &str, mode: &str) -> Option<&Pattern> {
        let rows = || self.learned.iter().filter(|l| l.event == event);
        rows()
            .find(|l| l.mode == mode)
            .or_else(|| rows().find(|l| l.mode.is_empty()))
    }

    /// The Wikidata item of a listed person, or of a country or body by its usual name; none where no file gives it.
    pub fn wikidata(&self, person: Option<usize>, name: Option<&str>) -> Option<String> {
        if let Some(person) = person {
            return self.persons.get(person)?.wikidata.clone();
        }
        self.items.get(name?).cloned()
    }

    /// The name that goes with a country or non-state code.
    pub fn code_name(&self, code: &str) -> Option<&str> {
        self.country(code)
            .map(|c| c.name.as_str())
            .or_else(|| self.nonstate.iter().find(|(c, _)| c == code).map(|(_, n)| n.as_str()))
    }

    /// The event type of that code.
    pub fn event(&self, code: &str) -> Option<&EventType> {
        self.events.iter().find(|e| e.code == code)
    }

    /// PLOVER's score for a type and mode.
    pub fn score(&self, event: &str, mode: &str) -> f64 {
        let by_mode = self
            .modes
            .iter()
            .find(|m| m.event == event && m.mode == mode)
            .map(|m| m.score);
        by_mode.or_else(|| self.event(event).map(|e| e.score)).unwrap_or(0.0)
    }

    /// Whether a class or list of words holds a lemma.
    pub fn class_has(&self, class: &str, lemma: &str) -> bool {
        self.classes
            .get(class)
            .is_some_and(|words| words.iter().any(|w| w == lemma))
    }
}

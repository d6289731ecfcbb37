//! What a name may mean: the places of that name, with how likely each is before anything else is known.

use attache_gazetteer::{Gazetteer, Id, Kind, distance};

use crate::ontology::{NameRef, Ontology};

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    source: Source,
    pub geonameid: Option<u32>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Alpha-3 code of its country.
    pub code: Option<String>,
    pub admin1: Option<Id>,
    pub admin2: Option<Id>,
    pub kind: Kind,
    pub population: f64,
    /// Whether it is a national capital.
    pub capital: bool,
    /// How likely it is without context: see [`prior`].
    pub prior: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Source {
    Listed(Id),
    Own(usize),
    Country(usize),
}

impl Reading {
    pub fn name(&self, ontology: &Ontology) -> String {
        match self.source {
            Source::Listed(id) if self.kind != Kind::Country => ontology.gazetteer.name(id),
            Source::Listed(id) => {
                let code = ontology.gazetteer.code(id).unwrap_or_default();
                ontology
                    .code_name(code)
                    .map_or_else(|| ontology.gazetteer.name(id), str::to_owned)
            }
            Source::Own(n) => ontology.places[n].name.clone(),
            Source::Country(n) => ontology.countries[n].name.clone(),
        }
    }

    /// Whether the other one contains this one.
    pub fn within(&self, other: &Reading) -> bool {
        let Source::Listed(id) = other.source else {
            return other.kind == Kind::Country && self.kind != Kind::Country && self.code == other.code;
        };
        match other.kind {
            Kind::Country => self.kind != Kind::Country && self.code.is_some() && self.code == other.code,
            Kind::Admin1 => self.admin1 == Some(id) && self.source != other.source,
            Kind::Admin2 => self.admin2 == Some(id) && self.source != other.source,
            Kind::Region | Kind::Island => {
                let near = self
                    .point
                    .zip(other.point)
                    .is_some_and(|(a, b)| distance(a, b) < REGION);
                near && matches!(self.kind, Kind::City | Kind::Admin2 | Kind::District | Kind::Site)
            }
            _ => false,
        }
    }
}

/// Reach of a region around its middle, in km.
const REGION: f64 = 500.0;

/// Readings of a name, by its key and by the names that the ontology knows it as; likeliest first.
pub(super) fn readings(ontology: &Ontology, ids: &[Id], what: &[NameRef]) -> Vec<Reading> {
    let gazetteer = &ontology.gazetteer;
    let mut all: Vec<Reading> = ids.iter().map(|id| listed(gazetteer, *id)).collect();
    for name in what {
        match name {
            NameRef::Country(c) => country(ontology, *c, &mut all),
            NameRef::Capital(c) => {
                let code = &ontology.countries[*c].code;
                let own = |r: &&mut Reading| r.kind == Kind::City && r.code.as_ref() == Some(code);
                if let Some(capital) = all.iter_mut().find(own) {
                    capital.prior += CAPITAL;
                    capital.capital = true;
                } else if let Some(at) = what.iter().find_map(|n| place(ontology, n, code)) {
                    all.push(Reading {
                        prior: 6.0 + CAPITAL,
                        ..at
                    });
                }
            }
            NameRef::Place(p) => own_place(ontology, *p, &mut all),
            NameRef::Region(c) => region(ontology, *c, &mut all),
            _ => {}
        }
    }
    overshadow(&mut all);
    all.sort_by(|a, b| b.prior.total_cmp(&a.prior));
    all
}

/// A capital is likelier than its inhabitants make it.
const CAPITAL: f64 = 1.0;
/// A country is nearly always meant by its name.
const COUNTRY: f64 = 9.0;

/// Likelihood without context, in powers of ten of inhabitants: a city counts as its inhabitants; a state or province a
/// little more than a city of a million, whatever its size; natural features as a city of two or three millions, since they
/// are listed because news names them.
fn prior(kind: Kind, population: f64) -> f64 {
    let size = (population.max(0.0) + 1.0).log10();
    match kind {
        Kind::Country => COUNTRY,
        Kind::Admin1 => 6.2,
        Kind::Admin2 => size * 0.8 - 0.3,
        Kind::City => size,
        Kind::Continent => 8.0,
        Kind::Region | Kind::Sea | Kind::River | Kind::Lake | Kind::Land | Kind::Mountain => 6.4,
        Kind::Island | Kind::District => 6.2,
        Kind::Site => 5.8,
    }
}

fn listed(gazetteer: &Gazetteer, id: Id) -> Reading {
    let place = gazetteer.place(id);
    Reading {
        source: Source::Listed(id),
        geonameid: place.geonameid,
        point: Some((place.lat, place.lon)),
        code: gazetteer.code(id).map(str::to_owned),
        admin1: gazetteer.admin1(id),
        admin2: gazetteer.admin2(id),
        kind: place.kind,
        population: place.population,
        capital: false,
        prior: prior(place.kind, place.population),
    }
}

fn country(ontology: &Ontology, index: usize, all: &mut Vec<Reading>) {
    let code = &ontology.countries[index].code;
    all.retain(|r| r.kind != Kind::Country || r.code.as_ref() == Some(code));
    if all.iter().any(|r| r.kind == Kind::Country) {
        return;
    }
    match ontology.gazetteer.by_code(code) {
        Some(id) => all.push(listed(&ontology.gazetteer, id)),
        None => all.push(unlisted(ontology, index, Kind::Country, COUNTRY)),
    }
}

/// A country, or a part of one, of which the gazetteer knows nothing.
fn unlisted(ontology: &Ontology, index: usize, kind: Kind, prior: f64) -> Reading {
    Reading {
        source: Source::Country(index),
        geonameid: None,
        point: None,
        code: Some(ontology.countries[index].code.clone()),
        admin1: None,
        admin2: None,
        kind,
        population: 0.0,
        capital: false,
        prior,
    }
}

/// A part of a country that the gazetteer does not have under that name is known by its country alone.
fn region(ontology: &Ontology, index: usize, all: &mut Vec<Reading>) {
    let code = &ontology.countries[index].code;
    let mut known = false;
    for reading in all.iter_mut().filter(|r| r.code.as_ref() == Some(code)) {
        known = true;
        if matches!(reading.kind, Kind::Admin1 | Kind::Region | Kind::Island) {
            reading.prior += 0.5;
        }
    }
    if !known && !all.iter().any(|r| r.code.is_none()) {
        all.push(unlisted(ontology, index, Kind::Region, 6.5));
    }
}

fn own_place(ontology: &Ontology, index: usize, all: &mut Vec<Reading>) {
    let place = &ontology.places[index];
    let same = |r: &Reading| {
        place.geonameid > 0 && r.geonameid == Some(place.geonameid)
            || r.point.is_some_and(|p| distance(p, (place.lat, place.lon)) < 30.0)
                && r.code.as_deref() == Some(&place.country)
    };
    if !all.iter().any(same) {
        all.push(own(ontology, index));
    }
}

fn place(ontology: &Ontology, name: &NameRef, code: &str) -> Option<Reading> {
    match name {
        NameRef::Place(p) if ontology.places[*p].country == code => Some(own(ontology, *p)),
        _ => None,
    }
}

/// A place of the ontology that the gazetteer lacks.
fn own(ontology: &Ontology, index: usize) -> Reading {
    let place = &ontology.places[index];
    let kind = match place.feature.as_str() {
        "city" | "capital" | "town" | "village" => Kind::City,
        "region" | "area" => Kind::Region,
        "island" | "islands" | "reef" => Kind::Island,
        "lake" => Kind::Lake,
        "river" => Kind::River,
        "sea" | "strait" | "canal" | "gulf" | "bay" => Kind::Sea,
        _ => Kind::Site,
    };
    Reading {
        source: Source::Own(index),
        geonameid: (place.geonameid > 0).then_some(place.geonameid),
        point: Some((place.lat, place.lon)),
        code: Some(place.country.clone()).filter(|c| !c.is_empty()),
        admin1: None,
        admin2: None,
        kind,
        population: place.population as f64,
        capital: place.feature == "capital",
        // It stands in the list because news names it.
        prior: prior(kind, place.population as f64).max(5.0),
    }
}

/// A division named after a city in it is meant only where the text says so; a region by hand gives way to the division.
fn overshadow(all: &mut [Reading]) {
    for n in 0..all.len() {
        let seat = |other: &Reading| {
            other.kind == Kind::City
                && other.code == all[n].code
                && other.population > (all[n].population / 50.0).max(15_000.0)
        };
        let state = |other: &Reading| other.kind == Kind::Country;
        let twin = |other: &Reading| other.kind == Kind::Admin1 && other.code == all[n].code;
        if all[n].kind == Kind::Admin1 && all.iter().any(seat) {
            all[n].prior -= 2.5;
        } else if all[n].kind == Kind::Admin2 && all.iter().any(|o| o.kind == Kind::City && o.admin1 == all[n].admin1) {
            all[n].prior -= 2.0;
        } else if matches!(all[n].kind, Kind::Region | Kind::Island) && all.iter().any(twin) {
            all[n].prior -= 1.0;
        } else if all[n].kind == Kind::City && all.iter().any(state) {
            // Peru, Indiana: the text says so at first.
            all[n].prior -= 3.0;
        } else if all[n].kind == Kind::River && all.iter().any(|o| matches!(o.kind, Kind::Admin1 | Kind::Country)) {
            // Ohio is a state, the Ohio a river.
            all[n].prior -= 1.5;
        }
    }
}

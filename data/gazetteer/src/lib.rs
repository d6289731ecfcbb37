//! Places of the world, embedded: countries, their first- and second-level divisions, places over 500 inhabitants, and the
//! seas, rivers, mountains, islands and regions that news names. Facts of GeoNames (geonames.org) under CC BY 4.0; features
//! and old names by hand. Nothing is unpacked: look-up works on the bytes as they lie in the binary.
//!
//! Layout, little endian: six lengths of 32 bits, then the six parts: 13 bytes for each place (identifier, latitude and
//! longitude in ten-thousandths of a degree, three bytes each; the division or country above, two; inhabitants, one; kind,
//! one), where blocks of names begin, the names front-coded in blocks of sixteen, lists of places that share a name,
//! countries' codes, and the map from folded names to places.

pub mod key;

use fst::raw::{CompiledAddr, Fst, Output};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

const RECORD: usize = 13;
const BLOCK: usize = 16;
const NONE: u16 = u16::MAX;

/// What a place is, in coarse groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A country or dependent territory.
    Country,
    /// A first-level division: state, province, governorate.
    Admin1,
    /// A second-level division: county, district.
    Admin2,
    /// A city, town or village.
    City,
    /// A continent.
    Continent,
    /// A region of the world or of a country that is no division.
    Region,
    /// Ocean, sea, gulf, bay, strait or canal.
    Sea,
    /// River or waterfall.
    River,
    /// Lake.
    Lake,
    /// Desert, valley, forest.
    Land,
    /// Mountain, range or pass.
    Mountain,
    /// Island, islands, peninsula, cape, reef.
    Island,
    /// Base, dam, square, park, airport: something that is built or fenced.
    Site,
    /// A part of a city.
    District,
}

const KINDS: [Kind; 14] = [
    Kind::Country,
    Kind::Admin1,
    Kind::Admin2,
    Kind::City,
    Kind::Continent,
    Kind::Region,
    Kind::Sea,
    Kind::River,
    Kind::Lake,
    Kind::Land,
    Kind::Mountain,
    Kind::Island,
    Kind::Site,
    Kind::District,
];

/// A place; look it up with [`Gazetteer::place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u32);

/// What is known of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// GeoNames identifier; `None` for features listed by hand.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// The division or country that it lies in.
    pub parent: Option<Id>,
    /// Inhabitants, within a few per cent; 0 where not known.
    pub population: f64,
    /// What it is.
    pub kind: Kind,
}

/// The embedded gazetteer. Cheap to make and to copy.
#[derive(Clone)]
pub struct Gazetteer {
    records: &'static [u8],
    blocks: &'static [u8],
    names: &'static [u8],
    lists: &'static [u8],
    codes: &'static [u8],
    map: Fst<&'static [u8]>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} places)", self.len())
    }
}

/// A walk through the letters of a name.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    at: CompiledAddr,
    output: Output,
}

impl Gazetteer {
    /// The embedded gazetteer.
    ///
    /// # Panics
    /// Never for the embedded bytes, which the build has written; a test reads them.
    #[must_use]
    pub fn bundled() -> Self {
        let length = |n: usize| number(&BYTES[n * 4..n * 4 + 4]);
        let mut at = 24;
        let mut part = |n: usize| {
            let part = &BYTES[at..at + length(n)];
            at += length(n);
            part
        };
        Self {
            records: part(0),
            blocks: part(1),
            names: part(2),
            lists: part(3),
            codes: part(4),
            map: Fst::new(part(5)).expect("the build writes a sound map"),
        }
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The start of a walk.
    #[must_use]
    pub fn start(&self) -> Walk {
        Walk {
            at: self.map.root().addr(),
            output: Output::zero(),
        }
    }

    /// Goes on by the letters of a folded word (see [`key`]); `None` where no name goes on so.
    #[must_use]
    pub fn go(&self, from: Walk, letters: &str) -> Option<Walk> {
        let mut node = self.map.node(from.at);
        let mut output = from.output;
        for byte in letters.bytes() {
            let step = node.transition(node.find_input(byte)?);
            output = output.cat(step.out);
            node = self.map.node(step.addr);
        }
        Some(Walk {
            at: node.addr(),
            output,
        })
    }

    /// The places whose name ends here, most populous first; empty where none does.
    #[must_use]
    pub fn here(&self, walk: Walk) -> Vec<Id> {
        let node = self.map.node(walk.at);
        if !node.is_final() {
            return Vec::new();
        }
        let value = walk.output.cat(node.final_output()).value();
        let (start, count) = ((value >> 8) as usize, (value & 255) as usize);
        if count == 0 {
            return vec![Id(start as u32)];
        }
        let list = self.lists.get(start * 3..(start + count) * 3).unwrap_or(&[]);
        list.chunks_exact(3).map(|c| Id(number(c) as u32)).collect()
    }

    /// The places of that name, most populous first.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<Id> {
        self.go(self.start(), &key::key(name))
            .map_or(Vec::new(), |walk| self.here(walk))
    }

    /// The first-level divisions that a short form behind a place's name means ("Calif.", "CA", "NSW").
    #[must_use]
    pub fn short(&self, form: &str) -> Vec<Id> {
        let walk = self
            .go(self.start(), ",")
            .and_then(|walk| self.go(walk, &key::key(form)));
        walk.map_or(Vec::new(), |walk| self.here(walk))
    }

    /// Places of countries with other scripts whose name has the same consonants, for a name that is spelt as no list has it.
    #[must_use]
    pub fn alike(&self, name: &str) -> Vec<Id> {
        let own = key::key(name);
        let bones = key::skeleton(&own);
        let walk = self.go(self.start(), "~").and_then(|walk| self.go(walk, &bones));
        let near = |id: &Id| {
            let other = key::key(&self.name(*id));
            let apart = strsim::levenshtein(&other, &own);
            other.chars().next() == own.chars().next() && apart <= if own.len() < 10 { 2 } else { 3 }
        };
        walk.filter(|_| !bones.is_empty())
            .map_or(Vec::new(), |walk| self.here(walk).into_iter().filter(near).collect())
    }

    /// What is known of a place.
    #[must_use]
    pub fn place(&self, id: Id) -> Place {
        let record = &self.records[id.0 as usize * RECORD..][..RECORD];
        let signed = |bytes: &[u8]| f64::from((number(bytes) as i32) << 8 >> 8) / 10_000.0;
        let parent = number(&record[9..11]) as u16;
        let identifier = number(&record[..3]) as u32;
        Place {
            geonameid: (identifier > 0).then_some(identifier),
            lat: signed(&record[3..6]),
            lon: signed(&record[6..9]),
            parent: (parent != NONE).then_some(Id(u32::from(parent))),
            population: (f64::from(record[11]) / 8.0).exp2() - 1.0,
            kind: KINDS[usize::from(record[12]).min(KINDS.len() - 1)],
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, id: Id) -> String {
        let (block, within) = (id.0 as usize / BLOCK, id.0 as usize % BLOCK);
        let mut at = number(&self.blocks[block * 4..block * 4 + 4]);
        let mut name: Vec<u8> = Vec::new();
        for _ in 0..=within {
            let (shared, rest) = (usize::from(self.names[at]), usize::from(self.names[at + 1]));
            name.truncate(shared);
            name.extend(&self.names[at + 2..at + 2 + rest]);
            at += 2 + rest;
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// The country that a place lies in, itself for a country; `None` for what lies in several or none.
    #[must_use]
    pub fn country(&self, id: Id) -> Option<Id> {
        self.above(id, Kind::Country)
    }

    /// The first-level division that a place lies in, itself for such a division.
    #[must_use]
    pub fn admin1(&self, id: Id) -> Option<Id> {
        self.above(id, Kind::Admin1)
    }

    /// The second-level division that a place lies in, itself for such a division.
    #[must_use]
    pub fn admin2(&self, id: Id) -> Option<Id> {
        self.above(id, Kind::Admin2)
    }

    fn above(&self, id: Id, kind: Kind) -> Option<Id> {
        let mut at = id;
        for _ in 0..4 {
            let place = self.place(at);
            if place.kind == kind {
                return Some(at);
            }
            at = place.parent?;
        }
        None
    }

    /// ISO 3166-1 alpha-3 code of the country that a place lies in.
    #[must_use]
    pub fn code(&self, id: Id) -> Option<&'static str> {
        let country = self.country(id)?.0 as usize;
        std::str::from_utf8(self.codes.get(country * 3..country * 3 + 3)?).ok()
    }

    /// The country of that alpha-3 code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<Id> {
        self.codes
            .chunks_exact(3)
            .position(|c| c == code.as_bytes())
            .map(|n| Id(n as u32))
    }
}

/// An unsigned number of up to four bytes.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// Mean radius of the Earth in km.
pub const RADIUS: f64 = 6371.0;

/// Great-circle distance in km of two points given as latitude and longitude in degrees, by the haversine formula.
#[must_use]
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half((b.1 - a.1).to_radians());
    2.0 * RADIUS * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_with_coordinates_and_countries() {
        let places = Gazetteer::bundled();
        let paris = places.named("Paris")[0];
        assert_eq!(
            (places.name(paris).as_str(), places.code(paris)),
            ("Paris", Some("FRA"))
        );
        let place = places.place(paris);
        assert!(
            (place.lat - 48.85).abs() < 0.02 && (place.lon - 2.35).abs() < 0.02,
            "{place:?}"
        );
        assert_eq!(place.geonameid, Some(2_988_507));
        assert!(place.population > 1.5e6 && place.population < 3e6, "{place:?}");
    }

    #[test]
    fn spellings_old_names_and_short_forms_lead_to_the_place() {
        let places = Gazetteer::bundled();
        for (name, code) in [
            ("Fallujah", "IRQ"),
            ("Khan Yunis", "PSE"),
            ("St. Paul", "USA"),
            ("Leningrad", "RUS"),
            ("Saigon", "VNM"),
            ("Sao Paulo", "BRA"),
            ("Frankfurt", "DEU"),
        ] {
            let first = places.named(name)[0];
            assert_eq!(places.code(first), Some(code), "{name}: {}", places.name(first));
        }
        let calif = places.short("Calif.")[0];
        assert_eq!(
            (places.name(calif).as_str(), places.place(calif).kind),
            ("California", Kind::Admin1)
        );
        assert!(places.named("Calif.").is_empty());
        let alike = places.alike("Syeverskodonetsk");
        assert_eq!(alike.first().and_then(|id| places.code(*id)), Some("UKR"));
        assert!(places.alike("Xyzzy").is_empty());
    }

    #[test]
    fn south_and_west_are_negative_and_counties_know_their_state() {
        let places = Gazetteer::bundled();
        let lima = places.named("Lima")[0];
        assert!(places.place(lima).lat < 0.0 && places.place(lima).lon < 0.0);
        let in_ohio = |id: &Id| places.admin1(*id).is_some_and(|d| places.name(d) == "Ohio");
        let county = places
            .named("Franklin County")
            .into_iter()
            .find(in_ohio)
            .expect("Ohio has one");
        assert_eq!(places.place(county).kind, Kind::Admin2);
        assert_eq!(places.by_code("USA"), places.country(county));
    }

    #[test]
    fn every_place_can_be_read() {
        let places = Gazetteer::bundled();
        assert!(places.len() > 200_000);
        for n in 0..places.len() as u32 {
            let place = places.place(Id(n));
            assert!(
                place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0,
                "{}",
                places.name(Id(n))
            );
            assert!(!places.name(Id(n)).is_empty());
        }
    }
}

//! Compiles the tables into one file for look-up: fixed-width places, their names front-coded, and a finite-state map from
//! folded names to places. `src/lib.rs` describes the layout.

#[path = "src/key.rs"]
mod key;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use key::{key, skeleton};

type Fallible<T = ()> = Result<T, Box<dyn Error>>;

/// Names in a block of the front-coded list, as in `src/lib.rs`.
const BLOCK: usize = 16;
/// No division.
const NONE: u16 = u16::MAX;
/// Kinds that the list of features may have, each with its group, as in `Kind`.
const GROUPS: &[(&str, u8)] = &[
    ("continent", 4),
    ("region", 5),
    ("ocean", 6),
    ("sea", 6),
    ("gulf", 6),
    ("bay", 6),
    ("strait", 6),
    ("channel", 6),
    ("canal", 6),
    ("river", 7),
    ("falls", 7),
    ("lake", 8),
    ("dam", 12),
    ("desert", 9),
    ("valley", 9),
    ("forest", 9),
    ("mountain", 10),
    ("mountains", 10),
    ("pass", 10),
    ("island", 11),
    ("islands", 11),
    ("peninsula", 11),
    ("cape", 11),
    ("reef", 11),
    ("pole", 9),
    ("base", 12),
    ("site", 12),
    ("park", 12),
    ("square", 12),
    ("residence", 12),
    ("airport", 12),
    ("district", 13),
];

struct Place {
    key: String,
    name: String,
    id: u32,
    lat: f64,
    lon: f64,
    parent: u16,
    people: u64,
    kind: u8,
    names: Vec<String>,
    short: Vec<String>,
}

fn main() -> Fallible {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("tables");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/key.rs");
    println!("cargo::rerun-if-changed=tables");
    let mut table = rows(&root.join("countries.tsv"))?;
    table.sort_by_cached_key(|r| key(&r[3]));
    let mut places = countries(&table)?;
    let iso: HashMap<String, String> = table.iter().map(|r| (r[1].clone(), r[0].clone())).collect();
    // Alpha-3 codes in the order of the countries.
    let codes: Vec<String> = table.iter().map(|r| r[0].clone()).collect();
    let by_code: HashMap<&str, u16> = codes.iter().enumerate().map(|(n, c)| (c.as_str(), n as u16)).collect();
    let mut divisions = rows(&root.join("divisions.tsv"))?;
    divisions.sort_by_cached_key(|r| (key(&r[2]), r[0].clone()));
    let first = places.len();
    let by_division: HashMap<String, u16> = divisions
        .iter()
        .enumerate()
        .map(|(n, r)| (r[0].clone(), (first + n) as u16))
        .collect();
    if first + divisions.len() >= usize::from(NONE) {
        return Err("divisions.tsv: too many divisions for 16 bits".into());
    }
    let parent = |code: &str| -> u16 {
        let mut code = code;
        loop {
            if let Some(found) = by_division.get(code) {
                return *found;
            }
            match code.rsplit_once('.') {
                Some((before, _)) => code = before,
                None => {
                    return iso
                        .get(code)
                        .and_then(|c| by_code.get(c.as_str()))
                        .copied()
                        .unwrap_or(NONE);
                }
            }
        }
    };
    for row in &divisions {
        places.push(division(row, &parent)?);
    }
    let mut cities = Vec::new();
    for row in rows(&root.join("cities.tsv"))? {
        cities.push(Place {
            key: key(&row[1]),
            id: row[0].parse()?,
            names: split(&row[2]),
            lat: row[3].parse()?,
            lon: row[4].parse()?,
            parent: parent(&row[5]),
            people: row[6].parse()?,
            kind: 3,
            short: Vec::new(),
            name: row[1].clone(),
        });
    }
    features(&root, &by_code, &mut cities)?;
    historical(&root, &by_code, &places, &mut cities)?;
    cities.sort_by(|a, b| (&a.key, u64::MAX - a.people, a.id).cmp(&(&b.key, u64::MAX - b.people, b.id)));
    places.extend(cities);
    write(&places, &codes)
}

/// Rows of a table without its header; every row has as many cells as the header.
fn rows(path: &Path) -> Fallible<Vec<Vec<String>>> {
    let text = fs::read_to_string(path)?;
    let mut lines = text.lines();
    let width = lines.next().unwrap_or("").split('\t').count();
    let mut all = Vec::new();
    for (n, line) in lines.enumerate() {
        let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if row.len() != width {
            return Err(format!(
                "{}:{}: {} cells where the header has {width}",
                path.display(),
                n + 2,
                row.len()
            )
            .into());
        }
        all.push(row);
    }
    Ok(all)
}

fn split(cell: &str) -> Vec<String> {
    cell.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn countries(table: &[Vec<String>]) -> Fallible<Vec<Place>> {
    let mut places = Vec::new();
    for row in table {
        places.push(Place {
            key: key(&row[3]),
            name: row[3].clone(),
            id: row[2].parse()?,
            lat: row[4].parse()?,
            lon: row[5].parse()?,
            parent: NONE,
            people: row[6].parse()?,
            kind: 0,
            names: Vec::new(),
            short: Vec::new(),
        });
    }
    Ok(places)
}

fn division(row: &[String], parent: &impl Fn(&str) -> u16) -> Fallible<Place> {
    let above = row[0].rsplit_once('.').map_or("", |(before, _)| before);
    Ok(Place {
        key: key(&row[2]),
        name: row[2].clone(),
        id: row[1].parse()?,
        lat: row[5].parse()?,
        lon: row[6].parse()?,
        parent: parent(above),
        people: row[7].parse()?,
        kind: if row[0].matches('.').count() == 1 { 1 } else { 2 },
        names: split(&row[3]),
        short: split(&row[4]),
    })
}

fn features(root: &Path, by_code: &HashMap<&str, u16>, into: &mut Vec<Place>) -> Fallible {
    for (n, row) in rows(&root.join("features.tsv"))?.into_iter().enumerate() {
        let Some((_, kind)) = GROUPS.iter().find(|(name, _)| *name == row[5]) else {
            return Err(format!(
                "features.tsv:{}: `{}` is no kind of feature; known are {GROUPS:?}",
                n + 2,
                row[5]
            )
            .into());
        };
        let country = match row[4].as_str() {
            "" => NONE,
            code => *by_code
                .get(code)
                .ok_or(format!("features.tsv:{}: no country `{code}`", n + 2))?,
        };
        into.push(Place {
            key: key(&row[0]),
            name: row[0].clone(),
            id: 0,
            lat: row[2].parse()?,
            lon: row[3].parse()?,
            parent: country,
            people: 0,
            kind: *kind,
            names: split(&row[1]),
            short: Vec::new(),
        });
    }
    Ok(())
}

/// Adds the old names to the largest place that has the new one in that country.
fn historical(root: &Path, by_code: &HashMap<&str, u16>, above: &[Place], cities: &mut [Place]) -> Fallible {
    let country = |mut p: u16| {
        while p != NONE && above[usize::from(p)].kind != 0 {
            p = above[usize::from(p)].parent;
        }
        p
    };
    for (n, row) in rows(&root.join("historical.tsv"))?.into_iter().enumerate() {
        let now = key(&row[1]);
        let wanted = by_code.get(row[2].as_str()).copied().unwrap_or(NONE);
        let fits =
            |p: &&mut Place| country(p.parent) == wanted && (p.key == now || p.names.iter().any(|a| key(a) == now));
        let Some(place) = cities.iter_mut().filter(fits).max_by_key(|p| p.people) else {
            return Err(format!("historical.tsv:{}: no place `{}` in {}", n + 2, row[1], row[2]).into());
        };
        place.names.push(row[0].clone());
    }
    Ok(())
}

/// Logarithm of a number of inhabitants in steps of a tenth of a doubling.
fn level(people: u64) -> u8 {
    ((people as f64 + 1.0).log2() * 8.0).round().min(255.0) as u8
}

fn write(places: &[Place], codes: &[String]) -> Fallible {
    let mut records = Vec::new();
    let mut names: Vec<u8> = Vec::new();
    let mut blocks: Vec<u8> = Vec::new();
    let mut before = String::new();
    for (n, place) in places.iter().enumerate() {
        if place.id >= 1 << 24 {
            return Err(format!("{}: identifiers have outgrown 24 bits", place.name).into());
        }
        records.extend(&place.id.to_le_bytes()[..3]);
        for degrees in [place.lat, place.lon] {
            records.extend(&((degrees * 10_000.0).round() as i32).to_le_bytes()[..3]);
        }
        records.extend(place.parent.to_le_bytes());
        records.push(level(place.people));
        records.push(place.kind);
        if n % BLOCK == 0 {
            blocks.extend(u32::try_from(names.len())?.to_le_bytes());
            before.clear();
        }
        let mut shared = before
            .bytes()
            .zip(place.name.bytes())
            .take_while(|(a, b)| a == b)
            .count()
            .min(255);
        while !place.name.is_char_boundary(shared) {
            shared -= 1;
        }
        let rest = &place.name.as_bytes()[shared..];
        names.push(shared as u8);
        names.push(u8::try_from(rest.len())?);
        names.extend(rest);
        before.clone_from(&place.name);
    }
    let (map, lists) = index(places)?;
    let codes: Vec<u8> = codes.iter().flat_map(|c| c.bytes()).collect();
    let mut out: Vec<u8> = Vec::new();
    for part in [&records, &blocks, &names, &lists, &codes, &map] {
        out.extend(u32::try_from(part.len())?.to_le_bytes());
    }
    for part in [records, blocks, names, lists, codes, map] {
        out.extend(part);
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("gazetteer.bin"), out)?;
    Ok(())
}

/// Inhabitants of places that are found by their consonants.
const SPELT: u64 = 3000;
/// Countries whose places are spelt in many ways, since their scripts are not Latin.
const SCRIPTS: &str = "Ukraine Russia Belarus Bulgaria Serbia Kazakhstan Uzbekistan Turkmenistan Kyrgyzstan Tajikistan Azerbaijan \
    Armenia Georgia Mongolia Iran Afghanistan Pakistan Iraq Syria Lebanon Palestinian-Territory Israel Jordan Saudi-Arabia Yemen \
    Oman Egypt Sudan Libya Tunisia Algeria Morocco Ethiopia Eritrea Somalia Myanmar Thailand Cambodia Laos Nepal India Bangladesh \
    Sri-Lanka Greece North-Macedonia South-Korea North-Korea Japan China";

fn other_script(places: &[Place], place: &Place) -> bool {
    let mut at = place.parent;
    while at != NONE && places[usize::from(at)].kind != 0 {
        at = places[usize::from(at)].parent;
    }
    at != NONE
        && SCRIPTS
            .split_whitespace()
            .any(|s| s == places[usize::from(at)].name.replace(' ', "-"))
}

/// The map from names to lists of places, largest first: the value is the place, or where its list begins and its length.
fn index(places: &[Place]) -> Fallible<(Vec<u8>, Vec<u8>)> {
    // A division of the second level that shares its name with a place inside it goes by that place.
    let towns: HashSet<(u16, &str)> = places
        .iter()
        .filter(|p| p.kind == 3)
        .map(|p| (p.parent, p.key.as_str()))
        .collect();
    let mut by_key: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut add = |key: String, n: usize| {
        let list = by_key.entry(key).or_default();
        if !list.contains(&(n as u32)) {
            list.push(n as u32);
        }
    };
    for (n, place) in places.iter().enumerate() {
        let own = place.kind != 2 || !towns.contains(&(n as u16, place.key.as_str()));
        if own && !place.key.is_empty() {
            add(place.key.clone(), n);
        }
        for name in place.names.iter().map(|n| key(n)).filter(|k| !k.is_empty()) {
            let own = place.kind != 2 || !towns.contains(&(n as u16, name.as_str()));
            if own {
                add(name, n);
            }
        }
        for name in &place.short {
            add(format!(",{}", key(name)), n);
        }
        if place.kind == 3 && place.people >= SPELT && other_script(places, place) {
            for bones in std::iter::once(&place.name)
                .chain(&place.names)
                .map(|n| skeleton(&key(n)))
            {
                if !bones.is_empty() {
                    add(format!("~{bones}"), n);
                }
            }
        }
    }
    let mut lists: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (key, mut list) in by_key {
        list.sort_by_key(|n| (std::cmp::Reverse(places[*n as usize].people), *n));
        list.truncate(255);
        let value = match list.as_slice() {
            [one] => u64::from(*one) << 8,
            many => {
                let start = (lists.len() / 3) as u64;
                for n in many {
                    lists.extend(&n.to_le_bytes()[..3]);
                }
                start << 8 | many.len() as u64
            }
        };
        map.insert(key, value)?;
    }
    Ok((map.into_inner()?, lists))
}

//! Which of the places of a name is meant: a score for each, from what it is and from what else the document names.
//!
//! The score of a place is its prior (`readings::prior`, in powers of ten of inhabitants), plus
//! - COUNTRY times the share of its country among the countries that the rest of the document speaks of,
//! - DIVISION times the share of its first-level division,
//! - NEAR for each other place nearby, fading with the distance, at most MOST of them,
//! - CAPITAL times the share of its country, for a capital,
//! - LIST where the name stands in a list with a place of the same kind ("Georgia, Alabama and Tennessee"),
//! - KIND where the words around the name ask for a division, half of it where they ask for a town or a natural feature.
//!
//! Shares and neighbours come from the places chosen so far, so that the choice is made several times over. What a name
//! means with its container beside it ("Paris, Texas"), it means without it too, in the same document.

use std::collections::{BTreeMap, HashMap};

use attache_gazetteer::{Id, Kind, distance};

use super::About;
use super::find::{Found, Wants};
use super::readings::{Reading, readings};
use crate::ontology::Ontology;

const COUNTRY: f64 = 2.0;
const DIVISION: f64 = 1.5;
const NEAR: f64 = 1.0;
const MOST: f64 = 2.0;
/// Distance in km at which a neighbour counts a third.
const FADE: f64 = 120.0;
const KIND: f64 = 4.0;
const CAPITAL: f64 = 1.5;
const LIST: f64 = 2.5;
const ROUNDS: usize = 4;
/// Weight of an adjective or people against a named place.
const PEOPLE: f64 = 0.5;
/// Weight of the publisher's country and town.
const HOME: f64 = 0.7;
/// Mentions of a name that count.
const TIMES: usize = 3;

/// A name of the document with all its mentions.
struct Sense {
    readings: Vec<Reading>,
    wants: Wants,
    times: usize,
    /// Senses of the names that it is listed with.
    beside: Vec<usize>,
    /// Index of the reading chosen, and how sure it is (0 to 1).
    choice: Option<(usize, f64)>,
}

/// The reading of each name; `None` for names that no list has.
pub(super) fn choose(
    ontology: &Ontology,
    found: &[(usize, Found)],
    inside: &[Option<usize>],
    listed: &[(usize, usize)],
    peoples: &[String],
    about: About,
) -> Vec<Option<Reading>> {
    let (mut senses, of) = senses(found, inside);
    for (one, other) in listed {
        let (one, other) = (of[*one], of[*other]);
        senses[one].beside.push(other);
        senses[other].beside.push(one);
    }
    let outside = Outside::of(ontology, peoples, about);
    for sense in &mut senses {
        sense.choice = best(sense, |r| r.prior + kind(sense.wants, r));
    }
    for _ in 0..ROUNDS {
        let before: Vec<Option<usize>> = senses.iter().map(|s| s.choice.map(|c| c.0)).collect();
        let support = Support::of(&senses, &outside);
        let choices: Vec<_> = (0..senses.len())
            .map(|n| {
                best(&senses[n], |r| {
                    r.prior + kind(senses[n].wants, r) + support.score(&senses, n, r)
                })
            })
            .collect();
        for (sense, choice) in senses.iter_mut().zip(choices) {
            sense.choice = choice;
        }
        if senses.iter().map(|s| s.choice.map(|c| c.0)).eq(before) {
            break;
        }
    }
    of.into_iter()
        .map(|n| {
            let sense = &senses[n];
            sense.choice.map(|(r, _)| sense.readings[r].clone())
        })
        .collect()
}

/// Names of the document; a name without a container goes by the one with it, where only one such is there.
fn senses(found: &[(usize, Found)], inside: &[Option<usize>]) -> (Vec<Sense>, Vec<usize>) {
    let mut numbers: HashMap<(String, String, u8), usize> = HashMap::new();
    let mut contained: HashMap<&str, Vec<String>> = HashMap::new();
    let container = |n: usize| inside[n].map(|c| found[c].1.key.clone());
    for (n, (_, name)) in found.iter().enumerate() {
        if let Some(container) = container(n) {
            let all = contained.entry(name.key.as_str()).or_default();
            if !all.contains(&container) {
                all.push(container);
            }
        }
    }
    let mut senses: Vec<Sense> = Vec::new();
    let mut of = Vec::new();
    for (n, (_, name)) in found.iter().enumerate() {
        let known = contained
            .get(name.key.as_str())
            .filter(|c| c.len() == 1)
            .map(|c| c[0].clone());
        let within = container(n)
            .or_else(|| known.filter(|_| name.wants != Wants::Division))
            .unwrap_or_default();
        let number = *numbers
            .entry((name.key.clone(), within, name.wants as u8))
            .or_insert(senses.len());
        if number == senses.len() {
            senses.push(Sense {
                readings: name.readings.clone(),
                wants: name.wants,
                times: 0,
                beside: Vec::new(),
                choice: None,
            });
        }
        let sense = &mut senses[number];
        if name.readings.len() < sense.readings.len() && !name.readings.is_empty() {
            sense.readings.clone_from(&name.readings);
        }
        sense.times += 1;
        of.push(number);
    }
    (senses, of)
}

fn kind(wants: Wants, reading: &Reading) -> f64 {
    match (wants, reading.kind) {
        (Wants::Division, Kind::Admin1 | Kind::Admin2 | Kind::Region) => KIND,
        (Wants::Town, Kind::City | Kind::District) => KIND / 2.0,
        (Wants::Feature, Kind::River | Kind::Mountain | Kind::Land | Kind::Sea) => KIND / 2.0,
        _ => 0.0,
    }
}

/// The best reading and how sure it is: 1 for the only one, else by its lead.
fn best(sense: &Sense, score: impl Fn(&Reading) -> f64) -> Option<(usize, f64)> {
    let scores: Vec<f64> = sense.readings.iter().map(score).collect();
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let first = *order.first()?;
    let lead = order
        .get(1)
        .map_or(f64::INFINITY, |second| scores[first] - scores[*second]);
    Some((first, 1.0 - (-lead).exp() * 0.7))
}

/// What is known besides the names: peoples and the publisher.
struct Outside {
    countries: Vec<(String, f64)>,
    points: Vec<((f64, f64), f64)>,
    divisions: Vec<(Id, f64)>,
}

impl Outside {
    fn of(ontology: &Ontology, peoples: &[String], about: About) -> Outside {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for code in peoples {
            *counts.entry(code).or_default() += 1;
        }
        let mut countries: Vec<(String, f64)> = counts
            .into_iter()
            .map(|(c, n)| (c.clone(), PEOPLE * n.min(TIMES) as f64))
            .collect();
        countries.extend(about.home.map(|code| (code.to_owned(), HOME)));
        let mut outside = Outside {
            countries,
            points: Vec::new(),
            divisions: Vec::new(),
        };
        for name in runs(about.publisher.unwrap_or_default()) {
            let ids = ontology.gazetteer.named(&name);
            for reading in readings(ontology, &ids, &[])
                .into_iter()
                .take(1)
                .filter(|r| r.population > 20_000.0)
            {
                outside.countries.extend(reading.code.clone().map(|c| (c, HOME / 2.0)));
                outside.divisions.extend(reading.admin1.map(|d| (d, HOME / 2.0)));
                outside.points.extend(reading.point.map(|p| (p, HOME / 2.0)));
            }
        }
        outside
    }
}

/// The words of a publisher's name that may name its town, and runs of two and three of them: "Des Moines Register".
fn runs(publisher: &str) -> Vec<String> {
    let words: Vec<&str> = publisher.split_whitespace().collect();
    let lengths = (1..=3).flat_map(|length| words.windows(length).map(|run| run.join(" ")));
    lengths.filter(|run| run.len() > 3).collect()
}

/// Weights of countries and divisions over the whole document, and each name's own part of them.
struct Support<'a> {
    countries: HashMap<String, f64>,
    divisions: HashMap<Id, f64>,
    total: f64,
    /// Points of the small things named, with the number of the name and its weight.
    points: Vec<(usize, (f64, f64), f64)>,
    outside: &'a Outside,
}

impl<'a> Support<'a> {
    fn of(senses: &[Sense], outside: &'a Outside) -> Support<'a> {
        let mut support = Support {
            countries: HashMap::new(),
            divisions: HashMap::new(),
            total: 0.0,
            points: senses
                .iter()
                .enumerate()
                .filter_map(|(n, sense)| {
                    let (reading, weight) = weighed(sense)?;
                    Some((n, reading.point.filter(|_| local(reading))?, weight.min(1.0)))
                })
                .collect(),
            outside,
        };
        for sense in senses {
            if let Some((reading, weight)) = weighed(sense)
                && let Some(code) = &reading.code
            {
                *support.countries.entry(code.clone()).or_default() += weight;
                support.total += weight;
                if let Some(division) = reading.admin1 {
                    *support.divisions.entry(division).or_default() += weight;
                }
            }
        }
        for (code, weight) in &outside.countries {
            *support.countries.entry(code.clone()).or_default() += weight;
            support.total += weight;
        }
        for (division, weight) in &outside.divisions {
            *support.divisions.entry(*division).or_default() += weight;
        }
        support
    }

    /// What the rest of the document adds to a reading of sense `n`.
    fn score(&self, senses: &[Sense], n: usize, reading: &Reading) -> f64 {
        let own = weighed(&senses[n]);
        let own_code = own.and_then(|(r, w)| r.code.as_ref().map(|c| (c, w)));
        let total = self.total - own_code.map_or(0.0, |(_, w)| w);
        let less = |all: f64, mine: bool| if mine { all - own.map_or(0.0, |(_, w)| w) } else { all };
        let mut score = 0.0;
        if let Some(code) = &reading.code {
            let all = self.countries.get(code).copied().unwrap_or(0.0);
            let share = less(all, own_code.is_some_and(|(c, _)| c == code)) / (total + 1.0);
            score += (COUNTRY + if reading.capital { CAPITAL } else { 0.0 }) * share;
        }
        if let Some(division) = reading.admin1.filter(|_| reading.kind != Kind::Country) {
            let all = self.divisions.get(&division).copied().unwrap_or(0.0);
            score += DIVISION * less(all, own.is_some_and(|(r, _)| r.admin1 == Some(division))) / (total + 1.0);
        }
        let alike = |m: &usize| {
            let other = senses[*m].choice.map(|(r, _)| &senses[*m].readings[r]);
            other.is_some_and(|o| o.kind == reading.kind && (o.kind == Kind::Country || o.code == reading.code))
        };
        if reading.kind < Kind::City && senses[n].beside.iter().any(alike) {
            score += LIST;
        }
        score + NEAR * self.neighbours(n, reading).min(MOST)
    }

    fn neighbours(&self, n: usize, reading: &Reading) -> f64 {
        let point = reading.point.filter(|_| {
            matches!(
                reading.kind,
                Kind::City | Kind::Admin2 | Kind::District | Kind::Site | Kind::Admin1
            )
        });
        let Some(point) = point else { return 0.0 };
        // Five degrees of latitude are five times the fading: no need to count further.
        let fade = |other: (f64, f64)| {
            let near = (point.0 - other.0).abs() < 5.0;
            if near {
                (-distance(point, other) / FADE).exp()
            } else {
                0.0
            }
        };
        let others = self.points.iter().filter(|(m, ..)| *m != n);
        let named: f64 = others.map(|(_, other, weight)| weight * fade(*other)).sum();
        named + self.outside.points.iter().map(|(p, w)| w * fade(*p)).sum::<f64>()
    }
}

/// Whether a reading is small enough for its point to tell where it is.
fn local(reading: &Reading) -> bool {
    !matches!(reading.kind, Kind::Country | Kind::Continent | Kind::Region | Kind::Sea)
}

/// The chosen reading of a name and its weight: how sure it is, and how often it stands there.
fn weighed(sense: &Sense) -> Option<(&Reading, f64)> {
    let (reading, sure) = sense.choice?;
    let times = 1.0 + (sense.times.min(TIMES) - 1) as f64 * 0.5;
    Some((&sense.readings[reading], sure * times))
}

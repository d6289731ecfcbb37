//! Where an event happened: the place that its clause names.

use attache_parse::Sentence;

use super::mention::Mentions;
use crate::event::EventLocation;
use crate::frame::Frame;
use crate::ontology::{NameRef, Ontology};

/// Prepositions that put an event somewhere.
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

/// The place of the event whose words are `words`, nearest to its trigger.
pub fn locate(
    ontology: &Ontology,
    tree: &Sentence,
    mentions: &Mentions,
    words: &[usize],
    visit: bool,
) -> Option<EventLocation> {
    let frame = Frame { tree };
    let mut best: Option<(usize, EventLocation)> = None;
    for head in words {
        for (prep, place) in frame.obliques(*head) {
            let motion = matches!(prep.as_str(), "to" | "into" | "from");
            if !LOCATIVE.contains(&prep.as_str()) || motion && !visit {
                continue;
            }
            let rank = LOCATIVE.iter().position(|p| *p == prep).unwrap_or(99);
            if let Some(location) = named_place(ontology, tree, mentions, place)
                && best.as_ref().is_none_or(|(r, _)| rank < *r)
            {
                best = Some((rank, location));
            }
        }
    }
    best.map(|(_, location)| location)
}

/// The place that a noun names.
pub fn named_place(ontology: &Ontology, tree: &Sentence, mentions: &Mentions, token: usize) -> Option<EventLocation> {
    let mention = mentions.name_at(token)?;
    let words = &tree.tokens[mention.first..mention.end];
    let text: Vec<&str> = words.iter().map(|t| t.form.as_str()).collect();
    let place = mention.what.iter().find_map(|n| match n {
        NameRef::Place(p) => Some(*p),
        _ => None,
    });
    let blank = EventLocation {
        extracted_place: text.join(" "),
        resolved_place: None,
        geonameid: None,
        lat: None,
        lon: None,
        country_code: None,
        resolution: None,
    };
    let of_place = |p: usize, country: Option<&str>| {
        let place = &ontology.places[p];
        EventLocation {
            resolved_place: Some(place.name.clone()),
            geonameid: (place.geonameid > 0).then_some(place.geonameid),
            lat: Some(place.lat),
            lon: Some(place.lon),
            country_code: Some(country.unwrap_or(&place.country).to_owned()),
            resolution: Some(4),
            ..blank.clone()
        }
    };
    Some(match (mention.what[0], place) {
        (NameRef::Place(p), _) => of_place(p, None),
        (NameRef::Capital(c), Some(p)) => of_place(p, Some(&ontology.countries[c].code)),
        (NameRef::Capital(c), None) => EventLocation {
            resolved_place: Some(text.join(" ")),
            country_code: Some(ontology.countries[c].code.clone()),
            resolution: Some(4),
            ..blank
        },
        (NameRef::Country(c), _) => EventLocation {
            resolved_place: Some(ontology.countries[c].name.clone()),
            country_code: Some(ontology.countries[c].code.clone()),
            resolution: Some(1),
            ..blank
        },
        (NameRef::Region(c), _) => EventLocation {
            resolved_place: Some(text.join(" ")),
            country_code: Some(ontology.countries[c].code.clone()),
            resolution: Some(2),
            ..blank
        },
        (NameRef::Seat(c, _), _) => EventLocation {
            country_code: Some(ontology.countries[c].code.clone()),
            resolution: Some(4),
            ..blank
        },
        _ => return None,
    })
}

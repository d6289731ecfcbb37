//! Which words of a sentence name places.

use std::collections::HashSet;

use attache_gazetteer::{Gazetteer, Id, Kind, key};
use attache_parse::{EntityKind, EntityMention, Sentence, Upos};

use super::pairs;
use super::readings::{Reading, readings};
use crate::ontology::names::{self, Atom};
use crate::ontology::{NameRef, Ontology};
use crate::resolve::mention::{Mention, Mentions};

/// A name that is, or may be, a place's.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub first: usize,
    pub end: usize,
    /// Folded words, by which names of a document are compared.
    pub key: String,
    /// What it may mean, likeliest first; empty for a name that no list has.
    pub readings: Vec<Reading>,
    /// Whether the sentence alone shows that it is a place.
    pub sure: bool,
    pub wants: Wants,
    /// A short form of a division ("Calif."), which only stands behind another name.
    pub short: bool,
}

/// What the words around a name say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Any,
    Division,
    Town,
    /// "the Mississippi"
    Feature,
}

/// How far a sentence shows that a name is a place's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    No,
    Maybe,
    Sure,
}

/// Small words inside names.
const SMALL: [&str; 27] = [
    "of", "the", "and", "de", "la", "las", "los", "del", "du", "des", "da", "do", "dos", "di", "le", "les", "el", "al",
    "upon", "on", "sur", "am", "an", "der", "in", "ez", "y",
];
/// Arabic articles as English spells them: they begin names in lower case.
const ARTICLES: [&str; 10] = ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed"];

fn is_place(name: &NameRef) -> bool {
    matches!(
        name,
        NameRef::Country(_) | NameRef::Region(_) | NameRef::Capital(_) | NameRef::Place(_)
    )
}

pub(super) struct Finder<'a> {
    ontology: &'a Ontology,
    gazetteer: &'a Gazetteer,
    tree: &'a Sentence,
    mentions: &'a Mentions,
    /// Words of the persons' names of the document.
    persons: &'a HashSet<String>,
    atoms: Vec<Atom>,
    /// Whether the whole sentence is in capitals, so that they say nothing.
    shouted: bool,
}

impl<'a> Finder<'a> {
    pub fn new(
        ontology: &'a Ontology,
        tree: &'a Sentence,
        mentions: &'a Mentions,
        persons: &'a HashSet<String>,
    ) -> Self {
        let atoms = names::atoms(tree.tokens.iter().map(|t| t.form.as_str()));
        let shouted = atoms.iter().filter(|a| a.key.len() > 3).all(|a| a.upper);
        Self {
            ontology,
            gazetteer: &ontology.gazetteer,
            tree,
            mentions,
            persons,
            atoms,
            shouted,
        }
    }

    /// The names in text order, not overlapping.
    pub fn find(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.atoms.len() {
            let atom = &self.atoms[at];
            if !atom.first || !(atom.capital || ARTICLES.contains(&atom.key.as_str())) {
                at += 1;
                continue;
            }
            if let Some(short) = self.short_form(atom.token, found.last()) {
                at = self.past(short.end);
                found.push(short);
                continue;
            }
            at = match self.name_at(at, found.last()) {
                (Some(name), _) => {
                    let next = self.past(name.end);
                    found.push(name);
                    next
                }
                (None, end) => self.past(end).max(at + 1),
            };
        }
        self.counties(&mut found);
        self.with_entities(found)
    }

    /// "Knox and Licking counties": every name of the list is a county's.
    fn counties(&self, found: &mut [Found]) {
        let mut counties = false;
        for n in (0..found.len()).rev() {
            let next = found.get(n + 1).map(|f| f.first);
            counties = self.class("place.county", found[n].end)
                || counties && next.is_some_and(|next| pairs::joined(self.tree, found[n].end, next));
            if !counties {
                continue;
            }
            let county = |id: &Id| self.gazetteer.place(*id).kind == Kind::Admin2;
            let mut ids = self.gazetteer.named(&format!("{} county", found[n].key));
            ids.retain(county);
            if !ids.is_empty() {
                found[n].readings = readings(self.ontology, &ids, &[]);
                found[n].wants = Wants::Division;
            }
        }
    }

    /// The first atom of a token or a later one.
    fn past(&self, token: usize) -> usize {
        self.atoms.partition_point(|a| a.token < token)
    }

    /// "Calif.", "CA", "N.Y." behind a comma and a name.
    fn short_form(&self, token: usize, before: Option<&Found>) -> Option<Found> {
        let before = before.filter(|f| !f.short && f.end + 1 == token && self.tree.tokens[f.end].form == ",")?;
        let readings = readings(self.ontology, &self.short_ids(token), &[]);
        let fits = |r: &Reading| before.readings.iter().any(|b| b.within(r));
        let readings: Vec<Reading> = readings.into_iter().filter(fits).collect();
        let name = readings.first()?.name(self.ontology);
        Some(Found {
            first: token,
            end: token + 1 + usize::from(self.dotted(token)),
            key: key::key(&name),
            readings,
            sure: true,
            wants: Wants::Division,
            short: true,
        })
    }

    /// The divisions that a short form means, written as such.
    fn short_ids(&self, token: usize) -> Vec<Id> {
        let form = self.tree.tokens[token].form.as_str();
        let letters = form.chars().filter(|c| c.is_alphabetic());
        let written = form.contains('.') || letters.clone().all(char::is_uppercase) && letters.count() > 1;
        if written || self.dotted(token) {
            self.gazetteer.short(form)
        } else {
            Vec::new()
        }
    }

    /// "La" + "." where the full stop is a token of its own.
    fn dotted(&self, token: usize) -> bool {
        let form = &self.tree.tokens[token].form;
        let stop = self.tree.tokens.get(token + 1);
        form.chars().any(char::is_lowercase) && !form.ends_with('.') && stop.is_some_and(|t| t.form == ".")
    }

    /// The longest name that begins at an atom and may be a place's; else the token behind what is there instead.
    fn name_at(&self, at: usize, before: Option<&Found>) -> (Option<Found>, usize) {
        let token = self.atoms[at].token;
        // "in Nice and Nancy": what is listed with a place is one.
        let beside = before.is_some_and(|b| b.sure && pairs::joined(self.tree, b.end, token));
        let known = self
            .mentions
            .names
            .iter()
            .find(|m| m.first == token)
            .map(|m| self.trimmed(m));
        let known = known.as_ref();
        let mut lengths: Vec<(usize, Vec<Id>)> = self.listed(at);
        if let Some(known) = known
            && !lengths.iter().any(|(end, _)| *end == known.end)
        {
            lengths.push((known.end, Vec::new()));
        }
        lengths.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
        for (end, ids) in lengths {
            let known = known.filter(|k| k.end == end);
            let what = known.map_or(&[][..], |k| &k.what);
            if self.means_other(known, token, end, !ids.is_empty()) {
                return (None, end);
            }
            let verdict = self.verdict(token, end, known, &ids, beside);
            if verdict == Verdict::No {
                continue;
            }
            let region = ids.is_empty() && what.iter().any(|n| matches!(n, NameRef::Region(_)));
            let ids = if region { self.similar(token, end) } else { ids };
            let mut readings = readings(self.ontology, &ids, what);
            if self.only_country(known) {
                readings.retain(|r| r.prior >= 6.0 || !ids.is_empty() && r.population > 0.0);
            }
            if readings.is_empty() {
                continue;
            }
            return (Some(self.found(token, end, readings, verdict == Verdict::Sure)), end);
        }
        let longest = known
            .filter(|k| self.means_other(Some(k), k.first, k.end, false))
            .map_or(token + 1, |k| k.end);
        (None, longest)
    }

    /// "Anbar province" without its type, which is no part of the name where it has no capital.
    fn trimmed(&self, mention: &Mention) -> Mention {
        let mut trimmed = mention.clone();
        let lower = |t: usize| self.tree.tokens[t].form.chars().all(char::is_lowercase);
        while trimmed.end > trimmed.first + 1 && lower(trimmed.end - 1) && self.class("place.division", trimmed.end - 1)
        {
            trimmed.end -= 1;
        }
        trimmed
    }

    fn only_country(&self, known: Option<&Mention>) -> bool {
        known.is_some_and(|k| matches!(k.what[0], NameRef::Country(_)))
    }

    /// Ends (in tokens) of the gazetteer's names that begin at an atom, as they must be written.
    fn listed(&self, at: usize) -> Vec<(usize, Vec<Id>)> {
        let mut all = Vec::new();
        let mut walk = self.gazetteer.start();
        for (n, atom) in self.atoms[at..].iter().enumerate() {
            let before = n.checked_sub(1).map(|b| &self.atoms[at + b]);
            if before.is_some_and(|b| !self.joined(b.token, atom.token)) {
                break;
            }
            let next = if n == 0 {
                Some(walk)
            } else {
                self.gazetteer.go(walk, " ")
            };
            let Some(next) = next.and_then(|w| self.gazetteer.go(w, &atom.key)) else {
                break;
            };
            walk = next;
            let small = SMALL.contains(&atom.key.as_str()) || ARTICLES.contains(&atom.key.as_str());
            if !atom.capital && !small {
                break;
            }
            if !atom.last || small && n > 0 && !atom.capital {
                continue;
            }
            let ids = self.gazetteer.here(walk);
            if !ids.is_empty() && self.written(&self.atoms[at..=at + n]) {
                all.push((atom.token + 1, ids));
            }
        }
        all
    }

    /// Whether nothing but hyphens stands between two tokens.
    fn joined(&self, first: usize, second: usize) -> bool {
        let between = first + 1..second.max(first + 1);
        self.tree.tokens[between]
            .iter()
            .all(|t| matches!(t.form.as_str(), "-" | "–" | "." | "'"))
    }

    /// A name has a capital, and no acronym ("AP", "EU") is the name of a village.
    fn written(&self, atoms: &[Atom]) -> bool {
        let acronym = atoms.len() == 1 && atoms[0].upper && atoms[0].key.len() < 5 && !self.shouted;
        atoms.iter().any(|a| a.capital) && !acronym && atoms.iter().map(|a| a.key.len()).sum::<usize>() > 2
    }

    /// Whether the words are known to mean somebody or something else: a people, a person, a body, a seat of power.
    fn means_other(&self, known: Option<&Mention>, first: usize, end: usize, listed: bool) -> bool {
        let Some(known) = known else { return false };
        let place = known.what.iter().any(is_place);
        let seen = self.entity(first, end);
        let exact = seen.is_some_and(|e| e.kind == EntityKind::Place && self.bare(e) == (first, end));
        match known.what[0] {
            NameRef::Adjective(_) | NameRef::Inhabitant(_) | NameRef::Seat(..) => !place,
            NameRef::Person(_) => true,
            // "Brussels" for the union whose seat it is.
            NameRef::Organisation(_) if known.what.iter().any(|n| matches!(n, NameRef::Capital(_))) => false,
            NameRef::PersonShort(_) | NameRef::Organisation(_) | NameRef::Group(_) => !exact || !(place || listed),
            _ => false,
        }
    }

    fn entity(&self, first: usize, end: usize) -> Option<&EntityMention> {
        self.tree.entities.iter().find(|e| e.first < end && first < e.end)
    }

    fn verdict(&self, first: usize, end: usize, known: Option<&Mention>, ids: &[Id], beside: bool) -> Verdict {
        let state = known.is_some_and(|k| matches!(k.what[0], NameRef::Country(_) | NameRef::Capital(_)));
        if self.of_house(first, end) {
            return Verdict::No;
        }
        let names = self.tree.tokens[first..end].iter().any(|t| t.upos == Upos::Propn);
        let cue = self.cue(first) || !matches!(self.typed(first, end), Wants::Any | Wants::Feature);
        // "near Hit": taggers take short names for verbs.
        let apart = (names || first > 0 && self.cue(first)) && !self.goes_on(first, end) && !self.month(first, end);
        let person = end - first == 1 && self.persons.contains(&key::key(&self.tree.tokens[first].form));
        let entity = self.entity(first, end);
        let covers = |e: &EntityMention| first <= e.first && e.end <= end || self.bare(e) == (first, end);
        if self.contained(end, ids) && entity.is_none_or(covers) {
            return Verdict::Sure;
        }
        let people = ids
            .iter()
            .map(|id| self.gazetteer.place(*id).population)
            .fold(0.0, f64::max);
        let large = people > if end - first > 1 { 20_000.0 } else { 50_000.0 };
        match (entity, entity.map(|e| e.kind)) {
            (Some(_), Some(EntityKind::Place)) => Verdict::Sure,
            (None, _) if known.is_some() && !self.goes_on(first, end) => Verdict::Sure,
            (None, _) if known.is_some() && self.class("place.title", end) => Verdict::Sure,
            (None, _) if known.is_some() => Verdict::Maybe,
            (None, _) if !apart || person => Verdict::No,
            (None, _) if cue => Verdict::Sure,
            (None, _) => Verdict::Maybe,
            (Some(e), _) if !covers(e) => Verdict::No,
            (_, Some(EntityKind::Organisation)) if state || cue => Verdict::Sure,
            (_, Some(EntityKind::Organisation)) => Verdict::Maybe,
            // A longer name of the list of known places is no person's.
            _ if known.is_some() && end - first > 1 => Verdict::Sure,
            // "Washington said": no person unless somebody of that name is there.
            _ if state && !person => Verdict::Sure,
            _ if large && !person && apart && (beside || cue && end - first > 1) => Verdict::Sure,
            _ if cue && !person && apart => Verdict::Maybe,
            _ => Verdict::No,
        }
    }

    fn month(&self, first: usize, end: usize) -> bool {
        end - first == 1 && self.class("place.month", first)
    }

    /// Whether a comma and what contains one of the places stand behind a name: "Jackson, Miss.", "Chester, England".
    fn contained(&self, end: usize, ids: &[Id]) -> bool {
        if self.tree.tokens.get(end).is_none_or(|t| t.form != ",") || end + 1 >= self.tree.tokens.len() {
            return false;
        }
        let behind = self.past(end + 1);
        let mut above = self.short_ids(end + 1);
        if self.atoms.get(behind).is_some_and(|a| a.token == end + 1 && a.capital) {
            above.extend(self.listed(behind).into_iter().flat_map(|(_, ids)| ids));
            let known = self.mentions.name_at(end + 1).map(|m| m.what[0]);
            if let Some(NameRef::Country(c)) = known {
                above.extend(self.gazetteer.by_code(&self.ontology.countries[c].code));
            }
        }
        let wide = |id: &&Id| matches!(self.gazetteer.place(**id).kind, Kind::Country | Kind::Admin1);
        let above: Vec<Id> = above.iter().filter(wide).copied().collect();
        let city = |id: &&Id| matches!(self.gazetteer.place(**id).kind, Kind::City | Kind::Admin2);
        ids.iter().filter(city).any(|id| {
            let in_country = self.gazetteer.country(*id).is_some_and(|c| above.contains(&c));
            in_country || self.gazetteer.admin1(*id).is_some_and(|a| above.contains(&a))
        })
    }

    /// A name without its article.
    fn bare(&self, entity: &EntityMention) -> (usize, usize) {
        let article = self.tree.tokens[entity.first].form.eq_ignore_ascii_case("the") && entity.end - entity.first > 1;
        (entity.first + usize::from(article), entity.end)
    }

    fn class(&self, class: &str, token: usize) -> bool {
        let Some(token) = self.tree.tokens.get(token) else {
            return false;
        };
        let form = token.form.to_lowercase();
        self.ontology.class_has(class, form.trim_end_matches('.'))
    }

    /// Whether the words before a name say that it is a place.
    fn cue(&self, first: usize) -> bool {
        let Some(before) = first.checked_sub(1) else {
            return false;
        };
        let of = self.tree.tokens[before].form.eq_ignore_ascii_case("of");
        let town = of
            && before > 0
            && ["place.of", "place.town", "place.division"]
                .iter()
                .any(|c| self.class(c, before - 1));
        town || self.class("place.locative", before) && self.tree.tokens[before].upos != Upos::Part
    }

    /// Whether the words around a name say which kind of place it is: "Helmand province", "the town of Hit".
    fn typed(&self, first: usize, end: usize) -> Wants {
        let behind = (end < self.tree.tokens.len()).then_some(end);
        let article = first
            .checked_sub(1)
            .is_some_and(|t| self.tree.tokens[t].form.eq_ignore_ascii_case("the"));
        let of = first >= 2 && self.tree.tokens[first - 1].form.eq_ignore_ascii_case("of");
        for token in behind.into_iter().chain(of.then(|| first.saturating_sub(2))) {
            if self.class("place.division", token) {
                return Wants::Division;
            }
            if self.class("place.town", token) {
                return Wants::Town;
            }
        }
        if article && !self.goes_on(first, end) {
            Wants::Feature
        } else {
            Wants::Any
        }
    }

    /// Whether another capitalised word belongs to the name, before or behind it: then it is a longer name.
    fn goes_on(&self, first: usize, end: usize) -> bool {
        end < self.tree.tokens.len() && self.proper(end) && !self.class("place.division", end)
            || first > 0 && self.proper(first - 1)
    }

    fn proper(&self, token: usize) -> bool {
        let t = &self.tree.tokens[token];
        t.upos == Upos::Propn && t.form.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a name only begins that of a road, a building or a newspaper: "Boston Globe", "Peoria High School".
    fn of_house(&self, first: usize, end: usize) -> bool {
        let mut last = end;
        while last < self.tree.tokens.len() && last < end + 4 && self.proper(last) {
            last += 1;
        }
        let entity = self.entity(first, end).map_or(last, |e| e.end.max(end));
        (end..last.max(entity).min(self.tree.tokens.len()))
            .any(|t| self.class("place.road", t) || self.class("place.house", t) && self.proper(t))
    }

    fn found(&self, first: usize, end: usize, readings: Vec<Reading>, sure: bool) -> Found {
        let forms: Vec<&str> = self.tree.tokens[first..end].iter().map(|t| t.form.as_str()).collect();
        Found {
            first,
            end,
            key: key::key(&forms.join(" ")),
            readings,
            sure,
            wants: self.typed(first, end),
            short: false,
        }
    }

    /// Adds the parser's places that no list has, and widens names to the whole that the parser sees.
    fn with_entities(&self, mut found: Vec<Found>) -> Vec<Found> {
        for entity in self.tree.entities.iter().filter(|e| e.kind == EntityKind::Place) {
            let (first, end) = self.bare(entity);
            let last = self.tree.tokens[end - 1].form.as_str();
            let comma = self.tree.tokens[first..end].iter().any(|t| t.form == ",");
            let road = self.class("place.road", end - 1) || self.class("place.route", first) && end - first > 1;
            let inside: Vec<usize> = (0..found.len())
                .filter(|n| found[*n].first < end && first < found[*n].end)
                .collect();
            match inside.as_slice() {
                [] if road || comma || self.peoples(first, end) || !last.chars().any(char::is_alphabetic) => {}
                [] => {
                    let readings = readings(self.ontology, &self.similar(first, end), &[]);
                    found.push(self.found(first, end, readings, true));
                }
                [one] if road => {
                    found.remove(*one);
                }
                [one] if !comma => self.widen(&mut found[*one], first, end),
                _ => {}
            }
        }
        found.sort_by_key(|f| (f.first, f.end));
        found
    }

    /// Whether the words are those for a people ("European" taken for a place).
    fn peoples(&self, first: usize, end: usize) -> bool {
        let name = self.mentions.name_at(first).filter(|m| m.end >= end);
        name.is_some_and(|m| !matches!(m.what[0], NameRef::Place(_) | NameRef::PersonShort(_)))
    }

    /// Takes capitalised words beside a name into it: "Helmand Province", "North Baltimore".
    fn widen(&self, name: &mut Found, first: usize, end: usize) {
        let capital = |t: usize| self.tree.tokens[t].form.chars().next().is_some_and(char::is_uppercase);
        if name.short {
            return;
        }
        let mut from = name.first;
        while from > first && capital(from - 1) {
            from -= 1;
        }
        let mut to = name.end;
        while to < end && capital(to) {
            to += 1;
        }
        if (from, to) != (name.first, name.end) {
            name.wants = self.typed(name.first, name.end);
            (name.first, name.end) = (from, to);
        }
    }

    /// What a name means that no list has as it is spelt: without an article, a final h, or a word for its kind; else what
    /// has the same consonants.
    fn similar(&self, first: usize, end: usize) -> Vec<Id> {
        let mut last = end;
        while last > first + 1 && (self.class("place.division", last - 1) || self.class("place.town", last - 1)) {
            last -= 1;
        }
        let forms: Vec<&str> = self.tree.tokens[first..last].iter().map(|t| t.form.as_str()).collect();
        let whole = key::key(&forms.join(" "));
        let without = whole
            .split_once(' ')
            .filter(|(w, _)| ARTICLES.contains(w))
            .map(|(_, rest)| rest);
        let mut spellings = vec![whole.clone(), format!("al {whole}")];
        for plain in without.into_iter().chain([whole.as_str()]) {
            spellings.push(plain.to_owned());
            spellings.push(format!("{plain}h"));
            spellings.extend(plain.strip_suffix('h').map(str::to_owned));
            spellings.push(plain.replace("iyya", "iya"));
            spellings.push(plain.replace("ia", "iya"));
            spellings.push(plain.replace("ou", "u").replace("oo", "u").replace("ee", "i"));
        }
        let ids = spellings
            .iter()
            .map(|s| self.gazetteer.named(s))
            .find(|ids| !ids.is_empty());
        ids.unwrap_or_else(|| self.gazetteer.alike(&whole))
    }
}

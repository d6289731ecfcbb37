//! Countries, bodies and places by name.

use attache_parse::Upos;

use super::memory::Kind;
use super::mention::Mention;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use super::terms::state_of;
use crate::frame::Frame;
use crate::ontology::NameRef;

/// The capital that a name is, where it may also mean a body seated there.
pub(super) fn city(mention: &Mention) -> Option<NameRef> {
    mention.what.iter().copied().find(|n| matches!(n, NameRef::Capital(_)))
}

impl Resolver<'_> {
    /// Code and sectors of a name that is no person.
    pub(super) fn code_of(&self, name: NameRef) -> Option<(String, Vec<String>)> {
        let country = |i: usize| &self.ontology.countries[i];
        let (code, sector): (String, Vec<String>) = match name {
            NameRef::Country(i) | NameRef::Adjective(i) | NameRef::Inhabitant(i) | NameRef::Region(i) => {
                (country(i).code.clone(), country(i).sector.clone())
            }
            NameRef::Capital(i) => (country(i).code.clone(), vec!["GOV".to_owned()]),
            NameRef::Seat(i, s) => (country(i).code.clone(), country(i).seats[s].1.clone()),
            NameRef::Organisation(i) | NameRef::Group(i) => {
                let body = &self.ontology.bodies[i];
                if body.code.is_empty() {
                    return None;
                }
                (body.code.clone(), body.sector.clone())
            }
            // A sea belongs to nobody.
            NameRef::Place(i) if self.ontology.places[i].country.is_empty() => return None,
            NameRef::Place(i) => (self.ontology.places[i].country.clone(), vec!["CVL".to_owned()]),
            NameRef::Person(_) | NameRef::PersonShort(_) | NameRef::Agent(_) => return None,
        };
        Some((state_of(&code).to_owned(), sector))
    }

    pub(super) fn identifier_of(&self, name: NameRef) -> Option<String> {
        Some(match name {
            NameRef::Country(i) | NameRef::Adjective(i) | NameRef::Inhabitant(i) => {
                self.ontology.countries[i].name.clone()
            }
            NameRef::Capital(i) => format!("Government of {}", self.ontology.countries[i].name),
            NameRef::Seat(i, s) => self.ontology.countries[i].seats[s].0.clone(),
            NameRef::Region(i) => self.ontology.countries[i].name.clone(),
            NameRef::Organisation(i) | NameRef::Group(i) => self.ontology.bodies[i].name.clone(),
            NameRef::Place(i) => self.ontology.places[i].name.clone(),
            NameRef::Person(i) | NameRef::PersonShort(i) => self.ontology.persons[i].name.clone(),
            NameRef::Agent(i) => self.ontology.agents[i].noun.clone(),
        })
    }

    /// A country, body or place by name, where the name is the head of the phrase.
    pub(super) fn named(&self, place: Place, head: usize, blank: &Party) -> Option<Vec<Party>> {
        let mention = self.names(place).name_at(head)?;
        let name = match city(mention) {
            Some(city) if !self.speaks(place, head) => city,
            _ => mention.what[0],
        };
        let token = &place.tree.tokens[head];
        // An adjective counts only as a noun ("the Dutch", "Cubans") or where nothing follows it.
        if matches!(name, NameRef::Adjective(_))
            && token.upos == Upos::Adj
            && matches!(token.rel(), "amod" | "compound")
        {
            return None;
        }
        // A name that is only the beginning of a longer phrase ("Cuba policy") is no head; a head after it is.
        if head + 1 < mention.end && !(mention.first..mention.end).contains(&head) {
            return None;
        }
        let (code, sector) = self.code_of(name)?;
        let kind = match name {
            NameRef::Country(_) | NameRef::Capital(_) | NameRef::Region(_) | NameRef::Place(_) | NameRef::Seat(..) => {
                Kind::Country
            }
            NameRef::Inhabitant(_) | NameRef::Adjective(_) => Kind::People,
            NameRef::Group(i) if self.ontology.bodies[i].kind == "people" => Kind::People,
            _ => Kind::Body,
        };
        let key = match name {
            NameRef::Organisation(i) | NameRef::Group(i) => format!("body:{i}"),
            _ => code.clone(),
        };
        let words = || {
            place.tree.tokens[mention.first..mention.end]
                .iter()
                .map(|t| t.form.as_str())
                .collect::<Vec<_>>()
        };
        let identifier = match name {
            NameRef::Region(_) => Some(words().join(" ")),
            _ => self.identifier_of(name),
        };
        let singular = matches!(name, NameRef::Inhabitant(_)) && token.feats.has("Number", "Sing");
        let kind = if singular { Kind::Person } else { kind };
        let mut parties = vec![Party {
            code: Some(code),
            sector,
            identifier,
            key,
            how: How::Name,
            kind,
            first: blank.first.min(mention.first),
            end: blank.end.max(mention.end),
            ..blank.clone()
        }];
        parties.extend(self.other_half(place, mention, &parties[0]));
        Some(parties)
    }

    /// Whether a name says or is told something here, rather than is where something is or what is struck: "lashed out at
    /// *Brussels*", not "flew to *Brussels*", "bombs hit *Brussels*".
    fn speaks(&self, place: Place, head: usize) -> bool {
        let tree = place.tree;
        let frame = Frame { tree };
        let token = &tree.tokens[head];
        let Some(above) = token.head else { return true };
        let verb = frame.lemma(above);
        let told = || self.ontology.class_has("speech", &verb);
        let violent = || self.ontology.class_has("harm", &verb) || self.names_event(&verb, "ASSAULT");
        match (token.rel(), frame.case(head).as_deref()) {
            ("nsubj", _) => !frame.passive(above) || !violent(),
            ("obj" | "iobj", _) => !violent() && !self.names_event(&verb, "CONSULT"),
            ("conj", _) => self.speaks(place, above),
            ("nmod", Some("from" | "by" | "with" | "against" | "between" | "to"))
            | (_, Some("by" | "with" | "against" | "at")) => true,
            ("obl", Some("to")) => told(),
            ("nmod", None) => token.deprel == "nmod:poss",
            _ => false,
        }
    }

    /// "North and South Korea", "East and West Germany": the country that shares the last word.
    pub(super) fn other_half(&self, place: Place, mention: &Mention, half: &Party) -> Option<Party> {
        let form = |t: usize| place.tree.tokens[t].form.as_str();
        let before = mention.first.checked_sub(2)?;
        let compass = |word: &str| matches!(word, "North" | "South" | "East" | "West");
        if form(before + 1) != "and" || !compass(form(before)) || !compass(form(mention.first)) {
            return None;
        }
        let words = std::iter::once(before).chain(mention.first + 1..mention.end).map(form);
        let atoms = crate::ontology::names::atoms(words);
        let found = self
            .ontology
            .names
            .at(&atoms, 0)
            .into_iter()
            .find(|(length, _)| *length == atoms.len())?;
        let name = found.1.into_iter().find(|n| matches!(n, NameRef::Country(_)))?;
        let (code, sector) = self.code_of(name)?;
        Some(Party {
            key: code.clone(),
            code: Some(code),
            sector,
            identifier: self.identifier_of(name),
            ..half.clone()
        })
    }

    /// The body that a party names.
    pub(super) fn body_of(&self, party: &Party) -> Option<&crate::ontology::Body> {
        let name = party.identifier.as_deref()?;
        self.ontology.bodies.iter().find(|b| b.name == name)
    }

    /// Whether an owner named here is a whole state: the premier of a territory or region is not that of its state.
    pub(super) fn is_state(&self, owner: &Party) -> bool {
        let mention = self.mentions.get(owner.sentence).and_then(|m| m.name_at(owner.head));
        match mention.filter(|_| owner.how == How::Name).map(|m| m.what[0]) {
            Some(NameRef::Country(i) | NameRef::Adjective(i) | NameRef::Inhabitant(i)) => {
                owner.code.as_deref() == Some(self.ontology.countries[i].code.as_str())
            }
            Some(NameRef::Region(_) | NameRef::Place(_)) => false,
            _ => true,
        }
    }
}

//! Persons that the ontology knows, their titles and offices by date.

use attache_parse::Sentence;
use jiff::civil::Date;

use super::memory::Kind;
use super::mention::Mention;
use super::party::{How, Party, Place, core};
use super::resolver::Resolver;
use super::terms::{is_former, is_generic_role};
use crate::ontology::names::keys;
use crate::ontology::{NameRef, Ontology};

impl Resolver<'_> {
    /// A person known by name: the head, or a name flat or in apposition right after a title.
    pub(super) fn named_person(&self, place: Place, head: usize, blank: &Party) -> Option<Party> {
        let tree = place.tree;
        let inside = |m: &&Mention| {
            (m.first..m.end).any(|t| t == head)
                || (blank.first..blank.end).contains(&m.first) && self.names_head(tree, head, m.first, m.end)
        };
        let mention = self
            .names(place)
            .names
            .iter()
            .filter(inside)
            .find(|m| matches!(m.what[0], NameRef::Person(_) | NameRef::PersonShort(_)))?;
        let candidates: Vec<usize> = mention
            .what
            .iter()
            .filter_map(|n| match n {
                NameRef::Person(p) | NameRef::PersonShort(p) => Some(*p),
                _ => None,
            })
            .collect();
        let short = matches!(mention.what[0], NameRef::PersonShort(_));
        let title = self.title_before(place, head, mention);
        let person = self.choose_person(&candidates, short, title.as_ref())?;
        let mut party = self.person_party(person, blank, title);
        party.end = party.end.max(mention.end);
        party.first = party.first.min(mention.first);
        Some(party)
    }

    /// Whether the tokens `first..end` name the one that `head` heads (flat, compound or apposition side by side).
    pub(super) fn names_head(&self, tree: &Sentence, head: usize, first: usize, end: usize) -> bool {
        (first..end).any(|t| {
            let token = &tree.tokens[t];
            token.head == Some(head) && matches!(token.rel(), "flat" | "appos") && t > head
                || token.head == Some(head) && token.rel() == "compound" && t == end - 1 && end == head
                || t == head
        })
    }

    /// Among persons of one name the one in office at the date; a short name seen in the document wins.
    pub(super) fn choose_person(&self, candidates: &[usize], short: bool, title: Option<&Title>) -> Option<usize> {
        if candidates.len() == 1 && !short {
            return candidates.first().copied();
        }
        let code = title.and_then(|t| t.code.as_deref());
        let namesake = |p: usize| {
            let last = |p: usize| {
                self.ontology.persons[p]
                    .name
                    .rsplit([' ', '-'])
                    .next()
                    .map(str::to_lowercase)
            };
            candidates.contains(&p) || short && candidates.iter().any(|c| last(*c) == last(p))
        };
        let seen = self
            .memory
            .entities
            .iter()
            .filter(|e| code.is_none() || e.party.code.as_deref() == code);
        let seen = seen
            .filter(|e| e.party.person.is_some_and(namesake))
            .max_by_key(|e| e.mentions.last().copied());
        if let Some(seen) = seen.and_then(|e| e.party.person) {
            return Some(seen);
        }
        let country = title.and_then(|t| t.code.as_deref());
        let score = |p: &usize| -> i32 {
            let person = &self.ontology.persons[*p];
            let same = country.is_some_and(|c| person.offices.iter().any(|o| o.code.as_deref() == Some(c)));
            let clash = country.is_some() && !same;
            let serving = self.date.is_some_and(|d| person.offices.iter().any(|o| holds(o, d)));
            let unborn = short && self.date.is_some_and(|d| self.too_young(person, d));
            i32::from(same) * 4 + i32::from(serving) * 2 - i32::from(clash || unborn) * 8
        };
        let best = candidates.iter().max_by_key(|p| (score(p), usize::MAX - **p))?;
        (score(best) >= 0).then_some(*best)
    }

    /// Nobody is known by the last name alone before growing up.
    pub(super) fn too_young(&self, person: &crate::ontology::Person, date: Date) -> bool {
        let year = person
            .born
            .as_deref()
            .and_then(|b| b.get(..4))
            .and_then(|y| y.parse::<i16>().ok());
        year.is_some_and(|y| date.year() < y + 20)
    }

    pub(super) fn person_party(&self, index: usize, blank: &Party, title: Option<Title>) -> Party {
        let person = &self.ontology.persons[index];
        let current = self.date.and_then(|d| person.offices.iter().find(|o| holds(o, d)));
        let last = self.date.and_then(|d| {
            person
                .offices
                .iter()
                .filter(|o| o.to.is_some_and(|to| to < d))
                .max_by_key(|o| o.to)
        });
        let fallback = person.offices.last();
        let office = current.or(last).or(fallback);
        let mut sector = match (&title, current, last) {
            (Some(title), None, _) if !title.sector.is_empty() => title.sector.clone(),
            (_, Some(office), _) => office.sector.clone(),
            (_, None, Some(_)) => vec!["ELI".to_owned()],
            // Before any office of theirs they held none: what the document called them counts.
            _ if self.date.is_some() => {
                let seen = self.memory.entities.iter().find(|e| e.party.person == Some(index));
                seen.map(|e| e.party.sector.clone()).unwrap_or_default()
            }
            _ => office.map(|o| o.sector.clone()).unwrap_or_default(),
        };
        if title.as_ref().is_some_and(|t| t.former) {
            sector = vec!["ELI".to_owned()];
        }
        // "Security Council Secretary": what looks like an owner counts only where the person ever served it.
        let served =
            |c: &String| person.offices.is_empty() || person.offices.iter().any(|o| o.code.as_ref() == Some(c));
        let code = title
            .as_ref()
            .and_then(|t| t.code.clone())
            .filter(served)
            .or_else(|| office.and_then(|o| o.code.clone()));
        Party {
            code,
            sector,
            identifier: Some(person.name.clone()),
            office: current.map(|o| o.title.clone()).filter(|t| !t.is_empty()),
            person: Some(index),
            key: format!("person:{index}"),
            how: How::Name,
            gender: person.gender,
            kind: Kind::Person,
            ..blank.clone()
        }
    }

    /// The role noun beside a name ("Russian Foreign Minister …") with its country.
    pub(super) fn title_before(&self, place: Place, head: usize, name: &Mention) -> Option<Title> {
        let (first, _) = core(place.tree, head);
        let role = self
            .names(place)
            .roles
            .iter()
            .rfind(|r| r.first >= first && r.end <= name.first || r.first <= head && head < r.end)?;
        let NameRef::Agent(agent) = role.what[0] else {
            return None;
        };
        let former = place.tree.tokens[first..role.end].iter().any(|t| is_former(&t.lemma));
        let owners = self.owners(place, head, 0);
        let code = owners.iter().find_map(|o| o.code.clone()).or_else(|| {
            let before = |m: &&Mention| m.first >= first && m.end <= role.first;
            let m = self.names(place).names.iter().rfind(before)?;
            self.code_of(m.what[0]).map(|(code, _)| code)
        });
        Some(Title {
            code,
            sector: self.ontology.agents[agent].sector.clone(),
            former,
        })
    }

    /// Who held that office of a country at the document's date; only where exactly one is known.
    pub(super) fn office_holder(&self, code: Option<&str>, noun: &str) -> Option<usize> {
        office_holder(self.ontology, code?, noun, self.date?)
    }

    /// Someone by the name at the head of a turn: "President of Russia Vladimir Putin", "Q".
    pub fn by_name(&self, name: &str) -> Option<Party> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let atoms = crate::ontology::names::atoms(words.iter().copied());
        let blank = Party {
            sentence: 0,
            head: 0,
            first: 0,
            end: 1,
            code: None,
            sector: Vec::new(),
            identifier: Some(name.to_owned()),
            office: None,
            person: None,
            key: format!("name:{}", keys(words.last().copied().unwrap_or("")).join(" ")),
            how: How::Name,
            gender: None,
            kind: Kind::Person,
            domestic: false,
        };
        let found: Vec<NameRef> = (0..atoms.len())
            .flat_map(|i| self.ontology.names.at(&atoms, i))
            .flat_map(|(_, n)| n)
            .collect();
        let persons: Vec<usize> = found
            .iter()
            .filter_map(|n| match n {
                NameRef::Person(p) | NameRef::PersonShort(p) => Some(*p),
                _ => None,
            })
            .collect();
        if let Some(person) = self.choose_person(&persons, false, None) {
            return Some(self.person_party(person, &blank, None));
        }
        let role = found.iter().find_map(|n| match n {
            NameRef::Agent(a) => Some(&self.ontology.agents[*a]),
            _ => None,
        });
        let (code, own) = found.iter().find_map(|n| self.code_of(*n))?;
        let sector = role.map_or(own, |a| a.sector.clone());
        Some(Party {
            code: Some(code),
            sector,
            office: role.map(|a| a.noun.clone()),
            ..blank
        })
    }
}

pub(super) struct Title {
    pub(super) code: Option<String>,
    pub(super) sector: Vec<String>,
    pub(super) former: bool,
}

pub(super) fn holds(office: &crate::ontology::Office, date: Date) -> bool {
    office.from.is_none_or(|f| f <= date) && office.to.is_none_or(|t| date <= t)
}

/// Who held that office of a country on a day; only where exactly one is known.
fn office_holder(ontology: &Ontology, code: &str, noun: &str, date: Date) -> Option<usize> {
    if is_generic_role(noun) {
        return None;
    }
    let wanted = keys(noun);
    let mut holders = ontology.persons.iter().enumerate().filter(|(_, p)| {
        p.offices
            .iter()
            .any(|o| o.code.as_deref() == Some(code) && holds(o, date) && keys(&o.title) == wanted)
    });
    let (index, _) = holders.next()?;
    holders.next().is_none().then_some(index)
}

/// A party as it was when an event took place, from `day` to `last`: the one who held an office all that time, the office that a
/// person held then. `words` are the words of the text.
pub fn on_day(ontology: &Ontology, party: &Party, words: &[&str], day: Date, last: Date) -> Party {
    let Some(index) = party.person else {
        return party.clone();
    };
    let person = &ontology.persons[index];
    let family = keys(&person.name).pop().unwrap_or_default();
    let named = words.iter().any(|w| keys(w).contains(&family));
    if party.how == How::Role && !named {
        let holder = party
            .code
            .as_deref()
            .zip(party.office.as_deref())
            .and_then(|(code, office)| {
                let first = office_holder(ontology, code, office, day)?;
                (office_holder(ontology, code, office, last) == Some(first)).then_some(first)
            });
        let person = holder.map(|h| &ontology.persons[h]);
        return Party {
            identifier: person.map(|p| p.name.clone()),
            gender: person.and_then(|p| p.gender),
            person: holder,
            ..party.clone()
        };
    }
    match person.offices.iter().find(|o| holds(o, day) && holds(o, last)) {
        Some(office) => Party {
            office: Some(office.title.clone()).filter(|t| !t.is_empty()),
            sector: office.sector.clone(),
            ..party.clone()
        },
        None => party.clone(),
    }
}

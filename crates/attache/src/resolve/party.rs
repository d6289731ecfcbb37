//! From a noun phrase to the parties that it stands for.

use attache_parse::{EntityKind, Sentence, Upos};
use jiff::civil::Date;

use super::memory::{Kind, Memory};
use super::mention::{Mention, Mentions};
use super::terms::{self, Hyphened, is_former, is_generic_role, is_outsider, is_sent_abroad, plural, state_of};
use crate::frame::Frame;
use crate::ontology::names::keys;
use crate::ontology::{AgentKind, NameRef, Ontology};

/// How words were resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A known name.
    Name,
    /// A role with its country ("the Cuban foreign minister").
    Role,
    /// A name with a role beside it ("Jane Doe, Kenya's envoy").
    Apposition,
    /// A name seen before in the document.
    Again,
    /// A pronoun.
    Pronoun,
    /// A description ("the island nation", "both sides").
    Description,
    /// Something that belongs to a country ("Palestinian lorries").
    Owner,
    /// A role without a country, taken from the other party.
    Domestic,
    /// A role or name without any code.
    Unknown,
}

impl How {
    /// Name for `explain`.
    pub fn name(self) -> &'static str {
        match self {
            How::Name => "name",
            How::Role => "role",
            How::Apposition => "apposition",
            How::Again => "seen before",
            How::Pronoun => "pronoun",
            How::Description => "description",
            How::Owner => "owner",
            How::Domestic => "domestic",
            How::Unknown => "unknown",
        }
    }

    /// How sure such a resolution is, 0 to 1.
    pub fn certainty(self) -> f64 {
        match self {
            How::Name => 1.0,
            How::Role | How::Apposition => 0.97,
            How::Again => 0.95,
            How::Pronoun => 0.85,
            How::Description => 0.85,
            How::Owner => 0.8,
            How::Domestic => 0.75,
            How::Unknown => 0.5,
        }
    }
}

/// Someone who acts or is acted upon.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Sentence of the words.
    pub sentence: usize,
    /// Head token.
    pub head: usize,
    /// First token of the words.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// Country or non-state code.
    pub code: Option<String>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
    /// Name of the entity.
    pub identifier: Option<String>,
    /// Office at the document's date.
    pub office: Option<String>,
    /// Index of the person in the ontology.
    pub person: Option<usize>,
    /// What distinguishes the entity in the document.
    pub key: String,
    /// How it was resolved.
    pub how: How,
    /// `m` or `f` where known.
    pub gender: Option<char>,
    /// What pronouns may mean it.
    pub kind: Kind,
    /// The country is only that of the surroundings: a domestic role.
    pub domestic: bool,
}

/// Nouns that stand for what follows their "of".
const MEASURES: [&str; 62] = [
    "group",
    "number",
    "thousand",
    "hundred",
    "million",
    "dozen",
    "score",
    "majority",
    "third",
    "half",
    "quarter",
    "part",
    "member",
    "batch",
    "patch",
    "contingent",
    "delegation",
    "team",
    "series",
    "crowd",
    "ten",
    "lot",
    "handful",
    "couple",
    "pair",
    "bulk",
    "rest",
    "most",
    "some",
    "many",
    "several",
    "one",
    "two",
    "all",
    "none",
    "each",
    "both",
    "kind",
    "sort",
    "wave",
    "party",
    "unit",
    "column",
    "convoy",
    "band",
    "section",
    "percent",
    "host",
    "range",
    "variety",
    "coalition",
    "bloc",
    "alliance",
    "body",
    "representative",
    "leader",
    "citizen",
    "resident",
    "people",
    "inhabitant",
    "population",
    "family",
];

/// Things that stand for their owner only as possessions, never as actors.
const NOT_AGENTS: [&str; 34] = [
    "economy",
    "history",
    "culture",
    "language",
    "market",
    "oil",
    "gas",
    "team",
    "player",
    "film",
    "music",
    "dollar",
    "currency",
    "weather",
    "winter",
    "summer",
    "food",
    "cuisine",
    "soil",
    "border",
    "coast",
    "time",
    "election",
    "law",
    "constitution",
    "population",
    "sea",
    "city",
    "town",
    "village",
    "capital",
    "region",
    "province",
    "island",
];

/// Resolves the noun phrases of one document, sentence by sentence.
pub struct Resolver<'a> {
    ontology: &'a Ontology,
    /// Day that offices are looked up for.
    date: Option<Date>,
    /// Entities so far.
    pub memory: Memory,
    /// The one who says *I* and *we*.
    pub speaker: Option<Party>,
    /// Whoever issued the document: "the Ministry" of a press release.
    pub home: Option<Party>,
    /// The one who is *you*.
    pub addressee: Option<Party>,
    /// Mentions per sentence.
    pub mentions: Vec<Mentions>,
    /// Codes that a description ("the three countries") cannot mean here, since they act on it.
    excluded: std::cell::RefCell<Vec<String>>,
    /// Pronouns cannot mean them either.
    strict: std::cell::Cell<bool>,
    /// Whom a noun belonged to when it was last named with its owner: "the U.S. embargo", later "the embargo".
    belongings: std::collections::HashMap<String, Vec<Party>>,
}

/// A sentence under resolution.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Its tree.
    pub tree: &'a Sentence,
    /// Its number.
    pub number: usize,
}

impl<'a> Resolver<'a> {
    /// A resolver for one document issued at `date`.
    pub fn new(ontology: &'a Ontology, date: Option<Date>) -> Self {
        Self {
            ontology,
            date,
            memory: Memory::default(),
            speaker: None,
            home: None,
            addressee: None,
            mentions: Vec::new(),
            excluded: std::cell::RefCell::default(),
            strict: std::cell::Cell::default(),
            belongings: std::collections::HashMap::default(),
        }
    }

    /// Takes in the next sentence: finds its names and notes the parties that later words may refer to.
    pub fn read(&mut self, tree: &Sentence, number: usize) {
        self.mentions.resize(number + 1, Mentions::default());
        self.mentions[number] = Mentions::find(self.ontology, tree);
        let place = Place { tree, number };
        for token in 0..tree.tokens.len() {
            let t = &tree.tokens[token];
            let head_like = matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj)
                && !matches!(t.rel(), "flat" | "compound" | "fixed" | "goeswith")
                || self.mentions[number]
                    .name_at(token)
                    .is_some_and(|m| m.first == token && t.rel() == "compound");
            if !head_like {
                continue;
            }
            if t.upos == Upos::Noun && self.names_a_matter(&t.lemma.to_lowercase()) {
                let owners: Vec<Party> = self
                    .owners(place, token, 0)
                    .into_iter()
                    .filter(|o| o.how != How::Pronoun)
                    .collect();
                if !owners.is_empty() {
                    self.belongings.insert(t.lemma.to_lowercase(), owners);
                }
            }
            let subject = t.rel() == "nsubj" || t.rel() == "csubj";
            if self.only_where(place, token) {
                continue;
            }
            let own = self.own(place, token, 0);
            if own.len() > 1 && own.iter().all(|p| p.how == How::Role) {
                self.memory.note_group(number, token, own.clone());
            }
            for party in own {
                let crowd = party.domestic && party.kind == Kind::People;
                let known = party.how != How::Owner && party.how != How::Unknown && party.code.is_some();
                if known || party.person.is_some() || crowd {
                    self.memory.note(&party, party.kind, number, token, subject);
                }
            }
            if t.rel() != "conj" && tree.children(token).any(|c| tree.tokens[c].rel() == "conj") {
                self.memory.note_group(number, token, self.parties(place, token));
            }
        }
        self.note_pronouns(place);
    }

    /// A subject pronoun keeps the one that it means in mind.
    fn note_pronouns(&mut self, place: Place) {
        let subjects = (0..place.tree.tokens.len()).filter(|t| {
            let t = &place.tree.tokens[*t];
            let third = matches!(t.form.to_lowercase().as_str(), "he" | "she" | "it" | "they");
            third && t.upos == Upos::Pron && t.rel() == "nsubj"
        });
        for token in subjects {
            for party in self.pronoun(place, token, 0) {
                self.memory.again(&party, place.number, token);
            }
        }
    }

    /// A city or capital behind a preposition of place is where something is, no one to speak of later.
    fn only_where(&self, place: Place, token: usize) -> bool {
        let name = self.names(place).name_at(token).map(|m| m.what[0]);
        let town = matches!(name, Some(NameRef::Capital(_) | NameRef::Place(_)));
        town && Frame { tree: place.tree }.case(token).is_some_and(|c| {
            matches!(
                c.as_str(),
                "in" | "at" | "near" | "outside" | "around" | "from" | "to" | "into"
            )
        })
    }

    /// Whether a party acts here, so that nothing of its own can be acted upon.
    pub fn excludes(&self, party: &Party) -> bool {
        party.code.as_ref().is_some_and(|c| self.excluded.borrow().contains(c))
    }

    /// Runs `find` while descriptions cannot mean any of `parties`.
    pub fn without<T>(&self, parties: &[Party], find: impl FnOnce() -> T) -> T {
        *self.excluded.borrow_mut() = parties.iter().filter_map(|p| p.code.clone()).collect();
        let found = find();
        self.excluded.borrow_mut().clear();
        found
    }

    /// Runs `find` while neither descriptions nor pronouns can mean any of `parties`.
    pub fn without_any<T>(&self, parties: &[Party], find: impl FnOnce() -> T) -> T {
        self.strict.set(true);
        let found = self.without(parties, find);
        self.strict.set(false);
        found
    }

    /// Whether a noun names an event or a matter of state, so that its owner is worth remembering.
    fn names_a_matter(&self, noun: &str) -> bool {
        self.ontology.pattern_index.contains_key(noun) || self.ontology.class_has("matter", noun)
    }

    /// Notes whose an event is, so that "the accord" or "the attack" told of later is theirs.
    pub fn note_event(&mut self, event: &str, actor: &[Party], recipient: &[Party]) {
        if actor.len() > 1 && recipient.is_empty() {
            self.memory.note_group(actor[0].sentence, actor[0].head, actor.to_vec());
        }
        let all = || actor.iter().chain(recipient).cloned().collect::<Vec<Party>>();
        let (class, parties) = match event {
            "SUPPORT" | "AGREE" if actor.len() > 1 => ("agreement", all()),
            "CONSULT" => ("encounter", all()),
            "ASSAULT" | "COERCE" | "SANCTION" | "THREATEN" | "REQUEST" | "ACCUSE" | "RETREAT" | "CONCEDE" => {
                ("deed", actor.to_vec())
            }
            _ => return,
        };
        for noun in self.ontology.classes.get(class).into_iter().flatten() {
            if class != "deed" || self.names_event(noun, event) {
                self.belongings.insert(noun.clone(), parties.clone());
            }
        }
    }

    /// Whether a noun names events of that type, going by the patterns; general words ("the move") name any.
    fn names_event(&self, noun: &str, event: &str) -> bool {
        const GENERAL: [&str; 5] = ["decision", "move", "step", "measure", "action"];
        let named = self.ontology.pattern_index.get(noun).into_iter().flatten();
        GENERAL.contains(&noun) || named.into_iter().any(|p| self.ontology.patterns[*p].event == event)
    }

    /// The parties that the noun phrase headed by `head` stands for, coordinated ones included.
    pub fn parties(&self, place: Place, head: usize) -> Vec<Party> {
        let mut all = self.own(place, head, 0);
        for child in place.tree.children(head) {
            let t = &place.tree.tokens[child];
            let beside = t.rel() == "nmod"
                && matches!(
                    Frame { tree: place.tree }.case(child).as_deref(),
                    Some("along-with" | "together-with" | "as-well-as")
                );
            if beside
                || t.rel() == "conj" && matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj)
            {
                all.extend(self.parties(place, child));
            }
        }
        let mut seen = Vec::new();
        all.retain(|p| {
            let key = (p.key.clone(), p.code.clone());
            let fresh = !seen.contains(&key);
            seen.push(key);
            fresh
        });
        all
    }

    /// The parties of one noun phrase without those coordinated with it.
    fn own(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        if depth > 4 {
            return Vec::new();
        }
        let tree = place.tree;
        let token = &tree.tokens[head];
        if self.names(place).name_at(head).is_none() && token.upos == Upos::Pron
            || token.upos == Upos::Det && token.rel() != "det"
        {
            return self.pronoun(place, head, depth);
        }
        let (first, end) = core(tree, head);
        let blank = Party {
            sentence: place.number,
            head,
            first,
            end,
            code: None,
            sector: Vec::new(),
            identifier: None,
            office: None,
            person: None,
            key: String::new(),
            how: How::Unknown,
            gender: None,
            kind: Kind::Body,
            domestic: false,
        };
        if let Some(party) = self.named_person(place, head, &blank) {
            return vec![party];
        }
        if let Some(party) = self.named(place, head, &blank) {
            return party;
        }
        let listed = self.listed(place, head, &blank, depth);
        if !listed.is_empty() {
            return listed;
        }
        let described = self.described(place, head, &blank);
        if !described.is_empty() {
            return described;
        }
        let role = self.role(place, head, &blank, depth);
        if !role.is_empty() {
            return role;
        }
        if let Some(of) = measured(tree, head) {
            let inner = self.parties_deep(place, of, depth + 1);
            if !inner.is_empty() {
                return inner
                    .into_iter()
                    .map(|p| Party {
                        first: first.min(p.first),
                        end: end.max(p.end),
                        head,
                        ..p
                    })
                    .collect();
            }
        }
        if let Some(party) = self.unknown_name(place, head, &blank, depth) {
            return vec![party];
        }
        if let Some(party) = self.explained(place, head, &blank, depth) {
            return vec![party];
        }
        self.owned(place, head, &blank, depth)
    }

    /// An unknown name with what it is beside it: "the Movement for Rural Justice, a Peruvian party".
    fn explained(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
        let token = &place.tree.tokens[head];
        if !token.form.starts_with(char::is_uppercase) {
            return None;
        }
        let told = self
            .appositive(place, head, blank, depth)
            .filter(|p| p.how == How::Apposition && p.person.is_none())?;
        let subtree = place.tree.subtree(head);
        let name = subtree
            .into_iter()
            .filter(|t| *t >= head)
            .map(|t| place.tree.tokens[t].form.as_str());
        let name: Vec<&str> = name.take_while(|f| f.chars().all(char::is_alphanumeric)).collect();
        let key = format!("name:{}", keys(name.last().copied().unwrap_or("")).join(" "));
        Some(Party {
            identifier: Some(name.join(" ")),
            key,
            ..told
        })
    }

    fn parties_deep(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        let mut all = self.own(place, head, depth);
        for child in place.tree.children(head) {
            if place.tree.tokens[child].rel() == "conj" {
                all.extend(self.own(place, child, depth + 1));
            }
        }
        all
    }

    fn names(&self, place: Place) -> &Mentions {
        &self.mentions[place.number]
    }

    /// A person known by name: the head, or a name flat or in apposition right after a title.
    fn named_person(&self, place: Place, head: usize, blank: &Party) -> Option<Party> {
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
    fn names_head(&self, tree: &Sentence, head: usize, first: usize, end: usize) -> bool {
        (first..end).any(|t| {
            let token = &tree.tokens[t];
            token.head == Some(head) && matches!(token.rel(), "flat" | "appos") && t > head
                || token.head == Some(head) && token.rel() == "compound" && t == end - 1 && end == head
                || t == head
        })
    }

    /// Among persons of one name the one in office at the date; a short name seen in the document wins.
    fn choose_person(&self, candidates: &[usize], short: bool, title: Option<&Title>) -> Option<usize> {
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
    fn too_young(&self, person: &crate::ontology::Person, date: Date) -> bool {
        let year = person
            .born
            .as_deref()
            .and_then(|b| b.get(..4))
            .and_then(|y| y.parse::<i16>().ok());
        year.is_some_and(|y| date.year() < y + 20)
    }

    fn person_party(&self, index: usize, blank: &Party, title: Option<Title>) -> Party {
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
    fn title_before(&self, place: Place, head: usize, name: &Mention) -> Option<Title> {
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

    /// Code and sectors of a name that is no person.
    fn code_of(&self, name: NameRef) -> Option<(String, Vec<String>)> {
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
            NameRef::Place(i) => (self.ontology.places[i].country.clone(), vec!["CVL".to_owned()]),
            NameRef::Person(_) | NameRef::PersonShort(_) | NameRef::Agent(_) => return None,
        };
        Some((state_of(&code).to_owned(), sector))
    }

    fn identifier_of(&self, name: NameRef) -> Option<String> {
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
    fn named(&self, place: Place, head: usize, blank: &Party) -> Option<Vec<Party>> {
        let mention = self.names(place).name_at(head)?;
        let name = mention.what[0];
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

    /// "North and South Korea", "East and West Germany": the country that shares the last word.
    fn other_half(&self, place: Place, mention: &Mention, half: &Party) -> Option<Party> {
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

    /// A role noun with the countries or bodies that it belongs to.
    fn role(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let Some(role) = self.names(place).roles.iter().find(|r| r.first <= head && head < r.end) else {
            return Vec::new();
        };
        let NameRef::Agent(index) = role.what[0] else {
            return Vec::new();
        };
        let agent = &self.ontology.agents[index];
        let many = tree.tokens[head].feats.has("Number", "Plur");
        let kind = match agent.kind {
            AgentKind::Person if many => Kind::People,
            AgentKind::Person => Kind::Person,
            AgentKind::People | AgentKind::Force => Kind::People,
            AgentKind::Body | AgentKind::Equipment => Kind::Body,
        };
        let former = tree.tokens[blank.first..head].iter().any(|t| is_former(&t.lemma));
        let sector = if former && agent.kind == AgentKind::Person {
            vec!["ELI".to_owned()]
        } else {
            agent.sector.clone()
        };
        let breakaway = tree
            .children(head)
            .any(|c| terms::is_breakaway(&tree.tokens[c].form.to_lowercase()));
        let mut sector = sector;
        if breakaway && !sector.iter().any(|s| s == "PRE") {
            sector.insert(0, "PRE".to_owned());
        }
        let blank = Party {
            kind,
            sector,
            office: (kind == Kind::Person).then(|| agent.noun.clone()),
            end: blank.end.max(role.end.min(tree.tokens.len())),
            ..blank.clone()
        };
        let word = tree.tokens[head].lemma.to_lowercase();
        if terms::is_relative(&word) && tree.tokens[head].rel() == "conj" {
            return Vec::new();
        }
        let owners = self.role_owners(place, head, &agent.noun, depth);
        if !owners.is_empty() {
            let before = tree.tokens[role.first.min(head)..head]
                .iter()
                .map(|t| t.form.to_lowercase());
            let label: Vec<String> = before.chain([if many { plural(&word) } else { word }]).collect();
            let label = if role.end > head + 1 {
                agent.noun.clone()
            } else {
                label.join(" ")
            };
            let office = self.office_of_counterpart(place, head, &agent.noun);
            let noun = office.as_deref().unwrap_or(&agent.noun);
            let held = owners
                .into_iter()
                .map(|owner| self.belonging(&blank, &owner, noun, &label, former));
            return held.map(|party| self.named_beside(place, head, party)).collect();
        }
        if let Some(party) = self.appositive(place, head, &blank, depth) {
            return vec![party];
        }
        if let Some(again) = self.role_again(place, head, &blank, agent.noun.as_str()) {
            return vec![again];
        }
        let key = format!("role:{}", agent.noun);
        // Civil society without a country ("a human rights group") still has a code of its own.
        if agent.kind == AgentKind::Body && agent.sector.iter().any(|s| s == "SOC") {
            return vec![Party {
                key,
                code: Some("NGO".into()),
                how: How::Role,
                ..blank
            }];
        }
        let outside = tree.children(head).any(|c| {
            let t = &tree.tokens[c];
            is_outsider(&t.lemma.to_lowercase()) || t.upos == Upos::Propn && t.rel() == "compound"
        });
        vec![Party {
            key,
            how: How::Unknown,
            domestic: !outside && (agent.domestic || !matches!(agent.kind, AgentKind::Person | AgentKind::Equipment)),
            ..blank
        }]
    }

    /// Whose a role is: by possessor, adjective or place, or shared with the noun before "and" ("Iraqi tanks and troops").
    fn role_owners(&self, place: Place, head: usize, noun: &str, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let owners = self.owners(place, head, depth);
        let people = |o: &Party| self.body_of(o).is_some_and(|b| b.kind == "people");
        if owners.iter().all(people) {
            // "Albanian guerrillas in Macedonia": a people without a state acts within the country where it is.
            let countries = |p: &Party| p.code.as_deref().is_some_and(|c| self.ontology.country(c).is_some());
            let placed: Vec<Party> = self
                .placed(place, head, noun, depth)
                .into_iter()
                .filter(countries)
                .collect();
            if !placed.is_empty() {
                return placed;
            }
        }
        if !owners.is_empty() {
            return owners;
        }
        let placed = self.placed(place, head, noun, depth);
        let token = &tree.tokens[head];
        let bare = !tree
            .children(head)
            .any(|c| matches!(tree.tokens[c].rel(), "det" | "amod" | "nummod" | "nmod"));
        match token
            .head
            .filter(|_| token.rel() == "conj" && bare && placed.is_empty() && depth < 3)
        {
            Some(first) if tree.tokens[first].upos == Upos::Noun => self
                .owners(place, first, depth + 1)
                .into_iter()
                .filter(|o| o.how == How::Name)
                .collect(),
            _ => placed,
        }
    }

    /// "Kenya's envoy, Jane Doe": the name of the one who holds a role.
    fn named_beside(&self, place: Place, head: usize, party: Party) -> Party {
        let tree = place.tree;
        let appos = tree.children(head).find(|c| tree.tokens[*c].rel() == "appos");
        let Some(appos) = appos.filter(|_| party.kind == Kind::Person) else {
            return party;
        };
        if let Some(NameRef::Person(index)) = self.names(place).name_at(appos).map(|m| m.what[0]) {
            let person = &self.ontology.persons[index];
            let (identifier, gender) = (Some(person.name.clone()), person.gender);
            return Party {
                identifier,
                gender,
                person: Some(index),
                key: format!("person:{index}"),
                ..party
            };
        }
        match tree
            .entities
            .iter()
            .find(|e| e.kind == EntityKind::Person && e.first <= appos && appos < e.end)
        {
            Some(entity) if party.person.is_none() => {
                let name: Vec<&str> = tree.tokens[entity.first..entity.end]
                    .iter()
                    .map(|t| t.form.as_str())
                    .collect();
                let key = format!("name:{}", keys(name.last().copied().unwrap_or("")).join(" "));
                Party {
                    identifier: Some(name.join(" ")),
                    key,
                    ..party
                }
            }
            _ => party,
        }
    }

    /// The body that a party names.
    fn body_of(&self, party: &Party) -> Option<&crate::ontology::Body> {
        let name = party.identifier.as_deref()?;
        self.ontology.bodies.iter().find(|b| b.name == name)
    }

    /// "His Cuban counterpart" holds the office that he holds.
    fn office_of_counterpart(&self, place: Place, head: usize, noun: &str) -> Option<String> {
        if noun != "counterpart" {
            return None;
        }
        let possessor = place
            .tree
            .children(head)
            .find(|c| place.tree.tokens[*c].deprel == "nmod:poss")?;
        self.own(place, possessor, 3).into_iter().find_map(|p| p.office)
    }

    /// A role of a country or body; an unnamed sole office holder is looked up by date.
    fn belonging(&self, role: &Party, owner: &Party, noun: &str, label: &str, former: bool) -> Party {
        let mut sector = role.sector.clone();
        // The leader of a movement is of the movement, not of a government.
        let of_body = owner.key.starts_with("body:") && !owner.sector.is_empty();
        let stateless = matches!(owner.code.as_deref(), Some("UNO" | "EUR" | "IGO" | "NGO" | "MNC"));
        if sector.is_empty() || (of_body || stateless) && sector == ["GOV"] {
            sector = owner.sector.clone();
        }
        for extra in owner.sector.iter().filter(|s| matches!(s.as_str(), "PRE" | "REB")) {
            if !sector.contains(extra) {
                sector.push(extra.clone());
            }
        }
        let code = owner.code.clone();
        let mut party = Party {
            key: format!("{}:{noun}", code.as_deref().unwrap_or("")),
            sector,
            code,
            how: How::Role,
            domestic: false,
            first: role.first,
            ..role.clone()
        };
        if party.kind == Kind::Person
            && !former
            && self.is_state(owner)
            && let Some(index) = self.office_holder(party.code.as_deref(), noun)
        {
            let person = &self.ontology.persons[index];
            party.identifier = Some(person.name.clone());
            party.person = Some(index);
            party.gender = person.gender;
            party.key = format!("person:{index}");
        }
        if party.identifier.is_none() && party.kind != Kind::Person {
            party.identifier = owner
                .identifier
                .as_deref()
                .map(|o| format!("{label} of {}", o.strip_prefix("Government of ").unwrap_or(o)));
        }
        party
    }

    /// Whether an owner named here is a whole state: the premier of a territory or region is not that of its state.
    fn is_state(&self, owner: &Party) -> bool {
        let mention = self.mentions.get(owner.sentence).and_then(|m| m.name_at(owner.head));
        match mention.filter(|_| owner.how == How::Name).map(|m| m.what[0]) {
            Some(NameRef::Country(i) | NameRef::Adjective(i) | NameRef::Inhabitant(i)) => {
                owner.code.as_deref() == Some(self.ontology.countries[i].code.as_str())
            }
            Some(NameRef::Region(_) | NameRef::Place(_)) => false,
            _ => true,
        }
    }

    /// Who held that office of a country at the date; only where exactly one is known.
    fn office_holder(&self, code: Option<&str>, noun: &str) -> Option<usize> {
        let (code, date) = (code?, self.date?);
        if is_generic_role(noun) {
            return None;
        }
        let wanted = keys(noun);
        let mut holders = self.ontology.persons.iter().enumerate().filter(|(_, p)| {
            p.offices
                .iter()
                .any(|o| o.code.as_deref() == Some(code) && holds(o, date) && keys(&o.title) == wanted)
        });
        let (index, _) = holders.next()?;
        holders.next().is_none().then_some(index)
    }

    /// "the minister", "the president": someone of that role already named.
    fn role_again(&self, place: Place, head: usize, blank: &Party, noun: &str) -> Option<Party> {
        let definite = place.tree.children(head).any(|c| {
            let t = &place.tree.tokens[c];
            t.rel() == "det" && matches!(t.lemma.as_str(), "the" | "this" | "that")
        }) || place.tree.tokens[head].upos == Upos::Propn;
        let title = matches!(place.tree.tokens[head].rel(), "compound" | "flat");
        let another = place.tree.children(head).any(|c| {
            let word = place.tree.tokens[c].lemma.to_lowercase();
            matches!(
                word.as_str(),
                "new" | "next" | "incoming" | "future" | "late" | "other" | "former" | "previous"
            )
        });
        if !definite || title || another {
            return None;
        }
        let barred = self.barred_keys(place, head);
        let last = noun.split(' ').next_back().unwrap_or(noun);
        let same_role = |e: &super::memory::Entity| {
            e.kind == blank.kind
                && !barred.contains(&e.party.key)
                && (e
                    .party
                    .office
                    .as_deref()
                    .is_some_and(|o| keys(o).iter().any(|k| k == last))
                    || e.party.key.ends_with(&format!(":{noun}")))
        };
        let issuer = self
            .home
            .as_ref()
            .filter(|h| blank.kind == Kind::Body && h.sector == blank.sector);
        let similar = |e: &super::memory::Entity| {
            e.kind == blank.kind
                && e.kind != Kind::Person
                && e.party.sector == blank.sector
                && e.party.key.rsplit([':', ' ']).next() == Some(last)
        };
        let entity = self
            .memory
            .nearest(place.number, head, 8, same_role)
            .or_else(|| self.memory.nearest(place.number, head, 3, similar));
        let party = issuer.or(entity.map(|e| &e.party))?;
        Some(Party {
            how: How::Again,
            first: blank.first,
            end: blank.end,
            head,
            sentence: place.number,
            ..party.clone()
        })
    }

    /// "The two neighbours, Greece and Turkey": a plural noun with those that it means in apposition.
    fn listed(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let plural = tree.tokens[head].upos == Upos::Noun && tree.tokens[head].feats.has("Number", "Plur");
        let list = tree
            .children(head)
            .find(|c| tree.tokens[*c].rel() == "appos" && tree.children(*c).any(|g| tree.tokens[g].rel() == "conj"));
        let Some(list) = list.filter(|_| plural) else {
            return Vec::new();
        };
        let found = self.parties_deep(place, list, depth + 1);
        if found.len() < 2 || found.iter().any(|p| p.code.is_none()) {
            return Vec::new();
        }
        found
            .into_iter()
            .map(|p| Party {
                how: How::Apposition,
                first: blank.first,
                head,
                ..p
            })
            .collect()
    }

    /// A name and a role in apposition: "Jane Doe, Kenya's envoy", "Kenya's envoy, Jane Doe".
    fn appositive(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
        let beside = place
            .tree
            .children(head)
            .filter(|c| place.tree.tokens[*c].rel() == "appos");
        let inner = beside
            .flat_map(|c| self.own(place, c, depth + 1))
            .find(|p| p.code.is_some())?;
        Some(Party {
            how: How::Apposition,
            first: blank.first,
            end: blank.end,
            head,
            ..inner
        })
    }

    /// A person or organisation that nobody knows: by an earlier mention, its apposition or the country inside.
    fn unknown_name(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
        let tree = place.tree;
        let entity = tree.entities.iter().find(|e| e.first <= head && head < e.end)?;
        let kind = match entity.kind {
            EntityKind::Person => Kind::Person,
            EntityKind::Organisation => Kind::Body,
            EntityKind::Place => return None,
        };
        let name: Vec<&str> = tree.tokens[entity.first..entity.end]
            .iter()
            .map(|t| t.form.as_str())
            .collect();
        let blank = Party {
            identifier: Some(name.join(" ")),
            key: format!("name:{}", keys(name.last().copied().unwrap_or("")).join(" ")),
            kind,
            first: blank.first.min(entity.first),
            end: blank.end.max(entity.end),
            ..blank.clone()
        };
        if let Some(entity) = self.memory.nearest(place.number, head, usize::MAX, |e| {
            kind == Kind::Body
                && e.party.key.starts_with("name:")
                && e.party
                    .identifier
                    .as_deref()
                    .is_some_and(|n| terms::abbreviates(&name.join(""), n))
                || e.kind == kind
                    && (e.party.key == blank.key || kind == Kind::Person && self.last_name_is(e, &blank.key))
        }) {
            return Some(Party {
                how: How::Again,
                first: blank.first,
                end: blank.end,
                head,
                sentence: place.number,
                ..entity.party.clone()
            });
        }
        // "Kenyan President Jane Doe": title inside the phrase.
        if let Some(role) = self
            .names(place)
            .roles
            .iter()
            .find(|r| r.first >= blank.first && r.end <= blank.end)
            && let NameRef::Agent(agent) = role.what[0]
        {
            let agent = &self.ontology.agents[agent];
            let code = self
                .owners(place, head, depth)
                .into_iter()
                .find_map(|o| o.code)
                .or_else(|| {
                    let m = self
                        .names(place)
                        .names
                        .iter()
                        .rfind(|m| m.first >= blank.first && m.end <= role.first)?;
                    self.code_of(m.what[0]).map(|c| c.0)
                })
                .or_else(|| {
                    self.placed(place, head, &agent.noun, depth)
                        .into_iter()
                        .find_map(|o| o.code)
                });
            if code.is_some() {
                let office = Some(agent.noun.clone());
                return Some(Party {
                    code,
                    sector: agent.sector.clone(),
                    office,
                    how: How::Role,
                    ..blank
                });
            }
        }
        if let Some(party) = self.appositive(place, head, &blank, depth) {
            return Some(Party {
                identifier: blank.identifier,
                key: blank.key,
                kind,
                person: None,
                ..party
            });
        }
        let owner = self
            .owners(place, head, depth)
            .into_iter()
            .find(|o| o.code.is_some())
            .or_else(|| {
                let inside = |m: &&Mention| m.first >= entity.first && m.end <= entity.end;
                let m = self
                    .names(place)
                    .names
                    .iter()
                    .filter(inside)
                    .find(|m| self.code_of(m.what[0]).is_some())?;
                let (code, _) = self.code_of(m.what[0])?;
                Some(Party {
                    code: Some(code),
                    ..blank.clone()
                })
            });
        match owner {
            Some(owner) => Some(Party {
                code: owner.code,
                how: How::Role,
                ..blank
            }),
            None => Some(blank),
        }
    }

    fn last_name_is(&self, entity: &super::memory::Entity, key: &str) -> bool {
        let last = entity
            .party
            .identifier
            .as_deref()
            .and_then(|n| n.split(' ').next_back());
        last.is_some_and(|l| key == format!("name:{}", keys(l).join(" ")))
    }

    /// "the island nation", "both countries", "the two leaders".
    fn described(&self, place: Place, head: usize, blank: &Party) -> Vec<Party> {
        let tree = place.tree;
        let lemma = tree.tokens[head].lemma.to_lowercase();
        let determined = |words: &[&str]| {
            tree.children(head)
                .any(|c| words.contains(&tree.tokens[c].lemma.to_lowercase().as_str()))
        };
        let again = |p: &Party| Party {
            how: How::Description,
            first: blank.first,
            end: blank.end,
            head,
            sentence: place.number,
            ..p.clone()
        };
        const STATES: [&str; 10] = [
            "country",
            "nation",
            "state",
            "side",
            "government",
            "party",
            "neighbour",
            "neighbor",
            "capital",
            "ally",
        ];
        const PEOPLE: [&str; 8] = [
            "leader",
            "president",
            "minister",
            "diplomat",
            "official",
            "delegation",
            "statesman",
            "man",
        ];
        let the = determined(&["the", "these", "those"]);
        let two = determined(&["both"]) || the && determined(&["two"]);
        let three = the && determined(&["three"]);
        let acting = self.same_clause(place, head);
        let group = |size: usize| {
            let group = self.memory.last_group(place.number, head, size, 6)?;
            (!group.iter().any(|p| acting.iter().any(|a| a.code == p.code))).then_some(group)
        };
        if self.owners(place, head, 3).is_empty() && (two || three) && tree.tokens[head].feats.has("Number", "Plur") {
            let wanted = if three { 3 } else { 2 };
            if STATES.contains(&lemma.as_str())
                && let Some(group) = group(wanted)
            {
                return group.iter().map(|p| again(&self.as_country(p))).collect();
            }
            if STATES.contains(&lemma.as_str()) {
                return self.last_countries(place, head, wanted).iter().map(again).collect();
            }
            if PEOPLE.contains(&lemma.as_str())
                && let Some(group) = group(wanted)
            {
                return group.iter().map(again).collect();
            }
            if PEOPLE.contains(&lemma.as_str()) {
                let mut persons = self.memory.ranked(place.number, head, 6, |e| {
                    e.kind == Kind::Person && e.party.code.is_some() && !acting.iter().any(|a| a.key == e.party.key)
                });
                let mut codes: Vec<Option<String>> = Vec::new();
                persons.retain(|e| {
                    let fresh = !codes.contains(&e.party.code);
                    codes.push(e.party.code.clone());
                    fresh
                });
                persons.truncate(wanted);
                if persons.len() == wanted {
                    return persons.into_iter().map(|e| again(&e.party)).collect();
                }
                return self.last_countries(place, head, wanted).iter().map(again).collect();
            }
        }
        let definite = determined(&["the", "this", "that"]);
        if lemma == "capital" {
            let owners = self.owners(place, head, 3).into_iter().filter(|o| o.how == How::Name);
            let government = |o: Party| Party {
                sector: vec!["GOV".to_owned()],
                kind: Kind::Country,
                ..again(&o)
            };
            return owners.map(government).collect();
        }
        if !definite {
            return Vec::new();
        }
        if let Some(country) = self.by_description(place, head) {
            return vec![again(&country)];
        }
        let owners = self.owners(place, head, 3);
        let kinds = terms::kinds_of_body(&lemma);
        let bare = !tree
            .children(head)
            .any(|c| matches!(tree.tokens[c].rel(), "nmod" | "acl" | "amod" | "compound"));
        if !kinds.is_empty() && owners.is_empty() && bare && !tree.tokens[head].feats.has("Number", "Plur") {
            let fits =
                |e: &super::memory::Entity| self.body_of(&e.party).is_some_and(|b| kinds.contains(&b.kind.as_str()));
            let entity = self
                .memory
                .nearest(place.number, head, 3, |e| e.party.key.starts_with("body:") && fits(e));
            return entity.map(|e| again(&e.party)).into_iter().collect();
        }
        if matches!(lemma.as_str(), "country" | "nation" | "republic" | "kingdom" | "island") && owners.is_empty() {
            let entity = self.memory.nearest(place.number, head, 3, |e| e.kind == Kind::Country);
            return entity.map(|e| again(&e.party)).into_iter().collect();
        }
        Vec::new()
    }

    /// The country named in the document that outlets describe so.
    fn by_description(&self, place: Place, head: usize) -> Option<Party> {
        let (first, _) = core(place.tree, head);
        let words: Vec<String> = place.tree.tokens[first..=head]
            .iter()
            .map(|t| t.form.to_lowercase())
            .collect();
        let phrase = words.join(" ");
        let entity = self.memory.nearest(place.number, head, usize::MAX, |e| {
            let country = e.party.code.as_deref().and_then(|c| self.ontology.country(c));
            country.is_some_and(|c| c.described.iter().any(|d| phrase.ends_with(d.as_str())))
        })?;
        let code = entity.party.code.clone()?;
        let name = self.ontology.code_name(&code).map(str::to_owned);
        Some(Party {
            key: code.clone(),
            code: Some(code),
            identifier: name,
            sector: Vec::new(),
            kind: Kind::Country,
            person: None,
            office: None,
            ..entity.party.clone()
        })
    }

    /// The country last spoken of in this sentence or the two before, besides `others`.
    pub fn last_country(&self, place: Place, token: usize, others: &[Party]) -> Option<Party> {
        self.without(others, || self.last_countries(place, token, 1))
            .pop()
            .map(|p| Party {
                how: How::Description,
                sentence: place.number,
                head: token,
                first: token,
                end: token + 1,
                ..p
            })
    }

    /// The country of a party.
    fn as_country(&self, party: &Party) -> Party {
        let code = party.code.clone().unwrap_or_default();
        Party {
            identifier: self.ontology.code_name(&code).map(str::to_owned),
            key: code.clone(),
            code: Some(code),
            sector: Vec::new(),
            kind: Kind::Country,
            person: None,
            office: None,
            ..party.clone()
        }
    }

    /// The countries last spoken of, most salient first, one entry a code.
    fn last_countries(&self, place: Place, head: usize, wanted: usize) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        let acting: Vec<Option<String>> = self.same_clause(place, head).into_iter().map(|p| p.code).collect();
        for entity in self.memory.ranked(place.number, head, 6, |e| e.party.code.is_some()) {
            let code = entity.party.code.clone().unwrap_or_default();
            let excluded = self.excluded.borrow().contains(&code);
            if excluded
                || acting.contains(&entity.party.code)
                || self.ontology.country(&code).is_none()
                || parties.iter().any(|p| p.key == code)
            {
                continue;
            }
            parties.push(self.as_country(&entity.party));
            if parties.len() == wanted {
                break;
            }
        }
        if parties.len() == wanted { parties } else { Vec::new() }
    }

    /// Possessors and modifiers of a noun that have a code: "Niger's", "Cuban", "U.S. and Russian".
    pub fn owners(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let mut owners: Vec<Party> = Vec::new();
        if depth > 4 {
            return owners;
        }
        for child in tree.children(head) {
            let t = &tree.tokens[child];
            match t.deprel.as_str() {
                "nmod:poss" => owners.extend(self.parties_deep(place, child, depth + 1)),
                "nmod" if tree.children(child).any(|c| tree.tokens[c].rel() == "case") => {}
                "amod" | "compound" | "nmod" | "nummod" | "nmod:desc" => {
                    self.modifier_owners(place, child, &mut owners);
                }
                _ => {}
            }
        }
        owners.retain(|o| o.code.is_some());
        let country_beside_pronoun = owners.iter().any(|o| o.how != How::Pronoun);
        if country_beside_pronoun {
            owners.retain(|o| o.how != How::Pronoun);
        }
        owners
    }

    /// Owners of a noun; for a definite noun without any, those that it had when last named with them.
    pub fn owners_or_before(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        let owners = self.owners(place, head, depth);
        let definite = || {
            place.tree.children(head).any(|c| {
                matches!(
                    place.tree.tokens[c].lemma.to_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those"
                )
            })
        };
        // "the meeting of the council" says itself whose it is.
        let told = || {
            place
                .tree
                .children(head)
                .any(|c| matches!(place.tree.tokens[c].rel(), "nmod" | "acl"))
        };
        if !owners.is_empty() || !definite() || told() {
            return owners;
        }
        let before = self.belongings.get(&place.tree.tokens[head].lemma.to_lowercase());
        let here = |p: &Party| Party {
            sentence: place.number,
            head,
            first: head,
            end: head + 1,
            ..p.clone()
        };
        before
            .map(|owners| owners.iter().map(here).collect())
            .unwrap_or_default()
    }

    fn modifier_owners(&self, place: Place, token: usize, owners: &mut Vec<Party>) {
        let tree = place.tree;
        if let Some(mention) = self.names(place).name_at(token)
            && !matches!(
                participle_after(tree, mention.end).and_then(|p| terms::hyphened(&p)),
                Some(Hyphened::Foreign)
            )
            && !owners
                .iter()
                .any(|o| o.head == token || o.first == mention.first && o.sentence == place.number)
            && let Some((code, sector)) = self.code_of(mention.what[0])
        {
            owners.push(Party {
                sentence: place.number,
                head: token,
                first: mention.first,
                end: mention.end,
                key: code.clone(),
                code: Some(code),
                sector: if matches!(
                    mention.what[0],
                    NameRef::Organisation(_) | NameRef::Group(_) | NameRef::Seat(..)
                ) {
                    sector
                } else {
                    Vec::new()
                },
                identifier: self.identifier_of(mention.what[0]),
                office: None,
                person: None,
                how: How::Name,
                gender: None,
                kind: Kind::Country,
                domestic: false,
            });
        }
        for child in tree.children(token).collect::<Vec<_>>() {
            let led = || {
                matches!(
                    terms::hyphened(&tree.tokens[token].form.to_lowercase()),
                    Some(Hyphened::Own)
                )
            };
            if matches!(tree.tokens[child].rel(), "conj" | "compound" | "amod") || child < token && led() {
                self.modifier_owners(place, child, owners);
            }
        }
    }

    /// Countries behind a preposition: "rebels in the Ivory Coast", "the president of Armenia".
    fn placed(&self, place: Place, head: usize, noun: &str, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let abroad = is_sent_abroad(noun);
        // What hangs on a noun inside the role ("Ministry of Foreign *Affairs* of Kenya") hangs on the role.
        let within = |t: usize| {
            self.names(place)
                .role_at(t)
                .is_some_and(|r| r.first <= head && head < r.end)
        };
        let inner: Vec<usize> = tree.children(head).filter(|c| within(*c)).collect();
        let below = inner.iter().flat_map(|c| tree.children(*c));
        for child in tree.children(head).filter(|c| !inner.contains(c)).chain(below) {
            if tree.tokens[child].rel() != "nmod" || within(child) {
                continue;
            }
            let case = tree.children(child).find(|c| tree.tokens[*c].rel() == "case");
            let Some(case) = case else { continue };
            let preposition = tree.tokens[case].lemma.as_str();
            let home = matches!(preposition, "of" | "from");
            if home || !abroad && matches!(preposition, "in" | "at" | "for" | "to" | "within" | "across") {
                let found: Vec<Party> = self
                    .parties_deep(place, child, depth + 1)
                    .into_iter()
                    .filter(|p| p.code.is_some())
                    .collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Something that belongs to a country stands for it: "Palestinian homes", "ties with", "Israel's decision".
    fn owned(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
        if NOT_AGENTS.contains(&place.tree.tokens[head].lemma.as_str()) && depth == 0 {
            return Vec::new();
        }
        let owners = self.owners_or_before(place, head, depth);
        owners
            .into_iter()
            .map(|o| Party {
                how: How::Owner,
                head,
                first: blank.first,
                end: blank.end,
                sector: o.sector.clone(),
                ..o
            })
            .collect()
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

    /// Whom "they" means: people spoken of last, before countries; all of those who acted jointly.
    fn they(&self, place: Place, head: usize, barred: &[String]) -> Vec<Party> {
        let codes: Vec<&str> = barred.iter().map(|k| k.split(':').next().unwrap_or(k)).collect();
        let fits =
            |e: &super::memory::Entity, kinds: &[Kind]| kinds.contains(&e.kind) && !barred.contains(&e.party.key);
        let other = |e: &super::memory::Entity| e.party.code.as_deref().is_none_or(|c| !codes.contains(&c));
        let nearest = |reach: usize, fit: &dyn Fn(&super::memory::Entity) -> bool| {
            self.memory.nearest(place.number, head, reach, fit)
        };
        let entity = nearest(1, &|e| fits(e, &[Kind::People]) && other(e))
            .or_else(|| nearest(1, &|e| fits(e, &[Kind::People])))
            .or_else(|| nearest(2, &|e| fits(e, &[Kind::Country, Kind::Body])));
        let Some(entity) = entity else { return Vec::new() };
        // One country alone is rarely "they": several that acted together come first.
        let alone = entity.kind == Kind::Country;
        let group = self.memory.last_group_with(place.number, head, &entity.party.key, 1);
        let group = group.or_else(|| self.memory.last_group_any(place.number, head, 2).filter(|_| alone));
        match group.filter(|g| !g.iter().any(|p| barred.contains(&p.key))) {
            Some(group) => group.to_vec(),
            None => vec![entity.party.clone()],
        }
    }

    /// The subject of the verb whose object a pronoun is: "she welcomed him" are two persons.
    fn same_clause(&self, place: Place, head: usize) -> Vec<Party> {
        let tree = place.tree;
        let token = &tree.tokens[head];
        let verb = token
            .head
            .filter(|_| matches!(token.rel(), "obj" | "iobj" | "obl") && !token.form.ends_with("self"));
        let subject_of = |v: usize| {
            tree.children(v)
                .find(|c| tree.tokens[*c].rel() == "nsubj" && *c != head)
        };
        // "threatened to kill them": an infinitive shares the subject of its verb.
        let above = |v: usize| tree.tokens[v].head.filter(|_| tree.tokens[v].rel() == "xcomp");
        let subject = verb.and_then(|v| subject_of(v).or_else(|| above(v).and_then(subject_of)));
        subject.map(|s| self.own(place, s, 3)).unwrap_or_default()
    }

    fn barred_keys(&self, place: Place, head: usize) -> Vec<String> {
        self.same_clause(place, head).into_iter().map(|p| p.key).collect()
    }

    fn pronoun(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let token = &tree.tokens[head];
        let form = token.form.to_lowercase();
        let again = |p: &Party| Party {
            how: How::Pronoun,
            first: head,
            end: head + 1,
            head,
            sentence: place.number,
            ..p.clone()
        };
        // A relative pronoun stands for the noun that its clause hangs on.
        if matches!(form.as_str(), "who" | "which" | "that" | "whom" | "whose")
            && let Some(noun) = relative_antecedent(tree, head)
        {
            return self.parties_deep(place, noun, depth + 1);
        }
        let barred = self.barred_keys(place, head);
        let free = |e: &super::memory::Entity| {
            let out = self.strict.get() && self.excludes(&e.party);
            e.party.code.is_some() && !barred.contains(&e.party.key) && !out
        };
        let person = |gender: char| {
            let known = |e: &super::memory::Entity| e.kind == Kind::Person && e.party.gender == Some(gender) && free(e);
            let any = |e: &super::memory::Entity| {
                e.kind == Kind::Person && e.party.gender.is_none_or(|g| g == gender) && free(e)
            };
            let near = self.memory.nearest(place.number, head, 1, known);
            near.or_else(|| self.memory.nearest(place.number, head, 3, any))
        };
        let found = match form.as_str() {
            "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours" => {
                return self.speaker.iter().map(again).collect();
            }
            "you" | "your" | "yours" => return self.addressee.iter().map(again).collect(),
            "he" | "him" | "his" | "himself" => person('m'),
            "she" | "her" | "hers" | "herself" => person('f'),
            "it" | "its" | "itself" => self.memory.nearest(place.number, head, 2, |e| {
                matches!(e.kind, Kind::Country | Kind::Body) && free(e)
            }),
            "they" | "them" | "their" | "theirs" | "themselves" => {
                return self.they(place, head, &barred).iter().map(again).collect();
            }
            "both" => return self.last_countries(place, head, 2).iter().map(again).collect(),
            _ => None,
        };
        found.map(|e| again(&e.party)).into_iter().collect()
    }
}

struct Title {
    code: Option<String>,
    sector: Vec<String>,
    former: bool,
}

fn holds(office: &crate::ontology::Office, date: Date) -> bool {
    office.from.is_none_or(|f| f <= date) && office.to.is_none_or(|t| date <= t)
}

/// The noun that a relative pronoun stands for.
fn relative_antecedent(tree: &Sentence, pronoun: usize) -> Option<usize> {
    let mut at = pronoun;
    for _ in 0..6 {
        let token = &tree.tokens[at];
        if token.deprel == "acl:relcl" || token.rel() == "acl" && at != pronoun {
            return token.head.filter(|h| *h < pronoun);
        }
        at = token.head?;
    }
    None
}

/// The participle that a hyphen ties to the words that end before `end`: "Iranian-born", in one token or three.
fn participle_after(tree: &Sentence, end: usize) -> Option<String> {
    if let Some((_, tail)) = tree.tokens[end - 1]
        .form
        .rsplit_once('-')
        .filter(|(_, tail)| !tail.is_empty())
    {
        return Some(tail.to_lowercase());
    }
    let hyphen = tree.tokens.get(end).is_some_and(|t| t.form == "-");
    tree.tokens
        .get(end + 1)
        .filter(|_| hyphen)
        .map(|t| t.form.to_lowercase())
}

/// What a measure noun counts: "thousands *of Nigerians*", "one third of *guerrillas*".
fn measured(tree: &Sentence, head: usize) -> Option<usize> {
    let token = &tree.tokens[head];
    if !MEASURES.contains(&token.lemma.to_lowercase().as_str()) && token.upos != Upos::Num {
        return None;
    }
    tree.children(head).find(|c| {
        tree.tokens[*c].rel() == "nmod"
            && tree.children(*c).any(|g| {
                tree.tokens[g].rel() == "case" && matches!(tree.tokens[g].lemma.as_str(), "of" | "from" | "in")
            })
    })
}

/// The words of a noun phrase without clauses, prepositional phrases and appositions: a range around the head.
pub fn core(tree: &Sentence, head: usize) -> (usize, usize) {
    let (mut first, mut end) = (head, head + 1);
    for child in tree.children(head) {
        if matches!(
            tree.tokens[child].rel(),
            "det" | "amod" | "compound" | "flat" | "nummod" | "fixed" | "goeswith"
        ) || matches!(tree.tokens[child].deprel.as_str(), "nmod:poss" | "nmod:desc")
            || tree.tokens[child].rel() == "nmod"
                && !tree.children(child).any(|c| tree.tokens[c].rel() == "case")
                && child < head
            || tree.tokens[child].rel() == "appos" && child == head + 1
        {
            let inner = tree.subtree(child);
            first = first.min(inner.first().copied().unwrap_or(child));
            end = end.max(inner.last().copied().unwrap_or(child) + 1);
        }
    }
    (first, end)
}

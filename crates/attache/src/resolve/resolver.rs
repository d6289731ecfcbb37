//! Reads a document sentence by sentence and finds the parties that its noun phrases stand for.

use attache_parse::{Sentence, Upos};
use jiff::civil::Date;

use super::coref::Chains;
use super::description::measured;
use super::memory::{Kind, Memory};
use super::mention::Mentions;
use super::party::{How, Party, Place, core};
use crate::frame::Frame;
use crate::ontology::{NameRef, Ontology};

/// Resolves the noun phrases of one document, sentence by sentence.
pub struct Resolver<'a> {
    pub(crate) ontology: &'a Ontology,
    /// Day that offices are looked up for.
    pub(super) date: Option<Date>,
    /// Entities so far.
    pub memory: Memory,
    /// The one who says *I* and *we*.
    pub speaker: Option<Party>,
    /// Whoever issued the document: "the Ministry" of a press release.
    pub home: Option<Party>,
    /// The one who is *you*.
    pub addressee: Option<Party>,
    /// Mentions per sentence, of all sentences.
    pub mentions: Vec<Mentions>,
    /// Who is meant again, over the whole document.
    pub chains: Chains,
    /// Codes that a description ("the three countries") cannot mean here, since they act on it.
    pub(super) excluded: std::cell::RefCell<Vec<String>>,
    /// Pronouns cannot mean them either.
    pub(super) strict: std::cell::Cell<bool>,
    /// Whom a noun belonged to when it was last named with its owner: "the U.S. embargo", later "the embargo".
    pub(super) belongings: std::collections::HashMap<String, Vec<Party>>,
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
            chains: Chains::default(),
            excluded: std::cell::RefCell::default(),
            strict: std::cell::Cell::default(),
            belongings: std::collections::HashMap::default(),
        }
    }

    /// Takes in the next sentence: finds its names and notes the parties that later words may refer to.
    pub fn read(&mut self, tree: &Sentence, number: usize) {
        if self.mentions.len() <= number {
            self.mentions.resize(number, Mentions::default());
            self.mentions.push(Mentions::find(self.ontology, tree));
        }
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
            if t.upos == Upos::Noun && !self.memory.closed && self.names_a_matter(&t.lemma.to_lowercase()) {
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
    pub(super) fn note_pronouns(&mut self, place: Place) {
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
    pub(crate) fn only_where(&self, place: Place, token: usize) -> bool {
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
    pub(super) fn names_a_matter(&self, noun: &str) -> bool {
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
            // What a report calls the accord is the one that it tells first.
            if class == "agreement" {
                self.belongings.entry(noun.clone()).or_insert_with(|| parties.clone());
            } else if class != "deed" || self.names_event(noun, event) {
                self.belongings.insert(noun.clone(), parties.clone());
            }
        }
    }

    /// Whether a noun names events of that type, going by the patterns; general words ("the move") name any.
    pub(super) fn names_event(&self, noun: &str, event: &str) -> bool {
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
    pub(super) fn own(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
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
        let near = self.close_to(place, head, &blank, depth);
        if !near.is_empty() {
            return near;
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
        let people = self.people(place, head, &blank, depth);
        if !people.is_empty() {
            return people;
        }
        self.owned(place, head, &blank, depth)
    }

    pub(super) fn parties_deep(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
        let mut all = self.own(place, head, depth);
        for child in place.tree.children(head) {
            if place.tree.tokens[child].rel() == "conj" {
                all.extend(self.own(place, child, depth + 1));
            }
        }
        all
    }

    pub(super) fn names(&self, place: Place) -> &Mentions {
        &self.mentions[place.number]
    }
}

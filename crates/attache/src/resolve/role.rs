//! Role nouns: whose they are, who holds them, whom they mean again.

use attache_parse::{EntityKind, Upos};

use super::memory::Kind;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use super::terms::{self, is_former, is_outsider, plural};
use crate::ontology::names::keys;
use crate::ontology::{AgentKind, NameRef};

impl Resolver<'_> {
    /// A role noun with the countries or bodies that it belongs to.
    pub(super) fn role(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
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
        if let Some(again) = self.chained(place, head, &blank) {
            return vec![again];
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
    pub(super) fn role_owners(&self, place: Place, head: usize, noun: &str, depth: usize) -> Vec<Party> {
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
    pub(super) fn named_beside(&self, place: Place, head: usize, party: Party) -> Party {
        let tree = place.tree;
        let named = |c: &usize| {
            let t = &tree.tokens[*c];
            t.rel() == "appos" || t.rel() == "flat" && t.upos == Upos::Propn
        };
        let appos = tree.children(head).find(named);
        let Some(appos) = appos.filter(|_| matches!(party.kind, Kind::Person | Kind::Body)) else {
            return party;
        };
        if party.kind == Kind::Body {
            return self.body_beside(place, appos, party);
        }
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

    /// "Jordanian newspaper Al-Balad": the name of a body beside what it is.
    fn body_beside(&self, place: Place, appos: usize, party: Party) -> Party {
        let tree = place.tree;
        let listed = self.names(place).name_at(appos).is_some();
        if listed || tree.tokens[appos].upos != Upos::Propn {
            return party;
        }
        let words = tree.subtree(appos);
        let run: Vec<usize> = (appos..tree.tokens.len()).take_while(|t| words.contains(t)).collect();
        let mut name = String::new();
        for token in run.iter().map(|t| &tree.tokens[*t]).take_while(|t| t.form != ",") {
            name.push_str(&token.form);
            name.push_str(if token.space_after { " " } else { "" });
        }
        let name = name.trim_end_matches([' ', '.', ')', '"', '”']).to_owned();
        Party {
            key: format!("name:{}", keys(name.rsplit(' ').next().unwrap_or("")).join(" ")),
            identifier: Some(name),
            ..party
        }
    }

    /// "His Cuban counterpart" holds the office that he holds.
    pub(super) fn office_of_counterpart(&self, place: Place, head: usize, noun: &str) -> Option<String> {
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
    pub(super) fn belonging(&self, role: &Party, owner: &Party, noun: &str, label: &str, former: bool) -> Party {
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
            office: role.office.as_ref().map(|_| noun.to_owned()),
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

    /// "the minister", "the president": someone of that role already named.
    pub(super) fn role_again(&self, place: Place, head: usize, blank: &Party, noun: &str) -> Option<Party> {
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
        Some(party.again(blank, place, head))
    }

    /// A definite role that the chains of the document join with someone known.
    fn chained(&self, place: Place, head: usize, blank: &Party) -> Option<Party> {
        let found = self.by_chain(place, head)?;
        let [party] = found.as_slice() else { return None };
        (party.kind == blank.kind && party.code.is_some()).then(|| party.again(blank, place, head))
    }

    /// "The two neighbours, Greece and Turkey": a plural noun with those that it means in apposition.
    pub(super) fn listed(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
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
    pub(super) fn appositive(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
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
}

//! Persons and bodies that no data file knows.

use attache_parse::EntityKind;

use super::memory::Kind;
use super::mention::Mention;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use super::terms;
use crate::ontology::names::keys;
use crate::ontology::{AgentKind, NameRef};

impl Resolver<'_> {
    /// A person or organisation that nobody knows: by an earlier mention, its apposition or the country inside.
    pub(super) fn unknown_name(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
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
            return Some(entity.party.again(&blank, place, head));
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
                let office = self.office_before(place, blank.first, entity.first);
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
            None => Some(self.titled(place, &blank)),
        }
    }

    /// An unknown name with what it is beside it: "the Movement for Rural Justice, a Peruvian party".
    pub(super) fn explained(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Option<Party> {
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

    pub(super) fn last_name_is(&self, entity: &super::memory::Entity, key: &str) -> bool {
        let last = entity
            .party
            .identifier
            .as_deref()
            .and_then(|n| n.split(' ').next_back());
        last.is_some_and(|l| key == format!("name:{}", keys(l).join(" ")))
    }

    /// The office in a title: its last role that one person holds ("Green Party *leader*").
    fn office_before(&self, place: Place, first: usize, end: usize) -> Option<String> {
        let titles = self
            .names(place)
            .roles
            .iter()
            .filter(|r| r.first >= first && r.end <= end);
        titles
            .filter_map(|r| match r.what[0] {
                NameRef::Agent(a) => Some(&self.ontology.agents[a]),
                _ => None,
            })
            .rfind(|a| a.kind == AgentKind::Person)
            .map(|a| a.noun.clone())
    }

    /// A title without a country keeps its sector ("opposition leader Jane Doe"); the country may come from the other side.
    fn titled(&self, place: Place, blank: &Party) -> Party {
        let inside = |r: &&Mention| r.first >= blank.first && r.end <= blank.end;
        let role = self.names(place).roles.iter().find(inside);
        let Some(NameRef::Agent(agent)) = role.map(|r| r.what[0]) else {
            return blank.clone();
        };
        let agent = &self.ontology.agents[agent];
        let within = agent.sector.iter().any(|s| matches!(s.as_str(), "OPP" | "LEG" | "PTY"));
        Party {
            sector: agent.sector.clone(),
            office: self.office_before(place, blank.first, blank.end),
            domestic: agent.domestic || within,
            ..blank.clone()
        }
    }

    /// "Sources close to the president", "a figure close to the Kremlin": of the country of whom they are close to.
    pub(super) fn close_to(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
        let tree = place.tree;
        let lemma = |t: usize| tree.tokens[t].lemma.to_lowercase();
        if !matches!(
            lemma(head).as_str(),
            "source" | "figure" | "person" | "people" | "insider" | "individual"
        ) {
            return Vec::new();
        }
        let near = tree.children(head).find(|c| {
            matches!(lemma(*c).as_str(), "close" | "familiar") && matches!(tree.tokens[*c].rel(), "amod" | "acl")
        });
        let to = near.and_then(|n| {
            tree.children(n)
                .find(|c| matches!(tree.tokens[*c].rel(), "obl" | "nmod") && *c > n)
        });
        let found = to.map(|t| self.parties_deep(place, t, depth + 1)).unwrap_or_default();
        let of = found.into_iter().filter(|p| p.code.is_some()).map(|p| Party {
            key: format!("{}:source", p.code.as_deref().unwrap_or("")),
            identifier: None,
            office: None,
            person: None,
            gender: None,
            how: How::Role,
            kind: Kind::People,
            head,
            first: blank.first,
            end: blank.end,
            ..p
        });
        of.collect()
    }
}

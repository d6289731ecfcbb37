//! Persons and bodies that no data file knows.

use attache_parse::EntityKind;

use super::memory::Kind;
use super::mention::Mention;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use super::terms;
use crate::ontology::NameRef;
use crate::ontology::names::keys;

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
}

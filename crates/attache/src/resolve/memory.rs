//! What the document has named so far: the ground for pronouns, shortened names and descriptions.

use super::party::Party;

/// What kind of thing an entity is, as far as pronouns care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One person.
    Person,
    /// Several people.
    People,
    /// A country or its government.
    Country,
    /// An organisation or group.
    Body,
}

/// An entity of the document.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The party as last resolved with most detail.
    pub party: Party,
    /// Kind.
    pub kind: Kind,
    /// Mentions as `(sentence, head token, was subject)`, in text order.
    pub mentions: Vec<(usize, usize, bool)>,
}

impl Entity {
    fn last_before(&self, sentence: usize, token: usize) -> Option<(usize, usize, bool)> {
        self.mentions
            .iter()
            .rev()
            .copied()
            .find(|m| (m.0, m.1) < (sentence, token))
    }
}

/// The entities of one document in order of first mention.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Takes in nothing, so that no word means what was named before; to measure what that is worth.
    pub closed: bool,
    /// All entities.
    pub entities: Vec<Entity>,
    /// Parties of several countries named side by side or acting jointly, with their sentence and token, in text order.
    groups: Vec<(usize, usize, Vec<Party>)>,
}

impl Memory {
    /// Notes a mention.
    pub fn note(&mut self, party: &Party, kind: Kind, sentence: usize, token: usize, subject: bool) {
        if self.closed {
            return;
        }
        let mention = (sentence, token, subject);
        match self
            .entities
            .iter_mut()
            .find(|e| e.kind == kind && e.party.key == party.key)
        {
            Some(entity) => {
                if entity.mentions.last() != Some(&mention) {
                    entity.mentions.push(mention);
                }
                if entity.party.office.is_none() {
                    entity.party.office = party.office.clone();
                }
            }
            None => self.entities.push(Entity {
                party: party.clone(),
                kind,
                mentions: vec![mention],
            }),
        }
    }

    /// Notes that an entity known already was meant again, by a pronoun.
    pub fn again(&mut self, party: &Party, sentence: usize, token: usize) {
        if let Some(entity) = self
            .entities
            .iter_mut()
            .find(|e| e.party.key == party.key && e.kind == party.kind)
        {
            entity.mentions.push((sentence, token, true));
            entity.mentions.sort_unstable();
            entity.mentions.dedup();
        }
    }

    /// Notes parties side by side, where they are of different countries.
    pub fn note_group(&mut self, sentence: usize, token: usize, parties: Vec<Party>) {
        if self.closed {
            return;
        }
        let mut codes: Vec<&str> = parties.iter().filter_map(|p| p.code.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() > 1 && codes.len() == parties.len() {
            self.groups.push((sentence, token, parties));
        }
    }

    /// The last group of `size` parties before a place, at most `reach` sentences back.
    pub fn last_group(&self, sentence: usize, token: usize, size: usize, reach: usize) -> Option<&[Party]> {
        let before = |g: &&(usize, usize, Vec<Party>)| (g.0, g.1) < (sentence, token) && g.0 + reach >= sentence;
        let last = self
            .groups
            .iter()
            .filter(before)
            .filter(|g| g.2.len() == size)
            .max_by_key(|g| (g.0, g.1))?;
        Some(&last.2)
    }

    /// The last group before a place that one with this key is part of, at most `reach` sentences back.
    pub fn last_group_with(&self, sentence: usize, token: usize, key: &str, reach: usize) -> Option<&[Party]> {
        let before = |g: &&(usize, usize, Vec<Party>)| (g.0, g.1) < (sentence, token) && g.0 + reach >= sentence;
        let with = |g: &&(usize, usize, Vec<Party>)| g.2.iter().any(|p| p.key == key);
        self.groups
            .iter()
            .filter(before)
            .filter(with)
            .max_by_key(|g| (g.0, g.1))
            .map(|g| g.2.as_slice())
    }

    /// The last group before a place, at most `reach` sentences back.
    pub fn last_group_any(&self, sentence: usize, token: usize, reach: usize) -> Option<&[Party]> {
        let before = |g: &&(usize, usize, Vec<Party>)| (g.0, g.1) < (sentence, token) && g.0 + reach >= sentence;
        self.groups
            .iter()
            .filter(before)
            .max_by_key(|g| (g.0, g.1))
            .map(|g| g.2.as_slice())
    }

    /// The entity likeliest meant at a place among those that `fits` admits: recency in sentences first, then subjects.
    pub fn nearest(
        &self,
        sentence: usize,
        token: usize,
        reach: usize,
        fits: impl Fn(&Entity) -> bool,
    ) -> Option<&Entity> {
        self.ranked(sentence, token, reach, fits).into_iter().next()
    }

    /// All admitted entities, likeliest first.
    pub fn ranked(&self, sentence: usize, token: usize, reach: usize, fits: impl Fn(&Entity) -> bool) -> Vec<&Entity> {
        let mut scored: Vec<(f64, usize, &Entity)> = self
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| fits(e))
            .filter_map(|(i, e)| {
                let (s, t, subject) = e.last_before(sentence, token)?;
                let away = sentence - s;
                if away > reach {
                    return None;
                }
                let frequency = (e.mentions.len() as f64).ln() * 0.3;
                let near = if away == 0 {
                    0.5 - (token - t) as f64 * 0.01
                } else {
                    0.0
                };
                Some((
                    -(away as f64) + f64::from(u8::from(subject)) * 0.9 + frequency + near,
                    i,
                    e,
                ))
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().map(|(_, _, e)| e).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::party::How;
    use super::*;

    fn party(code: &str) -> Party {
        Party {
            sentence: 0,
            head: 0,
            first: 0,
            end: 1,
            code: Some(code.to_owned()),
            sector: Vec::new(),
            identifier: None,
            office: None,
            person: None,
            key: code.to_owned(),
            how: How::Name,
            gender: None,
            kind: Kind::Country,
            domestic: false,
        }
    }

    fn codes(group: Option<&[Party]>) -> Vec<&str> {
        group
            .unwrap_or_default()
            .iter()
            .filter_map(|p| p.code.as_deref())
            .collect()
    }

    #[test]
    fn the_last_group_of_the_size_asked_for() {
        let mut memory = Memory::default();
        memory.note_group(0, 1, vec![party("MLI"), party("NER")]);
        memory.note_group(1, 1, vec![party("TGO"), party("BEN"), party("GHA")]);
        memory.note_group(2, 1, vec![party("TCD"), party("TCD")]);
        assert_eq!(codes(memory.last_group(2, 0, 2, 6)), ["MLI", "NER"]);
        assert_eq!(codes(memory.last_group(3, 0, 3, 6)), ["TGO", "BEN", "GHA"]);
        assert!(memory.last_group(9, 0, 2, 6).is_none(), "too far back");
        assert!(memory.last_group(0, 1, 2, 6).is_none(), "not before it");
        assert_eq!(codes(memory.last_group_with(2, 0, "BEN", 2)), ["TGO", "BEN", "GHA"]);
        assert_eq!(codes(memory.last_group_any(2, 0, 2)), ["TGO", "BEN", "GHA"]);
    }

    #[test]
    fn subjects_win_within_a_sentence_and_recency_across() {
        let mut memory = Memory::default();
        memory.note(&party("MLI"), Kind::Country, 0, 1, true);
        memory.note(&party("NER"), Kind::Country, 0, 5, false);
        let nearest = |memory: &Memory, sentence| memory.nearest(sentence, 0, 3, |_| true).map(|e| e.party.key.clone());
        assert_eq!(nearest(&memory, 1).as_deref(), Some("MLI"));
        memory.note(&party("TGO"), Kind::Country, 1, 4, false);
        assert_eq!(nearest(&memory, 2).as_deref(), Some("TGO"));
        memory.again(&party("MLI"), 1, 0);
        assert_eq!(nearest(&memory, 2).as_deref(), Some("MLI"));
    }
}

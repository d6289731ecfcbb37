//! Pronouns.

use attache_parse::Sentence;

use super::coref::{Class, Sort};
use super::memory::Kind;
use super::party::{How, Party, Place};
use super::resolver::Resolver;

impl Resolver<'_> {
    /// Whom a word means by the chains of the document: the party that the nearest earlier mention of the same one was
    /// resolved to, all of them for a group; empty where it is somebody whom no list knows. `None` where the chains say
    /// nothing.
    pub(super) fn by_chain(&self, place: Place, head: usize) -> Option<Vec<Party>> {
        let before = self.chains.before(place.number, head);
        let known = |sentence: usize, token: usize| -> Vec<Party> {
            let at = |e: &&super::memory::Entity| e.mentions.iter().any(|m| (m.0, m.1) == (sentence, token));
            self.memory
                .entities
                .iter()
                .filter(at)
                .map(|e| e.party.clone())
                .collect()
        };
        for mention in before.iter().filter(|m| m.sort != Sort::Pronoun) {
            let heads = match mention.sort {
                Sort::Group => mention.members(),
                _ => std::slice::from_ref(&mention.head),
            };
            let parties: Vec<Vec<Party>> = heads.iter().map(|h| known(mention.sentence, *h)).collect();
            if parties.iter().all(|p| !p.is_empty()) {
                return Some(parties.concat());
            }
        }
        // "Iran rejected the plan and called it a trap": a thing is nobody.
        let thing = before
            .iter()
            .find(|m| m.sort != Sort::Pronoun)
            .is_some_and(|m| m.sort == Sort::Noun && m.class == Class::Thing && !m.plural);
        if thing {
            return Some(Vec::new());
        }
        let named = before.iter().any(|m| m.sort == Sort::Name && m.class == Class::Person);
        named.then(Vec::new)
    }

    /// Whom "they" means: people spoken of last, before countries; all of those who acted jointly.
    pub(super) fn they(&self, place: Place, head: usize, barred: &[String]) -> Vec<Party> {
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
    pub(super) fn same_clause(&self, place: Place, head: usize) -> Vec<Party> {
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

    pub(super) fn barred_keys(&self, place: Place, head: usize) -> Vec<String> {
        self.same_clause(place, head).into_iter().map(|p| p.key).collect()
    }

    pub(super) fn pronoun(&self, place: Place, head: usize, depth: usize) -> Vec<Party> {
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
        if let Some(chained) = self.by_chain(place, head) {
            let out = |p: &Party| barred.contains(&p.key) || self.strict.get() && self.excludes(p);
            if !chained.iter().any(out) {
                return chained.iter().map(again).collect();
            }
        }
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

/// The noun that a relative pronoun stands for.
pub(super) fn relative_antecedent(tree: &Sentence, pronoun: usize) -> Option<usize> {
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

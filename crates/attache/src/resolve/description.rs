//! Definite descriptions: "both countries", "the island nation", "the bloc".

use attache_parse::{Sentence, Upos};

use super::memory::Kind;
use super::party::{How, Party, Place, core};
use super::resolver::Resolver;
use super::terms;

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

impl Resolver<'_> {
    /// "the island nation", "both countries", "the two leaders".
    pub(super) fn described(&self, place: Place, head: usize, blank: &Party) -> Vec<Party> {
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
            // Whoever acts here is not what it acts on.
            let entity = self.memory.nearest(place.number, head, 3, |e| {
                e.kind == Kind::Country && !self.excludes(&e.party)
            });
            return entity.map(|e| again(&e.party)).into_iter().collect();
        }
        Vec::new()
    }

    /// The country named in the document that outlets describe so.
    pub(super) fn by_description(&self, place: Place, head: usize) -> Option<Party> {
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
    pub(crate) fn as_country(&self, party: &Party) -> Party {
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
    pub(super) fn last_countries(&self, place: Place, head: usize, wanted: usize) -> Vec<Party> {
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
}

/// What a measure noun counts: "thousands *of Nigerians*", "one third of *guerrillas*".
pub(super) fn measured(tree: &Sentence, head: usize) -> Option<usize> {
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

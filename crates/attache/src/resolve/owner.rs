//! Whose something is: possessors, adjectives of countries, places behind prepositions.

use attache_parse::Sentence;

use super::memory::Kind;
use super::name::city;
use super::party::{How, Party, Place};
use super::resolver::Resolver;
use super::terms::{self, Hyphened, is_sent_abroad};
use crate::ontology::NameRef;

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

impl Resolver<'_> {
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
                    "the" | "this" | "that" | "these" | "those" | "such"
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

    pub(super) fn modifier_owners(&self, place: Place, token: usize, owners: &mut Vec<Party>) {
        let tree = place.tree;
        if let Some(mention) = self.names(place).name_at(token)
            && !participle_after(tree, mention.end).is_some_and(|p| {
                // Fighters are of the country that they fight from ("Pakistan-based militants").
                let from = p == "based" && tree.tokens[token].head.is_some_and(|h| self.fights(place, h));
                matches!(terms::hyphened(&p), Some(Hyphened::Foreign)) && !from
            })
            && !owners
                .iter()
                .any(|o| o.head == token || o.first == mention.first && o.sentence == place.number)
            && let name = city(mention).unwrap_or(mention.what[0])
            && let Some((code, sector)) = self.code_of(name)
        {
            owners.push(Party {
                sentence: place.number,
                head: token,
                first: mention.first,
                end: mention.end,
                key: code.clone(),
                code: Some(code),
                sector: if matches!(name, NameRef::Organisation(_) | NameRef::Group(_) | NameRef::Seat(..)) {
                    sector
                } else {
                    Vec::new()
                },
                identifier: self.identifier_of(name),
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

    /// Whether a noun is a role of those who fight outside of an army.
    fn fights(&self, place: Place, head: usize) -> bool {
        let role = self.names(place).role_at(head).map(|r| r.what[0]);
        let Some(NameRef::Agent(agent)) = role else {
            return false;
        };
        let sector = &self.ontology.agents[agent].sector;
        sector.iter().any(|s| matches!(s.as_str(), "REB" | "UAF"))
    }

    /// Countries behind a preposition: "rebels in the Ivory Coast", "the president of Armenia".
    pub(super) fn placed(&self, place: Place, head: usize, noun: &str, depth: usize) -> Vec<Party> {
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
    pub(super) fn owned(&self, place: Place, head: usize, blank: &Party, depth: usize) -> Vec<Party> {
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
}

/// The participle that a hyphen ties to the words that end before `end`: "Iranian-born", in one token or three.
pub(super) fn participle_after(tree: &Sentence, end: usize) -> Option<String> {
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

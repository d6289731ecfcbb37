//! Mentions: whole noun phrases, names inside compounds, pronouns, and what stands side by side.

use attache_parse::{EntityKind, Sentence, Upos};

use super::Text;
use crate::frame::Frame;
use crate::ontology::names::keys;
use crate::ontology::nouns::Trait;
use crate::ontology::{AgentKind, NameRef, Ontology};
use crate::resolve::mention::Mentions;
use crate::time::cardinal;

/// What the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A name, with or without a title.
    Name,
    /// A phrase around a common noun.
    Noun,
    /// A pronoun.
    Pronoun,
    /// Several phrases joined by "and".
    Group,
}

/// What a mention means, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// One person.
    Person,
    /// Several persons.
    People,
    /// An organisation.
    Body,
    /// A country, also as one that acts.
    Country,
    /// Any other place.
    Place,
    /// A thing, event or idea.
    Thing,
    /// A name that tells nothing.
    Any,
}

impl Class {
    /// Whether both may be said of one entity.
    pub fn fits(self, other: Class) -> bool {
        self == other
            || matches!(self, Class::Any)
            || matches!(other, Class::Any)
            || matches!(
                (self, other),
                (Class::Country, Class::Place | Class::Body)
                    | (Class::Place | Class::Body, Class::Country)
                    | (Class::People, Class::Body)
                    | (Class::Body, Class::People)
            )
    }
}

/// A mention.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Sentence.
    pub sentence: usize,
    /// Head token.
    pub head: usize,
    /// First token.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// What the words are.
    pub sort: Sort,
    /// What they mean.
    pub class: Class,
    /// `m` or `f`.
    pub gender: Option<char>,
    /// Several at once.
    pub plural: bool,
    /// Words of the name without titles, as keys; of a pronoun its form.
    pub(super) words: Vec<String>,
    /// What distinguishes a known entity.
    pub(super) key: Option<String>,
    /// Index of a listed person.
    pub(super) person: Option<usize>,
    /// Lower-case lemma of the head.
    pub(super) lemma: String,
    /// Lower-case modifiers other than determiners.
    pub(super) modifiers: Vec<String>,
    /// Code of the country or body in front ("the *Cuban* leader") or behind "of".
    pub(super) owner: Option<String>,
    /// Starts with the, this, that, these, those.
    pub(super) definite: bool,
    /// Starts with a possessor.
    pub(super) possessed: bool,
    /// Says a, an, no, any, some or the like.
    pub(super) indefinite: bool,
    /// Numeral in front.
    pub(super) count: Option<usize>,
    /// Roles by title, apposition or predicate.
    pub(super) roles: Vec<String>,
    /// Tokens of the appositive.
    pub(super) appositive: (usize, usize),
    /// First tokens behind which a relative clause or phrase stands.
    pub(super) tail: usize,
    /// Relation of the head to its governor.
    pub(super) relation: String,
    /// Heads of a group's members.
    pub(super) members: Vec<usize>,
    /// Part of a quotation.
    pub(super) quoted: bool,
}

impl Mention {
    /// Heads of what a group joins; empty for other mentions.
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// Whether `part` stands in a clause behind the head ("the man who lost *his* job").
    pub(super) fn loose(&self, part: &Mention) -> bool {
        part.sort == Sort::Pronoun && part.first >= self.tail
    }

    pub(super) fn is(&self, forms: &[&str]) -> bool {
        self.sort == Sort::Pronoun && self.words.first().is_some_and(|w| forms.contains(&w.as_str()))
    }
}

/// The first, second and third persons, with class, gender and number.
fn pronoun(form: &str) -> Option<(Class, Option<char>, bool)> {
    Some(match form {
        "i" | "me" | "my" | "mine" | "myself" | "you" | "your" | "yours" | "yourself" => (Class::Person, None, false),
        "we" | "us" | "our" | "ours" | "ourselves" => (Class::People, None, true),
        "he" | "him" | "his" | "himself" => (Class::Person, Some('m'), false),
        "she" | "her" | "hers" | "herself" => (Class::Person, Some('f'), false),
        "it" | "its" | "itself" => (Class::Any, None, false),
        "they" | "them" | "their" | "theirs" | "themselves" => (Class::Any, None, true),
        _ => return None,
    })
}

/// All mentions in text order, outer before inner.
pub(super) fn mentions(text: &Text) -> Vec<Mention> {
    let quoted = super::quote::quoted(text);
    let mut all = Vec::new();
    for (number, tree) in text.sentences.iter().enumerate() {
        let finder = Finder {
            text,
            tree,
            names: &text.names[number],
            number,
            kids: kids(tree),
            quoted: &quoted[number],
        };
        let mut here: Vec<Mention> = (0..tree.tokens.len()).flat_map(|t| finder.at(t)).collect();
        here.sort_by_key(|m| (m.first, usize::MAX - m.end, m.head));
        here.dedup_by_key(|m| (m.first, m.end));
        all.extend(here);
    }
    all
}

fn kids(tree: &Sentence) -> Vec<Vec<usize>> {
    let mut kids = vec![Vec::new(); tree.tokens.len()];
    for (at, token) in tree.tokens.iter().enumerate() {
        if let Some(head) = token.head {
            kids[head].push(at);
        }
    }
    kids
}

struct Finder<'a> {
    text: &'a Text<'a>,
    tree: &'a Sentence,
    names: &'a Mentions,
    number: usize,
    kids: Vec<Vec<usize>>,
    quoted: &'a [bool],
}

impl Finder<'_> {
    fn rel(&self, token: usize) -> &str {
        self.tree.tokens[token].rel()
    }

    fn lemma(&self, token: usize) -> String {
        self.tree.tokens[token].lemma.to_lowercase()
    }

    fn kid(&self, head: usize, rel: &str) -> Option<usize> {
        self.kids[head].iter().copied().find(|c| self.rel(*c) == rel)
    }

    fn blank(&self, head: usize, first: usize, end: usize) -> Mention {
        Mention {
            sentence: self.number,
            head,
            first,
            end,
            sort: Sort::Noun,
            class: Class::Thing,
            gender: None,
            plural: false,
            words: Vec::new(),
            key: None,
            person: None,
            lemma: self.lemma(head),
            modifiers: Vec::new(),
            owner: None,
            definite: false,
            possessed: false,
            indefinite: false,
            count: None,
            roles: Vec::new(),
            appositive: (0, 0),
            tail: end,
            relation: self.tree.tokens[head].deprel.clone(),
            members: Vec::new(),
            quoted: self.quoted[head],
        }
    }

    /// The mentions that a token heads.
    fn at(&self, token: usize) -> Vec<Mention> {
        let t = &self.tree.tokens[token];
        if t.upos == Upos::Pron {
            return self.pronoun(token).into_iter().collect();
        }
        let Some(mention) = self.phrase(token) else {
            return Vec::new();
        };
        let mut all = vec![mention];
        all.extend(self.group(token));
        all
    }

    fn pronoun(&self, token: usize) -> Option<Mention> {
        let t = &self.tree.tokens[token];
        let form = t.form.to_lowercase();
        let (class, gender, plural) = pronoun(&form)?;
        if form == "it" && self.empty(token) {
            return None;
        }
        Some(Mention {
            sort: Sort::Pronoun,
            class,
            gender,
            plural,
            words: vec![form],
            ..self.blank(token, token, token + 1)
        })
    }

    /// "It" that means nothing: "it is clear that", "it rained", "it seems".
    fn empty(&self, token: usize) -> bool {
        const WEATHER: [&str; 7] = ["rain", "snow", "seem", "appear", "turn", "happen", "follow"];
        if self.rel(token) == "expl" {
            return true;
        }
        let Some(verb) = self.tree.tokens[token].head.filter(|_| self.rel(token) == "nsubj") else {
            return false;
        };
        let clause = self.kids[verb]
            .iter()
            .any(|c| matches!(self.rel(*c), "csubj") || self.rel(*c) == "ccomp" && self.kid(verb, "cop").is_some());
        let time = || {
            self.kid(verb, "cop").is_some()
                && matches!(
                    self.lemma(verb).as_str(),
                    "time" | "day" | "year" | "late" | "early" | "possible" | "clear"
                )
        };
        clause || WEATHER.contains(&self.lemma(verb).as_str()) || time()
    }

    /// A noun phrase: a noun, a name in a compound, an adjective of a nation used as a noun.
    fn phrase(&self, token: usize) -> Option<Mention> {
        let t = &self.tree.tokens[token];
        let name = self.name_around(token);
        let nominal = matches!(t.upos, Upos::Noun | Upos::Propn)
            || t.upos == Upos::Adj && self.kid(token, "det").is_some() && self.nation(token)
            || t.upos == Upos::X && name.is_some();
        if !nominal || matches!(self.rel(token), "flat" | "fixed" | "goeswith" | "appos" | "discourse") {
            return None;
        }
        if t.deprel == "nmod:desc" || self.kid(token, "cop").is_some() && !(t.upos == Upos::Propn && name.is_some()) {
            return None;
        }
        if let Some((first, end)) = name {
            // Inside a name only its head speaks.
            if self.head_of(first, end) != token {
                return None;
            }
        }
        if matches!(self.rel(token), "compound" | "amod") {
            let (first, end) = name?;
            let governor = t.head?;
            if (first..end).contains(&governor) {
                return None;
            }
            return Some(self.describe(token, first, end, name));
        }
        let (first, end) = self.span(token, false);
        Some(self.describe(token, first, end, name))
    }

    fn nation(&self, token: usize) -> bool {
        self.names
            .name_at(token)
            .is_some_and(|m| matches!(m.what[0], NameRef::Adjective(_) | NameRef::Inhabitant(_)))
    }

    /// The words of the name that covers a token: what the parser or the lists know.
    fn name_around(&self, token: usize) -> Option<(usize, usize)> {
        let entity = self.tree.entities.iter().find(|e| e.first <= token && token < e.end);
        let known = self
            .names
            .name_at(token)
            .filter(|m| !matches!(m.what[0], NameRef::Adjective(_)) || self.tree.tokens[token].upos != Upos::Adj);
        match (entity, known) {
            (Some(e), Some(k)) if k.first <= e.first && e.end <= k.end => Some((k.first, k.end)),
            (Some(e), _) => Some((e.first, e.end)),
            (None, Some(k)) => Some((k.first, k.end)),
            (None, None) => None,
        }
    }

    fn head_of(&self, first: usize, end: usize) -> usize {
        self.tree.head_among(|t| (first..end).contains(&t)).unwrap_or(first)
    }

    /// The words of a phrase without what belongs to its clause; `all` with what is joined by "and".
    fn span(&self, head: usize, all: bool) -> (usize, usize) {
        let clause = self.kid(head, "cop").is_some() || self.kid(head, "nsubj").is_some();
        let mut inside = vec![head];
        let mut next = 0;
        let mut conj = usize::MAX;
        while next < inside.len() {
            let at = inside[next];
            for kid in &self.kids[at] {
                let rel = self.rel(*kid);
                let own = at == head
                    && (matches!(
                        rel,
                        "case" | "mark" | "cop" | "parataxis" | "discourse" | "vocative" | "dislocated"
                    ) && *kid < head
                        || matches!(rel, "parataxis" | "cop" | "orphan")
                        || clause
                            && !matches!(
                                rel,
                                "det" | "amod" | "compound" | "nmod" | "nummod" | "flat" | "acl" | "appos"
                            )
                        || !all && matches!(rel, "conj" | "cc")
                        || rel == "advmod" && *kid < head && self.lemma(*kid) != "not" && !self.measured(head, *kid));
                if at == head && rel == "conj" {
                    conj = conj.min(self.leftmost(*kid));
                }
                if !own && rel != "punct" {
                    inside.push(*kid);
                }
            }
            next += 1;
        }
        let first = inside.iter().copied().min().unwrap_or(head);
        let mut end = inside.iter().copied().max().unwrap_or(head) + 1;
        if !all && conj > head {
            end = end.min(conj);
        }
        // Quotation marks and brackets that open inside close inside.
        if end < self.tree.tokens.len()
            && matches!(self.tree.tokens[end].form.as_str(), ")" | "]")
            && (first..end).any(|t| matches!(self.tree.tokens[t].form.as_str(), "(" | "["))
        {
            end += 1;
        }
        let loose = |t: usize| {
            let token = &self.tree.tokens[t];
            token.upos == Upos::Punct && !matches!(token.form.as_str(), ")" | "]") || token.upos == Upos::Cconj
        };
        while end > head + 1 && loose(end - 1) {
            end -= 1;
        }
        (first.min(head), end)
    }

    /// "About 300 people", "more than 20 ships": the adverb belongs to the number.
    fn measured(&self, head: usize, adverb: usize) -> bool {
        self.kid(head, "nummod").is_some_and(|n| adverb < n)
    }

    fn leftmost(&self, token: usize) -> usize {
        self.kids[token]
            .iter()
            .map(|k| self.leftmost(*k))
            .min()
            .map_or(token, |l| l.min(token))
    }

    fn group(&self, token: usize) -> Option<Mention> {
        let joined: Vec<usize> = self.kids[token]
            .iter()
            .copied()
            .filter(|c| {
                self.rel(*c) == "conj" && matches!(self.tree.tokens[*c].upos, Upos::Noun | Upos::Propn | Upos::Pron)
            })
            .collect();
        if joined.is_empty() || matches!(self.rel(token), "compound" | "amod") {
            return None;
        }
        let (first, end) = self.span(token, true);
        let people = std::iter::once(&token).chain(&joined).all(|t| {
            let name = self.name_around(*t);
            matches!(self.class_of(*t, name), Class::Person | Class::People)
        });
        let mut members = vec![token];
        members.extend(joined);
        Some(Mention {
            sort: Sort::Group,
            class: if people { Class::People } else { Class::Any },
            plural: true,
            members,
            ..self.blank(token, first, end)
        })
    }

    /// A phrase with all that its words tell.
    fn describe(&self, head: usize, first: usize, end: usize, name: Option<(usize, usize)>) -> Mention {
        let t = &self.tree.tokens[head];
        let mut mention = self.blank(head, first, end);
        let crowd = self.text.ontology.nouns.has(&mention.lemma, Trait::Crowd);
        mention.plural = t.feats.has("Number", "Plur") || crowd && name.is_none();
        mention.class = self.class_of(head, name);
        if mention.class == Class::Person && mention.plural {
            mention.class = Class::People;
        }
        mention.gender = self.gender_of(&mention.lemma);
        if let Some((from, to)) = name {
            self.name(&mut mention, from, to);
        } else if t.upos == Upos::Propn && mention.class == Class::Thing {
            // A name that neither the parser nor the lists know.
            let propn = |t: &usize| self.tree.tokens[*t].upos == Upos::Propn;
            let from = (first..head).rev().take_while(propn).last().unwrap_or(head);
            mention.class = Class::Any;
            self.name(&mut mention, from, head + 1);
        }
        self.modifiers(&mut mention);
        self.beside(&mut mention);
        self.predicate(&mut mention);
        if mention.sort == Sort::Noun {
            mention.roles.push(mention.lemma.clone());
            mention.roles.extend(self.role_phrase(head));
        }
        mention
    }

    fn gender_of(&self, word: &str) -> Option<char> {
        let nouns = &self.text.ontology.nouns;
        match (nouns.has(word, Trait::Male), nouns.has(word, Trait::Female)) {
            (true, false) => Some('m'),
            (false, true) => Some('f'),
            _ => None,
        }
    }

    /// Class by name, role or noun.
    fn class_of(&self, head: usize, name: Option<(usize, usize)>) -> Class {
        let ontology = self.text.ontology;
        if let Some((first, end)) = name {
            return class_of_name(ontology, self.tree, self.names, first, end);
        }
        let lemma = self.lemma(head);
        if ontology.nouns.has(&lemma, Trait::Human) {
            return Class::Person;
        }
        if let Some(role) = self.names.roles.iter().find(|r| r.first <= head && head < r.end)
            && let NameRef::Agent(agent) = role.what[0]
        {
            return match ontology.agents[agent].kind {
                AgentKind::Person => Class::Person,
                AgentKind::People | AgentKind::Force => Class::People,
                AgentKind::Body => Class::Body,
                AgentKind::Equipment => Class::Thing,
            };
        }
        let has = |what| ontology.nouns.has(&lemma, what);
        if has(Trait::Crowd) || has(Trait::Male) || has(Trait::Female) {
            Class::People
        } else if has(Trait::Institution) {
            Class::Body
        } else if has(Trait::Territory) {
            Class::Country
        } else if has(Trait::Settlement) {
            Class::Place
        } else {
            Class::Thing
        }
    }

    /// Name, person, gender and titles.
    fn name(&self, mention: &mut Mention, first: usize, end: usize) {
        let ontology = self.text.ontology;
        mention.sort = Sort::Name;
        mention.plural = false;
        let titled = |t: usize| {
            let word = self.tree.tokens[t].form.to_lowercase();
            self.gender_of(&word).is_some() || matches!(word.as_str(), "dr" | "dr." | "prof." | "gen." | "col." | "the")
        };
        let mut from = first;
        while from + 1 < end && titled(from) {
            let word = self.tree.tokens[from].form.to_lowercase();
            mention.gender = mention.gender.or(self.gender_of(&word));
            from += 1;
        }
        let own = |t: &usize| !matches!(self.tree.tokens[*t].form.as_str(), "'s" | "’s" | "'" | "’");
        mention.words = (from..end)
            .filter(own)
            .flat_map(|t| keys(&self.tree.tokens[t].form))
            .collect();
        if let Some(known) = self.names.names.iter().find(|m| m.first < end && first < m.end) {
            self.known(mention, &known.what);
        }
        if mention.class == Class::Person {
            // A name alone is a surname where the lists know whose.
            let unknown = mention.words.len() > 1 || mention.person.is_none();
            let given = mention.words.first().filter(|_| unknown);
            mention.gender = mention.gender.or_else(|| given.and_then(|g| ontology.nouns.given(g)));
        }
    }

    fn known(&self, mention: &mut Mention, what: &[NameRef]) {
        let ontology = self.text.ontology;
        let acting = || {
            matches!(mention.relation.as_str(), "nsubj" | "nsubj:pass" | "nmod:poss")
                || Frame { tree: self.tree }
                    .case(mention.head)
                    .is_some_and(|c| matches!(c.as_str(), "with" | "by" | "against" | "between"))
        };
        let code = |c: usize| format!("c:{}", ontology.countries[c].code);
        let key = match what[0] {
            NameRef::Country(c) => Some(code(c)),
            NameRef::Adjective(c) | NameRef::Inhabitant(c) if mention.class == Class::People => {
                Some(format!("i:{}", ontology.countries[c].code))
            }
            NameRef::Capital(c) if acting() => Some(code(c)),
            NameRef::Capital(c) => Some(format!("k:{}", ontology.countries[c].code)),
            NameRef::Seat(c, s) if acting() && ontology.countries[c].seats[s].1.iter().any(|x| x == "GOV") => {
                Some(code(c))
            }
            NameRef::Seat(c, s) => Some(format!("s:{c}:{s}")),
            NameRef::Organisation(b) | NameRef::Group(b) => Some(format!("b:{b}")),
            NameRef::Person(_) | NameRef::PersonShort(_) => {
                let persons: Vec<usize> = what
                    .iter()
                    .filter_map(|n| match n {
                        NameRef::Person(p) | NameRef::PersonShort(p) => Some(*p),
                        _ => None,
                    })
                    .collect();
                // "Clinton" after "Hillary Clinton" is she, whomever the name alone would mean.
                if matches!(what[0], NameRef::PersonShort(_)) && self.fuller(mention) {
                    return;
                }
                let genders: Vec<Option<char>> = persons.iter().map(|p| ontology.persons[*p].gender).collect();
                if genders.windows(2).all(|w| w[0] == w[1]) {
                    mention.gender = mention.gender.or(genders[0]);
                }
                mention.person = (persons.len() == 1).then(|| persons[0]);
                None
            }
            _ => None,
        };
        mention.key = key;
    }

    /// Whether the document gave the full name of somebody of that name before.
    fn fuller(&self, mention: &Mention) -> bool {
        let Some(family) = mention.words.last() else {
            return false;
        };
        let ends = |tree: &Sentence| {
            tree.entities.iter().any(|e| {
                let person = e.kind == EntityKind::Person && e.end - e.first > 1;
                person && keys(&tree.tokens[e.end - 1].form).last() == Some(family)
            })
        };
        self.text.sentences[..self.number].iter().any(ends)
    }

    fn modifiers(&self, mention: &mut Mention) {
        let head = mention.head;
        for kid in &self.kids[head] {
            let t = &self.tree.tokens[*kid];
            let lemma = self.lemma(*kid);
            match t.deprel.as_str() {
                "det" | "det:predet" => {
                    mention.definite |= matches!(lemma.as_str(), "the" | "this" | "that" | "these" | "those" | "both");
                    mention.indefinite |= matches!(
                        lemma.as_str(),
                        "a" | "an" | "no" | "any" | "some" | "every" | "each" | "another" | "many" | "several" | "few"
                    );
                    if lemma == "both" {
                        mention.count = Some(2);
                    }
                }
                "nummod" => mention.count = mention.count.or(number(&lemma)),
                "nmod:poss" => {
                    mention.possessed = true;
                    mention.owner = mention.owner.take().or_else(|| self.code_at(*kid));
                }
                "nmod:desc" => {
                    self.role_words(mention, *kid);
                }
                "amod" | "compound" | "nmod" if *kid < head => {
                    mention.owner = mention.owner.take().or_else(|| self.code_at(*kid));
                    if mention.sort == Sort::Name && self.names.role_at(*kid).is_some() {
                        self.role_words(mention, *kid);
                    } else {
                        mention.modifiers.push(lemma);
                    }
                }
                "nmod" => {
                    mention.tail = mention.tail.min(self.leftmost(*kid));
                    mention.owner = mention.owner.take().or_else(|| self.code_at(*kid));
                    mention.modifiers.push(lemma);
                }
                "acl" | "acl:relcl" => mention.tail = mention.tail.min(self.leftmost(*kid)),
                _ => {}
            }
        }
    }

    /// The whole role at a word: "foreign minister" at "minister".
    fn role_phrase(&self, token: usize) -> Option<String> {
        let role = self.names.role_at(token)?;
        let words: Vec<String> = (role.first..role.end).map(|t| self.lemma(t)).collect();
        Some(words.join(" "))
    }

    /// A title before a name: "Foreign *Minister* Bruno Rodriguez".
    fn role_words(&self, mention: &mut Mention, token: usize) {
        let lemma = self.lemma(token);
        mention.gender = mention.gender.or(self.gender_of(&lemma));
        mention.roles.extend(self.role_phrase(token));
        mention.roles.push(lemma);
        for kid in &self.kids[token] {
            mention.owner = mention.owner.take().or_else(|| self.code_at(*kid));
        }
        if matches!(mention.class, Class::Any) {
            mention.class = Class::Person;
        }
    }

    /// Appositives: "Jane Doe, the envoy of Kenya", "the envoy, Jane Doe".
    fn beside(&self, mention: &mut Mention) {
        let mut queue: Vec<usize> = self.kids[mention.head].clone();
        queue.retain(|k| self.rel(*k) == "appos" || self.rel(*k) == "flat" && mention.sort == Sort::Noun);
        let mut next = 0;
        while next < queue.len() {
            let at = queue[next];
            next += 1;
            if self.kids[at].iter().any(|c| self.rel(*c) == "conj") {
                continue;
            }
            queue.extend(self.kids[at].iter().copied().filter(|k| self.rel(*k) == "appos"));
            let (first, end) = self.span(at, true);
            mention.appositive = match mention.appositive {
                (0, 0) => (first, end),
                (f, e) => (f.min(first), e.max(end)),
            };
            mention.end = mention.end.max(end);
            match self.name_around(at) {
                Some((from, to)) if mention.sort == Sort::Noun => {
                    let class = self.class_of(at, Some((from, to)));
                    if class.fits(mention.class) || mention.class == Class::Thing {
                        mention.roles.push(mention.lemma.clone());
                        mention.roles.extend(self.role_phrase(mention.head));
                        mention.class = class;
                        self.name(mention, from, to);
                    }
                }
                Some((from, to)) => {
                    let alias = (from..to)
                        .flat_map(|t| keys(&self.tree.tokens[t].form))
                        .collect::<Vec<_>>();
                    mention.roles.push(format!("={}", alias.join(" ")));
                }
                None => {
                    let lemma = self.lemma(at);
                    mention.gender = mention.gender.or(self.gender_of(&lemma));
                    let acronym = self.tree.tokens[at].form.clone();
                    if acronym.len() > 1 && acronym.chars().all(char::is_uppercase) {
                        mention.roles.push(format!("={}", keys(&acronym).join(" ")));
                    }
                    if mention.class == Class::Any {
                        mention.class = self.class_of(at, None);
                    }
                    self.role_words(mention, at);
                }
            }
        }
    }

    /// "Jane Doe is the *envoy* of Kenya" tells a role too.
    fn predicate(&self, mention: &mut Mention) {
        let t = &self.tree.tokens[mention.head];
        let Some(noun) = t.head.filter(|_| t.rel() == "nsubj") else {
            return;
        };
        let told = self.tree.tokens[noun].upos == Upos::Noun && self.kid(noun, "cop").is_some();
        if told && !self.kids[noun].iter().any(|c| self.lemma(*c) == "not") {
            mention.roles.push(self.lemma(noun));
            mention.gender = mention.gender.or(self.gender_of(&self.lemma(noun)));
        }
    }

    /// The code of the country or body that a token names.
    fn code_at(&self, token: usize) -> Option<String> {
        let name = self.names.name_at(token)?;
        let ontology = self.text.ontology;
        match name.what[0] {
            NameRef::Country(c) | NameRef::Adjective(c) | NameRef::Inhabitant(c) | NameRef::Capital(c) => {
                Some(ontology.countries[c].code.clone())
            }
            NameRef::Organisation(b) | NameRef::Group(b) => Some(format!("b:{b}")),
            _ => None,
        }
    }
}

fn number(word: &str) -> Option<usize> {
    let counted = cardinal(word).filter(|n| (1..=10).contains(n));
    counted
        .and_then(|n| usize::try_from(n).ok())
        .or_else(|| word.parse().ok())
}

/// Class of a name: the lists know better than the parser, save that they know few persons.
fn class_of_name(ontology: &Ontology, tree: &Sentence, names: &Mentions, first: usize, end: usize) -> Class {
    let entity = tree.entities.iter().find(|e| e.first < end && first < e.end);
    let by_parser = entity.map(|e| match e.kind {
        EntityKind::Person => Class::Person,
        EntityKind::Organisation => Class::Body,
        EntityKind::Place => Class::Place,
    });
    let known = names.names.iter().find(|m| m.first < end && first < m.end);
    let whole = known.filter(|m| m.first <= first && end <= m.end || by_parser.is_none());
    let plural = tree.tokens[end - 1].feats.has("Number", "Plur");
    let listed = whole.and_then(|m| {
        Some(match m.what[0] {
            NameRef::Country(_) => Class::Country,
            NameRef::Capital(_) | NameRef::Seat(..) => Class::Country,
            NameRef::Region(_) | NameRef::Place(_) => Class::Place,
            NameRef::Inhabitant(_) | NameRef::Adjective(_) if plural || tree.tokens[end - 1].upos == Upos::Adj => {
                Class::People
            }
            NameRef::Inhabitant(_) => Class::Person,
            NameRef::Adjective(_) => Class::Any,
            NameRef::Person(_) | NameRef::PersonShort(_) => Class::Person,
            NameRef::Organisation(_) => Class::Body,
            NameRef::Group(b) if ontology.bodies[b].kind == "people" => Class::People,
            NameRef::Group(_) => Class::Body,
            NameRef::Agent(_) => return None,
        })
    });
    listed.or(by_parser).unwrap_or(Class::Any)
}

//! Logical arguments of a word: who does what to whom, whatever the voice, clause type or coordination.

use attache_parse::{Sentence, Upos};

/// Verbs whose object does what their infinitive says ("forced *them* to leave").
const OBJECT_CONTROL: [&str; 36] = [
    "ask",
    "urge",
    "order",
    "force",
    "allow",
    "help",
    "persuade",
    "tell",
    "instruct",
    "command",
    "compel",
    "oblige",
    "press",
    "pressure",
    "push",
    "call",
    "request",
    "invite",
    "permit",
    "enable",
    "let",
    "make",
    "want",
    "expect",
    "encourage",
    "warn",
    "direct",
    "require",
    "beg",
    "lead",
    "cause",
    "lobby",
    "implore",
    "advise",
    "authorize",
    "beseech",
];

/// Reads logical arguments off a tree.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The tree.
    pub tree: &'a Sentence,
}

impl<'a> Frame<'a> {
    /// Lower-case lemma of a token.
    pub fn lemma(&self, token: usize) -> String {
        self.tree.tokens[token].lemma.to_lowercase()
    }

    fn child(&self, head: usize, rels: &[&str]) -> Option<usize> {
        self.tree
            .children(head)
            .find(|c| rels.contains(&self.tree.tokens[*c].deprel.as_str()))
    }

    fn deprel(&self, token: usize) -> &str {
        &self.tree.tokens[token].deprel
    }

    /// Whether a verb stands in the passive, or is a past participle that modifies a noun.
    pub fn passive(&self, verb: usize) -> bool {
        let t = &self.tree.tokens[verb];
        if self.child(verb, &["aux:pass"]).is_some() {
            return true;
        }
        // "mediated" with a passive subject and no auxiliary is a slip of the parser; "envoys expelled" is a headline.
        if self.child(verb, &["nsubj:pass", "csubj:pass"]).is_some() {
            return t.xpos != "VBD" && t.xpos != "VBZ" && t.xpos != "VBP";
        }
        let participle = t.xpos == "VBN" || t.feats.has("VerbForm", "Part") && t.feats.has("Tense", "Past");
        let bare = self.child(verb, &["nsubj", "aux"]).is_none();
        let modifies = matches!(self.deprel(verb), "acl" | "advcl" | "amod" | "acl:relcl");
        if participle && bare && modifies && self.child(verb, &["obj"]).is_none() {
            return true;
        }
        // A coordinated participle shares the auxiliary of the first.
        participle
            && bare
            && self.deprel(verb) == "conj"
            && t.head
                .is_some_and(|h| self.tree.tokens[h].upos == Upos::Verb && self.passive(h))
    }

    /// Logical subject: the doer.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_at(verb, 0)
    }

    fn subject_at(&self, verb: usize, depth: usize) -> Option<usize> {
        if self.passive(verb) {
            self.agent(verb)
        } else {
            self.surface_subject(verb, depth)
        }
    }

    /// The "by" phrase of a passive.
    fn agent(&self, verb: usize) -> Option<usize> {
        let by = |head: usize| self.obliques(head).into_iter().find(|(p, _)| p == "by").map(|(_, t)| t);
        // "fired at a boat by Greek soldiers": parsers hang the doer on the noun before it.
        let below = || self.obliques(verb).last().and_then(|(_, t)| by(*t));
        self.child(verb, &["obl:agent"]).or_else(|| by(verb)).or_else(below)
    }

    /// The grammatical subject, also where control, coordination or a relative clause leaves it out.
    fn surface_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth > 6 {
            return None;
        }
        if let Some(subject) = self.child(verb, &["nsubj", "nsubj:pass", "nsubj:outer"]) {
            return Some(self.unrelative(subject));
        }
        // "it is willing to leave": parsers take a referring "it" for an empty one.
        let clause = self
            .tree
            .children(verb)
            .any(|c| matches!(self.deprel(c), "ccomp" | "csubj"));
        if let Some(it) = self
            .child(verb, &["expl"])
            .filter(|c| !clause && self.lemma(*c) == "it")
        {
            return Some(it);
        }
        if let Some(subject) = self.before_weekday(verb) {
            return Some(subject);
        }
        let head = self.tree.tokens[verb].head?;
        let head_upos = self.tree.tokens[head].upos;
        match self.deprel(verb) {
            "xcomp" => {
                if OBJECT_CONTROL.contains(&self.lemma(head).as_str()) && head_upos == Upos::Verb {
                    if self.passive(head) {
                        return self.surface_subject(head, depth + 1);
                    }
                    let addressee = self.child(head, &["obj", "iobj"]);
                    return addressee
                        .or_else(|| {
                            self.obliques(head)
                                .into_iter()
                                .find(|(p, _)| matches!(p.as_str(), "on" | "upon" | "to"))
                                .map(|(_, t)| t)
                        })
                        .or_else(|| self.surface_subject(head, depth + 1));
                }
                self.surface_subject(head, depth + 1)
            }
            "conj" | "advcl" | "parataxis" if matches!(head_upos, Upos::Verb | Upos::Adj | Upos::Aux | Upos::Noun) => {
                if self.deprel(verb) == "conj" && head_upos == Upos::Noun && self.tree.tokens[verb].upos == Upos::Noun {
                    return None;
                }
                if self.deprel(verb) == "parataxis" && self.child(verb, &["mark"]).is_none() && !self.participle(verb) {
                    return None;
                }
                self.surface_subject(head, depth + 1)
            }
            "amod" if self.tree.tokens[verb].xpos == "VBG" => Some(head),
            "acl" | "acl:relcl" => {
                // A noun that an infinitive or participle modifies: "troops occupying", "the first to recognise".
                if self.infinitive(verb) {
                    self.owner_of_plan(head, depth)
                } else {
                    Some(head)
                }
            }
            _ => None,
        }
    }

    /// "Israel Friday reopened the crossing": parsers take the subject for a part of the day.
    fn before_weekday(&self, verb: usize) -> Option<usize> {
        const DAYS: [&str; 10] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "today",
            "yesterday",
            "tonight",
        ];
        let day = self
            .tree
            .children(verb)
            .find(|c| *c < verb && DAYS.contains(&self.lemma(*c).as_str()))?;
        self.tree.children(day).find(|c| {
            let t = &self.tree.tokens[*c];
            *c < day
                && matches!(t.rel(), "compound" | "nmod")
                && matches!(t.upos, Upos::Propn | Upos::Noun)
                && self.case(*c).is_none()
        })
    }

    fn participle(&self, verb: usize) -> bool {
        matches!(self.tree.tokens[verb].xpos.as_str(), "VBG" | "VBN")
    }

    /// Who is to do what a noun's infinitive says: "*Iran's* decision to leave", "*he* made a promise to leave".
    fn owner_of_plan(&self, noun: usize, depth: usize) -> Option<usize> {
        if let Some(owner) = self.child(noun, &["nmod:poss"]) {
            return Some(owner);
        }
        match self.tree.tokens[noun].deprel.as_str() {
            "obj" | "obl" | "xcomp" => {
                let verb = self.tree.tokens[noun].head?;
                self.subject_at(verb, depth + 1)
            }
            _ => None,
        }
    }

    /// The noun that a relative pronoun stands for; other tokens stand for themselves.
    pub fn unrelative(&self, token: usize) -> usize {
        let t = &self.tree.tokens[token];
        if t.upos != Upos::Pron || !matches!(t.form.to_lowercase().as_str(), "who" | "which" | "that" | "whom") {
            return token;
        }
        let mut at = token;
        for _ in 0..4 {
            let Some(head) = self.tree.tokens[at].head else {
                return token;
            };
            if self.deprel(head).starts_with("acl:relcl") {
                return self.tree.tokens[head].head.unwrap_or(token);
            }
            at = head;
        }
        token
    }

    /// Logical object: the one that it is done to.
    pub fn object(&self, verb: usize) -> Option<usize> {
        if self.passive(verb) {
            return self.surface_subject(verb, 0).or_else(|| self.child(verb, &["obj"]));
        }
        if let Some(object) = self.stated_object(verb) {
            return Some(self.unrelative(object));
        }
        // "the country (that) it invaded": the object is the noun that the clause modifies.
        if self.deprel(verb) == "acl:relcl"
            && let Some(head) = self.tree.tokens[verb].head
            && let Some(subject) = self.child(verb, &["nsubj"])
            && self.unrelative(subject) == subject
        {
            return Some(head);
        }
        // A shared object: "condemned and rejected the embargo".
        if self.deprel(verb) == "conj" {
            let first = self.tree.tokens[verb].head?;
            let object = self.child(first, &["obj"])?;
            return (object > verb).then_some(object);
        }
        let later = self
            .tree
            .children(verb)
            .find(|c| self.deprel(*c) == "conj" && self.tree.tokens[*c].upos == Upos::Verb)?;
        let object = self.child(later, &["obj"])?;
        let own_subject = self.child(later, &["nsubj", "nsubj:pass"]).is_some();
        (!own_subject && later == verb + 2).then_some(object)
    }

    /// The object as the tree has it, with the slips of parsers mended: a lone indirect object, the noun right after a
    /// particle, a compound taken for a second object.
    fn stated_object(&self, verb: usize) -> Option<usize> {
        let objects: Vec<usize> = self.tree.children(verb).filter(|c| self.deprel(*c) == "obj").collect();
        let adjacent = |pair: &&[usize]| pair[1] == pair[0] + 1 && self.tree.tokens[pair[1]].upos == Upos::Noun;
        if let Some(pair) = objects.windows(2).find(adjacent) {
            return Some(pair[1]);
        }
        let lone = || self.child(verb, &["iobj"]);
        let stranded = || self.stranded_particle(verb).map(|(_, object)| object);
        objects.last().copied().or_else(lone).or_else(stranded).or_else(|| {
            let particle = self.child(verb, &["compound:prt"])?;
            self.tree.children(verb).find(|c| {
                *c > particle
                    && self.tree.tokens[*c].rel() == "obl"
                    && self.tree.tokens[*c].upos == Upos::Noun
                    && self.case(*c).is_none()
                    && self.deprel(*c) != "obl:unmarked"
            })
        })
    }

    /// A particle that the tree has as preposition of the noun after it: "turned *down* the offer", with that noun.
    pub fn stranded_particle(&self, verb: usize) -> Option<(String, usize)> {
        const PARTICLES: [&str; 8] = ["over", "down", "up", "out", "off", "back", "aside", "away"];
        let next = verb + 1;
        let particle = self
            .tree
            .tokens
            .get(next)
            .filter(|t| t.rel() == "case" && PARTICLES.contains(&t.form.to_lowercase().as_str()))?;
        let noun = particle
            .head
            .filter(|n| self.tree.tokens[*n].head == Some(verb) && self.child(verb, &["obj"]).is_none())?;
        if self.case(noun).as_deref() != Some(particle.lemma.to_lowercase().as_str()) {
            return None;
        }
        Some((particle.form.to_lowercase(), noun))
    }

    /// Indirect object; the first of two objects where the tree has no other.
    pub fn indirect(&self, verb: usize) -> Option<usize> {
        let two = || {
            let objects: Vec<usize> = self.tree.children(verb).filter(|c| self.deprel(*c) == "obj").collect();
            (objects.len() > 1 && objects[1] > objects[0] + 1).then(|| objects[0])
        };
        self.child(verb, &["iobj"]).or_else(two)
    }

    /// Prepositional dependents as `(preposition, noun)`; multiword prepositions joined by `-` ("in-front-of").
    pub fn obliques(&self, head: usize) -> Vec<(String, usize)> {
        let nominal = |c: &usize| match self.tree.tokens[*c].rel() {
            "obl" | "nmod" | "advcl" => true,
            "acl" => self.deprel(*c) == "acl",
            "xcomp" => self.tree.tokens[*c].upos != Upos::Verb,
            _ => false,
        };
        self.tree
            .children(head)
            .filter(nominal)
            .filter_map(|c| Some((self.case(c)?, c)))
            .collect()
    }

    /// The preposition of a nominal (or gerund).
    pub fn case(&self, token: usize) -> Option<String> {
        let mut words = Vec::new();
        for child in self.tree.children(token) {
            let rel = self.deprel(child);
            let gerund_mark = rel == "mark" && matches!(self.tree.tokens[child].upos, Upos::Sconj | Upos::Adp);
            if rel == "case" || gerund_mark {
                words.push(self.lemma(child));
                words.extend(
                    self.tree
                        .children(child)
                        .filter(|c| self.deprel(*c) == "fixed")
                        .map(|c| self.lemma(c)),
                );
            }
        }
        (!words.is_empty()).then(|| words.join("-"))
    }

    /// Particle of a verb ("carry *out*").
    pub fn particle(&self, verb: usize) -> Option<String> {
        self.child(verb, &["compound:prt"]).map(|c| self.lemma(c))
    }

    /// Whether the word is negated: not, never, no longer, "no talks".
    pub fn negated(&self, token: usize) -> bool {
        self.tree.children(token).any(|c| {
            let t = &self.tree.tokens[c];
            let lemma = t.lemma.to_lowercase();
            let word = t.form.to_lowercase();
            match t.rel() {
                "advmod" | "neg" | "cc" => {
                    matches!(lemma.as_str(), "not" | "never" | "neither")
                        || matches!(word.as_str(), "not" | "n't" | "n’t")
                }
                "det" => matches!(lemma.as_str(), "no" | "neither"),
                _ => false,
            }
        })
    }

    /// Lemmas of the auxiliaries.
    pub fn auxiliaries(&self, verb: usize) -> Vec<String> {
        let mut all: Vec<String> = self
            .tree
            .children(verb)
            .filter(|c| matches!(self.deprel(*c), "aux" | "aux:pass" | "cop"))
            .map(|c| {
                let form = self.tree.tokens[c].form.to_lowercase();
                match form.as_str() {
                    "'ll" | "’ll" | "wo" => "will".to_owned(),
                    "would" | "'d" | "’d" => "would".to_owned(),
                    "could" | "might" | "may" | "should" | "must" | "will" | "can" | "shall" | "ca" => form,
                    _ => self.lemma(c),
                }
            })
            .collect();
        if all.is_empty()
            && self.deprel(verb) == "conj"
            && self.child(verb, &["nsubj", "nsubj:pass"]).is_none()
            && let Some(head) = self.tree.tokens[verb].head
            && self.tree.tokens[head].upos == Upos::Verb
            && self.bare_form(verb)
        {
            all = self.auxiliaries(head);
        }
        all
    }

    fn bare_form(&self, verb: usize) -> bool {
        matches!(self.tree.tokens[verb].xpos.as_str(), "VB" | "VBN" | "VBG" | "")
    }

    /// Whether the verb is an infinitive with "to" (own, or shared with the verb it is coordinated with).
    pub fn infinitive(&self, verb: usize) -> bool {
        let own = self
            .tree
            .children(verb)
            .any(|c| self.deprel(c) == "mark" && self.lemma(c) == "to");
        if own {
            return true;
        }
        self.deprel(verb) == "conj"
            && self.tree.tokens[verb].xpos == "VB"
            && self.auxiliaries(verb).is_empty()
            && self.tree.tokens[verb].head.is_some_and(|h| self.infinitive(h))
    }

    /// Whether a word stands inside a relative clause.
    pub fn in_relative(&self, token: usize) -> bool {
        let mut at = Some(token);
        for _ in 0..12 {
            let Some(here) = at else { return false };
            if self.deprel(here) == "acl:relcl" {
                return true;
            }
            at = self.tree.tokens[here].head;
        }
        false
    }

    /// Lemma of the subordinating word of a clause ("if", "that", "because").
    pub fn mark(&self, verb: usize) -> Option<String> {
        self.child(verb, &["mark"]).map(|c| self.lemma(c))
    }

    /// Dependents with one of these relations, first conjuncts and those coordinated with them.
    pub fn complements(&self, head: usize, rel: &str) -> Vec<usize> {
        let mut all: Vec<usize> = self
            .tree
            .children(head)
            .filter(|c| self.tree.tokens[*c].rel() == rel)
            .collect();
        let mut n = 0;
        while n < all.len() {
            let conjuncts: Vec<usize> = self
                .tree
                .children(all[n])
                .filter(|c| self.deprel(*c) == "conj")
                .collect();
            all.extend(conjuncts);
            n += 1;
        }
        all
    }
}

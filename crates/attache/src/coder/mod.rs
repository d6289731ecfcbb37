//! Patterns over dependency trees: from a sentence to event mentions.
//!
//! Every word of a sentence is asked, from the root down, whether it carries an event ([`Reader::event_at`]). Operators
//! (promise, refuse, threaten, ask, …) change the event in their complement; patterns name an event; what an operator
//! or an argument has used up is not coded again.

pub mod compose;
pub mod matching;
pub mod modality;
pub mod second;
mod shown;
pub mod speech;
mod unnamed;
mod untold;

use attache_parse::{Sentence, Upos};

use crate::event::Status;
use crate::frame::Frame;
use crate::ontology::pattern::{Doer, Trigger, TriggerKind};
use crate::ontology::{Effect, Ontology};
use crate::resolve::memory::Kind;
use crate::resolve::party::Place;
use crate::resolve::{Party, Resolver};

/// An event as one sentence tells it.
#[derive(Debug, Clone)]
pub struct EventMention {
    /// Token that names the event.
    pub trigger: usize,
    /// Token that carries tense and negation (the trigger, its support verb, or the outermost operator).
    pub anchor: usize,
    /// Identifier of the pattern; operators are prefixed as `operator(pattern)`.
    pub pattern: String,
    /// Event type.
    pub event: String,
    /// Mode or empty.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// Who initiates; all parties of a joint act.
    pub actor: Vec<Party>,
    /// Whom it is directed at.
    pub recipient: Vec<Party>,
    /// Whether it happened.
    pub status: Status,
    /// Chance of being right before the resolution of actors is weighed in, 0 to 1.
    pub weight: f64,
    /// Tokens that express it.
    pub words: Vec<usize>,
    /// Contexts that the pattern gives.
    pub context: Vec<String>,
    /// What decided, for `explain`.
    pub why: Vec<String>,
    /// A mention in passing (a noun without a verb that asserts it).
    pub nominal: bool,
    /// The second reader's probability of this type here, 0 to 1; `None` where it did not read.
    pub second: Option<f64>,
    /// No pattern, the second reader alone found it, with this status.
    pub learned: Option<Status>,
    joint: bool,
    /// Nobody tells who does it.
    untold: bool,
    /// The pattern itself tells the status; "can" and the like leave it alone.
    settled: bool,
    /// A pattern with a condition on its complement that was met.
    complete: bool,
}

/// A pattern whose trigger is there and that lacked something.
#[derive(Debug, Clone)]
pub struct NearMiss {
    /// The pattern.
    pub pattern: String,
    /// Token of the trigger.
    pub trigger: usize,
    /// What was lacking.
    pub lacked: String,
}

/// Reads the events of one sentence.
pub struct Reader<'a> {
    pub(crate) ontology: &'a Ontology,
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) place: Place<'a>,
    pub(crate) frame: Frame<'a>,
    /// The reader beside the patterns, where there is one.
    pub(crate) second: Option<&'a second::SecondReader>,
    /// Whether patterns are read.
    patterns: bool,
    /// What failed, for `explain`; filled only on request.
    pub(crate) misses: std::cell::RefCell<Vec<NearMiss>>,
    /// Whose quotation the whole sentence stands in; nobody's where empty.
    pub(crate) within: Vec<Party>,
    /// What the sentence gives as somebody's word.
    said: std::cell::OnceCell<Vec<speech::Said>>,
}

impl<'a> Reader<'a> {
    /// A reader of sentence `number`, whose names the resolver has read.
    pub fn new(ontology: &'a Ontology, resolver: &'a Resolver<'a>, tree: &'a Sentence, number: usize) -> Self {
        let misses = std::cell::RefCell::default();
        Self {
            ontology,
            resolver,
            place: Place { tree, number },
            frame: Frame { tree },
            second: None,
            patterns: true,
            misses,
            within: Vec::new(),
            said: std::cell::OnceCell::new(),
        }
    }

    /// The same reader with a second one beside it; without `patterns` the second one is alone.
    pub fn aided_by(mut self, second: Option<&'a second::SecondReader>, patterns: bool) -> Self {
        (self.second, self.patterns) = (second, patterns);
        self
    }

    /// The same, with what the document's speech tells of the sentence.
    pub fn hearing(mut self, said: Vec<speech::Said>, within: Vec<Party>) -> Self {
        self.within = within;
        self.said = said.into();
        self
    }

    /// All events of the sentence, in text order, with the patterns that nearly fired.
    pub fn read(self) -> (Vec<EventMention>, Vec<NearMiss>) {
        let mut found: Vec<EventMention> = Vec::new();
        let mut used = vec![false; self.place.tree.tokens.len()];
        let order = if self.patterns { self.root_first() } else { Vec::new() };
        for token in order {
            if used[token] || self.is_purpose(token) {
                continue;
            }
            let Some(mention) = self.event_at(token, None, 0) else {
                if self.absorbs(token) {
                    self.use_up_content(token, &mut used);
                }
                continue;
            };
            let (before, untold) = (used.clone(), mention.untold);
            self.use_up(&mention, &mut used);
            match self.finish(mention).map(|m| (self.doubted(&m), m)) {
                // What is not believed uses up nothing: the second reader may see something else there.
                Some((true, mention)) => {
                    used = before;
                    let lacks = "the second reader's belief: it sees no such event here";
                    self.miss(&mention.pattern, mention.trigger, lacks.into());
                }
                Some((false, mention)) => found.push(mention),
                None if untold => used = before,
                None => {}
            }
        }
        found.extend(self.learned(&mut used));
        found.sort_by_key(|m| m.trigger);
        (found, self.misses.into_inner())
    }

    /// Tokens from the root down, breadth first.
    fn root_first(&self) -> Vec<usize> {
        let tree = self.place.tree;
        let mut order: Vec<usize> = tree.root().into_iter().collect();
        let mut next = 0;
        while next < order.len() {
            let at = order[next];
            order.extend(tree.children(at));
            next += 1;
        }
        order
    }

    /// An infinitive of purpose ("to discuss the crisis") or a gerund of reason ("for helping the rebels") tells no event
    /// of its own.
    fn is_purpose(&self, token: usize) -> bool {
        let t = &self.place.tree.tokens[token];
        let reason = || {
            matches!(
                self.frame.mark(token).as_deref(),
                Some("for" | "of" | "over" | "without" | "instead" | "against" | "from")
            )
        };
        matches!(t.rel(), "advcl" | "acl") && (self.frame.infinitive(token) || t.xpos == "VBG" && reason())
    }

    /// The event that a word carries. `support` is the verb that lends a noun its subject ("*held* talks").
    pub(crate) fn event_at(&self, token: usize, support: Option<usize>, depth: usize) -> Option<EventMention> {
        if depth > 6 {
            return None;
        }
        let matched = self.matched(token, support);
        // A pattern that names verb and complement together knows better than a mere demand ("ordered the envoys to leave").
        let composed = self.composed(token, support, depth);
        let complete = matched.as_ref().filter(|m| m.complete);
        if complete.is_some_and(|m| {
            composed
                .as_ref()
                .is_none_or(|c| c.event == "REQUEST" && m.event != "REQUEST")
        }) {
            return matched;
        }
        if composed.is_some() {
            return composed;
        }
        // "held talks": the noun tells the event, unless a pattern names verb and object together, or the noun lacks a
        // second side that the verb has ("flew to Cairo for consultations").
        if matched.as_ref().is_none_or(|m| m.words.len() == 1)
            && let Some(mention) = self.supported(token, depth)
        {
            let two_sided = !mention.recipient.is_empty() || mention.actor.len() > 1;
            if two_sided || matched.as_ref().is_none_or(|m| m.recipient.is_empty()) {
                return Some(mention);
            }
        }
        matched
            .or_else(|| self.bare(token, support))
            .or_else(|| modality::obliged(self, token))
    }

    /// A support verb with an event noun: "held talks", "paid a visit", "talks were held", "imposed sanctions".
    fn supported(&self, token: usize, depth: usize) -> Option<EventMention> {
        let t = &self.place.tree.tokens[token];
        if t.upos != Upos::Verb || !self.ontology.class_has("support", &self.frame.lemma(token)) {
            return None;
        }
        let noun = self
            .frame
            .object(token)
            .filter(|n| self.place.tree.tokens[*n].upos == Upos::Noun);
        let noun = noun.or_else(|| {
            let obliques = self.frame.obliques(token);
            obliques
                .into_iter()
                .find(|(p, n)| {
                    matches!(p.as_str(), "in" | "on" | "into" | "for") && self.place.tree.tokens[*n].upos == Upos::Noun
                })
                .map(|(_, n)| n)
        })?;
        let noun = self.measured(noun);
        let mut mention = self.event_at(noun, Some(token), depth + 1)?;
        mention.nominal = false;
        if mention.anchor == noun {
            mention.anchor = token;
        }
        mention.words.push(token);
        Some(mention)
    }

    /// The noun counted by a measure: "two days *of talks*", "a series *of raids*".
    fn measured(&self, noun: usize) -> usize {
        let counted = || {
            self.frame
                .obliques(noun)
                .into_iter()
                .find(|(p, _)| p == "of")
                .map(|(_, t)| t)
        };
        let measure = self.ontology.class_has("measure", &self.frame.lemma(noun));
        if measure { counted().unwrap_or(noun) } else { noun }
    }

    pub(crate) fn triggers_fit(&self, triggers: &[Trigger], token: usize) -> bool {
        triggers.iter().any(|t| self.trigger_fits(t, token))
    }

    pub(crate) fn trigger_fits(&self, trigger: &Trigger, token: usize) -> bool {
        let t = &self.place.tree.tokens[token];
        let lemma = self.frame.lemma(token);
        // Lemmatisers lose the "e" of verbs that they don't know ("telephoned").
        if lemma != trigger.lemma && trigger.lemma.strip_suffix('e') != Some(lemma.as_str()) {
            return false;
        }
        let right_kind = match trigger.kind {
            TriggerKind::Verb => t.upos == Upos::Verb,
            TriggerKind::Noun => {
                matches!(t.upos, Upos::Noun | Upos::Propn) && t.rel() != "compound" && t.rel() != "flat"
            }
            TriggerKind::Adj => matches!(t.upos, Upos::Adj) || t.upos == Upos::Verb && t.xpos == "VBN",
        };
        if !right_kind {
            return false;
        }
        match &trigger.second {
            None => true,
            Some(second) if trigger.kind == TriggerKind::Noun => self.place.tree.children(token).any(|c| {
                matches!(self.place.tree.tokens[c].rel(), "compound" | "amod") && self.frame.lemma(c) == *second
            }),
            Some(second) => {
                self.frame.particle(token).as_deref() == Some(second.as_str())
                    || self
                        .frame
                        .stranded_particle(token)
                        .is_some_and(|(particle, _)| particle == *second)
                    || self.place.tree.children(token).any(|c| {
                        matches!(self.place.tree.tokens[c].rel(), "advmod" | "xcomp" | "obl" | "obj")
                            && self.frame.lemma(c) == *second
                    })
            }
        }
    }

    /// Whether a word only talks of an event ("discussed the sanctions").
    fn absorbs(&self, token: usize) -> bool {
        let lemma = self.frame.lemma(token);
        let operators = self.ontology.operator_index.get(&lemma);
        operators.into_iter().flatten().any(|o| {
            let operator = &self.ontology.operators[*o];
            operator.effect == Effect::Absorb && self.triggers_fit(&operator.triggers, token)
        })
    }

    fn use_up_content(&self, token: usize, used: &mut [bool]) {
        let lemma = self.frame.lemma(token);
        for o in self.ontology.operator_index.get(&lemma).into_iter().flatten() {
            let operator = &self.ontology.operators[*o];
            if operator.effect == Effect::Absorb {
                for content in self.contents(operator, token) {
                    self.use_up_phrase(content, used);
                }
            }
        }
    }

    /// Marks what a mention has used: its words, and the nouns inside its arguments.
    fn use_up(&self, mention: &EventMention, used: &mut [bool]) {
        for word in &mention.words {
            used[*word] = true;
        }
        let heads: Vec<usize> = mention.words.clone();
        for head in heads {
            for child in self.place.tree.children(head) {
                let t = &self.place.tree.tokens[child];
                let argument = matches!(
                    t.rel(),
                    "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "compound" | "amod" | "xcomp"
                ) || mention.pattern.contains('(')
                    && (matches!(t.rel(), "ccomp" | "acl") || t.rel() == "advcl" && self.frame.infinitive(child))
                    && mention.words.contains(&head);
                if argument {
                    self.use_up_phrase(child, used);
                }
            }
        }
    }

    /// Marks a phrase, leaving relative, adverbial and coordinated clauses in it free.
    fn use_up_phrase(&self, top: usize, used: &mut [bool]) {
        used[top] = true;
        for child in self.place.tree.children(top).collect::<Vec<_>>() {
            let t = &self.place.tree.tokens[child];
            let clause = matches!(t.deprel.as_str(), "acl:relcl" | "parataxis")
                || t.rel() == "conj"
                    && t.upos == Upos::Verb
                    && self.place.tree.tokens[top].upos == Upos::Verb
                    && self.place.tree.has_subject(child)
                || t.rel() == "advcl" && !self.frame.infinitive(child)
                || t.rel() == "acl" && !self.frame.infinitive(child) && t.upos == Upos::Verb;
            if !clause {
                self.use_up_phrase(child, used);
            }
        }
    }

    /// Unnamed people who protest, fight or are fought in a place are of its country: "people blocked streets in Lima".
    fn located(&self, mention: &mut EventMention) {
        let nameless = |p: &&mut Party| p.code.is_none() && p.domestic;
        if !matches!(
            mention.event.as_str(),
            "PROTEST" | "COERCE" | "ASSAULT" | "CONCEDE" | "RETREAT" | "MOBILIZE"
        ) {
            return;
        }
        let coded = |side: &[Party]| side.iter().any(|p| p.code.is_some());
        if coded(&mention.actor) || coded(&mention.recipient) && mention.event != "PROTEST" {
            return;
        }
        let places = [mention.anchor, mention.trigger]
            .into_iter()
            .flat_map(|t| self.frame.obliques(t));
        let place = places
            .filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "near" | "outside" | "across" | "throughout"))
            .flat_map(|(_, t)| self.resolver.parties(self.place, t))
            .find_map(|p| p.code.filter(|c| self.ontology.country(c).is_some()));
        for party in mention.actor.iter_mut().chain(&mut mention.recipient).filter(nameless) {
            party.code.clone_from(&place);
            party.how = crate::resolve::How::Domestic;
        }
    }

    /// A noun that is the subject of a verb of happening ("talks will be held") is asserted by it.
    fn asserted(&self, mention: &mut EventMention) {
        let t = &self.place.tree.tokens[mention.trigger];
        let Some(head) = t.head.filter(|_| mention.nominal && t.rel() == "nsubj") else {
            return;
        };
        if self.ontology.class_has("happen", &self.frame.lemma(head)) && self.place.tree.tokens[head].upos == Upos::Verb
        {
            mention.anchor = head;
            mention.nominal = false;
            mention.words.push(head);
        }
    }

    /// A sanction or blockade spoken of as known ("the decades-long U.S. embargo") is in force; where its target is not
    /// named again, it is the country last spoken of besides its author and the subject of the sentence.
    fn in_force(&self, mention: &mut EventMention) {
        if !mention.nominal || !self.ontology.class_has("state", &self.frame.lemma(mention.trigger)) {
            return;
        }
        if mention.status == Status::Occurred {
            mention.status = Status::Ongoing;
        }
        let aside = self.frame.in_relative(mention.trigger);
        if aside || !mention.recipient.is_empty() || mention.actor.is_empty() || mention.event != "SANCTION" {
            return;
        }
        let subject = self.place.tree.root().and_then(|r| self.frame.subject(r));
        let mut others = subject
            .map(|s| self.resolver.parties(self.place, s))
            .unwrap_or_default();
        others.extend(mention.actor.clone());
        if let Some(party) = self.resolver.last_country(self.place, mention.trigger, &others) {
            mention
                .why
                .push("the target is not named here; taken from what comes before".into());
            mention.weight *= 0.7;
            mention.recipient.push(party);
        }
    }

    /// Whom a protest without a named target is directed at: an official or a foreign party in its purpose or cause
    /// ("to demand reforms *from the government*", "over a bill *of the minister*").
    fn protested(&self, mention: &mut EventMention) {
        if mention.event != "PROTEST" || !mention.recipient.is_empty() {
            return;
        }
        let official = |p: &Party| {
            p.sector
                .iter()
                .any(|s| matches!(s.as_str(), "GOV" | "MIL" | "COP" | "LEG" | "JUD"))
        };
        let foreign = |p: &Party| !mention.actor.iter().any(|a| a.code == p.code);
        let around: Vec<usize> = [mention.anchor, mention.trigger]
            .iter()
            .flat_map(|t| self.place.tree.children(*t))
            .collect();
        for child in around {
            if !matches!(
                self.place.tree.tokens[child].rel(),
                "advcl" | "acl" | "obl" | "nmod" | "xcomp"
            ) {
                continue;
            }
            let found: Vec<Party> = self
                .anyone_in(child, &mention.actor)
                .into_iter()
                .filter(|p| official(p) || foreign(p))
                .collect();
            let located = self
                .frame
                .case(child)
                .is_some_and(|c| matches!(c.as_str(), "in" | "at" | "near" | "outside" | "from" | "through"));
            if !found.is_empty() && !located {
                mention.recipient = found;
                mention.why.push("directed at whom its purpose or cause names".into());
                return;
            }
        }
    }

    /// Last checks of a mention: someone acts, the type's needs are met, sides are joined where the act is joint.
    fn finish(&self, mut mention: EventMention) -> Option<EventMention> {
        self.asserted(&mut mention);
        match mention.learned {
            Some(status) => mention.status = status,
            None => modality::settle(self, &mut mention)?,
        }
        self.done_by(&mut mention);
        self.in_force(&mut mention);
        self.protested(&mut mention);
        if matches!(mention.event.as_str(), "AGREE" | "SUPPORT") {
            let actor = mention.actor.clone();
            mention.recipient.retain(|r| !unnamed::own_forces(&actor, r));
        }
        self.nameless(&mut mention);
        domesticate(&mut mention);
        self.located(&mut mention);
        self.struck(&mut mention);
        if mention.joint {
            join_sides(&mut mention);
        }
        // "Gunmen killed ten in Lahore": somebody did it, of no country that the text tells.
        if !mention.untold || mention.actor.iter().any(|p| p.code.is_some()) {
            mention.actor.retain(|p| p.code.is_some());
        }
        mention.recipient.retain(|p| p.code.is_some());
        if mention.event == "MOBILIZE" {
            // One's own army is what is shown, not whom it is shown to.
            let own = mention.actor.iter().filter_map(|a| a.code.clone()).collect::<Vec<_>>();
            let forces = |r: &Party| {
                r.sector
                    .iter()
                    .any(|s| matches!(s.as_str(), "MIL" | "COP" | "GOV" | "LEG"))
            };
            mention
                .recipient
                .retain(|r| !(forces(r) && own.iter().any(|c| r.code.as_ref() == Some(c))));
        }
        let actors = mention.actor.clone();
        if mention.actor.len() + mention.recipient.len() > 1 {
            mention.recipient.retain(|r| !actors.iter().any(|a| same_party(a, r)));
        }
        let among = mention.joint && mention.actor.len() == 1 && mention.recipient.is_empty();
        if among && mention.event == "CONSULT" && mention.mode.is_empty() && of_many(&mention.actor[0]) {
            mention.mode = "multilateral".into();
        }
        let lacked = self.lacks(&mention);
        if let Some(lacked) = lacked {
            self.miss(&mention.pattern, mention.trigger, lacked);
            return None;
        }
        self.unnamed(&mut mention);
        mention.words.sort_unstable();
        mention.words.dedup();
        mention.second = self.second_opinion(&mention);
        Some(mention)
    }

    fn lacks(&self, mention: &EventMention) -> Option<String> {
        let doer = self.doer(&mention.event, &mention.mode);
        if mention.actor.is_empty() && !(mention.untold && doer == Some(Doer::Unknown)) {
            return Some("an actor with a known country or code".into());
        }
        let known = mention.actor.iter().any(|p| p.code.is_some());
        let presumed = doer != Some(Doer::Unknown) && self.definite(mention.trigger) && !mention.recipient.is_empty();
        let told = !mention.nominal || presumed;
        if !known && mention.recipient.is_empty() || mention.untold && !told {
            return Some("an actor, or a verb and someone struck".into());
        }
        if matches!(mention.event.as_str(), "CONSULT" | "AGREE" | "SUPPORT" | "COOPERATE")
            && !mention.actor.iter().chain(&mention.recipient).any(political)
        {
            return Some("a party that is a state, a body or in politics".into());
        }
        let code_of = |p: &Party| p.code.clone();
        let at_home = mention.mode == "visit"
            && !mention.recipient.is_empty()
            && mention
                .recipient
                .iter()
                .all(|r| mention.actor.iter().any(|a| code_of(a) == code_of(r)));
        if at_home {
            return Some("a host other than the visitor's own country".into());
        }
        let alone = mention.joint && mention.actor.len() < 2 && mention.recipient.is_empty();
        let meeting = mention.event == "CONSULT" || mention.pattern.contains("consult.");
        if alone && meeting && !mention.actor.iter().any(of_many) {
            return Some("a second party".into());
        }
        let needs = self
            .ontology
            .event(&mention.event)
            .is_some_and(|e| e.requires_recipient);
        if needs && mention.recipient.is_empty() && mention.actor.len() < 2 {
            return Some("a recipient, which this type requires".into());
        }
        if mention.nominal && mention.recipient.is_empty() && mention.actor.len() < 2 {
            return Some("a second party, which a mention in passing requires".into());
        }
        None
    }

    pub(crate) fn miss(&self, pattern: &str, trigger: usize, lacked: String) {
        self.misses.borrow_mut().push(NearMiss {
            pattern: pattern.to_owned(),
            trigger,
            lacked,
        });
    }
}

/// A role without a country ("students", "the opposition") belongs to the country of the other side.
fn domesticate(mention: &mut EventMention) {
    // Whose soldiers or rebels fight someone is not told by whom they fight.
    let fights = matches!(mention.event.as_str(), "ASSAULT" | "MOBILIZE" | "ACCUSE");
    let code_of = |side: &[Party]| {
        side.iter()
            .find(|p| {
                p.code
                    .as_deref()
                    .is_some_and(|c| c.len() == 3 && !matches!(c, "UNO" | "EUR" | "IGO" | "NGO" | "MNC"))
            })
            .and_then(|p| p.code.clone())
    };
    let (actor, recipient) = (code_of(&mention.actor), code_of(&mention.recipient));
    let fill = |side: &mut Vec<Party>, code: Option<String>| {
        for party in side.iter_mut().filter(|p| p.code.is_none() && p.domestic) {
            party.code = code.clone();
            party.how = crate::resolve::How::Domestic;
        }
    };
    fill(&mut mention.recipient, actor);
    let armed = |p: &Party| {
        p.sector
            .iter()
            .any(|s| matches!(s.as_str(), "MIL" | "REB" | "UAF" | "PRM"))
    };
    if !fights || !mention.actor.iter().any(armed) {
        fill(&mut mention.actor, recipient);
    }
}

/// Whether a party is a state, an official, a force, a party or a body: not merely a firm, a player or a singer.
fn political(party: &Party) -> bool {
    const PRIVATE: [&str; 10] = ["CVL", "BUS", "MED", "EDU", "LAB", "AGR", "JRN", "CRM", "UNK", "MNC"];
    let code = party.code.as_deref().unwrap_or("");
    code != "MNC" && (party.sector.is_empty() || party.sector.iter().any(|s| !PRIVATE.contains(&s.as_str())))
}

/// Whether several members of a body of states are meant, who may meet among themselves: "EU leaders", "the Arab League".
fn of_many(party: &Party) -> bool {
    matches!(party.code.as_deref(), Some("UNO" | "EUR" | "IGO")) && matches!(party.kind, Kind::People | Kind::Body)
}

fn same_party(a: &Party, b: &Party) -> bool {
    a.code == b.code && a.key == b.key
}

fn join_sides(mention: &mut EventMention) {
    let mut parties = std::mem::take(&mut mention.actor);
    for party in std::mem::take(&mut mention.recipient) {
        if !parties.iter().any(|p| same_party(p, &party)) {
            parties.push(party);
        }
    }
    mention.actor = parties;
}

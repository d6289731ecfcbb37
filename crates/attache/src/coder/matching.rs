//! Matching a pattern at its trigger.

use attache_parse::{EntityKind, Upos};

use super::{EventMention, Reader};
use crate::event::Status;
use crate::ontology::pattern::{Doer, Path, Pattern, TriggerKind};
use crate::resolve::memory::Kind;
use crate::resolve::people::ANYBODY;
use crate::resolve::{How, Party};

impl Reader<'_> {
    /// The best pattern that fits at a word.
    pub(super) fn matched(&self, token: usize, support: Option<usize>) -> Option<EventMention> {
        let candidates = self.ontology.pattern_index.get(&self.frame.lemma(token))?;
        let mut best: Option<(usize, EventMention)> = None;
        for index in candidates {
            let pattern = &self.ontology.patterns[*index];
            if !self.triggers_fit(&pattern.triggers, token) {
                continue;
            }
            match self.try_pattern(pattern, token, support) {
                Ok(mention) => {
                    let rank = (pattern.specificity() + self.two_words(pattern, token, support)) * 4
                        + usize::from(!mention.recipient.is_empty()) * 3
                        + usize::from(!mention.actor.is_empty());
                    if best.as_ref().is_none_or(|(r, _)| rank > *r) {
                        best = Some((rank, mention));
                    }
                }
                Err(lacked) => self.miss(&pattern.id, token, lacked),
            }
        }
        best.map(|(_, mention)| mention)
    }

    /// Those whom the pattern's recipient paths lead to. A state attacks or expels no forces or diplomats of its own: there
    /// "its" is looked up again without it ("India condemned Nepal and expelled *its* envoy").
    fn recipients(&self, pattern: &Pattern, token: usize, support: Option<usize>, actor: &[Party]) -> Vec<Party> {
        let paths = pattern.recipient.iter().map(std::slice::from_ref);
        let found = paths.map(|path| self.recipients_at(pattern, path, token, support, actor));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn recipients_at(
        &self,
        pattern: &Pattern,
        path: &[Path],
        token: usize,
        support: Option<usize>,
        actor: &[Party],
    ) -> Vec<Party> {
        let find = || self.role(path, token, support, false);
        let other = |r: &Party| !actor.iter().any(|a| a.head == r.head || same_state(a, r));
        let own = |r: &Party| actor.iter().any(|a| one_side(a, r));
        let mut found = self.resolver.without(actor, find);
        found.retain(other);
        let outward = match pattern.event.as_str() {
            "ASSAULT" | "SANCTION" => {
                if !found.is_empty() && found.iter().all(own) {
                    found = self.resolver.without_any(actor, find);
                }
                true
            }
            "AID" | "COOPERATE" | "SUPPORT" | "AGREE" | "CONSULT" | "THREATEN" => true,
            _ => false,
        };
        found.retain(|r| other(r) && !(outward && own(r)));
        found
    }

    /// Two words say more than one: "*bomb attack*" than "attack", "*hunger* strike" than "strike".
    fn two_words(&self, pattern: &Pattern, token: usize, support: Option<usize>) -> usize {
        let whole = |at: usize, wanted: &std::collections::HashSet<String>| {
            self.head_lemmas(at)
                .iter()
                .any(|(l, _)| l.contains(' ') && wanted.contains(l))
        };
        let object = self.frame.object(token).is_some_and(|o| whole(o, &pattern.obj));
        let governed = pattern
            .prep
            .iter()
            .any(|(p, w)| self.prepositional(token, support, p).into_iter().any(|c| whole(c, w)));
        let trigger = pattern
            .triggers
            .iter()
            .any(|t| t.second.is_some() && self.trigger_fits(t, token));
        usize::from(object) + usize::from(governed) + usize::from(trigger)
    }

    pub(super) fn try_pattern(
        &self,
        pattern: &Pattern,
        token: usize,
        support: Option<usize>,
    ) -> Result<EventMention, String> {
        let tree = self.place.tree;
        let noun = (pattern.triggers.is_empty() || pattern.triggers.iter().any(|t| t.kind == TriggerKind::Noun))
            && matches!(tree.tokens[token].upos, Upos::Noun | Upos::Propn);
        let mut words = vec![token];
        if !pattern.obj.is_empty() || !pattern.not_obj.is_empty() {
            let object = self.frame.object(token);
            let lemmas = object.map(|o| self.head_lemmas(o)).unwrap_or_default();
            if !pattern.obj.is_empty() {
                let hit = lemmas.iter().find(|(l, _)| pattern.obj.contains(l));
                let Some((_, at)) = hit else {
                    let mut wanted: Vec<&str> = pattern.obj.iter().map(String::as_str).collect();
                    wanted.sort_unstable();
                    wanted.truncate(4);
                    return Err(format!("an object such as {}", wanted.join(", ")));
                };
                words.push(*at);
            }
            // A compound alone ("a government offer") does not shut a pattern out; head and whole do.
            let alone = |at: usize| tree.tokens[at].rel() == "compound";
            if let Some((lemma, _)) = lemmas.iter().find(|(l, at)| pattern.not_obj.contains(l) && !alone(*at)) {
                return Err(format!("an object other than {lemma}"));
            }
        }
        if !pattern.comp.is_empty() {
            let complement = self.place.tree.children(token).filter(|c| match tree.tokens[*c].rel() {
                "advcl" => self.frame.infinitive(*c),
                rel => matches!(rel, "xcomp" | "ccomp"),
            });
            // "told Syria *to* …": any infinitive, as a pattern may ask for any PERSON.
            // "denied *that* …": any clause of its own subject.
            let lemmas = |c: usize| {
                let infinitive = self.frame.infinitive(c);
                let finite = !infinitive && tree.tokens[c].rel() == "ccomp";
                let any = [(infinitive, "INFINITIVE"), (finite, "CLAUSE")];
                let any = any
                    .into_iter()
                    .filter(|(is, _)| *is)
                    .map(move |(_, name)| (name.to_owned(), c));
                self.head_lemmas(c).into_iter().chain(any)
            };
            let hit = complement.flat_map(lemmas).find(|(l, _)| pattern.comp.contains(l));
            let Some((_, at)) = hit else {
                return Err("a fitting verb in its complement".into());
            };
            words.push(at);
        }
        for (prep, wanted) in &pattern.prep {
            let complement = self.prepositional(token, support, prep);
            let hit = complement.iter().find_map(|c| {
                let lemmas = self.head_lemmas(*c);
                lemmas
                    .into_iter()
                    .find(|(l, _)| wanted.is_empty() || wanted.contains(l))
                    .map(|(_, at)| at)
            });
            match hit {
                Some(at) => words.push(at),
                None => return Err(format!("`{prep}` with a fitting word")),
            }
        }
        let mut actor = self.role(&pattern.actor, token, support, true);
        let passing = noun && support.is_none() && actor.is_empty() && pattern.actor.contains(&Path::Subject);
        if passing && let Some(subject) = self.adverbial_subject(token) {
            actor = self.resolver.parties(self.place, subject);
            actor.retain(|p| p.code.is_some());
        }
        let mut recipient = self.recipients(pattern, token, support, &actor);
        let mut weight = pattern.weight;
        if recipient.is_empty() && (!pattern.joint || actor.len() == 1) {
            recipient = self.inside_object(pattern, token, support, &actor);
            recipient.retain(|r| !actor.iter().any(|a| same_state(a, r) || one_side(a, r)));
            weight *= if recipient.is_empty() { 1.0 } else { 0.9 };
        }
        let untold = match actor.is_empty() {
            true => self.untold(pattern, token, support),
            false => {
                self.doer(&pattern.event, &pattern.mode) == Some(Doer::Unknown)
                    && actor.iter().all(|a| a.code.is_none())
            }
        };
        if actor.is_empty() && !untold && !(pattern.joint && recipient.len() > 1) {
            return Err("an actor".into());
        }
        // What is in force ("the embargo") may leave its target to the sentences before.
        let known = noun && support.is_none() && self.ontology.class_has("state", &self.frame.lemma(token));
        // "welcomed the accord": a matter of state, whosever it is.
        let matter = || {
            let object = self
                .frame
                .object(token)
                .map(|o| self.head_lemmas(o))
                .unwrap_or_default();
            // One's own budget or progress is no matter between states.
            let own = || {
                let owners = self
                    .frame
                    .object(token)
                    .map(|o| self.resolver.owners(self.place, o, 0))
                    .unwrap_or_default();
                owners.iter().any(|o| actor.iter().any(|a| a.code == o.code))
            };
            object.iter().any(|(l, _)| self.ontology.class_has("matter", l)) && !own()
        };
        let known = known || !noun && recipient.is_empty() && matter();
        let lacking = !known && pattern.needs_recipient && recipient.is_empty();
        if lacking && !pattern.comp.is_empty() && !pattern.joint {
            // "The envoy asked for the file to be closed, since Iraq had paid": the only one who can be meant.
            let words: Vec<usize> = (0..tree.tokens.len()).collect();
            recipient.extend(self.only_other_than(&actor, &words, &[token]));
        }
        if lacking && recipient.is_empty() && !(pattern.joint && actor.len() > 1) {
            return Err("a recipient".into());
        }
        let anyone = untold && actor.is_empty() && pattern.actor_sector.iter().any(|s| s == "UNK");
        if !anyone {
            check_sector("actor", &pattern.actor_sector, &actor)?;
        }
        check_sector("recipient", &pattern.recipient_sector, &recipient)?;
        Ok(EventMention {
            trigger: token,
            anchor: support.unwrap_or(token),
            pattern: pattern.id.clone(),
            event: pattern.event.clone(),
            mode: pattern.mode.clone(),
            cameo: pattern.cameo.clone(),
            actor,
            recipient,
            status: pattern.status.unwrap_or(Status::Occurred),
            complete: !pattern.comp.is_empty() && !pattern.comp.contains("CLAUSE"),
            settled: pattern.status == Some(Status::Occurred),
            weight,
            words,
            context: pattern.context.clone(),
            why: Vec::new(),
            nominal: noun && support.is_none(),
            joint: pattern.joint,
            untold,
            second: None,
            learned: None,
        })
    }

    /// Lemmas of a noun phrase's head, of what it is coordinated with and, for "series of talks", of what follows "of".
    fn head_lemmas(&self, head: usize) -> Vec<(String, usize)> {
        let tree = self.place.tree;
        let mut all = vec![(self.frame.lemma(head), head)];
        // What the head names stands beside its lemma, so that a pattern may ask for any PERSON.
        if let Some(entity) = tree.entities.iter().find(|e| e.first <= head && head < e.end) {
            let kind = match entity.kind {
                EntityKind::Person => "PERSON",
                EntityKind::Organisation => "ORGANISATION",
                EntityKind::Place => "PLACE",
            };
            all.push((kind.to_owned(), head));
        }
        for child in tree.children(head) {
            let t = &tree.tokens[child];
            let of = t.rel() == "nmod" && self.frame.case(child).as_deref() == Some("of");
            let measure = self.ontology.class_has("measure", &self.frame.lemma(head));
            // "intelligence" in "intelligence agents" is not what is given or taken.
            let person = self.resolver.mentions[self.place.number].role_at(head).is_some();
            if t.rel() == "conj" || of && measure || t.rel() == "compound" && !person {
                all.push((self.frame.lemma(child), child));
            }
            if t.rel() == "compound" {
                // "peace talks" also as the two words together.
                all.push((format!("{} {}", self.frame.lemma(child), self.frame.lemma(head)), head));
            }
            if t.rel() == "amod" {
                all.push((format!("{} {}", self.frame.lemma(child), self.frame.lemma(head)), head));
            }
        }
        all
    }

    /// The parties at the first path that leads to any. Actors behind a subject path must be able to act.
    pub(super) fn role(&self, paths: &[Path], token: usize, support: Option<usize>, acting: bool) -> Vec<Party> {
        for path in paths {
            let mut parties: Vec<Party> = Vec::new();
            for head in self.walk(path, token, support) {
                parties.extend(self.resolver.parties(self.place, head));
            }
            if matches!(path, Path::Modifier | Path::ObjectOwner | Path::PrepOwner(_)) {
                parties = self.owners_at(path, token, support);
            }
            parties.retain(|p| !acting || p.how != How::Owner || self.may_act(p));
            parties.retain(|p| p.code.is_some() || p.domestic && !(acting && p.key.starts_with(ANYBODY)));
            // "his commitment to the farmers": a path that leads back to the actor leads nowhere.
            if !acting {
                let back = |p: &Party| p.how == How::Owner && self.resolver.excludes(p);
                parties.retain(|p| !back(p));
            }
            if !parties.is_empty() {
                return parties;
            }
        }
        Vec::new()
    }

    /// Things act for their owner only where they are armed or official; a country's economy does nothing to anyone.
    fn may_act(&self, party: &Party) -> bool {
        // "the Islamic Jihad movement": the body itself.
        let noun = self.frame.lemma(party.head);
        party.key.starts_with("body:") || self.ontology.class_has("acting", &noun) || self.resolver.acts(&noun)
    }

    fn owners_at(&self, path: &Path, token: usize, support: Option<usize>) -> Vec<Party> {
        let heads = match path {
            Path::Modifier => vec![token],
            Path::ObjectOwner => self.frame.object(token).into_iter().collect(),
            Path::PrepOwner(prep) => self.prepositional(token, support, prep),
            _ => Vec::new(),
        };
        heads
            .into_iter()
            .flat_map(|h| self.resolver.owners_or_before(self.place, h, 0))
            .collect()
    }

    /// The noun heads at the end of a path.
    fn walk(&self, path: &Path, token: usize, support: Option<usize>) -> Vec<usize> {
        let verb = self.place.tree.tokens[token].upos == Upos::Verb;
        match path {
            Path::Subject => match support {
                Some(support) => self.frame.subject(support).into_iter().collect(),
                None if verb => self.frame.subject(token).into_iter().collect(),
                None => self.copular_subject(token).into_iter().collect(),
            },
            Path::Object if verb => self.frame.object(token).into_iter().collect(),
            Path::Object => support.and_then(|s| self.frame.indirect(s)).into_iter().collect(),
            Path::Indirect => self.frame.indirect(support.unwrap_or(token)).into_iter().collect(),
            Path::Possessor => self
                .place
                .tree
                .children(token)
                .filter(|c| self.place.tree.tokens[*c].deprel == "nmod:poss")
                .collect(),
            Path::Prep(prep) => self.prepositional(token, support, prep),
            Path::ObjectPrep(prep) => {
                let object = self.frame.object(token);
                let inside = |o: usize| {
                    self.frame
                        .obliques(o)
                        .into_iter()
                        .filter(|(p, _)| p == prep)
                        .map(|(_, t)| t)
                        .collect()
                };
                object.map(inside).unwrap_or_default()
            }
            Path::PrepPrep(outer, inner) => {
                let complements = self.prepositional(token, support, outer);
                let inside = |c: usize| {
                    self.frame
                        .obliques(c)
                        .into_iter()
                        .filter(|(p, _)| p == inner)
                        .map(|(_, t)| t)
                };
                complements.into_iter().flat_map(inside).collect()
            }
            Path::ComplementSubject => self
                .complement(token)
                .and_then(|c| self.frame.subject(c))
                .into_iter()
                .collect(),
            Path::ComplementObject => self
                .complement(token)
                .and_then(|c| self.frame.object(c))
                .into_iter()
                .collect(),
            Path::ObjectDoer => self.frame.object(token).map(|o| self.doers(o)).unwrap_or_default(),
            Path::Modifier | Path::ObjectOwner | Path::PrepOwner(_) => Vec::new(),
        }
    }

    /// Those who do what a clause says of a noun: "the pressure put on Cuba *by Washington*".
    fn doers(&self, noun: usize) -> Vec<usize> {
        // "the pressure faced by Havana" is nobody's doing there.
        let suffers = |c: &usize| self.ontology.class_has("suffer", &self.frame.lemma(*c));
        let acl = |c: &usize| self.place.tree.tokens[*c].rel() == "acl" && !suffers(c);
        let clauses = self.place.tree.children(noun).filter(acl);
        clauses
            .filter_map(|c| self.frame.subject(c))
            .filter(|s| *s != noun)
            .collect()
    }

    fn copular_subject(&self, token: usize) -> Option<usize> {
        self.place
            .tree
            .children(token)
            .find(|c| self.place.tree.tokens[*c].rel() == "nsubj")
            .map(|c| self.frame.unrelative(c))
            .or_else(|| {
                // An adjective or noun as complement: "is seen as critical of", "remains opposed to".
                (self.place.tree.tokens[token].rel() == "xcomp")
                    .then(|| self.place.tree.tokens[token].head.and_then(|h| self.frame.subject(h)))
                    .flatten()
            })
    }

    /// The clause that a verb says something of: its complement, or the clause that it is set beside ("…, a group protested").
    fn complement(&self, token: usize) -> Option<usize> {
        let t = &self.place.tree.tokens[token];
        let below = self
            .place
            .tree
            .children(token)
            .find(|c| matches!(self.place.tree.tokens[*c].rel(), "xcomp" | "ccomp"));
        below.or_else(|| t.head.filter(|_| t.rel() == "parataxis"))
    }

    /// Complements of a preposition: of the word, of its support verb, of its objects, of the verb that it is the subject of,
    /// and of what hangs inside ("the withdrawal of some forces *from Panama*", "a visit by the premier *to Libya*").
    pub(super) fn prepositional(&self, token: usize, support: Option<usize>, prep: &str) -> Vec<usize> {
        let t = &self.place.tree.tokens[token];
        let verb = t.upos == Upos::Verb;
        let mut places = vec![token];
        places.extend(support);
        if verb {
            places.extend(self.frame.object(token));
            places.extend(self.frame.indirect(token));
        } else if t.rel() == "nsubj" {
            places.extend(t.head.filter(|h| self.place.tree.tokens[*h].upos == Upos::Verb));
        }
        let inner: &[&str] = if verb {
            &["of"]
        } else {
            &["of", "by", "between", "from", "with"]
        };
        let mut next = 0;
        while next < places.len() {
            let place = places[next];
            let obliques = self.frame.obliques(place);
            let fits = |t: usize| t != token && self.place.tree.tokens[t].rel() != "advcl";
            let found: Vec<usize> = obliques
                .iter()
                .filter(|(p, t)| p == prep && fits(*t))
                .map(|(_, t)| *t)
                .collect();
            if !found.is_empty() {
                return found;
            }
            if places.len() < 8 && Some(place) != support {
                let nominal = |t: usize| self.place.tree.tokens[t].rel() == "nmod";
                places.extend(
                    obliques
                        .into_iter()
                        .filter(|(p, t)| inner.contains(&p.as_str()) && nominal(*t))
                        .map(|(_, t)| t),
                );
            }
            next += 1;
        }
        Vec::new()
    }

    /// The one who does what a noun tells in passing: "after talks with Merkel, *Erdogan* said", "*Kerry* is in Moscow for
    /// talks with Lavrov".
    fn adverbial_subject(&self, token: usize) -> Option<usize> {
        const DURING: [&str; 14] = [
            "during",
            "after",
            "in",
            "at",
            "on",
            "following",
            "before",
            "ahead-of",
            "amid",
            "for",
            "through",
            "upon",
            "since",
            "by",
        ];
        let tree = self.place.tree;
        let mut at = token;
        for _ in 0..4 {
            let t = &tree.tokens[at];
            if !matches!(t.rel(), "obl" | "nmod") || !self.frame.case(at).is_some_and(|c| DURING.contains(&c.as_str()))
            {
                return None;
            }
            let head = t.head?;
            if tree.tokens[head].upos == Upos::Verb {
                return self.frame.subject(head);
            }
            if let Some(subject) = tree.children(head).find(|c| tree.tokens[*c].rel() == "nsubj") {
                return Some(self.frame.unrelative(subject));
            }
            at = head;
        }
        None
    }

    /// Someone named inside the object, or inside what a preposition of the pattern governs, where the recipient does not
    /// stand where it should.
    fn inside_object(&self, pattern: &Pattern, token: usize, support: Option<usize>, actor: &[Party]) -> Vec<Party> {
        if pattern.recipient.is_empty() || self.place.tree.tokens[token].upos != Upos::Verb {
            return Vec::new();
        }
        let governed = pattern
            .prep
            .iter()
            .flat_map(|(prep, _)| self.prepositional(token, support, prep));
        let phrases = self.frame.object(token).into_iter().chain(governed);
        // What words are about is no party to them ("discussed the war in Gaza"); deeds in a place touch it.
        let verbal = matches!(pattern.event.as_str(), "CONSULT" | "SUPPORT" | "AGREE" | "COOPERATE");
        let topic = |p: &Party| {
            let case = self.frame.case(p.head);
            verbal && case.is_some_and(|c| matches!(c.as_str(), "in" | "on" | "about" | "over"))
        };
        let found = phrases
            .map(|o| self.anyone_in(o, actor))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        if found.iter().any(topic) { Vec::new() } else { found }
    }
}

/// Whether two parties are one state ("the foreign ministry" and "Moscow"): it does nothing to itself.
fn same_state(a: &Party, b: &Party) -> bool {
    let official = |p: &Party| p.sector.is_empty() || p.sector.iter().any(|s| s == "GOV");
    a.code == b.code && (b.how == How::Owner || b.kind == Kind::Country && official(a) && official(b))
}

/// Whether both belong to the state of one country: a government, its minister and its troops.
fn one_side(a: &Party, b: &Party) -> bool {
    let state = |p: &Party| p.sector.is_empty() || p.sector.iter().any(|s| matches!(s.as_str(), "GOV" | "MIL"));
    let people = b.kind == Kind::People && !b.sector.iter().any(|s| s == "MIL");
    a.code.is_some() && a.code == b.code && state(a) && state(b) && !people
}

fn check_sector(what: &str, wanted: &[String], parties: &[Party]) -> Result<(), String> {
    // A nation named by its people ("young Algerians") may be citizens.
    let citizens = |p: &Party| p.kind == Kind::People && p.sector.is_empty() && wanted.iter().any(|w| w == "CVL");
    let fits = wanted.is_empty()
        || parties
            .iter()
            .any(|p| citizens(p) || p.sector.iter().any(|s| wanted.contains(s)));
    if fits {
        Ok(())
    } else {
        Err(format!("a {what} of the sectors {}", wanted.join(", ")))
    }
}

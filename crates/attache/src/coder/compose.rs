//! Operators: words that change the event in their complement.

use attache_parse::Upos;

use super::{EventMention, Reader};
use crate::event::Status;
use crate::ontology::pattern::Operator;
use crate::ontology::{Effect, Ontology};
use crate::resolve::Party;

/// The place of an effect in the derivation table.
pub(super) struct Derived {
    pub event: String,
    pub mode: String,
    pub cameo: String,
    pub status: Option<Status>,
}

/// What an effect makes of an inner event (its type, mode and CAMEO code); `None` where the table has no row.
pub(super) fn derive(ontology: &Ontology, effect: Effect, inner: Option<(&str, &str, &str)>) -> Option<Derived> {
    let wanted: Vec<String> = match inner {
        Some((event, mode, cameo)) => vec![
            cameo.to_owned(),
            cameo.chars().take(3).collect(),
            format!("{event}/{mode}"),
            event.to_owned(),
            "*".to_owned(),
        ],
        None => vec!["none".to_owned()],
    };
    let rows = || ontology.derive.iter().filter(|d| d.effect == effect);
    let row = wanted.iter().find_map(|w| rows().find(|d| d.inner.contains(w)))?;
    Some(Derived {
        event: row.event.get_ref().clone(),
        mode: row.mode.clone(),
        cameo: row.cameo.clone(),
        status: row.status,
    })
}

impl Reader<'_> {
    /// An operator at a word with an event in its content.
    pub(super) fn composed(&self, token: usize, support: Option<usize>, depth: usize) -> Option<EventMention> {
        for index in self.ontology.operator_index.get(&self.frame.lemma(token))? {
            let operator = &self.ontology.operators[*index];
            if operator.effect == Effect::Absorb || !self.triggers_fit(&operator.triggers, token) {
                continue;
            }
            for content in self.contents(operator, token) {
                // A noun may name its own doer ("a withdrawal by Israel"); else the operator's subject is meant.
                let lent = (self.place.tree.tokens[content].upos == Upos::Noun)
                    .then_some(Some(token))
                    .flatten();
                let own = self.event_at(content, None, depth + 1);
                if let Some(inner) = own.or_else(|| self.event_at(content, Some(lent?), depth + 1))
                    && let Some(mention) = self.apply(operator, token, support, inner)
                {
                    return Some(mention);
                }
            }
        }
        None
    }

    /// An operator whose word is enough: "promised help", "rejected the proposal".
    pub(super) fn bare(&self, token: usize, support: Option<usize>) -> Option<EventMention> {
        for index in self.ontology.operator_index.get(&self.frame.lemma(token))? {
            let operator = &self.ontology.operators[*index];
            if !operator.bare || !self.triggers_fit(&operator.triggers, token) {
                continue;
            }
            let Some(derived) = derive(self.ontology, operator.effect, None) else {
                continue;
            };
            let actor = self.operator_actor(token, support);
            if actor.is_empty() {
                self.miss(&operator.id, token, "an actor".into());
                continue;
            }
            let content = self.contents(operator, token).into_iter().find(|c| *c != token);
            let mut recipient = self.role(&operator.recipient, token, support, false);
            if recipient.is_empty()
                && let Some(content) = content
            {
                recipient = self.anyone_in(content, &actor);
            }
            recipient.retain(|r| !actor.iter().any(|a| a.code == r.code && a.key == r.key));
            if operator.needs_recipient && recipient.is_empty() {
                self.miss(&operator.id, token, "a recipient".into());
                continue;
            }
            let nominal = self.place.tree.tokens[token].upos == Upos::Noun && support.is_none();
            let mut words = vec![token];
            words.extend(content);
            return Some(EventMention {
                complete: false,
                settled: false,
                trigger: token,
                anchor: support.unwrap_or(token),
                pattern: operator.id.clone(),
                event: derived.event.clone(),
                mode: derived.mode,
                cameo: derived.cameo,
                actor,
                recipient,
                status: derived.status.unwrap_or(Status::Occurred),
                weight: 0.7,
                words,
                context: Vec::new(),
                why: vec![format!("{:?} of something that no pattern names", operator.effect).to_lowercase()],
                nominal,
                joint: false,
                untold: false,
                second: None,
                learned: None,
            });
        }
        None
    }

    /// Where an operator's content stands.
    pub(super) fn contents(&self, operator: &Operator, token: usize) -> Vec<usize> {
        let tree = self.place.tree;
        let mut all = Vec::new();
        for place in &operator.content {
            match place.as_str() {
                "xcomp" | "ccomp" | "advcl" | "acl" | "csubj" => {
                    let verbal = |c: usize| !matches!(tree.tokens[c].upos, Upos::Noun | Upos::Propn | Upos::Adj);
                    let clause = |c: &usize| match place.as_str() {
                        "advcl" => self.frame.infinitive(*c),
                        // "called the deal a beacon of hope" asks for nothing.
                        "xcomp" => verbal(*c),
                        _ => true,
                    };
                    let found = self.frame.complements(token, place);
                    all.extend(
                        found
                            .into_iter()
                            .filter(|c| tree.tokens[*c].deprel != "acl:relcl")
                            .filter(clause),
                    );
                }
                // "insisted that Israel withdraw": a bare verb asks, an inflected one tells.
                "subjunctive" => {
                    let bare = |c: &usize| {
                        let auxiliaries = self.frame.auxiliaries(*c);
                        tree.tokens[*c].xpos == "VB"
                            && auxiliaries
                                .iter()
                                .all(|a| matches!(a.as_str(), "should" | "must" | "be"))
                    };
                    all.extend(self.frame.complements(token, "ccomp").into_iter().filter(bare));
                }
                "obj" => {
                    let verb = tree.tokens[token].upos == Upos::Verb;
                    all.extend(verb.then(|| self.frame.object(token)).flatten());
                }
                "subj" => all.extend(tree.children(token).filter(|c| tree.tokens[*c].rel() == "nsubj")),
                prep => {
                    all.extend(
                        self.frame
                            .obliques(token)
                            .into_iter()
                            .filter(|(p, _)| p == prep)
                            .map(|(_, t)| t),
                    );
                    if tree.tokens[token].upos == Upos::Verb
                        && let Some(object) = self.frame.object(token)
                    {
                        all.extend(
                            self.frame
                                .obliques(object)
                                .into_iter()
                                .filter(|(p, _)| p == prep)
                                .map(|(_, t)| t),
                        );
                    }
                }
            }
        }
        all
    }

    fn operator_actor(&self, token: usize, support: Option<usize>) -> Vec<Party> {
        use crate::ontology::pattern::Path;
        let verb = self.place.tree.tokens[token].upos == Upos::Verb;
        let paths: &[Path] = if verb {
            &[Path::Subject]
        } else {
            &[Path::Subject, Path::Possessor, Path::Modifier]
        };
        let found = self.role(paths, token, support, true);
        if !found.is_empty() || verb {
            return found;
        }
        self.role(
            &[
                Path::Prep("by".into()),
                Path::Prep("of".into()),
                Path::Prep("from".into()),
            ],
            token,
            support,
            true,
        )
    }

    /// A phrase: first its words outside of relative and participle clauses, then those inside, except clauses that tell
    /// who suffers ("the pressure faced by Havana").
    fn named_part(&self, top: usize) -> Vec<usize> {
        let mut clauses = Vec::new();
        let mut all = self.outside_clauses(top, &mut clauses);
        all.sort_unstable();
        for clause in clauses {
            if !self.ontology.class_has("suffer", &self.frame.lemma(clause)) {
                all.extend(self.place.tree.subtree(clause));
            }
        }
        all
    }

    fn outside_clauses(&self, top: usize, clauses: &mut Vec<usize>) -> Vec<usize> {
        let mut all = vec![top];
        let mut next = 0;
        while next < all.len() {
            for child in self.place.tree.children(all[next]) {
                let t = &self.place.tree.tokens[child];
                let clause =
                    t.deprel == "acl:relcl" || matches!(t.rel(), "acl" | "advcl") && !self.frame.infinitive(child);
                if clause { clauses.push(child) } else { all.push(child) }
            }
            next += 1;
        }
        all
    }

    /// Whoever a phrase names besides the actor: its subject, else the first name, places last.
    pub(super) fn anyone_in(&self, top: usize, actor: &[Party]) -> Vec<Party> {
        let mut tokens: Vec<usize> = self.frame.subject(top).into_iter().collect();
        let inside = self.named_part(top);
        let (places, others): (Vec<usize>, Vec<usize>) = inside
            .into_iter()
            .partition(|t| self.place.tree.tokens[*t].rel() == "obl");
        tokens.extend(others);
        tokens.extend(places);
        for token in tokens {
            let t = &self.place.tree.tokens[token];
            if !matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                || matches!(t.rel(), "compound" | "flat" | "conj" | "nmod:poss")
            {
                continue;
            }
            let parties = self.resolver.parties(self.place, token);
            let parties: Vec<Party> = parties
                .into_iter()
                .filter(|p| p.code.is_some() && !actor.iter().any(|a| a.key == p.key))
                .collect();
            if !parties.is_empty() && t.upos != Upos::Pron {
                return parties;
            }
        }
        Vec::new()
    }

    fn apply(
        &self,
        operator: &Operator,
        token: usize,
        support: Option<usize>,
        inner: EventMention,
    ) -> Option<EventMention> {
        let label = format!("{}({})", operator.id, inner.pattern);
        let mut words = inner.words.clone();
        words.push(token);
        let why = [inner.why.clone(), vec![format!("{} of {}", operator.id, inner.event)]].concat();
        let changed = EventMention {
            pattern: label,
            words,
            why,
            anchor: support.unwrap_or(token),
            nominal: support.is_none() && self.place.tree.tokens[token].upos == Upos::Noun,
            ..inner.clone()
        };
        match operator.effect {
            Effect::Aspect => Some(changed),
            Effect::Fail | Effect::Deny => Some(EventMention {
                status: Status::Denied,
                ..changed
            }),
            // An attempt on a life is an act (CAMEO 185).
            Effect::Attempt if inner.event == "ASSAULT" && inner.mode == "targeted" => Some(changed),
            Effect::Attempt => Some(EventMention {
                status: Status::Hypothetical,
                ..changed
            }),
            Effect::Absorb => None,
            effect => self.transformed(operator, effect, token, support, changed, inner),
        }
    }

    /// Whether a state gives an order to its own forces or officials: then the order is the act.
    fn commands(&self, token: usize, actor: &[Party], addressed: &[Party]) -> bool {
        let armed = |p: &Party| {
            p.sector
                .iter()
                .any(|s| matches!(s.as_str(), "MIL" | "COP" | "PRM" | "SPY"))
        };
        self.ontology.class_has("command", &self.frame.lemma(token))
            && !addressed.is_empty()
            && addressed
                .iter()
                .all(|p| armed(p) && actor.iter().any(|a| a.code == p.code))
    }

    /// Effects that are events of their own: a promise, a refusal, a threat, a demand.
    fn transformed(
        &self,
        operator: &Operator,
        effect: Effect,
        token: usize,
        support: Option<usize>,
        changed: EventMention,
        inner: EventMention,
    ) -> Option<EventMention> {
        // "promised not to attack" promises, "appealed not to lift" appeals; what exactly no type names.
        let spared = self.frame.negated(inner.anchor);
        let content = (!spared).then_some((inner.event.as_str(), inner.mode.as_str(), inner.cameo.as_str()));
        let mut derived = derive(self.ontology, effect, content)?;
        let mut actor = self.operator_actor(token, support);
        // What both sides give way in is agreed, not conceded: "agreed to open a crossing".
        let sides = actor
            .first()
            .is_some_and(|first| actor.iter().any(|a| a.code.is_some() && a.code != first.code));
        if derived.event == "CONCEDE"
            && sides
            && let Some(agreed) = derive(self.ontology, effect, Some(("COOPERATE", "", "")))
        {
            derived = agreed;
        }
        if actor.is_empty() && !operator.object_control && effect != Effect::Request {
            actor = inner.actor.clone();
        }
        if actor.is_empty() {
            self.miss(&operator.id, token, "an actor".into());
            return None;
        }
        let addressed = self.role(&operator.recipient, token, support, false);
        if effect == Effect::Request && self.commands(token, &actor, &addressed) {
            return Some(EventMention {
                actor,
                recipient: inner.recipient,
                ..changed
            });
        }
        // "I want to thank you": the wish is the act; "wanted to annex Kuwait" is no demand.
        let verbal = self.place.tree.tokens[inner.trigger].rel() == "xcomp"
            || self.place.tree.tokens[inner.anchor].rel() == "xcomp";
        if effect == Effect::Request && addressed.is_empty() && operator.object_control && verbal {
            let own = !inner.actor.is_empty() && inner.actor.iter().all(|p| actor.iter().any(|a| a.key == p.key));
            if own {
                let said = matches!(inner.event.as_str(), "SUPPORT" | "CONCEDE" | "ACCUSE");
                let status = if said { Status::Occurred } else { Status::Hypothetical };
                return Some(EventMention { status, ..changed });
            }
        }
        let other = |parties: &[Party]| -> Vec<Party> {
            parties
                .iter()
                .filter(|p| !actor.iter().any(|a| a.code == p.code && a.key == p.key))
                .cloned()
                .collect()
        };
        let inner_side = match effect {
            // Whoever is to act: the subject of the content, else whom it would touch.
            Effect::Request | Effect::Accuse | Effect::Praise => {
                let doers = other(&inner.actor);
                if doers.is_empty() {
                    other(&inner.recipient)
                } else {
                    doers
                }
            }
            _ => {
                let touched = other(&inner.recipient);
                if touched.is_empty() {
                    other(&inner.actor)
                } else {
                    touched
                }
            }
        };
        let mut recipient = other(&addressed);
        if recipient.iter().all(|p| p.code.is_none() && !p.domestic) {
            recipient = inner_side;
        }
        if operator.needs_recipient && recipient.is_empty() {
            self.miss(&operator.id, token, "a recipient".into());
            return None;
        }
        // A joint promise ("agreed to hold talks") keeps all parties together.
        let one_sided =
            self.ontology.class_has("offer", &self.frame.lemma(token)) && actor.len() < 2 && !recipient.is_empty();
        let joint = matches!(effect, Effect::Commit | Effect::Future) && inner.joint && !one_sided;
        Some(EventMention {
            event: derived.event,
            mode: derived.mode,
            cameo: derived.cameo,
            actor,
            recipient,
            status: derived.status.unwrap_or(Status::Occurred),
            weight: changed.weight * 0.97,
            joint,
            ..changed
        })
    }
}

//! What is done to people of which nobody tells who does it: "ten were killed in an attack on a bus", "riots broke out in
//! Noumea", "a curfew is in force in Niamey". Who it is then, is data: the key `doer` of the rows of a type and mode
//! (data/ontology/learned.toml).

use attache_parse::Upos;

use super::{EventMention, Reader};
use crate::ontology::Pattern;
use crate::ontology::pattern::Doer;
use crate::resolve::{How, Party};

impl Reader<'_> {
    /// Who does events of this type and mode where the words leave it open; `None` where such an event is left out.
    pub(super) fn doer(&self, event: &str, mode: &str) -> Option<Doer> {
        self.ontology.learned_row(event, mode)?.doer
    }

    /// Whether the words leave open who does it: a passive without a doer, a weapon or an attack as subject, or a noun
    /// that nobody owns.
    pub(super) fn untold(&self, pattern: &Pattern, token: usize, support: Option<usize>) -> bool {
        let verb = support.unwrap_or(token);
        if self.doer(&pattern.event, &pattern.mode).is_none() || self.aside(verb) {
            return false;
        }
        let by_whom = match self.place.tree.tokens[verb].upos {
            Upos::Verb if self.frame.passive(verb) => self.frame.subject(verb),
            Upos::Verb => match self.frame.subject(verb) {
                Some(subject) => Some(subject),
                None => return false,
            },
            _ => None,
        };
        by_whom.is_none_or(|t| self.is_means(t)) && self.deliberate(verb)
    }

    /// Whether a word stands in a relative or adverbial clause: what is told there by the way needs its doer.
    fn aside(&self, token: usize) -> bool {
        let tree = self.place.tree;
        if tree.tokens[token].rel() == "amod" {
            return true;
        }
        let up = std::iter::successors(Some(token), |t| tree.tokens[*t].head);
        up.take(tree.tokens.len())
            .any(|t| matches!(tree.tokens[t].rel(), "acl" | "advcl"))
    }

    /// People are killed and things destroyed by accident too, unless the clause tells a weapon or an attack.
    fn deliberate(&self, verb: usize) -> bool {
        let harm = self.ontology.class_has("harm", &self.frame.lemma(verb));
        let means = |t: &usize| *t != verb && self.ontology.class_has("means", &self.frame.lemma(*t));
        !harm || self.clause(verb).iter().any(means)
    }

    /// "A *roadside bomb*", "the *attack*", "*gunfire*": what kills, not who.
    fn is_means(&self, token: usize) -> bool {
        self.ontology.class_has("means", &self.frame.lemma(token))
            && self
                .resolver
                .owners(self.place, token, 0)
                .iter()
                .all(|o| o.code.is_none())
    }

    /// Gives a deed that the words leave open its doer: the state of the country where it is done, or the people there.
    pub(super) fn done_by(&self, mention: &mut EventMention) {
        let Some(doer) = self.doer(&mention.event, &mention.mode) else {
            return;
        };
        let official = |p: &Party| p.sector.iter().any(|s| matches!(s.as_str(), "COP" | "GOV" | "MIL"));
        if !mention.untold || doer == Doer::Unknown && !mention.actor.iter().any(official) {
            return;
        }
        let country = self.done_in(mention).or_else(|| self.only_country(mention));
        let Some(country) = country else { return };
        for party in mention.actor.iter_mut().filter(|p| official(p)) {
            party.code.clone_from(&country.code);
            party.how = How::Domestic;
        }
        if !mention.actor.is_empty() {
            return;
        }
        let (sector, told) = match doer {
            Doer::State => ("GOV", "its doer is not told; taken for the state where it is done"),
            _ => ("CVL", "its doer is not told; taken for the people where it is done"),
        };
        mention.why.push(told.into());
        mention.actor.push(Party {
            sector: vec![sector.to_owned()],
            how: How::Domestic,
            ..country
        });
    }

    /// The first country in which the clause puts it.
    fn done_in(&self, mention: &EventMention) -> Option<Party> {
        let anchor = &self.place.tree.tokens[mention.anchor];
        // "Riots broke out *in Lima*."
        let verb = anchor
            .head
            .filter(|_| anchor.upos != Upos::Verb && anchor.rel() == "nsubj");
        let clause = self.clause(verb.unwrap_or(mention.anchor));
        let placed = clause.into_iter().filter(|t| self.is_place(*t));
        placed.flat_map(|t| self.lies_in(t)).next()
    }

    /// The only country that the sentence names, unless it is that of those to whom it is done.
    fn only_country(&self, mention: &EventMention) -> Option<Party> {
        let words: Vec<usize> = (0..self.place.tree.tokens.len()).collect();
        let foreign = |p: &Party| !mention.recipient.iter().any(|r| r.code == p.code);
        self.only_other(&words, mention)
            .filter(|p| foreign(p) && p.code.as_deref().is_some_and(|c| self.ontology.country(c).is_some()))
            .map(|p| self.resolver.as_country(&p))
    }

    /// "*The* arrest of a senator", "*his* arrest": a noun that takes its event for known.
    pub(super) fn definite(&self, token: usize) -> bool {
        let tree = self.place.tree;
        tree.children(token).any(|c| {
            let t = &tree.tokens[c];
            t.deprel == "nmod:poss" || t.rel() == "det" && matches!(t.lemma.as_str(), "the" | "this" | "that")
        })
    }

    /// Whom violence by nobody knows whom strikes, where only the place is told: those of the place.
    pub(super) fn struck(&self, mention: &mut EventMention) {
        let known = |side: &[Party]| side.iter().any(|p| p.code.is_some());
        if !mention.untold || known(&mention.recipient) || known(&mention.actor) {
            return;
        }
        if self.doer(&mention.event, &mention.mode) != Some(Doer::Unknown) {
            return;
        }
        let Some(country) = self.done_in(mention) else { return };
        if mention.recipient.is_empty() {
            mention.recipient.push(country);
            return;
        }
        for party in mention.recipient.iter_mut().filter(|p| p.domestic) {
            party.code.clone_from(&country.code);
            party.how = How::Domestic;
        }
    }
}

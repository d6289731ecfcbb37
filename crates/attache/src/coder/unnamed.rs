//! Whom an act is directed at where its words do not name the recipient, or name people without a country.
//!
//! Which ways are tried, and in which order, is data: the keys `unnamed` and `nameless` of the rows of a type and mode
//! (data/ontology/learned.toml) or of a pattern, chosen by measuring on labelled text.

use attache_parse::Upos;

use super::{EventMention, Reader};
use crate::ontology::Pattern;
use crate::ontology::pattern::Unnamed;
use crate::resolve::{How, Party};

/// What a guess costs: the weight of a mention whose recipient is taken from around it.
const GUESSED: f64 = 0.8;

impl Reader<'_> {
    /// Gives a mention without a recipient the one that its row tells to look for.
    pub(super) fn unnamed(&self, mention: &mut EventMention) {
        if !mention.recipient.is_empty() || mention.joint || mention.actor.is_empty() {
            return;
        }
        let ways = self.ways(mention, |row| row.unnamed.as_deref());
        let Some((way, party)) = self.first_of(ways, mention) else {
            return;
        };
        mention.why.push(format!("no recipient is named; {}", way.tells()));
        mention.weight *= GUESSED;
        mention.recipient.push(party);
    }

    /// Gives people without a country ("five thousand villagers") the country that the row tells to look for; the actor's own
    /// is what remains.
    pub(super) fn nameless(&self, mention: &mut EventMention) {
        let without = |p: &Party| p.code.is_none() && p.domestic;
        if !mention.recipient.iter().any(without) || mention.recipient.iter().any(|p| p.code.is_some()) {
            return;
        }
        let ways = self.ways(mention, |row| row.nameless.as_deref());
        let Some((way, country)) = self.first_of(ways, mention) else {
            return;
        };
        mention
            .why
            .push(format!("the recipient has no country; {}", way.tells()));
        for party in mention.recipient.iter_mut().filter(|p| without(p)) {
            party.code.clone_from(&country.code);
            party.how = How::Domestic;
        }
    }

    /// The ways of the mention's pattern, or else of the row of its type and mode.
    fn ways(&self, mention: &EventMention, of: impl Fn(&Pattern) -> Option<&[Unnamed]>) -> &[Unnamed] {
        let row = || self.ontology.learned_row(&mention.event, &mention.mode);
        // An event that an operator made is no longer the pattern's own; its name has brackets.
        let own = self.ontology.pattern(&mention.pattern).and_then(&of);
        own.or_else(|| row().and_then(&of)).unwrap_or_default()
    }

    fn first_of(&self, ways: &[Unnamed], mention: &EventMention) -> Option<(Unnamed, Party)> {
        ways.iter().find_map(|way| Some((*way, self.one_by(*way, mention)?)))
    }

    fn one_by(&self, way: Unnamed, mention: &EventMention) -> Option<Party> {
        let tree = self.place.tree;
        match way {
            Unnamed::Place => self.scene(mention),
            Unnamed::Clause => self.only_other(&self.clause(mention.anchor), mention),
            Unnamed::Sentence => self.only_other(&(0..tree.tokens.len()).collect::<Vec<_>>(), mention),
            Unnamed::Before => self.resolver.last_country(self.place, mention.trigger, &mention.actor),
            Unnamed::Home => self.home(mention),
        }
    }

    /// The country of all actors.
    fn home(&self, mention: &EventMention) -> Option<Party> {
        let first = mention.actor.iter().find(|a| a.code.is_some())?;
        let code = first.code.as_deref()?;
        let national = self.ontology.country(code).is_some();
        let alone = mention.actor.iter().all(|a| a.code == first.code);
        (national && alone).then(|| Party {
            how: How::Domestic,
            ..self.resolver.as_country(first)
        })
    }

    /// The foreign country where it is done: "paratroopers landed *in Kigali*".
    fn scene(&self, mention: &EventMention) -> Option<Party> {
        let object = self.frame.object(mention.trigger);
        let heads = [Some(mention.trigger), Some(mention.anchor), object];
        let recipients = mention.recipient.iter().map(|r| Some(r.head));
        let places = heads.into_iter().chain(recipients).flatten();
        let behind = places.flat_map(|h| self.frame.obliques(h)).filter(|(case, _)| {
            matches!(
                case.as_str(),
                "in" | "at" | "outside" | "across" | "throughout" | "into" | "over" | "inside"
            )
        });
        let near = behind
            .flat_map(|(_, t)| self.lies_in(t))
            .find(|p| self.other_country(p, &mention.actor));
        near.or_else(|| self.whole_scene(mention))
    }

    /// The first other country where the clause puts it, or the clause that it is the outcome of: "missiles struck a market
    /// *in the Ukrainian town of Kostiantynivka*, killing ten".
    fn whole_scene(&self, mention: &EventMention) -> Option<Party> {
        let tree = self.place.tree;
        let outcome = tree.tokens[mention.anchor].rel() == "advcl" && !tree.has_subject(mention.anchor);
        let top = tree.tokens[mention.anchor].head.filter(|_| outcome);
        let clause = self.clause(top.unwrap_or(mention.anchor));
        let placed = clause.into_iter().filter(|t| self.is_place(*t));
        placed
            .flat_map(|t| self.lies_in(t))
            .find(|p| self.other_country(p, &mention.actor))
    }

    /// Whether a word stands behind a preposition of place.
    pub(super) fn is_place(&self, token: usize) -> bool {
        let nominal = matches!(self.place.tree.tokens[token].rel(), "obl" | "nmod");
        nominal
            && self.frame.case(token).is_some_and(|c| {
                matches!(
                    c.as_str(),
                    "in" | "at" | "outside" | "across" | "throughout" | "inside" | "over" | "into"
                )
            })
    }

    /// The countries in which a place lies, as far as its words tell: "Ryazan", "the Russian city of Ryazan".
    pub(super) fn lies_in(&self, token: usize) -> Vec<Party> {
        let coded = |parties: Vec<Party>| -> Vec<Party> {
            let countries = parties
                .into_iter()
                .filter(|p| p.code.as_deref().is_some_and(|c| self.ontology.country(c).is_some()));
            countries.map(|p| self.resolver.as_country(&p)).collect()
        };
        let own = coded(self.resolver.parties(self.place, token));
        if !own.is_empty() {
            return own;
        }
        let owners = coded(self.resolver.owners(self.place, token, 0));
        if !owners.is_empty() {
            return owners;
        }
        let of = self.frame.obliques(token).into_iter().filter(|(case, _)| case == "of");
        of.flat_map(|(_, t)| coded(self.resolver.parties(self.place, t)))
            .collect()
    }

    /// The only other country or body named at these words, whoever merely tells of it aside.
    pub(super) fn only_other(&self, words: &[usize], mention: &EventMention) -> Option<Party> {
        self.only_other_than(&mention.actor, words, &[mention.trigger, mention.anchor])
    }

    /// The same besides `actor`, where the words of the act are known and no mention is made yet.
    pub(super) fn only_other_than(&self, actor: &[Party], words: &[usize], act: &[usize]) -> Option<Party> {
        let tree = self.place.tree;
        let mut others: Vec<Party> = Vec::new();
        for token in words {
            let t = &tree.tokens[*token];
            let heads = matches!(t.upos, Upos::Noun | Upos::Propn) && !matches!(t.rel(), "compound" | "flat");
            if !heads || self.tells(*token, act) || self.resolver.only_where(self.place, *token) {
                continue;
            }
            for party in self.resolver.parties(self.place, *token) {
                let named = matches!(
                    party.how,
                    How::Name | How::Role | How::Apposition | How::Again | How::Owner
                );
                let body = matches!(party.code.as_deref(), Some("EUR" | "UNO" | "IGO"));
                let other = self.other_country(&party, actor) || body && !actor.iter().any(|a| a.code == party.code);
                if named && other && !others.iter().any(|o| o.code == party.code) {
                    others.push(party);
                }
            }
        }
        if others.len() == 1 { others.pop() } else { None }
    }

    fn other_country(&self, party: &Party, actor: &[Party]) -> bool {
        let country = party
            .code
            .as_deref()
            .is_some_and(|c| self.ontology.country(c).is_some());
        country && !actor.iter().any(|a| a.code == party.code)
    }

    /// Whether a word belongs to a verb of saying that is not the act itself: "…, *UN observers* reported *in Geneva*".
    fn tells(&self, token: usize, act: &[usize]) -> bool {
        let t = &self.place.tree.tokens[token];
        let Some(head) = t.head.filter(|_| matches!(t.rel(), "nsubj" | "obl")) else {
            return false;
        };
        !act.contains(&head) && self.ontology.class_has("speech", &self.frame.lemma(head))
    }

    /// The words of a clause without coordinated clauses of their own subject and what is set beside it.
    pub(super) fn clause(&self, top: usize) -> Vec<usize> {
        let tree = self.place.tree;
        let mut words = vec![top];
        let mut next = 0;
        while next < words.len() {
            let inside = tree.children(words[next]).filter(|c| {
                let t = &tree.tokens[*c];
                t.rel() != "parataxis"
                    && !(t.rel() == "conj" && t.upos == Upos::Verb && self.place.tree.has_subject(*c))
            });
            words.extend(inside);
            next += 1;
        }
        words.sort_unstable();
        words
    }
}

/// Whether a state's soldiers are spoken of ("pledged *troops*"): they are what is sent, not whom.
pub(super) fn own_forces(actor: &[Party], r: &Party) -> bool {
    let state = |p: &Party| p.sector.is_empty() || p.sector.iter().any(|s| s == "GOV");
    let forces = r.code.is_none() && r.domestic && r.sector.iter().any(|s| s == "MIL");
    forces && !actor.is_empty() && actor.iter().all(|a| a.code.is_some() && state(a))
}

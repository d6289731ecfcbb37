//! What an event was about: PLOVER's contexts, by the words of its clause, of its sentence and, weaker, of its document.

use std::collections::BTreeSet;

use attache_parse::Sentence;

use crate::coder::EventMention;
use crate::ontology::Ontology;
use crate::ontology::context::{ContextWord, Shows, atoms};

/// A word of a context in a sentence.
#[derive(Debug, Clone, Copy)]
struct Hit<'a> {
    phrase: &'a ContextWord,
    /// First token.
    first: usize,
    /// One past the last.
    end: usize,
}

impl Hit<'_> {
    /// Whether it is of the same context as another, whose tokens it covers.
    fn covers(&self, other: &Hit) -> bool {
        self.phrase.context == other.phrase.context && self.first <= other.first && other.end <= self.end
    }
}

/// The words of contexts in a document.
pub(crate) struct Contexts<'a> {
    ontology: &'a Ontology,
    hits: Vec<Vec<Hit<'a>>>,
    /// Strong words of the whole document by context.
    document: Vec<BTreeSet<&'a [String]>>,
}

/// Records have no more contexts than that.
const MOST: usize = 3;
/// What a strong word in the event's own clause counts, which is also what a context needs.
const ENOUGH: f64 = 3.0;
/// A strong word elsewhere in the sentence.
const BESIDE: f64 = 2.0;
/// A weak word in the clause, elsewhere in the sentence.
const HINT: (f64, f64) = (1.0, 0.5);
/// A strong word elsewhere in the document, and what they count together at most.
const AROUND: (f64, f64) = (0.5, 1.5);
/// An event type that speaks for a context.
const TYPE: f64 = 1.5;

impl<'a> Contexts<'a> {
    /// Finds the words.
    pub fn find(ontology: &'a Ontology, sentences: &[Sentence]) -> Self {
        let hits: Vec<Vec<Hit<'a>>> = sentences.iter().map(|s| hits(ontology, s)).collect();
        let mut document = vec![BTreeSet::new(); ontology.contexts.len()];
        for Hit { phrase, .. } in hits.iter().flatten().filter(|h| h.phrase.shows == Shows::Strongly) {
            document[phrase.context].insert(&phrase.words[..]);
        }
        Self {
            ontology,
            hits,
            document,
        }
    }

    /// The contexts of a mention, likeliest first; those that its pattern gives come before all others.
    pub fn of(&self, mention: &EventMention, number: usize, tree: &Sentence) -> Vec<String> {
        let clause = clause(mention, tree);
        let typed = format!("{}/{}", mention.event, mention.mode);
        let mut scored: Vec<(f64, usize)> = (0..self.ontology.contexts.len())
            .map(|context| (self.score(context, mention, &typed, number, &clause), context))
            .filter(|(score, _)| *score >= ENOUGH)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut all = mention.context.clone();
        for (_, context) in scored {
            let name = &self.ontology.contexts[context].name;
            if all.len() < MOST && !all.contains(name) {
                all.push(name.clone());
            }
        }
        all
    }

    /// `typed` is the mention's `TYPE/mode`.
    fn score(&self, context: usize, mention: &EventMention, typed: &str, number: usize, clause: &[bool]) -> f64 {
        let named = &self.ontology.contexts[context];
        let mut score = 0.0;
        let mut here: BTreeSet<&[String]> = BTreeSet::new();
        let of_it = || self.hits[number].iter().filter(|h| h.phrase.context == context);
        // A word counts once, where it counts most.
        let inside = |h: &&Hit| (h.first..h.end).any(|t| clause[t]);
        let (near, far): (Vec<&Hit>, Vec<&Hit>) = of_it().partition(inside);
        for (hits, strong, weak) in [(near, ENOUGH, HINT.0), (far, BESIDE, HINT.1)] {
            for hit in hits {
                if here.insert(&hit.phrase.words) {
                    score += if hit.phrase.shows == Shows::Strongly {
                        strong
                    } else {
                        weak
                    };
                }
            }
        }
        let elsewhere = self.document[context]
            .iter()
            .filter(|words| !here.contains(*words))
            .count();
        if score > 0.0 {
            score += (elsewhere as f64 * AROUND.0).min(AROUND.1);
        }
        if named.events.iter().any(|event| event == typed) {
            score += ENOUGH;
        } else if named.events.contains(&mention.event) {
            score += TYPE;
        }
        let parties = mention.actor.iter().chain(&mention.recipient);
        if parties.flat_map(|p| &p.sector).any(|s| named.sectors.contains(s)) {
            score += ENOUGH;
        }
        score
    }
}

/// The tokens of a mention's own clause: what hangs on it but for relative and coordinated clauses.
fn clause(mention: &EventMention, tree: &Sentence) -> Vec<bool> {
    let mut inside = vec![false; tree.tokens.len()];
    let mut stack = vec![mention.anchor, mention.trigger];
    stack.extend(&mention.words);
    while let Some(at) = stack.pop() {
        if std::mem::replace(&mut inside[at], true) {
            continue;
        }
        stack.extend(tree.children(at).filter(|c| {
            let t = &tree.tokens[*c];
            !(t.deprel == "acl:relcl"
                || t.rel() == "parataxis"
                || matches!(t.rel(), "conj" | "advcl") && tree.has_subject(*c))
        }));
    }
    inside
}

/// The words of contexts in a sentence, without those that mean something else there.
fn hits<'a>(ontology: &'a Ontology, tree: &Sentence) -> Vec<Hit<'a>> {
    // Words with the token that they come from; for whole tokens also the lemma.
    let mut words: Vec<(usize, String, Option<String>)> = Vec::new();
    for (token, t) in tree.tokens.iter().enumerate() {
        let parts = atoms(&t.form);
        let lemma = (parts.len() == 1).then(|| t.lemma.to_lowercase());
        words.extend(parts.into_iter().map(|p| (token, p, lemma.clone())));
    }
    let fits = |at: usize, word: &str| {
        words
            .get(at)
            .is_some_and(|(_, form, lemma)| form == word || lemma.as_deref() == Some(word))
    };
    let mut found: Vec<Hit> = Vec::new();
    for at in 0..words.len() {
        let (_, form, lemma) = &words[at];
        let lemma = lemma.as_deref().filter(|l| l != form);
        let phrases = ontology.context_words.beginning(form).iter();
        let phrases = phrases.chain(lemma.map(|l| ontology.context_words.beginning(l)).unwrap_or_default());
        for phrase in phrases {
            if phrase.words.iter().enumerate().all(|(n, w)| fits(at + n, w)) {
                found.push(Hit {
                    phrase,
                    first: words[at].0,
                    end: words[at + phrase.words.len() - 1].0 + 1,
                });
            }
        }
    }
    let (barred, mut found): (Vec<Hit>, Vec<Hit>) = found.into_iter().partition(|h| h.phrase.shows == Shows::Not);
    found.retain(|h| !barred.iter().any(|b| b.covers(h)));
    // Of words within words the longest counts.
    let all = found.clone();
    let length = |h: &Hit| h.end - h.first;
    let outdoes = |l: &Hit, h: &Hit| {
        l.covers(h) && (length(l) > length(h) || l.phrase.shows < h.phrase.shows && length(l) == length(h))
    };
    found.retain(|h| !all.iter().any(|l| outdoes(l, h)));
    found
}

//! Sentences as Universal Dependencies trees.

use crate::Span;

/// The 17 universal part-of-speech tags (UD v2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags, in alphabetical order of their CoNLL-U names.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The name in CoNLL-U, such as `PROPN`.
    pub fn name(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }

    /// The tag of that CoNLL-U name.
    pub fn from_name(name: &str) -> Option<Upos> {
        Upos::ALL.into_iter().find(|u| u.name() == name)
    }
}

/// Morphological features as UD writes them, `Name=Value` pairs joined by `|` in alphabetical order; empty for none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Feats(pub String);

impl Feats {
    /// The value of one feature, such as `get("Tense") == Some("Past")`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| {
            pair.split_once('=')
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value)
        })
    }

    /// Whether the feature has that value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where the word stands in the text that was parsed, in bytes.
    pub span: Span,
    /// The word as written.
    pub form: String,
    /// Dictionary form; lower case except for proper nouns.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag (`NN`, `VBD`, …); empty where not known.
    pub xpos: String,
    /// Morphological features.
    pub feats: Feats,
    /// Index of the governing token in the sentence; `None` for the root. Exactly one token is the root.
    pub head: Option<usize>,
    /// Relation to the head with its subtype where UD English has one: `nsubj`, `nsubj:pass`, `acl:relcl`, `nmod:poss`, …; `root` for the root.
    pub deprel: String,
    /// Whether white space follows in the text.
    pub space_after: bool,
    /// Scores of the second head's labels, natural logarithms up to a constant within each kind, in the order of
    /// `attache_model_en::EVENT_LABELS`; empty for trees that the network did not make.
    pub scores: Vec<f32>,
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn rel(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }
}

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation: state body, company, party, group.
    Organisation,
    /// A place: country, city, river, building.
    Place,
}

/// Consecutive tokens that name one person, organisation or place.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityMention {
    /// Index of the first token in the sentence.
    pub first: usize,
    /// Index one past the last token.
    pub end: usize,
    /// Kind of the named thing.
    pub kind: EntityKind,
}

/// One sentence with its tree and its names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Where the sentence stands in the text that was parsed, in bytes, without surrounding white space.
    pub span: Span,
    /// Words in text order.
    pub tokens: Vec<Token>,
    /// Names, in text order, not overlapping.
    pub entities: Vec<EntityMention>,
}

impl Sentence {
    /// Indices of the tokens that depend directly on `head`, in text order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens
            .iter()
            .enumerate()
            .filter(move |(_, t)| t.head == Some(head))
            .map(|(i, _)| i)
    }

    /// Index of the root, if the sentence has any token.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }

    /// The first token of a group whose head stands outside of it.
    pub fn head_among(&self, inside: impl Fn(usize) -> bool) -> Option<usize> {
        let out = |token: &Token| token.head.is_none_or(|head| !inside(head));
        (0..self.tokens.len()).find(|at| inside(*at) && out(&self.tokens[*at]))
    }

    /// Whether a word has a subject of its own.
    pub fn has_subject(&self, word: usize) -> bool {
        self.children(word).any(|child| self.tokens[child].rel() == "nsubj")
    }

    /// All tokens dominated by `top`, itself included, in text order.
    pub fn subtree(&self, top: usize) -> Vec<usize> {
        let n = self.tokens.len();
        let (mut known, mut inside) = (vec![false; n], vec![false; n]);
        if top < n {
            (known[top], inside[top]) = (true, true);
        }
        // Every token asks its governors once; what lies on the way learns the answer too.
        let mut path = Vec::new();
        for token in 0..n {
            let mut at = token;
            while !known[at] {
                known[at] = true;
                path.push(at);
                match self.tokens[at].head {
                    Some(head) if head < n => at = head,
                    _ => break,
                }
            }
            let dominated = inside[at];
            path.drain(..).for_each(|passed| inside[passed] = dominated);
        }
        (0..n).filter(|token| inside[*token]).collect()
    }

    /// The span from the token `first` to the one before `end`; at least that of `first`, at most to the sentence's end.
    ///
    /// # Panics
    /// Where there is no token `first`.
    pub fn words(&self, first: usize, end: usize) -> Span {
        let last = end.min(self.tokens.len()).max(first + 1) - 1;
        self.tokens[first].span.cover(self.tokens[last].span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(heads: &[Option<usize>]) -> Sentence {
        let token = |head: &Option<usize>| Token {
            span: Span::default(),
            form: String::new(),
            lemma: String::new(),
            upos: Upos::X,
            xpos: String::new(),
            feats: Feats::default(),
            head: *head,
            deprel: String::new(),
            space_after: false,
            scores: Vec::new(),
        };
        Sentence {
            tokens: heads.iter().map(token).collect(),
            ..Sentence::default()
        }
    }

    #[test]
    fn subtrees_hold_what_hangs_below() {
        let tree = sentence(&[Some(1), None, Some(4), Some(2), Some(1)]);
        assert_eq!(tree.subtree(1), [0, 1, 2, 3, 4]);
        assert_eq!(tree.subtree(4), [2, 3, 4]);
        assert_eq!(tree.subtree(0), [0]);
        assert!(tree.subtree(5).is_empty());
    }

    #[test]
    fn subtrees_of_broken_trees_end() {
        // A ring of two, one hanging on it, and a head outside of the sentence.
        let tree = sentence(&[Some(1), Some(0), Some(1), Some(9)]);
        assert_eq!(tree.subtree(0), [0, 1, 2]);
        assert_eq!(tree.subtree(2), [2]);
        assert_eq!(tree.subtree(3), [3]);
    }
}

//! Quotation marks: which words stand between them, within a sentence and across sentences and paragraphs.

use attache_parse::{Sentence, Upos};

/// The words between two quotation marks, marks included, as far as they stand in one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First token: the opening mark, or the first word where the quotation began before.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

impl Piece {
    /// Whether a token stands in it.
    pub fn holds(&self, token: usize) -> bool {
        self.first <= token && token < self.end
    }
}

/// A quotation: the pieces of one pair of marks.
#[derive(Debug, Clone, Default)]
pub struct Quotation {
    /// Sentence and piece, in text order.
    pub pieces: Vec<(usize, Piece)>,
    /// It goes on from the paragraph before.
    pub continues: bool,
}

/// The quotations of a document.
#[derive(Debug, Clone, Default)]
pub struct Quotations {
    /// All of them, in text order.
    pub all: Vec<Quotation>,
    /// Pieces by sentence.
    pub pieces: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Straight,
    Curly,
    Angle,
    Low,
    Single,
}

/// Sentences that a quotation may run over; longer ones have lost a mark.
const LONGEST: usize = 30;

impl Quotations {
    /// Finds them; `blocks` numbers the paragraph of each sentence.
    pub fn find(sentences: &[Sentence], blocks: &[usize]) -> Quotations {
        let mut found = Quotations {
            all: Vec::new(),
            pieces: vec![Vec::new(); sentences.len()],
        };
        let mut carried = false;
        let mut from = 0;
        while from < sentences.len() {
            let block = blocks.get(from);
            let to = (from..sentences.len())
                .find(|n| blocks.get(*n) != block)
                .unwrap_or(sentences.len());
            carried = found.paragraph(sentences, from, to, carried);
            from = to;
        }
        for (sentence, piece) in found.all.iter().flat_map(|q| &q.pieces) {
            found.pieces[*sentence].push(*piece);
        }
        found
    }

    /// The pieces of a sentence by itself.
    pub fn of_sentence(tree: &Sentence) -> Vec<Piece> {
        let mut found = Self::find(std::slice::from_ref(tree), &[0]);
        found.pieces.pop().unwrap_or_default()
    }

    /// Reads the sentences `from..to` of one paragraph and says whether its last quotation stays open.
    fn paragraph(&mut self, sentences: &[Sentence], from: usize, to: usize, carried: bool) -> bool {
        let mut open: Option<(Mark, usize, usize)> = None;
        for number in from..to {
            let tree = &sentences[number];
            for token in 0..tree.tokens.len() {
                match open {
                    None => {
                        if let Some(mark) = opens(tree, token)
                            && (mark != Mark::Single || single_closes(sentences, number, token, to))
                        {
                            open = Some((mark, number, token));
                        }
                    }
                    Some((mark, sentence, first)) => {
                        if closes(tree, token, mark) {
                            self.keep(sentences, (sentence, first), (number, token + 1));
                            open = None;
                        }
                    }
                }
            }
        }
        let first_word = sentences
            .get(from)
            .is_some_and(|tree| !tree.tokens.is_empty() && opens(tree, 0).is_some());
        if carried
            && first_word
            && let Some(quotation) = self
                .all
                .iter_mut()
                .find(|q| q.pieces.first().is_some_and(|p| p.0 == from))
        {
            quotation.continues = true;
        }
        let Some((mark, sentence, first)) = open else {
            return false;
        };
        let goes_on = mark != Mark::Single
            && sentences
                .get(to)
                .is_some_and(|next| !next.tokens.is_empty() && opens(next, 0) == Some(mark));
        // A mark that is never closed quotes no more than its own sentence.
        let last = if goes_on { to - 1 } else { sentence };
        let end = (last, sentences[last].tokens.len());
        self.keep(sentences, (sentence, first), end);
        if carried
            && (sentence, first) == (from, 0)
            && let Some(quotation) = self.all.last_mut()
        {
            quotation.continues = true;
        }
        goes_on
    }

    fn keep(&mut self, sentences: &[Sentence], from: (usize, usize), to: (usize, usize)) {
        if to.0 - from.0 > LONGEST {
            return;
        }
        let mut pieces = Vec::new();
        for (number, sentence) in sentences.iter().enumerate().take(to.0 + 1).skip(from.0) {
            let first = if number == from.0 { from.1 } else { 0 };
            let end = if number == to.0 { to.1 } else { sentence.tokens.len() };
            if first < end {
                pieces.push((number, Piece { first, end }));
            }
        }
        self.all.push(Quotation {
            pieces,
            continues: false,
        });
    }
}

fn spaced_before(tree: &Sentence, token: usize) -> bool {
    token == 0
        || tree.tokens[token - 1].space_after
        || matches!(tree.tokens[token - 1].form.as_str(), "(" | "[" | "-" | "–" | "—" | "/")
}

/// The mark that a token opens a quotation with.
fn opens(tree: &Sentence, token: usize) -> Option<Mark> {
    let t = &tree.tokens[token];
    let before_word = !t.space_after && token + 1 < tree.tokens.len();
    match t.form.as_str() {
        "“" | "``" => Some(Mark::Curly),
        "«" => Some(Mark::Angle),
        "„" => Some(Mark::Low),
        "\"" => (spaced_before(tree, token) || before_word).then_some(Mark::Straight),
        "‘" | "'" | "`" => (before_word && spaced_before(tree, token)).then_some(Mark::Single),
        _ => None,
    }
}

fn closes(tree: &Sentence, token: usize, mark: Mark) -> bool {
    let t = &tree.tokens[token];
    match (t.form.as_str(), mark) {
        ("”" | "''" | "\"", Mark::Curly) | ("»", Mark::Angle) | ("“" | "”" | "\"", Mark::Low) => true,
        ("\"" | "”", Mark::Straight) => true,
        ("’" | "'", Mark::Single) => single_end(tree, token),
        _ => false,
    }
}

/// Whether an apostrophe that stands alone may close a quotation: not that of "the workers' demands".
fn single_end(tree: &Sentence, token: usize) -> bool {
    let t = &tree.tokens[token];
    let ends = t.space_after
        || tree
            .tokens
            .get(token + 1)
            .is_none_or(|next| next.upos == Upos::Punct && !next.form.starts_with(char::is_alphanumeric));
    ends && t.rel() != "case" && token > 0 && !spaced_before(tree, token)
}

/// Whether a single mark is closed again within its paragraph, soon enough to be one.
fn single_closes(sentences: &[Sentence], number: usize, token: usize, to: usize) -> bool {
    const REACH: usize = 3;
    (number..to.min(number + REACH)).any(|n| {
        let from = if n == number { token + 1 } else { 0 };
        (from..sentences[n].tokens.len()).any(|t| closes(&sentences[n], t, Mark::Single))
    })
}

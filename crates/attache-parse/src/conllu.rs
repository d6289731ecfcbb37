//! CoNLL-U files: trees in, trees out.
//!
//! Reading rebuilds the running text from the forms and `SpaceAfter=No`, so that spans mean the same as after parsing.
//! Names of persons, organisations and places travel in MISC as `NER=B-PER`, `I-ORG`, `B-LOC` and so on.

use crate::{EntityKind, EntityMention, Feats, Sentence, Span, Token, Upos, token};
use std::collections::HashMap;
use std::fmt::Write as _;
use thiserror::Error;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct ReadError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong, as a clause.
    pub problem: String,
}

/// A file read: trees, and the text they stand in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Treebank {
    /// Sentences joined by a space, or by an empty line where a document or paragraph begins.
    pub text: String,
    /// Trees in file order.
    pub trees: Vec<Tree>,
}

/// One tree with what the file says about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tree {
    /// The words; spans are bytes of [`Treebank::text`].
    pub sentence: Sentence,
    /// All `# name = value` comments; comments without `=` have an empty value.
    pub comments: Vec<(String, String)>,
    /// Words written as one, such as `don't`.
    pub multiwords: Vec<Multiword>,
    /// The MISC column of each word, empty for `_`.
    pub misc: Vec<String>,
}

/// Consecutive words written as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Index of the first word in the sentence.
    pub first: usize,
    /// Index one past the last word.
    pub end: usize,
    /// The whole as written.
    pub form: String,
}

impl Tree {
    /// The value of a comment, such as `comment("sent_id")`.
    pub fn comment(&self, name: &str) -> Option<&str> {
        self.comments
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The identifier of the sentence, empty where it has none.
    pub fn id(&self) -> &str {
        self.comment("sent_id").unwrap_or("")
    }

    /// Whether a new document or paragraph begins here.
    pub fn opens(&self) -> bool {
        self.comments.iter().any(|(key, _)| opens_block(key))
    }
}

/// Whether a comment of that name opens a document or paragraph; old files write the identifier without `=`.
fn opens_block(key: &str) -> bool {
    matches!(key.split_whitespace().next(), Some("newdoc" | "newpar"))
}

/// Reads a whole file.
///
/// Empty nodes and the enhanced graph are skipped. `_` in XPOS and FEATS reads as nothing; lemmas stay as written.
///
/// # Errors
/// At the first line that is no CoNLL-U, or the first tree without exactly one root or with a cycle.
pub fn read(input: &str) -> Result<Treebank, ReadError> {
    let mut bank = Treebank::default();
    let mut block = Block::default();
    for (number, line) in input.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            std::mem::take(&mut block).finish(&mut bank)?;
        } else {
            block.line(number + 1, line).map_err(|problem| ReadError {
                line: number + 1,
                problem,
            })?;
        }
    }
    block.finish(&mut bank)?;
    Ok(bank)
}

/// One word line.
struct Row {
    line: usize,
    token: Token,
    misc: String,
}

/// The lines of one tree.
#[derive(Default)]
struct Block {
    rows: Vec<Row>,
    comments: Vec<(String, String)>,
    multiwords: Vec<(Multiword, bool)>,
    last_line: usize,
}

impl Block {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        self.last_line = number;
        if let Some(comment) = line.strip_prefix('#') {
            let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
            self.comments.push((key.trim().to_owned(), value.trim().to_owned()));
            return Ok(());
        }
        let columns = line.split('\t').collect::<Vec<_>>();
        let Ok(columns) = <[&str; 10]>::try_from(columns.as_slice()) else {
            return Err(format!("{} columns where ten belong", columns.len()));
        };
        match columns[0] {
            id if id.contains('.') => Ok(()),
            id => match id.split_once('-') {
                Some((first, last)) => self.multiword(first, last, &columns),
                None => self.word(number, &columns),
            },
        }
    }

    fn multiword(&mut self, first: &str, last: &str, columns: &[&str; 10]) -> Result<(), String> {
        let (first, last) = (number(first, "ID")?, number(last, "ID")?);
        if first != self.rows.len() + 1 || last < first {
            return Err(format!("the range {} does not start at the next word", columns[0]));
        }
        let word = Multiword {
            first: first - 1,
            end: last,
            form: columns[1].to_owned(),
        };
        self.multiwords.push((word, space_after(columns[9])));
        Ok(())
    }

    fn word(&mut self, line: usize, columns: &[&str; 10]) -> Result<(), String> {
        let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = *columns;
        if number(id, "ID")? != self.rows.len() + 1 {
            return Err(format!("word {id} where {} belongs", self.rows.len() + 1));
        }
        if form.is_empty() {
            return Err("the form is empty".to_owned());
        }
        let token = Token {
            span: Span::default(),
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: Upos::from_name(upos).ok_or_else(|| format!("{upos} is no universal part of speech"))?,
            xpos: filled(xpos),
            feats: Feats(filled(feats)),
            head: number(head, "HEAD")?.checked_sub(1),
            deprel: deprel.to_owned(),
            space_after: space_after(misc),
            scores: Vec::new(),
        };
        self.rows.push(Row {
            line,
            token,
            misc: filled(misc),
        });
        Ok(())
    }

    /// Checks the tree, gives it its place in the text and adds it.
    fn finish(self, bank: &mut Treebank) -> Result<(), ReadError> {
        if self.rows.is_empty() {
            let stray = self.comments.is_empty() && self.multiwords.is_empty();
            let problem = "comments without a tree".to_owned();
            return if stray {
                Ok(())
            } else {
                Err(ReadError {
                    line: self.last_line,
                    problem,
                })
            };
        }
        self.check()?;
        let opens = self.comments.iter().any(|(key, _)| opens_block(key));
        let joined = bank
            .trees
            .last()
            .and_then(|t| t.sentence.tokens.last())
            .is_some_and(|t| !t.space_after);
        if !bank.text.is_empty() && (opens || !joined) {
            bank.text.push_str(if opens { "\n\n" } else { " " });
        }
        let start = bank.text.len();
        let misc = self.rows.iter().map(|row| row.misc.clone()).collect::<Vec<_>>();
        let tokens = place(self.rows, &self.multiwords, &mut bank.text);
        let sentence = Sentence {
            span: Span::new(start, bank.text.len()),
            entities: names(&misc),
            tokens,
        };
        let multiwords = self.multiwords.into_iter().map(|(word, _)| word).collect();
        bank.trees.push(Tree {
            sentence,
            comments: self.comments,
            multiwords,
            misc,
        });
        Ok(())
    }

    fn check(&self) -> Result<(), ReadError> {
        let heads = self.rows.iter().map(|row| row.token.head).collect::<Vec<_>>();
        let fail = |row: &Row, problem: &str| {
            Err(ReadError {
                line: row.line,
                problem: problem.to_owned(),
            })
        };
        if let Some(row) = self
            .rows
            .iter()
            .find(|row| row.token.head.is_some_and(|head| head >= heads.len()))
        {
            return fail(row, "the head is no word of the sentence");
        }
        if let Some((word, _)) = self.multiwords.iter().find(|(word, _)| word.end > heads.len()) {
            return fail(
                &self.rows[word.first.min(heads.len() - 1)],
                "the range ends past the last word",
            );
        }
        match heads.iter().filter(|head| head.is_none()).count() {
            0 => return fail(&self.rows[0], "the tree has no root"),
            1 => {}
            _ => return fail(&self.rows[0], "the tree has several roots"),
        }
        match self.rows.iter().zip(reaches_root(&heads)).find(|(_, reaches)| !reaches) {
            Some((row, _)) => fail(row, "the word is part of a cycle or hangs on one"),
            None => Ok(()),
        }
    }
}

/// For each word whether its chain of heads ends at the root.
fn reaches_root(heads: &[Option<usize>]) -> Vec<bool> {
    let mut known = vec![None; heads.len()];
    for start in 0..heads.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        let verdict = loop {
            let Some(word) = at else { break true };
            match known[word] {
                Some(verdict) => break verdict,
                // Until the walk ends, its own words count as failing: meeting one again is a cycle.
                None => known[word] = Some(false),
            }
            path.push(word);
            at = heads[word];
        };
        path.into_iter().for_each(|word| known[word] = Some(verdict));
    }
    known.into_iter().map(|verdict| verdict == Some(true)).collect()
}

fn number(field: &str, name: &str) -> Result<usize, String> {
    field.parse().map_err(|_| format!("{name} is {field:?}, not a number"))
}

fn filled(field: &str) -> String {
    if field == "_" { String::new() } else { field.to_owned() }
}

fn space_after(misc: &str) -> bool {
    !misc.split('|').any(|pair| pair == "SpaceAfter=No")
}

/// Appends the words to the text and gives them their spans. The last word's space is left to the next sentence.
fn place(rows: Vec<Row>, multiwords: &[(Multiword, bool)], text: &mut String) -> Vec<Token> {
    let mut tokens = rows.into_iter().map(|row| row.token).collect::<Vec<_>>();
    let starts = multiwords
        .iter()
        .map(|entry| (entry.0.first, entry))
        .collect::<HashMap<_, _>>();
    let mut at = 0;
    while at < tokens.len() {
        let start = text.len();
        let end = match starts.get(&at) {
            Some((word, space)) => {
                text.push_str(&word.form);
                let words = &mut tokens[word.first..word.end];
                share(words, &word.form, start);
                words.iter_mut().for_each(|t| t.space_after = false);
                tokens[word.end - 1].space_after = *space;
                word.end
            }
            None => {
                text.push_str(&tokens[at].form);
                tokens[at].span = Span::new(start, text.len());
                at + 1
            }
        };
        if tokens[end - 1].space_after && end < tokens.len() {
            text.push(' ');
        }
        at = end;
    }
    tokens
}

/// Shares the bytes of a multiword among its words; where they do not add up to it, each word covers the whole.
fn share(words: &mut [Token], form: &str, start: usize) {
    let mut at = start;
    let adds_up = words.iter().map(|word| word.form.as_str()).collect::<String>() == form;
    for word in words {
        let len = if adds_up { word.form.len() } else { form.len() };
        word.span = Span::new(at, at + len);
        at += if adds_up { len } else { 0 };
    }
}

/// Names from `NER=` in MISC; an `I-` without a beginning opens a name.
fn names(misc: &[String]) -> Vec<EntityMention> {
    let mut found: Vec<EntityMention> = Vec::new();
    for (at, field) in misc.iter().enumerate() {
        let tag = field
            .split('|')
            .find_map(|pair| pair.strip_prefix("NER="))
            .unwrap_or("O");
        let (position, kind) = tag.split_once('-').unwrap_or(("O", ""));
        let kind = match kind {
            "PER" => EntityKind::Person,
            "ORG" => EntityKind::Organisation,
            "LOC" => EntityKind::Place,
            _ => continue,
        };
        match found
            .last_mut()
            .filter(|last| position == "I" && last.end == at && last.kind == kind)
        {
            Some(last) => last.end = at + 1,
            None => found.push(EntityMention {
                first: at,
                end: at + 1,
                kind,
            }),
        }
    }
    found
}

/// Writes trees over `text`; clitics such as `n't` make multiword tokens with the word before them.
///
/// Sentences are numbered from 1 in `sent_id`. Spans of the sentences must index `text`.
pub fn to_conllu(sentences: &[Sentence], text: &str) -> String {
    let mut out = String::new();
    for (number, sentence) in sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| !sentence.tokens.is_empty())
    {
        let line = sentence
            .span
            .text(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# sent_id = {}\n# text = {line}", number + 1);
        write_words(sentence, &mut out);
        out.push('\n');
    }
    out
}

fn write_words(sentence: &Sentence, out: &mut String) {
    let tokens = &sentence.tokens;
    let tags = name_tags(sentence);
    let mut covered = 0;
    for (at, token) in tokens.iter().enumerate() {
        let end = multiword_end(tokens, at);
        if at >= covered && end > at + 1 {
            let form = tokens[at..end].iter().map(|t| t.form.as_str()).collect::<String>();
            let misc = if tokens[end - 1].space_after {
                "_"
            } else {
                "SpaceAfter=No"
            };
            let _ = writeln!(out, "{}-{end}\t{form}{}\t{misc}", at + 1, "\t_".repeat(7));
            covered = end;
        }
        let mut misc = tags[at].clone();
        if at >= covered && !token.space_after {
            misc.push("SpaceAfter=No".to_owned());
        }
        write_word(at + 1, token, &misc.join("|"), out);
    }
}

fn write_word(id: usize, token: &Token, misc: &str, out: &mut String) {
    let or_blank = |field: &str| {
        if field.is_empty() {
            "_".to_owned()
        } else {
            field.to_owned()
        }
    };
    let _ = writeln!(
        out,
        "{id}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}",
        or_blank(&token.form),
        or_blank(&token.lemma),
        token.upos.name(),
        or_blank(&token.xpos),
        or_blank(&token.feats.0),
        token.head.map_or(0, |head| head + 1),
        or_blank(&token.deprel),
        or_blank(misc),
    );
}

/// Index one past the last clitic that hangs on the word at `at`; `at + 1` for a word of its own.
fn multiword_end(tokens: &[Token], at: usize) -> usize {
    let joins = |end: usize| {
        let (before, word) = (&tokens[end - 1], &tokens[end]);
        // A lone apostrophe may as well close a quotation.
        let sure = word.form.chars().nth(1).is_some() || word.upos == Upos::Part;
        !before.space_after && sure && token::is_clitic(&before.form, &word.form)
    };
    (at + 1..tokens.len()).find(|end| !joins(*end)).unwrap_or(tokens.len())
}

fn name_tags(sentence: &Sentence) -> Vec<Vec<String>> {
    let mut tags = vec![Vec::new(); sentence.tokens.len()];
    for name in &sentence.entities {
        let kind = match name.kind {
            EntityKind::Person => "PER",
            EntityKind::Organisation => "ORG",
            EntityKind::Place => "LOC",
        };
        for (at, tag) in tags.iter_mut().enumerate().take(name.end).skip(name.first) {
            tag.push(format!("NER={}-{kind}", if at == name.first { "B" } else { "I" }));
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# newdoc id = d
# sent_id = s1
# text = Rebels don't talk.
1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
4.1\ttalk\ttalk\tVERB\tVB\t_\t_\t_\t0:root\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = s2
1\tAna\tAna\tPROPN\tNNP\t_\t0\troot\t_\tNER=B-PER
2\tPaz\tPaz\tPROPN\tNNP\t_\t1\tflat\t_\tNER=I-PER|SpaceAfter=No

";

    #[test]
    fn spans_index_the_rebuilt_text() {
        let bank = read(FILE).unwrap();
        assert_eq!(bank.text, "Rebels don't talk. Ana Paz");
        assert_eq!(bank.trees[0].id(), "s1");
        assert!(bank.trees[0].opens() && !bank.trees[1].opens());
        for token in bank.trees.iter().flat_map(|tree| &tree.sentence.tokens) {
            assert_eq!(token.span.text(&bank.text), token.form);
        }
        assert_eq!(
            bank.trees[1].sentence.entities,
            [EntityMention {
                first: 0,
                end: 2,
                kind: EntityKind::Person
            }]
        );
    }

    #[test]
    fn written_trees_read_back_the_same() {
        let bank = read(FILE).unwrap();
        let sentences = bank.trees.iter().map(|tree| tree.sentence.clone()).collect::<Vec<_>>();
        let again = read(&to_conllu(&sentences, &bank.text)).unwrap();
        assert_eq!(again.text, bank.text);
        assert_eq!(again.trees[0].multiwords, bank.trees[0].multiwords);
        assert_eq!(
            again.trees.iter().map(|tree| tree.sentence.clone()).collect::<Vec<_>>(),
            sentences
        );
    }

    #[test]
    fn parts_that_do_not_add_up_cover_the_whole() {
        let file = "1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVBP\t_\t2\taux\t_\t_\n2\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\t_\n";
        let bank = read(file).unwrap();
        assert!(
            bank.trees[0]
                .sentence
                .tokens
                .iter()
                .all(|t| t.span.text(&bank.text) == "dunno")
        );
    }

    fn problem(file: &str) -> (usize, String) {
        let error = read(file).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(problem("# a\n1\tx\n"), (2, "2 columns where ten belong".to_owned()));
        let row = |id: &str, upos: &str, head: &str| format!("{id}\tx\tx\t{upos}\t_\t_\t{head}\tdep\t_\t_\n");
        assert_eq!(problem(&(row("1", "X", "0") + &row("3", "X", "1"))).0, 2);
        assert_eq!(
            problem(&row("1", "THING", "0")).1,
            "THING is no universal part of speech"
        );
        assert_eq!(problem(&row("1", "X", "7")).1, "the head is no word of the sentence");
        assert_eq!(problem(&row("1", "X", "1")).1, "the tree has no root");
        let cycle = row("1", "X", "0") + &row("2", "X", "3") + &row("3", "X", "2");
        assert_eq!(
            problem(&cycle),
            (2, "the word is part of a cycle or hangs on one".to_owned())
        );
    }
}

//! Checks CoNLL-U files the way the official CoNLL 2018 evaluation reads them, by code of its own: it shares nothing with
//! the reader and writer that it judges.

use std::error::Error;
use std::fs;

/// Checks `FILE` and, where a second path is given, that its forms have the characters of that raw text in that order.
///
/// # Errors
/// At the first fault, with its line.
pub fn run(args: &[String]) -> Result<(), Box<dyn Error>> {
    let path = args
        .first()
        .ok_or("give a CoNLL-U file, and a raw text if there is one")?;
    let counts = check(&fs::read_to_string(path)?).map_err(|fault| format!("{path}: {fault}"))?;
    if let Some(raw) = args.get(1) {
        let wanted = fs::read_to_string(raw)?;
        if !wanted
            .chars()
            .filter(|c| !c.is_whitespace())
            .eq(counts.characters.chars())
        {
            return Err(format!("{path}: the characters are not those of {raw}").into());
        }
    }
    println!(
        "{path}: {} sentences, {} words, no fault",
        counts.sentences, counts.words
    );
    Ok(())
}

/// What a sound file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences.
    pub sentences: usize,
    /// Syntactic words.
    pub words: usize,
    /// All forms run together, without white space.
    pub characters: String,
}

/// Checks a whole file.
///
/// # Errors
/// The first fault, with its line.
pub fn check(file: &str) -> Result<Counts, String> {
    let mut check = Check::default();
    for (at, line) in file.lines().enumerate() {
        check.line(line).map_err(|fault| format!("line {}: {fault}", at + 1))?;
    }
    let open = !check.heads.is_empty() || !file.ends_with('\n');
    if open {
        Err("the last sentence is not closed by an empty line".to_owned())
    } else {
        Ok(check.counts)
    }
}

#[derive(Default)]
struct Check {
    counts: Counts,
    /// Heads of the sentence so far.
    heads: Vec<usize>,
    /// Number of the last word that a range covers.
    range_end: usize,
}

impl Check {
    fn line(&mut self, line: &str) -> Result<(), String> {
        match line {
            "" => self.close(),
            comment if comment.starts_with('#') && self.heads.is_empty() => Ok(()),
            row => self.row(row),
        }
    }

    fn close(&mut self) -> Result<(), String> {
        if self.heads.is_empty() {
            return Err("an empty sentence".to_owned());
        }
        tree(&self.heads)?;
        self.counts.sentences += 1;
        self.counts.words += self.heads.len();
        self.heads.clear();
        self.range_end = 0;
        Ok(())
    }

    fn row(&mut self, row: &str) -> Result<(), String> {
        let columns = row.split('\t').collect::<Vec<_>>();
        if columns.len() != 10 || columns.iter().any(|column| column.is_empty()) {
            return Err("not ten filled columns".to_owned());
        }
        let form = columns[1].chars().filter(|c| !c.is_whitespace());
        let next = self.heads.len() + 1;
        if let Some((first, last)) = columns[0].split_once('-') {
            self.range_end = last.parse().map_err(|_| "no range")?;
            self.counts.characters.extend(form);
            let fits = first == next.to_string() && self.range_end > next;
            return if fits {
                Ok(())
            } else {
                Err("a range that does not start here or covers one word".to_owned())
            };
        }
        if columns[0] != next.to_string() {
            return Err("words out of order".to_owned());
        }
        self.heads.push(columns[6].parse().map_err(|_| "no head")?);
        if next > self.range_end {
            self.counts.characters.extend(form);
        }
        Ok(())
    }
}

/// Whether the heads, numbered from 1 with 0 for the root, make a tree.
fn tree(heads: &[usize]) -> Result<(), String> {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return Err("the sentence above has not one root".to_owned());
    }
    for start in 1..=heads.len() {
        let mut at = start;
        for _ in 0..=heads.len() {
            at = match at.checked_sub(1) {
                Some(index) => *heads.get(index).ok_or("a head outside the sentence")?,
                None => break,
            };
        }
        if at != 0 {
            return Err("the sentence above has a cycle".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_parse::{Feats, Sentence, Token, Upos, conllu, segment, token};

    /// Trees in which every word hangs on the first.
    fn flat_trees(text: &str) -> Vec<Sentence> {
        let word = |(at, raw): (usize, token::RawToken)| Token {
            span: raw.span,
            lemma: raw.form.to_lowercase(),
            form: raw.form,
            upos: Upos::X,
            xpos: String::new(),
            feats: Feats::default(),
            head: at.checked_sub(1).map(|_| 0),
            deprel: if at == 0 { "root" } else { "dep" }.to_owned(),
            space_after: raw.space_after,
            scores: Vec::new(),
        };
        let tree = |span| Sentence {
            span,
            tokens: token::tokenize(text, span).into_iter().enumerate().map(word).collect(),
            entities: Vec::new(),
        };
        segment::sentences(text).into_iter().map(tree).collect()
    }

    #[test]
    fn what_we_write_is_sound() {
        let text = "Rebels don't talk.  They’ve gone\n\nThe U.N. can't say \"why\" (yet). It couldn't've known.";
        let file = conllu::to_conllu(&flat_trees(text), text);
        let counts = check(&file).unwrap();
        assert_eq!((counts.sentences, counts.words), (4, 26));
        assert!(
            counts
                .characters
                .chars()
                .eq(text.chars().filter(|c| !c.is_whitespace()))
        );
        assert_eq!(conllu::read(&file).unwrap().trees[3].multiwords[0].form, "couldn't've");
    }

    #[test]
    fn faults_are_found() {
        let row = |id: &str, head: &str| format!("{id}\tx\tx\tX\t_\t_\t{head}\tdep\t_\t_\n");
        assert!(check(&(row("1", "0") + "\n")).is_ok());
        assert!(check(&row("1", "0")).is_err());
        assert!(check(&(row("1", "0") + &row("2", "0") + "\n")).is_err());
        assert!(check(&(row("1", "0") + &row("2", "3") + &row("3", "2") + "\n")).is_err());
        assert!(check(&(row("2", "0") + "\n")).is_err());
        assert!(check("1\tx\n\n").is_err());
    }
}

//! Draws a dependency tree so that the sentence reads from top to bottom.

use attache_parse::{EntityKind, Sentence, Token};

use crate::term::{ACTOR, DIM, HEAD, paint};

/// Deeper branches are not drawn.
const DEPTH: usize = 120;

/// The tree, one word a line: the drawing, then relation, part of speech, lemma where it differs, and name.
pub fn draw(sentence: &Sentence) -> String {
    let mut lines = Vec::with_capacity(sentence.tokens.len());
    for root in (0..sentence.tokens.len()).filter(|at| sentence.tokens[*at].head.is_none()) {
        branch(
            sentence,
            root,
            &Prefix {
                above: "  ".into(),
                own: "─ ".into(),
                below: "  ".into(),
            },
            0,
            &mut lines,
        );
    }
    let widest = lines
        .iter()
        .map(|(at, prefix)| width(sentence, *at, prefix))
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (at, prefix) in lines {
        let gap = " ".repeat(widest - width(sentence, at, &prefix) + 2);
        let token = &sentence.tokens[at];
        text.push_str(&format!(
            "{}{}{gap}{}\n",
            paint(DIM, &prefix),
            word(token),
            notes(sentence, at)
        ));
    }
    text
}

/// What stands before a word and before the lines of its dependents above and below it.
struct Prefix {
    above: String,
    own: String,
    below: String,
}

fn branch(sentence: &Sentence, at: usize, prefix: &Prefix, depth: usize, lines: &mut Vec<(usize, String)>) {
    if depth > DEPTH {
        return;
    }
    let (before, after): (Vec<usize>, Vec<usize>) = sentence.children(at).partition(|child| *child < at);
    for (number, child) in before.iter().enumerate() {
        let (above, own) = if number == 0 {
            ("   ", "┌─ ")
        } else {
            ("│  ", "├─ ")
        };
        let base = &prefix.above;
        let inner = Prefix {
            above: format!("{base}{above}"),
            own: format!("{base}{own}"),
            below: format!("{base}│  "),
        };
        branch(sentence, *child, &inner, depth + 1, lines);
    }
    lines.push((at, prefix.own.clone()));
    for (number, child) in after.iter().enumerate() {
        let (below, own) = if number + 1 == after.len() {
            ("   ", "└─ ")
        } else {
            ("│  ", "├─ ")
        };
        let base = &prefix.below;
        let inner = Prefix {
            above: format!("{base}│  "),
            own: format!("{base}{own}"),
            below: format!("{base}{below}"),
        };
        branch(sentence, *child, &inner, depth + 1, lines);
    }
}

fn width(sentence: &Sentence, at: usize, prefix: &str) -> usize {
    prefix.chars().count() + sentence.tokens[at].form.chars().count()
}

fn word(token: &Token) -> String {
    match token.head {
        None => paint(HEAD, &token.form),
        Some(_) => token.form.clone(),
    }
}

fn notes(sentence: &Sentence, at: usize) -> String {
    let token = &sentence.tokens[at];
    let lemma = if token.lemma == token.form { "" } else { &token.lemma };
    let facts = format!("{:<12} {:<6} {lemma}", token.deprel, token.upos.name());
    let name = sentence
        .entities
        .iter()
        .find(|mention| mention.first == at)
        .map(|mention| kind(mention.kind));
    let name = name.map(|name| format!("  {}", paint(ACTOR, name))).unwrap_or_default();
    format!("{}{name}", paint(DIM, facts.trim_end()))
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_parse::{Feats, Span, Upos};

    fn sentence(words: &[(&str, Option<usize>, &str)]) -> Sentence {
        let tokens = words.iter().map(|(form, head, deprel)| Token {
            span: Span::default(),
            form: (*form).into(),
            lemma: form.to_lowercase(),
            upos: Upos::X,
            xpos: String::new(),
            feats: Feats::default(),
            head: *head,
            deprel: (*deprel).into(),
            space_after: true,
            scores: Vec::new(),
        });
        Sentence {
            tokens: tokens.collect(),
            ..Sentence::default()
        }
    }

    #[test]
    fn words_keep_their_order() {
        let tree = sentence(&[
            ("Russia", Some(2), "nsubj"),
            ("has", Some(2), "aux"),
            ("expelled", None, "root"),
            ("ten", Some(4), "nummod"),
            ("envoys", Some(2), "obj"),
            (".", Some(2), "punct"),
        ]);
        let drawn = anstream::adapter::strip_str(&draw(&tree)).to_string();
        let left: Vec<&str> = drawn
            .lines()
            .map(|line| line.split("   ").find(|part| !part.trim().is_empty()).unwrap_or(""))
            .collect();
        assert_eq!(drawn.lines().count(), 6);
        assert!(drawn.starts_with("  ┌─ Russia"), "{drawn}");
        assert!(drawn.contains("\n  ├─ has"), "{drawn}");
        assert!(drawn.contains("\n─ expelled"), "{drawn}");
        assert!(drawn.contains("\n  │  ┌─ ten"), "{drawn}");
        assert!(drawn.contains("\n  └─ ."), "{drawn}");
        assert_eq!(left.len(), 6);
    }
}

//! Places of a whole document: named together, and given to its events.

use attache_parse::{EntityKind, EntityMention, Feats, Sentence, Span, Token, Upos};

use crate::document::Document;
use crate::ontology::Ontology;
use crate::pipeline::Reading;
use crate::resolve::Mentions;
use crate::resolve::location::{Scene, from_dateline};
use crate::resolve::places::{About, Resolved, Toponym, places};

/// The places that a document names, in text order: in the sentences read, in `more` (headlines, captions) and in the
/// dateline.
pub(crate) fn toponyms(ontology: &Ontology, reading: &Reading, more: &[Sentence]) -> Vec<Toponym> {
    let dateline = dateline(reading.document);
    let more: Vec<(&Sentence, Mentions)> = more
        .iter()
        .chain(&dateline)
        .map(|s| (s, Mentions::find(ontology, s)))
        .collect();
    let mut trees: Vec<&Sentence> = reading.sentences.iter().collect();
    let mut mentions: Vec<&Mentions> = reading.resolver.mentions.iter().collect();
    trees.extend(more.iter().map(|(s, _)| s));
    mentions.extend(more.iter().map(|(_, m)| m));
    let home = reading.resolver.home.as_ref().and_then(|p| p.code.as_deref());
    let about = About {
        publisher: reading.document.publisher.as_deref(),
        home,
    };
    let mut found = places(ontology, &trees, &mentions, about);
    found.sort_by_key(|t| (t.span.start, t.span.end));
    found
}

/// Gives the events of a reading the places where they happened.
pub(crate) fn place_events(ontology: &Ontology, reading: &mut Reading) {
    let all = toponyms(ontology, reading, &[]);
    let heading = reading.sentences.len();
    let mut by_sentence: Vec<Vec<Toponym>> = vec![Vec::new(); heading];
    let dateline: Option<(String, Resolved)> = all.iter().filter(|t| t.sentence == heading).find_map(|t| {
        let words = t.span.text(&reading.document.text).to_owned();
        Some((words, t.place.clone()?))
    });
    for toponym in all {
        if let Some(here) = by_sentence.get_mut(toponym.sentence) {
            here.push(toponym);
        }
    }
    for told in &mut reading.told {
        let tree = &reading.sentences[told.sentence];
        let here = &by_sentence[told.sentence];
        let scene = Scene {
            ontology,
            tree,
            mentions: &reading.resolver.mentions[told.sentence],
            toponyms: here,
            words: &told.mention.words,
            trigger: told.mention.trigger,
            event: &told.mention.event,
            mode: &told.mention.mode,
        };
        told.event.event_loc = scene
            .locate()
            .or_else(|| from_dateline(&told.event, here, dateline.as_ref()?));
    }
}

/// The dateline as a sentence of names: it has no syntax to parse.
fn dateline(document: &Document) -> Option<Sentence> {
    let span = whole(document)?;
    let text = span.text(&document.text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut entities: Vec<EntityMention> = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(',') {
        let names = part.strip_suffix(',').unwrap_or(part);
        let first = tokens.len();
        let mut at = from;
        for word in names.split_inclusive(char::is_whitespace) {
            let form = word.trim();
            if !form.is_empty() {
                let start = span.start + at + (word.len() - word.trim_start().len());
                tokens.push(token(titled(form), Span::new(start, start + form.len()), Upos::Propn));
            }
            at += word.len();
        }
        if tokens.len() > first {
            entities.push(EntityMention {
                first,
                end: tokens.len(),
                kind: EntityKind::Place,
            });
        }
        from += part.len();
        if part.len() > names.len() {
            tokens.push(token(
                ",".to_owned(),
                Span::new(span.start + from - 1, span.start + from),
                Upos::Punct,
            ));
        }
    }
    (!tokens.is_empty()).then_some(Sentence { span, tokens, entities })
}

/// The names at the head of a dateline: "PARIS, Texas" of "PARIS, Texas, May 3 (Wire) -".
fn whole(document: &Document) -> Option<Span> {
    const STOPS: [char; 6] = ['(', '/', '—', '–', '.', '\n'];
    let first = document.dateline?;
    let block = document
        .blocks
        .iter()
        .map(|b| b.span)
        .find(|b| b.start <= first.start && first.end <= b.end);
    let behind = document
        .text
        .get(first.end..block.map_or(first.end, |b| b.end))
        .unwrap_or("");
    let rest = &behind[..behind.char_indices().map(|(i, _)| i).take(REACH).last().unwrap_or(0)];
    let Some(names) = rest.strip_prefix(", ") else {
        return Some(first);
    };
    // A short form keeps its full stop: "BOSTON, Mass. (Wire)".
    let dotted = names.split(' ').next().is_some_and(|w| w.ends_with('.') && w.len() < 7);
    let end = if dotted {
        names.find(' ')
    } else {
        names.find(STOPS).or_else(|| names.find(" -"))
    };
    let name = names[..end.unwrap_or(names.len())].trim_end();
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’');
    let month = MONTHS.iter().any(|m| name.starts_with(m));
    let fits = !name.is_empty() && name.chars().all(plain) && name.starts_with(char::is_uppercase) && !month;
    Some(if fits {
        Span::new(first.start, first.end + 2 + name.len())
    } else {
        first
    })
}

/// Characters behind the first name in which its state or country must end.
const REACH: usize = 40;
/// Beginnings of the months' names.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn token(form: String, span: Span, upos: Upos) -> Token {
    Token {
        span,
        lemma: form.clone(),
        form,
        upos,
        xpos: String::new(),
        feats: Feats::default(),
        head: None,
        deprel: "root".to_owned(),
        space_after: true,
        scores: Vec::new(),
    }
}

/// "PARIS" as "Paris"; short forms with dots and two letters stay.
fn titled(form: &str) -> String {
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    if form.contains('.') || letters < 3 || form.chars().any(char::is_lowercase) {
        return form.to_owned();
    }
    let mut start = true;
    let mut titled = String::new();
    for c in form.chars() {
        if start {
            titled.push(c);
        } else {
            titled.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic() && c != '\'' && c != '’';
    }
    titled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_become_names() {
        let text = "BAR HARBOR, Maine (Wire) - Fog.";
        let document = Document {
            text: text.to_owned(),
            dateline: Some(Span::new(0, 17)),
            ..Document::default()
        };
        let sentence = dateline(&document).expect("it has one");
        let forms: Vec<&str> = sentence.tokens.iter().map(|t| t.form.as_str()).collect();
        assert_eq!(forms, ["Bar", "Harbor", ",", "Maine"]);
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.text(text)).collect();
        assert_eq!(words, ["BAR", "HARBOR", ",", "Maine"]);
        assert_eq!(sentence.entities.len(), 2);
    }
}
